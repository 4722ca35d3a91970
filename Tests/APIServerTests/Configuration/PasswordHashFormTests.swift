import Testing

@testable import zfs_apid

@Suite struct PasswordHashFormTests {
    @Test(arguments: [
        "$2b$04$abcdefghijklmnopqrstuuPp7HPfoAs8I2dCQCQ/fW7zEJv8I8C8e", "$2a$12$" + String(repeating: "A", count: 53),
        "$2y$12$" + String(repeating: "/", count: 53),
        "$y$j9T$abcdefghijklmnopqrstu0$108l2XT5/5TWofFA9AXHYycqO2l5aJJnc/4QakGzNe2",
    ])
    func `takes bcrypt and yescrypt`(hash: String) {
        #expect(PasswordHashForm.matches(hash))
    }

    @Test(arguments: [
        "", "admin", "$", "$$$$", "$2b$", "$1$abc$" + String(repeating: "A", count: 22),
        "$6$abc$" + String(repeating: "A", count: 86), "$2x$12$" + String(repeating: "A", count: 53),
        "$2b$03$" + String(repeating: "A", count: 53), "$2b$32$" + String(repeating: "A", count: 53),
        "$2b$+4$" + String(repeating: "A", count: 53), "$2b$12$" + String(repeating: "A", count: 52),
        "$2b$12$" + String(repeating: "A", count: 54), "$2b$12$" + String(repeating: "A", count: 52) + ":",
        "$2b$12$" + String(repeating: "A", count: 53) + "$", "x$2b$12$" + String(repeating: "A", count: 53),
        "$y$$abc$" + String(repeating: "A", count: 43), "$y$j9T$abc$" + String(repeating: "A", count: 42),
        "$y$j9T$" + String(repeating: "A", count: 87) + "$" + String(repeating: "A", count: 43),
        "$7$j9T$abc$" + String(repeating: "A", count: 43),
    ])
    func `refuses anything else`(hash: String) {
        #expect(!PasswordHashForm.matches(hash))
    }
}
