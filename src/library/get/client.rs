//! A single request, on a thread of its own so that the caller can stop waiting at any time, even
//! during name resolution.
//!
//! Redirects and statuses are handled in `fetch`.

use std::io::Read as _;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use ureq::http::{HeaderMap, Response};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Proxy};

use super::Address;
use super::fault::{Fault, Kind};

/// The number of bytes passed on at a time.
const PIECE: usize = 64 << 10;
/// The number of pieces that may wait to be written.
const WAITING: usize = 8;
/// The variables that may name a proxy; the first one set counts.
const PROXIES: [&str; 6] =
    ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// Time limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To establish a connection, including proxy and TLS.
    pub connect: Duration,
    /// From the request to the head of the answer.
    pub answer: Duration,
    /// Without a byte, in the middle of an answer.
    pub stall: Duration,
}

impl Default for Limits {
    /// Long enough for a satellite link, short enough for a waiting user.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            answer: Duration::from_secs(60),
            stall: Duration::from_secs(40),
        }
    }
}

/// The HTTP client. A proxy from the environment is used except for the loopback and `NO_PROXY`; no
/// cookies and no data about the user are sent.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    /// For the loopback, without a proxy.
    direct: Agent,
}

/// The head of an answer.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub status: u16,
    pub length: Option<u64>,
    /// A strong ETag, else the time of the last change: it shows that the rest belongs to the part
    /// already received.
    pub tag: Option<String>,
    pub location: Option<String>,
    /// First byte and total length of a partial answer.
    pub range: Option<(u64, Option<u64>)>,
    pub html: bool,
    /// The `x-amzn-waf-action` header: a firewall in front of the service wants a browser.
    pub guarded: bool,
    /// The body is compressed, which was not requested.
    pub packed: bool,
    pub retry_after: Option<Duration>,
}

/// What happens after a request.
pub(super) enum Event {
    Head(Box<Head>),
    Bytes(Vec<u8>),
    End,
    /// What failed, and whether it would fail again.
    Failed(String, bool),
}

impl Client {
    /// A client with the proxy and the root certificates of the environment.
    ///
    /// Mozilla's root certificates are built in. `SSL_CERT_FILE` names others in PEM to trust
    /// instead, as networks need that inspect TLS.
    ///
    /// # Errors
    /// If the environment names a proxy or a certificate file that cannot be used: ignoring it
    /// would be worse than failing.
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

    /// Sends a request and passes on the answer. Dropping the receiver ends it.
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
                Ok(response) => pass_on(response, &send),
                Err(e) => failed(&e),
            };
            // The receiver may be gone, which is fine.
            let _ = send.send(last);
        })?;
        Ok(receive)
    }
}

/// The fault that a variable names an unusable proxy.
fn unusable(name: &str) -> Fault {
    Fault::new(
        Kind::Unreachable,
        format!(
            "{name} names no proxy that can be used: expected http://host:port; correct or unset it"
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
        // Ranges and checksums refer to the uncompressed bytes.
        .accept_encoding("identity")
        .timeout_resolve(Some(limits.connect))
        .timeout_connect(Some(limits.connect))
        .timeout_recv_response(Some(limits.answer))
        .timeout_per_read(Some(limits.stall))
        .input_buffer_size(PIECE)
        .build()
        .into()
}

/// The root certificates: Mozilla's, or those the environment names.
fn roots() -> Result<RootCerts, Fault> {
    let Some(file) = std::env::var_os("SSL_CERT_FILE").filter(|file| !file.is_empty()) else {
        return Ok(RootCerts::WebPki);
    };
    let file = std::path::PathBuf::from(file);
    let bad = |what: &str| {
        Fault::new(
            Kind::Disk,
            format!("{}: SSL_CERT_FILE: {what}; correct or unset it", file.display()),
        )
    };
    // Opening a pipe would wait for a writer.
    if std::fs::metadata(&file).is_ok_and(|meta| !meta.is_file()) {
        return Err(bad("not a file"));
    }
    let text = std::fs::read(&file).map_err(|e| bad(&format!("cannot be read ({e})")))?;
    let mut found: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(&text) {
        if let PemItem::Certificate(one) = item.map_err(|_| bad("not a PEM file"))? {
            found.push(one);
        }
    }
    if found.is_empty() {
        return Err(bad("no certificate in it"));
    }
    Ok(RootCerts::new_with_certs(&found))
}

/// Passes on the head and the bytes; returns the last event.
fn pass_on(response: Response<Body>, send: &SyncSender<Event>) -> Event {
    let (parts, body) = response.into_parts();
    let mut head = head(parts.status.as_u16(), &parts.headers);
    // The length by which the body is read, not the header.
    head.length = body.content_length();
    if send.send(Event::Head(Box::new(head))).is_err() {
        return Event::End;
    }
    // The writer limits the size, since the file is what counts.
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
        // The form with a date is ignored: it would need the clock of the server.
        retry_after: text("retry-after").and_then(|s| s.parse().ok()).map(Duration::from_secs),
    }
}

/// Parses `bytes 100-199/200` into first byte and total length.
fn range(text: &str) -> Option<(u64, Option<u64>)> {
    let (bytes, whole) = text.strip_prefix("bytes ")?.split_once('/')?;
    let first = bytes.split_once('-')?.0.trim().parse().ok()?;
    Some((first, whole.trim().parse().ok()))
}

/// Converts a failure. Unknown names, untrusted certificates and refusing proxies will not change
/// within a minute.
fn failed(error: &ureq::Error) -> Event {
    use ureq::Error;
    let lasting =
        matches!(error, Error::HostNotFound | Error::Rustls(_) | Error::ConnectProxyFailed(_));
    let lasting = lasting || matches!(error, Error::Io(e) if is_lookup(e));
    // Errors of the handshake arrive as I/O errors of this kind.
    let handshake = matches!(error, Error::Io(e) if e.kind() == std::io::ErrorKind::InvalidData);
    Event::Failed(reason(error), lasting || handshake)
}

/// Whether name resolution failed. The error has no kind of its own.
fn is_lookup(error: &std::io::Error) -> bool {
    error.to_string().contains("lookup address")
}

/// A connection error in words.
fn reason(error: &ureq::Error) -> String {
    use ureq::{Error, Timeout};
    match error {
        Error::HostNotFound => "no such host".to_owned(),
        Error::Io(e) if is_lookup(e) => "no such host, or no network".to_owned(),
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => "connection timed out".to_owned(),
        Error::Timeout(Timeout::RecvResponse) => "no answer in time".to_owned(),
        Error::Timeout(_) => "no data received for too long".to_owned(),
        Error::ConnectProxyFailed(what) => format!("the proxy refused the connection ({what})"),
        Error::ConnectionFailed => "connection failed".to_owned(),
        Error::Rustls(e) => format!("TLS error ({e})"),
        Error::Io(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
            "connection closed unexpectedly".to_owned()
        }
        Error::Io(e) if e.kind() == std::io::ErrorKind::InvalidData => {
            format!("TLS error ({e})")
        }
        Error::Io(e) => match e.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
            Some(inner) => reason(inner),
            None => format!("connection error ({e})"),
        },
        other => format!("connection error ({other})"),
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
