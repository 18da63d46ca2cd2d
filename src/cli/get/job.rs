//! What all downloads share: the client, the question before a large one, and where files are kept.

use std::io::{self, BufRead as _, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use super::watching::{SizeFirst, Watching};
use crate::cli::args::{GetArgs, ImportArgs};
use crate::cli::import;
use crate::cli::out::{Answer, Failure};
use crate::cli::process::INTERRUPTED;
use crate::cli::world::World;
use crate::library::get::sources::{self, Services};
use crate::library::get::{Address, Client, Folder, Limits, fetch};
use crate::record::Language;

/// What every download needs.
pub(super) struct Job<'a> {
    pub(super) world: &'a World,
    pub(super) args: &'a GetArgs,
    pub(super) services: &'a Services,
    pub(super) library: PathBuf,
}

/// The client for all downloads.
pub(super) fn client() -> Result<Client, Failure> {
    Ok(Client::new(Limits::default())?)
}

impl Job<'_> {
    /// The language of the editions to download.
    pub(super) fn language(&self) -> Language {
        self.world.options.lang.clone().unwrap_or(Language::English)
    }

    /// Asks on a terminal whether to continue. Without a terminal, the command itself is the consent.
    pub(super) fn confirm(&self, watching: &Watching) -> Result<(), Failure> {
        let people = io::stdin().is_terminal() && io::stderr().is_terminal();
        if self.args.yes || !people {
            return Ok(());
        }
        let _ = write!(io::stderr().lock(), "Continue? [Y/n] ");
        let mut answer = String::new();
        let _ = io::stdin().lock().read_line(&mut answer);
        let yes = ["", "y", "yes"].contains(&answer.trim().to_lowercase().as_str());
        // The end of the input is not a yes, and neither is Ctrl-C.
        if yes && !answer.is_empty() && !watching.is_stopped() {
            return Ok(());
        }
        Err(Failure { code: INTERRUPTED, message: "nothing was downloaded".to_owned() })
    }

    /// Fails, before anything is downloaded, if a file to be kept already exists.
    pub(super) fn refuse_to_overwrite<'n>(
        &self,
        mut names: impl Iterator<Item = &'n str>,
    ) -> Result<(), Failure> {
        let Some(keep) = &self.args.keep else { return Ok(()) };
        let taken = |name: &&str| keep.join(name).symlink_metadata().is_ok();
        match names.find(taken) {
            None => Ok(()),
            Some(name) => Err(Failure::wrong(format!(
                "{}: already exists and would be overwritten; name another folder with --keep",
                keep.join(name).display()
            ))),
        }
    }

    /// Moves a downloaded file to the folder of `--keep`, or removes it.
    pub(super) fn keep_or_remove(&self, folder: &Folder, name: &str) -> Result<(), Failure> {
        if let Some(keep) = &self.args.keep {
            std::fs::create_dir_all(keep).map_err(|e| Failure::io(keep, &e))?;
            let to = keep.join(name);
            folder.move_out(name, keep).map_err(|e| match e.kind() {
                io::ErrorKind::AlreadyExists => Failure::could_not(format!(
                    "{}: already exists and is not overwritten; the downloaded file is in {}",
                    to.display(),
                    folder.file(name).display()
                )),
                _ => Failure::io(&to, &e),
            })?;
        }
        folder.remove(name);
        Ok(())
    }

    /// Downloads the file at a URL and imports it, whatever its kind.
    pub(super) fn get_address(&self, address: &Address, out: &mut dyn Write) -> Answer {
        let folder = Folder::open(&self.library)?;
        let mut watching = Watching::begin(self.services.are_local() || address.is_loopback())?;
        let wanted = sources::anything(address.clone());
        let name = &wanted.name;
        watching.title(&wanted.title);
        let mut told = SizeFirst::new(&mut watching, out, true);
        let fetched = fetch(&client()?, &folder, &wanted, &mut told);
        watching.end();
        let file = fetched?;
        let named = format!("{name}.{}", file_extension(&file)?);
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

/// The extension for a file, by its first bytes: what the server says is not trusted.
fn file_extension(file: &Path) -> Result<&'static str, Failure> {
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
