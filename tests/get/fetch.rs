//! One file: whole and sound, or a sentence and nothing that could be taken for it.

use std::path::PathBuf;
use std::time::Duration;

use md5::{Digest as _, Md5};
use proptest::prelude::*;
use spv::library::get::{
    Address, Check, Client, Fault, Folder, Hosts, Kind, Limits, Wanted, Watch, fetch,
};

use super::server::{Asked, End, Reply, Server};

pub(super) const LIMITS: Limits = Limits {
    connect: Duration::from_secs(20),
    answer: Duration::from_secs(20),
    stall: Duration::from_secs(20),
};

/// Who waits: pauses are noted and never made.
#[derive(Default)]
pub(super) struct Patient {
    pub(super) pauses: Vec<u64>,
    pub(super) waits: Vec<u64>,
    /// Stops when so many bytes are here.
    enough: Option<u64>,
    have: u64,
}

impl Watch for Patient {
    fn at(&mut self, have: u64, _: Option<u64>) {
        self.have = have;
    }

    fn wait(&mut self, long: Duration) -> bool {
        self.waits.push(long.as_secs());
        true
    }

    fn pause(&mut self, long: Duration, why: &str) -> bool {
        assert!(why.contains("127.0.0.1"), "no host in {why}");
        self.pauses.push(long.as_secs());
        true
    }

    fn stopped(&self) -> bool {
        self.enough.is_some_and(|enough| self.have >= enough)
    }
}

struct Case {
    library: tempfile::TempDir,
    wanted: Wanted,
    limits: Limits,
    patient: Patient,
}

impl Case {
    fn new(server: &Server, check: Check) -> Self {
        let address = Address::parse(&server.at("/file?a=b")).unwrap();
        Self {
            library: tempfile::tempdir().unwrap(),
            wanted: Wanted {
                hosts: Hosts::new(&[], &address),
                address,
                referer: Some("https://docs.un.org/en/S/PV.99998".to_owned()),
                name: "invented.pdf".to_owned(),
                title: "an invented file".to_owned(),
                by_hand: "fetch it by hand".to_owned(),
                most: 8 << 20,
                check,
            },
            limits: LIMITS,
            patient: Patient::default(),
        }
    }

    fn pdf(server: &Server) -> Self {
        Self::new(server, Check::Pdf { tries: 3 })
    }

    fn sum(server: &Server, bytes: &[u8]) -> Self {
        Self::new(server, sum(bytes))
    }

    fn fetch(&mut self) -> Result<PathBuf, Fault> {
        // A folder and a client of its own each time, as another process has.
        let folder = Folder::open(self.library.path()).unwrap();
        let client = Client::new(self.limits).unwrap();
        fetch(&client, &folder, &self.wanted, &mut self.patient)
    }

    #[track_caller]
    fn comes(&mut self, want: &[u8]) {
        let file = self.fetch().unwrap_or_else(|fault| panic!("{fault}"));
        assert!(std::fs::read(file).unwrap() == want, "other bytes came");
        assert_eq!(self.names(), ["invented.pdf", "lock"]);
    }

    /// It fails in this way, in one line, and there is no file.
    #[track_caller]
    fn fails(&mut self, kind: Kind, with: &str) {
        let fault = self.fetch().unwrap_err();
        assert_eq!(fault.kind, kind, "{fault}");
        for part in [with, "127.0.0.1", "an invented file", "fetch it by hand"] {
            assert!(fault.message.contains(part), "{part:?} is not in {fault}");
        }
        assert!(!fault.message.contains('\n'), "{fault}");
        assert!(!self.names().contains(&"invented.pdf".to_owned()), "{:?}", self.names());
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.library.path().join(".spv/get")).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn part(&self) -> u64 {
        let part = self.library.path().join(".spv/get/invented.pdf.part");
        std::fs::metadata(part).map_or(0, |meta| meta.len())
    }
}

fn sum(bytes: &[u8]) -> Check {
    let md5 = Md5::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    Check::Sum { length: bytes.len() as u64, md5 }
}

/// Bytes with the beginning and the end of a PDF; `salt` makes another file of it.
fn pdf(salt: u8) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    bytes.extend((0..300_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 ^ salt));
    bytes.extend(b"\n%%EOF\n");
    bytes
}

#[test]
fn a_file_comes_and_nothing_is_told_but_what_is_needed() {
    let server = Server::new(|asked, _| Reply::file(&pdf(0), "\"a\"", asked));
    let mut case = Case::pdf(&server);
    case.comes(&pdf(0));
    case.comes(&pdf(0));
    let asked = server.asked();
    assert_eq!(asked.len(), 1, "what is here and sound is not fetched again");
    let names: Vec<&str> = asked[0].fields.keys().map(String::as_str).collect();
    assert_eq!(names, ["accept", "accept-encoding", "host", "referer", "user-agent"]);
    assert_eq!(asked[0].field("user-agent"), Some(concat!("spv/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(asked[0].field("accept-encoding"), Some("identity"));
    assert_eq!(asked[0].path, "/file?a=b");
}

#[test]
fn a_file_cut_in_the_middle_is_gone_on_with() {
    let server = Server::new(|asked, before| {
        let end = if before == 0 { End::Cut(100_000) } else { End::Whole };
        Reply::file(&pdf(0), "\"a\"", asked).end(end)
    });
    let mut case = Case::pdf(&server);
    case.comes(&pdf(0));
    let second = &server.asked()[1];
    assert_eq!(second.field("if-range"), Some("\"a\""));
    assert_eq!(second.from(), 100_000);
    assert_eq!(case.patient.pauses, [2]);
}

#[test]
fn another_process_goes_on_where_one_was_stopped() {
    let server = Server::new(|asked, before| {
        let end = if before == 0 { End::Silent(130_000) } else { End::Whole };
        Reply::file(&pdf(0), "\"a\"", asked).end(end)
    });
    let mut case = Case::pdf(&server);
    case.patient.enough = Some(130_000);
    assert_eq!(case.fetch().unwrap_err().kind, Kind::Stopped);
    assert_eq!(case.part(), 130_000);
    case.patient = Patient::default();
    case.comes(&pdf(0));
    assert_eq!(server.asked()[1].from(), 130_000);
}

#[test]
fn a_server_that_knows_no_ranges_sends_it_all_again() {
    let server = Server::new(|_, before| {
        let end = if before == 0 { End::Cut(100_000) } else { End::Whole };
        Reply::new(200, pdf(0)).field("ETag", "\"a\"").end(end)
    });
    Case::pdf(&server).comes(&pdf(0));
    assert_eq!(server.asked()[1].from(), 100_000);
}

#[test]
fn a_file_that_changed_meanwhile_is_not_sewn_together() {
    let changed = |ignores: bool| {
        Server::new(move |asked, before| match before {
            0 => Reply::file(&pdf(0), "\"a\"", asked).end(End::Cut(100_000)),
            // A server that does not heed If-Range gives the rest of the other file, under its tag.
            _ if ignores => {
                let mut asked = asked.clone();
                asked.fields.remove("if-range");
                Reply::file(&pdf(7), "\"b\"", &asked)
            }
            _ => Reply::file(&pdf(7), "\"b\"", asked),
        })
    };
    for ignores in [false, true] {
        Case::pdf(&changed(ignores)).comes(&pdf(7));
    }
}

#[test]
fn an_answer_that_goes_on_elsewhere_is_not_used() {
    for range in ["bytes 5-300015/300016", "bytes 100000-300015/999999", "nonsense"] {
        let server = Server::new(move |asked, before| match before {
            0 => Reply::file(&pdf(0), "\"a\"", asked).end(End::Cut(100_000)),
            1 => Reply::new(206, vec![0; 200_016])
                .field("Content-Range", range)
                .field("ETag", "\"a\""),
            _ => Reply::file(&pdf(0), "\"a\"", asked),
        });
        Case::pdf(&server).comes(&pdf(0));
        assert_eq!(server.asked()[2].from(), 0, "{range}");
    }
}

#[test]
fn only_what_can_be_told_apart_is_gone_on_with() {
    let cut = |asked: &Asked, before: usize, tag: &str| {
        let end = if before == 0 { End::Cut(100_000) } else { End::Whole };
        Reply::file(&pdf(0), tag, asked).end(end)
    };
    for tag in ["", "W/\"weak\""] {
        let server = Server::new(move |asked, before| cut(asked, before, tag));
        Case::pdf(&server).comes(&pdf(0));
        assert_eq!(server.asked()[1].from(), 0, "{tag}");
        // With a checksum for the whole no tag is needed.
        let server = Server::new(move |asked, before| cut(asked, before, tag));
        Case::sum(&server, &pdf(0)).comes(&pdf(0));
        assert_eq!(server.asked()[1].from(), 100_000, "{tag}");
    }
}

#[test]
fn another_length_or_another_checksum_is_not_used() {
    let server = Server::script(vec![Reply::new(200, &pdf(0)[1..])]);
    let mut case = Case::sum(&server, &pdf(0));
    case.fails(Kind::Bad, "300015 bytes");
    assert_eq!((server.times(), case.part()), (2, 0));
    let server = Server::script(vec![Reply::new(200, pdf(7))]);
    let mut case = Case::sum(&server, &pdf(0));
    case.fails(Kind::Bad, "MD5");
    assert_eq!((server.times(), case.part()), (2, 0), "once more, and nothing of it is kept");
    // Damaged on the way once only.
    let server = Server::script(vec![Reply::new(200, pdf(7)), Reply::new(200, pdf(0))]);
    Case::sum(&server, &pdf(0)).comes(&pdf(0));
}

#[test]
fn who_is_silent_is_left() {
    let short = Duration::from_millis(80);
    let server = Server::script(vec![Reply::new(200, pdf(0)).end(End::Silent(70_000))]);
    let mut case = Case::pdf(&server);
    case.limits.stall = short;
    case.fails(Kind::Unreachable, "no data received");
    // It gave nothing that could be gone on with, so each of the five tries was the same.
    assert_eq!(case.patient.pauses, [2, 4, 8, 16]);

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut case = Case::pdf(&server);
    let mute = format!("http://{}/file", listener.local_addr().unwrap());
    case.wanted.address = Address::parse(&mute).unwrap();
    case.limits.answer = short;
    case.fails(Kind::Unreachable, "no answer in time");

    drop(listener);
    let mut case = Case::pdf(&server);
    case.wanted.address = Address::parse(&mute).unwrap();
    case.fails(Kind::Unreachable, "refused");
}

#[test]
fn redirects_are_followed_to_listed_hosts_and_not_in_circles() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/file?a=b" => Reply::to("/other"),
        "/other" => Reply::to("third?x=https://docs.un.org/"),
        _ => Reply::file(&pdf(0), "\"a\"", asked),
    });
    Case::pdf(&server).comes(&pdf(0));
    assert_eq!(server.times(), 3);

    let server = Server::script(vec![Reply::to("/file?a=b")]);
    let mut case = Case::pdf(&server);
    case.fails(Kind::Bad, "too many redirects");
    assert_eq!((server.times(), case.patient.pauses.len()), (6, 0));

    let other = Server::script(vec![Reply::new(200, pdf(0))]);
    for (to, with) in [
        (other.at("/file"), "not an allowed host"),
        (
            "https://records.invalid/file".to_owned(),
            "https://records.invalid, which is not an allowed host",
        ),
        ("http://records.invalid/file".to_owned(), "not https"),
        ("file:///etc/passwd".to_owned(), "not allowed"),
        ("https://a:b@records.invalid/".to_owned(), "password"),
    ] {
        let server = Server::script(vec![Reply::to(&to)]);
        let mut case = Case::pdf(&server);
        case.fails(Kind::Bad, with);
        assert_eq!(server.times(), 1, "{to}");
    }
    assert_eq!(other.times(), 0, "a host that is not listed is not asked");
}

#[test]
fn a_page_instead_of_a_pdf_is_no_record() {
    let plain =
        || Reply::new(200, "<!doctype HTML>\n<html>").field("Content-Type", "application/pdf");
    let other = Reply::new(200, vec![b'z'; 5000]).field("Content-Type", "application/pdf");
    for (reply, with) in
        [(Reply::page(200), "web page"), (plain(), "web page"), (other, "not a PDF")]
    {
        let server = Server::script(vec![reply]);
        let mut case = Case::pdf(&server);
        case.fails(Kind::NotThere, with);
        assert_eq!((server.times(), case.part()), (3, 0));
    }
    let server = Server::script(vec![Reply::new(200, &pdf(0)[..200_000])]);
    Case::pdf(&server).fails(Kind::Bad, "end is missing");
    let server = Server::script(vec![Reply::nothing()]);
    Case::pdf(&server).fails(Kind::NotThere, "the answer is empty");
    Case::sum(&server, &pdf(0)).fails(Kind::Bad, "empty file");
}

#[test]
fn a_busy_service_is_asked_again_with_growing_pauses() {
    let server = Server::new(|asked, before| match before {
        0 => Reply::page(404),
        1 => Reply::page(404),
        _ => Reply::file(&pdf(0), "\"a\"", asked),
    });
    let mut case = Case::pdf(&server);
    case.comes(&pdf(0));
    assert_eq!(case.patient.pauses, [2, 4]);

    let server = Server::new(|asked, before| match before {
        0 => Reply::new(503, "").field("Retry-After", "7"),
        1 => Reply::new(429, "").field("Retry-After", "999999"),
        2 => Reply::new(202, ""),
        _ => Reply::file(&pdf(0), "\"a\"", asked),
    });
    let mut case = Case::pdf(&server);
    case.comes(&pdf(0));
    assert_eq!(case.patient.pauses, [7, 120, 8], "what it asks for, within reason");

    let server = Server::script(vec![Reply::page(404)]);
    Case::pdf(&server).fails(Kind::NotThere, "status 404");
    assert_eq!(server.times(), 3);
    let server =
        Server::script(vec![Reply::new(404, "{}").field("Content-Type", "application/json")]);
    Case::pdf(&server).fails(Kind::NotThere, "status 404");
    assert_eq!(server.times(), 1, "a plain 404 means what it says");
    let server = Server::script(vec![Reply::new(403, "")]);
    Case::pdf(&server).fails(Kind::Bad, "403");
    assert_eq!(server.times(), 1);
}

/// The archive says for a minute that a published file is not there.
#[test]
fn a_missing_file_that_is_published_is_asked_for_again_for_two_minutes() {
    let gone = || Reply::new(404, "{}").field("Content-Type", "application/json");
    let server = Server::new(move |asked, before| match before {
        0..5 => gone(),
        _ => Reply::file(&pdf(0), "\"a\"", asked),
    });
    let mut case = Case::sum(&server, &pdf(0));
    case.comes(&pdf(0));
    assert_eq!(case.patient.pauses, [2, 4, 8, 16, 32]);

    let server = Server::script(vec![gone()]);
    let mut case = Case::sum(&server, &pdf(0));
    case.fails(Kind::NotThere, "status 404");
    assert_eq!(case.patient.pauses.iter().sum::<u64>(), 126);
}

#[test]
fn a_service_that_refuses_some_programs_is_told_who_asks() {
    let server = Server::new(|asked, _| match asked.field("user-agent") {
        Some(agent) if agent.starts_with("spv/") => Reply::file(&pdf(0), "\"a\"", asked),
        _ => Reply::new(403, ""),
    });
    Case::pdf(&server).comes(&pdf(0));
    let server = Server::script(vec![Reply::page(403)]);
    let mut case = Case::pdf(&server);
    case.fails(Kind::Bad, "the service refuses this program (status 403)");
    assert_eq!((server.times(), case.patient.pauses.len()), (1, 0));
}

#[test]
fn who_wants_a_browser_is_asked_once() {
    for status in [202, 200, 405] {
        let server = Server::script(vec![Reply::challenge(status)]);
        let mut case = Case::pdf(&server);
        case.fails(Kind::Challenged, "browser");
        assert_eq!((server.times(), case.patient.pauses.len()), (1, 0), "{status}");
    }
}

#[test]
fn no_more_is_taken_than_may_come() {
    let huge = Reply::new(200, pdf(0)).field("Content-Length", "99999999999999");
    let server = Server::script(vec![huge]);
    Case::pdf(&server).fails(Kind::Bad, "99999999999999 bytes");
    for check in [Check::Pdf { tries: 1 }, Check::Any, sum(&pdf(0))] {
        let server = Server::script(vec![Reply::new(200, "").end(End::Never)]);
        let mut case = Case::new(&server, check.clone());
        // The endless body begins as a PDF does not.
        let with = if matches!(check, Check::Pdf { .. }) { "not a PDF" } else { "are taken" };
        let kind = if with == "not a PDF" { Kind::NotThere } else { Kind::Bad };
        case.fails(kind, with);
        assert!(case.part() == 0, "{} bytes stay", case.part());
    }
    let part =
        Reply::new(206, vec![1; 99]).field("Content-Range", "bytes 100000-99999999/100000000");
    let server = Server::new(move |asked, before| match before {
        0 => Reply::file(&pdf(0), "\"a\"", asked).end(End::Cut(100_000)),
        _ => part.clone().field("Content-Length", "99900000"),
    });
    let mut case = Case::new(&server, Check::Any);
    let fault = case.fetch();
    assert!(fault.is_err() && case.part() < 1 << 20, "{fault:?}");
    let server = Server::script(vec![Reply::new(200, pdf(0)).field("Content-Encoding", "gzip")]);
    Case::pdf(&server).fails(Kind::Bad, "compressed");
}

#[test]
fn two_do_not_fetch_into_one_library() {
    let library = tempfile::tempdir().unwrap();
    let held = Folder::open(library.path()).unwrap();
    let second = Folder::open(library.path()).unwrap_err();
    assert!(second.to_string().contains("another spv"), "{second}");
    drop(held);
    Folder::open(library.path()).unwrap();
}

#[test]
fn what_is_not_trusted_is_not_asked_again() {
    let server = Server::script(vec![Reply::new(200, pdf(0))]);
    let mut case = Case::pdf(&server);
    // A server that speaks no TLS stands for one whose certificate is not accepted.
    let https = server.at("/file").replace("http://", "https://");
    case.wanted.address = Address::parse(&https).unwrap();
    case.fails(Kind::Unreachable, "TLS error");
    assert!(case.patient.pauses.is_empty(), "{:?}", case.patient.pauses);
}

/// One thing a server may do with the file.
#[derive(Clone, Debug)]
enum Whim {
    Good,
    Cut(usize),
    NoRanges(usize),
    Wrong,
    OtherPart(usize),
    Busy,
    Gone416,
}

fn whim() -> impl Strategy<Value = Whim> {
    prop_oneof![
        3 => Just(Whim::Good),
        4 => (0..20_000_usize).prop_map(Whim::Cut),
        2 => (0..20_000_usize).prop_map(Whim::NoRanges),
        1 => Just(Whim::Wrong),
        1 => (0..20_000_usize).prop_map(Whim::OtherPart),
        1 => Just(Whim::Busy),
        1 => Just(Whim::Gone416),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(48)
    ) })]

    /// Whatever a server does, the file is the published one or there is none; and once it behaves,
    /// the file comes.
    #[test]
    fn whatever_a_server_does_the_file_is_right_or_there_is_none(
        whims in proptest::collection::vec(whim(), 0..12),
    ) {
        let file: Vec<u8> = pdf(0)[..20_000].to_vec();
        let served = file.clone();
        let count = whims.len();
        let server = Server::new(move |asked, before| {
            let good = Reply::file(&served, "\"a\"", asked);
            match whims.get(before).unwrap_or(&Whim::Good) {
                Whim::Good => good,
                Whim::Cut(at) => good.end(End::Cut(*at)),
                Whim::NoRanges(at) => Reply::new(200, served.clone()).end(End::Cut(*at)),
                Whim::Wrong => Reply::new(200, vec![b'z'; served.len()]),
                Whim::OtherPart(at) => Reply::new(206, &served[*at..])
                    .field("Content-Range", &format!("bytes {at}-19999/20000")),
                Whim::Busy => Reply::page(503),
                Whim::Gone416 => Reply::new(416, ""),
            }
        });
        let mut case = Case::sum(&server, &file);
        let name = case.library.path().join(".spv/get/invented.pdf");
        for _ in 0..=count {
            match case.fetch() {
                Ok(path) => {
                    prop_assert!(std::fs::read(path).unwrap() == file);
                    return Ok(());
                }
                Err(_) => prop_assert!(!name.exists()),
            }
        }
        prop_assert!(false, "it never came, though the server behaves by now");
    }
}
