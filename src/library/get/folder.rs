//! The folder of what is being fetched: `.spv/get/` in the library, one `spv get` at a time.
//!
//! What is unfinished ends in `.part`, with a file `.about` beside that says which answer it is the
//! beginning of. A file has its own name only when it is whole and was found sound, so a killed
//! process leaves nothing that could be taken for more than it is.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::library::error::LibraryError;
use crate::library::keeping::{made_as_open, own_folder};
use crate::library::safe::{self, Held, sync};
use crate::library::writer::{locked, refuse_flat};

/// How the name of an unfinished file ends.
pub const PARTIAL: &str = ".part";
/// How the name of the file beside it ends.
const ABOUT: &str = ".about";
/// Words that are kept have at most this many bytes.
const WORDS: u64 = 1 << 20;
/// What was begun longer ago than this is not gone on with.
const OLD: Duration = Duration::from_secs(60 * 60 * 24 * 60);

/// The folder, and the right to fetch into it, held until it is dropped.
#[derive(Debug)]
pub struct Folder {
    open: safe::Folder,
    _lock: Held,
}

fn part(name: &str) -> String {
    format!("{name}{PARTIAL}")
}

fn about(name: &str) -> String {
    format!("{name}{ABOUT}")
}

/// What an unfinished file is the beginning of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// The address that was asked for it.
    pub address: String,
    /// The ETag or the time of the answer, where there was one.
    pub tag: Option<String>,
    /// The whole length, where it was said.
    pub whole: Option<u64>,
}

impl Folder {
    /// Opens the folder in a library, which is made where it is not there, and takes its lock.
    ///
    /// # Errors
    /// When another `spv get` works there, or the library may not be written.
    pub fn open(library: &Path) -> Result<Self, LibraryError> {
        let refused = |e: io::Error| LibraryError::unwritten(library, &e);
        std::fs::create_dir_all(library).map_err(refused)?;
        let root = library.canonicalize().map_err(refused)?;
        refuse_flat(&root)?;
        let make = || -> io::Result<safe::Folder> {
            made_as_open(&own_folder(&safe::Folder::named(&root)?)?, "get")
        };
        let open = make().map_err(|e| LibraryError::unwritten(&root.join(".spv/get"), &e))?;
        let lock = locked(&open)?;
        open.clean();
        let folder = Self { open, _lock: lock };
        folder.forget_old();
        Ok(folder)
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.open.path()
    }

    /// Where a finished file of this name stands.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.open.join(name)
    }

    /// How many bytes of a file are here, finished or not.
    #[must_use]
    pub fn here(&self, name: &str) -> u64 {
        let size = |name: &str| self.open.open(name).ok()?.metadata().map(|meta| meta.len()).ok();
        size(name).or_else(|| size(&part(name))).unwrap_or(0)
    }

    /// The bytes that are free for this person on the disk of the folder, `None` where it does not say.
    #[must_use]
    pub fn free(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(self.path()).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// Keeps a few words under a name, whole or not at all.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep_words(&self, name: &str, words: &str) -> Result<(), LibraryError> {
        let written = self.open.write(name, words.as_bytes(), 0o644);
        written.map_err(|e| LibraryError::unwritten(&self.file(name), &e))
    }

    /// The words kept under a name.
    #[must_use]
    pub fn words(&self, name: &str) -> Option<String> {
        String::from_utf8(self.open.read(name, WORDS).ok()?).ok()
    }

    /// Removes a file of this name and what was begun of it.
    pub fn remove(&self, name: &str) {
        for name in [name.to_owned(), part(name), about(name)] {
            // What cannot be removed is found again and judged again the next time.
            let _ = self.open.remove(name);
        }
    }

    /// Gives a finished file another name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn rename(&self, from: &str, to: &str) -> Result<(), LibraryError> {
        self.open.rename(from, to).map_err(|e| LibraryError::unwritten(&self.file(from), &e))
    }

    /// Moves a finished file to a name in a folder of the person that nothing has there, also onto another disk.
    ///
    /// # Errors
    /// `AlreadyExists` where something has the name; else what the system said.
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

    /// Opens what was begun of a file, to be written at its end.
    pub(super) fn begun(&self, name: &str) -> Result<Partial, LibraryError> {
        let path = self.open.join(part(name));
        let open = || -> io::Result<Partial> {
            let file = self.open.append(part(name), 0o644)?;
            let have = file.metadata()?.len();
            let about = self.words(&about(name)).and_then(|text| serde_json::from_str(&text).ok());
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

    /// Gives a file that was found sound its own name.
    pub(super) fn finish(&self, name: &str, begun: Partial) -> Result<PathBuf, LibraryError> {
        let file = self.file(name);
        let rename = || -> io::Result<()> {
            sync(&begun.file)?;
            self.open.rename(part(name), name)?;
            self.open.sync()
        };
        rename().map_err(|e| LibraryError::unwritten(&file, &e))?;
        let _ = self.open.remove(about(name));
        Ok(file)
    }

    /// Removes what was begun so long ago that nobody comes back to it.
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

/// An unfinished file.
#[derive(Debug)]
pub(super) struct Partial {
    file: File,
    /// How many bytes are in it.
    pub have: u64,
    /// What it is the beginning of.
    pub about: About,
    folder: safe::Folder,
    name: String,
    /// Where it is.
    pub path: PathBuf,
}

impl Partial {
    /// Empties the file and notes what will be the beginning in it. The note is written while the
    /// file is empty, so that it never tells of other bytes.
    pub(super) fn afresh(&mut self, about: About) -> Result<(), LibraryError> {
        let refused = |path: &Path, e: io::Error| LibraryError::unwritten(path, &e);
        self.file.set_len(0).map_err(|e| refused(&self.path, e))?;
        self.have = 0;
        let text = serde_json::to_string(&about).unwrap_or_default();
        let file = self::about(&self.name);
        self.folder
            .write(&file, text.as_bytes(), 0o644)
            .map_err(|e| refused(&self.folder.join(&file), e))?;
        self.about = about;
        Ok(())
    }

    /// Adds bytes at the end.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), LibraryError> {
        self.file.write_all(bytes).map_err(|e| LibraryError::unwritten(&self.path, &e))?;
        self.have += bytes.len() as u64;
        Ok(())
    }
}
