//! Lines joined into one text, with the places where pages turn, and line-end hyphens.
//!
//! A line-end hyphen is kept, removed, or followed by a space. Measured on official PDFs: English records
//! break no words, so a hyphen at the end of a line belongs to the text. French, Spanish and Russian ones
//! break words at syllables. What the document writes elsewhere decides first, lists of compounds after it.

use std::collections::HashSet;

use super::Line;
use crate::import::words::{first_bytes, is_wide, last_bytes};
use crate::record::{Break, Language};

/// What was done at line ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JoinCounts {
    /// Lines joined to the one before.
    pub joined: u64,
    /// Line-end hyphens kept.
    pub kept: u64,
    /// Line-end hyphens removed.
    pub undone: u64,
}

/// What joining needs to know of the document.
#[derive(Clone, Debug)]
pub struct JoinRules {
    pub language: Language,
    pub words: Vocabulary,
}

/// A text to which lines are added.
#[derive(Clone, Debug, Default)]
pub struct JoinedText {
    pub text: String,
    /// The page of its first line.
    pub page: Option<u32>,
    pub breaks: Vec<Break>,
    now: Option<u32>,
}

impl JoinedText {
    /// A text that is whole already, of a source without pages.
    pub fn from_text(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Joins the lines of one paragraph.
    pub fn join(lines: &[Line], rules: &JoinRules, tally: &mut JoinCounts) -> Self {
        let mut joined = Self::default();
        for line in lines {
            joined.push(line, rules, tally);
        }
        joined
    }

    /// Adds a line.
    pub fn push(&mut self, line: &Line, rules: &JoinRules, tally: &mut JoinCounts) {
        if self.text.is_empty() {
            (self.page, self.now) = (line.page, line.page);
            self.text.push_str(&line.text);
            return;
        }
        tally.joined += 1;
        // Only the last word matters, so that a line costs the same in a paragraph of any length.
        match choose_join(last_bytes(&self.text, 200), &line.text, &rules.language, &rules.words) {
            Join::Space => self.text.push(' '),
            Join::Close => {}
            Join::Keep => tally.kept += 1,
            Join::Suspended => {
                tally.kept += 1;
                self.text.push(' ');
            }
            Join::Undo => {
                tally.undone += 1;
                self.text.pop();
            }
        }
        if let Some(page) = line.page.filter(|_| line.page != self.now) {
            self.breaks.push(Break { at: self.text.len(), page });
            self.now = line.page;
        }
        self.text.push_str(&line.text);
    }

    /// Removes the first `len` bytes; the page becomes that of the rest.
    pub fn without_head(mut self, len: usize) -> Self {
        if let Some(turned) = self.breaks.iter().rev().find(|b| b.at <= len) {
            self.page = Some(turned.page);
        }
        self.breaks.retain(|b| b.at > len);
        for turn in &mut self.breaks {
            turn.at -= len;
        }
        self.text.drain(..len);
        self
    }
}

/// Joins at most `max` bytes of each line without counting, to look ahead.
pub fn peek_joined(lines: &[Line], rules: &JoinRules, max: usize) -> String {
    let short = |line: &Line| Line {
        text: first_bytes(&line.text, max).to_owned(),
        page: line.page,
        ..Line::default()
    };
    let short: Vec<Line> = lines.iter().map(short).collect();
    JoinedText::join(&short, rules, &mut JoinCounts::default()).text
}

/// The words of a document, as it writes them inside of lines.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Words without a hyphen, in lower case.
    solid: HashSet<String>,
    /// Words with one, in lower case.
    hyphened: HashSet<String>,
    /// The same up to the fourth letter after the hyphen, since endings change in many languages.
    stems: HashSet<String>,
}

/// How two lines are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// With a space.
    Space,
    /// With nothing: the script has no spaces here, or the line ends in a slash.
    Close,
    /// With nothing, and the hyphen kept.
    Keep,
    /// With nothing, and the hyphen removed.
    Undo,
    /// With a space after the hyphen: "food- and nutrition-insecurity".
    Suspended,
}

impl Vocabulary {
    /// Collects the words of lines, without those that a line end may have broken.
    pub fn from_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut vocabulary = Self::default();
        let mut broken = false;
        for line in lines {
            let mut words: Vec<&str> = line.split(|c| !is_word_char(c)).collect();
            words.retain(|w| !w.is_empty());
            if broken && !words.is_empty() {
                words.remove(0);
            }
            broken = ends_in_hyphen(line);
            if broken {
                words.pop();
            }
            for word in words {
                vocabulary.add(word);
            }
        }
        vocabulary
    }

    /// The same without words that have no hyphen, so that no hyphen of an English text is removed.
    pub fn hyphens_only<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        Self { solid: HashSet::new(), ..Self::from_lines(lines) }
    }

    fn add(&mut self, word: &str) {
        let word = word.trim_matches('-').to_lowercase();
        if !word.contains('-') {
            self.solid.insert(word);
            return;
        }
        let parts: Vec<&str> = word.split('-').collect();
        for pair in parts.windows(2) {
            self.stems.insert(hyphen_stem(pair[0], pair[1]));
        }
        self.hyphened.insert(word);
    }
}

/// The first part with the first four letters of the second.
fn hyphen_stem(left: &str, right: &str) -> String {
    let head: String = right.chars().take(4).collect();
    format!("{left}-{head}")
}

/// Whether a character is part of a word; hyphens and apostrophes are.
fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '’' | '\'')
}

/// Whether a line ends in a hyphen that follows a letter or digit, so that it is no dash.
pub fn ends_in_hyphen(line: &str) -> bool {
    let mut back = line.chars().rev();
    let hyphen = matches!(back.next(), Some('-' | '\u{2010}' | '\u{2011}' | '\u{AD}'));
    hyphen && back.next().is_some_and(char::is_alphanumeric)
}

/// How to join `left` and the line `right` after it.
fn choose_join(left: &str, right: &str, language: &Language, words: &Vocabulary) -> Join {
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else {
        return Join::Close;
    };
    if last == '\u{AD}' {
        return Join::Undo;
    }
    if ends_in_hyphen(left) {
        return join_at_hyphen(left, right, language, words);
    }
    let wide = is_wide(last) || is_wide(first);
    if wide || (*language == Language::Chinese && (last == '—' || first == '—')) {
        return Join::Close;
    }
    let before = left.chars().rev().nth(1);
    if last == '/' && before.is_some_and(char::is_alphanumeric) && first.is_alphanumeric() {
        return Join::Close;
    }
    Join::Space
}

/// The same for a line that ends in a hyphen.
fn join_at_hyphen(left: &str, right: &str, language: &Language, words: &Vocabulary) -> Join {
    let left = left.trim_end_matches(['-', '\u{2010}', '\u{2011}']);
    let l = left.rsplit(|c| !is_word_char(c)).next().unwrap_or("");
    let r = right.split(|c| !is_word_char(c)).next().unwrap_or("");
    if !r.starts_with(char::is_alphabetic) {
        return Join::Keep;
    }
    let (low_l, low_r) = (l.to_lowercase(), r.to_lowercase());
    let solid = words.solid.contains(&format!("{low_l}{low_r}"));
    let tail = low_l.rsplit('-').next().unwrap_or("");
    let hyphened = words.hyphened.contains(&format!("{low_l}-{low_r}"))
        || words.stems.contains(&hyphen_stem(tail, low_r.split('-').next().unwrap_or("")));
    if is_suspended(&low_r, language) && !hyphened {
        return Join::Suspended;
    }
    let shouted = l.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if solid && !hyphened {
        return Join::Undo;
    }
    if r.starts_with(char::is_uppercase)
        && !(shouted && r.chars().nth(1).is_some_and(char::is_uppercase))
    {
        return Join::Keep;
    }
    let breaks_words = matches!(language, Language::French | Language::Spanish | Language::Russian);
    if !breaks_words || hyphened {
        return Join::Keep;
    }
    if left.ends_with(|c: char| c.is_ascii_digit()) || is_compound(&low_l, &low_r, language) {
        return Join::Keep;
    }
    Join::Undo
}

/// "short- and long-term", "courte- ou", "corto- y": a hyphen whose second part comes later.
fn is_suspended(right: &str, language: &Language) -> bool {
    match language {
        Language::English => matches!(right, "and" | "or" | "to" | "nor"),
        Language::French => matches!(right, "et" | "ou"),
        Language::Spanish => matches!(right, "y" | "o"),
        Language::Russian => matches!(right, "и" | "или"),
        _ => false,
    }
}

/// Whether the hyphen belongs to a compound, in the languages that also break words.
fn is_compound(l: &str, r: &str, language: &Language) -> bool {
    // "people-to-|people", "c’est-à-|dire", and "cessez-|le-feu" the other way round.
    let short = |part: &str| !part.is_empty() && part.chars().count() <= 2;
    let joint = l.rsplit_once('-').is_some_and(|(_, tail)| short(tail))
        || r.split_once('-').is_some_and(|(head, tail)| short(head) && !tail.is_empty());
    if joint {
        return true;
    }
    match language {
        Language::French => is_french_compound(l, r),
        Language::Russian => is_russian_compound(l, r),
        _ => false,
    }
}

fn is_french_compound(l: &str, r: &str) -> bool {
    let l = l.rsplit(['’', '\'']).next().unwrap_or(l);
    match r {
        "ci" | "là" => matches!(l, "celui" | "celle" | "ceux" | "celles"),
        "même" | "mêmes" => {
            matches!(l, "lui" | "elle" | "eux" | "elles" | "nous" | "vous" | "moi" | "soi")
        }
        "être" => matches!(l, "peut" | "bien"),
        "delà" | "dessus" | "dessous" | "devant" => matches!(l, "au" | "par" | "ci" | "là"),
        "vis" => l == "vis",
        // Syllables such as "sous-|crire" would read as compounds.
        _ if l == "sous" => !["cri", "tra", "ten", "tien", "tir"].iter().any(|s| r.starts_with(s)),
        _ => matches!(l, "non" | "socio" | "quasi" | "demi" | "semi" | "après" | "arrière"),
    }
}

fn is_russian_compound(l: &str, r: &str) -> bool {
    let (l, r) = (l.replace('ё', "е"), r.replace('ё', "е"));
    if matches!(r.as_str(), "то" | "либо" | "нибудь") {
        return ["кто", "что", "где", "как", "когда", "куда", "чем", "чему", "кого", "чего"]
            .contains(&l.as_str())
            || ["какой", "какая", "какое", "какие", "каких", "каким", "какую"]
                .contains(&l.as_str());
    }
    match l.as_str() {
        "премьер" | "вице" | "пресс" | "экс" | "генерал" | "нью" | "эль" | "штаб" => {
            true
        }
        "из" => matches!(r.as_str(), "за" | "под"),
        "во" | "в" => {
            ["первых", "вторых", "третьих", "четвертых", "пятых"].contains(&r.as_str())
        }
        "по" => {
            ["английски", "арабски", "испански", "китайски", "русски", "французски"]
                .contains(&r.as_str())
                || ["прежнему", "видимому", "настоящему", "новому", "разному"].contains(&r.as_str())
        }
        // "российско-иракских", "социально-экономический": an adjective before an adjective.
        _ => {
            ["ско", "ьно", "нно", "чно"].iter().any(|end| l.ends_with(end))
                && r.chars().count() >= 6
                && [
                    "ый", "ий", "ой", "ая", "ое", "ые", "ие", "ого", "его", "ому", "ых", "их",
                    "ым", "им", "ой", "ую", "ыми", "ими",
                ]
                .iter()
                .any(|end| r.ends_with(end))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_stand_where_the_new_page_begins() {
        let rules = JoinRules { language: Language::Russian, words: Vocabulary::default() };
        let mut joined = JoinedText::default();
        let mut tally = JoinCounts::default();
        for (text, page) in [("Г-н Орлан: пред-", 2), ("ставил", 3), ("доклад", 3)]
        {
            let line = Line { text: text.into(), page: Some(page), ..Line::default() };
            joined.push(&line, &rules, &mut tally);
        }
        assert_eq!(joined.text, "Г-н Орлан: представил доклад");
        assert_eq!(tally, JoinCounts { joined: 2, kept: 0, undone: 1 });
        let cut = joined.text.find("пред").unwrap();
        let joined = joined.without_head(cut);
        assert_eq!(joined.page, Some(2));
        assert_eq!(&joined.text[joined.breaks[0].at..], "ставил доклад");
    }

    #[test]
    fn a_break_in_the_form_of_address_gives_the_page() {
        let rules = JoinRules { language: Language::English, words: Vocabulary::default() };
        let mut joined = JoinedText::default();
        for (text, page) in [("Mr. Orlan", 2), ("(Peru): We", 3)] {
            let line = Line { text: text.into(), page: Some(page), ..Line::default() };
            joined.push(&line, &rules, &mut JoinCounts::default());
        }
        let joined = joined.without_head("Mr. Orlan (Peru): ".len());
        assert_eq!((joined.text.as_str(), joined.page), ("We", Some(3)));
        assert!(joined.breaks.is_empty());
    }
    fn joined(left: &str, right: &str, language: &Language, text: &[&str]) -> String {
        let words = Vocabulary::from_lines(text.iter().copied());
        let cut = left.trim_end_matches(['-', '\u{AD}']);
        match choose_join(left, right, language, &words) {
            Join::Space => format!("{left} {right}"),
            Join::Close | Join::Keep => format!("{left}{right}"),
            Join::Undo => format!("{cut}{right}"),
            Join::Suspended => format!("{left} {right}"),
        }
    }

    #[test]
    fn english_keeps() {
        let en = Language::English;
        for (left, right, want) in [
            ("people-to-", "people ties", "people-to-people ties"),
            ("the Secretary-", "General", "the Secretary-General"),
            ("food-", "and nutrition-insecurity", "food- and nutrition-insecurity"),
            ("short-", "to medium-term", "short- to medium-term"),
            ("down-", "to-earth", "down-to-earth"),
            ("the 1990-", "1995 war", "the 1990-1995 war"),
            ("a line", "and one", "a line and one"),
            ("and/", "or", "and/or"),
            ("Council —", "Algeria", "Council — Algeria"),
            ("peo\u{AD}", "ple", "people"),
        ] {
            assert_eq!(joined(left, right, &en, &[]), want);
        }
        assert_eq!(joined("co-", "operate", &en, &["they cooperate"]), "cooperate");
        let both = ["they cooperate", "to co-operate"];
        assert_eq!(joined("co-", "operate", &en, &both), "co-operate");
    }

    #[test]
    fn syllables_are_undone() {
        let (fr, es, ru) = (Language::French, Language::Spanish, Language::Russian);
        for (left, right, language, want) in [
            ("une résolu-", "tion", &fr, "une résolution"),
            ("les États-", "Unis", &fr, "les États-Unis"),
            ("c’est-à-", "dire", &fr, "c’est-à-dire"),
            ("un cessez-", "le-feu", &fr, "un cessez-le-feu"),
            ("eux-", "mêmes", &fr, "eux-mêmes"),
            ("la sous-", "région", &fr, "la sous-région"),
            ("de sous-", "crire", &fr, "de souscrire"),
            ("de Se-", "guridad", &es, "de Seguridad"),
            ("RESOLU-", "CIÓN", &es, "RESOLUCIÓN"),
            ("пред-", "ставленного", &ru, "представленного"),
            ("Хеннис-Плас-", "сарт", &ru, "Хеннис-Плассарт"),
            ("Сьерра-", "Леоне", &ru, "Сьерра-Леоне"),
            ("премьер-", "министр", &ru, "премьер-министр"),
            ("19-месяч-", "ный", &ru, "19-месячный"),
            ("го-", "ворит", &ru, "говорит"),
            ("российско-", "иракских", &ru, "российско-иракских"),
            ("что-", "либо", &ru, "что-либо"),
        ] {
            assert_eq!(joined(left, right, language, &[]), want);
        }
    }

    #[test]
    fn the_document_decides_first() {
        let fr = Language::French;
        let text = ["ils sont franco-allemands", "la Franco-"];
        assert_eq!(joined("franco-", "allemande", &fr, &text), "franco-allemande");
        assert_eq!(joined("non-", "obstant", &fr, &["nonobstant cela"]), "nonobstant");
    }

    #[test]
    fn chinese_has_no_spaces() {
        let zh = Language::Chinese;
        assert_eq!(joined("第", "2107（2013）号", &zh, &[]), "第2107（2013）号");
        assert_eq!(joined("成员——阿", "尔及利亚", &zh, &[]), "成员——阿尔及利亚");
        assert_eq!(joined("United", "Nations", &zh, &[]), "United Nations");
    }
}
