extension Method {
    /// A parameter as documents and records see it.
    struct ParameterDescription: Sendable {
        let name: String
        let summary: String
        let schema: Schema
        /// A legal value.
        let example: JSONValue
        let isRequired: Bool
        let defaultValue: JSONValue?
        /// What values name; nil when they name neither dataset nor pool.
        let target: Target?
        /// Whether values are kept out of records and logs.
        let isSecret: Bool

        init<Value>(
            _ name: String,
            _ type: ParameterType<Value>,
            _ summary: String,
            isRequired: Bool,
            defaultValue: JSONValue? = nil
        ) {
            self.name = name
            self.summary = summary
            self.isRequired = isRequired
            self.defaultValue = defaultValue
            schema = type.schema
            example = type.example
            target = type.target
            isSecret = type.isSecret
        }
    }
}
