//! A folder of record files, or the exercise debates inside the binary.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use super::catalogue::edition;
use super::decode::{Decoded, decode};
use super::encode::encode;
use super::files::{Fault, one_line, parse, read_record};
use super::scan::{scan, take_in};
use super::{Catalogue, Entry, inside};
use crate::record::{Language, Record, Symbol};

/// A library: where it is, what is in it, and what of it could not be read.
#[derive(Debug, Default)]
pub struct Library {
    root: Option<PathBuf>,
    catalogue: Catalogue,
    problems: Vec<Problem>,
}

/// A file that could not be read; the others still load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// Where in it, what is wrong and what to do, in one line.
    pub message: String,
}

/// Why a library or a record in it could not be used; the message names file, place and what to do.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The record is not here.
    #[error("{symbol} is not in the library")]
    NotHere {
        /// Its symbol.
        symbol: Symbol,
    },
    /// The file is no sound record.
    #[error("{}: {message}", file.display())]
    Bad {
        /// The file.
        file: PathBuf,
        /// Place, fault and what to do.
        message: String,
    },
    /// The system refused.
    #[error("{}: {source}", file.display())]
    Io {
        /// The file or folder.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl LibraryError {
    /// The folder of a library that cannot be read.
    fn folder(root: &Path, source: io::Error) -> Self {
        let what = match source.kind() {
            io::ErrorKind::NotFound => {
                "there is no such folder; give another with --library, or fill this one with spv import"
            }
            io::ErrorKind::NotADirectory => {
                "this is no folder; give the folder of a library, or import the file with spv import"
            }
            io::ErrorKind::PermissionDenied => {
                "you may not read this folder; ask its owner for leave, or give another with --library"
            }
            _ => return Self::Io { file: root.to_owned(), source },
        };
        Self::Bad { file: root.to_owned(), message: what.to_owned() }
    }
}

impl Library {
    /// The exercise debates inside the binary.
    #[must_use]
    pub fn exercise() -> Self {
        let catalogue = decode(inside::CATALOGUE).map(|decoded| decoded.catalogue.sorted());
        Self { root: None, catalogue: catalogue.unwrap_or_default(), problems: Vec::new() }
    }

    /// Opens a folder: one with `records/YYYY/`, or a flat one of record files. Files that cannot be
    /// read become [`Problem`]s; an empty library is one with nothing in it.
    ///
    /// # Errors
    /// When the folder itself is missing or cannot be read.
    pub fn open(root: &Path) -> Result<Self, LibraryError> {
        let looked = scan(root).map_err(|source| LibraryError::folder(root, source))?;
        let (disk, outlines) = take_in(root, looked, &mut HashMap::new());
        let bytes = encode(&disk, &outlines).unwrap_or_default();
        Ok(Self::of_decoded(root, decode(&bytes).unwrap_or_default()))
    }

    fn of_decoded(root: &Path, decoded: Decoded) -> Self {
        let problems = decoded
            .disk
            .problems
            .into_iter()
            .map(|bad| Problem { file: root.join(bad.file), message: bad.message })
            .collect();
        Self { root: Some(root.to_owned()), catalogue: decoded.catalogue, problems }
    }

    /// What is in it.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What of it could not be read.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The folder, `None` for what is inside the binary.
    #[must_use]
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// The file of an entry, `None` for what is inside the binary.
    #[must_use]
    pub fn file(&self, entry: &Entry) -> Option<PathBuf> {
        self.root.as_ref().map(|root| root.join(entry.file()))
    }

    /// The entry of this symbol in this language, or else in English, or else in any.
    #[must_use]
    pub fn entry(&self, symbol: &Symbol, language: Option<&Language>) -> Option<&Entry> {
        edition(self.catalogue.editions(symbol), language)
    }

    /// Reads the record of an entry.
    ///
    /// # Errors
    /// When the file cannot be read, is no record, or holds another record by now.
    pub fn load(&self, entry: &Entry) -> Result<Record, LibraryError> {
        let file = self.file(entry).unwrap_or_else(|| entry.file());
        let read = match &self.root {
            Some(_) => read_record(&file),
            None => {
                let text = inside::TEXTS.iter().find(|(name, _)| file.to_str() == Some(name));
                let (_, bytes) =
                    text.ok_or_else(|| LibraryError::NotHere { symbol: entry.symbol.clone() })?;
                parse(bytes)
            }
        };
        let bad = |fault: Fault| LibraryError::Bad { file: file.clone(), message: fault.message };
        let record = read.map_err(bad)?;
        if record.symbol == entry.symbol && record.language == entry.language {
            return Ok(record);
        }
        Err(LibraryError::Bad {
            message: one_line(&format!(
                "field symbol: it now holds {} in {}; start again to take that in",
                record.symbol,
                record.language.name()
            )),
            file,
        })
    }

    /// Writes a record: beside, synced and renamed; an earlier edition of the same record is replaced.
    ///
    /// # Errors
    /// When the folder cannot be written; what was there is unchanged.
    pub fn store(root: &Path, record: &Record) -> Result<PathBuf, LibraryError> {
        let file = root.join(super::usual_file(&record.symbol, &record.language, record.date));
        let io = |source| LibraryError::Io { file: file.clone(), source };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(io)?;
        }
        let text = crate::record::json::write(record);
        let packed = zstd::encode_all(text.as_bytes(), 19).map_err(io)?;
        std::fs::write(&file, packed).map_err(io)?;
        Ok(file)
    }
}
