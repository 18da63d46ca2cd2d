//! Damaged and hostile files: each is refused in one clear line or read as far as it goes. None may
//! panic, and none may work or grow without bound; that much is seen by the test ending at all.

use spv::import::pdf::{self, Hints, PdfError};

use super::crypt;
use super::make::{self, File, page, pages, stream};

/// What came of a file, in one line.
fn outcome(bytes: &[u8]) -> Result<usize, PdfError> {
    let read = pdf::read(bytes, &Hints::default()).map(|i| i.record.statements().count());
    if let Err(error) = &read {
        let line = error.to_string();
        assert!(!line.contains('\n') && line.len() > 20 && line.len() < 400, "{line}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    read
}

/// A small generator, so that every run damages alike.
struct Rule(u64);

impl Rule {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

fn zlib(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(data, 9)
}

/// The ways to damage any file.
fn damages(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
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

#[test]
fn a_damaged_record_is_read_as_far_as_it_goes_or_refused() {
    for tagged in [false, true] {
        let whole = make::record(tagged).bytes();
        let (mut read, mut refused) = (0, 0);
        for (name, bytes) in damages(&whole) {
            match outcome(&bytes) {
                Ok(statements) => {
                    assert!(statements <= 10, "{name}");
                    read += 1;
                }
                Err(_) => refused += 1,
            }
        }
        assert!(read >= 4 && refused >= 6, "read {read}, refused {refused}");
    }
}

#[test]
fn a_wrong_place_of_the_table_is_mended_with_the_same_text() {
    let whole = make::record(true).bytes();
    let want = pdf::read(&whole, &Hints::default()).unwrap().record;
    let at = whole.windows(9).rposition(|w| w == b"startxref").unwrap();
    for end in ["startxref\n7\n%%EOF", ""] {
        let bytes = [&whole[..at], end.as_bytes()].concat();
        let mended = pdf::read(&bytes, &Hints::default()).unwrap().record;
        assert_eq!(mended.items, want.items);
    }
}

#[test]
fn real_records_are_damaged_too() {
    for (at, (name, bytes)) in super::real::files().into_iter().enumerate() {
        // A third of the damages to each file, so that each is done to two or three.
        for (how, damaged) in damages(&bytes).into_iter().skip(at % 3).step_by(3) {
            if let Ok(statements) = outcome(&damaged) {
                assert!(statements < 80, "{name} {how}");
            }
        }
    }
}

#[test]
fn streams_that_unpack_without_end() {
    let bomb = zlib(&vec![b' '; 80 << 20]);
    let mut file = page("");
    file.objects[6] = stream("/Filter/FlateDecode", &bomb);
    assert!(matches!(outcome(&file.bytes()), Err(PdfError::Large(_))));
    // The same twice over, and in a table of letters.
    let mut file = page("");
    file.objects[6] = stream("/Filter[/FlateDecode/FlateDecode]", &zlib(&bomb));
    assert!(outcome(&file.bytes()).is_err());
    let mut file = page("BT /F1 10 Tf (a) Tj ET");
    let map = file.stream("/Filter/FlateDecode", &bomb);
    file.objects[2] =
        format!("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/ToUnicode {map} 0 R>>").into();
    assert!(outcome(&file.bytes()).is_err());
    // As the objects of the file.
    let mut file = page("");
    file.objects.push(stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &bomb));
    assert!(matches!(outcome(&file.bytes()), Err(PdfError::Large(_))));
    // By another packer, and by runs.
    let runs: Vec<u8> = (0..1 << 20).flat_map(|_| [129u8, b' ']).collect();
    let mut file = page("");
    file.objects[6] = stream("/Filter[/RunLengthDecode/RunLengthDecode]", &runs);
    assert!(outcome(&file.bytes()).is_err());
    let wide: Vec<u8> = (0..1u32 << 20).map(|n| ((n * 7) >> 3) as u8).collect();
    let mut file = page("");
    file.objects[6] = stream("/Filter/LZWDecode", &wide);
    assert!(outcome(&file.bytes()).is_err());
}

#[test]
fn forms_in_forms_without_end() {
    // One that draws itself.
    let mut file = pages(&[b"/X Do".to_vec()], "/XObject<</X 8 0 R>>");
    let own = "/Subtype/Form/Resources<</XObject<</X 8 0 R>>>>";
    file.stream(own, b"/X Do /X Do /X Do");
    assert!(outcome(&file.bytes()).is_err());
    // Forty, each of which draws the next twice.
    let mut file = pages(&[b"/X Do".to_vec()], "/XObject<</X 8 0 R>>");
    for n in 9..50 {
        let next = format!("/Subtype/Form/Resources<</XObject<</X {n} 0 R>>>>");
        file.stream(&next, b"/X Do /X Do /X Do /X Do");
    }
    assert!(outcome(&file.bytes()).is_err());
}

#[test]
fn pages_that_hold_more_than_any_record() {
    // Three million letters, all in one line and each in a line of its own.
    let many = format!("BT /F1 10 Tf 60 700 Td ({}) Tj ET", "a".repeat(3_000_000));
    let apart = "(a) ' ".repeat(400_000);
    let apart = format!("BT /F1 10 Tf 3 TL 60 700 Td {apart} ET");
    // The same words again and again, and the same page a thousand times.
    let idle = "q Q ".repeat(5_000_000);
    for content in [many, apart, idle] {
        let mut file = page("");
        file.objects[6] = stream("/Filter/FlateDecode", &zlib(content.as_bytes()));
        assert!(outcome(&file.bytes()).is_err());
        let kids = "6 0 R ".repeat(3_000);
        file.objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count 3000>>").into();
        assert!(outcome(&file.bytes()).is_err());
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
    assert!(outcome(&file.bytes()).is_err());
}

#[test]
fn content_nested_without_end() {
    for (name, word) in [
        ("arrays", "["),
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
        assert!(outcome(&page(content).bytes()).is_err(), "{name}");
    }
    for deep in ["[", "<</A ", "<</A ["] {
        let mut file = page("");
        let nested = deep.repeat(200_000);
        file.add(nested.clone());
        assert!(outcome(&file.bytes()).is_err());
        file.objects[2] = nested.into();
        assert!(outcome(&file.bytes()).is_err());
    }
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

#[test]
fn tables_of_fonts_that_claim_every_code() {
    let all = "1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange ".repeat(5_000);
    assert!(outcome(&wide("0 4294967295 500", &all).bytes()).is_err());
    assert!(outcome(&wide(&"0 65535 500 ".repeat(100_000), &all).bytes()).is_err());
    assert!(outcome(&wide(&"65535 [1 2 3 4 5] ".repeat(50_000), "").bytes()).is_err());
    let long = format!("1 beginbfchar <0001> <{}> endbfchar", "0041".repeat(200_000));
    assert!(outcome(&wide("", &long).bytes()).is_err());
    let none = outcome(&wide("", "").bytes()).unwrap_err();
    assert!(none.to_string().contains("do not say which letters"), "{none}");
}

#[test]
fn trees_that_lead_back_to_themselves() {
    let mut file = make::record(false);
    file.objects[1] = b"<</Type/Pages/Kids[2 0 R 2 0 R 6 0 R 2 0 R]/Count 9>>".to_vec();
    assert!(outcome(&file.bytes()).is_err());
    // A structure tree whose elements hold themselves: twice, and a great many times.
    let often = format!("<</S/P/K[{}]>>", "13 0 R ".repeat(60_000));
    for kids in ["<</S/P/K[13 0 R 13 0 R]>>", "<</S/Span/K[13 0 R 13 0 R 13 0 R]>>", &often] {
        let mut file = make::record(false);
        file.objects[0] = b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 12 0 R>>".to_vec();
        file.add("<</Type/StructTreeRoot/K[13 0 R]>>");
        file.add(kids);
        assert_eq!(outcome(&file.bytes()).unwrap(), 5);
    }
}

#[test]
fn numbers_that_are_none() {
    let far = "BT /F1 99999999999999999999 Tf 1e999 0 0 1e999 9999999999999999999999999999 -1 Tm (a) Tj ET ";
    let odd = "BT /F1 10 Tf 0 0 0 0 0 0 Tm (b) Tj 60 700 Td -.-5 Tc 100000 Tz (c) Tj [(d) 1e30 (e)] TJ ET";
    assert!(outcome(&page(format!("{far}{odd}")).bytes()).is_err());
    let mut file = page("BT /F1 10 Tf (a) Tj ET");
    file.objects[2] = b"<</Type/Font/Subtype/Type1/FirstChar -99999999999/LastChar 999/Widths[1 2 (x) /y null 1e99]/Encoding<</Differences[-5 /a 99999999999 /b /c 255 /d /e]>>>>".to_vec();
    assert!(outcome(&file.bytes()).is_err());
    let mut file = page("");
    file.objects
        .push(stream("/Type/XRef/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 0>>", b"x"));
    assert!(outcome(&file.bytes()).is_err());
}

#[test]
fn a_password_is_asked_for_and_an_empty_one_opens() {
    let plain = make::record(true);
    let error = outcome(&crypt::locked(&plain, b"secret").bytes()).unwrap_err();
    assert_eq!(error, PdfError::Password);
    let locked = crypt::locked(&plain, b"");
    assert!(!locked.bytes().windows(15).any(|w| w == b"United Nations)"));
    let want = pdf::read(&plain.bytes(), &Hints::default()).unwrap().record;
    let read = pdf::read(&locked.bytes(), &Hints::default()).unwrap().record;
    assert_eq!(read.items, want.items);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn any_bytes_in_any_place(
        tagged: bool,
        changes in proptest::collection::vec((0usize..100_000, proptest::prelude::any::<u8>()), 1..60),
    ) {
        let mut bytes = make::record(tagged).bytes();
        let len = bytes.len();
        for (at, byte) in changes {
            bytes[at % len] = byte;
        }
        let _ = outcome(&bytes);
    }

    #[test]
    fn any_content(content in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..2_000)) {
        let _ = outcome(&page(content).bytes());
    }

    #[test]
    fn any_words_of_content(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "BT", "ET", "q", "Q", "(a b)", "<41>", "[(a) -300 (b)]", "Tj", "TJ", "'", "\"", "T*", "Td",
            "Tm", "cm", "Tf", "/F1", "/F2", "10", "-1.5", "0", "99999", "BDC", "EMC", "<</MCID 1>>",
            "<</ActualText (x)>>", "/P", "/Artifact", "Do", "/X", "BI", "EI", "[", "]", "<<", ">>", "Tr", "3",
        ]),
        0..400,
    )) {
        let _ = outcome(&page(words.join(" ")).bytes());
    }
}
