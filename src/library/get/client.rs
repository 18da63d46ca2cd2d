//! One question to one host, asked on a thread of its own so that who waits can be stopped at any
//! moment, even while a name is looked up.
//!
//! Redirects are not followed here and statuses are not judged: `fetch` does both.

use std::io::Read as _;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use ureq::http::{HeaderMap, Response};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy};

use super::Address;
use super::fault::{Fault, Kind};

/// How many bytes are handed on at once.
const PIECE: usize = 64 << 10;
/// How many pieces may wait for the one who writes them.
const WAITING: usize = 8;
/// The variables a proxy may be named in, the first that is set counting.
const PROXIES: [&str; 6] =
    ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// How long is waited for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection stands, proxy and encryption included.
    pub connect: Duration,
    /// From the question to the head of the answer.
    pub answer: Duration,
    /// Without a byte, in the middle of an answer.
    pub stall: Duration,
}

impl Default for Limits {
    /// Long enough for a line over a satellite, short enough for a person in front of it.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            answer: Duration::from_secs(60),
            stall: Duration::from_secs(40),
        }
    }
}

/// Who asks. A proxy named in the environment is used for all but the loopback and what `NO_PROXY`
/// names; no cookie and nothing about the person is sent.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    /// For this very machine, past any proxy.
    direct: Agent,
}

/// What an answer begins with.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub status: u16,
    pub length: Option<u64>,
    /// A strong ETag, or else the time of the last change: what tells that the rest belongs to the
    /// beginning one has.
    pub tag: Option<String>,
    pub location: Option<String>,
    /// First byte and whole length, of an answer in part.
    pub range: Option<(u64, Option<u64>)>,
    pub html: bool,
    /// The `x-amzn-waf-action` header: a guard before the service wants a browser.
    pub guarded: bool,
    /// The body is packed, which was not asked for.
    pub packed: bool,
    pub retry_after: Option<Duration>,
}

/// What happens after a question.
pub(super) enum Event {
    Head(Box<Head>),
    Bytes(Vec<u8>),
    End,
    /// What failed, and whether it would fail again.
    Failed(String, bool),
}

impl Client {
    /// A client with the proxy and the roots of trust of the environment.
    ///
    /// Mozilla's roots are inside the program. `SSL_CERT_FILE` names others in PEM to trust
    /// instead, as a house does that looks into the encrypted lines of its people.
    ///
    /// # Errors
    /// When the environment names a proxy or a file of roots that cannot be used: to go past it
    /// unasked would be worse than not to go.
    pub fn new(limits: Limits) -> Result<Self, Fault> {
        let named = PROXIES.iter().find_map(|name| {
            std::env::var(name).ok().filter(|value| !value.is_empty()).map(|value| (*name, value))
        });
        let proxy = match named {
            None => None,
            Some((name, value)) => {
                Proxy::new(&value).map_err(|_| unusable(name))?;
                Some(Proxy::try_from_env().ok_or_else(|| unusable(name))?)
            }
        };
        let roots = roots()?;
        Ok(Self { agent: agent(limits, proxy, &roots), direct: agent(limits, None, &roots) })
    }

    /// Asks, and hands on what comes. Who no longer listens ends it.
    pub(super) fn ask(
        &self,
        address: &Address,
        headers: &[(&'static str, String)],
    ) -> std::io::Result<Receiver<Event>> {
        let agent = if address.is_loopback() { &self.direct } else { &self.agent };
        let mut request = agent.get(address.uri());
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let (send, receive) = sync_channel(WAITING);
        std::thread::Builder::new().name("get".to_owned()).spawn(move || {
            let last = match request.call() {
                Ok(response) => hand_on(response, &send),
                Err(e) => failed(&e),
            };
            // Nobody may be listening any longer, and then nobody needs to know.
            let _ = send.send(last);
        })?;
        Ok(receive)
    }
}

/// A variable that names a proxy which cannot be used.
fn unusable(name: &str) -> Fault {
    Fault::new(
        Kind::Unreachable,
        format!(
            "{name} names no proxy that can be used; it should be as http://host:port, or be unset"
        ),
    )
}

fn agent(limits: Limits, proxy: Option<Proxy>, roots: &RootCerts) -> Agent {
    Agent::config_builder()
        .proxy(proxy)
        .tls_config(TlsConfig::builder().root_certs(roots.clone()).build())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("spv/", env!("CARGO_PKG_VERSION")))
        .accept("*/*")
        // Ranges and checksums are of the bytes as they lie there.
        .accept_encoding("identity")
        .timeout_resolve(Some(limits.connect))
        .timeout_connect(Some(limits.connect))
        .timeout_recv_response(Some(limits.answer))
        .timeout_per_read(Some(limits.stall))
        .input_buffer_size(PIECE)
        .build()
        .into()
}

/// The roots of trust: Mozilla's, or those the environment names.
fn roots() -> Result<RootCerts, Fault> {
    let Some(file) = std::env::var_os("SSL_CERT_FILE").filter(|file| !file.is_empty()) else {
        return Ok(RootCerts::WebPki);
    };
    let file = std::path::PathBuf::from(file);
    let bad = |what: &str| {
        Fault::new(
            Kind::Disk,
            format!("{}: SSL_CERT_FILE names it, and {what}; mend or unset it", file.display()),
        )
    };
    // Opening a pipe would wait for somebody who writes into it.
    if std::fs::metadata(&file).is_ok_and(|meta| !meta.is_file()) {
        return Err(bad("it is no file"));
    }
    let text = std::fs::read(&file).map_err(|e| bad(&format!("it cannot be read ({e})")))?;
    let mut found: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(&text) {
        if let PemItem::Certificate(one) = item.map_err(|_| bad("it is no PEM file"))? {
            found.push(one);
        }
    }
    if found.is_empty() {
        return Err(bad("it holds no certificate"));
    }
    Ok(RootCerts::new_with_certs(&found))
}

/// Hands on the head and then the bytes; gives the last event.
fn hand_on(response: Response<Body>, send: &SyncSender<Event>) -> Event {
    let (parts, body) = response.into_parts();
    let mut head = head(parts.status.as_u16(), &parts.headers);
    // The header is a claim; this is what the body is really read by.
    head.length = body.content_length();
    if send.send(Event::Head(Box::new(head))).is_err() {
        return Event::End;
    }
    // The cap on the size is held by who writes: what counts is what lies in the file.
    let mut body = body.into_with_config().limit(u64::MAX).reader();
    let mut piece = vec![0; PIECE];
    loop {
        match body.read(&mut piece) {
            Ok(0) => return Event::End,
            Ok(n) => {
                if send.send(Event::Bytes(piece[..n].to_vec())).is_err() {
                    return Event::End;
                }
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return failed(&ureq::Error::from(e)),
        }
    }
}

fn head(status: u16, headers: &HeaderMap) -> Head {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    let strong = text("etag").filter(|tag| tag.starts_with('"') && tag.len() < 200);
    let changed = text("last-modified").filter(|time| time.len() < 60);
    Head {
        status,
        length: None,
        tag: strong.or(changed).map(str::to_owned),
        location: text("location").map(str::to_owned),
        range: text("content-range").and_then(range),
        html: text("content-type").is_some_and(|t| t.to_ascii_lowercase().starts_with("text/html")),
        guarded: headers.contains_key("x-amzn-waf-action"),
        packed: text("content-encoding").is_some_and(|e| !e.eq_ignore_ascii_case("identity")),
        // The form with a date is passed over: it would need a clock that agrees with the server's.
        retry_after: text("retry-after").and_then(|s| s.parse().ok()).map(Duration::from_secs),
    }
}

/// Reads `bytes 100-199/200` as its first byte and the whole length.
fn range(text: &str) -> Option<(u64, Option<u64>)> {
    let (bytes, whole) = text.strip_prefix("bytes ")?.split_once('/')?;
    let first = bytes.split_once('-')?.0.trim().parse().ok()?;
    Some((first, whole.trim().parse().ok()))
}

/// A failure as an event. A name nobody knows, a certificate that is not trusted and a proxy that
/// refuses are the same in a minute.
fn failed(error: &ureq::Error) -> Event {
    use ureq::Error;
    let lasting =
        matches!(error, Error::HostNotFound | Error::Rustls(_) | Error::ConnectProxyFailed(_));
    let lasting = lasting || matches!(error, Error::Io(e) if is_lookup(e));
    // The handshake gives its errors as failures of the line, of a kind of their own.
    let handshake = matches!(error, Error::Io(e) if e.kind() == std::io::ErrorKind::InvalidData);
    Event::Failed(reason(error), lasting || handshake)
}

/// Whether the system could not find the address of a host. It has no kind of its own for that.
fn is_lookup(error: &std::io::Error) -> bool {
    error.to_string().contains("lookup address")
}

/// What went wrong on the line, in words for people.
fn reason(error: &ureq::Error) -> String {
    use ureq::{Error, Timeout};
    match error {
        Error::HostNotFound => "no such host is found".to_owned(),
        Error::Io(e) if is_lookup(e) => "no such host is found, or there is no network".to_owned(),
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
            "it cannot be reached in time".to_owned()
        }
        Error::Timeout(Timeout::RecvResponse) => "it does not answer in time".to_owned(),
        Error::Timeout(_) => "the line has gone silent".to_owned(),
        Error::ConnectProxyFailed(what) => format!("the proxy refuses ({what})"),
        Error::ConnectionFailed => "it cannot be reached".to_owned(),
        Error::Rustls(e) => format!("its certificate or encryption is not accepted ({e})"),
        Error::Io(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
            "the line was cut".to_owned()
        }
        Error::Io(e) if e.kind() == std::io::ErrorKind::InvalidData => {
            format!("its certificate or encryption is not accepted ({e})")
        }
        Error::Io(e) => match e.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
            Some(inner) => reason(inner),
            None => format!("the line failed ({e})"),
        },
        other => format!("the line failed ({other})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_of_an_answer() {
        for (text, want) in [
            ("bytes 100-199/200", Some((100, Some(200)))),
            ("bytes 0-0/*", Some((0, None))),
            ("bytes */200", None),
            ("octets 1-2/3", None),
            ("bytes -5/10", None),
        ] {
            assert_eq!(range(text), want, "{text}");
        }
    }

    #[test]
    fn a_weak_tag_is_no_tag() {
        let of = |tag: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("etag", tag.parse().unwrap());
            head(200, &headers).tag
        };
        assert_eq!(of("\"a\""), Some("\"a\"".to_owned()));
        assert_eq!(of("W/\"a\""), None);
    }
}
