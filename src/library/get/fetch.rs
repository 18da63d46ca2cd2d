//! Downloads a file into the folder, complete and checked or not at all.
//!
//! Handles what a service may do wrong: close the connection, send another length or file, stall,
//! send a web page instead of a document, redirect in circles or elsewhere, be busy, or require a
//! browser. [`Watch`] provides the clock and the signal to stop.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::address::Address;
use super::client::{Client, Event, Head};
use super::fault::{Fault, Kind};
use super::folder::{About, Folder, Partial};
use super::wanted::{Check, Wanted, check_file};

/// How often to check whether the user stopped it.
const LOOK: Duration = Duration::from_millis(50);
/// The number of redirects followed.
const HOPS: u32 = 6;
/// The first pause; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// The longest pause, whatever the service asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);
/// After this many new bytes the attempts are counted from zero.
const STEP: u64 = 1 << 20;
/// The number of consecutive failed attempts for a file.
const TRIES: u32 = 5;
/// What the service sends for a document that it does not have, or does not have yet.
const EMPTY: &str = "the answer is empty";

/// Observes a download: shows progress, pauses, and stops it.
pub trait Watch {
    /// Reports progress: bytes received, and the total if known.
    fn at(&mut self, have: u64, whole: Option<u64>);
    /// Waits between two requests; returns `false` if the user stopped it.
    fn wait(&mut self, long: Duration) -> bool;
    /// Waits before the next attempt and shows why; returns `false` if the user stopped it.
    fn pause(&mut self, long: Duration, why: &str) -> bool;
    /// Whether the user stopped it.
    fn stopped(&self) -> bool;
}

/// Why an attempt failed.
enum Miss {
    /// Another attempt may succeed: after a pause of this length, or at once.
    Again { fault: Fault, after: Option<Duration>, at_once: bool },
    /// No attempt will succeed, unless data arrived before.
    Lasting(Fault),
    /// No attempt will succeed.
    Over(Fault),
}

impl From<Fault> for Miss {
    fn from(fault: Fault) -> Self {
        Self::Over(fault)
    }
}

impl From<crate::library::LibraryError> for Miss {
    fn from(error: crate::library::LibraryError) -> Self {
        Self::Over(error.into())
    }
}

fn again(fault: Fault) -> Miss {
    Miss::Again { fault, after: None, at_once: false }
}

/// Downloads a file, resuming a partial one; returns its path.
///
/// # Errors
/// If the download fails; a partial file is kept unless it was wrong.
pub fn fetch(
    client: &Client,
    folder: &Folder,
    wanted: &Wanted,
    watch: &mut dyn Watch,
) -> Result<PathBuf, Fault> {
    let finished = folder.file(&wanted.name);
    if finished.is_file() {
        match check_file(&finished, &wanted.check, wanted) {
            Ok(()) => return Ok(finished),
            Err(_) => folder.remove(&wanted.name),
        }
    }
    let mut partial = folder.open_partial(&wanted.name)?;
    if partial.about.address != wanted.address.to_string() || partial.have > wanted.most {
        partial.restart(about_partial(wanted, None, None))?;
    }
    let before = partial.have;
    let (mut tries, mut bad, mut marked) = (0, 0, partial.have);
    loop {
        let miss = match attempt(client, wanted, &mut partial, watch) {
            Ok(()) => match check_file(&partial.path, &wanted.check, wanted) {
                Ok(()) => return Ok(folder.finish(&wanted.name, partial)?),
                Err(fault) => {
                    partial.restart(about_partial(wanted, None, None))?;
                    again(fault)
                }
            },
            Err(miss) => miss,
        };
        let (fault, after, at_once) = match miss {
            Miss::Over(fault) => return Err(fault),
            Miss::Lasting(fault) if partial.have <= before => return Err(fault),
            Miss::Lasting(fault) => (fault, None, false),
            Miss::Again { fault, after, at_once } => (fault, after, at_once),
        };
        if partial.have >= marked + STEP {
            (tries, marked) = (0, partial.have);
        }
        marked = marked.min(partial.have);
        tries += 1;
        // A wrong length or checksum may be an accident in transit, once.
        bad += u32::from(fault.kind == Kind::Bad && !at_once);
        if tries >= wanted.check.tries(fault.kind, TRIES) || bad >= 2 {
            return Err(fault);
        }
        if !at_once && !watch.pause(pause_after(tries, after), &fault.message) || watch.stopped() {
            return Err(Fault::stopped());
        }
    }
}

fn about_partial(wanted: &Wanted, tag: Option<String>, whole: Option<u64>) -> About {
    About { address: wanted.address.to_string(), tag, whole }
}

/// Makes one attempt: follows redirects and appends what arrives.
fn attempt(
    client: &Client,
    wanted: &Wanted,
    partial: &mut Partial,
    watch: &mut dyn Watch,
) -> Result<(), Miss> {
    // Without a tag, the rest can be matched to the partial file only by a checksum.
    let resumable = partial.about.tag.is_some() || wanted.check.verifies_all();
    if partial.have > 0 && !resumable {
        partial.restart(about_partial(wanted, None, None))?;
    }
    if wanted.check.length().is_some_and(|whole| whole == partial.have) && partial.have > 0 {
        return Ok(());
    }
    let mut headers = headers(wanted);
    if partial.have > 0 {
        headers.push(("range", format!("bytes={}-", partial.have)));
        // The data set has checksums; its files have new addresses each time, and an old tag would
        // only make the service send everything again.
        if let (Some(tag), false) = (&partial.about.tag, wanted.check.verifies_all()) {
            headers.push(("if-range", tag.clone()));
        }
    }
    let Answering { line, head, events } = request(client, wanted, &headers, watch)?;
    line.judge(&head, partial)?;
    write_body(&line, &head, partial, &events, watch)
}

/// The headers of every request for a file.
fn headers(wanted: &Wanted) -> Vec<(&'static str, String)> {
    wanted.referer.iter().map(|referer| ("referer", referer.clone())).collect()
}

/// An answer whose body is still to come.
struct Answering<'a> {
    line: Line<'a>,
    head: Box<Head>,
    events: Receiver<Event>,
}

/// Sends a request and follows redirects, up to an answer that is none.
fn request<'a>(
    client: &Client,
    wanted: &'a Wanted,
    headers: &[(&'static str, String)],
    watch: &dyn Watch,
) -> Result<Answering<'a>, Miss> {
    let mut address = wanted.address.clone();
    for _ in 0..HOPS {
        let line = Line { host: address.host().to_owned(), wanted };
        let events = client
            .ask(&address, headers)
            .map_err(|e| line.fault(Kind::Unreachable, &format!("cannot start a thread ({e})")))?;
        let head = match wait(&events, watch) {
            None => return Err(Miss::Over(Fault::stopped())),
            Some(Event::Head(head)) => head,
            Some(Event::Failed(what, lasting)) => return Err(line.failed(&what, lasting)),
            Some(_) => return Err(again(line.fault(Kind::Unreachable, "empty answer"))),
        };
        if let (301 | 302 | 303 | 307 | 308, Some(location)) = (head.status, &head.location) {
            address = line.follow(&address, location)?;
            continue;
        }
        return Ok(Answering { line, head, events });
    }
    let what = "too many redirects";
    Err(Line { host: address.host().to_owned(), wanted }.fault(Kind::Bad, what).into())
}

/// Whether a document comes, of which only the first bytes are read and nothing is kept.
///
/// # Errors
/// If the service cannot be reached or refuses, or the user stopped it.
pub(super) fn starts_to_come(
    client: &Client,
    wanted: &Wanted,
    watch: &mut dyn Watch,
) -> Result<bool, Fault> {
    let mut tries = 0;
    loop {
        let (fault, after) = match first_bytes(client, wanted, watch) {
            Ok(()) => return Ok(true),
            Err(Miss::Again { fault, .. } | Miss::Lasting(fault) | Miss::Over(fault))
                if fault.kind == Kind::NotThere =>
            {
                return Ok(false);
            }
            Err(Miss::Again { fault, after, .. }) => (fault, after),
            Err(Miss::Lasting(fault) | Miss::Over(fault)) => return Err(fault),
        };
        tries += 1;
        if tries >= TRIES {
            return Err(fault);
        }
        if !watch.pause(pause_after(tries, after), &fault.message) {
            return Err(Fault::stopped());
        }
    }
}

/// Requests a document and reads its first bytes.
fn first_bytes(client: &Client, wanted: &Wanted, watch: &mut dyn Watch) -> Result<(), Miss> {
    let Answering { line, head, events } = request(client, wanted, &headers(wanted), watch)?;
    line.judge_status(&head)?;
    match wait(&events, watch) {
        None => Err(Fault::stopped().into()),
        Some(Event::Bytes(bytes)) => match wanted.check.first_fault(&bytes) {
            Some(what) => Err(again(line.fault(Kind::NotThere, what))),
            None => Ok(()),
        },
        Some(Event::End) => Err(again(line.fault(Kind::NotThere, EMPTY))),
        Some(Event::Failed(what, lasting)) => Err(line.failed(&what, lasting)),
        Some(Event::Head(_)) => Ok(()),
    }
}

/// Requests a small text once and returns its bytes; nothing is kept on the disk.
///
/// # Errors
/// If the request fails, or the answer is a web page or larger than `wanted.most`.
pub fn fetch_text(
    client: &Client,
    wanted: &Wanted,
    watch: &mut dyn Watch,
) -> Result<Vec<u8>, Fault> {
    let once = || -> Result<Vec<u8>, Miss> {
        let Answering { line, head, events } = request(client, wanted, &headers(wanted), watch)?;
        line.judge_status(&head)?;
        line.judge_length(head.length)?;
        let mut text = Vec::new();
        loop {
            match wait(&events, watch) {
                None => return Err(Fault::stopped().into()),
                Some(Event::Bytes(bytes)) => text.extend(bytes),
                Some(Event::End) => return Ok(text),
                Some(Event::Failed(what, lasting)) => return Err(line.failed(&what, lasting)),
                Some(Event::Head(_)) => {}
            }
            if text.len() as u64 > wanted.most {
                return Err(line.fault(Kind::Bad, &line.too_large(None)).into());
            }
        }
    };
    once().map_err(|miss| match miss {
        Miss::Again { fault, .. } | Miss::Lasting(fault) | Miss::Over(fault) => fault,
    })
}

/// The pause after this many failed attempts, or the one the service asks for.
fn pause_after(tries: u32, asked: Option<Duration>) -> Duration {
    asked.unwrap_or(FIRST_PAUSE * 2_u32.pow(tries - 1)).min(LONGEST_PAUSE)
}

/// The next event; `None` if the user stopped it.
fn wait(events: &Receiver<Event>, watch: &dyn Watch) -> Option<Event> {
    loop {
        if watch.stopped() {
            return None;
        }
        match events.recv_timeout(LOOK) {
            Ok(event) => return Some(event),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Some(Event::Failed("connection closed unexpectedly".to_owned(), false));
            }
        }
    }
}

/// Writes the body to the file.
fn write_body(
    line: &Line<'_>,
    head: &Head,
    partial: &mut Partial,
    events: &Receiver<Event>,
    watch: &mut dyn Watch,
) -> Result<(), Miss> {
    let wanted = line.wanted;
    if head.status == 200 {
        partial.restart(about_partial(wanted, head.tag.clone(), head.length))?;
    }
    let until = head.length.map(|length| partial.have + length);
    let whole = wanted.check.length().or(until);
    watch.at(partial.have, whole);
    loop {
        match wait(events, watch) {
            None => return Err(Fault::stopped().into()),
            Some(Event::Bytes(bytes)) => {
                if partial.have == 0
                    && let Some(what) = wanted.check.first_fault(&bytes)
                {
                    return Err(again(line.fault(Kind::NotThere, what)));
                }
                if partial.have + bytes.len() as u64
                    > wanted.most.min(wanted.check.length().unwrap_or(u64::MAX))
                {
                    partial.restart(about_partial(wanted, None, None))?;
                    return Err(line.fault(Kind::Bad, &line.too_large(None)).into());
                }
                partial.add(&bytes)?;
                watch.at(partial.have, whole);
            }
            Some(Event::End) if until.is_none_or(|until| partial.have == until) => {
                return match wanted.check {
                    _ if partial.have > 0 => Ok(()),
                    Check::Pdf { .. } => Err(again(line.fault(Kind::NotThere, EMPTY))),
                    _ => Err(again(line.fault(Kind::Bad, "empty file"))),
                };
            }
            Some(Event::End) => {
                return Err(again(line.fault(Kind::Unreachable, "connection closed unexpectedly")));
            }
            Some(Event::Failed(what, lasting)) => return Err(line.failed(&what, lasting)),
            Some(Event::Head(_)) => {}
        }
    }
}

/// A host and the file requested from it.
struct Line<'a> {
    host: String,
    wanted: &'a Wanted,
}

impl Line<'_> {
    /// A fault in one sentence: host, answer, what to do.
    fn fault(&self, kind: Kind, what: &str) -> Fault {
        let (host, title, by_hand) = (&self.host, &self.wanted.title, &self.wanted.by_hand);
        let advice = match kind {
            Kind::NotThere if matches!(self.wanted.check, Check::Pdf { .. }) => {
                "not available in that language, or the service is busy: try later, or "
            }
            Kind::NotThere => "the service may be busy: try later, or ",
            Kind::Unreachable => "try again to resume, or ",
            Kind::Challenged | Kind::Blocked | Kind::Bad | Kind::Disk | Kind::Stopped => "",
        };
        Fault::new(kind, format!("{host}: {title}: {what}; {advice}{by_hand}"))
    }

    fn failed(&self, what: &str, lasting: bool) -> Miss {
        let fault = self.fault(Kind::Unreachable, what);
        if lasting { Miss::Lasting(fault) } else { again(fault) }
    }

    fn follow(&self, from: &Address, location: &str) -> Result<Address, Fault> {
        let to = from.join(location).map_err(|e| {
            self.fault(Kind::Bad, &format!("redirect to a URL that is not allowed ({e})"))
        })?;
        if !self.wanted.hosts.allow(&to) {
            let host = to.origin();
            return Err(
                self.fault(Kind::Bad, &format!("redirect to {host}, which is not an allowed host"))
            );
        }
        Ok(to)
    }

    fn too_large(&self, length: Option<u64>) -> String {
        let most = self.wanted.check.length().unwrap_or(self.wanted.most);
        let length = length.map_or("it sends more than".to_owned(), |n| {
            format!("it sends {n} bytes, and at most")
        });
        format!("{length} {most} bytes are taken")
    }

    /// Checks from the head whether an answer is what was requested.
    fn judge(&self, head: &Head, partial: &mut Partial) -> Result<(), Miss> {
        if head.status == 416 {
            partial.restart(about_partial(self.wanted, None, None))?;
            let fault = self.fault(Kind::Bad, "it cannot resume at the end of the partial file");
            return Err(Miss::Again { fault, after: None, at_once: true });
        }
        self.judge_status(head)?;
        if head.status == 206 {
            self.judge_part(head, partial)
        } else {
            self.judge_length(head.length)
        }
    }

    /// Checks whether the status is that of a document.
    fn judge_status(&self, head: &Head) -> Result<(), Miss> {
        if head.guarded {
            let what = "it wants a browser (a web application firewall) and refuses programs";
            return Err(self.fault(Kind::Challenged, what).into());
        }
        let status = head.status;
        match status {
            200 if head.html && self.wanted.check != Check::Page => {
                Err(again(self.fault(Kind::NotThere, "the answer is a web page")))
            }
            200 | 206 if head.packed => Err(self
                .fault(Kind::Bad, "the answer is compressed, which was not requested")
                .into()),
            200 | 206 => Ok(()),
            404 | 410 => {
                let fault = self.fault(Kind::NotThere, &format!("status {status}"));
                // A busy archive answers with a web page, or says for a minute that a published
                // file is not there; any other plain 404 is final.
                let heals = head.html || self.wanted.check.verifies_all();
                if heals { Err(again(fault)) } else { Err(fault.into()) }
            }
            202 | 408 | 425 | 429 | 500 | 502 | 503 | 504 => Err(Miss::Again {
                fault: self.fault(Kind::Unreachable, &format!("service busy (status {status})")),
                after: head.retry_after,
                at_once: false,
            }),
            403 => {
                let what = "the service refuses this program (status 403)";
                Err(self.fault(Kind::Bad, what).into())
            }
            _ => Err(self.fault(Kind::Bad, &format!("request refused (status {status})")).into()),
        }
    }

    fn judge_length(&self, length: Option<u64>) -> Result<(), Miss> {
        let Some(length) = length else { return Ok(()) };
        if let Some(want) = self.wanted.check.length().filter(|want| *want != length) {
            let what = format!("it sends {length} bytes, expected {want}");
            return Err(again(self.fault(Kind::Bad, &what)));
        }
        if length > self.wanted.most {
            return Err(self.fault(Kind::Bad, &self.too_large(Some(length))).into());
        }
        Ok(())
    }

    /// Checks that a partial answer starts where the file ends and belongs to the same file.
    fn judge_part(&self, head: &Head, partial: &mut Partial) -> Result<(), Miss> {
        let (first, whole) = head.range.unwrap_or((u64::MAX, None));
        let known = self.wanted.check.length().or(partial.about.whole);
        let same_whole = whole.is_none() || known.is_none() || whole == known;
        let same_tag =
            self.wanted.check.verifies_all() || head.tag.is_none() || head.tag == partial.about.tag;
        if first == partial.have && same_whole && same_tag {
            let most = self.wanted.most;
            let rest = head.length.unwrap_or(0);
            if partial.have.saturating_add(rest) > most {
                return Err(self.fault(Kind::Bad, &self.too_large(whole)).into());
            }
            return Ok(());
        }
        partial.restart(about_partial(self.wanted, None, None))?;
        let fault = self.fault(Kind::Bad, "it resumed with another part or another file");
        Err(Miss::Again { fault, after: None, at_once: true })
    }
}
