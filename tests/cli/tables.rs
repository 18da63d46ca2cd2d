//! Every table for programs: the same rows as JSON and as comma-separated values, and read back by other programs.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::kit::Kit;

/// Texts that a careless table would break on.
const HARD: [&str; 5] = [
    "=HYPERLINK(\"http://invented\")",
    "A \"quoted\", comma; semicolon",
    "-1+1",
    "Ünïcödé, 中文 and العربية",
    "  leading blanks and a 'quote'",
];

/// A library of one record in which names, topic and words are hard.
fn hard() -> Kit {
    let items: Vec<Value> = HARD
        .iter()
        .zip(1..)
        .map(|(text, number)| {
            json!({"type": "statement", "number": number, "page": number,
                   "speaker": {"printed": format!("Ms. {text} (France)"), "name": format!("@{text}"),
                               "state": "France", "role": "+Envoy", "as": "member"},
                   "spoken": "fr", "on_behalf_of": [],
                   "paragraphs": [{"page": number, "text": format!("{text} war, S/2014/348, and war.")}]})
        })
        .collect();
    let kit = Kit::empty();
    kit.put(
        "S_PV.7180.en.json",
        &json!({"format": "spv/1", "symbol": "S/PV.7180", "kind": "verbatim", "language": "en",
                "status": "final", "date": "2014-05-22", "topic": HARD[0], "agenda": [HARD[1]],
                "source": {"from": "=test"}, "items": items}),
    );
    kit
}

/// The commands that print a table.
const TABLES: [&[&str]; 15] = [
    &["list"],
    &["list", "--all", "--year", "2014"],
    &["find", "france"],
    &["last", "France"],
    &["search", "war"],
    &["search", "war", "--kwic"],
    &["search", "war", "--kwic", "--sort", "right"],
    &["search", "war", "--by", "year"],
    &["search", "war", "--by", "speaker"],
    &["refs", "7180"],
    &["refs", "--back", "S/2014/348"],
    &["votes", "state:China", "year:2014"],
    &["votes", "S/2014/348"],
    &["council", "2014-05-22"],
    &["chart", "war", "=nothing", "--by", "topic"],
];

/// Reads comma-separated values as RFC 4180 has them.
fn read(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "the last row does not end");
    rows
}

/// A field of JSON as a cell of a table.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => plain(other),
    };
    let computed = text.trim_start().starts_with(['=', '+', '-', '@']);
    if computed { format!("'{text}") } else { text }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => fields.values().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// Runs a program over a text; `None` where it is not here.
fn through(program: &[&str], text: &str) -> Option<String> {
    let mut child = Command::new(program[0])
        .args(&program[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    // A program that ends before it has read all of it is seen by its exit code.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    let output = child.wait_with_output().unwrap();
    output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
}

/// Reads a table as another program does, and prints its rows as JSON.
const PYTHON: &str = "import csv, io, json, sys
text = sys.stdin.buffer.read().decode('utf-8-sig')
print(json.dumps(list(csv.reader(io.StringIO(text, newline='')))))";
const PANDAS: &str = "import io, json, sys
import pandas
table = pandas.read_csv(io.BytesIO(sys.stdin.buffer.read()), dtype=str, keep_default_na=False)
print(json.dumps([list(table.columns)] + table.values.tolist()))";

#[test]
fn every_table_is_the_same_as_json_and_as_csv_and_for_other_programs() {
    let kit = hard();
    for args in TABLES {
        let csv = kit.spv(&[args, &["--csv"]].concat());
        assert!(csv.code == 0, "{args:?}: {}", csv.err);
        let rows = read(&csv.out);
        let objects = kit.spv(&[args, &["--json"]].concat()).json();
        let (names, cells) = rows.split_first().unwrap();
        assert_eq!(cells.len(), objects.len(), "{args:?}");
        assert!(!cells.is_empty(), "{args:?}");
        for (row, object) in cells.iter().zip(&objects) {
            assert_eq!(row.len(), names.len(), "{args:?}");
            for (name, text) in names.iter().zip(row) {
                // A rate has one digit in the table and three in JSON; a vote's counts are in an object.
                let same = object.get(name).filter(|value| !value.is_f64());
                if let Some(value) = same {
                    assert_eq!(*text, cell(value), "{args:?} {name}");
                }
                let first = text.trim_start().chars().next();
                assert!(!matches!(first, Some('=' | '+' | '-' | '@')), "{args:?} {name}: {text}");
            }
        }
        let excel = kit.spv(&[args, &["--csv", "--excel"]].concat());
        assert_eq!(excel.out.strip_prefix('\u{FEFF}'), Some(csv.out.as_str()), "{args:?}");
        assert_eq!(kit.spv(&[args, &["--excel"]].concat()).code, 2, "{args:?}");
        for (program, script) in [("csv", PYTHON), ("pandas", PANDAS)] {
            let Some(read_back) = through(&["python3", "-c", script], &excel.out) else {
                println!("SKIPPED: python3 with {program} is not here");
                continue;
            };
            let read_back: Vec<Vec<String>> = serde_json::from_str(&read_back).unwrap();
            assert_eq!(read_back, rows, "{args:?} read by {program}");
        }
    }
}

#[test]
fn tables_of_statements_say_on_what_by_whom_and_from_where() {
    let kit = hard();
    let columns =
        ["topic", "item", "printed", "role", "as", "capacity", "spoken", "words", "source"];
    for args in [&["search", "war"][..], &["search", "war", "--kwic"], &["last", "France"]] {
        let row = &kit.spv(&[args, &["--json"]].concat()).json()[0];
        for name in columns {
            assert!(!row[name].is_null() && row[name] != "", "{args:?} {name} {row}");
        }
        assert_eq!((&row["role"], &row["capacity"]), (&json!("+Envoy"), &json!("national")));
        assert_eq!((&row["spoken"], &row["source"]), (&json!("fr"), &json!("=test")));
    }
    let all = kit.spv(&["search", "war", "--csv"]).out;
    let old =
        "symbol,language,statement,paragraph,page,speaker,state,organization,date,snippet,score,";
    assert!(all.starts_with(old), "{all}");
}

#[test]
fn a_chart_is_drawn_as_a_table_as_rows_and_as_a_picture_of_the_same_figures() {
    let kit = Kit::new();
    let chart =
        |args: &[&str]| kit.spv(&[&["--exercise", "chart", "lake", "peace"], args].concat());
    let drawn = chart(&[]);
    assert_eq!((drawn.code, drawn.err.as_str()), (0, ""), "{}", drawn.out);
    for words in ["Statements by year", "a lake", "b peace", "2019", "here \u{2588}", "EXERCISE"] {
        assert!(drawn.out.contains(words), "{words} is not in\n{}", drawn.out);
    }
    let rows = chart(&["--json"]).json();
    let of = |query: &str, year: i64| {
        let row = rows.iter().find(|row| row["query"] == query && row["year"] == year).unwrap();
        (row["statements"].as_u64().unwrap(), row["per_100000_words"].as_f64())
    };
    let table = chart(&["--table", "--rate"]).out;
    for year in [2019, 2020] {
        let line = table.lines().find(|line| line.starts_with(&year.to_string())).unwrap();
        let cells: Vec<&str> = line.split_whitespace().collect();
        for (query, at) in [("lake", 1), ("peace", 3)] {
            let (count, rate) = of(query, year);
            assert_eq!(cells[at], count.to_string(), "{line}");
            let shown: f64 = cells[at + 1].parse().unwrap();
            assert!((shown - rate.unwrap()).abs() <= 0.5, "{line} {rate:?}");
        }
    }
    // The same figures as those of spv search, which counts the chair too.
    let years = kit.spv(&["--exercise", "search", "peace", "--by", "year", "--json"]).json();
    let with_chair = kit.spv(&["--exercise", "chart", "peace", "--procedural", "--json"]).json();
    for (year, row) in years.iter().zip(&with_chair) {
        assert_eq!(year["statements"], row["statements"], "{year} {row}");
        let (count, rate) = of("peace", year["year"].as_i64().unwrap());
        assert_eq!(year["counted"].as_u64(), Some(count));
        let same = rate.unwrap() - year["per_100000_words"].as_f64().unwrap();
        assert!(same.abs() < 0.001, "{year} {rate:?}");
    }
    assert!(chart(&["--svg", "-"]).out.starts_with("<svg "));
    let file = kit.at("chart.svg").display().to_string();
    assert_eq!(chart(&["--svg", &file]).out, "");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), chart(&["--svg", "-"]).out);
    chart(&["--svg", &file]).fails(3, "already exists");
    let ascii = chart(&["--ascii", "--bars"]).out;
    assert!(ascii.is_ascii(), "{ascii}");
    let linear = kit.spv(&["--exercise", "--linear", "chart", "lake", "peace"]).out;
    assert_eq!(linear, chart(&["--table"]).out);
    let some = chart(&["--by", "state", "--limit", "2"]);
    assert!(some.err.contains("printed 2 of "), "{}", some.err);
    kit.spv(&["--exercise", "chart", "zzzqqq"]).fails(1, "no statement matches");
    kit.spv(&["--exercise", "chart", "a", "b", "c", "d", "e", "f", "g"]).fails(2, "at most 6");
}
