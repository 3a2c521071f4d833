import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CertificatePageTests {
    private func path(_ person: RegisteredAttendee) -> String {
        "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)"
    }

    private func attended(_ house: House) async throws -> RegisteredAttendee {
        let ada = try await house.register("Ada <b>", sessions: ["active-medicine"])
        house.clock.now = Sample.at(8)
        try await house.admit(ada)
        house.clock.now = Sample.at(11, 15)
        try await house.admit(ada, at: "active-medicine")
        return ada
    }

    @Test func `the own page says when the certificate comes, then gives it`() async throws {
        let house = try await House()
        let ada = try await attended(house)
        let before = try await Visit(house).get(path(ada))
        #expect(before.text.contains("from 17:00 on Wednesday 4 December 2024"))
        #expect(!before.text.contains("certificate.pdf"))
        let early = try await Visit(house).get(path(ada) + "/certificate.pdf")
        #expect(early.status == .notFound && early.text.contains("from 17:00 on Wednesday"))
        house.clock.now = Sample.at(17)
        let after = try await Visit(house).get(path(ada)).text
        #expect(after.contains("<a class=\"button\" href=\"\(path(ada))/certificate.pdf\""))
        #expect(after.contains("<a class=\"button button-quiet\" href=\"\(path(ada))/badge.pdf\""))
        let file = try await Visit(house).get(path(ada) + "/certificate.pdf")
        #expect(file.headers["Content-Type"] == "application/pdf" && file.text.hasPrefix("%PDF"))
        #expect(file.headers["Content-Disposition"]?.hasPrefix("attachment; filename=\"certificate-") == true)
        #expect(file.headers["Cache-Control"] == "no-store")
    }

    @Test func `who was not there is told why there is none, and another's key opens nothing`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let bea = try await attended(house)
        house.clock.now = Sample.at(18)
        let own = try await Visit(house).get(path(ada)).text
        #expect(own.contains("was not scanned at the event"))
        #expect(own.contains("<a href=\"mailto:hsphealth@herts.ac.uk\">write to the organisers</a>"))
        #expect(try await Visit(house).get(path(ada) + "/certificate.pdf").status == .notFound)
        let crossed = "\(Sample.path)/me/\(bea.attendee.reference)/\(ada.manageKey)/certificate.pdf"
        #expect(try await Visit(house).get(crossed).status == .notFound)
    }

    @Test func `anybody sees what a genuine certificate says`() async throws {
        let house = try await House()
        let ada = try await attended(house)
        house.clock.now = Sample.at(17)
        let file = try await Visit(house).get(path(ada) + "/certificate.pdf").text
        let code = String(file.split(separator: " ").last ?? "")
        for address in ["/verify/\(code)", "/verify?code=\(code.lowercased())"] {
            let page = try await Visit(house).get(address)
            #expect(page.status == .ok && page.text.contains("This certificate is genuine"))
            #expect(page.text.contains("Ada &lt;b&gt;") && page.text.contains("Active Medicine training"))
            #expect(page.text.contains("Wednesday 4 December 2024"))
            #expect(page.headers["Cache-Control"] == "no-store")
            #expect(page.headers["X-Robots-Tag"]?.contains("noindex") == true)
        }
        let reference = ada.attendee.reference
        for wrong in ["\(reference)-0000-0000-0000", "%3Cscript%3E", "\(reference)", "0"] {
            let page = try await Visit(house).get("/verify/\(wrong)")
            #expect(page.status == .notFound && page.text.contains("This is not a valid certificate"))
            #expect(!page.text.contains("Ada") && !page.text.contains("<script>"))
        }
    }

    @Test func `a paper with a name that was corrected since is out of date, and neither name is told`()
        async throws
    {
        let house = try await House()
        let ada = try await attended(house)
        house.clock.now = Sample.at(17)
        let file = try await Visit(house).get(path(ada) + "/certificate.pdf").text
        let code = String(file.split(separator: " ").last ?? "")
        _ = try await house.front.change(
            event: Sample.event.slug, reference: ada.attendee.reference, AttendeeChange(name: "Alan"),
            byStaff: true)
        let page = try await Visit(house).get("/verify/\(code)")
        #expect(page.status == .gone && page.text.contains("This certificate is out of date"))
        #expect(!page.text.contains("Ada &lt;b&gt;") && !page.text.contains("Alan"))
    }

    @Test func `the empty form asks for the code, and too many tries are slowed down`() async throws {
        let house = try await House(signInsPerMinute: 2)
        let form = try await Visit(house).get("/verify")
        #expect(form.status == .ok && form.text.contains("Check a certificate"))
        let empty = try await Visit(house).get("/verify?code=")
        #expect(empty.status == .unprocessableContent && empty.problemTargets == ["code"])
        for _ in 0..<12 {
            #expect(try await Visit(house).get("/verify/0").status == .notFound)
        }
        let page = try await Visit(house).get("/verify/K7QX2M4P")
        #expect(page.status == .tooManyRequests && page.headers["Retry-After"] == "60")
        #expect(page.value("code") == "K7QX2M4P")
        #expect(try await Visit(house, address: "192.0.2.9").get("/verify/0").status == .notFound)
    }
}
