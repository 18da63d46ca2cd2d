//! Sentences of a paragraph, as needed to find what the President says and what nobody says.

/// Abbreviations whose full stop ends no sentence, in small letters.
const SHORT: [&str; 23] = [
    "mr", "mrs", "ms", "dr", "st", "messrs", "prof", "gen", "rev", "hon", "m", "mm", "mme", "sr",
    "sra", "srta", "sres", "dra", "excmo", "excma", "no", "н", "г",
];

/// The sentences of a paragraph, trimmed. Full stops also end titles ("I invite Mr. Orlan, Envoy").
#[must_use]
pub fn split_sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        let ends = match c {
            '。' | '！' | '\n' => true,
            '.' | '!' | '?' => {
                let next = text[after..].chars().next();
                next.is_none_or(|c| c.is_whitespace() || c.is_uppercase())
                    && !is_short(&text[from..at])
            }
            _ => false,
        };
        if ends {
            found.push(text[from..after].trim());
            from = after;
        }
    }
    found.push(text[from..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether the last word is a title or an initial.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || SHORT.contains(&word.to_lowercase().as_str())
}
