//! Quoted mail and Markdown say the same as the plain text.

use super::{imported, items};

const PLAIN: &str = "The meeting was called to order at 10 a.m.\n\n\
    The President: I give the floor to the representative of Peru.\n\n\
    Mr. Orlan (Peru) (spoke in Spanish): We are here.\n\n\
    In the second place, S/2024/1 is [not] ours.\n\n\
    The meeting rose at 1 p.m.\n";

#[test]
fn a_quoted_mail_is_the_text_in_it() {
    let right = items(&imported(PLAIN.as_bytes()).record);
    assert_eq!(right.len(), 4);
    for mark in ["> ", ">", ">> ", "> > ", "| "] {
        let quoted: String = PLAIN.lines().map(|line| format!("{mark}{line}\n")).collect();
        let mail = format!(
            "From: a@b.example\nSubject: FW: the record\n\nOn 4 April Ms. Vey wrote:\n{quoted}"
        );
        let made = imported(mail.as_bytes());
        assert_eq!(items(&made.record), right, "{mark:?}");
        assert_eq!(made.record.source.from, "mail");
        assert!(made.report.iter().any(|line| line.contains("of a mail")), "{:?}", made.report);
    }
}

#[test]
fn markdown_is_the_text_in_it() {
    let right = items(&imported(PLAIN.as_bytes()).record);
    for markdown in [
        // As people write it.
        "*The meeting was called to order at 10 a.m.*\n\n**The President:** I give the floor to the representative of Peru.\n\n\
         **Mr. Orlan (Peru)** (*spoke in Spanish*): We are here.\n\nIn the second place, [S/2024/1](http://a.example) is \\[not\\] ours.\n\n\
         *The meeting rose at 1 p.m.*\n",
        // As converters make it.
        "_The meeting was called to order at 10 a.m._\n\n**The President**: I give the floor to the\nrepresentative of Peru.\n\n\
         **Mr. Orlan** (Peru) (_spoke in Spanish_): We are here.\n\nIn the second place, S/2024/1 is \\[not\\] ours\\.\n\n-----\n\n\
         _The meeting rose at 1 p\\.m\\._\n",
    ] {
        let made = imported(markdown.as_bytes());
        assert_eq!(items(&made.record), right, "{markdown}");
        assert_eq!(made.record.source.from, "markdown");
    }
}
