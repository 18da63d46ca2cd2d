//! Real records, where they are: counts, votes, covers and the words of the data set. Only facts
//! stand here; the texts are read where they lie.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use spv::import::pdf::{self, Hints};
use spv::record::{Item, Outcome, Record, Status, Vote};

/// The folder of real records, if it is there; says plainly when it is not.
fn shared() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let root = PathBuf::from(std::env::var("SPV_SHARED").unwrap_or_else(|_| default.to_owned()));
    let records = root.join("records");
    if records.join("pdf").is_dir() {
        return Some(records);
    }
    println!("SKIPPED: no real records at {} (set SPV_SHARED)", root.display());
    None
}

/// Names and bytes of the real PDFs.
pub fn files() -> Vec<(String, Vec<u8>)> {
    let Some(records) = shared() else { return Vec::new() };
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(records.join("pdf"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "pdf"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn records() -> HashMap<String, Record> {
    let read = |(name, bytes): (String, Vec<u8>)| {
        let hints = Hints { file_name: Some(name.clone()), ..Hints::default() };
        (name, pdf::read(&bytes, &hints).unwrap().record)
    };
    files().into_iter().map(read).collect()
}

/// File, symbol, date, President, their State, opened, closed, last page, statements, votes; read off
/// the printed records.
const FACTS: &str = "\
S_PV.3756_E.pdf|S/PV.3756|1997-03-21|Mr. Wlosowicz|Poland|6.25 p.m.|7.30 p.m.|11|20|1
S_PV.8422_E.pdf|S/PV.8422|2018-12-13|Mr. Adom|Côte d'Ivoire|3.10 p.m.|3.55 p.m.|9|12|1
S_PV.8698_E.pdf|S/PV.8698|2020-01-08|Mr. Dang|Viet Nam|10 a.m.|11.40 a.m.|18|20|0
S_PV.8700_E.pdf|S/PV.8700|2020-01-10|Mr. Dang|Viet Nam|6.05 p.m.|7.05 p.m.|12|23|2
S_PV.8701_E.pdf|S/PV.8701|2020-01-13|Mr. Dang|Viet Nam|10.20 a.m.|10.25 a.m.|2|2|1
S_PV.8706_E.pdf|S/PV.8706|2020-01-21|Mr. Dang|Viet Nam|10.05 a.m.|1.10 p.m.|30|32|0
S_PV.8706(Resumption1)_E.pdf|S/PV.8706 (Resumption 1)|2020-01-22|Mr. Dinh|Viet Nam|10.10 a.m.|1.30 p.m.|37|63|0
S_PV.10100_E.pdf|S/PV.10100|2026-01-30|Mr. Osman|Somalia|3.05 p.m.|3.10 p.m.|3|2|1";

/// The facts of a record in the form of the table above.
fn facts(file: &str, record: &Record, last: u32) -> String {
    let none = String::new();
    let president = &record.presidents[0];
    let parts = [
        file.to_owned(),
        record.symbol.to_string(),
        record.date.to_string(),
        president.name.clone(),
        president.state.clone().unwrap_or_default(),
        record.opened.as_ref().unwrap_or(&none).clone(),
        record.closed.as_ref().unwrap_or(&none).clone(),
        last.to_string(),
        record.statements().count().to_string(),
        record.votes().count().to_string(),
    ];
    parts.join("|")
}

#[test]
fn covers_counts_and_pages() {
    let records = records();
    for want in FACTS.lines() {
        let file = want.split('|').next().unwrap();
        let Some(record) = records.get(file) else { continue };
        let mut last = 1;
        for page in every_page(record) {
            let page = page.expect("a paragraph without its page");
            assert!(page == last || page == last + 1, "{file}: page {page} after {last}");
            last = page;
        }
        assert_eq!(facts(file, record, last), want);
        assert_eq!(record.status, Status::Provisional, "{file}");
        assert_eq!(record.place.as_deref(), Some("New York"), "{file}");
        assert_eq!((record.presidents.len(), record.members.len()), (1, 14), "{file}");
        assert!(record.members.iter().all(|m| m.representative.is_some()), "{file}");
        assert!(!record.agenda.is_empty() && record.topic == record.agenda[0], "{file}");
        assert_eq!(record.source.warnings, Vec::<String>::new(), "{file}");
    }
}

/// The pages of everything, with those that turn inside paragraphs, in order.
fn every_page(record: &Record) -> Vec<Option<u32>> {
    let mut pages = Vec::new();
    for item in &record.items {
        pages.push(item.page());
        let Item::Statement(statement) = item else { continue };
        for paragraph in &statement.paragraphs {
            pages.push(paragraph.page);
            pages.extend(paragraph.breaks.iter().map(|b| Some(b.page)));
        }
    }
    pages
}

#[test]
fn no_header_and_no_footer_in_a_paragraph() {
    for (file, record) in records() {
        let number = record.symbol.number();
        let (day, month, year) = (record.date.day(), record.date.month(), record.date.year());
        let own = [
            format!("S/PV.{number} "),
            format!("{day:02}/{month:02}/{year}"),
            format!("{number}th meeting"),
        ];
        for paragraph in record.statements().flat_map(|s| &s.paragraphs) {
            let text = &paragraph.text;
            assert!(!own.iter().any(|o| text.contains(o)), "{file}: {text}");
            let job = text.split(' ').any(|w| {
                w.split_once('-').is_some_and(|(a, b)| {
                    a.len() == 2
                        && b.len() == 5
                        && w.bytes().all(|c| c == b'-' || c.is_ascii_digit())
                })
            });
            assert!(!job, "{file}: {text}");
            assert!(!text.contains("  ") && text.trim() == text, "{file}: {text:?}");
        }
    }
}

fn counts(vote: &Vote) -> (usize, usize, usize) {
    (vote.in_favour.len(), vote.against.len(), vote.abstaining.len())
}

#[test]
fn votes_name_by_name() {
    let records = records();
    if records.is_empty() {
        return;
    }
    let votes = |file: &str| records[file].votes().cloned().collect::<Vec<_>>();
    let veto = &votes("S_PV.3756_E.pdf")[0];
    assert_eq!(counts(veto), (13, 1, 1));
    assert_eq!((&veto.against[0][..], &veto.abstaining[0][..]), ("United States", "Costa Rica"));
    assert_eq!(
        (veto.outcome, &veto.on[..]),
        (Some(Outcome::Vetoed), &["S/1997/241".to_owned()][..])
    );

    let vote = &votes("S_PV.8422_E.pdf")[0];
    assert_eq!((counts(vote), vote.outcome), ((13, 0, 2), Some(Outcome::Adopted)));
    assert_eq!(vote.abstaining, ["China", "Russian Federation"]);
    assert!(vote.in_favour[0].starts_with("Bolivia"));
    assert_eq!(vote.adopted_as.as_deref(), Some("S/RES/2448 (2018)"));

    let two = votes("S_PV.8700_E.pdf");
    assert_eq!(two[0].in_favour, ["China", "Russian Federation", "Viet Nam"]);
    assert_eq!(two[0].outcome, Some(Outcome::NotAdopted));
    assert_eq!((counts(&two[1]), two[1].outcome), ((11, 0, 4), Some(Outcome::Adopted)));
    assert_eq!(two[1].adopted_as.as_deref(), Some("S/RES/2504 (2020)"));

    let vote = &votes("S_PV.8701_E.pdf")[0];
    assert_eq!((counts(vote), vote.outcome), ((15, 0, 0), Some(Outcome::Adopted)));
    let vote = &votes("S_PV.10100_E.pdf")[0];
    assert_eq!((counts(vote), vote.outcome), ((13, 0, 2), Some(Outcome::Adopted)));
    assert_eq!(vote.abstaining, ["Pakistan", "Somalia"]);
}

/// The statements of the data set by record, as it writes the numbers; `None` without the file or `xz`.
fn speeches() -> Option<HashMap<String, Vec<String>>> {
    let packed = std::fs::read(shared()?.join("speeches-2020.jsonl.xz")).ok()?;
    let started =
        Command::new("xz").arg("-dc").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        println!("SKIPPED: there is no xz to unpack the speeches with");
        return None;
    };
    let mut input = child.stdin.take()?;
    let feed = std::thread::spawn(move || input.write_all(&packed));
    let out = child.wait_with_output().ok()?;
    feed.join().unwrap().ok()?;
    let mut found: HashMap<String, Vec<(u64, String)>> = HashMap::new();
    for line in String::from_utf8_lossy(&out.stdout).lines() {
        let speech: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = speech["content"].as_str().unwrap_or("").to_owned();
        let number = speech["spv"].as_str().unwrap_or("").to_owned();
        found.entry(number).or_default().push((speech["speech"].as_u64().unwrap_or(0), text));
    }
    Some(
        found
            .into_iter()
            .map(|(number, mut speeches)| {
                speeches.sort();
                (number, speeches.into_iter().map(|(_, text)| text).collect())
            })
            .collect(),
    )
}

/// Words without case, accents and marks; figures of page and job numbers are left out by the caller.
fn words(text: &str) -> Vec<String> {
    let folded: String = text.chars().map(spv::record::fold::letter).collect();
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Takes the phrase out of the words, wherever it stands.
fn without(words: Vec<String>, phrase: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        out.push(word);
        if !phrase.is_empty() && out.ends_with(phrase) {
            out.truncate(out.len() - phrase.len());
        }
    }
    out
}

/// A speech of the data set without what is none of it: the form of address, the record's running
/// headers and job numbers, and the directions, titles and lists that stand after the statement.
fn cleaned(speech: &str, record: &Record, before_vote: bool) -> Vec<String> {
    let text = speech.split_once(':').map_or(speech, |(_, rest)| rest);
    let no_footer: Vec<&str> = text
        .split(' ')
        .filter(|w| {
            let job = w.split_once('-').is_some_and(|(a, b)| a.len() == 2 && b.len() == 5);
            let page = w.split_once('/').is_some_and(|(a, b)| {
                let figures = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
                figures(a) && b.split('/').all(figures)
            });
            !(job && w.bytes().all(|b| b == b'-' || b.is_ascii_digit()) || page)
        })
        .collect();
    let mut left = plain(words(&no_footer.join(" ")), record);
    // The lists of a vote follow its direction.
    let lists = ["in", "favour"].map(str::to_owned);
    let start = left.windows(2).rposition(|w| *w == lists).filter(|_| before_vote);
    left.truncate(start.unwrap_or(left.len()));
    left
}

/// Words without the directions and titles of the record; taken out of both sides, since a title is
/// sometimes spoken too.
fn plain(mut words_left: Vec<String>, record: &Record) -> Vec<String> {
    let mut none: Vec<Vec<String>> = record
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Direction(d) => Some(words(&d.text)),
            _ => None,
        })
        .filter(|phrase| phrase.len() > 3)
        .collect();
    // The longest first, so that no title hides in a longer one.
    none.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    for phrase in none {
        words_left = without(words_left, &phrase);
    }
    words_left
}

/// The statements after which a vote was taken, by number.
fn before_votes(record: &Record) -> Vec<u32> {
    let mut last = 0;
    let mut found = Vec::new();
    for item in &record.items {
        match item {
            Item::Statement(s) => last = s.number,
            Item::Vote(_) => found.push(last),
            Item::Direction(_) => {}
        }
    }
    found
}

#[test]
fn the_words_of_the_data_set() {
    let Some(speeches) = speeches() else { return };
    let records = records();
    let (mut all_same, mut all) = (0, 0);
    for (file, number) in [
        ("S_PV.8698_E.pdf", "8698"),
        ("S_PV.8700_E.pdf", "8700"),
        ("S_PV.8701_E.pdf", "8701"),
        ("S_PV.8706_E.pdf", "8706"),
        ("S_PV.8706(Resumption1)_E.pdf", "8706Resumption1"),
    ] {
        let (record, theirs) = (&records[file], &speeches[number]);
        assert_eq!(record.statements().count(), theirs.len(), "{file}");
        let votes = before_votes(record);
        let (mut same, mut total) = (0, 0);
        for (statement, speech) in record.statements().zip(theirs) {
            let mine = plain(words(&statement.text()), record);
            let theirs = cleaned(speech, record, votes.contains(&statement.number));
            total += mine.len() + theirs.len();
            let mut count: HashMap<&String, i64> = HashMap::new();
            for word in &mine {
                *count.entry(word).or_default() += 1;
            }
            for word in &theirs {
                let left = count.entry(word).or_default();
                *left -= 1;
                same += usize::from(*left >= 0);
            }
        }
        let f1 = 2.0 * same as f64 / total as f64;
        println!("{file}: token F1 {f1:.5}");
        assert!(f1 >= 0.9965, "{file}: {f1}");
        all_same += same;
        all += total;
    }
    let f1 = 2.0 * all_same as f64 / all as f64;
    println!("all: token F1 {f1:.5}");
    assert!(f1 >= 0.9975, "{f1}");
}
