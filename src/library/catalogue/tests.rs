//! Catalogues: what goes in comes out, damage is noticed, and the build script agrees with the program.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::library::open::EXERCISE_TEXTS;
use crate::library::scan::{Known, file_of};
use crate::library::{Library, cache};
use crate::record::json;

fn stamp() -> impl Strategy<Value = Stamp> {
    (any::<u64>(), any::<i64>(), any::<u32>()).prop_map(|(size, seconds, nanos)| Stamp {
        size,
        seconds,
        nanos,
    })
}

fn turn() -> impl Strategy<Value = Turn> {
    let name = prop::sample::select(vec!["Mr. A", "Ms. Б", "", "السيد ج", "Mr. A\u{1b}[2J"]);
    let state = prop::sample::select(vec![None, Some("Norway"), Some("Côte d’Ivoire")]);
    (
        any::<u32>(),
        any::<Option<u32>>(),
        name,
        state,
        any::<Option<bool>>(),
        0..4_u8,
        any::<u32>(),
        any::<bool>(),
    )
        .prop_map(|(number, page, name, state, organization, as_, words, procedural)| Turn {
            number,
            page,
            name: name.to_owned(),
            state: state.map(str::to_owned),
            organization: organization.map(|long| if long { "Red Cross" } else { "" }.to_owned()),
            role: procedural.then(|| "Special Envoy".to_owned()),
            as_,
            words,
            procedural,
        })
}

fn outline() -> impl Strategy<Value = Outline> {
    let language = prop::sample::select(vec!["en", "fr", "ar", "tlh"]);
    let date = (-9999..=9999_i16, 1..=12_i8, 1..=28_i8);
    let file = prop::sample::select(vec![None, Some("records/2019/odd.json")]);
    let turns = prop::collection::vec(turn(), 0..12);
    let president = ("[A-C]{0,2}", prop::sample::select(vec![None, Some("Peru".to_owned())]));
    let lists = (prop::collection::vec("[A-Z]{0,3}", 0..3), prop::collection::vec(president, 0..3));
    (
        (any::<u32>(), language, 0..3_u8, 0..4_u8, any::<bool>()),
        date,
        ".{0,20}",
        lists,
        turns,
        file,
        stamp(),
    )
        .prop_map(
            |(
                (number, language, kind, status, exercise),
                date,
                topic,
                (outcomes, presidents),
                turns,
                file,
                stamp,
            )| {
                let symbol = Symbol::verbatim(number).to_string();
                let symbol =
                    if exercise { format!("M{symbol}").replace("MS/", "MSC/") } else { symbol };
                Outline {
                    symbol,
                    language: language.to_owned(),
                    kind,
                    exercise,
                    status,
                    date,
                    item: topic.chars().rev().collect(),
                    sub_items: format!("{topic}\nand more"),
                    topic,
                    outcomes,
                    presidents,
                    doubts: turns.len() as u32 * 300,
                    turns,
                    file: file.map(str::to_owned),
                    stamp,
                }
            },
        )
}

fn disk() -> impl Strategy<Value = Disk> {
    let cause = prop::sample::select(vec![Cause::Content, Cause::Refused, Cause::Beside]);
    let bad = ("[a-z/]{0,9}", ".{0,9}", stamp(), cause)
        .prop_map(|(file, message, stamp, cause)| BadFile { file, message, stamp, cause });
    let folders = prop::collection::vec(("[a-z/]{0,9}", stamp()), 0..4);
    (folders, prop::collection::vec(bad, 0..4))
        .prop_map(|(folders, problems)| Disk { folders, problems })
}

/// The outlines again, from what was decoded.
fn again(decoded: &Decoded) -> Vec<Outline> {
    let mut known = cache::known_files(decoded);
    let files = decoded.catalogue.entries.iter().map(|e| e.file().to_string_lossy().into_owned());
    files
        .filter_map(|file| match known.remove(&file) {
            Some(Known::Sound(outline)) => Some(outline),
            _ => None,
        })
        .collect()
}

proptest! {
    #[test]
    fn what_goes_in_comes_out(disk in disk(), outlines in prop::collection::vec(outline(), 0..6)) {
        // A catalogue has each file once.
        let mut files = std::collections::HashSet::new();
        let outlines: Vec<Outline> =
            outlines.into_iter().filter(|o| files.insert(file_of(o))).collect();
        let disk = Disk { problems: disk.problems.into_iter().filter(|b| !files.contains(&b.file)).collect(), ..disk };
        let bytes = encode(&disk, &outlines).unwrap();
        let decoded = decode(&bytes).unwrap();
        prop_assert_eq!(&decoded.disk, &disk);
        prop_assert_eq!(stamps(&decoded.stamps, outlines.len()).unwrap().len(), outlines.len());
        prop_assert_eq!(again(&decoded), outlines);
    }

    #[test]
    fn a_flipped_or_cut_catalogue_is_refused(
        outlines in prop::collection::vec(outline(), 1..4),
        places in prop::collection::vec((any::<prop::sample::Index>(), 1..=255_u8), 1..4),
        end in any::<prop::sample::Index>(),
    ) {
        let bytes = encode(&Disk::default(), &outlines).unwrap();
        let (place, flip) = places[0];
        let mut flipped = bytes.clone();
        flipped[place.index(bytes.len())] ^= flip;
        prop_assert!(decode(&flipped).is_none());
        prop_assert!(decode(&bytes[..end.index(bytes.len())]).is_none());
        // With a checksum that fits, the damage reaches every decoder; none may panic.
        let mut body = bytes[16..].to_vec();
        for (place, flip) in places {
            let place = place.index(body.len());
            body[place] ^= flip;
        }
        let mut forged = bytes[..8].to_vec();
        forged.extend_from_slice(&checksum(&body).to_le_bytes());
        forged.extend_from_slice(&body);
        if let Some(decoded) = decode(&forged) {
            let catalogue = &decoded.catalogue;
            let headings: usize = catalogue.entries.iter().map(|e| catalogue.headings(e).count()).sum();
            prop_assert!(headings <= body.len());
            let speakers = catalogue.speakers().count();
            prop_assert!(speakers <= body.len());
            let _ = (again(&decoded), catalogue.statements_of(None, |_| true).len());
        }
    }
}

#[test]
fn the_build_script_and_the_program_agree() {
    let library = Library::exercise();
    assert_eq!(library.catalogue().entries.len(), EXERCISE_TEXTS.len());
    let records: Vec<Record> =
        EXERCISE_TEXTS.iter().map(|(_, text)| json::read_record(text).unwrap()).collect();
    let plain = Catalogue::of(&records);
    for (made, read) in library.catalogue().entries.iter().zip(&plain.entries) {
        let same = |entry: &Entry| Entry { file: None, place: 0, ..entry.clone() };
        assert_eq!(same(made), same(read));
        let headings: Vec<_> = library.catalogue().headings(made).collect();
        assert_eq!(headings, plain.headings(read).collect::<Vec<_>>());
        assert_eq!(headings.len(), made.statements as usize);
        assert_eq!(library.load(made).unwrap().symbol, made.symbol);
        assert!(made.exercise, "{} is inside the binary and no exercise", made.symbol);
    }
}

/// An invented record with one statement and, if given, one vote.
pub(in crate::library) fn invented(symbol: &str, language: &str, date: &str, vote: &str) -> Record {
    let text = format!(
        r#"{{"format":"spv/1","symbol":"{symbol}","kind":"verbatim","language":"{language}",
        "date":"{date}","topic":"Invented","agenda":["Invented item"],"items":[
        {{"type":"statement","number":1,"page":2,"speaker":{{"printed":"Mr. X (Norway)","name":"Mr. X",
        "state":"Norway","as":"member"}},"paragraphs":[{{"text":"Four invented words here."}}]}}{vote}]}}"#
    );
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_meeting_stands_beside_its_resumptions_and_editions() {
    let records = [
        invented("S/PV.8667", "en", "2019-11-18", ""),
        invented("S/PV.8668 (Resumption 1)", "en", "2019-11-21", ""),
        invented("S/PV.8669", "en", "2019-11-20", ""),
        invented("S/PV.8668", "fr", "2019-11-19", ""),
        invented("S/PV.8668", "en", "2019-11-19", ""),
        invented("S/PV.8670", "ar", "2019-11-22", ""),
    ];
    let catalogue = Catalogue::of(&records);
    let told: Vec<String> =
        catalogue.entries.iter().map(|e| format!("{} {}", e.symbol, e.language.code())).collect();
    let expected = [
        "S/PV.8670 ar",
        "S/PV.8668 en",
        "S/PV.8668 fr",
        "S/PV.8668 (Resumption 1) en",
        "S/PV.8669 en",
        "S/PV.8667 en",
    ];
    assert_eq!(told, expected);
    let shown = |preferred: Option<&Language>| -> Vec<&str> {
        catalogue.records(preferred).map(|e| e.language.code()).collect()
    };
    assert_eq!(shown(None), ["ar", "en", "en", "en", "en"]);
    assert_eq!(shown(Some(&Language::French)), ["ar", "fr", "en", "en", "en"]);
    assert_eq!(catalogue.editions(&Symbol::verbatim(8668)).len(), 2);
    assert_eq!(catalogue.editions(&Symbol::verbatim(1)), []);
    // The statement of 8668 counts once, in the edition that is shown.
    let of = catalogue.statements_of(Some(&Language::French), |s| s.state == Some("Norway"));
    let languages: Vec<&str> = of.iter().map(|(entry, _)| entry.language.code()).collect();
    assert_eq!(languages, ["ar", "fr", "en", "en", "en"]);
    assert!(catalogue.statements_of(None, |s| s.name == "Mr. Y").is_empty());
    assert_eq!(catalogue.speakers().count(), 1);
}

#[test]
fn outcomes_are_told_short() {
    let table = [
        (Some("adopted"), Some("S/RES/2254 (2015)"), Some("RES 2254")),
        (Some("adopted"), Some("S/RES/2254(2015)"), Some("RES 2254")),
        (Some("adopted"), Some("S/RES/2254"), Some("RES 2254")),
        (None, Some("S/PRST/2019/15"), Some("PRST 2019/15")),
        (Some("adopted without a vote"), Some("MSC/RES/7 (2019)"), Some("RES 7")),
        (Some("vetoed"), None, Some("VETO")),
        (Some("not adopted"), Some(""), Some("NOT ADOPTED")),
        (Some("adopted"), None, None),
        (Some("adopted"), Some("RES/"), Some("RES ")),
        (None, Some(" "), None),
    ];
    for (outcome, symbol, short) in table {
        assert_eq!(short_outcome(outcome, symbol).as_deref(), short, "{outcome:?} {symbol:?}");
    }
    let vetoed = r#",{"type":"vote","outcome":"vetoed"},{"type":"vote","outcome":"vetoed"}"#;
    let entry = &Catalogue::of(&[invented("S/PV.1", "en", "1946-01-17", vetoed)]).entries[0];
    assert_eq!(entry.outcomes.iter().map(|o| &**o).collect::<Vec<_>>(), ["VETO"]);
    assert_eq!(entry.doubts, 0);
    let amended = r#",{"type":"vote","kind":"amendment","outcome":"not adopted"},{"type":"vote","outcome":"adopted","adopted_as":"S/RES/2504 (2020)"}"#;
    let entry = &Catalogue::of(&[invented("S/PV.1", "en", "1946-01-17", amended)]).entries[0];
    assert_eq!(entry.outcomes.iter().map(|o| &**o).collect::<Vec<_>>(), ["RES 2504"]);
    let doubtful = r#",{"type":"vote","outcome":"vetoed","doubts":["Invented.","Two."]}"#;
    let entry = &Catalogue::of(&[invented("S/PV.1", "en", "1946-01-17", doubtful)]).entries[0];
    assert_eq!(entry.outcomes.iter().map(|o| &**o).collect::<Vec<_>>(), ["VETO (doubtful)"]);
    assert_eq!(entry.doubts, 2);
}

#[test]
fn words_and_numbers_of_the_tables_agree() {
    for word in CAPACITIES {
        let as_ = serde_json::from_str(&format!("{word:?}")).unwrap();
        assert_eq!(as_word(as_), word);
        assert_eq!(CAPACITIES[usize::from(place(&CAPACITIES, Some(word), 9))], word);
    }
}

#[test]
fn a_language_from_a_record_makes_no_path() {
    let date = "2019-01-01".parse().unwrap();
    let file = usual_file(&Symbol::verbatim(1), &Language::from_word("../../etc/x"), date);
    assert_eq!(file, Path::new("records/2019/S_PV.1.______etc_x.json.zst"));
}

#[test]
fn a_topic_of_a_megabyte_is_cut() {
    let mut record = invented("S/PV.1", "en", "1946-01-17", "");
    record.topic = "é".repeat(1 << 20);
    let entry = &Catalogue::of(&[record]).entries[0];
    assert_eq!(&*entry.topic, "é".repeat(512));
}
