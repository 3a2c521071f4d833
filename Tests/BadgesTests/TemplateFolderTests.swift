import Badges
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct TemplateFolderTests {
    @Test func `the templates that ship have no mistake and are found by name`() throws {
        let templates = try loadTemplates(folder: SampleBadges.folder)
        #expect(templates.keys.sorted() == SampleBadges.shipped)
        #expect(templates["conference-a6"]?.widthMillimetres == 105)
        #expect(templates["conference-a6"]?.heightMillimetres == 148)
    }

    @Test func `what is no template of the folder is left alone`() throws {
        let folder = try TemporaryFolder()
        try folder.write(ChangedTemplate.good, to: "one.svg")
        try folder.write("rubbish", to: "README.md")
        try folder.write("rubbish", to: ".one.svg.swp.svg")
        #expect(try loadTemplates(folder: folder.path).keys.sorted() == ["one"])
    }

    @Test func `mistakes of all files are told at once`() throws {
        let folder = try TemporaryFolder()
        try folder.write(ChangedTemplate.good, to: "a.svg")
        try folder.write(ChangedTemplate.good.replacing("{{name}}", with: "{{x}}"), to: "b.svg")
        try folder.write("<svg", to: "c.svg")
        let mistakes = #expect(throws: TemplateMistakes.self) { try loadTemplates(folder: folder.path) }
        #expect(mistakes?.all.map(\.file) == [folder.path("b.svg"), folder.path("c.svg")])
        #expect(mistakes?.description.contains("b.svg:2: Unknown placeholder") == true)
    }

    @Test func `an empty folder has no templates, an absent one is a mistake`() throws {
        let folder = try TemporaryFolder()
        #expect(try loadTemplates(folder: folder.path).isEmpty)
        let mistakes = #expect(throws: TemplateMistakes.self) {
            try loadTemplates(folder: folder.path("none"))
        }
        #expect(mistakes?.description.contains("No such file") == true)
    }

    @Test func `more templates than anybody has are refused`() throws {
        let folder = try TemporaryFolder()
        for number in 0...200 { try folder.write("x", to: "\(number).svg") }
        let mistakes = #expect(throws: TemplateMistakes.self) { try loadTemplates(folder: folder.path) }
        #expect(mistakes?.all.count == 1)
    }
}
