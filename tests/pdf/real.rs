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

/// S/PV.8704 without its first page has every statement and every page; only the cover is not known.
#[test]
fn a_record_without_its_cover_page() {
    let Some(records) = shared() else { return };
    let file = "S_PV.8704_without_cover.pdf";
    let Ok(bytes) = std::fs::read(records.join("more/altered").join(file)) else {
        println!("SKIPPED: no {file}");
        return;
    };
    let record = pdf::read(&bytes, &Hints::default()).unwrap().record;
    assert_eq!(record.symbol.to_string(), "S/PV.8704");
    assert_eq!(record.statements().count(), 22);
    assert!(record.presidents.is_empty() && record.members.is_empty());
    assert_eq!(record.opened.as_deref(), Some("10.05 a.m."));
    let pages: Vec<u32> = every_page(&record).into_iter().flatten().collect();
    assert_eq!((pages.first(), pages.last()), (Some(&2), Some(&19)));
    assert!(pages.is_sorted());
    let said = &record.source.warnings;
    assert!(said.len() == 1 && said[0].contains("who presided"), "{said:?}");
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

/// What is printed at the edges of a record's pages: the numbers `2/37`, the day and the job number.
struct Edges {
    day: String,
    pages: String,
}

impl Edges {
    fn of(record: &Record) -> Self {
        let last = every_page(record).into_iter().flatten().max().unwrap();
        let (day, month, year) = (record.date.day(), record.date.month(), record.date.year());
        Self { day: format!("{day:02}/{month:02}/{year}"), pages: last.to_string() }
    }

    /// "73/89" is a resolution of the General Assembly and stays.
    fn has(&self, word: &str) -> bool {
        let figures = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let job = word.split_once('-').is_some_and(|(year, number)| {
            year.len() == 2 && number.len() == 5 && figures(year) && figures(number)
        });
        let page =
            word.split_once('/').is_some_and(|(page, pages)| figures(page) && pages == self.pages);
        job || page || word == self.day
    }
}

/// A speech of the data set without what is none of it: the form of address, the record's running
/// headers and job numbers, and the directions, titles and lists that stand after the statement.
fn cleaned(speech: &str, record: &Record, edges: &Edges, before_vote: bool) -> Vec<String> {
    let text = speech.split_once(':').map_or(speech, |(_, rest)| rest);
    let spoken: Vec<&str> = text.split(' ').filter(|word| !edges.has(word)).collect();
    let mut left = plain(words(&spoken.join(" ")), record);
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

/// How the words of a record compare with those of the data set.
#[derive(Clone, Copy, Default)]
struct Score {
    /// Words on both sides.
    same: usize,
    /// Words of both sides together.
    total: usize,
    /// Words of ours that the data set has without the space between them.
    fused: usize,
    /// Words of the data set that are several of ours.
    fusions: usize,
}

impl Score {
    /// Adds one statement.
    fn add(&mut self, mine: &[String], theirs: &[String]) {
        let mut count: HashMap<&str, i64> = HashMap::new();
        for word in mine {
            *count.entry(word).or_default() += 1;
        }
        let mut strange: Vec<&str> = Vec::new();
        for word in theirs {
            let left = count.entry(word).or_default();
            *left -= 1;
            match *left >= 0 {
                true => self.same += 1,
                false => strange.push(word),
            }
        }
        self.total += mine.len() + theirs.len();
        // "theinternational" stands for two words that were said and are missing.
        for word in strange {
            let whole = |run: &&[String]| run.concat() == word;
            let run = (2..=3).find_map(|long| mine.windows(long).find(whole));
            let missing = |w: &String| count.get(w.as_str()).is_some_and(|n| *n > 0);
            if let Some(run) = run.filter(|run| run.iter().all(missing)) {
                run.iter().for_each(|w| *count.entry(w).or_default() -= 1);
                self.fused += run.len();
                self.fusions += 1;
            }
        }
    }

    fn f1(self) -> f64 {
        2.0 * self.same as f64 / self.total as f64
    }

    /// The same with the spaces put back that the data set lost.
    fn f1_apart(self) -> f64 {
        2.0 * (self.same + self.fused) as f64 / (self.total + self.fused - self.fusions) as f64
    }
}

/// Against the data set as it is, and with the spaces put back that it lost between words, which is
/// most of what differs: its words are read by a machine from the picture of the page.
#[test]
fn the_words_of_the_data_set() {
    let Some(speeches) = speeches() else { return };
    let records = records();
    let mut all = Score::default();
    for (file, number) in [
        ("S_PV.8698_E.pdf", "8698"),
        ("S_PV.8700_E.pdf", "8700"),
        ("S_PV.8701_E.pdf", "8701"),
        ("S_PV.8706_E.pdf", "8706"),
        ("S_PV.8706(Resumption1)_E.pdf", "8706Resumption1"),
    ] {
        let (record, theirs) = (&records[file], &speeches[number]);
        assert_eq!(record.statements().count(), theirs.len(), "{file}");
        let (votes, edges) = (before_votes(record), Edges::of(record));
        let mut score = Score::default();
        for (statement, speech) in record.statements().zip(theirs) {
            let mine = plain(words(&statement.text()), record);
            let theirs = cleaned(speech, record, &edges, votes.contains(&statement.number));
            score.add(&mine, &theirs);
            all.add(&mine, &theirs);
        }
        println!("{file}: token F1 {:.5}, words apart {:.5}", score.f1(), score.f1_apart());
        assert!(score.f1() >= 0.9975, "{file}: {}", score.f1());
        assert!(score.f1_apart() >= 0.999, "{file}: {}", score.f1_apart());
    }
    println!("all: token F1 {:.5}, words apart {:.5}", all.f1(), all.f1_apart());
    assert!(all.f1() >= 0.998, "{}", all.f1());
    assert!(all.f1_apart() >= 0.9995, "{}", all.f1_apart());
}
