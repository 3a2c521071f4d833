import CSodium

/// A keyed order of the numbers below 2⁴⁰: each becomes another one, and each is the image of exactly one.
///
/// A row's number through it is a reference that tells nothing about the order of registrations, can't be
/// guessed without the key, and needs no index, as `number(of:)` finds the row again. A balanced Feistel
/// network: two halves of 20 bits, 8 rounds, SipHash-2-4 as the round function with a key of its own in
/// each (a network of that many keyed rounds is a pseudorandom permutation: Luby and Rackoff, 1988). It
/// hides an order; it is no secret that admits anybody.
public struct NumberPermutation: Sendable {
    /// Numbers and images are below this.
    public static let bound: UInt64 = 1 << 40

    private static let rounds = 8
    private static let halfMask: UInt64 = 1 << 20 - 1

    /// 16 bytes a round.
    private let roundKeys: [UInt8]

    /// The key has 32 bytes; it may also be the key of other things of this module.
    public init(key: [UInt8]) {
        precondition(key.count == 32, "a key has 32 bytes")
        roundKeys = (0..<NumberPermutation.rounds).flatMap { round in
            Sodium.hash(Array("lanyard permutation ".utf8) + [UInt8(round)], key: key, length: 16)
        }
    }

    /// - Precondition: `number` is below ``bound``.
    public func image(of number: UInt64) -> UInt64 {
        precondition(number < NumberPermutation.bound)
        var left = number >> 20
        var right = number & NumberPermutation.halfMask
        for round in 0..<NumberPermutation.rounds {
            (left, right) = (right, left ^ scrambled(right, round: round))
        }
        return left << 20 | right
    }

    /// The number whose image this is. - Precondition: `image` is below ``bound``.
    public func number(of image: UInt64) -> UInt64 {
        precondition(image < NumberPermutation.bound)
        var left = image >> 20
        var right = image & NumberPermutation.halfMask
        for round in (0..<NumberPermutation.rounds).reversed() {
            (left, right) = (right ^ scrambled(left, round: round), left)
        }
        return left << 20 | right
    }

    private func scrambled(_ half: UInt64, round: Int) -> UInt64 {
        siphash(roundKeys, Int32(round), half) & NumberPermutation.halfMask
    }
}
