//! Which files of a library hold the same record, and what becomes of one that comes again.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::catalogue::Cause;
use super::error::LibraryError;
use super::files::{is_record_name, read_record};
use crate::record::{Item, Record, Source};

/// When a record with other words is to take the place of one that is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Replace {
    /// When its source is better: it knows the printed pages and the other does not, or the other came
    /// in a pack and this one did not, or the other is from a PDF that was cut off and this one is whole.
    #[default]
    Better,
    /// Always, because the person said so.
    Always,
    /// Never: what comes is not trusted more than what is here.
    Never,
}

/// What becomes of a record that comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is written; these files of the same record give way, none where it is new.
    Written(Vec<PathBuf>),
    /// The same text is in this file.
    Same(PathBuf),
    /// In this file stand other words, and they stay.
    Kept(PathBuf),
}

/// The record files of a library by name, from the root on, as they were when they were listed.
#[derive(Clone, Debug, Default)]
pub struct ExistingRecords {
    root: PathBuf,
    files: HashMap<String, Vec<PathBuf>>,
}

impl ExistingRecords {
    /// Lists the folders of `records/`, and `records/` itself.
    pub(super) fn list(root: &Path) -> Self {
        let records = root.join("records");
        let mut folders = years(&records);
        folders.push(records);
        let mut files: HashMap<String, Vec<PathBuf>> = HashMap::new();
        for folder in folders {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if let (true, Ok(file)) = (is_record_name(&name), entry.path().strip_prefix(root)) {
                    files.entry(name).or_default().push(file.to_owned());
                }
            }
        }
        Self { root: root.to_owned(), files }
    }

    /// Notes that a file is the only one of its record now.
    pub(super) fn is_now(&mut self, file: PathBuf) {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned());
        self.files.insert(name.unwrap_or_default(), vec![file]);
    }

    /// Whether there is a file of the record whose usual file is `file`.
    #[must_use]
    pub fn has(&self, file: &Path) -> bool {
        !self.standing(file).is_empty()
    }

    /// The files of the same record that are here, packed or not, in any year.
    fn standing(&self, file: &Path) -> Vec<PathBuf> {
        let Some(packed) = file.file_name().and_then(|n| n.to_str()) else { return Vec::new() };
        let plain = packed.strip_suffix(".zst").unwrap_or(packed);
        let found = [packed, plain].into_iter().filter_map(|name| self.files.get(name));
        found.flatten().cloned().collect()
    }

    /// What becomes of a record whose usual file is `file`.
    ///
    /// # Errors
    /// When a file of the same record may not be read.
    pub fn verdict(
        &self,
        file: &Path,
        record: &Record,
        replace: Replace,
    ) -> Result<Verdict, LibraryError> {
        verdict(&self.root, self.standing(file), record, replace)
    }
}

/// What becomes of a record where these files of the same record stand, from the root on.
pub(super) fn verdict(
    root: &Path,
    standing: Vec<PathBuf>,
    record: &Record,
    replace: Replace,
) -> Result<Verdict, LibraryError> {
    for path in &standing {
        match read_record(&root.join(path)) {
            Ok(other) if same_text(&other, record) && !settles(record, &other, replace) => {
                return Ok(Verdict::Same(path.clone()));
            }
            Ok(other) if !gives_way(&other, record, replace) => {
                return Ok(Verdict::Kept(path.clone()));
            }
            Err(fault) if fault.cause == Cause::Refused => {
                return Err(LibraryError::of_fault(path, fault));
            }
            // A file that is no sound record is kept aside like any other and gives way.
            _ => {}
        }
    }
    Ok(Verdict::Written(standing))
}

/// The folders in a folder.
pub(super) fn years(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// The same but for where it came from.
fn same_text(one: &Record, other: &Record) -> bool {
    let bare = |record: &Record| Record { source: Source::default(), ..record.clone() };
    bare(one) == bare(other)
}

/// Whether a record says of its own where it came from, and the other only has the word of a pack.
fn settles(record: &Record, other: &Record, replace: Replace) -> bool {
    replace != Replace::Never && record.source.pack.is_none() && other.source.pack.is_some()
}

/// Whether both are from a PDF, and a record has all pages of another and more: the other was cut off. A later
/// edition has the same pages with other words.
fn completes(record: &Record, other: &Record) -> bool {
    let pages = |record: &Record| -> BTreeSet<u32> {
        let of = |item: &Item| {
            let paragraphs = match item {
                Item::Statement(statement) => statement.paragraphs.as_slice(),
                _ => &[],
            };
            let turned = paragraphs.iter().flat_map(|p| p.breaks.iter().map(|b| b.page));
            let on = paragraphs.iter().filter_map(|p| p.page);
            item.page().into_iter().chain(on).chain(turned).collect::<Vec<_>>()
        };
        record.items.iter().flat_map(of).collect()
    };
    let (new, old) = (pages(record), pages(other));
    record.source.from == "pdf"
        && other.source.from == "pdf"
        && record.statements().count() >= other.statements().count()
        && new.len() > old.len()
        && new.is_superset(&old)
}

/// Whether one that is here makes room.
fn gives_way(other: &Record, record: &Record, replace: Replace) -> bool {
    let pages = |r: &Record| r.items.iter().any(|item| item.page().is_some());
    match replace {
        Replace::Always => true,
        Replace::Never => false,
        Replace::Better if settles(record, other, replace) => pages(record) || !pages(other),
        Replace::Better => pages(record) && !pages(other) || completes(record, other),
    }
}
