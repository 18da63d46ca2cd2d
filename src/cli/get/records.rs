//! `spv get SYMBOL...` and `spv get 9520..10120`: official PDFs, one after the other.

use std::collections::HashSet;
use std::io::Write;

use super::downloads::Downloads;
use super::job::Job;
use crate::cli::out::{Answer, Answered, Failure, say};
use crate::cli::progress::{format_duration, format_size};
use crate::facts::meetings::{self, Meeting};
use crate::facts::votes;
use crate::library::Library;
use crate::library::get::Manners;
use crate::library::get::plan::{self, Known, Range};
use crate::library::get::sources::{USUAL_PDF, page_of_document};
use crate::record::{Language, Symbol};

/// Downloads these records.
///
/// # Errors
/// If one of them cannot be downloaded; each failure is printed, and the worst decides the exit code.
pub(super) fn get_symbols(job: &Job<'_>, symbols: &[Symbol], out: &mut dyn Write) -> Answer {
    let here = HeldRecords::look(job)?;
    let language = job.language();
    let (mut missing, mut refused) = (Vec::new(), Vec::new());
    for symbol in symbols {
        if !job.args.again && here.with_pages(symbol, &language) {
            let name = language.name();
            writeln!(
                out,
                "{symbol} in {name} is already here with its pages; use --again to download it again"
            )?;
        } else if let Some(failure) = meetings::by_symbol(symbol).and_then(|m| refuse(symbol, &m)) {
            refused.push(failure);
        } else {
            missing.push((symbol.clone(), Known::Listed));
        }
    }
    if missing.is_empty() {
        for failure in &refused {
            say(&failure.message);
        }
        return match refused.first() {
            None => Ok(Answered::Something),
            Some(failure) => Err(Failure { code: failure.code, message: String::new() }),
        };
    }
    let mut work = Downloads::begin(job, false)?;
    work.leave_out(refused);
    let ended = work.fetch_all(missing, &HashSet::new(), out);
    work.watching.end();
    let searchable = work.make_searchable();
    match ended.and(searchable) {
        Ok(()) => work.end_list(),
        Err(failure) => work.broken(failure),
    }
}

/// The refusal of a record that is not published as text, before anything is downloaded; `None` if it may
/// be.
pub(super) fn refuse(symbol: &Symbol, meeting: &Meeting) -> Option<Failure> {
    if meeting.private {
        return Some(Failure::nothing(format!(
            "{symbol} of {} is a closed meeting, which has a communiqué and no verbatim record, so it is not downloaded; `spv info {}` prints what is known of it",
            meeting.date,
            symbol.typed()
        )));
    }
    meeting.is_scanned().then(|| refuse_scan(symbol, meeting))
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
    if missing.is_empty() {
        return Ok(Answered::Something);
    }
    let mut work = Downloads::begin(job, true)?;
    job.confirm(&work.watching)?;
    let ended = work.fetch_all(missing.in_order(), &here, out);
    work.watching.end();
    let searchable = work.make_searchable();
    work.table(&missing, out)?;
    match ended.and(searchable) {
        Ok(()) if work.found_none() => Err(Failure::nothing(
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
    let (name, unlisted) = (language.name(), missing.unlisted.len());
    let number = missing.len() as u64;
    let mut parts = Vec::new();
    if known > 0 {
        parts.push(format!("{known} records are missing in {name}"));
    }
    if unlisted > 0 {
        parts.push(format!("{unlisted} meetings are not in the table and are requested in {name}"));
    }
    if beyond > 0 {
        parts.push(format!(
            "{beyond} meetings are later than the table, and are requested one by one in {name} until no more are published"
        ));
    }
    let mut sentence = match parts.is_empty() {
        true if missing.scanned > 0 => {
            format!("no record of the range is both missing and published as text in {name}")
        }
        true => format!("no records of the range are missing in {name}"),
        false => parts.join(", and "),
    };
    if number > 0 {
        let Manners { pace, rest_after, rest, .. } = Manners::default();
        let rests = (number as usize / rest_after) as f64 * rest.as_secs_f64();
        let long = format_duration(number as f64 * (pace.as_secs_f64() + 1.0) + rests);
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
