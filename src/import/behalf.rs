//! On whose behalf a statement is made, from its own words.
//!
//! The string "A3" stands in fewer than half of the statements made for the three African members,
//! so the words "the three African members of the Security Council" and the names count as well.

use super::words::{head, key};
use crate::facts::states;
use crate::record::Behalf;

/// How much of a statement is read: a group is named at its beginning.
const REACH: usize = 2500;

/// Words that say "on behalf of", as printed in small letters.
const OPENERS: &[&str] = &[
    "on behalf of ",
    "On behalf of ",
    "Au nom de ",
    "Au nom des ",
    "Au nom du ",
    "Au nom de l’",
    "En nombre de ",
    "En nombre del ",
    "От имени ",
    "on the behalf of ",
    "au nom de ",
    "au nom des ",
    "au nom du ",
    "au nom de l’",
    "au nom d’",
    "en nombre de ",
    "en nombre del ",
    "от имени ",
    "代表",
];

/// Groups known by name: folded words that must all be in the phrase, and what the group is called.
const GROUPS: &[(&[&str], &str)] = &[
    (&["european union"], "European Union"),
    (&["union europeenne"], "European Union"),
    (&["union europea"], "European Union"),
    (&["европеиского союза"], "European Union"),
    (&["欧洲联盟"], "European Union"),
    (&["欧盟"], "European Union"),
    (&["nordic"], "Nordic countries"),
    (&["pays nordiques"], "Nordic countries"),
    (&["paises nordicos"], "Nordic countries"),
    (&["baltic states"], "Baltic States"),
    (&["group of five small states"], "Group of Five Small States"),
    (&["small five"], "Group of Five Small States"),
    (&["group of 77"], "Group of 77 and China"),
    (&["non-aligned"], "Movement of Non-Aligned Countries"),
    (&["african union"], "African Union"),
    (&["african group"], "Group of African States"),
    (&["group of african states"], "Group of African States"),
    (&["arab group"], "Group of Arab States"),
    (&["group of arab states"], "Group of Arab States"),
    (&["league of arab states"], "League of Arab States"),
    (&["organization of islamic cooperation"], "Organization of Islamic Cooperation"),
    (&["islamic conference"], "Organization of the Islamic Conference"),
    (&["association of southeast asian nations"], "Association of Southeast Asian Nations"),
    (&["asean"], "Association of Southeast Asian Nations"),
    (&["caribbean community"], "Caribbean Community"),
    (&["caricom"], "Caribbean Community"),
    (&["pacific islands forum"], "Pacific Islands Forum"),
    (&["pacific small island"], "Pacific Small Island Developing States"),
    (&["alliance of small island states"], "Alliance of Small Island States"),
    (&["human security network"], "Human Security Network"),
    (
        &["accountability, coherence and transparency"],
        "Accountability, Coherence and Transparency group",
    ),
    (&["community of portuguese-speaking"], "Community of Portuguese-speaking Countries"),
    (&["rio group"], "Rio Group"),
    (&["southern african development community"], "Southern African Development Community"),
    (&["economic community of west african states"], "Economic Community of West African States"),
    (&["collective security treaty organization"], "Collective Security Treaty Organization"),
];

/// Ways to name the three African members of the Council, folded.
const AFRICAN_THREE: &[&str] = &[
    "three african members",
    "african members of the security council",
    "african members of the council",
    "three african countries",
    "three african states",
    "trois membres africains",
    "membres africains du conseil",
    "tres miembros africanos",
    "miembros africanos del consejo",
    "трех африканских",
    "африканских членов",
    "三个非洲成员",
    "三个非洲理事国",
    "非洲三国",
    "安理会非洲成员",
];

/// The groups a statement says it is made for. `own` is the speaker's State, which is no group.
#[must_use]
pub fn find(text: &str, own: Option<&str>) -> Vec<Behalf> {
    let text = head(text, REACH);
    let mut found: Vec<Behalf> = Vec::new();
    for (at, opener) in openings(text) {
        let sentence = sentence_around(text, at);
        let phrase = sentence_rest(&text[at + opener.len()..]);
        if !is_own_voice(&text[sentence..at], opener) {
            continue;
        }
        if let Some(behalf) =
            group(phrase, own).filter(|b| found.iter().all(|f| f.group != b.group))
        {
            found.push(behalf);
        }
    }
    found
}

/// Places of the words "on behalf of".
fn openings(text: &str) -> Vec<(usize, &'static str)> {
    let mut found: Vec<(usize, &'static str)> =
        OPENERS.iter().flat_map(|o| text.match_indices(o).map(|(at, _)| (at, *o))).collect();
    found.sort_unstable_by_key(|&(at, opener)| (at, std::cmp::Reverse(opener.len())));
    found.dedup_by_key(|&mut (at, _)| at);
    found
}

/// Where the sentence around byte `at` begins.
fn sentence_around(text: &str, at: usize) -> usize {
    text[..at]
        .rfind(['.', '。', '\n', '!', '?'])
        .map_or(0, |stop| stop + text[stop..].chars().next().map_or(1, char::len_utf8))
}

/// The rest of a sentence, abbreviations left aside.
fn sentence_rest(text: &str) -> &str {
    let end = text.char_indices().find(|&(at, c)| match c {
        '。' | '\n' | '!' | '?' => true,
        '.' => text[at + 1..].starts_with(' ') || text.len() == at + 1,
        _ => false,
    });
    head(end.map_or(text, |(at, _)| &text[..at]), 600)
}

/// Whether the speaker says it of this statement: "I speak on behalf of", not "I thank him on behalf of".
fn is_own_voice(before: &str, opener: &str) -> bool {
    const SPEAKING: &[&str] = &[
        "i have the honour",
        "i have the honor",
        "i am honoured",
        "i am honored",
        "honour to",
        "i am speaking",
        "i speak",
        "i deliver",
        "i am delivering",
        "i make",
        "i am making",
        "i am pleased to",
        "i will speak",
        "i shall speak",
        "statement",
        "i take the floor",
        "i am taking the floor",
        "intervention",
        "pleasure to speak",
        "privilege",
        "i would like to speak",
        "like to speak",
        "remarks",
        "j'ai l'honneur",
        "je prononce",
        "je fais",
        "je prends la parole",
        "declaration",
        "je m'exprime",
        "j'interviens",
        "tengo el honor",
        "hablo",
        "formulo",
        "formular",
        "declaracion",
        "intervengo",
        "tomo la palabra",
        "имею честь",
        "выступаю",
        "выступить",
        "заявлени",
        "выступлени",
    ];
    if opener == "代表" {
        // "以…代表的身份" and "特别代表" are nouns; only "我（荣幸地）代表" speaks for somebody.
        let end: String = before.chars().rev().take(8).collect();
        return end.contains('我') && !before.ends_with(['别', '位', '以', '团']);
    }
    let folded = key(before);
    let thanks = [
        "thank",
        "congratulat",
        "condolence",
        "remerci",
        "felicit",
        "agrade",
        "благодар",
        "welcome",
    ];
    let last = folded.rsplit([',', ';']).next().unwrap_or("");
    // A sentence that begins with the words themselves: "On behalf of the A3, I ..."
    folded.is_empty() && opener.starts_with(char::is_uppercase)
        || SPEAKING.iter().any(|s| folded.contains(&key(s)))
            && !thanks.iter().any(|t| last.contains(t))
}

/// The group a phrase names, with its members.
fn group(phrase: &str, own: Option<&str>) -> Option<Behalf> {
    let folded = key(phrase);
    if let Some(behalf) = african_three(&folded, phrase, own) {
        return Some(behalf);
    }
    let named = GROUPS.iter().find(|(words, _)| words.iter().all(|w| folded.contains(&key(w))));
    if let Some((_, name)) = named {
        return Some(Behalf { group: (*name).to_owned(), members: states_in(phrase) });
    }
    let first =
        folded.trim_start_matches("the ").trim_start_matches("les ").trim_start_matches("los ");
    if [
        "members of the council",
        "members of the security council",
        "security council",
        "council",
        "membres du conseil",
        "miembros del consejo",
        "conseil",
        "consejo",
        "совета",
        "членов совета",
        "my ",
        "mon ",
        "ma ",
        "mi ",
        "our ",
        "notre",
        "nuestr",
        "mine",
        "all ",
        "people",
        "peuple",
        "pueblo",
        "government",
        "gouvernement",
        "gobierno",
        "secretary-general",
        "delegation",
        "моеи",
        "моего",
        "his ",
        "her ",
        "their ",
        "ourselves",
        "myself",
    ]
    .iter()
    .any(|o| first.starts_with(o))
    {
        return None;
    }
    let members = states_in(phrase);
    let list = members.len() >= 2;
    let words = [
        "group",
        "members",
        "countries",
        "states",
        "friends",
        "groupe",
        "pays",
        "membres",
        "grupo",
        "paises",
        "miembros",
        "amigos",
        "группы",
        "стран",
        "государств",
        "集团",
        "之友",
    ];
    let generic = words.iter().any(|w| key(head(phrase, 120)).contains(&key(w)));
    if !list && !generic {
        return None;
    }
    let name = phrase.split([',', ';', '—', '–', '，']).next().unwrap_or(phrase);
    let name = if list && !generic { phrase } else { name };
    let name = name.trim().trim_start_matches("the ").trim();
    (!name.is_empty()).then(|| Behalf { group: head(name, 160).trim().to_owned(), members })
}

/// The three African members, alone or with one more: A3, A3+.
fn african_three(folded: &str, phrase: &str, own: Option<&str>) -> Option<Behalf> {
    let tokens = || folded.split(|c: char| !c.is_alphanumeric() && c != '+');
    let short = tokens().any(|t| matches!(t, "a3" | "а3"));
    let plus = tokens().any(|t| t.starts_with("a3+") || t.starts_with("а3+"))
        || folded.contains("a3 plus");
    let spelled = AFRICAN_THREE.iter().any(|w| folded.contains(&key(w)));
    if !short && !plus && !spelled {
        return None;
    }
    let mut members = states_in(phrase);
    // "as well as my own country, Guyana": with a fourth State the group is A3+.
    let more = members.len() > 3
        || [
            "as well as my own",
            "and my own country",
            "et de mon pays",
            "así como mi propio",
            "а также моеи",
            "以及我国",
        ]
        .iter()
        .any(|w| folded.contains(&key(w)));
    if let Some(own) =
        own.filter(|own| more && !members.is_empty() && !members.iter().any(|m| m == own))
    {
        members.push(own.to_owned());
    }
    let group = if plus || more { "A3+" } else { "A3" };
    Some(Behalf { group: group.to_owned(), members })
}

/// The States a phrase names, by their UN short names, each once.
fn states_in(phrase: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < phrase.len() {
        let rest = &phrase[at..];
        let first = rest.chars().next();
        let begins =
            first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase());
        let before = phrase[..at].chars().next_back();
        let free = before.is_none_or(|c| !c.is_alphanumeric() || c >= '\u{2E80}');
        let named = if begins && free { named_at(rest) } else { None };
        if let Some((name, len)) = named {
            if !found.iter().any(|f| f == name) {
                found.push(name.to_owned());
            }
            at += len.max(1);
            continue;
        }
        at += first.map_or(1, char::len_utf8);
    }
    found
}

/// The State a text begins with; in Russian also in the genitive, as after "от имени".
fn named_at(text: &str) -> Option<(&'static str, usize)> {
    let end = text.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(text.len());
    let word = &text[..end];
    if let Some((state, len)) = states::longest_at_start(text)
        && (len >= end || !text.starts_with(|c: char| matches!(c, 'А'..='Я')))
    {
        return Some((state.name, len));
    }
    if word.chars().count() < 5 || !word.chars().all(|c| matches!(c, 'А'..='я' | 'ё' | '-')) {
        return None;
    }
    let last = word.chars().next_back()?;
    let stem = &word[..word.len() - last.len_utf8()];
    ["", "а", "я", "ь", "й", "о"]
        .iter()
        .find_map(|ending| states::lookup(&format!("{stem}{ending}")))
        .map(|state| (state.name, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Vec<String> {
        find(text, None).into_iter().map(|b| b.group).collect()
    }

    #[test]
    fn the_three_african_members_in_five_languages() {
        for text in [
            "I have the honour to deliver this statement on behalf of the three African members of the Security Council — Algeria, Mozambique and Sierra Leone — as well as my own country, Guyana (A3+).",
            "I speak on behalf of the A3+.",
            "J’ai l’honneur de prononcer cette déclaration au nom des trois membres africains du Conseil, et de mon pays, le Guyana.",
            "Tengo el honor de formular esta declaración en nombre de los tres miembros africanos del Consejo, así como mi propio país (A3+1).",
            "Я имею честь выступить от имени трех африканских государств, а также моей собственной страны (группа «А3+»).",
            "我荣幸地代表安全理事会三个非洲成员以及我国圭亚那（A3+）发言。",
        ] {
            assert_eq!(groups(text), ["A3+"], "{text}");
        }
        assert_eq!(groups("I make this statement on behalf of the A3."), ["A3"]);
        assert_eq!(
            groups("On behalf of the African members of the Council, I welcome the report."),
            ["A3"]
        );
    }

    #[test]
    fn other_groups() {
        for (text, want) in [
            (
                "I have the honour to speak on behalf of the European Union and its member States.",
                "European Union",
            ),
            (
                "I am pleased to speak on behalf of the Nordic countries, namely, and my own.",
                "Nordic countries",
            ),
            (
                "I deliver this statement on behalf of the Group of Five Small States.",
                "Group of Five Small States",
            ),
            (
                "I speak on behalf of the Group of Friends of Invented Things, and say so.",
                "Group of Friends of Invented Things",
            ),
            ("J’ai l’honneur de prendre la parole au nom de l’Union européenne.", "European Union"),
        ] {
            assert_eq!(groups(text), [want], "{text}");
        }
    }

    #[test]
    fn thanks_and_own_voices_are_no_groups() {
        for text in [
            "I thank him on behalf of the members of the Council.",
            "On behalf of my delegation, I thank the President.",
            "I speak on behalf of my country.",
            "I have the honour to speak on behalf of the Secretary-General.",
            "He acted on behalf of the European Union.",
            "我以秘鲁代表的身份发言。",
            "我感谢秘书长特别代表。",
        ] {
            assert_eq!(groups(text), Vec::<String>::new(), "{text}");
        }
    }
}
