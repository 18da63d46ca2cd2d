//! `spv get corpus`: the files of the debates data set, and their import.

use std::io::Write;

use super::{Job, Watching};
use crate::cli::import;
use crate::cli::import_progress::size;
use crate::cli::import_set::{self, Asked};
use crate::cli::out::{Answer, Failure, Found};
use crate::import::dataset::BuildOptions;
use crate::library::Replace;
use crate::library::get::sources::{self, DataFile};
use crate::library::get::{Folder, fetch};

/// What the records made of the data set need on the disk beside it: measured 160 MB, with room for
/// the index.
const ROOM: u64 = 400_000_000;
/// Where it is noted that the data set is here.
const DONE: &str = "dataset.done";

/// Fetches and imports the data set.
///
/// # Errors
/// When a file cannot be had or is not the published one (then nothing is imported), the disk is too
/// small, or the import fails. What came is kept, and the same command goes on from there.
pub(super) fn run(job: &Job<'_>, files: &[DataFile], out: &mut dyn Write) -> Answer {
    let folder = Folder::open(&job.library)?;
    let mark: String = files.iter().map(|file| format!("{} {}\n", file.md5, file.name)).collect();
    if !job.args.again && folder.words(DONE).as_deref() == Some(mark.as_str()) {
        writeln!(
            out,
            "the debates data set {} is in this library already; --again fetches it anew",
            sources::DATASET_VERSION
        )?;
        return Ok(Found::Something);
    }
    job.nothing_kept(files.iter().map(|file| file.name.as_str()))?;
    let mut watching = Watching::begin(job.services.are_local())?;
    let missing = announce(&folder, files, out)?;
    room(&folder, missing)?;
    if missing > 0 {
        job.agreed(&watching)?;
    }
    let client = job.client()?;
    // The small ones first: a service that will not serve is found out after little.
    let mut order: Vec<&DataFile> = files.iter().collect();
    order.sort_by_key(|file| file.length);
    for file in order {
        let wanted = job.services.data_file(file).map_err(Failure::could_not)?;
        watching.title(&file.name);
        let fetched = fetch(&client, &folder, &wanted, &mut watching);
        watching.end();
        fetched?;
        writeln!(out, "{}: {}, its MD5 is the published one", file.name, size(file.length))?;
    }
    out.flush()?;
    drop(watching);
    let replace = if job.args.again { Replace::Always } else { Replace::Better };
    let asked = Asked { replace, options: BuildOptions { repair: true } };
    import_set::run(folder.path(), &job.library, asked, out)?;
    import::make_searchable(&job.world.options, &job.library)?;
    folder.keep_words(DONE, &mark)?;
    for file in files {
        job.keep_or_remove(&folder, &file.name)?;
    }
    Ok(Found::Something)
}

/// Says what comes and how large it is; gives how many bytes are not here yet.
fn announce(folder: &Folder, files: &[DataFile], out: &mut dyn Write) -> Result<u64, Failure> {
    let whole: u64 = files.iter().map(|file| file.length).sum();
    let here: u64 = files.iter().map(|file| folder.here(&file.name).min(file.length)).sum();
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let already =
        if here > 0 { format!(", of which {} are here", size(here)) } else { String::new() };
    writeln!(
        out,
        "the Security Council debates data set {} ({}, CC0): {}, {}{already}",
        sources::DATASET_VERSION,
        sources::DATASET_PAGE,
        names.join(", "),
        size(whole)
    )?;
    out.flush()?;
    Ok(whole - here)
}

/// Refuses to begin what the disk cannot hold.
fn room(folder: &Folder, missing: u64) -> Result<(), Failure> {
    let need = missing.saturating_add(ROOM);
    match folder.free() {
        Some(free) if free < need => Err(Failure::could_not(format!(
            "{}: {} are free on this disk, and {} are needed for the download and the records; make room, or name another folder with --library",
            folder.path().display(),
            size(free),
            size(need)
        ))),
        _ => Ok(()),
    }
}
