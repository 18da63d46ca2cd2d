//! What comes over the network, from a server on this machine that behaves well and badly.
//! Every sentence and file in here is invented.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod behaviour;
mod command;
mod corpus;
mod facts;
mod fetch;
mod journey;
mod server;

use crate::archive as dataset;
use crate::pdf::make;
