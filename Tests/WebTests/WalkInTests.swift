import HTTP
import Operations
import Registration
import TestPeers
import Testing

/// Who comes unannounced.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct WalkInTests {
    let desk = "/desk/\(Sample.event.slug)"

    private func open(_ house: House, at moment: Timestamp = Sample.at(9)) async throws -> Visit {
        house.clock.now = moment
        let visit = Visit(house)
        try await visit.signIn(.reception)
        return visit
    }

    private func register(_ visit: Visit, _ email: String) async throws -> Page {
        let blocks = Sample.programme.blocks.compactMap { $0.first?.session.slug }.map {
            ("session." + $0, "-")
        }
        return try await visit.follow(
            try await visit.register([("name", "Late Comer"), ("email", email)] + blocks))
    }

    @Test func `the desk leads to the form, which begins with what was searched for`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada Lovelace")
        let visit = try await open(house)
        for path in [desk, "\(desk)/\(ada.attendee.reference)"] {
            #expect(try await visit.get(path).text.contains("href=\"\(Sample.registerPath)\""), "\(path)")
        }
        for (text, field) in [("Late Comer", "name"), ("late@example.org", "email"), ("K7QX", "")] {
            let page = try await visit.follow(try await visit.search(text))
            let link = try #require(page.text.firstMatch(of: /href="([^"]*register\?name=[^"]*)"/)).1
            #expect(!link.contains("ate") && !link.contains("K7QX"))
            let form = try await visit.get(String(link))
            for name in ["name", "email"] {
                #expect(form.value(name) == (name == field ? text : ""), "\(text)")
            }
            let stranger = try await Visit(house).get(String(link))
            #expect(!stranger.text.contains(text))
        }
    }

    @Test func `the form is staff's own`() async throws {
        let house = try await House()
        let page = try await open(house).get(Sample.registerPath)
        #expect(page.text.contains("<nav aria-label=\"Staff\">"))
        #expect(page.text.contains("href=\"\(desk)\">Back to the desk</a>"))
        #expect(page.text.contains(">Register and check in</button>"))
        #expect(page.text.contains("About them") && !page.text.contains("About you"))
        let visit = try await open(house)
        let refused = try await visit.register([("name", "")])
        #expect(refused.text.contains(">Register and check in</button>"))
        let strangers = try await Visit(house).get(Sample.registerPath)
        #expect(strangers.text.contains("About you") && strangers.text.contains(">Register</button>"))
    }

    @Test func `whoever is registered while the doors are open is in`() async throws {
        let house = try await House()
        let page = try await register(try await open(house), "late@example.org")
        #expect(page.path.hasPrefix(desk + "/") && page.text.contains("verdict-admit"))
        #expect(page.text.contains("Registered and checked in.") && page.text.contains("Late Comer"))
        #expect(try await house.front.attendance(event: Sample.event.slug)?.arrived == 1)
    }

    @Test func `whoever is registered before the doors open is told when they do`() async throws {
        let house = try await House()
        let page = try await register(try await open(house, at: Sample.at(7)), "early@example.org")
        #expect(page.text.contains("Not checked in: the doors open at 07:30"))
        #expect(try await house.front.attendance(event: Sample.event.slug)?.arrived == 0)
    }

    @Test func `a full event is said on the desk, with what can be done`() async throws {
        var small = Sample.event
        small.capacity = 1
        let house = try await House(event: small)
        _ = try await house.register("Ada")
        let visit = try await open(house)
        let page = try await visit.follow(try await visit.get(Sample.registerPath))
        #expect(page.path == desk && page.text.contains("verdict-deny"))
        #expect(page.text.contains("The event is full (1 of 1)."))
        #expect(page.text.contains("An organiser can raise the capacity."))
    }
}
