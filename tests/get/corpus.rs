//! `spv get corpus` with small files in place of the three published ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use md5::{Digest as _, Md5};
use spv::cli::Options;
use spv::cli::args::GetArgs;
use spv::cli::get::run_with;
use spv::cli::out::{Answered, Failure};
use spv::cli::world::World;
use spv::library::get::sources::{DataFile, Services};

use super::dataset::{Kit, records};
use super::server::{Asked, End, Reply, Server};

const ROW: &str = "Mr. Made\tUtopia\tNA\tThe invented speaker";

struct Case {
    kit: Kit,
    bytes: Arc<BTreeMap<u64, Vec<u8>>>,
    files: Vec<DataFile>,
    /// What the archive answers to the question which version is the latest.
    latest: fn() -> Reply,
}

fn latest(number: &str, minor: &str) -> Reply {
    let version = format!(r#""versionNumber": {number}, "versionMinorNumber": {minor}"#);
    let answer = format!(r#"{{"status": "OK", "data": {{{version}, "files": []}}}}"#);
    Reply::new(200, answer).field("Content-Type", "application/json")
}

/// Whether it is the question which version is the latest.
fn asks_latest(asked: &Asked) -> bool {
    asked.path
        == "/api/datasets/:persistentId/versions/:latest-published?persistentId=doi:10.7910/DVN/KGVSYH"
}

impl Case {
    fn new() -> Self {
        let kit = Kit::new();
        kit.meeting(&[(ROW, "The first invented statement."), (ROW, "The second one.")]);
        let (mut bytes, mut files) = (BTreeMap::new(), Vec::new());
        for (id, name) in (1_u64..).zip(["speeches.tar", "speaker.tsv", "meta.tsv"]) {
            let content = std::fs::read(kit.set().join(name)).unwrap();
            let md5 = Md5::digest(&content).iter().map(|b| format!("{b:02x}")).collect();
            files.push(DataFile { name: name.to_owned(), id, length: content.len() as u64, md5 });
            bytes.insert(id, content);
        }
        let latest = || latest("6", "1");
        Self { kit, bytes: Arc::new(bytes), files, latest }
    }

    /// The archive: each number sends on to a store at an address made anew each time.
    fn archive(&self, spoil: impl Fn(usize, Reply) -> Reply + Send + Sync + 'static) -> Server {
        let (bytes, latest) = (Arc::clone(&self.bytes), self.latest);
        Server::new(move |asked, before| {
            if asks_latest(asked) {
                return latest();
            }
            if let Some(id) = asked.path.strip_prefix("/api/access/datafile/") {
                return Reply::to(&format!("/store/{id}?signed={before}"));
            }
            let id = asked.path.strip_prefix("/store/").unwrap().split('?').next().unwrap();
            spoil(before, Reply::file(&bytes[&id.parse().unwrap()], "\"a\"", asked))
        })
    }

    fn get(&self, server: &Server, args: GetArgs) -> (Result<Answered, Failure>, String) {
        let args = GetArgs { what: vec!["corpus".to_owned()], ..args };
        let options = Options { library: Some(self.kit.library()), ..Options::default() };
        let world = World::current(options);
        let services = Services::new(Some(&server.address)).unwrap();
        let mut out = Vec::new();
        let answer = run_with(&world, &args, &services, &self.files, &mut out);
        (answer, String::from_utf8(out).unwrap())
    }

    fn fetched(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.kit.library().join(".spv/get")).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn the_data_set_comes_is_imported_and_not_fetched_again() {
    let case = Case::new();
    let server = case.archive(|_, reply| reply);
    let (answer, out) = case.get(&server, GetArgs::default());
    assert_eq!(answer, Ok(Answered::Something), "{out}");
    let first = out.lines().next().unwrap();
    for part in ["6.1", "https://doi.org/10.7910/DVN/KGVSYH", "CC0", "speeches.tar", " kB"] {
        assert!(first.contains(part), "the size is said first: {first}");
    }
    assert!(out.contains("statements             2"), "{out}");
    assert!(!out.contains("latest"), "it is the latest, which is nothing to say: {out}");
    let plain = case.kit.import(&[]);
    assert_eq!(plain.code, Some(0), "the same as by hand: {plain:?}");
    assert_eq!(records(&case.kit.library()).len(), 1);
    assert_eq!(case.fetched(), ["dataset.done", "lock"], "the download is not kept");
    let times = server.times();
    let (answer, out) = case.get(&server, GetArgs::default());
    assert!(answer == Ok(Answered::Something) && out.contains("already"), "{out}");
    let asked = &server.asked()[times..];
    assert!(asked.len() == 1 && asks_latest(&asked[0]), "{asked:?}");
}

#[test]
fn another_version_is_said_and_a_question_without_answer_stops_nothing() {
    for (answer, with) in [
        (
            (|| latest("7", "2")) as fn() -> Reply,
            "the latest version of the data set is 7.2; this version of spv knows 6.1",
        ),
        (|| latest("\"7\"", "0"), "6.1 is the latest version is not known: 127.0.0.1: "),
        (|| Reply::page(200), "is not known: 127.0.0.1: "),
        (|| Reply::new(404, "{}"), "is not known: 127.0.0.1: "),
        (|| Reply::new(503, ""), "is not known: 127.0.0.1: "),
        (|| Reply::challenge(202), "is not known: 127.0.0.1: "),
        (|| Reply::to("https://records.invalid/"), "is not known: 127.0.0.1: "),
        (|| Reply::new(200, "").end(End::Never), "is not known: 127.0.0.1: "),
        (|| Reply::new(200, "").end(End::Cut(0)), "is not known: 127.0.0.1: "),
    ] {
        let case = Case { latest: answer, ..Case::new() };
        let server = case.archive(|_, reply| reply);
        let (answer, out) = case.get(&server, GetArgs::default());
        assert_eq!(answer, Ok(Answered::Something), "{out}");
        let said: Vec<&str> = out.lines().filter(|line| line.contains(" latest ")).collect();
        assert!(said.len() == 1 && said[0].contains(with), "{with:?} is not in {out}");
        assert_eq!(server.asked().iter().filter(|asked| asks_latest(asked)).count(), 1);
        assert_eq!(records(&case.kit.library()).len(), 1);
    }
}

#[test]
fn a_break_is_gone_on_with_through_the_redirect() {
    let case = Case::new();
    let whole = case.bytes[&1].len();
    let server = case.archive(move |before, reply| {
        // The largest comes last; its line is cut twice.
        if reply.body.len() > 1000 && before < 10 { reply.end(End::Cut(1000)) } else { reply }
    });
    let keep = case.kit.folder.path().join("kept");
    let (answer, out) =
        case.get(&server, GetArgs { keep: Some(keep.clone()), ..GetArgs::default() });
    assert_eq!(answer, Ok(Answered::Something), "{out}");
    let from: Vec<usize> = server
        .asked()
        .iter()
        .filter(|asked| asked.path.starts_with("/store/1?"))
        .map(super::server::Asked::from)
        .collect();
    assert!(
        from.len() > 1
            && from[0] == 0
            && from[1..].iter().all(|at| *at % 1000 == 0 && *at > 0 && *at < whole),
        "{from:?}"
    );
    assert!(std::fs::read(keep.join("speeches.tar")).unwrap() == case.bytes[&1]);
    assert_eq!(case.fetched(), ["dataset.done", "lock"]);
}

#[test]
fn a_file_that_is_not_the_published_one_is_never_imported() {
    let case = Case::new();
    let server = case.archive(|_, reply| {
        let body = reply.body.iter().map(|b| b ^ 1).collect::<Vec<_>>();
        Reply { body, ..reply }
    });
    let (answer, _) = case.get(&server, GetArgs::default());
    let failure = answer.unwrap_err();
    assert_eq!(failure.code, 3);
    assert!(failure.message.contains("MD5"), "{}", failure.message);
    assert!(!case.kit.library().join("records").exists());
}

#[test]
fn a_guard_before_the_archive_is_told_with_what_to_do_by_hand() {
    let case = Case::new();
    let server = Server::script(vec![Reply::new(202, "").field("x-amzn-waf-action", "challenge")]);
    let failure = case.get(&server, GetArgs::default()).0.unwrap_err();
    assert_eq!((failure.code, server.times()), (3, 2), "one question and one file");
    for part in [
        "speeches.tar, speaker.tsv and meta.tsv",
        "https://doi.org/10.7910/DVN/KGVSYH",
        "`spv import FOLDER`",
        "127.0.0.1",
    ] {
        assert!(failure.message.contains(part), "{part} is not in {}", failure.message);
    }
}
