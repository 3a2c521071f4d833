internal import CIcal
import Glibc
internal import Operations
internal import Registration
import Synchronization

/// The event as an attendee's calendar takes it (RFC 5545): a change updates the entry, a cancellation removes
/// it.
///
/// It is one entry for the event, with the booked sessions in its text: what calendars take from letters may hold
/// only one (RFC 5546, section 3.2.2). The attendee's own page is not in it, as people show their calendars
/// to others.
struct CalendarFile: Sendable {
    /// `REQUEST` or `CANCEL`.
    let method: String
    let bytes: [UInt8]

    /// Nil for letters that tell calendars nothing: those to people without a place, and with a link alone.
    init?(_ contents: LetterContents, to recipient: Mailbox, from sender: Sender) {
        switch contents.letter.told.kind {
        case .link, .confirmAddress, .addressChanged: return nil
        case .registered, .waiting, .promoted, .changed, .cancelled, .programmeChanged, .reminder: break
        }
        guard !contents.isEventWaiting else { return nil }
        let isCancelled = contents.letter.told.kind == .cancelled
        method = isCancelled ? "CANCEL" : "REQUEST"
        // libical reads its time zones once, into memory that all threads share.
        let text = CalendarFile.library.withLock { _ in
            CalendarFile.text(contents, recipient, sender, isCancelled: isCancelled)
        }
        guard let text else { return nil }
        bytes = Array(text.utf8)
    }

    private static let library = Mutex(())

    /// How far before the event its time zone is described, in seconds: rules older than that tell nothing of it.
    private static let zoneHistorySeconds = 370 * 24 * 60 * 60

    /// The corresponding C function is `icalcomponent_as_ical_string_r`.
    private static func text(
        _ contents: LetterContents, _ recipient: Mailbox, _ sender: Sender, isCancelled: Bool
    ) -> String? {
        guard let calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT) else { return nil }
        defer { icalcomponent_free(calendar) }
        icalcomponent_add_property(calendar, icalproperty_new_prodid("-//Lanyard//Lanyard//EN"))
        icalcomponent_add_property(calendar, icalproperty_new_version("2.0"))
        icalcomponent_add_property(
            calendar, icalproperty_new_method(isCancelled ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST))
        let zone = zone(of: contents.event)
        if let zone { icalcomponent_add_component(calendar, zone.component) }
        guard let entry = icalcomponent_new(ICAL_VEVENT_COMPONENT) else { return nil }
        icalcomponent_add_component(calendar, entry)
        fill(entry, contents, zone?.zone, isCancelled: isCancelled)
        addPeople(to: entry, contents, recipient, sender)
        guard let text = icalcomponent_as_ical_string_r(calendar) else { return nil }
        defer { icalmemory_free_buffer(text) }
        return String(cString: text)
    }

    private static func fill(
        _ entry: OpaquePointer, _ contents: LetterContents, _ zone: OpaquePointer?, isCancelled: Bool
    ) {
        let event = contents.event
        func add(_ property: OpaquePointer?) { icalcomponent_add_property(entry, property) }
        add(icalproperty_new_uid(contents.calendarKey))
        add(icalproperty_new_sequence(Int32(clamping: contents.letter.told.sequence)))
        add(icalproperty_new_dtstamp(time(contents.letter.written, icaltimezone_get_utc_timezone())))
        add(property(icalproperty_new_dtstart(time(event.starts, zone)), in: event, zone))
        add(property(icalproperty_new_dtend(time(event.ends, zone)), in: event, zone))
        add(icalproperty_new_summary(event.title))
        add(icalproperty_new_location(event.venue))
        add(icalproperty_new_description(description(contents)))
        add(icalproperty_new_status(isCancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED))
        add(icalproperty_new_transp(ICAL_TRANSP_OPAQUE))
    }

    private static func addPeople(
        to entry: OpaquePointer, _ contents: LetterContents, _ recipient: Mailbox, _ sender: Sender
    ) {
        let host = Mailbox(contents.event.contact) ?? sender.mailbox
        let organiser = icalproperty_new_organizer("mailto:\(host.address)")
        icalproperty_add_parameter(organiser, icalparameter_new_cn(contents.event.title.asParameter))
        icalcomponent_add_property(entry, organiser)
        let attendee = icalproperty_new_attendee("mailto:\(recipient.address)")
        icalproperty_add_parameter(attendee, icalparameter_new_cn(contents.attendee.name.asParameter))
        // They said so by registering; nobody waits for an answer from their calendar.
        icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED))
        icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_FALSE))
        icalcomponent_add_property(entry, attendee)
    }

    private static func description(_ contents: LetterContents) -> String {
        let fields = LetterFields(contents)
        let sessions = fields.list(.booked).map { item in
            [item[.time], item[.session]].compactMap { $0?.text }.joined(separator: ": ")
        }
        return (sessions + ["Reference: \(contents.attendee.reference)"]).joined(separator: "\n")
    }

    /// The event's time zone and its description, which the caller adds to a calendar; nil for one that libical
    /// does not know, where times are given as UTC.
    private static func zone(of event: Event) -> (zone: OpaquePointer, component: OpaquePointer)? {
        guard let zone = icaltimezone_get_builtin_timezone(event.timeZone),
            let known = icaltimezone_get_component(zone), let component = icalcomponent_new_clone(known)
        else { return nil }
        let start = icaltime_from_timet_with_zone(
            time_t(event.starts.rawValue / 1_000) - time_t(zoneHistorySeconds), 0,
            icaltimezone_get_utc_timezone())
        icaltimezone_truncate_vtimezone(component, start, icaltime_null_time(), 1)
        // Instead of libical's own, which no calendar has heard of.
        if let name = icalcomponent_get_first_property(component, ICAL_TZID_PROPERTY) {
            icalproperty_set_tzid(name, event.timeZone)
        }
        return (zone, component)
    }

    private static func time(_ moment: Timestamp, _ zone: OpaquePointer?) -> icaltimetype {
        let utc = icaltimezone_get_utc_timezone()
        // In two steps: made in the zone at once, libical's time says that it is UTC.
        let time = icaltime_from_timet_with_zone(time_t(moment.rawValue / 1_000), 0, utc)
        return zone.map { icaltime_convert_to_zone(time, $0) } ?? time
    }

    private static func property(
        _ property: OpaquePointer?, in event: Event, _ zone: OpaquePointer?
    ) -> OpaquePointer? {
        if zone != nil { icalproperty_add_parameter(property, icalparameter_new_tzid(event.timeZone)) }
        return property
    }
}

extension String {
    /// Parameters of iCalendar hold no quotation marks and no line ends (RFC 5545, section 3.1).
    fileprivate var asParameter: String { onOneLine.replacing("\"", with: "'") }
}
