//! Small valid records and queries that are made to be expensive: each key and each command costs no more than
//! its answer has to.
//!
//! Every record here has a dimension that is far beyond any real record's, and had a key or a command whose work
//! grew with its square or whose memory grew to gigabytes. The sizes are such that the square of them is
//! noticed at once in a debug build, and that what is done well takes milliseconds.

use std::fs;

use serde_json::{Value, json};
use spv::app::shared::Shelf;
use spv::library::Library;

use super::kit::Kit;
use crate::kit::Play;

/// Milliseconds of processor time a key may take in a debug build: many times what it takes, and a fraction of
/// what it took where the work grew with the square.
const KEY: u64 = 1_500;

/// The processor time of this thread in milliseconds; a busy machine does not count.
fn spent() -> u64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|ns| ns.parse::<u64>().ok()).unwrap_or(0) / 1_000_000
}

fn record(items: Vec<Value>) -> Value {
    json!({
        "format": "spv/1", "symbol": "S/PV.9001", "kind": "verbatim", "language": "en",
        "date": "2022-03-25", "topic": "A topic", "items": items,
    })
}

fn statement(number: usize, paragraphs: Value) -> Value {
    json!({
        "type": "statement", "number": number, "paragraphs": paragraphs,
        "speaker": {"printed": "Mr. A (Kenya)", "name": "Mr. A", "state": "Kenya", "as": "member"},
    })
}

fn of_text(text: &str) -> Value {
    record(vec![statement(1, json!([{"text": text}]))])
}

fn with(mut record: Value, field: &str, value: Value) -> Value {
    record[field] = value;
    record
}

/// The records, each with its name.
fn records() -> Vec<(&'static str, Value)> {
    let spoken = || vec![statement(1, json!([{"text": "peace"}]))];
    let statements =
        |n: usize| (1..=n).map(|i| statement(i, json!([{"text": "peace"}]))).collect::<Vec<_>>();
    let speaker = |name: &str| {
        let mut one = statement(1, json!([{"text": "peace"}]));
        one["speaker"] = json!({"printed": name, "name": name, "state": name, "role": name});
        record(vec![one])
    };
    let vote = |votes: usize, voters: usize| {
        let vote = json!({
            "type": "vote", "on": vec!["S/2022/1"; voters], "in_favour": vec!["Kenya"; voters],
            "against": vec!["China"; voters], "outcome": "vetoed",
        });
        let mut items = vec![vote; votes];
        items.extend(statements(200));
        record(items)
    };
    let mut behalf = spoken();
    behalf[0]["on_behalf_of"] =
        (0..2_500).map(|n| json!({"group": format!("g{n}"), "members": ["Kenya"]})).collect();
    let turns = (0..5_000).map(|n| json!({"at": 2 * n + 4, "page": n + 2})).collect::<Vec<_>>();
    let breaks = json!([{"text": format!("\u{202e}{}", "x ".repeat(7_500)), "breaks": turns}]);
    let directions = |n: usize, text: &str| {
        let mut items = vec![json!({"type": "direction", "text": text}); n];
        items.extend(spoken());
        record(items)
    };
    let capacities: Vec<Value> = (0..5_000)
        .map(
            |n| json!({"text": "x", "capacity": if n % 2 == 0 { "national" } else { "president" }}),
        )
        .collect();
    vec![
        ("references", of_text(&"S/PV.8628 ".repeat(25_000))),
        ("hits of a search", of_text(&"peace war ".repeat(25_000))),
        ("one word without a break", of_text(&"a".repeat(250_000))),
        ("digits", of_text(&"1 ".repeat(75_000))),
        ("hyphens", of_text(&"a-".repeat(50_000))),
        ("wide characters", of_text(&"安全理事会".repeat(7_500))),
        ("combining marks", of_text(&"e\u{301}\u{301}".repeat(15_000))),
        ("joined emoji", of_text(&"👩\u{200d}".repeat(15_000))),
        ("flags", of_text(&"🇰".repeat(15_000))),
        ("empty lines", of_text(&"\n".repeat(125_000))),
        ("a list of Chinese numbers", of_text(&"第1、".repeat(15_000))),
        ("a symbol of many pieces", of_text(&"A/".repeat(50_000))),
        ("an open bracket", of_text(&"resolution 377 (x ".repeat(7_500))),
        ("paragraphs", record(vec![statement(1, json!(vec![json!({"text": "x"}); 15_000]))])),
        ("turns of capacity", record(vec![statement(1, json!(capacities))])),
        ("page breaks", record(vec![statement(1, breaks)])),
        ("statements", record(statements(5_000))),
        ("directions", directions(5_000, "x")),
        ("a long direction", directions(1, &"The meeting ".repeat(20_000))),
        ("votes", vote(1_000, 20)),
        ("voters", vote(1, 5_000)),
        (
            "members",
            with(record(spoken()), "members", json!(vec![json!({"state": "Kenya"}); 5_000])),
        ),
        ("agenda", with(record(statements(500)), "agenda", json!(vec!["item one"; 5_000]))),
        ("a long topic", with(record(spoken()), "topic", json!("topic ".repeat(25_000)))),
        ("a long name", speaker(&"Mr. N ".repeat(25_000))),
        ("groups", record(behalf)),
    ]
}

/// The keys that are pressed in each of them, from the list of meetings on.
const KEYS: [&str; 16] = [
    "<Enter>",
    "<Enter>",
    "j",
    "<PageDown>",
    "9999999j",
    "G",
    "<Tab>",
    "99]",
    "[",
    "/e<Enter>",
    "n",
    "/zzz<Enter>",
    "y",
    "V",
    "<Esc>",
    "C",
];

#[test]
fn each_key_in_a_record_made_to_be_expensive_is_quick() {
    let mut slow = Vec::new();
    for (name, record) in records() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("S_PV.9001.en.json"), record.to_string()).unwrap();
        let library = Library::open_with(folder.path(), None).unwrap();
        assert_eq!(library.problems(), [], "{name}: it is a valid record");
        let mut play = Play::over(library, Shelf::Folder("~/library".to_owned()), 120, 30);
        for key in KEYS {
            let before = spent();
            play.keys(key).draw();
            let took = spent() - before;
            if took > KEY {
                slow.push(format!("{name}: {key} took {took} ms"));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn each_command_on_a_record_made_to_be_expensive_is_quick() {
    let kit = Kit::empty();
    for (name, record) in records() {
        let file = kit.library().join("S_PV.9001.en.json");
        fs::write(&file, record.to_string()).unwrap();
        for asked in ["index", "search x --kwic --limit 3", "refs 9001", "last Kenya"] {
            if !["paragraphs", "turns of capacity", "statements", "voters", "agenda", "groups"]
                .contains(&name)
            {
                continue;
            }
            // The program is ended by the system once it has used so many seconds of processor time.
            let mut command = std::process::Command::new("sh");
            command.args(["-c", "ulimit -t 12; exec \"$0\" \"$@\""]).arg(env!("CARGO_BIN_EXE_spv"));
            command.args(asked.split(' ')).env_clear().env("HOME", kit.at("home"));
            let ran = command.env("SPV_LIBRARY", kit.library()).output().unwrap();
            assert!(ran.status.code().is_some_and(|code| code <= 1), "{name}: {asked}: {ran:?}");
        }
    }
}

#[test]
fn a_text_list_of_references_ends_and_says_so() {
    let kit = Kit::empty();
    fs::create_dir_all(kit.at("library/records/2022")).unwrap();
    let file = kit.at("library/records/2022/S_PV.9001.en.json");
    fs::write(file, of_text(&"S/PV.8628 ".repeat(140_000)).to_string()).unwrap();
    let list = kit.spv(&["refs", "9001"]);
    assert_eq!(list.out.lines().count(), 100_000);
    assert!(list.err.contains("100,000 of 140,000 references"), "{}", list.err);
    assert_eq!(kit.spv(&["refs", "9001", "--json"]).out.lines().count(), 140_000);
    let back = kit.spv(&["refs", "--back", "8628", "--json"]);
    assert_eq!(back.out.lines().count(), 131_072);
    assert!(back.err.contains("S/PV.9001 has 131,072 references or more"), "{}", back.err);
}

#[test]
fn a_query_of_four_kilobytes_is_read_up_to_a_bound() {
    use spv::search::query::parse;
    for (query, said) in [
        ("the near/5 ".repeat(300) + "of", "at most 8 pairs with near"),
        ("peace ".repeat(600), "at most 200 words"),
        (format!("\"{}\"", "the ".repeat(900)), "at most 200 words"),
    ] {
        let parsed = parse(&query);
        let troubles: Vec<_> = parsed.troubles.iter().map(|t| t.message.as_str()).collect();
        assert!(troubles.iter().any(|t| t.contains(said)), "{troubles:?}");
        assert!(troubles.len() <= 2, "{troubles:?}");
        let printed = parsed.to_string();
        assert!(printed.matches(" near/").count() <= 8, "{printed}");
        assert!(printed.split(' ').count() <= 400, "{printed}");
    }
}

/// What a command may take is bounded, whatever a record makes of it. The command writes more than a pipe holds and
/// waits there, so that one can look.
#[test]
fn a_command_has_a_budget_of_memory() {
    let kit = Kit::empty();
    fs::create_dir_all(kit.library().join("records/2022")).unwrap();
    let file = kit.library().join("records/2022/S_PV.9001.en.json");
    fs::write(file, of_text(&"Peace and quiet. ".repeat(20_000)).to_string()).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_spv"));
    command.args(["show", "9001"]).env_clear().env("HOME", kit.at("home"));
    command.env("SPV_LIBRARY", kit.library()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut byte = [0];
    // Once it writes it has begun.
    std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut byte).unwrap();
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id()));
    child.kill().unwrap();
    child.wait().unwrap();
    let Ok(limits) = limits else {
        println!("SKIPPED: this system does not tell the limits of a process");
        return;
    };
    let data = limits.lines().find(|line| line.starts_with("Max data size")).unwrap();
    assert!(data.contains(&(512 << 20).to_string()), "{data}");
}
