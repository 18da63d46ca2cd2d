//! Every example that the help of a command prints gives an answer on a library where it can.

use super::kit::{Kit, run};
use clap::CommandFactory as _;
use serde_json::json;
use spv::cli::args::Cli;

/// Commands that need the network, files of the user, a shell or a terminal; others test what they do.
const ELSEWHERE: [&str; 14] = [
    "queries",
    "desk",
    "like",
    "import",
    "get",
    "index",
    "pack",
    "export",
    "completions",
    "man",
    "check",
    "notes",
    "settings",
    "info",
];

/// A library in which each of them can have an answer. All sentences are invented.
fn library() -> Kit {
    let kit = Kit::empty();
    let statement = |number: u32, state: &str, text: &str| {
        // The third is on page 5.
        let page = if number < 3 { number } else { number + 2 };
        json!({"type": "statement", "number": number, "page": page,
            "speaker": {"printed": format!("Mr. Umarov ({state})"), "name": "Mr. Umarov",
                        "state": state, "as": "member"},
            "on_behalf_of": [{"group": "A3", "members": []}],
            "paragraphs": [{"page": page, "text": text}]})
    };
    let texts = [
        "An invented sentence on sexual violence in conflict, and on S/PV.8628, page 2.",
        "A ceasefire and humanitarian access are asked for here, and the police is named.",
        "Reconciliation is asked for, as in resolution 2254 (2015).",
        "A fourth statement, so that it can be cited.",
        "A fifth, on climate change and on a truce.",
    ];
    for (symbol, language, date, topic) in [
        ("S/PV.8668 (Resumption 1)", "en", "2019-11-19", "Peacebuilding, invented"),
        ("S/PV.8668", "en", "2019-11-19", "Peacebuilding, invented"),
        ("S/PV.8628", "en", "2019-09-27", "Peacebuilding, invented"),
        ("S/PV.9642", "en", "2024-05-31", "Haiti, invented"),
        ("S/PV.9642", "fr", "2024-05-31", "Haïti, inventé"),
        ("S/PV.7500", "en", "2015-08-05", "The question concerning Haiti"),
        ("S/PV.8700", "en", "2020-01-08", "Peace consolidation in West Africa"),
    ] {
        let items: Vec<_> = texts
            .iter()
            .zip(1..)
            .map(|(text, number)| {
                let state = if symbol == "S/PV.7500" { "France" } else { "Kazakhstan" };
                statement(number, state, text)
            })
            .collect();
        let record = json!({"format": "spv/1", "symbol": symbol, "kind": "verbatim",
            "language": language, "date": date, "topic": topic, "agenda": [topic], "items": items});
        let name = symbol.replace(['/', ' '], "_").replace(['(', ')'], "");
        kit.put(&format!("{name}.{language}.json"), &record);
    }
    kit
}

/// The words of a line, as a shell splits it; what comes after a pipe or goes to a file is left out.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for c in line.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '|' | '>') => break,
            (None, c) if c.is_whitespace() => words.push(String::new()),
            (_, c) => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_example_in_the_help_gives_an_answer() {
    let kit = library();
    let mut tried = 0;
    for command in Cli::command().get_subcommands() {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let examples = help.lines().skip_while(|line| *line != "Examples:").skip(1);
        for line in examples.take_while(|line| line.starts_with("  spv ")) {
            let args = words(line.trim().trim_start_matches("spv "));
            // What is kept is counted from one command to the next.
            let kept = args.iter().any(|arg| arg.starts_with("--save"));
            if kept || ELSEWHERE.contains(&command.get_name()) {
                continue;
            }
            let ran = run(kit.bare().env("SPV_LIBRARY", kit.library()).args(&args));
            assert_eq!(ran.code, 0, "{line}: {}", ran.err);
            let to_file = args.iter().any(|arg| arg == "--svg");
            assert!(to_file || !ran.out.trim().is_empty(), "{line} prints nothing: {}", ran.err);
            tried += 1;
        }
    }
    assert!(tried > 25, "{tried}");
}
