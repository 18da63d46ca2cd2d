//! No answer is short or wrong without saying so.

use serde_json::{Value, json};

use super::kit::{Kit, Ran};

/// A record of one statement for each speaker: a State, on whose behalf, and what is said.
fn record(symbol: &str, date: &str, topic: &str, said: &[(&str, &[&str], &str)]) -> Value {
    let items: Vec<Value> = said
        .iter()
        .zip(1..)
        .map(|((state, groups, text), number)| {
            let behalf: Vec<Value> =
                groups.iter().map(|group| json!({"group": group, "members": []})).collect();
            json!({"type": "statement", "number": number, "page": 2,
                   "speaker": {"printed": format!("Ms. Invented ({state})"),
                               "name": "Ms. Invented", "state": state, "as": "member"},
                   "on_behalf_of": behalf,
                   "paragraphs": [{"page": 2, "text": text}]})
        })
        .collect();
    json!({"format": "spv/1", "symbol": symbol, "kind": "verbatim", "language": "en",
           "status": "final", "date": date, "topic": topic, "agenda": [topic],
           "source": {"from": "test"}, "items": items})
}

/// A library of some meetings.
fn kit(records: &[(&str, Value)]) -> Kit {
    let kit = Kit::empty();
    for (name, record) in records {
        kit.put(name, record);
    }
    kit
}

fn lines(ran: &Ran) -> usize {
    ran.out.lines().count()
}

#[test]
fn operators_of_other_languages_do_what_they_say() {
    let kit = kit(&[(
        "S_PV.9001.en.json",
        record(
            "S/PV.9001",
            "2022-01-10",
            "Invented",
            &[
                ("France", &[], "An invented sentence about peace and security."),
                ("China", &[], "An invented sentence about peace."),
                ("Ireland", &[], "An invented sentence about security."),
            ],
        ),
    )]);
    let states = |query: &str| {
        let ran = kit.spv(&["search", "--json", query]);
        let mut states: Vec<String> = ran
            .out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["state"].to_string())
            .collect();
        states.sort();
        (ran.code, states.join(" "), ran.err)
    };
    for (query, same) in [
        ("peace NOT security", "peace -security"),
        ("peace AND security", "peace security"),
        ("peace && security", "peace security"),
        ("peace || security", "peace OR security"),
        ("peace | security", "peace OR security"),
        ("invented AND NOT (peace|security)", "invented -(peace OR security)"),
    ] {
        let (code, found, err) = states(query);
        assert_eq!((code, found), (states(same).0, states(same).1), "{query}: {err}");
    }
    assert_eq!(states("peace NOT security").1, "\"China\"");
    let (_, found, err) = states("peace NOT");
    assert!(err.contains("NOT (at 7)"), "{err}");
    assert_eq!(found, states("peace").1);
}

#[test]
fn topics_and_titles_are_matched_by_whole_words() {
    let said: &[(&str, &[&str], &str)] = &[("China", &[], "An invented sentence.")];
    let kit = kit(&[
        ("S_PV.9001.en.json", record("S/PV.9001", "2022-01-10", "The situation in Mali", said)),
        ("S_PV.9002.en.json", record("S/PV.9002", "2022-01-11", "The situation in Somalia", said)),
        ("S_PV.9003.en.json", record("S/PV.9003", "2022-01-12", "Peace-building", said)),
    ]);
    let symbols = |args: &[&str]| {
        let ran = kit.spv(args);
        let found = ["9001", "9002", "9003"].into_iter().filter(|n| ran.out.contains(n));
        found.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(symbols(&["last", "China", "--topic", "MALI"]), "9001");
    assert_eq!(symbols(&["list", "--topic", "mali"]), "9001");
    assert_eq!(symbols(&["export", "--state", "China", "--topic", "mali"]), "9001");
    assert_eq!(symbols(&["search", "topic:mali"]), "9001");
    assert_eq!(symbols(&["search", "topic:mal"]), "");
    assert_eq!(symbols(&["search", "topic:mal*"]), "9001");
    assert_eq!(symbols(&["list", "--topic", "situation mali"]), "9001");
    assert_eq!(symbols(&["list", "--topic", "peacebuilding"]), "9003");
    assert_eq!(symbols(&["list", "--topic", "mal*"]), "9001");
    assert_eq!(symbols(&["list", "--topic", "situ"]), "");
    let votes = kit.spv(&["votes", "mali", "--json"]);
    assert!(lines(&votes) > 10);
    for vote in votes.out.lines() {
        let vote: Value = serde_json::from_str(vote).unwrap();
        let title = vote["title"].as_str().unwrap().to_lowercase();
        let mut words = title.split(|c: char| !c.is_alphanumeric());
        assert!(words.any(|word| word == "mali"), "{title}");
    }
}

#[test]
fn groups_are_looked_up_as_names() {
    let text = "An invented sentence.";
    let kit = kit(&[
        (
            "S_PV.9001.en.json",
            record(
                "S/PV.9001",
                "2022-01-10",
                "Invented",
                &[
                    ("Azerbaijan", &["Movement of Non-Aligned Countries"], text),
                    ("Indonesia", &["Indonesia and Viet Nam"], text),
                    ("France", &[], text),
                    ("Slovakia", &["European Union"], text),
                    ("United Kingdom", &[], text),
                    ("Kenya", &["A3+"], text),
                ],
            ),
        ),
        (
            "S_PV.4001.en.json",
            record(
                "S/PV.4001",
                "1999-01-10",
                "Invented",
                &[("United Kingdom", &[], text), ("Slovakia", &[], text)],
            ),
        ),
    ]);
    let states = |args: &[&str]| {
        let ran = kit.spv(args);
        let of = |line: &str| {
            let row: Value = serde_json::from_str(line).unwrap();
            let year = &row["date"].as_str().unwrap()[..4];
            format!("{} {year}", row["state"].as_str().unwrap())
        };
        let mut states: Vec<String> = ran.out.lines().map(of).collect();
        states.sort();
        states.join(", ")
    };
    let search = |query: &str| states(&["search", "--json", query]);
    assert_eq!(search("behalf:NAM"), "Azerbaijan 2022");
    assert_eq!(search("behalf:\"Non-Aligned Movement\""), "Azerbaijan 2022");
    assert_eq!(search("behalf:EU"), "Slovakia 2022");
    assert_eq!(search("behalf:A3"), "Kenya 2022");
    assert_eq!(search("behalf:\"Viet Nam\""), "Indonesia 2022");
    assert_eq!(search("group:EU"), "France 2022, Slovakia 2022, United Kingdom 1999");
    assert_eq!(states(&["last", "NAM", "--json"]), "Azerbaijan 2022");
    assert_eq!(states(&["last", "EU", "--json"]), "Slovakia 2022");
    assert_eq!(states(&["last", "A3", "--json"]), "Kenya 2022");
    // Members that are not known are no empty answer.
    let unknown = kit.spv(&["search", "group:NAM"]);
    assert!(unknown.err.contains("Non-Aligned Countries not known"), "{}", unknown.err);
    assert_eq!(unknown.code, 2);
    for name in ["Viet", "Union", "Atlantis"] {
        let ran = kit.spv(&["last", name]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{name}");
        let said = format!("no State, organization or group is called \"{name}\"");
        assert!(ran.err.contains(&said), "{}", ran.err);
    }
    let near = kit.spv(&["last", "Slovaka"]);
    assert!(near.err.contains("did you mean Slovakia"), "{}", near.err);
}
