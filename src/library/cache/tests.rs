//! The catalogue on disk: when it is trusted, when it is rebuilt, and where it may be put.

use std::fs::File;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::library::catalogue::tests::invented;
use crate::library::catalogue::{Outline, decode, encode};
use crate::library::scan::Known;
use crate::library::{Library, LibraryError, cache};
use crate::record::json;

/// Sets the times of a folder to some time ago, so that it does not count as just changed.
fn age(folder: &Path, days: u64) {
    let then = SystemTime::now() - Duration::from_secs(days * 86_400);
    File::open(folder).unwrap().set_modified(then).unwrap();
}

/// A library of two invented records in 2019, its folders a day old.
fn library() -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    for symbol in ["S/PV.1", "S/PV.2"] {
        Library::store(temp.path(), &invented(symbol, "en", "2019-01-01", "")).unwrap();
    }
    age(&temp.path().join("records/2019"), 1);
    age(&temp.path().join("records"), 1);
    temp
}

fn topics(root: &Path, cache: Option<&Path>) -> Vec<String> {
    let library = Library::open_with(root, cache).unwrap();
    assert_eq!(library.problems(), []);
    library.catalogue().entries.iter().map(|e| e.topic.to_string()).collect()
}

/// Writes other topics into a catalogue, so that it shows whether it is believed.
fn forge(file: &Path) -> Vec<u8> {
    let decoded = decode(&std::fs::read(file).unwrap()).unwrap();
    let outlines: Vec<_> = cache::known_files(&decoded)
        .into_values()
        .filter_map(|known| match known {
            Known::Sound(outline) => Some(outline),
            Known::Bad(_) => None,
        })
        .map(|outline| Outline { topic: "forged".to_owned(), ..outline })
        .collect();
    let bytes = encode(&decoded.disk, &outlines).unwrap();
    std::fs::write(file, &bytes).unwrap();
    bytes
}

#[test]
fn a_catalogue_is_believed_only_while_it_may_be() {
    let temp = library();
    let (root, file) = (temp.path(), temp.path().join(".spv/catalogue"));
    assert_eq!(topics(root, None), ["Invented", "Invented"]);
    let forged = forge(&file);
    assert_eq!(topics(root, None), ["forged", "forged"], "a true catalogue is used as it is");

    let unbelievable: [(&str, &dyn Fn()); 6] = [
        ("everyone may write it", &|| {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o666)).unwrap();
        }),
        ("everyone may write its folder", &|| {
            let mode = std::fs::Permissions::from_mode(0o777);
            std::fs::set_permissions(root.join(".spv"), mode).unwrap();
        }),
        ("it is a link", &|| {
            std::fs::rename(&file, root.join("elsewhere")).unwrap();
            symlink(root.join("elsewhere"), &file).unwrap();
        }),
        ("it is cut short", &|| std::fs::write(&file, &forged[..forged.len() - 1]).unwrap()),
        ("it is of another version", &|| {
            let mut bytes = forged.clone();
            bytes[7] += 1;
            std::fs::write(&file, bytes).unwrap();
        }),
        ("it is missing", &|| std::fs::remove_file(&file).unwrap()),
    ];
    for (why, damage) in unbelievable {
        let _ = std::fs::remove_file(&file);
        std::fs::set_permissions(root.join(".spv"), std::fs::Permissions::from_mode(0o755))
            .unwrap();
        std::fs::write(&file, &forged).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(topics(root, None), ["forged", "forged"]);
        damage();
        assert_eq!(topics(root, None), ["Invented", "Invented"], "{why}");
    }
    let mode = std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode & 0o022, 0, "what is kept again may be believed");
}

#[test]
fn what_changed_is_read_again_and_nothing_else() {
    let temp = library();
    let root = temp.path();
    assert_eq!(topics(root, None).len(), 2);
    forge(&root.join(".spv/catalogue"));
    Library::store(root, &invented("S/PV.3", "en", "2020-01-01", "")).unwrap();
    assert_eq!(topics(root, None), ["Invented", "forged", "forged"]);
    std::fs::remove_file(root.join("records/2019/S_PV.1.en.json.zst")).unwrap();
    assert_eq!(topics(root, None), ["Invented", "forged"]);
}

#[test]
fn a_folder_changed_just_now_is_looked_at_again() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path();
    for n in 1..20 {
        // No time passes between the catalogue of one look and the record stored after it.
        let record = invented(&format!("S/PV.{n}"), "en", "2019-01-01", "");
        Library::store(root, &record).unwrap();
        assert_eq!(topics(root, None).len(), n);
    }
}

#[test]
fn a_file_edited_in_place_is_found_by_the_full_check() {
    let temp = library();
    let root = temp.path();
    let mut record = invented("S/PV.4", "en", "2019-01-04", "");
    let file = root.join("records/2019/four.json");
    std::fs::write(&file, json::write_record(&record)).unwrap();
    age(&root.join("records/2019"), 1);
    let library = Library::open_with(root, None).unwrap();
    assert!(library.refresh().unwrap().is_none());
    record.topic = "Edited".to_owned();
    std::fs::write(&file, json::write_record(&record)).unwrap();
    let library = Library::open_with(root, None).unwrap();
    let fresh = library.refresh().unwrap().unwrap();
    assert_eq!(&*fresh.catalogue().entries[0].topic, "Edited");
    assert!(Library::exercise().refresh().unwrap().is_none());
    // The file holds another record by now than the catalogue says.
    record.symbol = crate::record::Symbol::verbatim(5);
    std::fs::write(&file, json::write_record(&record)).unwrap();
    let error = fresh.load(&fresh.catalogue().entries[0]).unwrap_err().to_string();
    assert!(error.contains("four.json: field symbol: the file now holds S/PV.5"), "{error}");
    std::fs::remove_file(&file).unwrap();
    let error = fresh.load(&fresh.catalogue().entries[0]).unwrap_err();
    assert!(matches!(error, LibraryError::Refused { .. }), "{error}");
}

#[test]
fn where_the_library_may_not_be_written_the_cache_of_the_person_is_used() {
    let temp = library();
    let flat = tempfile::tempdir().unwrap();
    let record = invented("S/PV.1", "en", "2019-01-01", "");
    std::fs::write(flat.path().join("a.json"), json::write_record(&record)).unwrap();
    age(flat.path(), 1);
    // A file in the way simulates a folder that refuses, since root is never refused.
    std::fs::remove_dir_all(temp.path().join(".spv")).unwrap();
    std::fs::write(temp.path().join(".spv"), "").unwrap();
    for root in [temp.path(), flat.path()] {
        let home = tempfile::tempdir().unwrap();
        let cache = home.path().join("cache/spv");
        assert!(topics(root, Some(&cache)).iter().all(|topic| topic == "Invented"));
        let folders: Vec<PathBuf> =
            std::fs::read_dir(&cache).unwrap().map(|e| e.unwrap().path()).collect();
        assert_eq!(folders.len(), 1);
        let mode = std::fs::metadata(&folders[0]).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o700);
        forge(&folders[0].join("catalogue"));
        assert!(topics(root, Some(&cache)).iter().all(|topic| topic == "forged"));
    }
    assert_eq!(std::fs::read_dir(flat.path()).unwrap().count(), 1, "nothing is put beside");
}

#[test]
fn links_are_read_and_end_and_are_not_written_through() {
    let temp = library();
    let (root, outside) = (temp.path(), tempfile::tempdir().unwrap());
    let record = invented("S/PV.9", "en", "2021-01-01", "");
    std::fs::write(outside.path().join("nine.json"), json::write_record(&record)).unwrap();
    symlink("..", root.join("records/2019/up")).unwrap();
    symlink(".", root.join("records/2019/here")).unwrap();
    symlink(outside.path(), root.join("records/2021")).unwrap();
    assert_eq!(topics(root, None).len(), 3);
    let new = invented("S/PV.10", "en", "2021-01-02", "");
    let error = Library::store(root, &new).unwrap_err().to_string();
    assert!(error.contains("records/2021") && error.contains("leads out"), "{error}");
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1);

    std::fs::remove_dir_all(root.join(".spv")).unwrap();
    symlink(outside.path(), root.join(".spv")).unwrap();
    let error = Library::store(root, &invented("S/PV.11", "en", "2019-01-02", "")).unwrap_err();
    assert!(error.to_string().contains("leads out"), "{error}");
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1);
}
