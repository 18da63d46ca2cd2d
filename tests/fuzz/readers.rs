//! The readers of what others wrote, each called on any bytes, with what has to hold whatever they are.
//!
//! The fuzz targets and `tests/fuzz` share these. Each gives the records it made as the text of a
//! record file, so that the test can hold them against the schema as well.

use spv::import::check::{add_doubts, check_record};
use spv::import::{dataset, pdf as pdf_import, text as text_import};
use spv::library::packs::{Pack, PackError, verified};
use spv::record::{Item, Record, Vote, json};
use spv::search::query as queries;

/// A sound record is written, read again and the same; its text is given.
fn sound(record: &Record, from: usize) -> String {
    let text = json::write_record(record);
    // What is made of some bytes is bounded by them: names and numbers around each word, no more.
    assert!(text.len() <= 64 * from + (256 << 10), "{} bytes made {}", from, text.len());
    match json::read_record(text.as_bytes()) {
        Ok(again) => assert!(again == *record, "it changes when it is written and read"),
        Err(error) => panic!("what was made is no record: {error}"),
    }
    text
}

/// An error is one line that says something.
fn line(message: &str) {
    assert!(!message.is_empty() && message.len() < 2_000, "{message:?}");
    assert!(!message.chars().any(char::is_control), "{message:?}");
}

/// A PDF.
pub fn pdf(bytes: &[u8]) -> Vec<String> {
    match pdf_import::read(bytes, &pdf_import::Hints::default()) {
        // A PDF unpacks: what it made is held against what it may unpack to and not against its size.
        Ok(imported) => vec![sound(&imported.record, bytes.len().max(1 << 20))],
        Err(error) => {
            line(&error.to_string());
            Vec::new()
        }
    }
}

/// A plain text.
pub fn text(bytes: &[u8]) -> Vec<String> {
    // A text may leave out its symbol and its date; without them there would be nothing to look at.
    let hints = text_import::Hints {
        symbol: Some(spv::record::Symbol::verbatim(9998)),
        date: "2099-11-11".parse().ok(),
        ..text_import::Hints::default()
    };
    match text_import::read(bytes, &hints) {
        Ok(imported) => vec![sound(&imported.record, bytes.len())],
        Err(error) => {
            line(&error.to_string());
            Vec::new()
        }
    }
}

/// The names of texts that the tables of the test speak of.
const TEXTS: [&str; 3] = [
    "UNSC_2020_SPV.8704_spch0001.txt",
    "UNSC_2020_SPV.8704_spch0002.txt",
    "UNSC_2020_SPV.8704Resumption1_spch0001.txt",
];

/// The tables of the data set: the same bytes as `speaker.tsv` and as `meta.tsv`.
pub fn tsv(bytes: &[u8]) -> Vec<String> {
    let mut tables = dataset::DatasetTables::default();
    for read in [tables.read_speakers(bytes), tables.read_meta(bytes)] {
        if let Err(error) = read {
            line(&error.to_string());
        }
    }
    documents(tables, b"Ms. Orlan (Peru): Invented words of nobody.", bytes.len())
}

/// Tables for the text of a speech.
const SPEAKERS: &[u8] = b"\tfilename\tdate\tspeaker\tcountry_org\ttopic\n\
    1\tUNSC_2020_SPV.8704_spch0001.txt\t2020-01-16\tThe President\tPeru\tUtopia\n\
    2\tUNSC_2020_SPV.8704_spch0002.txt\t2020-01-16\tMs. Orlan\tPeru\tUtopia\n\
    3\tUNSC_2020_SPV.8704Resumption1_spch0001.txt\t2020-01-16\tMs. Orlan\tPeru\tUtopia\n";

/// The text of a speech of the data set.
pub fn speech(bytes: &[u8]) -> Vec<String> {
    let mut tables = dataset::DatasetTables::default();
    if let Err(error) = tables.read_speakers(SPEAKERS) {
        panic!("{error}");
    }
    documents(tables, bytes, 3 * bytes.len())
}

fn documents(tables: dataset::DatasetTables, text: &[u8], from: usize) -> Vec<String> {
    let found = |name: &&str| dataset::FoundText {
        name: (*name).to_owned(),
        at: 0,
        size: text.len() as u64,
    };
    let plan = dataset::plan_records(tables, TEXTS.iter().map(found).collect());
    let mut made = Vec::new();
    for document in &plan.documents {
        let texts: Vec<Vec<u8>> =
            document.speeches.iter().flat_map(|s| &s.texts).map(|_| text.to_vec()).collect();
        for repair in [true, false] {
            let hash = dataset::source_hash(document, &texts);
            let built = dataset::build_record(
                document,
                &texts,
                hash,
                dataset::BuildOptions { repair },
                &dataset::Spellings::default(),
            );
            made.push(sound(&built.record, from + 4096));
        }
    }
    made
}

/// A pack.
pub fn pack(bytes: &[u8]) -> Vec<String> {
    let mut pack = match Pack::open(bytes) {
        Ok(pack) => pack,
        Err(PackError::Bad(message)) => {
            line(&message);
            return Vec::new();
        }
        Err(PackError::Io(error)) => panic!("bytes in memory cannot fail: {error}"),
    };
    let (listed, mut told, mut made) = (pack.listed(), 0, Vec::new());
    loop {
        match pack.next() {
            Ok(None) => break,
            Ok(Some(Ok(member))) => match verified(&member) {
                Ok(record) => made.push(sound(&record, 64 << 20)),
                Err(message) => {
                    line(&message);
                    told += 1;
                }
            },
            Ok(Some(Err(fault))) => {
                line(&fault.message);
                line(&fault.member.unwrap_or("-".to_owned()));
                told += 1;
            }
            Err(error) => panic!("bytes in memory cannot fail: {error}"),
        }
    }
    assert!(made.len() + told >= listed, "each record that is listed is given or named");
    assert!(
        made.len() + told <= 2 * listed + bytes.len() / 256 + 8,
        "{told} faults of {}",
        bytes.len()
    );
    made
}

/// A record file.
pub fn record(bytes: &[u8]) -> Vec<String> {
    match json::read_record(bytes) {
        Ok(record) => vec![sound(&record, bytes.len())],
        Err(error) => {
            line(&error.to_string());
            Vec::new()
        }
    }
}

/// The check of a whole record, on any record file: the items stay as printed, and a second look finds
/// nothing new.
pub fn check(bytes: &[u8]) -> Vec<String> {
    let Ok(record) = json::read_record(bytes) else { return Vec::new() };
    let mut checked = record.clone();
    check_record(&mut checked, &[]);
    assert_eq!(checked.items.len(), record.items.len());
    for (found, printed) in checked.items.iter().zip(&record.items) {
        match (found, printed) {
            (Item::Vote(found), Item::Vote(printed)) => {
                let lists = |v: &Vote| {
                    [&v.in_favour, &v.against, &v.abstaining, &v.not_voting].map(Clone::clone)
                };
                assert!(lists(found) == lists(printed), "the lists of a vote stay as printed");
                let total: usize = lists(found).iter().map(Vec::len).sum();
                assert!(total <= 15 || !found.doubts.is_empty(), "{total} members without a doubt");
            }
            (found, printed) => assert!(found == printed, "an item stays as printed"),
        }
    }
    let mut again = checked.clone();
    add_doubts(&mut again);
    assert!(again == checked, "a second look finds something new");
    checked.all_doubts().iter().for_each(|doubt| assert!(!doubt.spelled().is_empty()));
    vec![sound(&checked, bytes.len())]
}

/// A query, whole and as it is typed.
pub fn query(bytes: &[u8]) -> Vec<String> {
    let typed = String::from_utf8_lossy(bytes);
    let query = queries::parse(&typed);
    for trouble in &query.troubles {
        assert!(typed.get(trouble.at.clone()).is_some(), "{typed:?}: {:?}", trouble.at);
        assert!(!trouble.message.is_empty());
    }
    // What was understood is printed, and understood the same again.
    let printed = query.to_string();
    // A longer one is cut, and what is printed can be longer than what was typed.
    if printed.len() <= queries::LONGEST {
        assert_eq!(queries::parse(&printed).to_string(), printed, "{typed:?}");
    }
    let _ = queries::parse_typed(&typed);
    Vec::new()
}
