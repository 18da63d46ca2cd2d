//! Reading PDFs: an invented record of 65 pages, and the largest real one where there is one.
//!
//! `cargo bench --bench pdf` prints sizes first, and the peak of memory last where the system tells it.

#[path = "../tests/pdf/make.rs"]
#[allow(dead_code, clippy::unwrap_used)]
mod make;

use divan::black_box;
use spv::import::pdf::{self, Hints};

/// An invented record of 65 pages: the two pages of its body again and again.
fn made() -> Vec<u8> {
    let sheets = make::body(false);
    let mut contents = vec![make::cover().bytes()];
    contents.extend((0..64).map(|n| sheets[n % 2].bytes()));
    make::pages(&contents, "").bytes()
}

/// The largest real PDF, if the folder of real records is there.
fn real() -> Option<Vec<u8>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let root = std::env::var("SPV_SHARED").unwrap_or_else(|_| default.to_owned());
    let folder = std::fs::read_dir(std::path::Path::new(&root).join("records/pdf")).ok()?;
    let files = folder.filter_map(|entry| Some(entry.ok()?.path()));
    let pdfs = files.filter(|path| path.extension().is_some_and(|end| end == "pdf"));
    pdfs.filter_map(|path| std::fs::read(path).ok()).max_by_key(Vec::len)
}

#[divan::bench]
fn made_65_pages(bencher: divan::Bencher<'_, '_>) {
    let bytes = made();
    bencher.bench_local(|| black_box(pdf::read(&bytes, &Hints::default()).is_ok()));
}

#[divan::bench]
fn largest_real(bencher: divan::Bencher<'_, '_>) {
    let Some(bytes) = real() else { return };
    bencher.bench_local(|| black_box(pdf::read(&bytes, &Hints::default()).is_ok()));
}

fn main() {
    for (name, bytes) in [("made", Some(made())), ("largest real", real())] {
        let Some(bytes) = bytes else { continue };
        match pdf::read(&bytes, &Hints::default()) {
            Ok(read) => println!(
                "{name}: {} kB, {} statements, {}",
                bytes.len() / 1000,
                read.record.statements().count(),
                read.report.last().map_or("", String::as_str)
            ),
            Err(error) => println!("{name}: {error}"),
        }
    }
    divan::main();
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
    }
}
