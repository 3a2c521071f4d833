import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct AttendeePageTests {
    func path(_ person: RegisteredAttendee) -> String {
        "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)"
    }

    @Test func `somebody's own page shows their code, reference and bookings, and is kept by nobody`()
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada", sessions: ["walk"])
        let page = try await Visit(house).get(path(ada))
        #expect(page.text.contains("fill=\"#000\""))
        #expect(page.text.contains(ada.attendee.reference.description))
        #expect(page.text.contains("A walk in the park"))
        #expect(!page.text.contains(ada.attendee.code.description))
        #expect(page.headers["Referrer-Policy"] == "no-referrer")
        #expect(page.headers["Cache-Control"] == "no-store")
        #expect(page.headers["X-Robots-Tag"]?.contains("noindex") == true)
    }

    @Test func `the badge is downloaded as PDF under a name that nobody can shape`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada\" filename=\"evil")
        let page = try await Visit(house).get(path(ada) + "/badge.pdf")
        #expect(page.headers["Content-Type"] == "application/pdf")
        #expect(
            page.headers["Content-Disposition"]
                == "attachment; filename=\"badge-\(ada.attendee.reference).pdf\"")
        #expect(page.text.hasPrefix("%PDF"))
    }

    @Test func `a wrong key, somebody else's and a wrong event are all the same nothing`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let charles = try await house.register("Charles")
        let own = "\(Sample.path)/me/\(ada.attendee.reference)/"
        for wrong in [
            own + charles.manageKey, own + "0", own + String(repeating: "0", count: 26),
            "\(Sample.path)/me/00000000/\(ada.manageKey)", "\(Sample.path)/me/x/\(ada.manageKey)",
            "/e/other/me/\(ada.attendee.reference)/\(ada.manageKey)",
        ] {
            for ending in ["", "/badge.pdf"] {
                let page = try await Visit(house).get(wrong + ending)
                #expect(page.status == .notFound, "\(wrong)")
                #expect(!page.text.contains("Ada"))
            }
        }
    }

    @Test func `a cancelled registration shows no code and gives no badge`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        let page = try await Visit(house).get(path(ada))
        #expect(page.text.contains("was cancelled") && !page.text.contains("fill=\"#000\""))
        #expect(try await Visit(house).get(path(ada) + "/badge.pdf").status == .notFound)
    }
}
