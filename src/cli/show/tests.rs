//! What `spv show` prints, imported again, is the record it was made from.

use std::path::PathBuf;

use crate::app::blocks::Part;
use crate::cli::{markdown, text};
use crate::import::{forms, pdf, text::Hints};
use crate::record::{As, Item, Paragraph, Record, Source, Vote, VoteKind, json};

/// The record as text and as Markdown.
fn printed(record: &Record) -> [(&'static str, Vec<u8>); 2] {
    let (mut plain, mut marked) = (Vec::new(), Vec::new());
    text::write_record(&mut plain, record, Part::Whole).unwrap();
    markdown::write_record(&mut marked, record, Part::Whole).unwrap();
    [("text", plain), ("markdown", marked)]
}

/// The record without what no print has: the source, where the topic is from, the order of names in a vote.
fn bare(record: &Record) -> Record {
    let mut bare = record.clone();
    bare.source = Source::default();
    bare.topic_from = None;
    for item in &mut bare.items {
        match item {
            Item::Vote(vote) => {
                sort_names(vote);
                // A vote on a draft and one of unknown kind have the same heading.
                if vote.kind == VoteKind::Substantive {
                    vote.kind = VoteKind::Unknown;
                }
            }
            Item::Statement(statement) => {
                // Only a record of before has no name for who presides; the cover has it.
                if statement.speaker.as_ == As::President {
                    statement.speaker.name.clone_from(&statement.speaker.printed);
                }
                // The members of a group are not printed.
                statement.on_behalf_of.iter_mut().for_each(|behalf| behalf.members.clear());
                statement.paragraphs.iter_mut().for_each(plain_spaces);
            }
            Item::Direction(_) => {}
        }
    }
    bare
}

/// Makes no-break spaces plain, as every print does.
fn plain_spaces(paragraph: &mut Paragraph) {
    for turn in &mut paragraph.breaks {
        turn.at -= paragraph.text[..turn.at].matches('\u{a0}').count();
    }
    paragraph.text = paragraph.text.replace('\u{a0}', " ");
}

fn sort_names(vote: &mut Vote) {
    for list in [&mut vote.in_favour, &mut vote.against, &mut vote.abstaining, &mut vote.not_voting]
    {
        list.sort();
    }
}

/// Compares part by part, so that a failure names the part.
fn assert_same(record: &Record, again: &Record, form: &str) {
    let (record, again) = (bare(record), bare(again));
    let name = format!("{} in {} as {form}", record.symbol, record.language.name());
    assert_eq!(again.items.len(), record.items.len(), "{name}");
    for (at, (one, other)) in record.items.iter().zip(&again.items).enumerate() {
        assert_eq!(other, one, "{name}, item {at}");
    }
    assert_eq!(
        Record { items: Vec::new(), ..again },
        Record { items: Vec::new(), ..record },
        "{name}"
    );
}

fn read_again(record: &Record, form: &str, bytes: &[u8]) -> Record {
    match forms::read(bytes, &Hints::default()) {
        Ok(imported) => imported.record,
        Err(error) => panic!("{} as {form}: {error}", record.symbol),
    }
}

#[test]
fn each_exercise_debate_comes_back() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/exercise");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let record = json::read_record(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
        for (form, bytes) in printed(&record) {
            assert_same(&record, &read_again(&record, form, &bytes), form);
            count += 1;
        }
    }
    assert!(count >= 16);
}

#[test]
fn a_part_of_a_record_is_refused() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/exercise/MSC_PV.2.en.json");
    let record = json::read_record(&std::fs::read(path).unwrap()).unwrap();
    for part in [Part::Statement(2), Part::Page(3)] {
        let (mut plain, mut marked) = (Vec::new(), Vec::new());
        text::write_record(&mut plain, &record, part).unwrap();
        markdown::write_record(&mut marked, &record, part).unwrap();
        for bytes in [plain, marked] {
            let refused = forms::read(&bytes, &Hints::default()).unwrap_err();
            assert!(refused.0.contains("not the whole record"), "{refused}");
        }
    }
}

#[test]
fn each_real_record_comes_back() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let root = std::env::var_os("SPV_SHARED").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(root.join("records/pdf")) else {
        println!("SKIPPED: no real records in {}", root.display());
        return;
    };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|end| end != "pdf") {
            continue;
        }
        let record = pdf::read(&std::fs::read(&path).unwrap(), &Hints::default()).unwrap().record;
        for (form, bytes) in printed(&record) {
            assert_same(&record, &read_again(&record, form, &bytes), form);
        }
    }
}
