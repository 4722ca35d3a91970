/// What a text of the configuration must look like, and what is made of it.
struct TextForm<Value> {
    /// Follows "must be" in messages.
    let meaning: String
    /// The value, or nil when the text does not have the form.
    let parse: (String) -> Value?
}
