//! What is read of the invented record, word for word.

use spv::import::pdf::{self, Hints, PdfError};
use spv::record::{As, Item, Language, Outcome, Record, Status};

use super::make;

pub fn read(file: &make::File) -> (Record, Vec<String>) {
    let imported = pdf::read(&file.bytes(), &Hints::default()).unwrap();
    (imported.record, imported.report)
}

/// Items in a few words each: what it is, its page, its text.
pub fn told(record: &Record) -> Vec<String> {
    let page = |p: Option<u32>| p.map_or("-".to_owned(), |p| p.to_string());
    let one = |item: &Item| match item {
        Item::Direction(d) => vec![format!("D{} {}", page(d.page), d.text)],
        Item::Vote(v) => vec![format!("V{} {:?}", page(v.page), v.outcome)],
        Item::Statement(s) => {
            let head = format!("S{} {} {}", s.number, page(s.page), s.speaker.printed);
            let paragraphs = s.paragraphs.iter().map(|p| {
                let breaks: String = p
                    .breaks
                    .iter()
                    .map(|b| format!(" [{}: {}]", b.page, &p.text[b.at..]))
                    .collect();
                format!("  {} {}{breaks}", page(p.page), p.text)
            });
            std::iter::once(head).chain(paragraphs).collect()
        }
    };
    record.items.iter().flat_map(one).collect()
}

pub const WANT: [&str; 20] = [
    "D2 The meeting was called to order at 10.05 a.m.",
    "D2 Adoption of the agenda",
    "D2 The agenda was adopted.",
    "D2 The invented question",
    "S1 2 The President (spoke in Russian)",
    "  2 I open this meeting of nobody about nothing.",
    "  2 Members have before them document S/2024/413, which contains the text of a draft resolution on food- and water-supplies, a so-called long-term matter. I shall put it to the vote now.",
    "D2 A vote was taken by show of hands.",
    "V2 Some(Vetoed)",
    "S2 2 The President",
    "  2 The result is 13 votes in favour, 1 against and 1 abstention. It has not been adopted, owing to the negative vote of a permanent member of the Council.",
    "S3 2 Ms. Vey (Peru)",
    "  2 Nothing that is said here was said by anybody. I quote:",
    "  2 “A quotation is set further in than the text.”",
    "  2 After it the statement goes on, down to the foot of this page and over it to the next page, where it ends after two more lines. [3: the next page, where it ends after two more lines.]",
    "S4 3 Lord Nemo (Special Rapporteur on Nothing)",
    "  3 I have nothing to report, and that is all there is to say of it here and in any other place.",
    "S5 3 The President",
    "  3 I thank nobody for it, and I close this meeting.",
    "D3 The meeting rose at 10.15 a.m.",
];

#[test]
fn every_sort_of_paragraph_by_the_places_of_the_lines() {
    let (record, report) = read(&make::record(false));
    assert_eq!(told(&record), WANT);
    assert_eq!(record.source.warnings, Vec::<String>::new());
    assert!(report.iter().any(|r| r.contains("the file has no tags")), "{report:?}");
}

#[test]
fn the_same_by_the_tags_and_both_agree() {
    let (record, report) = read(&make::record(true));
    assert_eq!(told(&record), WANT);
    assert_eq!(record.source.warnings, Vec::<String>::new());
    assert!(report.iter().any(|r| r.contains("give the same")), "{report:?}");
}

#[test]
fn where_tags_and_places_differ_the_import_says_so() {
    let mut file = make::record(true);
    // The elements of the quotation and of the paragraph after it become one.
    let texts: Vec<String> =
        file.objects.iter().map(|o| String::from_utf8_lossy(o).into_owned()).collect();
    let elements: Vec<usize> =
        (0..texts.len()).filter(|at| texts[*at].contains("/StructElem")).collect();
    let (first, second) = (elements[14], elements[15]);
    let kids = |text: &str| text.split_once("/K[").unwrap().1.trim_end_matches("]>>").to_owned();
    let joined = format!("{} {}]>>", texts[first].trim_end_matches("]>>"), kids(&texts[second]));
    file.objects[first] = joined.into_bytes();
    file.objects[second] = b"<</Type/StructElem/S/P/K[]>>".to_vec();
    let (record, _) = read(&file);
    let said = &record.source.warnings;
    assert!(said.len() == 1 && said[0].contains("differ") && said[0].contains("page"), "{said:?}");
}

#[test]
fn the_cover_page_in_full() {
    let (record, _) = read(&make::record(false));
    assert_eq!(record.symbol.to_string(), "S/PV.99998");
    assert_eq!(record.date.to_string(), "2024-05-31");
    assert_eq!((record.language, record.status), (Language::English, Status::Provisional));
    assert_eq!(record.place.as_deref(), Some("New York"));
    assert_eq!(record.opened.as_deref(), Some("10.05 a.m."));
    assert_eq!(record.closed.as_deref(), Some("10.15 a.m."));
    assert_eq!(record.presidents[0].name, "Mr. Orlan");
    assert_eq!(record.presidents[0].state.as_deref(), Some("Kazakhstan"));
    assert_eq!(record.members.len(), 14);
    assert_eq!(record.members[12].state, "United Kingdom");
    assert_eq!(record.members[7].representative.as_deref(), Some("Ms. Vey"));
    let agenda = [
        "The invented question",
        "Report of nobody on the invented question and on its many sides (S/2024/1)",
    ];
    assert_eq!(record.agenda, agenda);
    assert_eq!(record.source.from, "pdf");
}

#[test]
fn speakers_and_the_vote() {
    let (record, _) = read(&make::record(true));
    let statements: Vec<_> = record.statements().collect();
    assert_eq!(statements[0].spoken, Some(Language::Russian));
    assert_eq!(statements[0].speaker.as_, As::President);
    assert_eq!(statements[2].speaker.state.as_deref(), Some("Peru"));
    assert_eq!(statements[2].speaker.as_, As::Member);
    assert_eq!(statements[3].speaker.name, "Lord Nemo");
    assert_eq!(statements[3].speaker.role.as_deref(), Some("Special Rapporteur on Nothing"));
    let vote = record.votes().next().unwrap();
    assert_eq!(vote.in_favour.len(), 13);
    assert_eq!(vote.in_favour[12], "United Kingdom");
    assert_eq!(
        (&vote.against[..], &vote.abstaining[..]),
        (&["United States".to_owned()][..], &["Peru".to_owned()][..])
    );
    assert_eq!(vote.outcome, Some(Outcome::Vetoed));
    assert_eq!(vote.on, ["S/2024/413"]);
}

#[test]
fn a_scan_with_hidden_text_is_refused_with_the_reason() {
    let mut file = make::record(false);
    for object in &mut file.objects {
        let at = object.windows(7).position(|w| w == b"stream\n");
        if let Some(at) = at.filter(|at| !object[..*at].ends_with(b"end")) {
            object.splice(at + 7..at + 7, b"3 Tr ".iter().copied());
        }
    }
    let error = pdf::read(&file.bytes(), &Hints::default()).unwrap_err();
    assert!(matches!(&error, PdfError::Scan(why) if why.contains("hidden")), "{error}");
    let error = pdf::read(&make::page("0 0 10 10 re f").bytes(), &Hints::default()).unwrap_err();
    assert!(matches!(&error, PdfError::Scan(why) if why.contains("no text")), "{error}");
}

#[test]
fn text_that_is_no_record_is_refused() {
    let mut sheet = make::Sheet::default();
    for n in 0..30 {
        sheet.line(60.0, 700.0 - 12.0 * f64::from(n), 10.0, "The tale of a day that was not.");
    }
    let file = make::pages(&[sheet.bytes(), sheet.bytes()], "");
    let error = pdf::read(&file.bytes(), &Hints::default()).unwrap_err();
    assert!(matches!(&error, PdfError::NoRecord(why) if why.contains("S/PV.8668")), "{error}");
}
