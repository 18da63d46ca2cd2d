//! Links in a library lead no write and no deletion out of it.
//!
//! Whoever sends a library may put a link in the place of anything in it. Here each name that the program knows is
//! such a link, to files of the person who opens the library, and every command that writes is run on
//! it. What the person has stays as it is, to the byte and the mode.

use std::collections::BTreeMap;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use spv::library::{Keeping, Library, Replace, Writer};
use spv::search::index::{Index, update_index};

use super::kit::{Kit, record, run};
use super::pty::Home;

/// A file that tantivy could have made.
const SEGMENT: &str = "0816acc2363d4e8c9da63ddc792abccd.idx";

/// The names that are folders in a library.
const FOLDERS: [&str; 9] = [
    ".spv",
    ".spv/index",
    ".spv/get",
    "records",
    "records/2019",
    "records/2020",
    "editions",
    "editions/2020",
    "records/2020/.tmp-y",
];

/// The names that are files in a library.
const FILES: [&str; 16] = [
    ".spv/lock",
    ".spv/catalogue",
    ".spv/references",
    ".spv/import.log",
    ".spv/imported",
    ".spv/.tmp-x",
    ".spv/get/lock",
    ".spv/index/lock",
    ".spv/index/meta.json",
    ".spv/index/.managed.json",
    ".spv/index/.tantivy-writer.lock",
    ".spv/index/.tantivy-meta.lock",
    ".spv/index/records-1-1",
    ".spv/index/0816acc2363d4e8c9da63ddc792abccd.idx",
    "records/2020/.tmp-x",
    "records/2020/S_PV.8700.en.json.zst",
];

/// How a name leads to the person's files.
#[derive(Clone, Copy, Debug, PartialEq)]
enum How {
    Link,
    /// A second name of the same file.
    HardLink,
    /// A link to a file that is not there, which would be made.
    Dangling,
}

/// A person with files, and a library that somebody sent.
struct Victim {
    kit: Kit,
}

impl Victim {
    fn new() -> Self {
        let kit = Kit::empty();
        std::fs::create_dir_all(kit.at("library/records/2020")).unwrap();
        let stored = record("S/PV.8700", "en", "2020-01-09").to_string();
        kit.write("library/records/2020/S_PV.8700.en.json", stored);
        let other = record("S/PV.8701", "en", "2020-01-10").to_string();
        kit.write("8701.json", other);
        let mut changed = record("S/PV.8700", "en", "2020-01-09");
        changed["topic"] = "Another invented topic".into();
        kit.write("8700.json", changed.to_string());
        let victim = Self { kit };
        std::fs::create_dir(victim.home()).unwrap();
        let names = ["thesis.doc", "meta.json", ".managed.json", "lock", "catalogue", "imported"];
        let names =
            names.into_iter().chain([".tmp-mine", "records-1-1", SEGMENT, "S_PV.1.en.json"]);
        for name in names {
            std::fs::write(victim.home().join(name), format!("precious {name}")).unwrap();
            let open = std::fs::Permissions::from_mode(0o666);
            std::fs::set_permissions(victim.home().join(name), open).unwrap();
        }
        victim
    }

    /// The person's own folder, outside of the library.
    fn home(&self) -> PathBuf {
        self.kit.at("precious")
    }

    /// Every file of the person with its bytes and mode.
    fn files(&self) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
        let entries = std::fs::read_dir(self.home()).unwrap().map(|e| e.unwrap().path());
        let mut files: BTreeMap<_, _> = entries
            .map(|path| {
                let mode = path.symlink_metadata().unwrap().permissions().mode();
                let bytes = std::fs::read(&path).unwrap();
                (path, (mode, bytes))
            })
            .collect();
        let mode = std::fs::metadata(self.home()).unwrap().permissions().mode();
        files.insert(self.home(), (mode, Vec::new()));
        files
    }

    /// Puts a link in the place of a name of the library.
    fn plant(&self, name: &str, to: &Path, how: How) {
        let at = self.kit.library().join(name);
        let is_folder = at.symlink_metadata().is_ok_and(|meta| meta.is_dir());
        let gone = if is_folder { std::fs::remove_dir_all(&at) } else { std::fs::remove_file(&at) };
        assert!(gone.is_ok() || at.symlink_metadata().is_err(), "{name}");
        let above = at.parent().unwrap();
        if above.is_symlink() || above.is_file() {
            std::fs::remove_file(above).unwrap();
        }
        std::fs::create_dir_all(above).unwrap();
        match how {
            How::HardLink => std::fs::hard_link(to, &at).unwrap(),
            How::Link | How::Dangling => symlink(to, &at).unwrap(),
        }
    }

    /// Does, in this process, all that writes into a library; each may fail, and none may do harm.
    fn everything(&self) {
        let root = self.kit.library();
        let cache = self.kit.at("cache");
        let keeping = Keeping { cache: Some(cache.clone()), ..Keeping::default() };
        if let Ok(library) = Library::open_keeping(&root, &keeping) {
            let never = AtomicBool::new(false);
            let _ = library.references(&never);
            let _ = update_index(&library, Some(&cache), false, &never, &mut |_| {});
            let _ = Index::open(&library, Some(&cache), None);
        }
        for file in ["8701.json", "8700.json"] {
            let text = std::fs::read(self.kit.at(file)).unwrap();
            let record = spv::record::json::read_record(&text).unwrap();
            let _ = Writer::open(&root).and_then(|writer| writer.store(&record, Replace::Always));
            let mut bulk = match spv::library::bulk::Bulk::open(&root, Replace::Always) {
                Ok(bulk) => bulk,
                Err(_) => continue,
            };
            let packed = spv::library::bulk::Packed::of(&record, file.to_owned()).unwrap();
            let _ = bulk.put(packed).and_then(|_| bulk.complete(file.to_owned()));
            let _ = bulk.start_log();
        }
        if let Ok(folder) = spv::library::get::Folder::open(&root) {
            let _ = folder.keep_words("lock.words", "an invented word");
            folder.remove("S_PV.1.en");
        }
    }
}

/// Each name as each kind of link.
fn each(mut attack: impl FnMut(&Victim, &str)) {
    let files = FILES
        .iter()
        .flat_map(|name| [How::Link, How::HardLink, How::Dangling].map(|how| (*name, how)));
    let folders = FOLDERS.iter().map(|name| (*name, How::Link));
    for (name, how) in files.chain(folders) {
        let victim = Victim::new();
        let before = victim.files();
        let to = match how {
            How::Dangling => victim.home().join("not-there"),
            _ if FOLDERS.contains(&name) => victim.home(),
            _ => victim.home().join("thesis.doc"),
        };
        victim.plant(name, &to, how);
        attack(&victim, name);
        assert_eq!(victim.files(), before, "{name} as {how:?}");
    }
}

#[test]
fn no_link_in_a_library_leads_a_write_or_a_deletion_out_of_it() {
    each(|victim, _| victim.everything());
}

#[test]
fn no_command_follows_a_link_out_of_a_library() {
    let long = std::env::var_os("SPV_LONG").is_some();
    let commands: [&[&str]; 8] = [
        &["search", "invented"],
        &["import", "8701.json", "8700.json", "--replace"],
        &["list"],
        &["index"],
        &["info"],
        &["refs", "8700"],
        &["pack", "-o", "records.tar"],
        &["get", "8702"],
    ];
    let some = if long { commands.len() } else { 1 };
    let mut turn = 0;
    each(|victim, name| {
        // Each link meets one command, and the next link the next one; all meet all when there is time.
        for at in turn..turn + some {
            let args = commands[at % commands.len()];
            let _ = std::fs::remove_file(victim.kit.at("records.tar"));
            let mut command = victim.kit.bare();
            command.env("SPV_GET_FROM", "http://127.0.0.1:9").timeout(LONGEST);
            let ran = run(command.arg("--library").arg(victim.kit.library()).args(args));
            assert!(!ran.err.contains("panicked"), "{name}, {args:?}: {}", ran.err);
        }
        turn += 1;
    });
}

/// Whoever may write in a library can put a link in the place of a folder at any moment.
#[test]
fn a_folder_that_becomes_a_link_while_it_is_in_use_leads_nowhere_else() {
    let rounds = if std::env::var_os("SPV_LONG").is_some() { 500 } else { 8 };
    for name in [".spv/index", ".spv", "records/2020"] {
        let victim = Victim::new();
        victim.everything();
        let before = victim.files();
        let (at, aside) = (victim.kit.library().join(name), victim.kit.at("aside"));
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let swap = scope.spawn(|| {
                let mut swaps = 0;
                while !ended.load(Ordering::Relaxed) {
                    // Where a folder was made again in the meantime, the next round takes that one.
                    let _ = std::fs::rename(&at, &aside).and_then(|()| symlink(victim.home(), &at));
                    std::thread::yield_now();
                    let _ = std::fs::remove_file(&at).and_then(|()| std::fs::rename(&aside, &at));
                    let _ = std::fs::remove_dir_all(&aside);
                    swaps += 1;
                }
                swaps
            });
            (0..rounds).for_each(|_| victim.everything());
            ended.store(true, Ordering::Relaxed);
            assert!(swap.join().unwrap() > rounds);
        });
        assert_eq!(victim.files(), before, "{name}");
    }
}

const LONGEST: std::time::Duration = std::time::Duration::from_secs(60);

/// The first attack: one search emptied the folder above the library.
#[test]
fn an_index_that_is_a_link_upwards_deletes_nothing() {
    for args in [&["search", "invented"][..], &["index"], &["import", "8701.json"]] {
        let victim = Victim::new();
        victim.plant(".spv/index", Path::new("../.."), How::Link);
        std::fs::write(victim.kit.at("thesis.doc"), "precious").unwrap();
        let ran = victim.kit.spv(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        assert_eq!(std::fs::read(victim.kit.at("thesis.doc")).unwrap(), b"precious", "{args:?}");
    }
}

/// The same by opening the reader, without a key.
#[test]
fn opening_the_reader_follows_no_link_out_of_a_library() {
    for name in [".spv", ".spv/index", ".spv/index/lock"] {
        let victim = Victim::new();
        let before = victim.files();
        let to = if name.ends_with("lock") { victim.home().join("lock") } else { victim.home() };
        victim.plant(name, &to, How::Link);
        let home = Home::new();
        let library = victim.kit.library();
        let mut term = home.spv(&["--library", library.to_str().unwrap()]).start();
        term.shows("8700");
        // The index is made while one reads, in the person's own cache.
        let end = std::time::Instant::now() + LONGEST;
        while !made(&home.at(".cache/spv")) {
            assert!(std::time::Instant::now() < end, "{name}: no index was made");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        term.types("Q");
        assert_eq!(term.ends_and_restores(), 0);
        assert_eq!(victim.files(), before, "{name}");
    }
}

/// Whether a cache holds an index.
fn made(cache: &Path) -> bool {
    let libraries = std::fs::read_dir(cache).into_iter().flatten().flatten();
    libraries.into_iter().any(|library| library.path().join("index/meta.json").is_file())
}

#[test]
fn a_list_of_the_index_that_names_other_files_deletes_none_of_them() {
    let victim = Victim::new();
    assert_eq!(victim.kit.spv(&["index"]).code, 0);
    let before = victim.files();
    let list = victim.kit.library().join(".spv/index/.managed.json");
    let text = std::fs::read_to_string(&list).unwrap();
    // The checksum in the last line finds damage; whoever sends a library can compute it.
    let (text, _) = text.rsplit_once("\nsum ").unwrap();
    let mut names: Vec<String> = serde_json::from_str(text).unwrap();
    for name in before.keys() {
        names.push(name.display().to_string());
        let file = name.file_name().unwrap().to_str().unwrap();
        names.push(format!("../../../precious/{file}"));
    }
    let text = serde_json::to_string(&names).unwrap();
    let sum = super::refusals::machine::checksum(text.as_bytes());
    std::fs::write(&list, format!("{text}\nsum {sum:016x}\n")).unwrap();
    std::fs::write(victim.kit.library().join(".spv/index/theirs.txt"), "precious").unwrap();
    for args in [&["import", "8701.json"][..], &["index"], &["index"]] {
        let ran = victim.kit.spv(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    }
    assert_eq!(victim.files(), before);
    // A damaged index is made again, and what is no file of an index stays.
    std::fs::write(&list, "not a list").unwrap();
    assert_eq!(victim.kit.spv(&["search", "invented"]).code, 0);
    assert_eq!(victim.kit.spv(&["index"]).code, 0);
    let theirs = std::fs::read(victim.kit.library().join(".spv/index/theirs.txt")).unwrap();
    assert_eq!(theirs, b"precious");
}

/// A library may itself be named through a link, and what it holds may be read through links.
#[test]
fn a_library_may_be_named_through_a_link_and_read_through_links() {
    let victim = Victim::new();
    let elsewhere = victim.kit.at("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    let more = record("S/PV.8600", "en", "2019-08-20").to_string();
    std::fs::write(elsewhere.join("S_PV.8600.en.json"), more).unwrap();
    symlink(&elsewhere, victim.kit.library().join("records/2019")).unwrap();
    symlink(victim.kit.library(), victim.kit.at("named")).unwrap();
    let on = |args: &[&str]| {
        run(victim.kit.bare().arg("--library").arg(victim.kit.at("named")).args(args))
    };
    let listed = on(&["list"]).out;
    assert!(listed.contains("S/PV.8600") && listed.contains("S/PV.8700"), "{listed}");
    assert_eq!(on(&["import", "8701.json"]).code, 0);
    assert!(victim.kit.at("library/.spv/index/meta.json").is_file());
    // A record in a linked folder is read and gives way to none.
    let mut changed = record("S/PV.8600", "en", "2019-08-20");
    changed["topic"] = "Another invented topic".into();
    victim.kit.write("8600.json", changed.to_string());
    let ran = on(&["import", "8600.json", "--replace"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("link"), "{}", ran.err);
    assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 1);
}
