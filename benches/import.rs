//! The whole data set into a library: time, memory and bytes, beside a bare loop of serde_json and
//! zstd over the same texts on as many threads.
//!
//! `cargo bench --bench import` writes the full-size set by `make_corpus.py` (about 530 MB, a minute)
//! into a temporary folder and takes it away again; `SPV_BENCH_SET` names one that is there. Without
//! either it says so and ends. It prints figures and asserts nothing of time.
#![allow(clippy::expect_used)]

use std::fs::File;
use std::io::BufReader;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use spv::import::dataset::{ArchiveMember, list_members, parse_name};

/// The level the library packs many records with.
const LEVEL: i32 = 9;

/// What one run of the program took.
struct Ran {
    wall: Duration,
    peak_kb: u64,
}

fn main() {
    let made = tempfile::tempdir().expect("a temporary folder");
    let Some(set) = set(made.path()) else { return };
    let library = made.path().join("library");
    let text = text_bytes(&set);
    let first = import(&set, &library);
    let records = below(&library.join("records"));
    let again = import(&set, &library);
    let meta = set.join("meta.tsv");
    let copy = std::fs::read(&meta).expect("meta.tsv");
    std::fs::write(&meta, copy).expect("meta.tsv written");
    let touched = import(&set, &library);
    let bare = bare(&set, &made.path().join("bare"));
    let seconds = |d: Duration| d.as_secs_f64();
    println!("text                   {:>9.1} MB", text as f64 / 1e6);
    println!(
        "record files           {:>9.1} MB, the text divided by {:.2}",
        records as f64 / 1e6,
        text as f64 / records as f64
    );
    println!(
        "import                 {:>9.2} s, {:.1} MB/s, peak {:.1} MB",
        seconds(first.wall),
        text as f64 / 1e6 / seconds(first.wall),
        first.peak_kb as f64 / 1e3
    );
    println!(
        "bare serde_json + zstd {:>9.2} s; import takes {:.2} times as long",
        seconds(bare),
        seconds(first.wall) / seconds(bare)
    );
    println!(
        "the same files again   {:>9.2} s, {:.4} of the first, peak {:.1} MB",
        seconds(again.wall),
        seconds(again.wall) / seconds(first.wall),
        again.peak_kb as f64 / 1e3
    );
    println!(
        "one file touched       {:>9.2} s, {:.4} of the first, peak {:.1} MB",
        seconds(touched.wall),
        seconds(touched.wall) / seconds(first.wall),
        touched.peak_kb as f64 / 1e3
    );
}

/// The folder of a full-size set.
fn set(folder: &Path) -> Option<PathBuf> {
    if let Some(set) = std::env::var_os("SPV_BENCH_SET") {
        return Some(PathBuf::from(set));
    }
    let shared = std::env::var_os("SPV_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let script = shared.join("tools/make_corpus.py");
    let set = folder.join("set");
    let made = script.is_file()
        && Command::new("python3")
            .arg(&script)
            .arg("full")
            .arg(&set)
            .status()
            .is_ok_and(|status| status.success());
    if !made {
        println!("skipped: {} cannot be run", script.display());
    }
    made.then_some(set)
}

fn open(set: &Path) -> (File, Vec<ArchiveMember>) {
    let file = File::open(set.join("speeches.tar")).expect("speeches.tar");
    let mut reader = BufReader::with_capacity(512, &file);
    let found = list_members(&mut reader).expect("a sound archive");
    (file, found)
}

fn text_bytes(set: &Path) -> u64 {
    open(set).1.iter().map(|member| member.size).sum()
}

/// Runs the program, with its peak of memory as the system counts it.
fn import(set: &Path, library: &Path) -> Ran {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_spv"))
        .arg("--library")
        .arg(library)
        .arg("import")
        .arg(set)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut peak_kb = 0;
    while child.try_wait().expect("the program ends").is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
        let peak = status.ok().and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("VmHWM:"))?.to_owned();
            line.split_whitespace().nth(1)?.parse().ok()
        });
        peak_kb = peak.unwrap_or(0).max(peak_kb);
        std::thread::sleep(Duration::from_millis(5));
    }
    Ran { wall: began.elapsed(), peak_kb }
}

/// The bytes of all files below a folder.
fn below(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries
        .map(|entry| match entry.metadata().expect("a file") {
            meta if meta.is_dir() => below(&entry.path()),
            meta => meta.len(),
        })
        .sum()
}

/// What cannot be done without: each text read, written as JSON, packed, and put into a file.
fn bare(set: &Path, folder: &Path) -> Duration {
    std::fs::create_dir(folder).expect("a folder");
    let began = Instant::now();
    let (file, found) = open(set);
    let mut documents: Vec<(String, Vec<ArchiveMember>)> = Vec::new();
    for member in found {
        let Some(name) = parse_name(&member.name) else { continue };
        match documents.last_mut().filter(|(basename, _)| *basename == name.basename) {
            Some((_, members)) => members.push(member),
            None => documents.push((name.basename, vec![member])),
        }
    }
    let (next, written) = (AtomicUsize::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((name, members)) =
                    documents.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let texts: Vec<String> = members
                        .iter()
                        .map(|member| {
                            let mut bytes = vec![0; member.size as usize];
                            file.read_exact_at(&mut bytes, member.at).expect("a text");
                            String::from_utf8_lossy(&bytes).into_owned()
                        })
                        .collect();
                    let json = serde_json::to_vec(&texts).expect("JSON");
                    let packed = zstd::bulk::compress(&json, LEVEL).expect("packed");
                    written.fetch_add(packed.len() as u64, Ordering::Relaxed);
                    std::fs::write(folder.join(name), packed).expect("written");
                }
            });
        }
    });
    began.elapsed()
}
