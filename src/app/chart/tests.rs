//! Tests of charts: rates, rows, pictures, and what they say.

use std::sync::Arc;

use super::*;
use crate::app::coverage::Coverage;
use crate::app::identity::Identity;
use crate::library::Library;
use crate::search::index::Index;

fn chart_of(queries: &[&str], by: By) -> (Chart, Identity) {
    let library = Library::exercise();
    let index = Index::in_memory(&library, None).unwrap();
    let queries = queries.iter().map(|query| (*query).to_owned()).collect();
    let asked = Asked { queries, by, ..Asked::default() };
    let chart = count(&index, library.catalogue(), &asked, &Arc::default()).unwrap();
    (chart, Identity::of_index(&index, &library))
}

/// A chart of some years: held, known, statements, words.
fn made(years: &[(usize, Option<usize>, usize, u64)]) -> Chart {
    let mut series = Series { query: "<peace> & \"war\"".to_owned(), ..Series::default() };
    let mut periods = Vec::new();
    for (at, (held, known, statements, words)) in years.iter().enumerate() {
        let year = 2000 + i16::try_from(at).unwrap();
        periods.push(Period { year, month: None, held: *held, known: *known });
        let cell = Cell { statements: *statements, words: *words };
        if cell != Cell::default() {
            series.cells.insert((0, at), cell);
            series.total.add(cell);
        }
    }
    let coverage = Coverage { held: 5, known: 9, ..Coverage::default() };
    Chart {
        periods,
        groups: vec![String::new()],
        series: vec![series],
        coverage,
        ..Chart::default()
    }
}

#[test]
fn a_rate_needs_ten_thousand_words_and_a_year_needs_a_record() {
    let chart = made(&[
        (3, Some(4), 5, 9_999),
        (3, Some(4), 5, 10_000),
        (0, Some(4), 0, 0),
        (2, None, 0, 50_000),
    ]);
    let values = |rate| (0..4).map(|at| chart.value(0, at, rate)).collect::<Vec<_>>();
    assert_eq!(values(false), [Some(5.0), Some(5.0), None, Some(0.0)]);
    assert_eq!(values(true), [None, Some(50.0), None, Some(0.0)]);
    assert_eq!(chart.periods[2].share(), Some(0.0));
    assert_eq!(chart.periods[3].share(), None);
    assert_eq!(
        coverage_line(&chart),
        "Drawn from 5 of 9 known public records; not known how many: 2003"
    );
    let table = table(&chart, true);
    assert_eq!(table.head, ["year", "statements", "per 100,000", "words", "here", "known"]);
    assert_eq!(table.rows[0], ["2000", "5", "-", "9,999", "3", "4"]);
    assert_eq!(table.rows[2], ["2002", "-", "-", "0", "0", "4"]);
    assert_eq!(table.rows[3], ["2003", "0", "0.00", "50,000", "2", "?"]);
    let from = Identity::default();
    let rows: Vec<Row> = rows(&chart, &from).collect();
    assert_eq!((rows.len(), rows[2].statements, rows[3].statements), (4, None, Some(0)));
    assert_eq!((rows[0].per_100000_words, rows[1].per_100000_words), (None, Some(50.0)));
}

#[test]
fn queries_are_separated_by_semicolons() {
    assert_eq!(queries_of(" peace ;; \"a b\" OR c; ").unwrap(), ["peace", "\"a b\" OR c"]);
    assert_eq!(queries_of("").unwrap(), Vec::<String>::new());
    assert!(queries_of("a;b;c;d;e;f").is_ok() && queries_of("a;b;c;d;e;f;g").is_err());
}

#[test]
fn rows_have_every_figure_and_say_what_they_were_made_from() {
    for by in [By::Year, By::Month, By::State, By::Topic] {
        let (chart, from) = chart_of(&["peace", "lake"], by);
        assert!(chart.exercise && !chart.is_empty());
        let rows: Vec<Row> = rows(&chart, &from).collect();
        for series in &chart.series {
            let own = rows.iter().filter(|row| row.query == series.query);
            let sum: usize = own.filter_map(|row| row.statements).sum();
            assert_eq!(sum, series.total.statements, "{by:?} {}", series.query);
        }
        for row in &rows {
            let of = (row.state.is_some(), row.topic.is_some(), row.month.is_some());
            assert_eq!(of, (by == By::State, by == By::Topic, by == By::Month), "{row:?}");
            assert!(row.library.len() == 16 && row.program.starts_with("spv ") && row.exercise);
        }
        let names: Vec<&str> = Row::NAMES.split_whitespace().collect();
        let value = serde_json::to_value(&rows[0]).unwrap();
        let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        let mut keys = keys.clone();
        keys.sort_unstable();
        assert_eq!(keys, sorted);
    }
}

#[test]
fn a_library_is_the_same_wherever_its_records_are() {
    let of = |folder: &std::path::Path| {
        let library = Library::open_with(folder, None).unwrap();
        Identity::of_index(&Index::in_memory(&library, None).unwrap(), &library)
    };
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/records");
    let mut files: Vec<_> =
        std::fs::read_dir(fixtures).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "json"));
    // Exercise debates are none of a folder.
    let put = |file: &std::path::Path, folder: &std::path::Path| {
        let text = std::fs::read_to_string(file)
            .unwrap()
            .replace("\"exercise\": true,", "")
            .replace("MSC/PV.", "S/PV.99");
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join(file.file_name().unwrap()), text).unwrap();
    };
    let (copy, again) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for file in &files {
        put(file, &copy.path().join("records/2020"));
        put(file, again.path());
    }
    let one = of(copy.path());
    assert!(one.records > 3 && one.library.len() == 16, "{one:?}");
    assert_eq!(of(again.path()), one);
    std::fs::remove_file(again.path().join(files[0].file_name().unwrap())).unwrap();
    assert_ne!(of(again.path()).library, one.library);
}

/// Reads a picture as XML: its texts; panics where it is none.
fn texts_of(picture: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(picture);
    let (mut texts, mut depth) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Text(text) => {
                texts.push(text.as_ref().to_owned());
            }
            quick_xml::events::Event::GeneralRef(name) => {
                texts.push(format!("&{};", name.as_ref()));
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    texts
}

#[test]
fn a_picture_is_xml_and_has_in_it_what_it_was_drawn_from() {
    for by in [By::Year, By::Month, By::State, By::Topic] {
        for rate in [false, true] {
            let (chart, from) = chart_of(&["peace", "\"lake terem\" OR <b>", "zzzqqq"], by);
            let picture = svg(&chart, rate, &from);
            let all = texts_of(&picture).concat();
            for words in [&from.library, "EXERCISE", "Drawn from", "Counted: ", "spv ", "peace"] {
                assert!(all.contains(words), "{words} is not in {all}");
            }
            assert!(!picture.contains("NaN") && !picture.contains("inf"), "{picture}");
            assert_eq!(picture.matches("<title id=").count(), 1);
        }
    }
    let hostile = svg(&made(&[(1, Some(1), 3, 20_000)]), true, &Identity::default());
    assert!(!hostile.contains("<peace>"));
    assert!(texts_of(&hostile).concat().contains("&lt;peace&gt; &amp; &quot;war&quot;"));
}

#[test]
fn a_line_is_broken_where_nothing_is_here() {
    let chart =
        made(&[(1, Some(1), 1, 0), (1, Some(1), 2, 0), (0, Some(3), 0, 0), (1, Some(1), 1, 0)]);
    let picture = svg(&chart, false, &Identity::default());
    let path = picture.lines().find(|line| line.contains("class=\"line\"") && line.contains('L'));
    let path = path.unwrap().rsplit("d=").next().unwrap();
    assert_eq!((path.matches('M').count(), path.matches('L').count()), (2, 1), "{path}");
}
