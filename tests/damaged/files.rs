//! PDFs, texts and record files, plain and packed, of which nothing can be taken.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::kit::{self, Kit, record};
use super::make::zst;
use super::packs::{bomb, swarm, wide};
use super::pdf::{hostile, make};
use super::{held, refused};

/// The name of a file, what has to be said of it, and its bytes.
pub type Damage = (String, &'static str, Vec<u8>);

/// An invented text that would be read.
const TEXT: &str = include_str!("../fixtures/text/invented.en.txt");

fn pdfs() -> Vec<Damage> {
    let whole = make::record(true).bytes();
    // Those of which no text is left; what is read of the others is in `tests/pdf/damage.rs`.
    let cut = hostile::damages(&whole).into_iter().take(3).map(|(name, bytes)| (name, "", bytes));
    let made = hostile::all().into_iter().map(|(name, bytes)| (name.to_owned(), "", bytes));
    let odd = [
        ("a heading alone", "damaged", b"%PDF-1.7\n".to_vec()),
        ("no PDF", "damaged", b"Words that are no PDF.".to_vec()),
        ("a text", "damaged", TEXT.as_bytes().to_vec()),
        ("zeros", "damaged", vec![0; 1 << 20]),
        ("a page without letters", "no text", make::page("").bytes()),
        ("letters one does not see", "scan", {
            let hidden = "BT /F1 10 Tf 3 Tr 60 700 Td (Words behind the picture of a page.) Tj ET";
            make::page(hidden).bytes()
        }),
        ("no record", "", make::page("BT /F1 10 Tf 60 700 Td (Words of nobody.) Tj ET").bytes()),
        (
            "more than 64 MB",
            "more than 64 MB",
            [&b"%PDF-1.7\n"[..], &vec![b' '; 65 << 20]].concat(),
        ),
    ];
    let odd = odd.into_iter().map(|(name, why, bytes)| (name.to_owned(), why, bytes));
    let all = cut.chain(made).chain(odd);
    all.map(|(name, why, bytes)| (format!("{name}.pdf"), why, bytes)).collect()
}

fn texts() -> Vec<Damage> {
    let address = "Mr. Orlan (Peru): Invented words. ";
    [
        ("nothing.txt", "no text", Vec::new()),
        ("spaces.txt", "", vec![b'\n'; 1 << 20]),
        ("zeros.txt", "", vec![0; 1 << 20]),
        ("bytes.txt", "", (0..1 << 16).map(|n: u32| ((n * 97) >> 3) as u8).collect()),
        ("nobody speaks.txt", "", b"Invented words that nobody says. ".repeat(50)),
        ("no symbol.txt", "symbol", address.repeat(50).into_bytes()),
        ("too much.txt", "split it", address.repeat(1_000_000).into_bytes()),
        ("one line of marks.txt", "", "(((:::)))".repeat(1 << 20).into_bytes()),
        ("half a letter.txt", "", without_middle_byte(TEXT)),
    ]
    .map(|(name, why, bytes)| (name.to_owned(), why, bytes))
    .to_vec()
}

/// A text in UTF-16 that lost a byte in its middle, so that all its letters after it are others.
fn without_middle_byte(text: &str) -> Vec<u8> {
    let mut bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    bytes.remove(bytes.len() / 2);
    bytes
}

fn records() -> Vec<Damage> {
    let sound = record("S/PV.8002", "en", "2019-01-02");
    let text = sound.to_string();
    let changed = |field: &str, value: serde_json::Value| {
        let mut changed = sound.clone();
        changed[field] = value;
        changed.to_string().into_bytes()
    };
    let packed = zst(text.as_bytes());
    let mut flipped = packed.clone();
    flipped[2] ^= 4;
    [
        ("nothing.json", "", Vec::new()),
        ("cut.json", "", text.as_bytes()[..text.len() / 2].to_vec()),
        ("no letters.json", "UTF-8", b"{\"format\": \"\xff\"}".to_vec()),
        ("another.json", "format", b"{\"some\": \"thing\"}".to_vec()),
        ("a list.json", "", b"[]".to_vec()),
        ("deep.json", "", b"[".repeat(1 << 20)),
        ("deep within.json", "", format!("{{\"more\":{}", "{\"a\":".repeat(1 << 20)).into_bytes()),
        ("newer.json", "newer spv reads it", changed("format", "spv/9".into())),
        ("no day.json", "date", changed("date", "2019-02-30".into())),
        ("no symbol.json", "symbol", changed("symbol", "S/RES/1".into())),
        ("a number.json", "", text.replace("\"number\":1", "\"number\":1e999").into_bytes()),
        ("an exercise.json", "exercise", changed("exercise", true.into())),
        ("too much.json", "larger than 64 MB", vec![b' '; 65 << 20]),
        ("a bomb.json.zst", "larger than 64 MB", bomb()),
        ("a wide window.json.zst", "cannot be decompressed", wide()),
        ("a swarm.json.zst", "more parts than", swarm()),
        ("no zstd.json.zst", "cannot be decompressed", text.clone().into_bytes()),
        ("cut.json.zst", "cannot be decompressed", packed[..packed.len() / 2].to_vec()),
        ("flipped.json.zst", "", flipped),
        ("nothing.json.zst", "", Vec::new()),
        ("nothing packed.json.zst", "", zst(b"")),
    ]
    .map(|(name, why, bytes)| (name.to_owned(), why, bytes))
    .to_vec()
}

/// All of them.
pub fn all() -> Vec<Damage> {
    [pdfs(), texts(), records()].concat()
}

/// Every file of a library and its bytes.
fn whole(library: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let read = |file: PathBuf| (file.clone(), std::fs::read(file).unwrap());
    kit::files(library).into_iter().map(read).collect()
}

#[test]
fn each_file_is_refused_and_the_library_is_as_it_was() {
    let kit = Kit::empty();
    let own = kit.write("own.json", record("S/PV.8001", "en", "2019-01-01").to_string());
    let library = kit.at("new");
    let import = |file: &Path| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_spv"));
        program.arg("--library").arg(&library).arg("import").arg(file);
        program.env("HOME", kit.at("home")).current_dir(kit.folder.path());
        held(&program)
    };
    assert_eq!(import(&own).code, Some(0));
    let before = whole(&library);
    let (mut unsaid, mut longest) = (Vec::new(), (0.0, String::new()));
    for (name, why, bytes) in all() {
        let file = kit.write(&name, &bytes);
        let began = Instant::now();
        let ran = import(&file);
        let took = began.elapsed().as_secs_f64();
        if took > longest.0 {
            longest = (took, name.clone());
        }
        refused(&ran, &name);
        if !(ran.err.contains(&name) && ran.err.contains(why)) {
            unsaid.push(format!("{name}, {why}: {}", ran.err));
        }
        assert_eq!(ran.out, "", "{name}");
        assert_eq!(whole(&library), before, "{name}");
        std::fs::remove_file(file).unwrap();
    }
    assert!(unsaid.is_empty(), "{}", unsaid.concat());
    println!("the longest: {longest:?}");
}
