//! The arguments of `spv pack`, and the words of its help.

use std::path::PathBuf;

use clap::Args;

use super::filter::FilterArgs;

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
