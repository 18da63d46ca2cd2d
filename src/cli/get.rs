//! `spv get`: records, the debates data set and packs from the network into the library.
//!
//! What is asked for, what is said, and when it ends is here; how bytes come is known in
//! [`crate::library::get`], and how they become records in `import`.

use std::io::{self, BufRead as _, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use super::args::{GetArgs, ImportArgs};
use super::import;
use super::out::{Answer, Failure};
use super::place::World;
use super::stop::INTERRUPTED;
use crate::library::get::plan::Range;
use crate::library::get::sources::{self, DataFile, Services};
use crate::library::get::{Address, Client, Fault, Folder, Kind, Limits, fetch};
use crate::record::{Language, Symbol};

mod corpus;
mod records;
mod watching;

use watching::{SizeFirst, Watching};

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Corpus,
    Symbols(Vec<Symbol>),
    Range(Range),
    Address(Address),
}

impl Asked {
    fn of(words: &[String]) -> Result<Self, Failure> {
        if let [one] = words {
            if one == "corpus" {
                return Ok(Self::Corpus);
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
                "{e}; a range (9520..9530), an address and corpus stand alone"
            ))),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault.kind {
            Kind::NotThere => Self::nothing(fault.message),
            Kind::Stopped => Self { code: INTERRUPTED, message: fault.message },
            Kind::Challenged | Kind::Unreachable | Kind::Bad | Kind::Disk => {
                Self::could_not(fault.message)
            }
        }
    }
}

/// Answers `spv get`.
///
/// # Errors
/// When it is forbidden, cannot be had, or is not what was asked for.
pub fn run(world: &World, args: &GetArgs, out: &mut dyn Write) -> Answer {
    let from = std::env::var("SPV_GET_FROM").ok();
    let services =
        Services::new(from.as_deref()).map_err(|e| Failure::wrong(format!("SPV_GET_FROM: {e}")))?;
    run_with(world, args, &services, &sources::dataset(), out)
}

/// Answers `spv get` with these services and these files for the data set.
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
    let asked = Asked::of(&args.what)?;
    if world.options.offline {
        return Err(Failure::could_not(
            "--offline (or SPV_OFFLINE) forbids the network; leave it out to fetch, or take files in with `spv import`",
        ));
    }
    let library = world.taking_in()?;
    let job = Job { world, args, services, library };
    match asked {
        Asked::Corpus => corpus::run(&job, files, out),
        Asked::Symbols(symbols) => records::symbols(&job, &symbols, out),
        Asked::Range(range) => records::range(&job, range, out),
        Asked::Address(address) => job.address(&address, out),
    }
}

/// What every way of getting needs.
struct Job<'a> {
    world: &'a World,
    args: &'a GetArgs,
    services: &'a Services,
    library: PathBuf,
}

impl Job<'_> {
    fn client(&self) -> Result<Client, Failure> {
        Ok(Client::new(Limits::default())?)
    }

    /// The language of the editions that are fetched.
    fn language(&self) -> Language {
        self.world.options.lang.clone().unwrap_or(Language::English)
    }

    /// Asks on a terminal whether to go on. Where nobody is there to answer, the command itself is
    /// the answer.
    fn agreed(&self, watching: &Watching) -> Result<(), Failure> {
        let people = io::stdin().is_terminal() && io::stderr().is_terminal();
        if self.args.yes || !people {
            return Ok(());
        }
        let _ = write!(io::stderr().lock(), "Go on? [Y/n] ");
        let mut answer = String::new();
        let _ = io::stdin().lock().read_line(&mut answer);
        let yes = ["", "y", "yes"].contains(&answer.trim().to_lowercase().as_str());
        // The end of the input is no answer, and neither is Ctrl-C.
        if yes && !answer.is_empty() && !watching.is_stopped() {
            return Ok(());
        }
        Err(Failure { code: INTERRUPTED, message: "nothing was fetched".to_owned() })
    }

    /// Refuses, before anything is fetched, to keep a file where something of its name is.
    fn nothing_kept<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> Result<(), Failure> {
        let Some(keep) = &self.args.keep else { return Ok(()) };
        let taken = |name: &&str| keep.join(name).symlink_metadata().is_ok();
        match names.find(taken) {
            None => Ok(()),
            Some(name) => Err(Failure::wrong(format!(
                "{}: it is there already and would be written over; name another folder with --keep",
                keep.join(name).display()
            ))),
        }
    }

    /// Puts a fetched file where the person wants it kept, or removes it.
    fn keep_or_remove(&self, folder: &Folder, name: &str) -> Result<(), Failure> {
        if let Some(keep) = &self.args.keep {
            std::fs::create_dir_all(keep).map_err(|e| Failure::io(keep, &e))?;
            let to = keep.join(name);
            folder.move_out(name, keep).map_err(|e| match e.kind() {
                io::ErrorKind::AlreadyExists => Failure::could_not(format!(
                    "{}: something of this name is there and is left as it is; the fetched file stays in {}",
                    to.display(),
                    folder.file(name).display()
                )),
                _ => Failure::io(&to, &e),
            })?;
        }
        folder.remove(name);
        Ok(())
    }

    /// Whatever stands at an address, through the import that knows all kinds of files.
    fn address(&self, address: &Address, out: &mut dyn Write) -> Answer {
        let folder = Folder::open(&self.library)?;
        let mut watching = Watching::begin(self.services.are_local() || address.is_loopback())?;
        let wanted = sources::anything(address.clone());
        let name = &wanted.name;
        watching.title(&wanted.title);
        let mut told = SizeFirst::new(&mut watching, out);
        let fetched = fetch(&self.client()?, &folder, &wanted, &mut told);
        watching.end();
        let file = fetched?;
        let named = format!("{name}.{}", ending(&file)?);
        folder.rename(name, &named)?;
        drop(watching);
        let asked = ImportArgs {
            paths: vec![folder.file(&named)],
            replace: self.args.again,
            ..ImportArgs::default()
        };
        let answer = import::run(self.world, &asked, out);
        self.keep_or_remove(&folder, &named)?;
        answer
    }
}

/// The ending that a file of this kind has, told by its first bytes: the server's word is not taken.
fn ending(file: &Path) -> Result<&'static str, Failure> {
    use std::io::Read as _;
    let mut first = Vec::new();
    std::fs::File::open(file)
        .and_then(|file| file.take(512).read_to_end(&mut first))
        .map_err(|e| Failure::io(file, &e))?;
    Ok(match first.trim_ascii_start() {
        [b'%', b'P', b'D', b'F', ..] => "pdf",
        [b'{', ..] => "json",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "json.zst",
        _ if first.get(257..262) == Some(b"ustar") => "tar",
        _ => "txt",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for() {
        let of =
            |words: &[&str]| Asked::of(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
        let verbatim = Symbol::verbatim;
        assert_eq!(of(&["corpus"]), Ok(Asked::Corpus));
        assert_eq!(of(&["9520..9530"]), Ok(Asked::Range(Range { first: 9520, last: 9530 })));
        assert_eq!(
            of(&["8668", "S/PV.8669"]),
            Ok(Asked::Symbols(vec![verbatim(8668), verbatim(8669)]))
        );
        let resumed = || verbatim(8668).with_resumption(1);
        assert_eq!(of(&["8668r1"]), Ok(Asked::Symbols(vec![resumed()])));
        assert_eq!(of(&["8668", "resumption", "1"]), Ok(Asked::Symbols(vec![resumed()])));
        assert!(matches!(of(&["https://example.org/a.tar"]), Ok(Asked::Address(_))));
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
