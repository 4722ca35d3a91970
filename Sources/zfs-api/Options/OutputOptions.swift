import ArgumentParser

/// How the answer is shown.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print the answer as JSON, and errors too.")
    var json = false
    @Flag(name: .shortAndLong, help: "Print names and results alone: no headings, no remarks, no progress.")
    var quiet = false
    @Flag(help: "Print sizes in bytes.")
    var exact = false

    /// What prints it.
    var output: Output { Output(json: json, quiet: quiet, exact: exact) }
}
