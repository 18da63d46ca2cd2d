//! The network: official PDFs by symbol, the debates data set, and packs from any host.
//!
//! This is the only place in the program that opens a connection, and it does so when it is asked
//! to and not before: no question a person types leaves the machine, and nothing is looked up on
//! the side. Bytes come into a file beside ([`Folder`]), are held against length, checksum and kind,
//! and only then have the name under which an importer takes them; what was begun is gone on with
//! after a break. What the bytes mean is not known here: the importers read them.
//!
//! A server is not trusted: https alone (but for this very machine), redirects to listed hosts,
//! a cap on every size, a limit on every wait, and no name of a file is taken from it.
//!
//! None of the addresses in [`sources`] has been asked from the tests; they are what is published
//! about the services, and each says there where it comes from.

mod address;
mod client;
mod fault;
mod fetch;
mod folder;
pub mod plan;
pub mod sources;
mod wanted;

pub use address::{Address, Hosts};
pub use client::{Client, Limits};
pub use fault::{Fault, Kind};
pub use fetch::{Watch, fetch};
pub use folder::{Folder, PARTIAL};
pub use wanted::{Check, MOST_PDF, Wanted};
