//! Fuzzy find against the plain way, and what a person finds with what they type.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;
use spv::library::Catalogue;
use spv::record::{Symbol, fold};
use spv::search::find::{Form, Hit, Hits, Named, Names, is_filler};

use crate::made;

fn find(names: &Names, query: &str, limit: usize) -> Hits {
    names.find(query, limit, &AtomicBool::new(false))
}

/// Every name, in their own order, with its line folded.
fn every(names: &Names) -> Vec<(Hit, String)> {
    let all = find(names, "", usize::MAX);
    assert_eq!(all.hits.len(), names.len());
    all.hits
        .into_iter()
        .map(|hit| (fold::shapes(&hit.line), hit))
        .map(|(f, hit)| (hit, f))
        .collect()
}

/// Whether a word is in the line with no letter or digit next to it.
fn is_whole_word(line: &str, word: &str) -> bool {
    places(line, word).iter().any(|(_, starts, ends)| *starts && *ends)
}

/// The places of a text in a line, in characters, and whether a word starts and ends with each.
fn places(line: &str, text: &str) -> Vec<(usize, bool, bool)> {
    if !line.contains(text) {
        return Vec::new();
    }
    let (line, text): (Vec<char>, Vec<char>) = (line.chars().collect(), text.chars().collect());
    let beside = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    let here = (0..line.len()).filter(|at| line[*at..].starts_with(&text));
    let found = here.map(|at| {
        let starts = !beside(at.checked_sub(1).and_then(|before| line.get(before)));
        (at, starts, !beside(line.get(at + text.len())))
    });
    found.collect()
}

/// What is scored in a line, by a new matcher for each text, and the matched places.
fn answer(line: &str, texts: &[&str], date: Option<&str>) -> Option<(i64, Vec<usize>)> {
    let (mut score, mut places) = (0, Vec::new());
    for text in texts {
        let (s, p) = SkimMatcherV2::default().ignore_case().fuzzy_indices(line, text)?;
        score += s;
        places.extend(p);
    }
    if let Some(date) = date {
        let start = line[..line.find(date)?].chars().count();
        places.extend(start..start + date.trim_end_matches('-').len());
    }
    places.sort_unstable();
    places.dedup();
    Some((score, places))
}

/// The number of a kind in the order of kinds, and the name itself within the line.
fn kind_and_name<'a>(named: &Named, line: &'a str) -> (u8, &'a str) {
    match named {
        Named::Group(_) => (0, line),
        Named::State(_) => (1, line.split("  (").next().unwrap()),
        Named::Organization(_) => (2, line),
        Named::Speaker { .. } => match line.split_once(", ") {
            Some((name, of)) if of.starts_with(name) => (3, ""),
            Some((name, _)) => (3, name),
            None => (3, line.split("  (").next().unwrap()),
        },
        Named::Topic(_) => (4, line),
        Named::Record { .. } => (5, line),
        Named::Vote(_) => (6, &line[..line.match_indices("  ").nth(2).map_or(line.len(), |m| m.0)]),
        named => panic!("{named:?}"),
    }
}

/// How well a line has a form of a term, 0 for the best, and at which character.
fn closeness(form: Form, text: &str, line: &str, is_state: bool) -> Option<(u8, usize)> {
    let rest = |at: usize| line.chars().skip(at + text.chars().count()).collect::<String>();
    let of = |(at, starts, ends)| {
        let goes_on = rest(at).find("including").is_some_and(|far| far <= 12);
        let how = match form {
            Form::Typed | Form::Same | Form::Former if starts && ends => 0,
            Form::Typed if starts => 1,
            Form::Typed if text.chars().count() > 2 => 4,
            Form::Started if starts && ends => 1,
            Form::Related if starts && ends && !goes_on => 2,
            Form::CorrectedState if starts && ends && is_state => 1,
            Form::CorrectedState | Form::Corrected if starts && ends => 3,
            _ => return None,
        };
        Some((how, at))
    };
    places(line, text).into_iter().filter_map(of).min_by_key(|(how, at)| (*how, *at))
}

/// The rank of a line that has all terms, or lacks one if `missing`; and the texts that are scored in it.
fn rank<'a>(
    (hit, line): &(Hit, String),
    terms: &'a [Vec<(Form, String)>],
    asked: Option<u8>,
    missing: bool,
) -> Option<([u8; 4], Vec<&'a str>)> {
    let (kind, name) = kind_and_name(&hit.named, line);
    let name_length = name.chars().count();
    let (mut worst, mut worst_form, mut lacking, mut texts) = (0, 0, 0, Vec::new());
    let (mut any_named, mut all_named) = (false, true);
    for term in terms {
        let forms = term.iter().filter_map(|(form, text)| {
            let (how, at) = closeness(*form, text, line, kind == 1)?;
            Some((how, at >= name_length, *form, text))
        });
        let Some((how, beside, form, text)) = forms.min_by_key(|(how, beside, ..)| (*how, *beside))
        else {
            lacking += if term.iter().any(|(_, text)| text == "vetoed") { 2 } else { 1 };
            continue;
        };
        worst = worst.max(how);
        worst_form = worst_form.max(form as u8);
        any_named |= !beside;
        all_named &= !beside;
        texts.push(text.as_str());
    }
    if lacking != u8::from(missing) {
        return None;
    }
    if terms.is_empty() {
        return Some(([0; 4], texts));
    }
    let order = match kind {
        6 if asked == Some(6) => u8::from(!all_named),
        kind if asked == Some(kind) => 0,
        3 if !any_named => 16,
        1 if !any_named => 5,
        kind => 2 * kind + 2,
    };
    let name = if kind < 5 { name } else { line.splitn(3, "  ").nth(2).unwrap_or("") };
    let said = |word: &str| {
        let forms = terms.iter().flatten().filter(|(form, _)| *form < Form::Related);
        is_filler(word) || forms.into_iter().any(|(_, text)| text.split(' ').any(|w| w == word))
    };
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let more = words.any(|word| !said(word));
    Some(([worst, order, u8::from(more), worst_form], texts))
}

/// A row of the plain answer: its key, and what is shown.
type Row = (([u8; 4], Reverse<i64>, Reverse<usize>, usize), Vec<usize>);

/// The plain way: every line is ranked, scored by the matcher, and everything is sorted.
fn plain(
    all: &[(Hit, String)],
    query: &PlainQuery<'_>,
    limit: usize,
) -> (usize, Vec<(i64, String, Vec<usize>)>) {
    let rows = |missing: bool, letters: bool| -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (at, name) in all.iter().enumerate() {
            let ranked = if letters {
                Some(([0; 4], query.words.iter().map(String::as_str).collect()))
            } else {
                rank(name, &query.terms, query.asked, missing)
            };
            let Some((key, texts)) = ranked else { continue };
            let Some((score, places)) = answer(&name.1, &texts, query.date) else { continue };
            let whole = query.words.iter().filter(|w| is_whole_word(&name.1, w)).count();
            rows.push(((key, Reverse(score), Reverse(whole), at), places));
        }
        rows.sort();
        rows
    };
    let mut found = rows(false, false);
    if !found.is_empty() && query.asked.is_none() && !query.terms.is_empty() {
        found = with_each_kind_first(found, limit);
    }
    if found.is_empty() && query.terms.len() > 1 {
        found = rows(true, false);
    }
    if found.is_empty() {
        found = rows(false, true);
    }
    let shown =
        |((_, Reverse(score), _, at), places): Row| (score, all[at].0.line.to_string(), places);
    (found.len(), found.into_iter().map(shown).collect())
}

/// Six rows in equal parts of the kinds there are, at least two of each, before the others.
fn with_each_kind_first(rows: Vec<Row>, limit: usize) -> Vec<Row> {
    let kind = |row: &Row| row.0.0[1] / 2;
    let close: Vec<&Row> = rows.iter().filter(|row| row.0.0[0] < 4).collect();
    let kinds: HashSet<u8> = close.iter().map(|row| kind(row)).collect();
    let each = (6 / kinds.len().max(1)).max(2).min(limit);
    let mut first: Vec<Row> = Vec::new();
    for row in close {
        if first.iter().filter(|other| kind(other) == kind(row)).count() < each {
            first.push(row.clone());
        }
    }
    let rest: Vec<Row> = rows.into_iter().filter(|row| !first.contains(row)).collect();
    first.extend(rest);
    first
}

/// A query, as the plain way reads it.
struct PlainQuery<'a> {
    terms: Vec<Vec<(Form, String)>>,
    words: Vec<String>,
    date: Option<&'a str>,
    /// The kind that is asked for.
    asked: Option<u8>,
}

fn assert_plain(
    names: &Names,
    all: &[(Hit, String)],
    query: &str,
    words: &[&str],
    date: Option<&str>,
) {
    let limit = if query.len().is_multiple_of(2) { 200 } else { 7 };
    let terms = names.terms(query);
    let veto = terms.iter().flatten().any(|(_, text)| text == "vetoed");
    let words: Vec<String> = words.iter().map(|w| fold::shapes(w)).collect();
    let plain_query = PlainQuery { terms, words, date, asked: veto.then_some(6) };
    let (total, want) = plain(all, &plain_query, limit);
    let got = find(names, query, limit);
    assert_eq!(got.total, total, "{query:?}");
    let got: Vec<_> =
        got.hits.into_iter().map(|h| (h.score, h.line.to_string(), h.matched)).collect();
    assert_eq!(got[..], want[..want.len().min(limit)], "{query:?}, the best {limit}");
}

/// A query as people type it: one to three letters or pieces of lines, cut or misspelt.
fn query(dice: &mut made::Dice, all: &[(Hit, String)]) -> Vec<String> {
    let alphabet: Vec<char> = "abcdefghijklmnopqrstuvwxyz0123456789./(-é".chars().collect();
    (0..1 + dice.roll(3))
        .map(|_| {
            let line = &all[dice.roll(all.len())].0.line;
            let words: Vec<&str> = line.split([' ', ',']).filter(|w| !w.is_empty()).collect();
            let mut word: Vec<char> = words[dice.roll(words.len())].chars().collect();
            match dice.roll(4) {
                0 => word = vec![alphabet[dice.roll(alphabet.len())]],
                1 => word.truncate(1 + dice.roll(4)),
                2 if word.len() > 2 => drop(word.remove(dice.roll(word.len()))),
                _ => {}
            }
            word.into_iter().collect::<String>()
        })
        .collect()
}

/// Whether a query is only words, and does not name a record or vote.
fn is_words(query: &[String]) -> bool {
    let text = query.join(" ");
    let marks =
        |w: &String| w.starts_with([',', ';', ':', '"']) || w.ends_with([',', ';', ':', '"']);
    Symbol::parse_with_page(&text).is_none()
        && spv::facts::votes::by_reference(&text).is_none()
        && !query.iter().any(marks)
        && !query.iter().any(|w| w.contains(char::is_numeric) && w.contains(['-', '/', '.']))
        && !query.iter().any(|w| asks_for_a_kind(&fold::shapes(w)))
}

/// Whether a word asks for a kind of thing: tried by hand, and not by the plain way.
fn asks_for_a_kind(word: &str) -> bool {
    let offices = "asg chief commissioner commissioner-general coordinator director director-general dsrsg envoy erc \
                   executive head minister prosecutor rapporteur representative secretary secretary-general sg srsg \
                   under-secretary-general usg mr. mrs. ms. dr. res. s/res";
    let kinds = "resolution resolutions res scr unscr draft drafts vote votes voted voting meeting meetings record records \
                 pv verbatim transcript item items agenda topic topics question situation ambassador ambassadors delegate \
                 speaker speakers mr mrs ms dr sir dame state country countries";
    offices.split(' ').chain(kinds.split(' ')).any(|known| known == word)
}

/// The number of seeded queries: few in a normal run, more by hand with `SPV_LONG=20`.
fn long() -> usize {
    std::env::var("SPV_LONG").ok().and_then(|n| n.parse().ok()).unwrap_or(1)
}

#[test]
fn the_order_is_that_of_fuzzy_matcher_over_every_line() {
    let names = Names::new(&made::library(1, 300, 1_500));
    let all = every(&names);
    let mut dice = made::Dice::new(2);
    for letter in "aekmqsz.(".chars() {
        let word = letter.to_string();
        assert_plain(&names, &all, &word, &[&word], None);
    }
    let mut tried = 0;
    while tried < 60 * long() {
        let query = query(&mut dice, &all);
        if !is_words(&query) {
            continue;
        }
        let mut words: Vec<&str> = Vec::new();
        for word in &query {
            if !words.iter().any(|w| fold::shapes(w) == fold::shapes(word)) {
                words.push(word);
            }
        }
        assert_plain(&names, &all, &query.join(" "), &words, None);
        tried += 1;
    }
}

#[test]
fn dates_stand_in_the_line_and_do_not_score() {
    let names = Names::new(&made::library(3, 2_000, 100));
    let all = every(&names);
    for at in [5, 500, 1_500] {
        let date = all
            .iter()
            .filter_map(|(h, _)| h.line.split("  ").nth(1))
            .filter(|d| d.len() == 10)
            .nth(at);
        let date = date.expect("a record's date");
        let (y, m, d) = (&date[..4], &date[5..7], &date[8..]);
        assert_plain(&names, &all, &format!("{d}/{m}/{y}"), &[], Some(date));
        assert_plain(&names, &all, &format!("peace {d}.{m}.{y} a"), &["peace", "a"], Some(date));
        assert_plain(&names, &all, &format!("{m}/{y} peace"), &["peace"], Some(&date[..8]));
    }
}

#[test]
fn a_date_is_found_in_every_usual_spelling() {
    let names = known();
    let of_day = ["2019-11-19", "19 November 2019", "19 Nov 2019", "19/11/2019", "19.11.2019"];
    let of_month = ["November 2019", "Nov 2019", "11/2019", "2019-11"];
    let want = |date: &str| every(&names).iter().filter(|(_, line)| line.contains(date)).count();
    let (in_day, in_month) = (want("2019-11-19"), want("2019-11-"));
    assert!(in_day >= 2 && in_month > in_day);
    for (query, date, count) in of_day
        .map(|query| (query, "2019-11-19", in_day))
        .into_iter()
        .chain(of_month.map(|query| (query, "2019-11-", in_month)))
    {
        let hits = find(&names, query, usize::MAX);
        assert_eq!((hits.total, hits.hits.len()), (count, count), "{query}");
        assert!(hits.hits.iter().all(|hit| hit.line.contains(date)), "{query}");
    }
}

#[test]
fn a_large_set_is_looked_at_by_two_threads_with_the_same_answer() {
    let names = Names::new(&made::library(4, 500, 6_000));
    let all = every(&names);
    for query in ["k", "ss", "ma", "kaz", "peace sec", "é"] {
        let words: Vec<&str> = query.split(' ').collect();
        assert_plain(&names, &all, query, &words, None);
    }
}

#[test]
fn a_cancelled_question_ends_without_an_answer() {
    let names = Names::new(&made::library(5, 500, 6_000));
    let hits = names.find("a", 200, &AtomicBool::new(true));
    assert_eq!(hits, Hits::default());
}

#[test]
fn nothing_to_find_in_or_for() {
    let names = Names::new(&Catalogue::default());
    assert!(find(&names, "zzzzqqqq", 10).hits.is_empty());
    let names = Names::new(&made::library(6, 10, 10));
    assert!(find(&names, "peace", 0).hits.is_empty());
    assert!(find(&names, "peace", 0).total > 0);
    assert_eq!(find(&names, &"\u{7}ÿ\u{202e} ".repeat(500_000), 10).hits, []);
}

fn symbol(text: &str) -> Symbol {
    text.parse().unwrap_or_else(|e| unreachable!("{e}"))
}

/// Records with speakers as they were, by their symbols, names and dates.
fn known() -> Names {
    let kazakhstan = vec![
        made::statement(1, "Mr. Umarov", Some("Kazakhstan"), None),
        made::statement(2, "Mr. Umarova", Some("Ukraine"), None),
        made::statement(3, "Mrs. Okafor", None, Some("African Union")),
    ];
    let mut records = vec![
        made::record(
            symbol("S/PV.8668"),
            "2019-11-19",
            "Peacebuilding and sustaining peace: reconciliation",
            vec![made::statement(1, "Ms. Pierce", Some("United Kingdom"), None)],
        ),
        made::record(
            symbol("S/PV.8668 (Resumption 1)"),
            "2019-11-19",
            "Peacebuilding and sustaining peace: reconciliation",
            kazakhstan,
        ),
    ];
    records.extend(made::records(11, 200, 2_000));
    Names::new(&Catalogue::of(&records))
}

/// What somebody types, and the start of a line that must be among the first three.
const TYPED: &[(&str, &str)] = &[
    ("umarov", "Mr. Umarov, Kazakhstan"),
    ("umarov kazakhstan", "Mr. Umarov, Kazakhstan"),
    ("kazakhstan umarov", "Mr. Umarov, Kazakhstan"),
    ("Umarov, Kaz", "Mr. Umarov, Kazakhstan"),
    ("pierce uk", "Ms. Pierce, United Kingdom"),
    ("okafor african union", "Mrs. Okafor, African Union"),
    ("kazakhstan", "Kazakhstan  ("),
    ("kaz", "Kazakhstan  ("),
    ("russia", "Russian Federation  ("),
    ("uk", "United Kingdom  ("),
    ("usa", "United States  ("),
    ("ivory coast", "Côte d'Ivoire  ("),
    ("cote d’ivoire", "Côte d'Ivoire  ("),
    ("turkey", "Türkiye  ("),
    ("niger", "Niger  ("),
    ("dprk", "Democratic People's Republic of Korea  ("),
    ("african union", "African Union"),
    ("8668", "S/PV.8668  2019-11-19"),
    ("8668r1", "S/PV.8668 (Resumption 1)  2019-11-19"),
    ("8668r1 p12", "S/PV.8668 (Resumption 1)  2019-11-19"),
    ("s/pv.7180", "S/PV.7180  2014-05-22"),
    ("2254", "S/RES/2254 (2015)"),
    ("2254", "S/PV.2254  "),
    ("resolution 1325", "S/RES/1325 (2000)"),
    ("res 1325", "S/RES/1325 (2000)"),
    ("S/RES/1325 (2000)", "S/RES/1325 (2000)"),
    ("resolution 242", "S/RES/242 (1967)"),
    ("resolution 242 middle east", "S/RES/242 (1967)"),
    ("1325 women", "S/RES/1325 (2000)"),
    ("S/2014/348", "S/2014/348  2014-05-22"),
    ("veto syria 2014", "S/2014/348  2014-05-22"),
    ("22 may 2014", "S/PV.7180  2014-05-22"),
    ("22 May 2014 veto", "S/2014/348  2014-05-22"),
    ("19 November 2019", "S/PV.8668 (Resumption 1)  2019-11-19"),
    ("19/11/2019", "S/PV.8668  2019-11-19"),
    ("2019-11-19 reconciliation", "S/PV.8668  2019-11-19"),
    ("women peace security", "Women and peace and security"),
    ("women peace security 2019", "S/PV.8649  2019-10-29"),
    ("women peace security october 2000", "S/PV.4213  2000-10-31"),
    ("reconciliation 2019", "S/PV.8668  2019-11-19"),
    ("veto february 2017", "S/2017/172  2017-02-28"),
    ("china veto syria 2014", "S/2014/348  2014-05-22"),
    ("russian federation veto ukraine 2022", "S/2022/"),
    ("haiti", "The question concerning Haiti"),
    ("non-proliferation dprk", "Non-proliferation/Democratic People's Republic of Korea"),
];

#[test]
fn what_people_type_is_among_the_first_three() {
    let names = known();
    let mut missing = Vec::new();
    for (query, line) in TYPED {
        let hits = find(&names, query, 3).hits;
        if !hits.iter().any(|hit| hit.line.starts_with(line)) {
            let lines: Vec<_> = hits.iter().map(|h| format!("{} {}", h.score, h.line)).collect();
            missing.push(format!("{query}: no {line:?} in {lines:#?}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn what_is_named_outright_stands_first() {
    let names = known();
    let first = |query: &str| find(&names, query, 5).hits.first().map(|h| h.named.clone());
    let symbol = symbol("S/PV.8668 (Resumption 1)");
    assert_eq!(first("8668r1 p12"), Some(Named::Page { symbol: symbol.clone(), page: 12 }));
    assert_eq!(first("8668r1"), Some(Named::Record { symbol, text: true }));
    let known = Symbol::verbatim(7180);
    assert_eq!(first("7180"), Some(Named::Record { symbol: known, text: false }));
    let Some(Named::Vote(row)) = first("resolution 2254") else { panic!("no vote") };
    let vote = spv::facts::votes::get(row).expect("a row");
    assert_eq!(vote.reference, "S/RES/2254 (2015)");
    // Named exactly and also matched, it is one hit and counts once.
    let hits = find(&names, "8668r1", usize::MAX);
    assert_eq!(hits.total, hits.hits.len());
    let hits = find(&names, "8668r1 p12", usize::MAX);
    assert_eq!(hits.total, hits.hits.len());
}

#[test]
fn a_meeting_known_and_here_is_one_line() {
    let names = known();
    let all = find(&names, "", usize::MAX).hits;
    let of_8668: Vec<_> = all.iter().filter(|h| h.line.starts_with("S/PV.8668 ")).collect();
    assert_eq!(of_8668.len(), 2);
    for hit in of_8668 {
        assert!(matches!(hit.named, Named::Record { text: true, .. }), "{}", hit.line);
    }
}

#[test]
fn matched_letters_are_those_typed() {
    let names = known();
    for (query, letters) in
        [("umarov kaz", "UmarovKaz"), ("19/11/2019", "2019-11-19"), ("cote", "Côte")]
    {
        let hit = &find(&names, query, 1).hits[0];
        let line: Vec<char> = hit.line.chars().collect();
        let shown: String = hit.matched.iter().map(|at| line[*at]).collect();
        assert_eq!(shown, letters, "{query}: {}", hit.line);
    }
}

#[test]
fn each_name_is_one_line_and_exercises_are_marked() {
    let speakers = || {
        vec![
            made::statement(1, "Ms. Invented", Some("Kazakhstan"), None),
            made::statement(2, "Ms. Invented", Some("Kazakhstan"), Some("African Union")),
            made::statement(3, "Ms. Invented", None, Some("African Union")),
        ]
    };
    let mut english =
        made::record(symbol("MSC/PV.1"), "2019-11-05", "Zoroxim of topics", speakers());
    english.exercise = true;
    let mut french = english.clone();
    french.language = spv::record::Language::French;
    french.topic = "Zoroxim en français".to_owned();
    let names = Names::new(&Catalogue::of(&[french, english]));
    let lines = |query: &str, kind: fn(&Named) -> bool| {
        let hits = find(&names, query, usize::MAX).hits;
        let of_kind = hits.iter().filter(|h| kind(&h.named)).map(|h| h.line.to_string());
        of_kind.collect::<Vec<_>>()
    };
    assert_eq!(
        lines("invented", |n| matches!(n, Named::Speaker { .. })),
        ["Ms. Invented, Kazakhstan  EXERCISE", "Ms. Invented, African Union  EXERCISE"]
    );
    assert_eq!(
        lines("zoroxim", |n| matches!(n, Named::Record { .. })),
        ["MSC/PV.1  2019-11-05  EXERCISE  Zoroxim of topics"]
    );
    assert_eq!(
        lines("zoroxim francais", |n| matches!(n, Named::Topic(_))),
        ["Zoroxim en français  EXERCISE"]
    );
    assert_eq!(
        lines("african union", |n| matches!(n, Named::Organization(_))),
        ["African Union  EXERCISE"]
    );
    assert_eq!(lines("kazakhstan kaz", |n| matches!(n, Named::State(_))).len(), 1);
}
