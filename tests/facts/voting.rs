//! Votes by year and agreement of two States, against the plain way over the JSON table.

use serde_json::Value;
use spv::facts::voting::{self, Agreement, LeftOut, Share};

use super::plain::{date, list, rows, text};

/// How a member voted, by what it was called in the table.
fn ballot(vote: &Value, called: &str) -> Option<&'static str> {
    ["in_favour", "against", "abstaining", "absent", "unknown"]
        .into_iter()
        .find(|ballot| list(vote, ballot).iter().any(|name| name == called))
}

/// The agreement of two States that were never called otherwise.
fn plain(first: &str, second: &'static str) -> Agreement {
    let mut agreement = Agreement { with: second, ..Agreement::default() };
    for vote in rows("votes.json") {
        let (Some(one), Some(other)) = (ballot(&vote, first), ballot(&vote, second)) else {
            continue;
        };
        let year = date(&vote, "date").year();
        if agreement.years.0 == 0 {
            agreement.years.0 = year;
        }
        agreement.years.1 = year;
        let left = &mut agreement.left_out;
        if text(&vote, "outcome") == "adopted without a vote" {
            left.without_vote += 1;
        } else if !["substantive", "amendment"].contains(&text(&vote, "kind")) {
            left.procedural += 1;
        } else if text(&vote, "note").contains("table of meetings counts") {
            left.counts_differ += 1;
        } else if [one, other].contains(&"unknown") {
            left.not_known += 1;
        } else if [one, other].contains(&"absent") {
            left.not_voting += 1;
        } else {
            let same = u32::from(one == other);
            let add = |share: &mut Share| {
                *share = Share { agreed: share.agreed + same, of: share.of + 1 }
            };
            add(&mut agreement.all);
            let others = ["against", "abstaining", "absent", "unknown"];
            if others.iter().any(|ballot| !list(&vote, ballot).is_empty()) {
                add(&mut agreement.divided);
            }
        }
    }
    agreement
}

#[test]
fn agreement_is_that_of_the_plain_way() {
    let mut left = LeftOut::default();
    for (first, second) in [
        ("Kazakhstan", "France"),
        ("Norway", "Mexico"),
        ("France", "United Kingdom"),
        ("Pakistan", "Algeria"),
    ] {
        let all = voting::agreements_of(first);
        let mut found = *all.iter().find(|agreement| agreement.with == second).unwrap();
        let back = voting::agreements_of(second);
        let back = back.iter().find(|agreement| agreement.with == first).unwrap();
        assert_eq!((back.divided, back.all), (found.divided, found.all), "either way the same");
        let differences = voting::differences(first, second).len();
        assert_eq!(differences as u32, found.all.of - found.all.agreed, "{first}, {second}");
        assert_eq!(found.divided.of - found.divided.agreed, found.all.of - found.all.agreed);
        found.permanent = false;
        assert_eq!(found, plain(first, second), "{first}, {second}");
        left.without_vote += found.left_out.without_vote;
        left.procedural += found.left_out.procedural;
        left.counts_differ += found.left_out.counts_differ;
        left.not_voting += found.left_out.not_voting;
    }
    let met = [left.without_vote, left.procedural, left.counts_differ, left.not_voting];
    assert!(met.iter().all(|count| *count > 0), "each reason is met: {left:?}");
}

#[test]
fn abstaining_is_not_voting_against_and_few_votes_have_no_percentage() {
    assert_eq!(Share { agreed: 12, of: 19 }.percent(), None);
    assert_eq!(Share { agreed: 13, of: 20 }.percent(), Some(65));
    assert_eq!(Share { agreed: 1, of: 200 }.percent(), Some(1));
    let differences = voting::differences("South Africa", "France");
    assert!(differences.iter().any(|d| d.vote.reference == "S/2019/757"), "abstaining, against");
    assert!(voting::differences("Kazakhstan", "Norway").is_empty(), "never members together");
}

#[test]
fn votes_by_year_are_all_votes_of_a_member() {
    let voting = voting::of("Kazakhstan");
    let years: Vec<(i16, u32)> = voting.years.iter().map(|y| (y.year, y.total())).collect();
    let plain = |year: i16| {
        let of_year = |vote: &&Value| {
            date(vote, "date").year() == year && ballot(vote, "Kazakhstan").is_some()
        };
        rows("votes.json").iter().filter(of_year).count() as u32
    };
    assert_eq!(years, [(2018, plain(2018)), (2017, plain(2017))]);
    assert!(voting.vetoes.is_empty());
    // A draft may have been voted on more than once.
    let voting = voting::of("Russian Federation");
    assert!(voting.vetoed_drafts() > 100 && voting.vetoes.len() > voting.vetoed_drafts());
    assert!(voting.vetoes.windows(2).all(|pair| pair[0].date >= pair[1].date));
    assert_eq!(voting::of("Niue"), voting::Voting::default());
}
