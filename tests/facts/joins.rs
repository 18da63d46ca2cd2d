//! The tables joined by date. What does not join is named here with its reason; so is each known fault.

use std::collections::{BTreeMap, BTreeSet};

use spv::facts::votes::{Ballot, Vote};
use spv::facts::{council, meetings, states, votes};
use spv::record::{Outcome, VoteKind};

use super::plain::{plain_key, rows, text};

/// Votes whose count does not follow from the members named: it is not known who voted how.
const COUNTS: [&str; 7] = [
    "S/1148",
    "S/1158",
    "S/1159",
    "S/516",
    "S/RES/2812 (2026)",
    "S/RES/2826 (2026)",
    "S/RES/2829 (2026)",
];

/// Votes of which only the members against are known.
const AGAINST_ONLY: [&str; 2] = ["S/2026/273", "S/2026/740"];

/// Adopted although a permanent member voted against: procedural decisions, where there is no veto
/// (Charter, Article 27 (2)), and calls for emergency special sessions (General Assembly 377 A (V)).
const PROCEDURAL: [&str; 11] = [
    "S/PV.8960",
    "S/RES/34 (1947)",
    "S/RES/87 (1950)",
    "S/RES/88 (1950)",
    "S/RES/110 (1955)",
    "S/RES/119 (1956)",
    "S/RES/120 (1956)",
    "S/RES/132 (1959)",
    "S/RES/157 (1960)",
    "S/RES/462 (1980)",
    "S/RES/2623 (2022)",
];

/// Listed once as vetoed and once as not adopted, with the same votes; each row says so.
const TWICE: [&str; 1] = ["S/5134"];

fn counts(vote: &Vote) -> [u16; 4] {
    let casts = vote.casts();
    [Ballot::InFavour, Ballot::Against, Ballot::Abstaining, Ballot::NotVoting].map(|ballot| {
        u16::try_from(casts.iter().filter(|cast| cast.ballot == ballot).count()).unwrap()
    })
}

#[test]
fn every_voter_is_a_member_on_that_day_and_every_member_votes() {
    for vote in votes::all() {
        let council = council::on(vote.date).unwrap();
        let seats: Vec<_> =
            council.seats.iter().map(|seat| (seat.state, seat.called, seat.permanent)).collect();
        let casts: Vec<_> =
            vote.casts().iter().map(|cast| (cast.state, cast.called, cast.permanent)).collect();
        assert_eq!(casts, seats, "{} of {}", vote.reference, vote.date);
    }
}

#[test]
fn what_was_mended_in_the_members_is_said_in_each_row() {
    let mut mended: BTreeMap<String, u32> = BTreeMap::new();
    for vote in votes::all() {
        if let Some(at) =
            vote.note.find("The table has ").filter(|_| vote.note.contains("no member"))
        {
            *mended.entry(vote.note[at..].split(". ").next().unwrap().to_owned()).or_default() += 1;
        }
    }
    let expected = [
        ("The table has Algeria, which was no member; Argentina was.", 27),
        ("The table has Slovakia, which was no member; Slovenia was.", 53),
        ("The table has Turkey, which was no member; Portugal was.", 123),
    ];
    assert_eq!(
        mended,
        expected.map(|(words, count)| (words.to_owned(), count)).into_iter().collect()
    );
}

#[test]
fn counts_are_those_of_the_members_named_or_the_row_is_marked() {
    let mut differ = BTreeSet::new();
    for vote in votes::all() {
        if !vote.counts_known || counts(&vote) != [vote.yes, vote.no, vote.abstain, vote.not_voting]
        {
            let unknown = vote.casts().iter().filter(|c| c.ballot == Ballot::Unknown).count();
            let against = usize::from(vote.no);
            if vote.note.contains("How the other members voted is not known.") {
                assert_eq!((against, unknown), (2, 13), "{}", vote.reference);
            } else {
                assert!(vote.note.contains("How each member voted is not known."));
                assert_eq!(unknown, vote.casts().len(), "{}", vote.reference);
            }
            differ.insert(vote.reference);
        }
    }
    assert_eq!(differ, COUNTS.into_iter().chain(AGAINST_ONLY).collect());
}

#[test]
fn the_member_with_a_comma_in_its_name_is_one() {
    let mut years = BTreeSet::new();
    for vote in votes::all() {
        if vote.casts().iter().any(|cast| cast.called == "Federal Republic of Germany") {
            years.insert(vote.date.year());
        }
    }
    assert_eq!(years, BTreeSet::from([1977, 1978, 1987, 1988]));
}

#[test]
fn an_outcome_is_a_veto_exactly_when_the_votes_are() {
    let mut adopted = BTreeSet::new();
    let mut other = BTreeSet::new();
    for vote in votes::all() {
        let needed = if vote.date.year() < 1966 { 7 } else { 9 };
        let against =
            vote.casts().iter().any(|cast| cast.permanent && cast.ballot == Ballot::Against);
        let veto = against && vote.yes >= needed;
        assert_eq!(
            !vote.vetoes().is_empty(),
            vote.outcome == Outcome::Vetoed,
            "{}",
            vote.reference
        );
        match vote.outcome {
            Outcome::Vetoed => assert!(veto, "{}", vote.reference),
            Outcome::Adopted if veto => drop(adopted.insert(vote.reference)),
            _ if veto => drop(other.insert(vote.reference)),
            _ => {}
        }
    }
    assert_eq!(adopted, BTreeSet::from(PROCEDURAL));
    assert_eq!(other, BTreeSet::from(TWICE));
}

#[test]
fn votes_and_meetings_join_or_say_why_not() {
    let (mut written, mut unknown, mut one_that_day, mut itself, mut dates) = (0, 0, 0, 0, 0);
    for vote in votes::all() {
        assert!(vote.meeting.is_empty() || !vote.written, "{}", vote.reference);
        assert!(vote.letter.is_empty() || vote.written, "{}", vote.reference);
        if vote.written {
            // In 2020 and 2021 votes were cast in writing and announced in videoconferences.
            assert!((2020..=2021).contains(&vote.date.year()), "{}", vote.reference);
            written += 1;
        } else if vote.meeting.is_empty() {
            assert!(vote.note.contains("The table names no meeting"), "{}", vote.reference);
            one_that_day += u32::from(vote.note.contains("on that day there was one"));
            unknown += 1;
        } else {
            let meeting =
                meetings::by_symbol(&vote.meeting.parse().unwrap()).expect(vote.reference);
            if meeting.date != vote.date {
                let listed = format!("The meeting is listed under {}.", meeting.date);
                assert!(vote.note.contains(&listed), "{} {}", vote.reference, vote.note);
                dates += 1;
            }
            itself += u32::from(vote.note.contains("the reference is the record itself"));
        }
    }
    assert_eq!((written, unknown, one_that_day, itself, dates), (58, 87, 29, 35, 39));
}

#[test]
fn each_vote_has_the_kind_that_its_tables_allow() {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for vote in votes::all() {
        *kinds.entry(vote.kind.word()).or_default() += 1;
        if vote.outcome == Outcome::Vetoed {
            assert_ne!(vote.kind, VoteKind::Procedural, "{}", vote.reference);
        }
        let procedural = PROCEDURAL.contains(&vote.reference) || vote.reference == "S/PV.8764";
        assert_eq!(vote.kind == VoteKind::Procedural, procedural, "{}", vote.reference);
    }
    let expected = [
        ("amendment", 6),
        ("preliminary", 4),
        ("procedural", 12),
        ("substantive", 3114),
        ("unknown", 90),
    ];
    assert_eq!(kinds, expected.into());
}

#[test]
fn a_draft_leads_to_what_it_became() {
    for (draft, resolution) in [
        ("S/2020/24", "S/RES/2504 (2020)"),
        ("S/2020/453", "S/RES/2521 (2020)"),
        ("S/2026/522", "S/RES/2825 (2026)"),
    ] {
        let vote = votes::by_reference(draft).unwrap();
        assert_eq!((vote.reference, vote.draft), (resolution, draft));
    }
    for vote in votes::all().filter(|vote| !vote.draft.is_empty()) {
        assert!(vote.reference.starts_with("S/RES/"), "{}", vote.reference);
        let found = votes::by_reference(vote.draft).unwrap();
        assert!(found.draft == vote.draft || found.reference == vote.draft, "{}", vote.draft);
    }
    assert_eq!(votes::by_reference("2504").unwrap().sponsors(), ["Belgium", "Germany"]);
}

#[test]
fn resolutions_of_the_meetings_have_a_vote() {
    let references: BTreeSet<_> = votes::all().map(|vote| vote.reference).collect();
    let mut missing = Vec::new();
    for meeting in meetings::all() {
        for outcome in meeting.outcomes.split("; ").filter(|outcome| outcome.starts_with("S/RES/"))
        {
            if !references.contains(outcome) {
                missing.push(outcome);
            }
        }
    }
    // The library's table has these with a wrong year or with none.
    assert_eq!(missing, ["S/RES/207 (1964)", "S/RES/770 (1991)", "S/RES/771 (1991)", "S/RES/1969"]);
    let numbers: BTreeSet<u32> = votes::all()
        .filter_map(|vote| vote.reference.strip_prefix("S/RES/")?.split(' ').next()?.parse().ok())
        .collect();
    assert_eq!(numbers, (1..=2829).collect());
}

#[test]
fn meetings_that_the_table_lacks_are_known() {
    let known: BTreeSet<u32> = meetings::all()
        .filter_map(|meeting| meeting.symbol[5..].split(' ').next()?.parse().ok())
        .collect();
    let missing = |numbers: std::ops::RangeInclusive<u32>| -> Vec<u32> {
        numbers.filter(|number| !known.contains(number)).collect()
    };
    assert_eq!(
        missing(1..=9085),
        [7313, 8093, 8094, 8095, 8096, 8097, 8098, 8110, 8410, 8788, 8793, 8876]
    );
    // Between the two tables only meetings with a decision are known.
    assert_eq!(missing(9086..=9829).len(), 744 - 153);
    assert!(missing(9830..=10235).is_empty());
    assert_eq!(known.last(), Some(&10235));
}

#[test]
fn every_name_of_a_member_is_a_name_of_its_state() {
    for seat in rows("council.json") {
        for field in ["state", "called"] {
            let name = text(&seat, field);
            let state = states::lookup(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(state.name, text(&seat, "state"));
        }
    }
    for vote in votes::all() {
        for cast in vote.casts() {
            assert_eq!(
                states::lookup(cast.called).map(|s| s.name),
                Some(cast.state),
                "{}",
                vote.reference
            );
        }
        let order: Vec<_> = vote.casts().iter().map(|cast| plain_key(cast.state)).collect();
        assert_eq!(
            order.iter().collect::<BTreeSet<_>>().len(),
            order.len(),
            "{}: twice",
            vote.reference
        );
    }
}

#[test]
fn adopted_without_a_vote_is_what_the_table_of_meetings_says() {
    let (mut without, mut disputed) = (0, 0);
    for vote in votes::all() {
        let words = format!("{} without vote", vote.reference);
        let meeting = vote.meeting.parse().ok().and_then(|symbol| meetings::by_symbol(&symbol));
        let said = meeting.is_some_and(|meeting| meeting.outcome_text.contains(&words));
        assert_eq!(vote.outcome == Outcome::AdoptedWithoutVote, said, "{}", vote.reference);
        without += u32::from(said);
        disputed += u32::from(vote.note.contains("that of meetings no vote"));
    }
    assert_eq!((without, disputed), (50, 17));
}

#[test]
fn adopted_by_fewer_than_needed_is_doubted_by_the_other_table() {
    let mut doubted = Vec::new();
    for vote in votes::all().filter(|vote| vote.outcome == Outcome::Adopted) {
        let needed = if vote.date.year() < 1966 { 7 } else { 9 };
        if vote.yes < needed {
            assert!(vote.note.contains("counts 15-0-0"), "{} with {}", vote.reference, vote.yes);
            doubted.push(vote.reference);
        }
    }
    let known = [741, 744, 755, 758].map(|number| format!("S/RES/{number} (1992)"));
    assert_eq!(doubted[..4], known);
    assert_eq!(doubted[4..], ["S/RES/1691 (2006)"]);
}

#[test]
fn counts_of_the_two_tables_are_the_same_or_the_row_says_so() {
    let mut differ = 0;
    for vote in
        votes::all().filter(|vote| vote.counts_known && !vote.reference.starts_with("S/PV."))
    {
        let Some(meeting) =
            vote.meeting.parse().ok().and_then(|symbol| meetings::by_symbol(&symbol))
        else {
            continue;
        };
        let Some((_, rest)) = meeting.outcome_text.split_once(vote.reference) else { continue };
        let words = rest.split(" S/").next().unwrap_or_default();
        let Some(count) = words
            .split(' ')
            .find(|word| word.split('-').filter(|n| n.parse::<u8>().is_ok()).count() == 3)
        else {
            continue;
        };
        let same = count == format!("{}-{}-{}", vote.yes, vote.no, vote.abstain);
        let noted = vote.note.contains(&format!("The library's table of meetings counts {count}."));
        assert_eq!(noted, !same, "{}: {count}; {}", vote.reference, vote.note);
        differ += u32::from(!same);
    }
    assert_eq!(differ, 84);
}
