//! Which library is open.

/// What kind of library is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// The exercise debates inside the program, because there is no other library or they were asked for.
    #[default]
    Exercise,
    /// A folder, by its path as it is shown.
    Folder(String),
}
