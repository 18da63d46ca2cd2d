//! The headings of a tar archive: ustar, with the long names of pax and GNU.
//!
//! This is not taken from a crate, because little is needed and much must not happen: following links,
//! trusting sizes, allocating what a heading claims. Which members are refused is decided by the readers
//! of archives: [`super::dataset::list_members`]
//! and `crate::library::packs`.

/// The size of a block, in bytes.
pub const BLOCK: u64 = 512;
/// The longest content of an extra heading, in bytes. No name needs more.
pub const LONGEST: u64 = 64 * 1024;

/// The heading of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The name of the member, with its prefix. It may hold anything.
    pub name: String,
    /// The size of its content in bytes, as the heading claims.
    pub size: u64,
    /// The type flag: `0` an ordinary file, `5` a folder, `1` and `2` links and so on.
    pub kind: u8,
}

impl Heading {
    /// Parses a block; `None` if its checksum or a number in it is wrong.
    #[must_use]
    pub fn read(block: &[u8; 512]) -> Option<Self> {
        let said = parse_octal(&block[148..156])?;
        let sum: u64 = block
            .iter()
            .enumerate()
            .map(|(i, b)| if (148..156).contains(&i) { 32 } else { u64::from(*b) })
            .sum();
        if said != sum {
            return None;
        }
        let size = parse_octal(&block[124..136])?;
        let mut name = name_of(&block[..100]);
        let prefix = name_of(&block[345..500]);
        if &block[257..262] == b"ustar" && !prefix.is_empty() {
            name = format!("{prefix}/{name}");
        }
        Some(Self { name, size, kind: block[156] })
    }

    /// Whether the member is an ordinary file.
    #[must_use]
    pub fn is_file(&self) -> bool {
        matches!(self.kind, b'0' | 0 | b'7')
    }
}

/// A number in octal digits, or in the base-256 of GNU.
fn parse_octal(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let (head, tail) = field.split_at(field.len() - 8);
        let zero = head.iter().enumerate().all(|(i, b)| *b == if i == 0 { 0x80 } else { 0 });
        return zero.then(|| tail.iter().fold(0, |n, b| n << 8 | u64::from(*b)));
    }
    let digits: Vec<u8> = field.iter().copied().filter(|b| *b != 0 && *b != b' ').collect();
    std::str::from_utf8(&digits)
        .ok()
        .and_then(|d| if d.is_empty() { Some(0) } else { u64::from_str_radix(d, 8).ok() })
}

/// The name in a field, which ends at the first zero byte.
#[must_use]
pub fn name_of(field: &[u8]) -> String {
    let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

/// The path in the content of a pax heading, if there is one. `None` if it sets the size of a member:
/// a reader that ignored this would take content for headings.
#[must_use]
pub fn pax_path(extra: &[u8]) -> Option<Option<String>> {
    let mut path = None;
    for line in extra.split(|b| *b == b'\n') {
        let Some(space) = line.iter().position(|b| *b == b' ') else { continue };
        let pair = &line[space + 1..];
        if let Some(value) = pair.strip_prefix(b"path=") {
            path = Some(name_of(value));
        }
        if pair.starts_with(b"size=") || pair.starts_with(b"GNU.sparse") {
            return None;
        }
    }
    Some(path)
}

/// Whether a name leads out of the folder in which the archive would be unpacked.
#[must_use]
pub fn leads_out(name: &str) -> bool {
    name.starts_with('/') || name.split(['/', '\\']).any(|part| part == "..")
}
