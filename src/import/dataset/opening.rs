//! The heading of a meeting run into the statement before it: "Adoption of the agenda", "The agenda was
//! adopted." and the titles of the agenda that follow, which nobody spoke.
//!
//! It is taken out only at the very end of a statement and only whole: where words that somebody could
//! have spoken follow, all of it stays.

/// Lines nobody spoke that may stand before the adoption of the agenda, or alone at the end.
const LINES: [&str; 9] = [
    "Expression of thanks to the outgoing President",
    "Expression of thanks to the retiring President",
    "Expression of thanks to retiring members",
    "Expression of welcome to new members",
    "Expression of sympathy",
    "The members of the Security Council observed a minute of silence.",
    "The members of the Council observed a minute of silence.",
    "Adoption of the agenda",
    "The agenda was adopted.",
];
/// The one after which titles follow.
const ADOPTED: &str = "The agenda was adopted.";
/// The titles of an agenda have at most this many bytes together.
const LONGEST: usize = 900;

/// What stands at the end of a text beside the words spoken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// Where it begins.
    pub at: usize,
    /// Its lines, in order.
    pub lines: Vec<String>,
}

/// Finds the heading at the end of a text; `titles` are those that the agenda is known to have.
pub(super) fn heading(text: &str, titles: &[String]) -> Option<Heading> {
    let mut starts: Vec<usize> = LINES
        .iter()
        .flat_map(|line| text.match_indices(line).map(|(at, _)| at))
        .filter(|at| super::ends::begins_sentence(&text[..*at]))
        .collect();
    starts.sort_unstable();
    starts.into_iter().find_map(|at| Some(Heading { at, lines: lines(&text[at..], titles)? }))
}

/// The lines a text consists of, if it is nothing but known lines and titles.
fn lines(text: &str, titles: &[String]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(line) = LINES.iter().find(|line| rest.starts_with(**line)) {
        found.push((*line).to_owned());
        rest = rest[line.len()..].trim_start();
    }
    if rest.is_empty() {
        return Some(found);
    }
    let adopted = found.last().is_some_and(|line| line == ADOPTED);
    if !adopted || rest.len() > LONGEST || is_spoken(rest) {
        return None;
    }
    found.extend(split(rest, titles));
    Some(found)
}

/// Whether somebody could have spoken these words: they end a sentence, or one ends within them.
fn is_spoken(text: &str) -> bool {
    text.ends_with(['.', '?', '!', ':'])
        || text.contains(". ") && !text.contains("No. ")
        || text.split(' ').any(|word| matches!(word, "I" | "we" | "We"))
}

/// The titles one by one: known ones, and those that end with the symbol of a document in brackets.
fn split(text: &str, titles: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let next = |len: &usize| {
            let after = &rest[*len..];
            after.starts_with(' ') && after.trim_start().starts_with(char::is_uppercase)
        };
        let known = titles
            .iter()
            .filter(|title| rest.starts_with(title.as_str()))
            .map(String::len)
            .find(next);
        let symbol = rest.match_indices(')').map(|(at, _)| at + 1).find(|end| {
            let inner = rest[..*end].rsplit('(').next().unwrap_or("");
            (inner.starts_with("S/") || inner.starts_with("A/")) && next(end)
        });
        let len = known.or(symbol).unwrap_or(rest.len());
        found.push(rest[..len].to_owned());
        rest = rest[len..].trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_at_the_end() {
        let titles = ["The invented question".to_owned()];
        for (text, at, want) in [
            (
                "I thank him. Adoption of the agenda The agenda was adopted. The invented question Report of the Secretary-General on it (S/2099/1) Another report (S/2099/2)",
                "I thank him.",
                &[
                    "Adoption of the agenda",
                    "The agenda was adopted.",
                    "The invented question",
                    "Report of the Secretary-General on it (S/2099/1)",
                    "Another report (S/2099/2)",
                ][..],
            ),
            (
                "We stand. The members of the Security Council observed a minute of silence. Adoption of the agenda The agenda was adopted. The invented question",
                "We stand.",
                &[
                    "The members of the Security Council observed a minute of silence.",
                    "Adoption of the agenda",
                    "The agenda was adopted.",
                    "The invented question",
                ],
            ),
            (
                "I thank them. Expression of thanks to the outgoing President",
                "I thank them.",
                &["Expression of thanks to the outgoing President"],
            ),
        ] {
            let found = heading(text, &titles).unwrap();
            assert_eq!(
                (
                    text[..found.at].trim_end(),
                    found.lines.iter().map(String::as_str).collect::<Vec<_>>()
                ),
                (at, want.to_vec())
            );
        }
    }

    #[test]
    fn what_could_be_spoken_stays() {
        for text in [
            "The agenda was adopted. I thank the members.",
            "The agenda was adopted. The Council will now begin. I give the floor to Ms. Vey.",
            "We spoke of the Adoption of the agenda",
            "The members of the Security Council observed a minute of silence. I thank you",
            "Adoption of the agenda The invented question",
            "I thank them.",
            "",
        ] {
            assert_eq!(heading(text, &[]), None, "{text}");
        }
    }
}
