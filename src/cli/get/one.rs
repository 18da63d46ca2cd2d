//! One record: downloaded under each spelling of its symbol, and imported.

use std::io::Write;
use std::path::Path;

use crate::cli::import::{self, Fetched, Refused};
use crate::cli::out::Failure;
use crate::library::Replace;
use crate::library::get::plan::Known;
use crate::library::get::sources::{Services, spellings};
use crate::library::get::{Client, Fault, Folder, Kind, Series, Wanted, Watch, fetch};
use crate::record::{Language, Record, Symbol};

/// The number of attempts for a record that should be published and is not found.
const TRIES: u32 = 3;
/// The number of attempts for a meeting that is in no table.
const TRIES_UNLISTED: u32 = 2;

/// Why a record was not added.
pub(super) enum Miss {
    /// It does not come. It is not published, or the service blocks this machine.
    Absent(Failure),
    /// Its file was bad or could not be imported; the next may succeed.
    Left(Failure),
    /// Another document came, which must not be kept under its name; the next may succeed.
    Other(Failure),
    /// Nothing more can be downloaded: no network, no space, no permission, or the user stopped it.
    Over(Failure),
}

impl Miss {
    fn of_fault(fault: Fault) -> Self {
        match fault.kind {
            Kind::NotThere => Self::Absent(fault.into()),
            Kind::Bad => Self::Left(fault.into()),
            Kind::Challenged | Kind::Blocked | Kind::Unreachable | Kind::Disk | Kind::Stopped => {
                Self::Over(fault.into())
            }
        }
    }

    /// A failure to import a downloaded record, because of its content or of the library.
    fn of_import(refused: Refused) -> Self {
        match refused {
            Refused::Other(failure) => Self::Other(failure),
            Refused::Failed(failure) if failure.code == 2 => Self::Left(failure),
            Refused::Failed(failure) => Self::Over(failure),
        }
    }
}

/// A record to download.
pub(super) struct Request<'a> {
    pub(super) symbol: &'a Symbol,
    pub(super) known: Known,
    pub(super) language: &'a Language,
}

/// Where records come from, and the series of requests they belong to.
pub(super) struct Source<'a> {
    pub(super) client: &'a Client,
    pub(super) folder: &'a Folder,
    pub(super) services: &'a Services,
    pub(super) series: &'a mut Series,
}

/// Downloads the PDF of a record; `begin` is called before each request.
///
/// # Errors
/// If it does not come under any spelling, or nothing more can be downloaded.
pub(super) fn download<W: Watch>(
    source: &mut Source<'_>,
    request: &Request<'_>,
    watch: &mut W,
    begin: impl Fn(&Wanted, &mut W) -> Result<(), Failure>,
) -> Result<Wanted, Miss> {
    let [close, official] = spellings(request.symbol);
    let spelled = match request.known {
        Known::Listed => vec![(close, TRIES), (official, 1)],
        // A number that may be none is requested as seldom as possible.
        Known::Unlisted | Known::Beyond => vec![(close, TRIES_UNLISTED)],
    };
    let mut absent = None;
    for (spelling, tries) in spelled {
        let document = source.services.document(request.symbol, &spelling, request.language, tries);
        let wanted = document.map_err(|e| Miss::Over(Failure::wrong(e)))?;
        if !source.series.wait_before_request(wanted.address.host(), watch) {
            return Err(Miss::Over(Fault::stopped().into()));
        }
        begin(&wanted, watch).map_err(Miss::Over)?;
        match fetch(source.client, source.folder, &wanted, watch).map_err(Miss::of_fault) {
            Ok(_) => {
                source.series.came();
                return Ok(wanted);
            }
            Err(Miss::Absent(failure)) => {
                source.series.requested_again(tries - 1);
                if source.folder.present_bytes(&wanted.name) == 0 {
                    source.folder.remove(&wanted.name);
                }
                // The reason of the first spelling is the one to read.
                absent = absent.or(Some(failure));
            }
            Err(miss) => return Err(miss),
        }
    }
    let none = || Failure::nothing(format!("{} has no URL", request.symbol));
    Err(Miss::Absent(absent.unwrap_or_else(none)))
}

/// Imports a downloaded record; `warn` gets the warning of the writer, if any.
///
/// # Errors
/// If the file is of another record or cannot be read, or the library cannot be written.
pub(super) fn store(
    library: &Path,
    file: &Path,
    wanted: &Wanted,
    request: &Request<'_>,
    replace: Replace,
    warn: fn(Option<String>),
    out: &mut dyn Write,
) -> Result<Record, Miss> {
    let address = wanted.address.to_string();
    let (symbol, language) = (request.symbol, request.language);
    let fetched = Fetched { file, symbol, language, address };
    import::store_fetched(library, &fetched, replace, warn, out).map_err(Miss::of_import)
}
