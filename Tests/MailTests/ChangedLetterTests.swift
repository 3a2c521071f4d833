import FoundationEssentials
import Registration
import TestPeers
import Testing

@testable import Mail

/// What whoever changed their bookings, or their places on waiting lists, reads.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ChangedLetterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func text(_ fill: @Sendable ([SessionID], inout NewLetter) -> Void) async throws -> String {
        let office = try await PostOffice(.folder(folder.path))
        let sessions = office.sessions.map(\.id)
        let letter = try await office.write(.changed, to: try await office.person()) { fill(sessions, &$0) }
        let path = folder.path("changed.eml")
        try Data(try await office.message(of: letter).bytes).write(to: URL(filePath: path))
        return try await ReadMail(path: path).ask("print(part('text/plain').get_content())")
    }

    @Test func `who only joins a waiting list reads their place in it, and that their bookings stay`()
        async throws
    {
        let text = try await text { sessions, letter in
            letter.joined = [sessions[0]]
            letter.bookings = [
                LetterBooking(session: sessions[0], status: .waiting, position: 3),
                LetterBooking(session: sessions[1], status: .confirmed),
                LetterBooking(session: sessions[2], status: .waiting, position: 7),
            ]
        }
        let parts = text.split(separator: "Your bookings are the same as before:")
        #expect(parts.count == 2)
        #expect(
            parts[0].contains(#/You now wait for:\n\n- .*Walking groups.*, number 3 on the waiting list\n/#))
        #expect(parts[1].contains("Active hospitals") && !parts[1].contains("Walking groups"))
        #expect(parts[1].contains(#/You still wait for:\n\n- .*Cycling.*, number 7 on the waiting list\n/#))
        #expect(!text.contains("swap") && !text.contains("You now have a place in"))
    }

    @Test func `who only leaves a waiting list reads which, and that their bookings stay`() async throws {
        let text = try await text { sessions, letter in
            letter.left = [sessions[0]]
            letter.bookings = [LetterBooking(session: sessions[1], status: .confirmed)]
        }
        #expect(
            text.contains(#/You no longer wait for:\n\n- .*Walking groups.*\n\nYour bookings are the same/#))
        #expect(!text.contains("given up") && !text.contains("You still wait"))
    }

    @Test func `who only says that they may be swapped, or not, reads that`() async throws {
        for swaps in [true, false] {
            let text = try await text { sessions, letter in
                letter.swaps = swaps
                letter.bookings = [
                    LetterBooking(session: sessions[0], status: .waiting, position: 1),
                    LetterBooking(session: sessions[1], status: .confirmed),
                ]
            }
            #expect(text.contains("we may swap: ") == swaps && text.contains("we may not swap: ") != swaps)
            #expect(text.contains("Your bookings are the same as before:"))
        }
    }

    @Test func `who moves reads from what to what, and all bookings`() async throws {
        let text = try await text { sessions, letter in
            letter.gained = [sessions[0]]
            letter.released = [sessions[1]]
            letter.bookings = [LetterBooking(session: sessions[0], status: .confirmed)]
        }
        #expect(text.contains(#/You now have a place in:\n\n- .*Walking groups/#))
        #expect(text.contains(#/You have given up your place in:\n\n- .*Active hospitals/#))
        #expect(text.contains(#/All your bookings now:\n\n- .*Walking groups/#))
    }

    @Test func `whoever waits for the event itself reads of wishes, and that they still wait`() async throws {
        let text = try await text { sessions, letter in
            letter.isEventWaiting = true
            letter.joined = [sessions[0]]
            letter.bookings = [LetterBooking(session: sessions[0], status: .waiting, position: 1)]
        }
        #expect(text.contains(#/You now wish for:\n\n- .*Walking groups \(Room 1\)\n/#))
        #expect(text.contains("You are still on the waiting list for the event itself"))
        #expect(!text.contains("number 1") && !text.contains("QR"))
    }
}
