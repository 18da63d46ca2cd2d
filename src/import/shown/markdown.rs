//! The Markdown that `spv show --format md` prints.

use super::blocks::{
    ShownBlock, ShownRecord, ShownVote, parse_capacity, parse_numbered, parse_page,
    parse_vote_heading,
};
use super::head::parse_head;
use super::text::{DRAFTS, LISTS, REMARK};
use crate::import::form_lines::RunLine;
use crate::import::markup::markdown::{BlockKind, MarkdownBlock, read_blocks};

/// Parses the Markdown; `None` if `spv show` did not print it.
pub(super) fn parse(text: &str) -> Option<ShownRecord> {
    let blocks = read_blocks(text);
    // The rows of the head are the blocks before the first page, direction or statement.
    let start =
        blocks.iter().skip(1).position(|block| !is_row(block)).map_or(blocks.len(), |at| at + 1);
    let rows: Vec<String> = blocks[..start].iter().map(words).collect();
    let head = parse_head(&rows)?;
    let mut shown = Vec::new();
    let mut after_speaker = false;
    for block in &blocks[start..] {
        let read = read_block(block, &mut shown, after_speaker);
        after_speaker = matches!(read, Some(ShownBlock::Speaker { .. }));
        shown.extend(read);
    }
    Some(ShownRecord { head, blocks: shown })
}

/// The words of a block on one line.
fn words(block: &MarkdownBlock) -> String {
    let mut lines = block.lines.iter();
    let mut whole = lines.next().cloned().unwrap_or_default();
    lines.for_each(|line| whole.append(line));
    whole.text().to_owned()
}

fn is_italic(block: &MarkdownBlock) -> bool {
    block.lines.iter().all(RunLine::is_italic)
}

/// Whether a block is a row of the head.
fn is_row(block: &MarkdownBlock) -> bool {
    let text = words(block);
    block.kind == BlockKind::Paragraph
        && !is_italic(block)
        && parse_page(&text).is_none()
        && !is_vote(block, &text)
}

/// Whether a block starts a vote: `**Vote on S/2024/1**: adopted`.
fn is_vote(block: &MarkdownBlock, text: &str) -> bool {
    parse_vote_heading(text, true).is_some()
        && block.lines.first().is_some_and(RunLine::begins_bold)
}

/// Reads a block. What belongs to the block before is added to that, and nothing returned.
fn read_block(
    block: &MarkdownBlock,
    shown: &mut [ShownBlock],
    after_speaker: bool,
) -> Option<ShownBlock> {
    let text = words(block);
    if block.kind == BlockKind::Heading
        && let Some((number, printed)) = parse_numbered(&text)
    {
        let printed = printed.to_owned();
        return Some(ShownBlock::Speaker { number, printed, note: String::new() });
    }
    if let Some(page) = parse_page(&text) {
        return Some(ShownBlock::Page(page));
    }
    if is_vote(block, &text) {
        let bold = block.lines.first().map_or("", RunLine::bold_text);
        let (kind, reference) = parse_vote_heading(bold, true)?;
        let reference = reference.to_owned();
        let result = text[bold.len().min(text.len())..].trim_start_matches([':', ' ']).to_owned();
        return Some(ShownBlock::Vote(ShownVote {
            kind,
            reference,
            result,
            ..ShownVote::default()
        }));
    }
    match shown.last_mut() {
        Some(ShownBlock::Vote(vote)) => {
            let list = text.split_once(": ").filter(|(name, _)| LISTS.contains(name));
            if let (BlockKind::Item, Some((name, members))) = (block.kind, list) {
                let members = members.split(", ");
                let names =
                    members.map(|name| name.trim_end_matches(" (veto)").to_owned()).collect();
                vote.groups.push((name.to_owned(), names));
                return None;
            }
            if let Some(drafts) = text.strip_prefix(DRAFTS) {
                vote.drafts = drafts.split(", ").map(str::to_owned).collect();
                return None;
            }
            if text.starts_with(REMARK) {
                return None;
            }
        }
        Some(ShownBlock::Speaker { note, .. })
            if after_speaker && is_italic(block) && parse_capacity(&text).is_none() =>
        {
            *note = text;
            return None;
        }
        _ => {}
    }
    if is_italic(block) {
        return Some(match parse_capacity(&text) {
            Some(capacity) => ShownBlock::Capacity(capacity),
            None => ShownBlock::Direction(text),
        });
    }
    Some(ShownBlock::Paragraph(text))
}
