import Dispatch
import Registration
import TestPeers
import Testing

@testable import Doors
@testable import Operations
@testable import Storage

extension LiveTests {
    @Suite(.timeLimit(.minutes(1)))
    struct AdmissionTests {
        static let noon = Timestamp(rawValue: 1_733_313_600_000)

        static let event = Event(
            id: EventID(rawValue: 0), slug: "conference", title: "The Conference", venue: "Hall",
            timeZone: "Europe/London", starts: noon, ends: noon.adding(seconds: 3_600), capacity: 10,
            contact: "desk@example.org", summary: "", registrationOpens: noon.adding(seconds: -9_000),
            registrationCloses: noon, doorsOpen: noon.adding(seconds: -7_200),
            doorsClose: noon.adding(seconds: 3_600))

        @Test
        func `a scan that the writer has no room for is told to come again, and the others are answered`()
            async throws
        {
            let folder = try TemporaryFolder()
            var settings = FrontOfHouse.Settings(publicURL: "http://localhost")
            settings.waitingWrites = 3
            let front = try await FrontOfHouse(
                database: folder.path("lanyard.db"), creates: true, settings: settings,
                clock: { AdmissionTests.noon }, onFault: { Issue.record("\($0)") })
            _ = try await front.importEvent(AdmissionTests.event, sessions: [])
            let doors = try OpenDoors([
                Door(
                    name: "north", event: "conference", point: "entrance",
                    address: .unix(path: folder.path("north")), allows: { _ in false })
            ]) { front.checkIn($0, whenDone: $1) }
            let scanner = try Scanner(doors.addresses[0])
            // What holds the writer is one of the three.
            let (isHeld, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            front.store.write(
                { _ in
                    isHeld.signal()
                    release.wait()
                }, whenDone: { _ in })
            try await onThread { isHeld.wait() }
            scanner.send("A\r\nB\r\n")
            #expect(await comesTrue { front.waitingWrites == 3 })
            scanner.send("C\r\n")
            let other = try Scanner(doors.addresses[0])
            other.send("D\r\n")
            #expect(other.line() == "ERROR busy Too much is going on; scan again in a moment")
            release.signal()
            let unknown = "DENY unknown-code Not one of this event's codes"
            #expect(
                scanner.lines(3) == [
                    unknown, unknown, "ERROR busy Too much is going on; scan again in a moment",
                ])
            other.send("D\r\n")
            #expect(other.line() == unknown)
            await doors.stop(within: 5_000)
            front.close()
        }

        @Test func `a badge is admitted once, at every door of the point, and strangers are not`()
            async throws
        {
            let folder = try TemporaryFolder()
            let front = try await FrontOfHouse(
                database: folder.path("lanyard.db"), creates: true,
                settings: .init(publicURL: "http://localhost"),
                clock: { AdmissionTests.noon.adding(seconds: -2_880) },
                onFault: { Issue.record("\($0)") })
            _ = try await front.importEvent(AdmissionTests.event, sessions: [])
            let form = RegistrationForm(name: "Ada Lovelace", email: "ada@example.org")
            guard case .registered(let ada) = try await front.register(form, event: "conference") else {
                Issue.record("not registered")
                return
            }
            let doors = try OpenDoors(
                ["north", "south", "nowhere"].map { name in
                    Door(
                        name: name, event: "conference", point: name == "nowhere" ? name : "entrance",
                        address: .unix(path: folder.path(name)), allows: { _ in false })
                }
            ) { front.checkIn($0, whenDone: $1) }
            let north = try Scanner(doors.addresses[0])
            let (code, reference) = (ada.attendee.code.description, ada.attendee.reference.description)
            north.send("]Q1\(code)\r\n\(code)x\r\n")
            #expect(
                north.lines(2) == [
                    "ADMIT \(reference) Ada Lovelace", "DENY unknown-code Not one of this event's codes",
                ])
            let south = try Scanner(doors.addresses[1])
            south.send(code + "\n")
            #expect(south.line() == "AGAIN \(reference) Ada Lovelace; first 11:12 at entrance")
            let nowhere = try Scanner(doors.addresses[2])
            nowhere.send(code + "\n")
            #expect(nowhere.line() == "ERROR unknown-point This door's check-in point does not exist")
            await doors.stop(within: 5_000)
            front.close()
        }
    }
}
