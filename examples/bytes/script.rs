//! The script of keys, played on one program after the other, and what each step took.

use std::time::Duration;

use super::pty::{Fallible, Pty, Step};

/// The kinds of steps, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// From nothing to the first screen of text.
    Start,
    /// One line down.
    Down,
    /// One line up.
    Up,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// The next hit of a search.
    Next,
    /// The next row of a list that does not scroll.
    List,
    /// The next row of a list that scrolls.
    ListScrolled,
    /// A letter typed in find, until the next one.
    Letter,
    /// The same until nothing more comes.
    LetterRest,
    /// A letter typed in the query line of search, until the next one.
    Query,
    /// The same until nothing more comes.
    QueryRest,
    /// What is written when the keys pause after lines.
    Pause,
    /// Leaving.
    Quit,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Start,
        Self::Down,
        Self::Up,
        Self::PageDown,
        Self::PageUp,
        Self::Next,
        Self::List,
        Self::ListScrolled,
        Self::Letter,
        Self::LetterRest,
        Self::Query,
        Self::QueryRest,
        Self::Pause,
        Self::Quit,
    ];

    /// The heading of its column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Down => "down",
            Self::Up => "up",
            Self::PageDown => "pgdn",
            Self::PageUp => "pgup",
            Self::Next => "next hit",
            Self::List => "list",
            Self::ListScrolled => "list scr.",
            Self::Letter => "letter",
            Self::LetterRest => "at rest",
            Self::Query => "query",
            Self::QueryRest => "at rest",
            Self::Pause => "pause",
            Self::Quit => "quit",
        }
    }
}

/// What was measured of a program.
#[derive(Debug, Default)]
pub struct Measured {
    steps: Vec<(Kind, Step)>,
}

impl Measured {
    /// Adds a step.
    pub fn add(&mut self, kind: Kind, step: Step) {
        self.steps.push((kind, step));
    }

    /// Adds the steps of another.
    pub fn extend(&mut self, other: Self) {
        self.steps.extend(other.steps);
    }

    /// The steps of a kind.
    pub fn of(&self, kind: Kind) -> Vec<Step> {
        self.steps.iter().filter(|(k, _)| *k == kind).map(|(_, step)| *step).collect()
    }

    /// Median and maximum bytes of a kind of step; `None` if there was none.
    pub fn bytes(&self, kind: Kind) -> Option<(usize, usize)> {
        let mut bytes: Vec<usize> = self.of(kind).iter().map(|s| s.bytes).collect();
        bytes.sort_unstable();
        Some((*bytes.get(bytes.len() / 2)?, *bytes.last()?))
    }

    /// Bytes per new row of text, over all steps of a kind.
    pub fn per_row(&self, kind: Kind) -> f64 {
        let steps = self.of(kind);
        let rows: usize = steps.iter().map(|s| s.rows).sum();
        steps.iter().map(|s| s.bytes).sum::<usize>() as f64 / rows.max(1) as f64
    }

    /// Median bytes above those of the new text.
    pub fn over(&self, kind: Kind) -> usize {
        let mut over: Vec<usize> =
            self.of(kind).iter().map(|s| s.bytes.saturating_sub(s.text)).collect();
        over.sort_unstable();
        over.get(over.len() / 2).copied().unwrap_or(0)
    }
}

/// How many line and page steps are played.
const LINES: usize = 30;
const PAGES: usize = 5;
/// Longer than the pause after which the program writes what it delayed.
const REST: Duration = Duration::from_millis(600);

/// Plays reading: lines and pages down and up, a search and its next hits. `page` names the keys
/// for a page down and up.
///
/// # Errors
/// If the terminal is gone.
pub fn read(pty: &mut Pty, needle: &str, measured: &mut Measured) -> Fallible<()> {
    for (kind, key, times) in [
        (Kind::Down, "j", LINES),
        (Kind::PageDown, " ", PAGES),
        (Kind::Up, "k", LINES),
        (Kind::PageUp, "b", PAGES),
    ] {
        for _ in 0..times {
            let step = pty.key(key.as_bytes())?;
            measured.add(kind, step);
        }
        // Lines come in quick succession; what is delayed until after them is counted separately.
        let bytes = pty.settle(REST).len();
        if matches!(kind, Kind::Down | Kind::Up) {
            measured.add(Kind::Pause, Step { bytes, ..Step::default() });
        }
    }
    pty.key(format!("/{needle}\r").as_bytes())?;
    for _ in 0..8 {
        let before = pty.rows();
        let step = pty.key(b"n")?;
        // The budget is for a hit that is on the screen already: no row of text is new.
        if stays(&before, &pty.rows()) {
            measured.add(Kind::Next, step);
        }
    }
    Ok(())
}

/// Whether the text did not move: most rows are where they were.
fn stays(before: &[String], after: &[String]) -> bool {
    let moved = before.iter().zip(after).filter(|(b, a)| b != a).count();
    moved <= 4
}

/// Plays a list: rows down to the foot of the screen, and on.
///
/// # Errors
/// If the terminal is gone.
pub fn list(pty: &mut Pty, measured: &mut Measured) -> Fallible<()> {
    for _ in 0..45 {
        let before = pty.rows();
        let step = pty.key(b"j")?;
        let kind = if stays(&before, &pty.rows()) { Kind::List } else { Kind::ListScrolled };
        measured.add(kind, step);
    }
    Ok(())
}

/// The time between typed keys: four per second, long enough for an answer and too short for the pause.
const BEAT: Duration = Duration::from_millis(250);

/// What is typed: words whose first letters change the whole list and the last ones few rows, symbols and dates, and
/// deleted letters.
const TYPED: [(Typed, [&str; 3]); 2] = [
    (
        Typed { screen: "f", letter: Kind::Letter, rest: Kind::LetterRest },
        ["peace keep", "kazak\u{7f}\u{7f}\u{7f}", "8668"],
    ),
    (
        Typed { screen: "s", letter: Kind::Query, rest: Kind::QueryRest },
        ["peace keep", "council\u{7f}\u{7f}\u{7f}", "state:kaz"],
    ),
];

/// A screen with an input line, and the kinds its letters are counted as.
struct Typed {
    screen: &'static str,
    letter: Kind,
    rest: Kind,
}

/// Types words in find and in search, letter by letter: at a person's rate, and once more waiting
/// after each letter until nothing more comes.
///
/// # Errors
/// If the terminal is gone.
pub fn letters(pty: &mut Pty, measured: &mut Measured) -> Fallible<()> {
    for (typed, words) in TYPED {
        pty.key(typed.screen.as_bytes())?;
        for (kind, then) in [(typed.letter, BEAT), (typed.rest, REST)] {
            for word in words {
                for letter in word.chars() {
                    let step = pty.during(letter.to_string().as_bytes(), then)?;
                    measured.add(kind, step);
                }
                // Ctrl-U empties the line.
                pty.during(b"\x15", REST)?;
            }
        }
        pty.key(b"\x1b")?;
    }
    Ok(())
}
