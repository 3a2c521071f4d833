/// How many letters must be added, taken away, changed or swapped with their neighbour to make one word of
/// the other (optimal string alignment). Only for short words: the work is the product of their lengths.
func editDistance(_ left: some StringProtocol, _ right: some StringProtocol) -> Int {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 1...left.count {
        var current = [row] + [Int](repeating: 0, count: right.count)
        for column in 1...right.count {
            let isSame = left[row - 1] == right[column - 1]
            current[column] = min(
                last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
            if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                current[column] = min(current[column], beforeLast[column - 2] + 1)
            }
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}

/// The one of the words that was probably meant: one that begins as it does or goes on from it, or that a
/// third of its letters or fewer make different. Nil if none is near.
func nearest(to word: String, among words: some Sequence<String>) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let word = word.lowercased()
    return words.map { (word: $0, distance: editDistance(word, $0.lowercased())) }
        .filter { candidate, distance in
            let candidate = candidate.lowercased()
            let isBeginning = candidate.hasPrefix(word) || word.hasPrefix(candidate)
            return distance <= max(1, candidate.count / 3)
                || (isBeginning && min(word.count, candidate.count) >= 3)
        }
        .min { $0.distance < $1.distance }?.word
}
