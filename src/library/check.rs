//! Checks a record file, or all of them in a library or a pack. Everything is read, no catalogue is
//! trusted.

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
    /// The number of valid records.
    pub sound: usize,
    /// The other files, with position, fault and what to do.
    pub problems: Vec<Problem>,
}

/// Checks one file, of any name, a pack, or a library.
///
/// # Errors
/// If the path does not exist or the folder cannot be read. An invalid record is not an error but a
/// problem.
pub fn check(path: &Path) -> Result<Checked, LibraryError> {
    let meta = std::fs::metadata(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => LibraryError::Bad {
            file: path.to_owned(),
            message: "no such file or folder; check the name".to_owned(),
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
