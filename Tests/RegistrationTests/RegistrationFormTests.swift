import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RegistrationFormTests {
    static let texts:
        [(field: RegistrationForm.Field, path: any WritableKeyPath<RegistrationForm, String> & Sendable)] = [
            (.name, \.name), (.organisation, \.organisation), (.role, \.role),
            (.accessNeeds, \.accessNeeds), (.dietaryNeeds, \.dietaryNeeds),
        ]

    private func problems(_ change: (inout RegistrationForm) -> Void) -> [RegistrationForm.Problem] {
        var form = Sample.form()
        change(&form)
        return form.trimmed.problems
    }

    @Test func `a name and an address are all that must be given`() {
        #expect(Sample.form().problems.isEmpty)
        #expect(
            RegistrationForm().problems
                == [RegistrationForm.Problem(.name, .missing), .init(.email, .missing)])
        #expect(
            problems {
                $0.name = " \u{A0}\t\n"
                $0.email = "\u{3000}"
            } == [.init(.name, .missing), .init(.email, .missing)])
    }

    @Test(arguments: [
        // A letter, a letter with combining accents, a family, a flag, a Chinese character.
        "a", "e\u{301}\u{323}", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "健",
    ])
    func `a field takes as many characters as it says, whatever they are made of, and not one more`(
        character: String
    ) {
        for (field, path) in RegistrationFormTests.texts {
            let fits = String(repeating: character, count: field.limit)
            #expect(problems { $0[keyPath: path] = fits }.isEmpty)
            #expect(problems { $0[keyPath: path] = "  \(fits)\u{2003}" }.isEmpty)
            #expect(problems { $0[keyPath: path] = fits + "a" } == [.init(field, .tooLong)])
        }
    }

    @Test func `one character of any number of accents is not let in`() {
        let heap = "e" + String(repeating: "\u{301}", count: 120 * 40)
        #expect(problems { $0.name = heap } == [.init(.name, .tooLong)])
    }

    @Test func `an address of 254 characters is taken, one of 255 is too long`() {
        let domain = String(repeating: "\(String(repeating: "d", count: 49)).", count: 4) + "org"
        let fits = String(repeating: "l", count: 254 - 1 - domain.count) + "@" + domain
        #expect(fits.count == 254)
        #expect(problems { $0.email = " \(fits) " }.isEmpty)
        #expect(problems { $0.email = "l" + fits } == [.init(.email, .tooLong)])
    }

    /// Control characters, ends of lines, and what Unicode keeps for no character at all.
    static let unprintables =
        ["\0", "\u{1}", "\u{1B}", "\u{7F}", "\u{80}", "\u{85}", "\u{9F}", "\u{2028}", "\u{2029}"]
        + [0xFDD0, 0xFFFE, 0xFFFF, 0x10FFFF].compactMap { Unicode.Scalar(UInt32($0)).map(String.init) }

    @Test(arguments: unprintables)
    func `what can't be printed is refused in every field`(character: String) {
        for (field, path) in RegistrationFormTests.texts {
            #expect(
                problems { $0[keyPath: path] = "Ada\(character)Lovelace" }
                    == [.init(field, .controlCharacters)])
        }
        #expect(
            problems { $0.email = "ada\(character)@example.org" } == [.init(.email, .controlCharacters)])
    }

    @Test func `only the long answers have lines and tabs`() {
        for (field, path) in RegistrationFormTests.texts {
            let found = problems { $0[keyPath: path] = "one\r\ntwo\n\tthree" }
            let isLong = field == .accessNeeds || field == .dietaryNeeds
            #expect(found == (isLong ? [] : [.init(field, .controlCharacters)]))
        }
    }

    @Test func `white space is trimmed from both ends, and only there`() {
        let form = RegistrationForm(
            name: "\u{2003} \tAda  Lovelace\u{3000}\r\n", email: "\nada@example.org ", role: "é ")
        #expect(form.trimmed.name == "Ada  Lovelace")
        #expect(form.trimmed.email == "ada@example.org")
        #expect(form.trimmed.role == "é")
    }

    @Test(arguments: [
        "\u{200B}", "\u{200B} \u{FEFF}", "\u{2060}", "\u{3164}", "\u{AD}", "\u{301}", "\u{2800}",
        "\u{200D}\u{200F}",
    ])
    func `a name that nobody can see is missing`(name: String) {
        #expect(problems { $0.name = name } == [.init(.name, .missing)])
    }

    @Test(arguments: [
        "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}",
        "\u{2069}",
    ])
    func `what turns the text around it is refused in every field of one line`(character: String) {
        for (field, path) in RegistrationFormTests.texts {
            let found = problems { $0[keyPath: path] = "Ada\(character)Lovelace" }
            #expect(found == (field.isProse ? [] : [.init(field, .controlCharacters)]))
        }
    }

    @Test(arguments: [
        // Arabic, Persian with a joiner that is none, Hebrew with a mark, Devanagari, families, a flag.
        "محمد الفارسي", "علی\u{200C}رضا", "\u{200F}דנה Smith\u{200E}", "श्री राम\u{200D}", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "健", "Zoë",
        "!",
    ])
    func `names of all scripts are taken as they are written`(name: String) {
        #expect(problems { $0.name = name }.isEmpty)
    }

    @Test func `an address with what nobody sees is told as such`() {
        #expect(problems { $0.email = "ada\u{200B}@example.org" } == [.init(.email, .controlCharacters)])
    }
}
