import HTTP
import Operations
import Registration

/// The boxes by which somebody agrees to something, each for itself and none ticked for them.
struct ConsentChoices {
    /// What a form field is called, before the consent's own name. Its value is the wording that was shown, so that
    /// nobody agrees to words that changed while the form was open.
    static let fieldPrefix = "consent."

    var ticked: Set<Consent>
    /// What was said before, which shows the words that it was said under; empty in a new form.
    var statements: [ConsentStatement] = []
    var time: LocalTime?

    static func field(_ consent: Consent) -> String { fieldPrefix + consent.rawValue }

    /// The boxes that were ticked, and those that were under other words than are shown now.
    static func read(
        _ fields: FormFields, standing: [ConsentStatement] = []
    ) -> (ticked: Set<Consent>, outdated: [Consent]) {
        var (ticked, outdated): (Set<Consent>, [Consent]) = ([], [])
        for consent in Consent.allCases {
            guard let wording = fields[field(consent)] else { continue }
            let shown = standing.last(of: consent)?.wording ?? consent.wording
            if wording == shown { ticked.insert(consent) } else { outdated.append(consent) }
        }
        return (ticked, outdated)
    }

    var section: HTML {
        """
        <section class="section stack-fields" aria-labelledby="consents">
        <h2 id="consents">If you like</h2>
        <p class="soft">None of this is needed to take part. You can change each of them at any time on your own page.</p>
        \(choices("You agree to"))
        </section>
        """
    }

    func choices(_ legend: String) -> HTML {
        """
        <fieldset><legend class="hidden">\(legend)</legend><div class="choices">\(Consent.allCases.map(choice))</div>\
        </fieldset>
        """
    }

    private func choice(_ consent: Consent) -> HTML {
        let standing = statements.standing.last(of: consent)
        let wording = standing?.wording ?? consent.wording
        let id = ConsentChoices.field(consent)
        return """
            <label class="choice"><input id="\(id)" type="checkbox" name="\(id)" value="\(wording)"\
            \("checked", if: ticked.contains(consent))><span><span class="choice-title">\(consent.title)</span><br>\
            <span>\(wording)</span>\(history(consent))</span></label>
            """
    }

    private func history(_ consent: Consent) -> HTML? {
        guard let time, let last = statements.last(of: consent) else { return nil }
        return """
            <br><span class="soft small">\(last.isGiven ? "Given" : "Withdrawn") at \(time.dayAndClock(last.at))</span>
            """
    }
}

extension Consent {
    var title: String {
        switch self {
        case .newsletter: "General newsletter"
        case .fundingNewsletter: "Funding newsletter"
        case .photography: "Photography"
        case .quotes: "Being quoted"
        }
    }
}

extension FieldProblem {
    init(outdated consent: Consent) {
        self.init(
            field: ConsentChoices.field(consent),
            sentence:
                "The words of “\(consent.title)” have changed meanwhile. Read them again and tick the box "
                + "if you agree.")
    }
}
