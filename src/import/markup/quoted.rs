//! Mail: the headers before the text, and the marks before each line of a quotation.

/// A text without what a mail put around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Unquoted {
    pub(in crate::import) text: String,
    /// The number of lines whose marks were removed.
    pub(in crate::import) quoted: u64,
    /// The number of lines left out: headers, and what the sender wrote around the quotation.
    pub(in crate::import) left_out: u64,
}

/// The names of the headers that a mail shows.
const HEADERS: [&str; 22] = [
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "sent",
    "reply-to",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "x-mailer",
    "user-agent",
    "attachments",
    "importance",
    "in-reply-to",
    "references",
    "thread-topic",
    "delivered-to",
];

/// Removes the headers of a mail and the marks of a quotation. `None` if there are none.
pub(in crate::import) fn strip_quotes(text: &str) -> Option<Unquoted> {
    let lines: Vec<&str> = text.lines().collect();
    let headers = count_headers(&lines);
    let rest = &lines[headers..];
    let words = |line: &&&str| !line.trim().is_empty();
    let all = rest.iter().filter(words).count();
    let quoted = rest.iter().filter(words).filter(|line| mark_length(line) > 0).count();
    // A quotation is most of the mail; a few such lines are part of a text.
    let is_quoted = quoted >= 3 && quoted * 10 >= all * 6;
    if headers == 0 && !is_quoted {
        return None;
    }
    let mut out = Unquoted { left_out: headers as u64, ..Unquoted::default() };
    let first = rest.iter().position(|line| mark_length(line) > 0);
    let last = rest.iter().rposition(|line| mark_length(line) > 0);
    for (at, line) in rest.iter().enumerate() {
        let mark = if is_quoted { mark_length(line) } else { 0 };
        if is_quoted && mark == 0 && !line.trim().is_empty() {
            // "On 4 April Mr. X wrote:" and a signature; between quoted lines, the end of a line that the
            // mail program broke.
            let inside =
                first.is_some_and(|first| at > first) && last.is_some_and(|last| at < last);
            if !inside {
                out.left_out += 1;
                continue;
            }
        }
        out.quoted += u64::from(mark > 0);
        out.text.push_str(&line[mark..]);
        out.text.push('\n');
    }
    Some(out)
}

/// The number of lines before the text that are headers of a mail, with the lines between them.
fn count_headers(lines: &[&str]) -> usize {
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let (mut count, mut known, mut at) = (0, 0, first);
    for (index, line) in lines.iter().enumerate().skip(first).take(60) {
        let marked = line.get(mark_length(line)..).unwrap_or(line).trim();
        let rule = marked.starts_with("-----") || marked.starts_with("_____");
        // A header goes on in lines that begin with a space.
        let goes_on =
            index > first && count > 0 && line.starts_with([' ', '\t']) && !marked.is_empty();
        if let Some(name) = header_name(marked) {
            known +=
                usize::from(matches!(name.as_str(), "from" | "to" | "subject" | "date" | "sent"));
            count += 1;
            at = index + 1;
        } else if !(goes_on || rule && count == 0) {
            break;
        } else if goes_on {
            at = index + 1;
        }
    }
    // "Date:" alone may be part of a record; a mail has a sender or a subject too.
    if known >= 2 { at } else { 0 }
}

/// The name of the header that a line is.
fn header_name(line: &str) -> Option<String> {
    let line = line.trim_start_matches('*');
    let (name, _) = line.split_once(':')?;
    let name = name.trim_end_matches('*').to_lowercase();
    HEADERS.contains(&name.as_str()).then_some(name)
}

/// The length of the marks of quotation before a line: ">", "> > ", ">>", "| ", and one space.
fn mark_length(line: &str) -> usize {
    let mut at = 0;
    let bytes = line.as_bytes();
    loop {
        let spaces = bytes[at..].iter().take_while(|b| **b == b' ').take(2).count();
        match bytes.get(at + spaces) {
            Some(b'>' | b'|') => at += spaces + 1,
            _ => break,
        }
    }
    // A line of a table in Markdown ends with the same mark.
    if at > 0
        && bytes[..at].contains(&b'|')
        && line.trim_end().ends_with('|')
        && line.trim().len() > 1
    {
        return 0;
    }
    at + usize::from(at > 0 && bytes.get(at) == Some(&b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(mail: &str) -> String {
        strip_quotes(mail).unwrap().text
    }

    #[test]
    fn quotes_of_any_depth_are_removed() {
        for mark in ["> ", ">", ">> ", "> > ", "| ", " > ", ">>> > "] {
            let mail = format!(
                "{mark}Mr. Orlan (Peru): We\n{mark}are here.\n{}\n{mark}Next.\n",
                mark.trim()
            );
            assert_eq!(text(&mail), "Mr. Orlan (Peru): We\nare here.\n\nNext.\n", "{mark:?}");
        }
    }

    #[test]
    fn what_the_sender_wrote_around_it_is_left_out_and_counted() {
        let mail = "From: a@b.example\nTo: c@d.example\nSubject: the record\n\nSee below.\n\n\
            On 4 April Ms. Vey wrote:\n> Mr. Orlan (Peru): We\n> are here and have a long line that the mail program\nbroke.\n> So.\n> And.\n> So.\n> And.\n> So.\n> And.\n\n-- \nVey\n";
        let unquoted = strip_quotes(mail).unwrap();
        assert_eq!((unquoted.quoted, unquoted.left_out), (8, 7));
        assert_eq!(
            unquoted.text.trim(),
            "Mr. Orlan (Peru): We\nare here and have a long line that the mail program\nbroke.\nSo.\nAnd.\nSo.\nAnd.\nSo.\nAnd."
        );
        let mail = "Subject: FW: record\nDate: 4 April\nX-Mailer: none\n\nMr. Orlan (Peru): We are here.\n";
        assert_eq!(text(mail).trim(), "Mr. Orlan (Peru): We are here.");
    }

    #[test]
    fn a_text_is_no_mail() {
        for text in [
            "Mr. Orlan (Peru): We > they.\n> once\nand so on\n",
            "Date: 4 April\n\nMr. Orlan (Peru): We.",
            "To: be or not\n",
            "| Peru | Mr. Orlan |\n|---|---|\n| Chile | Ms. Vey |\n",
            "",
        ] {
            assert_eq!(strip_quotes(text), None, "{text:?}");
        }
    }
}
