//! Checks a record file, or all of them in a library or a pack. Everything is read, no catalogue is
//! trusted.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use super::catalogue::{Outline, usual_name};
use super::error::{LibraryError, Problem};
use super::facts;
use super::files::read_record;
use super::packs::{Fault, Pack, PackError, is_tar_file, verified};
use super::scan::{scan, take_in};
use crate::record::{PlacedDoubt, Record, Symbol};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// The number of valid records.
    pub sound: usize,
    /// The other files, with position, fault and what to do.
    pub problems: Vec<Problem>,
    /// The valid records about which something is doubtful.
    pub doubtful: Vec<DoubtfulRecord>,
}

/// A record about which something is doubtful.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoubtfulRecord {
    /// Its file, or its name in a pack.
    pub file: PathBuf,
    /// The doubts, each with its place in one line.
    pub doubts: Vec<String>,
}

impl Checked {
    /// Counts a valid record, and keeps what is doubtful about it.
    fn add(&mut self, file: PathBuf, record: &Record) {
        self.sound += 1;
        let doubts: Vec<String> = record.all_doubts().iter().map(PlacedDoubt::spelled).collect();
        if !doubts.is_empty() {
            self.doubtful.push(DoubtfulRecord { file, doubts });
        }
    }
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
        let mut checked = Checked::default();
        match read_record(path) {
            Ok(record) => checked.add(path.to_owned(), &record),
            Err(fault) => checked.problems.push(Problem {
                file: path.to_owned(),
                message: fault.message,
                unread: true,
            }),
        }
        return Ok(checked);
    }
    let looked = scan(path).map_err(|e| LibraryError::unread(path, e))?;
    let (disk, outlines) = take_in(path, looked, &mut HashMap::new());
    Ok(Checked {
        sound: outlines.len(),
        problems: disk
            .problems
            .iter()
            .map(|bad| Problem::of_bad(path, bad))
            .chain(facts::problems(path))
            .collect(),
        doubtful: outlines.iter().filter_map(|outline| read_doubts(path, outline)).collect(),
    })
}

/// Reads a record of a library again for its doubts, if it has any. Few have, so that it would cost more
/// to keep the texts of all.
fn read_doubts(root: &Path, outline: &Outline) -> Option<DoubtfulRecord> {
    if outline.doubts == 0 {
        return None;
    }
    let usual = || {
        let stem = outline.symbol.parse::<Symbol>().ok()?.file_stem();
        Some(usual_name(&stem, &outline.language, outline.date.0))
    };
    let file = root.join(outline.file.clone().or_else(usual)?);
    let mut checked = Checked::default();
    checked.add(file.clone(), &read_record(&file).ok()?);
    checked.doubtful.pop()
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
                Ok(record) => {
                    checked.add(path.join(&member.name), &record);
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
