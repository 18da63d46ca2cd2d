//! `spv get SYMBOL...` and `spv get 9520..10120`: official PDFs, one after the other.

use std::collections::HashSet;
use std::io::Write;
use std::time::{Duration, Instant};

use super::job::Job;
use super::watching::{SizeFirst, Watching};
use crate::cli::import::outcome::write_total;
use crate::cli::import::{self, Fetched};
use crate::cli::index;
use crate::cli::out::{Answer, Answered, Failure, one_line, say};
use crate::cli::progress::{format_duration, format_size};
use crate::library::get::plan::{self, Range};
use crate::library::get::sources::{USUAL_PDF, spellings};
use crate::library::get::{Client, Fault, Folder, Kind, fetch};
use crate::library::{Library, Replace};
use crate::record::{Item, Language, Record, Symbol};

/// The pause between two records, so that the service is asked no faster than a person would ask.
const PACE: Duration = Duration::from_secs(3);
/// How often a record is asked for that should be out and seems not to be.
const TRIES: u32 = 4;
/// The same for a meeting no table knows.
const TRIES_BEYOND: u32 = 2;
/// So many meetings in a row that are not out are the end of what is.
const END: usize = 8;
/// How many reasons are said in the table.
const NAMED: usize = 12;

/// Fetches these records.
///
/// # Errors
/// When one of them cannot be had; each failure is said, and the last decides the exit code.
pub(super) fn get_symbols(job: &Job<'_>, symbols: &[Symbol], out: &mut dyn Write) -> Answer {
    let here = HeldRecords::look(job)?;
    let language = job.language();
    let mut missing = Vec::new();
    for symbol in symbols {
        if !job.args.again && here.with_pages(symbol, &language) {
            let name = language.name();
            writeln!(out, "{symbol} in {name} is here with its pages; --again fetches it anew")?;
        } else {
            missing.push(symbol.clone());
        }
    }
    if missing.is_empty() {
        return Ok(Answered::Something);
    }
    let mut work = Downloads::begin(job, true)?;
    for (at, symbol) in missing.iter().enumerate() {
        if at > 0 && !work.watching.wait(PACE) {
            return Err(Fault::stopped().into());
        }
        match work.fetch_record(symbol, TRIES, out) {
            Ok(_) => work.came += 1,
            Err(Miss::Over(failure)) => return work.broken(failure),
            Err(Miss::Absent(failure) | Miss::Left(failure)) => work.missed.push(failure),
        }
    }
    work.make_searchable()?;
    for failure in &work.missed {
        say(&failure.message);
    }
    work.worst()
}

/// Fetches what of a range is missing.
///
/// # Errors
/// When the service cannot be reached or will not serve, the disk refuses, or the person stopped it.
/// What came is kept.
pub(super) fn get_range(job: &Job<'_>, range: Range, out: &mut dyn Write) -> Answer {
    let language = job.language();
    let here =
        if job.args.again { HashSet::new() } else { HeldRecords::look(job)?.symbols(&language) };
    let missing = plan::missing(range, &here);
    announce_range(&missing, &language, out)?;
    let number = missing.known.len() + missing.beyond.len();
    if number == 0 {
        return Ok(Answered::Something);
    }
    let mut work = Downloads::begin(job, false)?;
    job.confirm(&work.watching)?;
    let ended = work.fetch_range(&missing, &here, out);
    work.watching.end();
    let searchable = work.make_searchable();
    work.table(&missing, out)?;
    match ended.and(searchable) {
        Ok(()) if work.came == 0 && !work.absent.is_empty() => Err(Failure::nothing(
            "nothing of the range is out in this language, as far as the service says",
        )),
        Ok(()) => work.worst(),
        Err(failure) => work.broken(failure),
    }
}

/// Says how many records come and about how large they are.
fn announce_range(
    missing: &plan::Missing,
    language: &Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (known, beyond) = (missing.known.len(), missing.beyond.len());
    let name = language.name();
    let number = (known + beyond) as u64;
    let mut sentence = match (known, beyond) {
        (0, 0) => format!("nothing of the range is missing in {name}"),
        (known, 0) => format!("{known} records are missing in {name}"),
        (0, beyond) => format!(
            "{beyond} meetings are later than the table, and are asked for one by one in {name} until no more are out"
        ),
        (known, beyond) => format!(
            "{known} records are missing in {name}, and {beyond} meetings later than the table are asked for one by one until no more are out"
        ),
    };
    if number > 0 {
        let long = format_duration(number as f64 * (PACE.as_secs_f64() + 1.0));
        sentence += &format!(": at most about {} and {long}", format_size(number * USUAL_PDF));
    }
    let beside: Vec<String> =
        [(missing.here, "here already"), (missing.closed, "closed, without a verbatim record")]
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, what)| format!("{n} {what}"))
            .collect();
    if !beside.is_empty() {
        sentence += &format!(" ({})", beside.join(", "));
    }
    writeln!(out, "{sentence}")?;
    Ok(out.flush()?)
}

/// What is in the library; nothing where there is none yet.
struct HeldRecords(Option<Library>);

impl HeldRecords {
    fn look(job: &Job<'_>) -> Result<Self, Failure> {
        if !job.library.exists() {
            return Ok(Self(None));
        }
        Ok(Self(Some(Library::open(&job.library)?)))
    }

    fn with_pages(&self, symbol: &Symbol, language: &Language) -> bool {
        let Some(library) = &self.0 else { return false };
        library.entry(symbol, Some(language)).is_some_and(|entry| {
            entry.language == *language
                && library.catalogue().headings(entry).any(|heading| heading.page.is_some())
        })
    }

    fn symbols(&self, language: &Language) -> HashSet<Symbol> {
        let entries = self.0.iter().flat_map(|library| &library.catalogue().entries);
        entries.filter(|e| e.language == *language).map(|e| e.symbol.clone()).collect()
    }
}

/// Why a record did not come.
enum Miss {
    /// It is not out, as far as one can tell.
    Absent(Failure),
    /// What came for it was bad, or could not be taken in; the next may fare better.
    Left(Failure),
    /// Nothing more comes: no network, no room, no leave, or nobody who waits.
    Over(Failure),
}

impl Miss {
    fn of_fault(fault: Fault) -> Self {
        match fault.kind {
            Kind::NotThere => Self::Absent(fault.into()),
            Kind::Bad => Self::Left(fault.into()),
            Kind::Challenged | Kind::Unreachable | Kind::Disk | Kind::Stopped => {
                Self::Over(fault.into())
            }
        }
    }

    /// A record that came and was not taken in: by what is in it, or by the library.
    fn of_import(failure: Failure) -> Self {
        if failure.code == 2 { Self::Left(failure) } else { Self::Over(failure) }
    }
}

/// Records one after the other.
struct Downloads<'a> {
    job: &'a Job<'a>,
    folder: Folder,
    client: Client,
    watching: Watching,
    /// The size of each is said before it comes; that of a range was said as a whole.
    sizes: bool,
    came: usize,
    /// Records that are not out.
    absent: Vec<Symbol>,
    /// Records that came and were not taken, or whose answer was bad.
    missed: Vec<Failure>,
}

impl<'a> Downloads<'a> {
    fn begin(job: &'a Job<'a>, sizes: bool) -> Result<Self, Failure> {
        let folder = Folder::open(&job.library)?;
        let watching = Watching::begin(job.services.are_local())?;
        let client = job.client()?;
        let (absent, missed) = (Vec::new(), Vec::new());
        Ok(Self { job, folder, client, watching, sizes, came: 0, absent, missed })
    }

    /// Goes through what is missing; behind the table a record that ends with a suspension is
    /// followed by its resumption.
    fn fetch_range(
        &mut self,
        missing: &plan::Missing,
        here: &HashSet<Symbol>,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let (whole, since) = (missing.known.len() + missing.beyond.len(), Instant::now());
        let known = missing.known.iter().map(|symbol| (symbol, TRIES));
        let beyond = missing.beyond.iter().map(|symbol| (symbol, TRIES_BEYOND));
        let mut not_out = 0;
        for (at, (symbol, tries)) in known.chain(beyond).enumerate() {
            let mut next = Some(symbol.clone());
            while let Some(symbol) = next.take() {
                if (at > 0 || symbol.resumption() > 0) && !self.watching.wait(PACE) {
                    return Err(Fault::stopped().into());
                }
                self.watching.one_of(at, whole, since);
                match self.fetch_record(&symbol, tries, out) {
                    Ok(record) => {
                        (self.came, not_out) = (self.came + 1, 0);
                        let resumed = symbol.clone().with_resumption(symbol.resumption() + 1);
                        let follow = tries == TRIES_BEYOND && is_suspended(&record);
                        next = Some(resumed).filter(|s| follow && !here.contains(s));
                    }
                    Err(Miss::Over(failure)) => return Err(failure),
                    Err(Miss::Absent(_)) => {
                        not_out += 1;
                        self.absent.push(symbol);
                    }
                    Err(Miss::Left(failure)) => self.missed.push(failure),
                }
            }
            if tries == TRIES_BEYOND && not_out >= END {
                break;
            }
        }
        Ok(())
    }

    /// Fetches one record, under the spellings its symbol may have, and takes it in.
    fn fetch_record(
        &mut self,
        symbol: &Symbol,
        tries: u32,
        out: &mut dyn Write,
    ) -> Result<Record, Miss> {
        let language = self.job.language();
        let mut absent = Failure::nothing(format!("{symbol} has no address"));
        for spelling in spellings(symbol) {
            let document = self.job.services.document(symbol, &spelling, &language, tries);
            let wanted = document.map_err(|e| Miss::Over(Failure::wrong(e)))?;
            let name = wanted.name.as_str();
            self.job.refuse_to_overwrite(std::iter::once(name)).map_err(Miss::Over)?;
            self.watching.title(&wanted.title);
            let fetched = if self.sizes {
                let mut told = SizeFirst::new(&mut self.watching, out);
                fetch(&self.client, &self.folder, &wanted, &mut told)
            } else {
                fetch(&self.client, &self.folder, &wanted, &mut self.watching)
            };
            self.watching.end();
            let file = match fetched.map_err(Miss::of_fault) {
                Ok(file) => file,
                Err(Miss::Absent(failure)) => {
                    absent = failure;
                    continue;
                }
                Err(miss) => return Err(miss),
            };
            let address = wanted.address.to_string();
            let fetched = Fetched { file: &file, symbol, language: &language, address };
            let replace = if self.job.args.again { Replace::Always } else { Replace::Better };
            let taken = import::store_fetched(&self.job.library, &fetched, replace, out);
            let kept = self.job.keep_or_remove(&self.folder, name);
            // Each record is said when it is there: a range takes its time.
            out.flush().map_err(|e| Miss::Over(e.into()))?;
            kept.map_err(Miss::Over)?;
            return taken.map_err(Miss::of_import);
        }
        Err(Miss::Absent(absent))
    }

    /// The worst of what was missed, as an exit code; the reasons are said by then.
    fn worst(&self) -> Answer {
        match self.missed.iter().map(|failure| failure.code).max() {
            None => Ok(Answered::Something),
            Some(code) => Err(Failure { code, message: String::new() }),
        }
    }

    /// Brings the index for search up to date with what came.
    fn make_searchable(&self) -> Result<(), Failure> {
        if self.came == 0 {
            return Ok(());
        }
        index::update_index(&self.job.world.options, &self.job.library)
    }

    /// The end of work that was broken off.
    fn broken(&mut self, failure: Failure) -> Answer {
        for missed in std::mem::take(&mut self.missed) {
            say(&missed.message);
        }
        Err(failure)
    }

    /// What it came to.
    fn table(&self, missing: &plan::Missing, out: &mut dyn Write) -> Result<(), Failure> {
        write_total(out, "came", self.came as u64, &[])?;
        if missing.here > 0 {
            write_total(out, "here before", missing.here as u64, &[])?;
        }
        if !self.absent.is_empty() {
            let mut named: Vec<String> =
                self.absent.iter().take(NAMED).map(ToString::to_string).collect();
            if self.absent.len() > NAMED {
                named.push("and more".to_owned());
            }
            write_total(out, "not out", self.absent.len() as u64, &named)?;
        }
        write_total(out, "left out", self.missed.len() as u64, &[])?;
        for failure in self.missed.iter().take(NAMED) {
            writeln!(out, "  {}", one_line(&failure.message))?;
        }
        Ok(())
    }
}

/// Whether the last line of a record says that the meeting was suspended, in English, French or Spanish.
fn is_suspended(record: &Record) -> bool {
    let last = record.items.iter().rev().find_map(|item| match item {
        Item::Direction(direction) => Some(&direction.text),
        _ => None,
    });
    last.is_some_and(|text| text.to_lowercase().contains("suspen"))
}
