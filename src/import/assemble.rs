//! The last step of every source: speakers get their roles, votes their outcome, and the record is put
//! together.

use std::collections::HashSet;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::body::Body;
use super::cover::Cover;
use super::imported::Hints;
use super::page_headers::PagedText;
use super::words::to_hex;
use super::{behalf, capacity, check, invitation, presiding};
use crate::facts::{council, meetings};
use crate::record::{As, Item, Kind, Language, Record, Source, Statement, Symbol, symbol::Series};

/// What a record is put together from.
pub struct RecordParts {
    pub symbol: Symbol,
    pub date: Date,
    pub language: Language,
    pub cover: Cover,
    pub pages: PagedText,
    pub body: Body,
    pub source: Source,
    /// The topic in one line, if the source names it apart from the agenda.
    pub topic: Option<String>,
}

/// A record and the report on how it was made.
pub struct AssembledRecord {
    pub record: Record,
    pub report: Vec<String>,
}

/// Puts a record together.
pub fn assemble_record(parts: RecordParts) -> AssembledRecord {
    let RecordParts { symbol, date, language, cover, pages, mut body, mut source, topic } = parts;
    let mut report = Vec::new();
    set_speakers(&mut body, &cover, date, &language);
    let invited = invitation::mark_invited(&mut body.items, &symbol, &language);
    let counts = capacity::mark_capacities(statements_mut(&mut body.items));
    for statement in statements_mut(&mut body.items) {
        set_groups(statement, date);
    }
    source.warnings.append(&mut body.warnings);
    source.warnings.extend(
        cover
            .unread
            .iter()
            .map(|line| format!("could not parse a line of the table of members: {line:?}")),
    );
    cap_warnings(&mut source.warnings);
    describe_record(&body, &pages, &mut report);
    if invited > 0 {
        report.push(format!(
            "took the rule or office of {} from the words of the President",
            count_noun(invited, "speaker")
        ));
    }
    if counts.begun > 0 {
        report.push(format!(
            "the President speaks in another capacity in {} statements and resumes the chair in {}",
            counts.begun, counts.resumed
        ));
    }
    let exercise = symbol.series() == Series::Exercise;
    let kind = if symbol.series() == Series::Letter { Kind::Letter } else { Kind::Verbatim };
    let (topic, topic_from) = choose_topic(topic, &cover, pages.title, &symbol);
    let mut record = Record {
        format: Record::FORMAT.to_owned(),
        symbol,
        kind,
        exercise,
        language,
        status: cover.status,
        corrections: Vec::new(),
        date,
        opened: body.opened,
        closed: body.closed,
        place: cover.place,
        presidents: cover.presidents,
        members: cover.members,
        agenda: cover.agenda,
        topic,
        topic_from: topic_from.map(str::to_owned),
        items: body.items,
        doubts: body.doubts,
        source,
    };
    check::check_record(&mut record, &body.vote_words);
    report.extend(record.all_doubts().iter().map(|doubt| format!("warning: {}", doubt.spelled())));
    AssembledRecord { record, report }
}

/// The topic in one line, and where it comes from.
fn choose_topic(
    named: Option<String>,
    cover: &Cover,
    header: Option<String>,
    symbol: &Symbol,
) -> (String, Option<&'static str>) {
    if let Some(topic) = named {
        return (topic, Some("import"));
    }
    if let Some(item) = cover.agenda.first() {
        return (item.clone(), Some("agenda"));
    }
    if let Some(title) = header {
        return (title, Some("import"));
    }
    match meetings::by_symbol(symbol) {
        Some(known) => (known.topic.to_owned(), Some("facts")),
        None => (String::new(), None),
    }
}

/// The source of a record from a file, with how often each repair was made.
pub fn describe_source(
    from: &str,
    bytes: &[u8],
    hints: &Hints,
    repairs: &[(&str, u64)],
    warnings: Vec<String>,
) -> Source {
    let name = hints.file_name.as_deref().and_then(|n| n.rsplit(['/', '\\']).next());
    let made = repairs.iter().filter(|(_, count)| *count > 0);
    Source {
        from: from.to_owned(),
        file: name.map(str::to_owned),
        sha256: Some(to_hex(&Sha256::digest(bytes))),
        repairs: made.map(|(name, count)| ((*name).to_owned(), *count)).collect(),
        warnings,
        ..Source::default()
    }
}

/// The most warnings that are kept of one record.
const WARNINGS: usize = 50;

/// Shortens a long list of warnings, as of a damaged text, and says how many are left out.
fn cap_warnings(warnings: &mut Vec<String>) {
    if warnings.len() > WARNINGS {
        let more = warnings.len() - WARNINGS;
        warnings.truncate(WARNINGS);
        warnings.push(format!("and {more} more warnings"));
    }
}

/// The statements of a list of items.
pub fn statements_mut(items: &mut [Item]) -> impl Iterator<Item = &mut Statement> {
    items.iter_mut().filter_map(|item| match item {
        Item::Statement(statement) => Some(statement),
        _ => None,
    })
}

/// Sets the role of each speaker. If the record marks other languages, unmarked statements get its own.
fn set_speakers(body: &mut Body, cover: &Cover, date: Date, language: &Language) {
    let chairs: HashSet<u32> = body.chairs.iter().copied().collect();
    let seated: HashSet<String> = if cover.members.is_empty() {
        let council = council::on(date);
        council.iter().flat_map(|c| &c.seats).map(|s| s.state.to_owned()).collect()
    } else {
        let presided = cover.presidents.iter().filter_map(|p| p.state.clone());
        cover.members.iter().map(|m| m.state.clone()).chain(presided).collect()
    };
    presiding::mark_presiding(&mut body.items, &chairs, &cover.presidents);
    let marked = statements_mut(&mut body.items).any(|s| s.spoken.is_some());
    for statement in statements_mut(&mut body.items) {
        if statement.spoken.is_none() && marked {
            statement.spoken = Some(language.clone());
        }
        let speaker = &mut statement.speaker;
        if speaker.as_ == As::President {
            continue;
        }
        if seated.is_empty() {
            speaker.as_ = As::Unknown;
        } else if speaker.organization.is_none()
            && speaker.state.as_ref().is_some_and(|s| seated.contains(s))
        {
            speaker.as_ = As::Member;
        } else {
            speaker.as_ = As::Invited;
        }
    }
}

/// Sets the groups a statement is made for. The chair speaks for none, unless in another capacity.
fn set_groups(statement: &mut Statement, date: Date) {
    if statement.is_procedural() {
        return;
    }
    let first_paragraphs: Vec<&str> =
        statement.paragraphs.iter().take(4).map(|p| p.text.as_str()).collect();
    statement.on_behalf_of = behalf::find_groups(
        &first_paragraphs.join("\n"),
        statement.speaker.state.as_deref(),
        Some(date),
    );
}

/// "1 vote", "2 votes".
fn count_noun(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// Adds to the report what was done, with counts.
fn describe_record(body: &Body, pages: &PagedText, report: &mut Vec<String>) {
    let count = |wanted: fn(&Item) -> bool, one: &str| {
        let found = body.items.iter().filter(|i| wanted(i)).count();
        count_noun(u64::try_from(found).unwrap_or(u64::MAX), one)
    };
    report.push(format!(
        "found {}, {} and {}, in {}",
        count(|i| matches!(i, Item::Statement(_)), "statement"),
        count(|i| matches!(i, Item::Direction(_)), "direction"),
        count(|i| matches!(i, Item::Vote(_)), "vote"),
        count_noun(body.paragraphs, "paragraph")
    ));
    report.push(format!("joined {}", count_noun(body.tally.joined, "hard-wrapped line")));
    if body.by_width && body.tally.joined > 0 {
        report.push(
            "guessed the ends of paragraphs by the width of lines, since no blank lines separate them"
                .to_owned(),
        );
    }
    if body.tally.kept + body.tally.undone > 0 {
        report.push(format!(
            "kept {} line-end hyphens and removed {}",
            body.tally.kept, body.tally.undone
        ));
    }
    match pages.range {
        Some((first, last)) => report.push(format!(
            "dropped {} lines of page headers and footers; pages {first} to {last}",
            pages.dropped
        )),
        None if pages.dropped > 0 => {
            report.push(format!("dropped {} lines of page headers and footers", pages.dropped));
        }
        None => report.push("no page numbers found in the text".to_owned()),
    }
    if body.resumed > 0 {
        report.push(format!(
            "guessed that the same speaker continues after a direction, {}",
            count_noun(body.resumed, "time")
        ));
    }
}
