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

/// `spv get`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv get S/PV.8668
  spv get 8668 8668r1 --lang fr
  spv get 9520..10120
  spv get corpus
  spv get https://example.org/2019.tar

A symbol fetches the official PDF from the document service of the UN and takes
it into the library; a range, what of it is missing. corpus is the Security
Council debates data set (1992 to 2023, 508 MB, CC0) from Harvard Dataverse. An
address is a pack, a record file or a PDF on any https host.
What is broken off is gone on with by the same command. The proxy is the one
of HTTPS_PROXY and NO_PROXY; --offline or SPV_OFFLINE=1 forbids it all.")]
pub struct GetArgs {
    /// Symbols, a range of meetings, an address, or corpus
    #[arg(value_name = "WHAT", required = true)]
    pub what: Vec<String>,
    /// Fetch also what is here; the earlier text is kept under editions/
    #[arg(long)]
    pub again: bool,
    /// Ask nothing before a large download
    #[arg(long, short)]
    pub yes: bool,
    /// Keep the files that were fetched in this folder
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
}

/// `spv index`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv index
  spv index --private

Only records that are new or changed are read. It can be stopped and deleted at
any time: the index is made from the records and stands in .spv/index of the
library.")]
pub struct IndexArgs {
    /// Make it in your own cache, for a library you may not write
    #[arg(long)]
    pub private: bool,
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

/// `spv pack`
#[derive(Args, Debug, Default)]
#[command(after_help = "\
Examples:
  spv pack --year 2019 -o 2019.tar
  spv pack --state Kazakhstan --year 2017..2018 -o kazakhstan.tar
  spv pack 'topic:haiti OR \"haitian national police\"' -o haiti.tar
  spv pack --symbol 8600..8699 -o - | ssh host spv import -

The records themselves, whole and in every language that is here; with --lang
only those in that one. A query, as for spv search, takes the records in which
a statement fits it. A pack is a plain tar with SHA256SUMS in it; the same
library gives the same bytes. spv import takes it in, spv check looks at it.")]
pub struct PackArgs {
    /// Only records in which a statement fits this query
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Which records.
    #[command(flatten)]
    pub only: FilterArgs,
    /// Only this meeting, or these: 8668, 8600..8699
    #[arg(long, value_name = "SYMBOL")]
    pub symbol: Option<String>,
    /// The file to write; - for standard output
    #[arg(short, long, value_name = "FILE", required = true)]
    pub output: PathBuf,
}
