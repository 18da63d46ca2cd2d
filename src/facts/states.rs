//! States: UN short names, formal names, former names, aliases.

/// A State or former State of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// UN short name in English ("Russian Federation").
    pub name: &'static str,
    /// UN formal name in English ("Russian Federation", "Republic of Kazakhstan").
    pub formal: &'static str,
    /// ISO 3166-1 alpha-3, empty where a former State never had one.
    pub iso3: &'static str,
}

/// The State a name means: short, formal, former name or alias, in any of the six official languages,
/// whatever its case and accents.
#[must_use]
pub fn lookup(_name: &str) -> Option<State> {
    None
}

/// The longest name of a State that `text` begins with, in any of the six official languages, and its length in bytes.
#[must_use]
pub fn longest_at_start(_text: &str) -> Option<(State, usize)> {
    None
}

/// Every State, in English alphabetical order of short names.
pub fn all() -> impl Iterator<Item = State> {
    std::iter::empty()
}
