//! Pages: sheets parted into pages, glyphs into lines, headers and footers removed, the cover page and the
//! printed numbers found.

use std::collections::HashMap;

use hayro_syntax::Pdf;

use super::boundaries::{self, PageMark};
use super::content::{ContentCounts, Glyph, Interpreter, Layers, PageCounts};
use super::edges::PageEdges;
use super::lines::{self, PlacedLine};
use super::sheet::{self, Grid, Sheet};
use super::stamps::{self, Sizes};
use super::tree::TaggedPiece;
use crate::import::neighbours;
use crate::import::page_headers::PagedText;
use crate::import::words::first_bytes;

/// The most bytes of a line that are shown in a message.
const SHOWN: usize = 60;
/// Letters smaller than this are those of pages that were made smaller, in points.
const REDUCED: f64 = 7.6;

/// The content of the pages of a file.
#[derive(Default)]
pub(super) struct PdfPages {
    /// The rows of the cover page.
    pub(super) cover: Vec<PlacedLine>,
    /// The lines of the other pages in reading order, without headers and footers.
    pub(super) lines: Vec<PlacedLine>,
    /// The lines of each tagged piece.
    pub(super) tagged: HashMap<TaggedPiece, Vec<PlacedLine>>,
    /// The number of letters without a tag.
    pub(super) untagged: usize,
    /// The number printed on each page.
    pub(super) numbers: Vec<u32>,
    /// What headers and footers say.
    pub(super) running: PagedText,
    /// The first rows of the file, whatever it is; see [`Self::first_rows`].
    first_rows: Vec<String>,
    /// What the reading cost.
    pub(super) tally: ContentCounts,
    /// What was found on the pages, and what of it was left out.
    pub(super) counts: PageCounts,
    /// The first damaged page of the file, from 1.
    pub(super) damaged: Option<usize>,
    /// Why the file cannot be read as one record.
    pub(super) refusal: Option<String>,
    /// What was done.
    pub(super) report: Vec<String>,
    /// What is doubtful.
    pub(super) warnings: Vec<String>,
}

/// Reads every page.
pub(super) fn read_pages(pdf: &Pdf) -> PdfPages {
    let mut interpreter = Interpreter::new(Layers::read(pdf));
    let mut reader = PageReader::default();
    for (index, page) in pdf.pages().iter().enumerate() {
        let sheet = sheet::read_sheet(&mut interpreter, page);
        if interpreter.tally.damaged > 0 && reader.pages.damaged.is_none() {
            reader.pages.damaged = Some(index + 1);
        }
        reader.add_sheet(index + 1, sheet);
        if reader.pages.refusal.is_some() {
            break;
        }
    }
    reader.finish(interpreter.tally)
}

/// The most pages before the record; a file in which it does not begin after them has no headers.
const EARLY: usize = 12;

/// A page before the record, of which it is not known yet what it is.
struct EarlyPage {
    page: usize,
    rows: Vec<PlacedLine>,
    glyphs: Vec<Glyph>,
    edges: PageEdges,
}

/// The state while pages are read.
#[derive(Default)]
struct PageReader {
    pages: PdfPages,
    sizes: Sizes,
    /// Pages are side by side on sheets of this size.
    grid: Option<(Grid, f64, f64)>,
    /// The page of the file that each page is on, from 1.
    sheets: Vec<usize>,
    heights: Vec<f64>,
    early: Vec<EarlyPage>,
    /// The cover page, or a page of text, was found.
    begun: bool,
    cover: Option<usize>,
    marks: Vec<PageMark>,
    turned: Vec<usize>,
    /// Light letters are those of a watermark.
    light: bool,
}

impl PageReader {
    /// Adds a page of the file, from 1.
    fn add_sheet(&mut self, number: usize, sheet: Sheet) {
        self.pages.counts.merge(&sheet.counts);
        if sheet.turned {
            self.turned.push(number);
        }
        if sheet.slanted {
            self.refuse(format!(
                "the lines of page {number} are turned by an odd angle, as on a page that was put in askew; turn its pages upright, or import another copy"
            ));
            return;
        }
        let grid = self.find_grid(&sheet);
        if !grid.is_several() {
            self.sizes.add(&sheet.glyphs);
            return self.add_page(number, sheet.glyphs, sheet.height);
        }
        let Some(parts) = sheet::part_sheet(&sheet, grid) else {
            return self.refuse(format!(
                "there are several pages side by side on a sheet, and the words of page {number} cross from one to another; import the PDF with one page on each sheet"
            ));
        };
        self.grid = Some((grid, sheet.width, sheet.height));
        for part in parts.into_iter().filter(|part| part.iter().any(|g| !g.text.is_space())) {
            self.sizes.add(&part);
            self.add_page(number, part, sheet::HEIGHT);
        }
    }

    fn refuse(&mut self, why: String) {
        self.pages.refusal.get_or_insert(why);
    }

    /// How pages are arranged on a sheet: in the grid in which most places have a header, a footer or the
    /// table of members where a page has them.
    fn find_grid(&self, sheet: &Sheet) -> Grid {
        if let Some((grid, width, height)) = self.grid
            && (width, height) == (sheet.width, sheet.height)
        {
            return grid;
        }
        let wide = sheet::is_wide(sheet.width, sheet.height);
        let mut sizes = Sizes::default();
        sizes.add(&sheet.glyphs);
        if !wide && sizes.usual() > REDUCED {
            return Grid::ONE;
        }
        let known = |grid: Grid| {
            let parts = sheet::part_sheet(sheet, grid).unwrap_or_default();
            let is_known = |part: &&Vec<Glyph>| {
                let rows = lines::split_rows(&part.iter().collect::<Vec<_>>(), 0);
                let edges = PageEdges::find(&rows, sheet::HEIGHT);
                edges.is_of_text() || boundaries::is_record_cover(&rows)
            };
            parts.iter().filter(is_known).count()
        };
        // Of two grids with as many, the one with fewer places.
        let best = sheet::possible_grids(sheet.width, sheet.height)
            .map(|grid| (known(grid), grid))
            .max_by_key(|(known, grid)| (*known, usize::MAX - grid.columns * grid.rows));
        let two = Grid { columns: 2, rows: 1 };
        match best {
            Some((known, grid)) if known > 1 => grid,
            _ if wide && sheet::part_sheet(sheet, two).is_some() => two,
            _ => Grid::ONE,
        }
    }

    /// Adds a page with its glyphs.
    fn add_page(&mut self, number: usize, mut glyphs: Vec<Glyph>, height: f64) {
        let page = self.sheets.len();
        self.sheets.push(number);
        let height = if height > 0.0 { height } else { 792.0 };
        self.heights.push(height);
        let usual = self.sizes.usual();
        let limit = if self.begun { stamps::TEXT } else { stamps::COVER };
        let stamped = &mut self.pages.counts.stamped;
        stamps::remove_stamps(&mut glyphs, usual, limit, &mut self.light, stamped);
        let mut rows = lines::split_rows(&glyphs.iter().collect::<Vec<_>>(), page);
        let mut edges = PageEdges::find(&rows, height);
        if !self.begun && edges.is_of_text() {
            let all = glyphs.len();
            let stamped = &mut self.pages.counts.stamped;
            stamps::remove_stamps(&mut glyphs, usual, stamps::TEXT, &mut self.light, stamped);
            if glyphs.len() < all {
                rows = lines::split_rows(&glyphs.iter().collect::<Vec<_>>(), page);
                edges = PageEdges::find(&rows, height);
            }
        }
        if self.pages.first_rows.is_empty() {
            let first = rows.iter().take(neighbours::LINES);
            self.pages.first_rows = first.map(|row| row.text.clone()).collect();
        }
        let bare = !edges.is_of_text();
        if self.begun {
            let again = || {
                boundaries::is_record_cover(&rows) || boundaries::is_document_title(&rows, usual)
            };
            if bare && again() {
                return self.refuse_second(number, boundaries::find_symbol(&rows));
            }
        } else if boundaries::is_record_cover(&rows) && (bare || !edges.is_dated()) {
            (self.begun, self.cover) = (true, Some(page));
            self.pages.cover = rows;
            return;
        } else if bare {
            self.early.push(EarlyPage { page, rows, glyphs, edges });
            if self.early.len() == EARLY {
                self.begin_without_headers();
            }
            return;
        }
        self.begun = true;
        self.add_text(page, &glyphs, &edges);
    }

    /// Adds a page of text.
    fn add_text(&mut self, page: usize, glyphs: &[Glyph], edges: &PageEdges) {
        self.marks.push(PageMark::new(page, edges));
        edges.keep_in(&mut self.pages.running);
        let body: Vec<&Glyph> = glyphs
            .iter()
            .filter(|g| g.y < edges.top && g.y > edges.bottom && !g.artifact)
            .collect();
        self.pages.lines.extend(lines::split_columns(&body, page, lines::find_gutter(&body)));
        self.pages.keep_tagged(&body, page);
    }

    /// Refuses a file in which another document begins on a page of the file.
    fn refuse_second(&mut self, number: usize, symbol: Option<crate::record::Symbol>) {
        let first = self.marks.iter().find_map(|mark| mark.symbol.clone());
        let first = boundaries::find_symbol(&self.pages.cover).or(first);
        if self.grid.is_some() {
            return self.refuse_order();
        }
        let names = match (first, symbol) {
            (Some(first), Some(second)) if first != second => {
                format!("two records, {first} and {second}")
            }
            (Some(first), _) => format!("{first} and another document"),
            _ => "two documents".to_owned(),
        };
        self.refuse(format!(
            "this file holds {names}: the second begins at page {number} of the file; save its pages 1 to {} and those from {number} on as two files, and import each",
            number - 1
        ));
    }

    /// Refuses a file with several pages on a sheet that are in another order, as for a booklet.
    fn refuse_order(&mut self) {
        self.refuse(
            "there are several pages side by side on its sheets, and their numbers are not in order; import the PDF with one page on each sheet".to_owned(),
        );
    }

    /// Settles what is known only after the last page.
    fn finish(mut self, tally: ContentCounts) -> PdfPages {
        let mut passed = self.settle_early();
        if let Some(second) = boundaries::find_second(&self.marks) {
            let (number, symbol) = (self.sheets[second.page], second.symbol.clone());
            self.refuse_second(number, symbol);
        }
        passed.extend(self.pass_over_inserted());
        self.remove_recurring();
        let mut printed = vec![None; self.sheets.len()];
        for mark in &self.marks {
            printed[mark.page] = mark.number;
        }
        let sheets = &self.sheets;
        let shown = |page: usize| sheets.get(page).map_or_else(String::new, usize::to_string);
        self.pages.warnings.extend(boundaries::check_run(&self.marks, self.cover, &passed, shown));
        self.pages.numbers = boundaries::fill_numbers(&printed, &passed);
        let kept = (0..printed.len()).filter(|page| !passed.contains(page));
        let numbers: Vec<u32> =
            kept.filter_map(|page| self.pages.numbers.get(page).copied()).collect();
        self.pages.running.range = numbers.first().copied().zip(numbers.last().copied());
        self.describe_sheets();
        self.pages.tally = tally;
        self.pages
    }

    /// Begins the record with the first page of the file, because no page has a header. That page is the
    /// cover, unless it is in columns.
    fn begin_without_headers(&mut self) {
        self.begun = true;
        let mut early = std::mem::take(&mut self.early).into_iter();
        let alone = early.len() == 1;
        if let Some(first) = early.next() {
            let body: Vec<&Glyph> = first.glyphs.iter().collect();
            let columns = lines::find_gutter(&body).is_some();
            if boundaries::is_titled(&first.rows) || !columns || alone {
                self.pages.cover = first.rows;
            } else {
                self.add_text(first.page, &first.glyphs, &first.edges);
            }
        }
        early.for_each(|page| self.add_text(page.page, &page.glyphs, &page.edges));
    }

    /// Decides what the pages before the record are. Returns those that are not part of it.
    fn settle_early(&mut self) -> Vec<usize> {
        if !self.begun {
            self.begin_without_headers();
            return Vec::new();
        }
        let mut early = std::mem::take(&mut self.early);
        // A page right before the text with a title may be a cover page that could not be read.
        if self.cover.is_none()
            && early.last().is_some_and(|page| boundaries::is_titled(&page.rows))
            && let Some(cover) = early.pop()
        {
            self.cover = Some(cover.page);
            self.pages.cover = cover.rows;
        }
        for page in &early {
            let number = self.sheets[page.page];
            let words = page.rows.first().map_or("", |row| row.text.as_str());
            self.pages.warnings.push(format!(
                "passed over page {number} of the file, which is not part of the record: “{}”",
                first_bytes(words, SHOWN)
            ));
        }
        early.iter().map(|page| page.page).collect()
    }

    /// Passes over pages within the record or after it that have neither header nor footer, where all
    /// others have and their numbers leave no gap. Returns these pages.
    fn pass_over_inserted(&mut self) -> Vec<usize> {
        let marked = self.marks.iter().filter(|mark| mark.marked).count();
        let bare: Vec<usize> =
            self.marks.iter().filter(|mark| !mark.marked).map(|mark| mark.page).collect();
        if marked < 2 || bare.is_empty() || bare.len() * 2 > marked {
            return Vec::new();
        }
        let mut passed = Vec::new();
        for page in bare {
            let number = self.sheets[page];
            let before = self.marks.iter().rev().find(|m| m.page < page && m.number.is_some());
            let after = self.marks.iter().find(|m| m.page > page && m.number.is_some());
            let next = before.and_then(|mark| mark.number).map(|n| n + 1);
            let apart = match (before, after) {
                (Some(_), Some(after)) => after.number == next,
                (Some(before), None) => before.of.is_none() || before.number == before.of,
                _ => false,
            };
            let at = self.pages.lines.iter().position(|line| line.page == page);
            let words = at.map_or(String::new(), |at| self.pages.lines[at].text.clone());
            let words = first_bytes(&words, SHOWN);
            if apart {
                self.pages.drop_page(page);
                self.marks.retain(|mark| mark.page != page);
                passed.push(page);
                self.pages.warnings.push(format!(
                    "passed over page {number} of the file, which has neither header nor footer and no place among the numbers of the record: “{words}”"
                ));
            } else if !words.is_empty() {
                self.pages.warnings.push(format!(
                    "page {number} of the file has neither the header nor the footer of the others; check that it is part of the record: “{words}”"
                ));
            }
        }
        passed
    }

    /// Removes lines that recur at the edges of the pages.
    fn remove_recurring(&mut self) {
        let (heights, pages) = (&self.heights, &mut self.pages);
        let recurring = stamps::recurring_lines(&pages.lines, heights, self.marks.len());
        let Some(first) = recurring.first() else { return };
        pages.warnings.push(format!(
            "left out a line that recurs at the edge of the pages: “{}”",
            first_bytes(first, SHOWN)
        ));
        pages.lines.retain(|line| !stamps::is_recurring(line, heights, &recurring));
        for lines in pages.tagged.values_mut() {
            lines.retain(|line| !stamps::is_recurring(line, heights, &recurring));
        }
    }

    /// Says what was done to sheets.
    fn describe_sheets(&mut self) {
        if let Some((grid, _, _)) = self.grid {
            self.pages.report.push(format!(
                "parted sheets with {} pages side by side",
                grid.columns * grid.rows
            ));
            let numbers: Vec<u32> = self.marks.iter().filter_map(|mark| mark.number).collect();
            if !numbers.is_sorted() {
                self.refuse_order();
            }
        }
        if let Some(first) = self.turned.first() {
            self.pages.report.push(format!(
                "turned {} of the file, the first of them page {first}, so that their lines are level",
                if self.turned.len() == 1 { "a page".to_owned() } else { format!("{} pages", self.turned.len()) }
            ));
        }
    }
}

impl PdfPages {
    /// The first rows of the file, from top to bottom, by which a file that is no record can be named.
    pub(super) fn first_rows(&self) -> Vec<&str> {
        self.first_rows.iter().map(String::as_str).collect()
    }

    /// Keeps the lines of each tagged piece.
    fn keep_tagged(&mut self, body: &[&Glyph], page: usize) {
        let mut pieces: HashMap<u32, Vec<&Glyph>> = HashMap::new();
        for glyph in body {
            match glyph.mcid {
                Some(mcid) => pieces.entry(mcid).or_default().push(glyph),
                None => self.untagged += usize::from(!glyph.text.is_space()),
            }
        }
        for (mcid, glyphs) in pieces {
            self.tagged.insert((page, mcid), lines::lines_as_drawn(&glyphs, page));
        }
    }

    /// Drops the text of a page.
    fn drop_page(&mut self, page: usize) {
        self.lines.retain(|line| line.page != page);
        self.tagged.retain(|(of, _), _| *of != page);
    }
}
