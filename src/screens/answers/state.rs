//! The statements of a speaker, State, organization or topic, newest first.

use crate::app::filter::FilterWords;
use crate::app::line::InputLine;
use crate::app::listed::Listed;
use crate::app::window::Window;
use crate::record::fold;
use crate::search::find::Named;

/// The screen.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Whose statements they are.
    pub of: Named,
    /// All statements, newest first; empty until the answer comes.
    pub all: Vec<Listed>,
    /// Those that have every word of the filter.
    pub rows: Vec<Listed>,
    /// The filter.
    pub filter: InputLine,
    /// Scroll and selection.
    pub window: Window,
    /// The answer is still awaited.
    pub waiting: bool,
}

impl Answers {
    /// A list still to be filled.
    pub fn new(of: Named) -> Self {
        let (all, rows) = (Vec::new(), Vec::new());
        let filter = InputLine::default();
        Self { of, all, rows, filter, window: Window::default(), waiting: true }
    }

    /// Selects the rows again: those with every word of the filter in day, symbol, name or topic.
    pub fn refresh(&mut self) {
        let wanted = FilterWords::new(self.filter.text());
        let kept = self.rows.get(self.window.selected).map(|row| (row.symbol.clone(), row.number));
        let words = |row: &Listed| {
            fold::text(&format!("{} {} {} {}", row.date, row.symbol, row.name, row.topic))
        };
        self.rows = self.all.iter().filter(|row| wanted.matches(&words(row))).cloned().collect();
        let same = |row: &Listed| kept.as_ref() == Some(&(row.symbol.clone(), row.number));
        let selected = self.rows.iter().position(same).unwrap_or(0);
        self.window = Window { top: 0, selected };
    }

    /// Whose statements, in words.
    pub fn heading(&self) -> String {
        match &self.of {
            Named::Speaker { name, of: Some(of) } => format!("Statements of {name}, {of}"),
            Named::Speaker { name, of: None } => format!("Statements of {name}"),
            Named::State(name) | Named::Organization(name) => format!("Statements of {name}"),
            Named::Group(group) if self.waiting => format!("Statements of the {}", group.name()),
            Named::Group(group) => {
                let joint = self.all.iter().filter(|row| row.joint).count();
                let (name, all) = (group.name(), self.all.len());
                format!("Statements of the {name}: {joint} for all, {} of members", all - joint)
            }
            Named::Topic(name) => format!("Statements on {name}"),
            Named::Record { symbol, .. } | Named::Page { symbol, .. } => symbol.to_string(),
            Named::Vote(_) => "Vote".to_owned(),
            Named::Council(date) => format!("The Council on {date}"),
        }
    }
}
