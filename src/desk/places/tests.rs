//! The desk remembers, shares its file with another, and destroys nothing it does not understand.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::*;
use crate::record::{Language, Symbol};

fn place(number: u32, language: &str, statement: u32, at: i64) -> Place {
    Place {
        symbol: Symbol::verbatim(number),
        language: Language::from_word(language),
        statement,
        paragraph: 2,
        byte: 17,
        words: "invented words that stood there".to_owned(),
        at,
    }
}

fn open(dir: &Path) -> Desk {
    let (desk, warning) = Desk::open(dir);
    assert_eq!(warning, None);
    desk
}

#[test]
fn a_place_is_found_again_on_the_next_start() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("state/spv");
    let mut desk = open(&dir);
    assert!(!dir.exists(), "reading alone makes no folder");
    desk.keep_place(place(8668, "en", 4, 10)).unwrap();
    desk.keep_place(place(8668, "fr", 5, 11)).unwrap();
    desk.keep_place(place(8668, "en", 7, 12)).unwrap();
    let desk = open(&dir);
    let symbol = Symbol::verbatim(8668);
    assert_eq!(desk.places(), [place(8668, "en", 7, 12), place(8668, "fr", 5, 11)]);
    assert_eq!(desk.place_of(&symbol, &Language::French), Some(&place(8668, "fr", 5, 11)));
    assert_eq!(desk.place_of(&symbol, &Language::Arabic), Some(&place(8668, "en", 7, 12)));
    assert_eq!(desk.place_of(&Symbol::verbatim(1), &Language::English), None);
}

#[test]
fn the_folder_and_its_files_are_private() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("spv");
    std::fs::create_dir(&dir).unwrap();
    std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(0o755)).unwrap();
    open(&dir).keep_place(place(1, "en", 1, 1)).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&dir), 0o700);
    let files: Vec<_> = std::fs::read_dir(&dir).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(files.len(), 2, "the file and the lock, nothing unfinished: {files:?}");
    files.iter().for_each(|file| assert_eq!(mode(file), 0o600, "{file:?}"));
}

#[test]
fn two_readers_at_once_lose_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let (dir, each) = (temp.path(), 20);
    std::thread::scope(|scope| {
        for reader in 0..4_u32 {
            scope.spawn(move || {
                let (mut desk, _) = Desk::open(dir);
                for n in 0..each {
                    desk.keep_place(place(reader * 100 + n + 1, "en", n, i64::from(n))).unwrap();
                }
            });
        }
    });
    let desk = open(dir);
    assert_eq!(desk.places().len(), 4 * each as usize);
}

#[test]
fn the_newest_are_kept() {
    let temp = tempfile::tempdir().unwrap();
    let many: Vec<Place> = (1..=600).map(|n| place(n, "en", 1, i64::from(n))).collect();
    write_places(temp.path(), &many, &[], 600).unwrap();
    let mut desk = open(temp.path());
    desk.keep_place(place(9999, "en", 1, 10_000)).unwrap();
    // An older place that another reader could not write at once does not displace a newer one.
    write_places(temp.path(), &[place(9999, "en", 2, 9_000)], &[], 11_000).unwrap();
    let desk = open(temp.path());
    assert_eq!(desk.places().len(), PLACES);
    assert_eq!(desk.places()[0], place(9999, "en", 1, 10_000));
    assert_eq!(desk.places()[1].symbol.number(), 600);
    assert_eq!(desk.places()[PLACES - 1].symbol.number(), 102);
}

#[test]
fn a_damaged_file_is_kept_aside_and_said() {
    let sound = r#"{"format":"spv-places/1","places":[]}"#;
    let huge = format!("{sound}{}", " ".repeat(5 << 20));
    let kinds: &[&[u8]] = &[
        b"",
        b"{",
        b"[]",
        b"\xFF\xFE",
        br#"{"places":[]}"#,
        br#"{"format":"other","places":[]}"#,
        br#"{"format":"spv-places/1"}"#,
        br#"{"format":"spv-places/1","places":{}}"#,
        huge.as_bytes(),
    ];
    let temp = tempfile::tempdir().unwrap();
    for (n, bytes) in kinds.iter().enumerate() {
        let file = temp.path().join("places.json");
        std::fs::write(&file, bytes).unwrap();
        let (mut desk, warning) = Desk::open(temp.path());
        let aside = temp.path().join(format!("places.json.damaged-{}", n + 1));
        let warning = warning.unwrap();
        assert!(warning.contains(aside.to_str().unwrap()), "{warning}");
        assert_eq!(warning.lines().count(), 1);
        assert_eq!(std::fs::read(&aside).unwrap(), *bytes);
        desk.keep_place(place(5, "en", 1, 1)).unwrap();
        assert_eq!(open(temp.path()).places().len(), 1);
    }
}

#[test]
fn a_file_damaged_while_reading_is_kept_aside_too() {
    let temp = tempfile::tempdir().unwrap();
    let mut desk = open(temp.path());
    desk.keep_place(place(5, "en", 1, 1)).unwrap();
    std::fs::write(temp.path().join("places.json"), "{\"format\":").unwrap();
    desk.keep_place(place(6, "en", 1, 2)).unwrap();
    assert!(temp.path().join("places.json.damaged-1").exists());
    assert_eq!(open(temp.path()).places().len(), 2, "what this reader knew is written again");
}

#[test]
fn a_later_version_is_left_as_it_is() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("places.json");
    let later = r#"{"format":"spv-places/2","places":{"new":"shape"}}"#;
    let mut before = open(temp.path());
    std::fs::write(&file, later).unwrap();
    let (mut desk, warning) = Desk::open(temp.path());
    assert!(warning.unwrap().contains("later version"));
    assert!(desk.dir.is_none());
    desk.keep_place(place(5, "en", 1, 1)).unwrap();
    assert!(before.keep_place(place(6, "en", 1, 1)).is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), later);
}

#[test]
fn a_place_from_a_clock_that_was_ahead_gives_way_and_ages() {
    let temp = tempfile::tempdir().unwrap();
    let ahead = 2_050_000_000;
    open(temp.path()).keep_place(place(5, "en", 3, ahead)).unwrap();
    open(temp.path()).keep_place(place(6, "en", 1, ahead + 9)).unwrap();
    let mut desk = open(temp.path());
    assert_eq!(desk.places()[0].symbol.number(), 6);
    desk.keep_place(place(5, "en", 8, 100)).unwrap();
    assert_eq!(open(temp.path()).places()[0], place(5, "en", 8, 100), "the one kept last");
    // Another reader that still remembers the time ahead writes only what it keeps itself.
    let mut other = open(temp.path());
    desk.keep_place(place(6, "en", 4, 101)).unwrap();
    other.keep_place(place(7, "en", 1, 102)).unwrap();
    let desk = open(temp.path());
    let kept: Vec<_> = desk.places().iter().map(|p| (p.symbol.number(), p.statement)).collect();
    assert_eq!(kept, [(7, 1), (6, 4), (5, 8)]);
    // Those from the future are the first to go when there are too many, as others that are not read again.
    let mut desk = open(temp.path());
    desk.keep_place(place(4, "en", 1, ahead)).unwrap();
    for n in 0..PLACES {
        desk.keep_place(place(1000 + u32::try_from(n).unwrap(), "en", 1, 200)).unwrap();
    }
    assert!(open(temp.path()).places().iter().all(|place| place.at < ahead));
}

#[test]
fn a_place_that_could_not_be_written_is_written_with_the_next_one() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("spv");
    std::fs::write(&file, "in the way").unwrap();
    let mut desk = Desk { dir: Some(file.clone()), ..Desk::default() };
    desk.keep_place(place(5, "en", 3, 1)).unwrap_err();
    std::fs::remove_file(&file).unwrap();
    desk.keep_place(place(6, "en", 3, 2)).unwrap();
    assert_eq!(open(&file).places(), [place(6, "en", 3, 2), place(5, "en", 3, 1)]);
}

#[test]
fn what_this_version_does_not_know_is_kept() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("places.json");
    let text = r#"{"format":"spv-places/1.4","of":18446744073709551616,"places":[
        {"symbol":"S/PV.5","language":"en","statement":1,"at":7,"pane": 1.10},
        {"symbol":"nonsense","ring":"\u202e"}, {"symbol":"S/PV.6","language":"en","statement":-1,"at":0}, 3]}"#;
    std::fs::write(&file, text).unwrap();
    let (mut desk, warning) = Desk::open(temp.path());
    let warning = warning.unwrap();
    assert!(warning.contains("3 places cannot be read (first number 2 of the list: "), "{warning}");
    desk.keep_place(place(5, "en", 2, 9)).unwrap();
    desk.keep_place(place(8, "en", 1, 10)).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    for kept in [
        r#"{"format":"spv-places/1.4","places":[{"symbol":"S/PV.8","#,
        r#""at":9,"pane":1.10},{"symbol":"nonsense","ring":"\u202e"},"#,
        r#"{"symbol":"S/PV.6","language":"en","statement":-1,"at":0},3],"of":18446744073709551616}"#,
    ] {
        assert!(text.contains(kept), "{kept} is not in {text}");
    }
    assert_eq!(Desk::open(temp.path()).0.places().len(), 2);
}

#[test]
fn a_private_desk_remembers_and_writes_nothing() {
    let mut desk = Desk::private();
    desk.keep_place(place(5, "en", 3, 1)).unwrap();
    assert_eq!(desk.place_of(&Symbol::verbatim(5), &Language::English).unwrap().statement, 3);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("a file");
    std::fs::write(&file, "").unwrap();
    let dir = file.join("spv");
    let mut desk = Desk { dir: Some(dir.clone()), ..Desk::default() };
    let error = desk.keep_place(place(5, "en", 3, 1)).unwrap_err().to_string();
    assert!(error.contains(dir.to_str().unwrap()), "{error}");
    assert!(desk.place_of(&Symbol::verbatim(5), &Language::English).is_some());
}
