//! `spv get corpus`: downloads and imports the debates data set.

use std::io::Write;

use super::job::{Job, client};
use super::watching::Watching;
use crate::cli::import::dataset::{self, DatasetOptions};
use crate::cli::index::bring_up_to_date;
use crate::cli::out::{Answer, Answered, Failure, one_line};
use crate::cli::progress::format_size;
use crate::import::dataset::BuildOptions;
use crate::library::Replace;
use crate::library::get::sources::{self, DataFile};
use crate::library::get::{Client, Folder, fetch, fetch_text};

/// The space in bytes that the records need on the disk besides the data set: 160 MB were measured, the rest
/// is for the index.
const ROOM: u64 = 400_000_000;
/// The file that says that the data set was imported.
const DONE: &str = "dataset.done";

/// Fetches and imports the data set.
///
/// # Errors
/// If a file cannot be downloaded or is not the published one (then nothing is imported), the disk is too
/// small, or the import fails. Downloaded bytes are kept, and the same command resumes.
pub(super) fn run(job: &Job<'_>, files: &[DataFile], out: &mut dyn Write) -> Answer {
    let folder = Folder::open(&job.library)?;
    let mut watching = Watching::begin(job.services.are_local())?;
    let mark: String = files.iter().map(|file| format!("{} {}\n", file.md5, file.name)).collect();
    if !job.args.again && folder.words(DONE).as_deref() == Some(mark.as_str()) {
        writeln!(
            out,
            "the debates data set {} is already in this library; use --again to download it again",
            sources::DATASET_VERSION
        )?;
        say_latest(job, &client()?, &mut watching, out)?;
        return Ok(Answered::Something);
    }
    job.refuse_to_overwrite(files.iter().map(|file| file.name.as_str()))?;
    let client = client()?;
    let missing = announce_download(&folder, files, out)?;
    say_latest(job, &client, &mut watching, out)?;
    require_space(&folder, missing)?;
    if missing > 0 {
        job.confirm(&watching)?;
    }
    // Small files first, so that a service that refuses is noticed early.
    let mut order: Vec<&DataFile> = files.iter().collect();
    order.sort_by_key(|file| file.length);
    for file in order {
        let wanted = job.services.data_file(file).map_err(Failure::could_not)?;
        watching.title(&file.name);
        let fetched = fetch(&client, &folder, &wanted, &mut watching);
        watching.end();
        fetched?;
        writeln!(out, "{}: {}, MD5 as published", file.name, format_size(file.length))?;
    }
    out.flush()?;
    drop(watching);
    let replace = if job.args.again { Replace::Always } else { Replace::Better };
    let asked = DatasetOptions { replace, options: BuildOptions { repair: true } };
    dataset::run(folder.path(), &job.library, asked, out)?;
    bring_up_to_date(&job.world.options, &job.library)?;
    folder.keep_words(DONE, &mark)?;
    for file in files {
        job.keep_or_remove(&folder, &file.name)?;
    }
    Ok(Answered::Something)
}

/// Asks the archive which version of the data set is the latest, and prints it if it is another one than
/// this program knows. That it could not be asked is printed too, and stops nothing.
fn say_latest(
    job: &Job<'_>,
    client: &Client,
    watching: &mut Watching,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let ours = sources::DATASET_VERSION;
    let wanted = job.services.latest_dataset().map_err(Failure::could_not)?;
    let answer = fetch_text(client, &wanted, watching).map_err(|fault| fault.message);
    let latest = answer.and_then(|text| {
        sources::dataset_version(&text).ok_or_else(|| {
            format!("{}: {}: the answer names no version", wanted.address.host(), wanted.title)
        })
    });
    match latest {
        Ok(latest) if latest == ours => {}
        Ok(latest) => writeln!(
            out,
            "the latest version of the data set is {latest}; this version of spv knows {ours} ({})",
            sources::DATASET_PAGE
        )?,
        Err(why) => writeln!(
            out,
            "whether {ours} is the latest version is not known: {}",
            one_line(why.split(';').next().unwrap_or(&why))
        )?,
    }
    Ok(out.flush()?)
}

/// Prints what will be downloaded and its size; returns the number of bytes that are missing.
fn announce_download(
    folder: &Folder,
    files: &[DataFile],
    out: &mut dyn Write,
) -> Result<u64, Failure> {
    let whole: u64 = files.iter().map(|file| file.length).sum();
    let here: u64 =
        files.iter().map(|file| folder.present_bytes(&file.name).min(file.length)).sum();
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let already = if here > 0 {
        format!(", {} already downloaded", format_size(here))
    } else {
        String::new()
    };
    writeln!(
        out,
        "the Security Council debates data set {} ({}, CC0): {}, {}{already}",
        sources::DATASET_VERSION,
        sources::DATASET_PAGE,
        names.join(", "),
        format_size(whole)
    )?;
    out.flush()?;
    Ok(whole - here)
}

/// Fails if the disk has too little space.
fn require_space(folder: &Folder, missing: u64) -> Result<(), Failure> {
    let need = missing.saturating_add(ROOM);
    match folder.free() {
        Some(free) if free < need => Err(Failure::could_not(format!(
            "{}: not enough space: {} are free on this disk, and {} are needed for the download and the records; free some, or name another folder with --library",
            folder.path().display(),
            format_size(free),
            format_size(need)
        ))),
        _ => Ok(()),
    }
}
