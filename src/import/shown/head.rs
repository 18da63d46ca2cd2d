//! The rows about the record: symbol, date, edition, topic, agenda, Presidents and members.

use jiff::civil::Date;

use crate::import::cover::dates;
use crate::record::{Kind, Language, Member, President, Status, Symbol};

/// What the rows say.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ShownHead {
    pub(super) symbol: Symbol,
    pub(super) exercise: bool,
    pub(super) date: Date,
    pub(super) opened: Option<String>,
    pub(super) closed: Option<String>,
    pub(super) place: Option<String>,
    pub(super) language: Language,
    pub(super) status: Status,
    pub(super) kind: Kind,
    pub(super) corrections: Vec<String>,
    /// The topic, unless it is that of the table of meetings.
    pub(super) topic: Option<String>,
    pub(super) agenda: Vec<String>,
    pub(super) presidents: Vec<President>,
    pub(super) members: Vec<Member>,
}

/// The symbol and the part of `S/PV.9998, statement 3`.
pub(super) fn parse_part(row: &str) -> Option<(Symbol, String)> {
    let (symbol, part) = row.rsplit_once(", ")?;
    let (word, number) = part.split_once(' ')?;
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (matches!(word, "statement" | "page") && numbered)
        .then(|| Some((symbol.parse().ok()?, part.to_owned())))
        .flatten()
}

/// Whether a row is the one with the date.
pub(super) fn is_date_row(row: &str) -> bool {
    ["Security Council, ", "Model Security Council, "].iter().any(|start| row.starts_with(start))
}

/// Whether a row says that the record is an exercise.
pub(super) fn is_exercise_row(row: &str) -> bool {
    row.starts_with("EXERCISE:")
}

/// The language of a row such as `English, provisional`.
pub(super) fn parse_edition(row: &str) -> Option<Language> {
    let first = row.split(", ").next()?;
    Language::OFFICIAL.into_iter().find(|language| language.name() == first)
}

/// Whether a row begins with the name of what it says.
pub(super) fn is_labelled(row: &str) -> bool {
    ["Agenda: ", "President: ", "Members of the Council: "]
        .iter()
        .any(|label| row.starts_with(label))
}

/// Reads the rows; `None` if they are not those of `spv show`.
pub(super) fn parse_head(rows: &[String]) -> Option<ShownHead> {
    let mut rows = rows.iter().map(|row| row.trim_end());
    let symbol: Symbol = rows.next()?.trim().parse().ok()?;
    let mut when = rows.next()?;
    let exercise = is_exercise_row(when);
    if exercise {
        when = rows.next()?;
    }
    if !is_date_row(when) {
        return None;
    }
    let edition = rows.next()?;
    let mut parts = when.split(", ").skip(1);
    let mut head = ShownHead {
        symbol,
        exercise,
        date: dates::find_date(parts.next()?)?,
        opened: None,
        closed: None,
        place: None,
        language: parse_edition(edition)?,
        status: Status::Unknown,
        kind: Kind::Verbatim,
        corrections: Vec::new(),
        topic: None,
        agenda: Vec::new(),
        presidents: Vec::new(),
        members: Vec::new(),
    };
    for part in parts {
        match part.split_once(' ') {
            Some(("opened", time)) => head.opened = Some(time.to_owned()),
            Some(("rose" | "suspended", time)) => head.closed = Some(time.to_owned()),
            _ => head.place = Some(part.to_owned()),
        }
    }
    head.read_edition(edition);
    head.read_rows(rows);
    Some(head)
}

impl ShownHead {
    fn read_edition(&mut self, row: &str) {
        for part in row.split(", ").skip(1) {
            match part {
                "provisional" => self.status = Status::Provisional,
                "final" => self.status = Status::Final,
                "corrected" => self.status = Status::Corrected,
                "letter" => self.kind = Kind::Letter,
                "communiqué of a closed meeting" => self.kind = Kind::Communique,
                _ => self.corrections.extend(part.strip_prefix("with ").map(str::to_owned)),
            }
        }
    }

    fn read_rows<'a>(&mut self, rows: impl Iterator<Item = &'a str>) {
        let mut in_agenda = false;
        for row in rows {
            if let Some(item) = row.strip_prefix("Agenda: ") {
                self.agenda.push(item.trim().to_owned());
                in_agenda = true;
            } else if let Some(president) = row.strip_prefix("President: ") {
                let (name, state) = split_brackets(president);
                self.presidents.push(President { name, state });
                in_agenda = false;
            } else if let Some(members) = row.strip_prefix("Members of the Council: ") {
                self.members.extend(parse_members(members));
                in_agenda = false;
            } else if in_agenda {
                self.agenda.push(row.trim().to_owned());
            } else if !row.ends_with("(the library's heading)") {
                self.topic = Some(row.trim().to_owned()).filter(|topic| !topic.is_empty());
            }
        }
    }
}

/// The words before the last brackets, and those in them.
fn split_brackets(words: &str) -> (String, Option<String>) {
    match words.strip_suffix(')').and_then(|inner| inner.rsplit_once(" (")) {
        Some((name, inner)) => (name.to_owned(), Some(inner.to_owned())),
        None => (words.to_owned(), None),
    }
}

/// The members of `Chile (Ms. Vey), Peru (Mr. Orlan)`.
fn parse_members(row: &str) -> Vec<Member> {
    let mut members = Vec::new();
    let mut pending = String::new();
    for part in row.split(", ") {
        if !pending.is_empty() {
            pending.push_str(", ");
        }
        pending.push_str(part);
        // A comma inside brackets parts nothing.
        if pending.matches('(').count() != pending.matches(')').count() {
            continue;
        }
        let whole = std::mem::take(&mut pending);
        // "Bolivia (Plurinational State of)" has no representative.
        let (state, representative) = split_brackets(&whole);
        match representative {
            Some(name) if name.contains(". ") || name.contains('/') => {
                members.push(Member { state, representative: Some(name) });
            }
            Some(name) if crate::facts::states::lookup(&whole).is_none() => {
                members.push(Member { state, representative: Some(name) });
            }
            _ => members.push(Member { state: whole, representative: None }),
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read() {
        let rows = [
            "S/PV.9998",
            "Security Council, 31 May 2024, opened 10.05 a.m., rose 1 p.m., New York",
            "English, provisional, with S/PV.9998/Corr.1",
            "An invented item, with a comma",
            "Agenda: The first",
            "  The second",
            "President: Ms. Vey (Chile)",
            "President: Mr. Orlan",
            "Members of the Council: Bolivia (Plurinational State of) (Mr. A), Cuba, Peru (M. B)",
        ];
        let head = parse_head(&rows.map(str::to_owned)).unwrap();
        assert_eq!(head.date, jiff::civil::date(2024, 5, 31));
        assert_eq!(
            (head.opened.as_deref(), head.closed.as_deref()),
            (Some("10.05 a.m."), Some("1 p.m."))
        );
        assert_eq!((head.place.as_deref(), head.status), (Some("New York"), Status::Provisional));
        assert_eq!(head.corrections, ["S/PV.9998/Corr.1"]);
        assert_eq!(head.topic.as_deref(), Some("An invented item, with a comma"));
        assert_eq!(head.agenda, ["The first", "The second"]);
        assert_eq!(head.presidents[0].state.as_deref(), Some("Chile"));
        assert_eq!(head.presidents[1].name, "Mr. Orlan");
        let members: Vec<_> =
            head.members.iter().map(|m| (m.state.as_str(), m.representative.as_deref())).collect();
        assert_eq!(
            members,
            [
                ("Bolivia (Plurinational State of)", Some("Mr. A")),
                ("Cuba", None),
                ("Peru", Some("M. B"))
            ]
        );
    }

    #[test]
    fn parts_are_told_from_records() {
        assert_eq!(parse_part("S/PV.9998, statement 3").unwrap().1, "statement 3");
        assert!(parse_part("S/PV.9998, page 3").is_some());
        assert!(parse_part("S/PV.9998").is_none() && parse_part("Mr. Orlan, page 3 of").is_none());
    }
}
