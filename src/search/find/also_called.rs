//! What else people call States, organizations, offices and agenda items: abbreviations, adjectives, and places and
//! parties whose item has another name.
//!
//! Abbreviations are those of the United Nations terminology database. Which item a place or party belongs to is
//! general knowledge: it only helps to find, and nothing is derived from it.
//!
//! Everything here is folded as [`fold::shapes`](crate::record::fold::shapes) folds it.

/// Words that mean a State and are not among its names; the State by its UN short name.
const OF_STATES: &[(&str, &str)] = &[
    ("america", "United States"),
    ("american", "United States"),
    ("british", "United Kingdom"),
    ("english", "United Kingdom"),
    ("french", "France"),
    ("dutch", "Netherlands"),
    ("spanish", "Spain"),
    ("danish", "Denmark"),
    ("finnish", "Finland"),
    ("irish", "Ireland"),
    ("polish", "Poland"),
    ("swiss", "Switzerland"),
    ("greek", "Greece"),
    ("norwegian", "Norway"),
    ("cypriot", "Cyprus"),
    ("portuguese", "Portugal"),
    ("turk", "Türkiye"),
    ("thai", "Thailand"),
    ("filipino", "Philippines"),
    ("burmese", "Myanmar"),
    ("laotian", "Lao People's Democratic Republic"),
    ("congolese", "Democratic Republic of the Congo"),
    ("togolese", "Togo"),
    ("ivorian", "Côte d'Ivoire"),
    ("malagasy", "Madagascar"),
    ("motswana", "Botswana"),
    ("basotho", "Lesotho"),
    ("nigerien", "Niger"),
    ("peruvian", "Peru"),
    ("panamanian", "Panama"),
    ("ecuadorian", "Ecuador"),
    ("salvadoran", "El Salvador"),
    ("emirati", "United Arab Emirates"),
    ("ksa", "Saudi Arabia"),
    ("svg", "Saint Vincent and the Grenadines"),
    ("png", "Papua New Guinea"),
    ("bih", "Bosnia and Herzegovina"),
    ("drk", "Democratic People's Republic of Korea"),
    ("rf", "Russian Federation"),
    ("soviet", "Russian Federation"),
    ("nk", "Democratic People's Republic of Korea"),
    ("sk", "Republic of Korea"),
    ("nz", "New Zealand"),
    ("rsa", "South Africa"),
    ("rdc", "Democratic Republic of the Congo"),
    ("rca", "Central African Republic"),
    ("fsm", "Micronesia (Federated States of)"),
    ("ivory", "Côte d'Ivoire"),
];

/// Abbreviations and what they stand for, folded. Either finds the other.
const ABBREVIATIONS: &[(&str, &[&str])] = &[
    ("acabq", &["advisory committee on administrative and budgetary questions"]),
    ("amis", &["african union mission in the sudan"]),
    ("amisom", &["african union mission in somalia"]),
    ("asean", &["association of southeast asian nations"]),
    ("asg", &["assistant secretary-general"]),
    ("atmis", &["african union transition mission in somalia"]),
    ("au", &["african union"]),
    ("binuh", &["integrated office in haiti"]),
    ("caac", &["children and armed conflict"]),
    ("caricom", &["caribbean community"]),
    ("cis", &["commonwealth of independent states"]),
    ("csto", &["collective security treaty organization"]),
    ("cted", &["counter-terrorism committee executive directorate", "counter-terrorism"]),
    ("ctc", &["counter-terrorism committee", "counter-terrorism"]),
    ("dpo", &["peace operations"]),
    ("dppa", &["political and peacebuilding affairs"]),
    ("dpko", &["peacekeeping operations"]),
    ("dsrsg", &["deputy special representative"]),
    ("eccas", &["economic community of central african states"]),
    ("ecowas", &["economic community of west african states"]),
    ("erc", &["emergency relief coordinator"]),
    ("eu", &["european union"]),
    ("eufor", &["multinational stabilization force"]),
    (
        "fao",
        &[
            "food and agriculture organization",
            "food and agriculture organization of the united nations",
        ],
    ),
    ("gcc", &["gulf cooperation council", "cooperation council for the arab states of the gulf"]),
    ("hrw", &["human rights watch"]),
    ("iaea", &["international atomic energy agency"]),
    ("icc", &["international criminal court"]),
    ("icj", &["international court of justice"]),
    ("icrc", &["international committee of the red cross"]),
    ("ictr", &["international tribunal - rwanda", "tribunal for rwanda", "international tribunal"]),
    (
        "icty",
        &[
            "international tribunal - yugoslavia",
            "tribunal for the former yugoslavia",
            "international tribunal",
        ],
    ),
    ("ifad", &["international fund for agricultural development"]),
    ("igad", &["intergovernmental authority on development"]),
    ("ilo", &["international labour organization"]),
    ("imf", &["international monetary fund"]),
    ("imo", &["international maritime organization"]),
    ("interpol", &["international criminal police organization"]),
    ("iom", &["international organization for migration"]),
    ("ipu", &["inter-parliamentary union"]),
    ("irmct", &["international residual mechanism for criminal tribunals"]),
    ("isil", &["islamic state in iraq and the levant", "da'esh"]),
    ("itu", &["international telecommunication union"]),
    ("las", &["league of arab states"]),
    ("minuca", &["mission in the central african republic"]),
    ("minurcat", &["mission in the central african republic and chad"]),
    ("minurso", &["mission for the referendum in western sahara", "western sahara"]),
    (
        "minusca",
        &["stabilization mission in the central african republic", "central african republic"],
    ),
    ("minusma", &["stabilization mission in mali", "the situation in mali"]),
    ("minustah", &["stabilization mission in haiti"]),
    ("monuc", &["organization mission in the democratic republic of the congo"]),
    ("monusco", &["stabilization mission in the democratic republic of the congo"]),
    ("msf", &["medecins sans frontieres", "doctors without borders"]),
    ("nam", &["movement of non-aligned countries"]),
    ("nato", &["north atlantic treaty organization"]),
    ("oas", &["organization of american states"]),
    ("oau", &["organization of african unity", "african unity"]),
    ("ocha", &["coordination of humanitarian affairs", "humanitarian affairs"]),
    ("ohchr", &["high commissioner for human rights"]),
    ("oic", &["organization of islamic cooperation", "organization of the islamic conference"]),
    ("oif", &["organization of la francophonie"]),
    ("onub", &["operation in burundi"]),
    ("onuc", &["operation in the congo"]),
    (
        "opcw",
        &[
            "organization for the prohibition of chemical weapons",
            "organisation for the prohibition of chemical weapons",
        ],
    ),
    (
        "osce",
        &[
            "organization for security and co-operation in europe",
            "organization for security and cooperation in europe",
        ],
    ),
    ("pbc", &["peacebuilding commission"]),
    ("pif", &["pacific islands forum"]),
    ("poc", &["protection of civilians", "civilians in armed conflict"]),
    ("prst", &["statement by the president"]),
    ("sadc", &["southern african development community"]),
    ("sco", &["shanghai cooperation organization"]),
    ("sg", &["secretary-general"]),
    ("srsg", &["special representative of the secretary-general"]),
    ("ssr", &["security sector reform"]),
    ("tcc", &["troop-contributing", "troop- and police-contributing", "contributing troops"]),
    ("unama", &["assistance mission in afghanistan"]),
    ("unamid", &["operation in darfur", "hybrid operation in darfur"]),
    ("unami", &["assistance mission for iraq"]),
    ("unamsil", &["mission in sierra leone"]),
    ("undof", &["disengagement observer force"]),
    ("undp", &["united nations development programme"]),
    ("unesco", &["educational, scientific and cultural organization"]),
    (
        "unficyp",
        &["peacekeeping force in cyprus", "peace-keeping force in cyprus", "force in cyprus"],
    ),
    ("unhcr", &["high commissioner for refugees"]),
    ("unicef", &["children's fund"]),
    ("unifil", &["interim force in lebanon"]),
    ("unisfa", &["interim security force for abyei"]),
    ("unmee", &["mission in ethiopia and eritrea"]),
    ("unmik", &["interim administration mission in kosovo", "kosovo"]),
    ("unmil", &["mission in liberia"]),
    ("unmiss", &["mission in the republic of south sudan", "mission in south sudan"]),
    ("unoci", &["operation in cote d'ivoire"]),
    ("unodc", &["office on drugs and crime"]),
    ("unrwa", &["relief and works agency"]),
    ("unsmil", &["support mission in libya"]),
    ("usg", &["under-secretary-general"]),
    ("wfp", &["world food programme"]),
    ("who", &["world health organization"]),
    ("wps", &["women and peace and security", "women, peace and security"]),
    ("wmd", &["weapons of mass destruction"]),
    ("wto", &["world trade organization"]),
    ("wco", &["world customs organization"]),
    ("wmo", &["world meteorological organization"]),
    ("un-women", &["un women", "gender equality and the empowerment of women"]),
    ("p5", &["permanent members"]),
    ("e10", &["elected members"]),
    ("a3", &["african members"]),
    ("r2p", &["responsibility to protect"]),
];

/// Other words for the same, folded.
const SAME: &[(&str, &[&str])] = &[
    ("veto", &["vetoed"]),
    ("vetoes", &["vetoed"]),
    ("vetos", &["vetoed"]),
    ("вето", &["vetoed"]),
    ("vetado", &["vetoed"]),
    ("否决", &["vetoed"]),
    ("arab league", &["league of arab states"]),
    ("red cross", &["international committee of the red cross"]),
    ("al qaeda", &["al-qaida"]),
    ("al-qaeda", &["al-qaida"]),
    ("al qaida", &["al-qaida"]),
    ("isis", &["isil", "da'esh"]),
    ("daesh", &["isil", "da'esh", "islamic state in iraq and the levant"]),
    ("da'esh", &["isil", "islamic state in iraq and the levant"]),
    ("malvinas", &["falkland islands"]),
    ("nagorno-karabakh", &["nagorny karabakh"]),
    ("nagorno karabakh", &["nagorny karabakh"]),
    ("peacekeeping", &["peace-keeping"]),
    ("peace-keeping", &["peacekeeping"]),
    ("peacebuilding", &["peace-building"]),
    ("peace-building", &["peacebuilding"]),
    ("terrorism", &["terrorist acts"]),
    ("terrorist", &["terrorism"]),
    ("un women", &["un-women"]),
    ("troops", &["troop"]),
    ("members", &["member states"]),
    (
        "working methods",
        &["note by the president of the security council", "note by the president"],
    ),
    ("high-level", &["high level"]),
];

/// A place, party or matter, and the item or State under which the Council speaks of it, folded.
const RELATED: &[(&str, &[&str])] = &[
    ("syria", &["middle east"]),
    ("golan", &["disengagement observer force", "middle east"]),
    ("lebanon", &["middle east"]),
    ("yemen", &["middle east"]),
    ("israel", &["palestinian question", "palestine question", "occupied arab territories"]),
    ("palestine", &["palestinian question", "occupied arab territories"]),
    ("palestinian", &["palestine question", "occupied arab territories"]),
    ("gaza", &["palestinian question", "occupied arab territories"]),
    ("jerusalem", &["palestinian question", "occupied arab territories"]),
    ("west bank", &["palestinian question", "occupied arab territories"]),
    ("hamas", &["palestinian question"]),
    ("hezbollah", &["interim force in lebanon", "middle east"]),
    ("idlib", &["middle east", "syria"]),
    ("aleppo", &["middle east", "syria"]),
    ("chemical weapons", &["middle east", "syria"]),
    ("houthi", &["yemen", "middle east"]),
    ("houthis", &["yemen", "middle east"]),
    ("red sea", &["maintenance of international peace and security", "yemen"]),
    ("bosnia", &["former yugoslavia"]),
    ("srebrenica", &["bosnia and herzegovina", "former yugoslavia"]),
    ("kosovo", &["1160 (1998)", "federal republic of yugoslavia"]),
    ("crimea", &["ukraine"]),
    ("donbas", &["ukraine"]),
    ("donetsk", &["ukraine"]),
    ("mh17", &["ukraine"]),
    ("taliban", &["afghanistan"]),
    ("darfur", &["the sudan", "sudan"]),
    ("abyei", &["the sudan and south sudan", "sudan"]),
    ("rohingya", &["myanmar"]),
    ("tigray", &["ethiopia", "peace and security in africa"]),
    (
        "sahel",
        &["peace and security in africa", "peace consolidation in west africa", "west africa"],
    ),
    ("boko haram", &["lake chad basin", "peace and security in africa"]),
    ("lockerbie", &["libyan arab jamahiriya", "libya"]),
    ("apartheid", &["south africa"]),
    ("south west africa", &["namibia"]),
    ("zimbabwe", &["southern rhodesia"]),
    ("isil", &["terrorist acts", "terrorist attacks", "terrorism"]),
    ("al-qaida", &["terrorist acts", "terrorism"]),
    ("jcpoa", &["2231 (2015)", "iran", "non-proliferation"]),
    ("iran", &["non-proliferation"]),
    ("north korea", &["non-proliferation"]),
    ("nuclear", &["non-proliferation"]),
    ("cyber", &["maintenance of international peace and security"]),
    ("climate", &["climate change", "maintenance of international peace and security"]),
    ("covid", &["pandemic", "maintenance of international peace and security"]),
];

/// Words that ask, and join, and are not looked for beside other words.
const UNSAID: [&str; 45] = [
    "a",
    "about",
    "against",
    "an",
    "and",
    "at",
    "by",
    "concerning",
    "did",
    "do",
    "does",
    "for",
    "from",
    "had",
    "has",
    "have",
    "how",
    "in",
    "is",
    "its",
    "last",
    "latest",
    "of",
    "on",
    "or",
    "over",
    "recent",
    "regarding",
    "said",
    "say",
    "says",
    "that",
    "the",
    "their",
    "to",
    "was",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whom",
    "why",
    "with",
];

/// Words that name a kind of thing and are not looked for beside other words.
const KINDS: [(&[&str], Kind); 5] = [
    (
        &[
            "resolution",
            "resolutions",
            "res",
            "res.",
            "scr",
            "unscr",
            "s/res",
            "draft",
            "drafts",
            "vote",
            "votes",
            "voted",
            "voting",
        ],
        Kind::Vote,
    ),
    (&["meeting", "meetings", "record", "records", "pv", "verbatim", "transcript"], Kind::Record),
    (&["item", "items", "agenda", "topic", "topics", "question", "situation"], Kind::Topic),
    (
        &[
            "ambassador",
            "ambassadors",
            "delegate",
            "speaker",
            "speakers",
            "mr",
            "mr.",
            "mrs",
            "mrs.",
            "ms",
            "ms.",
            "dr",
            "dr.",
            "sir",
            "dame",
        ],
        Kind::Speaker,
    ),
    (&["state", "country", "countries"], Kind::State),
];

/// Words of an office: they are looked for, and speakers come first.
const OFFICES: [&str; 22] = [
    "asg",
    "chief",
    "commissioner",
    "commissioner-general",
    "coordinator",
    "director",
    "director-general",
    "dsrsg",
    "envoy",
    "erc",
    "executive",
    "head",
    "minister",
    "prosecutor",
    "rapporteur",
    "representative",
    "secretary",
    "secretary-general",
    "sg",
    "srsg",
    "under-secretary-general",
    "usg",
];

/// A kind of name, in the order of names that match equally well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Group,
    State,
    Organization,
    Speaker,
    Topic,
    Record,
    Vote,
}

/// The State that a word means which is none of its names, by its UN short name.
pub(super) fn state_called(word: &str) -> Option<&'static str> {
    OF_STATES.iter().find(|(called, _)| *called == word).map(|(_, state)| *state)
}

/// Other names of what these folded words name: the name in full of an abbreviation, or the abbreviation of a name.
pub(super) fn same_as(words: &str) -> impl Iterator<Item = &'static str> {
    let long = ABBREVIATIONS.iter().chain(SAME).filter(move |(short, _)| *short == words);
    let short = ABBREVIATIONS.iter().filter(move |(_, long)| long.contains(&words));
    let short = short.map(|(short, _)| *short);
    long.flat_map(|(_, long)| long.iter().copied()).chain(short)
}

/// The items and States under which the Council speaks of a place, party or matter.
pub(super) fn related_to(words: &str) -> impl Iterator<Item = &'static str> {
    RELATED
        .iter()
        .filter(move |(word, _)| *word == words)
        .flat_map(|(_, items)| items.iter().copied())
}

/// Whether a word asks or joins, and is not looked for beside others.
pub(super) fn is_unsaid(word: &str) -> bool {
    UNSAID.contains(&word)
}

/// Whether a word says nothing of a name: it asks, joins, or names a kind of thing.
pub fn is_filler(word: &str) -> bool {
    is_unsaid(word) || kind_named(word).is_some()
}

/// The kind of thing that a word names.
pub(super) fn kind_named(word: &str) -> Option<Kind> {
    KINDS.iter().find(|(words, _)| words.contains(&word)).map(|(_, kind)| *kind)
}

/// Whether a word is a part of the name of an office.
pub(super) fn is_office(word: &str) -> bool {
    OFFICES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::states;
    use crate::record::fold;

    #[test]
    fn states_are_those_of_the_table_and_everything_is_folded() {
        for &(word, state) in OF_STATES {
            assert_eq!(states::lookup(state).map(|s| s.name), Some(state), "{word}");
            assert_eq!(fold::shapes(word), word);
        }
        let tables = ABBREVIATIONS.iter().chain(SAME).chain(RELATED);
        for (word, others) in tables {
            for text in std::iter::once(word).chain(*others) {
                assert_eq!(fold::shapes(text), **text, "{word}");
            }
        }
    }

    #[test]
    fn an_abbreviation_and_its_name_find_each_other() {
        assert!(same_as("ocha").any(|name| name == "humanitarian affairs"));
        assert!(same_as("african union").any(|name| name == "au"));
        assert_eq!(same_as("zebra").count(), 0);
    }
}
