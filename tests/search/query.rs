//! The query language: what is parsed, how mistakes are reported, and that printing keeps the meaning.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use spv::search::query::{Cast, Field, Node, Values, complete, parse, parse_typed};

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

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
