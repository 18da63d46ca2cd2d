//! A web server on this machine that answers as it is told, and keeps what it was asked.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `GET` or `CONNECT`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Header fields, names in lower case.
    pub fields: BTreeMap<String, String>,
}

impl Asked {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// The first byte of the range that is asked for, 0 where all is.
    pub fn from(&self) -> usize {
        let range = self.field("range").and_then(|r| r.strip_prefix("bytes=")?.strip_suffix('-'));
        range.map_or(0, |first| first.parse().unwrap())
    }
}

/// How an answer ends.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// As it should.
    Whole,
    /// The line is cut after so many bytes of the body.
    Cut(usize),
    /// Nothing more comes after so many bytes of the body, and the line stays open.
    Silent(usize),
    /// The body never ends.
    Never,
}

/// What is answered.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub fields: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub end: End,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, fields: Vec::new(), body: body.into(), end: End::Whole }
    }

    pub fn page(status: u16) -> Self {
        let page = "<!DOCTYPE html><html><body>an invented page</body></html>";
        Self::new(status, page).field("Content-Type", "text/html; charset=utf-8")
    }

    /// What the document service answers for a document that is not out: nothing at all.
    pub fn nothing() -> Self {
        Self::new(200, "")
    }

    /// A firewall in front of a service, which wants a browser.
    pub fn challenge(status: u16) -> Self {
        Self::new(status, "").field("x-amzn-waf-action", "challenge")
    }

    /// A redirect.
    pub fn to(location: &str) -> Self {
        Self::new(302, "").field("Location", location)
    }

    pub fn field(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn end(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// A file as a good server gives it: with its tag, and in part where that is asked for and the
    /// tag is still the same.
    pub fn file(bytes: &[u8], tag: &str, asked: &Asked) -> Self {
        let from = asked.from();
        let same = asked.field("if-range").is_none_or(|given| given == tag);
        let reply = if from > 0 && from < bytes.len() && same {
            let range = format!("bytes {from}-{}/{}", bytes.len() - 1, bytes.len());
            Self::new(206, &bytes[from..]).field("Content-Range", &range)
        } else if from >= bytes.len() && from > 0 && same {
            Self::new(416, "")
        } else {
            Self::new(200, bytes)
        };
        if tag.is_empty() { reply } else { reply.field("ETag", tag) }
    }

    fn send(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        let mut head = format!("HTTP/1.1 {} Invented\r\nConnection: close\r\n", self.status);
        let named = |name: &str| self.fields.iter().any(|(n, _)| n.eq_ignore_ascii_case(name));
        if !matches!(self.end, End::Never) && !named("content-length") {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        for (name, value) in &self.fields {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        match self.end {
            End::Whole => stream.write_all(&self.body),
            End::Cut(after) => stream.write_all(&self.body[..after.min(self.body.len())]),
            End::Silent(after) => {
                stream.write_all(&self.body[..after.min(self.body.len())])?;
                // Until who asked gives up.
                stream.read_to_end(&mut Vec::new()).map(drop)
            }
            End::Never => loop {
                stream.write_all(&[b'x'; 1 << 16])?;
            },
        }
    }
}

/// A server; it listens until the test ends.
#[derive(Clone)]
pub struct Server {
    pub address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers with what `answer` gives; it is told how often it was asked before.
    pub fn new(answer: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&asked), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                std::thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let Some(question) = read(&stream) else {
                        let _ = stream.write_all(b"HTTP/1.1 400 Invented\r\n\r\n");
                        return;
                    };
                    let before = {
                        let mut kept = kept.lock().unwrap();
                        kept.push(question.clone());
                        kept.len() - 1
                    };
                    // Who asked may have left in the middle, which is a case of its own.
                    let _ = answer(&question, before).send(&mut stream);
                });
            }
        });
        Self { address, asked }
    }

    /// Gives these answers in this order, and the last of them ever after.
    pub fn script(replies: Vec<Reply>) -> Self {
        Self::new(move |_, before| replies[before.min(replies.len() - 1)].clone())
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn times(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    let mut words = first.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let fields = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        })
        .collect();
    Some(Asked { method, path, fields })
}
