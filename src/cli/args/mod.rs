//! The arguments of the program, and the words of its help.
//!
//! Only shapes and sentences are here. What a command answers is in the file of its name.

mod desk;
mod library;
mod options;
mod reading;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

pub use desk::{CiteArgs, CompletionsArgs, ExportArgs, Form, ManArgs, NotesArgs, SettingsArgs};
pub use library::{CheckArgs, GetArgs, ImportArgs, IndexArgs, InfoArgs, PackArgs};
pub use options::Options;
pub use reading::{
    CouncilArgs, FindArgs, Format, KwicSort, LastArgs, ListArgs, RefsArgs, SearchArgs, SearchBy,
    SearchOrder, ShowArgs, VotesArgs,
};

use crate::record::Symbol;

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

/// Where the reader opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the meetings.
    Meetings,
    /// At a record.
    Record {
        /// Its symbol.
        symbol: Symbol,
        /// The printed page, where one is named.
        page: Option<u32>,
    },
    /// In Find, on these words.
    Find(String),
    /// Where the reader was left.
    Resume,
}

impl Start {
    /// What words mean: a symbol, a symbol and a page (`8628 p2`, `8628, p. 2`), or words to find.
    #[must_use]
    pub fn of(words: &[String]) -> Self {
        let text = words.join(" ");
        let text = text.trim();
        if text.is_empty() {
            return Self::Meetings;
        }
        match Symbol::parse_with_page(text) {
            Some((symbol, page)) => Self::Record { symbol, page },
            None => Self::Find(text.to_owned()),
        }
    }
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

    #[test]
    fn words_mean_a_record_a_page_or_a_find() {
        let record = |number, page| Start::Record { symbol: Symbol::verbatim(number), page };
        let table: &[(&[&str], Start)] = &[
            (&[], Start::Meetings),
            (&["  "], Start::Meetings),
            (&["8668"], record(8668, None)),
            (&["S/PV.8668"], record(8668, None)),
            (&["8628 p2"], record(8628, Some(2))),
            (&["8628", "p2"], record(8628, Some(2))),
            (&["S/PV.8628, p. 2"], record(8628, Some(2))),
            (&["S/PV.8628,", "page", "12"], record(8628, Some(12))),
            (&["umarov", "kazakhstan"], Start::Find("umarov kazakhstan".to_owned())),
            (&["trap 2"], Start::Find("trap 2".to_owned())),
            (&["p2"], Start::Find("p2".to_owned())),
        ];
        for (words, start) in table {
            let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            assert_eq!(&Start::of(&words), start, "{words:?}");
        }
    }
}
