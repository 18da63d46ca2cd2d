//! Web pages, as text flows and by the places of lines.

use super::{imported, items, refused};

#[test]
fn a_saved_page_is_read_without_what_it_hides() {
    let page = "<!DOCTYPE html><html><head><title>S/PV.9998</title><style>p {}</style></head><body>\
        <nav><ul><li>Home</ul></nav>\
        <p><i>The meeting was called to order at 10&nbsp;a.m.</i></p>\
        <p><b>The President</b>: I give the floor to the representative of C&ocirc;te d&rsquo;Ivoire.\
        <p hidden>Mr. Hidden (Chile): Nothing.</p>\
        <p><b>Mr.&nbsp;Orlan</b> (C&#244;te d&#8217;Ivoire):<script>var a = '<p>Mr. Script (Peru): x';</script> We\nare here.</p>\
        <p style=\"display: none\">Mr. Hidden (Chile): Nothing.</p>\
        <p><i>The meeting rose at 1 p.m.</i></p></body></html>";
    let made = imported(page.as_bytes());
    assert_eq!(
        items(&made.record),
        [
            "(The meeting was called to order at 10 a.m.)",
            "The President [-] I give the floor to the representative of Côte d’Ivoire.",
            "Mr. Orlan [Côte d'Ivoire] We are here.",
            "(The meeting rose at 1 p.m.)",
        ]
    );
    assert_eq!(made.record.source.from, "html");
    assert_eq!(made.record.source.repairs["hidden_text"], 2);
}

#[test]
fn a_vote_in_a_table_is_a_vote() {
    let page = "<html><body><p>The President: I put it to the vote.</p><p>A vote was taken by show of hands.</p>\
        <table><tr><td>In favour:</td><td>Chile, Peru</td></tr><tr><td>Against:<td>None<tr><td>Abstaining:<td>China</table>\
        <p>The President: There were two votes in favour, none against and one abstention.</p></body></html>";
    let made = imported(page.as_bytes());
    let vote = made.record.votes().next().unwrap();
    assert_eq!((vote.in_favour.len(), vote.against.len(), vote.abstaining.len()), (2, 0, 1));
}

#[test]
fn two_columns_with_places_are_read_left_then_right() {
    let mut page = String::from(
        "<html><body><div id=\"page2-div\" style=\"position:relative;width:900px;height:1188px;\">",
    );
    let mut put = |top: u32, left: u32, text: &str| {
        page += &format!(
            "<p style=\"position:absolute;top:{top}px;left:{left}px\" class=\"ft1\">{text}</p>\n"
        );
    };
    let left = [
        "<b>Mr. Orlan</b> (Peru): The river of",
        "the invented valley is deep, and",
        "we have measured it every year in",
        "the autumn. It is still so.",
    ];
    let right = [
        "<b>Ms. Vey</b> (Chile): The bridge over",
        "the invented river is long, and we",
        "have walked over it every day of",
        "the summer. It is still there.",
    ];
    for row in 0..12_u32 {
        let line = row as usize % 4;
        let indent = if line == 0 { 27 } else { 0 };
        put(126 + row * 20, 90 + indent, left[line]);
        put(126 + row * 20, 459 + indent, right[line]);
    }
    page += "</div></body></html>";
    let record = imported(page.as_bytes()).record;
    let names: Vec<&str> = record.statements().map(|s| s.speaker.name.as_str()).collect();
    assert_eq!(names, ["Mr. Orlan", "Mr. Orlan", "Mr. Orlan", "Ms. Vey", "Ms. Vey", "Ms. Vey"]);
    let first = record.statements().next().unwrap();
    assert_eq!(
        first.text(),
        "The river of the invented valley is deep, and we have measured it every year in the autumn. It is still so."
    );
}

#[test]
fn columns_that_were_mixed_are_refused_and_frames_named() {
    let rows = "The river of the invented valley<br/>\nover the bridge every day of summer.<br/>\nis deep and was measured by us.<br/>\n";
    let error = refused(format!("<html><body>{}</body></html>", rows.repeat(20)).as_bytes());
    assert!(error.contains("columns stand side by side"), "{error}");
    let frames =
        b"<html><frameset><frame src=\"a_ind.html\"><frame src=\"as.html\"></frameset></html>";
    assert!(refused(frames).contains("as.html"));
}
