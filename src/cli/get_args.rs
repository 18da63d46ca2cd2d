//! The arguments of `spv get`, and the words of its help.

use std::path::PathBuf;

use clap::Args;

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
