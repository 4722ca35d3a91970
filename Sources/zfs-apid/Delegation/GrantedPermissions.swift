/// Who was allowed what on a dataset, read from the text of `zfs allow DATASET`.
///
/// The text has a part for the dataset and for each ancestor on which something was allowed, each with headings and
/// tab-indented lines below them (`zfs_print_allows` of `zfs_main.c`, OpenZFS 2.1 to 2.4):
///
/// ```text
/// ---- Permissions on tank ---------------------------------------------
/// Permission sets:
/// 	@backup hold,send
/// Local+Descendent permissions:
/// 	user alice @backup,snapshot
/// 	everyone diff
/// ```
struct GrantedPermissions {
    /// Whom a line is for.
    enum Holder: Hashable {
        case user(String)
        case group(String)
        case everyone
    }

    /// Where a line holds: on the dataset itself, below it.
    private struct Scope: OptionSet {
        let rawValue: Int
        static let local = Scope(rawValue: 1)
        static let descendants = Scope(rawValue: 2)
    }

    /// One holder's line, as it holds for the dataset that was asked about.
    private struct Grant {
        let holder: Holder
        let scope: Scope
        let permissions: [Substring]
    }

    private var grants: [Grant] = []
    private var sets: [Substring: Set<String>] = [:]

    /// Reads the text; lines that are not known are passed over, which can only make more seem missing.
    ///
    /// - Parameter dataset: The dataset that was asked about; the parts of its ancestors count below them only.
    init(_ text: String, of dataset: String) {
        var isDataset = false
        var heading = Substring()
        for line in text.split(separator: "\n") {
            if let title = Self.title(line) {
                isDataset = title == dataset
                heading = ""
            } else if line.first != "\t" {
                heading = line
            } else if heading.hasPrefix("Permission sets") {
                addSet(line.dropFirst())
            } else if let scope = Self.scope(of: heading, isDataset: isDataset) {
                addGrant(line.dropFirst(), scope: scope)
            }
        }
    }

    /// What the holders together may do on the dataset and on everything below it.
    func permissions(of holders: Set<Holder>) -> Set<String> {
        let theirs = grants.filter { holders.contains($0.holder) }
        func allowed(_ scope: Scope) -> Set<String> {
            theirs.reduce(into: []) { result, grant in
                guard grant.scope.contains(scope) else { return }
                for permission in grant.permissions {
                    result.formUnion(sets[permission] ?? [String(permission)])
                }
            }
        }
        return allowed(.local).intersection(allowed(.descendants))
    }

    private static func title(_ line: Substring) -> Substring? {
        let start = "---- Permissions on "
        guard line.hasPrefix(start) else { return nil }
        var name = line.dropFirst(start.count)
        // The rest of the line is a rule of dashes after a blank; a name may end with dashes, but not with a blank.
        while name.last == "-" { name.removeLast() }
        return name.last == " " ? name.dropLast() : line.dropFirst(start.count)
    }

    private static func scope(of heading: Substring, isDataset: Bool) -> Scope? {
        switch heading {
        case "Local+Descendent permissions:": [.local, .descendants]
        case "Local permissions:": isDataset ? .local : nil
        // What an ancestor gives to its descendants holds for the dataset itself as well.
        case "Descendent permissions:": isDataset ? .descendants : [.local, .descendants]
        default: nil
        }
    }

    /// A set may be defined on the dataset and again above it; both count.
    private mutating func addSet(_ line: Substring) {
        let words = line.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else { return }
        sets[words[0], default: []].formUnion(words[1].split(separator: ",").map(String.init))
    }

    private mutating func addGrant(_ line: Substring, scope: Scope) {
        let words = line.split(separator: " ")
        let holder: Holder? =
            switch (words.first, words.count) {
            case ("user", 3): .user(String(words[1]))
            case ("group", 3): .group(String(words[1]))
            case ("everyone", 2): .everyone
            default: nil
            }
        guard let holder, let permissions = words.last?.split(separator: ",") else { return }
        grants.append(Grant(holder: holder, scope: scope, permissions: permissions))
    }
}
