//! What happened in the Chamber: a minute of silence, applause, a film.

use std::sync::LazyLock;

use super::kind::DirectionKind;
use super::table::{fold_start, is_spoken};
use crate::import::words::fold_text;

/// The most words of such a sentence.
const WORDS: usize = 30;

/// A minute of silence: who observes it at the start of the sentence, and the words for it. Both must be
/// in the sentence.
const SILENCE: &[(&[&str], &[&str])] = &[
    (
        &[
            "the council ",
            "the security council ",
            "the members of the ",
            "members of the ",
            "council members ",
            "those present ",
            "representatives ",
            "all ",
            "a minute of silence ",
            "a moment of silence ",
            "one minute of silence ",
        ],
        &["minute of silence", "moment of silence", "minute's silence"],
    ),
    (
        &["les membres du conseil ", "le conseil ", "les participants ", "une minute de silence "],
        &["minute de silence", "moment de silence"],
    ),
    (
        &[
            "los miembros del consejo ",
            "los presentes ",
            "el consejo ",
            "se guarda ",
            "se observa ",
        ],
        &["minuto de silencio"],
    ),
    (
        &["члены совета ", "присутствующие ", "объявляется минута "],
        &["минуту молчания", "минута молчания"],
    ),
    (&["أعضاء ", "وقف أعضاء ", "التزم أعضاء "], &["دقيقة صمت"]),
];

/// The verbs of a sentence of silence. Words of a speaker have others ("I ask the Council to observe").
const OBSERVED: [&str; 14] = [
    " observed ",
    " was observed",
    " stood ",
    " rose ",
    " observent ",
    " observe une ",
    " est observee",
    " guardan ",
    " guarda ",
    " observan ",
    " observa un ",
    "соблюдают",
    "чтят",
    "دقيقة صمت",
];

/// Applause, as a whole line with or without brackets.
const APPLAUSE: [&str; 8] = [
    "applause",
    "prolonged applause",
    "applaudissements",
    "aplausos",
    "аплодисменты",
    "掌声",
    "鼓掌",
    "تصفيق",
];

/// Something shown or played: the start of the sentence, and the verbs of which one must be in it.
const SHOWN: &[(&[&str], &[&str])] = &[
    (
        &[
            "a video",
            "a film",
            "a short film",
            "a short video",
            "an audio",
            "a recording",
            "a map",
            "a photograph",
            "photographs",
            "slides",
            "a slide",
            "a poster",
            "images ",
            "a pre-recorded",
            "a prerecorded",
            "a musical",
        ],
        &[
            "was shown",
            "were shown",
            "was played",
            "were played",
            "was displayed",
            "were displayed",
            "was projected",
            "were projected",
            "was screened",
            "was broadcast",
        ],
    ),
    (
        &[
            "une video",
            "un film",
            "un enregistrement",
            "une carte",
            "des photographies",
            "des diapositives",
        ],
        &["est projete", "est diffuse", "est presente", "sont projete", "est montre"],
    ),
    (
        &[
            "se proyecta ",
            "se muestra ",
            "se exhibe ",
            "se reproduce ",
            "se proyectan ",
            "se muestran ",
        ],
        &["video", "pelicula", "grabacion", "mapa", "fotograf", "diapositiva", "imagen"],
    ),
    (
        &["демонстрируется ", "демонстрируются ", "показывается "],
        &["видео", "фильм", "карт", "фотограф", "слайд"],
    ),
    (&["عرض ", "عُرض "], &["فيديو", "فيلم"]),
];

/// Words that start a sentence, and words of which one must be in it, folded.
type Pairs = Vec<(Vec<String>, Vec<String>)>;

/// The words above, folded.
struct Folded {
    silence: Pairs,
    observed: Vec<String>,
    applause: Vec<String>,
    shown: Pairs,
}

static FOLDED: LazyLock<Folded> = LazyLock::new(|| {
    let fold = |words: &[&str]| words.iter().map(|word| fold_inner(word)).collect::<Vec<String>>();
    let pairs = |all: &[(&[&str], &[&str])]| all.iter().map(|(a, b)| (fold(a), fold(b))).collect();
    Folded {
        silence: pairs(SILENCE),
        observed: fold(&OBSERVED),
        applause: fold(&APPLAUSE),
        shown: pairs(SHOWN),
    }
});

/// Folds words and keeps the spaces around them.
fn fold_inner(words: &str) -> String {
    let before = if words.starts_with(' ') { " " } else { "" };
    format!("{before}{}", fold_start(words))
}

/// The kind of a sentence about the Chamber; `None` if it is no such sentence.
pub(super) fn parse_scene(sentence: &str) -> Option<DirectionKind> {
    let folded = fold_text(sentence.trim_end_matches(['.', '。', '!']));
    if FOLDED.applause.contains(&folded) {
        return Some(DirectionKind::Applause);
    }
    let starts = |all: &[String]| all.iter().any(|words| folded.starts_with(words.as_str()));
    let contains = |all: &[String]| all.iter().any(|words| folded.contains(words.as_str()));
    let any = |all: &Pairs| all.iter().any(|(start, inner)| starts(start) && contains(inner));
    let kind = if any(&FOLDED.silence) && contains(&FOLDED.observed) {
        DirectionKind::Silence
    } else if any(&FOLDED.shown) {
        DirectionKind::Aside
    } else {
        return None;
    };
    (folded.split(' ').count() <= WORDS && !is_spoken(&folded)).then_some(kind)
}
