//! Word files.

use super::{imported, items, refused};
use crate::fuzz::readers::zip_of;

/// A Word file with this body.
fn docx(body: &str) -> Vec<u8> {
    let ns = "xmlns:w=\"w\" xmlns:mc=\"mc\" xmlns:wps=\"wps\"";
    let xml =
        format!("<?xml version=\"1.0\"?><w:document {ns}><w:body>{body}</w:body></w:document>");
    zip_of("word/document.xml", xml.as_bytes())
}

fn run(text: &str, face: &str) -> String {
    format!("<w:r><w:rPr>{face}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn paragraph(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

fn plain(text: &str) -> String {
    paragraph(&run(text, ""))
}

/// The end of a section, in a paragraph of its own.
fn section(start: &str, columns: u32) -> String {
    format!(
        "<w:p><w:pPr><w:sectPr><w:type w:val=\"{start}\"/><w:pgSz w:w=\"12240\"/><w:pgMar w:left=\"1180\" w:right=\"1154\"/>\
         <w:cols w:num=\"{columns}\"/></w:sectPr></w:pPr></w:p>"
    )
}

#[test]
fn paragraphs_breaks_fields_and_what_is_not_shown() {
    let body = [
        paragraph(&run("The meeting was called to order at 10 a.m.", "<w:i/>")),
        paragraph(
            &[
                run("Mr. Orlan", "<w:b/>").as_str(),
                "<w:r><w:noBreakHyphen/></w:r>",
                &run("Vey", "<w:b/>"),
                &run(" (Peru): We ", ""),
                "<w:del><w:r><w:delText>never</w:delText><w:t>never</w:t></w:r></w:del>",
                "<w:ins><w:r><w:t>always</w:t></w:r></w:ins>",
                &run(" secret", "<w:vanish/>"),
                &run(" hidden not", "<w:vanish w:val=\"0\"/>"),
                "<w:r><w:instrText> PAGE </w:instrText></w:r>",
                "<w:r><w:br/><w:t>are</w:t><w:tab/><w:t>peo</w:t><w:softHyphen/><w:t>ple &amp; so.</w:t></w:r>",
                "<w:r><w:footnoteReference w:id=\"1\"/></w:r>",
            ]
            .concat(),
        ),
        paragraph("<mc:AlternateContent><mc:Choice><w:r><w:t>In a box.</w:t></w:r></mc:Choice>\
            <mc:Fallback><w:r><w:t>In a box.</w:t></w:r></mc:Fallback></mc:AlternateContent>"),
    ]
    .concat();
    let made = imported(&docx(&body));
    assert_eq!(
        items(&made.record),
        [
            "(The meeting was called to order at 10 a.m.)",
            "Mr. Orlan-Vey [Peru] We always hidden not are people & so. / In a box.",
        ]
    );
    let source = &made.record.source;
    assert_eq!((source.from.as_str(), source.repairs["hidden_text"]), ("docx", 1));
    assert!(source.warnings.iter().any(|w| w.contains("1 footnote")), "{:?}", source.warnings);
    assert!(made.report.iter().any(|line| line.contains("1 insertion and left out 1 deletion")));
}

#[test]
fn rows_of_a_table_are_lines() {
    let cell =
        |text: &str| format!("<w:tc><w:tcPr><w:tcW w:w=\"3000\"/></w:tcPr>{}</w:tc>", plain(text));
    let row = |cells: &[&str]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|c| cell(c)).collect::<String>())
    };
    let body = [
        plain("The President: I put the text to the vote."),
        plain("A vote was taken by show of hands."),
        format!(
            "<w:tbl>{}{}{}</w:tbl>",
            row(&["In favour:", "Chile, Peru"]),
            row(&["Against:", "None"]),
            row(&["Abstaining:", "China"])
        ),
        plain("The President: There were two votes in favour, none against and one abstention."),
    ];
    let made = imported(&docx(&body.concat()));
    let vote = made.record.votes().next().unwrap();
    assert_eq!((vote.in_favour.len(), vote.against.len(), vote.abstaining.len()), (2, 0, 1));
}

/// A converter gives each column of a page a section, and a line over both columns one between them.
#[test]
fn columns_that_are_sections_are_read_left_then_right() {
    let long = "and this sentence of nobody goes on for so long that it is more than a hundred letters by itself.";
    let indented = |text: &str, left: u32| {
        let place = format!("<w:pPr><w:ind w:left=\"{left}\" w:firstLine=\"480\"/></w:pPr>");
        paragraph(&format!("{place}{}", run(&format!("{text} {long}"), "")))
    };
    let body = [
        plain("S/PV.9998"),
        section("nextPage", 1),
        indented("Mr. Orlan (Peru): One,", 16),
        indented("Two,", 16),
        paragraph(&format!(
            "<w:pPr><w:ind w:left=\"496\"/></w:pPr>{}",
            run("Three begins here and", "")
        )),
        section("continuous", 2),
        indented("Ms. Vey (Chile): Five,", 122),
        indented("Six,", 122),
        section("nextColumn", 2),
        paragraph(
            "<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"5060\"/></w:tabs><w:ind w:left=\"16\"/></w:pPr>\
             <w:r><w:t>goes on</w:t><w:tab/><w:t>which is</w:t></w:r>",
        ),
        section("continuous", 1),
        paragraph(&format!("<w:pPr><w:ind w:left=\"16\"/></w:pPr>{}", run("in the left. ", ""))),
        plain("2/4 24-15339"),
        section("continuous", 2),
        paragraph(&format!("<w:pPr><w:ind w:left=\"122\"/></w:pPr>{}", run("in the right.", ""))),
        section("nextColumn", 2),
    ];
    let record = imported(&docx(&body.concat())).record;
    let read = items(&record);
    // The title names the record and is no item.
    assert_eq!(read.len(), 2, "{read:?}");
    assert!(read[0].ends_with("/ Three begins here and goes on in the left."), "{}", read[0]);
    assert!(read[1].starts_with("Ms. Vey [Chile] Five,"), "{}", read[1]);
    assert!(read[1].ends_with("which is in the right."), "{}", read[1]);
}

#[test]
fn spaces_that_a_converter_lost_between_runs_are_put_back() {
    let body = paragraph(
        &[
            run("Mr.Orlan", "<w:b/>"),
            run(" (Peru): He said", ""),
            run("“we", ""),
            run(" are.”", ""),
            run("And so.", ""),
        ]
        .concat(),
    );
    let made = imported(&docx(&body));
    assert_eq!(items(&made.record), ["Mr. Orlan [Peru] He said “we are.” And so."]);
    assert_eq!(made.record.source.repairs["spaces_added"], 3);
}

#[test]
fn a_file_that_cannot_be_read_is_refused_with_the_reason() {
    let sound = docx(&plain("Mr. Orlan (Peru): We are here."));
    let at = |needle: &[u8]| sound.windows(needle.len()).position(|w| w == needle).unwrap();
    let changed = |place: usize, byte: u8| {
        let mut bytes = sound.clone();
        bytes[place] = byte;
        bytes
    };
    let directory = at(b"PK\x01\x02");
    // Spaces pack to a thousandth: 80 MB of them.
    let bomb = {
        let spaces = vec![b' '; 80 << 20];
        let packed = miniz_oxide::deflate::compress_to_vec(&spaces, 1);
        let mut bytes = zip_of("word/document.xml", &packed);
        let entry = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        bytes[8] = 8;
        bytes[entry + 10] = 8;
        bytes
    };
    let deep = format!("{}{}", "<w:sdt>".repeat(300), "</w:sdt>".repeat(300));
    for (bytes, why) in [
        (sound[..sound.len() - 30].to_vec(), "damaged"),
        (changed(at(b"Orlan"), b'X'), "checksum"),
        (changed(directory + 8, 1), "password"),
        (changed(directory + 10, 12), "unusual"),
        (bomb, "more than 64 MB"),
        (docx(&deep), "too deep"),
        (docx("<w:p>"), "not well formed"),
        (docx(""), "no text"),
        (zip_of("content.xml", b"x"), ".odt"),
        (zip_of("xl/workbook.xml", b"x"), "spreadsheet"),
        (zip_of("other", b"x"), "zip file"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), ".docx or PDF"),
        (b"{\\rtf1 x}".to_vec(), ".docx or PDF"),
    ] {
        let error = refused(&bytes);
        assert!(error.contains(why), "{why}: {error}");
    }
    assert_eq!(imported(&sound).record.statements().count(), 1);
}
