//! The card of a State: its terms on the Council, how it voted, what it said in this library; and the cards that
//! lead on from it: agreement with other members, vetoes.

use super::state::{Card, MOST_LINES};
use crate::app::card_line::{Target, Weight};
use crate::app::number::{long_date, thousands};
use crate::app::said::Said;
use crate::app::tally::Tally;
use crate::facts::council::{self, Term, Turn};
use crate::facts::known;
use crate::facts::votes::Ballot;
use crate::facts::voting::{self, Agreement, LeftOut, Share, Voting, Year};

/// The most presidencies that are named one by one; a permanent member has had dozens.
const PRESIDENCIES: usize = 12;

/// The most topics and groups that are listed.
const MOST: usize = 20;

/// The card of a State, by its short name.
pub fn card(said: &Said) -> Card {
    let mut card = Card::new(said.state.clone());
    card.exercise = said.exercise;
    let voting = voting::of(&said.state);
    overview(&mut card, said, &voting);
    on_the_council(&mut card, &said.state);
    votes_by_year(&mut card, &voting.years);
    statements(&mut card, said);
    card
}

/// The first lines: what Enter leads to, with its figures. The latest statement is the first, so that it opens with
/// one key.
fn overview(card: &mut Card, said: &Said, voting: &Voting) {
    let state = || said.state.as_str().into();
    for listed in &said.latest {
        let words = format!("{}\t{}\t{}", listed.date, listed.symbol, listed.name);
        let (symbol, language) = (listed.symbol.clone(), listed.language.clone());
        card.link(words, Target::Passage(symbol, language, listed.number));
    }
    match said.statements + said.for_groups {
        0 => card.push(Weight::Plain, "No statement of theirs is in your library."),
        all => {
            let groups = match said.for_groups {
                0 => String::new(),
                n => format!("; {} of them for groups", thousands(n)),
            };
            let (all, many) = (thousands(all), plural(all, "statement", "statements"));
            card.link(format!("All: {all} {many}{groups}"), Target::StatementsOf(state()));
        }
    }
    if !said.exercise {
        card.push(Weight::Faint, format!("In your library: {}.", said.coverage.words(RECORDS)));
    }
    if said.incomplete {
        let words = "Some records could not be read: statements for groups may be missing.";
        card.push(Weight::Faint, words);
    }
    if !voting.years.is_empty() {
        card.gap();
        let words = "Agreement with other members\tvote by vote";
        card.link(words, Target::Agreements(state()));
    }
    if !voting.vetoes.is_empty() {
        let (drafts, votes) = vetoes_in_words(voting);
        card.link(format!("Vetoes\t{drafts}, {votes}"), Target::Vetoes(state()));
    }
}

/// What the coverage of a whole library counts.
const RECORDS: &str = "known records";

fn plural<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

/// The two counts of vetoes: `17 drafts`, `by 18 negative votes`.
fn vetoes_in_words(voting: &Voting) -> (String, String) {
    let (drafts, votes) = (voting.vetoed_drafts(), voting.vetoes.len());
    (
        format!("{} {}", thousands(drafts), plural(drafts, "draft", "drafts")),
        format!("by {} negative {}", thousands(votes), plural(votes, "vote", "votes")),
    )
}

fn on_the_council(card: &mut Card, state: &str) {
    card.gap();
    card.push(Weight::Strong, "On the Council");
    let terms = council::terms_of(state);
    if terms.is_empty() {
        let (first, last) = council::years();
        let words = format!("  Not a member in the years of the table, {first} to {last}.");
        return card.push(Weight::Plain, words);
    }
    for term in &terms {
        card.push(Weight::Plain, term_line(term));
    }
    let turns = council::turns_of(state);
    let Some(earlier) = turns.len().checked_sub(PRESIDENCIES) else {
        for turn in turns.iter().rev() {
            card.push(Weight::Plain, turn_line(turn));
        }
        return;
    };
    let known = turns.iter().filter(|turn| turn.known).count();
    let computed = turns.len() - known;
    let words = format!("  President\t{} turns\t{known} known, {computed} computed", turns.len());
    card.push(Weight::Plain, words);
    for turn in turns[earlier..].iter().rev() {
        card.push(Weight::Plain, turn_line(turn));
    }
    if earlier > 0 {
        card.push(Weight::Faint, format!("  {earlier} earlier presidencies are not listed here"));
    }
}

fn term_line(term: &Term) -> String {
    let from = term.from.year();
    if term.permanent {
        return format!("  Member\tsince {from}\tpermanent");
    }
    let years = match term.last {
        Some(last) if last.year() == from => from.to_string(),
        Some(last) => format!("{from}\u{2013}{}", last.year()),
        None => format!("from {from}"),
    };
    format!("  Member\t{years}\t{}", term.group)
}

fn turn_line(turn: &Turn) -> String {
    format!("  President\t{}\t{}", turn.start(), council::how_known(turn.known))
}

fn votes_by_year(card: &mut Card, years: &[Year]) {
    let Some((last, first)) = years.first().zip(years.last()) else { return };
    card.gap();
    let total: u32 = years.iter().map(Year::total).sum();
    let span = span((first.year, last.year));
    card.push(Weight::Strong, format!("Votes by year: {} in {span}", thousands(total as usize)));
    let unknown = years.iter().any(|year| year.not_known > 0);
    let heads = ["in favour", "against", "abstaining", "not voting", "not known"];
    let heads = &heads[..if unknown { 5 } else { 4 }];
    card.push(Weight::Faint, format!("  \t{}", heads.join("\t")));
    for year in years {
        let counts =
            [year.in_favour, year.against, year.abstaining, year.not_voting, year.not_known];
        let cells = heads.iter().zip(counts).map(|(head, count)| {
            let count = if count == 0 { "\u{2013}".to_owned() } else { count.to_string() };
            format!("{count:>width$}", width = head.len())
        });
        let cells: Vec<String> = cells.collect();
        card.push(Weight::Plain, format!("  {}\t{}", year.year, cells.join("\t")));
    }
    let words = format!("  From the table of votes, known to {}.", long_date(known::last_vote()));
    card.push(Weight::Faint, words);
}

fn span(years: (i16, i16)) -> String {
    match years {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}\u{2013}{last}"),
    }
}

fn statements(card: &mut Card, said: &Said) {
    if said.statements + said.for_groups == 0 {
        return;
    }
    let in_library =
        |words: &str| format!("{words}, in your library: {}", said.coverage.words(RECORDS));
    if !said.years.is_empty() {
        card.gap();
        card.push(Weight::Strong, in_library("Statements by year"));
        for (year, count) in &said.years {
            card.push(Weight::Plain, format!("  {year}\t{:>6}", thousands(*count)));
        }
        card.gap();
        card.push(Weight::Strong, in_library("Statements by topic"));
        for (topic, count) in said.topics.iter().take(MOST) {
            let words = format!("  {:>5}\t{topic}", thousands(*count));
            card.link(words, Target::Topic(topic.clone()));
        }
        rest(card, said.topics.len(), "topics");
    }
    if !said.groups.is_empty() {
        card.gap();
        let words = in_library("Statements on behalf of groups, not among those above");
        card.push(Weight::Strong, words);
        for (group, count) in said.groups.iter().take(MOST) {
            card.push(Weight::Plain, format!("  {:>5}\t{group}", thousands(*count)));
        }
        rest(card, said.groups.len(), "groups");
    }
}

/// How many more there are than a list has.
fn rest(card: &mut Card, all: usize, what: &str) {
    if all > MOST {
        card.push(
            Weight::Faint,
            format!("  {} more {what} are not listed here", thousands(all - MOST)),
        );
    }
}

/// How often a State agreed with each other one while both were members.
pub fn agreements(state: &str) -> Card {
    let mut card = Card::new(format!("{state}: agreement with other members"));
    let all = voting::agreements_of(state);
    card.push(
        Weight::Plain,
        "The first line counts the votes that were not unanimous, the second all votes, in which both were members \
         and voted. An abstention and a vote against are different.",
    );
    let (permanent, elected): (Vec<&Agreement>, Vec<&Agreement>) =
        all.iter().partition(|agreement| agreement.permanent);
    for (heading, list) in
        [("With permanent members", permanent), ("With elected members", elected)]
    {
        if !list.is_empty() {
            card.gap();
            card.push(Weight::Strong, heading);
        }
        for agreement in list {
            let target = Target::Agreement(state.into(), agreement.with.into());
            let years = span(agreement.years);
            let cells = [agreement.with.to_owned(), share(agreement.divided), years];
            card.link(format!("  {}", cells.join("\t")), target);
            card.push(Weight::Faint, format!("  \t{}\tall votes", share(agreement.all)));
        }
    }
    card.gap();
    card.push(Weight::Faint, NOT_COMPARED);
    source(&mut card);
    card
}

/// What is never compared.
const NOT_COMPARED: &str = "Left out, and counted on the card of each: votes adopted without a vote, on procedure \
    or of a kind that is not known, those whose names and counts differ, and those in which one of \
    the two did not vote. Presidential statements are adopted without a vote.";

fn source(card: &mut Card) {
    let day = long_date(known::last_vote());
    card.push(Weight::Faint, format!("From the table of votes, known to {day}."));
}

/// `12 of 31`, with the percentage where there are votes enough for one.
fn share(share: Share) -> String {
    let percent = share.percent().map(|percent| format!(" ({percent} %)")).unwrap_or_default();
    let (agreed, of) = (thousands(share.agreed as usize), thousands(share.of as usize));
    format!("{agreed} of {of}{percent}")
}

/// How often two States agreed, what was left out, and where they differed.
pub fn agreement(first: &str, second: &str) -> Card {
    let mut card = Card::new(format!("Agreement of {first} and {second}"));
    let Some(both) = voting::agreements_of(first).into_iter().find(|a| a.with == second) else {
        card.push(Weight::Plain, "They were never members together in a vote.");
        return card;
    };
    let words = format!(
        "Agreed in {} non-unanimous votes, both members and voting, {}.",
        share(both.divided),
        span(both.years)
    );
    card.push(Weight::Strong, words);
    card.push(Weight::Plain, format!("Of all votes: agreed in {}.", share(both.all)));
    left_out(&mut card, both.left_out);
    card.gap();
    let differences = voting::differences(first, second);
    let count = differences.len();
    let heading =
        format!("{} {} in which they differed", thousands(count), plural(count, "vote", "votes"));
    card.push(Weight::Strong, heading);
    for difference in differences.iter().take(MOST_LINES) {
        let [one, other] = [difference.first, difference.second].map(ballot);
        let vote = difference.vote;
        let words = format!("  {}\t{}\t{one}\t{other}", vote.reference, vote.date);
        card.link(words, Target::Vote(vote.id));
    }
    card.gap();
    card.push(
        Weight::Faint,
        "An abstention and a vote against are different. Presidential statements are adopted without a vote.",
    );
    source(&mut card);
    card
}

fn left_out(card: &mut Card, left: LeftOut) {
    let reasons = [
        (left.without_vote, "adopted without a vote"),
        (left.procedural, "on procedure, or of a kind that is not known"),
        (left.counts_differ, "whose names and counts differ"),
        (left.not_known, "in which a vote is not known"),
        (left.not_voting, "in which one of the two did not vote"),
    ];
    let counted: Vec<String> = reasons
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{count} {why}"))
        .collect();
    let words = if counted.is_empty() { "none".to_owned() } else { counted.join(", ") };
    card.push(Weight::Plain, format!("Left out: {words}."));
}

fn ballot(ballot: Ballot) -> &'static str {
    match ballot {
        Ballot::InFavour => "in favour",
        Ballot::Against => "against",
        Ballot::Abstaining => "abstaining",
        Ballot::NotVoting => "not voting",
        Ballot::Unknown => "not known",
    }
}

/// The vetoes of a permanent member, the latest first.
pub fn vetoes(state: &str) -> Card {
    let mut card = Card::new(format!("{state}: vetoes"));
    let voting = voting::of(state);
    let (drafts, votes) = vetoes_in_words(&voting);
    card.push(Weight::Strong, format!("{drafts} vetoed, {votes}"));
    for vote in voting.vetoes.iter().take(MOST_LINES) {
        let score = Tally::of_fact(vote).score();
        let words = format!("  {}\t{}\t{score}\t{}", vote.date, vote.reference, vote.title);
        card.link(words, Target::Vote(vote.id));
    }
    card.gap();
    source(&mut card);
    card
}
