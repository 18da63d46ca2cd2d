//! `spv keys`, `spv completions` and `spv man`: the program described from its own tables.

use std::io::Write;

use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::out::{Answer, Answered, Failure};
use super::table;
use crate::app::keymap::{Binding, Context, KEYS};

/// Runs `spv keys`.
pub fn write_keys(out: &mut dyn Write) -> Answer {
    for (i, context) in Context::ALL.into_iter().enumerate() {
        let rows: Vec<Vec<String>> =
            KEYS.iter().filter(|b| b.context == context).map(cells).collect();
        if rows.is_empty() {
            continue;
        }
        if i > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", context.title())?;
        table::write_rows(out, &rows, &[], None)?;
    }
    Ok(Answered::Something)
}

/// The cells of a row: its keys, first the one that is shown elsewhere, and what they do.
fn cells(binding: &Binding) -> Vec<String> {
    let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
    vec![format!("  {}", keys.join(" ")), binding.help.to_owned()]
}

/// Runs `spv completions`.
pub fn write_completions(args: &CompletionsArgs, out: &mut dyn Write) -> Answer {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "spv", &mut script);
    out.write_all(&script)?;
    Ok(Answered::Something)
}

/// Runs `spv man`.
///
/// # Errors
/// When there is no such command, or the page cannot be written.
pub fn write_manual(args: &ManArgs, out: &mut dyn Write) -> Answer {
    let mut program = Cli::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            Failure::wrong(format!("unknown command {name:?}; `spv --help` lists the commands"))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    out.write_all(&page)?;
    Ok(Answered::Something)
}
