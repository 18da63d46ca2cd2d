//! The place is kept, privately, and found again.

use std::os::unix::fs::PermissionsExt;

use crate::pty::*;

fn mode(path: &std::path::Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_second_run_reopens_the_place_from_a_private_file() {
    let home = Home::new();
    let mut term = home.spv(&["MSC/PV.1 (Resumption 1)"]).start();
    term.shows("Mr. Sarsenov").types("jj\r").wait("the text", |s| s.status().contains("/17"));
    term.types("/orchard\r").shows("hit 1 of").types("3j").hides("hit 1 of");
    while !term.is_silent_for(std::time::Duration::from_millis(200)) {}
    let (top, status) = term.look(|s| (s.row(1), s.status()));
    assert!(!top.trim().is_empty(), "{}", term.text());
    term.types("Q");
    assert_eq!(term.ends(), 0);

    assert_eq!(mode(&home.places()), 0o600);
    assert_eq!(mode(home.places().parent().unwrap()), 0o700);
    let text = std::fs::read_to_string(home.places()).unwrap();
    assert!(text.contains("MSC/PV.1 (Resumption 1)"), "{text}");

    // In another width the lines break elsewhere; the words at the top are the same.
    let first: String = top.split_whitespace().next().unwrap().to_owned();
    for (columns, rows) in [(80, 24), (50, 20), (80, 24)] {
        let mut term = home.spv(&["MSC/PV.1 (Resumption 1)"]).size(columns, rows).start();
        term.shows("Mr. Sarsenov").types(ENTER).wait("the text", |s| s.status().contains("/17"));
        let now = term.look(|s| s.row(1));
        assert!(now.contains(&first), "{columns}: {now}, not {top}");
        if columns == 80 {
            assert_eq!((now, term.look(|s| s.status())), (top.clone(), status.clone()));
        }
        term.types("Q");
        assert_eq!(term.ends(), 0);
    }
}

#[test]
fn folders_that_cannot_be_written_are_said_and_do_not_stop_the_reader() {
    let home = Home::new();
    // Files where the folders should be: not even root can make folders there.
    for name in [".local", ".cache", ".config"] {
        home.put(name, "an invented file");
    }
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").wait("one line about it", |s| s.has("places.json"));
    term.types("\r\r").wait("the text", |s| s.status().contains("1/12"));
    term.types(" qq").shows("Security Council meetings").types("q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn without_home_it_reads_and_keeps_nothing() {
    let home = Home::new();
    let mut term = home.spv(&[]).without("HOME").start();
    term.shows("MSC/PV.6").shows("HOME is not set").types("\r\r").shows("1/12").types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn a_damaged_file_of_places_is_kept_aside_and_said() {
    let home = Home::new();
    home.put(".local/state/spv/places.json", "{ cut sho");
    let mut term = home.spv(&[]).start();
    term.shows("MSC/PV.6").wait("one line about it", |s| s.has("places.json"));
    term.types("\r\r").shows("1/12").types(" Q");
    assert_eq!(term.ends_and_restores(), 0);
    let folder = home.places().parent().unwrap().to_owned();
    let kept: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("damaged"))
        .collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
}

#[test]
fn a_place_that_cannot_be_kept_at_the_end_is_said_after_it() {
    let home = Home::new();
    let mut term = home.spv(&["MSC/PV.6"]).start();
    term.shows("Ms. Rannaveer").types("\r ").wait("the text", |s| s.status().contains('%'));
    // The folder turns into a file while one reads.
    home.put(".local", "an invented file");
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
    assert!(term.look(|s| s.has("spv: ") && s.has("the place is not kept")), "{}", term.text());
}
