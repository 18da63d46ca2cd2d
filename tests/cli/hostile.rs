//! Text of strangers: nothing in a record may reach an output as a control.

use serde_json::{Value, json};

use super::kit::{Kit, record};

/// Clears the screen, sets a title, rings, turns the text around, begins a C1 sequence, hides a tag.
const HOSTILE: &str =
    "x\u{1b}[2J\u{1b}]0;title\u{7}\r\u{8}\u{9b}31m\u{202e}\u{2066}\u{200f}\u{7f}\u{feff}\u{2028}y";

/// A record in which every text a stranger could write is hostile.
fn hostile() -> Value {
    let mut value = record("S/PV.9001", "en", "2022-03-25");
    let speaker = json!({"printed": HOSTILE, "name": HOSTILE, "state": HOSTILE, "organization": HOSTILE,
        "role": HOSTILE, "as": "invited", "rule": 39});
    value["topic"] = HOSTILE.into();
    value["agenda"] = json!([HOSTILE, HOSTILE]);
    for field in ["opened", "closed", "place"] {
        value[field] = HOSTILE.into();
    }
    value["corrections"] = json!([HOSTILE]);
    value["presidents"] = json!([{"name": HOSTILE, "state": HOSTILE}]);
    value["members"] = json!([{"state": HOSTILE, "representative": HOSTILE}]);
    value["items"] = json!([
        {"type": "direction", "page": 1, "text": HOSTILE},
        {"type": "statement", "number": 1, "page": 1, "speaker": speaker,
         "on_behalf_of": [{"group": HOSTILE, "members": [HOSTILE]}],
         "paragraphs": [{"page": 1, "text": format!("{HOSTILE} S/PV.\u{1b}8628 S/PV.8628 {HOSTILE}")}]},
        {"type": "vote", "page": 1, "on": [HOSTILE], "in_favour": [HOSTILE], "against": [HOSTILE],
         "abstaining": [HOSTILE], "not_voting": [HOSTILE], "outcome": "adopted", "adopted_as": HOSTILE}
    ]);
    value["source"] = json!({"from": HOSTILE, "file": HOSTILE, "url": HOSTILE, "sha256": HOSTILE,
        "quality": HOSTILE, "repairs": {HOSTILE: 1}, "warnings": [HOSTILE]});
    value
}

/// Whether a character may stand in an output: a newline is the only control.
fn harmless(c: char) -> bool {
    let bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c == '\n' || !c.is_control()) && !bidi && !matches!(c, '\u{feff}' | '\u{2028}')
}

#[test]
fn no_text_of_a_record_reaches_an_output_as_a_control() {
    let kit = Kit::empty();
    kit.put("S_PV.9001.en.json", &hostile());
    let mut other = hostile();
    other["language"] = HOSTILE.into();
    kit.put("other.json", &other);
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--all", "--year", "2022"],
        &["show", "9001"],
        &["show", "9001", "--page", "1"],
        &["show", "9001", "--statement", "1"],
        &["show", "9001", "--format", "md"],
        &["show", "9001", "--format", "json"],
        &["show", "9001", "--statement", "1", "--format", "json"],
        &["find", "x y"],
        &["find", "x y", "--json"],
        &["votes", "year:2022"],
        &["votes", "9001"],
        &["votes", "9001", "--json"],
        &["council", "2022-03-25"],
        &["council", "2022-03-25", "--json"],
        &["refs", "9001"],
        &["refs", "9001", "--json"],
        &["refs", "--back", "8628", "--json"],
        &["refs", "--back", "8628", "--csv"],
        &["votes", "year:2022", "--csv"],
        &["list", "--csv"],
        &["find", "x y", "--csv"],
        &["search", "lang:en", "--csv"],
        &["chart", "lang:en", "--by", "topic"],
        &["chart", "lang:en", "--by", "topic", "--table", "--rate"],
        &["chart", "lang:en", "--by", "state", "--csv"],
        &["chart", "lang:en", "--by", "topic", "--svg", "-"],
        &["info"],
        &["info", "9001"],
        &["check"],
        &["9001"],
    ] {
        let ran = kit.spv(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        assert!(!ran.out.is_empty());
        // A row of comma-separated values ends as RFC 4180 has it.
        let out = ran.out.replace("\r\n", "\n");
        let bad: String = out.chars().chain(ran.err.chars()).filter(|c| !harmless(*c)).collect();
        assert_eq!(bad, "", "{args:?}");
    }
}

#[test]
fn json_keeps_the_words_as_they_are() {
    let kit = Kit::empty();
    kit.put("S_PV.9001.en.json", &hostile());
    let statement = kit.json(&["show", "9001", "--statement", "1", "--format", "json"]).remove(0);
    assert_eq!(statement["speaker"]["name"], HOSTILE);
    let vote = kit.json(&["votes", "9001", "--json"]).remove(0);
    assert_eq!(vote["against"][0], HOSTILE);
}

#[test]
fn names_of_files_and_words_of_the_command_line_are_harmless_too() {
    let kit = Kit::empty();
    let name = "a\u{1b}[31m\u{7}.json";
    kit.put(name, &json!({"format": HOSTILE}));
    kit.write(name, "{");
    for args in [
        &["list"][..],
        &["check"],
        &["info"],
        &["import", name],
        &["show", "x\u{1b}[2J"],
        &["find", "x\u{1b}[2J\u{9b}zzzz"],
        &["votes", "vote:\u{1b}[2J"],
        &["list", "--year", "\u{1b}[2J"],
        &["\u{1b}[2J", "--nonsense\u{9b}"],
    ] {
        let ran = kit.spv(args);
        let bad: String =
            ran.out.chars().chain(ran.err.chars()).filter(|c| !harmless(*c)).collect();
        assert_eq!(bad, "", "{args:?}: {:?}", ran.err);
    }
}
