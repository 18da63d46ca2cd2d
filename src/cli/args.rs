//! The arguments of the program, and the words of its help.
//!
//! Only shapes and sentences are here. What a command answers is in the file of its name.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use super::desk_args::{CiteArgs, ExportArgs, LastArgs, NotesArgs, RefsArgs};
use super::filter::FilterArgs;
pub use super::get_args::GetArgs;
pub use super::options::Options;
pub use super::pack_args::PackArgs;
pub use super::search_args::{IndexArgs, KwicSort, SearchArgs, SearchBy, SearchOrder};

const ABOUT: &str = "Read the verbatim records of the UN Security Council in a terminal";

const EXAMPLES: &str = "\
Examples:
  spv                     open the reader at the meetings
  spv 8668                open S/PV.8668
  spv \"8628 p2\"           open S/PV.8628 at page 2
  spv umarov kazakhstan   open Find on these words
  spv show 8668 | less    the same record as plain text

When its output is no terminal, spv prints instead of opening the reader.
Exit codes: 0 found or done, 1 nothing found, 2 wrong use or bad input,
3 could not (network, disk, lock, permission), or records that could not be
read are missing from the answer.";

/// The whole command line.
#[derive(Parser, Debug)]
#[command(
    name = "spv",
    version,
    about = ABOUT,
    after_help = EXAMPLES,
    override_usage = "spv [OPTIONS] [SYMBOL | \"SYMBOL pN\" | WORDS...]\n       spv [OPTIONS] COMMAND ...",
    max_term_width = 80,
    disable_help_subcommand = true,
    subcommand_help_heading = "Commands"
)]
pub struct Cli {
    /// What every command understands.
    #[command(flatten)]
    pub options: Options,
    /// What to do; without one, the reader opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The words after `spv` when the first of them is no command.
#[derive(Parser, Debug)]
#[command(name = "spv", max_term_width = 80, override_usage = "spv [OPTIONS] WORDS...")]
pub struct Bare {
    /// What every command understands.
    #[command(flatten)]
    pub options: Options,
    /// A symbol, a symbol and a page, or words to find
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// List the records, newest first
    List(ListArgs),
    /// Print a record, one statement or one page
    Show(ShowArgs),
    /// Search the words of every statement
    Search(SearchArgs),
    /// Find records, speakers, States, items and votes by name
    Find(FindArgs),
    /// Print votes, member by member
    Votes(VotesArgs),
    /// Print who sat in the Council on a day, and who presided
    Council(CouncilArgs),
    /// Print what a record cites, or what cites it
    Refs(RefsArgs),
    /// Print what a State, organization or group said last
    Last(LastArgs),
    /// Print the citation of a statement
    Cite(CiteArgs),
    /// Print your notes
    Notes(NotesArgs),
    /// Write statements as text, Markdown, CSV or JSON, with where they come from
    Export(ExportArgs),
    /// Bring texts, PDFs, record files and packs into the library
    Import(ImportArgs),
    /// Fetch records or the debates data set from the network
    Get(GetArgs),
    /// Write records into one file, a pack, that spv import takes in elsewhere
    Pack(PackArgs),
    /// Make the index for search, or bring it up to date
    Index(IndexArgs),
    /// Say whether record files are sound
    Check(CheckArgs),
    /// Say what is in the library and where it came from
    Info(InfoArgs),
    /// Print the settings in force and where each comes from
    Settings(SettingsArgs),
    /// Print the keys of the reader
    Keys,
    /// Print the completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, for man -l
    Man(ManArgs),
    /// A symbol, or words to find.
    #[command(external_subcommand)]
    Words(Vec<OsString>),
}

/// `spv settings`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv settings
  spv --slow settings

The file is $XDG_CONFIG_HOME/spv/settings, by default ~/.config/spv/settings. It
need not be there. A line is key = value, and # begins a comment:
  # over the satellite
  slow = yes
  line_rate = 9600
An option wins over the environment (SPV_SLOW, SPV_LINE_RATE, SPV_LINEAR), and
that over the file.")]
pub struct SettingsArgs {}

/// `spv list`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv list --year 2014..2019 --state Kazakhstan
  spv list --topic \"peacebuilding\" --json
  spv list --all --year 1946

Columns: symbol, date, statements, outcome, topic. A meeting whose text is not
here has - for its statements.
--json: symbol language date topic statements outcome text exercise")]
pub struct ListArgs {
    /// Which records.
    #[command(flatten)]
    pub only: FilterArgs,
    /// Also the known meetings whose text is not here
    #[arg(long)]
    pub all: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `spv show`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv show 8668r1
  spv show S/PV.9642 --statement 3
  spv show 8628 --page 2 --format md
  spv show 9642 --lang fr --format json

As json: the record file; of a statement or a page its items, one a line.
A meeting that is known but not here: its date, item, outcome and votes, and
exit code 1.")]
pub struct ShowArgs {
    /// The record: 8668, S/PV.8668 (Resumption 1), S/2020/254
    #[arg(value_name = "SYMBOL", required = true)]
    pub symbol: Vec<String>,
    /// Only the statement with this number
    #[arg(long, value_name = "N", conflicts_with = "page")]
    pub statement: Option<u32>,
    /// Only the printed page with this number
    #[arg(long, value_name = "P")]
    pub page: Option<u32>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
}

/// How a record is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text, at most 72 columns
    #[default]
    Text,
    /// Markdown
    Md,
    /// The record file
    Json,
}

/// `spv find`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv find umarov kazakhstan
  spv find --limit 5 \"19 november 2019\"
  spv find 8628 p2

Each word matches by itself, in any order; case and accents do not matter.
--json: kind name symbol score")]
pub struct FindArgs {
    /// What to find
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
    /// Print at most N results; 0 prints all, as --json does; text without it 20
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `spv votes`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv votes S/2014/348
  spv votes 2254
  spv votes S/PV.7180
  spv votes state:China vote:against year:2010..2014
  spv votes outcome:vetoed golan

A symbol or a reference alone gives its votes; words must all stand in the
title. Fields: state: vote: (favour, against, abstaining, absent) year:
outcome: (adopted, vetoed, failed). A single vote is printed member by member.
--json: the vote's fields of the record file, and symbol date title reference")]
pub struct VotesArgs {
    /// What to look for
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `spv council`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv council
  spv council 2019-11-19
  spv council 19 November 2019

From the cover page of a record of that day where one is here, otherwise from
the table of members and rule 18, and then marked as computed.
--json: date state called permanent group president next computed")]
pub struct CouncilArgs {
    /// The day; today where none is given
    #[arg(value_name = "DATE")]
    pub date: Vec<String>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `spv import`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv import S_PV.8701_E.pdf
  spv import S_PV.9642.en.txt
  spv import --symbol 8668r1 --date 2019-11-19 statement.txt
  pbpaste | spv import - --symbol 8668
  spv import ~/records 2019.tar

Reads official PDFs (.pdf), plain text (.txt), record files (.json) and packs
(.tar, see spv pack); in a folder, all of them. A folder with speeches.tar,
speaker.tsv and meta.tsv is the debates data set. A pack adds what is not here.
The symbol and the date come from the text, the file name or the options, and
are never invented. A file that cannot be read does not stop the others.")]
pub struct ImportArgs {
    /// Files and folders; - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The symbol, where the text does not say
    #[arg(long, value_name = "SYMBOL")]
    pub symbol: Option<String>,
    /// The date of the meeting, as 2019-11-19
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// Put it in the place of a record that is here with other words
    #[arg(long)]
    pub replace: bool,
    /// Leave the texts of the debates data set as they are, faults and all
    #[arg(long)]
    pub no_repair: bool,
    /// Leave the index for search as it is; the next search or spv index brings it up to date
    #[arg(long)]
    pub no_index: bool,
}

/// `spv check`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv check
  spv check ~/records S_PV.9642.en.json 2019.tar

One line for each fault, with the file and the place in it. Exit code 2 where
there is any.")]
pub struct CheckArgs {
    /// Record files, packs and folders; the library where none is given
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// `spv info`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv info
  spv info 8668r1")]
pub struct InfoArgs {
    /// A record: where its text came from
    #[arg(value_name = "SYMBOL")]
    pub symbol: Vec<String>,
}

/// `spv completions`
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  spv completions bash > ~/.local/share/bash-completion/completions/spv
  spv completions fish > ~/.config/fish/completions/spv.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

/// `spv man`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv man > ~/.local/share/man/man1/spv.1
  spv man votes | man -l -")]
pub struct ManArgs {
    /// The page of this command instead of the whole program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn clap_finds_no_fault_in_the_arguments() {
        Cli::command().debug_assert();
        Bare::command().debug_assert();
    }
}
