//! Only what a reader sees is text: the invented record comes out the same, whatever is beside its pages,
//! over them, hidden on them, and however they are turned.

use std::f64::consts::FRAC_1_SQRT_2;

use spv::import::pdf::{self, Hints};

use super::make::{self, File, append, change_contents, change_pages};
use super::read::{WANT, read, told};

/// Reads the record with what was done to it. Its items are the same; the warnings are returned.
fn same(name: &str, change: impl Fn(&mut File)) -> Vec<String> {
    let mut said = Vec::new();
    for tagged in [false, true] {
        let mut file = make::record(tagged);
        change(&mut file);
        let (record, _) = read(&file);
        assert_eq!(told(&record), WANT, "{name}, tagged: {tagged}");
        assert_eq!(record.members.len(), 14, "{name}");
        said = record.source.warnings;
    }
    said
}

/// The same with one warning that has all of these words.
fn warned(name: &str, words: &[&str], change: impl Fn(&mut File)) {
    let said = same(name, change);
    assert!(said.len() == 1 && words.iter().all(|w| said[0].contains(w)), "{name}: {said:?}");
}

/// The same without a warning.
fn silent(name: &str, change: impl Fn(&mut File)) {
    assert_eq!(same(name, change), Vec::<String>::new(), "{name}");
}

/// Replaces the box of every page.
fn boxes(file: &mut File, with: &str) {
    change_pages(file, |_, page| page.replace("/MediaBox[0 0 612 792]", with));
}

/// Puts the content of every page under a matrix.
fn under(file: &mut File, matrix: &str) {
    change_contents(file, |_, content| {
        [format!("q {matrix} cm\n").as_bytes(), &content, b"\nQ"].concat()
    });
}

/// Words somewhere on each page.
fn words(x: i32, y: i32) -> String {
    format!("BT /F1 9 Tf {x} {y} Td (Words that nobody sees) Tj ET")
}

#[test]
fn words_outside_the_visible_box() {
    for (name, with, x, y) in [
        ("right of the page", "/MediaBox[0 0 612 792]", 660, 600),
        ("left of the page", "/MediaBox[0 0 612 792]", -300, 600),
        ("above the page", "/MediaBox[0 0 612 792]", 60, 800),
        ("below the page", "/MediaBox[0 0 612 792]", 60, -20),
        ("in the media box only", "/CropBox[0 0 612 792]/MediaBox[-40 -40 900 832]", 660, 600),
        ("a crop box that is too large", "/CropBox[-99 -99 999 999]/MediaBox[0 0 612 792]", 660, 9),
        ("corners in another order", "/MediaBox[612 792 0 0]", 660, 600),
    ] {
        silent(name, |file| {
            boxes(file, with);
            append(file, &words(x, y));
        });
    }
    // The boxes may be those of the node above the pages.
    silent("inherited boxes", |file| {
        boxes(file, "");
        let pages = String::from_utf8_lossy(&file.objects[1]).into_owned();
        let pages = pages.replace("/Kids", "/MediaBox[-40 -40 900 832]/CropBox[0 0 612 792]/Kids");
        file.objects[1] = pages.into_bytes();
        append(file, &words(660, 600));
    });
    let mut file = make::record(false);
    append(&mut file, &words(660, 600));
    let report = read(&file).1;
    let told = report.iter().any(|r| r.contains("outside") && r.contains("nobody sees"));
    assert!(told, "{report:?}");
}

#[test]
fn an_origin_anywhere_and_another_unit() {
    for (name, with, matrix) in [
        ("below", "/MediaBox[0 -792 612 0]", "1 0 0 1 0 -792"),
        ("above", "/MediaBox[100 300 712 1092]", "1 0 0 1 100 300"),
        ("negative", "/MediaBox[-306 -396 306 396]", "1 0 0 1 -306 -396"),
        ("in a crop box", "/MediaBox[0 0 900 1000]/CropBox[90 120 702 912]", "1 0 0 1 90 120"),
        ("half the size", "/UserUnit 2/MediaBox[0 0 306 396]", "0.5 0 0 0.5 0 0"),
        ("twice the size", "/UserUnit 0.5/MediaBox[0 0 1224 1584]", "2 0 0 2 0 0"),
        (
            "flipped and flipped back",
            "/MediaBox[0 0 612 792]",
            "1 0 0 1 0 0 cm 1 0 0 -1 0 792 cm 1 0 0 -1 0 792",
        ),
    ] {
        silent(name, |file| {
            boxes(file, with);
            under(file, matrix);
        });
    }
    // A box that cannot be believed hides nothing.
    for with in ["/MediaBox[0 0 0 0]", "/CropBox[0 0 1 1]/MediaBox[0 0 612 792]"] {
        silent(with, |file| boxes(file, with));
    }
}

#[test]
fn pages_that_are_turned_and_turned_back() {
    for (name, with, matrix) in [
        ("90", "/Rotate 90/MediaBox[0 0 792 612]", "0 1 -1 0 792 0"),
        ("180", "/Rotate 180/MediaBox[0 0 612 792]", "-1 0 0 -1 612 792"),
        ("270", "/Rotate 270/MediaBox[0 0 792 612]", "0 -1 1 0 0 612"),
        ("-90", "/Rotate -90/MediaBox[0 0 792 612]", "0 -1 1 0 0 612"),
        ("450", "/Rotate 450/MediaBox[0 0 792 612]", "0 1 -1 0 792 0"),
        ("90 elsewhere", "/Rotate 90/MediaBox[50 70 842 682]", "0 1 -1 0 842 70"),
    ] {
        silent(name, |file| {
            boxes(file, with);
            under(file, matrix);
        });
    }
}

#[test]
fn pages_that_lie_on_their_side_are_read_level() {
    for (name, with, matrix) in [
        ("upwards", "/MediaBox[0 0 792 612]", "0 1 -1 0 792 0"),
        ("upside down", "/Rotate 180/MediaBox[0 0 612 792]", "1 0 0 1 0 0"),
        ("downwards", "/MediaBox[0 0 792 612]", "0 -1 1 0 0 612"),
    ] {
        silent(name, |file| {
            boxes(file, with);
            under(file, matrix);
        });
    }
    let mut file = make::record(false);
    boxes(&mut file, "/Rotate 180/MediaBox[0 0 612 792]");
    let report = read(&file).1;
    assert!(report.iter().any(|r| r.contains("turned 3 pages")), "{report:?}");
}

#[test]
fn slanted_pages_are_refused_as_such() {
    let mut file = make::record(false);
    under(&mut file, "0.9848 0.1736 -0.1736 0.9848 60 -60");
    let error = pdf::read(&file.bytes(), &Hints::default()).unwrap_err().to_string();
    assert!(error.contains("turned") && error.contains("page 1"), "{error}");
}

/// A watermark: its size, its angle as cosine and sine, and its grey.
fn watermark(size: f64, (cos, sin): (f64, f64), grey: f64, words: &str) -> String {
    format!("q {grey} g BT /F2 {size} Tf {cos} {sin} {} {cos} 120 480 Tm ({words}) Tj ET Q", -sin)
}

#[test]
fn watermarks_are_no_text() {
    let level = (1.0, 0.0);
    for (name, size, angle, grey) in [
        ("large and level", 60.0, level, 0.8),
        ("large, level and black", 60.0, level, 0.0),
        ("slanted by 30 degrees", 54.0, (0.866, 0.5), 0.8),
        ("slanted by 45 degrees", 54.0, (FRAC_1_SQRT_2, FRAC_1_SQRT_2), 0.0),
        ("slanted downwards", 40.0, (0.866, -0.5), 0.0),
        ("slanted and as small as the text", 10.0, (0.866, 0.5), 0.0),
        ("slanted a little", 30.0, (0.9962, 0.0872), 0.0),
        ("light and not much larger", 16.0, level, 0.8),
        ("light and across the text", 10.0, level, 0.7),
    ] {
        warned(name, &["left out text", "READING COPY"], |file| {
            append(file, &watermark(size, angle, grey, "READING COPY"));
        });
    }
    for (name, angle) in [("upwards", (0.0, 1.0)), ("upside down", (-1.0, 0.0))] {
        silent(name, |file| append(file, &watermark(40.0, angle, 0.0, "READING COPY")));
    }
    // Drawn first, under the text, and light by its opacity.
    warned("under the text", &["READING COPY"], |file| {
        change_pages(file, |_, page| {
            page.replace("/Resources<<", "/Resources<</ExtGState<</Light<</ca 0.2>>>>")
        });
        change_contents(file, |_, content| {
            let mark = "q /Light gs BT /F2 14 Tf 120 480 Td (READING COPY) Tj ET Q\n";
            [mark.as_bytes(), &content].concat()
        });
    });
    for tag in ["/Artifact <</Type/Pagination/Subtype/Watermark>> BDC", "/Watermark BMC"] {
        warned(tag, &["READING COPY"], |file| {
            append(file, &format!("{tag} BT /F1 10 Tf 120 480 Td (READING COPY) Tj ET EMC"));
        });
    }
}

#[test]
fn letters_in_the_colour_of_the_paper() {
    for colour in [
        "1 g",
        "1 1 1 rg",
        "0 0 0 0 k",
        "/DeviceGray cs 1 sc",
        "/DeviceRGB cs 1 1 1 scn",
        "/DeviceCMYK cs 0 0 0 0 scn",
        "1 Tr 1 G",
        "2 Tr 1 g 1 G",
        "0.99 g",
        // White on a white ground on a black one.
        "0 g 100 150 300 100 re f 1 g 110 160 200 80 re f",
        // White beside a black ground.
        "0 g 300 150 200 100 re f 1 g",
        // Black on black.
        "0 g 100 150 300 100 re f",
        "0 g 100 150 m 400 150 l 400 250 l 100 250 l h f",
    ] {
        warned(colour, &["colour of the paper", "nobody sees"], |file| {
            append(file, &format!("q {colour} {} Q", words(150, 200)));
        });
    }
    for mode in ["3 Tr", "7 Tr"] {
        warned(mode, &["invisibly", "nobody sees"], |file| {
            append(file, &format!("q {mode} {} Q", words(150, 200)));
        });
    }
    warned("no opacity", &["nobody sees"], |file| {
        change_pages(file, |_, page| {
            page.replace("/Resources<<", "/Resources<</ExtGState<</None<</ca 0>>>>")
        });
        append(file, &format!("q /None gs {} Q", words(150, 200)));
    });
}

/// A sheet of one column, so that a line more is seen at once.
fn plain(more: &str) -> Vec<String> {
    let mut sheet = make::Sheet::default();
    sheet.artifact(60.0, 730.0, "S/PV.99998").artifact(510.0, 730.0, "31/05/2024");
    sheet.artifact(60.0, 60.0, "2/2");
    let y = sheet.paragraph(60.0, 700.0, 18.0, &["_The meeting was called to order at 10 a.m._"]);
    let y = sheet.paragraph(60.0, y, 18.0, &["*The President*: I open this meeting of nobody."]);
    sheet.paragraph(60.0, y, 18.0, &["_The meeting rose at 11 a.m._"]);
    let content = [&sheet.bytes()[..], b"\n", more.as_bytes()].concat();
    let record = read(&make::pages(&[make::cover().bytes(), content], "")).0;
    told(&record)
}

#[test]
fn white_letters_on_a_dark_ground_are_text() {
    for ground in [
        "0 g 50 430 400 60 re f",
        "0.2 0.2 0.6 rg 50 430 400 60 re f",
        "1 0 0 0 k 50 430 m 450 430 l 450 490 l 50 490 l h f*",
        // Any dark shape may be under them, also one that is no rectangle.
        "0 g 50 430 m 450 430 l 450 490 l 250 520 l 50 490 l h f",
        "/Pattern cs /P1 scn 50 430 400 60 re f",
    ] {
        let told = plain(&format!(
            "q {ground} 1 g BT /F1 10 Tf 60 450 Td (White words that are seen.) Tj ET Q"
        ));
        assert!(told.iter().any(|line| line.contains("White words")), "{ground}: {told:?}");
    }
}

#[test]
fn letters_under_something_that_was_drawn_later() {
    for cover in ["1 g 100 190 300 40 re f", "0 g 100 190 300 40 re f", "0.5 g 100 190 300 40 re B"]
    {
        warned(cover, &["drawn over", "nobody sees"], |file| {
            append(file, &format!("{} q {cover} Q", words(150, 200)));
        });
    }
    // What is drawn around letters, lets them through or is drawn before them hides nothing.
    for beside in [
        "0 0 0 RG 50 430 400 60 re S",
        "q 1 1 0 rg /Multiply gs 50 430 400 60 re f Q",
        "q 1 1 0 rg /Half gs 50 430 400 60 re f Q",
        "0 g 50 430 400 1 re f",
        "0 g 50 430 400 60 re 52 432 396 56 re f*",
    ] {
        let mut file = make::record(false);
        change_pages(&mut file, |_, page| {
            page.replace(
                "/Resources<<",
                "/Resources<</ExtGState<</Multiply<</BM/Multiply>>/Half<</ca 0.5>>>>",
            )
        });
        append(&mut file, beside);
        let (record, _) = read(&file);
        assert_eq!(told(&record), WANT, "{beside}");
        assert_eq!(record.source.warnings, Vec::<String>::new(), "{beside}");
    }
}

#[test]
fn letters_outside_a_clipping_path_or_the_box_of_a_form() {
    for clip in
        ["0 0 100 100 re W n", "0 0 m 100 0 l 100 100 l h W* n", "0 0 90 90 re W 0 0 9 9 re n"]
    {
        silent(clip, |file| append(file, &format!("q {clip} {} Q", words(150, 200))));
    }
    silent("a form", |file| {
        let form = file.stream(
            "/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</Font<</F1 3 0 R>>>>",
            words(150, 200).as_bytes(),
        );
        change_pages(file, |_, page| {
            page.replace("/Resources<<", &format!("/Resources<</XObject<</X {form} 0 R>>"))
        });
        append(file, "/X Do");
    });
    // A path without points clips nothing, as viewers have it.
    let told = plain("q W n BT /F1 10 Tf 60 450 Td (Words that are seen.) Tj ET Q");
    assert!(told.iter().any(|line| line.contains("Words that are seen")), "{told:?}");
}

/// Puts words on each page in a layer `/L` of this kind; `groups` are the states the file opens with, in
/// which `ON` and `OFF` are replaced by a group that is on and one that is off.
fn layered(file: &mut File, layer: &str, start: &str, content: &str) {
    let on = file.add("<</Type/OCG/Name(shown)>>");
    let off = file.add("<</Type/OCG/Name(hidden)/Usage<</View<</ViewState/OFF>>>>>>");
    let named = |text: &str| {
        text.replace("@ON", &format!("{on} 0 R")).replace("@OFF", &format!("{off} 0 R"))
    };
    let layer = file.add(named(layer));
    let catalogue = String::from_utf8_lossy(&file.objects[0]).into_owned();
    let properties = named(&format!("/OCProperties<</OCGs[@ON @OFF]/D<<{start}>>>>"));
    file.objects[0] =
        catalogue.replace("/Type/Catalog", &format!("/Type/Catalog{properties}")).into_bytes();
    let form = file.stream(
        &named(
            "/Type/XObject/Subtype/Form/BBox[0 0 612 792]/OC @OFF/Resources<</Font<</F1 3 0 R>>>>",
        ),
        words(150, 200).as_bytes(),
    );
    change_pages(file, |_, page| {
        let resources = named(&format!(
            "/Resources<</Properties<</L {layer} 0 R/Off @OFF/On @ON>>/XObject<</X {form} 0 R>>"
        ));
        page.replace("/Resources<<", &resources)
    });
    append(file, content);
}

#[test]
fn layers_that_are_off() {
    let here = format!("/OC /L BDC {} EMC", words(150, 200));
    let off = format!("/OC /Off BDC {} EMC", words(150, 200));
    let nested = format!("/OC /Off BDC /Span BMC q {} Q EMC EMC", words(150, 200));
    let none = "<</Type/OCMD>>";
    for (name, layer, start, content) in [
        ("a group", none, "/OFF[@OFF]", off.as_str()),
        ("a group with a tag in it", none, "/OFF[@OFF]", &nested),
        ("all but one", none, "/BaseState/OFF/ON[@ON]", &off),
        ("by its usage", none, "/AS[<</Event/View/Category[/View]/OCGs[@ON @OFF]>>]", &off),
        ("a form", none, "/OFF[@OFF]", "/X Do"),
        ("any of", "<</Type/OCMD/OCGs[@OFF]>>", "/OFF[@OFF]", &here),
        ("one alone", "<</Type/OCMD/OCGs @OFF>>", "/OFF[@OFF]", &here),
        ("all of", "<</Type/OCMD/OCGs[@ON @OFF]/P/AllOn>>", "/OFF[@OFF]", &here),
        ("none of", "<</Type/OCMD/OCGs[@ON]/P/AllOff>>", "/OFF[@OFF]", &here),
        ("not", "<</Type/OCMD/VE[/Not @ON]>>", "/OFF[@OFF]", &here),
        ("and", "<</Type/OCMD/VE[/And @ON[/Or @OFF[/Not @ON]]]>>", "/OFF[@OFF]", &here),
    ] {
        warned(name, &["layers that are off", "nobody sees"], |file| {
            layered(file, layer, start, content);
        });
    }
}

#[test]
fn layers_that_are_on() {
    let here = format!("/OC /L BDC {} EMC", "BT /F1 10 Tf 60 450 Td (Seen.) Tj ET");
    for (layer, start) in [
        ("<</Type/OCMD/OCGs[@ON @OFF]>>", "/OFF[@OFF]"),
        ("<</Type/OCMD/OCGs[@ON @OFF]/P/AnyOff>>", "/OFF[@OFF]"),
        ("<</Type/OCMD/VE[/Or @ON @OFF]>>", "/OFF[@OFF]"),
        ("<</Type/OCMD/VE[/Unknown @OFF]>>", "/OFF[@OFF]"),
        ("<</Type/OCMD/OCGs[]>>", "/OFF[@OFF]"),
        ("<</Type/OCMD/OCGs[@ON]>>", "/BaseState/OFF/ON[@ON]"),
        ("<</Type/OCMD/OCGs[@OFF]>>", "/AS[<</Event/Print/Category[/View]/OCGs[@OFF]>>]"),
    ] {
        let mut file = make::record(false);
        layered(&mut file, layer, start, &here);
        let (record, _) = read(&file);
        assert!(told(&record).iter().any(|line| line.contains("Seen.")), "{layer} {start}");
    }
}
