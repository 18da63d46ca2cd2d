//! The members of a tar archive: where each text is and how long it is.
//!
//! Only headings are read ([`crate::import::tar`]). Nothing is unpacked and no name is used as a path.

use std::io::{self, Read, Seek, SeekFrom};

use crate::import::tar;
use crate::import::tar::{BLOCK, Heading, LONGEST, name_of};

/// The most members that are read: ten times those of the data set.
const MEMBERS: usize = 1_200_000;

/// A text in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveMember {
    /// Its name, as the archive has it.
    pub name: String,
    /// The offset of its content.
    pub at: u64,
    /// The bytes of its content.
    pub size: u64,
}

/// Why an archive could not be read; the message names the place and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum TarError {
    /// It is damaged, cut off or not the expected archive.
    #[error("byte {at}: {message}")]
    Bad {
        /// The offset of the heading, from 0.
        at: u64,
        /// What is wrong and what to do.
        message: String,
    },
    /// The system failed to read it.
    #[error(transparent)]
    Io(#[from] io::Error),
}

fn damaged_archive(at: u64, message: impl Into<String>) -> TarError {
    TarError::Bad { at, message: message.into() }
}

/// Lists the ordinary files of an archive in their order.
///
/// # Errors
/// If the archive is cut off, a heading is damaged, a member is a link or a device, or a name leads out of
/// the folder of the archive. The published archive has none of these.
pub fn list_members(archive: &mut (impl Read + Seek)) -> Result<Vec<ArchiveMember>, TarError> {
    let whole = archive.seek(SeekFrom::End(0))?;
    let mut members = Vec::new();
    let (mut at, mut long_name) = (0_u64, None);
    loop {
        let Some(heading) = read_block(archive, at, whole)? else {
            return Err(damaged_archive(
                at,
                "the archive has no end mark: it is cut off; download it again",
            ));
        };
        if heading.iter().all(|b| *b == 0) {
            return Ok(members);
        }
        let heading = Heading::read(&heading).ok_or_else(|| {
            damaged_archive(
                at,
                "not a tar heading: the file is damaged or not a tar archive; download it again",
            )
        })?;
        let content = at + BLOCK;
        let end = content.checked_add(heading.size).filter(|end| *end <= whole);
        let Some(end) = end else {
            return Err(damaged_archive(
                at,
                format!(
                    "a member of {} bytes does not fit in the rest of the archive: it is damaged or cut off; download it again",
                    heading.size
                ),
            ));
        };
        match heading.kind {
            b'0' | 0 | b'7' => {
                let name = long_name.take().unwrap_or(heading.name);
                refuse_path(&name, at)?;
                members.push(ArchiveMember { name, at: content, size: heading.size });
                if members.len() > MEMBERS {
                    return Err(damaged_archive(
                        at,
                        "it has more members than the archive of the data set can have; check that this is speeches.tar",
                    ));
                }
            }
            b'5' => refuse_path(&long_name.take().unwrap_or(heading.name), at)?,
            b'g' => {}
            b'x' | b'L' | b'K' => {
                let extra = read_extra(archive, content, heading.size, at)?;
                match heading.kind {
                    b'L' => long_name = Some(name_of(&extra)),
                    b'x' => long_name = pax_path(&extra, at)?.or(long_name),
                    _ => {}
                }
            }
            b'1' | b'2' => {
                return Err(damaged_archive(
                    at,
                    "a member is a link, and the published archive has none; nothing was imported",
                ));
            }
            _ => {
                return Err(damaged_archive(
                    at,
                    "a member is not an ordinary file, and the published archive has no other; nothing was imported",
                ));
            }
        }
        at = end.div_ceil(BLOCK) * BLOCK;
    }
}

/// The block at `at`; `None` if the archive ends before it is complete.
fn read_block(
    archive: &mut (impl Read + Seek),
    at: u64,
    whole: u64,
) -> Result<Option<[u8; 512]>, TarError> {
    if at.checked_add(BLOCK).is_none_or(|end| end > whole) {
        return Ok(None);
    }
    archive.seek(SeekFrom::Start(at))?;
    let mut block = [0; 512];
    archive.read_exact(&mut block)?;
    Ok(Some(block))
}

/// The content of an extra heading.
fn read_extra(
    archive: &mut (impl Read + Seek),
    content: u64,
    size: u64,
    at: u64,
) -> Result<Vec<u8>, TarError> {
    if size > LONGEST {
        return Err(damaged_archive(
            at,
            "an extra heading is larger than any name: the archive is damaged; download it again",
        ));
    }
    archive.seek(SeekFrom::Start(content))?;
    let mut bytes = Vec::new();
    archive.take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The path in a pax heading. A heading that sets the size is refused: a reader that ignored it would take
/// text for headings.
fn pax_path(extra: &[u8], at: u64) -> Result<Option<String>, TarError> {
    tar::pax_path(extra).ok_or_else(|| {
        damaged_archive(
            at,
            "an extra heading sets the size of a member, which texts never need: the archive is damaged; download it again",
        )
    })
}

/// Refuses a name that leads out of the folder of the archive. No name is used as a path, but such a name
/// shows that this is not the published archive.
fn refuse_path(name: &str, at: u64) -> Result<(), TarError> {
    if tar::leads_out(name) {
        return Err(damaged_archive(
            at,
            "the name of a member leads out of the archive; this is not the published archive, and nothing was imported",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A heading with its checksum.
    fn heading(name: &str, size: u64, kind: u8) -> Vec<u8> {
        let mut block = vec![0; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
        block[156] = kind;
        block[257..263].copy_from_slice(b"ustar\0");
        sum(&mut block);
        block
    }

    fn sum(block: &mut [u8]) {
        block[148..156].fill(b' ');
        let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }

    fn member(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = heading(name, content.len() as u64, kind);
        bytes.extend_from_slice(content);
        bytes.resize(bytes.len().div_ceil(512) * 512, 0);
        bytes
    }

    fn archive(members: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = members.concat();
        bytes.extend([0; 1024]);
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
        let found = list_members(&mut Cursor::new(bytes)).map_err(|e| e.to_string())?;
        let content = |m: &ArchiveMember| bytes[m.at as usize..(m.at + m.size) as usize].to_vec();
        Ok(found.iter().map(|m| (m.name.clone(), content(m))).collect())
    }

    #[test]
    fn files_are_found_with_their_content_and_folders_passed_over() {
        let bytes = archive(&[
            member("speeches/", b'5', b""),
            member("speeches/a.txt", b'0', b"first"),
            member("b.txt", 0, &[b'x'; 513]),
            member("empty.txt", b'0', b""),
        ]);
        let found = read(&bytes).unwrap();
        assert_eq!(found[0], ("speeches/a.txt".to_owned(), b"first".to_vec()));
        assert_eq!(found[1].1.len(), 513);
        assert_eq!(found[2], ("empty.txt".to_owned(), Vec::new()));
    }

    #[test]
    fn long_names_of_both_sorts_are_read() {
        let long = format!("{}/long.txt", "n".repeat(150));
        let pax = format!("{} path={long}\n", long.len() + 10);
        for (kind, extra) in [(b'L', format!("{long}\0")), (b'x', pax)] {
            let bytes = archive(&[
                member("global", b'g', b"19 comment=invented\n"),
                member("extra", kind, extra.as_bytes()),
                member("short.txt", b'0', b"text"),
                member("next.txt", b'0', b"more"),
            ]);
            let names: Vec<String> = read(&bytes).unwrap().into_iter().map(|m| m.0).collect();
            assert_eq!(names, [long.as_str(), "next.txt"]);
        }
    }

    #[test]
    fn what_the_published_archive_never_has_is_refused() {
        for (bytes, why) in [
            (archive(&[member("../out.txt", b'0', b"x")]), "leads out"),
            (archive(&[member("a/../../out.txt", b'0', b"x")]), "leads out"),
            (archive(&[member("/etc/out.txt", b'0', b"x")]), "leads out"),
            (archive(&[member("e", b'L', b"../x\0"), member("a", b'0', b"x")]), "leads out"),
            (archive(&[member("a.txt", b'1', b"")]), "a link"),
            (archive(&[member("a.txt", b'2', b"")]), "a link"),
            (archive(&[member("a.txt", b'3', b"")]), "not an ordinary file"),
            (archive(&[member("a.txt", b'S', b"")]), "not an ordinary file"),
            (
                archive(&[member("e", b'x', b"12 size=999\n"), member("a", b'0', b"x")]),
                "sets the size",
            ),
            (archive(&[member("e", b'x', &[b'x'; 70_000])]), "extra heading is larger"),
        ] {
            let error = read(&bytes).unwrap_err();
            assert!(error.contains(why), "{error}");
            assert!(error.starts_with("byte "), "{error}");
        }
    }

    #[test]
    fn sizes_are_not_trusted() {
        for size in [513, u64::from(u32::MAX), 0o77_777_777_777] {
            let mut bytes = heading("a.txt", size, b'0');
            bytes.extend([0; 512]);
            assert!(read(&bytes).unwrap_err().contains("does not fit"));
        }
        // Base-256, up to what would overflow.
        for tail in [[0xFF; 8], [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]] {
            let mut bytes = heading("a.txt", 0, b'0');
            bytes[124..136].fill(0);
            bytes[124] = 0x80;
            bytes[128..136].copy_from_slice(&tail);
            sum(&mut bytes[..512]);
            assert!(read(&bytes).unwrap_err().contains("does not fit"));
        }
    }

    #[test]
    fn cut_short_or_flipped_is_refused_and_never_panics() {
        let whole = archive(&[member("a.txt", b'0', &[b'x'; 700]), member("b.txt", b'0', b"text")]);
        let sound = whole.len() - 1024;
        for len in 0..sound + 511 {
            assert!(read(&whole[..len]).is_err(), "{len}");
        }
        for at in
            (0..sound).filter(|at| at % 512 < 300 && !(512..1536).contains(at) && at % 512 < 100)
        {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            let read = read(&bytes);
            assert!(at / 512 == 4 || read.is_err(), "{at}");
        }
        assert!(read(b"").is_err());
        assert!(read(&[b'x'; 4096]).is_err());
    }
}
