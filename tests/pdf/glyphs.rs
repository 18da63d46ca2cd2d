//! Glyphs by their names, and fonts whose glyphs are drawn: what each means and how wide it is.

use spv::record::Record;

use super::make::{self, File, change_contents};
use super::read::{WANT, read, told};

/// The codes from 1 on have these names in each font of the record.
fn named(names: &[&str]) -> File {
    let mut file = make::record(false);
    for (at, font) in (2..5).zip(["Times-Roman", "Times-Bold", "Times-Italic"]) {
        let widths = "480 ".repeat(256);
        file.objects[at] = format!(
            "<</Type/Font/Subtype/Type1/BaseFont/{font}/FirstChar 0/LastChar 255/Widths[{widths}]\
             /Encoding<</BaseEncoding/StandardEncoding/Differences[1 /{}]>>>>",
            names.join("/")
        )
        .into_bytes();
    }
    file
}

/// The record with codes from 1 on in place of these letters, which have these names.
fn replaced(letters: &[(&str, &str)]) -> Record {
    let names: Vec<&str> = letters.iter().map(|(_, name)| *name).collect();
    let mut file = named(&names);
    in_strings(&mut file, |words| {
        let mut words = words.to_owned();
        for (at, (letters, _)) in letters.iter().enumerate() {
            words = words.replace(letters, &char::from(at as u8 + 1).to_string());
        }
        format!("({words})")
    });
    read(&file).0
}

/// Replaces each string of the pages, given without its brackets.
fn in_strings(file: &mut File, change: impl Fn(&str) -> String) {
    change_contents(file, |_, content| {
        let text = String::from_utf8(content).unwrap();
        let mut out = String::new();
        for part in text.split_inclusive(") Tj") {
            match part.split_once(" (").filter(|_| part.ends_with(") Tj")) {
                Some((before, words)) => {
                    let words = words.strip_suffix(") Tj").unwrap();
                    out += &format!("{before} {} Tj", change(words));
                }
                None => out += part,
            }
        }
        out.into_bytes()
    });
}

#[test]
fn letters_by_the_rules_of_the_glyph_list() {
    for letters in [
        &[("th", "t_h"), ("ti", "t_i.liga"), ("ou", "uni006F0075")][..],
        &[("e", "e.alt"), ("a", "uni0061.sc"), ("s", "u0073"), ("S", "S.swash")],
        &[("The", "T_h_e"), ("4", "four.oldstyle"), ("0", "zerooldstyle")],
    ] {
        let record = replaced(letters);
        assert_eq!(told(&record), WANT, "{letters:?}");
        assert_eq!(record.source.warnings, Vec::<String>::new(), "{letters:?}");
    }
}

#[test]
fn a_glyph_that_nobody_can_name_shows_and_is_counted() {
    for name in ["g123", "glyph7", "cid20", "G20", "uni12", ".notdef"] {
        let record = replaced(&[("q", name)]);
        let said = &record.source.warnings;
        assert!(said.len() == 1 && said[0].contains("no meaning"), "{name}: {said:?}");
        let text = record.statements().map(|s| s.text()).collect::<String>();
        assert!(text.contains("I \u{FFFD}uote:"), "{name}: {text}");
    }
    // Half of a name is better than none of it.
    let text = replaced(&[("qu", "g7_u")]).statements().map(|s| s.text()).collect::<String>();
    assert!(text.contains("I \u{FFFD}uote:"), "{text}");
}

#[test]
fn a_code_without_a_meaning_in_a_wide_font_shows() {
    let mut file = make::record(false);
    // All but "q", which the table leaves out.
    let table = "1 begincodespacerange <00> <FF> endcodespacerange\n\
        2 beginbfrange <0000> <0070> <0000> <0072> <00FF> <0072> endbfrange";
    let table = file.stream("", table.as_bytes());
    let inner = file.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/DW 500>>");
    file.objects[2] = format!(
        "<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[{inner} 0 R]/ToUnicode {table} 0 R>>"
    )
    .into_bytes();
    // The strings of the other fonts stay as they are: their codes have one byte.
    let plain = |words: &str| {
        let words = words.replace("\\(", "(").replace("\\)", ")").replace('\'', "’");
        words.replace("\\252", "“").replace("\\272", "”")
    };
    change_contents(&mut file, |_, content| {
        let text = String::from_utf8(content).unwrap();
        let mut out = String::new();
        for part in text.split_inclusive(") Tj") {
            match part.split_once("/F1 1 Tf (").filter(|_| part.ends_with(") Tj")) {
                Some((before, words)) => {
                    let words = plain(words.strip_suffix(") Tj").unwrap());
                    let codes: String =
                        words.encode_utf16().map(|unit| format!("{:04X}", unit & 0xFF)).collect();
                    out += &format!("{before}/F1 1 Tf <{codes}> Tj");
                }
                None => out += part,
            }
        }
        out.into_bytes()
    });
    let record = read(&file).0;
    let text = record.statements().map(|s| s.text()).collect::<String>();
    assert!(text.contains("I \u{FFFD}uote:"), "{text}");
    assert!(record.source.warnings[0].contains("no meaning"), "{:?}", record.source.warnings);
}

/// Drawn fonts (type 3) with this matrix, whose widths and box are in the space that it sets.
fn drawn(matrix: &str, scale: f64, size: f64, boxed: bool) -> File {
    let mut file = make::record(false);
    // Widths of Times, near enough: a doubled letter must not be taken for one that is drawn twice.
    let width = |code: u8| match code {
        b'i' | b'l' | b't' | b'\'' | b'.' | b',' | b' ' => 270.0,
        b'm' | b'w' | b'A'..=b'Z' => 720.0,
        _ => 480.0,
    };
    let widths: String = (32..127).map(|code| format!("{} ", width(code) * scale)).collect();
    let names: String = (32..127u8).map(|code| format!("/uni{:04X}", u32::from(code))).collect();
    let area = if boxed {
        format!("0 {} {} {}", -200.0 * scale, 1000.0 * scale, 900.0 * scale)
    } else {
        "0 0 0 0".to_owned()
    };
    for (at, font) in (2..5).zip(["Made", "Made-Bold", "Made-Italic"]) {
        let descriptor = file.add(format!("<</Type/FontDescriptor/FontName/{font}/Flags 4>>"));
        file.objects[at] = format!(
            "<</Type/Font/Subtype/Type3/FontMatrix[{matrix}]/FontBBox[{area}]/CharProcs<<>>\
             /FirstChar 32/LastChar 126/Widths[{widths}]/FontDescriptor {descriptor} 0 R\
             /Encoding<</Differences[32 {names}]>>>>"
        )
        .into_bytes();
    }
    change_contents(&mut file, |_, content| {
        let text = String::from_utf8(content).unwrap();
        // Quotation marks of StandardEncoding have no place here.
        let text = text.replace("\\252", "'").replace("\\272", "'");
        text.replace(" 1 Tf ", &format!(" {size} Tf ")).into_bytes()
    });
    file
}

#[test]
fn widths_of_drawn_fonts_go_through_their_matrix() {
    for (matrix, scale, size) in [
        ("0.001 0 0 0.001 0 0", 1.0, 1.0),
        ("0.01 0 0 0.01 0 0", 0.1, 1.0),
        ("1 0 0 1 0 0", 0.001, 1.0),
        ("0.00048828125 0 0 0.00048828125 0 0", 2.048, 1.0),
        ("0.001 0 0 -0.001 0 0", 1.0, 1.0),
        // The size that is set is that of a pixel.
        ("1 0 0 1 0 0", 0.04, 0.025),
    ] {
        for boxed in [true, false] {
            let record = read(&drawn(matrix, scale, size, boxed)).0;
            let want: Vec<String> = WANT.iter().map(|line| line.replace(['“', '”'], "'")).collect();
            assert_eq!(told(&record), want, "{matrix} {boxed}");
            assert_eq!(record.source.warnings, Vec::<String>::new(), "{matrix} {boxed}");
        }
    }
}

#[test]
fn a_bullet_of_a_font_of_symbols_is_one_and_a_barcode_is_no_text() {
    let mut file = make::record(false);
    let symbol = file
        .add("<</Type/Font/Subtype/Type1/BaseFont/Symbol/FirstChar 183/LastChar 183/Widths[460]>>");
    let bars = file.add("<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Barcode-3-of-9/FirstChar 42/LastChar 57/Widths[9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9]/Encoding/WinAnsiEncoding>>");
    make::change_pages(&mut file, |_, page| {
        page.replace("/F3 5 0 R", &format!("/F3 5 0 R/F4 {symbol} 0 R/F5 {bars} 0 R"))
    });
    change_contents(&mut file, |_, content| {
        let text = String::from_utf8(content).unwrap();
        let bullet = "Nothing ) Tj /F4 1 Tf (\\267) Tj /F1 1 Tf (that is said";
        let text = text.replace("Nothing that is said", bullet);
        (text + "\nBT /F5 20 Tf 300 80 Td (*2400001*) Tj ET").into_bytes()
    });
    let record = read(&file).0;
    let all = told(&record).join("\n");
    assert!(all.contains("Nothing •that is said"), "{all}");
    assert!(!all.contains("2400001"), "{all}");
    assert_eq!(record.source.warnings, Vec::<String>::new());
}
