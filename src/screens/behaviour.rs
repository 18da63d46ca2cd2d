//! What every screen can do, so that the program need not know which one it is.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::app::action::{Answer, Effect};
use crate::app::command::Command;
use crate::app::export::Exportable;
use crate::app::found::{At, Narrow};
use crate::app::geometry::Geometry;
use crate::app::keymap::Context;
use crate::app::line::InputLine;
use crate::app::position::Spot;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::library::Catalogue;
use crate::record::Record;
use crate::search::query::Completion;
use crate::ui::paint::Pen;

use super::request::Request;

/// Where the hardware cursor is, in columns and rows.
pub type Cursor = (u16, u16);

/// A screen. What most screens do not need has a default.
pub trait Behaviour {
    /// Where its keys are looked up, outside an input line at the foot.
    fn context(&self) -> Context;

    /// The title line.
    fn title(&self, shared: &Shared) -> String;

    /// The position for the status line.
    fn status(&self, shared: &Shared) -> String;

    /// Does what a key asks for.
    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request>;

    /// Draws the body. Returns where the hardware cursor is: on the selected line or in the input line, for
    /// screen readers and magnifiers.
    fn view(&self, shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor>;

    /// The hint for a key in the status line, `None` where it does nothing at the moment.
    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        (!matches!(command, Command::Backlinks | Command::Item)).then_some(usual)
    }

    /// Whether an exercise debate is shown.
    fn is_exercise(&self, _shared: &Shared) -> bool {
        false
    }

    /// The record it shows, whose doubts `!` lists.
    fn record(&self) -> Option<&Record> {
        None
    }

    /// The window of its list and the number of rows in it.
    fn list(&mut self) -> Option<(&mut Window, usize)> {
        None
    }

    /// Rows of the list that are on the screen.
    fn list_height(&self, shared: &Shared) -> usize {
        shared.geometry.body().max(1)
    }

    /// Rows of the body above the list.
    fn rows_above_list(&self, _shared: &Shared) -> usize {
        0
    }

    /// Selects a row on the screen, counted from the top of the list.
    fn select_row(&mut self, row: usize, _shared: &Shared) {
        if let Some((window, len)) = self.list()
            && window.top + row < len
        {
            window.selected = window.top + row;
        }
    }

    /// Brings the window inside the list after a change of either.
    fn fit(&mut self, shared: &Shared) {
        let height = self.list_height(shared);
        if let Some((window, len)) = self.list() {
            *window = window.fit(len, height);
        }
    }

    /// The size of the terminal changed from `old`.
    fn resize(&mut self, _old: Geometry, _shared: &Shared) {}

    /// The filter, on a screen that has one.
    fn filter(&mut self) -> Option<&mut InputLine> {
        None
    }

    /// Selects rows again after a change of the filter.
    fn refilter(&mut self, _shared: &Shared) {}

    /// What `/` types into.
    fn slash(&self) -> Purpose {
        Purpose::Filter
    }

    /// Text typed or pasted, on a screen that takes text.
    fn insert(&mut self, _text: &str, _shared: &mut Shared) -> Vec<Request> {
        Vec::new()
    }

    /// An input line for this purpose was accepted with a text.
    fn submit(&mut self, _purpose: Purpose, _text: &str, _shared: &mut Shared) -> Vec<Request> {
        Vec::new()
    }

    /// Steps back by the smallest thing: a selection, a reference, a filter. `None` where there is nothing.
    fn step_back(&mut self, shared: &mut Shared) -> Option<Vec<Request>> {
        let filter = self.filter()?;
        if std::mem::take(filter).text().is_empty() {
            return None;
        }
        self.refilter(shared);
        self.fit(shared);
        Some(Vec::new())
    }

    /// Takes an answer that is meant for it; returns one that is not.
    fn take_answer(&mut self, answer: Answer, _shared: &mut Shared) -> Option<Answer> {
        Some(answer)
    }

    /// Takes the completion of what is before the cursor, on a screen that completes.
    fn completed(&mut self, _completion: Option<Completion>, _shared: &mut Shared) -> Vec<Request> {
        Vec::new()
    }

    /// What the screen still lacks, asked for when nothing else is on its way.
    fn wanted(&mut self, _shared: &mut Shared) -> Vec<Request> {
        Vec::new()
    }

    /// The screen above was closed; `left` is where its text was left, where it was one.
    fn returned(&mut self, _left: Option<Spot>, _shared: &mut Shared) -> Vec<Request> {
        Vec::new()
    }

    /// The library changed from `old`.
    fn library_changed(&mut self, _old: &Catalogue, _shared: &Shared) {}

    /// The index for full text changed.
    fn index_changed(&mut self) {}

    /// A change of notes or marks asked for last could not be written.
    fn not_kept(&mut self) {}

    /// The place to keep for the next time.
    fn place_to_keep(&self) -> Option<Effect> {
        None
    }

    /// Where its text is left.
    fn left_at(&self) -> Option<Spot> {
        None
    }

    /// What can be written to a file.
    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        None
    }

    /// The hits of a query, on a screen that lists them.
    fn hits(&mut self) -> Option<&mut dyn Hits> {
        None
    }

    /// From now on the position in the status line is that of the text on the screen.
    fn update_status_position(&mut self) {}

    /// Whether the status line still says an earlier position.
    fn status_is_late(&self, _shared: &Shared) -> bool {
        false
    }

    /// Rows above a list that changes with every letter, and whether the list still answers an earlier
    /// line. `filtering` says that the letters go to the filter at the foot.
    fn changing_list(&self, _shared: &Shared, filtering: bool) -> Option<(usize, bool)> {
        filtering.then_some((0, false))
    }
}

/// A screen that lists the hits of a query, from which records are opened.
pub trait Hits {
    /// The query line, and what it is narrowed to.
    fn query(&self) -> (String, Narrow);

    /// The hits before the selected one, the nearest first, and those after it.
    fn around(&self) -> (Vec<At>, Vec<At>);

    /// Selects the hit that is read.
    fn select_hit(&mut self, at: &At, shared: &Shared);

    /// Asks for more hits where the selected one is near the last.
    fn want_more(&mut self, _shared: &mut Shared) -> Vec<Request> {
        Vec::new()
    }
}

/// What a screen says in the linear mode, line by line.
pub trait Speech: Behaviour {
    /// The place in the prompt.
    fn place_name(&self) -> String {
        "spv".to_owned()
    }

    /// What is said once when the screen opens, before the lines of its list.
    fn introduction(&self) -> Vec<String> {
        Vec::new()
    }

    /// The number of lines of its list; `None` where it is no list.
    fn line_count(&self) -> Option<usize> {
        None
    }

    /// Some lines of its list.
    fn lines(&self, _range: Range<usize>, _shared: &Shared) -> Vec<String> {
        Vec::new()
    }

    /// What `where` says.
    fn summary(&self) -> Vec<String> {
        Vec::new()
    }

    /// Selects the line with this number, of the `said` lines that were said, so that it can be opened; false
    /// where there is none.
    fn choose(&mut self, number: u32, said: usize, _shared: &Shared) -> bool {
        let row = (number as usize).wrapping_sub(1);
        match self.list() {
            Some((window, _)) if row < said => {
                window.selected = row;
                true
            }
            _ => false,
        }
    }
}
