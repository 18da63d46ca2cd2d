//! What the program put on the clipboard, read back from its output.

use super::sequences;

/// What was put on the clipboard in some output, by OSC 52.
pub fn copied(bytes: &[u8]) -> Vec<String> {
    let all = sequences(bytes).into_iter();
    let coded = all
        .filter_map(|(_, s)| Some(s.strip_prefix("\x1b]52;c;")?.strip_suffix('\x07')?.to_owned()));
    coded.map(|coded| String::from_utf8(from_base64(&coded)).unwrap()).collect()
}

/// RFC 4648, section 4, read backwards.
fn from_base64(coded: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => panic!("{c} is no letter of base64"),
    };
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for c in coded.bytes().filter(|c| *c != b'=') {
        bits = bits << 6 | u32::from(value(c));
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes
}
