//! The list of checksums of a pack, in the format of `sha256sum`.

use std::collections::HashMap;

use crate::import::words::to_hex;
use crate::library::error::one_line;

/// A SHA-256 checksum.
pub type Sum = [u8; 32];

/// Writes the line of a file.
pub fn line(out: &mut String, sum: &Sum, name: &str) {
    out.push_str(&to_hex(sum));
    out.push_str("  ");
    out.push_str(name);
    out.push('\n');
}

/// A list of checksums.
#[derive(Debug, Default)]
pub struct Sums {
    /// The checksum of each file.
    pub of: HashMap<String, Sum>,
    /// The names in their order.
    pub names: Vec<String>,
    /// The numbers of the first damaged lines, from 1. A malicious list may have millions.
    pub bad: Vec<usize>,
    /// The number of further damaged lines.
    pub more: usize,
}

/// The number of damaged lines that are listed individually.
const NAMED: usize = 5;

impl Sums {
    /// Reads a list. A second line for a name with another checksum counts as damaged.
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

/// A name made safe to show.
pub fn shown(name: &str) -> String {
    one_line(name)
}
