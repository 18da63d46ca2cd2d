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
        "S/PV.99998",
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
    let (page, _) = sheet("S/PV.99998", "2/2", &[OPENS, &["*The President*: I open."], CLOSES]);
    let record = record(cover, &[page]);
    let names: Vec<&str> = record.presidents.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Mr. Orlan", "Ms. Later"]);
    assert_eq!(record.members.len(), 14);
}

#[test]
fn a_resumption_and_a_part_by_their_own_pages() {
    for symbol in ["S/PV.99998 (Resumption 2)", "S/PV.99998 (Part II)"] {
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
    let (mut page, y) = sheet("S/PV.99998", "2/2", &[OPENS]);
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
    let (mut page, y) = sheet("S/PV.99998", "2/2", &[OPENS]);
    page.line(78.0, y, 10.0, "*The President*: I");
    let end = 78.0 + width("The President", true) + width(": I", false);
    page.line(end + 1.7, y, 10.0, "open.");
    page.paragraph(60.0, y - 18.0, 18.0, CLOSES);
    assert_eq!(words(&record(make::cover(), &[page]))[1], "I open.");
}

#[test]
fn a_note_at_the_foot_of_a_page_is_no_part_of_the_sentence_over_it() {
    let (mut one, _) = sheet(
        "S/PV.99998",
        "2/3",
        &[OPENS, &["*Mr. First* (Algeria): We say† at length what", "goes on over the page and"]],
    );
    one.line(60.0, 92.0, 8.0, "† The delegation later said that it had meant nothing by it.");
    let (two, _) = sheet("S/PV.99998", "3/3", &[]);
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

#[test]
fn a_communique_of_a_closed_meeting_is_directions_and_no_statement() {
    let mut sheet = Sheet::default();
    sheet.line(123.0, 723.0, 15.0, "United Nations").line(480.0, 723.0, 10.0, "S/PV.99997");
    sheet.line(123.0, 691.0, 20.0, "*Security Council*").line(500.0, 691.0, 10.0, "_Provisional_");
    sheet.line(123.0, 655.0, 10.0, "*99997*th meeting (closed)");
    sheet
        .line(123.0, 643.0, 10.0, "Thursday, 30 May 2024, 3 p.m.")
        .line(123.0, 631.0, 10.0, "New York");
    let title =
        &["*Official communiqué of the 99997th (closed) meeting of the*", "*Security Council*"];
    sheet.letters = make::Letters::WinAnsi;
    let y = sheet.paragraph(60.0, 560.0, 0.0, title);
    let y = sheet.paragraph(
        60.0,
        y,
        0.0,
        &["Held in private in the Security Council Chamber on", "Thursday, 30 May 2024, at 3 p.m."],
    );
    let y = sheet.paragraph(
        60.0,
        y,
        18.0,
        &["At its 99997th meeting the Council considered the invented", "question in private."],
    );
    sheet.paragraph(
        60.0,
        y,
        18.0,
        &["The members of the Council and nobody had a frank", "discussion of it."],
    );
    sheet.line(60.0, 98.0, 8.0, "24-00001 (E)");
    let mut file = make::pages(&[sheet.bytes()], "");
    super::editions::win_ansi(&mut file);
    let (record, _) = read(&file);
    assert_eq!(record.kind, spv::record::Kind::Communique);
    assert_eq!(
        (record.symbol.to_string(), record.date.to_string()),
        ("S/PV.99997".into(), "2024-05-30".into())
    );
    assert_eq!(record.status, spv::record::Status::Provisional);
    assert_eq!(
        words(&record),
        [
            "- Official communiqué of the 99997th (closed) meeting of the Security Council",
            "- Held in private in the Security Council Chamber on Thursday, 30 May 2024, at 3 p.m.",
            "- At its 99997th meeting the Council considered the invented question in private.",
            "- The members of the Council and nobody had a frank discussion of it.",
        ]
    );
    assert_eq!(record.source.warnings, Vec::<String>::new());
    assert!(record.items.iter().all(|item| item.page() == Some(1)), "{:?}", record.items);
}

#[test]
fn a_corrigendum_is_refused_as_what_it_is() {
    let mut sheet = Sheet::default();
    sheet.line(123.0, 723.0, 15.0, "United Nations").line(440.0, 723.0, 10.0, "S/PV.99998/Corr.1");
    sheet.line(123.0, 691.0, 20.0, "*Security Council*");
    sheet.line(123.0, 655.0, 10.0, "*99998*th meeting").line(
        123.0,
        643.0,
        10.0,
        "Friday, 31 May 2024, 10 a.m.",
    );
    sheet.line(123.0, 560.0, 14.0, "*Corrigendum*");
    sheet.line(
        60.0,
        530.0,
        10.0,
        "Page 3, left column, second paragraph, for the words that were said",
    );
    let error = spv::import::pdf::read(&make::page(sheet.bytes()).bytes(), &Default::default());
    let error = error.unwrap_err().to_string();
    assert!(error.contains("corrigendum") && error.contains("the record itself"), "{error}");
}

#[test]
fn suspended_resumed_and_voted_twice() {
    let (page, _) = sheet(
        "S/PV.99998",
        "2/2",
        &[
            OPENS,
            &[
                "*The President*: I shall now put to the vote the draft resolution",
                "contained in document S/2024/1.",
            ],
            &["_A vote was taken by show of hands._"],
            &["_In favour:_"],
            &[
                "Algeria, China, Ecuador, France, Guyana, Japan, Kazakhstan, Malta, Peru,",
                "Republic of Korea, Russian Federation, Sierra Leone, Slovenia, United Kingdom of",
                "Great Britain and Northern Ireland, United States of America",
            ],
            &["_Against:_"],
            &["None"],
            &["_Abstaining:_"],
            &["None"],
            &[
                "*The President*: There were 15 votes in favour. The draft resolution has been",
                "adopted unanimously as resolution 2799 (2024). I shall now put to the vote the draft",
                "resolution contained in document S/2024/2.",
            ],
            &["_A vote was taken by show of hands._"],
            &["_In favour:_"],
            &["China, Russian Federation"],
            &["_Abstaining:_"],
            &[
                "Algeria, Ecuador, France, Guyana, Japan, Kazakhstan, Malta, Peru, Republic of Korea,",
                "Sierra Leone, Slovenia, United Kingdom of Great Britain and Northern Ireland, United",
                "States of America",
            ],
            &[
                "*The President*: There were 2 votes in favour and 13 abstentions. The draft",
                "resolution has not been adopted, having failed to obtain the required number of votes.",
            ],
            &["_The meeting was suspended at 1.05 p.m. and resumed at 3 p.m._"],
            &["*Archbishop Nemo* (Observer of Nowhere): I have nothing to add."],
            &["*Sheikh Nobody Al-Nemo* (Executive Director, Office of Nothing): Neither have I."],
            &[
                "*Mr. Of-the-Very-Long-Name Who-Needs-Two*",
                "*Lines of it* (United Kingdom of Great Britain and",
                "Northern Ireland): Nor have I.",
            ],
            CLOSES,
        ],
    );
    let record = record(make::cover(), &[page]);
    let votes: Vec<_> = record.votes().collect();
    let told: Vec<_> = votes
        .iter()
        .map(|v| (v.in_favour.len(), v.abstaining.len(), v.on.join(" "), v.adopted_as.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (15, 0, "S/2024/1".to_owned(), Some("S/RES/2799 (2024)".to_owned())),
            (2, 13, "S/2024/2".to_owned(), None),
        ]
    );
    assert_eq!(record.closed.as_deref(), Some("10.15 a.m."));
    let said: Vec<_> = record.statements().map(|s| s.speaker.name.as_str()).collect();
    assert_eq!(said[3], "Archbishop Nemo");
    assert_eq!(said[4], "Sheikh Nobody Al-Nemo");
    assert_eq!(said[5], "Mr. Of-the-Very-Long-Name Who-Needs-Two Lines of it");
    let last = record.statements().last().unwrap();
    assert_eq!(last.speaker.state.as_deref(), Some("United Kingdom"));
    assert_eq!(last.text(), "Nor have I.");
    assert_eq!(record.source.warnings, Vec::<String>::new());
}

/// The manner of around 2000: the symbol alone over the page, the job number and the page under it, dots
/// that touch the names of the cover, and the language in the old words.
#[test]
fn a_record_of_2001() {
    let mut cover = Sheet::default();
    cover.line(123.0, 723.0, 15.0, "United Nations").line(480.0, 723.0, 10.0, "S/PV.4288");
    cover.line(123.0, 691.0, 20.0, "*Security Council*").line(500.0, 691.0, 10.0, "_Provisional_");
    cover.line(123.0, 670.0, 10.0, "Fifty-sixth year").line(123.0, 655.0, 10.0, "*4288*th meeting");
    cover.line(123.0, 643.0, 10.0, "Wednesday, 7 March 2001, 12.30 p.m.");
    cover.line(123.0, 631.0, 10.0, "New York");
    cover.line(60.0, 548.0, 10.0, "_President:_");
    cover.line(123.0, 548.0, 10.0, "Mr. Orlan......................").line(
        400.0,
        548.0,
        10.0,
        "(Ukraine)",
    );
    cover.line(60.0, 524.0, 10.0, "_Members:_");
    let members =
        "Bangladesh China Colombia France Ireland Jamaica Mali Mauritius Norway Singapore Tunisia";
    let mut states: Vec<&str> = members.split(' ').collect();
    states.extend([
        "Russian Federation",
        "United Kingdom of Great Britain and Northern Ireland",
        "United States of America",
    ]);
    for (n, state) in states.iter().enumerate() {
        let y = 524.0 - 12.0 * n as f64;
        cover.line(123.0, y, 10.0, &format!("{state}..............")).line(
            460.0,
            y,
            10.0,
            "Mr. Nobody",
        );
    }
    cover.line(60.0, 330.0, 15.0, "*Agenda*").line(81.0, 310.0, 10.0, "The invented question");
    cover.line(60.0, 98.0, 8.0, "01-26489 (E)");
    let mut sheets = Vec::new();
    for (number, paragraphs) in [
        (
            2,
            &[
                &["_The meeting was called to order at 12.40 p.m._"][..],
                &["*The President*: I open it."],
                &["*Mr. Nemo* (Senegal) (_spoke in French_): We are of one mind, and this goes on"],
            ],
        ),
        (
            3,
            &[
                &["over the page."][..],
                &["*The President* (_interpretation from Russian_): I thank him."],
                &["_The meeting rose at 1.15 p.m._"],
            ],
        ),
    ] {
        let mut sheet = Sheet::default();
        sheet.line(510.0, 735.0, 10.0, "S/PV.4288");
        let footer = if number == 2 { "2 01-26489" } else { "01-26489 3" };
        sheet.line(60.0, 50.0, 9.0, footer);
        let mut y = 700.0;
        for lines in paragraphs {
            let indent = if lines[0].starts_with("over") { 0.0 } else { 18.0 };
            y = sheet.paragraph(60.0, y, indent, lines);
        }
        sheets.push(sheet);
    }
    let record = record(cover, &sheets);
    assert_eq!(
        (record.symbol.to_string(), record.date.to_string()),
        ("S/PV.4288".into(), "2001-03-07".into())
    );
    assert_eq!((record.members.len(), record.presidents.len()), (14, 1));
    assert_eq!(record.members[0].state, "Bangladesh");
    let said: Vec<_> = record.statements().map(|s| (s.page, s.text())).collect();
    assert_eq!(
        said[1],
        (Some(2), "We are of one mind, and this goes on over the page.".to_owned())
    );
    assert_eq!(said[2], (Some(3), "I thank him.".to_owned()));
    let spoken: Vec<_> = record.statements().map(|s| s.spoken.clone().unwrap()).collect();
    use spv::record::Language::{English, French, Russian};
    assert_eq!(spoken, [English, French, Russian]);
    assert_eq!(record.source.warnings, Vec::<String>::new());
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
