//! The slow plain way: the JSON tables read whole, and questions answered by walking through them.

use jiff::civil::Date;
use serde_json::Value;

/// The rows of a table of `data/facts`.
pub fn rows(name: &str) -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/facts/").to_owned() + name;
    let text = std::fs::read_to_string(&path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A field that is text, empty where it is left out.
pub fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

/// A field that is a day.
pub fn date(row: &Value, field: &str) -> Date {
    text(row, field).parse().unwrap()
}

/// A field that is a list of texts; a field that is not there is empty.
pub fn list(row: &Value, field: &str) -> Vec<String> {
    let Some(list) = row.get(field) else { return Vec::new() };
    let list = list.as_array().unwrap_or_else(|| panic!("{field} in {row}"));
    list.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

/// Every English name of a row of `states.json`.
pub fn english(row: &Value) -> Vec<String> {
    let mut names = vec![text(row, "name").to_owned(), text(row, "formal").to_owned()];
    names.extend(list(row, "aliases"));
    names.extend(
        row["former"].as_array().unwrap().iter().map(|former| text(former, "name").to_owned()),
    );
    names
}

/// Every name of a row of `states.json` in any language.
pub fn every_name(row: &Value) -> Vec<String> {
    let mut names = english(row);
    for language in ["fr", "es", "ru", "zh", "ar"] {
        names.extend(list(row, language));
    }
    names
}

/// What a State of `states.json` was called on a day, and by what it was put in alphabetical order.
pub fn called(states: &[Value], name: &str, date: &str) -> (String, String) {
    let row =
        states.iter().find(|row| text(row, "name") == name).unwrap_or_else(|| panic!("{name}"));
    for former in row["former"].as_array().unwrap() {
        if text(former, "from") <= date && date < text(former, "until") {
            let name = text(former, "name");
            let sort = if text(former, "sort").is_empty() { name } else { text(former, "sort") };
            return (name.to_owned(), plain_key(sort));
        }
    }
    (name.to_owned(), plain_key(name))
}

/// Letters without case, and without the few accents of English names of States.
pub fn plain_key(name: &str) -> String {
    name.to_lowercase()
        .replace(['ô', 'ö'], "o")
        .replace('ü', "u")
        .replace('ã', "a")
        .replace('é', "e")
}

/// The seats of `council.json` on a day: State, called, permanent, group; in alphabetical order.
pub fn council(
    seats: &[Value],
    states: &[Value],
    date: &str,
) -> Vec<(String, String, bool, String)> {
    let mut held: Vec<_> = seats
        .iter()
        .filter(|seat| seat["year"].as_u64() == date[..4].parse().ok() && date >= "1946-01-17")
        .filter(|seat| text(seat, "from") <= date)
        .filter(|seat| text(seat, "until").is_empty() || date < text(seat, "until"))
        .map(|seat| {
            let (name, key) = called(states, text(seat, "state"), date);
            let permanent = seat["permanent"].as_bool().unwrap();
            (key, (text(seat, "state").to_owned(), name, permanent, text(seat, "group").to_owned()))
        })
        .collect();
    held.sort();
    held.into_iter().map(|(_, seat)| seat).collect()
}
