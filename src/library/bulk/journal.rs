//! The journal of bulk imports: which record came from which source, batch by batch.
//!
//! One JSON object a line, in `.spv/imported`. A batch counts once its line is on disk; a cut or
//! damaged line is skipped, and its records are compared with their files again. The journal may be
//! deleted at any time: the next import then reads more and changes nothing.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::library::files::stamp;
use crate::library::safe::{Folder, sync};

/// The file in `.spv/`.
const FILE: &str = "imported";
/// A larger file is not a journal of this program, in bytes.
const LIMIT: u64 = 256 << 20;
/// The number of completed imports that are remembered.
const IMPORTS: usize = 16;

/// What an imported record was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// In the words of the importer.
    pub words: String,
    /// Another record was kept instead.
    pub other: bool,
}

/// The result of importing a source: the file of the record, or of the one that was kept instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Imported {
    /// Its file, relative to the root.
    pub file: String,
    /// What it was made from, in the words of the importer.
    pub origin: String,
    size: u64,
    seconds: i64,
    nanos: u32,
    /// Another record was kept instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other: bool,
}

impl Imported {
    /// The current state of a file.
    pub(super) fn now(root: &Path, file: &Path, origin: &str, other: bool) -> io::Result<Self> {
        let at = stamp(&std::fs::metadata(root.join(file))?);
        let file = file.to_string_lossy().into_owned();
        let (size, seconds, nanos) = (at.size, at.seconds, at.nanos);
        Ok(Self { file, origin: origin.to_owned(), size, seconds, nanos, other })
    }

    /// Whether the file is unchanged since it was noted.
    fn is_unchanged(&self, root: &Path) -> bool {
        std::fs::metadata(root.join(&self.file)).is_ok_and(|meta| {
            let at = stamp(&meta);
            (at.size, at.seconds, at.nanos) == (self.size, self.seconds, self.nanos)
        })
    }
}

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    /// Records that are on disk.
    Batch(Vec<Imported>),
    /// A completed import of these inputs.
    Complete(String),
}

/// The journal of a library, read whole.
#[derive(Debug)]
pub(super) struct Journal {
    root: PathBuf,
    folder: Folder,
    file: Option<File>,
    known: HashMap<String, Imported>,
    complete: Vec<String>,
}

impl Journal {
    /// Reads the journal; one that cannot be read counts as empty.
    pub(super) fn open(root: &Path, folder: Folder) -> Self {
        let mut journal = Self {
            root: root.to_owned(),
            file: None,
            known: HashMap::new(),
            complete: Vec::new(),
            folder,
        };
        for line in journal.text().unwrap_or_default().lines() {
            match serde_json::from_str(line) {
                Ok(Line::Batch(batch)) => journal.learn(batch),
                Ok(Line::Complete(inputs)) => journal.completed(inputs),
                Err(_) => {}
            }
        }
        journal
    }

    fn text(&self) -> io::Result<String> {
        let bytes = self.folder.read(FILE, LIMIT)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn learn(&mut self, batch: Vec<Imported>) {
        for record in batch {
            self.known.insert(record.file.clone(), record);
        }
    }

    fn completed(&mut self, inputs: String) {
        self.complete.retain(|there| *there != inputs);
        self.complete.push(inputs);
        let more = self.complete.len().saturating_sub(IMPORTS);
        self.complete.drain(..more);
    }

    /// Whether another record was kept instead of some imported one.
    pub(super) fn has_others(&self) -> bool {
        self.known.values().any(|record| record.other)
    }

    /// The origins of files that are unchanged; `others` includes records that were kept instead of
    /// the imported one.
    pub(super) fn origins(&self, others: bool) -> HashMap<String, Origin> {
        let wanted = |record: &&Imported| others || !record.other;
        let still = self.known.values().filter(wanted).filter(|s| s.is_unchanged(&self.root));
        let origin = |s: &Imported| Origin { words: s.origin.clone(), other: s.other };
        still.map(|s| (s.file.clone(), origin(s))).collect()
    }

    /// Whether an import of these inputs was completed and all known files are unchanged.
    pub(super) fn is_complete(&self, inputs: &str) -> bool {
        self.complete.iter().any(|there| there == inputs)
            && self.known.values().all(|record| record.is_unchanged(&self.root))
    }

    /// Writes a batch; it is on disk when this returns.
    pub(super) fn note(&mut self, batch: Vec<Imported>) -> io::Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut line = serde_json::to_vec(&Line::Batch(batch.clone()))?;
        // A newline first, in case a killed writer left a partial line.
        line.insert(0, b'\n');
        line.push(b'\n');
        if self.file.is_none() {
            self.file = Some(self.folder.append(FILE, 0o644)?);
        }
        if let Some(file) = &mut self.file {
            file.write_all(&line)?;
            sync(file)?;
        }
        self.learn(batch);
        Ok(())
    }

    /// Marks the import of these inputs as completed, and rewrites the journal with each record
    /// once.
    pub(super) fn complete(&mut self, inputs: String) -> io::Result<()> {
        self.completed(inputs);
        let mut known: Vec<Imported> = self.known.values().cloned().collect();
        known.sort_by(|a, b| a.file.cmp(&b.file));
        let mut lines = Vec::new();
        for batch in known.chunks(256) {
            serde_json::to_writer(&mut lines, &Line::Batch(batch.to_vec()))?;
            lines.push(b'\n');
        }
        for inputs in &self.complete {
            serde_json::to_writer(&mut lines, &Line::Complete(inputs.clone()))?;
            lines.push(b'\n');
        }
        self.file = None;
        self.folder.write(FILE, &lines, 0o644)
    }
}
