//! Strings of any kind: no panic, no word lost, the same answer twice.

use proptest::prelude::*;
use spv::import::text::{Hints, read};
use spv::record::Item;

use super::plain::{letters, named, record, set, statements, texts};

const ENGLISH: &str = include_str!("../fixtures/text/invented.en.txt");

/// Pieces that readers of records trip over.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "The President:",
            "Mr. Orlan (Peru) (spoke in French):",
            "主席（以英语发言）：",
            "In favour:",
            "Against: None",
            "A vote was taken by show of hands.",
            "China, France",
            "31/05/2024 T S/PV.9642",
            "S/PV.9642 T 31/05/2024",
            "24-15339 3/4",
            "4/4 24-15339",
            "\n",
            "\n\n",
            "\u{c}",
            "-\n",
            "(",
            "）",
            "：",
            "Члены:",
            "President:",
            "Agenda",
            "2732 (2024)",
            "S/2024/413",
            "draft resolution",
            "الرئيس:",
            "األمن",
            ". . . .",
            "\u{ad}\n",
            "а-\nб",
            "I shall now make a statement in my capacity as the representative of Peru.",
            "on behalf of ",
            "The meeting rose at",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
        "[a-zé–—’ .,:;()\\n-]{0,40}",
    ]
}

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let hints = Hints { language: Some(spv::record::Language::English), ..named() };
    for hints in [named(), hints] {
        let Ok(made) = read(bytes, &hints) else { continue };
        let mut last = 0;
        for statement in made.record.statements() {
            prop_assert_eq!(statement.number, last + 1);
            last = statement.number;
            for paragraph in &statement.paragraphs {
                prop_assert!(!paragraph.text.is_empty());
                for turn in &paragraph.breaks {
                    prop_assert!(paragraph.text.is_char_boundary(turn.at));
                }
            }
        }
        let again = read(bytes, &hints).map(|m| m.record);
        prop_assert_eq!(again.as_ref(), Ok(&made.record));
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes)?;
    }

    #[test]
    fn any_pieces(pieces in prop::collection::vec(piece(), 0..30), glue in prop::sample::select(vec!["", " ", "\n"])) {
        check(pieces.join(glue).as_bytes())?;
    }

    #[test]
    fn a_damaged_record(at in 0..4000usize, cut in 0..200usize, put in piece()) {
        let mut bytes = ENGLISH.as_bytes().to_vec();
        let from = at.min(bytes.len());
        let to = (from + cut).min(bytes.len());
        bytes.splice(from..to, put.into_bytes());
        check(&bytes)?;
    }

    /// Words set at any measure come back, all and in order, and in whole paragraphs where blank lines stand between.
    #[test]
    fn what_is_set_is_read(
        paragraphs in prop::collection::vec(prop::collection::vec("[a-z]{1,11}(-[a-z]{4,6})?", 1..60), 1..8),
        measure in 30..80usize,
        blank in any::<bool>(),
    ) {
        let paragraphs: Vec<String> = paragraphs.iter().map(|p| format!("We {}.", p.join(" "))).collect();
        let lines: Vec<String> = paragraphs
            .iter()
            .enumerate()
            .map(|(i, p)| set(&if i == 0 { format!("Mr. Orlan (Peru): {p}") } else { p.clone() }, measure).join("\n"))
            .collect();
        let hints = Hints { language: Some(spv::record::Language::English), ..named() };
        let made = read(lines.join(if blank { "\n\n" } else { "\n" }).as_bytes(), &hints).unwrap().record;
        let all = statements(&made);
        prop_assert_eq!(all.len(), 1);
        prop_assert_eq!(letters(&all[0].text()), letters(&paragraphs.concat()));
        prop_assert_eq!(all[0].text().replace('\n', " "), paragraphs.join(" "));
        if blank {
            prop_assert_eq!(texts(all[0]), paragraphs);
        }
    }
}

#[test]
fn the_same_text_with_blank_lines_says_the_same() {
    let text = "Mr. Orlan (Peru): We are glad.\n\nWe are here.";
    let more = text.replace("\n\n", "\n\n\n\n");
    assert_eq!(record(text).items, record(&more).items);
    assert!(record(text).items.iter().all(|i| matches!(i, Item::Statement(_))));
}
