//! The cover page: symbol, date, who presided, members and their representatives, agenda.

pub(super) mod dates;
pub(super) mod file_name;
pub(super) mod identity;

use jiff::civil::{Date, Weekday};

use super::address;
use super::lines::{Line, line_width};
use super::page_headers::symbol_at;
use super::words::{fold_text, is_wide};
use crate::facts::states;
use crate::record::{Member, President, Status, Symbol};

/// What a cover page says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cover {
    pub symbol: Option<Symbol>,
    pub date: Option<Date>,
    /// The day of the week printed beside the date.
    pub weekday: Option<Weekday>,
    pub place: Option<String>,
    pub status: Status,
    pub presidents: Vec<President>,
    pub members: Vec<Member>,
    pub agenda: Vec<String>,
    /// Lines of the table of members that could not be read.
    pub unread: Vec<String>,
}

const PRESIDENT: [&str; 7] =
    ["president", "presidente", "presidenta", "presidents", "председатель", "主席", "الرئيس"];
const MEMBERS: [&str; 7] =
    ["members", "membres", "miembros", "члены", "成员", "الأعضاء", "miembros del consejo"];
const AGENDA: [&str; 8] = [
    "agenda",
    "ordre du jour",
    "orden del dia",
    "повестка дня",
    "议程项目",
    "议程",
    "جدول الأعمال",
    "agenda item",
];
const PROVISIONAL: [&str; 6] =
    ["provisional", "provisoire", "предварительный отчет", "临时逐字记录", "临时", "مؤقت"];
const PLACES: [&str; 8] =
    ["new york", "nueva york", "нью-йорк", "纽约", "نيويورك", "geneva", "nairobi", "addis ababa"];
/// Words that start the notice about corrections.
const NOTICE: [&str; 7] = [
    "this record contains",
    "the final text will",
    "le present proces-verbal",
    "la presente acta",
    "в настоящем отчете",
    "本记录包括",
    "يتضمن هذا المحضر",
];

/// The line "Members:", which only a cover page has.
pub fn members_line(lines: &[Line]) -> Option<usize> {
    lines.iter().take(90).position(|l| after_label(&l.text, &MEMBERS).is_some())
}

/// Whether a line says that the record is provisional.
pub fn is_provisional(line: &str) -> bool {
    let folded = fold_text(line);
    PROVISIONAL.iter().any(|p| fold_text(p) == folded)
}

/// Whether a line is the title of the agenda.
pub fn is_agenda(line: &str) -> bool {
    let folded = fold_text(line.trim_end_matches([':', '：']));
    AGENDA.iter().any(|a| fold_text(a) == folded)
}

/// Whether a line starts the notice about corrections.
pub fn is_notice(line: &str) -> bool {
    let folded = fold_text(line);
    NOTICE.iter().any(|n| folded.starts_with(&fold_text(n)))
}

/// The text after the colon of a line that starts with one of these labels.
fn after_label<'a>(line: &'a str, labels: &[&str]) -> Option<&'a str> {
    let (head, rest) = line.split_once([':', '：'])?;
    let folded = fold_text(head);
    labels.iter().any(|l| fold_text(l) == folded).then(|| rest.trim())
}

/// Reads the lines of a cover page; `members` is the line of that label.
pub fn read_cover(lines: &[Line], members: usize) -> Cover {
    let mut cover = Cover::default();
    for line in lines {
        let text = &line.text;
        if cover.symbol.is_none() {
            cover.symbol = symbol_in(text);
        }
        let folded = fold_text(text);
        if is_provisional(text) {
            cover.status = Status::Provisional;
        }
        if cover.place.is_none() && PLACES.iter().any(|p| fold_text(p) == folded) {
            cover.place = Some(text.clone());
        }
    }
    let dated = lines[..members].iter().find(|l| dates::find_date(&l.text).is_some());
    cover.date = dated.and_then(|l| dates::find_date(&l.text));
    cover.weekday = dated.and_then(|l| dates::find_weekday(&l.text));
    let agenda = lines[members..]
        .iter()
        .position(|l| is_agenda(&l.text))
        .map_or(lines.len(), |at| at + members);
    let chair = lines[..members].iter().position(|l| after_label(&l.text, &PRESIDENT).is_some());
    for line in lines[chair.unwrap_or(members)..members].iter().map(|l| &l.text) {
        let rest = after_label(line, &PRESIDENT).unwrap_or(line);
        cover.presidents.extend(parse_president(rest));
    }
    cover.read_members(&lines[members..agenda]);
    cover.agenda = join_agenda(lines.get(agenda + 1..).unwrap_or_default());
    cover
}

/// The symbol at the end of a line.
fn symbol_in(line: &str) -> Option<Symbol> {
    let at = line.find("S/PV")?;
    let at = if line[..at].ends_with('M') || line[..at].ends_with("MSC/") { 0 } else { at };
    let (symbol, len) = symbol_at(&line[at..])?;
    line[at + len..].trim().is_empty().then_some(symbol)
}

/// Parses `Mr. Orlan . . . . (Kazakhstan)`.
fn parse_president(line: &str) -> Option<President> {
    let line = without_leaders(line);
    let (name, state) = line.rsplit_once(['(', '（'])?;
    let state = state.trim().trim_end_matches([')', '）', '.']).trim();
    let name = name.replace('\t', " ");
    (!name.trim().is_empty() && !state.is_empty()).then(|| President {
        name: name.trim().to_owned(),
        state: Some(states::lookup(state).map_or(state, |s| s.name).to_owned()),
    })
}

/// Replaces each dot leader in a line by one tab.
fn without_leaders(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split(' ') {
        let leader = !word.is_empty() && word.chars().all(|c| matches!(c, '.' | '…' | '·'));
        if leader {
            if !out.ends_with('\t') {
                out.truncate(out.trim_end_matches([' ', '.']).len());
                out.push('\t');
            }
        } else {
            if !out.is_empty() && !out.ends_with('\t') {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    // "Словения. . . ." and "Словения......" lose the dots that touch the name.
    while let Some(at) = out.find("...") {
        let end = at + out[at..].bytes().take_while(|b| *b == b'.').count();
        out.replace_range(at..end, "\t");
    }
    out
}

impl Cover {
    /// Reads the table of members; a long name takes two lines.
    fn read_members(&mut self, lines: &[Line]) {
        let mut pending = String::new();
        for (index, line) in lines.iter().enumerate() {
            let text = if index == 0 {
                after_label(&line.text, &MEMBERS).unwrap_or("")
            } else {
                &line.text
            };
            let text = without_leaders(text);
            if !pending.is_empty() && !text.is_empty() {
                pending.push(' ');
            }
            pending.push_str(&text);
            if let Some(member) = parse_member(&pending) {
                self.members.push(member);
                pending.clear();
            } else if pending.contains('\t') || pending.chars().count() > 160 {
                self.unread.push(std::mem::take(&mut pending));
            }
        }
        if !pending.trim().is_empty() {
            self.unread.push(pending);
        }
    }
}

/// Parses "State (tab) representative", or "State Mr. Name" if no leader is left.
fn parse_member(line: &str) -> Option<Member> {
    let line = line.trim();
    if let Some((state, name)) = line.split_once('\t') {
        let (state, name) = (state.trim(), name.replace('\t', " "));
        if state.is_empty() || name.trim().is_empty() {
            return None;
        }
        return Some(Member {
            state: states::lookup(state).map_or(state, |s| s.name).to_owned(),
            representative: Some(name.trim().to_owned()),
        });
    }
    // Without a leader the title shows where the name of the State ends.
    let at = line
        .match_indices(' ')
        .map(|(at, _)| at + 1)
        .find(|&at| address::begins_with_title(&line[at..]))?;
    let state = line[..at].trim();
    Some(Member {
        state: states::lookup(state).map_or(state, |s| s.name).to_owned(),
        representative: Some(line[at..].to_owned()),
    })
}

/// The agenda item and its sub-items, each from one or more lines.
fn join_agenda(lines: &[Line]) -> Vec<String> {
    let end = lines.iter().position(|l| is_notice(&l.text)).unwrap_or(lines.len()).min(30);
    let lines = &lines[..end];
    let measure = lines.iter().map(|l| line_width(&l.text)).max().unwrap_or(0);
    let mut items: Vec<String> = Vec::new();
    let mut before = 0;
    for line in lines {
        let text = &line.text;
        let first = text.split(' ').next().unwrap_or("");
        let wide = text.chars().next().is_some_and(is_wide);
        let fits = before + 250 + if wide { 2000 } else { line_width(first) } <= measure;
        let goes_on = text.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | '（'));
        let ended = items.last().is_none_or(|i| i.ends_with([')', '）'])) || fits;
        before = line_width(text);
        match items.last_mut() {
            Some(item) if goes_on || !ended => {
                let glue = if wide && item.ends_with(is_wide) { "" } else { " " };
                item.push_str(glue);
                item.push_str(text);
            }
            _ => items.push(text.clone()),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover(text: &str) -> Cover {
        let lines: Vec<Line> = text.lines().map(Line::new).collect();
        read_cover(&lines, members_line(&lines).unwrap())
    }

    #[test]
    fn an_invented_cover() {
        let read = cover(
            "United Nations S/PV.9998\nSecurity Council\nFriday, 31 May 2024, 10 a.m.\nNew York\nProvisional\nPresident: Mr. Orlan . . . . . (Kazakhstan)\nMembers: Peru. . . . . . Ms. Vey\nChina Mr. Third\nUnited Kingdom of Great Britain and\nNorthern Ireland . . . . Dame Vera Fourth\nAgenda\nThe invented question\nReport of the Secretary-General on the invented question and\nits many sides (S/2024/1)\nThis record contains the text of speeches",
        );
        assert_eq!(read.symbol.as_ref().map(ToString::to_string).as_deref(), Some("S/PV.9998"));
        assert_eq!(read.date, Some(Date::constant(2024, 5, 31)));
        assert_eq!(read.place.as_deref(), Some("New York"));
        assert_eq!(read.status, Status::Provisional);
        assert_eq!(read.presidents[0].name, "Mr. Orlan");
        assert_eq!(read.presidents[0].state.as_deref(), Some("Kazakhstan"));
        let names: Vec<_> =
            read.members.iter().filter_map(|m| m.representative.as_deref()).collect();
        assert_eq!(names, ["Ms. Vey", "Mr. Third", "Dame Vera Fourth"]);
        assert_eq!(read.members[2].state, "United Kingdom");
        assert_eq!(
            read.agenda,
            [
                "The invented question",
                "Report of the Secretary-General on the invented question and its many sides (S/2024/1)"
            ]
        );
        assert!(read.unread.is_empty());
    }

    #[test]
    fn chinese_cover() {
        let read = cover(
            "联合国 S/PV.9998\n2024年5月31日星期五上午10时举行\n主席： 奥兰先生 . . . . （秘鲁）\n成员： 中国 . . . . 第三先生\n议程项目\n虚构的局势\n秘书长的报告(S/2024/1)",
        );
        assert_eq!(read.presidents[0].name, "奥兰先生");
        assert_eq!(read.members.len(), 1);
        assert_eq!(read.agenda, ["虚构的局势", "秘书长的报告(S/2024/1)"]);
    }
}
