//! Half-typed phrases after frequent words, over many invented statements: there are more words with the prefix than are
//! looked up directly, two threads share the documents, and several threads made the index.

use std::sync::atomic::AtomicBool;

use spv::library::Library;
use spv::record::{Record, json};
use spv::search::index::{Index, update_index};

use super::made::Dice;
use super::plain::{self, Ask};
use super::{corpus, program};

const FREQUENT: [&str; 3] = ["the", "of", "and"];
const STARTS: [&str; 13] =
    ["co", "con", "re", "ma", "pro", "pa", "th", "de", "12", "2", "x", "été", "ж"];

/// Half of the words are frequent; the others have few prefixes and are rarely the same.
fn text(dice: &mut Dice) -> String {
    let mut words: Vec<String> = Vec::new();
    for _ in 0..dice.roll(40) {
        if dice.roll(2) == 0 {
            words.push(dice.one(&FREQUENT).to_owned());
        } else {
            let rank = dice.roll(90).min(dice.roll(90));
            let (first, second) = (b'a' + (rank / 10) as u8, b'a' + (rank % 10) as u8);
            let start = dice.one(&STARTS);
            words.push(format!("{start}{}{}", char::from(first), char::from(second)));
        }
    }
    words.join(" ")
}

fn records() -> Vec<Record> {
    let mut dice = Dice::new(5);
    let mut record = |n: usize| {
        let items: Vec<serde_json::Value> = (1..=70)
            .map(|number| {
                let paragraphs: Vec<_> =
                    (0..=dice.roll(3)).map(|_| serde_json::json!({"text": text(&mut dice)})).collect();
                serde_json::json!({
                    "type": "statement", "number": number,
                    "speaker": {"printed": "x", "name": "Mr. Invented", "state": "France", "as": "member"},
                    "paragraphs": paragraphs,
                })
            })
            .collect();
        let record = serde_json::json!({
            "format": "spv/1", "symbol": format!("S/PV.{}", 9000 + n), "kind": "verbatim",
            "language": "en", "date": format!("20{:02}-05-05", 10 + n % 10),
            "topic": "An invented topic", "agenda": [], "items": items,
        });
        json::read_record(record.to_string().as_bytes()).unwrap()
    };
    (0..80).map(&mut record).collect()
}

#[test]
fn half_typed_phrases_behind_frequent_words_find_what_the_plain_way_finds() {
    let records = records();
    let folder = tempfile::tempdir().unwrap();
    corpus::put(folder.path(), &records);
    let library = Library::open_with(folder.path(), None).unwrap();
    update_index(&library, None, false, &AtomicBool::new(false), &mut |_| {}).unwrap();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    let statements = plain::statements(&records);
    let ends = [
        "c", "co", "con", "cona", "conaa", "coba", "r", "re", "reb", "m", "ma", "mab", "p", "pa",
        "pr", "pro", "proc", "t", "th", "thc", "d", "de", "1", "12", "12b", "2", "2a", "x", "xc",
        "e", "ete", "ж", "q", "жa",
    ];
    let mut with_hits = 0;
    for end in ends {
        for before in [&["the"][..], &["of", "the"], &["coaa"], &["and", "xaa"]] {
            let words = before.iter().chain(&[end]).map(|word| (*word).to_owned()).collect();
            let ask = Ask::Phrase(words, true);
            let (expected, firsts) = plain::answer(&ask, &statements);
            let given = program(&index, &library, &ask.to_string(), &firsts);
            assert_eq!(given, expected, "{ask}");
            with_hits += usize::from(!expected.found.is_empty());
        }
    }
    assert!(with_hits > ends.len() * 3, "{with_hits} had hits");
}
