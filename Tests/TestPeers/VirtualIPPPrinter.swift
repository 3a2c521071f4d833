/// A printer that speaks IPP, played by CUPS's own `ippeveprinter`. Its sheets are PDF files in a folder.
///
/// It may run out of paper, jam, vanish from the network and come back. It ends with the last reference to it.
public final class VirtualIPPPrinter: Sendable {
    /// A size of paper or label, in millimetres.
    public struct Paper: Hashable, Sendable {
        public var width: Double
        public var height: Double

        public init(width: Double, height: Double) {
            self.width = width
            self.height = height
        }
    }

    /// What came out: the name of the job, and the file.
    public struct Sheet: Hashable, Sendable {
        public var job: String
        public var path: String
    }

    public let name: String
    public let port: UInt16
    public let folder: TemporaryFolder
    private let program = Held<RunningProgram>()

    public var uri: String { "ipp://localhost:\(port)/ipp/print" }

    /// Switches it on, with the sizes of paper that it has, and returns when it answers.
    public init(
        name: String = "Badges",
        papers: [Paper] = [
            Paper(width: 105, height: 148), Paper(width: 89, height: 36), Paper(width: 102, height: 59),
            Paper(width: 210, height: 297),
        ]
    ) async throws {
        port = try FreePort.find()
        // Avahi does not let two printers bear one name.
        self.name = "\(name) \(port)"
        folder = try TemporaryFolder()
        try folder.makeFolder("spool")
        try folder.makeFolder("sheets")
        try folder.write(printerDescription(papers), to: "printer.ppd")
        try await comeBack()
    }

    /// Switches it on again.
    public func comeBack() async throws {
        let command = try folder.write(script, to: "print", isExecutable: true)
        let started = try RunningProgram(
            "ippeveprinter",
            arguments: [
                "-vv", "-d", folder.path("spool"), "-p", String(port), "-P", folder.path("printer.ppd"), "-c",
                command, "-n", "localhost", name,
            ], environment: try await PrivateDNSSD.shared.environment())
        program.set(started)
        try await eventually("ippeveprinter listens") {
            if !started.isRunning {
                throw ProgramFailure.late("ippeveprinter", seconds: 0, output: started.errorOutput)
            }
            return FreePort.isTaken(port)
        }
    }

    /// Pulls its plug; a sheet that is under way does not come out.
    public func vanish() async { await program.value?.kill() }

    /// Lets nothing more come out until ``clear()``; the reason is one of IPP's `printer-state-reasons`.
    public func block(_ reason: String = "media-empty-error") throws {
        try folder.write(reason, to: "blocked")
    }
    public func runOutOfPaper() throws { try block("media-empty-error") }

    /// Refills the paper, or shuts the door.
    public func clear() throws { try folder.remove("blocked") }

    /// Lets each job fail at the printer, until ``clear()``.
    public func jam() throws { try folder.write("jam", to: "blocked") }

    /// How long a sheet takes to come out; at first no time.
    public func setSecondsPerSheet(_ seconds: Double) throws { try folder.write("\(seconds)", to: "pace") }

    /// The name of the job whose sheet is in the printer, taken from the tray or waiting for paper.
    public var sheetUnderWay: String? { try? folder.text(of: "under-way") }

    /// What the program has said since it was switched on, for the words of a failing test.
    var log: String { program.value?.errorOutput ?? "" }

    /// What has come out, oldest first.
    public var sheets: [Sheet] {
        get throws {
            try folder.names(in: "sheets").filter { $0.hasSuffix(".pdf") }.map {
                // 000001 lanyard-….pdf
                Sheet(job: String($0.dropFirst(7).dropLast(4)), path: folder.path("sheets/\($0)"))
            }
        }
    }

    /// What the printer runs for each job: it plays what can happen, and keeps the sheet.
    private var script: String {
        """
        #!/bin/sh
        cd "\(folder.path)" || exit 1
        trap 'rm -f under-way' EXIT
        printf %s "$IPP_JOB_NAME" >under-way
        told=
        # Empty if it was cleared just now: what was told by then is taken back below.
        while [ -e blocked ] && reason=$(cat blocked) && [ -n "$reason" ]; do
            [ "$reason" = jam ] && exit 1
            [ -n "$told" ] || echo "STATE: +$reason" >&2
            told=$reason
            # A printer without power drops what it has.
            [ -d "/proc/$PPID" ] || exit 1
            sleep 0.05
        done
        [ -z "$told" ] || echo "STATE: -$told" >&2
        [ ! -e pace ] || sleep "$(cat pace)"
        [ -d "/proc/$PPID" ] || exit 1
        number=$(ls sheets | wc -l)
        cp "$1" "sheets/.new" && mv sheets/.new "sheets/$(printf %06d $number) $IPP_JOB_NAME.pdf"

        """
    }
}
