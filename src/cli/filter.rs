//! Filters of records: by year, by State, by words of the topic.

use clap::Args;
use jiff::civil::Date;

use super::out::Failure;
use crate::facts::states;
use crate::library::{Entry, Library};
use crate::record::fold;
use crate::search::whole_words::WholeWords;

/// Options that select records by what is known without reading their texts.
#[derive(Args, Debug, Default)]
pub struct FilterArgs {
    /// Only this year, or these years: 2019, 2014..2019, 2014.., ..1950
    #[arg(long, value_name = "YEAR")]
    pub year: Option<Years>,
    /// Only records in which this State speaks, by any of its names
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// Only records whose topic or agenda contains these words
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
}

/// A filter of records.
#[derive(Clone, Debug)]
pub struct Filter {
    years: Option<Years>,
    /// Folded names of the State: the UN short name and the words given.
    state: Option<[String; 2]>,
    /// Words of the topic.
    words: WholeWords,
}

impl Filter {
    /// Builds a filter from options; an option that is `None` keeps everything.
    ///
    /// # Errors
    /// If neither the program nor the library knows the State.
    pub fn new(only: &FilterArgs, library: &Library) -> Result<Self, Failure> {
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
                "unknown State {given:?} for --state; try Kazakhstan, Russia or \"United Kingdom\""
            )));
        }
        Ok(filter)
    }

    /// Whether it depends on who spoke, which only a text tells.
    pub fn asks_who_spoke(&self) -> bool {
        self.state.is_some()
    }

    /// Whether a record is kept.
    pub fn keeps(&self, library: &Library, entry: &Entry) -> bool {
        self.keeps_day_and_topic(entry.date, &[&entry.topic, &entry.item])
            && (self.state.is_none() || self.speaks(library, entry))
    }

    /// Whether a meeting on this day with these topics is kept, whoever spoke.
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

    /// Whether a name is that of the wanted State.
    fn is(&self, name: &str) -> bool {
        self.state.iter().flatten().any(|s| *s == fold::text(name))
    }
}

/// A range of years, both ends included, as options and queries write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// The first year.
    pub first: i16,
    /// The last year.
    pub last: i16,
}

impl Years {
    /// Whether the day lies in these years.
    pub fn hold(self, date: Date) -> bool {
        (self.first..=self.last).contains(&date.year())
    }
}

impl std::str::FromStr for Years {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("invalid year {text:?}: try 2019, 2014..2019 or 2014..");
        let year = |part: &str, open: i16| match part.trim() {
            "" => Ok(open),
            part if part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse().map_err(|_| wrong())
            }
            _ => Err(wrong()),
        };
        let (first, last) = match text.split_once("..") {
            Some((first, last)) if !(first.trim().is_empty() && last.trim().is_empty()) => {
                (year(first, i16::MIN)?, year(last, i16::MAX)?)
            }
            Some(_) => return Err(wrong()),
            None if text.trim().is_empty() => return Err(wrong()),
            None => (year(text, 0)?, year(text, 0)?),
        };
        if first > last {
            return Err(format!(
                "{text:?}: the first year is after the last; write {last}..{first}"
            ));
        }
        Ok(Self { first, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_every_spelling() {
        for (text, first, last) in [
            ("2019", 2019, 2019),
            ("2014..2019", 2014, 2019),
            ("2014..", 2014, i16::MAX),
            ("..1950", i16::MIN, 1950),
        ] {
            assert_eq!(text.parse(), Ok(Years { first, last }), "{text}");
        }
        for text in ["", "..", "19", "2019..2014", "20190", "abcd", "-999", "+201"] {
            assert!(text.parse::<Years>().is_err(), "{text}");
        }
    }
}
