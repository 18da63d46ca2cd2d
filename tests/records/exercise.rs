//! The exercise debates are what they are said to be: written one by one, whole, marked, with
//! references that lead to the very words quoted.
//!
//! How they look on a screen is tested with the screens; `exercise_fixtures.rs` tests the rarer sorts. Bounds on words are measured in white-space
//! words, as [`Statement::words`] counts them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test may fail it")]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use spv::record::symbol::Series;
use spv::record::{
    As, Capacity, Item, Language, Outcome, Paragraph, Record, Statement, Symbol, harmless,
};

/// Fewest words of a statement that is more than procedure.
const SHORTEST: usize = 120;
/// Most words of any statement.
const LONGEST: usize = 1_100;
/// Two statements that share a run of this many words were filled from a template.
const RUN: usize = 12;
/// Members whose vote against stops a draft (Charter, Article 27, paragraph 3).
const PERMANENT: [&str; 5] =
    ["China", "France", "Russian Federation", "United Kingdom", "United States"];

/// The debates, by file name.
fn debates() -> BTreeMap<String, Record> {
    super::records_in("data/exercise")
}

fn debate(symbol: &str, language: &Language) -> Record {
    let symbol: Symbol = symbol.parse().unwrap();
    debates().into_values().find(|r| r.symbol == symbol && r.language == *language).unwrap()
}

/// The statements that are more than conducting the meeting.
fn substantive(record: &Record) -> impl Iterator<Item = &Statement> {
    record.statements().filter(|s| !s.is_procedural())
}

#[test]
fn there_are_debates_enough_and_their_statements_are_of_the_length_of_real_ones() {
    let debates = debates();
    let symbols: BTreeSet<&Symbol> = debates.values().map(|r| &r.symbol).collect();
    assert!(symbols.len() >= 6, "{symbols:?}");
    let english = || debates.values().filter(|r| r.language == Language::English);
    for (name, record) in &debates {
        for s in substantive(record) {
            let n = s.words();
            assert!((SHORTEST..=LONGEST).contains(&n), "{name}, statement {}: {n} words", s.number);
        }
    }
    let words: Vec<usize> = english().flat_map(substantive).map(Statement::words).collect();
    assert!(words.len() >= 45, "{} statements", words.len());
    let usual = words.iter().filter(|n| (120..=450).contains(*n)).count();
    assert!(usual * 10 >= words.len() * 8, "{usual} of {} are of usual length", words.len());
    assert!(words.iter().filter(|n| **n >= 850).count() >= 4, "too few long ones");
    for s in english().flat_map(Record::statements).filter(|s| s.is_procedural()) {
        assert!(s.words() <= 150, "a turn of the chair has {} words", s.words());
    }
}

#[test]
fn every_debate_says_that_it_is_an_exercise_and_bears_no_symbol_of_the_real_series() {
    for (name, record) in debates() {
        assert!(record.exercise, "{name}");
        assert_eq!(record.symbol.series(), Series::Exercise, "{name}");
        assert_eq!(name, format!("{}.{}.json", record.symbol.file_stem(), record.language.code()));
        assert_eq!(record.source.from, "hand", "{name}");
        let Some(Item::Direction(first)) = record.items.first() else {
            panic!("{name} begins with no direction");
        };
        let (sort, word) = match record.language {
            Language::French => ("Débat d’exercice", "la parole d’un État"),
            _ => ("Exercise debate", "the word of any State"),
        };
        assert!(
            first.text.starts_with(sort) && first.text.contains(word),
            "{name}: {}",
            first.text
        );
        assert!(!record.topic.is_empty() && !record.topic.contains('\n'), "{name}");
        assert_eq!(record.members.len(), 15, "{name}: members on the cover");
    }
}

/// Every page named in an item, in reading order.
fn pages(item: &Item) -> Vec<u32> {
    let mut pages: Vec<u32> = item.page().into_iter().collect();
    if let Item::Statement(s) = item {
        for p in &s.paragraphs {
            pages.extend(p.page);
            pages.extend(p.breaks.iter().map(|b| b.page));
        }
    }
    pages
}

#[test]
fn numbers_and_pages_rise_one_by_one() {
    for (name, record) in debates() {
        let numbers: Vec<u32> = record.statements().map(|s| s.number).collect();
        assert_eq!(numbers, (1..).take(numbers.len()).collect::<Vec<u32>>(), "{name}");
        assert!(record.items.iter().all(|i| i.page().is_some()), "{name}");
        let all: Vec<u32> = record.items.iter().flat_map(pages).collect();
        // The first page is the cover, as in a printed record.
        assert_eq!(all.first(), Some(&2), "{name}");
        for pair in all.windows(2) {
            assert!(pair[1] == pair[0] || pair[1] == pair[0] + 1, "{name}: {pair:?}");
        }
    }
}

#[test]
fn a_page_turns_between_two_words() {
    let mut turns = 0;
    for (name, record) in debates() {
        for p in record.statements().flat_map(|s| &s.paragraphs) {
            for b in &p.breaks {
                let before = p.text.get(..b.at).unwrap_or_else(|| panic!("{name}: {b:?}"));
                assert!(before.ends_with(char::is_whitespace), "{name}: {before:?}");
                assert!(p.text[b.at..].starts_with(|c: char| !c.is_whitespace()), "{name}: {b:?}");
                turns += 1;
            }
        }
    }
    assert!(turns >= 8, "{turns} turns of a page inside a paragraph");
}

/// A text in lower case without its marks, so that punctuation does not hide a shared run.
fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The paragraphs that are a speaker's own: without the stretches in which the chair conducts the
/// meeting, and without the sentence with which it announces a statement for its State.
fn own(statement: &Statement) -> impl Iterator<Item = &Paragraph> {
    let announced = ["I shall now make a statement in my capacity", "Je vais maintenant faire"];
    let conducting = |i: usize| statement.capacity_at(i) == Some(Capacity::President);
    let paragraphs = statement.paragraphs.iter().enumerate();
    paragraphs.filter(move |(i, _)| !conducting(*i)).map(|(_, p)| p).filter(move |p| {
        statement.speaker.as_ != As::President || !announced.iter().any(|a| p.text.starts_with(a))
    })
}

#[test]
fn no_two_statements_share_a_run_of_words() {
    let mut seen: HashMap<Vec<String>, (String, u32)> = HashMap::new();
    for (name, record) in debates() {
        for s in substantive(&record) {
            let here = (name.clone(), s.number);
            let words: Vec<String> = own(s).flat_map(|p| plain_words(&p.text)).collect();
            for run in words.windows(RUN) {
                let first = seen.entry(run.to_vec()).or_insert_with(|| here.clone());
                assert_eq!(*first, here, "both say {:?}", run.join(" "));
            }
        }
    }
    assert!(seen.len() > 10_000, "only {} runs were compared", seen.len());
}

/// What stands on page `page` of a paragraph.
fn on_page(p: &Paragraph, page: u32) -> String {
    p.text.char_indices().filter(|(at, _)| p.page_at(*at) == Some(page)).map(|(_, c)| c).collect()
}

/// References to a page of a debate in a text: where they stand, the symbol, the page.
fn paged(text: &str) -> Vec<(usize, Symbol, u32)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("MSC/PV.") {
        let inner = text[at..].split(')').next().unwrap_or_default();
        if let Some((symbol, page)) = inner.split_once(", p. ") {
            found.push((at, symbol.parse().unwrap(), page.parse().unwrap()));
        }
    }
    found
}

#[test]
fn a_page_cited_exists_and_carries_the_words_quoted() {
    let debates = debates();
    let (mut references, mut quotations) = (0, 0);
    for (name, record) in &debates {
        for s in record.statements() {
            for p in &s.paragraphs {
                for (at, symbol, page) in paged(&p.text) {
                    references += 1;
                    let cited = debates
                        .values()
                        .find(|r| r.symbol == symbol && r.language == Language::English);
                    let cited = cited.unwrap_or_else(|| panic!("{name}: no {symbol}"));
                    assert!(cited.date <= record.date, "{name} cites a later {symbol}");
                    assert!(
                        cited.items.iter().flat_map(pages).any(|n| n == page),
                        "{symbol} {page}"
                    );
                    if record.language != Language::English {
                        continue;
                    }
                    let (_, quote) = p.text[..at].rsplit_once('“').unwrap();
                    let quote = quote.split('”').next().unwrap().trim_end_matches([',', '.']);
                    // "[c]onsent" marks a letter whose case the speaker changed.
                    let quote = quote.split_once(']').map_or(quote, |(_, rest)| rest);
                    let mut there = cited.statements().flat_map(|s| &s.paragraphs);
                    assert!(
                        there.any(|p| on_page(p, page).contains(quote)),
                        "{name}: {quote:?} is not on page {page} of {symbol}"
                    );
                    quotations += 1;
                }
            }
        }
    }
    assert!(references >= 8 && quotations >= 7, "{references} references, {quotations} quotations");
}

#[test]
fn every_vote_is_of_the_members_on_the_cover_and_its_outcome_follows() {
    let mut outcomes = BTreeSet::new();
    for (name, record) in debates() {
        let cover: BTreeSet<&str> = record.members.iter().map(|m| m.state.as_str()).collect();
        for vote in record.votes() {
            let cast: Vec<&str> = [&vote.in_favour, &vote.against, &vote.abstaining]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            assert_eq!(cast.len(), 15, "{name}");
            assert_eq!(cast.into_iter().collect::<BTreeSet<_>>(), cover, "{name}");
            let said = vote.announced.unwrap();
            assert_eq!(said.in_favour as usize, vote.in_favour.len(), "{name}");
            assert_eq!(said.against as usize, vote.against.len(), "{name}");
            assert_eq!(said.abstaining as usize, vote.abstaining.len(), "{name}");
            let stopped = vote.against.iter().any(|m| PERMANENT.contains(&m.as_str()));
            let outcome = match (vote.in_favour.len() >= 9, stopped && !vote.procedural) {
                (true, true) => Outcome::Vetoed,
                (true, false) => Outcome::Adopted,
                (false, _) => Outcome::NotAdopted,
            };
            assert_eq!(vote.outcome, Some(outcome), "{name}");
            assert_eq!(vote.adopted_as.is_some(), outcome == Outcome::Adopted && !vote.procedural);
            outcomes.insert((outcome.words(), vote.procedural));
        }
    }
    let wanted = [("adopted", false), ("adopted", true), ("vetoed", false)];
    assert_eq!(outcomes.into_iter().collect::<Vec<_>>(), wanted);
}

#[test]
fn kazakhstan_speaks_on_reconciliation_in_the_resumption() {
    let record = debate("MSC/PV.1 (Resumption 1)", &Language::English);
    assert_eq!(record.date.to_string(), "2019-11-19");
    let kazakhstan = Some("Kazakhstan");
    let s = record.statements().find(|s| s.speaker.state.as_deref() == kazakhstan).unwrap();
    assert_eq!((s.speaker.name.as_str(), s.speaker.rule), ("Mr. Sarsenov", Some(37)));
    let cited = [
        "(MSC/PV.1, p. ",
        "(S/PRST/2018/1)",
        "resolution 1325 (2000)",
        "esolution 2282 (2016)",
        "S/PV.8628, p. 2",
        "(S/PV.8668)",
    ];
    for reference in cited {
        assert!(s.text().contains(reference), "{reference}");
    }
}

#[test]
fn the_council_hears_every_sort_of_speaker() {
    let all: Vec<Record> = debates().into_values().collect();
    let statements = || all.iter().flat_map(Record::statements);
    let resumed = statements().filter(|s| {
        let set: Vec<Capacity> = s.paragraphs.iter().filter_map(|p| p.capacity).collect();
        s.speaker.as_ == As::President && set == [Capacity::National, Capacity::President]
    });
    assert!(resumed.count() >= 3, "the President speaks for a State and resumes the chair");
    let groups: BTreeMap<&str, usize> = statements()
        .flat_map(|s| &s.on_behalf_of)
        .map(|b| (b.group.as_str(), b.members.len()))
        .collect();
    assert_eq!(groups.get("A3"), Some(&3), "{groups:?}");
    assert_eq!(groups.get("Nordic countries"), Some(&5), "{groups:?}");
    assert!(groups.contains_key("European Union and its member States"), "{groups:?}");
    for s in statements() {
        let speaker = &s.speaker;
        let ruled = match speaker.rule {
            Some(37) => speaker.as_ == As::Invited && speaker.state.is_some(),
            Some(39) => speaker.as_ == As::Invited && speaker.organization.is_some(),
            _ => matches!(speaker.as_, As::President | As::Member) && speaker.state.is_some(),
        };
        assert!(ruled, "{speaker:?}");
    }
    for (record, s) in all.iter().flat_map(|r| r.statements().map(move |s| (r, s))) {
        let printed = &s.speaker.printed;
        let marked = printed.contains("(spoke in") || printed.contains("(parle en");
        assert_eq!(marked, s.spoken.as_ref() != Some(&record.language), "{printed}");
    }
    let briefers = statements().filter(|s| s.speaker.rule == Some(39)).count();
    assert!(briefers >= 5, "{briefers} briefings under rule 39");
}

#[test]
fn the_two_editions_of_one_debate_have_the_same_statements() {
    let [english, french] =
        [Language::English, Language::French].map(|language| debate("MSC/PV.5", &language));
    let shape = |record: &Record| -> Vec<_> {
        let of = |s: &Statement| {
            let capacities: Vec<_> = s.paragraphs.iter().map(|p| p.capacity).collect();
            let speaker = s.speaker.clone();
            (s.number, speaker.state, speaker.rule, speaker.as_, s.spoken.clone(), capacities)
        };
        record.statements().map(of).collect()
    };
    assert_eq!(shape(&english), shape(&french));
    assert_eq!(english.items.len(), french.items.len());
}

#[test]
fn no_debate_carries_a_character_that_could_drive_a_terminal() {
    for (name, record) in debates() {
        let text: String = record.statements().map(Statement::text).collect();
        assert_eq!(text.chars().find(|c| harmless::is_harmful(*c) && *c != '\n'), None, "{name}");
    }
}
