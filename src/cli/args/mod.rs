//! The arguments of the program and the text of its help.
//!
//! What a command does is in the file of its name.

mod chart;
mod desk;
mod library;
mod options;
mod reading;
mod rows;

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use rustix::termios::tcgetwinsize;

pub use chart::{ChartArgs, ChartBy};
pub use desk::{
    CiteArgs, CompletionsArgs, DeskAction, DeskArgs, ExportArgs, Form, ManArgs, NotesArgs,
    QueriesArgs, SettingsArgs,
};
pub use library::{CheckArgs, GetArgs, ImportArgs, IndexArgs, InfoArgs, PackArgs};
pub use options::Options;
pub use reading::{
    CouncilArgs, FindArgs, Format, KwicSort, LastArgs, LikeArgs, ListArgs, RefsArgs, SearchArgs,
    SearchBy, SearchOrder, ShowArgs, VotesArgs,
};

pub use rows::TableArgs;

use crate::app::action::Opening;
use crate::record::Symbol;

const ABOUT: &str = "Read the verbatim records of the UN Security Council in a terminal";

const EXAMPLES: &str = "\
Examples:
  spv                     open the reader at the meetings
  spv 8668                open S/PV.8668
  spv \"8628 p2\"           open S/PV.8628 at page 2
  spv umarov kazakhstan   open Find with these words
  spv show 8668 | less    the same record as plain text

If its output is not a terminal, spv prints instead of opening the reader.
Exit codes: 0 success, 1 nothing found, 2 wrong usage or invalid input,
3 failure (network, disk, lock, permission), or the answer lacks records that
could not be read.";

/// The groups of commands in the help of the program, in the order of [`Command`].
const GROUPS: [(&str, &[&str]); 5] = [
    ("Read", &["list", "show", "search", "chart", "find", "last", "like"]),
    ("Look up", &["votes", "council", "refs"]),
    ("Bring in", &["import", "get", "index", "check", "info"]),
    ("Share", &["cite", "export", "pack"]),
    ("Yours", &["notes", "queries", "desk", "settings", "keys", "completions", "man"]),
];

/// The parts of the help of the program: the groups of commands are the text before the options.
const TEMPLATE: &str =
    "{about-with-newline}\n{usage-heading} {usage}\n\n{before-help}{all-args}{after-help}";

/// The indent of further lines of a command in the help.
const INDENT: &str = "               ";

/// Parses the command line.
///
/// # Errors
/// If it is wrong, or asks for the help or the version.
pub fn parse() -> Result<Cli, clap::Error> {
    let mut parser = parser();
    let matches = parser.try_get_matches_from_mut(std::env::args_os())?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut parser))
}

/// The parser, with the commands in groups in its help. clap cannot group commands, so that its own list is hidden.
fn parser() -> clap::Command {
    let parser = Cli::command();
    let width = tcgetwinsize(std::io::stdout()).map_or(80, |size| usize::from(size.ws_col));
    let wrapped = textwrap::Options::new(width.clamp(30, 80)).subsequent_indent(INDENT);
    let mut groups = String::new();
    for (title, names) in GROUPS {
        let about = |name: &str| Some(parser.find_subcommand(name)?.get_about()?.to_string());
        groups += &format!("{title}:\n");
        for name in names {
            let line = format!("  {name:<11}  {}", about(name).unwrap_or_default());
            groups += &textwrap::fill(&line, &wrapped);
            groups.push('\n');
        }
        groups.push('\n');
    }
    let groups = groups.trim_end().to_owned();
    let parser = parser.mut_subcommands(|command| command.hide(true));
    parser.before_help(groups).help_template(TEMPLATE)
}

/// The whole command line.
#[derive(Parser, Debug)]
#[command(
    name = "spv",
    version,
    about = ABOUT,
    after_help = EXAMPLES,
    override_usage = "spv [OPTIONS] [SYMBOL | \"SYMBOL pN\" | WORDS...]\n       spv [OPTIONS] COMMAND ...",
    max_term_width = 80,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// The options of every command.
    #[command(flatten)]
    pub options: Options,
    /// The command; without one, the reader opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The words after `spv` if the first is not a command.
#[derive(Parser, Debug)]
#[command(name = "spv", max_term_width = 80, override_usage = "spv [OPTIONS] WORDS...")]
pub struct Bare {
    /// The options of every command.
    #[command(flatten)]
    pub options: Options,
    /// A symbol, a symbol and a page, or words to find
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// List records, newest first
    List(ListArgs),
    /// Print a record, a statement or a page
    Show(ShowArgs),
    /// Search the text of all statements
    Search(SearchArgs),
    /// Draw how many statements match, by year, month, State or topic
    Chart(ChartArgs),
    /// Find records, speakers, States, items and votes by name
    Find(FindArgs),
    /// Print the latest statements of a State, organization or group
    Last(LastArgs),
    /// Print the statements that are most like one
    Like(LikeArgs),
    /// Print votes, member by member
    Votes(VotesArgs),
    /// Print the members of the Council on a day, and its President
    Council(CouncilArgs),
    /// Print what a record cites, or what cites it
    Refs(RefsArgs),
    /// Import texts, PDFs, record files and packs into the library
    Import(ImportArgs),
    /// Download records, facts or the debates data set
    Get(GetArgs),
    /// Create or update the search index
    Index(IndexArgs),
    /// Check record files for errors
    Check(CheckArgs),
    /// Print what is in the library and where it came from
    Info(InfoArgs),
    /// Print the citation of a statement
    Cite(CiteArgs),
    /// Export statements as text, Markdown, CSV or JSON, with sources
    Export(ExportArgs),
    /// Write records to one file, a pack, for spv import elsewhere
    Pack(PackArgs),
    /// Print your notes
    Notes(NotesArgs),
    /// Print your kept queries, and how much each finds that is new
    Queries(QueriesArgs),
    /// Take your notes and kept queries to another computer
    Desk(DeskArgs),
    /// Print the settings in effect and where each comes from
    Settings(SettingsArgs),
    /// Print the keys of the reader
    Keys,
    /// Print the completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, for man -l
    Man(ManArgs),
    /// A symbol, or words to find.
    #[command(external_subcommand)]
    Words(Vec<OsString>),
}

/// Where the reader opens on words: a symbol, a symbol and a page (`8628 p2`, `8628, p. 2`), or words to
/// find.
pub fn opening_of(words: &[String]) -> Opening {
    let text = words.join(" ");
    let text = text.trim();
    if text.is_empty() {
        return Opening::Meetings;
    }
    match Symbol::parse_with_page(text) {
        Some((symbol, page)) => Opening::Record(symbol, page),
        None => Opening::Find(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clap_finds_no_fault_in_the_arguments() {
        Cli::command().debug_assert();
        Bare::command().debug_assert();
        parser().debug_assert();
    }

    #[test]
    fn every_command_is_in_one_group_of_the_help() {
        let grouped = GROUPS.iter().flat_map(|(_, names)| names.iter().copied());
        let command = Cli::command();
        assert!(grouped.eq(command.get_subcommands().map(clap::Command::get_name)));
        let help = parser().render_help().to_string();
        assert!(
            help.contains("\nLook up:\n  votes        Print votes, member by member\n"),
            "{help}"
        );
        assert!(!help.contains("Commands:"), "{help}");
    }

    #[test]
    fn words_mean_a_record_a_page_or_a_find() {
        let record = |number, page| Opening::Record(Symbol::verbatim(number), page);
        let table: &[(&[&str], Opening)] = &[
            (&[], Opening::Meetings),
            (&["  "], Opening::Meetings),
            (&["8668"], record(8668, None)),
            (&["S/PV.8668"], record(8668, None)),
            (&["8628 p2"], record(8628, Some(2))),
            (&["8628", "p2"], record(8628, Some(2))),
            (&["S/PV.8628, p. 2"], record(8628, Some(2))),
            (&["S/PV.8628,", "page", "12"], record(8628, Some(12))),
            (&["umarov", "kazakhstan"], Opening::Find("umarov kazakhstan".to_owned())),
            (&["trap 2"], Opening::Find("trap 2".to_owned())),
            (&["p2"], Opening::Find("p2".to_owned())),
        ];
        for (words, start) in table {
            let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            assert_eq!(&opening_of(&words), start, "{words:?}");
        }
    }
}
