//! The query of `spv votes`: fields, and words of the title.

use crate::cli::filter::Years;
use crate::facts::states;
use crate::facts::votes::Ballot;
use crate::record::{Outcome, fold};
use crate::search::whole_words::WholeWords;

/// A query for votes. Empty fields match every vote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VoteQuery {
    /// The member, by its UN short name, folded.
    pub state: Option<String>,
    /// How the member voted, or any member where none is named.
    pub ballot: Option<Ballot>,
    pub years: Option<Years>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Words that must all be in the title.
    pub words: WholeWords,
}

impl VoteQuery {
    /// Parses a query.
    ///
    /// # Errors
    /// A message that names the term and shows valid ones.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut query = Self::default();
        let mut words = Vec::new();
        for term in split_terms(text) {
            match term.split_once(':') {
                Some((field, value)) => query.field(&term, field, value)?,
                None => words.push(term),
            }
        }
        query.words = WholeWords::new(words.iter().map(String::as_str));
        Ok(query)
    }

    fn field(&mut self, term: &str, field: &str, value: &str) -> Result<(), String> {
        match field.to_ascii_lowercase().as_str() {
            "state" => {
                let state = states::lookup(value).ok_or_else(|| {
                    format!("{term}: no such State; try state:China or state:\"United Kingdom\"")
                })?;
                self.state = Some(fold::text(state.name));
            }
            "vote" => {
                self.ballot = Some(parse_ballot(value).ok_or_else(|| {
                    format!("{term}: try vote:favour, vote:against, vote:abstaining or vote:absent")
                })?);
            }
            "year" => {
                self.years = Some(value.parse().map_err(|e| format!("{term}: {e}"))?);
            }
            "outcome" => {
                self.outcome = Some(parse_outcome(value).ok_or_else(|| {
                    format!("{term}: try outcome:adopted, outcome:vetoed or outcome:failed")
                })?);
            }
            _ => {
                return Err(format!(
                    "{term}: no such field; the fields are state: vote: year: outcome:"
                ));
            }
        }
        Ok(())
    }

    /// Whether a title, a year and an outcome match.
    pub fn fits(&self, date: jiff::civil::Date, outcome: Option<Outcome>, title: &str) -> bool {
        if !self.years.is_none_or(|years| years.hold(date)) {
            return false;
        }
        // What was adopted without a vote was adopted.
        let without =
            |asked| asked == Outcome::Adopted && outcome == Some(Outcome::AdoptedWithoutVote);
        if self.outcome.is_some_and(|asked| outcome != Some(asked) && !without(asked)) {
            return false;
        }
        self.words.are_in(&[title])
    }
}

/// The terms of a query, split at white space outside quotation marks, the marks taken off.
fn split_terms(text: &str) -> Vec<String> {
    let mut terms = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => terms.push(String::new()),
            c => terms.last_mut().into_iter().for_each(|t| t.push(c)),
        }
    }
    terms.retain(|t| !t.is_empty());
    terms
}

fn parse_ballot(word: &str) -> Option<Ballot> {
    match fold::text(word).as_str() {
        "favour" | "favor" | "in-favour" | "infavour" | "for" | "yes" | "in favour" => {
            Some(Ballot::InFavour)
        }
        "against" | "no" => Some(Ballot::Against),
        "abstaining" | "abstain" | "abstained" | "abstention" => Some(Ballot::Abstaining),
        "absent" | "not-voting" | "not voting" => Some(Ballot::NotVoting),
        _ => None,
    }
}

fn parse_outcome(word: &str) -> Option<Outcome> {
    match fold::text(word).as_str() {
        "adopted" => Some(Outcome::Adopted),
        "adopted without a vote" | "without-a-vote" => Some(Outcome::AdoptedWithoutVote),
        "vetoed" | "veto" => Some(Outcome::Vetoed),
        "failed" | "not adopted" | "not-adopted" | "rejected" => Some(Outcome::NotAdopted),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_words_are_told_apart() {
        let query =
            VoteQuery::parse("vote:against year:2010..2014 outcome:vetoed Middle \"East - x\"");
        let query = query.unwrap();
        assert_eq!(query.ballot, Some(Ballot::Against));
        assert_eq!(query.years, Some(Years { first: 2010, last: 2014 }));
        assert_eq!(query.outcome, Some(Outcome::Vetoed));
        assert_eq!(query.words, WholeWords::new(["middle", "east x"]));
    }

    #[test]
    fn a_wrong_term_is_named() {
        for (text, term) in [
            ("vote:maybe", "vote:maybe"),
            ("words year:20x", "year:20x"),
            ("outcome:late", "outcome:late"),
            ("colour:red", "colour:red"),
        ] {
            assert!(VoteQuery::parse(text).unwrap_err().starts_with(term), "{text}");
        }
    }

    #[test]
    fn a_query_fits_what_it_asks_for() {
        let query = VoteQuery::parse("year:2014 outcome:vetoed Éast").unwrap();
        let day = |text: &str| text.parse().unwrap();
        assert!(query.fits(day("2014-05-22"), Some(Outcome::Vetoed), "The Middle East"));
        assert!(!query.fits(day("2015-05-22"), Some(Outcome::Vetoed), "The Middle East"));
        assert!(!query.fits(day("2014-05-22"), Some(Outcome::Adopted), "The Middle East"));
        assert!(!query.fits(day("2014-05-22"), Some(Outcome::Vetoed), "The West"));
        assert!(!query.fits(day("2014-05-22"), Some(Outcome::Vetoed), "Easter"));
    }

    #[test]
    fn what_was_adopted_without_a_vote_was_adopted() {
        let fits = |text: &str, outcome| {
            let day = "2014-05-22".parse().unwrap();
            VoteQuery::parse(text).unwrap().fits(day, Some(outcome), "x")
        };
        for (text, outcome, expected) in [
            ("outcome:adopted", Outcome::Adopted, true),
            ("outcome:adopted", Outcome::AdoptedWithoutVote, true),
            ("outcome:adopted", Outcome::Vetoed, false),
            ("outcome:without-a-vote", Outcome::AdoptedWithoutVote, true),
            ("outcome:without-a-vote", Outcome::Adopted, false),
            ("outcome:\"adopted without a vote\"", Outcome::AdoptedWithoutVote, true),
        ] {
            assert_eq!(fits(text, outcome), expected, "{text} {outcome:?}");
        }
    }
}
