//! What both front ends need to start.

use crate::app::shared::Shelf;
pub(super) use crate::cli::clock::now;
use crate::cli::{Options, out};
use crate::library::{Library, reason};

/// The library the options name, and what kind it is.
pub(super) fn shelf_of(options: &Options) -> Result<(Library, Shelf), out::Failure> {
    let mut library = crate::cli::shelf::Shelf::open(options)?.library;
    library.prefer(options.lang.clone());
    let kind = kind_of(&library);
    Ok((library, kind))
}

/// Which library it is, as it is shown.
pub(super) fn kind_of(library: &Library) -> Shelf {
    match library.root() {
        Some(root) => Shelf::Folder(short_path(root)),
        None => Shelf::Exercise,
    }
}

/// The folder as a person knows it: `~` for the home folder.
fn short_path(root: &std::path::Path) -> String {
    let home = std::env::var_os("HOME").map(std::path::PathBuf::from);
    match home.as_deref().and_then(|home| root.strip_prefix(home).ok()) {
        Some(rest) => format!("~/{}", rest.display()),
        None => root.display().to_string(),
    }
}

pub(super) fn could_not(what: &str, error: &std::io::Error) -> out::Failure {
    out::Failure::could_not(format!("cannot use {what}: {}", reason(error)))
}
