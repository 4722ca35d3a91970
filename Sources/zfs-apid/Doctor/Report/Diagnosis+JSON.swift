import ArgumentParser
import ZFSRPC

extension Diagnosis {
    /// One JSON document, for programs.
    var json: String {
        let members = findings.map { finding in
            let remedy = finding.remedy.map(JSONText.quoted) ?? "null"
            return #"{"check":\#(JSONText.quoted(finding.check)),"status":"\#(finding.status.rawValue)","#
                + #""message":\#(JSONText.quoted(finding.message)),"remedy":\#(remedy)}"#
        }
        return #"{"version":\#(JSONText.quoted(Version.current)),"ok":\#(exitCode == .success),"#
            + #""problems":\#(count(.problem)),"warnings":\#(count(.warning)),"#
            + #""findings":[\#(members.joined(separator: ","))]}"#
    }
}
