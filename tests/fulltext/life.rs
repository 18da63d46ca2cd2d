//! The life of an index: new, changed and removed records, damage, other versions, and writers killed.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use spv::library::Library;
use spv::record::{Record, json};
use spv::search::index::{Index, IndexError, IndexState, IndexUpdate, index_state, update_index};
use spv::search::query::parse;
use spv::search::results::{Hits, Order, search};

use super::corpus;
use super::made::Dice;

fn open(root: &Path) -> Library {
    Library::open_with(root, None).unwrap()
}

fn bring(library: &Library) -> IndexUpdate {
    update_index(library, None, false, &AtomicBool::new(false), &mut |_| {}).unwrap()
}

fn count(library: &Library, query: &str) -> Hits {
    let index = Index::open(library, None, None).unwrap().unwrap();
    search(&index, &parse(query), 50, Order::Relevance, &Arc::default()).unwrap()
}

/// An invented record of one statement.
pub fn invented(number: u32, words: &str) -> Record {
    let record = serde_json::json!({
        "format": "spv/1", "symbol": format!("S/PV.{number}"), "kind": "verbatim", "language": "en",
        "date": "2019-11-19", "topic": "An invented topic", "agenda": ["An invented topic"],
        "items": [{"type": "statement", "number": 1,
                   "speaker": {"printed": "x", "name": "Mr. Invented", "state": "Peru", "as": "member"},
                   "paragraphs": [{"text": words}]}],
    });
    json::read_record(record.to_string().as_bytes()).unwrap()
}

#[test]
fn new_changed_and_removed_records_are_counted_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    corpus::put(root, &[invented(1, "one invented apple"), invented(2, "two invented pears")]);
    let library = open(root);
    assert_eq!(index_state(&library, None), IndexState::Missing);
    assert!(Index::open(&library, None, None).unwrap().is_none());
    let made = bring(&library);
    assert_eq!((made.indexed, made.removed, made.rebuilt), (2, 0, true));
    assert_eq!(index_state(&library, None), IndexState::UpToDate);
    assert_eq!(count(&library, "invented").statements, 2);
    assert_eq!(bring(&library), IndexUpdate::default());

    corpus::put(root, &[invented(3, "three invented plums"), invented(2, "two changed pears")]);
    std::fs::remove_file(root.join("records/2019/S_PV.1.en.json")).unwrap();
    let library = open(root);
    assert_eq!(index_state(&library, None), IndexState::OutOfDate(3));
    // A record that is gone from the library is not counted even before the index is updated.
    assert_eq!(count(&library, "apple").statements, 0);
    let updated = bring(&library);
    assert_eq!((updated.indexed, updated.removed, updated.rebuilt), (2, 1, false));
    assert_eq!(count(&library, "invented").statements, 1);
    assert_eq!(count(&library, "changed").statements, 1);
    assert_eq!(count(&library, "state:peru").statements, 2);
    assert_eq!(count(&library, "state:peru").states, [("Peru".to_owned(), 2)]);

    // A file that is written again with the same bytes is read and not indexed again.
    corpus::put(root, &[invented(3, "three invented plums")]);
    assert_eq!(bring(&open(root)).indexed, 0);
    assert_eq!(index_state(&open(root), None), IndexState::UpToDate);
}

#[test]
fn a_damaged_index_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let records: Vec<Record> = (1..40).map(|n| invented(n, "an invented word")).collect();
    corpus::put(root, &records);
    let library = open(root);
    bring(&library);
    let at = root.join(".spv/index");
    let mut files: Vec<_> =
        std::fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 5);
    for file in files.iter().filter(|file| file.file_name().unwrap() != "lock") {
        if !file.exists() {
            continue;
        }
        let whole = std::fs::read(file).unwrap();
        for length in [0, whole.len() / 2] {
            std::fs::write(file, &whole[..length]).unwrap();
            // Wherever it is truncated: nothing panics, and the next update restores it.
            if let Ok(Some(index)) = Index::open(&library, None, None) {
                let _ = search(&index, &parse("invented"), 9, Order::Relevance, &Arc::default());
            }
            if index_state(&library, None) != IndexState::UpToDate || !answers(&library) {
                std::fs::remove_dir_all(&at).unwrap();
                bring(&library);
            }
            assert!(answers(&library), "{}", file.display());
            if !file.exists() {
                break;
            }
        }
    }
}

#[test]
fn an_index_with_other_bytes_in_it_is_made_again_by_the_next_update() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let records: Vec<Record> = (1..40).map(|n| invented(n, "an invented word")).collect();
    corpus::put(root, &records);
    let library = open(root);
    bring(&library);
    let at = root.join(".spv/index");
    for ending in ["idx", "pos", "term", "fast", "fieldnorm"] {
        let files = std::fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path());
        let file = files.into_iter().find(|f| f.extension().is_some_and(|e| e == ending)).unwrap();
        let mut bytes = std::fs::read(&file).unwrap();
        let middle = bytes.len() / 3;
        bytes[middle] ^= 0x55;
        std::fs::write(&file, bytes).unwrap();
        assert!(bring(&library).rebuilt, "{ending}");
        assert!(answers(&library), "{ending}");
    }
}

fn answers(library: &Library) -> bool {
    let Ok(Some(index)) = Index::open(library, None, None) else { return false };
    search(&index, &parse("\"invented word\""), 50, Order::Relevance, &Arc::default())
        .is_ok_and(|hits| hits.statements == 39)
}

#[test]
fn a_half_made_or_other_index_gives_way() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    corpus::put(root, &[invented(1, "one invented apple")]);
    let library = open(root);
    let at = root.join(".spv/index");
    std::fs::create_dir_all(&at).unwrap();
    for bytes in ["", "{}", "not json", "{\"segments\":[]}"] {
        std::fs::write(at.join("meta.json"), bytes).unwrap();
        assert!(Index::open(&library, None, None).unwrap().is_none(), "{bytes}");
        assert!(bring(&library).rebuilt, "{bytes}");
        assert_eq!(count(&library, "apple").statements, 1);
    }
}

#[test]
fn two_writers_do_not_meet_and_a_reader_does_not_wait() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    corpus::put(root, &[invented(1, "one invented apple")]);
    let library = open(root);
    bring(&library);
    let lock = std::fs::File::open(root.join(".spv/index/lock")).unwrap();
    lock.lock().unwrap();
    let busy = update_index(&library, None, false, &AtomicBool::new(false), &mut |_| {});
    assert!(matches!(busy, Err(IndexError::Locked { .. })), "{busy:?}");
    assert_eq!(count(&library, "apple").statements, 1);
}

#[test]
fn a_flat_folder_keeps_its_index_in_the_cache() {
    let folder = tempfile::tempdir().unwrap();
    let (root, cache) = (folder.path().join("flat"), folder.path().join("cache"));
    std::fs::create_dir(&root).unwrap();
    std::fs::write(root.join("a.json"), json::write_record(&invented(1, "one invented apple")))
        .unwrap();
    let library = Library::open_with(&root, Some(&cache)).unwrap();
    let never = AtomicBool::new(false);
    update_index(&library, Some(&cache), false, &never, &mut |_| {}).unwrap();
    assert_eq!(std::fs::read_dir(&root).unwrap().count(), 1);
    let index = Index::open(&library, Some(&cache), None).unwrap().unwrap();
    let hits = search(&index, &parse("apple"), 9, Order::Date, &Arc::default()).unwrap();
    assert_eq!(hits.statements, 1);
}

/// Rounds of killing; more by hand with `SPV_KILLS=50`.
fn rounds() -> usize {
    std::env::var("SPV_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(6)
}

#[test]
fn a_writer_that_is_killed_leaves_what_the_next_one_goes_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("library");
    let words = "an invented sentence of some words that are looked for afterwards ".repeat(60);
    let records: Vec<Record> = (1..=120).map(|n| invented(n, &words)).collect();
    corpus::put(&root, &records);
    let mut dice = Dice::new(3);
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spv"));
        command.args(args).arg("--library").arg(&root).env("HOME", folder.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    for round in 0..rounds() {
        let changed = invented(1 + dice.roll(120) as u32, &format!("{words} round {round}"));
        corpus::put(&root, std::slice::from_ref(&changed));
        if round % 3 == 0 {
            let _ = std::fs::remove_dir_all(root.join(".spv/index"));
        }
        let mut child = run(&["index"]).spawn().unwrap();
        // The kill comes at a random moment; every moment must be safe.
        std::thread::sleep(Duration::from_millis(dice.roll(400) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        // A search that does not show the record would not notice that it was changed in place.
        assert!(run(&["index"]).status().unwrap().success());
        assert!(run(&["search", "invented"]).status().unwrap().success());
        let library = open(&root);
        assert_eq!(index_state(&library, None), IndexState::UpToDate, "round {round}");
        assert_eq!(count(&library, "\"looked for afterwards\"").statements, 120, "round {round}");
        assert_eq!(count(&library, &format!("\"round {round}\"")).statements, 1, "round {round}");
    }
}

#[test]
fn a_link_in_place_of_the_lock_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    corpus::put(root, &[invented(1, "one invented apple")]);
    let index = root.join(".spv/index");
    std::fs::create_dir_all(&index).unwrap();
    let theirs = folder.path().join("theirs");
    std::fs::write(&theirs, "not ours to empty").unwrap();
    std::os::unix::fs::symlink(&theirs, index.join("lock")).unwrap();
    let refused = update_index(&open(root), None, false, &AtomicBool::new(false), &mut |_| {});
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "not ours to empty");
}

/// An index that anybody could have changed is not used, and the next update rebuilds it.
#[test]
fn an_index_that_everyone_may_change_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    corpus::put(root, &[invented(1, "one invented apple")]);
    let library = open(root);
    bring(&library);
    let index = root.join(".spv/index");
    let set = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let segment = std::fs::read_dir(&index)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "term"))
        .unwrap();
    for path in [&segment, &index.join("meta.json"), &index] {
        assert_eq!(count(&library, "apple").statements, 1);
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        set(path, mode | 0o002);
        assert!(Index::open(&library, None, None).unwrap().is_none(), "{}", path.display());
        set(path, mode);
    }
    // The parent folder: who may write there may replace the index.
    set(&root.join(".spv"), 0o777);
    assert!(Index::open(&library, None, None).unwrap().is_none());
    set(&root.join(".spv"), 0o755);
    let elsewhere = root.join("elsewhere");
    std::fs::rename(&segment, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &segment).unwrap();
    assert!(Index::open(&library, None, None).unwrap().is_none(), "a link");

    set(&index, 0o777);
    let made = bring(&library);
    assert!(made.rebuilt, "what everyone could change is not gone on with");
    assert_eq!(count(&library, "apple").statements, 1);
    let open_to_all = std::fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path());
    for path in open_to_all.chain([index.clone()]) {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o002, 0, "{}", path.display());
    }
}

/// A process without a umask makes an index that is used nevertheless.
#[test]
fn without_a_umask_the_index_is_still_used() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("library");
    corpus::put(&root, &[invented(1, "one invented apple")]);
    let script = r#"umask 0; "$0" --library "$1" index && "$0" --library "$1" search apple"#;
    let ran = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_spv")])
        .arg(&root)
        .env("HOME", folder.path())
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && out.contains("S/PV.1"), "{out}{err}");
    assert!(Index::open(&open(&root), None, None).unwrap().is_some(), "{err}");
}
