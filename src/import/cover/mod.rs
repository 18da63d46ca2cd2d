//! The cover page: symbol, date, who presided, members and their representatives, agenda.

mod council;
pub(super) mod dates;
pub(super) mod file_name;
pub(super) mod identity;
mod labels;

use jiff::civil::{Date, Weekday};

use self::labels::{MEMBERS, PRESIDENT, after_label};
use super::lines::{Line, line_width};
use super::page_headers::symbol_at;
use super::words::{fold_text, is_wide};
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

/// The most lines of a cover page.
const LINES: usize = 300;

/// The line "Members:", which only a cover page has.
pub fn members_line(lines: &[Line]) -> Option<usize> {
    let lines = &lines[..lines.len().min(LINES)];
    let labelled = lines.iter().position(|l| after_label(&l.text, &MEMBERS).is_some());
    // The colon may be lost, if the label of the President is on the page.
    labelled.or_else(|| {
        let president = lines.iter().position(|l| after_label(&l.text, &PRESIDENT).is_some())?;
        let bare = |l: &Line| MEMBERS.iter().any(|m| fold_text(m) == fold_text(&l.text));
        lines[president..].iter().position(bare).map(|at| president + at)
    })
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
    let label = lines.iter().position(|l| after_label(&l.text, &PRESIDENT).is_some());
    let table = label.map_or(members, |label| label.min(members));
    let end = lines[members..agenda].iter().position(|l| ends_table(&l.text));
    let read = council::read_council(&lines[table..end.map_or(agenda, |end| members + end)]);
    cover.presidents = read.presidents;
    cover.members = read.members;
    cover.unread = read.unread;
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

/// Whether a line is after the table of members, where no agenda follows it: a rule, or the notice.
fn ends_table(line: &str) -> bool {
    let rule =
        line.chars().count() >= 5 && line.chars().all(|c| matches!(c, '_' | '-' | '=' | '*'));
    rule || is_notice(line)
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
mod tests;
