//! A library made up by a seeded rule: as many records and speakers as asked for, the same each time.
//!
//! Names of persons are invented from syllables; topics are words in the manner of agenda items.

// Each test and bench uses a part of it.
#![allow(dead_code, clippy::expect_used)]

use std::collections::HashSet;

use spv::library::Catalogue;
use spv::record::{As, Item, Kind, Language, Record, Source, Speaker, Statement, Status, Symbol};

/// Small and seeded; good enough to scatter letters.
pub struct Dice(u64);

impl Dice {
    /// Throws the same each time for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `below`.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    /// One of these.
    pub fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

const STATES: &[&str] = &[
    "Afghanistan",
    "Algeria",
    "Argentina",
    "Australia",
    "Bangladesh",
    "Belgium",
    "Brazil",
    "Cameroon",
    "Canada",
    "China",
    "Colombia",
    "Costa Rica",
    "Côte d'Ivoire",
    "Cuba",
    "Egypt",
    "Ethiopia",
    "Fiji",
    "France",
    "Germany",
    "Ghana",
    "India",
    "Indonesia",
    "Iraq",
    "Ireland",
    "Italy",
    "Japan",
    "Jordan",
    "Kazakhstan",
    "Kenya",
    "Kuwait",
    "Kyrgyzstan",
    "Lebanon",
    "Liechtenstein",
    "Malaysia",
    "Mali",
    "Mexico",
    "Morocco",
    "Nepal",
    "Niger",
    "Nigeria",
    "Norway",
    "Pakistan",
    "Peru",
    "Philippines",
    "Poland",
    "Portugal",
    "Qatar",
    "Republic of Korea",
    "Russian Federation",
    "Rwanda",
    "Senegal",
    "Serbia",
    "South Africa",
    "Spain",
    "Sweden",
    "Switzerland",
    "Syrian Arab Republic",
    "Tunisia",
    "Türkiye",
    "Ukraine",
    "United Kingdom",
    "United States",
    "Uruguay",
    "Viet Nam",
];
const ORGANIZATIONS: &[&str] = &[
    "African Union",
    "European Union",
    "Secretariat",
    "League of Arab States",
    "UN Women",
    "OSCE",
    "International Criminal Court",
    "Organization of Islamic Cooperation",
    "Peacebuilding Commission",
];
const SYLLABLES: &[&str] = &[
    "ka", "mo", "ren", "ta", "li", "sha", "du", "vo", "ne", "bar", "yu", "zi", "gor", "pel", "an",
    "es", "ivo", "mar", "tch", "ou", "kri", "é", "ñe", "ø", "ham", "sou", "lew", "dzi", "ah",
    "ross",
];
const WORDS: &[&str] = &[
    "situation",
    "peace",
    "security",
    "Africa",
    "region",
    "letter",
    "dated",
    "protection",
    "civilians",
    "armed",
    "conflict",
    "women",
    "children",
    "report",
    "Secretary-General",
    "question",
    "cooperation",
    "threats",
    "maintenance",
    "international",
    "terrorism",
    "non-proliferation",
    "climate",
    "mediation",
];

/// A made-up name.
pub fn name(dice: &mut Dice) -> String {
    let mut family = String::new();
    for _ in 0..2 + dice.roll(3) {
        family.push_str(dice.one(SYLLABLES));
    }
    let mut letters = family.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{} {first}{}", dice.one(&["Mr.", "Ms.", "Mrs.", "Sir", "Dame"]), letters.as_str())
}

/// A statement without words by a speaker of this name.
pub fn statement(number: u32, name: &str, state: Option<&str>, organization: Option<&str>) -> Item {
    Item::Statement(Statement {
        number,
        speaker: Speaker {
            printed: name.to_owned(),
            name: name.to_owned(),
            state: state.map(str::to_owned),
            organization: organization.map(str::to_owned),
            as_: As::Member,
            ..Speaker::default()
        },
        ..Statement::default()
    })
}

/// A record with these statements.
pub fn record(symbol: Symbol, date: &str, topic: &str, items: Vec<Item>) -> Record {
    Record {
        format: Record::FORMAT.to_owned(),
        symbol,
        kind: Kind::Verbatim,
        exercise: false,
        language: Language::English,
        status: Status::Final,
        corrections: Vec::new(),
        date: date.parse().expect("a date"),
        opened: None,
        closed: None,
        place: None,
        presidents: Vec::new(),
        members: Vec::new(),
        agenda: vec![topic.to_owned()],
        topic: topic.to_owned(),
        topic_from: None,
        items,
        doubts: Vec::new(),
        source: Source::default(),
    }
}

/// This many records, with this many speakers in them.
pub fn records(seed: u64, records: u32, speakers: usize) -> Vec<Record> {
    let mut dice = Dice::new(seed);
    let mut seen: HashSet<String> = HashSet::new();
    let mut made = Vec::new();
    for n in 0..records {
        let mut items = Vec::new();
        let until = speakers * (n as usize + 1) / records as usize;
        while seen.len() < until {
            let name = name(&mut dice);
            let of = dice.roll(8);
            let state = (of > 0).then(|| dice.one(STATES));
            let organization = (of == 0).then(|| dice.one(ORGANIZATIONS));
            if seen.insert(format!("{name}, {}", state.or(organization).unwrap_or(""))) {
                let number = u32::try_from(items.len()).expect("a small number") + 1;
                items.push(statement(number, &name, state, organization));
            }
        }
        let topic: Vec<&str> = (0..3 + dice.roll(6)).map(|_| dice.one(WORDS)).collect();
        let date = format!("{}-{:02}-{:02}", 2026 - n / 250, 1 + dice.roll(12), 1 + dice.roll(28));
        made.push(record(Symbol::verbatim(99_999 - n), &date, &topic.join(" "), items));
    }
    made
}

/// A library of them.
pub fn library(seed: u64, count: u32, speakers: usize) -> Catalogue {
    Catalogue::of(&records(seed, count, speakers))
}
