//! URLs that may be requested: https, or plain http on the loopback; and where redirects may lead.

use std::fmt;
use std::net::IpAddr;

use ureq::http::Uri;

/// A URL that may be requested: `https://host/…`, or `http://` on the loopback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Uri);

impl Address {
    /// Parses a URL.
    ///
    /// # Errors
    /// If it is not a URL, not https, or contains a user name or password, which would be sent on
    /// and shown.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let uri: Uri = escaped(text)
            .parse()
            .map_err(|_| format!("{text} is not a valid URL: expected https://host/file"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(format!("{text} is not a valid URL: expected https://host/file"));
        };
        if authority.as_str().contains('@') {
            return Err(format!(
                "{text} contains a user name or a password, which are not sent; remove them"
            ));
        }
        let address = Self(uri.clone());
        match scheme {
            "https" => Ok(address),
            "http" if address.is_loopback() => Ok(address),
            _ => Err(format!("{text} is not https: expected https://host/file")),
        }
    }

    /// The host without port and brackets, for messages and lists.
    pub fn host(&self) -> &str {
        self.0.host().unwrap_or_default().trim_matches(['[', ']'])
    }

    /// Whether it is on the loopback.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        host.eq_ignore_ascii_case("localhost")
            || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Scheme, host and port: `https://documents.un.org`.
    pub fn origin(&self) -> String {
        let authority = self.0.authority().map(|a| a.as_str().to_ascii_lowercase());
        format!("{}://{}", self.0.scheme_str().unwrap_or("https"), authority.unwrap_or_default())
    }

    /// Resolves the location of a redirect.
    ///
    /// # Errors
    /// As [`Address::parse`].
    pub fn join(&self, location: &str) -> Result<Self, String> {
        let location = location.trim();
        let scheme = location.split_once("://").map_or("", |(scheme, _)| scheme);
        if !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Self::parse(location);
        }
        if let Some(rest) = location.strip_prefix("//") {
            return Self::parse(&format!("{}://{rest}", self.0.scheme_str().unwrap_or("https")));
        }
        let folder = self.0.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match location.chars().next() {
            Some('/') => location.to_owned(),
            Some('?') => format!("{}{location}", self.0.path()),
            _ => format!("{folder}/{location}"),
        };
        Self::parse(&format!("{}{path}", self.origin()))
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Escapes what is not allowed in a URL, as browsers do.
fn escaped(text: &str) -> String {
    percent_encoded(text, |b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b))
}

/// Escapes a part of a URL, such as a symbol. Slashes are kept, as the document service expects.
pub(super) fn escape_part(text: &str) -> String {
    percent_encoded(text, |b| b.is_ascii_alphanumeric() || b"-._~/()".contains(&b))
}

/// Escapes every byte that is not kept.
fn percent_encoded(text: &str, is_kept: impl Fn(u8) -> bool) -> String {
    let escape = |b| if is_kept(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(escape).collect()
}

/// Where a redirect may lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    listed: Vec<String>,
    origin: Option<String>,
}

impl Hosts {
    /// These hosts by https, and the origin of `from` itself.
    pub fn new(listed: &[&str], from: &Address) -> Self {
        Self {
            listed: listed.iter().map(|host| (*host).to_owned()).collect(),
            origin: Some(from.origin()),
        }
    }

    /// Whether a URL may be requested. On the loopback the port counts too, since other servers may
    /// listen there.
    pub fn allow(&self, address: &Address) -> bool {
        if self.origin.as_deref() == Some(&address.origin()) {
            return true;
        }
        let https = address.0.scheme_str() == Some("https");
        let usual = address.0.port_u16().is_none_or(|port| port == 443);
        https && usual && self.listed.iter().any(|host| host.eq_ignore_ascii_case(address.host()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_and_the_loopback_are_addresses_and_nothing_else() {
        for good in [
            "https://example.org/a.tar",
            "https://example.org:8443/a?b=c",
            "http://127.0.0.1:8080/x",
            "http://localhost:1/x",
            "http://[::1]:1/x",
            "https://example.org/a b\u{e9}.tar",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://example.org/a.tar",
            "ftp://example.org/a",
            "file:///etc/passwd",
            "https://me:secret@example.org/a",
            "http://127.0.0.1.example.org/a",
            "http://localhost.example.org/a",
            "example.org/a",
            "https:///a",
            "",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_redirect_is_read_from_where_it_was_given() {
        let from = Address::parse("https://example.org:8443/a/b?c=d").unwrap();
        for (location, want) in [
            ("https://other.org/x", "https://other.org/x"),
            ("//other.org/x", "https://other.org/x"),
            ("/x", "https://example.org:8443/x"),
            ("x?u=https://y.org/", "https://example.org:8443/a/x?u=https://y.org/"),
            ("?e", "https://example.org:8443/a/b?e"),
            ("/x?u=https://y.org/", "https://example.org:8443/x?u=https://y.org/"),
        ] {
            let got = from.join(location).map(|a| a.to_string());
            assert_eq!(got, Ok(want.to_owned()), "{location}");
        }
        assert!(from.join("http://example.org/x").is_err());
    }

    #[test]
    fn a_redirect_leads_to_listed_hosts_and_to_where_it_began() {
        let at = |text: &str| Address::parse(text).unwrap();
        let hosts = Hosts::new(&["documents.un.org"], &at("https://example.org:8443/a"));
        for (address, allowed) in [
            ("https://documents.un.org/x", true),
            ("https://DOCUMENTS.un.org/x", true),
            ("https://documents.un.org:443/x", true),
            ("https://example.org:8443/z", true),
            ("https://documents.un.org:444/x", false),
            ("https://evil.documents.un.org/x", false),
            ("https://documents.un.org.evil.org/x", false),
            ("https://example.org/z", false),
            ("http://127.0.0.1:80/x", false),
        ] {
            assert_eq!(hosts.allow(&at(address)), allowed, "{address}");
        }
        let local = Hosts::new(&[], &at("http://127.0.0.1:5000/a"));
        assert!(local.allow(&at("http://127.0.0.1:5000/b")));
        assert!(!local.allow(&at("http://127.0.0.1:5001/b")));
    }

    #[test]
    fn a_symbol_is_escaped_but_for_its_strokes() {
        assert_eq!(
            escape_part("S/PV.8668 (Resumption 1)&l=x"),
            "S/PV.8668%20(Resumption%201)%26l%3Dx"
        );
    }
}
