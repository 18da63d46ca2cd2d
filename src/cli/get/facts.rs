//! `spv get facts`: the meetings and votes of a year, from the tables of the services, into `facts/` of the
//! library.

use std::io::Write;

use jiff::civil::Date;

use super::job::{Job, client};
use super::watching::Watching;
use crate::cli::out::{Answer, Answered, Failure, say};
use crate::facts::known;
use crate::facts::layer::Layer;
use crate::import::council_tables::{self, TableFault, YearOfFacts};
use crate::library::facts;
use crate::library::get::{Client, Folder, Wanted, fetch};

/// The first year that the library has a table of.
const FIRST_YEAR: i16 = 1995;
/// The most years that are fetched without being named: a clock that is years ahead is wrong.
const MOST_YEARS: usize = 5;
/// The sentences about rows that were left out which are printed, for each year.
const SHOWN: usize = 10;

/// Fetches the facts of the years asked for, or of those since the last known day.
///
/// # Errors
/// If a table cannot be fetched or is none; then nothing of that year is changed.
pub(super) fn run(job: &Job<'_>, out: &mut dyn Write) -> Answer {
    let today = job.world.today;
    let years = years_to_fetch(&job.args.year, today).map_err(Failure::wrong)?;
    let folder = Folder::open(&job.library)?;
    let mut watching = Watching::begin(job.services.are_local())?;
    let client = client()?;
    for year in years {
        let made = fetch_year(job, &client, &folder, &mut watching, year)?;
        report_year(&made, out)?;
        let path = facts::write(&job.library, &made.file)?;
        writeln!(out, "written to {}", path.display())?;
    }
    Ok(Answered::Something)
}

/// The years to fetch: those named, or the ones from that of the last known day to this one.
fn years_to_fetch(named: &[i16], today: Date) -> Result<Vec<i16>, String> {
    let last = known::last_day();
    if today.year() < last.year() {
        return Err(format!(
            "the clock says {today}, and the facts are known to {last}; set the clock"
        ));
    }
    if let Some(year) = named.iter().find(|year| !(FIRST_YEAR..=today.year()).contains(year)) {
        return Err(format!(
            "there is no table of meetings of {year}; name a year from {FIRST_YEAR} to {}",
            today.year()
        ));
    }
    if !named.is_empty() {
        let mut years = named.to_vec();
        years.sort_unstable();
        years.dedup();
        return Ok(years);
    }
    let years: Vec<i16> = (last.year()..=today.year()).collect();
    if years.len() > MOST_YEARS {
        return Err(format!(
            "the clock says {today}, and the facts are known to {last}; set the clock, or name years with --year"
        ));
    }
    Ok(years)
}

fn fetch_year(
    job: &Job<'_>,
    client: &Client,
    folder: &Folder,
    watching: &mut Watching,
    year: i16,
) -> Result<YearOfFacts, Failure> {
    let mut read = |wanted: &Wanted| -> Result<String, Failure> {
        watching.title(&wanted.title);
        let fetched = fetch(client, folder, wanted, watching);
        watching.end();
        let path = fetched?;
        let bytes = std::fs::read(&path).map_err(|error| Failure::io(&path, &error))?;
        folder.remove(&wanted.name);
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let table = job.services.table_of_meetings(year).map_err(Failure::could_not)?;
    let meetings = read(&table)?;
    let wanted = job.services.table_of_decisions(year).map_err(Failure::could_not)?;
    let decisions = match read(&wanted) {
        Ok(text) => Some(text),
        // The stop of the user counts; else the table of meetings is worth having alone.
        Err(failure) if failure.code == crate::cli::process::INTERRUPTED => return Err(failure),
        Err(failure) => {
            say(&format!("{}; votes of {year} have counts without members", failure.message));
            None
        }
    };
    let built = council_tables::build_year(year, job.world.today, &meetings, decisions.as_deref());
    built.map_err(|fault| {
        let (of, fault) = match fault {
            TableFault::Meetings(fault) => (&table, fault),
            TableFault::Decisions(fault) => (&wanted, fault),
        };
        let (host, title) = (of.address.host(), &of.title);
        Failure::could_not(format!("{host}: {title}: {fault}; nothing was changed"))
    })
}

fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// Says what a year brought, what was left out, and where it differs from the facts inside.
fn report_year(made: &YearOfFacts, out: &mut dyn Write) -> Result<(), Failure> {
    let file = &made.file;
    let (layer, unsound) = Layer::new(std::slice::from_ref(file));
    let (meetings, votes) = layer.added();
    writeln!(
        out,
        "{}: {} ({meetings} not inside), {} ({votes} not inside), {}",
        file.year,
        counted(file.meetings.len(), "record of a meeting", "records of meetings"),
        counted(file.votes.len(), "vote", "votes"),
        if file.to.is_empty() {
            "not complete".to_owned()
        } else {
            format!("known to {}", file.to)
        }
    )?;
    for difference in layer.own_differences() {
        writeln!(out, "{difference}; the row inside stays")?;
    }
    for remark in &made.remarks {
        say(remark);
    }
    let faults: Vec<&String> = made.faults.iter().chain(unsound.iter().flatten()).collect();
    for fault in faults.iter().take(SHOWN) {
        say(&format!("left out: {fault}"));
    }
    if faults.len() > SHOWN {
        say(&format!("and {} more rows were left out", faults.len() - SHOWN));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_years_are_those_since_the_last_known_day() {
        let today = date(2026, 11, 30);
        assert_eq!(years_to_fetch(&[], today), Ok(vec![2026]));
        assert_eq!(years_to_fetch(&[], date(2027, 1, 5)), Ok(vec![2026, 2027]));
        assert_eq!(years_to_fetch(&[2024, 2023, 2024], today), Ok(vec![2023, 2024]));
        for (named, today) in [
            (&[][..], date(1970, 1, 1)),
            (&[], date(2090, 1, 1)),
            (&[1994], today),
            (&[2027], today),
            (&[2024], date(1970, 1, 1)),
        ] {
            assert!(years_to_fetch(named, today).is_err(), "{named:?} {today}");
        }
    }
}
