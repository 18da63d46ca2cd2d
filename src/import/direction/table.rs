//! The words of directions in the six official languages: the one table for every source.
//!
//! All words are compared folded. Directions of seating have subjects of their own and are in
//! `super::seating`, silence, applause and films in `super::scene`.

use super::kind::DirectionKind;
use crate::import::words::fold_text;

/// Prefixes of directions, as printed except for case and accents. A prefix comes before its own prefix,
/// so that the time starts after all of the words.
pub(super) const PREFIXES: &[(DirectionKind, &[&str])] = &[
    (
        DirectionKind::Opening,
        &[
            "the meeting was called to order at",
            "the meeting was opened at",
            "the meeting opened at",
            "la seance est ouverte a",
            "se abre la sesion a las",
            "se abre la sesion a la",
            "se declara abierta la sesion a las",
            "заседание открывается в",
            "заседание было открыто в",
            "افتتحت الجلسة الساعة",
            "افتتحت الجلسة",
        ],
    ),
    (
        DirectionKind::Resumed,
        &[
            "the meeting was resumed at",
            "the meeting resumed at",
            "the meeting was reconvened at",
            "la seance est reprise a",
            "se reanuda la sesion a las",
            "se reanuda la sesion a la",
            "заседание возобновляется в",
            "заседание возобновлено в",
            "استؤنفت الجلسة الساعة",
            "استؤنفت الجلسة",
        ],
    ),
    (
        DirectionKind::Closing,
        &[
            "the meeting rose at",
            "the meeting was adjourned at",
            "the meeting was closed at",
            "la seance est levee a",
            "se levanta la sesion a las",
            "se levanta la sesion a la",
            "заседание закрывается в",
            "заседание закрыто в",
            "رفعت الجلسة الساعة",
            "رفعت الجلسة",
        ],
    ),
    (
        DirectionKind::Suspended,
        &[
            "the meeting was suspended at",
            "the meeting was suspended from",
            "la seance est suspendue a",
            "la seance, suspendue a",
            "se suspende la sesion a las",
            "se suspende la sesion a la",
            "заседание прерывается в",
            "заседание прервано в",
            "علقت الجلسة الساعة",
            "علقت الجلسة",
        ],
    ),
    (
        DirectionKind::Agenda,
        &[
            "the agenda was adopted",
            "adoption of the agenda",
            "expression of thanks to the",
            "expression of thanks to retiring members",
            "expression of sympathy",
            "expression of welcome",
            "l'ordre du jour est adopte",
            "adoption de l'ordre du jour",
            "remerciements au president sortant",
            "remerciements a la presidente sortante",
            "queda aprobado el orden del dia",
            "aprobacion del orden del dia",
            "expresion de agradecimiento",
            "повестка дня утверждается",
            "утверждение повестки дня",
            "выражение благодарности",
            "أقر جدول الأعمال",
            "إقرار جدول الأعمال",
        ],
    ),
    (
        DirectionKind::Decided,
        &[
            "there being no objection, it is so decided",
            "there being no objection, it was so decided",
            "it was so decided",
            "it was so agreed",
            "en l'absence d'objection, il en est ainsi decide",
            "il en est ainsi decide",
            "por no haber objeciones, asi queda acordado",
            "al no haber objeciones, asi queda acordado",
            "no habiendo objeciones, asi queda acordado",
            "asi queda acordado",
            "поскольку возражений нет, решение принимается",
            "ввиду отсутствия возражений решение принимается",
            "решение принимается",
            "لعدم وجود اعتراض، تقرر ذلك",
            "تقرر ذلك",
        ],
    ),
    (
        DirectionKind::Vote,
        &[
            "a vote was taken",
            "a vote was then taken",
            "the vote was taken by",
            "a secret ballot was taken",
            "il est procede au vote",
            "il est procede a un vote",
            "se procede a votacion",
            "se procede a una votacion",
            "проводится голосование",
            "проводится тайное голосование",
            "أجري التصويت",
            "أجري تصويت",
        ],
    ),
];

/// The same in Chinese, where the verb comes last: suffixes of lines.
pub(super) const CHINESE: &[(DirectionKind, &[&str])] = &[
    (DirectionKind::Opening, &["开会", "会议开始"]),
    (DirectionKind::Resumed, &["复会", "会议继续"]),
    (DirectionKind::Closing, &["散会"]),
    (DirectionKind::Suspended, &["休会", "会议暂停", "暂停会议"]),
    (DirectionKind::Agenda, &["议程通过", "通过议程", "议程获得通过"]),
    (DirectionKind::Decided, &["没有人反对，就这样决定", "没有反对意见，就这样决定", "就这样决定"]),
    (
        DirectionKind::Silence,
        &["安理会成员默哀一分钟", "安全理事会成员默哀一分钟", "全体默哀一分钟"],
    ),
    (DirectionKind::Vote, &["进行了举手表决", "举手表决", "进行表决", "进行了表决"]),
];

/// Headings of a meeting as whole lines, which the data set runs into one text with the words before.
pub const HEADINGS: [&str; 7] = [
    "Expression of thanks to the outgoing President",
    "Expression of thanks to the retiring President",
    "Expression of thanks to retiring members",
    "Expression of welcome to new members",
    "Expression of sympathy",
    "Adoption of the agenda",
    "The agenda was adopted.",
];

/// Words in a sentence that somebody speaks, in the languages of the records, folded.
const SPOKEN: &[&str] = &[
    "i",
    "we",
    "my",
    "our",
    "us",
    "me",
    "mine",
    "ours",
    "myself",
    "ourselves",
    "you",
    "your",
    "je",
    "j",
    "nous",
    "mon",
    "ma",
    "mes",
    "notre",
    "nos",
    "moi",
    "vous",
    "votre",
    "yo",
    "nosotros",
    "mi",
    "mis",
    "nuestro",
    "nuestra",
    "nuestros",
    "nuestras",
    "usted",
    "ustedes",
    "я",
    "мы",
    "мои",
    "моя",
    "наш",
    "наша",
    "наше",
    "нам",
    "нас",
    "мне",
    "меня",
    "вы",
    "вам",
    "yesterday",
    "ago",
    "hier",
    "ayer",
    "вчера",
];

/// Folds words of a table and keeps a space at their end.
pub(super) fn fold_start(words: &str) -> String {
    let mut folded = fold_text(words);
    if words.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// Whether folded words are somebody's: one of them means the speaker or the listeners, or another day.
pub(super) fn is_spoken(folded: &str) -> bool {
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| SPOKEN.contains(&word))
}
