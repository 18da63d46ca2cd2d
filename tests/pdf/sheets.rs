//! Where a record begins and ends in a file: sheets before its cover page, no cover page, a second record,
//! several pages on a sheet, and the run of the printed numbers.

use spv::import::pdf::{self, Hints};
use spv::record::Record;

use super::make::{self, File, Sheet, change_contents, change_pages};
use super::read::{WANT, read, told};

/// The contents of the three pages of the record.
fn contents() -> Vec<Vec<u8>> {
    let mut all = vec![make::cover().bytes()];
    all.extend(make::body(false).iter().map(Sheet::bytes));
    all
}

/// A file of these pages.
fn file(contents: &[Vec<u8>]) -> File {
    make::pages(contents, "")
}

/// Reads pages into items, warnings and the record.
fn read_pages(contents: &[Vec<u8>]) -> (Vec<String>, Vec<String>, Record) {
    let record = read(&file(contents)).0;
    (told(&record), record.source.warnings.clone(), record)
}

/// Why pages are refused, with symbol and date given and without.
fn refusals(file: &File) -> Vec<String> {
    let given = Hints {
        symbol: Some(spv::record::Symbol::verbatim(99_998)),
        date: "2024-05-31".parse().ok(),
        ..Hints::default()
    };
    let why = |hints: &Hints| pdf::read(&file.bytes(), hints).unwrap_err().to_string();
    vec![why(&given), why(&Hints::default())]
}

/// A page that is not of the record.
fn foreign(lines: &[&str], size: f64) -> Vec<u8> {
    let mut sheet = Sheet::default();
    for (at, line) in lines.iter().enumerate() {
        sheet.line(72.0, 720.0 - 20.0 * at as f64, size, line);
    }
    sheet.bytes()
}

#[test]
fn sheets_of_an_archive_before_the_cover_page() {
    let plain = foreign(&["Example Archive of Papers", "Downloaded by reader 4711"], 11.0);
    let titled = foreign(&["United Nations papers", "S/PV.99998", "For personal use"], 18.0);
    let blank = b"0 0 10 10 re f".to_vec();
    let terms: Vec<String> = (0..40).map(|n| format!("{n}. No reader may lend a copy.")).collect();
    let terms = foreign(&terms.iter().map(String::as_str).collect::<Vec<_>>(), 9.0);
    for (name, sheets) in [
        ("one", vec![&plain]),
        ("with a large title", vec![&titled]),
        ("two", vec![&plain, &terms]),
        ("three", vec![&titled, &blank, &terms]),
    ] {
        let mut all: Vec<Vec<u8>> = sheets.iter().map(|sheet| (*sheet).clone()).collect();
        all.extend(contents());
        let (items, warnings, record) = read_pages(&all);
        assert_eq!(items, WANT, "{name}");
        assert_eq!((record.presidents.len(), record.members.len()), (1, 14), "{name}");
        assert_eq!(warnings.len(), sheets.len(), "{name}: {warnings:?}");
        assert!(warnings.iter().all(|w| w.contains("passed over page")), "{name}: {warnings:?}");
    }
}

#[test]
fn a_sheet_within_the_record_or_after_it() {
    for at in [2, 3] {
        let mut all = contents();
        all.insert(at, foreign(&["Example Archive of Papers", "The end"], 11.0));
        let (items, warnings, _) = read_pages(&all);
        assert_eq!(items, WANT);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].contains("passed over") && warnings[0].contains("Example Archive"));
    }
}

#[test]
fn a_record_without_its_cover_page() {
    let (items, warnings, record) = read_pages(&contents()[1..]);
    assert_eq!(items, WANT);
    assert_eq!(record.symbol.to_string(), "S/PV.99998");
    assert!(record.presidents.is_empty() && record.members.is_empty());
    assert!(warnings.iter().any(|w| w.contains("no cover page") && w.contains("who presided")));
    // The words of the page may speak of the United Nations.
    let mut all = contents();
    let page = String::from_utf8(all[1].clone()).unwrap();
    all[1] = page.replace("(Adoption of the", "(United Nations").into_bytes();
    let (items, _, _) = read_pages(&all[1..]);
    assert!(items.len() >= WANT.len() && items[4].starts_with("S1 2 The President"), "{items:?}");
}

/// The contents of the record with another symbol and day.
fn other(symbol: &str, day: &str) -> Vec<Vec<u8>> {
    let change = |page: Vec<u8>| {
        let text = String::from_utf8(page).unwrap().replace("S/PV.99998", symbol);
        let text = text.replace("31/05/2024", &format!("{day}/05/2024"));
        text.replace("Friday, 31 May", &format!("Friday, {day} May")).into_bytes()
    };
    contents().into_iter().map(change).collect()
}

#[test]
fn two_records_in_a_file_are_refused() {
    for (name, first, second, page) in [
        ("another day", other("S/PV.99997", "30"), contents(), 4),
        ("the same day", other("S/PV.99997", "31"), contents(), 4),
        ("the same record twice", contents(), contents(), 4),
        ("no second cover", other("S/PV.99997", "30"), contents()[1..].to_vec(), 4),
        ("no cover at all", other("S/PV.99997", "30")[1..].to_vec(), contents()[1..].to_vec(), 3),
        ("one page of the second", other("S/PV.99997", "30"), contents()[1..2].to_vec(), 4),
    ] {
        let all = [first, second].concat();
        for why in refusals(&file(&all)) {
            assert!(why.contains(&format!("page {page} of the file")), "{name}: {why}");
            assert!(why.contains("99998"), "{name}: {why}");
        }
    }
    // With a sheet of an archive before each.
    let sheet = foreign(&["Example Archive of Papers"], 11.0);
    let all = [vec![sheet.clone()], other("S/PV.99997", "30"), vec![sheet], contents()].concat();
    for why in refusals(&file(&all)) {
        assert!(why.contains("S/PV.99997 and S/PV.99998") && why.contains("page 6"), "{why}");
    }
    // A letter that is bound with the record.
    let letter =
        foreign(&["United Nations   S/2024/1", "Security Council", "Letter of nobody"], 16.0);
    for why in refusals(&file(&[contents(), vec![letter]].concat())) {
        assert!(why.contains("another document") && why.contains("page 4"), "{why}");
    }
}

#[test]
fn a_misprinted_symbol_on_one_page_is_no_second_record() {
    let mut all = contents();
    all[1] = other("S/PV.99989", "31")[1].clone();
    let (items, warnings, _) = read_pages(&all);
    assert_eq!(items, WANT);
    assert!(warnings.iter().any(|w| w.contains("two symbols")), "{warnings:?}");
}

#[test]
fn gaps_and_repeats_in_the_run_of_printed_pages() {
    let numbered = |one: &str, two: &str| {
        let mut all = contents();
        for (at, number, with) in [(1, "(2/3)", one), (2, "(3/3)", two)] {
            let text = String::from_utf8(all[at].clone()).unwrap();
            all[at] = text.replace(number, &format!("({with})")).into_bytes();
        }
        read_pages(&all).1
    };
    for (one, two, want) in [
        ("2/3", "3/3", None),
        ("2/4", "4/4", Some("page 3 is missing")),
        ("2/3", "2/3", Some("occurs twice")),
        ("3/3", "2/3", Some("not in order")),
        ("4/5", "5/5", Some("pages 2 to 3 are missing")),
        ("2/9", "3/9", Some("pages 4 to 9 are missing")),
    ] {
        let said = numbered(one, two);
        match want {
            None => assert_eq!(said, Vec::<String>::new(), "{one} {two}"),
            Some(want) => assert!(said.iter().any(|w| w.contains(want)), "{one} {two}: {said:?}"),
        }
    }
}

#[test]
fn a_line_that_recurs_at_the_foot_of_the_pages_is_no_text() {
    let mut file = make::record(false);
    let mut pages = contents();
    // A page more, so that there are three of text.
    let mut third = Sheet::default();
    third.artifact(60.0, 730.0, "S/PV.99998").artifact(510.0, 730.0, "31/05/2024");
    third.artifact(60.0, 60.0, "4/4").paragraph(60.0, 700.0, 18.0, &["_Some rose again._"]);
    pages.push(third.bytes());
    file.objects = make::pages(&pages, "").objects;
    change_contents(&mut file, |page, content| {
        let stamp = format!("\nBT /F1 8 Tf 150 85 Td (Copy {page} of an archive of papers) Tj ET");
        [&content[..], stamp.as_bytes()].concat()
    });
    let record = read(&file).0;
    let all = told(&record).join("\n");
    assert!(!all.contains("archive") && all.contains("Some rose again."), "{all}");
    let said = &record.source.warnings;
    assert!(said.iter().any(|w| w.contains("recurs") && w.contains("archive")), "{said:?}");
}

/// The pages of the record on sheets of this size, each as a form that is put at places in order.
fn on_sheets(size: (f64, f64), places: &[(f64, f64)], scale: f64, order: &[usize]) -> File {
    let pages = contents();
    let sheets = order.len().div_ceil(places.len());
    let mut contents = vec![String::new(); sheets];
    for (at, page) in order.iter().enumerate() {
        let (x, y) = places[at % places.len()];
        contents[at / places.len()] += &format!("q {scale} 0 0 {scale} {x} {y} cm /P{page} Do Q\n");
    }
    let contents: Vec<Vec<u8>> = contents.into_iter().map(String::into_bytes).collect();
    let mut file = make::pages(&contents, "");
    let forms: String = pages
        .iter()
        .enumerate()
        .map(|(at, page)| {
            let form = file.stream(
                "/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>>>",
                page,
            );
            format!("/P{at} {form} 0 R")
        })
        .collect();
    let (width, height) = size;
    change_pages(&mut file, |_, page| {
        page.replace("[0 0 612 792]", &format!("[0 0 {width} {height}]"))
            .replace("/Resources<<", &format!("/Resources<</XObject<<{forms}>>"))
    });
    file
}

#[test]
fn several_pages_on_a_sheet_are_parted() {
    let two = [(0.0, 25.0), (421.0, 25.0)];
    let four = [(0.0, 396.0), (306.0, 396.0), (0.0, 0.0), (306.0, 0.0)];
    let large = [(0.0, 0.0), (612.0, 0.0)];
    for (name, file) in [
        ("two", on_sheets((842.0, 595.0), &two, 0.688, &[0, 1, 2])),
        ("two of full size", on_sheets((1224.0, 792.0), &large, 1.0, &[0, 1, 2])),
        ("four", on_sheets((612.0, 792.0), &four, 0.5, &[0, 1, 2])),
    ] {
        let (record, report) = read(&file);
        assert_eq!(told(&record), WANT, "{name}");
        assert_eq!(record.members.len(), 14, "{name}");
        assert_eq!(record.source.warnings, Vec::<String>::new(), "{name}");
        assert!(report.iter().any(|r| r.contains("side by side")), "{name}: {report:?}");
    }
    // The same sheet, put on its side.
    let mut file = on_sheets((842.0, 595.0), &two, 0.688, &[0, 1, 2]);
    change_pages(&mut file, |_, page| {
        page.replace("[0 0 842 595]", "[0 0 595 842]").replace("/Contents", "/Rotate 90/Contents")
    });
    change_contents(&mut file, |_, content| {
        [b"q 0 1 -1 0 595 0 cm\n", &content[..], b"\nQ"].concat()
    });
    assert_eq!(told(&read(&file).0), WANT);
}

#[test]
fn pages_on_a_sheet_that_are_not_in_order_are_refused() {
    let two = [(0.0, 25.0), (421.0, 25.0)];
    let swapped = on_sheets((842.0, 595.0), &two, 0.688, &[0, 2, 1]);
    for why in refusals(&swapped) {
        assert!(why.contains("side by side") && why.contains("order"), "{why}");
    }
}
