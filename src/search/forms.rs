//! The inflected forms of a word: `veto`, `vetoes`, `vetoed`, `vetoing`.
//!
//! Only inflection: plurals, persons and tenses, no derived words such as `peaceful`. The rules make more forms than there
//! are; what the index does not have finds nothing. A word of the query may be any of its forms, so that the ending is
//! first taken off and then every ending is put on.

use std::collections::BTreeSet;

use crate::record::Language;
use crate::search::words;

/// By whose rules a word is inflected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grammar {
    /// Nouns and verbs of English, with the frequent irregular ones.
    #[default]
    English,
    /// Plurals and feminine forms of French.
    French,
    /// Plurals and feminine forms of Spanish.
    Spanish,
    /// A language whose rules are not here: only the word itself.
    Other,
}

impl Grammar {
    /// The grammar of a language.
    pub fn of(language: &Language) -> Self {
        match language.code() {
            "en" => Self::English,
            "fr" => Self::French,
            "es" => Self::Spanish,
            _ => Self::Other,
        }
    }
}

/// Irregular forms, each line the forms of one word.
const IRREGULAR: &[&str] = &[
    "be am is are was were been being",
    "have has had having",
    "do does did done doing",
    "go goes went gone going",
    "say says said saying",
    "child children",
    "man men",
    "woman women",
    "person persons people",
    "foot feet",
    "life lives",
    "wife wives",
    "half halves",
    "leaf leaves",
    "knife knives",
    "crisis crises",
    "analysis analyses",
    "basis bases",
    "thesis theses",
    "hypothesis hypotheses",
    "emphasis emphases",
    "criterion criteria",
    "phenomenon phenomena",
    "datum data",
    "memorandum memoranda memorandums",
    "referendum referenda referendums",
    "addendum addenda",
    "forum forums fora",
    "become becomes became becoming",
    "begin begins began begun beginning",
    "bear bears bore borne bearing",
    "bind binds bound binding",
    "bleed bleeds bled bleeding",
    "break breaks broke broken breaking",
    "bring brings brought bringing",
    "build builds built building buildings",
    "buy buys bought buying",
    "catch catches caught catching",
    "choose chooses chose chosen choosing",
    "come comes came coming",
    "deal deals dealt dealing",
    "draw draws drew drawn drawing",
    "drive drives drove driven driving",
    "eat eats ate eaten eating",
    "fall falls fell fallen falling",
    "feed feeds fed feeding",
    "feel feels felt feeling",
    "fight fights fought fighting",
    "find finds found finding findings",
    "flee flees fled fleeing",
    "fly flies flew flown flying",
    "forbid forbids forbade forbidden forbidding",
    "forget forgets forgot forgotten forgetting",
    "forgive forgives forgave forgiven forgiving",
    "freeze freezes froze frozen freezing",
    "get gets got gotten getting",
    "give gives gave given giving",
    "grow grows grew grown growing",
    "hear hears heard hearing hearings",
    "hide hides hid hidden hiding",
    "hold holds held holding",
    "keep keeps kept keeping",
    "know knows knew known knowing",
    "lay lays laid laying",
    "lead leads led leading",
    "leave leaves left leaving",
    "lend lends lent lending",
    "lie lies lay lain lying",
    "lose loses lost losing",
    "make makes made making",
    "mean means meant meaning",
    "meet meets met meeting meetings",
    "overcome overcomes overcame overcoming",
    "pay pays paid paying",
    "ride rides rode ridden riding",
    "rise rises rose risen rising",
    "run runs ran running",
    "see sees saw seen seeing",
    "seek seeks sought seeking",
    "sell sells sold selling",
    "send sends sent sending",
    "shoot shoots shot shooting shootings",
    "show shows showed shown showing",
    "sink sinks sank sunk sinking",
    "sit sits sat sitting",
    "speak speaks spoke spoken speaking",
    "spend spends spent spending",
    "stand stands stood standing",
    "steal steals stole stolen stealing",
    "stick sticks stuck sticking",
    "strike strikes struck stricken striking",
    "swear swears swore sworn swearing",
    "take takes took taken taking",
    "teach teaches taught teaching",
    "tell tells told telling",
    "think thinks thought thinking",
    "throw throws threw thrown throwing",
    "undergo undergoes underwent undergone undergoing",
    "understand understands understood understanding",
    "undertake undertakes undertook undertaken undertaking",
    "uphold upholds upheld upholding",
    "wage wages waged waging",
    "win wins won winning",
    "withdraw withdraws withdrew withdrawn withdrawing",
    "withhold withholds withheld withholding",
    "withstand withstands withstood withstanding",
    "write writes wrote written writing",
];

/// The shortest word whose endings are looked at.
const SHORTEST: usize = 3;

/// The other forms of a folded word, sorted, without the word itself.
pub fn other_forms(word: &str, grammar: Grammar) -> Vec<String> {
    let mut forms = BTreeSet::new();
    match grammar {
        Grammar::English => english(word, &mut forms),
        Grammar::French => french(word, &mut forms),
        Grammar::Spanish => spanish(word, &mut forms),
        Grammar::Other => {}
    }
    forms.remove(word);
    forms.into_iter().filter(|form| form.len() <= words::LONGEST).collect()
}

fn english(word: &str, forms: &mut BTreeSet<String>) {
    let lines = IRREGULAR.iter().map(|line| line.split(' '));
    let mut known = false;
    for line in lines.filter(|line| line.clone().any(|form| form == word)) {
        forms.extend(line.map(ToOwned::to_owned));
        known = true;
    }
    if known || word.len() < SHORTEST || !word.is_ascii() {
        return;
    }
    for base in english_bases(word) {
        inflect_english(&base, forms);
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Words that only look like forms of others.
const NO_FORMS: &[&str] = &[
    "news",
    "this",
    "thus",
    "its",
    "always",
    "perhaps",
    "towards",
    "afterwards",
    "besides",
    "indeed",
    "during",
    "something",
    "nothing",
    "anything",
    "everything",
    "morning",
    "evening",
    "hundred",
    "sacred",
    "series",
    "species",
    "yes",
    "his",
    "hers",
    "ours",
    "theirs",
];

/// What a word may be a form of: itself, if it has no ending.
fn english_bases(word: &str) -> Vec<String> {
    let mut bases = Vec::new();
    if NO_FORMS.contains(&word) {
        return bases;
    }
    let has_vowel = |text: &str| text.bytes().any(|b| is_vowel(b) || b == b'y');
    let mut add = |base: String| {
        if base.len() >= SHORTEST && has_vowel(&base) {
            bases.push(base);
        }
    };
    let (mut plain, one_s) = (true, !["ss", "us", "is"].iter().any(|end| word.ends_with(end)));
    if let Some(start) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")) {
        plain = false;
        // "dies" is of "die", "carries" of "carry".
        add(format!("{start}{}", if start.len() < SHORTEST { "ie" } else { "y" }));
    } else if let Some(start) = word.strip_suffix("es") {
        plain = false;
        // "vetoes" and "crosses", or "cases": by the letters before.
        if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| start.ends_with(end)) {
            add(start.to_owned());
        }
        if !start.ends_with(['x', 'o']) && !start.ends_with("ss") {
            add(format!("{start}e"));
        }
    } else if let Some(start) = word.strip_suffix('s').filter(|_| one_s) {
        plain = false;
        add(start.to_owned());
    } else if let Some(start) = word.strip_suffix("eed") {
        // "agreed" is of "agree", but "need" is itself.
        add(format!("{start}ee"));
    } else if let Some(start) = word.strip_suffix("ying").filter(|start| start.len() < SHORTEST) {
        plain = false;
        add(format!("{start}ie"));
    } else if let Some(start) = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing"))
        && has_vowel(start)
    {
        plain = false;
        english_stem(start, &mut add);
    }
    if plain {
        add(word.to_owned());
    }
    bases
}

/// What a word was before `ed` or `ing`.
fn english_stem(start: &str, add: &mut impl FnMut(String)) {
    if let [.., before, last] = start.as_bytes()
        && before == last
        && !is_vowel(*last)
    {
        // "stopped" is of "stop", "called" of "call", "controlled" of "control".
        if !matches!(last, b's' | b'f') {
            add(start[..start.len() - 1].to_owned());
        }
        if matches!(last, b'l' | b's' | b'f' | b'z') {
            add(start.to_owned());
        }
        return;
    }
    if takes_silent_e(start) {
        add(format!("{start}e"));
    }
    // "violat", "notic" and "argu" are no words.
    let lost_e = start.ends_with(['c', 'v', 'u']) || start.ends_with("at") && start.len() > 4;
    if !lost_e {
        add(start.to_owned());
    }
}

/// Whether a stem without its ending may have lost an `e`.
fn takes_silent_e(start: &str) -> bool {
    !start.ends_with(['w', 'x', 'y', 'o', 'h'])
}

fn inflect_english(base: &str, forms: &mut BTreeSet<String>) {
    let bytes = base.as_bytes();
    forms.insert(base.to_owned());
    let last = bytes.last().copied().unwrap_or(b' ');
    let before = bytes.len().checked_sub(2).map_or(b' ', |n| bytes[n]);
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end));
    if last == b'y' && !is_vowel(before) {
        let start = &base[..base.len() - 1];
        forms.extend([format!("{start}ies"), format!("{start}ied"), format!("{base}ing")]);
        return;
    }
    if hisses {
        forms.insert(format!("{base}es"));
    } else {
        forms.insert(format!("{base}s"));
        if last == b'o' {
            forms.insert(format!("{base}es"));
        }
    }
    if last == b'e' {
        forms.insert(format!("{base}d"));
        let start = &base[..base.len() - 1];
        match before {
            b'i' => forms.insert(format!("{}ying", &base[..base.len() - 2])),
            b'e' | b'o' | b'y' => forms.insert(format!("{base}ing")),
            _ => forms.insert(format!("{start}ing")),
        };
        return;
    }
    forms.extend([format!("{base}ed"), format!("{base}ing")]);
    // "stop" doubles its last letter; so may "control" and "travel".
    let short = bytes.len() >= 3 && !is_vowel(bytes[bytes.len() - 3]);
    if is_vowel(before) && short && !is_vowel(last) && !matches!(last, b'w' | b'x' | b'y' | b'h') {
        let double = char::from(last);
        forms.extend([format!("{base}{double}ed"), format!("{base}{double}ing")]);
    }
}

/// Endings that replace one another, of the longest first.
fn replace_endings(word: &str, sets: &[&[&str]], forms: &mut BTreeSet<String>) {
    for set in sets {
        for ending in *set {
            let Some(start) = word.strip_suffix(ending) else { continue };
            if start.chars().count() < 2 {
                continue;
            }
            forms.extend(set.iter().map(|other| format!("{start}{other}")));
            return;
        }
    }
}

fn french(word: &str, forms: &mut BTreeSet<String>) {
    const SETS: &[&[&str]] = &[
        &["aux", "al", "ales", "ale"],
        &["eaux", "eau"],
        &["euses", "euse", "eux"],
        &["ives", "ive", "ifs", "if"],
        &["ees", "es", "ee", "er", "e"],
        &["s", ""],
    ];
    replace_endings(word, SETS, forms);
    if !word.ends_with(['s', 'x', 'z']) {
        forms.insert(format!("{word}s"));
    }
}

fn spanish(word: &str, forms: &mut BTreeSet<String>) {
    const SETS: &[&[&str]] = &[
        &["ciones", "cion"],
        &["siones", "sion"],
        &["ces", "z"],
        &["dades", "dad"],
        &["os", "as", "o", "a"],
        &["es", "e", ""],
    ];
    replace_endings(word, SETS, forms);
    if !word.ends_with('s') {
        let vowel = word.ends_with(['a', 'e', 'i', 'o', 'u']);
        forms.insert(format!("{word}{}", if vowel { "s" } else { "es" }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_word_leads_to_the_others() {
        for line in [
            "veto vetoes vetoed vetoing",
            "adopt adopts adopted adopting",
            "condemn condemns condemned condemning",
            "resolution resolutions",
            "country countries",
            "carry carries carried carrying",
            "crisis crises",
            "stop stops stopped stopping",
            "refer refers referred referring",
            "decide decides decided deciding",
            "express expresses expressed expressing",
            "call calls called calling",
            "attack attacks attacked attacking",
            "agree agrees agreed agreeing",
            "die dies died dying",
            "case cases",
            "mission missions",
            "withdraw withdraws withdrew withdrawn withdrawing",
            "child children",
            "believe believes believed believing",
            "support supports supported supporting",
            "monitor monitors monitored monitoring",
            "control controls controlled controlling",
            "play plays played playing",
            "issue issues issued issuing",
            "violate violates violated violating",
            "process processes processed processing",
            "echo echoes echoed echoing",
        ] {
            let forms: Vec<&str> = line.split(' ').collect();
            for one in &forms {
                let others = other_forms(one, Grammar::English);
                for other in forms.iter().filter(|other| *other != one) {
                    assert!(others.iter().any(|o| o == other), "{one}: {other} of {others:?}");
                }
            }
        }
    }

    #[test]
    fn derived_words_are_no_forms() {
        for (word, others) in [
            ("peace", &["peaceful", "peacefully", "pea", "peac"][..]),
            ("nation", &["national", "nationality"]),
            ("press", &["pres", "pre"]),
            ("bus", &["bu"]),
            ("news", &["new"]),
            ("need", &["neede"]),
            ("thing", &["th"]),
            ("council", &["counc"]),
            ("status", &["statu"]),
        ] {
            let forms = other_forms(word, Grammar::English);
            for other in others {
                assert!(!forms.iter().any(|form| form == other), "{word}: {forms:?}");
            }
        }
        assert!(other_forms("peace", Grammar::Other).is_empty());
    }

    #[test]
    fn french_and_spanish_plurals() {
        for (grammar, one, other) in [
            (Grammar::French, "resolution", "resolutions"),
            (Grammar::French, "resolutions", "resolution"),
            (Grammar::French, "international", "internationaux"),
            (Grammar::French, "adoptee", "adopter"),
            (Grammar::Spanish, "resolucion", "resoluciones"),
            (Grammar::Spanish, "paises", "pais"),
            (Grammar::Spanish, "unidas", "unidos"),
            (Grammar::Spanish, "voces", "voz"),
        ] {
            let forms = other_forms(one, grammar);
            assert!(forms.iter().any(|form| form == other), "{one}: {forms:?}");
        }
    }
}
