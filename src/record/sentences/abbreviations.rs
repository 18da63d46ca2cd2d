//! The abbreviations whose full stop may end no sentence, and the words that begin one.

/// The longest word that is looked up, in bytes.
pub(super) const LONGEST_WORD: usize = 24;

/// When the full stop of an abbreviation ends no sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Whatever comes after it: a name, or the rest of the sentence.
    Always,
    /// Before a number: "para. 12". Without what comes after it, it counts as an abbreviation.
    Number,
    /// Before a number. It is also a word of its own, with which a sentence may end: "no", "par".
    OnlyNumber,
    /// Before anything but a word that begins sentences: "долл. США".
    Perhaps,
    /// Before a small letter alone: "at 10 a.m. The Council met".
    MayEnd,
}

/// What the table says of a word.
#[derive(Clone, Copy)]
enum Kind {
    /// Before a name, with a capital letter: [`Abbreviation::Always`].
    Title,
    /// [`Abbreviation::Always`]
    Always,
    /// [`Abbreviation::Number`]
    Number,
    /// [`Abbreviation::Number`] with a capital letter, else [`Abbreviation::OnlyNumber`].
    CapitalNumber,
    /// [`Abbreviation::OnlyNumber`]
    OnlyNumber,
    /// [`Abbreviation::Perhaps`]
    Perhaps,
    /// [`Abbreviation::MayEnd`]
    MayEnd,
}
use Kind::{Always, CapitalNumber, MayEnd, Number, OnlyNumber, Perhaps, Title};

/// The abbreviations in small letters, without their last full stop, in the order of their bytes.
#[rustfmt::skip]
const TABLE: &[(&str, Kind)] = &[
    ("a.m", MayEnd), ("add", OnlyNumber), ("adm", Title), ("al", OnlyNumber), ("alin", OnlyNumber),
    ("amb", Title), ("ap", OnlyNumber), ("apdo", Number), ("app", OnlyNumber), ("approx", Always),
    ("apr", OnlyNumber), ("art", Number), ("arts", Number), ("aug", OnlyNumber), ("brig", Title),
    ("c.-à-d", Always), ("cap", OnlyNumber), ("capt", Title), ("cf", Always), ("cfr", Always),
    ("ch", OnlyNumber), ("chap", Number), ("chaps", Number), ("cl", OnlyNumber), ("cmdr", Title),
    ("cnel", Title), ("co", Perhaps), ("col", Title), ("corp", Perhaps), ("corr", OnlyNumber),
    ("cía", Perhaps), ("dec", OnlyNumber), ("dem", Title), ("doc", OnlyNumber),
    ("docs", OnlyNumber), ("dr", Title), ("dra", Title), ("drs", Title), ("dª", Title),
    ("déc", OnlyNumber), ("e.g", Always), ("ed", OnlyNumber), ("eds", OnlyNumber), ("ee", Perhaps),
    ("eg", Always), ("ej", Always), ("ex", Always), ("excma", Title), ("excmo", Title), ("excmos", Title),
    ("feb", OnlyNumber), ("fig", OnlyNumber), ("figs", OnlyNumber), ("ft", Title),
    ("févr", OnlyNumber), ("gen", Title), ("gov", Title), ("gral", Title), ("hon", Title),
    ("i.e", Always), ("ie", Always), ("ilma", Title), ("ilmo", Title), ("inc", Perhaps),
    ("ing", Title), ("jan", OnlyNumber), ("janv", OnlyNumber), ("jr", Perhaps),
    ("juil", OnlyNumber), ("jul", OnlyNumber), ("jun", OnlyNumber), ("lic", Title),
    ("lit", OnlyNumber), ("lt", Title), ("ltd", Perhaps), ("m", Title), ("maj", Title),
    ("messrs", Title), ("mgr", Title), ("mlle", Title), ("mm", Title), ("mme", Title),
    ("mmes", Title), ("mons", Title), ("mr", Title), ("mrs", Title), ("ms", Title), ("mt", Title),
    ("no", CapitalNumber), ("nos", CapitalNumber), ("nov", OnlyNumber), ("nro", OnlyNumber),
    ("n°", Number), ("nº", Number), ("núm", Number), ("núms", Number), ("oct", OnlyNumber),
    ("op", Always), ("p.ej", Always), ("p.ex", Always), ("p.m", MayEnd),
    ("par", OnlyNumber), ("para", Number), ("paras", Number), ("pp", Number), ("prof", Title),
    ("pv", OnlyNumber), ("pág", Number), ("págs", Number), ("párr", Number), ("párrs", Number),
    ("rep", Title), ("res", OnlyNumber), ("rev", Title), ("rt", Title), ("sec", OnlyNumber),
    ("sect", Number), ("sects", Number), ("sen", Title), ("sept", OnlyNumber), ("sgt", Title),
    ("sr", Title), ("sra", Title), ("sras", Title), ("sres", Title), ("srs", Title),
    ("srta", Title), ("srtas", Title), ("st", Title), ("sta", Title), ("ste", Title),
    ("sto", Title), ("ud", Perhaps), ("uds", Perhaps), ("uu", Perhaps), ("vd", Perhaps),
    ("vds", Perhaps), ("viz", Always), ("vol", Number), ("vols", Number), ("vs", Always),
    ("абз", Number), ("акад", Always), ("г", Always), ("гг", Always), ("ген", Perhaps),
    ("гл", Number), ("долл", Perhaps), ("доц", Always), ("им", Perhaps), ("млн", Perhaps),
    ("млрд", Perhaps), ("напр", Always), ("обл", Always), ("пп", Number), ("прил", Number),
    ("проф", Always), ("разд", Number), ("рис", Number), ("руб", Perhaps), ("с.г", MayEnd),
    ("см", Always), ("ср", Always), ("ст", Number), ("стр", Number), ("т.д", MayEnd),
    ("т.е", Always), ("т.к", Always), ("т.н", Always), ("т.п", MayEnd), ("тыс", Perhaps),
    ("ул", Always),
];

/// Words that begin sentences and are no names, in the order of their bytes.
#[rustfmt::skip]
pub(super) const STARTERS: &[&str] = &[
    "A", "After", "Again", "Ahora", "All", "Allow", "Alors", "Also", "Although", "An", "And",
    "Another", "Ante", "Any", "As", "Así", "At", "Au", "Aujourd", "Aunque", "Aussi", "Aux", "Avec",
    "Because", "Before", "Both", "But", "By", "Can", "Ce", "Cela", "Celui", "Ces", "Cet", "Cette",
    "Comme", "Como", "Con", "Cuando", "Dans", "Depuis", "Desde", "Después", "Did", "Do", "Donc",
    "Each", "Ella", "Ellos", "En", "Enfin", "Entonces", "Es", "Esa", "Ese", "Esta", "Estas",
    "Este", "Esto", "Estos", "Et", "Even", "Every", "Finally", "First", "For", "Four", "From",
    "Had", "Has", "Have", "Hay", "He", "Her", "Here", "His", "How", "However", "Hoy", "I", "If",
    "Il", "Ils", "In", "Instead", "Is", "It", "Its", "Je", "Las", "Last", "Les", "Let", "Leur",
    "Lo", "Los", "Mais", "Many", "May", "Me", "Moreover", "Most", "My", "Never", "No", "None",
    "Nor", "Nos", "Nosotros", "Not", "Notre", "Nous", "Now", "Nuestra", "Nuestro", "Nuestros", "Of", "On",
    "Once", "One", "Only", "Or", "Other", "Our", "Over", "Par", "Para", "Pero", "Por", "Porque",
    "Pour", "Puis", "Que", "Qui", "Sans", "Se", "Second", "Several", "She", "Should", "Si", "Sin",
    "Since", "So", "Sobre", "Some", "Son", "Su", "Such", "Sur", "Sus", "También", "Ten", "Thank",
    "That", "The", "Their", "Then", "There", "Therefore", "These", "They", "Third", "This",
    "Those", "Three", "Through", "Thus", "To", "Today", "Tous", "Tout", "Toutefois", "Tras", "Two",
    "Un", "Una", "Under", "Une", "Unos", "Until", "Vous", "Was", "We", "Were", "What", "When",
    "Where", "Which", "While", "Who", "Why", "Will", "With", "Without", "Would", "Y", "Ya", "Yes",
    "Yet", "You", "Your", "А", "Без", "Более", "Был", "Была", "Были", "Было", "В", "Во", "Все",
    "Вы", "Да", "Для", "До", "Его", "Если", "Есть", "Еще", "За", "И", "Из", "Именно", "Их", "К",
    "Как", "Когда", "Кроме", "Мы", "На", "Надо", "Наш", "Наша", "Наши", "Не", "Нет", "Но", "О",
    "Об", "Однако", "Он", "Она", "Они", "Оно", "От", "По", "После", "Поэтому", "При", "Призываем",
    "С", "Сегодня", "Со", "Так", "Также", "Тем", "То", "Только", "У", "Хотел", "Что", "Чтобы",
    "Эта", "Эти", "Это", "Этот", "Я",
];

/// What is known of a word before a full stop.
pub(super) fn lookup(word: &str) -> Option<Abbreviation> {
    let mut small = [0; LONGEST_WORD];
    let mut length = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let end = length + c.len_utf8();
        c.encode_utf8(small.get_mut(length..end)?);
        length = end;
    }
    let small = std::str::from_utf8(&small[..length]).ok()?;
    let found = TABLE.binary_search_by_key(&small, |(word, _)| word).ok()?;
    let capital = word.starts_with(char::is_uppercase);
    match TABLE[found].1 {
        Title => capital.then_some(Abbreviation::Always),
        Always => Some(Abbreviation::Always),
        CapitalNumber if capital => Some(Abbreviation::Number),
        Number => Some(Abbreviation::Number),
        CapitalNumber | OnlyNumber => Some(Abbreviation::OnlyNumber),
        Perhaps => Some(Abbreviation::Perhaps),
        MayEnd => Some(Abbreviation::MayEnd),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_the_order_they_are_searched_in() {
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
        assert!(STARTERS.is_sorted_by(|a, b| a < b));
        assert!(TABLE.iter().all(|(word, _)| word.len() <= LONGEST_WORD));
        assert!(TABLE.iter().all(|(word, _)| *word == word.to_lowercase()));
    }

    #[test]
    fn a_title_has_a_capital_letter() {
        assert_eq!(lookup("Mr"), Some(Abbreviation::Always));
        assert_eq!(lookup("MRS"), Some(Abbreviation::Always));
        assert_eq!(lookup("col"), None);
        assert_eq!(lookup("No"), Some(Abbreviation::Number));
        assert_eq!(lookup("no"), Some(Abbreviation::OnlyNumber));
        assert_eq!(lookup("a word of more than the longest"), None);
    }
}
