//! A series of requests to the document service: how fast they follow one another, when to rest,
//! and how a block is told from documents that are not published.
//!
//! Others report of the service, not tried here: a document that is not published is answered with
//! status 200 and no byte, or with a small web page. After some 250 requests at one a second the
//! same page comes for documents that are published, for minutes. So a document that does not come
//! is believed to be missing only while one that is known to be published comes.

use super::client::Client;
use super::fault::{Fault, Kind};
use super::fetch::{Watch, starts_to_come};
use super::manners::Manners;
use super::sources::{PUBLISHED, Services};

/// What a published document says about those that did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It comes: the others are not published.
    NotPublished,
    /// It came only after a pause: the others have to be requested again.
    WasBlocked,
}

/// A series of requests.
#[derive(Clone, Debug, Default)]
pub struct Series {
    manners: Manners,
    begun: bool,
    /// The requests since the last rest.
    requests: usize,
    /// The pauses that were made since a requested document came.
    paused: usize,
}

impl Series {
    /// Starts a series.
    #[must_use]
    pub fn new(manners: Manners) -> Self {
        Self { manners, ..Self::default() }
    }

    /// Whether a published document has to be requested after this number of misses in a row.
    #[must_use]
    pub fn doubts(&self, misses: usize) -> bool {
        misses >= self.manners.doubt_after
    }

    /// Waits before the next request, if it is not the first; `false` if the user stopped it.
    pub fn wait_before_request(&mut self, host: &str, watch: &mut dyn Watch) -> bool {
        let first = !std::mem::replace(&mut self.begun, true);
        let rests = self.requests >= self.manners.rest_after;
        self.requests = if rests { 1 } else { self.requests + 1 };
        match (first, rests) {
            (true, _) => !watch.stopped(),
            (_, true) => watch.pause(self.manners.rest, &format!("{host}: a rest for the service")),
            (_, false) => watch.wait(self.manners.pace),
        }
    }

    /// Counts the repeated requests for a document, which have pauses of their own.
    pub fn requested_again(&mut self, times: u32) {
        self.requests += times as usize;
    }

    /// Notes that a requested document came.
    pub fn came(&mut self) {
        self.paused = 0;
    }

    /// Finds out why documents did not come, by requesting one that is published. If that one does
    /// not come either, it pauses and requests it again.
    ///
    /// # Errors
    /// [`Kind::Blocked`] if the published one does not come after the last pause; else if the
    /// service cannot be reached, or the user stopped it.
    pub fn check(
        &mut self,
        client: &Client,
        services: &Services,
        watch: &mut dyn Watch,
    ) -> Result<Verdict, Fault> {
        let published = services.published()?;
        let host = published.address.host().to_owned();
        let mut verdict = Verdict::NotPublished;
        loop {
            if !self.wait_before_request(&host, watch) {
                return Err(Fault::stopped());
            }
            if starts_to_come(client, &published, watch)? {
                return Ok(verdict);
            }
            verdict = Verdict::WasBlocked;
            let Some(pause) = self.manners.block_pauses.get(self.paused) else {
                return Err(blocked(&host));
            };
            self.paused += 1;
            let why = format!(
                "{host}: nothing comes, not even {PUBLISHED}, which is published: the service blocks this machine for a while"
            );
            if !watch.pause(*pause, &why) {
                return Err(Fault::stopped());
            }
        }
    }
}

/// The fault of a block that does not lift.
fn blocked(host: &str) -> Fault {
    Fault::new(
        Kind::Blocked,
        format!(
            "{host}: nothing comes, not even {PUBLISHED}, which is published: the service blocks this machine for a while; try again in some hours, which resumes"
        ),
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Notes the pauses instead of making them.
    #[derive(Default)]
    struct Noting {
        waited: Vec<u64>,
        rested: Vec<u64>,
    }

    impl Watch for Noting {
        fn at(&mut self, _: u64, _: Option<u64>) {}

        fn wait(&mut self, long: Duration) -> bool {
            self.waited.push(long.as_millis() as u64);
            true
        }

        fn pause(&mut self, long: Duration, _: &str) -> bool {
            self.rested.push(long.as_secs());
            true
        }

        fn stopped(&self) -> bool {
            false
        }
    }

    #[test]
    fn requests_follow_slowly_and_some_hundreds_are_followed_by_a_rest() {
        let mut series = Series::new(Manners::default());
        let mut noting = Noting::default();
        for _ in 0..1001 {
            assert!(series.wait_before_request("records.invalid", &mut noting));
        }
        assert_eq!(noting.rested, [90, 90]);
        assert_eq!(noting.waited.len(), 998, "not before the first, nor beside a rest");
        assert!(noting.waited.iter().all(|long| *long >= 1500));
        // Requests that were repeated count, too.
        let (mut series, mut noting) = (Series::new(Manners::default()), Noting::default());
        for _ in 0..126 {
            assert!(series.wait_before_request("records.invalid", &mut noting));
            series.requested_again(3);
        }
        assert_eq!(noting.rested, [90]);
    }
}
