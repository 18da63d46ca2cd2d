//! The download folder: `.spv/get/` in the library, for one `spv get` at a time.
//!
//! Partial files end in `.part`, with a file `.about` that identifies the answer they are part of.
//! A file gets its own name only when it is complete and checked, so a killed process leaves
//! nothing misleading.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::library::error::LibraryError;
use crate::library::keeping::{made_as_open, own_folder};
use crate::library::safe::{self, Held, sync};
use crate::library::writer::{refuse_flat, take_lock};

/// The ending of partial files.
pub const PARTIAL: &str = ".part";
/// The ending of the file that describes it.
const ABOUT: &str = ".about";
/// The largest text kept, in bytes.
const WORDS: u64 = 1 << 20;
/// Partial files older than this are removed, not resumed.
const OLD: Duration = Duration::from_secs(60 * 60 * 24 * 60);

/// The folder and the right to download into it, held until dropped.
#[derive(Debug)]
pub struct Folder {
    open: safe::Folder,
    _lock: Held,
}

fn partial_name(name: &str) -> String {
    format!("{name}{PARTIAL}")
}

fn about_name(name: &str) -> String {
    format!("{name}{ABOUT}")
}

/// What a partial file is part of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// The URL that was requested.
    pub address: String,
    /// The ETag or time of the answer, if any.
    pub tag: Option<String>,
    /// The total length, if stated.
    pub whole: Option<u64>,
}

impl Folder {
    /// Opens the folder in a library, creating it if missing, and takes its lock.
    ///
    /// # Errors
    /// If another `spv get` is running there, or the library cannot be written.
    pub fn open(library: &Path) -> Result<Self, LibraryError> {
        let refused = |e: io::Error| LibraryError::unwritten(library, &e);
        std::fs::create_dir_all(library).map_err(refused)?;
        let root = library.canonicalize().map_err(refused)?;
        refuse_flat(&root)?;
        let make = || -> io::Result<safe::Folder> {
            made_as_open(&own_folder(&safe::Folder::named(&root)?)?, "get")
        };
        let open = make().map_err(|e| LibraryError::unwritten(&root.join(".spv/get"), &e))?;
        let lock = take_lock(&open)?;
        open.clean();
        let folder = Self { open, _lock: lock };
        folder.forget_old();
        Ok(folder)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        self.open.path()
    }

    /// The path of a finished file.
    pub fn file(&self, name: &str) -> PathBuf {
        self.open.join(name)
    }

    /// The number of bytes of a file that are present, finished or partial.
    pub fn present_bytes(&self, name: &str) -> u64 {
        let size = |name: &str| self.open.open(name).ok()?.metadata().map(|meta| meta.len()).ok();
        size(name).or_else(|| size(&partial_name(name))).unwrap_or(0)
    }

    /// The free bytes for this user on the disk of the folder, if known.
    pub fn free(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(self.path()).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// Writes a small text file, completely or not at all.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn keep_words(&self, name: &str, words: &str) -> Result<(), LibraryError> {
        let written = self.open.write(name, words.as_bytes(), 0o644);
        written.map_err(|e| LibraryError::unwritten(&self.file(name), &e))
    }

    /// The content of a small text file.
    pub fn words(&self, name: &str) -> Option<String> {
        String::from_utf8(self.open.read(name, WORDS).ok()?).ok()
    }

    /// Removes a file and its partial file.
    pub fn remove(&self, name: &str) {
        for name in [name.to_owned(), partial_name(name), about_name(name)] {
            // What cannot be removed is checked again the next time.
            let _ = self.open.remove(name);
        }
    }

    /// Renames a finished file.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn rename(&self, from: &str, to: &str) -> Result<(), LibraryError> {
        self.open.rename(from, to).map_err(|e| LibraryError::unwritten(&self.file(from), &e))
    }

    /// Moves a finished file to an unused name in a folder of the user, possibly on another disk.
    ///
    /// # Errors
    /// `AlreadyExists` if the name is taken, else the error of the system.
    pub fn move_out(&self, name: &str, to: &Path) -> io::Result<()> {
        let keep = safe::Folder::named(to)?;
        if self.open.link(name, &keep, name).is_ok() {
            return self.open.remove(name);
        }
        if keep.has(name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let mut unfinished = keep.unfinished_output(0o644)?;
        io::copy(&mut self.open.open(name)?, &mut unfinished.file)?;
        unfinished.finish_new(name)?;
        self.open.remove(name)
    }

    /// Opens a partial file for appending.
    pub(super) fn open_partial(&self, name: &str) -> Result<Partial, LibraryError> {
        let path = self.open.join(partial_name(name));
        let open = || -> io::Result<Partial> {
            let file = self.open.append(partial_name(name), 0o644)?;
            let have = file.metadata()?.len();
            let about =
                self.words(&about_name(name)).and_then(|text| serde_json::from_str(&text).ok());
            Ok(Partial {
                file,
                have,
                about: about.unwrap_or_default(),
                folder: self.open.clone(),
                name: name.to_owned(),
                path: path.clone(),
            })
        };
        open().map_err(|e| LibraryError::unwritten(&path, &e))
    }

    /// Gives a checked file its own name.
    pub(super) fn finish(&self, name: &str, partial: Partial) -> Result<PathBuf, LibraryError> {
        let file = self.file(name);
        let rename = || -> io::Result<()> {
            sync(&partial.file)?;
            self.open.rename(partial_name(name), name)?;
            self.open.sync()
        };
        rename().map_err(|e| LibraryError::unwritten(&file, &e))?;
        let _ = self.open.remove(about_name(name));
        Ok(file)
    }

    /// Removes partial files that are too old to resume.
    fn forget_old(&self) {
        for name in self.open.names().unwrap_or_default() {
            let Some(stem) = name.to_str().and_then(|name| name.strip_suffix(PARTIAL)) else {
                continue;
            };
            let time = self.open.open(&name).and_then(|file| file.metadata()?.modified());
            let age = time.ok().and_then(|time| time.elapsed().ok());
            if age.is_some_and(|age| age > OLD) {
                self.remove(stem);
            }
        }
    }
}

/// A partial file.
#[derive(Debug)]
pub(super) struct Partial {
    file: File,
    /// Its size in bytes.
    pub have: u64,
    /// What it is part of.
    pub about: About,
    folder: safe::Folder,
    name: String,
    /// Its path.
    pub path: PathBuf,
}

impl Partial {
    /// Empties the file and describes what it will be part of. The description is written while the
    /// file is empty, so that it never refers to other bytes.
    pub(super) fn restart(&mut self, about: About) -> Result<(), LibraryError> {
        let refused = |path: &Path, e: io::Error| LibraryError::unwritten(path, &e);
        self.file.set_len(0).map_err(|e| refused(&self.path, e))?;
        self.have = 0;
        let text = serde_json::to_string(&about).unwrap_or_default();
        let file = about_name(&self.name);
        self.folder
            .write(&file, text.as_bytes(), 0o644)
            .map_err(|e| refused(&self.folder.join(&file), e))?;
        self.about = about;
        Ok(())
    }

    /// Appends bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), LibraryError> {
        self.file.write_all(bytes).map_err(|e| LibraryError::unwritten(&self.path, &e))?;
        self.have += bytes.len() as u64;
        Ok(())
    }
}
