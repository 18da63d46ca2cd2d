//! Finds the files that hold the same record, and decides whether a new one replaces them.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::catalogue::Cause;
use super::error::LibraryError;
use super::files::{is_record_name, read_record};
use crate::record::{Item, Record, Source, VoteKind};

/// When a record replaces one with other words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Replace {
    /// If its source is better: only it has printed pages, or only the other came in a pack, or the
    /// other is from a PDF that was cut off and this one is complete; or if the words are the same and
    /// what is doubtful about them is not.
    #[default]
    Better,
    /// Always, at the user's request.
    Always,
    /// Never: the new record is trusted no more than the existing one.
    Never,
}

/// What is done with a new record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is written and replaces these files of the same record, if any.
    Written(Vec<PathBuf>),
    /// This file has the same text.
    Same(PathBuf),
    /// This file has other words and is kept.
    Kept(PathBuf),
}

/// The record files of a library by name, relative to the root, as of the last listing.
#[derive(Clone, Debug, Default)]
pub struct ExistingRecords {
    root: PathBuf,
    files: HashMap<String, Vec<PathBuf>>,
}

impl ExistingRecords {
    /// Lists the folders of `records/`, and `records/` itself.
    pub(super) fn list(root: &Path) -> Self {
        let records = root.join("records");
        let mut folders = subfolders(&records);
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

    /// Registers a file as the only one of its record.
    pub(super) fn set_only(&mut self, file: PathBuf) {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned());
        self.files.insert(name.unwrap_or_default(), vec![file]);
    }

    /// Whether there is a file of the record with this usual file.
    #[must_use]
    pub fn has(&self, file: &Path) -> bool {
        !self.files_of(file).is_empty()
    }

    /// The files of the same record, packed or not, in any year.
    fn files_of(&self, file: &Path) -> Vec<PathBuf> {
        let Some(packed) = file.file_name().and_then(|n| n.to_str()) else { return Vec::new() };
        let plain = packed.strip_suffix(".zst").unwrap_or(packed);
        let found = [packed, plain].into_iter().filter_map(|name| self.files.get(name));
        found.flatten().cloned().collect()
    }

    /// What is done with a record with this usual file.
    ///
    /// # Errors
    /// If a file of the same record cannot be read.
    pub fn verdict(
        &self,
        file: &Path,
        record: &Record,
        replace: Replace,
    ) -> Result<Verdict, LibraryError> {
        decide(&self.root, self.files_of(file), record, replace)
    }
}

/// What is done with a record of which these files exist, relative to the root.
pub(super) fn decide(
    root: &Path,
    existing: Vec<PathBuf>,
    record: &Record,
    replace: Replace,
) -> Result<Verdict, LibraryError> {
    for path in &existing {
        match read_record(&root.join(path)) {
            Ok(other) if same_text(&other, record) && !has_own_origin(record, &other, replace) => {
                return Ok(Verdict::Same(path.clone()));
            }
            Ok(other) if !is_replaced(&other, record, replace) => {
                return Ok(Verdict::Kept(path.clone()));
            }
            Err(fault) if fault.cause == Cause::Refused => {
                return Err(LibraryError::of_fault(path, fault));
            }
            // An invalid file is replaced, and kept aside like any other.
            _ => {}
        }
    }
    Ok(Verdict::Written(existing))
}

/// The subfolders of a folder.
pub(super) fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// Whether two records are equal except for their source.
fn same_text(one: &Record, other: &Record) -> bool {
    let bare = |record: &Record| Record { source: Source::default(), ..record.clone() };
    bare(one) == bare(other)
}

/// Whether two records have the same words and lists, and differ only in what the program says about them:
/// an older version knew no doubts and no kinds of votes.
fn same_words(one: &Record, other: &Record) -> bool {
    let bare = |record: &Record| {
        let mut bare = Record { doubts: Vec::new(), ..record.clone() };
        for item in &mut bare.items {
            if let Item::Vote(vote) = item {
                vote.doubts.clear();
                vote.set_kind(VoteKind::Unknown);
            }
        }
        bare
    };
    same_text(&bare(one), &bare(other))
}

/// Whether a record has an origin of its own and the other only the claim of a pack.
fn has_own_origin(record: &Record, other: &Record, replace: Replace) -> bool {
    replace != Replace::Never && record.source.pack.is_none() && other.source.pack.is_some()
}

/// Whether both are from a PDF and one has all pages of the other and more, so that the other was
/// cut off. A later edition would have the same pages with other words.
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

/// Whether the existing record is replaced.
fn is_replaced(other: &Record, record: &Record, replace: Replace) -> bool {
    let pages = |r: &Record| r.items.iter().any(|item| item.page().is_some());
    match replace {
        Replace::Always => true,
        Replace::Never => false,
        Replace::Better if has_own_origin(record, other, replace) => pages(record) || !pages(other),
        Replace::Better => {
            pages(record) && !pages(other) || completes(record, other) || same_words(record, other)
        }
    }
}
