//! The list of checksums of a pack, as `sha256sum` writes and reads it.

use std::collections::HashMap;

use super::super::files::one_line;
use crate::import::words::to_hex;

/// The SHA-256 of some bytes.
pub type Sum = [u8; 32];

/// Writes the line of one file.
pub fn line(out: &mut String, sum: &Sum, name: &str) {
    out.push_str(&to_hex(sum));
    out.push_str("  ");
    out.push_str(name);
    out.push('\n');
}

/// What a list says, by name.
#[derive(Debug, Default)]
pub struct Sums {
    /// The checksum of each file.
    pub of: HashMap<String, Sum>,
    /// The names in their order.
    pub names: Vec<String>,
    /// The first lines that say nothing, each with its number, from 1. A list made to do harm has
    /// millions of them.
    pub bad: Vec<usize>,
    /// How many more say nothing.
    pub more: usize,
}

/// So many lines that say nothing are told one by one.
const NAMED: usize = 5;

impl Sums {
    /// Reads a list. A name that stands in it twice with two checksums has none.
    pub fn read(bytes: &[u8]) -> Self {
        let mut sums = Self::default();
        for (at, line) in bytes.split(|b| *b == b'\n').enumerate() {
            if line.is_empty() {
                continue;
            }
            match pair(line) {
                Some((sum, name)) => match sums.of.get(&name) {
                    Some(other) if *other != sum => sums.says_nothing(at + 1),
                    Some(_) => {}
                    None => {
                        sums.of.insert(name.clone(), sum);
                        sums.names.push(name);
                    }
                },
                None => sums.says_nothing(at + 1),
            }
        }
        sums
    }

    fn says_nothing(&mut self, line: usize) {
        if self.bad.len() < NAMED { self.bad.push(line) } else { self.more += 1 }
    }
}

fn pair(line: &[u8]) -> Option<(Sum, String)> {
    let line = std::str::from_utf8(line).ok()?;
    let line = line.strip_suffix('\r').unwrap_or(line);
    let (digits, rest) = line.split_at_checked(64)?;
    let name = rest.strip_prefix("  ").or_else(|| rest.strip_prefix(" *"))?;
    let mut sum = [0; 32];
    for (byte, pair) in sum.iter_mut().zip(digits.as_bytes().as_chunks::<2>().0) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    let name = bare(name);
    (!name.is_empty()).then(|| (sum, name.to_owned()))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A name without the `./` that tar puts before it.
pub fn bare(name: &str) -> &str {
    name.strip_prefix("./").unwrap_or(name)
}

/// A name as it may be shown.
pub fn shown(name: &str) -> String {
    one_line(name)
}
