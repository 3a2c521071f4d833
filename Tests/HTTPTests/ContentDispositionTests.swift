import HTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ContentDispositionTests {
    @Test(arguments: [
        ("slides.pdf", #"attachment; filename="slides.pdf""#),
        ("my slides.pdf", #"attachment; filename="my slides.pdf""#),
        (
            "Folien für Zoë.pdf",
            #"attachment; filename="Folien f_r Zo_.pdf"; filename*=UTF-8''Folien%20f%C3%BCr%20Zo%C3%AB.pdf"#
        ),
        (
            "a\"; filename=\"b.exe",
            #"attachment; filename="a__ filename=_b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe"#
        ),
        ("50%.pdf", #"attachment; filename="50_.pdf"; filename*=UTF-8''50%25.pdf"#),
    ])
    func `a file keeps its name, whatever is in it`(name: String, header: String) {
        #expect(ContentDisposition.attachment(name) == header)
    }

    @Test func `nothing in a name begins another header`() {
        let header = ContentDisposition.attachment("a\r\nSet-Cookie: b=c")
        #expect(!header.contains("\r") && !header.contains("\n"))
    }
}
