//! The commands for pipes and scripts: one file or folder each, with the same answers as the screens.
//!
//! Arguments, environment, date and width of the terminal are read once, and passed on as values. [`main`]
//! does not open the reader but returns that it should be opened, because the event loop is in a room below.

use std::io::{BufWriter, IsTerminal as _, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;

pub mod args;
pub(crate) mod chart;
mod check;
mod cite;
pub(crate) mod clock;
mod council;
mod csv;
mod desk;
pub(crate) mod export;
mod files;
mod filter;
mod find;
pub mod get;
mod import;
mod index;
mod info;
mod last;
mod like;
pub(crate) mod list;
mod manual;
mod markdown;
pub(crate) mod notes;
pub mod out;
mod pack;
mod process;
mod progress;
mod queries;
mod refs;
mod rows;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod shelf;
mod show;
mod speech;
mod table;
mod text;
mod votes;
pub mod world;

pub use args::Options;

use args::{Bare, Command, FindArgs, Format, ListArgs, ShowArgs, opening_of};
use out::{Answer, Answered, Failure};
use world::World;

use crate::app::action::Opening;
use crate::desk::settings::Settings;
use crate::library::Folders;

/// The folder with the settings of this host.
const HOST_SETTINGS: &str = "/etc/spv";

/// What the program does next.
#[derive(Debug)]
pub enum Next {
    /// It ends.
    End(ExitCode),
    /// The reader opens.
    Read(Opening, Options),
    /// The linear mode opens: a prompt, and each answer below the last.
    Linear(Opening, Options),
}

/// Runs the command line, or returns where the reader opens.
#[must_use]
pub fn main() -> Next {
    out::end_on_panic();
    // With a handler, a write beyond the size limit of files fails with a reason and does not end the process.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
    let asked = args::parse().and_then(|cli| match cli.command {
        Some(Command::Words(words)) => {
            // clap hands on everything after the first word, options too.
            let name = std::ffi::OsString::from("spv");
            let bare = Bare::try_parse_from(std::iter::once(name).chain(words))?;
            Ok((
                cli.options.overridden_by(bare.options),
                Invocation::Reader(opening_of(&bare.words)),
            ))
        }
        Some(command) => Ok((cli.options, Invocation::Command(command))),
        None if cli.options.resume => Ok((cli.options, Invocation::Reader(Opening::Resume))),
        None => Ok((cli.options, Invocation::Reader(Opening::Meetings))),
    });
    let (options, asked) = match asked {
        Ok(asked) => asked,
        Err(error) => return Next::End(report_usage(&error)),
    };
    let options = match options.with_environment(|name| std::env::var(name).ok()) {
        Ok(options) => options,
        Err(message) => return Next::End(out::end(Err(Failure::wrong(message)))),
    };
    // Commands obey only the settings of folders and the network, so that scripts get the same answers for everybody.
    let told = matches!(asked, Invocation::Reader(_) | Invocation::Command(Command::Settings(_)));
    let folder = Folders::find(options.library.as_deref()).config;
    let settings = Settings::read_over(Path::new(HOST_SETTINGS), folder.as_deref());
    let options = options.with_settings(if told { settings } else { settings.of_commands() });
    let start = match asked {
        Invocation::Command(command) => return Next::End(run_command(options, command)),
        Invocation::Reader(start) => start,
    };
    let screen = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match (options.linear || (screen && dumb), screen) {
        (true, _) => Next::Linear(start, options),
        (false, true) => Next::Read(start, options),
        (false, false) => Next::End(run_command(options, printed_instead(start))),
    }
}

enum Invocation {
    Reader(Opening),
    Command(Command),
}

/// The command that prints what the reader would open at.
fn printed_instead(start: Opening) -> Command {
    match start {
        Opening::Meetings | Opening::Resume => Command::List(ListArgs::default()),
        Opening::Record(symbol, page) => Command::Show(ShowArgs {
            symbol: vec![symbol.to_string()],
            statement: None,
            page,
            format: Format::Text,
        }),
        Opening::Find(text) | Opening::Search(text) => {
            Command::Find(FindArgs { text: vec![text], ..FindArgs::default() })
        }
    }
}

/// Runs a command on standard output.
fn run_command(options: Options, command: Command) -> ExitCode {
    // Out of memory, the standard library prints one line and aborts; that is a failure like others.
    let _ = signal_hook::flag::register_conditional_shutdown(
        signal_hook::consts::SIGABRT,
        3,
        Arc::new(true.into()),
    );
    let _bounded = process::has_memory_limit(&command).then(process::MemoryLimit::begin);
    let world = World::current(options);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let answer = run(&world, &command, &mut out).and_then(|found| {
        out.flush()?;
        Ok(found)
    });
    if answer.is_err() {
        // What was written before the failure is still an answer; a second failure is ignored.
        let _ = out.flush();
    }
    // The writer must not try again when it is dropped: the reader of the pipe may have left.
    let _ = out.into_parts();
    out::end(process::with_signal_code(world.unread.end(answer)))
}

/// Runs a command.
///
/// # Errors
/// If it fails; the failure has the exit code and the message.
pub fn run(world: &World, command: &Command, out: &mut dyn Write) -> Answer {
    match command {
        Command::List(args) => list::run(world, args, out),
        Command::Show(args) => show::run(world, args, out),
        Command::Find(args) => find::run(world, args, out),
        Command::Search(args) => search::run(world, args, out),
        Command::Chart(args) => chart::run(world, args, out),
        Command::Get(args) => get::run(world, args, out),
        Command::Index(args) => index::run(world, args),
        Command::Votes(args) => votes::run(world, args, out),
        Command::Council(args) => council::run(world, args, out),
        Command::Refs(args) => refs::run(world, args, out),
        Command::Last(args) => last::run(world, args, out),
        Command::Like(args) => like::run(world, args, out),
        Command::Cite(args) => cite::run(world, args, out),
        Command::Notes(args) => notes::run(args, out),
        Command::Queries(args) => queries::run(world, args, out),
        Command::Desk(args) => desk::run(args, out),
        Command::Export(args) => export::run(world, args, out),
        Command::Import(args) => import::run(world, args, out),
        Command::Pack(args) => pack::run(world, args, out),
        Command::Check(args) => check::run(world, args, out),
        Command::Info(args) => info::run(world, args, out),
        Command::Settings(_) => settings::run(world, out),
        Command::Keys => manual::write_keys(out),
        Command::Completions(args) => manual::write_completions(args, out),
        Command::Man(args) => manual::write_manual(args, out),
        Command::Words(_) => Err(Failure::wrong("give a symbol or words to find")),
    }
}

/// Prints what is wrong with the arguments, or the requested help or version.
fn report_usage(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if error.use_stderr() {
        let harmless = crate::record::harmless::text(&text);
        let _ = write!(std::io::stderr().lock(), "{harmless}");
        return ExitCode::from(2);
    }
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    out::end(written.map(|()| Answered::Something).map_err(Failure::from))
}
