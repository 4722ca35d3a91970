/// One key with its value in a configuration: how it is shown, and when a change takes effect.
struct Setting {
    /// When a change of the file takes effect.
    enum Effect: Sendable, Hashable {
        /// At a reload.
        case reload
        /// At a restart.
        case restart
    }

    let key: String
    let effect: Effect
    /// The value without secrets.
    let shown: (DaemonConfiguration) -> String
    /// Whether two configurations differ in it.
    let differs: (DaemonConfiguration, DaemonConfiguration) -> Bool
    /// Copies the value of the second configuration into the first.
    let copy: (inout DaemonConfiguration, DaemonConfiguration) -> Void

    init<Value: Hashable>(
        _ key: String,
        _ path: WritableKeyPath<DaemonConfiguration, Value>,
        _ effect: Effect,
        shown: @escaping (Value) -> String
    ) {
        self.key = key
        self.effect = effect
        self.shown = { shown($0[keyPath: path]) }
        self.differs = { $0[keyPath: path] != $1[keyPath: path] }
        self.copy = { $0[keyPath: path] = $1[keyPath: path] }
    }

    init<Value: SettingValue>(
        _ key: String,
        _ path: WritableKeyPath<DaemonConfiguration, Value>,
        _ effect: Effect
    ) {
        self.init(key, path, effect) { $0.shown }
    }
}
