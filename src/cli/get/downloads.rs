//! Records downloaded one after the other, and what is known of those that did not come.

use std::collections::{HashSet, VecDeque};
use std::io::Write;
use std::time::Instant;

use super::job::{Job, client};
use super::one::{self, Miss, Request, Source};
use super::watching::{SizeFirst, Watching};
use crate::cli::import::outcome::write_total;
use crate::cli::index;
use crate::cli::out::{Answer, Answered, Failure, one_line, say};
use crate::cli::world::warn_once;
use crate::facts::meetings;
use crate::import::direction;
use crate::library::Replace;
use crate::library::get::plan::{self, Known};
use crate::library::get::{Client, Folder, Series, Verdict, Wanted};
use crate::record::{Record, Symbol};

/// After this number of meetings in a row without a record, the rest is taken to be unpublished.
const END: usize = 8;
/// The number of symbols or reasons that are listed in the table.
const NAMED: usize = 12;

/// A record that was requested and did not come.
struct Missed {
    symbol: Symbol,
    known: Known,
    failure: Failure,
}

/// Downloads records one after the other.
pub(super) struct Downloads<'a> {
    job: &'a Job<'a>,
    folder: Folder,
    client: Client,
    series: Series,
    pub(super) watching: Watching,
    /// Whether the records are those of a range, whose total size was printed. For others the size
    /// of each is printed first.
    range: bool,
    pub(super) came: usize,
    /// Records that did not come since one came last. The service may block this machine.
    unsure: Vec<Missed>,
    /// Records that are not published, with the reason.
    absent: Vec<(Symbol, Failure)>,
    /// Meetings after the table that are not published, since a record came last.
    gaps: usize,
    /// Failures of records that could not be imported or whose answer was bad.
    missed: Vec<Failure>,
}

impl<'a> Downloads<'a> {
    pub(super) fn begin(job: &'a Job<'a>, range: bool) -> Result<Self, Failure> {
        let folder = Folder::open(&job.library)?;
        let watching = Watching::begin(job.services.are_local())?;
        let client = client()?;
        let series = Series::new(job.services.manners());
        let (unsure, absent, missed) = (Vec::new(), Vec::new(), Vec::new());
        let (came, gaps) = (0, 0);
        Ok(Self {
            job,
            folder,
            client,
            series,
            watching,
            range,
            came,
            unsure,
            absent,
            gaps,
            missed,
        })
    }

    /// Adds failures of records that are not requested.
    pub(super) fn leave_out(&mut self, failures: Vec<Failure>) {
        self.missed.extend(failures);
    }

    /// Whether nothing came and records are not published.
    pub(super) fn found_none(&self) -> bool {
        self.came == 0 && !self.absent.is_empty()
    }

    /// Downloads records. Those that do not come are requested again if it turns out that the
    /// service blocked this machine. In a range a record that ends with a suspension is followed by
    /// its resumption, if no table has it.
    pub(super) fn fetch_all(
        &mut self,
        records: Vec<(Symbol, Known)>,
        here: &HashSet<Symbol>,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let (whole, since) = (records.len(), Instant::now());
        let mut queue = VecDeque::from(records);
        loop {
            let Some((symbol, known)) = queue.pop_front() else {
                if self.unsure.is_empty() {
                    return Ok(());
                }
                self.settle(&mut queue)?;
                continue;
            };
            if self.range {
                let done = whole.saturating_sub(queue.len() + 1);
                self.watching.one_of(done, whole, since);
            }
            match self.fetch_record(&symbol, known, out) {
                Ok(record) => {
                    self.came += 1;
                    self.gaps = 0;
                    // The service answers, so those before are not published.
                    self.believe_unsure();
                    let resumed = symbol.clone().with_resumption(symbol.resumption() + 1);
                    let follows = self.range
                        && direction::ends_suspended(&record.items)
                        && meetings::by_symbol(&resumed).is_none()
                        && !here.contains(&resumed);
                    if follows {
                        queue.push_front((resumed, Known::Unlisted));
                    }
                }
                Err(Miss::Over(failure)) => return Err(failure),
                Err(Miss::Left(failure) | Miss::Other(failure)) => self.missed.push(failure),
                Err(Miss::Absent(failure)) => {
                    self.unsure.push(Missed { symbol, known, failure });
                    if self.series.doubts(self.unsure.len()) {
                        self.settle(&mut queue)?;
                    }
                }
            }
        }
    }

    /// Finds out why the last records did not come. If the service blocked this machine, they are
    /// requested again; else they are not published.
    fn settle(&mut self, queue: &mut VecDeque<(Symbol, Known)>) -> Result<(), Failure> {
        match self.series.check(&self.client, self.job.services, &mut self.watching)? {
            Verdict::NotPublished => {
                let beyond = self.unsure.iter().filter(|m| m.known == Known::Beyond).count();
                self.gaps += beyond;
                self.believe_unsure();
                if self.gaps >= END {
                    queue.retain(|(_, known)| *known != Known::Beyond);
                }
            }
            Verdict::WasBlocked => {
                for missed in self.unsure.drain(..).rev() {
                    queue.push_front((missed.symbol, missed.known));
                }
            }
        }
        Ok(())
    }

    /// Takes the records that did not come as not published.
    fn believe_unsure(&mut self) {
        self.absent.extend(self.unsure.drain(..).map(|missed| (missed.symbol, missed.failure)));
    }

    /// Downloads one record and imports it.
    fn fetch_record(
        &mut self,
        symbol: &Symbol,
        known: Known,
        out: &mut dyn Write,
    ) -> Result<Record, Miss> {
        let language = self.job.language();
        let request = Request { symbol, known, language: &language };
        let job = self.job;
        let mut source = Source {
            client: &self.client,
            folder: &self.folder,
            services: job.services,
            series: &mut self.series,
        };
        let mut told = SizeFirst::new(&mut self.watching, out, !self.range);
        let begin = |wanted: &Wanted, told: &mut SizeFirst<'_>| {
            job.refuse_to_overwrite(std::iter::once(wanted.name.as_str()))?;
            told.title(&wanted.title);
            Ok(())
        };
        let came = one::download(&mut source, &request, &mut told, begin);
        self.watching.end();
        let wanted = came?;
        let replace = if job.args.again { Replace::Always } else { Replace::Better };
        let file = self.folder.file(&wanted.name);
        let taken = one::store(&job.library, &file, &wanted, &request, replace, warn_once, out);
        // A neighbouring document is not kept under the name of the one that was asked for.
        let kept = match &taken {
            Err(Miss::Other(_)) => {
                self.folder.remove(&wanted.name);
                Ok(())
            }
            _ => job.keep_or_remove(&self.folder, &wanted.name),
        };
        // Each record is reported at once, since a range takes long.
        out.flush().map_err(|e| Miss::Over(e.into()))?;
        kept.map_err(Miss::Over)?;
        taken
    }

    /// Ends a list of symbols: prints each failure. The worst decides the exit code.
    pub(super) fn end_list(mut self) -> Answer {
        self.missed.extend(std::mem::take(&mut self.absent).into_iter().map(|(_, why)| why));
        for failure in &self.missed {
            say(&failure.message);
        }
        self.worst()
    }

    /// The exit code of the worst failure; the messages have been printed.
    pub(super) fn worst(&self) -> Answer {
        match self.missed.iter().map(|failure| failure.code).max() {
            None => Ok(Answered::Something),
            Some(code) => Err(Failure { code, message: String::new() }),
        }
    }

    /// Updates the search index if records were added.
    pub(super) fn make_searchable(&self) -> Result<(), Failure> {
        if self.came == 0 {
            return Ok(());
        }
        index::bring_up_to_date(&self.job.world.options, &self.job.library)
    }

    /// Ends interrupted work.
    pub(super) fn broken(&mut self, failure: Failure) -> Answer {
        for missed in std::mem::take(&mut self.missed) {
            say(&missed.message);
        }
        if !self.range {
            std::mem::take(&mut self.absent).iter().for_each(|(_, why)| say(&why.message));
            for Missed { symbol, .. } in std::mem::take(&mut self.unsure) {
                say(&format!(
                    "{symbol}: it did not come, and whether it is published is not known"
                ));
            }
        }
        Err(failure)
    }

    /// Prints the summary.
    pub(super) fn table(
        &self,
        missing: &plan::Missing,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        write_total(out, "downloaded", self.came as u64, &[])?;
        if missing.here > 0 {
            write_total(out, "already here", missing.here as u64, &[])?;
        }
        write_symbols(out, "unpublished", self.absent.iter().map(|(symbol, _)| symbol))?;
        write_symbols(out, "not known", self.unsure.iter().map(|missed| &missed.symbol))?;
        write_total(out, "left out", self.missed.len() as u64, &[])?;
        for failure in self.missed.iter().take(NAMED) {
            writeln!(out, "  {}", one_line(&failure.message))?;
        }
        Ok(())
    }
}

/// Prints a row with the number of symbols and the first of them, if there are any.
fn write_symbols<'s>(
    out: &mut dyn Write,
    what: &str,
    symbols: impl ExactSizeIterator<Item = &'s Symbol>,
) -> Result<(), Failure> {
    let number = symbols.len();
    if number == 0 {
        return Ok(());
    }
    let mut named: Vec<String> = symbols.take(NAMED).map(ToString::to_string).collect();
    if number > NAMED {
        named.push("and more".to_owned());
    }
    Ok(write_total(out, what, number as u64, &named)?)
}
