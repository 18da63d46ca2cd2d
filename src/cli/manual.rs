//! `spv completions` and `spv man`: made from the arguments themselves.

use std::io::Write;

use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::out::{Answer, Failure, Found};

/// Answers `spv completions`.
///
/// # Errors
/// When the script cannot be written.
pub fn completions(args: &CompletionsArgs, out: &mut dyn Write) -> Answer {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "spv", &mut script);
    out.write_all(&script)?;
    Ok(Found::Something)
}

/// Answers `spv man`.
///
/// # Errors
/// When there is no such command, or the page cannot be written.
pub fn man(args: &ManArgs, out: &mut dyn Write) -> Answer {
    let mut program = Cli::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            Failure::wrong(format!("{name:?} is no command; `spv --help` lists them"))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    out.write_all(&page)?;
    Ok(Found::Something)
}
