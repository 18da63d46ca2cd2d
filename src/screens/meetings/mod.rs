//! The list of meetings, which is the first screen.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

use crate::app::command::Command;
use crate::app::export::{Exportable, Meeting, What};
use crate::app::keymap::Context;
use crate::app::line::InputLine;
use crate::app::shared::{Shared, Shelf};
use crate::app::window::{Move, Window};
use crate::facts::known;
use crate::library::Catalogue;
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor};
use super::request::Request;
use state::{Meetings, notice, symbol_of};

mod speech;
pub mod state;
mod update;
mod view;

impl Behaviour for Meetings {
    fn context(&self) -> Context {
        Context::Meetings
    }

    fn title(&self, shared: &Shared) -> String {
        let path = match &shared.shelf {
            Shelf::Exercise => String::new(),
            Shelf::Folder(path) => format!(" · {path}"),
        };
        if !self.known {
            return format!("Security Council meetings{path}");
        }
        // The longest of these that fits: to what day the list is known is never cut off.
        let (known, to) = (known::short(), known::to());
        let titles = [
            format!("Security Council meetings{path} · {known}"),
            format!("Meetings{path} · {known}"),
            format!("Meetings{path} · {}", known::shorter()),
            format!("Meetings · {known}"),
        ];
        let room = usize::from(shared.geometry.columns).saturating_sub(2);
        let fits = titles.into_iter().find(|title| title.width() <= room);
        fits.unwrap_or_else(|| format!("Meetings · {to}"))
    }

    fn status(&self, _shared: &Shared) -> String {
        self.window.position_with(self.rows.len(), self.filter.text())
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        update::obey(self, command, shared)
    }

    fn view(&self, shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(shared, self, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        match command {
            Command::Backlinks => None,
            Command::TextOnly if self.known => Some("text only"),
            _ => Some(usual),
        }
    }

    fn list(&mut self) -> Option<(&mut Window, usize)> {
        Some((&mut self.window, self.rows.len()))
    }

    fn list_height(&self, shared: &Shared) -> usize {
        shared.geometry.body().saturating_sub(notice(shared).len()).max(1)
    }

    fn rows_above_list(&self, shared: &Shared) -> usize {
        notice(shared).len()
    }

    fn filter(&mut self) -> Option<&mut InputLine> {
        Some(&mut self.filter)
    }

    fn refilter(&mut self, shared: &Shared) {
        self.refresh(&shared.catalogue);
    }

    /// The list is made again, and stays on the same record.
    fn library_changed(&mut self, old: &Catalogue, shared: &Shared) {
        let selected = self.rows.get(self.window.selected).and_then(|row| symbol_of(*row, old));
        self.refresh(&shared.catalogue);
        let same = self.rows.iter().position(|row| symbol_of(*row, &shared.catalogue) == selected);
        if let Some(row) = same {
            let height = shared.geometry.body();
            self.window = self.window.moved(Move::To(row), self.rows.len(), height);
        }
    }

    /// The rows of the list as it is filtered.
    fn exportable(&self, shared: &Shared) -> Option<Exportable> {
        let entries = &shared.catalogue.entries;
        let meeting = |row: &state::MeetingRow| match row {
            state::MeetingRow::Here(at) => {
                entries.get(*at).map(|e| Meeting::Here(e.symbol.clone(), e.language.clone()))
            }
            state::MeetingRow::Known(id) => Some(Meeting::Known(*id)),
        };
        let rows = self.rows.iter().filter_map(meeting).collect();
        let query = format!("meetings {}", self.filter.text());
        let query = query.trim().to_owned();
        Some(Exportable { name: "meetings.csv".to_owned(), query, what: What::Meetings(rows) })
    }

    fn changing_list(&self, shared: &Shared, filtering: bool) -> Option<(usize, bool)> {
        filtering.then(|| (notice(shared).len(), false))
    }
}
