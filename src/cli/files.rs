//! Files and folders named on the command line, read up to a size limit.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::out::Failure;
use crate::library::RECORD_LIMIT;

/// The kind of a file, by the extension of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Plain text, `.txt`.
    Text,
    /// A record file, `.json` or `.json.zst`.
    Json,
    /// A Word file, a web page or Markdown.
    Form,
    /// An official PDF, `.pdf`.
    Pdf,
    /// A pack, `.tar`.
    Tar,
    /// Anything else.
    Other,
}

impl FileKind {
    /// The kind of a file by its name.
    pub fn of(path: &Path) -> Self {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let kinds = [
            (".txt", Self::Text),
            (".docx", Self::Form),
            (".html", Self::Form),
            (".htm", Self::Form),
            (".xhtml", Self::Form),
            (".md", Self::Form),
            (".markdown", Self::Form),
            (".eml", Self::Form),
            (".json", Self::Json),
            (".json.zst", Self::Json),
            (".pdf", Self::Pdf),
            (".tar", Self::Tar),
        ];
        kinds.iter().find(|(end, _)| name.ends_with(end)).map_or(Self::Other, |(_, kind)| *kind)
    }
}

/// What is in a folder and its subfolders.
#[derive(Debug, Default)]
pub struct FilesBelow {
    /// The regular files, sorted by name.
    pub files: Vec<PathBuf>,
    /// What was passed over, and why: links to folders, and what is no regular file.
    pub passed: Vec<(PathBuf, &'static str)>,
    /// Folders and links that could not be read.
    pub problems: Vec<Failure>,
}

/// Lists the files in a folder and its subfolders. Hidden files are left out. Links to folders are not
/// followed, so that a loop of links ends. A subfolder that cannot be read, such as `lost+found`, is one
/// problem, and the rest is listed.
pub fn files_below(folder: &Path) -> FilesBelow {
    let mut below = FilesBelow::default();
    list_folder(folder, &mut below);
    below
}

fn list_folder(folder: &Path, below: &mut FilesBelow) {
    let mut entries = Vec::new();
    match std::fs::read_dir(folder) {
        Ok(listed) => {
            for entry in listed {
                match entry {
                    Ok(entry) => entries.push(entry),
                    Err(e) => below.problems.push(Failure::io(folder, &e)),
                }
            }
        }
        Err(e) => below.problems.push(Failure::io(folder, &e)),
    }
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list_folder(&path, below),
            Ok(kind) if kind.is_symlink() => match std::fs::metadata(&path) {
                Ok(meta) if meta.is_file() => below.files.push(path),
                Ok(meta) if meta.is_dir() => below.passed.push((path, "a link to a folder")),
                Ok(_) => below.passed.push((path, "not a regular file")),
                // It leads nowhere, or in a circle.
                Err(e) => below.problems.push(Failure::io(&path, &e)),
            },
            Ok(kind) if kind.is_file() => below.files.push(path),
            Ok(_) => below.passed.push((path, "not a regular file")),
            Err(e) => below.problems.push(Failure::io(&path, &e)),
        }
    }
}

/// Reads a file, decompressed if its name ends with `.zst`.
///
/// # Errors
/// If it cannot be read (exit code 3), is larger than any record or cannot be decompressed (2).
pub fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let io = |e: std::io::Error| Failure::io(path, &e);
    // Checked before opening it, since opening a pipe waits for its writer.
    if !std::fs::metadata(path).map_err(io)?.is_file() {
        return Err(Failure::wrong(format!(
            "{}: not a regular file; name a .txt, .pdf, .docx, .html or .json file",
            path.display()
        )));
    }
    let file = File::open(path).map_err(io)?;
    if path.extension().is_some_and(|end| end == "zst") {
        let unpacked = zstd::stream::read::Decoder::new(file)
            .and_then(|mut decoder| decoder.window_log_max(23).map(|()| decoder));
        return unpacked.and_then(|decoder| read_limited(path, decoder)).map_err(|e| {
            Failure::wrong(format!(
                "{}: cannot be decompressed ({e}); it is damaged or not a zstd file",
                path.display()
            ))
        })?;
    }
    read_limited(path, file).map_err(io)?
}

/// All bytes of standard input, of which `first` were read before.
///
/// # Errors
/// If it cannot be read, or is larger than any record.
pub fn read_standard_input(first: &[u8]) -> Result<Vec<u8>, Failure> {
    let name = Path::new("standard input");
    read_limited(name, first.chain(std::io::stdin().lock())).map_err(|e| Failure::io(name, &e))?
}

/// Reads a source up to the largest size of a record.
fn read_limited(path: &Path, source: impl Read) -> std::io::Result<Result<Vec<u8>, Failure>> {
    let mut bytes = Vec::new();
    source.take(RECORD_LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= RECORD_LIMIT {
        return Ok(Ok(bytes));
    }
    Ok(Err(Failure::wrong(format!(
        "{}: larger than {} MB, which no record is; split it by meeting",
        path.display(),
        RECORD_LIMIT >> 20
    ))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_for_what_its_name_says() {
        for (name, sort) in [
            ("a.txt", FileKind::Text),
            ("a/S_PV.1.en.JSON", FileKind::Json),
            ("S_PV.1.en.json.zst", FileKind::Json),
            ("a/S_PV.1_E.PDF", FileKind::Pdf),
            ("2019.tar", FileKind::Tar),
            ("a.tar.gz", FileKind::Other),
            ("a.doc", FileKind::Other),
            ("a.docx", FileKind::Form),
            ("a.HTM", FileKind::Form),
            ("a.md", FileKind::Form),
            ("txt", FileKind::Other),
        ] {
            assert_eq!(FileKind::of(Path::new(name)), sort, "{name}");
        }
    }

    #[test]
    fn a_folder_is_read_by_name_and_a_loop_of_links_ends() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("b")).unwrap();
        for name in ["c.txt", "a.txt", "b/d.json", ".hidden.txt"] {
            std::fs::write(at(name), "x").unwrap();
        }
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, at(name)).unwrap();
        link(folder.path(), "b/loop");
        link(Path::new("nowhere"), "b/dangling.txt");
        link(Path::new("circle.txt"), "circle.txt");
        link(&at("a.txt"), "link.txt");
        let below = files_below(folder.path());
        assert_eq!(below.files, [at("a.txt"), at("b/d.json"), at("c.txt"), at("link.txt")]);
        assert_eq!(below.passed, [(at("b/loop"), "a link to a folder")]);
        let names: Vec<bool> = ["dangling", "circle"]
            .iter()
            .zip(&below.problems)
            .map(|(name, problem)| problem.code == 3 && problem.message.contains(name))
            .collect();
        assert_eq!(names, [true, true], "{:?}", below.problems);
        // A folder that may not be read; root may read every folder.
        let closed = at("b");
        let allow = |mode| {
            std::fs::set_permissions(&closed, std::os::unix::fs::PermissionsExt::from_mode(mode))
        };
        allow(0o000).unwrap();
        if std::fs::read_dir(&closed).is_err() {
            let below = files_below(folder.path());
            assert_eq!(below.files, [at("a.txt"), at("c.txt"), at("link.txt")]);
            assert!(below.problems[0].message.contains("/b"), "{:?}", below.problems);
        }
        allow(0o755).unwrap();
        let missing = files_below(&at("missing"));
        assert_eq!((missing.files.len(), missing.problems.len()), (0, 1));
        assert_eq!(missing.problems[0].code, 3);
    }
}
