//! Files that are damaged or made to do harm, by what is said of them. None holds a record, so that each is
//! refused; `damage.rs` gives them to the importer and `tests/damaged` to the program.

use super::crypt;
use super::make::{self, File, page, pages, stream};

/// A small generator, so that every run damages alike.
struct Rule(u64);

impl Rule {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Packed as the pages of real files are.
pub fn zlib(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(data, 9)
}

/// The ways to damage any file.
pub fn damages(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut made = Vec::new();
    for tenth in 0..10 {
        made.push((
            format!("cut after {tenth} tenths"),
            bytes[..bytes.len() * tenth / 10].to_vec(),
        ));
    }
    let at = bytes.windows(9).rposition(|w| w == b"startxref").unwrap();
    for (name, end) in [
        ("wrong startxref", &b"startxref\n7\n%%EOF"[..]),
        ("startxref beyond the end", b"startxref\n999999999\n%%EOF"),
        ("negative startxref", b"startxref\n-5\n%%EOF"),
        ("no startxref", b""),
    ] {
        made.push((name.to_owned(), [&bytes[..at], end].concat()));
    }
    for seed in 0..4 {
        let (mut rule, mut flipped) = (Rule(seed), bytes.to_vec());
        for _ in 0..200 {
            let at = rule.below(flipped.len());
            flipped[at] ^= 1 << rule.below(8);
        }
        made.push((format!("200 flipped bits, {seed}"), flipped));
    }
    let mut rule = Rule(99);
    let mut zeros = bytes.to_vec();
    let from = rule.below(bytes.len() / 2);
    zeros[from..from + bytes.len() / 4].fill(0);
    made.push(("a hole of zeros".to_owned(), zeros));
    made.push(("rubbish before it".to_owned(), [&b"\0\xff(<<["[..], bytes].concat()));
    made.push(("twice".to_owned(), [bytes, bytes].concat()));
    made
}

/// A page whose font has codes of two bytes, with this table of widths and this table of letters.
fn wide(widths: &str, map: &str) -> File {
    let mut file = page("BT /F1 10 Tf 60 700 Td <00010002FFFF> Tj ET");
    let map = file.stream("", map.as_bytes());
    let descendant = file.add(format!("<</Subtype/CIDFontType2/W[{widths}]/DW 500>>"));
    file.objects[2] = format!(
        "<</Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {map} 0 R>>"
    )
    .into();
    file
}

/// What a file is, and its bytes.
pub type Hostile = (&'static str, Vec<u8>);

/// Streams that unpack without end.
pub fn bombs() -> Vec<Hostile> {
    let bomb = zlib(&vec![b' '; 80 << 20]);
    let content = |entries: &str, data: &[u8]| {
        let mut file = page("");
        file.objects[6] = stream(entries, data);
        file.bytes()
    };
    let runs: Vec<u8> = (0..1 << 20).flat_map(|_| [129u8, b' ']).collect();
    let odd: Vec<u8> = (0..1u32 << 20).map(|n| ((n * 7) >> 3) as u8).collect();
    let mut letters = page("BT /F1 10 Tf (a) Tj ET");
    let map = letters.stream("/Filter/FlateDecode", &bomb);
    letters.objects[2] =
        format!("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/ToUnicode {map} 0 R>>").into();
    let mut objects = page("");
    objects.objects.push(stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &bomb));
    vec![
        ("a content of 80 MB", content("/Filter/FlateDecode", &bomb)),
        ("the same twice over", content("/Filter[/FlateDecode/FlateDecode]", &zlib(&bomb))),
        ("a table of letters of 80 MB", letters.bytes()),
        ("objects of 80 MB", objects.bytes()),
        ("runs of runs", content("/Filter[/RunLengthDecode/RunLengthDecode]", &runs)),
        ("another packer's stream that is none", content("/Filter/LZWDecode", &odd)),
    ]
}

/// Forms that draw forms without end.
pub fn forms() -> Vec<Hostile> {
    let mut own = pages(&[b"/X Do".to_vec()], "/XObject<</X 8 0 R>>");
    own.stream("/Subtype/Form/Resources<</XObject<</X 8 0 R>>>>", b"/X Do /X Do /X Do");
    let mut chain = pages(&[b"/X Do".to_vec()], "/XObject<</X 8 0 R>>");
    for n in 9..50 {
        let next = format!("/Subtype/Form/Resources<</XObject<</X {n} 0 R>>>>");
        chain.stream(&next, b"/X Do /X Do /X Do /X Do");
    }
    vec![("a form that draws itself", own.bytes()), ("forms that draw four forms", chain.bytes())]
}

/// Pages that hold more than any record.
pub fn crowds() -> Vec<Hostile> {
    let many = format!("BT /F1 10 Tf 60 700 Td ({}) Tj ET", "a".repeat(3_000_000));
    let apart = format!("BT /F1 10 Tf 3 TL 60 700 Td {} ET", "(a) ' ".repeat(400_000));
    let idle = "q Q ".repeat(5_000_000);
    let mut made = Vec::new();
    for (once, often, content) in [
        ("a line of three million letters", "the same on 3,000 pages", many),
        ("a line for each letter", "those on 3,000 pages", apart),
        ("words that draw nothing", "nothing on 3,000 pages", idle),
    ] {
        let mut file = page("");
        file.objects[6] = stream("/Filter/FlateDecode", &zlib(content.as_bytes()));
        made.push((once, file.bytes()));
        let kids = "6 0 R ".repeat(3_000);
        file.objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count 3000>>").into();
        made.push((often, file.bytes()));
    }
    let mut file = pages(&vec![b"BT /F1 10 Tf 60 700 Td (a) Tj ET".to_vec(); 100], "");
    let all = format!("[{}]", "7 0 R ".repeat(9_000));
    for object in &mut file.objects {
        if object.starts_with(b"<</Type/Page/") {
            let text = String::from_utf8_lossy(object).into_owned();
            let (before, after) = text.split_once("/Contents ").unwrap();
            let (_, after) = after.split_once(" R").unwrap();
            *object = format!("{before}/Contents {all}{after}").into();
        }
    }
    made.push(("a content 9,000 times on each page", file.bytes()));
    made
}

/// Content and objects nested without end.
pub fn nests() -> Vec<Hostile> {
    let mut made = Vec::new();
    for (name, word) in [
        ("arrays in arrays", "["),
        ("saved states", "q "),
        ("dictionaries", "<<"),
        ("strings", "("),
        ("marked content", "/P <</MCID 1>> BDC "),
        ("texts", "BT "),
        ("images", "BI "),
        ("images that seem to end", "BI EI x"),
    ] {
        let mut content = word.repeat(300_000).into_bytes();
        content.extend(b" BT /F1 10 Tf (a) Tj ET");
        made.push((name, page(content).bytes()));
    }
    for (beside, within, deep) in [
        ("an object of arrays", "a font of arrays", "["),
        ("an object of dictionaries", "a font of dictionaries", "<</A "),
        ("an object of both", "a font of both", "<</A ["),
    ] {
        let mut file = page("");
        let nested = deep.repeat(200_000);
        file.add(nested.clone());
        made.push((beside, file.bytes()));
        file.objects[2] = nested.into();
        made.push((within, file.bytes()));
    }
    let mut file = make::record(false);
    file.objects[1] = b"<</Type/Pages/Kids[2 0 R 2 0 R 6 0 R 2 0 R]/Count 9>>".to_vec();
    made.push(("pages that hold themselves", file.bytes()));
    made
}

/// Tables of fonts that claim every code there is, or none.
pub fn tables() -> Vec<Hostile> {
    let all = "1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange ".repeat(5_000);
    let long = format!("1 beginbfchar <0001> <{}> endbfchar", "0041".repeat(200_000));
    vec![
        ("a width of every code", wide("0 4294967295 500", &all).bytes()),
        ("that often", wide(&"0 65535 500 ".repeat(100_000), &all).bytes()),
        ("widths beyond the last code", wide(&"65535 [1 2 3 4 5] ".repeat(50_000), "").bytes()),
        ("a code of 200,000 letters", wide("", &long).bytes()),
        ("codes without letters", wide("", "").bytes()),
    ]
}

/// Numbers that are none, and a password.
pub fn odd() -> Vec<Hostile> {
    let far = "BT /F1 99999999999999999999 Tf 1e999 0 0 1e999 9999999999999999999999999999 -1 Tm (a) Tj ET ";
    let odd = "BT /F1 10 Tf 0 0 0 0 0 0 Tm (b) Tj 60 700 Td -.-5 Tc 100000 Tz (c) Tj [(d) 1e30 (e)] TJ ET";
    let mut font = page("BT /F1 10 Tf (a) Tj ET");
    font.objects[2] = b"<</Type/Font/Subtype/Type1/FirstChar -99999999999/LastChar 999/Widths[1 2 (x) /y null 1e99]/Encoding<</Differences[-5 /a 99999999999 /b /c 255 /d /e]>>>>".to_vec();
    let mut columns = page("");
    columns
        .objects
        .push(stream("/Type/XRef/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 0>>", b"x"));
    vec![
        ("places that are no numbers", page(format!("{far}{odd}")).bytes()),
        ("widths that are no numbers", font.bytes()),
        ("a table of no columns", columns.bytes()),
        ("a password", crypt::locked(&make::record(true), b"secret").bytes()),
    ]
}

/// All of them.
pub fn all() -> Vec<Hostile> {
    [bombs(), forms(), crowds(), nests(), tables(), odd()].concat()
}
