//! The labels of a cover page, and the dot leaders between its columns.

use crate::import::words::fold_text;

/// The labels before the President and before the members.
pub(super) const PRESIDENT: [&str; 7] =
    ["president", "presidente", "presidenta", "presidents", "председатель", "主席", "الرئيس"];
pub(super) const MEMBERS: [&str; 7] =
    ["members", "membres", "miembros", "члены", "成员", "الأعضاء", "miembros del consejo"];

/// The text after the colon of a line that starts with one of these labels.
pub(super) fn after_label<'a>(line: &'a str, labels: &[&str]) -> Option<&'a str> {
    let (head, rest) = line.split_once([':', '：'])?;
    let folded = fold_text(head);
    labels.iter().any(|l| fold_text(l) == folded).then(|| rest.trim())
}

/// Replaces each dot leader in a line by one tab.
pub(super) fn without_leaders(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split(' ') {
        let leader = !word.is_empty() && word.chars().all(|c| matches!(c, '.' | '…' | '·'));
        if leader {
            if !out.ends_with('\t') {
                out.truncate(out.trim_end_matches([' ', '.']).len());
                out.push('\t');
            }
        } else {
            if !out.is_empty() && !out.ends_with('\t') {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    // "Словения. . . ." and "Словения......" lose the dots that touch the name.
    while let Some(at) = out.find("...") {
        let end = at + out[at..].bytes().take_while(|b| *b == b'.').count();
        out.replace_range(at..end, "\t");
    }
    out
}
