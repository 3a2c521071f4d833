import Testing

@Suite(.timeLimit(.minutes(1)))
struct ArrowTests {
    @Test func `rooms import only what the drawing allows`() throws {
        let manifest = Manifest(try Repository.text("Package.swift"))
        #expect(manifest.rooms.count >= 9 && manifest.libraries.count >= 9, "the manifest was not understood")
        #expect(Arrows.breaches(in: manifest) == [])
    }

    @Test func `each C library is imported by one room alone`() throws {
        let manifest = Manifest(try Repository.text("Package.swift"))
        for library in manifest.libraries.keys.sorted() {
            let users = manifest.rooms.filter {
                $0.imports.contains(library) && Arrows.visitors[$0.name] != library
            }.map(\.name)
            #expect(users.count <= 1, "\(library) is imported by \(users)")
            #expect(manifest.tests.allSatisfy { !$0.imports.contains(library) }, "a test imports \(library)")
        }
    }

    @Test func `files import only what their room does`() throws {
        let manifest = Manifest(try Repository.text("Package.swift"))
        for room in manifest.rooms {
            for file in try Repository.files(below: "Sources/\(room.name)") where file.hasSuffix(".swift") {
                let modules = importedModules(try Repository.text(file))
                #expect(Arrows.breaches(of: room, importing: modules) == [], "\(file)")
            }
        }
    }

    @Test func `every folder of Sources is a room or the C libraries`() throws {
        let manifest = Manifest(try Repository.text("Package.swift"))
        let folders = Set(
            try Repository.files(below: "Sources").compactMap { path -> String? in
                let parts = path.split(separator: "/")
                return parts.count > 2 ? String(parts[1]) : nil
            })
        #expect(folders == Set(manifest.rooms.map(\.name)).union(["CLibraries"]))
        let libraries = Set(
            try Repository.files(below: "Sources/CLibraries").map {
                String($0.split(separator: "/")[2])
            })
        #expect(libraries == Set(manifest.libraries.keys))
    }

    @Test func `a forbidden arrow would be found`() {
        let manifest = Manifest(
            """
            let package = Package(
                targets: [
                    library("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
                    .target(name: "CToml", path: "Sources/CLibraries/CToml"),
                    room("Registration", imports: ["Log"]),
                    room("Storage", imports: ["Registration", "CSQLite"]),
                    room(
                        "Web", imports: ["Operations", "API",
                            "Storage"], resources: [.embedInCode("Assets")]),
                    .executableTarget(name: "lanyard", dependencies: ["Storage", "CSQLite"], swiftSettings: strict),
                    room("Cellar"),
                    tests(of: "Web", imports: ["Log"]),
                    .testTarget(name: "TidyTests", swiftSettings: strict),
                ]
            )
            """)
        #expect(manifest.libraries == ["CSQLite": "libsqlite3-dev", "CToml": nil])
        #expect(manifest.tests.map(\.name) == ["WebTests", "TidyTests"])
        #expect(manifest.tests.first?.imports == ["Web", "Log"])
        #expect(
            Arrows.breaches(in: manifest) == [
                "Registration → Log", "Web → API", "Web → Storage", "lanyard → CSQLite, at home in Storage",
                "Cellar is not in the list of rooms",
            ])
    }

    @Test func `a forbidden import line would be found`() {
        let modules = importedModules(
            """
            // import Comment
            import Glibc
            public import Registration
            @preconcurrency internal import CSQLite
            @testable import Log
            import struct Foundation.Data
            let text = "import Text"
            """)
        #expect(modules == ["Glibc", "Registration", "CSQLite", "Log", "Foundation"])
        let room = Manifest.Target(name: "Web", imports: ["Registration"])
        let breaches = Arrows.breaches(of: room, importing: modules)
        #expect(breaches == ["CSQLite", "Log", "Foundation"])
    }
}
