// swift-tools-version: 6.2
import PackageDescription

// The rooms and the arrows between them are drawn in Sources/README.md; a tidy test holds this list to it.
// There are no Swift packages here: every dependency is a C library that Debian ships.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

/// A room: one Swift target in `Sources/<name>`.
func room(_ name: String, imports: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: imports, resources: resources, swiftSettings: strict)
}

/// The tests of a room, in `Tests/<name>Tests`.
func tests(of name: String, imports: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.target(name: name)] + imports, swiftSettings: strict)
}

/// A C library of Debian's; its module map is in `Sources/CLibraries/<name>`.
func library(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
    name: "lanyard",
    targets: [
        // C libraries
        library("CCups", apt: "libcups2-dev"),
        library("CCurl", pkgConfig: "libcurl", apt: "libcurl4-gnutls-dev"),
        library("CEpoll", apt: "libc6-dev"),
        library("CGLib", pkgConfig: "glib-2.0", apt: "libglib2.0-dev"),
        library("CIcal", pkgConfig: "libical", apt: "libical-dev"),
        library("CJansson", pkgConfig: "jansson", apt: "libjansson-dev"),
        library("CMicrohttpd", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        library("CPango", pkgConfig: "pangocairo", apt: "libpango1.0-dev"),
        library("CQREncode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
        library("CRsvg", pkgConfig: "librsvg-2.0", apt: "librsvg2-dev"),
        library("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        library("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
        .target(name: "CToml", path: "Sources/CLibraries/CToml"),
        library("CSystemd", pkgConfig: "libsystemd", apt: "libsystemd-dev"),
        library("CXML", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),

        // Core
        room("Registration"),
        tests(of: "Registration"),
        room("Storage", imports: ["Registration", "Secrets", "CSQLite"]),
        tests(of: "Storage", imports: ["Registration", "TestPeers"]),
        room("Operations", imports: ["Registration", "Storage", "Secrets", "TimeZones"]),
        tests(of: "Operations", imports: ["Registration", "Storage", "TestPeers"]),

        // Alone
        room("Badges", imports: ["CPango", "CQREncode", "CRsvg", "CXML"]),
        tests(of: "Badges", imports: ["TestPeers"]),
        room("Configuration", imports: ["TimeZones", "CToml"]),
        tests(of: "Configuration", imports: ["TestPeers"]),
        room("HTTP"),
        tests(of: "HTTP"),
        room("HTTPServer", imports: ["HTTP", "CMicrohttpd"]),
        tests(of: "HTTPServer", imports: ["HTTP", "TestPeers"]),
        room("Log"),
        tests(of: "Log"),
        room("Metrics"),
        tests(of: "Metrics"),
        room("Secrets", imports: ["CSodium"]),
        tests(of: "Secrets", imports: ["TestPeers"]),
        room("TimeZones", imports: ["CGLib"]),
        tests(of: "TimeZones"),
        room("Working"),
        tests(of: "Working", imports: ["TestPeers"]),

        // Faces
        room("API", imports: ["CJansson", "HTTP", "Operations", "Registration"]),
        tests(of: "API", imports: ["HTTP", "Operations", "Registration", "TestPeers"]),
        room("Doors", imports: ["CEpoll", "Operations", "Registration"]),
        tests(of: "Doors", imports: ["Operations", "Registration", "Storage", "TestPeers"]),
        room(
            "Web", imports: ["Badges", "HTTP", "Operations", "Registration", "Secrets"],
            resources: [.embedInCode("Assets")]),
        tests(
            of: "Web", imports: ["HTTP", "HTTPServer", "Operations", "Registration", "TestPeers"]),

        // Workers
        room(
            "Mail",
            imports: ["Badges", "Log", "Operations", "Registration", "Working", "CCurl", "CIcal"]),
        tests(
            of: "Mail",
            imports: ["Badges", "Log", "Operations", "Registration", "Storage", "TestPeers", "Working"]),
        room("Printing", imports: ["Badges", "Log", "Operations", "Registration", "Working", "CCups"]),
        tests(
            of: "Printing",
            imports: ["Badges", "Log", "Operations", "Registration", "TestPeers", "Working"]),

        // Programs
        .executableTarget(
            name: "lanyard",
            dependencies: [
                "API", "Badges", "Configuration", "Doors", "HTTP", "HTTPServer", "Log", "Mail",
                "Metrics", "Operations", "Printing", "Registration", "Storage", "Web", "CSystemd",
            ], swiftSettings: strict),
        .executableTarget(
            name: "lanyard-bench", dependencies: ["HTTP", "HTTPServer", "CSQLite"], swiftSettings: strict),

        .testTarget(
            name: "LanyardTests", dependencies: ["lanyard", "TestPeers"], swiftSettings: strict),

        // What tests of several rooms share: real programs, ports, folders, printers
        .target(name: "TestPeers", path: "Tests/TestPeers", swiftSettings: strict),
        tests(of: "TestPeers"),

        // The rules of the repository itself
        .testTarget(name: "TidyTests", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
