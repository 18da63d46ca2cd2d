//! Invented records that are sound, and what is found once something in them is wrong.

use proptest::prelude::*;

use super::*;
use crate::record::{
    Announced, As, Break, Capacity, Direction, Kind, Language, Outcome, Paragraph, Source, Speaker,
    Statement, Status, Symbol, Vote, VoteKind, json,
};

/// The members of 2020; in the order of the lists below.
const MEMBERS: [&str; 15] = [
    "Belgium",
    "China",
    "Dominican Republic",
    "Estonia",
    "France",
    "Germany",
    "Indonesia",
    "Niger",
    "Russian Federation",
    "Saint Vincent and the Grenadines",
    "South Africa",
    "Tunisia",
    "United Kingdom",
    "United States",
    "Viet Nam",
];

fn names(from: usize, to: usize) -> Vec<String> {
    MEMBERS[from..to].iter().map(|m| (*m).to_owned()).collect()
}

/// A statement with one paragraph on page 2; the chair has no State.
fn statement(number: u32, printed: &str, state: Option<&str>, text: &str) -> Item {
    let name = printed.split(" (").next().unwrap().to_owned();
    let as_ = if name == "The President" { As::President } else { As::Member };
    Item::Statement(Statement {
        number,
        page: Some(2),
        speaker: Speaker {
            printed: printed.to_owned(),
            name,
            state: state.map(str::to_owned),
            as_,
            ..Speaker::default()
        },
        paragraphs: vec![Paragraph {
            page: Some(2),
            text: text.to_owned(),
            ..Paragraph::default()
        }],
        ..Statement::default()
    })
}

fn record(items: Vec<Item>) -> Record {
    Record {
        format: Record::FORMAT.to_owned(),
        symbol: Symbol::verbatim(99_998),
        kind: Kind::Verbatim,
        exercise: false,
        language: Language::English,
        status: Status::Provisional,
        corrections: Vec::new(),
        date: "2020-02-11".parse().unwrap(),
        opened: None,
        closed: None,
        place: None,
        presidents: Vec::new(),
        members: Vec::new(),
        agenda: Vec::new(),
        topic: String::new(),
        topic_from: None,
        items,
        doubts: Vec::new(),
        source: Source::default(),
    }
}

/// A vote of 14 to none with one abstention, between the words before it and those after it.
fn voted(before: &str, vote: Vote, after: &str) -> Record {
    record(vec![
        statement(1, "The President", None, before),
        Item::Direction(Direction { page: Some(2), text: "A vote was taken.".to_owned() }),
        Item::Vote(vote),
        statement(2, "The President", None, after),
    ])
}

const BEFORE: &str = "Members have before them document S/2099/1, which contains the text of a draft resolution. I shall put the draft resolution to the vote now.";
const AFTER: &str = "The draft resolution received 14 votes in favour, none against and 1 abstention. The draft resolution has been adopted as resolution 9815 (2099).";

fn sound_vote() -> Vote {
    Vote { page: Some(2), in_favour: names(0, 14), abstaining: names(14, 15), ..Vote::default() }
}

fn checked(mut record: Record) -> (Vote, Vec<String>) {
    check_record(&mut record, &[]);
    let vote = record.votes().next().unwrap().clone();
    (vote, record.all_doubts().into_iter().map(|d| d.text).collect())
}

#[test]
fn a_sound_vote_has_a_kind_an_outcome_and_no_doubt() {
    let (vote, doubts) = checked(voted(BEFORE, sound_vote(), AFTER));
    assert_eq!(doubts, Vec::<String>::new());
    assert_eq!(vote.kind, VoteKind::Substantive);
    assert_eq!(vote.on, ["S/2099/1"]);
    assert_eq!(vote.outcome, Some(Outcome::Adopted));
    assert_eq!(vote.adopted_as.as_deref(), Some("S/RES/9815 (2099)"));
}

/// Changes a vote.
type Change = fn(&mut Vote);

#[test]
fn what_cannot_be_right_in_a_vote_is_said_and_its_lists_stay() {
    let cases: [(&str, Change, &[&str]); 8] = [
        ("sixteen", |v| v.against = vec!["Peru".to_owned()], &["16 members", "Peru was no member"]),
        ("twice", |v| v.in_favour[3] = "Belgium".to_owned(), &["Belgium is in its lists twice"]),
        ("two lists", |v| v.abstaining[0] = "France".to_owned(), &["France is in its lists twice"]),
        ("no member", |v| v.in_favour[3] = "Peru".to_owned(), &["Peru was no member"]),
        ("a person", |v| v.in_favour[3] = "Mr. Orlan".to_owned(), &["\"Mr. Orlan\"", "no State"]),
        ("lost", |v| drop(v.in_favour.pop()), &["13-0-1", "14-0-1"]),
        (
            "moved",
            |v| v.against = vec![v.in_favour.pop().unwrap()],
            &["13-1-1", "a permanent member"],
        ),
        ("no list", |v| *v = Vote::default(), &["no member is in its lists"]),
    ];
    for (name, change, expected) in cases {
        let mut printed = sound_vote();
        change(&mut printed);
        let (vote, doubts) = checked(voted(BEFORE, printed.clone(), AFTER));
        for words in expected {
            assert!(doubts.iter().any(|d| d.contains(words)), "{name}: {words}: {doubts:#?}");
        }
        assert!(!vote.doubts.is_empty(), "{name}");
        let lists = |v: &Vote| (v.in_favour.clone(), v.against.clone(), v.abstaining.clone());
        assert_eq!(lists(&vote), lists(&printed), "{name}");
    }
}

#[test]
fn names_of_the_day_and_the_cover_make_a_member() {
    let mut old = sound_vote();
    // Another name of the same State is the same member, also when it is there twice.
    old.abstaining[0] = "Vietnam".to_owned();
    assert_eq!(checked(voted(BEFORE, old.clone(), AFTER)).1, Vec::<String>::new());
    old.in_favour[0] = "Viet Nam".to_owned();
    assert!(checked(voted(BEFORE, old, AFTER)).1[0].contains("Vietnam is in its lists twice"));

    let mut peru = sound_vote();
    peru.in_favour[0] = "Peru".to_owned();
    let mut made = voted(BEFORE, peru, AFTER);
    made.presidents = vec![crate::record::President {
        name: "Ms. Vey".to_owned(),
        state: Some("Peru".to_owned()),
    }];
    assert_eq!(checked(made).1, Vec::<String>::new());
}

#[test]
fn before_1966_the_council_has_eleven_members_and_seven_decide() {
    let old = |favour: usize, against: usize| Vote {
        in_favour: names(0, favour),
        against: names(favour, favour + against),
        ..Vote::default()
    };
    let announced = |favour, against| {
        format!(
            "There were {favour} votes in favour and {against} against. The draft resolution has been adopted."
        )
    };
    let on = |vote, after: &str| {
        let mut made = voted(BEFORE, vote, after);
        made.date = "1950-06-01".parse().unwrap();
        made.members = MEMBERS
            .iter()
            .map(|m| crate::record::Member { state: (*m).to_owned(), representative: None })
            .collect();
        checked(made).1
    };
    assert!(on(old(7, 5), &announced(7, 5))[0].contains("12 members are in its lists"));
    assert!(on(old(6, 4), &announced(6, 4))[0].contains("6 in favour of the 7 needed"));
    assert!(!on(old(7, 4), &announced(7, 4)).iter().any(|d| d.contains("needed")));
}

#[test]
fn a_vote_without_an_announcement_is_doubtful() {
    let (vote, doubts) = checked(voted(BEFORE, sound_vote(), "I thank members for their support."));
    assert_eq!((vote.outcome, vote.announced), (None, None));
    assert!(doubts[0].contains("no announcement"), "{doubts:?}");
    let mut short = sound_vote();
    short.abstaining.clear();
    let said = "The draft resolution has been adopted unanimously as resolution 9815 (2099).";
    let (_, doubts) = checked(voted(BEFORE, short, said));
    assert!(doubts[0].contains("14 of the 15 members"), "{doubts:?}");
}

#[test]
fn a_veto_needs_a_matter_of_substance_and_enough_votes() {
    let with = |favour: usize, before: &str| {
        let vote = Vote {
            in_favour: MEMBERS
                .iter()
                .filter(|m| **m != "China")
                .take(favour)
                .map(|m| (*m).to_owned())
                .collect(),
            against: names(1, 2),
            abstaining: MEMBERS
                .iter()
                .filter(|m| **m != "China")
                .skip(favour)
                .map(|m| (*m).to_owned())
                .collect(),
            ..Vote::default()
        };
        let after = format!(
            "It received {favour} votes in favour, 1 against and {} abstentions. It has not been adopted.",
            14 - favour
        );
        checked(voted(before, vote, &after))
    };
    let amendment = "I shall first put to the vote the draft amendment in S/2099/2.";
    let agenda = "I shall put the provisional agenda to the vote.";
    for (favour, before, outcome, kind) in [
        (9, BEFORE, Outcome::Vetoed, VoteKind::Substantive),
        (8, BEFORE, Outcome::NotAdopted, VoteKind::Substantive),
        (9, amendment, Outcome::Vetoed, VoteKind::Amendment),
        (9, agenda, Outcome::NotAdopted, VoteKind::Procedural),
        (9, "I shall put it to the vote now.", Outcome::NotAdopted, VoteKind::Unknown),
    ] {
        let (vote, doubts) = with(favour, before);
        assert_eq!((vote.outcome, vote.kind), (Some(outcome), kind), "{favour} {before}");
        let agenda_doubt = kind == VoteKind::Procedural;
        assert_eq!(!doubts.is_empty(), agenda_doubt, "{favour} {before}: {doubts:?}");
    }
}

#[test]
fn the_second_vote_of_a_meeting_is_not_on_the_draft_of_the_first() {
    let first = "I shall put to the vote the draft resolution contained in document S/2099/1.";
    let second = "The draft resolution in S/2099/1 received 14 votes in favour, none against and 1 abstention. The draft resolution has been adopted as resolution 9815 (2099).\nI shall now put to the vote the draft resolution in S/2099/2.";
    let mut made = voted(first, sound_vote(), second);
    made.items.push(Item::Vote(sound_vote()));
    made.items.push(statement(3, "The President", None, AFTER));
    check_record(&mut made, &[]);
    let on: Vec<_> = made.votes().map(|v| v.on.clone()).collect();
    assert_eq!(on, [["S/2099/1"], ["S/2099/2"]]);
}

#[test]
fn words_around_a_vote_in_one_statement_are_used() {
    let mut made = record(vec![
        statement(1, "The President", None, "Everything in one."),
        Item::Vote(sound_vote()),
    ]);
    let words = VoteWords { before: BEFORE.to_owned(), after: AFTER.to_owned() };
    check_record(&mut made, &[words]);
    assert_eq!(made.all_doubts(), []);
    assert_eq!(made.votes().next().unwrap().kind, VoteKind::Substantive);
}

#[test]
fn a_result_without_a_vote_is_said() {
    let mut made = record(vec![
        statement(1, "The President", None, BEFORE),
        statement(2, "The President", None, AFTER),
    ]);
    check_record(&mut made, &[]);
    let all = made.all_doubts();
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].statement, Some(2));
    assert!(all[0].text.contains("14-0-1"), "{all:?}");
}

#[test]
fn pages_without_gap_repeat_or_step_back() {
    let on_pages = |pages: &[u32], breaks: &[u32]| {
        let mut items: Vec<Item> = Vec::new();
        for page in pages {
            items.push(Item::Direction(Direction { page: Some(*page), text: "-".to_owned() }));
        }
        let Item::Statement(mut last) =
            statement(1, "Mr. Orlan (Peru)", Some("Peru"), "Words of it.")
        else {
            unreachable!()
        };
        last.page = pages.last().copied();
        last.paragraphs[0].page = last.page;
        last.paragraphs[0].breaks =
            breaks.iter().enumerate().map(|(at, page)| Break { at: at + 1, page: *page }).collect();
        items.push(Item::Statement(last));
        let mut made = record(items);
        check_record(&mut made, &[]);
        made.doubts.into_iter().map(|d| d.text).collect::<Vec<_>>()
    };
    assert_eq!(on_pages(&[2, 2, 3], &[4, 5]), Vec::<String>::new());
    for (pages, breaks, words) in [
        (&[2, 4][..], &[][..], "page 3 is missing: page 4 follows page 2"),
        (&[2], &[3, 6], "pages 4 to 5 are missing"),
        (&[3, 2], &[], "page 2 comes after page 3"),
        (&[2], &[3, 3], "page 3 begins twice"),
        (&[2], &[2], "page 2 begins twice"),
    ] {
        let found = on_pages(pages, breaks);
        assert!(found.len() == 1 && found[0].contains(words), "{words}: {found:?}");
    }
}

#[test]
fn the_date_of_the_table_and_of_another_edition() {
    let mut made = record(vec![statement(1, "The President", None, "Words.")]);
    made.symbol = Symbol::verbatim(8700);
    made.date = "2020-01-11".parse().unwrap();
    let mut other = made.clone();
    check_record(&mut made, &[]);
    assert!(made.doubts.iter().any(|d| d.text.contains("2020-01-10")), "{:?}", made.doubts);
    // A warning of the source that says so is enough.
    let mut warned = other.clone();
    warned.source.warnings.extend(made.doubts.iter().map(|d| d.text.clone()));
    check_record(&mut warned, &[]);
    assert!(!warned.doubts.iter().any(|d| d.text.contains("2020-01-10")), "{:?}", warned.doubts);

    other.language = Language::Spanish;
    let compare = |other: &Record| compare_editions(&made, std::slice::from_ref(other));
    assert_eq!(compare(&other), []);
    other.date = "2020-01-10".parse().unwrap();
    let found = compare(&other);
    assert!(found.len() == 1 && found[0].text.contains("2020-01-10 in the edition in Spanish"));
    other.symbol = Symbol::verbatim(8701);
    assert_eq!(compare(&other), []);
}

/// Whether a chair's words and the next speaker raise a doubt.
fn floor(language: Language, call: &str, printed: &str, state: Option<&str>) -> bool {
    let mut made = record(vec![
        statement(1, "The President", None, call),
        statement(2, printed, state, "Thank you."),
    ]);
    made.language = language;
    check_record(&mut made, &[]);
    !made.doubts.is_empty()
}

#[test]
fn the_next_speaker_is_the_one_who_has_the_floor() {
    use Language::{Chinese, English, French, Russian, Spanish};
    let peru = Some("Peru");
    for (language, call, printed, state) in [
        (English, "I now give the floor to the representative of Peru.", "Mr. Orlan (Peru)", peru),
        (English, "I give the floor to Ms. Vey.", "Ms. Vey (Under-Secretary-General)", None),
        (
            English,
            "I give the floor to the Minister for Foreign Affairs of Peru, Her Excellency Ms. Ana Vey.",
            "Ms. Vey Orlan (Peru)",
            peru,
        ),
        (
            English,
            "I now give the floor to the observer of the Invented Union.",
            "Mr. Orlan (Invented Union)",
            None,
        ),
        (English, "I shall give the floor to members who wish to speak.", "Mr. Orlan (Peru)", peru),
        (English, "I give the floor to Ms. Vey. I remind Mr. Orlan of the time.", "Ms. Vey", None),
        (
            French,
            "Je donne maintenant la parole au représentant du Pérou.",
            "M. Orlan (Pérou)",
            peru,
        ),
        (Spanish, "Tiene ahora la palabra la representante del Perú.", "Sra. Vey (Perú)", peru),
        (Russian, "Сейчас я предоставляю слово представителю Перу.", "Г-н Орлан (Перу)", peru),
        (Russian, "Слово предоставляется г-ну Орлану.", "Г-н Орлан (Перу)", peru),
        (Chinese, "我现在请秘鲁代表发言。", "奥兰先生（智利）", Some("Chile")),
    ] {
        assert!(!floor(language, call, printed, state), "{call} / {printed}");
    }
    for (language, call, printed, state) in [
        (English, "I now give the floor to the representative of Chile.", "Mr. Orlan (Peru)", peru),
        (English, "I give the floor to Sister Agnes, Ms. Vey.", "Mr. Orlan (Peru)", peru),
        (
            English,
            "I now give the floor to the representative of South Africa.",
            "Mr. Orlan (South Sudan)",
            Some("South Sudan"),
        ),
        (English, "I now give the floor to the representative of Peru.", "The President", None),
        (
            English,
            "I now give the floor to Ms. Vey. Ms. Vey. I thank you for it all.",
            "The President",
            None,
        ),
        (
            French,
            "Je donne maintenant la parole au représentant du Chili.",
            "M. Orlan (Pérou)",
            peru,
        ),
        (Spanish, "Tiene ahora la palabra la representante de Chile.", "Sra. Vey (Perú)", peru),
        (Russian, "Слово предоставляется г-же Вей.", "Г-н Орлан (Перу)", peru),
    ] {
        assert!(floor(language, call, printed, state), "{call} / {printed}");
    }
    let members = "Слово предоставляется членам Совета, желающим выступить.";
    assert!(!floor(Russian, members, "Г-н Орлан (Перу)", peru));
    // The record is cut off where somebody has the floor.
    let mut cut = record(vec![statement(1, "The President", None, "I give the floor to Ms. Vey.")]);
    check_record(&mut cut, &[]);
    assert!(cut.doubts[0].text.contains("the record ends"), "{:?}", cut.doubts);
}

#[test]
fn doubts_are_added_once_and_capped() {
    let mut made = voted(BEFORE, Vote { in_favour: names(0, 3), ..Vote::default() }, AFTER);
    check_record(&mut made, &[]);
    let once = made.clone();
    assert!(!once.all_doubts().is_empty());
    add_doubts(&mut made);
    assert_eq!(made, once);

    let pages = (1..200).map(|n| {
        let page = Some(3 * n);
        Item::Direction(Direction { page, text: "-".to_owned() })
    });
    let mut many = record(pages.collect());
    check_record(&mut many, &[]);
    assert_eq!(many.doubts.len(), MOST + 1);
    assert!(many.doubts[MOST].text.ends_with("more doubts"));
}

/// A word or a State that may be anywhere.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(&MEMBERS[..]).prop_map(str::to_owned),
        "\\PC{0,12}",
        Just("The President".to_owned()),
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    let words =
        [BEFORE, AFTER, "I give the floor to Mr. Orlan (Peru).", "S/", "(", "表决。", "\n", "é."];
    proptest::collection::vec(
        prop_oneof![proptest::sample::select(words.to_vec()).prop_map(str::to_owned), "\\PC{0,30}"],
        0..4,
    )
    .prop_map(|parts| parts.concat())
}

fn any_item() -> impl Strategy<Value = Item> {
    let names = || proptest::collection::vec(any_name(), 0..18);
    let page = || proptest::option::of(prop_oneof![0..9u32, Just(u32::MAX)]);
    prop_oneof![
        (page(), any_text()).prop_map(|(page, text)| Item::Direction(Direction { page, text })),
        (page(), any_name(), any_text(), any::<bool>(), page()).prop_map(
            |(page, name, text, chair, turn)| {
                let as_ = if chair { As::President } else { As::Unknown };
                let speaker = Speaker { printed: name.clone(), name, as_, ..Speaker::default() };
                let breaks = turn.map(|page| Break { at: 0, page }).into_iter().collect();
                let capacity = Some(Capacity::National);
                let paragraphs = vec![Paragraph { page, text, capacity, breaks }];
                Item::Statement(Statement { page, speaker, paragraphs, ..Statement::default() })
            }
        ),
        (page(), names(), names(), names(), names(), any::<[u32; 3]>()).prop_map(
            |(page, in_favour, against, abstaining, not_voting, [yes, no, abstain])| {
                Item::Vote(Vote {
                    page,
                    in_favour,
                    against,
                    abstaining,
                    not_voting,
                    announced: Some(Announced { in_favour: yes, against: no, abstaining: abstain }),
                    ..Vote::default()
                })
            }
        ),
    ]
}

proptest! {
    #[test]
    fn any_record_is_checked_and_kept_as_printed(
        items in proptest::collection::vec(any_item(), 0..8),
        year in 1940..2030i16,
        language in proptest::sample::select(&Language::OFFICIAL[..]),
        words in any_text(),
    ) {
        let mut made = record(items);
        made.date = jiff::civil::Date::new(year, 2, 11).unwrap();
        made.language = language;
        let mut number = 0;
        for item in &mut made.items {
            if let Item::Statement(s) = item {
                number += 1;
                s.number = number;
            }
        }
        let printed = made.clone();
        check_record(&mut made, &[VoteWords { before: words.clone(), after: words }]);
        prop_assert_eq!(made.items.len(), printed.items.len());
        for (found, before) in made.items.iter().zip(&printed.items) {
            match (found, before) {
                (Item::Vote(found), Item::Vote(before)) => {
                    let lists = |v: &Vote| {
                        [&v.in_favour, &v.against, &v.abstaining, &v.not_voting].map(Clone::clone)
                    };
                    prop_assert_eq!(lists(found), lists(before));
                    prop_assert_eq!(found.procedural, found.kind == VoteKind::Procedural);
                    let total: usize = lists(found).iter().map(Vec::len).sum();
                    let most = if year < 1966 { 11 } else { 15 };
                    prop_assert!(total <= most || !found.doubts.is_empty());
                }
                (found, before) => prop_assert_eq!(found, before),
            }
        }
        // What is stored is read again, and a second look finds nothing new.
        let again = json::read_record(json::write_record(&made).as_bytes()).unwrap();
        prop_assert_eq!(&again, &made);
        let mut twice = made.clone();
        add_doubts(&mut twice);
        prop_assert_eq!(twice, made);
    }
}
