//! Small PDF files made here: an invented record in two columns, and the means to damage one.

use std::fmt::Write as _;

/// A file as its objects; the first is the catalogue.
#[derive(Clone, Default)]
pub struct File {
    pub objects: Vec<Vec<u8>>,
    /// More entries of the trailer.
    pub trailer: String,
}

impl File {
    /// Adds an object and returns its number.
    pub fn add(&mut self, object: impl Into<Vec<u8>>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    /// Adds a stream with these entries in its dictionary.
    pub fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        let object = stream(entries, data);
        self.add(object)
    }

    /// The bytes of the file, with a table of objects.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.5\n".to_vec();
        let mut places = Vec::new();
        for (at, object) in self.objects.iter().enumerate() {
            places.push(out.len());
            out.extend(format!("{} 0 obj\n", at + 1).bytes());
            out.extend(object);
            out.extend(b"\nendobj\n");
        }
        let table = out.len();
        let size = self.objects.len() + 1;
        out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
        for place in places {
            out.extend(format!("{place:010} 00000 n \n").bytes());
        }
        let trailer = &self.trailer;
        out.extend(
            format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n")
                .bytes(),
        );
        out
    }
}

/// Whether an object of [`pages`] is a page.
fn is_page(object: &[u8]) -> bool {
    object.starts_with(b"<</Type/Page/")
}

/// Changes the dictionary of each page; the first is 0.
pub fn change_pages(file: &mut File, change: impl Fn(usize, String) -> String) {
    let pages = file.objects.iter_mut().filter(|object| is_page(object));
    for (at, object) in pages.enumerate() {
        let text = String::from_utf8(std::mem::take(object)).unwrap();
        *object = change(at, text).into_bytes();
    }
}

/// Changes the content of each page; the first is 0.
pub fn change_contents(file: &mut File, change: impl Fn(usize, Vec<u8>) -> Vec<u8>) {
    let pages: Vec<usize> =
        (0..file.objects.len()).filter(|at| is_page(&file.objects[*at])).collect();
    for (number, at) in pages.into_iter().enumerate() {
        let object = &file.objects[at + 1];
        let start = object.windows(7).position(|w| w == b"stream\n").unwrap() + 7;
        let content = object[start..object.len() - b"\nendstream".len()].to_vec();
        file.objects[at + 1] = stream("", &change(number, content));
    }
}

/// Adds content to the end of each page.
pub fn append(file: &mut File, content: &str) {
    change_contents(file, |_, before| [&before[..], b"\n", content.as_bytes()].concat());
}

/// A stream object.
pub fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{entries}/Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

/// A file of pages with these contents, fonts `/F1` roman, `/F2` bold and `/F3` italic, and more
/// resources. Objects: 1 catalogue, 2 pages, 3 to 5 fonts, then page and content by turns.
pub fn pages(contents: &[Vec<u8>], resources: &str) -> File {
    let mut file = File::default();
    file.add("<</Type/Catalog/Pages 2 0 R>>");
    let kids: Vec<String> = (0..contents.len()).map(|n| format!("{} 0 R", 6 + 2 * n)).collect();
    file.add(format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), contents.len()));
    for name in ["Times-Roman", "Times-Bold", "Times-Italic"] {
        file.add(format!("<</Type/Font/Subtype/Type1/BaseFont/{name}>>"));
    }
    for content in contents {
        let next = file.objects.len() + 2;
        file.add(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {next} 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R>>{resources}>>>>"
        ));
        file.stream("", content);
    }
    file
}

/// One file of one page with this content.
pub fn page(content: impl Into<Vec<u8>>) -> File {
    pages(&[content.into()], "")
}

/// How letters become the bytes of a string.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Letters {
    /// StandardEncoding, for plain English.
    #[default]
    Standard,
    /// WinAnsiEncoding, as Western European editions have it.
    WinAnsi,
    /// Two bytes each, told by a table of the font.
    Wide,
}

/// The content of a page, grown line by line.
#[derive(Clone, Default)]
pub struct Sheet {
    out: String,
    mcid: u32,
    pub letters: Letters,
    /// The stretches of each paragraph, where the page is tagged.
    pub tags: Option<Vec<Vec<u32>>>,
}

impl Sheet {
    /// A sheet whose letters become bytes in this way.
    pub fn of(letters: Letters) -> Self {
        Self { letters, ..Self::default() }
    }

    /// Draws words; `*` turns bold on and off, `_` italics.
    pub fn line(&mut self, x: f64, y: f64, size: f64, text: &str) -> &mut Self {
        let _ = write!(self.out, "BT {size} 0 0 {size} {x} {y} Tm ");
        let mut font = "F1";
        for part in text.split_inclusive(['*', '_']) {
            let words = part.trim_end_matches(['*', '_']);
            if !words.is_empty() {
                let _ = write!(self.out, "/{font} 1 Tf {} Tj ", string(words, self.letters));
            }
            font = match (part.chars().last(), font) {
                (Some('*'), "F1") => "F2",
                (Some('_'), "F1") => "F3",
                (Some('*' | '_'), _) => "F1",
                _ => font,
            };
        }
        self.out.push_str("ET\n");
        self
    }

    /// A header or footer.
    pub fn artifact(&mut self, x: f64, y: f64, text: &str) -> &mut Self {
        if self.tags.is_some() {
            self.out.push_str("/Artifact BMC ");
        }
        self.line(x, y, 8.5, text);
        if self.tags.is_some() {
            self.out.push_str("EMC\n");
        }
        self
    }

    /// A paragraph from (x, y) downwards, its first line indented by `indent`; returns the next y.
    pub fn paragraph(&mut self, x: f64, y: f64, indent: f64, lines: &[&str]) -> f64 {
        self.part(x, y, indent, lines, true)
    }

    /// The same, which may be the rest of the paragraph before it.
    pub fn part(&mut self, x: f64, y: f64, indent: f64, lines: &[&str], begins: bool) -> f64 {
        if let Some(tags) = &mut self.tags
            && (begins || tags.is_empty())
        {
            tags.push(Vec::new());
        }
        for (n, line) in lines.iter().enumerate() {
            let mcid = self.mcid;
            self.mcid += 1;
            if let Some(tags) = &mut self.tags {
                tags.last_mut().unwrap().push(mcid);
                let _ = write!(self.out, "/P <</MCID {mcid}>> BDC ");
            }
            let x = if n == 0 { x + indent } else { x };
            self.line(x, y - 12.0 * n as f64, 10.0, line);
            if self.tags.is_some() {
                self.out.push_str("EMC\n");
            }
        }
        y - 12.0 * lines.len() as f64 - 6.0
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.out.clone().into_bytes()
    }
}

/// A string of a content stream.
fn string(words: &str, letters: Letters) -> String {
    if letters == Letters::Wide {
        return format!(
            "<{}>",
            words.encode_utf16().map(|c| format!("{c:04X}")).collect::<String>()
        );
    }
    let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    if letters == Letters::WinAnsi {
        let octal = |c: char| match c {
            ' '..='~' => c.to_string(),
            '’' => "\\222".to_owned(),
            other => {
                assert!(('\u{A0}'..='ÿ').contains(&other), "{other} has no place here");
                format!("\\{:03o}", other as u32)
            }
        };
        return format!("({})", words.chars().map(octal).collect::<String>());
    }
    // The apostrophe of StandardEncoding.
    let words = words.replace('’', "'").replace('†', "\\262");
    format!("({})", words.replace('“', "\\252").replace('”', "\\272"))
}

const MEMBERS: [(&str, &str); 14] = [
    ("Algeria", "Mr. First"),
    ("China", "Mr. Second"),
    ("Ecuador", "Mrs. Third"),
    ("France", "Ms. Fourth"),
    ("Guyana", "Mr. Fifth"),
    ("Japan", "Mr. Sixth"),
    ("Malta", "Ms. Seventh"),
    ("Peru", "Ms. Vey"),
    ("Republic of Korea", "Mr. Eighth"),
    ("Russian Federation", "Mr. Ninth"),
    ("Sierra Leone", "Mr. Tenth"),
    ("Slovenia", "Ms. Eleventh"),
    ("United Kingdom of Great Britain and Northern Ireland", "Dame Twelfth"),
    ("United States of America", "Mr. Thirteenth"),
];

/// The cover page of an invented record.
pub fn cover() -> Sheet {
    let mut sheet = Sheet::default();
    sheet.line(123.0, 723.0, 15.0, "United Nations").line(480.0, 723.0, 10.0, "S/PV.99998");
    sheet.line(123.0, 691.0, 20.0, "*Security Council*").line(500.0, 691.0, 10.0, "_Provisional_");
    sheet.line(123.0, 655.0, 10.0, "*99998*th meeting");
    sheet.line(123.0, 643.0, 10.0, "Friday, 31 May 2024, 10 a.m.");
    sheet.line(123.0, 631.0, 10.0, "New York");
    sheet.line(60.0, 548.0, 10.0, "_President:_").line(123.0, 548.0, 10.0, "Mr. Orlan . . . . . .");
    sheet.line(400.0, 548.0, 10.0, "(Kazakhstan)").line(60.0, 524.0, 10.0, "_Members:_");
    for (n, (state, name)) in MEMBERS.iter().enumerate() {
        let y = 524.0 - 12.0 * n as f64;
        sheet.line(123.0, y, 10.0, &format!("{state} . . . ."));
        sheet.line(420.0, y, 10.0, name);
    }
    sheet.line(60.0, 330.0, 15.0, "*Agenda*").line(81.0, 310.0, 10.0, "The invented question");
    sheet.line(102.0, 290.0, 10.0, "Report of nobody on the invented question and on its many");
    sheet.line(102.0, 278.0, 10.0, "sides (S/2024/1)");
    sheet.line(60.0, 98.0, 8.0, "24-00001 (E) This record contains the text of no speeches.");
    sheet
}

/// The two pages that follow: every sort of paragraph, one that goes on to the next page, one that
/// goes on in the next column, and a line-end hyphen of each kind. All sentences are invented.
pub fn body(tagged: bool) -> Vec<Sheet> {
    let new = || Sheet { tags: tagged.then(Vec::new), ..Sheet::default() };
    let (mut one, mut two) = (new(), new());
    one.artifact(60.0, 730.0, "S/PV.99998").artifact(250.0, 730.0, "The invented question");
    one.artifact(510.0, 730.0, "31/05/2024");
    one.artifact(60.0, 60.0, "2/3").artifact(510.0, 60.0, "24-00001");
    let y = one.paragraph(60.0, 700.0, 18.0, &["_The meeting was called to order at 10.05 a.m._"]);
    let y = one.paragraph(60.0, y, 0.0, &["*Adoption of the agenda*"]);
    let y = one.paragraph(60.0, y, 18.0, &["_The agenda was adopted._"]);
    let y = one.paragraph(60.0, y, 0.0, &["*The invented question*"]);
    let y = one.paragraph(
        60.0,
        y,
        18.0,
        &["*The President* _(spoke in Russian)_: I open this", "meeting of nobody about nothing."],
    );
    let y = one.paragraph(
        60.0,
        y,
        18.0,
        &[
            "Members have before them document",
            "S/2024/413, which contains the text of a draft",
            "resolution on food-",
            "and water-supplies, a so-",
            "called long-",
            "term matter. I shall put it to the vote now.",
        ],
    );
    let y = one.paragraph(60.0, y, 18.0, &["_A vote was taken by show of hands._"]);
    let y = one.paragraph(60.0, y, 0.0, &["_In favour:_"]);
    let y = one.paragraph(
        60.0,
        y,
        18.0,
        &[
            "Algeria, China, Ecuador, France, Guyana, Japan,",
            "Kazakhstan, Malta, Republic of Korea, Russian",
            "Federation, Sierra Leone, Slovenia, United",
            "Kingdom of Great Britain and Northern Ireland",
        ],
    );
    let y = one.paragraph(60.0, y, 0.0, &["_Against:_"]);
    let y = one.paragraph(60.0, y, 18.0, &["United States of America"]);
    let y = one.paragraph(60.0, y, 0.0, &["_Abstaining:_"]);
    one.paragraph(60.0, y, 18.0, &["Peru"]);
    let y = one.paragraph(
        312.0,
        700.0,
        18.0,
        &[
            "*The President*: The result is 13 votes in",
            "favour, 1 against and 1 abstention. It has not",
            "been adopted, owing to the negative vote of a",
            "permanent member of the Council.",
        ],
    );
    let y = one.paragraph(
        312.0,
        y,
        18.0,
        &["*Ms. Vey* (Peru): Nothing that is said here was", "said by anybody. I quote:"],
    );
    let y = one.paragraph(330.0, y, 0.0, &["“A quotation is set further", "in than the text.”"]);
    one.paragraph(
        312.0,
        y,
        18.0,
        &["After it the statement goes on, down to the foot", "of this page and over it to"],
    );
    two.artifact(60.0, 730.0, "31/05/2024").artifact(250.0, 730.0, "The invented question");
    two.artifact(510.0, 730.0, "S/PV.99998");
    two.artifact(60.0, 60.0, "24-00001").artifact(535.0, 60.0, "3/3");
    let y = two.part(
        60.0,
        700.0,
        0.0,
        &["the next page, where it ends after two more", "lines."],
        false,
    );
    let y = two.paragraph(
        60.0,
        y,
        18.0,
        &["*Lord Nemo* (Special Rapporteur on Nothing): I", "have nothing to report, and that is"],
    );
    let _ = y;
    two.part(
        312.0,
        700.0,
        0.0,
        &["all there is to say of it here and in any other", "place."],
        false,
    );
    let y = two.paragraph(
        312.0,
        670.0,
        18.0,
        &["*The President*: I thank nobody for it, and I close", "this meeting."],
    );
    two.paragraph(312.0, y, 18.0, &["_The meeting rose at 10.15 a.m._"]);
    vec![one, two]
}

/// The invented record; where it is tagged, with its structure tree.
pub fn record(tagged: bool) -> File {
    numbered(tagged, 99_998)
}

/// The invented record with another number of its meeting.
pub fn numbered(tagged: bool, number: u32) -> File {
    let sheets = body(tagged);
    let contents: Vec<Vec<u8>> = std::iter::once(cover().bytes())
        .chain(sheets.iter().map(Sheet::bytes))
        .map(|bytes| replaced(&bytes, b"99998", number.to_string().as_bytes()))
        .collect();
    let mut file = pages(&contents, "");
    if tagged {
        tree(&mut file, &sheets);
    }
    file
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::new(), bytes);
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}

/// Adds the structure tree of these sheets, which are the second page and the third.
fn tree(file: &mut File, sheets: &[Sheet]) {
    let mut elements: Vec<Vec<(usize, u32)>> = Vec::new();
    for (n, sheet) in sheets.iter().enumerate() {
        for (at, tags) in sheet.tags.iter().flatten().enumerate() {
            let pieces = tags.iter().map(|mcid| (8 + 2 * n, *mcid));
            // The first paragraph of the third page is the rest of the last of the second.
            match elements.last_mut().filter(|_| n == 1 && at == 0) {
                Some(last) => last.extend(pieces),
                None => elements.push(pieces.collect()),
            }
        }
    }
    let root = file.objects.len() + 1;
    let kids: Vec<String> = (0..elements.len()).map(|n| format!("{} 0 R", root + 1 + n)).collect();
    file.add(format!("<</Type/StructTreeRoot/K[{}]>>", kids.join(" ")));
    for pieces in elements {
        let kids: Vec<String> = pieces
            .iter()
            .map(|(page, mcid)| format!("<</Type/MCR/Pg {page} 0 R/MCID {mcid}>>"))
            .collect();
        file.add(format!("<</Type/StructElem/S/P/P {root} 0 R/K[{}]>>", kids.join(" ")));
    }
    file.objects[0] =
        format!("<</Type/Catalog/Pages 2 0 R/StructTreeRoot {root} 0 R>>").into_bytes();
}
