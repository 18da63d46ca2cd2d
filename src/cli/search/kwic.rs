//! `spv search --kwic`: every occurrence on a line of its own, the words in a column.

use std::io::Write;

use super::request::{SearchRequest, load_record, write_csv_row};
use crate::app::number::thousands;
use crate::cli::args::KwicSort;
use crate::cli::csv;
use crate::cli::out::{Answer, Failure, found_or, json_line, one_line, say, say_total};
use crate::search::concordance::{self, Line, Sort};
use crate::search::results::{Marker, Order, RecordLoader};

/// The maximum number of occurrences that are kept to be sorted.
const MOST: usize = 300_000;

/// The names of the columns.
const NAMES: &str = "symbol language date statement paragraph page speaker state left word right";

impl SearchRequest<'_> {
    /// Prints each occurrence on its own line.
    pub(super) fn write_concordance(&self, out: &mut dyn Write) -> Answer {
        let hits = self.search(usize::MAX, Order::Date)?;
        let marker = Marker::new(self.query);
        if marker.is_empty() {
            return Err(Failure::wrong(
                "--kwic shows words in context; give a word besides the fields",
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
            csv::write_mark(out, self.args.excel)?;
            out.write_all(csv::format_names(NAMES).as_bytes())?;
        }
        let (mut kept, mut shown, mut all, mut rest) = (Vec::new(), 0, 0, false);
        let text = !self.args.json && !self.args.csv;
        for (statements, hit) in hits.hits.iter().enumerate() {
            let Some(record) = load_record(self.shelf, &mut loader, hit) else { continue };
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
                    "more than {} occurrences are too many to sort; use --limit, or leave out --sort",
                    thousands(MOST)
                )));
            }
            // The records of the others are not read to count their lines.
            if sort.is_none() && shown >= limit && (rest || statements + 1 < hits.hits.len()) {
                if text {
                    out.flush()?;
                    let (statements, all) = (statements + 1, hits.hits.len());
                    say(&format!(
                        "printed the first {shown} lines, of {statements} of {all} statements; use --limit 0 to print all"
                    ));
                }
                break;
            }
        }
        if let Some(by) = sort {
            concordance::sort_lines(&mut kept, by);
            kept.iter().take(limit).try_for_each(|line| self.occurrence(out, line))?;
            if text {
                say_total(out, kept.len().min(limit), all)?;
            }
        }
        found_or(shown > 0 || !kept.is_empty(), || self.nothing_found())
    }

    fn occurrence(&self, out: &mut dyn Write, found: &Line) -> Result<(), Failure> {
        if self.args.json || self.args.csv {
            let row = serde_json::json!({
                "symbol": found.symbol, "language": found.language,
                "date": found.date.to_string(), "statement": found.statement,
                "paragraph": found.paragraph + 1, "page": found.page,
                "speaker": found.speaker, "state": found.state,
                "left": found.left, "word": found.word, "right": found.right,
            });
            return match self.args.json {
                true => json_line(out, &row),
                false => write_csv_row(out, &csv::cells(&row, NAMES)),
            };
        }
        let place = one_line(&format!("{} {}", found.date, found.symbol));
        let side = self.world.columns.unwrap_or(100).saturating_sub(40).max(24) / 2;
        let (left, word, right) = concordance::fit_line(&found.harmless(), side);
        let text = format!("{left}{word}{right}");
        writeln!(out, "{place:<26} {}", text.trim_end())?;
        Ok(())
    }
}
