//! Running headers and page numbers in invented sentences.

use super::*;

fn marks(symbol: &str) -> Marks {
    let titles = vec!["The situation in Utopia".to_owned(), "An invented debate".to_owned()];
    Marks::of(&symbol.parse().unwrap(), jiff::civil::date(2020, 1, 16), titles)
}

fn stripped(symbol: &str, text: &str) -> (String, Vec<String>) {
    let mut text = text.to_owned();
    let taken = marks(symbol).strip(&mut text);
    (text, taken)
}

#[test]
fn headers_go_and_the_sentence_closes() {
    for (symbol, text, want) in [
        (
            "S/PV.8704",
            "The fuel went to16/01/2020 The situation in Utopia S/PV.8704 the ports.",
            "The fuel went to the ports.",
        ),
        (
            "S/PV.8704",
            "It ends. S/PV.8704 The situation in Utopia 16/01/2020 It begins.",
            "It ends. It begins.",
        ),
        ("S/PV.8704", "That is so.The situation in Utopia 16/01/2020 S/PV.8704", "That is so."),
        ("S/PV.8704", "We say An invented debate S/PV.8704 so.", "We say so."),
        (
            "S/PV.8699 (Resumption 1)",
            "Of An invented debate S/PV.8699 (Resumption 1) concern.",
            "Of concern.",
        ),
        ("S/PV.8704", "The systems and 20-03616 processes.", "The systems and processes."),
        ("S/PV.8704", "The meeting rose at noon. 20-01130 21/21", "The meeting rose at noon."),
        ("S/PV.8704", "The meeting rose at noon. 21/21", "The meeting rose at noon."),
        ("S/2020/254", "The camp of Al Hol $/2020/254 Camp.", "The camp of Al Hol Camp."),
        (
            "S/2020/254",
            "A mandate. 20-07478 S/2020/254 20-07478 A partnership. 7/26 S/2020/254",
            "A mandate. A partnership.",
        ),
    ] {
        let (left, taken) = stripped(symbol, text);
        assert_eq!(left, want, "{text}");
        assert!(!taken.is_empty());
    }
}

#[test]
fn words_spoken_stay() {
    for (symbol, text) in [
        ("S/PV.8704", "We said so before (see S/PV.8704)."),
        ("S/PV.8704", "We recall S/PV.8703 and S/2020/254."),
        ("S/PV.8704", "As we said in S/PV.8704 we agree."),
        ("S/PV.8704", "As in S/PV.8704 (Resumption 1) we agree."),
        ("S/PV.8699 (Resumption 1)", "We spoke of S/PV.8699 before."),
        ("S/PV.8704", "On the situation in Utopia we agree."),
        ("S/PV.8704", "The situation in Utopia is grave."),
        ("S/PV.8704", "resolution 67/1, and resolution 60/74"),
        ("S/PV.8704", "It happens 24/7. Two thirds, 2/3 of it."),
        ("S/PV.8704", "A number 19-07478 of another year, 20-074 and 120-07478."),
        ("S/2020/254", "the report (S/2020/952) and (S/2020/254)"),
        ("S/2020/254", "https://example.org/2020/01/16/x 1/2"),
    ] {
        assert_eq!(stripped(symbol, text).0, text);
    }
}

#[test]
fn pages_are_known_by_their_count() {
    let texts = ["All was 7/26 well with 8/26 good.", "So it was 9/26 said by 1/2 of them."];
    let mut marks = marks("S/PV.8704");
    let mut text = texts[0].to_owned();
    assert!(marks.strip(&mut text).is_empty());
    marks.learn_pages(texts.iter().copied());
    assert_eq!(marks.pages, Some(26));
    assert_eq!(marks.strip(&mut text), ["7/26", "8/26"]);
    assert_eq!(text, "All was well with good.");
    let mut other = texts[1].to_owned();
    marks.strip(&mut other);
    assert_eq!(other, "So it was said by 1/2 of them.");
}

#[test]
fn fractions_and_falling_numbers_teach_nothing() {
    for texts in
        [["a 1/3 b", "c 2/3 d"], ["a 9/26 b", "c 8/26 d"], ["a resolution 7/26 b", "c 8/26"]]
    {
        let mut marks = marks("S/PV.8704");
        marks.learn_pages(texts.iter().copied());
        assert_eq!(marks.pages, None, "{texts:?}");
    }
}
