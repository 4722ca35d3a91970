import Testing

@testable import ZFSCommandBuilder

@Suite struct NamesTests {
    static let long = String(repeating: "a", count: 255)
    static let tag = String(repeating: "t", count: 201)
    static let deep = Array(repeating: "a", count: 50).joined(separator: "/")

    static let legal: [(OperandKind, [String])] = [
        (.pool, ["tank", "T-1_2.3:4 5", String(repeating: "a", count: 239), "mirror1", "log"]),
        (.dataset, ["tank", "tank/-rf", "tank/ ", "tank/...", "a:b/c", long, deep, "mirrors/a"]),
        (.component, ["-r", " ", "...", "2025-01-01_00:00", String(repeating: "a", count: 253)]),
        (.snapshot, ["tank@a", "tank/b@-a", "tank/b c@ d "]),
        (.bookmark, ["tank#a", "tank/b#-a"]),
        (.reference, ["tank", "tank@a", "tank#a"]),
        (
            .property,
            [
                "compression", "receive_resume_token", "com.example:a-b_c.d", ":", "userquota@anna", "userused@0",
                "groupobjquota@Wheel", "projectquota@17", "userquota@joe.smith@mydomain",
                "userquota@S-1-123-456-789", "written@monday", "written@tank/a@monday", "written#mark",
                "feature@lz4_compress", "unsupported@com.example:new_thing",
                "a:" + String(repeating: "b", count: 253),
            ]
        ),
        (.value, ["", "-", "10G", "a=b,c", "ä€😀", String(repeating: "v", count: 8191)]),
        (.tag, ["sync_2025-01-01-00-00-00_host", "a", "@=+:", String(repeating: "t", count: 200)]),
        (.guid, ["0", "9007199254740993", "18446744073709551615"]),
        (.token, ["1-c0ffee-e8-789c636064", "1-0-0-00", "1-0123456789abcdef-1-ab"]),
        (
            .host,
            [
                "a", "nas.example.org", "10.0.0.1", "::1", "::", "2001:db8::1", "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::", "::ffff:192.0.2.1", "64:ff9b::192.0.2.33", "root@nas", "_a-1@FE80::1",
                String(repeating: "a", count: 253),
            ]
        ),
        (.path, ["/", "/a b/ä", "/-rf", "/" + String(repeating: "p", count: 4094)]),
        (.user, ["anna", "_apt", "1000", "PC$"]),
        (.permission, ["load-key", "receive:append", "@backup", "quota"]),
        (.permissionSet, ["@a", "@" + String(repeating: "s", count: 62)]),
        (.size, ["0", "10G", "1.5T", "512B", "4KiB", "8mb"]),
        (
            .redaction,
            [
                "book1"
            ]
        ),
        (
            .scriptArgument,
            [
                "a=b c"
            ]
        ),
        (.mountOption, ["ro", "context=system_u:object_r:tmp_t:s0"]),
        (.keyLocation, ["prompt", "file:///etc/key", "https://example.org/key"]),
    ]

    @Test(arguments: legal)
    func `takes a legal text as it is`(_ kind: OperandKind, _ texts: [String]) {
        for text in texts {
            #expect((try? kind.parse(text)) == text)
        }
    }

    static let illegal: [(OperandKind, [String])] = [
        (
            .pool,
            [
                "1tank", " tank", "tank/a", "tank@a", "mirror", "raidz", "draid",
                String(repeating: "a", count: 240),
            ]
        ),
        (
            .dataset,
            [
                "tank/", "/tank", "tank//a", "tank/./a", "tank/..", "tank@a", "tank#a", "tank/a%b", "tank/a,b",
                "tank/a'b", "tank/a\"b", "tank/a\\b", "tank/a*", "tank/a=b", "tank/ä", long + "a", deep + "/a",
                "mirror/a",
            ]
        ),
        (.component, ["a@b", "a/b", "a%b", "%", "a,b", "a#b", ".", "..", String(repeating: "a", count: 254)]),
        (
            .snapshot,
            [
                "tank", "tank@", "@a", "tank@a@b", "tank@a/b", "tank@a%b", "tank@a,b", "tank#a", "tank@a#b",
                "tank@..", "tank@" + String(repeating: "a", count: 251),
            ]
        ),
        (.bookmark, ["tank", "tank#", "tank@a", "tank#a@b"]),
        (.reference, ["tank@a#b", "tank#a@b", "@a", "tank@"]),
        (
            .property,
            [
                "Compression", "com.example:A", "-a:b", "a=b", "a,b", "1a", "all", "space", "none", "quota@anna",
                "userquota@", "userquota@a,b", "userquota@-a", "written@", "written@@b", "written@a%b",
                "written#tank#", "feature@", "feature@A", "a-b", "a:" + String(repeating: "b", count: 254),
            ]
        ),
        (.value, ["a\nb", "a\tb", "\u{7F}", "\u{1}", String(repeating: "v", count: 8192)]),
        (.tag, [".a", "-a", "a b", "a,b", "a/b", String(repeating: "t", count: 201)]),
        (.guid, ["-1", "+1", "01", "0x1", "18446744073709551616"]),
        (
            .token,
            [
                "2-a-a-aa", "1-a-a-a", "1-a-a-AA", "1-a-aa", "1-a-a-aa-a", "1--a-aa", "1-a-a-",
                "1-01234567890abcdef-1-ab", "1-a-a-" + String(repeating: "a", count: 8190),
            ]
        ),
        (
            .host,
            [
                "-oProxyCommand=x", "root@-oProxyCommand=x", "a b", "a;b", "%h", "a.", ".a", "a-", "@a", "a@",
                "a@b@c", "Root@a", "1a@b", "[::1]", ":::", "1::2::3", "1:2:3:4:5:6:7", ":1:2", "1:2:",
                "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::", "fe80::1%eth0", "::256.0.0.1",
                "::1.2.3", "a:22", String(repeating: "a", count: 254), String(repeating: "u", count: 33) + "@a",
            ]
        ),
        (.path, ["a", "./a", "/a\u{0}", "/a\nb", "/" + String(repeating: "p", count: 4095)]),
        (.user, ["-a", "a,b", "a b", "@a", "a:b"]),
        (.permission, ["Quota", "-quota", "a,b", "@", "@a,b"]),
        (.permissionSet, ["a", "@", "@a b", "@a@b", "@" + String(repeating: "s", count: 63)]),
        (.size, ["G", "1.5", "1.5.5G", ".5G", "1X", "-1", "1 G", "5.B"]),
        (.redaction, ["-r", "a#b"]),
        (.scriptArgument, ["-n", "-"]),
        (.mountOption, ["-o", "ro,exec", "a b"]),
        (.keyLocation, ["file://etc/key", "file:///", "ftp://a", "/etc/key", "-"]),
    ]

    @Test(arguments: illegal)
    func `refuses an illegal text`(_ kind: OperandKind, _ texts: [String]) {
        for text in texts {
            #expect(throws: NameError.self, "\(text)") { try kind.parse(text) }
        }
    }

    static let sentences: [(OperandKind, String, String)] = [
        (.dataset, "", "the dataset name is empty"),
        (.dataset, "tank/a@b", "dataset name \"tank/a@b\" must not have \"@\" at byte 6"),
        (.dataset, "tank/\u{0}", "dataset name \"tank/\\x00\" must not have a NUL at byte 5"),
        (.dataset, "tank/a\n", "dataset name \"tank/a\\x0a\" must not have a newline at byte 6"),
        (.dataset, "tank/ä", "dataset name \"tank/\\xc3\\xa4\" must not have byte 0xc3 at byte 5"),
        (.dataset, "tank//a", "dataset name \"tank//a\" has an empty component at byte 5"),
        (.dataset, "tank/..", "dataset name \"tank/..\" has the component \".\" or \"..\" at byte 5"),
        (.dataset, "mirror/a", "dataset name \"mirror/a\" is reserved: OpenZFS keeps \"mirror\" for itself"),
        (.dataset, deep + "/a", "dataset name \"\(deep)/a\" has more than 50 levels"),
        (.pool, "9a", "pool name \"9a\" must not have \"9\" at byte 0"),
        (.snapshot, "tank", "snapshot name \"tank\" has no \"@\""),
        (.snapshot, "tank@a,b", "snapshot name \"tank@a,b\" must not have \",\" at byte 6"),
        (.tag, "a b", "hold tag \"a b\" must not have a space at byte 1"),
        (
            .tag, String(repeating: "t", count: 201),
            "hold tag \"\(String(repeating: "t", count: 201))\" has 201 bytes; 200 are allowed"
        ),
        (.value, "a\tb", "property value \"a\\x09b\" must not have a tab at byte 1"),
        (.property, "quota@a", "property name \"quota@a\" is not a property that takes an argument"),
        (.token, "1-a-a-a", "resume token \"1-a-a-a\" is not of the form 1-hex-hex-hex"),
        (.host, "-o", "host \"-o\" must not have \"-\" at byte 0"),
    ]

    @Test(arguments: sentences)
    func `says which byte or rule is wrong`(_ kind: OperandKind, _ text: String, _ sentence: String) {
        let error = #expect(throws: NameError.self) { try kind.parse(text) }
        #expect(error?.description == sentence)
    }

    @Test func `refuses to join a name that gets too long`() throws {
        let dataset = try DatasetName(String(repeating: "a", count: 200))
        let component = try ComponentName(String(repeating: "b", count: 55))
        #expect(throws: NameError.self) { try SnapshotName(dataset, component) }
        #expect(throws: NameError.self) { try BookmarkName(dataset, component) }
        #expect(try SnapshotName(dataset, ComponentName(String(repeating: "b", count: 54))).text.utf8.count == 255)
    }

    @Test(arguments: ["log", "mirror1", "raidz2", "draid-a", "spares"])
    func `refuses more names for a new pool`(_ text: String) throws {
        _ = try PoolName(text)
        #expect(throws: NameError.self) { try PoolName.new(text) }
    }

    @Test func `takes names apart`() throws {
        let reference = try DatasetReference("tank/a/b#mark")
        #expect(reference == .bookmark(try BookmarkName("tank/a/b#mark")))
        #expect(reference.dataset.text == "tank/a/b")
        #expect(reference.dataset.parent?.text == "tank/a")
        #expect(reference.pool.text == "tank")
        #expect(reference.pool.rootDataset.parent == nil)
        let tank = try DatasetName("tank/a")
        #expect(reference.dataset.isWithin(tank))
        #expect(try !DatasetName("tank/ab").isWithin(tank))
    }

    @Test func `joins a property and a value at the first equals sign`() throws {
        let assignment = PropertyAssignment(try PropertyName("a:b"), try PropertyValue("c=d"))
        #expect(assignment.argument == "a:b=c=d")
    }

    @Test(arguments: [("a:b", true), ("compression", false), ("userquota@a", false), ("unsupported@a:b", false)])
    func `tells user properties`(_ text: String, _ isUser: Bool) throws {
        #expect(try PropertyName(text).isUserProperty == isUser)
    }

    @Test func `splits a user from a host`() throws {
        let host = try SSHHost("root@::1")
        #expect(host.user == "root")
        #expect(host.host == "::1")
        #expect(try SSHHost("nas").user == nil)
    }
}
