//! What a search found, in lines.

use std::ops::Range;

use crate::app::found::{Found, Words};
use crate::app::number::thousands;
use crate::app::shared::Shared;
use crate::screens::behaviour::Speech;
use crate::screens::speech::{numbered, sentence};
use crate::search::results::Order;

use super::state::Search;

impl Speech for Search {
    fn place_name(&self) -> String {
        "search".to_owned()
    }

    fn introduction(&self) -> Vec<String> {
        totals(self)
    }

    fn line_count(&self) -> Option<usize> {
        Some(self.results.found.len()).filter(|found| *found > 0)
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        let found = self.results.found.iter().skip(range.start).take(range.len());
        let said =
            |found| format!("{}{}", if self.is_new(found) { "New: " } else { "" }, line(found));
        numbered(range.start, found.map(said))
    }

    fn summary(&self) -> Vec<String> {
        totals(self)
    }

    fn choose(&mut self, number: u32, said: usize, _shared: &Shared) -> bool {
        let hit = (number as usize).wrapping_sub(1);
        if hit < said {
            self.select(hit, 1);
        }
        hit < said
    }
}

/// What a search found in all, or why it found nothing; and what of the query was not understood.
fn totals(search: &Search) -> Vec<String> {
    let trouble = search.trouble().or_else(|| search.note()).map(|trouble| {
        if trouble.at.is_empty() {
            return sentence(trouble.message);
        }
        let piece = search.line.text().get(trouble.at).unwrap_or("");
        sentence(format!("{piece}: {}", trouble.message))
    });
    let many = |n: usize, one: &str| {
        let s = if n == 1 { "" } else { "s" };
        format!("{} {one}{s}", thousands(n))
    };
    let found = match (&search.results.why, &search.results.counts) {
        (Some(why), _) => sentence(why.clone()),
        (None, Some(counts)) if counts.statements > 0 => {
            let order = match search.order {
                Order::Relevance => "best first",
                Order::Date => "latest first",
            };
            let statements = many(counts.statements, "statement");
            format!("{statements} in {}, {order}.", many(counts.records, "record"))
        }
        _ => match &search.results.nothing {
            Some(nothing) => sentence(nothing.clone()),
            None => "No statement has all of this.".to_owned(),
        },
    };
    let kept = search.kept.as_ref();
    let kept = kept.map(|kept| sentence(format!("Kept query {}: {}", kept.name, kept.words())));
    trouble.into_iter().chain(kept).chain([found]).collect()
}

/// A statement that was found.
fn line(found: &Found) -> String {
    let exercise = if found.exercise { "EXERCISE, " } else { "" };
    let (of, page, words) = match &found.words {
        Words::Here { of, page, text, .. } => (of, *page, text.as_str()),
        Words::Lost(why) => (&found.of, None, why.as_str()),
        Words::Awaited => (&found.of, None, ""),
    };
    let of = of.as_ref().map_or(String::new(), |of| format!(", {of}"));
    let page = page.map_or(String::new(), |page| format!(", page {page}"));
    let Found { at, date, number, speaker, .. } = found;
    format!("{exercise}{}, {date}, statement {number}{page}, {speaker}{of}: {words}", at.symbol)
}
