//! The arguments of the commands that fill, check and carry a library.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use crate::cli::filter::FilterArgs;

/// `spv import`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv import S_PV.8701_E.pdf
  spv import S_PV.9642.en.txt
  spv import --symbol 8668r1 --date 2019-11-19 statement.txt
  pbpaste | spv import - --symbol 8668
  spv import ~/records 2019.tar

Reads official PDFs (.pdf), Word files (.docx), web pages (.html), Markdown and
mail, plain text (.txt) in any usual encoding, record files (.json) and packs
(.tar, see spv pack), and all of these in a folder. A folder with speeches.tar,
speaker.tsv and meta.tsv is the debates data set. A pack only adds records that
are missing. The symbol and the date come from the text, the file name or the
options, never from a guess. An unreadable file does not stop the others.")]
pub struct ImportArgs {
    /// Files and folders; - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The symbol, if the text does not name it
    #[arg(long, value_name = "SYMBOL")]
    pub symbol: Option<String>,
    /// The date of the meeting, as 2019-11-19
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// Replace a record that the library has with a different text
    #[arg(long)]
    pub replace: bool,
    /// Do not repair the texts of the debates data set
    #[arg(long)]
    pub no_repair: bool,
    /// Do not update the search index; the next search or spv index does
    #[arg(long)]
    pub no_index: bool,
}

/// `spv get`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv get S/PV.8668
  spv get 8668 8668r1 --lang fr
  spv get 9520..10120
  spv get corpus
  spv get facts
  spv get facts --year 2024
  spv get https://example.org/2019.tar

A symbol downloads the official PDF from the document service of the UN and
imports it; a range downloads the records in it that are missing. facts are the
meetings and votes of this year, from the tables of the Dag Hammarskjöld Library
and the UN's own decisions; they are kept in facts/ of the library. corpus is the
Security Council debates data set (1992 to 2023, 508 MB, CC0) from Harvard
Dataverse. A URL is that of a pack, a record file or a PDF on any https host.
Run the same command again to resume an interrupted download. The proxy is taken
from HTTPS_PROXY and NO_PROXY; --offline, SPV_OFFLINE=1 or the setting
network = no disables downloads.")]
pub struct GetArgs {
    /// Symbols, a range of meetings, a URL, facts, or corpus
    #[arg(value_name = "WHAT", required = true)]
    pub what: Vec<String>,
    /// With facts: this year's tables [default: those since the last known day]
    #[arg(long, value_name = "YEAR")]
    pub year: Vec<i16>,
    /// Download records again; the earlier text is kept in editions/
    #[arg(long)]
    pub again: bool,
    /// Do not ask before a large download
    #[arg(long, short)]
    pub yes: bool,
    /// Keep the downloaded files in this folder
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}

/// `spv index`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv index
  spv index --private

Every record file is looked at; only new and changed ones are read. The command
can be interrupted and the index deleted at any time: it is made from the
records, in .spv/index of the library.")]
pub struct IndexArgs {
    /// Create it in your own cache, for a library you may not write to
    #[arg(long)]
    pub private: bool,
}

/// `spv check`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv check
  spv check ~/records S_PV.9642.en.json 2019.tar

Prints one line for each error, with the file and the place in it. The exit code
is 2 if there are any.")]
pub struct CheckArgs {
    /// Record files, packs and folders [default: the library]
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
    /// Print where the text of this record came from
    #[arg(value_name = "SYMBOL")]
    pub symbol: Vec<String>,
}

/// `spv pack`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv pack --year 2019 -o 2019.tar
  spv pack --state Kazakhstan --year 2017..2018 -o kazakhstan.tar
  spv pack 'topic:haiti OR \"haitian national police\"' -o haiti.tar
  spv pack --symbol 8600..8699 -o - | ssh host spv import -

A pack has whole records, in every language that the library has, or with --lang
in one. A query, as for spv search, selects the records with a statement that
matches. A pack is a plain tar file with SHA256SUMS in it; the same library
gives the same bytes. spv import reads it, spv check verifies it.")]
pub struct PackArgs {
    /// Only records with a statement that matches this query
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Which records to take.
    #[command(flatten)]
    pub only: FilterArgs,
    /// Only this meeting, or these: 8668, 8600..8699
    #[arg(long, value_name = "SYMBOL")]
    pub symbol: Option<String>,
    /// The file to write; - for standard output
    #[arg(short, long, value_name = "FILE", required = true)]
    pub output: PathBuf,
}
