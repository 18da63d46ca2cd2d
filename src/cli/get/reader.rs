//! One record for the reader, fetched in the background after the person agreed.

use std::path::Path;
use std::time::Duration;

use super::one::{self, Miss, Request, Source};
use super::records::refuse;
use super::{job, services_of_environment};
use crate::cli::args::Options;
use crate::cli::out::{Failure, one_line};
use crate::cli::world::library_to_fill;
use crate::facts::meetings;
use crate::library::get::plan::Known;
use crate::library::get::sources::Services;
use crate::library::get::{Folder, Manners, Series, Watch};
use crate::library::{Library, Replace};
use crate::record::{Language, Symbol};

/// What fetches records for the reader.
#[derive(Clone, Debug)]
pub struct Fetcher {
    options: Options,
    /// The reader shows the exercise debates for lack of a library.
    stand_in: bool,
}

impl Fetcher {
    /// With these options. `stand_in` says that there is no library yet.
    #[must_use]
    pub fn new(options: &Options, stand_in: bool) -> Self {
        Self { options: options.clone(), stand_in }
    }

    /// Why nothing may be fetched, in one line; `None` where it may.
    #[must_use]
    pub fn forbidden(options: &Options) -> Option<String> {
        if let Some(what) = options.why_offline() {
            return Some(format!("{what} disables the network; spv import takes in files"));
        }
        let exercise = "the built-in exercise debates take in no record; leave out --exercise";
        options.exercise.then(|| exercise.to_owned())
    }

    /// Fetches a record and imports it; `tell` is told the bytes that came, and their total number if
    /// known. If there was no library, returns the one that was made.
    ///
    /// # Errors
    /// In one line, if the record does not come or cannot be imported.
    pub fn fetch(
        &self,
        symbol: &Symbol,
        tell: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<Option<Library>, String> {
        self.try_fetch(symbol, tell).map_err(|failure| one_line(&failure.message))
    }

    fn try_fetch(
        &self,
        symbol: &Symbol,
        tell: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<Option<Library>, Failure> {
        if let Some(why) = Self::forbidden(&self.options) {
            return Err(Failure::could_not(why));
        }
        if let Some(failure) = meetings::by_symbol(symbol).and_then(|m| refuse(symbol, &m)) {
            return Err(failure);
        }
        let services = services_of_environment()?;
        let library = library_to_fill(&self.options)?;
        self.take_in(symbol, &services, &library, tell)?;
        if !self.stand_in {
            return Ok(None);
        }
        let mut library = Library::open_keeping(&library, &self.options.keeping())?;
        library.prefer(self.options.lang.clone());
        Ok(Some(library))
    }

    /// Downloads and imports the record.
    fn take_in(
        &self,
        symbol: &Symbol,
        services: &Services,
        library: &Path,
        tell: &mut dyn FnMut(u64, Option<u64>),
    ) -> Result<(), Failure> {
        let folder = Folder::open(library)?;
        let client = job::client()?;
        // Nobody waits an hour for one record: a block is said at once.
        let mut series = Series::new(Manners { block_pauses: &[], ..services.manners() });
        let language = self.options.lang.clone().unwrap_or(Language::English);
        let request = Request { symbol, known: Known::Listed, language: &language };
        let mut watch = Telling { tell, local: services.are_local() };
        let mut source = Source { client: &client, folder: &folder, services, series: &mut series };
        let came = one::download(&mut source, &request, &mut watch, |_, _| Ok(()));
        let wanted = match came {
            Ok(wanted) => wanted,
            Err(Miss::Absent(failure)) => {
                series.check(&client, services, &mut watch)?;
                return Err(failure);
            }
            Err(Miss::Left(failure) | Miss::Other(failure) | Miss::Over(failure)) => {
                return Err(failure);
            }
        };
        let file = folder.file(&wanted.name);
        let mut report = Vec::new();
        let taken =
            one::store(library, &file, &wanted, &request, Replace::Better, |_| {}, &mut report);
        folder.remove(&wanted.name);
        match taken {
            Ok(_) => Ok(()),
            Err(
                Miss::Absent(failure)
                | Miss::Left(failure)
                | Miss::Other(failure)
                | Miss::Over(failure),
            ) => Err(failure),
        }
    }
}

/// Tells the reader how far a download is. It is not stopped: the process may end at any moment, and
/// what came is resumed.
struct Telling<'a> {
    tell: &'a mut dyn FnMut(u64, Option<u64>),
    local: bool,
}

impl Watch for Telling<'_> {
    fn at(&mut self, have: u64, whole: Option<u64>) {
        (self.tell)(have, whole);
    }

    fn wait(&mut self, long: Duration) -> bool {
        if !self.local {
            std::thread::sleep(long);
        }
        true
    }

    fn pause(&mut self, long: Duration, _why: &str) -> bool {
        self.wait(long)
    }

    fn stopped(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fetching::HOST;
    use crate::library::get::sources::spellings;

    #[test]
    fn the_host_of_the_question_is_the_one_that_is_asked() {
        let symbol = Symbol::verbatim(9400);
        let [spelling, _] = spellings(&symbol);
        let services = Services::default();
        let wanted = services.document(&symbol, &spelling, &Language::English, 1).unwrap();
        assert_eq!(wanted.address.host(), HOST);
    }

    #[test]
    fn what_is_forbidden_is_not_fetched_whoever_asks() {
        let offline = Options { offline: true, ..Options::default() };
        let fetched = Fetcher::new(&offline, false).fetch(&Symbol::verbatim(9400), &mut |_, _| {});
        assert!(fetched.unwrap_err().contains("--offline"), "it was asked for");
        assert!(Fetcher::forbidden(&Options { exercise: true, ..Options::default() }).is_some());
        assert_eq!(Fetcher::forbidden(&Options::default()), None);
    }
}
