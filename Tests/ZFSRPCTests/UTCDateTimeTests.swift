import Testing
import ZFSRPC

@Suite struct UTCDateTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (784_111_777, "1994-11-06T08:49:37.000Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_399, "2000-02-28T23:59:59.000Z", "Mon, 28 Feb 2000 23:59:59 GMT"),
        (951_782_400, "2000-02-29T00:00:00.000Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
        (4_107_542_400, "2100-03-01T00:00:00.000Z", "Mon, 01 Mar 2100 00:00:00 GMT"),
        (-1, "1969-12-31T23:59:59.000Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
    func `knows the calendar`(seconds: Int, rfc3339: String, httpDate: String) {
        #expect(UTCDateTime(secondsSince1970: seconds).rfc3339Milliseconds == rfc3339)
        #expect(UTCDateTime(secondsSince1970: seconds).httpDate == httpDate)
    }
}
