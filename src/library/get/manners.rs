//! How fast the document service is asked, and how long one waits where it refuses.

use std::time::Duration;

/// The pauses between requests to the document service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// Between two requests, so that they are no faster than those of a person.
    pub pace: Duration,
    /// After this many requests the service gets a rest.
    pub rest_after: usize,
    /// The length of a rest.
    pub rest: Duration,
    /// After this many documents in a row that did not come, a published one is requested.
    pub doubt_after: usize,
    /// The pauses while the service blocks this machine; after the last one the series ends.
    pub block_pauses: &'static [Duration],
}

impl Default for Manners {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        const PAUSES: [Duration; 2] =
            [Duration::from_secs(15 * MINUTE), Duration::from_secs(60 * MINUTE)];
        Self {
            pace: Duration::from_secs(3),
            rest_after: 500,
            rest: Duration::from_secs(90),
            doubt_after: 8,
            block_pauses: &PAUSES,
        }
    }
}
