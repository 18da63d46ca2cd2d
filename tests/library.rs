//! Libraries on disk: what opens, what becomes a problem, what a store leaves behind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;
mod facts;
mod fulltext;
mod made;
mod records;
mod search;

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use spv::library::{Library, LibraryError, Replace, Stored, Writer, check};
use spv::record::{Direction, Item, Language, Paragraph, Record, Speaker, Statement, json};

/// An invented record of meeting `number`.
fn record(number: u32, date: &str) -> Record {
    let text = format!(
        r#"{{"format":"spv/1","symbol":"S/PV.{number}","kind":"verbatim","language":"en","date":"{date}",
        "topic":"Invented topic {number}","agenda":["Invented item"],
        "presidents":[{{"name":"Ms. Invented","state":"Norway"}}],"items":[]}}"#
    );
    let mut record: Record = serde_json::from_str(&text).unwrap();
    record.items.push(Item::Direction(Direction {
        page: Some(1),
        text: "The invented meeting was called to order.".to_owned(),
    }));
    for n in 1..=3 {
        record.items.push(Item::Statement(Statement {
            number: n,
            page: Some(n),
            speaker: Speaker {
                printed: "Mr. Invented (Norway)".to_owned(),
                name: "Mr. Invented".to_owned(),
                state: Some("Norway".to_owned()),
                ..Speaker::default()
            },
            paragraphs: vec![Paragraph {
                page: Some(n),
                text: format!("These invented words are number {n} of meeting {number}."),
                ..Paragraph::default()
            }],
            ..Statement::default()
        }));
    }
    record
}

/// The same without printed pages.
fn without_pages(mut record: Record) -> Record {
    for item in &mut record.items {
        match item {
            Item::Direction(d) => d.page = None,
            Item::Vote(v) => v.page = None,
            Item::Statement(s) => {
                s.page = None;
                s.paragraphs.iter_mut().for_each(|p| p.page = None);
            }
        }
    }
    record
}

fn put(root: &Path, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let file = root.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, text).unwrap();
    file
}

/// Opens without a cache of the person's.
fn open(root: &Path) -> Library {
    Library::open_with(root, None).unwrap()
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Every file under a folder but those of `.spv`, with its bytes.
fn files(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with(".spv") {
            found.extend(files(&path));
        } else if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}

#[test]
fn a_flat_folder_and_a_library_open_newest_first() {
    let flat = tempfile::tempdir().unwrap();
    let whole = tempfile::tempdir().unwrap();
    for (number, date) in [(8000, "2017-07-01"), (9000, "2022-03-01"), (8500, "2019-04-01")] {
        let text = json::write_record(&record(number, date));
        put(flat.path(), &format!("{number}.json"), &text);
        Library::store(whole.path(), &record(number, date)).unwrap();
    }
    for root in [flat.path(), whole.path()] {
        let library = open(root);
        assert_eq!(library.problems(), []);
        let entries = &library.catalogue().entries;
        let numbers: Vec<u32> = entries.iter().map(|e| e.symbol.number()).collect();
        assert_eq!(numbers, [9000, 8500, 8000]);
        for entry in entries {
            let loaded = library.load(entry).unwrap();
            assert_eq!(loaded, record(entry.symbol.number(), &entry.date.to_string()));
            let headings: Vec<_> = library.catalogue().headings(entry).collect();
            assert_eq!(headings.len(), 3);
            assert_eq!((headings[2].number, headings[2].page), (3, Some(3)));
            assert_eq!((headings[2].name, headings[2].state), ("Mr. Invented", Some("Norway")));
            assert_eq!(headings[2].words as usize, loaded.statements().nth(2).unwrap().words());
        }
    }
    assert!(whole.path().join("records/2019/S_PV.8500.en.json.zst").is_file());
    let library = open(flat.path());
    let symbol = "8500".parse().unwrap();
    let entry = library.entry(&symbol, Some(&Language::French)).unwrap();
    assert_eq!(entry.language, Language::English, "the edition there is, when French is not");
    assert!(library.entry(&"8501".parse().unwrap(), None).is_none());
}

#[test]
fn an_empty_library_is_one_and_a_missing_folder_is_named() {
    let temp = tempfile::tempdir().unwrap();
    let library = open(temp.path());
    assert!(library.catalogue().entries.is_empty() && library.problems().is_empty());
    let missing = temp.path().join("not there");
    let file = put(temp.path(), "a file", "");
    for path in [missing, file.join("in a file"), file] {
        let error = Library::open_with(&path, None).unwrap_err().to_string();
        assert!(error.contains(path.to_str().unwrap()), "{error}");
        assert!(error.contains("spv import"), "says what to do: {error}");
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// 64 MB and one byte of spaces in a few kilobytes.
fn bomb() -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..64 {
        encoder.write_all(&spaces).unwrap();
    }
    encoder.write_all(b" ").unwrap();
    encoder.finish().unwrap()
}

/// A frame that asks its reader for 128 MB of memory.
fn wide(text: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.set_parameter(zstd::zstd_safe::CParameter::WindowLog(27)).unwrap();
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn damaged() -> Vec<(&'static str, Vec<u8>)> {
    let sound = json::write_record(&record(1, "2019-11-19"));
    let edit = |from: &str, to: &str| {
        assert!(sound.contains(from), "{from} in {sound}");
        sound.replacen(from, to, 1).into_bytes()
    };
    // Spaces are free in JSON, but the writer's choice of them is its own.
    let value: serde_json::Value = serde_json::from_str(&sound).unwrap();
    let with = |field: &str, to: serde_json::Value| {
        let mut value = value.clone();
        value[field] = to;
        value.to_string().into_bytes()
    };
    let without = |field: &str| {
        let mut value = value.clone();
        value.as_object_mut().unwrap().remove(field).unwrap();
        value.to_string().into_bytes()
    };
    let text = sound.as_bytes();
    let pack = packed(text);
    let flipped: Vec<u8> = pack.iter().enumerate().map(|(n, b)| b ^ u8::from(n == 9)).collect();
    vec![
        ("empty.json", Vec::new()),
        ("blank.json", b" \n\t ".to_vec()),
        ("prose.json", b"This invented text is no JSON.".to_vec()),
        ("cut.json", text[..text.len() / 2].to_vec()),
        ("cut_last.json", text.trim_ascii_end()[..text.trim_ascii_end().len() - 1].to_vec()),
        ("twice.json", [text, text].concat()),
        ("list.json", [b"[", text, b"]"].concat()),
        ("null.json", b"null".to_vec()),
        ("no_format.json", without("format")),
        ("no_symbol.json", without("symbol")),
        ("no_date.json", without("date")),
        ("no_items.json", without("items")),
        ("no_language.json", without("language")),
        ("format_number.json", with("format", 1.into())),
        ("later_format.json", with("format", "spv/2".into())),
        ("other_format.json", with("format", "other".into())),
        ("bad_symbol.json", with("symbol", "nonsense".into())),
        ("bad_date.json", with("date", "2019-02-30".into())),
        ("date_words.json", with("date", "yesterday".into())),
        ("bad_kind.json", with("kind", "poem".into())),
        ("items_object.json", with("items", serde_json::json!({}))),
        ("bad_item.json", with("items", serde_json::json!([{"type": "song"}]))),
        ("topic_list.json", with("topic", serde_json::json!(["a"]))),
        (
            "not_utf8.json",
            edit("Invented topic", "Invented \u{1}")
                .iter()
                .map(|b| if *b == 1 { 0xFF } else { *b })
                .collect(),
        ),
        ("utf16.json", sound.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("nul.json", vec![0; 4096]),
        ("deep.json", "[".repeat(1_000_000).into_bytes()),
        (
            "deep_inside.json",
            edit(
                "\"items\"",
                &format!("\"opened\":{}1{},\"items\"", "[".repeat(50_000), "]".repeat(50_000)),
            ),
        ),
        ("plain.json.zst", text.to_vec()),
        ("empty.json.zst", Vec::new()),
        ("cut.json.zst", pack[..pack.len() / 2].to_vec()),
        ("flipped.json.zst", flipped),
        ("bomb.json.zst", bomb()),
        ("wide.json.zst", wide(&[text, &vec![b' '; 9 << 20]].concat())),
        ("prose.json.zst", packed(b"no record")),
    ]
}

#[test]
fn each_damaged_file_is_one_problem_and_the_others_load() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    Library::store(root, &record(8000, "2019-01-01")).unwrap();
    Library::store(root, &record(8001, "2020-01-01")).unwrap();
    let kinds = damaged();
    for (name, bytes) in &kinds {
        put(root, &format!("records/2019/{name}"), bytes);
    }
    let large = put(root, "records/2020/large.json", "");
    std::fs::File::options().write(true).open(&large).unwrap().set_len(200 << 20).unwrap();
    std::fs::create_dir_all(root.join("records/2020/folder.json")).unwrap();
    std::os::unix::fs::symlink("nowhere", root.join("records/2020/dangling.json")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        root.join("records/2020/pipe.json"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR,
        0,
    )
    .unwrap();
    let double = record(8000, "2018-01-01");
    put(root, "records/2020/double.json", json::write_record(&double));

    let library = open(root);
    let mut numbers: Vec<u32> =
        library.catalogue().entries.iter().map(|e| e.symbol.number()).collect();
    numbers.sort_unstable();
    let taken: Vec<_> = library.catalogue().entries.iter().map(|e| library.file(e)).collect();
    assert_eq!(numbers, [8000, 8001], "{taken:?}");
    for entry in &library.catalogue().entries {
        assert!(library.load(entry).is_ok());
    }
    let beside = ["large.json", "dangling.json", "pipe.json", "double.json"];
    for name in kinds.iter().map(|(name, _)| *name).chain(beside) {
        let of: Vec<_> = library.problems().iter().filter(|p| p.file.ends_with(name)).collect();
        assert_eq!(of.len(), 1, "{name}: {of:?}");
        let message = &of[0].message;
        assert!(message.len() > 10 && message.len() < 2000, "{name}: {message}");
        assert!(!message.chars().any(char::is_control), "{name}: one harmless line: {message:?}");
    }
    assert_eq!(library.problems().len(), kinds.len() + beside.len(), "{:?}", library.problems());
    // From the catalogue that was kept, the same.
    assert_eq!(open(root).problems(), library.problems());
    let checked = check(root).unwrap();
    assert_eq!(checked.sound, 2);
    assert_eq!(checked.problems, library.problems());
    for (name, _) in &kinds {
        let alone = check(&root.join("records/2019").join(name)).unwrap();
        assert_eq!((alone.sound, alone.problems.len()), (0, 1), "{name}");
    }
}

#[test]
fn an_exercise_is_never_listed_beside_real_records() {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "real.json", spv::record::json::write_record(&record(99_001, "2020-01-01")));
    let exercise = Record { exercise: true, ..record(99_002, "2020-01-02") };
    put(root.path(), "exercise.json", spv::record::json::write_record(&exercise));
    let library = open(root.path());
    assert_eq!(library.catalogue().entries.len(), 1);
    let [problem] = library.problems() else { panic!("{:?}", library.problems()) };
    assert!(problem.message.contains("exercise"), "{problem:?}");
}

#[test]
fn a_problem_that_is_mended_goes() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    Library::store(root, &record(8000, "2019-01-01")).unwrap();
    let bad = put(root, "records/2019/bad.json", "{");
    let double = put(root, "records/2019/T.json", json::write_record(&record(8000, "2019-01-01")));
    assert_eq!(open(root).problems().len(), 2);
    std::fs::write(bad, json::write_record(&record(8002, "2019-01-02"))).unwrap();
    std::fs::remove_file(root.join("records/2019/S_PV.8000.en.json.zst")).unwrap();
    let library = open(root);
    assert_eq!(library.problems(), []);
    assert_eq!(library.catalogue().entries.len(), 2);
    assert_eq!(library.file(&library.catalogue().entries[1]).unwrap(), double);
}

#[test]
fn check_reads_one_file_and_names_a_missing_one() {
    let temp = tempfile::tempdir().unwrap();
    let file = put(temp.path(), "record.txt", json::write_record(&record(8000, "2019-01-01")));
    let checked = check(&file).unwrap();
    assert_eq!((checked.sound, checked.problems), (1, Vec::new()));
    let error = check(&temp.path().join("none")).unwrap_err().to_string();
    assert!(error.contains("none: no such file"), "{error}");
}

#[test]
fn storing_again_replaces_only_what_is_worse() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    let paged = record(8000, "2019-01-01");
    let bare = without_pages(paged.clone());
    let file = root.canonicalize().unwrap().join("records/2019/S_PV.8000.en.json.zst");
    let writer = Writer::open(root).unwrap();

    let stored = writer.store(&bare, Replace::Better).unwrap();
    assert_eq!(stored, Stored::New { file: file.clone() });
    let before = files(root);
    let mut again = bare.clone();
    again.source.from = "another".to_owned();
    let stored = writer.store(&again, Replace::Better).unwrap();
    assert_eq!(stored, Stored::Same { file: file.clone() });
    assert_eq!(files(root), before, "the same text changes nothing");

    let Stored::Replaced { earlier, .. } = writer.store(&paged, Replace::Better).unwrap() else {
        panic!("pages are better than none");
    };
    assert!(earlier.ends_with("editions/2019/S_PV.8000.en.1.json.zst"));
    assert_eq!(std::fs::read(&earlier).unwrap(), before[0].1, "the earlier one is kept");
    assert_eq!(
        std::fs::read(&file).unwrap().len(),
        std::fs::metadata(&file).unwrap().len() as usize
    );

    let mut other = paged.clone();
    other.topic = "Another invented topic".to_owned();
    let before = files(root);
    for worse in [&bare, &other] {
        let error = writer.store(worse, Replace::Better).unwrap_err();
        assert!(matches!(&error, LibraryError::Differs { file: named } if *named == file));
        assert!(error.to_string().contains("--replace"));
    }
    assert_eq!(files(root), before);
    let Stored::Replaced { earlier, .. } = writer.store(&other, Replace::Always).unwrap() else {
        panic!("the person said so");
    };
    assert!(earlier.ends_with("editions/2019/S_PV.8000.en.2.json.zst"));
    drop(writer);
    let library = open(root);
    assert_eq!(library.catalogue().entries.len(), 1, "editions are not listed");
    assert_eq!(library.load(&library.catalogue().entries[0]).unwrap(), other);
}

#[test]
fn a_record_takes_the_place_of_its_kind_wherever_it_stands() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    let new = record(8000, "2019-01-01");
    // Under the wrong year, as plain JSON, and as a file that is no record.
    put(
        root,
        "records/2018/S_PV.8000.en.json",
        json::write_record(&without_pages(record(8000, "2018-01-01"))),
    );
    put(root, "records/2019/S_PV.8000.en.json", "{ no record");
    let Stored::Replaced { file, .. } = Library::store(root, &new).unwrap() else {
        panic!("something stood there");
    };
    assert!(file.ends_with("records/2019/S_PV.8000.en.json.zst"));
    let library = open(root);
    assert_eq!((library.problems(), library.catalogue().entries.len()), (&[][..], 1));
    assert_eq!(library.load(&library.catalogue().entries[0]).unwrap(), new);
    assert!(root.join("editions/2018/S_PV.8000.en.1.json").is_file());
    assert!(root.join("editions/2019/S_PV.8000.en.1.json").is_file());
}

#[test]
fn a_flat_folder_is_not_made_a_library() {
    let temp = tempfile::tempdir().unwrap();
    put(temp.path(), "one.json", json::write_record(&record(8000, "2019-01-01")));
    let before = files(temp.path());
    let error = Library::store(temp.path(), &record(8001, "2019-01-01")).unwrap_err().to_string();
    assert!(error.contains("one.json") && error.contains("--library"), "{error}");
    assert_eq!(files(temp.path()), before);
    assert_eq!(open(temp.path()).catalogue().entries.len(), 1);
    assert!(!temp.path().join(".spv").exists(), "nothing is put into somebody's folder");
}

#[test]
fn one_writes_and_all_read() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    let writer = Writer::open(root).unwrap();
    writer.store(&record(8000, "2019-01-01"), Replace::Better).unwrap();
    let error = Writer::open(root).unwrap_err();
    assert!(matches!(&error, LibraryError::Locked { lock, .. } if lock.ends_with(".spv/lock")));
    let message = error.to_string();
    assert!(message.contains(&format!("process {}", std::process::id())), "{message}");
    assert_eq!(open(root).catalogue().entries.len(), 1);
    drop(writer);
    assert!(Writer::open(root).is_ok());
}

#[test]
fn what_a_killed_write_left_is_passed_over_and_removed() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    Library::store(root, &record(8000, "2019-01-01")).unwrap();
    let left = [
        "records/2019/.tmp-abc123",
        "records/2019/.tmp-x.json",
        "editions/2019/.tmp-y",
        ".spv/.tmp-z",
    ];
    let left: Vec<PathBuf> = left.into_iter().map(|name| put(root, name, "half")).collect();
    let library = open(root);
    assert_eq!((library.catalogue().entries.len(), library.problems()), (1, &[][..]));
    drop(Writer::open(root).unwrap());
    left.iter().for_each(|file| assert!(!file.exists(), "{file:?}"));
}

/// Not a test of its own: the process that [`killed_at_any_moment_nothing_finished_is_lost`] kills.
#[test]
fn child_that_stores() {
    let Some(root) = std::env::var_os("SPV_TEST_STORE").map(PathBuf::from) else {
        return;
    };
    let writer = Writer::open(&root).unwrap();
    for number in 1.. {
        let mut record = record(number % 40 + 1, "2019-01-01");
        record.topic = format!("Invented topic {number}");
        writer.store(&record, Replace::Always).unwrap();
        println!("\nstored {} {}", number % 40 + 1, number);
    }
}

#[test]
fn killed_at_any_moment_nothing_finished_is_lost() {
    let rounds = std::env::var("SPV_TEST_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    for round in 0..rounds {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_stores", "--nocapture"])
            .env("SPV_TEST_STORE", root)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut finished = std::collections::HashMap::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // The number of lines differs by round, and the kill falls somewhere in the write after.
        let until = 5 + round * 17 % 90;
        let mut note = |line: String| {
            let words: Vec<u32> = line.split(' ').filter_map(|w| w.parse().ok()).collect();
            if let (true, [symbol, number]) = (line.starts_with("stored "), &words[..]) {
                finished.insert(*symbol, *number);
            }
            line.starts_with("stored ")
        };
        let mut seen = 0;
        while seen < until {
            seen += usize::from(note(lines.next().unwrap().unwrap()));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        lines.map_while(Result::ok).for_each(|line| _ = note(line));

        let library = open(root);
        assert_eq!(library.problems(), []);
        for (symbol, number) in finished {
            let symbol = symbol.to_string().parse().unwrap();
            let record = library.load(library.entry(&symbol, None).unwrap()).unwrap();
            let topic: u32 = record.topic.rsplit(' ').next().unwrap().parse().unwrap();
            // The write after the last one told may have come to its end as well.
            assert!(topic == number || topic == number + 40, "{symbol}: {topic} for {number}");
        }
        drop(Writer::open(root).unwrap());
        let left = files(root).into_iter().map(|(path, _)| path);
        let left: Vec<_> = left.filter(|p| p.to_str().unwrap().contains(".tmp-")).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn what_the_system_refuses_is_said_with_who_may() {
    if is_root() {
        println!("skipped: permissions do not bind root");
        return;
    }
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    let mode = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let Stored::New { file } = Library::store(root, &record(8000, "2019-01-01")).unwrap() else {
        panic!("it is new");
    };
    Library::store(root, &record(8001, "2020-01-01")).unwrap();
    // One file, then a year, that may not be read; leave given again is noticed with no file changed.
    for path in [file.clone(), root.join("records/2019")] {
        let was = std::fs::metadata(&path).unwrap().permissions().mode();
        let library = open(root);
        assert_eq!(library.catalogue().entries.len(), 2);
        mode(&path, 0);
        // Known from before, it is still listed, and what is wrong is said when it is opened.
        let entry = library.entry(&"8000".parse().unwrap(), None).unwrap();
        let error = library.load(entry).unwrap_err();
        assert!(matches!(error, LibraryError::Refused { .. }));
        assert!(error.to_string().contains("ask its owner"), "{error}");
        std::fs::remove_file(root.join(".spv/catalogue")).unwrap();
        let library = open(root);
        assert_eq!(library.catalogue().entries.len(), 1);
        assert_eq!(library.problems().len(), 1);
        assert!(library.problems()[0].file.ends_with(path.file_name().unwrap()));
        assert!(library.problems()[0].message.contains("ask its owner"));
        mode(&path, was);
        assert_eq!(open(root).catalogue().entries.len(), 2);
    }
    // A folder that may be read and not written works in full but for writing.
    let before = files(root);
    mode(&root.join("records/2019"), 0o555);
    let error = Library::store(root, &record(8002, "2019-01-01")).unwrap_err();
    assert!(matches!(error, LibraryError::Refused { .. }));
    let message = error.to_string();
    assert!(message.contains("permission denied") && message.contains("--library"), "{message}");
    assert_eq!(files(root), before);
    mode(&root.join("records/2019"), 0o755);
    // The whole folder.
    mode(root, 0);
    let error = Library::open_with(root, None).unwrap_err();
    mode(root, 0o755);
    assert!(matches!(error, LibraryError::Refused { .. }));
    assert!(error.to_string().contains("ask its owner"));
}

#[test]
fn a_full_disk_is_said_and_leaves_the_library_as_it_was() {
    let Some(disk) = std::env::var_os("SPV_TEST_SMALL_DISK") else {
        println!("skipped: SPV_TEST_SMALL_DISK names no folder on a disk of less than 4 MB");
        return;
    };
    let temp = tempfile::tempdir_in(disk).unwrap();
    let root = temp.path();
    let mut stored = 0;
    let error = loop {
        let before = files(root);
        match Library::store(root, &record(stored + 1, "2019-01-01")) {
            Ok(_) => stored += 1,
            Err(error) => {
                assert_eq!(files(root), before, "nothing half-written is left");
                break error;
            }
        }
        assert!(stored < 10_000, "the disk is not small");
    };
    assert!(matches!(error, LibraryError::Refused { .. }));
    assert!(error.to_string().contains("the disk is full; make room"), "{error}");
    let library = open(root);
    assert_eq!(library.problems(), []);
    assert_eq!(library.catalogue().entries.len(), stored as usize);
}

/// Not a test of its own: prints the folders of a process with the environment it is given.
#[test]
fn child_that_tells_its_places() {
    if std::env::var_os("SPV_TEST_PLACES").is_some() {
        println!("\nplaces {:?}", spv::library::Folders::find(None));
    }
}

#[test]
fn folders_follow_the_environment() {
    let told = |environment: &[(&str, &str)]| -> String {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_tells_its_places", "--nocapture"])
            .env_clear()
            .envs(environment.iter().copied())
            .env("SPV_TEST_PLACES", "1")
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().find(|line| line.starts_with("places ")).unwrap().to_owned()
    };
    let home = told(&[("HOME", "/home/x")]);
    assert!(
        home.contains(r#"library: Some("/home/x/.local/share/spv/library"), named: false"#),
        "{home}"
    );
    assert!(home.contains(r#"state: Some("/home/x/.local/state/spv")"#), "{home}");
    assert!(home.contains(r#"cache: Some("/home/x/.cache/spv")"#) && home.contains("notice: None"));
    let xdg = told(&[("HOME", "/home/x"), ("XDG_DATA_HOME", "/d"), ("XDG_STATE_HOME", "relative")]);
    assert!(xdg.contains(r#"library: Some("/d/spv/library")"#), "{xdg}");
    assert!(xdg.contains(r#"state: Some("/home/x/.local/state/spv")"#), "{xdg}");
    let named = told(&[("HOME", "/home/x"), ("SPV_LIBRARY", "/srv/library")]);
    assert!(named.contains(r#"library: Some("/srv/library"), named: true"#), "{named}");
    for homeless in [&[][..], &[("HOME", "")], &[("HOME", "not/absolute"), ("SPV_LIBRARY", "")]] {
        let told = told(homeless);
        assert!(told.contains("library: None, named: false, state: None, cache: None"), "{told}");
        assert!(told.contains("HOME is not set"), "{told}");
    }
}
