import Glibc

extension Program {
    /// The Debian package of each program that tests start, for the words of the failure where one is missing.
    private static let packages = [
        "aiosmtpd": "python3-aiosmtpd", "avahi-daemon": "avahi-daemon", "chromedriver": "chromium-driver",
        "chromium": "chromium", "cupsaccept": "cups-client", "cupsd": "cups-daemon",
        "cupsdisable": "cups-client", "cupsenable": "cups-client", "cupsreject": "cups-client",
        "cancel": "cups-client", "curl": "curl", "dbus-daemon": "dbus-daemon", "gs": "ghostscript",
        "ippeveprinter": "cups-ipp-utils", "java": "default-jre-headless", "ipptool": "cups-ipp-utils",
        "lpadmin": "cups-client",
        "lpoptions": "cups-client",
        "lpstat": "cups-client", "mount": "mount", "openssl": "openssl", "pdffonts": "poppler-utils",
        "pdfinfo": "poppler-utils", "pdftoppm": "poppler-utils", "pdftotext": "poppler-utils",
        "psql": "postgresql",
        "qpdf": "qpdf", "setpriv": "util-linux", "sqlite3": "sqlite3", "systemd-socket-activate": "systemd",
        "/usr/bin/python3": "python3", "unshare": "util-linux",
        "zbarimg": "zbar-tools",
    ]

    /// The full path of a program, looked for where root would find it too; a name with a `/` is its own.
    static func path(of name: String) throws -> String {
        if name.contains("/") {
            guard access(name, X_OK) == 0 else {
                throw ProgramFailure.missing(name, package: packages[name] ?? "(no package has it)")
            }
            return name
        }
        let search =
            (getenv("PATH").map { String(cString: $0) } ?? "")
            + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
        for folder in search.split(separator: ":") where access("\(folder)/\(name)", X_OK) == 0 {
            return "\(folder)/\(name)"
        }
        throw ProgramFailure.missing(name, package: packages[name] ?? name)
    }
}
