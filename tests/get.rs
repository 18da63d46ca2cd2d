//! What comes over the network, from a server on this machine that behaves well and badly.
//! Every sentence and file in here is invented.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "dataset/kit.rs"]
#[allow(dead_code)]
mod dataset;
#[path = "pdf/make.rs"]
#[allow(dead_code)]
mod make;

mod get {
    pub mod command;
    pub mod corpus;
    pub mod fetch;
    pub mod server;
}
