import ArgumentParser
import ZFSAPIClient

/// `zfs-api call`: any method.
struct Call: ClientCommand {
    static let configuration = CommandConfiguration(
        abstract: "Call any method of the API, and print its answer as JSON.",
        discussion: """
            Values are read as the method wants them: call snapshot_list dataset=tank recursive=true. A list or an object \
            is written as JSON: properties='{"compression":"zstd"}'. key=@- reads a text from standard input, as secrets \
            must be. A method that loses data is not asked about, for its call is explicit.
            """)

    @Argument(help: "The method.", completion: NameCompletion.methods)
    var method: String?
    @Argument(help: "Its parameters: name=value.", completion: .custom(CallParameters.complete))
    var parameters: [Assignment] = []
    @Flag(help: "List the methods.")
    var list = false
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func validate() throws {
        if method == nil, !list { throw ValidationError("give a method, or --list") }
    }

    func perform(_ client: Client, _ output: Output) async throws {
        guard let method, !list else {
            let methods = MethodDeclaration.all
            return try output.show(Dictionary(uniqueKeysWithValues: methods.map { ($0.name, $0.summary) })) {
                Table([.text("METHOD"), .text("WHAT IT DOES")], methods.map { [$0.name, $0.summary] })
            }
        }
        let given = try CallParameters.values(parameters, of: method)
        let answer = try await client.call(method, given.mapValues { $0 })
        try output.print(Output.text(of: answer, pretty: true))
    }
}
