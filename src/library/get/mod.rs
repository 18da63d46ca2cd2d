//! The network: official PDFs by symbol, the debates data set, and packs from any host.
//!
//! This is the only place in the program that opens a connection, and only on request: no query
//! leaves the machine, and nothing is fetched that was not asked for: by `spv get`, or in the reader
//! by the key `F` and a second key that confirms it. Bytes go into a partial file
//! ([`Folder`]), are checked against length, checksum and kind, and only then get the name under
//! which an importer finds them. An interrupted download is resumed. The importers interpret the
//! bytes.
//!
//! Servers are not trusted: https only (except on the loopback), redirects to listed hosts only, a
//! limit on every size and every wait, and no file name from a server.
//!
//! The tests query none of the addresses in [`sources`]; they are those published about the
//! services, with their origin.

mod address;
mod client;
mod fault;
mod fetch;
mod folder;
mod manners;
pub mod plan;
mod series;
pub mod sources;
mod wanted;

pub use address::{Address, Hosts};
pub use client::{Client, Limits};
pub use fault::{Fault, Kind};
pub use fetch::{Watch, fetch, fetch_text};
pub use folder::{Folder, PARTIAL};
pub use manners::Manners;
pub use series::{Series, Verdict};
pub use wanted::{Check, MOST_PDF, Wanted};
