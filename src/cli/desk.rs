//! `spv desk`: takes the user's own data to another computer.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::Path;

use super::args::{DeskAction, DeskArgs};
use super::out::{Answer, Answered, Failure, say};
use crate::desk::exchange::{self, LIMIT};
use crate::library::{Folders, write_new_private};

/// Runs `spv desk`.
///
/// # Errors
/// If the desk or the file cannot be read or written, or the file is not an exported desk.
pub fn run(args: &DeskArgs, out: &mut dyn Write) -> Answer {
    let dir = Folders::find(None).state.ok_or_else(|| {
        Failure::could_not("HOME is not set, so there is no folder for your notes; set HOME")
    })?;
    match &args.action {
        DeskAction::Export { file } => export(&dir, file, out),
        DeskAction::Import { file } => import(&dir, file),
    }
}

fn export(dir: &Path, file: &Path, out: &mut dyn Write) -> Answer {
    let (text, counts, warnings) = exchange::export(dir).map_err(Failure::could_not)?;
    warnings.iter().for_each(|warning| say(warning));
    if file == Path::new("-") {
        out.write_all(&text)?;
        out.flush()?;
    } else {
        write_new_private(file, &text).map_err(|e| Failure::new_file(file, &e))?;
    }
    say(&format!("exported: {}", counts.words()));
    Ok(Answered::Something)
}

fn import(dir: &Path, file: &Path) -> Answer {
    let refused = |e: &io::Error| Failure::io(file, e);
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes)
    } else {
        let open = File::open(file).map_err(|e| refused(&e))?;
        open.take(LIMIT + 1).read_to_end(&mut bytes)
    };
    read.map_err(|e| refused(&e))?;
    let wrong = |why: String| Failure::wrong(format!("{}: {why}", file.display()));
    if bytes.len() as u64 > LIMIT {
        return Err(wrong(format!("more than {} MB; nothing is imported", LIMIT >> 20)));
    }
    let import = exchange::read(&bytes).map_err(wrong)?;
    import.warnings.iter().for_each(|warning| say(&format!("{}: {warning}", file.display())));
    let added = import.add_to(dir);
    let (added, taken) = added.map_err(|error| Failure::could_not(error.to_string()))?;
    say(&format!("added: {}", added.words()));
    if taken > 0 {
        say(&format!("marks whose letters are taken here are left out: {taken}"));
    }
    Ok(Answered::Something)
}
