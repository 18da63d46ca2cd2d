//! Files of fetched facts in a library: `facts/2026.json`, one for each year.
//!
//! `spv get facts` writes them, packs carry them, and opening a library lays them over the facts inside
//! ([`crate::facts::layer`]).

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::error::{LibraryError, Problem};
use super::safe;
use crate::facts::fetched::{FORMAT, FactsFile};
use crate::facts::layer::{self, Layer};
use crate::record::harmless;

/// The folder of the files, in a library.
pub const FOLDER: &str = "facts";
/// The largest file, in bytes: a year has 150 kB.
const LIMIT: u64 = 4 << 20;
/// The most files that are read: there is one a year.
const MOST_FILES: usize = 100;

/// The library whose files were laid over the facts inside, and what is wrong with them.
static LAID: OnceLock<(PathBuf, Vec<Problem>)> = OnceLock::new();

/// Lays the files of a library over the facts inside. Returns what is wrong with files and rows.
///
/// A library is opened again whenever it changes; its facts stay those of the first time.
pub(super) fn load(root: &Path) -> Vec<Problem> {
    if let Some((laid, problems)) = LAID.get()
        && laid == root
    {
        return problems.clone();
    }
    let (layer, problems) = read_all(root);
    if let Some(layer) = layer
        && LAID.set((root.to_owned(), problems.clone())).is_ok()
    {
        layer::install(layer);
    }
    problems
}

/// What is wrong with the files of facts of a library, and with their rows.
pub(super) fn problems(root: &Path) -> Vec<Problem> {
    read_all(root).1
}

/// The layer of the files of a library, if it has any, and what is wrong with them.
fn read_all(root: &Path) -> (Option<Layer>, Vec<Problem>) {
    let (mut read_names, mut files, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for name in names(root) {
        match read(root, &name) {
            Ok(file) => {
                files.push(file);
                read_names.push(name);
            }
            Err(message) => problems.push(problem(root, &name, message, true)),
        }
    }
    if files.is_empty() {
        return (None, problems);
    }
    let (layer, faults) = Layer::new(&files);
    for (name, faults) in read_names.iter().zip(faults) {
        if let Some(first) = faults.first() {
            let rows = if faults.len() == 1 { "row is" } else { "rows are" };
            let message = format!("{} {rows} not sound and left out: {first}", faults.len());
            problems.push(problem(root, name, message, false));
        }
    }
    (Some(layer), problems)
}

fn problem(root: &Path, name: &str, message: String, unread: bool) -> Problem {
    let message = format!("{}; run spv get facts again", harmless::line(&message));
    Problem { file: root.join(FOLDER).join(name), message, unread }
}

/// The names of the files of facts, in order.
#[must_use]
pub fn names(root: &Path) -> Vec<String> {
    let Ok(folder) = safe::Folder::named(root).and_then(|root| root.folder(FOLDER)) else {
        return Vec::new();
    };
    let names = folder.names().unwrap_or_default().into_iter();
    let mut names: Vec<String> =
        names.filter_map(|name| name.into_string().ok()).filter(|name| is_name(name)).collect();
    names.sort_unstable();
    names.truncate(MOST_FILES);
    names
}

/// Whether a file of facts may be called so: `2026.json`.
fn is_name(name: &str) -> bool {
    let year = name.strip_suffix(".json").filter(|year| year.len() == 4);
    year.is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()))
}

/// The bytes of a file of facts.
///
/// # Errors
/// The error of the system.
pub fn bytes(root: &Path, name: &str) -> io::Result<Vec<u8>> {
    safe::Folder::named(root)?.folder(FOLDER)?.read(name, LIMIT)
}

fn read(root: &Path, name: &str) -> Result<FactsFile, String> {
    let bytes = bytes(root, name).map_err(|error| error.to_string())?;
    parse(&format!("{FOLDER}/{name}"), &bytes)
}

/// Reads a file of facts of this path in a library.
///
/// # Errors
/// What is wrong with it, in one line.
pub fn parse(path: &str, bytes: &[u8]) -> Result<FactsFile, String> {
    if bytes.len() as u64 >= LIMIT {
        return Err("it is too large for facts of a year".to_owned());
    }
    let file: FactsFile =
        serde_json::from_slice(bytes).map_err(|error| format!("not a file of facts ({error})"))?;
    if path_of(&file) != path {
        return Err(format!("it has the facts of {}", file.year));
    }
    if file.format != FORMAT {
        return Err(format!("its format is not {}", FORMAT));
    }
    Ok(file)
}

/// The path of a file of facts in a library: `facts/2026.json`.
#[must_use]
pub fn path_of(file: &FactsFile) -> String {
    format!("{FOLDER}/{:04}.json", file.year)
}

/// Writes a file of facts, completely or not at all; returns its path.
///
/// # Errors
/// If the library cannot be written.
pub fn write(library: &Path, file: &FactsFile) -> Result<PathBuf, LibraryError> {
    let path = library.join(path_of(file));
    let refused = |error: io::Error| LibraryError::unwritten(&path, &error);
    std::fs::create_dir_all(library).map_err(refused)?;
    let root = library.canonicalize().map_err(refused)?;
    let mut bytes = serde_json::to_vec_pretty(file)
        .map_err(|error| refused(io::Error::other(error.to_string())))?;
    bytes.push(b'\n');
    let folder = safe::Folder::named(&root).and_then(|root| root.make_folder(FOLDER, 0o755));
    let folder = folder.map_err(refused)?.0;
    let name = path.file_name().unwrap_or_default();
    folder.write(name, &bytes, 0o644).map_err(refused)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_and_read_again() {
        let temp = tempfile::tempdir().unwrap();
        let file = FactsFile { format: FORMAT.to_owned(), year: 2031, ..FactsFile::default() };
        let path = write(&temp.path().join("new"), &file).unwrap();
        assert!(path.ends_with("facts/2031.json"));
        let root = temp.path().join("new");
        assert_eq!(names(&root), ["2031.json"]);
        assert_eq!(read(&root, "2031.json"), Ok(file));
    }

    #[test]
    fn what_is_no_file_of_facts_is_a_problem_of_its_file() {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join(FOLDER);
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("2031.json"), "{").unwrap();
        std::fs::write(folder.join("notes.txt"), "words").unwrap();
        std::fs::write(folder.join("2032.json"), br#"{"format":"spv-facts/1","year":2033}"#)
            .unwrap();
        let problems = load(temp.path());
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(
            problems.iter().all(|p| p.unread && p.message.ends_with("run spv get facts again"))
        );
    }
}
