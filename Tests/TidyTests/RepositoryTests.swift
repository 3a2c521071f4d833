import FoundationEssentials
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RepositoryTests {
    static let sizeLimit = 400

    @Test func `the top level holds nothing else`() throws {
        let allowed: Set = [
            "Package.swift", "Sources", "Tests", "Config", "Badges", "systemd", "README.md",
            // Written by the package manager where it is told to and ignored by git.
            "Package.resolved",
        ]
        let entries = try FileManager.default.contentsOfDirectory(atPath: Repository.root)
        #expect(entries.filter { !$0.hasPrefix(".") && !allowed.contains($0) } == [])
    }

    @Test func `no source file has more than 400 lines`() throws {
        let kinds = ["swift", "h", "c", "cpp", "css", "js"]
        for file in try Repository.textFiles() where kinds.contains(where: { file.hasSuffix(".\($0)") }) {
            let lines =
                try Repository.text(file).split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(lines <= RepositoryTests.sizeLimit, "\(file) has \(lines) lines")
        }
    }

    @Test func `nothing is left to do and nothing names somebody's machine`() throws {
        // Put together here, so that this file holds none of them itself.
        let unwanted = [
            "TO" + "DO", "FIX" + "ME", "/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/",
            "/tmp" + "/w/", "\n<<<<" + "<<< ", "\n>>>>" + ">>> ",
        ]
        for file in try Repository.textFiles() {
            let text = try Repository.text(file)
            // The C function looks through a megabyte in no time, also in a debug build.
            let found = unwanted.filter { strstr(text, $0) != nil }
            #expect(found == [], "\(file)")
        }
    }

    @Test func `no test is passed over, whoever runs it`() throws {
        let unwanted = [".enabled" + "(", ".disabled" + "("]
        for file in try Repository.textFiles() where file.hasPrefix("Tests/") {
            let text = try Repository.text(file)
            #expect(unwanted.filter { strstr(text, $0) != nil } == [], "\(file)")
        }
    }

    @Test func `there are no Swift packages`() throws {
        let manifest = try Repository.text("Package.swift")
        #expect(!manifest.contains(".package("))
        #expect(!manifest.contains("binaryTarget"))
    }

    @Test func `warnings are errors in every target`() throws {
        let manifest = try Repository.text("Package.swift")
        #expect(manifest.contains(".treatAllWarnings(as: .error)"))
        let targets = manifest.matches(of: #/\.(?:target|testTarget|executableTarget)\(\s*name: [^,)]+,/#)
            .count
        let shims = manifest.matches(of: #/\.target\(name: "\w+", path: "Sources/CLibraries/#).count
        #expect(manifest.matches(of: /swiftSettings: strict/).count == targets - shims)
    }

    @Test func `every Debian package that is compiled against is installed by Config setup`() throws {
        let manifest = Manifest(try Repository.text("Package.swift"))
        let words = Set(try Repository.text("Config/setup").split { " \n'".contains($0) })
        // The C library's own headers come with the compiler.
        for case let package? in manifest.libraries.values where package != "libc6-dev" {
            #expect(words.contains(Substring(package)), "Config/setup does not install \(package)")
        }
    }

    @Test func `the map for newcomers has every room`() throws {
        let map = try Repository.text("Sources/README.md")
        for room in Manifest(try Repository.text("Package.swift")).rooms {
            #expect(map.contains("`\(room.name)`"), "Sources/README.md does not say what \(room.name) is")
        }
    }

    @Test func `systemd's units name what exists`() throws {
        let service = try Repository.text("systemd/lanyard.service")
        #expect(service.contains("Type=notify") && service.contains("WatchdogSec="))
        for (unit, name) in [("http", "http"), ("door", "door-north")] {
            let socket = try Repository.text("systemd/lanyard-\(unit).socket")
            #expect(
                socket.contains("\nFileDescriptorName=\(name)\n")
                    && socket.contains("\nService=lanyard.service\n"))
        }
    }
}
