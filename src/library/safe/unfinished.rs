//! Files that are written under a name of their own, beside the place they get when they are whole.

use std::fs::{File, TryLockError};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
#[cfg(test)]
use std::path::PathBuf;
use std::time::Duration;

use rustix::fs::OFlags;

use super::folder::{Folder, is_unsupported, ordinary, sync};

/// How the names of unfinished writes begin; readers pass over them and the next writer removes them.
pub(crate) const UNFINISHED: &str = ".tmp-";
/// The same for those of this version in folders of the program's own,
const OURS: &str = ".tmp-spv-";
/// and for those in any other folder, where only these are removed.
const OUTPUT: &str = ".tmp-spv-out-";
/// Without locks an unfinished write that was last touched so long ago has no writer any more.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

impl Folder {
    /// Begins a file beside its place; it goes when it is dropped before it has a name of its own.
    ///
    /// # Errors
    /// What the system said.
    pub fn unfinished(&self, mode: u32) -> io::Result<Unfinished> {
        self.create_unfinished(OURS, mode)
    }

    fn create_unfinished(&self, prefix: &str, mode: u32) -> io::Result<Unfinished> {
        loop {
            let number = std::hash::RandomState::new().build_hasher().finish();
            let name = format!("{prefix}{number:016x}");
            match self.create_new(&name, mode) {
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                file => {
                    return Ok(Unfinished {
                        file: file?,
                        folder: self.clone(),
                        name,
                        placed: false,
                    });
                }
            }
        }
    }

    /// The same in a folder that is not ours, as that of an export: what killed writers left there is
    /// removed first. A lock on the file says for as long as it is held that its writer lives.
    ///
    /// # Errors
    /// What the system said.
    pub fn unfinished_output(&self, mode: u32) -> io::Result<Unfinished> {
        self.remove_leftovers();
        loop {
            let beside = self.create_unfinished(OUTPUT, mode)?;
            // Another writer may have taken it for a leftover before it was locked.
            match beside.file.try_lock() {
                Err(TryLockError::WouldBlock) => {}
                _ if beside.file.metadata()?.nlink() == 0 => {}
                _ => return Ok(beside),
            }
        }
    }

    /// Removes the person's own unfinished files whose writers are dead, which the lock on them tells.
    fn remove_leftovers(&self) {
        let me = rustix::process::geteuid().as_raw();
        for name in self.names().unwrap_or_default() {
            if !name.to_string_lossy().starts_with(OUTPUT) {
                continue;
            }
            let opened = self.open_with(&name, OFlags::RDWR, 0).and_then(ordinary);
            let Ok((file, meta)) = opened else { continue };
            let old = || meta.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD));
            let dead = match file.try_lock() {
                Ok(()) => true,
                Err(TryLockError::Error(e)) => is_unsupported(&e) && old(),
                Err(TryLockError::WouldBlock) => false,
            };
            if meta.uid() == me && dead {
                // One that cannot be removed hinders nobody.
                let _ = self.remove(&name);
            }
        }
    }

    /// Writes a file beside, syncs it, renames it into place and syncs the folder. `mode` is cut by the umask.
    ///
    /// # Errors
    /// What the system said; the file that stood there is unchanged and nothing half-written is left.
    pub fn write(&self, name: impl AsRef<Path>, bytes: &[u8], mode: u32) -> io::Result<()> {
        let mut unfinished = self.unfinished(mode)?;
        unfinished.file.write_all(bytes)?;
        unfinished.finish(name)
    }

    /// Removes what killed writes left. Only for who holds the lock on a folder that is the program's own.
    pub fn clean(&self) {
        for name in self.names().unwrap_or_default() {
            if name.to_string_lossy().starts_with(UNFINISHED) {
                // One that cannot be removed is passed over by every reader all the same.
                let _ = self.remove(&name);
            }
        }
    }
}

/// A file that is being written under a name of its own. It is removed when it is dropped before it was put into
/// its place.
#[derive(Debug)]
pub(crate) struct Unfinished {
    /// The file itself.
    pub file: File,
    folder: Folder,
    name: String,
    placed: bool,
}

impl Unfinished {
    /// Syncs it, gives it its name, in the place of a file that may be there, and syncs the folder.
    ///
    /// # Errors
    /// What the system said.
    pub fn finish(self, name: impl AsRef<Path>) -> io::Result<()> {
        let folder = self.folder.clone();
        sync(&self.file)?;
        self.replace(name)?;
        folder.sync()
    }

    /// Gives it its name, in the place of a file that may be there.
    ///
    /// # Errors
    /// What the system said.
    pub fn replace(mut self, name: impl AsRef<Path>) -> io::Result<()> {
        self.folder.rename(&self.name, name)?;
        self.placed = true;
        Ok(())
    }

    /// Syncs it and gives it its name, never over a file that is there.
    ///
    /// # Errors
    /// `AlreadyExists` where something has the name; else what the system said.
    pub fn finish_new(self, name: impl AsRef<Path>) -> io::Result<()> {
        let name = name.as_ref();
        sync(&self.file)?;
        let folder = self.folder.clone();
        match folder.link(&self.name, &folder, name) {
            // The first name goes when this is dropped.
            Ok(()) => drop(self),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => return Err(e),
            // A file system without second names.
            Err(_) => self.finish_without_link(name)?,
        }
        folder.sync()
    }

    /// Gives it its name where a file can have only one: an empty file takes the name, and this one its place.
    fn finish_without_link(self, name: &Path) -> io::Result<()> {
        let folder = self.folder.clone();
        drop(folder.create_new(name, 0o600)?);
        let placed = self.replace(name);
        if placed.is_err() {
            let _ = folder.remove(name);
        }
        placed
    }
}

#[cfg(test)]
impl Unfinished {
    /// Leaves it as a killed process does, and tells where.
    pub fn leave(mut self) -> PathBuf {
        self.placed = true;
        self.folder.join(&self.name)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.placed {
            // What cannot be removed is found by the next writer.
            let _ = self.folder.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Folder) -> Vec<String> {
        let names = folder.names().unwrap().into_iter();
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_takes_the_place_of_none_with_or_without_second_names() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::named(temp.path()).unwrap();
        let beside = |text: &[u8]| {
            let mut beside = folder.unfinished(0o644).unwrap();
            beside.file.write_all(text).unwrap();
            beside
        };
        beside(b"one").finish_new("a").unwrap();
        beside(b"two").finish_without_link(Path::new("b")).unwrap();
        let taken = [
            beside(b"three").finish_new("a"),
            beside(b"three").finish_without_link(Path::new("a")),
            beside(b"three").finish_new("b"),
        ];
        for refused in taken {
            assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        }
        assert_eq!(names(&folder), ["a", "b"], "nothing unfinished is left");
        assert_eq!(
            (folder.read("a", 9).unwrap(), folder.read("b", 9).unwrap()),
            (b"one".into(), b"two".into())
        );
    }

    #[test]
    fn leftovers_of_the_dead_are_removed_and_nothing_else() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::named(temp.path()).unwrap();
        let alive = folder.unfinished_output(0o644).unwrap();
        let dead = folder.create_unfinished(OUTPUT, 0o644).unwrap().leave();
        let inside = folder.unfinished(0o644).unwrap();
        for name in [".tmp-mine", ".tmp-abc123", "thesis.doc"] {
            std::fs::write(temp.path().join(name), "precious").unwrap();
        }
        std::os::unix::fs::symlink("thesis.doc", temp.path().join(".tmp-spv-out-link")).unwrap();
        drop(folder.unfinished_output(0o644).unwrap());
        assert!(!dead.exists());
        let mut left = vec![".tmp-abc123", ".tmp-mine", ".tmp-spv-out-link", "thesis.doc"];
        left.extend([alive.name.as_str(), &inside.name]);
        left.sort_unstable();
        assert_eq!(names(&folder), left);
    }
}
