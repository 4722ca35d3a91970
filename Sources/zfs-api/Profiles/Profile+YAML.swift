import Yams
import ZFSAPIClient

extension Profile {
    /// Reads a mapping of `config.yaml`; a key that is not known is an error.
    init(_ node: Node, name: String) throws(CommandFailure) {
        guard let mapping = node.mapping else { throw ProfileFile.wrong("profile \(name) is no mapping") }
        for (key, value) in mapping {
            let word = key.string ?? ""
            let text = value.scalar?.string
            switch (word, text) {
            case ("address", let text?): address = text
            case ("token_file", let text?): tokenFile = ConfigurationFolder.expanded(text)
            case ("ca_file", let text?): tls.authorityFile = ConfigurationFolder.expanded(text)
            case ("certificate", let text?): tls.certificateFile = ConfigurationFolder.expanded(text)
            case ("key", let text?): tls.keyFile = ConfigurationFolder.expanded(text)
            case ("timeout", let text?):
                guard let seconds = Int(text), (0...86400).contains(seconds) else {
                    throw ProfileFile.wrong("timeout of profile \(name) is 0 to 86400 seconds")
                }
                timeout = seconds
            case ("token_command", nil):
                let words = value.sequence?.compactMap { $0.scalar?.string } ?? []
                guard !words.isEmpty, words.count == value.sequence?.count else {
                    throw ProfileFile.wrong("token_command of profile \(name) is a list: the program and its arguments")
                }
                tokenCommand = words
            case ("token", _), ("password", _):
                throw ProfileFile.wrong("profile \(name) has a \(word); give token_file or token_command instead")
            default: throw ProfileFile.wrong("\(word) of profile \(name) is unknown or has another form")
            }
        }
    }
}
