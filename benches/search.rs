//! Full text on the corpus of full size: building compared with a bare tantivy loop, size, memory, and the time of queries
//! of every kind, on one segment and on several with one record of a hundred removed, compared with ripgrep.
//!
//! `cargo bench --bench search`; the corpus is made once by `make_corpus.py` of the shared folder, and the
//! bench is skipped without it. Queries are drawn from the records with a seed, no query is run twice, and
//! nothing is answered from memory.

// A bench that fails may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "search/corpus.rs"]
mod corpus;
#[path = "search/expansion.rs"]
mod expansion;
#[path = "../tests/made/mod.rs"]
mod made;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use corpus::at;
use expansion::TantivyQuery;
use made::Dice;
use spv::library::Library;
use spv::search::index::{Index, Progress, update_index};
use spv::search::query::{Query, parse};
use spv::search::results::{Marker, Order, RecordLoader, find_context, search, search_in_parts};
use spv::search::words;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("build") => return child_build(),
        Some("reader") => return child_reader(),
        Some("bare") => return println!("{:.1} s", bare().as_secs_f64()),
        Some("queries") => return only_queries(),
        Some("times") => return times(&args[2..]),
        Some("half") => return half_typed(args.get(2).is_some()),
        Some("slowest") => return slowest(args.get(2).map_or("", String::as_str)),
        Some("cold") => return child_cold(args.get(2).map_or("", String::as_str)),
        _ => {}
    }
    if !corpus::make().expect("the corpus can be written") {
        return;
    }
    let root = at("search-library");
    let library = Library::open_with(&root, None).expect("the library opens");
    let text = text_size();
    println!("{} records, {:.0} MB of text", library.catalogue().entries.len(), mb(text));
    build(&root, text);
    let index = Index::open(&library, None, None).expect("index").expect("an index");
    println!("\n## One segment: {:?}", index.size());
    let queries = Queries::draw(&library, 200);
    queries.table(&index);
    snippets(&library, &index, &queries);
    ripgrep(&index, &queries);
    // Mapped pages stay in the page cache.
    drop(index);
    cold(&root, &queries);
    several(&root, &queries);
    readers();
}

/// Only the tables of times, on the existing indexes: `… --bench search -- queries`.
fn only_queries() {
    for name in ["search-library", "search-several"] {
        let library = Library::open_with(&at(name), None).expect("the library opens");
        update_index(&library, None, false, &AtomicBool::new(false), &mut |_| {})
            .expect("an index");
        let index = Index::open(&library, None, None).expect("index").expect("an index");
        println!("\n## {name}: {:?}", index.size());
        let queries = Queries::draw(&library, 200);
        queries.table(&index);
        snippets(&library, &index, &queries);
    }
}

/// Half-typed phrases compared with tantivy's own query: `… --bench search -- half`; `half spv` without that.
fn half_typed(only_spv: bool) {
    let library = Library::open_with(&at("search-library"), None).expect("the library opens");
    let index = Index::open(&library, None, None).expect("index").expect("an index");
    let own = TantivyQuery::open(&at("search-library/.spv/index"), &at("search-tantivy"));
    let queries = Queries::draw(&library, 200).0;
    let drawn = queries.into_iter().find(|(name, _)| name.contains("half")).expect("the kind").1;
    for (name, list, compared) in [
        ("drawn", drawn, true),
        ("all after frequent words", expansion::expensive(), false),
        ("some after frequent words", expansion::some_expensive(), true),
    ] {
        let (mut times, mut one, mut two) = (Vec::new(), Vec::new(), Vec::new());
        for text in &list {
            let query = parse(text);
            let time = (0..2).map(|_| put(&index, &query).1).min().expect("a time");
            times.push(time);
            if compared && !only_spv {
                let hits = search(&index, &query, 50, Order::Relevance, &Arc::default());
                let counted = own.count(text);
                assert_eq!(counted.found, hits.expect("an answer").statements, "{text}");
                one.push(counted.times[0]);
                two.push(counted.times[1]);
                if name.starts_with("some") {
                    println!(
                        "`{text}` {} found, {} words with the prefix: spv {:.1} ms, tantivy {:.1}, on two threads {:.1}",
                        counted.found,
                        counted.words,
                        ms(time),
                        ms(counted.times[0]),
                        ms(counted.times[1])
                    );
                }
            }
        }
        for (what, times) in
            [("spv", &mut times), ("tantivy", &mut one), ("tantivy on two threads", &mut two)]
        {
            let [p50, p99, worst] = [50, 99, 100].map(|percent| ms(of(times, percent)));
            println!(
                "{name}, {what}: {} queries, p50 {p50:.1} ms, p99 {p99:.1}, worst {worst:.1}",
                times.len()
            );
        }
    }
}

/// The twelve slowest queries of a kind, each the best of three: `… --bench search -- slowest 'a phrase, half'`.
fn slowest(kind: &str) {
    let library = Library::open_with(&at("search-library"), None).expect("the library opens");
    let index = Index::open(&library, None, None).expect("index").expect("an index");
    let queries = Queries::draw(&library, 200);
    for (name, list) in queries.0.iter().filter(|(name, _)| name.starts_with(kind)) {
        let best = |text: &String| (0..3).map(|_| put(&index, &parse(text)).1).min();
        let mut all: Vec<_> = list.iter().map(|text| (best(text), text)).collect();
        all.sort();
        println!("{name}");
        for (time, text) in all.iter().rev().take(12) {
            println!("  {:5.1} ms `{text}`", ms(time.unwrap_or_default()));
        }
    }
}

/// Single queries run repeatedly, to see the effect of a change: `… --bench search -- times '"the re*"'`.
fn times(queries: &[String]) {
    for name in ["search-library", "search-several"] {
        let library = Library::open_with(&at(name), None).expect("the library opens");
        let index = Index::open(&library, None, None).expect("index").expect("an index");
        for text in queries {
            let query = parse(text);
            let (start, worked) = (Instant::now(), processor());
            let mut all: Vec<Duration> = (0..9).map(|_| put(&index, &query).1).collect();
            println!(
                "{name} `{text}`: least {:.1} ms, p50 {:.1} ms, on {:.2} processors",
                ms(of(&mut all, 1)),
                ms(of(&mut all, 50)),
                (processor() - worked) / start.elapsed().as_secs_f64()
            );
        }
    }
}

fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn size_of(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|meta| meta.len()).sum()
}

fn text_size() -> u64 {
    size_of(&at("search-plain"))
}

fn status(key: &str, file: &str) -> f64 {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or("0");
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or(0.0) / 1_024.0
}

/// Builds in a separate process, so that its peak memory is that of building.
fn child_build() {
    let root = at("search-library");
    let library = Library::open_with(&root, None).expect("the library opens");
    let start = Instant::now();
    let mut read = Duration::ZERO;
    let mut progress = |progress: Progress| {
        if !progress.merging {
            read = start.elapsed();
        }
    };
    update_index(&library, None, false, &AtomicBool::new(false), &mut progress).expect("an index");
    println!(
        "built in {:.1} s, all read after {:.1} s, {:.1} s of the processors, peak memory {:.0} MB",
        start.elapsed().as_secs_f64(),
        read.as_secs_f64(),
        processor(),
        status("VmHWM:", "/proc/self/status")
    );
}

fn me() -> Command {
    Command::new(std::env::current_exe().expect("this program"))
}

fn build(root: &Path, text: u64) {
    let folder = root.join(".spv/index");
    let _ = std::fs::remove_dir_all(&folder);
    let start = Instant::now();
    me().arg("build").status().expect("a child");
    let built = start.elapsed();
    let start = Instant::now();
    let bare = bare();
    println!("building took {:.2} times the bare loop", ms(built) / ms(bare));
    println!(
        "a bare tantivy loop over the same text, read before: {:.1} s, {:.0} MB",
        bare.as_secs_f64(),
        mb(size_of(&at("search-bare")))
    );
    println!("  (with reading the plain files {:.1} s)", start.elapsed().as_secs_f64());
    let size = size_of(&folder);
    println!("index {:.0} MB, {:.3} of the text", mb(size), size as f64 / text as f64);
}

/// One document for each statement, one field with positions, two threads, merged into one segment.
fn bare() -> Duration {
    let folder = at("search-bare");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let library = Library::open_with(&at("search-library"), None).expect("the library opens");
    let mut texts: Vec<String> = Vec::new();
    for entry in library.catalogue().entries.iter().rev() {
        let record = library.load(entry).expect("a record");
        texts.extend(record.statements().map(spv::record::Statement::text));
    }
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("default")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let field =
        schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let index = tantivy::Index::create_in_dir(&folder, schema.build()).expect("an index");
    let (start, worked) = (Instant::now(), processor());
    let mut writer = index.writer_with_num_threads(2, 160 * 1024 * 1024).expect("a writer");
    writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
    for text in texts {
        let mut document = tantivy::TantivyDocument::new();
        document.add_text(field, text);
        writer.add_document(document).expect("added");
    }
    writer.commit().expect("committed");
    let segments = index.searchable_segment_ids().expect("segments");
    writer.merge(&segments).wait().expect("merged");
    writer.wait_merging_threads().expect("merged");
    println!("the bare loop took {:.1} s of the processors", processor() - worked);
    start.elapsed()
}

/// Processor time of this program in seconds: fairer than the clock on a busy machine.
fn processor() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or("").split_whitespace();
    // User and system time in hundredths, fields 14 and 15 of proc(5).
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Queries of each kind, each used once.
struct Queries(Vec<(&'static str, Vec<String>)>);

impl Queries {
    fn draw(library: &Library, many: usize) -> Self {
        let mut dice = Dice::new(11);
        let mut runs: Vec<Vec<String>> = Vec::new();
        let entries = &library.catalogue().entries;
        while runs.len() < many * 12 {
            let record = library.load(&entries[dice.roll(entries.len())]).expect("a record");
            let statements: Vec<_> = record.statements().collect();
            for _ in 0..8 {
                let paragraphs = &statements[dice.roll(statements.len())].paragraphs;
                let text = &paragraphs[dice.roll(paragraphs.len())].text;
                let mut of_text: Vec<String> = Vec::new();
                words::each_word(text, |word, _, _| of_text.push(word.to_owned()));
                of_text.retain(|word| word.chars().all(char::is_alphanumeric));
                if of_text.len() > 8 {
                    let from = dice.roll(of_text.len() - 8);
                    runs.push(of_text[from..from + 8].to_vec());
                }
            }
        }
        let mut kinds: Vec<(&'static str, Vec<String>)> = Vec::new();
        let mut kind = |name, make: &mut dyn FnMut(&[String], &mut Dice) -> Option<String>| {
            let mut seen = BTreeSet::new();
            let mut list = Vec::new();
            for run in &runs {
                if let Some(query) = make(run, &mut dice)
                    && list.len() < many
                    && seen.insert(query.clone())
                {
                    list.push(query);
                }
            }
            kinds.push((name, list));
        };
        let long = |run: &[String]| run.iter().find(|w| w.chars().count() >= 3).cloned();
        kind("a word of 3 letters or more", &mut |run, _| long(run));
        kind("a prefix of 3 letters or more", &mut |run, dice| {
            let word = long(run)?;
            let letters = 3 + dice.roll(word.chars().count() - 2);
            Some(word.chars().take(letters).collect::<String>() + "*")
        });
        kind("two words", &mut |run, _| Some(format!("{} {}", run[0], run[5])));
        kind("a word, a State and years", &mut |run, dice| {
            Some(format!("{} state:France year:{}..", long(run)?, 1995 + dice.roll(20)))
        });
        kind("a phrase of 2 to 4 words", &mut |run, dice| {
            Some(format!("\"{}\"", run[..2 + dice.roll(3)].join(" ")))
        });
        kind("a phrase, half typed", &mut |run, dice| {
            let words = 2 + dice.roll(3);
            let last = &run[words - 1];
            let letters = 1 + dice.roll(last.chars().count());
            let last: String = last.chars().take(letters).collect();
            Some(format!("\"{} {last}*\"", run[..words - 1].join(" ")))
        });
        kind("two words near", &mut |run, _| Some(format!("{} near/5 {}", run[0], run[3])));
        kind("a prefix of one letter", &mut |run, _| {
            Some(run[0].chars().take(1).collect::<String>() + "*")
        });
        Self(kinds)
    }

    fn table(&self, index: &Index) {
        println!("| query | queries | first 50 p50 | p99 | with counts p50 | p99 | worst |");
        println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (name, queries) in &self.0 {
            let mut firsts = Vec::new();
            let mut worst = (Duration::ZERO, String::new());
            let mut all: Vec<Duration> = queries
                .iter()
                .map(|text| {
                    let query = parse(text);
                    let (first, all) = put(index, &query);
                    firsts.push(first);
                    if all > worst.0 {
                        worst = (all, text.clone());
                    }
                    all
                })
                .collect();
            println!(
                "| {name} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {:.1} `{}` |",
                queries.len(),
                ms(of(&mut firsts, 50)),
                ms(of(&mut firsts, 99)),
                ms(of(&mut all, 50)),
                ms(of(&mut all, 99)),
                ms(worst.0),
                worst.1,
            );
        }
    }
}

/// The time to the first fifty and to everything.
fn put(index: &Index, query: &Query) -> (Duration, Duration) {
    let never = Arc::default();
    let start = Instant::now();
    let mut first = None;
    let hits = search_in_parts(index, query, 50, Order::Relevance, &never, |_| {
        first = Some(start.elapsed())
    });
    let all = start.elapsed();
    black_box(hits.expect("an answer"));
    (first.unwrap_or(all), all)
}

fn of(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    let place = (times.len() * percent).div_ceil(100).max(1) - 1;
    times.get(place).copied().unwrap_or_default()
}

fn snippets(library: &Library, index: &Index, queries: &Queries) {
    let never = Arc::default();
    let mut times: Vec<Duration> = Vec::new();
    for text in queries.0.iter().flat_map(|(_, list)| list.iter().take(25)) {
        let query = parse(text);
        let hits = search(index, &query, 20, Order::Relevance, &never).expect("an answer");
        let start = Instant::now();
        let marker = Marker::new(&query);
        let mut loader = RecordLoader::new(library);
        loader.ahead(&hits.hits);
        for hit in &hits.hits {
            if let Some(record) = loader.record(hit).expect("a record") {
                black_box(find_context(&record, &marker, hit));
            }
        }
        times.push(start.elapsed());
    }
    println!(
        "snippets of 20 hits: p50 {:.1} ms, p99 {:.1} ms",
        ms(of(&mut times, 50)),
        ms(of(&mut times, 99))
    );
}

/// The same words and phrases counted by ripgrep in plain files with the same text, warm, one after another.
fn ripgrep(index: &Index, queries: &Queries) {
    let run = |pattern: &str| {
        let start = Instant::now();
        let mut command = Command::new("rg");
        command.args(["-c", "-i", "-w", "-F", "-e", pattern]).arg(at("search-plain"));
        let done = command.output().ok()?;
        black_box(done.stdout.len());
        Some(start.elapsed())
    };
    if run("warm").is_none() {
        println!("ripgrep is not here");
        return;
    }
    println!(
        "\n| beside `rg -c -i -w -F` | rg p50 | first 50, times faster | with counts, times faster |"
    );
    println!("| --- | ---: | ---: | ---: |");
    for (name, list) in queries
        .0
        .iter()
        .filter(|(name, _)| name.starts_with("a word of") || name.starts_with("a phrase of"))
    {
        let never = Arc::default();
        let rare = |text: &&String| {
            let hits = search(index, &parse(text), 1, Order::Date, &never);
            name.starts_with("a word") || hits.is_ok_and(|hits| hits.statements < 2_126)
        };
        let few: Vec<&String> = list.iter().filter(rare).take(25).collect();
        let mut plain: Vec<Duration> =
            few.iter().filter_map(|q| run(q.trim_matches('"'))).collect();
        let times: Vec<(Duration, Duration)> = few.iter().map(|q| put(index, &parse(q))).collect();
        let mut firsts: Vec<Duration> = times.iter().map(|(first, _)| *first).collect();
        let mut alls: Vec<Duration> = times.iter().map(|(_, all)| *all).collect();
        let rg = ms(of(&mut plain, 50));
        println!(
            "| {name} | {rg:.0} ms | {:.0} | {:.0} |",
            rg / ms(of(&mut firsts, 50)),
            rg / ms(of(&mut alls, 50))
        );
    }
}

/// The first answer of a process with nothing of the index in the page cache.
fn cold(root: &Path, queries: &Queries) {
    let mut times = Vec::new();
    for (_, list) in &queries.0 {
        for query in list.iter().take(6) {
            // Pages that no process has mapped are dropped; on a file system that cannot do that the times are warm.
            for file in std::fs::read_dir(root.join(".spv/index")).into_iter().flatten().flatten() {
                if let Ok(file) = std::fs::File::open(file.path()) {
                    let _ = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
                }
            }
            let said = me().arg("cold").arg(query).output().expect("a child").stdout;
            let micros = String::from_utf8_lossy(&said).trim().parse().unwrap_or(0);
            times.push((Duration::from_micros(micros), query.clone()));
        }
    }
    times.sort();
    let mut plain: Vec<Duration> = times.iter().map(|(time, _)| *time).collect();
    let worst = times.last().map_or("", |(_, query)| query.as_str());
    println!(
        "\nfirst answer with a cold cache, opening included: p50 {:.1} ms, worst {:.1} `{worst}` of {}",
        ms(of(&mut plain, 50)),
        ms(of(&mut plain, 100)),
        plain.len()
    );
}

fn child_cold(query: &str) {
    let library = Library::open_with(&at("search-library"), None).expect("the library opens");
    let query = parse(query);
    let start = Instant::now();
    let index = Index::open(&library, None, None).expect("index").expect("an index");
    put(&index, &query);
    println!("{}", start.elapsed().as_micros());
}

/// The same corpus indexed in five updates, and one record of a hundred removed.
fn several(root: &Path, queries: &Queries) {
    let other = at("search-several");
    let _ = std::fs::remove_dir_all(&other);
    let library = Library::open_with(root, None).expect("the library opens");
    let entries = &library.catalogue().entries;
    let never = Arc::default();
    let take = |some: &mut dyn Iterator<Item = &spv::library::Entry>| {
        for entry in some {
            let to = other.join(entry.file());
            std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
            let _ = std::fs::hard_link(root.join(entry.file()), to);
        }
        let library = Library::open_with(&other, None).expect("the library opens");
        let start = Instant::now();
        update_index(&library, None, false, &never, &mut |_| {}).expect("an index");
        start.elapsed()
    };
    let parts = entries.len() / 5;
    take(&mut entries.iter().take(parts * 2));
    for n in 2..5 {
        take(&mut entries.iter().skip(parts * n).take(parts - 1));
    }
    let one = take(&mut entries.iter().skip(parts * 3 - 1).take(1));
    println!("\none new record is searchable after {:.2} s", one.as_secs_f64());
    for entry in entries.iter().step_by(100) {
        let _ = std::fs::remove_file(other.join(entry.file()));
    }
    take(&mut std::iter::empty());
    let library = Library::open_with(&other, None).expect("the library opens");
    let index = Index::open(&library, None, None).expect("index").expect("an index");
    println!("## Several segments, one record of a hundred removed: {:?}", index.size());
    queries.table(&index);
}

/// A reader with its library and index: its anonymous memory before and after a hundred searches.
fn child_reader() {
    let library = Library::open_with(&at("search-library"), None).expect("the library opens");
    let index = Index::open(&library, None, None).expect("index").expect("an index");
    let before = status("Anonymous:", "/proc/self/smaps_rollup");
    let queries = Queries::draw(&library, 15);
    let drawn = status("Anonymous:", "/proc/self/smaps_rollup");
    let mut times = Vec::new();
    for (n, text) in queries.0.iter().flat_map(|(_, list)| list).enumerate().take(100) {
        let _ = n;
        times.push(put(&index, &parse(text)).1);
    }
    let after = status("Anonymous:", "/proc/self/smaps_rollup");
    println!(
        "reader: anonymous {before:.1} MB open, {drawn:.1} with the queries drawn, {after:.1} after {} searches; p50 {:.1} ms, p99 {:.1} ms",
        times.len(),
        ms(of(&mut times, 50)),
        ms(of(&mut times, 99)),
    );
}

fn readers() {
    println!();
    let _ = me().arg("reader").status();
    println!("ten at once:");
    let ten: Vec<_> = (0..10).filter_map(|_| me().arg("reader").spawn().ok()).collect();
    for mut child in ten {
        let _ = child.wait();
    }
}
