import HTTP
import Operations
import Registration
import Secrets

/// `/e/{event}/register/group`: several people in one form, each with an address and a page of their own.
struct GroupPage {
    var content: EventProgramme
    var typed: TypedGroup
    var problems: [FieldProblem] = []
    var idempotencyKey: String
    var formToken: String
    var sendsLetters: Bool

    private var event: Event { content.event }

    static func path(_ slug: String) -> String { "/e/\(slug)/register/group" }

    var document: HTML {
        var layout = Layout("Register a group", event: event)
        layout.hasProblem = !problems.isEmpty
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.inOrder(of: fields).summary)
            <div><h1>Register a group</h1>
            <p class="lead soft">Up to \(FrontOfHouse.groupLimit) people, each with their own e-mail address. Everybody is \
            registered, or nobody: if something stands in the way of one, it is shown here and nothing is sent. Access and dietary \
            needs are read only by the people who prepare the day, and deleted on \(LocalTime(event).day(event.needsPurged)).</p></div>
            <form class="stack-wide" method="post" action="\(GroupPage.path(event.slug))" novalidate>
            <input type="hidden" name="token" value="\(formToken)">
            <input type="hidden" name="key" value="\(idempotencyKey)">
            <input type="hidden" name="people" value="\(typed.people.count)">
            \(places)
            \(typed.people.indices.map(person))
            <div class="section row">
            \(button)
            \(when(typed.people.count < FrontOfHouse.groupLimit, GroupPage.more))
            \(when(typed.people.count > TypedGroup.least, GroupPage.fewer))
            </div>
            </form>
            </div>
            """)
    }

    /// The names of the fields, as they follow each other.
    private var fields: [String] {
        let own =
            PersonFields.names + WorkshopBlock.all(in: content.programme).map(\.field)
            + content.questions.map { QuestionFields.field($0.slug) } + NeedsFields.names
        return [GroupPage.placesField]
            + typed.people.indices.flatMap { index in own.map { TypedGroup.name($0, index) } }
    }

    /// What is called by this name is the button for those who get a place, where there are fewer than people.
    static let placesField = "places"

    /// `There are 2 places left for 5 people.`
    static func placesLeft(_ left: Int, for people: Int) -> String {
        "There \(left == 1 ? "is 1 place" : "are \(left) places") left for \(people) people."
    }

    /// How many places are left, where there are some and fewer than people in the form.
    private var short: Int? {
        content.places.left.flatMap { 1..<typed.people.count ~= $0 ? $0 : nil }
    }

    /// What becomes of the people where there is no place for each.
    private var places: HTML? {
        if content.places.isFull {
            return """
                <input type="hidden" name="\(TypedRegistration.ifFullField)" value="\(IfFull.wait.rawValue)">
                <p class="notice">All places are taken: everybody joins the waiting list.</p>
                """
        }
        guard let short else { return nil }
        let others = typed.people.count - short
        let fewer: HTML =
            short < TypedGroup.least
            ? "register one person alone with <a href=\"/e/\(event.slug)/register\">the form for one</a>"
            : "take people out of the form until there are \(short)"
        return """
            <p class="notice"><strong>\(GroupPage.placesLeft(short, for: typed.people.count))</strong> You can register \
            \(GroupPage.first(short)) of this form and put \(others == 1 ? "the last" : "the other \(others)") on the \
            waiting list, or \(fewer).</p>
            """
    }

    /// `the first`, `the first 2`
    private static func first(_ count: Int) -> String { count == 1 ? "the first" : "the first \(count)" }

    private var button: HTML {
        let count = typed.people.count
        guard let short else {
            return """
                <button class="button" type="submit" name="do" value="register">\
                \(content.places.isFull ? "Put \(count) people on the waiting list" : "Register \(count) people")</button>
                """
        }
        return """
            <button class="button" type="submit" id="\(GroupPage.placesField)" name="do" \
            value="\(TypedGroup.press(first: short))">Register \(GroupPage.first(short)), put \(count - short) on the \
            waiting list</button>
            """
    }

    private static let more: HTML = """
        <button class="button button-quiet" type="submit" name="do" value="more">One more person</button>
        """

    private static let fewer: HTML = """
        <button class="button button-quiet" type="submit" name="do" value="fewer">Without the last person</button>
        """

    private func person(_ index: Int) -> HTML {
        let form = typed.people[index]
        func field(
            _ field: RegistrationForm.Field, _ label: String, kind: TextField.Kind = .text, _ value: String,
            isRequired: Bool = false
        ) -> HTML {
            TextField(
                id: TypedGroup.name(field.rawValue, index), label: label, kind: kind, value: value,
                autocomplete: "off", isRequired: isRequired
            ).html(problems)
        }
        return """
            <div class="section"><fieldset class="stack-fields group-person"><legend>Person \(index + 1)</legend>
            \(field(.name, "Full name", form.name, isRequired: true))
            \(field(.email, "E-mail address", kind: .email, form.email, isRequired: true))
            \(field(.organisation, "Organisation (optional)", form.organisation))
            \(field(.role, "Role (optional)", form.role))
            \(WorkshopBlock.all(in: content.programme).map { choice($0, form, index) })
            \(QuestionFields(questions: content.questions, answers: form.answers, person: index).fields(problems))
            \(field(.accessNeeds, "Access needs (optional)", kind: .area, form.accessNeeds))
            \(field(.dietaryNeeds, "Dietary needs (optional)", kind: .area, form.dietaryNeeds))
            </fieldset></div>
            """
    }

    /// One list a part of the day: a whole form of choices for each of twenty people would have no end. Boxes only where
    /// somebody may have several in it.
    private func choice(_ block: WorkshopBlock, _ form: RegistrationForm, _ index: Int) -> HTML {
        let id = TypedGroup.name(block.field, index)
        let problem = problems.sentence(for: id)
        let time = LocalTime(event)
        guard block.isOneOf || block.offers.count == 1 else { return boxes(block, form, index) }
        let options = block.offers.map { offer -> HTML in
            let session = offer.session
            let value = offer.places.isFull ? WorkshopBlock.waitingMark + session.slug : session.slug
            let places = offer.places.isFull ? "full, join the waiting list" : offer.places.words
            return """
                <option value="\(value)"\("selected", if: form.sessions.contains(session.slug))>\
                \(session.title) (\(places))</option>
                """
        }
        return """
            <div class="field\(problem == nil ? "" : " has-problem")">
            <label for="\(id)">Workshop from \(block.hours(time))</label>
            \(TextField.wrong(id, problem))
            <select id="\(id)" name="\(id)"><option value="\(WorkshopBlock.none)">None of these</option>\(options)</select>
            </div>
            """
    }

    private func boxes(_ block: WorkshopBlock, _ form: RegistrationForm, _ index: Int) -> HTML {
        let id = TypedGroup.name(block.field, index)
        let problem = problems.sentence(for: id)
        let time = LocalTime(event)
        let choices = block.offers.enumerated().map { place, offer -> HTML in
            let session = offer.session
            let value = offer.places.isFull ? WorkshopBlock.waitingMark + session.slug : session.slug
            let places = offer.places.isFull ? "full, join the waiting list" : offer.places.words
            return """
                <label class="choice"><input\("id", is: place == 0 ? id : nil) type="checkbox" name="\(id)" value="\(value)"\
                \("checked", if: form.sessions.contains(session.slug))><span><span class="choice-title">\(session.title)</span>
                <span class="choice-more">\(time.span(session.starts, session.ends)), \(places)</span>\
                \(block.excluded(by: session))</span></label>
                """
        }
        return """
            <fieldset\("class", is: problem.map { _ in "has-problem" })><legend>Workshops from \(block.hours(time))</legend>
            \(TextField.wrong(id, problem))
            <div class="choices">\(choices)</div></fieldset>
            """
    }
}
