//! `spv info`: what is in the library, where it is, and where a text or a fact came from.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::args::InfoArgs;
use super::list::outcome_of;
use super::out::{Answer, Answered, Failure, one_line};
use super::progress::format_bytes;
use super::shelf::{Shelf, how_to_get, parse_symbol};
use super::table;
use super::world::World;
use crate::app::number::long_date;
use crate::facts::{council, known, layer, meetings, states, votes};
use crate::library::Catalogue;
use crate::record::symbol::Series;
use crate::record::{Record, Symbol};

/// The sources of the built-in facts; `data/SOURCES.md` has the details.
const SOURCES: [&str; 5] = [
    "Meetings: United Nations Dag Hammarskjöld Library, meeting tables, through unsc-dataset and others",
    "Votes: Benoît Martin, UNSC votes since 1946 Database, 2026, Sciences Po, CC BY 4.0",
    "Votes since 2000, drafts, sponsors: United Nations (DGACM), UNxml/SCresolutions",
    "Membership: unsc-api (MIT), from Wikipedia",
    "Names of States: United Nations short and formal names",
];

/// A label and its text.
type Line = (&'static str, String);

/// Runs `spv info`.
///
/// # Errors
/// When the library cannot be opened, the symbol is not known, or the answer cannot be written.
pub fn run(world: &World, args: &InfoArgs, out: &mut dyn Write) -> Answer {
    let lines = if args.symbol.is_empty() {
        let shelf = Shelf::open_all(world)?;
        let mut lines = of_library(&shelf);
        lines.extend(of_program());
        lines
    } else {
        let symbol = parse_symbol(&args.symbol)?;
        of_record(world, &symbol)?
    };
    let rows: Vec<Vec<String>> =
        lines.into_iter().map(|(label, text)| vec![label.to_owned(), one_line(&text)]).collect();
    table::write_rows(out, &rows, &[], None)?;
    Ok(Answered::Something)
}

/// Describes the library.
fn of_library(shelf: &Shelf) -> Vec<Line> {
    let catalogue = shelf.library.catalogue();
    let place = match shelf.library.root() {
        Some(root) => root.display().to_string(),
        None if shelf.stand_in => "none yet; the exercise debates are used instead".to_owned(),
        None => "the built-in exercise debates".to_owned(),
    };
    let mut lines = vec![("Library", place)];
    lines.extend(counts(catalogue));
    if let Some(root) = shelf.library.root() {
        let below = super::files::files_below(root);
        let size = below.files.iter().filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum();
        if below.problems.is_empty() {
            lines.push(("Size on disk", format_bytes(size)));
        }
    }
    if !shelf.library.problems().is_empty() {
        let count = shelf.library.problems().len();
        lines.push(("Not readable", format!("{count}; run `spv check` to list them")));
    }
    lines
}

/// Records, statements, words, days and languages; each record counts once.
fn counts(catalogue: &Catalogue) -> Vec<Line> {
    let mut statements = 0;
    let mut words = 0;
    let (mut records, mut letters) = (0, 0);
    for entry in catalogue.records(None) {
        // A videoconference is not a formal meeting, and its letter is counted apart.
        match entry.symbol.series() {
            Series::Letter => letters += 1,
            _ => records += 1,
        }
        statements += u64::from(entry.statements);
        words += catalogue.headings(entry).map(|h| u64::from(h.words)).sum::<u64>();
    }
    let mut editions: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &catalogue.entries {
        *editions.entry(entry.language.code()).or_default() += 1;
    }
    let days: BTreeSet<_> = catalogue.entries.iter().map(|e| e.date).collect();
    let mut lines = vec![("Records", records.to_string())];
    if letters > 0 {
        lines.push((
            "Letters",
            format!("{letters}, of videoconferences, which are no formal meetings"),
        ));
    }
    lines.extend([("Statements", statements.to_string()), ("Words", words.to_string())]);
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        lines.push(("Dates", format!("{first} to {last}")));
    }
    if !editions.is_empty() {
        let editions: Vec<String> = editions.iter().map(|(l, n)| format!("{l} {n}")).collect();
        lines.push(("Editions", editions.join(", ")));
    }
    lines
}

/// Describes the built-in facts and their sources.
fn of_program() -> Vec<Line> {
    let (first, last) = council::years();
    let facts = format!(
        "{} records of meetings, {} votes, {} States, the Council {first} to {last}",
        meetings::len(),
        votes::len(),
        states::all().count()
    );
    let mut lines = vec![
        ("Facts", facts),
        ("Meetings", known::sentence()),
        ("Votes", format!("known to {}", long_date(known::last_vote()))),
    ];
    for (year, day) in layer::files() {
        lines.push(("Fetched", format!("facts of {year}, on {}", long_date(*day))));
    }
    for difference in layer::differences() {
        lines.push(("Differs", format!("{difference}; the row inside is used")));
    }
    lines.extend(
        SOURCES
            .iter()
            .enumerate()
            .map(|(i, source)| (if i == 0 { "Their sources" } else { "" }, (*source).to_owned())),
    );
    lines.push(("Version", format!("spv {}", env!("CARGO_PKG_VERSION"))));
    lines
}

/// Where the text of a record came from, and its editions.
fn of_record(world: &World, symbol: &Symbol) -> Result<Vec<Line>, Failure> {
    let shelf = Shelf::open_one(world)?;
    let Some(record) = shelf.record(symbol, &world.options)? else {
        return match meetings::by_symbol(symbol) {
            Some(meeting) => Ok(vec![
                ("Symbol", symbol.to_string()),
                ("Date", meeting.date.to_string()),
                ("Topic", meeting.topic.to_owned()),
                ("Outcome", outcome_of(&meeting).unwrap_or_else(|| "none recorded".to_owned())),
                ("Text", format!("not in the library; {}", how_to_get(symbol))),
            ]),
            None => Err(Failure::nothing(format!(
                "{symbol} is neither in the library nor among the known meetings"
            ))),
        };
    };
    let mut lines = vec![
        ("Symbol", symbol.to_string()),
        ("Date", record.date.to_string()),
        ("Topic", record.topic.clone()),
    ];
    if record.exercise {
        lines.push(("EXERCISE", "written for this program, not the words of any State".to_owned()));
    }
    let editions = shelf.library.catalogue().editions(symbol);
    for (i, entry) in editions.iter().enumerate() {
        let file = shelf.library.file(entry).map(|f| format!(", {}", f.display()));
        let label = if i == 0 { "Editions" } else { "" };
        lines.push((label, format!("{}{}", entry.language.name(), file.unwrap_or_default())));
    }
    lines.extend(of_source(&record));
    Ok(lines)
}

/// Describes the source of a record.
fn of_source(record: &Record) -> Vec<Line> {
    let source = &record.source;
    let words: usize = record.statements().map(crate::record::Statement::words).sum();
    let mut lines = vec![
        ("Edition shown", record.language.name().to_owned()),
        ("Statements", record.statements().count().to_string()),
        ("Words", words.to_string()),
        (
            "Text from",
            if source.from.is_empty() { "not recorded".into() } else { source.from.clone() },
        ),
    ];
    if let Some(pack) = &source.pack {
        let how = if pack.verified { "origin verified" } else { "origin not verified" };
        lines.push(("Received", format!("from a pack, {how} ({})", pack.file)));
    }
    let optional = [
        ("File", &source.file),
        ("Address", &source.url),
        ("SHA-256", &source.sha256),
        ("Quality", &source.quality),
    ];
    lines.extend(optional.into_iter().filter_map(|(label, text)| Some((label, text.clone()?))));
    lines.extend(source.repairs.iter().map(|(what, n)| ("Repair", format!("{what}: {n}"))));
    lines.extend(record.all_doubts().iter().map(|doubt| ("Doubt", doubt.spelled())));
    lines
}
