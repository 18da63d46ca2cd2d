//! Packs that are damaged or made to do harm: the sound records come in, the others are named, and
//! nothing else happens.

use std::io::Write as _;

use super::archive::{self, heading, member, tar};
use super::kit::{Kit, on, record};
use super::make::{pack, sums, zst};
use super::{held, refused};

const ONE: &str = "records/2019/S_PV.8001.en.json.zst";
const TWO: &str = "records/2019/S_PV.8002.en.json.zst";

fn one() -> Vec<u8> {
    zst(record("S/PV.8001", "en", "2019-01-01").to_string().as_bytes())
}

fn two() -> Vec<u8> {
    zst(record("S/PV.8002", "en", "2019-01-02").to_string().as_bytes())
}

/// A pack of the first record and something that the list vouches for.
fn with(name: &str, bytes: &[u8]) -> Vec<u8> {
    pack(&[(ONE, &one()), (name, bytes)])
}

/// A sound pack of two records with blocks put in before the second.
fn between(blocks: &[u8]) -> Vec<u8> {
    let list = sums(&[(ONE, &one()), (TWO, &two())]);
    let (one, two) = (member(ONE, b'0', &one()), member(TWO, b'0', &two()));
    [&list[..], &one, blocks, &two, &[0; 1024]].concat()
}

/// A sound pack of two records, changed at a byte of one of its parts: the list, or the second record.
fn changed(change: impl FnOnce(&mut Vec<u8>, usize)) -> Vec<u8> {
    let mut bytes = between(&[]);
    let second = bytes.len() - 1024 - member(TWO, b'0', &two()).len();
    change(&mut bytes, second);
    bytes
}

/// Seventy megabytes of spaces, in a few kilobytes.
pub fn bomb() -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    (0..70).for_each(|_| encoder.write_all(&[b' '; 1 << 20]).unwrap());
    encoder.finish().unwrap()
}

/// A record of ordinary words behind a window of 128 MB.
pub fn wide() -> Vec<u8> {
    let text = record("S/PV.8002", "en", "2019-01-02").to_string();
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.window_log(27).unwrap();
    encoder.include_contentsize(false).unwrap();
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.flush().unwrap();
    encoder.finish().unwrap()
}

/// JSON of many small things: a few bytes each there, hundreds in memory.
pub fn swarm() -> Vec<u8> {
    let mut value = record("S/PV.8002", "en", "2019-01-02");
    value["items"] = serde_json::json!([]);
    let items = vec![r#"{"type":"direction","text":""}"#; 2_100_000].join(",");
    zst(value.to_string().replace(r#""items":[]"#, &format!(r#""items":[{items}]"#)).as_bytes())
}

fn text(symbol: &str, change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    let mut value = record(symbol, "en", "2019-01-02");
    change(&mut value);
    zst(value.to_string().as_bytes())
}

/// What is said of a pack, how many of its records are sound, and its bytes.
pub type Damage = (&'static str, usize, Vec<u8>);

/// Packs of which some records are sound.
fn in_part() -> Vec<Damage> {
    let flip = |at: usize| changed(move |bytes, second| bytes[second + at] ^= 1);
    vec![
        ("checksum mismatch", 1, flip(512 + 40)),
        ("a header is damaged", 1, flip(4)),
        ("a header is damaged", 1, flip(130)),
        ("not found in the pack", 1, flip(150)),
        ("a header is damaged", 1, changed(|b, second| b[second..second + 512].fill(0xff))),
        ("not found in the pack", 1, changed(|b, second| b[second..second + 512].fill(0))),
        ("is damaged; its record is not imported", 1, changed(|b, _| b[512] = b'x')),
        ("checksum mismatch", 1, changed(|b, _| b[512] = if b[512] == b'0' { b'1' } else { b'0' })),
        ("more lines are damaged", 1, {
            // Sixteen megabytes of lines that say nothing, behind one that does.
            let list = sums(&[(ONE, &one())]);
            let text = [list[512..].split(|b| *b == 0).next().unwrap(), &b"x\n".repeat(8_000_000)];
            let list = member("SHA256SUMS", b'0', &text.concat());
            [&list[..], &member(ONE, b'0', &one()), &[0; 1024]].concat()
        }),
        (
            "unexpected end of file in the middle of it",
            1,
            changed(|b, second| b.truncate(second + 600)),
        ),
        ("unexpected end of file: the end mark", 1, changed(|b, second| b.truncate(second + 100))),
        ("not found in the pack", 1, changed(|b, second| b.truncate(second))),
        ("the end mark is missing", 2, changed(|b, _| b.truncate(b.len() - 1024))),
        ("leads out of the pack", 2, between(&member("../S_PV.8003.en.json.zst", b'0', b"x"))),
        ("leads out of the pack", 2, between(&member("/etc/S_PV.8003.en.json.zst", b'0', b"x"))),
        ("leads out of the pack", 2, between(&member("records/../../x", b'5', b""))),
        (
            "a link, which is not allowed",
            2,
            between(&member("records/2019/link.json.zst", b'2', b"")),
        ),
        (
            "a link, which is not allowed",
            2,
            between(&member("records/2019/link.json.zst", b'1', b"")),
        ),
        ("not a regular file", 2, between(&member("records/2019/device", b'3', b""))),
        ("not a regular file", 2, between(&member("records/2019/pipe", b'6', b""))),
        ("not a regular file", 2, between(&member("records/2019/sparse", b'S', b""))),
        ("claims", 2, between(&heading("records/2019/huge.json.zst", b'0', 0o77_777_777_777))),
        ("not a regular file", 2, between(&heading("records/2019/huge", b'x', 0o77_777_777_777))),
        ("in the pack twice", 2, between(&member(ONE, b'0', &one()))),
        ("not listed in SHA256SUMS", 2, between(&member("records/2019/more.json.zst", b'0', b"x"))),
        ("not listed in SHA256SUMS", 2, between(&sums(&[(ONE, b"x")]))),
        ("more than 64 MB", 1, with(TWO, &bomb())),
        ("cannot be unpacked", 1, with(TWO, &wide())),
        ("cannot be unpacked", 1, with(TWO, b"no zstd file")),
        ("cannot be unpacked", 1, with(TWO, &two()[..two().len() / 2])),
        ("empty file", 1, with(TWO, &zst(b""))),
        ("line 1", 1, with(TWO, &zst(b"{\"format\": \"spv/1\"}"))),
        ("not UTF-8", 1, with(TWO, &zst(b"{\"format\": \"\xff\"}"))),
        ("newer spv reads it", 1, with(TWO, &text("S/PV.8002", |v| v["format"] = "spv/9".into()))),
        ("belongs under", 1, with(TWO, &text("S/PV.8009", |_| {}))),
        ("belongs under", 1, with("records/2018/S_PV.8002.en.json.zst", &two())),
        ("belongs under", 1, with("S_PV.8002.en.json.zst", &two())),
        ("end in .json.zst", 1, with("records/2019/S_PV.8002.en.json", &two())),
        ("leads out of the pack", 1, with("../../S_PV.8002.en.json.zst", &two())),
        ("exercise", 1, with(TWO, &text("S/PV.8002", |v| v["exercise"] = true.into()))),
        ("more parts than", 1, with(TWO, &swarm())),
        ("not found in the pack", 0, [sums(&[(ONE, &one())]), vec![0; 1024]].concat()),
    ]
}

/// Files of which nothing can be taken.
fn in_whole() -> Vec<Damage> {
    let (one, two) = (one(), two());
    let members = [(ONE.to_owned(), one.clone()), (TWO.to_owned(), two.clone())];
    let list = sums(&[(ONE, &one)]);
    vec![
        ("SHA256SUMS is not its first file", 0, tar(&members)),
        (
            "SHA256SUMS is not its first file",
            0,
            [member("../SHA256SUMS", b'0', b"x"), vec![0; 1024]].concat(),
        ),
        (
            "SHA256SUMS is not its first file",
            0,
            [member("SHA256SUMS", b'2', b""), vec![0; 1024]].concat(),
        ),
        ("unexpected end of file in its SHA256SUMS", 0, list[..600].to_vec()),
        ("unexpected end of file before its SHA256SUMS", 0, list[..100].to_vec()),
        ("unexpected end of file before its SHA256SUMS", 0, Vec::new()),
        ("lists no record", 0, [member("SHA256SUMS", b'0', b""), vec![0; 1024]].concat()),
        ("lists no record", 0, [member("SHA256SUMS", b'0', b"words\n"), vec![0; 1024]].concat()),
        ("its SHA256SUMS is too large", 0, heading("SHA256SUMS", b'0', 0o77_777_777_777)),
        ("not a tar header", 0, vec![b'x'; 4096]),
        ("not a tar header", 0, vec![0; 4096]),
        (
            "debates data set",
            0,
            tar(&[("speeches/UNSC_2020_SPV.8704_spch0001.txt".to_owned(), vec![b'x'])]),
        ),
    ]
}

/// All of them.
pub fn all() -> Vec<Damage> {
    [in_part(), in_whole()].concat()
}

#[test]
fn each_gives_its_sound_records_and_names_the_others() {
    for (at, (why, sound, bytes)) in all().into_iter().enumerate() {
        let kit = Kit::empty();
        let file = kit.write("pack.tar", &bytes);
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_spv"));
        program.arg("--library").arg(kit.at("new")).arg("import").arg(&file);
        program.env("HOME", kit.at("home")).current_dir(kit.folder.path());
        let ran = held(&program);
        refused(&ran, &format!("{at} {why}"));
        assert!(ran.err.contains("pack.tar"), "{at} {why}: {}", ran.err);
        let said = if ran.out.is_empty() { &ran.err } else { &ran.out };
        assert!(said.contains(why), "{at} {why}: {ran:?}");
        assert_eq!(archive::files(&kit.at("new")).len(), sound, "{at} {why}: {ran:?}");
        assert_eq!(kit.at("new").exists(), sound > 0, "{at} {why}");
        // Nothing is written beside the library.
        let mut names: Vec<_> =
            std::fs::read_dir(kit.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.retain(|name| name != "new");
        names.sort();
        assert_eq!(names, ["home", "library", "pack.tar"], "{at} {why}");
        // What check says is what import says.
        let checked = on(&kit, "new", &["check", "pack.tar"]);
        if sound > 0 || !ran.out.is_empty() {
            assert_eq!(checked.code, 2, "{at} {why}");
            assert!(checked.out.contains(why), "{at} {why}: {}", checked.out);
            let sound = if sound == 1 {
                "1 record file sound".to_owned()
            } else {
                format!("{sound} record files sound")
            };
            assert!(checked.out.contains(&sound), "{at} {why}: {}", checked.out);
        }
    }
}

#[test]
fn a_library_that_was_there_loses_nothing() {
    let kit = Kit::empty();
    kit.write("own.json", record("S/PV.8001", "en", "2019-01-01").to_string());
    assert_eq!(on(&kit, "new", &["import", "own.json"]).code, 0);
    let before = archive::files(&kit.at("new"));
    for (why, _, bytes) in all().into_iter().step_by(3) {
        let file = kit.write("pack.tar", &bytes);
        let ran = on(&kit, "new", &["import", file.to_str().unwrap()]);
        assert_eq!(ran.code, 2, "{why}");
        let mut after = archive::files(&kit.at("new"));
        assert!(after.keys().all(|name| [ONE, TWO].contains(&name.as_str())), "{why}: {after:?}");
        after.retain(|name, _| before.contains_key(name));
        assert_eq!(after, before, "{why}");
        let _ = std::fs::remove_file(kit.at("new").join(TWO));
    }
}

#[test]
fn names_in_a_pack_reach_no_terminal() {
    let kit = Kit::empty();
    let evil = "records/\u{1b}[2J\u{202e}x.json.zst";
    kit.write("pack.tar", between(&member(evil, b'0', b"x")));
    let ran = on(&kit, "new", &["import", "pack.tar"]);
    let log = std::fs::read_to_string(kit.at("new/.spv/import.log")).unwrap();
    let checked = on(&kit, "new", &["check", "pack.tar"]);
    for text in [ran.out, ran.err, log, checked.out, checked.err] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    }
}

#[test]
fn a_claim_of_being_verified_is_not_believed() {
    let kit = Kit::empty();
    let bytes = text("S/PV.8002", |v| {
        v["source"] = serde_json::json!({"from": "pdf", "pack": {"file": "x", "verified": true}});
    });
    kit.write("pack.tar", pack(&[(TWO, &bytes)]));
    assert_eq!(on(&kit, "new", &["import", "pack.tar"]).code, 0);
    assert!(on(&kit, "new", &["info", "8002"]).out.contains("origin not verified (pack.tar)"));
}
