//! The commands for pipes and scripts: one file each, and the same answers as the screens.
//!
//! The edge is here too: arguments, the environment, today and the width of the terminal are read
//! once and handed on as values. What is not here: the screens, and anything that stays open; a
//! command answers and ends. [`main`] does not open the reader but says that it should be opened, because
//! the loop stands below this room.

use std::io::{BufWriter, IsTerminal as _, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;

pub mod args;
pub mod blocks;
mod check;
mod cite;
pub mod clock;
pub mod council;
pub mod csv;
pub mod desk_args;
pub mod export;
mod files;
mod filter;
pub mod find;
pub mod get;
pub mod get_args;
mod import;
mod import_pack;
pub mod import_progress;
pub mod import_set;
pub mod import_source;
mod import_sum;
mod index;
mod info;
mod keys;
pub mod last;
pub mod list;
mod manual;
mod markdown;
mod memory;
pub mod notes;
pub mod options;
pub mod out;
mod pack;
pub mod pack_args;
pub mod place;
pub mod query;
pub mod refs;
pub mod search;
pub mod search_args;
pub mod settings;
pub mod show;
mod start;
mod stop;
mod table;
mod text;
pub mod unread;
pub mod votes;
pub mod years;

pub use args::Options;
pub use start::Start;

use args::{Bare, Cli, Command, FindArgs, Format, ListArgs, ShowArgs};
use out::{Answer, Failure, Found};
use place::World;

use crate::desk::settings::Settings;
use crate::library::Folders;

/// The folder with the settings of this host.
const OF_THE_HOST: &str = "/etc/spv";

/// What the program does next.
#[derive(Debug)]
pub enum Next {
    /// It ends.
    End(ExitCode),
    /// The reader opens.
    Read(Start, Options),
    /// The linear mode opens: a prompt, and each answer below the last.
    Linear(Start, Options),
}

/// Answers the command line, or says where the reader opens.
#[must_use]
pub fn main() -> Next {
    out::end_on_panic();
    // A file that may not grow any further fails to be written, with a reason, and does not end the process.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
    let asked = Cli::try_parse().and_then(|cli| match cli.command {
        Some(Command::Words(words)) => {
            // clap hands on everything after the first word, options too.
            let name = std::ffi::OsString::from("spv");
            let bare = Bare::try_parse_from(std::iter::once(name).chain(words))?;
            Ok((cli.options.with(bare.options), Asked::Reader(Start::of(&bare.words))))
        }
        Some(command) => Ok((cli.options, Asked::Command(command))),
        None if cli.options.resume => Ok((cli.options, Asked::Reader(Start::Resume))),
        None => Ok((cli.options, Asked::Reader(Start::Meetings))),
    });
    let (options, asked) = match asked {
        Ok(asked) => asked,
        Err(error) => return Next::End(usage(&error)),
    };
    let options = match options.or(|name| std::env::var(name).ok()) {
        Ok(options) => options,
        Err(message) => return Next::End(out::end(Err(Failure::wrong(message)))),
    };
    // Commands for pipes and scripts obey no setting but where things are: they answer the same for everybody.
    let told = matches!(asked, Asked::Reader(_) | Asked::Command(Command::Settings(_)));
    let folder = Folders::find(options.library.as_deref()).config;
    let settings = Settings::read_over(Path::new(OF_THE_HOST), folder.as_deref());
    let options = options.settle(if told { settings } else { settings.of_folders() });
    if let Asked::Reader(start) = asked {
        let screen = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        return match (options.linear || (screen && dumb), screen) {
            (true, _) => Next::Linear(start, options),
            (false, true) => Next::Read(start, options),
            (false, false) => Next::End(answer(options, instead(start))),
        };
    }
    let Asked::Command(command) = asked else { return Next::End(ExitCode::SUCCESS) };
    Next::End(answer(options, command))
}

/// What the command line asks for.
enum Asked {
    Reader(Start),
    Command(Command),
}

/// The command that prints what the reader would open at.
fn instead(start: Start) -> Command {
    match start {
        Start::Meetings | Start::Resume => Command::List(ListArgs::default()),
        Start::Record { symbol, page } => Command::Show(ShowArgs {
            symbol: vec![symbol.to_string()],
            statement: None,
            page,
            format: Format::Text,
        }),
        Start::Find(text) => Command::Find(FindArgs { text: vec![text], limit: None, json: false }),
    }
}

/// Answers a command on standard output.
fn answer(options: Options, command: Command) -> ExitCode {
    // Where there is no memory the standard library says so in one line and aborts; that is a failure like others.
    let _ = signal_hook::flag::register_conditional_shutdown(
        signal_hook::consts::SIGABRT,
        3,
        Arc::new(true.into()),
    );
    let _bounded = memory::is_bounded(&command).then(memory::Bounded::begin);
    let world = World::here(options);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let answer = run(&world, &command, &mut out).and_then(|found| {
        out.flush()?;
        Ok(found)
    });
    if answer.is_err() {
        // What was answered before the failure is still an answer; a second failure adds nothing.
        let _ = out.flush();
    }
    // The writer must not try again when it is dropped: whoever read it may have left.
    let _ = out.into_parts();
    out::end(stop::code_of(world.unread.end(answer)))
}

/// Answers a command.
///
/// # Errors
/// When it fails; the failure holds the exit code and the line to say.
pub fn run(world: &World, command: &Command, out: &mut dyn Write) -> Answer {
    match command {
        Command::List(args) => list::run(world, args, out),
        Command::Show(args) => show::run(world, args, out),
        Command::Find(args) => find::run(world, args, out),
        Command::Search(args) => search::run(world, args, out),
        Command::Get(args) => get::run(world, args, out),
        Command::Index(args) => index::run(world, args),
        Command::Votes(args) => votes::run(world, args, out),
        Command::Council(args) => council::run(world, args, out),
        Command::Refs(args) => refs::run(world, args, out),
        Command::Last(args) => last::run(world, args, out),
        Command::Cite(args) => cite::run(world, args, out),
        Command::Notes(args) => notes::run(args, out),
        Command::Export(args) => export::run(world, args, out),
        Command::Import(args) => import::run(world, args, out),
        Command::Pack(args) => pack::run(world, args, out),
        Command::Check(args) => check::run(world, args, out),
        Command::Info(args) => info::run(world, args, out),
        Command::Settings(_) => settings::run(world, out),
        Command::Keys => keys::run(out),
        Command::Completions(args) => manual::completions(args, out),
        Command::Man(args) => manual::man(args, out),
        Command::Words(_) => Err(Failure::wrong("give a symbol or words to find")),
    }
}

/// Says what was wrong with the arguments, or prints the help or the version that was asked for.
fn usage(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if error.use_stderr() {
        let harmless = crate::record::harmless::text(&text);
        let _ = write!(std::io::stderr().lock(), "{harmless}");
        return ExitCode::from(2);
    }
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    out::end(written.map(|()| Found::Something).map_err(Failure::from))
}
