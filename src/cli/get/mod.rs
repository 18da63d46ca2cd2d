//! `spv get`: downloads records, the debates data set and packs into the library.
//!
//! Arguments and messages are here; [`crate::library::get`] downloads, and `import` makes records of the files.

mod corpus;
mod downloads;
mod facts;
mod job;
mod one;
mod reader;
mod records;
mod watching;

use std::io::Write;

use job::Job;
pub use reader::Fetcher;

use super::args::GetArgs;
use super::out::{Answer, Failure};
use super::process::INTERRUPTED;
use super::world::World;
use crate::library::get::plan::Range;
use crate::library::get::sources::{self, DataFile, Services};
use crate::library::get::{Address, Fault, Kind};
use crate::record::Symbol;

/// What is downloaded.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    Corpus,
    Facts,
    Symbols(Vec<Symbol>),
    Range(Range),
    Address(Address),
}

impl Target {
    fn of(words: &[String]) -> Result<Self, Failure> {
        if let [one] = words {
            if one == "corpus" {
                return Ok(Self::Corpus);
            }
            if one == "facts" {
                return Ok(Self::Facts);
            }
            if one.contains("://") {
                return Address::parse(one).map(Self::Address).map_err(Failure::wrong);
            }
            if one.contains("..") {
                return Range::parse(one).map(Self::Range).map_err(Failure::wrong);
            }
        }
        let each: Result<Vec<Symbol>, _> = words.iter().map(|word| word.parse()).collect();
        match (each, words.join(" ").parse::<Symbol>()) {
            (Ok(symbols), _) => Ok(Self::Symbols(symbols)),
            // `spv get 8668 resumption 1` is one symbol, as for `spv show`.
            (Err(_), Ok(symbol)) => Ok(Self::Symbols(vec![symbol])),
            (Err(e), Err(_)) => Err(Failure::wrong(format!(
                "{e}; give a range (9520..9530), a URL, corpus or facts alone"
            ))),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault.kind {
            Kind::NotThere => Self::nothing(fault.message),
            Kind::Stopped => Self { code: INTERRUPTED, message: fault.message },
            Kind::Challenged | Kind::Blocked | Kind::Unreachable | Kind::Bad | Kind::Disk => {
                Self::could_not(fault.message)
            }
        }
    }
}

/// Runs `spv get`.
///
/// # Errors
/// If the network is disabled, the download fails, or it is not what was asked for.
pub fn run(world: &World, args: &GetArgs, out: &mut dyn Write) -> Answer {
    run_with(world, args, &services_of_environment()?, &sources::dataset(), out)
}

/// The services at their own hosts, or the server on the loopback that the environment names.
fn services_of_environment() -> Result<Services, Failure> {
    let from = std::env::var("SPV_GET_FROM").ok();
    Services::new(from.as_deref()).map_err(|e| Failure::wrong(format!("SPV_GET_FROM: {e}")))
}

/// Runs `spv get` with these services and these files for the data set.
///
/// # Errors
/// As [`run`].
pub fn run_with(
    world: &World,
    args: &GetArgs,
    services: &Services,
    files: &[DataFile],
    out: &mut dyn Write,
) -> Answer {
    let asked = Target::of(&args.what)?;
    if !args.year.is_empty() && asked != Target::Facts {
        return Err(Failure::wrong("--year is for spv get facts alone"));
    }
    if let Some(what) = world.options.why_offline() {
        return Err(Failure::could_not(format!(
            "{what} disables the network; leave it out to download, or use `spv import` for files"
        )));
    }
    let library = world.library_to_fill()?;
    let job = Job { world, args, services, library };
    match asked {
        Target::Corpus => corpus::run(&job, files, out),
        Target::Facts => facts::run(&job, out),
        Target::Symbols(symbols) => records::get_symbols(&job, &symbols, out),
        Target::Range(range) => records::get_range(&job, range, out),
        Target::Address(address) => job.get_address(&address, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for() {
        let of =
            |words: &[&str]| Target::of(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
        let verbatim = Symbol::verbatim;
        assert_eq!(of(&["corpus"]), Ok(Target::Corpus));
        assert_eq!(of(&["facts"]), Ok(Target::Facts));
        assert_eq!(of(&["9520..9530"]), Ok(Target::Range(Range { first: 9520, last: 9530 })));
        assert_eq!(
            of(&["8668", "S/PV.8669"]),
            Ok(Target::Symbols(vec![verbatim(8668), verbatim(8669)]))
        );
        let resumed = || verbatim(8668).with_resumption(1);
        assert_eq!(of(&["8668r1"]), Ok(Target::Symbols(vec![resumed()])));
        assert_eq!(of(&["8668", "resumption", "1"]), Ok(Target::Symbols(vec![resumed()])));
        assert!(matches!(of(&["https://example.org/a.tar"]), Ok(Target::Address(_))));
        for bad in [
            &["http://example.org/a.tar"][..],
            &["corpus", "8668"],
            &["1..2", "3"],
            &["nonsense"],
            &["9..1"],
        ] {
            assert_eq!(of(bad).map_err(|f| f.code), Err(2), "{bad:?}");
        }
    }
}
