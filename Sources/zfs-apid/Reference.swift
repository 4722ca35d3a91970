import ArgumentParser
import ZFSRPC

/// `zfs-apid reference`: prints the reference of all methods as Markdown.
struct Reference: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the reference of all methods as Markdown.")

    func run() {
        print(APIReference.markdown, terminator: "")
    }
}
