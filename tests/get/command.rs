//! `spv get` as it is typed: what is said, what is in the library afterwards, and the exit code.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::dataset::{Ran, ran, records};
use super::make;
use super::server::{Asked, End, Reply, Server};
use spv::library::get::plan::last_known;

/// A home and a library that is not there yet.
pub(super) struct Kit {
    pub(super) folder: tempfile::TempDir,
    pub(super) server: Server,
}

impl Kit {
    pub(super) fn new(server: Server) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), server }
    }

    pub(super) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program in an environment of its own, past the server.
    pub(super) fn bare(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spv"));
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .arg("--library")
            .arg(self.at("library"))
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.bare(args);
        command.env("SPV_GET_FROM", &self.server.address);
        command
    }

    pub(super) fn spv(&self, args: &[&str]) -> Ran {
        ran(self.command(args))
    }

    /// The names in the folder of what is fetched.
    pub(super) fn fetched(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.at("library/.spv/get")).into_iter().flatten();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[track_caller]
pub(super) fn fails(ran: &Ran, code: i32, with: &str) {
    assert_eq!(ran.code, Some(code), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "not one line: {}", ran.err);
    assert!(ran.err.contains(with), "{with:?} is not in {}", ran.err);
}

/// The PDF of the invented meeting with this number.
pub(super) fn pdf(number: u32) -> Vec<u8> {
    let mut file = make::numbered(true, number);
    // What no page shows, so that there is a middle to be cut in.
    file.stream("", &vec![b' '; 200_000]);
    file.bytes()
}

/// The number of the meeting that is asked for, where it is asked for as the service wants it.
pub(super) fn meeting(asked: &Asked) -> Option<u32> {
    let query = asked.path.strip_prefix("/api/symbol/access?s=S/PV.")?;
    query.strip_suffix("&l=en&t=pdf")?.parse().ok()
}

/// A service that has these meetings, and the one that is known to be published, and answers with a
/// page for all others.
pub(super) fn service(has: &[u32]) -> Server {
    let has = [has, &[9400]].concat();
    Server::new(move |asked, _| match meeting(asked) {
        Some(number) if has.contains(&number) => Reply::file(&pdf(number), "\"a\"", asked),
        _ => Reply::page(200),
    })
}

#[test]
fn a_record_comes_is_kept_and_is_not_fetched_again() {
    let kit = Kit::new(service(&[99998]));
    let got = kit.spv(&["get", "S/PV.99998"]);
    assert_eq!((got.code, got.err.as_str()), (Some(0), ""), "{got:?}");
    let mut lines = got.out.lines();
    let size = format!("S/PV.99998 in English: {} kB", pdf(99998).len().div_ceil(1000));
    assert_eq!(lines.next(), Some(size.as_str()), "the size is said first: {got:?}");
    assert!(lines.next().unwrap().starts_with("S/PV.99998 of 2024-05-31, English, "), "{got:?}");
    let stored = records(&kit.at("library"));
    let record = stored.values().next().unwrap();
    assert_eq!(record["source"]["from"], "pdf");
    assert_eq!(
        record["source"]["url"],
        kit.server.at("/api/symbol/access?s=S/PV.99998&l=en&t=pdf")
    );
    assert_eq!(kit.fetched(), ["lock"]);
    let asked = kit.server.asked();
    assert_eq!(asked[0].field("referer"), Some("https://docs.un.org/en/S/PV.99998"));
    let shown = ran(kit.bare(&["show", "99998", "--page", "3"]));
    assert_eq!(shown.code, Some(0), "{shown:?}");

    let again = kit.spv(&["get", "99998"]);
    assert_eq!(again.code, Some(0));
    assert!(again.out.contains("already here with its pages"), "{again:?}");
    assert_eq!(kit.server.times(), 1);
    let again = kit.spv(&["get", "99998", "--again"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert!(again.out.contains("the same text is already in"), "{again:?}");
    assert_eq!(kit.server.times(), 2);
}

#[test]
fn what_was_fetched_is_kept_where_one_says_and_writes_over_nothing() {
    let kit = Kit::new(service(&[99998]));
    let keep = kit.at("kept");
    let got = kit.spv(&["get", "99998", "--keep", keep.to_str().unwrap()]);
    assert_eq!(got.code, Some(0), "{got:?}");
    assert!(std::fs::read(keep.join("S_PV.99998.en.pdf")).unwrap() == pdf(99998));
    let got = kit.spv(&["get", "99998", "--again", "--keep", keep.to_str().unwrap()]);
    fails(&got, 2, "S_PV.99998.en.pdf: already exists");
    assert_eq!(kit.server.times(), 1);
}

#[test]
fn a_killed_get_goes_on_where_it_was() {
    let kit = Kit::new(Server::new(|asked, before| {
        let end = if before == 0 { End::Silent(150_000) } else { End::Whole };
        Reply::file(&pdf(99998), "\"a\"", asked).end(end)
    }));
    let mut child = kit.command(&["get", "99998"]).spawn().unwrap();
    let part = kit.at("library/.spv/get/S_PV.99998.en.pdf.part");
    while std::fs::metadata(&part).map_or(0, |meta| meta.len()) < 150_000 {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(records(&kit.at("library")).is_empty());
    let got = kit.spv(&["get", "99998"]);
    assert_eq!(got.code, Some(0), "{got:?}");
    let second = &kit.server.asked()[1];
    assert_eq!((second.from(), second.field("if-range")), (150_000, Some("\"a\"")));
    assert_eq!(records(&kit.at("library")).len(), 1);
    assert_eq!(kit.fetched(), ["lock"]);
}

#[test]
fn ctrl_c_ends_it_in_order() {
    let kit = Kit::new(Server::new(|asked, _| {
        Reply::file(&pdf(99998), "\"a\"", asked).end(End::Silent(150_000))
    }));
    let child = kit.command(&["get", "99998"]).spawn().unwrap();
    let part = kit.at("library/.spv/get/S_PV.99998.en.pdf.part");
    while std::fs::metadata(&part).map_or(0, |meta| meta.len()) < 150_000 {
        std::thread::yield_now();
    }
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.contains("what was downloaded is kept") && err.lines().count() == 1, "{err}");
    assert_eq!(kit.fetched(), ["S_PV.99998.en.pdf.about", "S_PV.99998.en.pdf.part", "lock"]);
}

#[test]
fn offline_nothing_is_asked() {
    let kit = Kit::new(service(&[99998]));
    let address = kit.server.at("/a.json");
    for what in ["99998", "99990..99998", "corpus", address.as_str()] {
        fails(&kit.spv(&["--offline", "get", what]), 3, "disables the network");
        let mut command = kit.command(&["get", what]);
        command.env("SPV_OFFLINE", "1");
        fails(&ran(command), 3, "disables the network");
    }
    let settings = kit.at(".config/spv/settings");
    std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
    std::fs::write(&settings, "network = no\n").unwrap();
    for what in ["99998", "99990..99998", "corpus", address.as_str()] {
        fails(&kit.spv(&["get", what]), 3, "the setting network = no disables the network");
    }
    let shown = ran(kit.bare(&["settings"]));
    let row = shown.out.lines().find(|line| line.starts_with("network")).unwrap();
    assert!(row.contains("no") && row.contains("the file"), "{row}");
    assert_eq!(kit.server.times(), 0);
    assert!(!kit.at("library").exists());
    std::fs::write(&settings, "network = yes\n").unwrap();
    assert_eq!(kit.spv(&["get", "99998"]).code, Some(0));
}

#[test]
fn what_is_not_out_is_said_and_what_is_comes() {
    let kit = Kit::new(service(&[99998]));
    let got = kit.spv(&["get", "99997"]);
    fails(&got, 1, "127.0.0.1: S/PV.99997 in English: the answer is a web page");
    assert!(got.err.contains("https://docs.un.org/en/S/PV.99997"), "{got:?}");
    let got = kit.spv(&["get", "99997", "99998"]);
    fails(&got, 1, "S/PV.99997");
    assert_eq!(records(&kit.at("library")).len(), 1);
    // A resumption is asked for as the service has it, and as an official record.
    let before = kit.server.times();
    fails(&kit.spv(&["get", "99998r1"]), 1, "S/PV.99998 (Resumption 1) in English");
    let asked: Vec<String> = kit.server.asked()[before..].iter().map(|a| a.path.clone()).collect();
    assert!(asked[0].contains("s=S/PV.99998(Resumption1)&"), "{asked:?}");
    assert!(asked.iter().any(|a| a.contains("s=S/PV.99998(Resumption1)(OR)&")), "{asked:?}");
    assert!(asked.last().unwrap().contains("s=S/PV.9400&"), "is it a block? {asked:?}");
}

#[test]
fn another_record_than_the_one_asked_for_is_not_taken() {
    let kit = Kit::new(Server::new(|asked, _| Reply::file(&pdf(99997), "\"a\"", asked)));
    let got = kit.spv(&["get", "99998"]);
    fails(&got, 2, "asked for S/PV.99998 in English, but the service sent S/PV.99997");
    // What is no official language gets English from the service.
    let got = kit.spv(&["get", "99997", "--lang", "fr"]);
    fails(&got, 2, "asked for S/PV.99997 in French");
    assert!(records(&kit.at("library")).is_empty());
    assert_eq!(kit.fetched(), ["lock"]);
}

#[test]
fn a_pdf_that_cannot_be_read_says_so_and_is_not_left() {
    let kit = Kit::new(Server::script(vec![Reply::new(200, "%PDF-1.5\nnothing in it\n%%EOF\n")]));
    fails(&kit.spv(&["get", "99998"]), 2, "S/PV.99998 in English: ");
    assert_eq!(kit.fetched(), ["lock"]);
    // Where the files are kept, so is one that somebody has to look at.
    let keep = kit.at("kept");
    fails(
        &kit.spv(&["get", "99998", "--keep", keep.to_str().unwrap()]),
        2,
        "S/PV.99998 in English",
    );
    assert!(keep.join("S_PV.99998.en.pdf").exists());
}

#[test]
fn a_scan_is_refused_before_it_is_asked_for() {
    let kit = Kit::new(service(&[99998]));
    let got = kit.spv(&["get", "S/PV.3230"]);
    fails(&got, 1, "S/PV.3230 of 1993-06-08 is published as a scan");
    for words in ["`spv info S/PV.3230`", "https://docs.un.org/en/S/PV.3230"] {
        assert!(got.err.contains(words), "{got:?}");
    }
    fails(&kit.spv(&["get", "2563"]), 1, "published as a scan");
    let got = kit.spv(&["get", "3229..3231"]);
    assert!(got.out.contains("published as scans before July 1993"), "{got:?}");
    assert_eq!((got.code, kit.server.times()), (Some(0), 0));
    // The others of a list come.
    let got = kit.spv(&["get", "3230", "99998"]);
    fails(&got, 1, "published as a scan");
    assert!(got.out.contains("S/PV.99998 of 2024-05-31"), "{got:?}");
}

#[test]
fn a_guard_ends_it_at_once() {
    let kit =
        Kit::new(Server::script(vec![Reply::new(202, "").field("x-amzn-waf-action", "challenge")]));
    fails(&kit.spv(&["get", "99996", "99997", "99998"]), 3, "wants a browser");
    fails(&kit.spv(&["get", "99990..99998"]), 3, "by hand from https://docs.un.org/en/S/PV.99990");
    assert_eq!(kit.server.times(), 2);
}

#[test]
fn a_range_gets_what_is_out_and_ends_where_nothing_is() {
    let last = last_known();
    let kit = Kit::new(service(&[last + 2, last + 4]));
    let range = format!("{}..{}", last + 1, last + 6);
    let got = kit.spv(&["get", &range]);
    assert_eq!((got.code, got.err.as_str()), (Some(0), ""), "{got:?}");
    assert!(got.out.starts_with("6 meetings are later than the table"), "{got:?}");
    assert!(got.out.contains("at most about 3.4 MB"), "{got:?}");
    let absent: Vec<String> = [1, 3, 5, 6].iter().map(|n| format!("S/PV.{}", last + n)).collect();
    for row in [
        "downloaded             2".to_owned(),
        format!("unpublished            4  {}", absent.join(", ")),
    ] {
        assert!(got.out.contains(&row), "{row} is not in {}", got.out);
    }
    assert_eq!(records(&kit.at("library")).len(), 2);
    // What is here is not fetched again.
    let before = kit.server.times();
    let got = kit.spv(&["get", &range]);
    assert!(got.out.starts_with("4 meetings") && got.out.contains("2 already here"), "{got:?}");
    let asked = &kit.server.asked()[before..];
    assert!(asked.iter().all(|a| ![Some(last + 2), Some(last + 4)].contains(&meeting(a))));
    // A long range ends where nothing is out any longer.
    let kit = Kit::new(service(&[]));
    let got = kit.spv(&["get", &format!("{}..{}", last + 1, last + 900)]);
    fails(&got, 1, "no record of the range is published");
    let mut numbers: Vec<u32> = kit.server.asked().iter().filter_map(meeting).collect();
    numbers.dedup();
    assert_eq!(numbers, (last + 1..last + 9).chain([9400]).collect::<Vec<_>>());
}

#[test]
fn a_range_of_the_table_asks_for_its_resumptions_too() {
    let kit = Kit::new(service(&[]));
    let got = kit.spv(&["get", "8668..8668"]);
    fails(&got, 1, "no record of the range");
    assert!(got.out.starts_with("2 records are missing in English"), "{got:?}");
    let paths: Vec<String> = kit.server.asked().iter().map(|a| a.path.clone()).collect();
    assert!(paths.iter().any(|p| p.contains("S/PV.8668(Resumption1)")), "{paths:?}");
}

#[test]
fn an_address_is_fetched_and_told_by_its_bytes() {
    let record = r#"{"format": "spv/1", "symbol": "S/PV.99996", "kind": "verbatim", "language": "en",
        "status": "provisional", "date": "2024-05-30", "topic": "An invented topic",
        "items": [{"type": "direction", "text": "The invented meeting rose."}]}"#;
    let kit = Kit::new(Server::new(move |asked, _| match asked.path.as_str() {
        "/../x;name" => Reply::file(record.as_bytes(), "\"a\"", asked)
            .field("Content-Disposition", "attachment; filename=\"../../evil.txt\""),
        "/pdf" => Reply::file(&pdf(99998), "\"a\"", asked),
        _ => Reply::page(200),
    }));
    let get = |path: &str| ran(kit.bare(&["get", &kit.server.at(path)]));
    let got = get("/../x;name");
    assert_eq!(got.code, Some(0), "{got:?}");
    let size = format!("{}: 1 kB", kit.server.at("/../x;name"));
    assert_eq!(got.out.lines().next(), Some(size.as_str()), "the size is said first: {got:?}");
    let got = get("/pdf");
    assert_eq!(got.code, Some(0), "{got:?}");
    assert_eq!(records(&kit.at("library")).len(), 2);
    assert!(!kit.at("evil.txt").exists() && !kit.at("library/evil.txt").exists());
    assert_eq!(kit.fetched(), ["lock"]);
    let kit = Kit::new(Server::script(vec![Reply::new(404, "")]));
    fails(&ran(kit.bare(&["get", &kit.server.at("/none")])), 1, "status 404");
}

#[test]
fn a_pack_comes_from_any_host() {
    let kit = Kit::new(service(&[99998]));
    assert_eq!(kit.spv(&["get", "99998"]).code, Some(0));
    let pack = kit.at("pack.tar");
    let made = kit.spv(&["pack", "--year", "2024", "-o", pack.to_str().unwrap()]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let bytes = std::fs::read(&pack).unwrap();
    let other = Kit::new(Server::new(move |asked, before| {
        let end = if before == 0 { End::Cut(600) } else { End::Whole };
        Reply::file(&bytes, "\"a\"", asked).end(end)
    }));
    let address = other.server.at("/a/name/of/theirs.bin");
    let got = ran(other.bare(&["get", &address]));
    assert_eq!(got.code, Some(0), "{got:?}");
    let (here, there) = (records(&kit.at("library")), records(&other.at("library")));
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    assert_eq!(other.server.asked()[1].from(), 600);
    let told = got.out.lines().filter(|line| line.starts_with(&address)).count();
    assert_eq!(told, 1, "the size is said once, though the line was cut: {got:?}");
    assert_eq!(other.fetched(), ["lock"]);
}

#[test]
fn what_may_not_be_asked_is_wrong_use() {
    let kit = Kit::new(service(&[]));
    for (args, with) in [
        (&["get", "http://records.invalid/a.tar"][..], "not https"),
        (&["get", "https://me:word@records.invalid/a.tar"], "password"),
        (&["get", "9530..9520"], "ends before it starts"),
        (&["get", "corpus", "8668"], "facts alone"),
        (&["get", "8668", "--exercise"], "leave out --exercise"),
    ] {
        fails(&kit.spv(args), 2, with);
    }
    let mut command = kit.bare(&["get", "99998"]);
    command.env("SPV_GET_FROM", "https://records.invalid");
    fails(&ran(command), 2, "SPV_GET_FROM");
    assert_eq!(kit.server.times(), 0);
}

#[test]
fn the_proxy_of_the_environment_is_asked_and_no_proxy_heeded() {
    let proxy = Server::script(vec![Reply::new(403, "")]);
    let kit = Kit::new(proxy.clone());
    let mut command = kit.bare(&["get", "99998"]);
    command.env("HTTPS_PROXY", &proxy.address);
    fails(&ran(command), 3, "documents.un.org: S/PV.99998 in English: the proxy refused");
    let asked = proxy.asked();
    assert_eq!(
        (asked[0].method.as_str(), asked[0].path.as_str()),
        ("CONNECT", "documents.un.org:443")
    );
    assert_eq!(asked.len(), 1, "a proxy that refuses does so in a minute, too");
    let mut command = kit.bare(&["get", "https://records.invalid/a.tar"]);
    command.env("HTTPS_PROXY", &proxy.address).env("NO_PROXY", "records.invalid");
    fails(&ran(command), 3, "no such host");
    assert_eq!(proxy.times(), 1);
    // What is meant as a proxy and is none is not gone past.
    let mut command = kit.bare(&["get", "99998"]);
    command.env("HTTPS_PROXY", "nonsense://::");
    fails(&ran(command), 3, "HTTPS_PROXY names no proxy");
    let mut command = kit.bare(&["get", "99998"]);
    command.env("SSL_CERT_FILE", kit.at("none.pem"));
    fails(&ran(command), 3, "none.pem");
}
