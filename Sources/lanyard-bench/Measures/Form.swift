extension Run {
    /// The page that everybody opens at the hour at which registration does.
    func measureForm() throws {
        say("registration form…")
        let path = "/e/\(BenchEvent.slug)/register"
        let page = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n".utf8)
        var took: [Double] = []
        let (driven, cost) = try metered(lanyard.process) {
            try HTTPLoad(port: lanyard.port, connections: 64).run(Bound(seconds: options.seconds)) {
                try page.withUnsafeBytes($0.send)
            } check: { answer in
                guard answer.status == 200, answer.body.firstOffset(of: "<form") != nil else {
                    throw Failure("\(path) was answered \(answer.status): \(answer.text)")
                }
            } took: {
                took.append($0)
            }
        }
        report.add(.form, driven.perSecond, cost)
        report.add(.formTail, took.quantile(0.99) * 1_000)
    }
}
