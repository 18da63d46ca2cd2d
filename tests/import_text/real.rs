//! The real records in `../shared/records` (or `SPV_SHARED`), where they are at hand.

use std::path::PathBuf;

use spv::import::text::{Hints, Imported, TextError, read};
use spv::record::{Announced, As, Item, Outcome, Record, Statement, Vote, reference};

use super::plain::{file, letters, statements, texts};

/// The folder of real records, or a line that says it is not there.
pub fn records() -> Option<PathBuf> {
    let shared = std::env::var_os("SPV_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = shared.join("records");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no real records at {}", folder.display());
    None
}

fn text_of(folder: &std::path::Path, name: &str) -> Result<Imported, TextError> {
    read(&std::fs::read(folder.join("text").join(name)).unwrap(), &file(name))
}

fn editions(symbol: &str, languages: &[&str]) -> Vec<Record> {
    let Some(folder) = records() else { return Vec::new() };
    languages
        .iter()
        .map(|l| text_of(&folder, &format!("{symbol}.{l}.txt")).unwrap().record)
        .collect()
}

#[test]
fn the_seed_is_one_whole_statement() {
    let Some(folder) = records() else { return };
    let seed = folder.join("seed").join("000_ed079cbc579540b8.txt");
    let bytes = std::fs::read(seed).unwrap();
    let hints = Hints {
        symbol: Some("S/PV.8668 (Resumption 1)".parse().unwrap()),
        date: Some("2019-11-19".parse().unwrap()),
        ..file("000_ed079cbc579540b8.txt")
    };
    let record = read(&bytes, &hints).unwrap().record;
    let [one] = statements(&record)[..] else { panic!("{} items", record.items.len()) };
    assert_eq!(record.items.len(), 1);
    assert_eq!(one.speaker.name, "Mr. Umarov");
    assert_eq!(one.speaker.state.as_deref(), Some("Kazakhstan"));
    assert_eq!(one.speaker.as_, As::Invited);
    assert_eq!((one.page, one.spoken.clone()), (None, None));
    assert_eq!(one.paragraphs.len(), 10);
    let text = one.text();
    // The faults of the source stand.
    assert!(text.contains("CBMs. facilitating people-to-people contacts"));
    let source = String::from_utf8(bytes).unwrap();
    let flat: Vec<&str> = source.split("\n\n").map(str::trim).collect();
    for (paragraph, printed) in texts(one).into_iter().zip(&flat) {
        let printed: Vec<&str> = printed.split_whitespace().collect();
        assert!(printed.join(" ").ends_with(paragraph), "{paragraph}");
    }
    let cited = one.paragraphs.iter().flat_map(|p| reference::find_references(&p.text)).find(|r| {
        matches!(&r.target, reference::Target::Record { symbol, page: Some(2) } if symbol.number() == 8628)
    });
    assert!(cited.is_some());
    assert_eq!(record.source.from, "text");
    assert_eq!(record.source.file.as_deref(), Some("000_ed079cbc579540b8.txt"));
    assert_eq!(record.source.sha256.as_ref().map(String::len), Some(64));
}

/// What must be the same in every language: whom each speaks for and which language was spoken.
fn outline(record: &Record) -> Vec<(Option<String>, bool, Option<String>)> {
    let one = |s: &Statement| {
        let chair = s.speaker.as_ == As::President;
        let state = s.speaker.state.clone().filter(|_| !chair);
        (state, chair, s.spoken.as_ref().map(|l| l.code().to_owned()))
    };
    record.statements().map(one).collect()
}

fn one_vote(record: &Record) -> Vote {
    let votes: Vec<&Vote> = record.votes().collect();
    assert_eq!(votes.len(), 1);
    let mut vote = votes[0].clone();
    vote.in_favour.sort();
    vote.abstaining.sort();
    vote
}

#[test]
fn five_languages_of_9642_agree() {
    let records = editions("S_PV.9642", &["en", "fr", "es", "ru", "zh"]);
    let Some(english) = records.first() else { return };
    let states: Vec<String> = outline(english).into_iter().filter_map(|o| o.0).collect();
    assert_eq!(
        states,
        ["United States", "Russian Federation", "United Kingdom", "China", "France", "Guyana"]
    );
    for record in &records {
        let language = record.language.code();
        assert_eq!(record.symbol.to_string(), "S/PV.9642");
        assert_eq!(statements(record).len(), 8, "{language}");
        assert_eq!(outline(record), outline(english), "{language}");
        let vote = one_vote(record);
        assert_eq!(vote, one_vote(english), "{language}");
        assert_eq!(vote.on, ["S/2024/413"]);
        assert_eq!(vote.announced, Some(Announced { in_favour: 15, against: 0, abstaining: 0 }));
        assert_eq!(vote.outcome, Some(Outcome::Adopted));
        assert_eq!(vote.adopted_as.as_deref(), Some("S/RES/2732 (2024)"));
        assert_eq!(vote.in_favour.len(), 15);
        assert_eq!(vote.page, Some(2));
        let behalf = &statements(record)[7].on_behalf_of;
        assert_eq!(behalf.len(), 1, "{language}");
        assert_eq!(behalf[0].group, "A3+", "{language}");
        assert_eq!(behalf[0].members, ["Algeria", "Mozambique", "Sierra Leone", "Guyana"]);
        // Read one by one: 25 in print; lines alone leave one too few or one too many.
        let paragraphs: usize = record.statements().map(|s| s.paragraphs.len()).sum();
        assert!((24..=27).contains(&paragraphs), "{language}: {paragraphs}");
    }
}

#[test]
fn four_languages_of_10100_agree() {
    let records = editions("S_PV.10100", &["en", "fr", "ru", "zh"]);
    for record in &records {
        let language = record.language.code();
        assert_eq!(record.symbol.to_string(), "S/PV.10100");
        assert_eq!(record.date.to_string(), "2026-01-30");
        assert_eq!(statements(record).len(), 2, "{language}");
        let vote = one_vote(record);
        assert_eq!(vote, one_vote(&records[0]), "{language}");
        assert_eq!(vote.on, ["S/2026/50"], "{language}");
        assert_eq!(vote.announced, Some(Announced { in_favour: 13, against: 0, abstaining: 2 }));
        assert_eq!(vote.adopted_as.as_deref(), Some("S/RES/2815 (2026)"));
        assert_eq!(vote.abstaining, ["Pakistan", "Somalia"]);
        assert_eq!(vote.in_favour.len(), 13);
        let last = statements(record)[1].paragraphs.last().unwrap();
        assert_eq!(last.page, Some(3), "{language}");
    }
}

#[test]
fn cover_pages_are_read() {
    for record in editions("S_PV.9642", &["ru", "zh"]) {
        assert_eq!(record.members.len(), 14, "{:?}", record.members);
        assert_eq!(record.presidents[0].state.as_deref(), Some("Mozambique"));
        assert_eq!(record.agenda.len(), 3);
        assert!(record.place.is_some() && record.opened.is_some() && record.closed.is_some());
        assert!(record.members.iter().all(|m| m.representative.is_some()));
        assert!(record.members.iter().any(|m| m.state == "United Kingdom"));
    }
    // The Russian cover page and its page headers do not have the same day.
    let Some(russian) = editions("S_PV.9642", &["ru"]).pop() else { return };
    assert!(russian.source.warnings.iter().any(|w| w.contains("2024-05-30")));
    for record in editions("S_PV.10100", &["ru", "zh"]) {
        assert_eq!(record.members.len(), 14, "{:?}", record.members);
        assert_eq!(record.presidents[0].state.as_deref(), Some("Somalia"));
        assert_eq!(record.agenda.len(), 3);
    }
}

#[test]
fn scrambled_arabic_is_refused() {
    let Some(folder) = records() else { return };
    for name in ["S_PV.9642.ar.txt", "S_PV.10100.ar.txt"] {
        let error = text_of(&folder, name).unwrap_err().to_string();
        assert!(error.contains("is scrambled"), "{error}");
    }
}

/// The letters of a record, in two parts: before its vote and after it.
fn record_letters(record: &Record) -> (String, String) {
    let mut parts = [String::new(), String::new()];
    let mut part = 0;
    for item in &record.items {
        match item {
            Item::Direction(d) => parts[part].push_str(&letters(&d.text)),
            Item::Statement(s) => {
                parts[part].push_str(&letters(&s.speaker.printed));
                s.paragraphs.iter().for_each(|p| parts[part].push_str(&letters(&p.text)));
            }
            Item::Vote(_) => part = 1,
        }
    }
    let [before, after] = parts;
    (before, after)
}

/// The slow way: every letter of the source but those of headers and footers, in order.
fn source_letters(text: &str) -> String {
    let job = |line: &str| {
        line.split(' ').any(|w| {
            w.len() == 8
                && w.as_bytes()[2] == b'-'
                && w.bytes().filter(u8::is_ascii_digit).count() == 7
        })
    };
    let date = |w: &str| w.len() == 10 && w.matches('/').count() == 2;
    let header = |line: &str| line.contains("S/PV.") && line.split(' ').any(date);
    text.lines().map(str::trim).filter(|l| !job(l) && !header(l)).map(letters).collect()
}

#[test]
fn every_letter_of_the_body_is_in_the_record_in_order() {
    let Some(folder) = records() else { return };
    for (symbol, languages) in [
        ("S_PV.9642", &["en", "fr", "es", "ru", "zh"][..]),
        ("S_PV.10100", &["en", "fr", "ru", "zh"]),
    ] {
        for language in languages {
            let name = format!("{symbol}.{language}.txt");
            let bytes = std::fs::read_to_string(folder.join("text").join(&name)).unwrap();
            let source = source_letters(&bytes);
            let (before, after) = record_letters(&text_of(&folder, &name).unwrap().record);
            let start = source.find(&before).unwrap_or_else(|| panic!("{name}: before the vote"));
            // What stands before the body is a cover page, or nothing.
            assert!(start == 0 || matches!(*language, "ru" | "zh"), "{name}");
            assert!(source.ends_with(&after), "{name}: after the vote");
            let between = &source[start + before.len()..source.len() - after.len()];
            assert!((60..1200).contains(&between.len()), "{name}: {between}");
        }
    }
}

#[test]
fn no_header_or_footer_word_is_in_a_paragraph() {
    for symbol in ["9642", "10100"] {
        let languages: &[&str] = if symbol == "9642" {
            &["en", "fr", "es", "ru", "zh"]
        } else {
            &["en", "fr", "ru", "zh"]
        };
        for record in editions(&format!("S_PV.{symbol}"), languages) {
            let paragraphs: Vec<&str> = record.statements().flat_map(texts).collect();
            for word in [&format!("S/PV.{symbol}")[..], "Xxxxx", "24-153", "26-01", " 3/4", " 2/3"]
            {
                assert!(!paragraphs.iter().any(|p| p.contains(word)), "{word}");
            }
            for statement in record.statements() {
                assert!(statement.page.is_some_and(|p| (2..=4).contains(&p)));
                for paragraph in &statement.paragraphs {
                    assert!(paragraph.page >= statement.page);
                    for turn in &paragraph.breaks {
                        assert!(paragraph.text.is_char_boundary(turn.at));
                        assert!(turn.at > 0 && turn.at < paragraph.text.len());
                    }
                }
            }
        }
    }
}
