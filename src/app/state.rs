//! Everything the program knows while it runs: the screens one is on, and what they show.

use std::sync::Arc;

use crate::library::{Catalogue, Problem};

use super::action::{Change, Problems};
use super::answers::Answers;
use super::card::Card;
use super::compare::Compare;
use super::concordance::Concordance;
use super::finder::Finder;
use super::geometry::Geometry;
use super::keymap::Context;
use super::last::{From, Trail};
use super::line::InputLine;
use super::meetings::Meetings;
use super::notes::Notes;
use super::ration::Ration;
use super::reader::{Reader, Selection};
use super::search::{Focus, Search};
use super::statements::Statements;
use super::told::Told;
use super::window::Window;

/// One screen. They stand on one another; the last one is shown.
#[derive(Clone, Debug)]
pub enum Screen {
    /// The list of meetings.
    Meetings(Meetings),
    /// The statements of a record.
    Statements(Box<Statements>),
    /// The text of a record.
    Reader(Box<Reader>),
    /// Find.
    Finder(Finder),
    /// Search.
    Search(Box<Search>),
    /// The concordance of a query.
    Concordance(Box<Concordance>),
    /// The statements of a speaker, State, organization or topic.
    Answers(Answers),
    /// The person's notes and marks.
    Notes(Box<Notes>),
    /// A card.
    Card(Card),
    /// Two statements compared.
    Compare(Box<Compare>),
    /// The keys of the screen below.
    Help(Context, Window),
}

impl Screen {
    /// Where its keys are looked up, outside an input line.
    #[must_use]
    pub fn context(&self) -> Context {
        match self {
            Self::Meetings(_) => Context::Meetings,
            Self::Statements(_) => Context::Statements,
            Self::Reader(_) => Context::Reading,
            Self::Finder(_) => Context::Find,
            Self::Search(search) => match search.focus {
                Focus::Line => Context::Query,
                Focus::Hits => Context::Hits,
                Focus::States => Context::States,
            },
            Self::Concordance(_) => Context::Concordance,
            Self::Answers(_) => Context::Answers,
            Self::Notes(_) => Context::Notes,
            Self::Card(_) | Self::Help(..) => Context::Card,
            Self::Compare(_) => Context::Compare,
        }
    }
}

/// What an input line at the foot of the screen is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Filter the list above, as one types.
    Filter,
    /// Search in the text above, when Enter is pressed.
    Search,
    /// A note on the selection or paragraph.
    Note,
    /// The letter of a mark to set.
    SetMark,
    /// The letter of a mark to go to.
    ToMark,
    /// Other words for the note with this number.
    Words(u32),
    /// The tags of the note with this number.
    Tags(u32),
    /// The file to write what is shown to.
    Export,
}

/// An input line at the foot of the screen.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// What was typed.
    pub line: InputLine,
    /// Where one was in the list when it was opened, to come back to; none where it was filtered.
    pub left: Option<Window>,
}

/// What the change of notes or marks that is being written did to the state, to be undone where it cannot be
/// written.
#[derive(Clone, Debug, Default)]
pub struct Changing {
    /// The input line it was typed in.
    pub line: Option<Prompt>,
    /// The paragraphs it was made on.
    pub selection: Option<Selection>,
    /// What would take it back was added to the changes that `u` takes back.
    pub added: bool,
    /// The change that `u` took from there.
    pub undone: Option<Change>,
}

/// What kind of library is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// The exercise debates inside the program, because there is no other library or they were asked for.
    #[default]
    Exercise,
    /// A folder, by its path as it is shown.
    Folder(String),
}

/// The state of the whole program.
#[derive(Clone, Debug)]
pub struct State {
    /// The size of the terminal.
    pub geometry: Geometry,
    /// What the library has.
    pub catalogue: Arc<Catalogue>,
    /// Which library it is.
    pub shelf: Shelf,
    /// The files that could not be read.
    pub problems: Problems,
    /// The screens, the one shown last; never empty.
    pub screens: Vec<Screen>,
    /// How many screens there were before each jump, for Backspace.
    pub jumps: Vec<usize>,
    /// The input line at the foot, while one types.
    pub prompt: Option<Prompt>,
    /// The input line while its keys are shown.
    pub aside: Option<Prompt>,
    /// The count typed so far.
    pub count: Option<u32>,
    /// One line for the person, until the next key.
    pub message: Option<String>,
    /// The number of the newest question.
    pub question: u64,
    /// A record is being loaded.
    pub loading: bool,
    /// The newest question is not answered yet, or not wholly.
    pub pending: bool,
    /// The latest queries of the search screen, the newest first.
    pub queries: Vec<String>,
    /// While the index for full text is being made: how many records of how many are read.
    pub indexing: Option<(usize, usize)>,
    /// Why the index could not be made or brought up to date, and whom to ask, in one line.
    pub unindexed: Option<String>,
    /// Where looking back has come to: what is looked for, and the statement found last.
    pub trail: Option<(Trail, From)>,
    /// The statement remembered to compare another with.
    pub remembered: Option<Box<Reader>>,
    /// What takes back the changes of notes and marks made in their list, the latest last.
    pub undo: Vec<Change>,
    /// The change that is being written.
    pub changing: Changing,
    /// What was copied last.
    pub copied: Option<String>,
    /// The position the status line tells in a text; none where it tells the newest.
    pub told: Option<Told>,
    /// The whole position trails behind the text while lines go by, and not only the name in it.
    pub trailing: bool,
    /// What a letter typed above a list may still take, and the rows held back for it.
    pub ration: Ration,
}

impl State {
    /// The state at the start: the list of meetings.
    #[must_use]
    pub fn new(
        geometry: Geometry,
        catalogue: Arc<Catalogue>,
        shelf: Shelf,
        problems: impl Into<Arc<[Problem]>>,
    ) -> Self {
        let known = shelf == Shelf::Exercise;
        let meetings = Meetings::new(&catalogue, known);
        Self {
            geometry,
            catalogue,
            shelf,
            problems: problems.into(),
            screens: vec![Screen::Meetings(meetings)],
            jumps: Vec::new(),
            prompt: None,
            aside: None,
            count: None,
            message: None,
            question: 0,
            loading: false,
            pending: false,
            queries: Vec::new(),
            indexing: None,
            unindexed: None,
            trail: None,
            remembered: None,
            undo: Vec::new(),
            changing: Changing::default(),
            copied: None,
            told: None,
            trailing: false,
            ration: Ration::default(),
        }
    }

    /// The screen that is shown.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        self.screens
            .last()
            .unwrap_or(&Screen::Help(Context::Everywhere, Window { top: 0, selected: 0 }))
    }

    /// Where the next key is looked up.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.prompt.is_some() { Context::Input } else { self.screen().context() }
    }

    /// Rows of the list on a screen: the body without what stands above the list.
    #[must_use]
    pub fn list_height(&self) -> usize {
        let body = self.geometry.body();
        let rows = match self.screen() {
            Screen::Meetings(_) => body.saturating_sub(self.notice().len()),
            Screen::Finder(_) => self.geometry.found(),
            Screen::Search(_) => body.saturating_sub(self.geometry.above_hits()),
            Screen::Concordance(_) => body.saturating_sub(1),
            Screen::Notes(_) => body.saturating_sub(self.geometry.below_notes()),
            _ => body,
        };
        rows.max(1)
    }

    /// What stands above the list of meetings: what the exercise debates are, and how to get real records.
    #[must_use]
    pub fn notice(&self) -> &'static [&'static str] {
        if self.shelf != Shelf::Exercise {
            return &[];
        }
        match (self.geometry.columns, self.geometry.rows) {
            (0..70, _) => &["EXERCISE: invented, no State's words"],
            (_, 0..16) => &["EXERCISE debates: invented for practice, not the words of any State."],
            _ => &[
                "EXERCISE debates: invented persons and words, not those of any State.",
                "For real ones:  spv get corpus  or  spv import FILE .  t lists all meetings.",
            ],
        }
    }
}
