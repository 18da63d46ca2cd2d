//! Whether a record file, or every one in a library or a pack, is sound. It reads everything and believes no catalogue.

use std::collections::HashMap;
use std::path::Path;

use super::error::LibraryError;
use super::files::read_record;
use super::open::Problem;
use super::packs;
use super::scan::{scan, take_in};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many records are sound.
    pub sound: usize,
    /// Each file that is not, with the place, the fault and what to do.
    pub problems: Vec<Problem>,
}

/// Checks one file, of any name, a pack, or a library.
///
/// # Errors
/// When the path does not exist or its folder cannot be read. A file that is no sound record is no
/// error but a problem.
pub fn check(path: &Path) -> Result<Checked, LibraryError> {
    let meta = std::fs::metadata(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => LibraryError::Bad {
            file: path.to_owned(),
            message: "there is no such file or folder; see that the name is right".to_owned(),
        },
        _ => LibraryError::unread(path, e),
    })?;
    if packs::is_tar_file(path) {
        return packs::check(path).map_err(|e| LibraryError::unread(path, e));
    }
    if !meta.is_dir() {
        let problem = read_record(path).err();
        let problem =
            problem.map(|f| Problem { file: path.to_owned(), message: f.message, unread: true });
        return Ok(Checked {
            sound: usize::from(problem.is_none()),
            problems: problem.into_iter().collect(),
        });
    }
    let looked = scan(path).map_err(|e| LibraryError::unread(path, e))?;
    let (disk, outlines) = take_in(path, looked, &mut HashMap::new());
    Ok(Checked {
        sound: outlines.len(),
        problems: disk.problems.iter().map(|bad| Problem::of_bad(path, bad)).collect(),
    })
}
