//! `spv search --kwic`: every occurrence on a line of its own, the words in a column.

use std::io::Write;

use super::super::args::KwicSort;
use super::super::out::{Answer, Failure, found, json_line, line, say, say_rest};
use super::{Asked, csv, load};
use crate::app::number::thousands;
use crate::record::harmless;
use crate::search::concordance::{self, Line, Sort};
use crate::search::results::{Marker, Order, RecordLoader};

/// The most occurrences that are kept to be sorted.
const MOST: usize = 300_000;

/// The names of the columns.
const NAMES: [&str; 11] = [
    "symbol",
    "language",
    "date",
    "statement",
    "paragraph",
    "page",
    "speaker",
    "state",
    "left",
    "word",
    "right",
];

impl Asked<'_> {
    /// Every occurrence on a line.
    pub(super) fn concordance(&self, out: &mut dyn Write) -> Answer {
        let hits = self.search(usize::MAX, Order::Date)?;
        let marker = Marker::new(self.query);
        if marker.is_empty() {
            return Err(Failure::wrong(
                "--kwic shows words in their context; give a word beside the fields",
            ));
        }
        let mut loader = RecordLoader::new(&self.shelf.library);
        let limit = self.limit();
        let sort = match self.args.sort {
            KwicSort::Date => None,
            KwicSort::Left => Some(Sort::Left),
            KwicSort::Right => Some(Sort::Right),
            KwicSort::Speaker => Some(Sort::Speaker),
        };
        if self.args.csv {
            crate::cli::csv::begin(out, self.args.excel)?;
            csv(out, &NAMES)?;
        }
        let (mut kept, mut shown, mut all, mut rest) = (Vec::new(), 0, 0, false);
        let text = !self.args.json && !self.args.csv;
        for (statements, hit) in hits.hits.iter().enumerate() {
            let Some(record) = load(self.shelf, &mut loader, hit) else { continue };
            let mut written = Ok(());
            concordance::each_line(&record, &marker, hit, |line| {
                let Some(by) = sort else {
                    rest = shown == limit;
                    if !rest {
                        written = self.occurrence(out, &line);
                        shown += 1;
                    }
                    return written.is_ok() && !rest;
                };
                all += 1;
                kept.push(line);
                // Only the first `limit` lines are printed; the others are dropped now and then.
                if kept.len() >= MOST && kept.len() / 2 >= limit {
                    concordance::sort_lines(&mut kept, by);
                    kept.truncate(limit);
                }
                kept.len() <= MOST
            });
            written?;
            if kept.len() > MOST {
                return Err(Failure::could_not(format!(
                    "there are more than {} occurrences, too many to sort; give --limit, or leave out --sort",
                    thousands(MOST)
                )));
            }
            // The records of the others are not read to count their lines.
            if sort.is_none() && shown >= limit && (rest || statements + 1 < hits.hits.len()) {
                if text {
                    out.flush()?;
                    let (statements, all) = (statements + 1, hits.hits.len());
                    say(&format!(
                        "the first {shown} lines, of {statements} of {all} statements; --limit 0 prints all"
                    ));
                }
                break;
            }
        }
        if let Some(by) = sort {
            concordance::sort_lines(&mut kept, by);
            kept.iter().take(limit).try_for_each(|line| self.occurrence(out, line))?;
            if text {
                say_rest(out, kept.len().min(limit), all)?;
            }
        }
        found(shown > 0 || !kept.is_empty(), &self.otherwise())
    }

    fn occurrence(&self, out: &mut dyn Write, found: &Line) -> Result<(), Failure> {
        if self.args.json {
            return json_line(
                out,
                &serde_json::json!({
                    "symbol": found.symbol, "language": found.language,
                    "date": found.date.to_string(), "statement": found.statement,
                    "paragraph": found.paragraph + 1, "page": found.page,
                    "speaker": found.speaker, "state": found.state,
                    "left": found.left, "word": found.word, "right": found.right,
                }),
            );
        }
        if self.args.csv {
            return csv(
                out,
                &[
                    found.symbol.clone(),
                    found.language.clone(),
                    found.date.to_string(),
                    found.statement.to_string(),
                    (found.paragraph + 1).to_string(),
                    found.page.map_or(String::new(), |p| p.to_string()),
                    found.speaker.clone(),
                    found.state.clone().unwrap_or_default(),
                    found.left.clone(),
                    found.word.clone(),
                    found.right.clone(),
                ],
            );
        }
        // Made harmless first, since what is put in the place of a bad character has a width.
        let safe = |text: &str| harmless::line(text).into_owned();
        let clean = Line {
            left: safe(&found.left),
            word: safe(&found.word),
            right: safe(&found.right),
            ..found.clone()
        };
        let place = line(&format!("{} {}", found.date, found.symbol));
        let side = self.world.columns.unwrap_or(100).saturating_sub(40).max(24) / 2;
        let (left, word, right) = concordance::fit_line(&clean, side);
        let text = format!("{left}{word}{right}");
        writeln!(out, "{place:<26} {}", text.trim_end())?;
        Ok(())
    }
}
