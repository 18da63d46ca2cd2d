//! The effects that the screens ask for, carried out in one way for both front ends.

use std::ops::ControlFlow;

use crate::app::action::{Change, Effect, Question};
use crate::app::export::Exportable;
use crate::app::position::Spot;
use crate::desk::Place;
use crate::desk::queries::Look;
use crate::record::Symbol;

/// What a front end does outside the state. `End` says why it ends.
pub trait Outside {
    /// Why the front end ends.
    type End;

    /// Puts a question under this number.
    fn ask(&mut self, number: u64, question: Question);
    /// Puts a text on the clipboard, or shows it.
    fn copy(&mut self, text: &str);
    /// Keeps the place in a record.
    fn keep_place(&mut self, place: Place);
    /// Changes notes or marks: on the disk before this returns.
    fn change(&mut self, change: Change);
    /// The line with what could not be kept is left.
    fn let_go(&mut self);
    /// Writes an export.
    fn export(&mut self, export: Exportable);
    /// Keeps a query of the search screen.
    fn keep_query(&mut self, query: String);
    /// Remembers a look at a kept query.
    fn see(&mut self, look: Look);
    /// Asks a kept query, and remembers what it finds as seen.
    fn see_all(&mut self, name: String, query: String);
    /// Fetches a record.
    fn fetch(&mut self, symbol: Symbol);
    /// Tells the state which day it is.
    fn today(&mut self) -> ControlFlow<Self::End>;
    /// Stops the process, and gives the terminal back to the shell, until it is continued.
    ///
    /// The signal goes to the whole group, as from the terminal's own key. Where no shell could
    /// continue the program the system ignores it, and the program goes on.
    fn suspend(&mut self) -> ControlFlow<Self::End>;
    /// Draws everything again.
    fn redraw(&mut self);
    /// The person leaves.
    fn quit(&mut self) -> Self::End;
    /// The time, in seconds since 1970.
    fn now(&self) -> i64;

    /// Carries out effects, up to one that ends the program.
    fn carry_out(&mut self, effects: Vec<Effect>) -> ControlFlow<Self::End> {
        for effect in effects {
            match effect {
                Effect::Ask { number, question } => self.ask(number, question),
                Effect::Copy(text) => self.copy(&text),
                effect @ Effect::KeepPlace { .. } => {
                    if let Some(place) = place_to_keep(effect, self.now()) {
                        self.keep_place(place);
                    }
                }
                Effect::Desk(change) => self.change(change),
                Effect::LetGo => self.let_go(),
                Effect::Export(export) => self.export(*export),
                Effect::KeepQuery(query) => self.keep_query(query),
                Effect::See(look) => self.see(*look),
                Effect::SeeAll(name, query) => self.see_all(name, query),
                Effect::Fetch(symbol) => self.fetch(symbol),
                Effect::Today => self.today()?,
                Effect::Suspend => self.suspend()?,
                Effect::Redraw => self.redraw(),
                Effect::Quit => return ControlFlow::Break(self.quit()),
            }
        }
        ControlFlow::Continue(())
    }
}

/// The place that an effect asks to keep, with the time `at`.
pub fn place_to_keep(effect: Effect, at: i64) -> Option<Place> {
    let Effect::KeepPlace { symbol, language, spot, words } = effect else { return None };
    let Spot { statement, paragraph, byte } = spot;
    Some(Place { symbol, language, statement, paragraph, byte, words, at })
}
