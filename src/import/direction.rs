//! Lines nobody spoke: "The agenda was adopted.", "The meeting rose at 10.15 a.m.", in the six languages.

use std::sync::LazyLock;

use super::words::{first_bytes, fold_text};

/// The kind of a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectionKind {
    /// The meeting was called to order or resumed.
    Opening,
    /// The meeting rose or was suspended.
    Closing,
    /// A heading or a decision on the agenda; titles follow, which nobody speaks.
    Agenda,
    /// Something was decided, or silence was observed; the President may continue.
    Aside,
    /// A vote was taken; its lists follow.
    Vote,
}

/// Prefixes of directions, as printed except for case and accents.
const BEGINNINGS: &[(DirectionKind, &[&str])] = &[
    (
        DirectionKind::Opening,
        &[
            "the meeting was called to order at",
            "the meeting was resumed at",
            "the meeting resumed at",
            "la seance est ouverte a",
            "la seance est reprise a",
            "se abre la sesion a las",
            "se reanuda la sesion a las",
            "заседание открывается в",
            "заседание возобновляется в",
            "افتتحت الجلسة الساعة",
            "افتتحت الجلسة",
            "استؤنفت الجلسة",
        ],
    ),
    (
        DirectionKind::Closing,
        &[
            "the meeting rose at",
            "the meeting was suspended at",
            "the meeting was adjourned at",
            "la seance est levee a",
            "la seance est suspendue a",
            "se levanta la sesion a las",
            "se suspende la sesion a las",
            "заседание закрывается в",
            "заседание прерывается в",
            "رفعت الجلسة الساعة",
            "رفعت الجلسة",
            "علقت الجلسة",
        ],
    ),
    (
        DirectionKind::Agenda,
        &[
            "the agenda was adopted",
            "adoption of the agenda",
            "expression of thanks to the",
            "expression of sympathy",
            "expression of welcome",
            "l'ordre du jour est adopte",
            "adoption de l'ordre du jour",
            "remerciements au president sortant",
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
        DirectionKind::Aside,
        &[
            "there being no objection, it is so decided",
            "there being no objection, it was so decided",
            "it was so decided",
            "en l'absence d'objection, il en est ainsi decide",
            "il en est ainsi decide",
            "por no haber objeciones, asi queda acordado",
            "al no haber objeciones, asi queda acordado",
            "no habiendo objeciones, asi queda acordado",
            "asi queda acordado",
            "поскольку возражений нет, решение принимается",
            "решение принимается",
            "members of the security council observed a minute of silence",
            "the members of the council observed a minute of silence",
            "the members of the security council observed a minute of silence",
            "les membres du conseil observent une minute de silence",
            "los miembros del consejo guardan un minuto de silencio",
            "члены совета безопасности соблюдают минуту молчания",
            "لعدم وجود اعتراض، تقرر ذلك",
        ],
    ),
    (
        DirectionKind::Vote,
        &[
            "a vote was taken by show of hands",
            "a vote was taken",
            "a vote was then taken",
            "il est procede au vote a main levee",
            "il est procede au vote",
            "se procede a votacion ordinaria",
            "se procede a votacion",
            "проводится голосование поднятием руки",
            "проводится голосование",
            "أجري التصويت برفع الأيدي",
            "أجري تصويت برفع الأيدي",
        ],
    ),
];

/// [`BEGINNINGS`], folded.
static FOLDED: LazyLock<Vec<(DirectionKind, String)>> = LazyLock::new(|| {
    let each = BEGINNINGS.iter().flat_map(|(kind, all)| all.iter().map(|b| (*kind, fold_text(b))));
    each.collect()
});

/// The same in Chinese, where the verb comes last: suffixes of lines.
const CHINESE: &[(DirectionKind, &[&str])] = &[
    (DirectionKind::Opening, &["开会", "复会", "会议开始"]),
    (DirectionKind::Closing, &["散会", "休会", "会议暂停"]),
    (DirectionKind::Agenda, &["议程通过", "通过议程", "议程获得通过"]),
    (DirectionKind::Aside, &["没有人反对，就这样决定", "就这样决定", "安理会成员默哀一分钟"]),
    (DirectionKind::Vote, &["进行了举手表决", "举手表决", "进行表决"]),
];

/// The kind of the direction that a line starts; for openings and closings with the time as printed.
#[must_use]
pub fn parse_direction(line: &str) -> Option<(DirectionKind, Option<String>)> {
    // A direction is a sentence of its own, so it never starts with a small letter.
    if line.chars().next().is_none_or(char::is_lowercase) {
        return None;
    }
    parse_chinese(line).or_else(|| {
        let folded = fold_text(first_bytes(line, 300));
        let (kind, words) = FOLDED.iter().find(|(_, b)| folded.starts_with(b.as_str()))?;
        let time = matches!(kind, DirectionKind::Opening | DirectionKind::Closing)
            .then(|| time_after(line, words.split(' ').count()));
        Some((*kind, time))
    })
}

/// Parses a short Chinese line that ends in one of the verbs.
fn parse_chinese(line: &str) -> Option<(DirectionKind, Option<String>)> {
    let core = line.trim_end_matches('。');
    if core.chars().count() > 30 || core.contains('：') || core.is_ascii() {
        return None;
    }
    let (kind, end) = CHINESE
        .iter()
        .find_map(|(kind, ends)| ends.iter().find(|e| core.ends_with(**e)).map(|e| (*kind, *e)))?;
    let before = core.strip_suffix(end).unwrap_or(core);
    let timed = matches!(kind, DirectionKind::Opening | DirectionKind::Closing);
    // Only a time may come before "opened" and "rose", and nothing before the others.
    let plain = if timed {
        before.chars().any(|c| c.is_ascii_digit()) && before.ends_with(['时', '分', '半'])
    } else {
        before.is_empty()
    };
    plain.then(|| (kind, timed.then(|| before.to_owned())))
}

/// The text after the first `words` words of a line, without the full stop of the sentence.
fn time_after(line: &str, words: usize) -> String {
    let rest: Vec<&str> = line.split_whitespace().skip(words).collect();
    let rest = rest.join(" ");
    // "10.10 a.m. on Wednesday", "1.05 p.m. and resumed at 3 p.m.": the first time counts.
    if let Some(at) = rest.find(".m. ") {
        return rest[..at + 3].to_owned();
    }
    // "10.15 a.m." and "10 ч 05 мин." keep their full stop.
    if rest.ends_with(".m.") || rest.ends_with("мин.") {
        return rest;
    }
    rest.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_times() {
        for (line, want, time) in [
            (
                "The meeting was called to order at 10.05 a.m.",
                DirectionKind::Opening,
                Some("10.05 a.m."),
            ),
            (
                "The meeting resumed at 10.10 a.m. on Wednesday, 22 January.",
                DirectionKind::Opening,
                Some("10.10 a.m."),
            ),
            ("La séance est levée à 10 h 15.", DirectionKind::Closing, Some("10 h 15")),
            (
                "Se levanta la sesión a las 10.15 horas.",
                DirectionKind::Closing,
                Some("10.15 horas"),
            ),
            ("Заседание открывается в 10 ч 05 мин.", DirectionKind::Opening, Some("10 ч 05 мин.")),
            ("上午10时15分散会。", DirectionKind::Closing, Some("上午10时15分")),
            ("The agenda was adopted.", DirectionKind::Agenda, None),
            ("议程通过。", DirectionKind::Agenda, None),
            ("There being no objection, it is so decided.", DirectionKind::Aside, None),
            ("Il est procédé au vote à main levée.", DirectionKind::Vote, None),
            ("进行了举手表决。", DirectionKind::Vote, None),
        ] {
            assert_eq!(parse_direction(line), Some((want, time.map(str::to_owned))), "{line}");
        }
    }

    #[test]
    fn running_text_is_none() {
        for line in [
            "the meeting rose at last to the occasion",
            "We adopted the agenda.",
            "安理会准备对面前的决议草案进行表决。我现在",
            "我们希望尽快进行表决。",
            "I hear no objection, it is so decided.",
        ] {
            assert_eq!(parse_direction(line), None, "{line}");
        }
    }
}
