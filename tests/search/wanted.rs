//! What people type into Find, with slips made by rule, and whether what they want is among the first five.

use std::sync::atomic::AtomicBool;

use spv::facts::states;
use spv::library::Catalogue;
use spv::record::{Item, Record};
use spv::search::find::{Named, Names};

use crate::made;

/// Name, State, organization and office of speakers, as records print them.
const SPEAKERS: &[(&str, &str, &str, &str)] = &[
    ("Mr. Nebenzia", "Russian Federation", "", ""),
    ("Mr. Vassily Nebenzia", "Russian Federation", "", ""),
    ("Mr. Polyanskiy", "Russian Federation", "", ""),
    ("Mr. Zhang Jun", "China", "", ""),
    ("Mr. Ma Zhaoxu", "China", "", ""),
    ("Mrs. Craft", "United States", "", ""),
    ("Ms. Kelly Craft", "United States", "", ""),
    ("Mrs. Linda Thomas-Greenfield", "United States", "", ""),
    ("Mrs. Thomas-Greenfield", "United States", "", ""),
    ("Dame Barbara Woodward", "United Kingdom", "", ""),
    ("Ms. Pierce", "United Kingdom", "", ""),
    ("Ms. Karen Pierce", "United Kingdom", "", ""),
    ("Mr. De Rivière", "France", "", ""),
    ("Mr. Delattre", "France", "", ""),
    ("Mr. Heusgen", "Germany", "", ""),
    ("Mr. Ja’afari", "Syrian Arab Republic", "", ""),
    ("Mr. Danon", "Israel", "", ""),
    ("Mr. Mansour", "State of Palestine", "", ""),
    ("Mr. Umarov", "Kazakhstan", "", ""),
    ("Mr. Jürgenson", "Estonia", "", ""),
    ("Mr. Djani", "Indonesia", "", ""),
    ("Mr. Matjila", "South Africa", "", ""),
    ("Mr. Abarry", "Niger", "", ""),
    ("Mr. Singer Weisinger", "Dominican Republic", "", ""),
    ("Mr. Takht Ravanchi", "Iran (Islamic Republic of)", "", ""),
    ("Mr. Sinirlioğlu", "Türkiye", "", ""),
    ("Mr. Al-Mouallimi", "Saudi Arabia", "", ""),
    ("Mr. Kyslytsya", "Ukraine", "", ""),
    ("Mr. Brahimi", "Algeria", "", ""),
    ("The Secretary-General", "", "United Nations", ""),
    ("Mr. Guterres", "", "United Nations", "Secretary-General"),
    (
        "Mr. Lowcock",
        "",
        "United Nations",
        "Under-Secretary-General for Humanitarian Affairs and Emergency Relief Coordinator",
    ),
    ("Mr. Griffiths", "", "United Nations", "Special Envoy of the Secretary-General for Yemen"),
    ("Mr. Geir Pedersen", "", "United Nations", "Special Envoy of the Secretary-General for Syria"),
    (
        "Ms. DiCarlo",
        "",
        "United Nations",
        "Under-Secretary-General for Political and Peacebuilding Affairs",
    ),
    ("Mr. Lacroix", "", "United Nations", "Under-Secretary-General for Peace Operations"),
    (
        "Mr. Salamé",
        "",
        "United Nations",
        "Special Representative of the Secretary-General and Head of the United Nations Support Mission in Libya",
    ),
    (
        "Ms. La Lime",
        "",
        "United Nations",
        "Special Representative of the Secretary-General and Head of the United Nations Integrated Office in Haiti",
    ),
    ("Ms. Nakamitsu", "", "United Nations", "High Representative for Disarmament Affairs"),
    (
        "Ms. Bensouda",
        "",
        "International Criminal Court",
        "Prosecutor of the International Criminal Court",
    ),
    (
        "Mr. Grandi",
        "",
        "United Nations High Commissioner for Refugees",
        "United Nations High Commissioner for Refugees",
    ),
    ("Ms. Invented", "", "African Union", ""),
    ("Ms. Invented", "", "European Union", ""),
    ("Ms. Invented", "", "International Committee of the Red Cross", ""),
    ("Ms. Invented", "", "International Atomic Energy Agency", ""),
    ("Ms. Invented", "", "League of Arab States", ""),
    ("Ms. Invented", "", "Organization for Security and Co-operation in Europe", ""),
    ("Ms. Invented", "", "North Atlantic Treaty Organization", ""),
    ("Ms. Invented", "", "Economic Community of West African States", ""),
    ("Ms. Invented", "", "Intergovernmental Authority on Development", ""),
    ("Ms. Invented", "", "Organization for the Prohibition of Chemical Weapons", ""),
    ("Ms. Invented", "", "World Health Organization", ""),
    ("Ms. Invented", "", "World Bank", ""),
    ("Ms. Invented", "", "International Maritime Organization", ""),
    ("Ms. Invented", "", "United Nations Children's Fund", ""),
    ("Ms. Invented", "", "World Food Programme", ""),
    ("Ms. Invented", "", "Organization of Islamic Cooperation", ""),
    ("Ms. Invented", "", "INTERPOL", ""),
    ("Ms. Invented", "", "Human Rights Watch", ""),
    ("Ms. Invented", "", "Médecins Sans Frontières", ""),
    ("Ms. Invented", "", "Association of Southeast Asian Nations", ""),
    ("Ms. Invented", "", "Collective Security Treaty Organization", ""),
    ("Ms. Invented", "", "UN-Women", ""),
];

fn statement(number: usize, (name, state, organization, role): (&str, &str, &str, &str)) -> Item {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut item = made::statement(u32::try_from(number).unwrap(), name, None, None);
    if let Item::Statement(statement) = &mut item {
        statement.speaker.state = given(state);
        statement.speaker.organization = given(organization);
        statement.speaker.role = given(role);
    }
    item
}

/// The facts, those who speak above, and a made-up library beside them.
fn names() -> Names {
    let statements = SPEAKERS.iter().enumerate().map(|(n, who)| statement(n + 1, *who)).collect();
    let symbol = "S/PV.8668".parse().unwrap();
    let resumed = "S/PV.8668 (Resumption 1)".parse().unwrap();
    let topic = "Peacebuilding and sustaining peace: reconciliation";
    let mut records: Vec<Record> = vec![
        made::record(symbol, "2019-11-19", topic, statements),
        made::record(resumed, "2019-11-19", topic, Vec::new()),
    ];
    // Many speakers beside them, and no topic that could be one of the tables.
    for mut record in made::records(11, 200, 2_000) {
        record.topic = format!("Invented matter {}", record.symbol);
        record.agenda = vec![record.topic.clone()];
        records.push(record);
    }
    Names::new(&Catalogue::of(&records))
}

fn kind(named: &Named) -> &'static str {
    match named {
        Named::Record { .. } | Named::Page { .. } => "record",
        Named::Speaker { .. } => "speaker",
        Named::State(_) => "state",
        Named::Organization(_) => "organization",
        Named::Group(_) => "group",
        Named::Topic(_) => "topic",
        Named::Vote(_) => "vote",
        _ => "other",
    }
}

/// The first five names for a query, each as its kind and its line.
fn first_five(names: &Names, query: &str) -> Vec<(&'static str, String)> {
    let found = names.find(query, 5, &AtomicBool::new(false));
    found.hits.iter().map(|hit| (kind(&hit.named), hit.line.to_string())).collect()
}

/// Fails if fewer than 98 of 100 wanted things are found, and lists those that are not.
fn assert_found(missed: &[String], tried: usize) {
    let found = tried - missed.len();
    assert!(found * 100 >= tried * 98, "{found} of {tried}:\n{}", missed.join("\n"));
}

#[test]
fn what_people_type_is_among_the_first_five() {
    let names = names();
    let (mut tried, mut missed) = (0, Vec::new());
    for line in include_str!("wanted.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [query, wanted, words] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("three fields: {line}")
        };
        tried += 1;
        let five = first_five(&names, query);
        if !five.iter().any(|(kind, line)| *kind == wanted && line.contains(words)) {
            let shown =
                five.iter().map(|(k, l)| format!("{k} {}", l.chars().take(70).collect::<String>()));
            missed.push(format!(
                "{query}: no {wanted} {words:?} in {:#?}",
                shown.collect::<Vec<_>>()
            ));
        }
    }
    assert!(tried >= 400);
    assert_found(&missed, tried);
}

/// A word with one slip: a letter left out, doubled, replaced by its neighbour in the alphabet, or swapped with the next.
fn slip(word: &str, kind: usize, at: usize) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let at = at % letters.len();
    match kind {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => {
            letters[at] =
                if letters[at] == 'z' { 'y' } else { char::from_u32(letters[at] as u32 + 1)? }
        }
        _ if at + 1 < letters.len() && letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        _ => return None,
    }
    Some(letters.into_iter().collect())
}

/// A word with one kind of slip, or with every kind.
fn slips(word: &str, seed: usize, all: bool) -> Vec<String> {
    let kinds = if all { 0..4 } else { seed % 4..seed % 4 + 1 };
    kinds.filter_map(|kind| slip(word, kind, 1 + seed + 2 * kind)).collect()
}

#[test]
fn one_slip_in_the_name_of_a_state_a_speaker_or_an_item_still_finds_it() {
    let names = names();
    // Every kind of slip for every name takes a minute.
    let all = std::env::var_os("SPV_LONG").is_some();
    let mut wanted: Vec<(String, &str, String)> = Vec::new();
    for state in states::all() {
        wanted.push((state.name.to_lowercase(), "state", state.name.to_owned()));
    }
    for (name, ..) in SPEAKERS.iter().filter(|(name, ..)| *name != "Ms. Invented") {
        let surname = name.rsplit([' ', '-']).next().unwrap();
        wanted.push((surname.to_lowercase(), "speaker", (*name).to_owned()));
    }
    for topic in [
        "Kosovo",
        "Protection of civilians",
        "Women and peace",
        "peacekeeping",
        "Western Sahara",
        "Namibia",
    ] {
        wanted.push((topic.to_lowercase(), "topic", topic.to_owned()));
    }
    let (mut tried, mut missed) = (0, Vec::new());
    for (n, (text, kind, line)) in wanted.iter().enumerate() {
        // The parts in brackets are hardly typed.
        let text = text.split(" (").next().unwrap();
        let longest = text.split(' ').max_by_key(|word| word.chars().count()).unwrap();
        if longest.chars().count() < 4 {
            continue;
        }
        for slip in slips(longest, n, all) {
            let query = text.replacen(longest, &slip, 1);
            tried += 1;
            let five = first_five(&names, &query);
            if !five.iter().any(|(k, l)| k == kind && l.contains(line.as_str())) {
                let shown = five
                    .iter()
                    .map(|(k, l)| format!("{k} {}", l.chars().take(50).collect::<String>()));
                missed.push(format!("{query}: no {line} in {:?}", shown.collect::<Vec<_>>()));
            }
        }
    }
    assert!(tried > if all { 800 } else { 200 }, "{tried}");
    assert_found(&missed, tried);
}
