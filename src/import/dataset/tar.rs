//! The members of a tar archive, by their headings alone: where each text stands and how long it is.
//!
//! Nothing is unpacked and no name becomes a path. How a heading is read is in [`crate::import::tar`].

use std::io::{self, Read, Seek, SeekFrom};

use crate::import::tar::{self, BLOCK, Heading, LONGEST, name_of};

/// How many members are read: ten times those of the data set.
const MEMBERS: usize = 1_200_000;

/// A text in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name, as the archive has it.
    pub name: String,
    /// The byte its content begins at.
    pub at: u64,
    /// The bytes of its content.
    pub size: u64,
}

/// Why an archive could not be read; the message names the place and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum TarError {
    /// It is damaged, cut short or not what it should be.
    #[error("byte {at}: {message}")]
    Bad {
        /// The byte of the heading, from 0.
        at: u64,
        /// What is wrong and what to do.
        message: String,
    },
    /// The system failed to read it.
    #[error(transparent)]
    Io(#[from] io::Error),
}

fn bad(at: u64, message: impl Into<String>) -> TarError {
    TarError::Bad { at, message: message.into() }
}

/// Lists the ordinary files of an archive in their order.
///
/// # Errors
/// When it is cut short, a heading is damaged, a member is a link or a device, or a name leads out
/// of the archive's folder: the published archive has none of these.
pub fn members(archive: &mut (impl Read + Seek)) -> Result<Vec<Member>, TarError> {
    let whole = archive.seek(SeekFrom::End(0))?;
    let mut members = Vec::new();
    let (mut at, mut long_name) = (0_u64, None);
    loop {
        let Some(heading) = block(archive, at, whole)? else {
            return Err(bad(
                at,
                "the archive ends without its end mark: it was cut short; download it again",
            ));
        };
        if heading.iter().all(|b| *b == 0) {
            return Ok(members);
        }
        let heading = Heading::read(&heading).ok_or_else(|| {
            bad(
                at,
                "this is no heading of a tar archive: the file is damaged or no tar; download it again",
            )
        })?;
        let content = at + BLOCK;
        let end = content.checked_add(heading.size).filter(|end| *end <= whole);
        let Some(end) = end else {
            return Err(bad(
                at,
                format!(
                    "a member of {} bytes does not fit in what is left: the archive is damaged or was cut short; download it again",
                    heading.size
                ),
            ));
        };
        match heading.kind {
            b'0' | 0 | b'7' => {
                let name = long_name.take().unwrap_or(heading.name);
                refuse_path(&name, at)?;
                members.push(Member { name, at: content, size: heading.size });
                if members.len() > MEMBERS {
                    return Err(bad(at, "it has more members than any archive of the data set"));
                }
            }
            b'5' => refuse_path(&long_name.take().unwrap_or(heading.name), at)?,
            b'g' => {}
            b'x' | b'L' | b'K' => {
                let extra = extra(archive, content, heading.size, at)?;
                match heading.kind {
                    b'L' => long_name = Some(name_of(&extra)),
                    b'x' => long_name = pax_path(&extra, at)?.or(long_name),
                    _ => {}
                }
            }
            b'1' | b'2' => {
                return Err(bad(
                    at,
                    "a member is a link, which the published archive has none of; nothing was taken from it",
                ));
            }
            _ => {
                return Err(bad(
                    at,
                    "a member is no ordinary file, and the published archive has no other; nothing was taken from it",
                ));
            }
        }
        at = end.div_ceil(BLOCK) * BLOCK;
    }
}

/// The block at `at`, `None` where the archive ends before it is whole.
fn block(
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
fn extra(
    archive: &mut (impl Read + Seek),
    content: u64,
    size: u64,
    at: u64,
) -> Result<Vec<u8>, TarError> {
    if size > LONGEST {
        return Err(bad(
            at,
            "an extra heading is larger than any name needs; the archive is damaged",
        ));
    }
    archive.seek(SeekFrom::Start(content))?;
    let mut bytes = Vec::new();
    archive.take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The path in a pax heading. One that sets the size is refused: a reader that passed over it would
/// take text for headings.
fn pax_path(extra: &[u8], at: u64) -> Result<Option<String>, TarError> {
    tar::pax_path(extra).ok_or_else(|| {
        bad(
            at,
            "an extra heading sets the size of a member, which texts never need; the archive is damaged",
        )
    })
}

/// Refuses a name that leads out of the archive's own folder. No name is used as a path; one that
/// tries says that this is not the published archive.
fn refuse_path(name: &str, at: u64) -> Result<(), TarError> {
    if tar::leads_out(name) {
        return Err(bad(
            at,
            "the name of a member leads out of the archive; this is not the published one, and nothing was taken from it",
        ));
    }
    Ok(())
}

#[cfg(test)]
#[path = "tar_tests.rs"]
mod tests;
