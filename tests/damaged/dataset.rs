//! Files that are damaged or not what they say: one clear line, exit code 2, no library made.

use super::archive::*;
use super::{held, refused};

const ROW: &str = "Ms. Orlan\tPeru\t\tMentioned";

/// Changes one file of a sound set.
pub type Damage = fn(&Kit);

fn sound(kit: &Kit) -> Vec<u8> {
    std::fs::read(kit.set().join("speeches.tar")).unwrap()
}

fn with(kit: &Kit, member: Vec<u8>) {
    let mut bytes = sound(kit);
    bytes.splice(0..0, member);
    kit.write("speeches.tar", bytes);
}

const NAME: &str = "UNSC_2020_SPV.8704_spch0009.txt";

pub const DAMAGES: [(&str, Damage); 22] = [
    ("leads out", |k| with(k, member(&format!("../{NAME}"), b'0', b"x"))),
    ("leads out", |k| with(k, member(&format!("/etc/{NAME}"), b'0', b"x"))),
    ("is a link", |k| with(k, member(NAME, b'2', b""))),
    ("is a link", |k| with(k, member(NAME, b'1', b""))),
    ("not an ordinary file", |k| with(k, member(NAME, b'6', b""))),
    ("does not fit", |k| with(k, heading(NAME, b'0', 0o77_777_777_777))),
    ("larger than any name", |k| with(k, member(NAME, b'L', &[b'x'; 70_000]))),
    ("does not fit", |k| with(k, heading(NAME, b'L', 1 << 32))),
    ("cut off", |k| k.write("speeches.tar", &sound(k)[..700])),
    ("cut off", |k| k.write("speeches.tar", &sound(k)[..512])),
    ("cut off", |k| k.write("speeches.tar", b"")),
    ("not a tar heading", |k| k.write("speeches.tar", vec![b'x'; 4096])),
    ("not a tar heading", |k| {
        let mut bytes = sound(k);
        bytes[4] ^= 1;
        k.write("speeches.tar", bytes);
    }),
    ("no column \"filename\"", |k| k.write("speaker.tsv", "a\tb\n1\t2\n")),
    ("no column \"basename\"", |k| k.write("meta.tsv", "a\tb\n1\t2\n")),
    ("not the heading of a", |k| k.write("speaker.tsv", "\u{0}\u{1}\u{2}")),
    ("is empty", |k| k.write("speaker.tsv", "")),
    ("no rows", |k| k.write("speaker.tsv", SPEAKER)),
    ("this line is too long", |k| k.write("speaker.tsv", vec![b'x'; 40 << 20])),
    ("starts here is too long", |k| {
        k.write("speaker.tsv", format!("{SPEAKER}\n1\n{}", "x\n".repeat(900)))
    }),
    ("never ends", |k| k.write("speaker.tsv", format!("{SPEAKER}\n1\tUNSC"))),
    ("speaker.tsv is missing from", |k| std::fs::remove_file(k.set().join("speaker.tsv")).unwrap()),
];

#[test]
fn each_is_refused_with_one_line_and_nothing_is_written() {
    for (at, (why, damage)) in DAMAGES.iter().enumerate() {
        let kit = Kit::new();
        kit.meeting(&[(ROW, "Ms. Orlan (Peru): Invented words.")]);
        damage(&kit);
        let ran = held(&kit.command(&kit.library(), &[]));
        refused(&ran, &format!("{at} {why}"));
        assert!(ran.err.contains(why), "{at} {why}: {}", ran.err);
        assert!(ran.err.contains(".tsv") || ran.err.contains(".tar"), "{at}: {}", ran.err);
        assert!(!kit.library().exists(), "{at} {why}");
    }
}

#[test]
fn a_library_that_was_there_stays_as_it_was() {
    let kit = Kit::new();
    kit.meeting(&[(ROW, "Ms. Orlan (Peru): Invented words.")]);
    assert_eq!(kit.import(&[]).code, Some(0));
    let before = files(&kit.library());
    for (why, damage) in &DAMAGES {
        let set = Kit::new();
        set.meeting(&[(ROW, "Ms. Orlan (Peru): Other words.")]);
        damage(&set);
        let ran = ran(set.command(&kit.library(), &["--replace"]));
        assert_eq!(ran.code, Some(2), "{why}: {ran:?}");
        assert_eq!(files(&kit.library()), before, "{why}");
    }
}

#[test]
fn controls_in_names_and_texts_reach_no_terminal() {
    let kit = Kit::new();
    let row = "Ms. \u{1b}]0;Orlan\u{7}\tPeru\t\tMentioned";
    kit.meeting(&[(row, "Invented \u{1b}[2J words \u{202e}turned. S/2020/1")]);
    let ran = kit.import(&[]);
    assert_eq!(ran.code, Some(0));
    let shown = format!(
        "{}{}",
        ran.out,
        std::fs::read_to_string(kit.library().join(".spv/import.log")).unwrap()
    );
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
}

#[test]
fn a_text_larger_than_any_speech_leaves_its_record_out() {
    let kit = Kit::new();
    kit.meeting(&[(ROW, &"Ms. Orlan (Peru): Long. ".repeat(400_000))]);
    let ran = kit.import(&[]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("more than any speech"), "{}", ran.out);
    assert!(files(&kit.library()).is_empty());
}
