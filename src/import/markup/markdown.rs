//! Markdown, as people write it and converters make it, into lines.
//!
//! `pulldown-cmark` reads it by the rules of CommonMark. Numbers of lists are kept, since in a record they are
//! part of the text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::import::form_lines::{FormLines, RunLine};

/// What a block of Markdown is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum BlockKind {
    /// A paragraph or a row of a table.
    #[default]
    Paragraph,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A rule, which converters put between pages.
    Rule,
}

/// A block of Markdown with its lines.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct MarkdownBlock {
    pub(in crate::import) kind: BlockKind,
    pub(in crate::import) lines: Vec<RunLine>,
    /// It follows the block before without a blank line, as rows and items do.
    pub(in crate::import) follows: bool,
}

/// Whether a text is Markdown: by the name of its file, or by marks that no record has.
pub(in crate::import) fn is_markdown(text: &str, file_name: Option<&str>) -> bool {
    let name = file_name.map(str::to_lowercase).unwrap_or_default();
    if [".md", ".markdown"].iter().any(|end| name.ends_with(end)) {
        return true;
    }
    let (mut headings, mut bold, mut italic, mut escapes) = (0usize, 0usize, 0usize, 0usize);
    for line in text.lines().map(str::trim) {
        let level = line.bytes().take_while(|b| *b == b'#').count();
        headings += usize::from((1..=6).contains(&level) && line[level..].starts_with(' '));
        let opens = line.starts_with("**") && line[2..].contains("**");
        bold += usize::from(opens && line.chars().any(char::is_alphabetic));
        let inner = line.strip_prefix(['*', '_']).and_then(|l| l.strip_suffix(['*', '_']));
        italic += usize::from(inner.is_some_and(|inner| {
            !inner.starts_with('*') && inner.chars().any(char::is_alphabetic)
        }));
        escapes +=
            usize::from(["\\[", "\\_", "\\*", "\\.", "\\("].iter().any(|e| line.contains(e)));
    }
    let kinds = [headings, bold, italic, escapes].iter().filter(|n| **n > 0).count();
    bold >= 2 || kinds >= 2 && headings + bold + italic + escapes >= 3
}

/// Reads Markdown into blocks.
pub(in crate::import) fn read_blocks(text: &str) -> Vec<MarkdownBlock> {
    // A line that is set in by four spaces would be code.
    let text: String =
        text.lines().flat_map(|line| [line.trim_start_matches([' ', '\t']), "\n"]).collect();
    let mut reader = BlockReader::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(&text, options) {
        reader.read(event);
    }
    reader.end_block(BlockKind::Paragraph);
    reader.blocks
}

/// The lines of blocks.
pub(in crate::import) fn to_lines(blocks: Vec<MarkdownBlock>) -> FormLines {
    let mut lines = FormLines::default();
    for block in blocks {
        match block.kind {
            BlockKind::Rule => lines.push_feed(),
            _ if !block.follows => lines.push_blank(),
            _ => {}
        }
        block.lines.into_iter().for_each(|line| lines.push(line));
    }
    lines
}

#[derive(Debug, Default)]
struct BlockReader {
    blocks: Vec<MarkdownBlock>,
    lines: Vec<RunLine>,
    line: RunLine,
    bold: u32,
    italic: u32,
    /// Inside a picture or a comment, whose text is not shown.
    unseen: u32,
    /// The numbers of ordered lists; `None` in others.
    lists: Vec<Option<u64>>,
    in_item: bool,
    in_row: bool,
}

impl BlockReader {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.unseen == 0 => {
                // Lines of code keep their ends.
                for (index, part) in text.split('\n').enumerate() {
                    if index > 0 {
                        self.end_line();
                    }
                    self.line.push(part, self.bold > 0, self.italic > 0);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            Event::InlineHtml(html) | Event::Html(html)
                if html.trim().to_lowercase().starts_with("<br") =>
            {
                self.end_line();
            }
            Event::Rule => {
                self.end_block(BlockKind::Paragraph);
                self.blocks
                    .push(MarkdownBlock { kind: BlockKind::Rule, ..MarkdownBlock::default() });
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Image { .. } => self.unseen += 1,
            Tag::Heading { .. } => {
                self.end_block(BlockKind::Paragraph);
                self.bold += 1;
            }
            Tag::List(first) => {
                self.end_block(BlockKind::Paragraph);
                self.lists.push(*first);
            }
            Tag::Item => {
                self.end_block(BlockKind::Paragraph);
                self.in_item = true;
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.line.push(&format!("{number}. "), false, false);
                    *number = number.saturating_add(1);
                }
            }
            Tag::TableHead | Tag::TableRow => self.in_row = true,
            Tag::TableCell => self.line.push(" ", false, false),
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::HtmlBlock
                if !self.in_item =>
            {
                self.end_block(BlockKind::Paragraph);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Image => self.unseen = self.unseen.saturating_sub(1),
            TagEnd::Heading(_) => {
                self.bold = self.bold.saturating_sub(1);
                self.end_block(BlockKind::Heading);
            }
            TagEnd::Item => self.end_block(BlockKind::Item),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::TableHead | TagEnd::TableRow => {
                self.end_block(BlockKind::Paragraph);
                self.in_row = false;
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::BlockQuote(_) => {
                self.end_block(if self.in_item { BlockKind::Item } else { BlockKind::Paragraph });
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    fn end_block(&mut self, kind: BlockKind) {
        self.end_line();
        let lines = std::mem::take(&mut self.lines);
        if !lines.is_empty() {
            let before = self.blocks.last().map(|block| block.kind);
            let follows =
                self.in_row || (kind == BlockKind::Item && before == Some(BlockKind::Item));
            self.blocks.push(MarkdownBlock { kind, lines, follows });
        }
        if kind == BlockKind::Item {
            self.in_item = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_recognized_by_its_marks() {
        for yes in [
            "# S/PV.9998\n\n*The meeting rose.*\n\n**Mr. Orlan (Peru):** We\n",
            "**The President**: I\n\n**Ms. Vey (Chile)**: We\n",
            "## Page\n\nS/2024/1\\_a\n\n_The vote._\n",
        ] {
            assert!(is_markdown(yes, None), "{yes}");
        }
        for no in
            ["*0231542*\n", "Mr. Orlan (Peru): We * they\n", "# 5 of the list\n", "* a\n* b\n", ""]
        {
            assert!(!is_markdown(no, None), "{no}");
        }
        assert!(is_markdown("plain", Some("a.MD")));
    }

    #[test]
    fn marks_are_removed_and_the_words_stay() {
        for (markdown, text) in [
            ("# S/PV.9998\n\n*The meeting\nrose.*\n", "S/PV.9998\n\nThe meeting\nrose.\n"),
            (
                "**Mr. Orlan (Peru):** We \\[they\\] &amp; S\\_1\n",
                "Mr. Orlan (Peru): We [they] & S_1\n",
            ),
            (
                "see [the report](http://a.example/b) <http://c.example>",
                "see the report http://c.example\n",
            ),
            ("a  \nb\\\nc<br>d", "a\nb\nc\nd\n"),
            ("- In favour: Peru\n- Against: None\n\nx", "In favour: Peru\nAgainst: None\n\nx\n"),
            ("5. We ask\n6. We thank\n", "5. We ask\n6. We thank\n"),
            ("a\n\n-----\n\nb", "a\n\u{c}\nb\n"),
            ("| Members | Peru |\n|---|---|\n| | Mr. Orlan |\n", "Members Peru\nMr. Orlan\n"),
            ("    Vote: set in\n", "Vote: set in\n"),
            ("![a picture](b.png) c", "c\n"),
            ("2024\\. A year, 1\\) that", "2024. A year, 1) that\n"),
        ] {
            let read = to_lines(read_blocks(markdown)).into_text();
            assert_eq!(read, text, "{markdown:?}");
        }
    }
}
