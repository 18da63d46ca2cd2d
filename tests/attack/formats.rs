//! What is exported means nothing to its reader but the words of the record.

use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use spv::app::cite::{Style, pages, styled};
use spv::app::position::Passage;
use spv::record::Record;

use crate::command::{Kit, record};

/// Texts that would end a field, begin another or run something, each in its own format.
const EVIL: &[&str] = &[
    "x} @misc(evil, title = \"Forged entry\", author = \"Nobody\", year = \"1999\") ",
    "}}}}{{{",
    "{",
    "}",
    "\\",
    "\\}",
    "\\{",
    "a } b",
    "\"}, x = {\"",
    "%\n}",
    "@comment{",
    "a # b $ c _ d & e ~ f ^ g",
    "\\input{/etc/passwd}, author = {x}, } @preamble{\"\\write18{id}\"}",
    "@string{a=\"b\"}\n@article{k,}",
    "A\nER  - \nTY  - BOOK\nUR  - javascript:alert(1)",
    "a\rER  - \r\nTY  - X",
    "a\u{b}ER  - ",
    "a\u{85}ER  - b",
    "a\u{2028}TY  - X",
    "ER  - ",
    "  ",
    "",
    "\u{0}\u{1b}]52;c;eA==\u{7}",
    "Mali, and Peace: ONU \u{c9}tat \u{416}ук",
];

fn with(text: &str) -> Record {
    let mut made = record("S/PV.9001", "en", "2022-03-25");
    made["topic"] = text.into();
    made["items"][2]["speaker"]["printed"] = text.into();
    made["items"][2]["speaker"]["name"] = text.into();
    made["corrections"] = vec!["S/PV.9001/Corr.1"].into();
    serde_json::from_value(made).unwrap()
}

fn cited(record: &Record, style: Style) -> String {
    let statement = record.statements().nth(1).unwrap();
    styled(record, statement, pages(statement, Passage::of_paragraphs(statement, 0, 0)), style)
}

/// One entry of BibTeX: its key, and its fields as they are between their braces.
type Entry = (String, Vec<(String, String)>);

/// Reads BibTeX as BibTeX does: braces count wherever they are, also after a backslash.
fn bibtex(text: &str) -> Result<Vec<Entry>, String> {
    let mut entries = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        rest = rest[at + 1..].strip_prefix("misc{").ok_or("another kind of entry")?;
        let (key, mut fields) = rest.split_once(',').ok_or("no key")?;
        let mut read = Vec::new();
        loop {
            fields = fields.trim_start();
            if let Some(after) = fields.strip_prefix('}') {
                rest = after;
                break;
            }
            let (name, value) =
                fields.split_once(" = {").ok_or_else(|| format!("no field: {fields}"))?;
            let mut depth = 1;
            let ends = |c: char| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                depth == 0
            };
            let end = value.find(ends).ok_or("a field without an end")?;
            read.push((name.to_owned(), value[..end].to_owned()));
            fields = value[end + 1..].strip_prefix(',').ok_or("no comma after a field")?;
        }
        entries.push((key.to_owned(), read));
    }
    Ok(entries)
}

/// The letters of a field of BibTeX, without what stands for them.
fn letters(field: &str) -> String {
    let mut text = field.to_owned();
    for (name, c) in [("backslash", "\\"), ("asciitilde", "~"), ("asciicircum", "^")] {
        text = text.replace(&format!("{{\\text{name}}}"), c);
    }
    text = text.replace("{\\textbraceleft}", "\u{1}").replace("{\\textbraceright}", "\u{2}");
    let plain = text.replace(['{', '}'], "");
    let mut shown = String::new();
    let mut chars = plain.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && "%&#_$".contains(*next) => shown.extend(chars.next()),
            _ => shown.push(c),
        }
    }
    shown.replace('\u{1}', "{").replace('\u{2}', "}")
}

fn held_by_bibtex(text: &str) {
    let made = with(text);
    let entry = cited(&made, Style::Bibtex);
    let beside = cited(&with("beside"), Style::Bibtex);
    let all = bibtex(&format!("{beside}\n{entry}\n{beside}\n"))
        .unwrap_or_else(|e| panic!("{text:?}: {e}\n{entry}"));
    assert_eq!(all.len(), 3, "{entry}");
    let (key, fields) = &all[1];
    assert_eq!(key, "SPV9001-2");
    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "author",
            "title",
            "howpublished",
            "number",
            "date",
            "year",
            "month",
            "language",
            "pages",
            "note"
        ]
    );
    let shown = spv::record::harmless::line(text).into_owned();
    let title = letters(&fields[1].1);
    assert!(title.contains(shown.trim()), "{title} has not {shown}");
    assert!(!entry.contains(|c: char| c.is_control() && c != '\n'), "{entry:?}");
}

fn held_by_ris(text: &str) {
    let entry = cited(&with(text), Style::Ris);
    let lines: Vec<&str> =
        entry.split(|c: char| c == '\n' || c.is_control() || c == '\u{2028}').collect();
    let tags: Vec<&str> = lines.iter().map(|line| &line[..6]).collect();
    let wanted = ["TY", "AU", "TI", "PY", "DA", "IS", "LA", "SP", "EP", "N1", "N1", "N1", "ER"];
    let wanted: Vec<String> = wanted.iter().map(|tag| format!("{tag}  - ")).collect();
    assert_eq!(tags, wanted, "{entry}");
    assert_eq!(*lines.last().unwrap(), "ER  - ");
    assert!(lines.iter().all(|line| !line[6..].contains("  - ")), "{entry}");
    // A body is one name: a comma would part it into surname and first name.
    assert_eq!(lines[1], "AU  - United Nations Security Council");
}

#[test]
fn a_text_forges_no_entry_of_bibtex_or_ris() {
    for text in EVIL {
        held_by_bibtex(text);
        held_by_ris(text);
    }
    let entry = cited(&with("The situation in Mali"), Style::Bibtex);
    assert!(
        entry.contains(
            "title = {{The} situation in {Mali}: statement by {The} situation in {Mali}}"
        ),
        "{entry}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_forges_an_entry(text in "[{}\\\\@%\"=,a-cA-Z \n#~^_$&é]{0,40}|\\PC{0,20}") {
        held_by_bibtex(&text);
        held_by_ris(&text);
    }
}

/// Runs a reader written in Python, if it is here.
fn python(package: &str, script: &str, file: &Path) -> Option<String> {
    let has = Command::new("python3").args(["-c", &format!("import {package}")]).output();
    if !has.is_ok_and(|ran| ran.status.success()) {
        println!("SKIPPED: no python3 with {package} here");
        return None;
    }
    let ran = Command::new("python3").args(["-c", script]).arg(file).output().unwrap();
    assert!(ran.status.success(), "{package}: {}", String::from_utf8_lossy(&ran.stderr));
    Some(String::from_utf8(ran.stdout).unwrap().trim().to_owned())
}

#[test]
fn the_readers_of_others_agree() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("all");
    let all = |style: Style| -> String {
        // pybtex wants a key once.
        let keyed = |(at, text): (usize, &&str)| {
            cited(&with(text), style).replacen("SPV9001", &format!("K{at}"), 1)
        };
        EVIL.iter().enumerate().map(keyed).collect::<Vec<_>>().join("\n\n")
    };
    std::fs::write(&file, all(Style::Bibtex)).unwrap();
    let script = "import sys; from pybtex.database import parse_file; \
                  d = parse_file(sys.argv[1], 'bibtex'); \
                  print(len(d.entries), {e.type for e in d.entries.values()})";
    if let Some(said) = python("pybtex", script, &file) {
        assert_eq!(said, format!("{} {{'misc'}}", EVIL.len()));
    }
    std::fs::write(&file, all(Style::Ris)).unwrap();
    let script = "import sys, rispy; d = rispy.load(open(sys.argv[1])); \
                  print(len(d), {e['type_of_reference'] for e in d}, {tuple(e['authors']) for e in d})";
    if let Some(said) = python("rispy", script, &file) {
        let author = "{('United Nations Security Council',)}";
        assert_eq!(said, format!("{} {{'GOVDOC'}} {author}", EVIL.len()));
    }
}

const MARKDOWN: &str = "# h\n* b\n> q\n1. x\n`c` **b** _i_ [l](javascript:alert(1)) ![i](http://evil/x.png) <script>alert(1)</script> \
    http://evil.example www.evil.example <http://auto.link> &lt;b&gt; | t | ~~s~~ \\ ```\n---\n    code\n- [ ] t\n[^1]: foot\n\
    $$x$$ {{x}} <!-- c --> &#60;script&#62; a@b.example ---";

#[test]
fn a_text_is_no_markup_in_markdown() {
    let kit = Kit::empty();
    let mut made = record("S/PV.9001", "en", "2022-03-25");
    for (at, text) in
        [MARKDOWN, "---\ntitle: x\n---", "% x", "=\n=", "\u{a0}\u{2003}    code"].iter().enumerate()
    {
        let text = *text;
        made["topic"] = text.into();
        made["agenda"] = vec![text].into();
        made["items"][0]["text"] = text.into();
        made["items"][2]["speaker"]["printed"] = text.into();
        made["items"][2]["paragraphs"][0]["text"] = text.into();
        made["source"] = serde_json::json!({"from": text, "file": text, "url": text});
        kit.put("S_PV.9001.en.json", &made);
        let ran = kit.spv(&["export", "9001", "--format", "md"]);
        assert_eq!(ran.code, 0, "{at}: {}", ran.err);
        for line in ran.out.lines() {
            only_ours(line);
        }
        assert!(ran.out.starts_with("Exported 2"), "{}", ran.out);
    }
    // The name of the library is in the first line, and whoever made it chose that.
    let evil = "l <b>x [a](b) {{x}}";
    std::fs::rename(kit.library(), kit.at(evil)).unwrap();
    let ran = crate::command::on(&kit, evil, &["export", "9001", "--format", "md"]);
    only_ours(ran.out.lines().next().unwrap());
}

/// Holds that a line of Markdown has no markup but what this program writes.
fn only_ours(line: &str) {
    let begins = ["# ", "## 1. ", "## 2. "].iter().find_map(|head| line.strip_prefix(head));
    let line = begins.unwrap_or(line);
    let line = line.strip_prefix('*').and_then(|l| l.strip_suffix('*')).unwrap_or(line);
    assert!(!line.starts_with(['#', '+', '-', '=', '%', ':', ' ', '\u{a0}']), "{line}");
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    assert!(digits.len() == line.len() || !digits.starts_with(['.', ')']), "{line}");
    let mut chars = line.chars().peekable();
    let mut plain = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                assert!(chars.next().is_some_and(|c| c.is_ascii_punctuation()), "{line}");
                plain.push('\u{1}');
            }
            c => {
                assert!(!"`*_<>[]{}&~|$@^".contains(c), "{c} in {line}");
                plain.push(c);
            }
        }
    }
    assert!(!plain.contains("://") && !plain.to_lowercase().contains("www."), "{line}");
}

#[test]
fn a_table_for_excel_begins_with_a_byte_order_mark_and_no_cell_is_a_formula() {
    let kit = Kit::empty();
    let mut made = record("S/PV.9001", "en", "2022-03-25");
    let formula = "\u{3000}\u{fe0f}＝HYPERLINK(\"http://x\";\"y\")";
    made["topic"] = formula.into();
    made["items"][2]["paragraphs"][0]["text"] = "\u{feff}=1+1 caf\u{e9}".into();
    kit.put("S_PV.9001.en.json", &made);
    let plain = kit.spv(&["export", "9001", "--format", "csv"]);
    let excel = kit.spv(&["export", "9001", "--format", "csv", "--excel"]);
    assert_eq!(excel.out, format!("\u{feff}{}", plain.out));
    assert!(
        plain.out.starts_with("symbol,") && plain.out.contains(",'\u{fffd}=1+1 caf\u{e9},"),
        "{}",
        plain.out
    );
    assert!(plain.out.contains(",\"'\u{3000}\u{fffd}＝HYPERLINK("), "{}", plain.out);
    let found = kit.spv(&["search", "caf\u{e9}", "--csv", "--excel"]);
    assert!(found.out.starts_with("\u{feff}symbol,"), "{}{}", found.out, found.err);
    assert!(
        kit.spv(&["search", "caf\u{e9}", "--csv", "--by", "year", "--excel"])
            .out
            .starts_with('\u{feff}')
    );
    assert!(
        kit.spv(&["search", "caf\u{e9}", "--csv", "--kwic", "--excel"]).out.starts_with('\u{feff}')
    );
    kit.spv(&["export", "9001", "--excel"]).fails(2, "--format csv");
}
