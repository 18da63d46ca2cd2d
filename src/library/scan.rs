//! Lists the folders of a library and reads the files that changed.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;

use super::catalogue::{
    BadFile, Cause, Disk, Outline, Stamp, order, outline_of, usual_file, usual_name,
};
use super::error::{FileFault, one_line};
use super::files::{is_record_name, read_record, stamp};
use super::parallel::parallel_map;
use crate::record::{Language, Symbol};

/// The greatest depth of folders below the root, so that circular links end.
const DEPTH: usize = 4;

/// A record file; its path is relative to the root.
#[derive(Clone, Debug)]
pub(super) struct FoundFile {
    pub file: String,
    pub stamp: Stamp,
    /// The system refuses to read it.
    pub refused: bool,
}

/// What is in the folders.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub files: Vec<FoundFile>,
    pub disk: Disk,
}

/// Lists `records/` and its folders, or a flat folder of record files where there is no `records/`.
/// Files are read through links; a folder met before is skipped.
///
/// # Errors
/// When the root itself, or `records/` in it, cannot be listed.
pub(super) fn scan(root: &Path) -> io::Result<Scan> {
    let mut scan = Scan::default();
    let mut met = HashSet::new();
    match std::fs::metadata(root.join("records")) {
        Ok(meta) if meta.is_dir() => {
            for folder in list(root, "records", &mut scan, &mut met)? {
                walk(root, &format!("records/{folder}"), DEPTH, &mut scan, &mut met);
            }
        }
        // Without permission the root would look like an empty library.
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => return Err(e),
        _ => {
            list(root, "", &mut scan, &mut met)?;
        }
    }
    scan.files.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(scan)
}

/// Lists a folder and its subfolders; one that cannot be listed becomes a problem.
fn walk(root: &Path, path: &str, depth: usize, scan: &mut Scan, met: &mut HashSet<(u64, u64)>) {
    match list(root, path, scan, met) {
        Ok(folders) if depth > 0 => {
            for folder in folders {
                walk(root, &format!("{path}/{folder}"), depth - 1, scan, met);
            }
        }
        Ok(_) => {}
        Err(e) => scan.disk.problems.push(BadFile {
            file: path.to_owned(),
            message: one_line(&format!(
                "this folder cannot be listed ({e}); ask its owner for permission to read it"
            )),
            cause: Cause::Refused,
            ..BadFile::default()
        }),
    }
}

/// Records the time of a folder and its record files; returns the names of its subfolders.
fn list(
    root: &Path,
    path: &str,
    scan: &mut Scan,
    met: &mut HashSet<(u64, u64)>,
) -> io::Result<Vec<String>> {
    use std::os::unix::fs::MetadataExt;
    let folder = root.join(path);
    // The time is taken before the names: a file added in between makes the catalogue outdated, not
    // wrong.
    let meta = std::fs::metadata(&folder)?;
    if !met.insert((meta.dev(), meta.ino())) {
        return Ok(Vec::new());
    }
    scan.disk.folders.push((path.to_owned(), stamp(&meta)));
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            scan.disk.problems.extend(invalid_name(path, &entry.file_name().to_string_lossy()));
            continue;
        };
        let inside = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        // Links are followed by reading the metadata, which the stamp needs anyway.
        let meta = std::fs::metadata(entry.path());
        if meta.as_ref().is_ok_and(std::fs::Metadata::is_dir) {
            if !name.starts_with('.') {
                folders.push(name);
            }
        } else if is_record_name(&name) {
            let refused = meta.as_ref().is_ok_and(|meta| is_refused(&entry.path(), meta));
            let stamp = meta.map(|m| stamp(&m)).unwrap_or_default();
            scan.files.push(FoundFile { file: inside, stamp, refused });
        }
    }
    folders.sort();
    Ok(folders)
}

/// Whether the system refuses to read a file. One that everyone may read is not checked.
pub(super) fn is_refused(path: &Path, meta: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    meta.mode() & 0o444 != 0o444 && rustix::fs::access(path, rustix::fs::Access::READ_OK).is_err()
}

/// The problem of a record file whose name is not UTF-8.
fn invalid_name(path: &str, name: &str) -> Option<BadFile> {
    is_record_name(name).then(|| BadFile {
        file: format!("{path}/{name}"),
        message: "the name is not UTF-8; rename the file".to_owned(),
        cause: Cause::Refused,
        ..BadFile::default()
    })
}

/// What was known of a file before.
#[derive(Clone, Debug)]
pub(super) enum Known {
    /// Its outline.
    Sound(Outline),
    /// Why it was not used.
    Bad(BadFile),
}

/// Outlines of all files and the problems, from what is known and, for the rest, from the files.
pub(super) fn take_in(
    root: &Path,
    scan: Scan,
    known: &mut HashMap<String, Known>,
) -> (Disk, Vec<Outline>) {
    let Scan { files, mut disk } = scan;
    let mut results: Vec<Option<Result<Outline, BadFile>>> = Vec::new();
    let mut unread = Vec::new();
    for (place, found) in files.iter().enumerate() {
        let result = match known.remove(&found.file) {
            Some(Known::Sound(outline)) if outline.stamp == found.stamp && !found.refused => {
                Some(Ok(outline))
            }
            Some(Known::Bad(bad)) if bad.stamp == found.stamp && bad.cause == Cause::Content => {
                Some(Err(bad))
            }
            _ => None,
        };
        if result.is_none() {
            unread.push(place);
        }
        results.push(result);
    }
    for (place, result) in read_all(root, &files, &unread) {
        results[place] = Some(result);
    }
    let mut outlines = Vec::new();
    for result in results.into_iter().flatten() {
        match result {
            Ok(outline) => outlines.push(outline),
            Err(bad) => disk.problems.push(bad),
        }
    }
    let outlines = without_duplicates(outlines, &mut disk);
    (disk, in_order(outlines))
}

/// Reads the files at these places, on as many threads as there are processors.
fn read_all(
    root: &Path,
    files: &[FoundFile],
    unread: &[usize],
) -> Vec<(usize, Result<Outline, BadFile>)> {
    let read = parallel_map(unread.len(), |n| {
        let place = *unread.get(n)?;
        Some((place, read_one(root, &files[place])))
    });
    // The files of a failed thread are missing here; the next full check reads them.
    read.into_iter().flatten().collect()
}

fn read_one(root: &Path, found: &FoundFile) -> Result<Outline, BadFile> {
    match read_record(&root.join(&found.file)) {
        Ok(record) => {
            let mut outline = outline_of(&record);
            outline.stamp = found.stamp;
            let usual = usual_file(&record.symbol, &record.language, record.date);
            if usual.to_str() != Some(&found.file) {
                outline.file = Some(found.file.clone());
            }
            Ok(outline)
        }
        Err(FileFault { message, cause }) => {
            Err(BadFile { file: found.file.clone(), message, stamp: found.stamp, cause })
        }
    }
}

/// The file of an outline, relative to the root.
pub(super) fn file_of(outline: &Outline) -> String {
    if let Some(file) = &outline.file {
        return file.clone();
    }
    let stem = outline.symbol.parse::<Symbol>().map(|s| s.file_stem()).unwrap_or_default();
    usual_name(&stem, &outline.language, outline.date.0)
}

/// Keeps each symbol and language once, in the file that sorts first. Exercise debates are not
/// listed beside real records.
fn without_duplicates(outlines: Vec<Outline>, disk: &mut Disk) -> Vec<Outline> {
    let mut first: HashMap<(String, String), usize> = HashMap::new();
    let mut kept: Vec<Outline> = Vec::new();
    for outline in outlines {
        if outline.exercise {
            disk.problems.push(BadFile {
                file: file_of(&outline),
                message: "an exercise debate; these are never listed beside real records: move it \
                          out of this library"
                    .to_owned(),
                stamp: outline.stamp,
                cause: Cause::Beside,
            });
            continue;
        }
        let key = (outline.symbol.clone(), outline.language.clone());
        match first.get(&key) {
            Some(place) => disk.problems.push(BadFile {
                file: file_of(&outline),
                message: one_line(&format!(
                    "field symbol: {} in {:?} is already in {}; remove one of the two",
                    outline.symbol,
                    outline.language,
                    file_of(&kept[*place]),
                )),
                stamp: outline.stamp,
                cause: Cause::Beside,
            }),
            None => {
                first.insert(key, kept.len());
                kept.push(outline);
            }
        }
    }
    kept
}

fn in_order(outlines: Vec<Outline>) -> Vec<Outline> {
    let keys: Vec<_> = outlines
        .iter()
        .map(|o| {
            let symbol = o.symbol.parse::<Symbol>().unwrap_or_else(|_| Symbol::verbatim(0));
            let (year, month, day) = o.date;
            let date = jiff::civil::Date::new(year, month, day).unwrap_or_default();
            (symbol, Language::from_word(&o.language), date)
        })
        .collect();
    let order = order(keys.iter().map(|(symbol, language, date)| (symbol, language, *date)));
    let mut outlines: Vec<Option<Outline>> = outlines.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| outlines.get_mut(place)?.take()).collect()
}
