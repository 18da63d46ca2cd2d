//! What other records have: several Presidents, silences, resumptions, parts, raised letters, notes at
//! the foot of a page. All sentences are invented.

use spv::record::{Item, Record};

use super::make::{self, Sheet};
use super::read::read;

/// A page of one column with a header and a footer, and these paragraphs; returns the next y.
fn sheet(symbol: &str, page: &str, paragraphs: &[&[&str]]) -> (Sheet, f64) {
    let mut sheet = Sheet::default();
    sheet.artifact(60.0, 730.0, symbol).artifact(250.0, 730.0, "The invented question");
    sheet.artifact(510.0, 730.0, "31/05/2024");
    sheet.artifact(60.0, 60.0, page).artifact(510.0, 60.0, "24-00001");
    let mut y = 700.0;
    for lines in paragraphs {
        y = sheet.paragraph(60.0, y, 18.0, lines);
    }
    (sheet, y)
}

/// The record of a cover and these pages.
fn record(cover: Sheet, sheets: &[Sheet]) -> Record {
    let mut contents = vec![cover.bytes()];
    contents.extend(sheets.iter().map(Sheet::bytes));
    read(&make::pages(&contents, "")).0
}

/// The words of every item, statements by paragraph.
fn words(record: &Record) -> Vec<String> {
    let of = |item: &Item| match item {
        Item::Direction(d) => vec![format!("- {}", d.text)],
        Item::Vote(_) => vec!["vote".to_owned()],
        Item::Statement(s) => s.paragraphs.iter().map(|p| p.text.clone()).collect(),
    };
    record.items.iter().flat_map(of).collect()
}

const OPENS: &[&str] = &["_The meeting was called to order at 10.05 a.m._"];
const CLOSES: &[&str] = &["_The meeting rose at 10.15 a.m._"];

#[test]
fn a_silence_stands_between_two_turns_of_the_president() {
    let (page, _) = sheet(
        "S/PV.9998",
        "2/2",
        &[
            OPENS,
            &["*The President*: I ask all to rise."],
            &["_The members of the Security Council observed a minute of silence._"],
            &["I thank the members of the Council."],
            CLOSES,
        ],
    );
    let record = record(make::cover(), &[page]);
    assert_eq!(
        words(&record),
        [
            "- The meeting was called to order at 10.05 a.m.",
            "I ask all to rise.",
            "- The members of the Security Council observed a minute of silence.",
            "I thank the members of the Council.",
            "- The meeting rose at 10.15 a.m.",
        ]
    );
    assert!(record.statements().all(|s| s.speaker.as_ == spv::record::As::President));
}

#[test]
fn a_second_president_of_the_day() {
    let mut cover = make::cover();
    cover.line(60.0, 536.0, 10.0, "").line(123.0, 536.0, 10.0, "Ms. Later . . . . . .");
    cover.line(400.0, 536.0, 10.0, "(Kazakhstan)");
    let (page, _) = sheet("S/PV.9998", "2/2", &[OPENS, &["*The President*: I open."], CLOSES]);
    let record = record(cover, &[page]);
    let names: Vec<&str> = record.presidents.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Mr. Orlan", "Ms. Later"]);
    assert_eq!(record.members.len(), 14);
}

#[test]
fn a_resumption_and_a_part_by_their_own_pages() {
    for symbol in ["S/PV.9998 (Resumption 2)", "S/PV.9998 (Part II)"] {
        let mut cover = String::from_utf8(make::cover().bytes()).unwrap();
        let (base, rest) = symbol.split_once(" (").unwrap();
        cover = cover.replace(
            &format!("({base}) Tj"),
            &format!("({base} \\({}\\)) Tj", rest.trim_end_matches(')')),
        );
        let opens: &[&str] = &["_The meeting was resumed at 3.05 p.m._"];
        let (page, _) = sheet(symbol, "24/31", &[opens, &["*The President*: I resume."], CLOSES]);
        let made = read(&make::pages(&[cover.into_bytes(), page.bytes()], "")).0;
        assert_eq!(made.symbol.to_string(), symbol);
        assert_eq!(made.statements().next().unwrap().page, Some(24));
        assert_eq!(words(&made)[1], "I resume.");
    }
}

#[test]
fn raised_and_lowered_letters_stay_in_their_line() {
    let (mut page, y) = sheet("S/PV.9998", "2/2", &[OPENS]);
    // "II" has 6.66 points, "th" 4.17 at six points.
    page.line(78.0, y, 10.0, "*The President*: I open the II");
    let end = 78.0 + width("The President", true) + width(": I open the II", false);
    page.line(end, y + 3.5, 6.0, "th");
    page.line(end + 0.6 * width("th", false), y, 10.0, " meeting on CO");
    let end = end + 0.6 * width("th", false) + width(" meeting on CO", false);
    page.line(end, y - 3.0, 6.0, "2");
    page.line(60.0, y - 12.0, 10.0, "and other matters.");
    page.paragraph(60.0, y - 30.0, 18.0, CLOSES);
    let record = record(make::cover(), &[page]);
    assert_eq!(words(&record)[1], "I open the IIth meeting on CO2 and other matters.");
}

#[test]
fn a_narrow_space_of_a_justified_line_is_one() {
    let (mut page, y) = sheet("S/PV.9998", "2/2", &[OPENS]);
    page.line(78.0, y, 10.0, "*The President*: I");
    let end = 78.0 + width("The President", true) + width(": I", false);
    page.line(end + 1.7, y, 10.0, "open.");
    page.paragraph(60.0, y - 18.0, 18.0, CLOSES);
    assert_eq!(words(&record(make::cover(), &[page]))[1], "I open.");
}

#[test]
fn a_note_at_the_foot_of_a_page_is_no_part_of_the_sentence_over_it() {
    let (mut one, _) = sheet(
        "S/PV.9998",
        "2/3",
        &[OPENS, &["*Mr. First* (Algeria): We say† at length what", "goes on over the page and"]],
    );
    one.line(60.0, 92.0, 8.0, "† The delegation later said that it had meant nothing by it.");
    let (two, _) = sheet("S/PV.9998", "3/3", &[]);
    let mut two = two;
    two.part(60.0, 700.0, 0.0, &["ends here."], false);
    two.paragraph(60.0, 680.0, 18.0, &["*The President*: I thank him."]);
    two.paragraph(60.0, 660.0, 18.0, CLOSES);
    let record = record(make::cover(), &[one, two]);
    let first = record.statements().next().unwrap();
    assert_eq!(
        first.paragraphs[0].text,
        "We say† at length what goes on over the page and ends here."
    );
    let note = "- † The delegation later said that it had meant nothing by it.";
    assert!(words(&record).iter().any(|w| w == note), "{:?}", words(&record));
}

/// The width of words at ten points, by Adobe's metrics of Times; of the letters used here only.
fn width(text: &str, bold: bool) -> f64 {
    let of = |c: char| match (c, bold) {
        ('T', false) => 611,
        ('T', true) => 667,
        ('P', true) => 611,
        ('h', true) | ('d', true) | ('n', true) => 556,
        ('r' | 'e', true) => 444,
        ('s', true) => 389,
        ('i', true) => 278,
        ('t', true) => 333,
        ('I', _) => 333,
        ('m', _) => 778,
        ('C', _) => 667,
        ('O', _) => 722,
        ('e', false) => 444,
        ('t' | 'i' | ':', false) => 278,
        (' ', _) => 250,
        _ => 500,
    };
    f64::from(text.chars().map(of).sum::<i32>()) / 100.0
}
