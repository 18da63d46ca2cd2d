//! A library of the full size, made by a seeded rule: 6,595 records with 106,302 statements by some
//! 14,000 speakers. The texts are a few words long, for it is the catalogue that is measured.
//!
//! `cargo bench --bench library` prints the size of the catalogue first.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use divan::black_box;
use spv::library::Library;
use spv::record::Language;

const RECORDS: u32 = 6_595;
const STATEMENTS: u32 = 106_302;

/// A small generator, so that every run makes the same library.
struct Rule(u64);

impl Rule {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit)) as u32
    }

    fn name(&mut self, seed: u32) -> String {
        let mut name = Rule(u64::from(seed) * 7919 + 1);
        let mut word = String::from("Mr. ");
        for n in 0..3 + name.below(4) {
            let consonant = "bcdfghjklmnprstvz".as_bytes()[name.below(17) as usize];
            let consonant = if n == 0 { consonant.to_ascii_uppercase() } else { consonant };
            let vowel = b"aeiou"[name.below(5) as usize];
            word.push(consonant.into());
            word.push(vowel.into());
        }
        word
    }
}

fn record(rule: &mut Rule, n: u32, year: u32, statements: u32) -> String {
    let topic = n % 900;
    let mut text = format!(
        r#"{{"format":"spv/1","symbol":"S/PV.{}","kind":"verbatim","language":"en","date":"{year}-{:02}-{:02}",
        "topic":"The situation in an invented place {topic}","agenda":["The situation in an invented place {topic}: letter dated {} of an invented representative addressed to the President"],
        "presidents":[{{"name":"{}","state":"State {}"}}],"items":["#,
        3_000 + n,
        1 + n / 25 % 12,
        1 + n % 25,
        n % 1_500,
        rule.name(n / 40 % 300),
        n / 40 % 193,
    );
    if n.is_multiple_of(3) {
        let _ = write!(
            text,
            r#"{{"type":"vote","outcome":"adopted","adopted_as":"S/RES/{} ({year})"}},"#,
            700 + n / 3
        );
    }
    for number in 1..=statements {
        let chair = number % 3 == 1;
        let speaker = rule.below(14_000);
        let (name, state) =
            if chair { (n / 40 % 300, n / 40 % 193) } else { (speaker, speaker % 193) };
        let comma = if number == 1 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"type":"statement","number":{number},"page":{},"speaker":{{"printed":"x","name":"{}","state":"State {state}","as":"{}"}},"paragraphs":[{{"text":"{}"}}]}}"#,
            1 + number / 2,
            rule.name(name),
            if chair { "president" } else { "member" },
            "word ".repeat(1 + rule.below(300) as usize),
        );
    }
    text.push_str("]}");
    text
}

/// The library, made once and kept.
fn library() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("library-2")
}

fn make(root: &Path) -> std::io::Result<()> {
    let mut rule = Rule(1);
    let beside = root.with_extension("making");
    let _ = std::fs::remove_dir_all(&beside);
    let mut left = STATEMENTS;
    for n in 0..RECORDS {
        let mean = left / (RECORDS - n);
        let after = RECORDS - n - 1;
        let statements = if after == 0 { left } else { 1 + rule.below(2 * mean) };
        let statements = statements.min(left - after);
        left -= statements;
        let year = 1992 + n / 207;
        let folder = beside.join(format!("records/{year}"));
        std::fs::create_dir_all(&folder)?;
        let text = record(&mut rule, n, year, statements);
        let packed = zstd::encode_all(text.as_bytes(), 1)?;
        std::fs::write(folder.join(format!("S_PV.{}.en.json.zst", 3_000 + n)), packed)?;
    }
    std::fs::rename(&beside, root)
}

/// A library that does not open is empty, which `main` refuses to measure.
fn open(root: &Path) -> Library {
    Library::open_with(root, None).unwrap_or_default()
}

fn main() -> std::io::Result<()> {
    let root = library();
    if !root.exists() {
        make(&root)?;
    }
    // Opened twice, for folders that changed just now are looked at again.
    drop(open(&root));
    let library = open(&root);
    assert_eq!(library.catalogue().entries.len(), RECORDS as usize);
    let kept = std::fs::metadata(root.join(".spv/catalogue")).map(|m| m.len()).unwrap_or_default();
    println!("catalogue: {kept} bytes, {} speakers", library.catalogue().speakers().count());
    divan::main();
    Ok(())
}

#[divan::bench]
fn open_the_exercise_debates() -> Library {
    Library::exercise()
}

#[divan::bench]
fn open_with_a_true_catalogue(bencher: divan::Bencher<'_, '_>) {
    let root = library();
    bencher.bench(|| open(black_box(&root)));
}

#[divan::bench]
fn full_check_of_every_file(bencher: divan::Bencher<'_, '_>) {
    let library = open(&library());
    bencher.bench(|| library.refresh().is_ok_and(|changed| changed.is_none()));
}

#[divan::bench(sample_count = 5)]
fn open_with_no_catalogue(bencher: divan::Bencher<'_, '_>) {
    let root = library();
    bencher
        .with_inputs(|| std::fs::remove_file(root.join(".spv/catalogue")))
        .bench_values(|_| open(&root));
}

#[divan::bench]
fn every_heading(bencher: divan::Bencher<'_, '_>) {
    let library = open(&library());
    let catalogue = library.catalogue();
    bencher.bench(|| {
        catalogue.entries.iter().flat_map(|e| catalogue.headings(e)).map(|h| h.words).max()
    });
}

#[divan::bench]
fn statements_of_one_state(bencher: divan::Bencher<'_, '_>) {
    let library = open(&library());
    bencher.bench(|| {
        library
            .catalogue()
            .statements_of(Some(&Language::English), |s| s.state == Some("State 7"))
            .len()
    });
}

#[divan::bench]
fn editions_of_the_oldest_record(bencher: divan::Bencher<'_, '_>) {
    let library = open(&library());
    let oldest = library.catalogue().entries.last().map(|e| e.symbol.clone());
    bencher.bench(|| oldest.as_ref().map(|symbol| library.catalogue().editions(symbol).len()));
}

#[divan::bench]
fn load_one_record(bencher: divan::Bencher<'_, '_>) {
    let library = open(&library());
    bencher.bench(|| library.load(&library.catalogue().entries[100]).is_ok());
}
