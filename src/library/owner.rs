//! Whose a library is: what the person is told of that, once, and what root does not do for others.

use std::fs::Metadata;
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use super::cache::{FOLDER, Keeping, places};
use super::safe::{group_name, user_name};
use crate::record::harmless;

/// The file in the person's cache with what was said of a library.
const SAID: &str = "said";
/// It holds a few lines.
const LIMIT: u64 = 64 << 10;
/// Why root does not write.
pub(super) const NOT_BY_ROOT: &str =
    "others may change this library, and root writes into it only when --library names it";

/// Whether root is at work, unasked, on a library that others may change. A slip there could cost more than a
/// person's own files.
pub(super) fn is_of_others_and_this_root(root: &Path) -> bool {
    rustix::process::geteuid().is_root() && who_else(root).is_some()
}

/// Refuses to write as root into a library that others may change, unless the person named it.
///
/// # Errors
/// One line that says so.
pub fn may_write(root: &Path, keeping: &Keeping) -> Result<(), String> {
    if keeping.named || !is_of_others_and_this_root(root) {
        return Ok(());
    }
    Err(format!("{}: {NOT_BY_ROOT}", harmless::line(&root.display().to_string())))
}

/// What is to be said of a library that others may change, or in which nothing can be kept: once, and again when there
/// are other reasons. With `remember` it is not said the next time.
#[must_use]
pub fn to_say(root: &Path, keeping: &Keeping, remember: bool) -> Option<String> {
    let mut reasons: Vec<String> = who_else(root).into_iter().collect();
    let own = root.join(FOLDER);
    if own.is_symlink() || own.join("index").is_symlink() {
        reasons.push(
            "its index is a link, which is not followed: it is kept in your own cache, or where the setting `index` says".to_owned(),
        );
    } else if std::fs::metadata(&own).is_ok_and(|meta| everyone_may_write(&meta)) {
        reasons.push("what is made from it, like the index, is kept in your own cache".to_owned());
    }
    if may_write(root, keeping).is_err() {
        reasons.push("root writes nothing into it unless --library names it".to_owned());
    }
    if reasons.is_empty() {
        return None;
    }
    let reasons = reasons.join("; ");
    let name = harmless::line(&root.display().to_string()).into_owned();
    let words = format!("{name}: {reasons} (said once)");
    let own = places(root, keeping).into_iter().find(|place| place.is_private());
    let Some(own) = own else { return Some(words) };
    let said = own.open().and_then(|folder| folder.read(SAID, LIMIT)).unwrap_or_default();
    if String::from_utf8_lossy(&said).lines().any(|line| line == reasons) {
        return None;
    }
    if remember {
        let note = || -> io::Result<()> {
            let mut file = own.make(keeping)?.append(SAID, 0o600)?;
            writeln!(file, "{reasons}")
        };
        // What cannot be noted is said again.
        let _ = note();
    }
    Some(words)
}

/// Who else may change what is in a library, in words.
fn who_else(root: &Path) -> Option<String> {
    let folders = [root.to_owned(), root.join("records")];
    folders.iter().find_map(|folder| in_words(&std::fs::metadata(folder).ok()?))
}

fn in_words(meta: &Metadata) -> Option<String> {
    let me = rustix::process::geteuid().as_raw();
    let my_group = rustix::process::getegid().as_raw();
    if ![me, 0].contains(&meta.uid()) {
        return Some(format!(
            "this library belongs to {}, who may change what is in it",
            user_name(meta.uid())
        ));
    }
    if everyone_may_write(meta) {
        return Some("everyone may write into this library and change what is in it".to_owned());
    }
    // A group of the person's own, as many systems give everybody, is nobody else.
    if meta.mode() & 0o020 != 0 && meta.gid() != my_group {
        return Some(format!(
            "the group {} may write into this library and change what is in it",
            group_name(meta.gid())
        ));
    }
    None
}

fn everyone_may_write(meta: &Metadata) -> bool {
    meta.mode() & 0o002 != 0
}
