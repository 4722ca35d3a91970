import APIServer
import Logging
import RateLimiting
import ZFSCommandBuilder
import ZFSRPC

extension TextForm<String> {
    /// Where to listen.
    ///
    /// Names are not resolved: what a name means can change, what is protected must not.
    static var host: TextForm {
        TextForm(meaning: "an IP address, without a port, or localhost") { text in
            let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
            let isAddress = !bare.contains("/") && AddressRange(bare) != nil
            return isAddress && (bare == text || bare.contains(":")) || LoopbackName.matches(text) ? text : nil
        }
    }

    /// A path, at most PATH_MAX without its NUL (limits.h).
    static var path: TextForm {
        TextForm(meaning: "an absolute path") { isPath($0, limit: 4095) ? $0 : nil }
    }

    /// A path of a Unix socket, which is shorter (unix(7)).
    static var socketPath: TextForm {
        TextForm(meaning: "an absolute path of at most 107 bytes") { isPath($0, limit: 107) ? $0 : nil }
    }

    /// A folder of a search path.
    static var searchedFolder: TextForm {
        TextForm(meaning: "an absolute folder without a colon") {
            isPath($0, limit: 4095) && !$0.utf8.contains(UInt8(ascii: ":")) ? $0 : nil
        }
    }

    /// A folder of files that methods may use; the whole file system is never meant.
    static var root: TextForm {
        TextForm(meaning: "an absolute folder other than /") { text in
            isPath(text, limit: 4095) && text.utf8.contains { $0 != UInt8(ascii: "/") } ? text : nil
        }
    }

    /// A name of a user of this daemon.
    static var userName: TextForm {
        let meaning =
            "1 to 64 letters, digits and . _ @ -, beginning with a letter or digit, and not localhost or token"
        return TextForm(meaning: meaning) { text in
            isName(text) && text != "localhost" && text != "token" ? text : nil
        }
    }

    /// A name of a user or group of the system.
    static var systemName: TextForm {
        TextForm(meaning: "the name of a group of this system") { isName($0) ? $0 : nil }
    }

    /// A name or address of another machine.
    static var remoteHost: TextForm {
        TextForm(meaning: "a host name or an IP address, without a port") { text in
            if AddressRange(text) != nil { return text.contains("/") ? nil : text }
            let isHost = (1...253).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
            return isHost && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E } ? text : nil
        }
    }

    /// A short text without control characters.
    static var word: TextForm {
        TextForm(meaning: "1 to 255 printable ASCII characters without spaces") { text in
            (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : nil
        }
    }

    private static func isPath(_ text: String, limit: Int) -> Bool {
        text.utf8.first == UInt8(ascii: "/") && text.utf8.count <= limit
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 64, isAlphanumeric(first) || first == 0x5F else {
            return false
        }
        return text.utf8.allSatisfy { isAlphanumeric($0) || "._@-".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension TextForm<Int> {
    /// A TCP port; 0 lets the kernel choose.
    static var port: TextForm {
        TextForm(meaning: "a port number from 0 to 65535") { text in
            Int(text).flatMap { (0...65_535).contains($0) ? $0 : nil }
        }
    }

    /// The rights of a socket, in octal.
    static var socketMode: TextForm {
        TextForm(meaning: "an octal mode in quotes without rights for others, such as \"0660\"") { text in
            guard (3...4).contains(text.utf8.count), let mode = Int(text, radix: 8), mode & ~0o770 == 0 else {
                return nil
            }
            return mode & 0o600 == 0o600 ? mode : nil
        }
    }
}

extension TextForm<Logger.Level> {
    /// The lowest level that is logged.
    static var logLevel: TextForm {
        TextForm(meaning: "one of trace, debug, info, notice, warning, error, critical") { Logger.Level(rawValue: $0) }
    }
}

extension TextForm<LogFormat> {
    /// How log lines look.
    static var logFormat: TextForm {
        TextForm(meaning: "json or text") { LogFormat(rawValue: $0) }
    }
}

extension TextForm<Role> {
    /// What a caller may do.
    static var role: TextForm {
        TextForm(meaning: "one of viewer, operator, admin") { Role(rawValue: $0) }
    }
}

extension TextForm<DatasetName> {
    /// A subtree of datasets.
    static var dataset: TextForm {
        TextForm(meaning: "a dataset name such as tank/backup") { try? DatasetName($0) }
    }
}

extension TextForm<AddressRange> {
    /// An address or network.
    static var addressRange: TextForm {
        TextForm(meaning: "an IP address or a network such as 10.0.0.0/8") { AddressRange($0) }
    }
}

extension TextForm<TLSConfiguration.ClientCertificates> {
    /// Whether clients show certificates.
    static var clientCertificates: TextForm {
        TextForm(meaning: "one of none, optional, required") { TLSConfiguration.ClientCertificates(rawValue: $0) }
    }
}

extension TextForm<SecretText> {
    /// The static token; a shorter one could be guessed.
    static var token: TextForm {
        TextForm(meaning: "16 to 512 printable ASCII characters without spaces; make one with: openssl rand -hex 32") {
            SecretText($0, 16...512)
        }
    }

    /// The key that signs tokens; RFC 7518 section 3.2 wants as many bits as the hash has.
    static var signingKey: TextForm {
        TextForm(meaning: "32 to 512 printable ASCII characters without spaces; make one with: openssl rand -hex 32") {
            SecretText($0, 32...512)
        }
    }
}
