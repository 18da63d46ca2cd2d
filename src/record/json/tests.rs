//! Bad files, one by one, and what reading says about them; writing then reading.

use proptest::prelude::*;

use super::*;
use crate::record::{As, Doubt, Item, Paragraph, Statement, Symbol, Vote, VoteKind};

/// A small sound record. Its words are invented.
const SOUND: &str = r#"{
  "format": "spv/1",
  "symbol": "MSC/PV.1",
  "kind": "verbatim",
  "exercise": true,
  "language": "en",
  "date": "2019-11-19",
  "items": [
    {"type": "direction", "text": "Invented: the lamps were lit."},
    {"type": "statement", "number": 1,
     "speaker": {"printed": "Ms. One", "name": "Ms. One"},
     "paragraphs": [{"text": "Año", "breaks": [{"at": 1, "page": 2}]}]},
    {"type": "vote"},
    {"type": "statement", "number": 2,
     "speaker": {"printed": "Mr. Two", "name": "Mr. Two"},
     "paragraphs": []}
  ]
}"#;

fn error(text: &str) -> String {
    read_record(text.as_bytes()).unwrap_err().to_string()
}

/// The sound record with one text in it replaced.
fn with(old: &str, new: &str) -> String {
    assert_eq!(SOUND.matches(old).count(), 1, "{old}");
    SOUND.replace(old, new)
}

#[test]
fn a_sound_record_is_read_with_defaults_and_unknown_fields_ignored() {
    let record = read_record(SOUND.as_bytes()).unwrap();
    assert_eq!(record.symbol, Symbol::exercise(1));
    assert_eq!(record.statements().count(), 2);
    assert_eq!(record.statements().next().unwrap().speaker.as_, As::Unknown);
    let more = with(r#""date""#, r#""weather": {"rain": [1, {}]}, "date""#);
    assert_eq!(read_record(more.as_bytes()).unwrap(), record);
    let marked = format!("\u{feff}{SOUND}\r\n");
    assert_eq!(read_record(marked.as_bytes()).unwrap(), record);
    let minor = with("spv/1", "spv/1.3");
    assert_eq!(read_record(minor.as_bytes()).unwrap().format, "spv/1.3");
    let other_spelling = with("MSC/PV.1", "mscpv1");
    assert_eq!(read_record(other_spelling.as_bytes()).unwrap(), record);
}

#[test]
fn the_two_fields_about_the_kind_of_a_vote_agree() {
    for (fields, kind, procedural) in [
        ("", VoteKind::Unknown, false),
        (r#", "procedural": true"#, VoteKind::Procedural, true),
        (r#", "kind": "procedural""#, VoteKind::Procedural, true),
        (r#", "kind": "substantive", "procedural": true"#, VoteKind::Procedural, true),
        (r#", "kind": "preliminary", "procedural": false"#, VoteKind::Preliminary, false),
    ] {
        let text = with(r#"{"type": "vote"}"#, &format!(r#"{{"type": "vote"{fields}}}"#));
        let record = read_record(text.as_bytes()).unwrap();
        let vote = record.votes().next().unwrap();
        assert_eq!((vote.kind, vote.procedural), (kind, procedural), "{fields}");
    }
}

#[test]
fn all_doubts_are_in_order_and_a_record_without_any_writes_none() {
    let mut record = read_record(SOUND.as_bytes()).unwrap();
    assert!(record.all_doubts().is_empty());
    let text = write_record(&record);
    assert!(!text.contains("doubts") && !text.contains(r#""kind": "unknown""#), "{text}");

    record.source.warnings = vec!["of the source".to_owned()];
    let doubt = |statement, page, text: &str| Doubt { statement, page, text: text.to_owned() };
    record.doubts = vec![
        doubt(Some(2), None, "of the second statement"),
        doubt(None, None, "of the whole"),
        doubt(Some(1), None, "of the first statement"),
        doubt(Some(9), Some(3), "of no statement"),
    ];
    record.items[2] =
        Item::Vote(Vote { doubts: vec!["of the vote".to_owned()], ..Vote::default() });
    let all = record.all_doubts();
    let found: Vec<_> = all.iter().map(|d| (d.item, d.statement, d.text.as_str())).collect();
    assert_eq!(
        found,
        [
            (None, None, "of the source"),
            (None, None, "of the whole"),
            (None, Some(9), "of no statement"),
            (Some(1), Some(1), "of the first statement"),
            (Some(2), Some(1), "vote: of the vote"),
            (Some(3), Some(2), "of the second statement"),
        ]
    );
    assert_eq!(record.count_doubts(), all.len());
    assert_eq!(read_record(write_record(&record).as_bytes()).unwrap(), record);
}

/// What is put in place of what, and what the error must name.
const FAULTS: &[(&str, &str, &[&str])] = &[
    // Not JSON, and JSON of something else.
    (r#""kind": "verbatim","#, r#""kind": verbatim,"#, &["line 4", "not JSON", "spv import"]),
    (r#""exercise": true,"#, r#""exercise": true"#, &["line 6", "not JSON"]),
    (r#""date": "2019-11-19","#, "", &["missing field `date`", "import"]),
    (r#"["#, r#"[["#, &["line", "field"]),
    // Fields.
    (r#""verbatim""#, r#""song""#, &["line 4", "field kind", "verbatim"]),
    (r#""verbatim""#, "7", &["line 4", "field kind"]),
    (r#"true"#, r#""yes""#, &["line 5", "field exercise", "boolean"]),
    (r#""MSC/PV.1""#, r#""A/76/262""#, &["line 3", "field symbol", "8668", "S/2020/254"]),
    (r#""2019-11-19""#, r#""2019-02-30""#, &["line 7", "field date"]),
    (r#""2019-11-19""#, r#""yesterday""#, &["line 7", "field date"]),
    (r#""2019-11-19""#, "20191119", &["line 7", "field date"]),
    (r#""date""#, r#""kind": "letter", "date""#, &["line 7", "duplicate field `kind`"]),
    // Items, with the field inside.
    (r#""name": "Ms. One""#, r#""name": 5"#, &["line 11", "field items[1].speaker.name", "string"]),
    (r#", "name": "Ms. One""#, "", &["line 11", "field items[1].speaker", "`name`"]),
    (r#""text": "Año""#, r#""text": null"#, &["line 12", "field items[1].paragraphs[0].text"]),
    (
        r#""text": "Invented: the lamps were lit.""#,
        r#""page": 1"#,
        &["line 9", "items[0]", "`text` of a direction"],
    ),
    (r#""number": 2,"#, "", &["items[3]", "missing field `number` of a statement"]),
    (r#""type": "vote""#, r#""type": "dance""#, &["line 13", "items[2].type", "dance", "vote"]),
    (r#"{"type": "vote"}"#, r#"{"page": 3}"#, &["line 13", "items[2]", "`type`"]),
    (
        r#"{"type": "vote"}"#,
        r#"{"type": "vote", "outcome": "won"}"#,
        &["line 13", "items[2].outcome", "vetoed"],
    ),
    // Formats.
    (r#""spv/1""#, r#""spv/2""#, &["field format", "spv/2", "reads spv/1", "newer"]),
    (r#""spv/1""#, r#""spv/10""#, &["field format", "spv/10", "newer"]),
    (r#""spv/1""#, r#""spv/""#, &["field format", "not a format"]),
    (r#""spv/1""#, r#""other/1""#, &["field format", "not a format"]),
    (r#""spv/1""#, "1", &["line 2", "field format"]),
    // What contradicts itself.
    (r#""exercise": true,"#, "", &["field exercise", "MSC/PV.1"]),
    (r#""number": 2"#, r#""number": 3"#, &["items[3].number", "expected statement 2", "found 3"]),
    (r#""number": 1"#, r#""number": 0"#, &["items[1].number", "expected statement 1"]),
    (r#""at": 1,"#, r#""at": 2,"#, &["items[1].paragraphs[0].breaks[0].at", "inside a character"]),
    (
        r#""at": 1,"#,
        r#""at": 5,"#,
        &["items[1].paragraphs[0].breaks[0].at", "past the end of the text"],
    ),
    (r#""at": 1,"#, r#""at": -1,"#, &["line 12", "items[1].paragraphs[0].breaks[0].at"]),
    (
        r#"[{"at": 1, "page": 2}]"#,
        r#"[{"at": 3, "page": 2}, {"at": 1, "page": 3}]"#,
        &["breaks[1].at", "not after the previous break"],
    ),
    (
        r#"[{"at": 1, "page": 2}]"#,
        r#"[{"at": 1, "page": 2}, {"at": 1, "page": 3}]"#,
        &["breaks[1].at"],
    ),
];

#[test]
fn each_fault_is_named_with_its_place() {
    for (old, new, named) in FAULTS {
        let text = if SOUND.matches(old).count() == 1 {
            with(old, new)
        } else {
            SOUND.replacen(old, new, 1)
        };
        let error = error(&text);
        for name in *named {
            assert!(error.contains(name), "{old} -> {new}\n  {error}\n  lacks {name:?}");
        }
        assert!(!error.contains(" at line "), "the place is said once: {error}");
    }
}

#[test]
fn a_newer_format_of_another_shape_is_named_as_such() {
    let text = r#"{"format": "spv/2", "items": {"first": 1}}"#;
    assert!(error(text).contains("spv/2"), "{}", error(text));
}

#[test]
fn a_file_cut_short_anywhere_is_one_error() {
    for end in (0..SOUND.len()).filter(|&end| SOUND.is_char_boundary(end)) {
        let error = error(&SOUND[..end]);
        assert!(
            error.contains("unexpected end of file") || error.contains("empty"),
            "{end}: {error}"
        );
    }
    assert!(error("").contains("empty"));
    assert!(error("plain words").contains("not JSON"));
    assert!(error(&format!("{SOUND} {SOUND}")).contains("not JSON"));
    assert!(error("[]").contains("line 1"));
    assert!(error("null").contains("line 1"));
}

#[test]
fn bytes_that_are_not_utf_8_are_placed() {
    let mut bytes = SOUND.as_bytes().to_vec();
    let at = SOUND.find("Ms. One").unwrap();
    bytes[at] = 0xFF;
    let line_start = SOUND[..at].rfind('\n').unwrap() + 1;
    let expected = JsonError::NotUtf8 { line: 11, column: at - line_start + 1 };
    assert_eq!(read_record(&bytes), Err(expected));
    assert!(matches!(read_record(b"\xff\xfe{\0"), Err(JsonError::NotUtf8 { line: 1, column: 1 })));
}

#[test]
fn too_large_and_too_deep_are_refused() {
    let large = vec![b' '; LARGEST + 1];
    assert_eq!(read_record(&large), Err(JsonError::TooLarge { size: 65 }));
    assert_eq!(read_record(&vec![b','; PARTS + 1]), Err(JsonError::TooMany));
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        assert!(error(&deep).contains("line 1"), "as the whole");
        for field in ["items", "kind", "unknown", "symbol"] {
            let text = with(r#""date""#, &format!(r#""{field}": {deep}, "date""#));
            // An unknown field is ignored however deep it is; the others are of the wrong type.
            assert_eq!(read_record(text.as_bytes()).is_ok(), field == "unknown", "{field}");
        }
    }
}

#[test]
fn errors_carry_no_controls_and_no_megabyte() {
    let evil = format!("\\u001b]0;x\\u0007\u{202e}{}", "y".repeat(1_000_000));
    for field in ["MSC/PV.1", "verbatim", "spv/1", "2019-11-19"] {
        let error = error(&with(&format!("\"{field}\""), &format!("\"{evil}\"")));
        assert!(!error.chars().any(harmless::is_harmful), "{field}");
        assert!(error.chars().count() < 600, "{field}: {}", error.len());
    }
}

#[test]
fn what_is_written_carries_no_controls_and_is_read_back() {
    let evil: String =
        ('\0'..='\u{9f}').chain(['\u{202e}', '\u{2028}', '\u{e0041}', 'é']).collect();
    let mut record = read_record(SOUND.as_bytes()).unwrap();
    record.topic.clone_from(&evil);
    let text = write_record(&record);
    assert!(!text.chars().any(harmless::is_harmful), "{text}");
    assert!(text.ends_with("}\n") && !text.ends_with("\n\n"));
    assert!(text.contains("\\u202e") && text.contains("\\u009b") && text.contains('é'));
    assert_eq!(read_record(text.as_bytes()).unwrap(), record);
    let line = to_line(&evil);
    assert!(!line.contains('\n') && !line.chars().any(harmless::is_harmful));
    assert_eq!(serde_json::from_str::<String>(&line).unwrap(), evil);
    assert_eq!(to_line(&"\u{7f}"), r#""\u007f""#);
    assert_eq!(to_line(&f64::NAN), "null");
    assert!(to_line(&std::collections::BTreeMap::from([((1, 2), 3)])).contains("error"));
}

proptest! {
    #[test]
    fn writing_then_reading_is_the_identity(
        topic in any::<String>(),
        paragraphs in proptest::collection::vec(any::<String>(), 0..4),
        number in 1u32..9999,
    ) {
        let mut record = read_record(SOUND.as_bytes()).unwrap();
        record.symbol = Symbol::verbatim(number);
        record.topic = topic;
        record.items = vec![Item::Statement(Statement {
            number: 1,
            paragraphs: paragraphs
                .into_iter()
                .map(|text| Paragraph { text, ..Paragraph::default() })
                .collect(),
            ..Statement::default()
        })];
        let text = write_record(&record);
        prop_assert!(!text.chars().any(harmless::is_harmful));
        prop_assert_eq!(read_record(text.as_bytes()), Ok(record));
    }

    #[test]
    fn no_bytes_panic(at in 0..SOUND.len(), byte in any::<u8>(), other in any::<Vec<u8>>()) {
        let _ = read_record(&other);
        let mut bytes = SOUND.as_bytes().to_vec();
        bytes[at] = byte;
        if let Err(e) = read_record(&bytes) {
            prop_assert!(!e.to_string().chars().any(harmless::is_harmful));
        }
    }
}
