import Foundation

/// Debian's Chromium without a screen, steered through WebDriver (w3.org/TR/webdriver2).
public final class Chromium: Sendable {
    /// How the browser is set up.
    public struct Screen: Sendable {
        public var width: Int
        public var height: Int
        public var isDark = false
        public var hasJavaScript = true

        public init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }

        public static let phone = Screen(width: 360, height: 740)
        public static let smallPhone = Screen(width: 320, height: 568)
        public static let desktop = Screen(width: 1_400, height: 900)
    }

    private let driver: WebDriver
    private let session: String

    /// Opens a browser with a profile of its own, lends it and closes it, whatever happens.
    public static func open<Answer>(
        _ screen: Screen, isolation: isolated (any Actor)? = #isolation,
        _ body: (Chromium) async throws -> Answer
    ) async throws -> Answer {
        let profile = try TemporaryFolder()
        let driver = WebDriver(port: try FreePort.find())
        // Named by path: the driver would download a browser if it found none.
        let browser = try Program.path(of: "chromium")
        let program = try RunningProgram("chromedriver", arguments: ["--port=\(driver.port)"])
        try await eventually("chromedriver is ready", withinSeconds: 30) { await driver.isReady() }
        let chromium = try await Chromium(driver, browser: browser, profile: profile.path)
        let answer: Answer
        do {
            try await chromium.show(screen)
            answer = try await body(chromium)
        } catch {
            await chromium.close()
            await program.stop()
            throw error
        }
        await chromium.close()
        await program.stop()
        return answer
    }

    private init(_ driver: WebDriver, browser: String, profile: String) async throws {
        let options: [String: any Sendable] = [
            "binary": browser,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--user-data-dir=\(profile)",
            ],
        ]
        let wanted: [String: any Sendable] = ["browserName": "chrome", "goog:chromeOptions": options]
        let capabilities: [String: any Sendable] = ["alwaysMatch": wanted]
        let value = try await driver.call("POST", "/session", ["capabilities": capabilities])
        guard let id = (value as? [String: Any])?["sessionId"] as? String else {
            throw BrowserFailure(what: "no session")
        }
        self.driver = driver
        session = "/session/\(id)"
    }

    private func close() async {
        // A browser that is gone is closed.
        _ = try? await driver.call("DELETE", session)
    }

    /// Sets the size, the colours and whether pages may run scripts, for the pages that are opened next.
    public func show(_ screen: Screen) async throws {
        try await command(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": screen.width, "height": screen.height, "deviceScaleFactor": 1,
                "mobile": screen.width < 600,
            ])
        let scheme = ["name": "prefers-color-scheme", "value": screen.isDark ? "dark" : "light"]
        try await command("Emulation.setEmulatedMedia", ["features": [scheme]])
        try await command("Emulation.setScriptExecutionDisabled", ["value": !screen.hasJavaScript])
    }

    /// A command of the DevTools protocol.
    @discardableResult
    private func command(_ name: String, _ parameters: [String: any Sendable]) async throws -> Any? {
        try await driver.call("POST", session + "/goog/cdp/execute", ["cmd": name, "params": parameters])
    }

    public func open(_ address: String) async throws {
        _ = try await driver.call("POST", session + "/url", ["url": address])
    }

    public func reload() async throws { _ = try await driver.call("POST", session + "/refresh", [:]) }

    public func address() async throws -> String {
        try await driver.call("GET", session + "/url") as? String ?? ""
    }

    public func title() async throws -> String {
        try await driver.call("GET", session + "/title") as? String ?? ""
    }

    /// The text of the first element that the CSS selector finds, as it is seen; empty where there is none.
    public func text(_ selector: String) async throws -> String {
        // In one step, as a page that renews itself may drop an element between being found and being read.
        let value = try await driver.call(
            "POST", session + "/execute/sync",
            ["script": "return document.querySelector(arguments[0])?.innerText ?? ''", "args": [selector]])
        return value as? String ?? ""
    }

    public func has(_ selector: String) async throws -> Bool {
        let found = try await driver.call(
            "POST", session + "/elements", ["using": "css selector", "value": selector])
        return (found as? [Any])?.isEmpty == false
    }

    /// Scrolls there and clicks where the element is seen; throws where something is in front of it.
    public func click(_ selector: String) async throws {
        _ = try await driver.call("POST", try await element(selector) + "/click", [:])
    }

    public func type(_ text: String, into selector: String) async throws {
        _ = try await driver.call("POST", try await element(selector) + "/value", ["text": text])
    }

    /// Empties a field.
    public func clear(_ selector: String) async throws {
        _ = try await driver.call("POST", try await element(selector) + "/clear", [:])
    }

    /// Types where the focus is, as a keyboard or a scanner does; keys have the numbers of WebDriver, 17.4.2.
    public func type(_ text: String) async throws {
        let keys = text.flatMap { key -> [[String: any Sendable]] in
            [["type": "keyDown", "value": String(key)], ["type": "keyUp", "value": String(key)]]
        }
        let source: [String: any Sendable] = ["type": "key", "id": "keyboard", "actions": keys]
        _ = try await driver.call("POST", session + "/actions", ["actions": [source]])
    }

    /// What an expression of JavaScript is, as text.
    public func evaluate(_ expression: String) async throws -> String {
        let value = try await driver.call(
            "POST", session + "/execute/sync", ["script": "return String(\(expression))", "args": [String]()])
        return value as? String ?? ""
    }

    /// What a body of JavaScript hands to `done`, within half a minute, as text.
    public func evaluate(awaiting script: String) async throws -> String {
        _ = try await driver.call("POST", session + "/timeouts", ["script": 25_000])
        let value = try await driver.call(
            "POST", session + "/execute/async",
            ["script": "const done = arguments[arguments.length - 1]; " + script, "args": [String]()])
        return value as? String ?? ""
    }

    /// A picture of what is seen, as PNG.
    public func picture() async throws -> [UInt8] {
        let text = try await driver.call("GET", session + "/screenshot") as? String ?? ""
        return Data(base64Encoded: text).map(Array.init) ?? []
    }

    /// A picture of the page from its top to its bottom, as PNG.
    public func wholePicture() async throws -> [UInt8] {
        let answer = try await command(
            "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
        let text = (answer as? [String: Any])?["data"] as? String ?? ""
        return Data(base64Encoded: text).map(Array.init) ?? []
    }

    /// Makes it a browser that has been nowhere.
    public func forgetCookies() async throws { try await command("Network.clearBrowserCookies", [:]) }

    private func element(_ selector: String) async throws -> String {
        let found = try await driver.call(
            "POST", session + "/element", ["using": "css selector", "value": selector])
        guard let id = (found as? [String: String])?.values.first else {
            throw BrowserFailure(what: "nothing is \(selector)")
        }
        return "\(session)/element/\(id)"
    }
}
