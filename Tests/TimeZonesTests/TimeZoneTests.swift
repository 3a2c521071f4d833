import Testing
import TimeZones

@Suite("time zones")
struct TimeZoneTests {
    @Test(arguments: [
        ("Europe/London", 1_733_302_800, 0), ("Europe/London", 1_720_000_000, 3_600),
        ("Asia/Kathmandu", 1_733_302_800, 20_700), ("America/St_Johns", 1_733_302_800, -12_600),
        ("America/Argentina/Ushuaia", 1_733_302_800, -10_800), ("Etc/GMT+5", 1_733_302_800, -18_000),
        ("UTC", 1_720_000_000, 0),
    ])
    func `clocks are ahead of UTC by what the database says`(name: String, seconds: Int64, offset: Int) {
        #expect(TimeZone(name)?.offset(at: seconds * 1_000) == offset)
    }

    @Test func `clocks are set forward and back in the very millisecond`() throws {
        let london = try #require(TimeZone("Europe/London"))
        // 31 March and 27 October 2024, each at 01:00 UTC.
        #expect(london.offset(at: 1_711_846_799_999) == 0)
        #expect(london.offset(at: 1_711_846_800_000) == 3_600)
        #expect(london.offset(at: 1_729_990_799_999) == 3_600)
        #expect(london.offset(at: 1_729_990_800_000) == 0)
        // Before 1970 too: 22 March 1964 at 02:00 UTC.
        #expect(london.offset(at: -182_383_200_001) == 0)
        #expect(london.offset(at: -182_383_200_000) == 3_600)
    }

    @Test func `summer time is known of long before and long after today`() throws {
        let london = try #require(TimeZone("Europe/London"))
        // Winter and summer of 1950 and of 2050.
        #expect([-630_000_000_000, -614_000_000_000].map(london.offset) == [0, 3_600])
        #expect([2_525_817_600_000, 2_541_456_000_000].map(london.offset) == [0, 3_600])
    }

    @Test(arguments: [
        "", "/", "Europe", "Europe/", "/Europe/London", "Europe/Londn", "europe/london", "GMT+5", "+05:00",
        "EST",
        "EST5EDT", "posix/Europe/London", "../zoneinfo/Europe/London", "Europe/../Europe/London",
        "Europe/London\u{0}", "Europe/Löndon", "/usr/share/zoneinfo/Europe/London",
    ])
    func `what is no zone's name is none`(name: String) {
        #expect(TimeZone(name) == nil)
    }

    @Test func `every name that tzdata lists is a zone`() {
        let names = TimeZone.identifiers()
        #expect(names.count > 400)
        #expect(names.filter { TimeZone($0) == nil } == [])
    }
}
