import Operations
import Registration

/// `/organise/{event}/materials`: the files and links of each session, to add to and to remove from.
struct MaterialsPage {
    /// What the form of a link was sent with, and to which session something was added last.
    struct Typed {
        var session = ""
        var name = ""
        var address = ""
    }

    var content: EventMaterials
    var staff: StaffBar
    var typed = Typed()
    var problems: [FieldProblem] = []
    /// What was just done, in words.
    var done: String?

    private var event: Event { content.event }
    private var time: LocalTime { LocalTime(event) }
    private var path: String { MaterialsPage.path(event) }

    static func path(_ event: Event) -> String { "/organise/\(event.slug)/materials" }

    var document: HTML {
        var layout = Layout("Slides and links", event: event, staff: staff)
        layout.hasProblem = !problems.isEmpty
        layout.script = .materials
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <div><p class="soft">\(event.title)</p><h1>Slides and links</h1>
            <p class="lead soft">Everybody who is registered finds them on their own page, by session, as soon as they are here.</p></div>
            \(done.map { "<p class=\"notice\" role=\"status\">\($0)</p>" as HTML })
            <div class="halves-even">\(fileForm)\(linkForm)</div>
            <section class="stack" aria-labelledby="sessions">
            <h2 id="sessions">By session</h2>
            <p class="soft">Files come to \(content.bytes.inBytes) of \(Material.eventBytesLimit.inBytes).</p>
            <ul class="materials-sessions">\(shown.map(session))</ul>
            </section>
            </div>
            """)
    }

    /// Breaks only where something is left of them.
    private var shown: [SessionMaterials] {
        content.sessions.filter { $0.session.kind != .pause || !$0.isEmpty }
    }

    private var fileForm: HTML {
        let problem = problems.sentence(for: "file")
        return """
            <section class="card" aria-labelledby="add-a-file">
            <form class="stack-fields" id="add-file" method="post" action="\(path)/files" enctype="multipart/form-data" \
            data-limit="\(Material.fileBytesLimit)" data-too-large="\(MaterialRefusal.fileTooLarge.sentence)">
            <h2 id="add-a-file">Add a file</h2>
            <input type="hidden" name="token" value="\(staff.formToken)">
            \(sessionField("file-session"))
            <div class="field\(problem == nil ? "" : " has-problem")">
            <label for="file">File</label>
            <p class="hint" id="file-hint">At most \(Material.fileBytesLimit.inBytes). One of the same name is replaced.</p>
            \(TextField.wrong("file", problem))
            <input id="file" name="file" type="file" \
            aria-describedby="file-hint\(problem == nil ? "" : " file-wrong")"\("aria-invalid", is: problem.map { _ in "true" })>
            </div>
            <button class="button" type="submit">Upload</button>
            </form>
            </section>
            """
    }

    private var linkForm: HTML {
        """
        <section class="card" aria-labelledby="add-a-link">
        <form class="stack-fields" method="post" action="\(path)/links" novalidate>
        <h2 id="add-a-link">Add a link</h2>
        <input type="hidden" name="token" value="\(staff.formToken)">
        \(sessionField("link-session"))
        \(TextField(id: "name", label: "What it is called", value: typed.name, autocomplete: "off", isRequired: true)
            .html(problems))
        \(TextField(
            id: "address", label: "Address", hint: "Such as https://example.org/slides", value: typed.address,
            autocomplete: "off", isRequired: true).html(problems))
        <button class="button" type="submit">Add the link</button>
        </form>
        </section>
        """
    }

    private func sessionField(_ id: String) -> HTML {
        let problem = problems.sentence(for: id)
        let options = content.sessions.filter { $0.session.kind != .pause }.map { held -> HTML in
            let session = held.session
            return """
                <option value="\(session.slug)"\("selected", if: session.slug == typed.session)>\
                \(time.when(session.starts)) \(session.title)</option>
                """
        }
        return """
            <div class="field\(problem == nil ? "" : " has-problem")">
            <label for="\(id)">Session</label>
            \(TextField.wrong(id, problem))
            <select id="\(id)" name="session"\("aria-describedby", is: problem.map { _ in id + "-wrong" })>\
            \(options)</select>
            </div>
            """
    }

    private func session(_ held: SessionMaterials) -> HTML {
        let session = held.session
        return """
            <li id="\(session.slug)">
            <h3><span class="soft number">\(time.when(session.starts))</span> \(session.title)</h3>
            \(when(held.isEmpty, "<p class=\"soft\">Nothing yet.</p>"))
            \(when(!held.isEmpty, "<ul class=\"materials\">\(held.materials.map(item))\(session.materials.map(fromFile))</ul>"))
            </li>
            """
    }

    private func item(_ material: Material) -> HTML {
        """
        <li><span>\(MaterialLink(material: material, filePath: "\(path)/\(material.id.rawValue)").html)</span>
        <form method="post" action="\(path)/\(material.id.rawValue)/remove">\
        <input type="hidden" name="token" value="\(staff.formToken)">\
        <button class="button button-quiet button-small" type="submit">Remove\
        <span class="hidden"> \(material.name)</span></button></form></li>
        """
    }

    private func fromFile(_ link: String) -> HTML {
        "<li><span>\(outsideLink(link))<br><span class=\"soft small\">From the event’s file</span></span></li>"
    }
}

/// A file to download or a link to follow, with what it is.
struct MaterialLink {
    var material: Material
    /// Where the file is, if it is one.
    var filePath: String

    var html: HTML {
        switch material.content {
        case .file(let bytes):
            """
            <a href="\(filePath)" download><bdi>\(material.name)</bdi></a><br>\
            <span class="soft small">\(FileKind(of: material.name).words), \(bytes.inBytes)</span>
            """
        case .link(let address):
            """
            <a href="\(address)" rel="noopener noreferrer"><bdi>\(material.name)</bdi></a><br>\
            <span class="soft small">Link to \(MaterialLink.host(of: address))</span>
            """
        }
    }

    /// What stands between the slashes, as somebody wants to know before they follow.
    private static func host(of address: String) -> String {
        guard let start = address.firstRange(of: "//") else { return address }
        return String(address[start.upperBound...].prefix { !"/?#".contains($0) })
    }
}
