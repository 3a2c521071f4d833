import TestPeers
import Testing

@testable import Printing

@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct JobFindingTests {
    let working = PrinterStatus(state: .processing)

    func finding(
        _ state: QueuedJob.State, reasons: [String] = [], message: String = "", printer: PrinterStatus
    ) -> JobFinding {
        JobFinding(QueuedJob(number: 1, state: state, reasons: reasons, message: message), printer: printer)
    }

    @Test func `a job that waits or prints is under way`() {
        #expect(finding(.pending, printer: working) == .underWay)
        #expect(finding(.processing, printer: working) == .underWay)
        let printing = PrinterStatus(
            state: .processing, reasons: ["cups-waiting-for-job-completed"], message: "Printing.")
        #expect(finding(.processing, printer: printing) == .underWay)
    }

    @Test func `a warning that paper runs low stops nobody`() {
        let low = PrinterStatus(state: .processing, reasons: ["media-low-warning", "toner-low-report"])
        #expect(finding(.processing, printer: low) == .underWay)
    }

    @Test(arguments: [
        ("media-empty-error", "The printer is out of paper"), ("media-empty", "The printer is out of paper"),
        ("media-empty-warning", "The printer is out of paper"),
        ("door-open-report", "The printer's door is open"), ("offline-report", "The printer is offline"),
        ("paused", "The queue is stopped"), ("laser-failure-error", "The printer reports laser-failure"),
    ])
    func `what stops the printer holds the badge, in plain words`(reason: String, sentence: String) {
        let printer = PrinterStatus(state: .processing, reasons: [reason])
        #expect(finding(.processing, printer: printer) == .held(sentence))
        #expect(finding(.pending, printer: printer) == .held(sentence))
    }

    @Test func `one sentence for one trouble, and all troubles there are`() {
        let printer = PrinterStatus(
            state: .stopped,
            reasons: ["media-empty-error", "media-empty-warning", "media-needed-report", "door-open-error"])
        let reason = "The printer is out of paper; The printer's door is open"
        #expect(finding(.stopped, printer: printer) == .held(reason))
    }

    @Test func `a stopped queue holds the badge although it gives no reason`() {
        #expect(finding(.pending, printer: PrinterStatus(state: .stopped)) == .held("The queue is stopped"))
    }

    @Test func `a printer that can't be reached holds the badge until it prints`() {
        let message = "The printer may not exist or is unavailable at this time."
        let away = PrinterStatus(state: .processing, message: message)
        #expect(finding(.processing, message: message, printer: away) == .held("The printer does not answer"))
        // CUPS keeps the job's message when the printer is back.
        let back = PrinterStatus(
            state: .processing, reasons: ["cups-waiting-for-job-completed"], message: "Printing.")
        #expect(finding(.processing, message: message, printer: back) == .underWay)
    }

    @Test func `each way to end is told apart`() {
        #expect(finding(.completed, printer: working) == .printed)
        #expect(finding(.cancelled, printer: working) == .cancelled("Cancelled at the print server"))
        guard
            case .failed = finding(
                .cancelled, message: "Print job canceled at printer.", printer: working)
        else {
            Issue.record("given up by the printer is not cancelled by somebody")
            return
        }
        guard case .failed = finding(.aborted, printer: working) else {
            Issue.record("nobody prints again on its own what was thrown away")
            return
        }
    }

    @Test func `a job that CUPS abandoned is failed, whatever its state says`() {
        var job = QueuedJob(number: 1, state: .pending, reasons: ["job-printing"])
        #expect(JobFinding(job, printer: PrinterStatus(state: .idle)) == .underWay)
        job.interruption = .abandoned
        guard case .failed = JobFinding(job, printer: PrinterStatus(state: .idle)) else {
            Issue.record("it will never come out")
            return
        }
    }

    @Test func `a job that CUPS begins anew is failed, since it may come out twice`() {
        var job = QueuedJob(number: 1, state: .completed, begunAt: 120)
        func isBegunAnew(since before: Int?, wasRestarted: Bool?) -> Bool {
            job.isBegunAnew(since: before, wasRestarted: wasRestarted, printer: working)
        }
        for wasRestarted in [true, false, nil] {
            #expect(!isBegunAnew(since: nil, wasRestarted: wasRestarted))
            #expect(!isBegunAnew(since: 120, wasRestarted: wasRestarted))
            // By itself CUPS begins anew what the printer refused.
            #expect(isBegunAnew(since: 100, wasRestarted: wasRestarted) == (wasRestarted != false))
        }
        // In the same second.
        job.state = .processing
        #expect(isBegunAnew(since: 120, wasRestarted: true))
        #expect(!isBegunAnew(since: 120, wasRestarted: nil))
        job.interruption = .begunAnew
        guard case .failed = JobFinding(job, printer: working) else {
            Issue.record("two may have come out")
            return
        }
    }

    @Test func `what CUPS stopped for a reason of its own it may begin again`() {
        let stopped = PrinterStatus(state: .stopped)
        func begun(_ state: QueuedJob.State, _ printer: PrinterStatus) -> Int? {
            QueuedJob(number: 1, state: state, begunAt: 120).begunForGood(100, printer: printer)
        }
        #expect(begun(.processing, working) == 120)
        #expect(begun(.pending, working) == 100)
        #expect(begun(.pending, stopped) == nil)
        #expect(begun(.held, working) == nil)
    }

    @Test func `a job held at the server says who tries again`() {
        let retried = finding(.held, reasons: ["resources-are-not-ready"], printer: working)
        #expect(retried == .held("The printer did not take the badge; the print server tries again"))
        let byHand = finding(.held, reasons: ["job-hold-until-specified"], printer: working)
        #expect(byHand == .held("Held at the print server"))
    }
}
