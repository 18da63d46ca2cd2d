//! The corpus of full size, as records and as plain files: the output of `make_corpus.py full` of the shared folder.

use std::collections::BTreeMap;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// A folder that is kept between runs.
pub fn at(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

const STATES: [&str; 12] = [
    "France",
    "China",
    "Kazakhstan",
    "Kenya",
    "Mexico",
    "Norway",
    "Peru",
    "Senegal",
    "Tunisia",
    "Uruguay",
    "Viet Nam",
    "Poland",
];

/// Makes the records and the plain files if they do not exist. `false` if the corpus cannot be made because there is no
/// shared folder.
pub fn make() -> io::Result<bool> {
    if at("search-library").is_dir() && at("search-plain").is_dir() {
        return Ok(true);
    }
    let tar = at("corpus/speeches.tar");
    if !tar.is_file() {
        let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
        let shared = std::env::var_os("SPV_SHARED").map_or(default, PathBuf::from);
        let script = shared.join("tools/make_corpus.py");
        if !script.is_file() {
            println!("skipped: {} is not here", script.display());
            return Ok(false);
        }
        Command::new("python3").arg(script).arg("full").arg(at("corpus")).status()?;
    }
    let mut records: BTreeMap<String, Vec<(u32, String)>> = BTreeMap::new();
    let mut tar = io::BufReader::with_capacity(1 << 20, std::fs::File::open(tar)?);
    while let Some((name, bytes)) = next(&mut tar)? {
        let base = name.rsplit('/').next().unwrap_or("");
        let Some((record, speech)) = base.trim_end_matches(".txt").rsplit_once("_spch") else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        records.entry(record.to_owned()).or_default().push((speech.parse().unwrap_or(0), text));
    }
    let (library, plain) = (at("search-making"), at("search-plain"));
    std::fs::create_dir_all(&plain)?;
    for (n, (name, mut speeches)) in records.into_iter().enumerate() {
        speeches.sort_by_key(|(number, _)| *number);
        let year = name.get(5..9).unwrap_or("1992").to_owned();
        let symbol = format!("S/PV.{}", 3_000 + n);
        let value = record(&symbol, &year, n, &speeches);
        let folder = library.join(format!("records/{year}"));
        std::fs::create_dir_all(&folder)?;
        // As the program packs records, with size and checksum, but at a faster level.
        let text = value.to_string();
        let file = std::fs::File::create(folder.join(format!("S_PV.{}.en.json.zst", 3_000 + n)))?;
        let mut packed = zstd::Encoder::new(file, 3)?;
        packed.include_checksum(true)?;
        packed.set_pledged_src_size(Some(text.len() as u64))?;
        packed.write_all(text.as_bytes())?;
        packed.finish()?;
        // One paragraph a line, so that ripgrep also finds phrases in paragraphs.
        let mut file = io::BufWriter::new(std::fs::File::create(plain.join(format!("{n}.txt")))?);
        for (_, speech) in &speeches {
            for paragraph in paragraphs(speech) {
                writeln!(file, "{paragraph}")?;
            }
        }
    }
    std::fs::rename(library, at("search-library"))?;
    Ok(true)
}

/// The next file of a tar.
fn next(tar: &mut impl Read) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut header = [0; 512];
    if tar.read_exact(&mut header).is_err() || header[0] == 0 {
        return Ok(None);
    }
    let text = |range: std::ops::Range<usize>| {
        String::from_utf8_lossy(&header[range]).trim_end_matches(['\0', ' ']).to_owned()
    };
    let size = usize::from_str_radix(&text(124..135), 8).unwrap_or(0);
    let mut bytes = vec![0; size.next_multiple_of(512)];
    tar.read_exact(&mut bytes)?;
    bytes.truncate(size);
    Ok(Some((text(0..100), bytes)))
}

/// Paragraphs as printed; without any, a paragraph for every four sentences.
fn paragraphs(speech: &str) -> Vec<String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let printed: Vec<String> =
        speech.split("\n\n").map(one_line).filter(|text| !text.is_empty()).collect();
    if printed.len() > 1 {
        return printed;
    }
    let whole = one_line(speech);
    let sentences: Vec<&str> = whole.split_inclusive(". ").collect();
    sentences.chunks(4).map(|four| four.concat().trim().to_owned()).collect()
}

fn record(symbol: &str, year: &str, n: usize, speeches: &[(u32, String)]) -> Value {
    let items: Vec<Value> = speeches
        .iter()
        .enumerate()
        .map(|(at, (_, text))| {
            let chair = at % 3 == 0;
            let paragraphs: Vec<Value> =
                paragraphs(text).into_iter().map(|text| json!({"text": text})).collect();
            json!({
                "type": "statement", "number": at + 1,
                "speaker": {"printed": "x", "name": format!("Mr. Invented {}", (n * 7 + at) % 4_001),
                            "state": STATES[(n + at) % STATES.len()],
                            "as": if chair { "president" } else { "member" }},
                "paragraphs": paragraphs,
            })
        })
        .collect();
    json!({
        "format": "spv/1", "symbol": symbol, "kind": "verbatim", "language": "en",
        "date": format!("{year}-{:02}-{:02}", 1 + n / 25 % 12, 1 + n % 25),
        "topic": format!("An invented topic {}", n % 900), "agenda": [], "items": items,
    })
}
