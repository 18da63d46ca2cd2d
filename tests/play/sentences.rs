//! Sentences: reading breaks in a statement without printed paragraphs, and what is selected by sentence.

use crate::kit::Play;
use spv::app::action::Opening;
use spv::app::page::{Role, Setting};
use spv::record::{Record, json};

/// A sentence of about 90 characters with its number; the words are invented.
fn sentence(number: usize) -> String {
    format!("Sentence {number} of the harbour{}.", ", and so on".repeat(6))
}

/// The text of this many sentences.
fn text(sentences: usize) -> String {
    (1..=sentences).map(sentence).collect::<Vec<_>>().join(" ")
}

/// A record with two statements: one of a long paragraph and a short one, with a page that turns within the
/// second sentence where the record has pages; and one of a short paragraph.
fn record(from: &str) -> Record {
    let pages = from == "pdf";
    let page = |page: u32| if pages { format!("\"page\": {page},") } else { String::new() };
    let turn = if pages { ", \"breaks\": [{\"at\": 120, \"page\": 4}]" } else { "" };
    let (first, second, long) = (page(3), page(4), text(16));
    let record = format!(
        r#"{{"format": "spv/1", "symbol": "S/PV.9998", "kind": "verbatim", "language": "en",
            "date": "2020-02-27", "topic": "The harbour", "source": {{"from": "{from}"}}, "items": [
            {{"type": "statement", "number": 1, {first}
              "speaker": {{"printed": "Mr. Orlan (Chad)", "name": "Mr. Orlan", "state": "Chad"}},
              "paragraphs": [{{{first} "text": "{long}"{turn}}}, {{{second} "text": "One end. No end."}}]}},
            {{"type": "statement", "number": 2, {second}
              "speaker": {{"printed": "Ms. Vey (Mali)", "name": "Ms. Vey", "state": "Mali"}},
              "paragraphs": [{{{second} "text": "We thank Mr. Orlan. Nobody else spoke."}}]}}]}}"#
    );
    json::read_record(record.as_bytes()).unwrap()
}

/// The record opened at its first statement.
pub fn reading(from: &str, columns: u16, rows: u16) -> Play {
    let play = Play::over_record(&record(from), columns, rows);
    let mut play = play.open(&Opening::Record("S/PV.9998".parse().unwrap(), None));
    play.keys("<Enter>");
    play
}

/// The lines of spoken words of the statement at the top, each with `·` where a reading break is before it.
fn lines(setting: &Setting) -> Vec<String> {
    let spoken = setting.lines.iter().filter(|line| line.role == Role::Text);
    spoken.map(|line| format!("{}{}", if line.after_break { "·" } else { "" }, line.text)).collect()
}

#[test]
fn a_wall_of_text_is_set_in_groups_and_a_printed_paragraph_is_not() {
    for (from, breaks) in [("dataverse", 2), ("pdf", 0), ("text", 0)] {
        for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
            let play = reading(from, columns, rows);
            let reader = play.reader();
            let setting = reader.setting(reader.top.item).unwrap();
            let lines = lines(setting);
            let marked: Vec<&String> = lines.iter().filter(|line| line.starts_with('·')).collect();
            assert_eq!(marked.len(), breaks, "{from} at {columns}");
            assert!(marked.iter().all(|line| line.starts_with("·Sentence")), "{marked:?}");
            // Every word is there once, in order, whatever the breaks.
            let words = lines.concat().replace(['·', ' '], "");
            assert_eq!(words, format!("{}Oneend.Noend.", text(16).replace(' ', "")));
            // The bytes of each line are those of its words.
            let all = &reader.statement().unwrap().paragraphs;
            for line in &setting.lines {
                let Some(shown) = &line.shown else { continue };
                assert_eq!(line.text, all[shown.paragraph].text[shown.bytes.clone()]);
                assert!(spv::app::wrap::columns(&line.text) <= usize::from(columns - line.indent));
            }
        }
    }
}

#[test]
fn the_mark_is_drawn_at_the_left_of_a_group() {
    let play = reading("dataverse", 80, 24);
    let screen = play.text();
    let marked: Vec<&str> = screen.lines().filter(|row| row.starts_with(" · ")).collect();
    assert_eq!(marked.len(), 2, "{screen}");
    assert!(marked[0].starts_with(" · Sentence 6 of the harbour"), "{screen}");
    let printed = reading("pdf", 80, 24);
    assert!(!printed.text().contains("\n · "), "{}", printed.text());
}

/// (keys after `v`, what is selected): from the paragraph at the top to sentences, lines and paragraphs.
#[test]
fn a_selection_is_extended_by_sentences_lines_and_paragraphs() {
    let all = text(16);
    let (one, two, three) = (sentence(1), sentence(2), sentence(3));
    let first_row = &all[..all[..73].rfind(' ').unwrap()];
    let second_row =
        &all[..first_row.len() + 1 + all[first_row.len() + 1..][..73].rfind(' ').unwrap()];
    let table: &[(&str, &str)] = &[
        ("v", &all),
        ("v)", &one),
        ("v(", &one),
        ("v))", &format!("{one} {two}")),
        ("v)))", &format!("{one} {two} {three}")),
        ("v3)", &format!("{one} {two} {three}")),
        ("v)))(", &format!("{one} {two}")),
        ("v))((", &one),
        ("v)((", &one),
        ("vj", second_row),
        ("vjk", first_row),
        ("vj)", &format!("{one} {two}")),
        ("v)}", &all),
        ("v}", &format!("{all}\nOne end. No end.")),
        ("v}{", &all),
        ("v}}}}}", &format!("{all}\nOne end. No end.")),
        ("v)17)", &format!("{all}\nOne end. No end.")),
        ("v)16)", &format!("{all}\nOne end.")),
        ("v)16)(", &all),
        ("v)9999)", &format!("{all}\nOne end. No end.")),
        ("v)9999)9999(", &one),
    ];
    for (keys, wanted) in table {
        let mut play = reading("dataverse", 80, 24);
        play.keys(keys);
        assert_eq!(play.selected(), *wanted, "{keys}");
    }
}

/// A sentence further down is reached by going there, or by searching for its words.
#[test]
fn the_first_sentence_is_that_of_the_hit_or_at_the_top() {
    let mut play = reading("dataverse", 80, 24);
    play.keys("/Sentence 9<Enter>v)");
    assert_eq!(play.selected(), sentence(9));
    play.keys("(");
    assert_eq!(play.selected(), format!("{} {}", sentence(8), sentence(9)));
    // On a small screen the top moves with the text.
    let mut play = reading("dataverse", 40, 12);
    play.keys("jjjjjv)");
    let number = play.selected()["Sentence ".len()..].split(' ').next().unwrap().to_owned();
    assert_eq!(play.selected(), sentence(number.parse().unwrap()));
    assert!(number != "1");
    // What was selected is on the screen, however far.
    play.keys("))))))))");
    let reader = play.reader();
    let selection = reader.selection.unwrap();
    let at = spv::app::position::ParagraphAt { item: selection.item, paragraph: 0 };
    assert!(reader.shows(at, selection.head.end.1 - 1));
    // It stays within its statement.
    let mut play = reading("dataverse", 80, 24);
    play.keys("Jv)9)");
    assert_eq!(play.selected(), "We thank Mr. Orlan. Nobody else spoke.");
}

/// (keys, what is copied): a sentence has the page it is on, also where the page turns in it.
#[test]
fn a_sentence_is_cited_with_its_page() {
    let (two, three) = (sentence(2), sentence(3));
    let table: &[(&str, &str)] = &[
        ("v)y", "S/PV.9998, p. 3 (English)"),
        ("v))y", "S/PV.9998, pp. 3\u{2013}4 (English)"),
        (
            "/Sentence 2<Enter>v)Y",
            &format!("{two}\n\nMr. Orlan (Chad), S/PV.9998, pp. 3\u{2013}4 (English)\n"),
        ),
        (
            "/Sentence 3<Enter>v)Y",
            &format!("{three}\n\nMr. Orlan (Chad), S/PV.9998, p. 4 (English)\n"),
        ),
        ("Jv)Y", "We thank Mr. Orlan.\n\nMs. Vey (Mali), S/PV.9998, p. 4 (English)\n"),
    ];
    for (keys, copied) in table {
        let mut play = reading("pdf", 80, 24);
        play.keys(keys);
        assert_eq!(play.copied, [*copied], "{keys}");
        assert!(play.reader().selection.is_none());
    }
    let mut play = reading("dataverse", 80, 24);
    play.keys("v)y");
    assert_eq!(play.copied, ["S/PV.9998 (English, page not known)"]);
}

/// A note on a sentence is at its first word.
#[test]
fn a_note_on_a_sentence_has_its_words() {
    let mut play = reading("dataverse", 80, 24);
    play.keys("/Sentence 9<Enter>v)awell said<Enter>");
    let (notes, _) = spv::desk::notes::all(play.desk.path()).unwrap();
    assert_eq!(notes[0].quotation, sentence(9));
    assert!(notes[0].place.words.starts_with("Sentence 9 of the harbour"));
}
