//! The President and the members on a cover page, whatever became of its two columns.
//!
//! A line of the table may be whole ("Peru . . . . Ms. Vey"), in pieces, wrapped, in the wrong order, or all
//! States may come first and then all names. So the lines are cut into cells by what they are: labels,
//! States, names with a title, States in brackets. A State and a name on one line belong together. Of the
//! others the first belongs to the first and so on, if there are as many names as States. What does not
//! fit is left unread, and a person never becomes a State.

use super::labels::{MEMBERS, PRESIDENT, after_label, without_leaders};
use crate::facts::states;
use crate::import::address;
use crate::import::lines::Line;
use crate::import::words::fold_text;
use crate::record::{Member, President};

/// What the table says.
#[derive(Debug, Default)]
pub(super) struct Council {
    pub(super) presidents: Vec<President>,
    pub(super) members: Vec<Member>,
    /// Cells that fit nowhere, as printed.
    pub(super) unread: Vec<String>,
}

/// Words before the second President of a meeting, folded.
const LATER: [&str; 14] = [
    "later:",
    "later",
    "then",
    "and",
    "subsequently",
    "puis",
    "ensuite",
    "et",
    "mas tarde",
    "luego",
    "y",
    "затем",
    "позднее",
    "и",
];
/// What separates two people in one cell.
const BETWEEN: [&str; 14] = [
    "/",
    " (later: ",
    " (later ",
    ", later ",
    " later: ",
    " later ",
    " and ",
    ", then ",
    " puis ",
    " et ",
    " y ",
    "затем",
    " и ",
    "、",
];

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellKind {
    PresidentLabel,
    MembersLabel,
    State(&'static str),
    Name,
    /// A State in brackets, that of a President.
    Bracket(&'static str),
    /// Anything else.
    Words,
}

/// A part of a line of the table.
#[derive(Clone, Debug)]
struct Cell {
    kind: CellKind,
    text: String,
    line: usize,
    after_blank: bool,
    /// A dot leader follows, as after a State.
    led: bool,
}

impl Cell {
    const fn is_words(&self) -> bool {
        matches!(self.kind, CellKind::Words)
    }

    const fn is_state(&self) -> bool {
        matches!(self.kind, CellKind::State(_))
    }

    const fn is_name(&self) -> bool {
        matches!(self.kind, CellKind::Name)
    }
}

/// Reads the lines from the label of the President or of the members to the agenda.
pub(super) fn read_council(lines: &[Line]) -> Council {
    let mut cells = cut_lines(lines, false);
    if !cells.iter().any(Cell::is_state) {
        cells = cut_lines(lines, true);
    }
    join_states(&mut cells);
    let mut council = Council::default();
    take_presidents(&mut cells, &mut council);
    cells.retain(|c| !matches!(c.kind, CellKind::PresidentLabel | CellKind::MembersLabel));
    let mut members = pair_lines(&mut cells, &mut council.unread);
    members.extend(pair_columns(&cells, &mut council.unread));
    // Two rows of one State are no table of members.
    members.sort_by_key(|(line, _)| *line);
    for (_, member) in members {
        if council.members.iter().any(|known| known.state == member.state) {
            council.unread.push(format!("{} twice", member.state));
        } else {
            council.members.push(member);
        }
    }
    council
}

/// Cuts lines into cells. If `name_first`, a State may follow a name without a leader between them; else
/// it could be the family name, as in "Mr. Orlan Jordan".
fn cut_lines(lines: &[Line], name_first: bool) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        cut_line(line, at, name_first, &mut cells);
    }
    cells
}

/// Cuts a line into cells.
fn cut_line(line: &Line, at: usize, name_first: bool, cells: &mut Vec<Cell>) {
    let after_blank = line.after_blank;
    let plain = without_leaders(&line.text);
    let mut rest = plain.trim_start();
    for (labels, kind) in
        [(&PRESIDENT, CellKind::PresidentLabel), (&MEMBERS, CellKind::MembersLabel)]
    {
        let label = after_label(rest, labels).or_else(|| is_label(rest, labels).then_some(""));
        if let Some(after) = label {
            cells.push(Cell { kind, text: String::new(), line: at, after_blank, led: false });
            rest = after;
        }
    }
    let mut parts = rest.split('\t').peekable();
    while let Some(part) = parts.next() {
        let led = parts.peek().is_some();
        // The last dot of a leader may touch the name.
        let part = part.trim().trim_start_matches(['.', '…', '·', ' ']);
        for (kind, text) in cut_part(part, name_first) {
            cells.push(Cell { kind, text, line: at, after_blank, led });
        }
    }
}

/// Cuts the words between two leaders.
fn cut_part(part: &str, name_first: bool) -> Vec<(CellKind, String)> {
    let cell = |kind, text: &str| (kind, text.trim().to_owned());
    if part.is_empty() {
        return Vec::new();
    }
    if let Some((before, inner)) = split_bracket(part)
        && let Some(state) = states::lookup(inner)
    {
        let mut found = if before.is_empty() { Vec::new() } else { cut_part(before, name_first) };
        found.push(cell(CellKind::Bracket(state.name), inner));
        return found;
    }
    if let Some(state) = states::lookup(part) {
        return vec![cell(CellKind::State(state.name), part)];
    }
    if let Some((state, len)) = states::longest_at_start(part)
        && is_name(part[len..].trim_start())
    {
        let name = cell(CellKind::Name, &part[len..]);
        return vec![cell(CellKind::State(state.name), &part[..len]), name];
    }
    if let Some(name) = without_later(part) {
        // "Ms. Vey Peru": the State comes last.
        let starts = part.match_indices(' ').map(|(at, _)| at + 1).skip(1);
        let state =
            starts.filter(|_| name_first).find_map(|at| Some((at, states::lookup(&part[at..])?)));
        return match state {
            Some((at, state)) => vec![
                cell(CellKind::Name, &part[..at]),
                cell(CellKind::State(state.name), &part[at..]),
            ],
            None => vec![cell(CellKind::Name, name)],
        };
    }
    // Words that no State has, and a name: "Utopia Mr. Third".
    let name = part.match_indices(' ').map(|(at, _)| at + 1).find(|&at| is_name(&part[at..]));
    match name {
        Some(at) => vec![cell(CellKind::Words, &part[..at]), cell(CellKind::Name, &part[at..])],
        None => vec![cell(CellKind::Words, part)],
    }
}

/// The text before the bracket at the end, and what is in it.
fn split_bracket(part: &str) -> Option<(&str, &str)> {
    let text = part.trim_end_matches(['.', ' ']);
    let mut depth = 0usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            let inner = text[at..].trim_matches(['(', '（']).strip_suffix([')', '）'])?;
            return Some((text[..at].trim(), inner.trim()));
        }
    }
    None
}

/// Whether a line is one of these labels without its colon.
fn is_label(line: &str, labels: &[&str]) -> bool {
    line.len() < 60 && labels.iter().any(|label| fold_text(label) == fold_text(line))
}

fn is_name(text: &str) -> bool {
    text.chars().count() > 2 && address::begins_with_any_title(text)
}

/// A name, without the words before a second President.
fn without_later(part: &str) -> Option<&str> {
    if is_name(part) {
        return Some(part);
    }
    let part = part.trim_start_matches(['(', '/', ' ']);
    let later = part.match_indices(' ').take(2).map(|(at, _)| at).find(|&at| {
        LATER.contains(&fold_text(&part[..at]).as_str()) && is_name(part[at..].trim_start())
    })?;
    Some(part[later..].trim().trim_end_matches(')'))
}

/// Joins the names of States that take two lines, also where the representative is on the first.
fn join_states(cells: &mut Vec<Cell>) {
    let mut at = 0;
    while at + 1 < cells.len() {
        let other = if cells[at + 1].is_name() && cells[at + 1].line == cells[at].line {
            at + 2
        } else {
            at + 1
        };
        let joined = cells.get(other).and_then(|second| {
            let first = &cells[at];
            let place = |cell: &Cell| cell.is_state() || cell.is_words();
            let near = second.line <= first.line + 2 && place(first) && place(second);
            let both = first.is_state() && second.is_state();
            (near && !both).then(|| format!("{} {}", first.text, second.text))
        });
        match joined.as_deref().and_then(states::lookup) {
            Some(state) => {
                let second = cells.remove(other);
                let cell = &mut cells[at];
                cell.kind = CellKind::State(state.name);
                cell.text = joined.unwrap_or_default();
                cell.led |= second.led;
                if other == at + 1 {
                    cell.line = second.line;
                }
            }
            None => at += 1,
        }
    }
}

/// Takes the Presidents: the names before a State in brackets, or after their label.
fn take_presidents(cells: &mut Vec<Cell>, council: &mut Council) {
    while let Some((at, state)) = cells.iter().enumerate().find_map(|(at, cell)| match cell.kind {
        CellKind::Bracket(state) => Some((at, state)),
        _ => None,
    }) {
        cells.remove(at);
        let mut first = at;
        while first > 0 && cells[first - 1].is_name() {
            first -= 1;
        }
        let labelled = first > 0 && cells[first - 1].kind == CellKind::PresidentLabel;
        // Without the label before them, only the last of these names is before its State.
        let from = if labelled || first == at { first } else { at - 1 };
        let names: Vec<Cell> = cells.drain(from..at).collect();
        let lone = names.is_empty().then(|| take_lone_name(cells)).flatten();
        if names.is_empty() && lone.is_none() {
            council.unread.push(format!("({state})"));
        }
        for name in names.iter().chain(&lone) {
            council.presidents.extend(
                split_people(&name.text)
                    .map(|name| President { name, state: Some(state.to_owned()) }),
            );
        }
    }
    // No State is known: the name after the label.
    let label = cells.iter().position(|c| c.kind == CellKind::PresidentLabel);
    let named = label.map(|at| at + 1).filter(|&at| {
        let next = cells.get(at + 1);
        council.presidents.is_empty()
            && cells.get(at).is_some_and(Cell::is_name)
            && next.is_none_or(|c| !c.is_state() || c.line > cells[at].line)
    });
    if let Some(at) = named {
        let name = cells.remove(at);
        let people = split_people(&name.text).map(|name| President { name, state: None });
        council.presidents.extend(people);
    }
}

/// The name of a President whose State is printed elsewhere: the one name without a State, after a label
/// or apart from all others.
fn take_lone_name(cells: &mut Vec<Cell>) -> Option<Cell> {
    let count = |wanted: fn(&Cell) -> bool| cells.iter().filter(|cell| wanted(cell)).count();
    if count(Cell::is_name) != count(Cell::is_state) + 1 {
        return None;
    }
    let label = |c: &Cell| matches!(c.kind, CellKind::PresidentLabel | CellKind::MembersLabel);
    let mut lone = (0..cells.len()).filter(|&at| {
        let next = cells.get(at + 1);
        cells[at].is_name()
            && at > 0
            && label(&cells[at - 1])
            && next.is_none_or(|next| next.line > cells[at].line)
    });
    let (found, other) = (lone.next()?, lone.next());
    other.is_none().then(|| cells.remove(found))
}

/// The people in one cell: "Mr. Orlan/Ms. Vey", "Mr. Orlan, later Ms. Vey".
fn split_people(text: &str) -> impl Iterator<Item = String> + use<> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some((at, len)) = BETWEEN
        .iter()
        .filter_map(|word| rest.find(word).map(|at| (at, word.len())))
        .filter(|(at, len)| is_name(rest[at + len..].trim_start()))
        .min()
    {
        found.push(rest[..at].trim().to_owned());
        rest = rest[at + len..].trim_start();
    }
    found.push(rest.trim_end_matches([',', ')', ' ']).to_owned());
    found.into_iter()
}

/// Takes the rows of which State and name are on one line. Returns each with its line.
fn pair_lines(cells: &mut Vec<Cell>, unread: &mut Vec<String>) -> Vec<(usize, Member)> {
    let mut members = Vec::new();
    let mut at = 0;
    while at + 1 < cells.len() {
        let (one, two) = (&cells[at], &cells[at + 1]);
        let pair = (one.line == two.line).then_some((one.kind, two.kind));
        let member = match pair {
            Some((CellKind::State(state), CellKind::Name)) => Some((state, two.text.clone())),
            Some((CellKind::Name, CellKind::State(state))) => Some((state, one.text.clone())),
            // A name without a title, after a leader.
            Some((CellKind::State(state), CellKind::Words)) if one.led => {
                Some((state, two.text.clone()))
            }
            Some((CellKind::Words, CellKind::Name)) => {
                unread.push(format!("{} {}", one.text, two.text));
                cells.drain(at..at + 2);
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        if let Some((state, name)) = member {
            let member = Member { state: state.to_owned(), representative: Some(name) };
            members.push((one.line, member));
        }
        cells.drain(at..at + 2);
    }
    members
}

/// Pairs the other States and names by their order, if there are as many of both.
fn pair_columns(cells: &[Cell], unread: &mut Vec<String>) -> Vec<(usize, Member)> {
    use AfterName::{Name, Rest, State};
    let tries = [Rest, Name, State].map(|meaning| Columns::split(cells, meaning));
    let fit = tries.iter().any(Columns::fit);
    let [first, ..] = &tries;
    let loose = tries.iter().find(|columns| columns.fit()).unwrap_or(first);
    let mut members = Vec::new();
    for (at, cell) in loose.places.iter().enumerate() {
        let name = loose.names.get(at).filter(|_| fit);
        match cell.kind {
            CellKind::State(state) => members.push((
                cell.line,
                Member { state: state.to_owned(), representative: name.cloned() },
            )),
            _ => unread.push(match name {
                Some(name) => format!("{} {name}", cell.text),
                None => cell.text.clone(),
            }),
        }
    }
    if !fit {
        unread.extend(loose.names.iter().cloned());
    }
    members
}

/// What words after a name are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AfterName {
    /// The rest of that name.
    Rest,
    /// A name without a title.
    Name,
    /// A State that is not known.
    State,
}

/// The two columns of a table whose rows are no longer together.
struct Columns {
    /// States, and words where a State should be.
    places: Vec<Cell>,
    names: Vec<String>,
}

impl Columns {
    /// Parts cells into columns.
    fn split(cells: &[Cell], meaning: AfterName) -> Self {
        let mut columns = Self { places: Vec::new(), names: Vec::new() };
        let mut in_names = false;
        for (at, cell) in cells.iter().enumerate() {
            let words = cell.is_words();
            let after_name = in_names && at > 0 && !cell.led;
            match cell.kind {
                CellKind::Name => columns.names.push(cell.text.clone()),
                CellKind::Words
                    if after_name && meaning == AfterName::Rest && !cell.after_blank =>
                {
                    if let Some(name) = columns.names.last_mut() {
                        name.push(' ');
                        name.push_str(&cell.text);
                    }
                }
                CellKind::Words if after_name && meaning == AfterName::Name => {
                    columns.names.push(cell.text.clone())
                }
                _ => columns.places.push(cell.clone()),
            }
            if !words {
                in_names = cell.is_name();
            }
        }
        columns
    }

    fn fit(&self) -> bool {
        self.names.len() == self.places.len()
    }
}
