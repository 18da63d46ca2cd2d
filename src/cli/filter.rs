//! Which records a command keeps: by year, by State, by the words of the topic.

use clap::Args;
use jiff::civil::Date;

use super::out::Failure;
use super::years::Years;
use crate::facts::states;
use crate::library::{Entry, Library};
use crate::record::fold;
use crate::search::whole_words::WholeWords;

/// The records a command is about, by what is known of them without their text.
#[derive(Args, Debug, Default)]
pub struct FilterArgs {
    /// Only this year, or these years: 2019, 2014..2019, 2014.., ..1950
    #[arg(long, value_name = "YEAR")]
    pub year: Option<Years>,
    /// Only records in which this State speaks, by any of its names
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// Only where the topic or the agenda holds these words
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
}

/// What is kept.
#[derive(Clone, Debug)]
pub struct Filter {
    years: Option<Years>,
    /// Folded names of the State asked for: the UN short name and the words given.
    state: Option<[String; 2]>,
    /// Words of the topic.
    words: WholeWords,
}

impl Filter {
    /// A filter of what was asked for; what is `None` keeps everything.
    ///
    /// # Errors
    /// When no such State is known, neither to the program nor to the library.
    pub fn of(only: &FilterArgs, library: &Library) -> Result<Self, Failure> {
        let topic = only.topic.as_deref().unwrap_or("");
        let words = WholeWords::new(topic.split_whitespace());
        let mut filter = Self { years: only.year, state: None, words };
        let Some(given) = only.state.as_deref() else { return Ok(filter) };
        let known = states::lookup(given);
        let short = known.map_or(given, |s| s.name);
        filter.state = Some([fold::text(short), fold::text(given.trim())]);
        let speaks =
            || library.catalogue().speakers().any(|s| s.state.is_some_and(|s| filter.is(s)));
        if known.is_none() && !speaks() {
            return Err(Failure::wrong(format!(
                "--state {given:?} is no State this program knows; try Kazakhstan, Russia or \"United Kingdom\""
            )));
        }
        Ok(filter)
    }

    /// Whether it asks who spoke, which only a text can tell.
    #[must_use]
    pub fn asks_who_spoke(&self) -> bool {
        self.state.is_some()
    }

    /// Whether a record is kept.
    #[must_use]
    pub fn keeps(&self, library: &Library, entry: &Entry) -> bool {
        self.keeps_day_and_topic(entry.date, &[&entry.topic, &entry.item])
            && (self.state.is_none() || self.speaks(library, entry))
    }

    /// Whether a meeting on this day with these topics is kept, whoever spoke.
    #[must_use]
    pub fn keeps_day_and_topic(&self, date: Date, topics: &[&str]) -> bool {
        if !self.years.is_none_or(|years| years.hold(date)) {
            return false;
        }
        self.words.are_in(topics)
    }

    fn speaks(&self, library: &Library, entry: &Entry) -> bool {
        library.catalogue().headings(entry).any(|h| h.state.is_some_and(|s| self.is(s)))
            || entry.presidents.iter().any(|p| p.state.as_deref().is_some_and(|s| self.is(s)))
    }

    /// Whether a name is that of the State asked for.
    fn is(&self, name: &str) -> bool {
        self.state.iter().flatten().any(|s| *s == fold::text(name))
    }
}
