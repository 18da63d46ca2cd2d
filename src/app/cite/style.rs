//! Citations in the styles of footnotes and of reference managers.
//!
//! Whatever the style, a provisional text, a correction taken in and an exercise are named.

use std::borrow::Cow;

use super::{Pages, citation};
use crate::record::{Record, Statement, Status, harmless};

/// A style of citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As records cite one another, with the status of the text.
    Un,
    /// An entry for BibTeX and biblatex.
    Bibtex,
    /// A record for reference managers.
    Ris,
}

/// The citation of a statement in a style.
pub fn styled(record: &Record, statement: &Statement, pages: Pages, style: Style) -> String {
    match style {
        Style::Un => un(record, pages),
        Style::Bibtex => bibtex(record, statement, pages),
        Style::Ris => ris(record, statement, pages),
    }
}

fn un(record: &Record, pages: Pages) -> String {
    let plain = citation(record, pages);
    let language = record.language.name();
    match record.status {
        Status::Provisional => {
            plain.replacen(&format!("({language}"), &format!("({language}, provisional"), 1)
        }
        _ => plain,
    }
}

/// What every style must name: provisional, page not known, corrections, exercise.
fn remarks(record: &Record, pages: Pages) -> Vec<String> {
    let mut remarks = vec![format!("{} edition", record.language.name())];
    if record.status == Status::Provisional {
        remarks.push("provisional".to_owned());
    }
    if pages.is_none() {
        remarks.push("page not known".to_owned());
    }
    remarks.extend(record.corrections.iter().map(|c| format!("with {c}")));
    if record.exercise {
        remarks.push("EXERCISE: not the words of any State".to_owned());
    }
    remarks
}

fn title(record: &Record, statement: &Statement) -> String {
    let topic = record.topic.trim();
    let by = format!("statement by {}", statement.speaker.printed);
    if topic.is_empty() { by } else { format!("{topic}: {by}") }
}

fn author(record: &Record) -> &'static str {
    if record.exercise { "Model Security Council" } else { "United Nations, Security Council" }
}

fn bibtex(record: &Record, statement: &Statement, pages: Pages) -> String {
    let key: String =
        record.symbol.to_string().chars().filter(char::is_ascii_alphanumeric).collect();
    let mut fields = vec![
        ("author", format!("{{{}}}", author(record))),
        ("title", capitals_kept(&title(record, statement))),
        ("howpublished", tex(&format!("Verbatim record {}", record.symbol))),
        ("number", tex(&record.symbol.to_string())),
        ("date", record.date.to_string()),
        ("year", record.date.year().to_string()),
        ("month", record.date.month().to_string()),
        ("language", tex(&record.language.name().to_lowercase())),
    ];
    if let Some((first, last)) = pages {
        let range = if first == last { first.to_string() } else { format!("{first}--{last}") };
        fields.push(("pages", range));
    }
    fields.push(("note", tex(&remarks(record, pages).join("; "))));
    let mut entry = format!("@misc{{{key}-{},\n", statement.number);
    for (name, value) in fields {
        entry.push_str(&format!("  {name} = {{{value}}},\n"));
    }
    entry.push('}');
    entry
}

/// A text that TeX takes for nothing but words, and that no reader of BibTeX takes for the end of its field:
/// they count braces, escaped or not, and some find entries by `@` alone.
fn tex(text: &str) -> String {
    harmless::line(text).chars().fold(String::new(), |escaped, c| escaped + &tex_letter(c))
}

fn tex_letter(c: char) -> Cow<'static, str> {
    match c {
        '{' => "{\\textbraceleft}".into(),
        '}' => "{\\textbraceright}".into(),
        '\\' => "{\\textbackslash}".into(),
        '~' => "{\\textasciitilde}".into(),
        '^' => "{\\textasciicircum}".into(),
        '"' | '@' => format!("{{{c}}}").into(),
        '%' | '&' | '#' | '_' | '$' => format!("\\{c}").into(),
        c => c.to_string().into(),
    }
}

/// The same with every word that has a capital in braces: most styles write titles in small letters, and names
/// have to stay.
fn capitals_kept(text: &str) -> String {
    let text = harmless::line(text);
    let mut kept = String::new();
    let mut rest = &*text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = &rest[..end];
        if word.is_empty() {
            kept.push_str(&tex_letter(first));
            rest = &rest[first.len_utf8()..];
            continue;
        }
        if word.contains(char::is_uppercase) {
            kept.push_str(&format!("{{{word}}}"));
        } else {
            kept.push_str(word);
        }
        rest = &rest[end..];
    }
    kept
}

fn ris(record: &Record, statement: &Statement, pages: Pages) -> String {
    let date = record.date;
    let mut lines = vec![
        ("TY", "GOVDOC".to_owned()),
        // Readers part a name at its comma into surname and first name, and this is one name.
        ("AU", author(record).replace(',', "")),
        ("TI", title(record, statement)),
        ("PY", date.year().to_string()),
        ("DA", format!("{:04}/{:02}/{:02}", date.year(), date.month(), date.day())),
        ("IS", record.symbol.to_string()),
        ("LA", record.language.name().to_owned()),
    ];
    if let Some((first, last)) = pages {
        lines.push(("SP", first.to_string()));
        lines.push(("EP", last.to_string()));
    }
    lines.extend(remarks(record, pages).into_iter().map(|remark| ("N1", remark)));
    lines.push(("ER", String::new()));
    // On one line and with single spaces, whatever it holds, a value can begin no field of its own.
    let line = |(tag, value): &(&str, String)| {
        let words: Vec<String> =
            harmless::line(value).split_whitespace().map(str::to_owned).collect();
        format!("{tag}  - {}", words.join(" "))
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let json = r#"{"format":"spv/1","symbol":"MSC/PV.1 (Resumption 1)","kind":"verbatim","language":"en",
            "exercise":true,"status":"provisional","corrections":["MSC/PV.1/Corr.1"],
            "topic":"An invented {item} & 50% more","date":"2001-01-09","items":[
            {"type":"statement","number":1,"page":3,"speaker":{"printed":"Ms. Made_up (Nowhere)","name":"Ms. Made_up"},
             "paragraphs":[{"page":3,"text":"One.","breaks":[{"at":2,"page":4}]}]}]}"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_style_names_what_must_be_named() {
        let record = record();
        let statement = record.statements().next().unwrap();
        for style in [Style::Un, Style::Bibtex, Style::Ris] {
            let shown = styled(&record, statement, Some((3, 4)), style);
            for wanted in ["provisional", "EXERCISE", "MSC/PV.1/Corr.1", "(Resumption 1)"] {
                assert!(shown.contains(wanted), "{style:?} lacks {wanted}: {shown}");
            }
            let without = styled(&record, statement, None, style);
            assert!(without.contains("page not known"), "{style:?}: {without}");
        }
        assert_eq!(
            styled(&record, statement, Some((3, 4)), Style::Un),
            "MSC/PV.1 (Resumption 1), pp. 3\u{2013}4 (English, provisional), with MSC/PV.1/Corr.1 \
             [EXERCISE: not the words of any State]"
        );
    }

    #[test]
    fn tex_and_ris_are_well_formed() {
        let record = record();
        let statement = record.statements().next().unwrap();
        let entry = styled(&record, statement, Some((3, 4)), Style::Bibtex);
        assert!(entry.starts_with("@misc{MSCPV1Resumption1-1,\n"), "{entry}");
        assert!(entry.contains(
            "title = {{An} invented {\\textbraceleft}item{\\textbraceright} \\& 50\\% more: \
             statement by {Ms}. {Made}\\_up ({Nowhere})}"
        ));
        assert!(entry.contains("pages = {3--4}"));
        let ris = styled(&record, statement, Some((3, 3)), Style::Ris);
        assert!(ris.starts_with("TY  - GOVDOC\n") && ris.ends_with("\nER  - "), "{ris}");
        assert!(ris.contains("\nDA  - 2001/01/09\n") && ris.contains("\nSP  - 3\nEP  - 3\n"));
        assert!(ris.lines().all(|l| l.len() >= 6 && &l[2..6] == "  - "), "{ris}");
    }
}
