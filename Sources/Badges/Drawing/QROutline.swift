extension QRCode {
    /// The outlines of the dark areas, clockwise, and of the light ones in them, counterclockwise; each a list
    /// of corners in modules. Filled at once, neighbouring modules can't come apart.
    func outlines() -> [[(x: Int, y: Int)]] {
        var walls = Walls(self)
        var outlines: [[(x: Int, y: Int)]] = []
        for y in 0...side {
            for x in 0...side {
                while let outline = walls.follow(x, y) { outlines.append(outline) }
            }
        }
        return outlines
    }
}

/// The sides between dark and light modules, each with the dark one to its right.
private struct Walls {
    /// East, south, west, north, in the order of right turns.
    private static let steps = [(1, 0), (0, 1), (-1, 0), (0, -1)]

    /// Right, straight on, left, back.
    private static let turns = [1, 0, 3, 2]

    private let columns: Int
    /// For each corner, a bit for each direction that a wall leaves in.
    private var leaving: [UInt8]

    init(_ code: QRCode) {
        columns = code.side + 1
        leaving = [UInt8](repeating: 0, count: columns * columns)
        for y in 0..<code.side {
            for x in 0..<code.side where code.isDark(x, y) {
                if !code.isDark(x, y - 1) { add(x, y, 0) }
                if !code.isDark(x + 1, y) { add(x + 1, y, 1) }
                if !code.isDark(x, y + 1) { add(x + 1, y + 1, 2) }
                if !code.isDark(x - 1, y) { add(x, y + 1, 3) }
            }
        }
    }

    private mutating func add(_ x: Int, _ y: Int, _ direction: Int) {
        leaving[y * columns + x] |= 1 << UInt8(direction)
    }

    /// Takes away a closed line of walls that begins at a corner; nil if none is left there.
    mutating func follow(_ startX: Int, _ startY: Int) -> [(x: Int, y: Int)]? {
        guard let start = direction(atX: startX, y: startY, after: 0) else { return nil }
        var corners = [(x: startX, y: startY)]
        var (x, y, heading) = (startX, startY, start)
        while true {
            leaving[y * columns + x] &= ~(1 << UInt8(heading))
            x += Walls.steps[heading].0
            y += Walls.steps[heading].1
            if x == startX, y == startY { return corners }
            guard let next = direction(atX: x, y: y, after: heading) else { return corners }
            if next != heading { corners.append((x, y)) }
            heading = next
        }
    }

    /// Turns right where it can, so that modules that only touch at a corner stay apart.
    private func direction(atX x: Int, y: Int, after heading: Int) -> Int? {
        let walls = leaving[y * columns + x]
        guard walls != 0 else { return nil }
        for turn in Walls.turns where walls & (1 << UInt8((heading + turn) & 3)) != 0 {
            return (heading + turn) & 3
        }
        return nil
    }
}
