//! Whether a record file, or every one in a library or a pack, is sound. It reads everything and believes no catalogue.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use super::error::{LibraryError, Problem};
use super::files::read_record;
use super::packs::{Fault, Pack, PackError, is_tar_file, verified};
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
        io::ErrorKind::NotFound => LibraryError::Bad {
            file: path.to_owned(),
            message: "there is no such file or folder; see that the name is right".to_owned(),
        },
        _ => LibraryError::unread(path, e),
    })?;
    if is_tar_file(path) {
        return check_pack(path).map_err(|e| LibraryError::unread(path, e));
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

/// Checks every record of a pack.
fn check_pack(path: &Path) -> io::Result<Checked> {
    let mut checked = Checked::default();
    let problem = |member: Option<&str>, message: String| Problem {
        file: member.map_or_else(|| path.to_owned(), |name| path.join(name)),
        message,
        unread: true,
    };
    let mut pack = match Pack::open(BufReader::new(File::open(path)?)) {
        Ok(pack) => pack,
        Err(PackError::Io(e)) => return Err(e),
        Err(bad) => {
            checked.problems.push(problem(None, bad.to_string()));
            return Ok(checked);
        }
    };
    while let Some(found) = pack.next()? {
        let fault = match found {
            Ok(member) => match verified(&member) {
                Ok(_) => {
                    checked.sound += 1;
                    continue;
                }
                Err(message) => Fault { member: Some(member.name), message },
            },
            Err(fault) => fault,
        };
        checked.problems.push(problem(fault.member.as_deref(), fault.message));
    }
    Ok(checked)
}
