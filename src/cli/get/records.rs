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
use crate::facts::meetings::{self, Meeting};
use crate::facts::votes;
use crate::import::direction;
use crate::library::get::plan::{self, Range};
use crate::library::get::sources::{USUAL_PDF, page_of_document, spellings};
use crate::library::get::{Client, Fault, Folder, Kind, fetch};
use crate::library::{Library, Replace};
use crate::record::{Language, Record, Symbol};

/// The pause between two records, so that requests are no faster than a person's.
const PACE: Duration = Duration::from_secs(3);
/// The number of attempts for a record that should be published and is not found.
const TRIES: u32 = 4;
/// The number of attempts for a meeting that is in no table.
const TRIES_BEYOND: u32 = 2;
/// After this number of meetings in a row without a record, the rest is taken to be unpublished.
const END: usize = 8;
/// The number of reasons that are listed in the table.
const NAMED: usize = 12;

/// Downloads these records.
///
/// # Errors
/// If one of them cannot be downloaded; each failure is printed, and the worst decides the exit code.
pub(super) fn get_symbols(job: &Job<'_>, symbols: &[Symbol], out: &mut dyn Write) -> Answer {
    let here = HeldRecords::look(job)?;
    let language = job.language();
    let (mut missing, mut scans) = (Vec::new(), Vec::new());
    for symbol in symbols {
        if !job.args.again && here.with_pages(symbol, &language) {
            let name = language.name();
            writeln!(
                out,
                "{symbol} in {name} is already here with its pages; use --again to download it again"
            )?;
        } else if let Some(scan) = meetings::by_symbol(symbol).filter(Meeting::is_scanned) {
            scans.push(refuse_scan(symbol, &scan));
        } else {
            missing.push(symbol.clone());
        }
    }
    if missing.is_empty() {
        for failure in &scans {
            say(&failure.message);
        }
        return match scans.first() {
            None => Ok(Answered::Something),
            Some(failure) => Err(Failure { code: failure.code, message: String::new() }),
        };
    }
    let mut work = Downloads::begin(job, true)?;
    work.missed = scans;
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

/// The refusal of a record that is published as a scan only, before anything is downloaded, with what there
/// is instead.
fn refuse_scan(symbol: &Symbol, meeting: &Meeting) -> Failure {
    let typed = symbol.typed();
    let votes = match votes::of_meeting(symbol).is_empty() {
        true => String::new(),
        false => format!(", `spv votes {typed}` its votes"),
    };
    Failure::nothing(format!(
        "{symbol} of {} is published as a scan, like all records before July 1993, and no text can be read from it, so it is not downloaded; `spv info {typed}` prints its topic and outcome{votes}, and {} shows its pages",
        meeting.date,
        page_of_document(symbol)
    ))
}

/// Downloads the missing records of a range.
///
/// # Errors
/// If the service cannot be reached or refuses, the disk fails, or the user stops it. What was downloaded is kept.
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
            "no record of the range is published in this language, according to the service",
        )),
        Ok(()) => work.worst(),
        Err(failure) => work.broken(failure),
    }
}

/// Prints how many records will be downloaded and their approximate size.
fn announce_range(
    missing: &plan::Missing,
    language: &Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (known, beyond) = (missing.known.len(), missing.beyond.len());
    let name = language.name();
    let number = (known + beyond) as u64;
    let mut sentence = match (known, beyond) {
        (0, 0) if missing.scanned > 0 => {
            format!("no record of the range is both missing and published as text in {name}")
        }
        (0, 0) => format!("no records of the range are missing in {name}"),
        (known, 0) => format!("{known} records are missing in {name}"),
        (0, beyond) => format!(
            "{beyond} meetings are later than the table, and are requested one by one in {name} until no more are published"
        ),
        (known, beyond) => format!(
            "{known} records are missing in {name}, and {beyond} meetings later than the table are requested one by one until no more are published"
        ),
    };
    if number > 0 {
        let long = format_duration(number as f64 * (PACE.as_secs_f64() + 1.0));
        sentence += &format!(": at most about {} and {long}", format_size(number * USUAL_PDF));
    }
    let beside: Vec<String> = [
        (missing.here, "already here"),
        (missing.closed, "closed, without a verbatim record"),
        (missing.scanned, "published as scans before July 1993, which cannot be read"),
    ]
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

/// What is in the library; nothing if there is no library yet.
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

/// Why a record was not added.
enum Miss {
    /// It is not published, as far as can be told.
    Absent(Failure),
    /// Its file was bad or could not be imported; the next may succeed.
    Left(Failure),
    /// Nothing more can be downloaded: no network, no space, no permission, or the user stopped it.
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

    /// A failure to import a downloaded record, because of its content or of the library.
    fn of_import(failure: Failure) -> Self {
        if failure.code == 2 { Self::Left(failure) } else { Self::Over(failure) }
    }
}

/// Downloads records one after the other.
struct Downloads<'a> {
    job: &'a Job<'a>,
    folder: Folder,
    client: Client,
    watching: Watching,
    /// Whether the size of each record is printed first; for a range the total was.
    sizes: bool,
    came: usize,
    /// Records that are not published.
    absent: Vec<Symbol>,
    /// Failures of records that could not be imported or whose answer was bad.
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

    /// Downloads what is missing. After the end of the table, a record that ends with a suspension is
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
                        let follow =
                            tries == TRIES_BEYOND && direction::ends_suspended(&record.items);
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

    /// Downloads one record, under each spelling of its symbol, and imports it.
    fn fetch_record(
        &mut self,
        symbol: &Symbol,
        tries: u32,
        out: &mut dyn Write,
    ) -> Result<Record, Miss> {
        let language = self.job.language();
        let mut absent = Failure::nothing(format!("{symbol} has no URL"));
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
            // Each record is reported at once, since a range takes long.
            out.flush().map_err(|e| Miss::Over(e.into()))?;
            kept.map_err(Miss::Over)?;
            return taken.map_err(Miss::of_import);
        }
        Err(Miss::Absent(absent))
    }

    /// The exit code of the worst failure; the messages have been printed.
    fn worst(&self) -> Answer {
        match self.missed.iter().map(|failure| failure.code).max() {
            None => Ok(Answered::Something),
            Some(code) => Err(Failure { code, message: String::new() }),
        }
    }

    /// Updates the search index if records were added.
    fn make_searchable(&self) -> Result<(), Failure> {
        if self.came == 0 {
            return Ok(());
        }
        index::bring_up_to_date(&self.job.world.options, &self.job.library)
    }

    /// Ends interrupted work.
    fn broken(&mut self, failure: Failure) -> Answer {
        for missed in std::mem::take(&mut self.missed) {
            say(&missed.message);
        }
        Err(failure)
    }

    /// Prints the summary.
    fn table(&self, missing: &plan::Missing, out: &mut dyn Write) -> Result<(), Failure> {
        write_total(out, "downloaded", self.came as u64, &[])?;
        if missing.here > 0 {
            write_total(out, "already here", missing.here as u64, &[])?;
        }
        if !self.absent.is_empty() {
            let mut named: Vec<String> =
                self.absent.iter().take(NAMED).map(ToString::to_string).collect();
            if self.absent.len() > NAMED {
                named.push("and more".to_owned());
            }
            write_total(out, "unpublished", self.absent.len() as u64, &named)?;
        }
        write_total(out, "left out", self.missed.len() as u64, &[])?;
        for failure in self.missed.iter().take(NAMED) {
            writeln!(out, "  {}", one_line(&failure.message))?;
        }
        Ok(())
    }
}
