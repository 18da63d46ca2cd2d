//! The position in a text as the status line tells it, which may trail behind the text.
//!
//! Line by line the next line is what one looks at, and writing the position beside each takes as
//! many bytes again as coming to it. So the speaker's name follows when the keys pause, and where
//! every byte counts the whole position does. A pause is known by the loop, which owns the clock;
//! it sends [`super::action::Action::Paused`].

use super::reader::Reader;
use super::state::{Screen, State};

/// Where one is in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The number of the statement; none in a text without statements.
    pub number: Option<u32>,
    /// Who speaks: the State or organization, or else the name.
    pub who: String,
    /// The printed page.
    pub page: Option<u32>,
    /// How far into the record, in percent.
    pub percent: usize,
}

impl Told {
    /// Where the top of the screen is.
    #[must_use]
    pub fn of(reader: &Reader) -> Self {
        let statement = reader.statement();
        let who = statement.map_or(String::new(), |s| {
            let who = s.speaker.spoken_for().unwrap_or(&s.speaker.name);
            if s.is_procedural() { "The President".to_owned() } else { who.to_owned() }
        });
        let number = statement.map(|s| s.number);
        Self { number, who, page: reader.page(), percent: reader.percent() }
    }
}

impl State {
    /// The position to tell, for the text that is shown.
    #[must_use]
    pub fn position(&self, reader: &Reader) -> Told {
        let now = Told::of(reader);
        match &self.told {
            Some(told) if self.trailing => told.clone(),
            Some(told) => Told { who: told.who.clone(), ..now },
            None => now,
        }
    }

    /// Whether something is to be written when keys pause: the rows of a list that were held back, or
    /// the status line where it is behind the text.
    #[must_use]
    pub fn owes(&self) -> bool {
        if self.holds_back() {
            return true;
        }
        let Screen::Reader(reader) = self.screen() else { return false };
        self.told.is_some() && self.position(reader) != Told::of(reader)
    }

    /// From now on the position told is the one on the screen.
    pub(super) fn tell(&mut self) {
        self.told = match self.screen() {
            Screen::Reader(reader) => Some(Told::of(reader)),
            _ => None,
        };
    }
}
