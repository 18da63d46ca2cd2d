//! The folder of an index, as tantivy sees it.
//!
//! Files are written and removed through the handle of the folder, and only under names that an index has: the lists of
//! files that tantivy keeps are in the folder itself, and whoever made the library may have written them. Memory maps
//! can only be opened by path, and nothing is changed through them.
//!
//! tantivy makes its list of segments readable for the owner alone. Here it gets the permissions of the other files of a
//! library, so that everybody who may read the library may search it. tantivy's locks are not taken: our own lock keeps
//! two writers apart, and a reader without write permission could not take one. If a writer removes a segment while a
//! reader opens it, opening fails and is tried again. No thread watches the folder.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use super::seal::{seal, unseal};
use crate::library::Folder;

/// The file with the list of segments.
pub(super) const LIST: &str = "meta.json";
/// The largest list that is read, in bytes.
const LIST_LIMIT: u64 = 64 << 20;
/// The extensions of the files of a segment.
const ENDINGS: [&str; 8] = ["idx", "pos", "term", "store", "fast", "fieldnorm", "temp", "del"];
/// The files that do not belong to one segment.
const LISTS: [&str; 5] =
    [LIST, ".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock", super::verify::NOTE];
/// The prefix of the name of a manifest.
pub(super) const MANIFEST: &str = "records-";

/// The folder of an index.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    folder: Folder,
    mapped: MmapDirectory,
    may_write: bool,
}

impl Stored {
    /// For a reader.
    pub fn to_read(folder: &Folder) -> tantivy::Result<Self> {
        let mapped = MmapDirectory::open(folder.path())?;
        in_place(folder)?;
        Ok(Self { folder: folder.clone(), mapped, may_write: false })
    }

    /// For the writer that holds its lock.
    pub fn to_write(folder: &Folder) -> tantivy::Result<Self> {
        Ok(Self { may_write: true, ..Self::to_read(folder)? })
    }

    fn writable(&self) -> io::Result<()> {
        if self.may_write { Ok(()) } else { Err(io::ErrorKind::ReadOnlyFilesystem.into()) }
    }
}

/// Refuses a folder that has been moved since it was opened: its path would lead to another folder.
pub(super) fn in_place(folder: &Folder) -> io::Result<()> {
    if folder.is_at_its_path() {
        return Ok(());
    }
    Err(io::Error::other("the folder was put elsewhere while it was in use; do it again"))
}

/// Whether an index makes files of this name.
pub(super) fn is_of_an_index(name: &Path) -> bool {
    let Some(name) = name.to_str() else { return false };
    let hexadecimal = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit());
    if let Some((first, last)) = name.strip_prefix(MANIFEST).and_then(|rest| rest.split_once('-')) {
        return hexadecimal(first) && hexadecimal(last);
    }
    let of_a_segment = |(stem, ending): (&str, &str)| {
        let ending = ending.rsplit('.').next().unwrap_or(ending);
        stem.len() == 32 && hexadecimal(stem) && ENDINGS.contains(&ending)
    };
    LISTS.contains(&name) || name.split_once('.').is_some_and(of_a_segment)
}

/// Removes the files of an index from a folder, and no others. The caller holds its lock.
pub(super) fn clear_index(folder: &Folder) {
    for name in folder.names().unwrap_or_default() {
        if is_of_an_index(Path::new(&name)) {
            // If a file cannot be removed, the next step fails and gives the reason.
            let _ = folder.remove(&name);
        }
    }
    folder.clean();
}

/// A file of the index that is synced when it is complete.
struct Synced(File);

impl Write for Synced {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Synced {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        crate::library::sync(&self.0)
    }
}

fn read_error(path: &Path, error: io::Error) -> OpenReadError {
    match error.kind() {
        io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
        _ => OpenReadError::wrap_io_error(error, path.to_owned()),
    }
}

impl Directory for Stored {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if !is_of_an_index(path) {
            return Err(OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        self.mapped.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        // A name that no index has was added to the list by somebody else, and counts as removed.
        let gone = || DeleteError::FileDoesNotExist(path.to_owned());
        let failed = |e| DeleteError::IoError { io_error: Arc::new(e), filepath: path.to_owned() };
        self.writable().map_err(failed)?;
        if !is_of_an_index(path) {
            return Err(gone());
        }
        self.folder.remove(path).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => gone(),
            _ => failed(e),
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        match self.folder.look(path) {
            Ok(_) => Ok(true),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(OpenReadError::wrap_io_error(e, path.to_owned())),
        }
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = self.writable().and_then(|()| self.folder.create_new(path, 0o644));
        let file = file.map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(e, path.to_owned()),
        })?;
        Ok(BufWriter::new(Box::new(Synced(file))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let bytes = self.folder.read(path, LIST_LIMIT).map_err(|e| read_error(path, e))?;
        unseal(bytes).map_err(|e| OpenReadError::wrap_io_error(e, path.to_owned()))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.writable()?;
        self.folder.write(path, &seal(data), 0o644)
    }

    fn sync_directory(&self) -> io::Result<()> {
        if self.may_write { self.folder.sync() } else { Ok(()) }
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_an_index_makes_are_its_own() {
        let segment = "0816acc2363d4e8c9da63ddc792abccd";
        for name in ["meta.json", ".managed.json", "records-1f-aaaa"] {
            assert!(is_of_an_index(Path::new(name)), "{name}");
        }
        for ending in ["idx", "term", "12.del", "fast"] {
            assert!(is_of_an_index(Path::new(&format!("{segment}.{ending}"))), "{ending}");
        }
        for name in ["lock", "x.idx", "thesis.doc", "notes.json", "records-x-1", "records-1", ".."]
        {
            assert!(!is_of_an_index(Path::new(name)), "{name}");
        }
        for other in [format!("../{segment}.idx"), format!("{segment}.doc"), segment.to_owned()] {
            assert!(!is_of_an_index(Path::new(&other)), "{other}");
        }
    }

    #[test]
    fn a_list_of_files_leads_no_deletion_elsewhere() {
        let temp = tempfile::tempdir().unwrap();
        let index = temp.path().join("index");
        std::fs::create_dir(&index).unwrap();
        let segment = "0816acc2363d4e8c9da63ddc792abccd.idx";
        let theirs = [temp.path().join("thesis.doc"), temp.path().join(segment), index.join("x")];
        theirs.iter().for_each(|file| std::fs::write(file, "precious").unwrap());
        std::fs::write(index.join(segment), "ours").unwrap();
        let folder = Folder::named(&index).unwrap();
        let stored = Stored::to_write(&folder).unwrap();
        let absolute = theirs[0].to_str().unwrap().to_owned();
        for name in ["../thesis.doc", &format!("../{segment}"), "x", "..", "", &absolute] {
            let deleted = stored.delete(Path::new(name));
            assert!(matches!(deleted, Err(DeleteError::FileDoesNotExist(_))), "{name}");
            assert!(stored.get_file_handle(Path::new(name)).is_err(), "{name}");
        }
        assert!(stored.open_write(Path::new("../made")).is_err());
        assert!(stored.atomic_write(Path::new("../made"), b"x").is_err());
        stored.delete(Path::new(segment)).unwrap();
        theirs.iter().for_each(|file| assert_eq!(std::fs::read(file).unwrap(), b"precious"));
        assert!(!index.join(segment).exists());
        // Another folder has its place now, and nothing is opened by the path.
        std::fs::rename(&index, temp.path().join("moved")).unwrap();
        std::fs::create_dir(&index).unwrap();
        assert!(Stored::to_read(&folder).is_err());
    }
}
