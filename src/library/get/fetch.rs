//! One file from its address into the folder, whole and sound or not at all.
//!
//! What the service may do badly is known here: cut the line, send another length or another file,
//! go silent, send a page where a document was asked for, send the reader round in circles or
//! elsewhere, be busy, or want a browser. Clock and signals are not: [`Watch`] pauses and says when
//! it is enough.

use std::path::PathBuf;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::address::Address;
use super::client::{Client, Event, Head};
use super::fault::{Fault, Kind};
use super::folder::{About, Folder, Partial};
use super::wanted::{Check, Wanted, check_file};

/// How often one looks whether the person has stopped it.
const LOOK: Duration = Duration::from_millis(50);
/// How many redirects are followed.
const HOPS: u32 = 6;
/// The first pause; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// No pause is longer, whatever the service asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);
/// So many new bytes are a step forward, after which the tries are counted anew.
const STEP: u64 = 1 << 20;
/// How often a service may be busy with one file in a row.
const TRIES: u32 = 5;

/// Who waits for it: is told how far it is, pauses, and stops it.
pub trait Watch {
    /// So many bytes of so many are here, where the whole is known.
    fn at(&mut self, have: u64, whole: Option<u64>);
    /// Waits so long before asking again, because of what is said; `false` when the person stopped it.
    fn pause(&mut self, long: Duration, why: &str) -> bool;
    /// Whether the person has stopped it.
    fn stopped(&self) -> bool;
}

/// Why an attempt did not succeed.
enum Miss {
    /// Another attempt may: after a pause of its own length, or at once.
    Again { fault: Fault, after: Option<Duration>, at_once: bool },
    /// None will, unless the line was good a moment ago.
    Lasting(Fault),
    /// None will.
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

/// Fetches a file, or goes on with what was begun of it; gives where it stands.
///
/// # Errors
/// When it cannot be had; what was begun stays, unless it was wrong.
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
    let mut begun = folder.begun(&wanted.name)?;
    if begun.about.address != wanted.address.to_string() || begun.have > wanted.most {
        begun.afresh(about(wanted, None, None))?;
    }
    let before = begun.have;
    let (mut tries, mut bad, mut marked) = (0, 0, begun.have);
    loop {
        let miss = match attempt(client, wanted, &mut begun, watch) {
            Ok(()) => match check_file(&begun.path, &wanted.check, wanted) {
                Ok(()) => return Ok(folder.finish(&wanted.name, begun)?),
                Err(fault) => {
                    begun.afresh(about(wanted, None, None))?;
                    again(fault)
                }
            },
            Err(miss) => miss,
        };
        let (fault, after, at_once) = match miss {
            Miss::Over(fault) => return Err(fault),
            Miss::Lasting(fault) if begun.have <= before => return Err(fault),
            Miss::Lasting(fault) => (fault, None, false),
            Miss::Again { fault, after, at_once } => (fault, after, at_once),
        };
        if begun.have >= marked + STEP {
            (tries, marked) = (0, begun.have);
        }
        marked = marked.min(begun.have);
        tries += 1;
        // A file with the wrong length or sum may be one cut on the way, once.
        bad += u32::from(fault.kind == Kind::Bad && !at_once);
        if tries >= wanted.check.tries(fault.kind, TRIES) || bad >= 2 {
            return Err(fault);
        }
        let pause = after.unwrap_or(FIRST_PAUSE * 2_u32.pow(tries - 1)).min(LONGEST_PAUSE);
        if !at_once && !watch.pause(pause, &fault.message) || watch.stopped() {
            return Err(Fault::stopped());
        }
    }
}

fn about(wanted: &Wanted, tag: Option<String>, whole: Option<u64>) -> About {
    About { address: wanted.address.to_string(), tag, whole }
}

/// Asks once, follows redirects, and writes what comes behind what is there.
fn attempt(
    client: &Client,
    wanted: &Wanted,
    begun: &mut Partial,
    watch: &mut dyn Watch,
) -> Result<(), Miss> {
    // Without a tag nobody can tell whether the rest belongs to the beginning, unless the whole has
    // a checksum.
    let resumable = begun.about.tag.is_some() || wanted.check.tells_all();
    if begun.have > 0 && !resumable {
        begun.afresh(about(wanted, None, None))?;
    }
    if wanted.check.length().is_some_and(|whole| whole == begun.have) && begun.have > 0 {
        return Ok(());
    }
    let mut address = wanted.address.clone();
    for _ in 0..HOPS {
        let mut headers = Vec::new();
        if let Some(referer) = &wanted.referer {
            headers.push(("referer", referer.clone()));
        }
        if begun.have > 0 {
            headers.push(("range", format!("bytes={}-", begun.have)));
            // Of the data set the checksum tells; its files lie behind addresses made anew each
            // time, and a tag of before would only make a service send all of it again.
            if let (Some(tag), false) = (&begun.about.tag, wanted.check.tells_all()) {
                headers.push(("if-range", tag.clone()));
            }
        }
        let line = Line { host: address.host().to_owned(), wanted };
        let events = client.ask(&address, &headers).map_err(|e| {
            line.fault(Kind::Unreachable, &format!("a thread cannot be begun ({e})"))
        })?;
        let next = || match wait(&events, watch) {
            Some(event) => Ok(event),
            None => Err(Miss::Over(Fault::stopped())),
        };
        let head = match next()? {
            Event::Head(head) => head,
            Event::Failed(what, lasting) => return Err(line.failed(&what, lasting)),
            _ => return Err(again(line.fault(Kind::Unreachable, "it answered nothing"))),
        };
        if let (301 | 302 | 303 | 307 | 308, Some(location)) = (head.status, &head.location) {
            address = line.follow(&address, location)?;
            continue;
        }
        line.judge(&head, begun)?;
        return write_body(&line, &head, begun, &events, watch);
    }
    let what = "it sends from one address to the next and never to the file";
    Err(Line { host: address.host().to_owned(), wanted }.fault(Kind::Bad, what).into())
}

/// The next event, or `None` when the person stopped it.
fn wait(events: &std::sync::mpsc::Receiver<Event>, watch: &dyn Watch) -> Option<Event> {
    loop {
        if watch.stopped() {
            return None;
        }
        match events.recv_timeout(LOOK) {
            Ok(event) => return Some(event),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Some(Event::Failed("the line was cut".to_owned(), false));
            }
        }
    }
}

/// Writes the body.
fn write_body(
    line: &Line<'_>,
    head: &Head,
    begun: &mut Partial,
    events: &std::sync::mpsc::Receiver<Event>,
    watch: &mut dyn Watch,
) -> Result<(), Miss> {
    let wanted = line.wanted;
    if head.status == 200 {
        begun.afresh(about(wanted, head.tag.clone(), head.length))?;
    }
    let until = head.length.map(|length| begun.have + length);
    let whole = wanted.check.length().or(until);
    watch.at(begun.have, whole);
    loop {
        match wait(events, watch) {
            None => return Err(Fault::stopped().into()),
            Some(Event::Bytes(bytes)) => {
                if begun.have == 0
                    && let Some(what) = wanted.check.first(&bytes)
                {
                    return Err(again(line.fault(Kind::NotThere, what)));
                }
                if begun.have + bytes.len() as u64
                    > wanted.most.min(wanted.check.length().unwrap_or(u64::MAX))
                {
                    begun.afresh(about(wanted, None, None))?;
                    return Err(line.fault(Kind::Bad, &line.too_large(None)).into());
                }
                begun.add(&bytes)?;
                watch.at(begun.have, whole);
            }
            Some(Event::End) if until.is_none_or(|until| begun.have == until) => {
                return if begun.have > 0 {
                    Ok(())
                } else {
                    Err(again(line.fault(Kind::Bad, "it sent nothing")))
                };
            }
            Some(Event::End) => {
                return Err(again(line.fault(Kind::Unreachable, "the line was cut")));
            }
            Some(Event::Failed(what, lasting)) => return Err(line.failed(&what, lasting)),
            Some(Event::Head(_)) => {}
        }
    }
}

/// Which host answers for what.
struct Line<'a> {
    host: String,
    wanted: &'a Wanted,
}

impl Line<'_> {
    /// A fault in one sentence: host, what came, what to do.
    fn fault(&self, kind: Kind, what: &str) -> Fault {
        let (host, title, by_hand) = (&self.host, &self.wanted.title, &self.wanted.by_hand);
        let advice = match kind {
            Kind::NotThere if matches!(self.wanted.check, Check::Pdf { .. }) => {
                "it is not there in that language, or the service is busy: try later, or "
            }
            Kind::NotThere => "the service may be busy: try later, or ",
            Kind::Unreachable => "do it again to go on from here, or ",
            Kind::Challenged | Kind::Bad | Kind::Disk | Kind::Stopped => "",
        };
        Fault::new(kind, format!("{host}: {title}: {what}; {advice}{by_hand}"))
    }

    fn failed(&self, what: &str, lasting: bool) -> Miss {
        let fault = self.fault(Kind::Unreachable, what);
        if lasting { Miss::Lasting(fault) } else { again(fault) }
    }

    fn follow(&self, from: &Address, location: &str) -> Result<Address, Fault> {
        let to = from.join(location).map_err(|e| {
            self.fault(Kind::Bad, &format!("it sends on to an address that is not asked ({e})"))
        })?;
        if !self.wanted.hosts.allow(&to) {
            let host = to.origin();
            return Err(self.fault(
                Kind::Bad,
                &format!("it sends on to {host}, which is not among the hosts that are asked"),
            ));
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

    /// Whether the body of an answer is what was asked for, as far as its head tells.
    fn judge(&self, head: &Head, begun: &mut Partial) -> Result<(), Miss> {
        if head.guarded {
            let what = "it wants a browser with a person before it (a guard named WAF) and gives nothing to a program";
            return Err(self.fault(Kind::Challenged, what).into());
        }
        let status = head.status;
        match status {
            200 if head.html => {
                Err(again(self.fault(Kind::NotThere, "it answered with a web page")))
            }
            200 | 206 if head.packed => {
                Err(self.fault(Kind::Bad, "it packs its answer, which was not asked for").into())
            }
            200 => self.judge_length(head.length),
            206 => self.judge_part(head, begun),
            404 | 410 => {
                let fault = self.fault(Kind::NotThere, &format!("it answered {status}"));
                // A busy archive says so with a web page; a plain 404 means what it says.
                if head.html { Err(again(fault)) } else { Err(fault.into()) }
            }
            416 => {
                begun.afresh(about(self.wanted, None, None))?;
                let fault = self.fault(Kind::Bad, "it does not go on where the file was left");
                Err(Miss::Again { fault, after: None, at_once: true })
            }
            202 | 408 | 425 | 429 | 500 | 502 | 503 | 504 => Err(Miss::Again {
                fault: self.fault(Kind::Unreachable, &format!("it is busy (it answered {status})")),
                after: head.retry_after,
                at_once: false,
            }),
            _ => Err(self.fault(Kind::Bad, &format!("it refuses (it answered {status})")).into()),
        }
    }

    fn judge_length(&self, length: Option<u64>) -> Result<(), Miss> {
        let Some(length) = length else { return Ok(()) };
        if let Some(want) = self.wanted.check.length().filter(|want| *want != length) {
            let what = format!("it sends {length} bytes, and the file has {want}");
            return Err(again(self.fault(Kind::Bad, &what)));
        }
        if length > self.wanted.most {
            return Err(self.fault(Kind::Bad, &self.too_large(Some(length))).into());
        }
        Ok(())
    }

    /// An answer in part has to begin where the file ends, and be of the same file.
    fn judge_part(&self, head: &Head, begun: &mut Partial) -> Result<(), Miss> {
        let (first, whole) = head.range.unwrap_or((u64::MAX, None));
        let known = self.wanted.check.length().or(begun.about.whole);
        let same_whole = whole.is_none() || known.is_none() || whole == known;
        let same_tag =
            self.wanted.check.tells_all() || head.tag.is_none() || head.tag == begun.about.tag;
        if first == begun.have && same_whole && same_tag {
            let most = self.wanted.most;
            let rest = head.length.unwrap_or(0);
            if begun.have.saturating_add(rest) > most {
                return Err(self.fault(Kind::Bad, &self.too_large(whole)).into());
            }
            return Ok(());
        }
        begun.afresh(about(self.wanted, None, None))?;
        let fault = self.fault(Kind::Bad, "it goes on with another part or another file");
        Err(Miss::Again { fault, after: None, at_once: true })
    }
}
