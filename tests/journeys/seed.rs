//! The main job on real input, where `../shared/records` is there: a statement as copied from a PDF and a
//! whole record, brought in by the command line and read in a terminal. Nothing of their words
//! stands here; they are compared with the files themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use crate::pty::*;

/// A person with the seed and one more record in the library, `None` (and said) where they are not there.
fn imported() -> Option<(Home, String)> {
    let records = shared()?.join("records");
    let home = Home::new();
    let seed = only_file(&records.join("seed"));
    let args = ["import", "--symbol", "S/PV.8668 (Resumption 1)", "--date", "2019-11-19", &seed];
    let (code, out, err) = home.command(&args);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("S/PV.8668 (Resumption 1)"), "{out}");
    let text = records.join("text/S_PV.9642.en.txt");
    let (code, out, err) = home.command(&["import", text.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{err}");
    Some((home, std::fs::read_to_string(seed).unwrap()))
}

fn only_file(folder: &Path) -> String {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    files.remove(0).into_os_string().into_string().unwrap()
}

/// The letters and digits of a text, one after the other: what is left of it however its lines break.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn the_seed_is_found_opened_and_read_to_its_last_word() {
    let Some((home, seed)) = imported() else { return };
    let mut term = home.spv(&[]).start();
    term.shows("S/PV.9642").shows("S/PV.8668 R1");
    term.types("fumarov").wait("the speaker", |s| s.row(2).contains("Umarov"));
    term.types(ENTER).wait("the statement in a list", |s| s.has("2019-11-19") && !s.has("Find:"));
    term.types(ENTER).wait("the statement", |s| s.has("Mr. Umarov (Kazakhstan)"));
    // Row by row, so that each line is read once, whatever the pages overlap.
    let mut rows = term.look(|s| s.rows());
    rows.pop();
    let mut read = rows.split_off(1);
    while !term.look(|s| s.status().contains("· end ·")) {
        let before = term.text();
        term.types("j").wait("the next row", |s| s.text() != before);
        read.push(term.look(|s| s.row(s.rows().len() - 2)));
    }
    // The first line of the file is the form of address, which the screen shows as a heading.
    let (_, words) = seed.split_once(':').unwrap();
    let body = letters(words);
    let shown = letters(&read.join("\n"));
    assert!(shown.contains(&body), "not every word in its order:\n{}", read.join("\n"));
    // Ten paragraphs, with an empty row between any two.
    let text = read.join("\n");
    let blocks = text.split("\n\n").filter(|b| !b.trim().is_empty()).count();
    assert_eq!(blocks, 11, "a heading and ten paragraphs:\n{text}");

    term.types("g").types(TAB).wait("the reference", |s| s.has("8628"));
    let before = term.text();
    term.types(ENTER).wait("what is known of S/PV.8628", |s| {
        s.text() != before && s.has("S/PV.8628") && s.text().contains("2019")
    });
    println!("{}", term.text());
    term.types(BACKSPACE).wait("back in the statement", |s| s.row(0).contains("8668"));
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn what_kazakhstan_said_is_copied_with_a_citation_that_says_it_has_no_page() {
    let Some((home, seed)) = imported() else { return };
    let mut term = home.spv(&["umarov", "kazakhstan"]).start();
    term.wait("the speaker", |s| s.row(2).contains("Umarov")).types("\r\r");
    term.wait("the statement", |s| s.has("Mr. Umarov (Kazakhstan)"));
    let mark = term.mark();
    term.types("Y").wait_bytes(mark, "a copy", |bytes| !copied(bytes).is_empty());
    let copied = copied(&term.since(mark)).remove(0);
    let (quotation, citation) = copied.trim_end().rsplit_once("\n\n").unwrap();
    let (_, words) = seed.split_once(':').unwrap();
    assert!(letters(words).starts_with(&letters(quotation)), "{quotation}");
    assert_eq!(
        citation,
        "Mr. Umarov (Kazakhstan), S/PV.8668 (Resumption 1) (English, page not known)"
    );
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}

#[test]
fn a_whole_record_opens_with_its_vote() {
    let Some((home, _)) = imported() else { return };
    let mut term = home.spv(&["9642"]).start();
    term.wait("the statements", |s| s.row(0).contains("S/PV.9642") && s.has("vote"));
    term.types("V").wait("the vote", |s| s.text().contains("In favour"));
    term.types("Q");
    assert_eq!(term.ends_and_restores(), 0);
}
