import APIServer
import Logging
import ZFSCommandBuilder
import ZFSRPC

/// A value of the configuration that can be shown to a person, without secrets.
protocol SettingValue: Hashable {
    /// One line.
    var shown: String { get }
}

extension String: SettingValue {
    var shown: String { self }
}

extension Int: SettingValue {
    var shown: String { description }
}

extension Bool: SettingValue {
    var shown: String { description }
}

extension Duration: SettingValue {
    var shown: String { "\(components.seconds) s" }
}

extension Optional: SettingValue where Wrapped: SettingValue {
    var shown: String { self?.shown ?? "none" }
}

extension Array: SettingValue where Element: SettingValue {
    var shown: String { isEmpty ? "none" : map(\.shown).joined(separator: ", ") }
}

extension SecretText: SettingValue {
    var shown: String { description }
}

extension AddressRange: SettingValue {
    var shown: String { description }
}

extension Role: SettingValue {
    var shown: String { rawValue }
}

extension Logger.Level: SettingValue {
    var shown: String { rawValue }
}

extension LogFormat: SettingValue {
    var shown: String { rawValue }
}

extension TLSConfiguration.ClientCertificates: SettingValue {
    var shown: String { rawValue }
}

extension UserConfiguration: SettingValue {
    var shown: String { "\(name) (\(role.rawValue)\(below(datasets)))" }
}

extension PeerConfiguration: SettingValue {
    var shown: String {
        let name =
            switch subject {
            case .user(let name): "user \(name)"
            case .uid(let uid): "user \(uid)"
            case .group(let name): "group \(name)"
            }
        return "\(name) (\(role.rawValue)\(below(datasets)))"
    }
}

private func below(_ datasets: [DatasetName]?) -> String {
    datasets.map { " of " + $0.map(\.text).joined(separator: " and ") } ?? ""
}
