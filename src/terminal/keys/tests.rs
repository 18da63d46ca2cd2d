//! Tables of sequences, and properties of torn and foreign bytes.

use super::{Keys, Mouse, PASTE_LIMIT, PASTE_PATIENCE, PATIENCE, Typed};
use crate::app::keymap::Key;
use proptest::prelude::*;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// All that comes of bytes, waited for to the end.
fn typed(pieces: &[&[u8]], pause: Duration) -> Vec<Typed> {
    let (mut keys, mut now, mut all) = (Keys::default(), SECOND, Vec::new());
    for piece in pieces {
        now += pause;
        all.extend(keys.feed(piece, now));
    }
    all.extend(keys.expire(now + 10 * SECOND));
    assert_eq!(keys.wait(now + 10 * SECOND), None, "something is held for ever");
    all
}

fn codes(bytes: &[u8]) -> Vec<Key> {
    let code = |typed| match typed {
        Typed::Key(key) => key,
        other => panic!("{other:?}"),
    };
    typed(&[bytes], Duration::ZERO).into_iter().map(code).collect()
}

#[test]
fn keys_are_what_terminals_send_for_them() {
    use Key::{BackTab, Backspace, Char, Ctrl, Down, End, Enter, Esc, F, Home, PageDown, Tab, Up};
    let table: &[(&[u8], &[Key])] = &[
        (b"jk", &[Char('j'), Char('k')]),
        (b"\r\t\x7f\x08", &[Enter, Tab, Backspace, Backspace]),
        ("ю中".as_bytes(), &[Char('ю'), Char('中')]),
        (b"\x1b[A\x1bOA\x1b[1;5A", &[Up, Up, Up]),
        (b"\x1b[H\x1b[1~\x1b[7~\x1bOH", &[Home, Home, Home, Home]),
        (b"\x1b[4~\x1b[F\x1b[6~\x1b[Z", &[End, End, PageDown, BackTab]),
        (b"\x1bOP\x1b[11~\x1b[[A\x1b[15~\x1b[17~\x1b[24~", &[F(1), F(1), F(1), F(5), F(6), F(12)]),
        (b"\x1b", &[Esc]),
        (b"\x1bj", &[Esc, Char('j')]),
        (b"\x1b\x1b[B", &[Esc, Down]),
        // Whole but unknown: a release of the mouse, focus, a report of the cursor, the release of a key.
        (b"\x1b[<0;3;4mj\x1b[Ij\x1b[12;40Rj\x1b[1;1:3Bj", &[Char('j'); 4]),
        // Replies, ended by a bell or by the string terminator; without an end they are keys.
        (b"\x1bP>|xterm(370)q\x1b\\j\x1b]11;rgb:ffff/0/0\x07j\x1b_Gi=1;OK\x1b\\j", &[Char('j'); 3]),
        (b"\x1bPq", &[Esc, Char('P'), Char('q')]),
        (b"\x1b[106;5u\x1b[27u\x1b[9;2u", &[Ctrl('j'), Esc, BackTab]),
        // Bytes that are no text are dropped, and nothing with them.
        (b"\xff\xc3j\xe4\xb8k\x80", &[Char('j'), Char('k')]),
    ];
    for (bytes, keys) in table {
        assert_eq!(&codes(bytes), keys, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn modifiers_are_told() {
    let table: &[(&[u8], Option<Key>)] = &[
        (b"\x03", Some(Key::Ctrl('c'))),
        (b"\x1a", Some(Key::Ctrl('z'))),
        (b"\x1b[67;6u", Some(Key::Ctrl('c'))),
        (b"G", Some(Key::Char('G'))),
        (b"\x1b[103;2u", Some(Key::Char('G'))),
        // Nothing is bound to Alt, and to Ctrl only with characters.
        (b"\x1b[113;3u", None),
        (b"\x1b[1;5C", Some(Key::Right)),
        (b"\x1b[5;3~", Some(Key::PageUp)),
    ];
    for (bytes, key) in table {
        let want: Vec<Typed> = key.map(Typed::Key).into_iter().collect();
        assert_eq!(typed(&[bytes], Duration::ZERO), want, "{bytes:?}");
    }
}

#[test]
fn a_torn_sequence_is_one_key_and_a_lone_esc_its_own() {
    let up = [Typed::Key(Key::Up)];
    let torn: &[&[u8]] = &[b"\x1b", b"[", b"A"];
    assert_eq!(typed(torn, PATIENCE / 2), up);
    let apart = typed(torn, PATIENCE * 2);
    let keys: Vec<Typed> = [Key::Esc, Key::Char('[')]
        .map(Typed::Key)
        .into_iter()
        .chain([Typed::Key(Key::Char('A'))])
        .collect();
    assert_eq!(apart, keys);

    let mut keys = Keys::default();
    assert_eq!(keys.feed(b"\x1b", SECOND), []);
    assert_eq!(keys.wait(SECOND), Some(PATIENCE));
    assert_eq!(keys.expire(SECOND + PATIENCE / 2), []);
    assert_eq!(keys.expire(SECOND + PATIENCE), [Typed::Key(Key::Esc)]);
    assert_eq!(keys.wait(SECOND + PATIENCE), None);
}

#[test]
fn pasted_text_is_one_thing_however_it_comes() {
    let bytes = "\x1b[200~line\r\nq \x1b[A 中\x1b[201~j".as_bytes();
    let whole = typed(&[bytes], Duration::ZERO);
    let text = Typed::Paste("line\r\nq \x1b[A 中".to_owned());
    assert_eq!(whole, [text, Typed::Key(Key::Char('j'))]);
    let torn: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(typed(&torn, PATIENCE / 2), whole);

    let mut keys = Keys::default();
    keys.feed(b"\x1b[200~lost end", SECOND);
    assert_eq!(keys.expire(SECOND + PASTE_PATIENCE), [Typed::Paste("lost end".to_owned())]);
    let large = [b"\x1b[200~".as_slice(), &vec![b'x'; PASTE_LIMIT + 9], b"\x1b[201~q"].concat();
    let got = typed(&[&large], Duration::ZERO);
    assert!(matches!(&got[..], [Typed::Paste(text), Typed::Key(_)] if text.len() == PASTE_LIMIT));
}

/// Whatever has no end lets Ctrl-C through, is held in little memory, and makes no keys.
#[test]
fn what_has_no_end_is_ended_by_ctrl_c() {
    let stop = Typed::Key(Key::Ctrl('c'));
    for (begin, more) in [
        (&b"\x1b["[..], &b"1;"[..]),
        (b"\x1b]52;c;", b"AAAA"),
        (b"\x1bP1+r", b"q j k"),
        (b"\x1b_G", b"QQ"),
    ] {
        let mut keys = Keys::default();
        keys.feed(begin, SECOND);
        for _ in 0..10_000 {
            assert_eq!(keys.feed(&more.repeat(10), SECOND), []);
            assert!(keys.held.len() < 5_000, "{}", keys.held.len());
        }
        assert_eq!(keys.feed(b"\x03", SECOND), std::slice::from_ref(&stop), "{begin:?}");
    }
    // Ended as it should be, at a time when nobody waits for it any more.
    let long = [b"\x1b]52;c;".as_slice(), &b"A".repeat(20_000), b"\x1b\\j"].concat();
    let torn: Vec<&[u8]> = long.chunks(7).collect();
    for pieces in [&[&long[..]][..], &torn] {
        let j = Typed::Key(Key::Char('j'));
        assert_eq!(typed(pieces, Duration::ZERO), [j]);
    }

    let mut keys = Keys::default();
    assert_eq!(keys.feed(b"\x1b[200~some text\x03", SECOND), [], "a paste may hold it");
    keys.feed(&vec![b'x'; PASTE_LIMIT + 9], SECOND);
    let typed = keys.feed(b"\x1b\x1b\x03", SECOND);
    assert!(
        matches!(&typed[..], [Typed::Paste(text), key] if text.len() == PASTE_LIMIT && *key == stop)
    );
    // A small one that goes on for long.
    let mut keys = Keys::default();
    keys.feed(b"\x1b[200~", SECOND);
    for at in 1..8 {
        assert_eq!(keys.feed(b"x", SECOND + PASTE_PATIENCE / 2 * at), []);
    }
    let typed = keys.feed(b"\x03", SECOND + PASTE_PATIENCE * 4);
    assert_eq!(typed, [Typed::Paste("x".repeat(7)), stop]);
}

proptest! {
    #[test]
    fn no_bytes_panic_and_tearing_changes_nothing(
        pieces in prop::collection::vec(prop_oneof![
            Just(b"\x1b[".to_vec()), Just(b"\x1b[200~".to_vec()), Just(b"\x1b[201~".to_vec()), Just(b"\x1bO".to_vec()),
            Just(b"1;5".to_vec()), Just("中".as_bytes().to_vec()), prop::collection::vec(any::<u8>(), 0..5),
        ], 0..12),
    ) {
        let bytes = pieces.concat();
        let torn: Vec<&[u8]> = bytes.chunks(1).collect();
        prop_assert_eq!(typed(&[&bytes], Duration::ZERO), typed(&torn, Duration::ZERO));
    }
}

/// Every key of the key table can come from a terminal.
#[test]
fn every_key_of_the_table_is_reached() {
    let mut reached: Vec<Key> = Vec::new();
    for byte in 0..0x80 {
        reached.extend(codes(&[byte]));
    }
    for last in (b'A'..=b'Z').filter(|last| !b"MOPX".contains(last)) {
        reached.extend(codes(&[0x1b, b'[', last]));
    }
    for letter in b'a'..=b'z' {
        reached.extend(codes(format!("\x1b[{letter};5u").as_bytes()));
    }
    for number in 1..=24 {
        reached.extend(codes(format!("\x1b[{number}~").as_bytes()));
    }
    for binding in crate::app::keymap::KEYS {
        for wanted in binding.keys {
            assert!(reached.contains(wanted), "{wanted} comes from no key");
        }
    }
}

#[test]
fn the_wheel_and_the_first_button_are_told() {
    let table: &[(&[u8], &[Mouse])] = &[
        (b"\x1b[<0;3;4M\x1b[<0;3;4m", &[Mouse::Click { column: 2, row: 3 }]),
        (
            b"\x1b[<64;1;1M\x1b[<65;900;300M",
            &[Mouse::Wheel { up: true }, Mouse::Wheel { up: false }],
        ),
        // Other buttons, drags, places that are none.
        (b"\x1b[<2;3;4M\x1b[<32;3;4M\x1b[<0;0;4M\x1b[<0;99999;4M\x1b[<0;3M", &[]),
    ];
    for (bytes, wanted) in table {
        let wanted: Vec<Typed> = wanted.iter().copied().map(Typed::Mouse).collect();
        assert_eq!(typed(&[bytes], Duration::ZERO), wanted, "{bytes:?}");
        let torn: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(typed(&torn, PATIENCE / 2), wanted, "{bytes:?}");
    }
}
