//! The query language: what is parsed, how mistakes are reported, and that printing keeps the meaning.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use spv::search::query::{
    Cast, Field, Node, Values, complete, parse, parse_typed, toggle_forms, unknown_names,
};

fn printed(text: &str) -> String {
    parse(text).to_string()
}

#[test]
fn what_is_typed_and_how_it_is_understood() {
    for (text, understood) in [
        ("", ""),
        ("  peace   security ", "peace security"),
        ("peace OR security", "peace OR security"),
        ("a b OR c d", "a b OR c d"),
        ("(a b) OR c", "(a b) OR c"),
        ("peace NOT security", "peace -security"),
        ("peace ANDNOT security", "peace -security"),
        ("NOT (a OR b) c", "-(a OR b) c"),
        ("NOT NOT a", "a"),
        ("NOT -a b", "a b"),
        ("a OR NOT b", "a OR -b"),
        ("peace AND security", "peace security"),
        ("a AND NOT state:x", "a -state:x"),
        ("a AND b OR c", "a b OR c"),
        ("a && b&&c", "a b c"),
        ("a | b || c|d", "a OR b OR c OR d"),
        ("topic:a|topic:b", "topic:a OR topic:b"),
        ("peace not and or security", "peace not and or security"),
        ("\"NOT\" \"AND\" R&D", "\"NOT\" \"AND\" R&D"),
        ("topic:\"a|b*\"", "topic:\"a|b*\""),
        ("topic:\"a&&b*\"", "topic:\"a&&b*\""),
        ("((a)) (b c)", "a b c"),
        ("-war --peace", "-war peace"),
        ("-(a b)", "-(a b)"),
        ("recon*", "recon*"),
        ("\"truth and  recon*\"", "\"truth and recon*\""),
        ("“curly marks” «and these»", "\"curly marks\" \"and these\""),
        ("fire near/5 cease", "(fire near/5 cease)"),
        ("a NEAR/2 \"b c\" near/3 d*", "(a near/2 \"b c\") (\"b c\" near/3 d*)"),
        ("near by", "near by"),
        ("state:kaz", "state:kaz"),
        ("State:\"United Kingdom\"", "state:\"United Kingdom\""),
        ("organization:osce", "org:osce"),
        ("year:2014..2019 year:2010.. year:..1999", "year:2014..2019 year:2010.. year:..1999"),
        ("date:2019-11", "date:2019-11-01..2019-11-30"),
        ("date:2020-02..", "date:2020-02-01.."),
        ("date:..2019", "date:..2019-12-31"),
        ("symbol:8668r1", "symbol:\"S/PV.8668 (Resumption 1)\""),
        ("lang:French spoken:ru", "lang:\"fr\" spoken:\"ru\""),
        ("as:president rule:37 capacity:national", "as:president rule:37 capacity:national"),
        ("group:A3 behalf:E10 vote:no", "group:A3 behalf:E10 vote:against"),
        (
            "cites:S/2019/823 cites:\"resolution 2254\"",
            "cites:\"S/2019/823\" cites:\"S/RES/2254 (2015)\"",
        ),
        ("-state:x OR -y", "-state:x OR -y"),
        ("10:30 a - b", "10:30 a b"),
    ] {
        let query = parse(text);
        assert_eq!(query.to_string(), understood, "{text}");
        let only_a_dash = text.contains(" - ");
        assert_eq!(query.troubles.is_empty(), !only_a_dash, "{text}: {:?}", query.troubles);
    }
}

#[test]
fn a_wrong_query_says_where_and_still_answers() {
    for (text, at, word, understood) in [
        ("peace year:20x", "year:20x", "no year", "peace"),
        ("year:2019..2014 x", "year:2019..2014", "2014..2019", "x"),
        ("colour:red x", "colour:red", "no field", "x"),
        ("\"no end", "\"no end", "quotation mark", "\"no end\""),
        ("(a b", "(", "not closed", "a b"),
        ("a) b", ")", "no bracket", "a b"),
        ("a OR", "OR", "between", "a"),
        ("OR a", "OR", "between", "a"),
        ("a ||", "||", "between", "a"),
        ("| a", "|", "between", "a"),
        ("a OR AND b", "OR", "between", "a b"),
        ("AND a", "AND", "between", "a"),
        ("a AND", "AND", "between", "a"),
        ("(a AND) b", "AND", "between", "a b"),
        ("a &&", "&&", "between", "a"),
        ("a NOT", "NOT", "before", "a"),
        ("(a NOT) b", "NOT", "before", "a b"),
        ("a NOT OR b", "NOT", "before", "a b"),
        ("a near/3", "near/3", "between", "a"),
        ("near/3 a", "near/3", "between", "a"),
        ("a near/x b", "near/x", "near/5", "(a near/5 b)"),
        ("a near/900 b", "near/900", "near/50", "(a near/50 b)"),
        ("*** a", "***", "no letter", "a"),
        ("state: a", "state:", "wants a value", "a"),
        ("symbol:nothing a", "symbol:nothing", "not a symbol", "a"),
        ("vote:maybe a", "vote:maybe", "favour", "a"),
        ("rule:x a", "rule:x", "37", "a"),
        ("date:2019-13 a", "date:2019-13", "no date", "a"),
        ("cites:zzz a", "cites:zzz", "no document", "a"),
    ] {
        let query = parse(text);
        let trouble = query.troubles.first().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(&text[trouble.at.clone()], at, "{text}");
        assert!(trouble.message.contains(word), "{text}: {}", trouble.message);
        assert_eq!(query.to_string(), understood, "{text}");
    }
}

#[test]
fn the_last_word_is_a_beginning_until_a_space_follows() {
    for (text, understood) in [
        ("peace recon", "peace recon*"),
        ("peace recon ", "peace recon"),
        ("\"truth and recon", "\"truth and recon*\""),
        ("\"truth and ", "\"truth and\""),
        ("\"truth and recon\"", "\"truth and recon\""),
        ("a near/5 b", "(a near/5 b*)"),
        ("a near/", "a"),
        ("a OR", "a"),
        ("(a b", "a b*"),
        ("a -", "a"),
        ("a year:20", "a"),
        ("a state:", "a"),
        ("a state:kaz", "a state:kaz"),
        ("a state:\"united k", "a state:\"united k*\""),
        ("a b year:2019", "a b year:2019"),
    ] {
        let query = parse_typed(text);
        assert_eq!(query.to_string(), understood, "{text}");
        let dash = text.ends_with('-');
        assert!(query.troubles.is_empty() || dash, "{text}: {:?}", query.troubles);
    }
    // A wrong value is not being typed any more when another word follows.
    assert_eq!(parse_typed("year:20 a").troubles.len(), 1);
}

#[test]
fn forms_are_turned_on_and_off() {
    for text in ["veto", "veto  peace ", "", "state:x \"forms\""] {
        let on = toggle_forms(text);
        assert_eq!(on, format!("forms:on {text}"));
        assert_eq!(toggle_forms(&on), text);
    }
    assert_eq!(toggle_forms("veto forms:on"), "veto ");
}

#[test]
fn fields_are_what_they_say() {
    assert_eq!(parse("vote:yes").root, Some(Node::Field(Field::Vote(Cast::Favour))));
    assert_eq!(parse("rule:39").root, Some(Node::Field(Field::Rule(39))));
    assert_eq!(parse("year:2010..").root, Some(Node::Field(Field::Year(Some(2010), None))));
    assert!(parse("state:x a").narrows_capacity() && !parse("speaker:x a").narrows_capacity());
    assert!(parse("-capacity:president").narrows_capacity());
    assert!(!parse("state:x -a").has_words() && parse("state:x a").has_words());
}

#[test]
fn values_complete_fuzzily_from_what_is_there() {
    let list = |of: &[&str]| of.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    let values = Values {
        states: list(&["Kazakhstan", "Kuwait", "United Kingdom", "Côte d'Ivoire"]),
        groups: list(&["A3+", "European Union"]),
        ..Values::default()
    };
    for (text, first) in [
        ("behalf:eu", "behalf:\"European Union\""),
        ("behalf:", "behalf:A3+"),
        ("group:p", "group:P5"),
        ("group:west", "group:\"Western European and Others\""),
        ("peace state:kaz", "state:Kazakhstan"),
        ("state:uk", "state:\"United Kingdom\""),
        ("state:cote", "state:\"Côte d'Ivoire\""),
        ("state:\"united k", "state:\"United Kingdom\""),
        ("as:m", "as:member"),
        ("lang:french", "lang:fr"),
        ("cap", "capacity:"),
    ] {
        let found = complete(text, text.len(), &values, 5).unwrap();
        assert_eq!(found.choices.first().map(String::as_str), Some(first), "{text}");
        let mut done = text.to_owned();
        done.replace_range(found.replace, first);
        assert!(first.ends_with(':') || parse(&done).troubles.is_empty(), "{done}");
    }
    assert_eq!(complete("state:kaz ", 10, &values, 5), None);
    assert_eq!(complete("state:zzzz", 10, &values, 5), None);
    assert_eq!(complete("é", 1, &values, 5), None);
}

#[test]
fn operators_of_other_programs_are_obeyed_where_they_are_plain() {
    for (text, understood) in [
        ("peace !war", "peace -war"),
        ("peace \u{2212}war \u{2013}arms", "peace -war -arms"),
        ("+peace +\"two words\" -war", "peace \"two words\" -war"),
        (
            "title:haiti subject:\"peace talks\" intitle:x",
            "topic:haiti topic:\"peace talks\" topic:x",
        ),
        ("country:France", "state:France"),
        ("by:France author:umarov", "state:France speaker:umarov"),
        ("from:2019 to:2020-05", "date:2019-01-01.. date:..2020-05-31"),
        ("before:2019 after:2010-05", "date:..2018-12-31 date:2010-06-01.."),
        ("since:2010-05-03 until:2011", "date:2010-05-03.. date:..2011-12-31"),
        ("in:2019 x", "date:2019-01-01..2019-12-31 x"),
        ("res:2254", "cites:\"S/RES/2254 (2015)\""),
        ("record:8668", "symbol:\"S/PV.8668\""),
        ("voted:against", "vote:against"),
        ("text:peace body:\"peace talks\"", "peace \"peace talks\""),
        ("year:[2010 TO 2015] x", "year:2010..2015 x"),
        ("date:[2010-05 TO *]", "date:2010-05-01.."),
        ("year:2010-2015 year:>2010 year:<=2015", "year:2010..2015 year:2011.. year:..2015"),
        ("date:>=2010-05 date:<2011", "date:2010-05-01.. date:..2010-12-31"),
        ("state:(France OR China) veto", "state:France OR state:China veto"),
        ("topic:(\"middle east\" -syria)", "topic:\"middle east\" -topic:syria"),
        ("NEAR(fire cease, 3)", "(fire near/3 cease)"),
        ("near(\"cease fire\" talks)", "(\"cease fire\" near/10 talks)"),
        ("NEAR(a b c, 2) d", "(a near/2 b) (b near/2 c) d"),
        ("fire w/3 cease n/2 talks", "(fire near/3 cease) (cease near/2 talks)"),
        ("fire NEAR:4 cease", "(fire near/4 cease)"),
        ("fire NEAR cease", "(fire near/5 cease)"),
        ("\"fire cease\"~4 x", "(\"fire\" near/4 \"cease\") x"),
        ("forms:veto", "forms:veto"),
        ("forms:on veto \"cease fire\" recon*", "forms:veto \"cease fire\" recon*"),
        ("stem:veto w/o", "forms:veto w/o"),
    ] {
        let query = parse(text);
        assert_eq!(query.to_string(), understood, "{text}");
        assert!(query.troubles.is_empty(), "{text}: {:?}", query.troubles);
    }
    assert_eq!(parse("peace NOT security").root, parse("peace -security").root);
}

/// What is looked for is not what may have been meant: it is said.
#[test]
fn what_may_have_been_meant_otherwise_is_named() {
    for (text, at, word, understood) in [
        ("peace or war", "or", "OR", "peace or war"),
        ("peace Or war", "Or", "OR", "peace Or war"),
        ("peace and war", "and", "AND", "peace and war"),
        ("not war", "not", "NOT", "not war"),
        ("fire near cease", "near", "near/5", "fire near cease"),
        ("paix OU guerre", "OU", "OR", "paix OU guerre"),
        ("peace XOR war", "XOR", "OR", "peace XOR war"),
        ("peace EXCEPT war", "EXCEPT", "NOT", "peace EXCEPT war"),
        ("peace N5 war", "N5", "near/5", "peace N5 war"),
        ("peace AROUND(3) war", "AROUND", "near/5", "peace AROUND 3 war"),
        ("'peace talks'", "'", "double quotation", "peace talks'"),
        ("fire,cease x", ",", "phrase", "\"fire cease\" x"),
        ("state:France|China", "China", "state:China", "state:France OR China"),
        ("before:2019", "before:2019", "date:..2018-12-31", "date:..2018-12-31"),
        ("fire w/3 cease", "w/3", "near/3", "(fire near/3 cease)"),
        ("forms:on fire near/3 cease", "near/3", "as they are", "(fire near/3 cease)"),
    ] {
        let query = parse(text);
        assert!(query.troubles.is_empty(), "{text}: {:?}", query.troubles);
        let note = query.notes.first().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(&text[note.at.clone()], at, "{text}");
        assert!(note.message.contains(word), "{text}: {}", note.message);
        assert_eq!(query.to_string(), understood, "{text}");
    }
    for text in
        ["rule of law", "\"peace or war\"", "or", "peace near", "sand and", "do not", "R&D", "A3+"]
    {
        let query = parse(text);
        assert!(query.troubles.is_empty() && query.notes.is_empty(), "{text}: {query:?}");
    }
}

#[test]
fn operators_that_mean_nothing_here_are_named() {
    for (text, at, word, understood) in [
        ("wom?n x", "?", "wom*", "wom* x"),
        ("peace?", "?", "peace*", "peace"),
        ("wo*d x", "*", "wo*", "wo* x"),
        ("*tion x", "*tion", "first letters", "x"),
        ("roam~2 x", "~2", "similar", "roam x"),
        ("roam~ x", "~", "similar", "roam x"),
        ("~roam x", "~", "nothing", "roam x"),
        ("roam^2 x", "^2", "weights", "roam x"),
        ("\"a b\"^2 x", "^2", "weights", "\"a b\" x"),
        ("\"a b c\"~2 x", "~2", "two words", "\"a b c\" x"),
        ("/re[ct]/ x", "/re[ct]/", "patterns", "x"),
        ("[2010 TO 2015] x", "[", "nothing", "2010 TO 2015 x"),
        ("year=2010", "=", "nothing", "\"year 2010\""),
        ("#syria @x", "#", "nothing", "syria x"),
        ("+a OR b", "+", "left out", "a OR b"),
        ("a + b", "+", "letter", "a b"),
        ("a ! b", "!", "letter", "a b"),
        ("from:umarov x", "from:umarov", "speaker:", "x"),
        ("in:haiti x", "in:haiti", "year", "x"),
        ("site:un.org x", "site:un.org", "no meaning", "x"),
        ("outcome:vetoed x", "outcome:vetoed", "spv votes", "x"),
        ("before:easter x", "before:easter", "no date", "x"),
        ("un-body:x y", "un-body:x", "no field", "y"),
        ("year:{2010 TO 2015} x", "year:{2010", "no year", "TO 2015 x"),
        ("year:[2010 2015] x", "year:[2010 2015]", "two ends", "x"),
        ("topic:[a TO b] x", "topic:[a TO b]", "one value", "x"),
        ("a near/5 (b OR c)", "near/5", "between", "a b OR c"),
        ("NEAR((a,b),5)", "NEAR", "two words", "\"a b\" ,5"),
        ("a p/5 b", "p/5", "near/5", "(a near/5 b)"),
        ("\"a* b\" x", "\"a* b\"", "end of a phrase", "\"a b\" x"),
        ("forms:\"a b\" x", "forms:\"a b\"", "one word", "x"),
        (":x y", ":", "nothing", "x y"),
        ("x\\y", "\\", "nothing", "\"x y\""),
    ] {
        let query = parse(text);
        let mut named = query.troubles.iter().chain(&query.notes);
        let trouble = named.next().unwrap_or_else(|| panic!("{text}: {query}"));
        assert_eq!(&text[trouble.at.clone()], at, "{text}");
        assert!(trouble.message.contains(word), "{text}: {}", trouble.message);
        assert_eq!(query.to_string(), understood, "{text}");
    }
}

#[test]
fn names_that_nothing_has_are_named_with_those_spelt_alike() {
    let library = spv::library::Library::exercise();
    let said = |text: &str| {
        let unknown = unknown_names(text, library.catalogue());
        unknown.first().map(|one| (text[one.at.clone()].to_owned(), one.message.clone()))
    };
    for (text, at, offered) in [
        ("state:Kazahstan", "state:Kazahstan", "Kazakhstan"),
        ("x -country:Germny y", "country:Germny", "Germany"),
        ("state:\"Untied Kingdom\"", "state:\"Untied Kingdom\"", "United Kingdom"),
        ("topic:reconcilation x", "topic:reconcilation", "reconciliation"),
    ] {
        let (piece, message) = said(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(piece, at);
        assert!(message.contains(&format!("did you mean {offered}")), "{text}: {message}");
    }
    let nothing = said("state:qqqqqq").unwrap().1;
    assert!(nothing.starts_with("no State is called") && !nothing.contains("mean"), "{nothing}");
    for text in
        ["state:kaz", "state:uk", "state:", "year:20", "peace", "text:Kazahstan", "topic:peace*"]
    {
        assert_eq!(said(text), None, "{text}");
    }
}

/// Texts of mostly the characters and words of the language.
fn near_queries() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé会]{1,6}",
        "[A-Z0-9/.'’-]{1,8}",
        Just("OR".to_owned()),
        Just("NOT".to_owned()),
        Just("AND".to_owned()),
        "[|&]{1,3}",
        Just("near/5".to_owned()),
        Just("near/".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("-".to_owned()),
        Just("*".to_owned()),
        "[!+~^?\\[\\]{}<>=#@/,;$']",
        Just("NEAR(".to_owned()),
        Just("w/5".to_owned()),
        Just(" TO ".to_owned()),
        Just("\"~3".to_owned()),
        "(title|country|before|since|by|text|forms|res|in|outcome):",
        Just("\"".to_owned()),
        Just("“".to_owned()),
        Just("..".to_owned()),
        Just(" ".to_owned()),
        Just(" ".to_owned()),
        "(state|year|date|symbol|speaker|lang|as|rule|vote|cites|group|x):",
        Just("2019".to_owned()),
        Just("2254".to_owned()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Pieces of queries that are operators here or elsewhere; `w` is where a word is put.
const HABITS: [&str; 63] = [
    "AND",
    "OR",
    "NOT",
    "&&",
    "||",
    "|",
    "and",
    "or",
    "not",
    "Or",
    "XOR",
    "ANDNOT",
    "EXCEPT",
    "N5",
    "OU",
    "near",
    "NEAR",
    "near/3",
    "w/3",
    "W/5",
    "pre/2",
    "within/4",
    "NEAR:2",
    "+w",
    "-w",
    "!w",
    "\u{2212}w",
    "w~",
    "w~2",
    "w^2",
    "w?",
    "w?w",
    "w*w",
    "*w",
    "/w/",
    "#w",
    "@w",
    "[w",
    "w]",
    "{w}",
    "<w",
    "=w",
    "w=w",
    "'w'",
    "w,w",
    "title:w",
    "subject:w",
    "country:w",
    "author:w",
    "from:w",
    "from:2019",
    "before:2019",
    "since:2019-05",
    "in:w",
    "in:2019",
    "outcome:w",
    "site:w",
    "year:[2010 TO 2015]",
    "year:>2010",
    "NEAR(w w, 3)",
    "\"w w\"~3",
    "\"w w\"^2",
    "state:(w OR w)",
];

/// The words that a query looks for, folded; the values of fields among them.
fn looked_for(query: &spv::search::query::Query) -> Vec<String> {
    let mut words = Vec::new();
    let split = |text: &str| -> Vec<String> {
        let folded = text.to_lowercase();
        folded.split(|c: char| !c.is_alphanumeric()).map(ToOwned::to_owned).collect()
    };
    query.visit(&mut |node, _| match node {
        Node::Phrase(said) => words.extend(split(&said.text)),
        Node::Near(left, right, _) => {
            words.extend([left, right].into_iter().flat_map(|said| split(&said.text)));
        }
        Node::Field(field) => words.extend(split(&Node::Field(field.clone()).to_string())),
        _ => {}
    });
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Nothing that is typed is dropped or taken for a word in silence: each piece does what it says, or is named.
    #[test]
    fn every_piece_of_a_query_is_used_or_named(
        picked in prop::collection::vec(prop_oneof![Just(None), (0..HABITS.len()).prop_map(Some)], 1..7),
    ) {
        // Every word occurs once, so that it is known again.
        let mut word = 0;
        let mut fresh = || {
            word += 1;
            format!("zq{word}")
        };
        let mut pieces: Vec<(String, Vec<String>, Option<&str>)> = Vec::new();
        for pick in picked {
            let habit = pick.map_or("w", |nth| HABITS[nth]);
            let (mut text, mut own) = (String::new(), Vec::new());
            for (n, part) in habit.split('w').enumerate() {
                // Of `w/3` and `within` the letter is part of the operator.
                if n > 0 && (habit.starts_with("w/") || habit.starts_with("within")) {
                    text.push('w');
                } else if n > 0 {
                    let new = fresh();
                    text.push_str(&new);
                    own.push(new);
                }
                text.push_str(part);
            }
            pieces.push((text, own, pick.map(|nth| HABITS[nth])));
        }
        // An operator alone may be a word.
        pieces.insert(0, ("zqa".to_owned(), Vec::new(), None));
        pieces.push(("zqb".to_owned(), Vec::new(), None));
        let text = pieces.iter().map(|(text, ..)| text.as_str()).collect::<Vec<_>>().join(" ");
        let query = parse(&text);
        let words = looked_for(&query);
        let all_named: Vec<String> = query
            .troubles
            .iter()
            .chain(&query.notes)
            .map(|t| text[t.at.clone()].to_lowercase())
            .collect();
        let mut at = 0;
        for (n, (piece, own, habit)) in pieces.iter().enumerate() {
            let range = at..at + piece.len();
            at = range.end + 1;
            let mut named = query.troubles.iter().chain(&query.notes);
            if named.any(|t| t.at.start < range.end && range.start < t.at.end) {
                continue;
            }
            for word in own {
                prop_assert!(words.contains(word), "{word} of {piece} is lost: {text}: {query}");
            }
            let Some(habit) = habit else { continue };
            let operator = habit.to_lowercase();
            let names = operator.split(|c: char| !c.is_alphabetic());
            for name in names.filter(|name| name.len() > 1) {
                let field = ["state", "year", "date", "topic", "speaker"].contains(&name);
                let silent = words.iter().any(|word| word == name) && !all_named.iter().any(|n| n == name);
                prop_assert!(field || !silent, "{name} is a word: {text}");
            }
            // Both words are required with and without these. An operator whose words were left out has none.
            if !["AND", "&&", "+w"].contains(habit) && query.troubles.is_empty() {
                let others = pieces.iter().enumerate().filter(|(other, _)| *other != n);
                let without: Vec<&str> = others.map(|(_, (text, ..))| text.as_str()).collect();
                prop_assert_ne!(&parse(&without.join(" ")).root, &query.root, "{} in {}", piece, text);
            }
        }
    }

    #[test]
    fn no_query_panics_and_printing_keeps_the_meaning(
        text in prop_oneof![any::<String>(), near_queries(), near_queries()],
    ) {
        for query in [parse(&text), parse_typed(&text)] {
            for trouble in &query.troubles {
                prop_assert!(text.get(trouble.at.clone()).is_some(), "{:?}", trouble);
                prop_assert!(!trouble.message.contains('\n'));
            }
            let once = query.to_string();
            let again = parse(&once);
            prop_assert_eq!(&again.root, &query.root, "printed as {}", once);
            prop_assert!(again.troubles.is_empty(), "{}: {:?}", once, again.troubles);
        }
        let cursor = text.floor_char_boundary(text.len() / 2);
        let _ = complete(&text, cursor, &Values::default(), 3);
    }

    #[test]
    fn a_deep_or_long_query_ends(depth in 0_usize..3_000) {
        let text = "(-".repeat(depth) + "a" + &" OR (b".repeat(depth);
        let query = parse(&text);
        prop_assert_eq!(printed(&query.to_string()), query.to_string());
    }
}
