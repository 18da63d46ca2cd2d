//! Topics in little room: the words by which they differ come first.

use super::wrap::columns;

/// How many topics start. One that has no room is shown without it: in a list of twelve rows that begin with
/// "The situation in" nobody sees which is which.
const OPENINGS: [&str; 20] = [
    "The situation in relation to ",
    "The situation in ",
    "The situation concerning ",
    "The situation between ",
    "The situation around ",
    "The situation on ",
    "The question concerning ",
    "The question of ",
    "Reports of the Secretary-General on ",
    "Report of the Secretary-General on ",
    "Reports of the Secretary-General pursuant to ",
    "Report of the Secretary-General pursuant to ",
    "Letter from the ",
    "Letters from the ",
    "Letter dated ",
    "Letters dated ",
    "Cooperation between the United Nations and ",
    "Implementation of ",
    "Maintenance of international peace and security: ",
    "Threats to international peace and security caused by ",
];

/// The words of a topic to show in some columns: all of it where it fits, else what is after its opening.
pub fn distinct(topic: &str, room: u16) -> &str {
    if columns(topic) <= usize::from(room) {
        return topic;
    }
    let rest = OPENINGS.iter().find_map(|opening| topic.strip_prefix(opening)).unwrap_or(topic);
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    if rest.is_empty() { topic } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_differ_are_kept() {
        for (topic, room, shown) in [
            ("The situation in Cyprus", 40, "The situation in Cyprus"),
            ("The situation in Cyprus", 16, "Cyprus"),
            ("The situation in the Middle East, including", 16, "Middle East, including"),
            ("The situation in ", 4, "The situation in "),
            ("Peace and security in Africa", 16, "Peace and security in Africa"),
            ("", 0, ""),
        ] {
            assert_eq!(distinct(topic, room), shown);
        }
    }
}
