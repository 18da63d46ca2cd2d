//! The parts of what was printed into a record.
//!
//! Roles, groups, drafts and outcomes are found in the words, as for other sources. What is printed beside
//! the words wins where it says something else.

use super::blocks::{ShownBlock, ShownRecord, ShownVote, parse_page};
use super::head::ShownHead;
use super::text::join;
use crate::facts::states;
use crate::import::address;
use crate::import::assemble::{self, RecordParts};
use crate::import::body::Body;
use crate::import::cover::Cover;
use crate::import::imported::{Hints, Imported, TextError};
use crate::import::page_headers::PagedText;
use crate::record::{
    Announced, As, Behalf, Break, Capacity, Direction, Item, Outcome, Paragraph, Record, Speaker,
    Statement, Vote, VoteKind,
};

/// Builds the record.
///
/// # Errors
/// If there is no statement, or symbol or date were given and are others.
pub(super) fn build_record(
    shown: ShownRecord,
    bytes: &[u8],
    hints: &Hints,
) -> Result<Imported, TextError> {
    let ShownRecord { head, blocks } = shown;
    if hints.symbol.as_ref().is_some_and(|symbol| *symbol != head.symbol) {
        return Err(TextError(format!(
            "this is {} as spv prints it; leave out --symbol, which says something else",
            head.symbol
        )));
    }
    let mut builder = Builder::default();
    blocks.into_iter().for_each(|block| builder.add(block));
    builder.close_statement();
    let Builder { body, notes, votes, capacities, pages, .. } = builder;
    if body.items.is_empty() {
        return Err(TextError(format!("{} as spv prints it, without any text", head.symbol)));
    }
    let cover = Cover {
        symbol: Some(head.symbol.clone()),
        date: Some(head.date),
        place: head.place.clone(),
        status: head.status,
        presidents: head.presidents.clone(),
        members: head.members.clone(),
        agenda: head.agenda.clone(),
        ..Cover::default()
    };
    let range = pages.iter().min().copied().zip(pages.iter().max().copied());
    let source = assemble::describe_source("spv", bytes, hints, &[], Vec::new());
    let made = assemble::assemble_record(RecordParts {
        symbol: head.symbol.clone(),
        date: head.date,
        language: head.language.clone(),
        cover,
        pages: PagedText { range, ..PagedText::default() },
        body,
        source,
        topic: None,
    });
    let mut record = made.record;
    set_head(&mut record, head);
    set_speakers(&mut record, &notes, &capacities);
    set_votes(&mut record, votes);
    let mut report = vec!["read what `spv show` had printed".to_owned()];
    report.extend(
        made.report
            .into_iter()
            .filter(|line| line.starts_with("found ") || line.starts_with("warning")),
    );
    Ok(Imported { record, report })
}

/// The items of a body, and what is printed beside them.
#[derive(Debug, Default)]
struct Builder {
    body: Body,
    open: Option<Statement>,
    page: Option<u32>,
    pages: Vec<u32>,
    /// The note of each statement.
    notes: Vec<String>,
    votes: Vec<ShownVote>,
    /// The capacity of each paragraph of each statement.
    capacities: Vec<Vec<Option<Capacity>>>,
    capacity: Option<Capacity>,
}

impl Builder {
    fn add(&mut self, block: ShownBlock) {
        match block {
            ShownBlock::Page(page) => self.turn(page),
            ShownBlock::Capacity(capacity) => self.capacity = Some(capacity),
            ShownBlock::Direction(text) => {
                self.close_statement();
                let page = self.page;
                self.body.items.push(Item::Direction(Direction { page, text }));
            }
            ShownBlock::Speaker { printed, note, .. } => self.open_statement(printed, note),
            ShownBlock::Paragraph(text) => self.add_paragraph(&text),
            ShownBlock::Vote(vote) => {
                self.close_statement();
                let page = self.page;
                self.body.items.push(Item::Vote(Vote { page, ..list_vote(&vote) }));
                self.votes.push(vote);
            }
        }
    }

    fn turn(&mut self, page: u32) {
        self.page = Some(page);
        self.pages.push(page);
    }

    fn open_statement(&mut self, printed: String, note: String) {
        self.close_statement();
        let number = u32::try_from(self.notes.len() + 1).unwrap_or(u32::MAX);
        let address = address::parse_address(&format!("{printed}: x"));
        let mut statement = Statement { number, page: self.page, ..Statement::default() };
        match address {
            Some(address) => {
                if address.chair {
                    self.body.chairs.push(number);
                }
                statement.speaker = Speaker { printed, ..address.speaker };
                statement.spoken = address.spoken;
            }
            None => {
                statement.speaker = Speaker { name: printed.clone(), printed, ..Speaker::default() }
            }
        }
        self.notes.push(note);
        self.capacities.push(Vec::new());
        self.open = Some(statement);
    }

    fn add_paragraph(&mut self, text: &str) {
        let before = self.page;
        let (text, breaks) = take_breaks(text, before);
        if let Some(last) = breaks.last() {
            self.pages.extend(breaks.iter().map(|turn| turn.page));
            self.page = Some(last.page);
        }
        self.body.paragraphs += 1;
        let paragraph = Paragraph { page: before, text, capacity: None, breaks };
        match &mut self.open {
            Some(statement) => {
                statement.paragraphs.push(paragraph);
                let capacity = self.capacity.take();
                if let Some(capacities) = self.capacities.last_mut() {
                    capacities.push(capacity);
                }
            }
            // Only a statement has paragraphs; words without one are kept as a direction.
            None => {
                let direction = Direction { page: paragraph.page, text: paragraph.text };
                self.body.items.push(Item::Direction(direction));
            }
        }
    }

    fn close_statement(&mut self) {
        self.capacity = None;
        self.body.items.extend(self.open.take().map(Item::Statement));
    }
}

/// Takes the marks such as `[page 3]` out of a paragraph.
fn take_breaks(text: &str, page: Option<u32>) -> (String, Vec<Break>) {
    let (mut out, mut breaks, mut page) = (String::with_capacity(text.len()), Vec::new(), page);
    let mut rest = text;
    while let Some(at) = rest.find("[page ") {
        let end = rest[at..].find(']').map_or(rest.len(), |close| at + close + 1);
        let number =
            parse_page(&rest[at..end]).filter(|number| page.is_none_or(|page| *number > page));
        let Some(number) = number else {
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        };
        append(&mut out, rest[..at].trim_end(), breaks.is_empty());
        breaks.push((out.len(), number));
        page = Some(number);
        rest = rest[end..].trim_start();
    }
    append(&mut out, rest, breaks.is_empty());
    // A page begins after the space that was before its mark.
    let breaks = breaks.into_iter().map(|(at, page)| {
        let at = at + usize::from(out[at..].starts_with(' '));
        Break { at, page }
    });
    let breaks = breaks.collect();
    (out, breaks)
}

/// Adds the next piece of a paragraph, as the lines of a text are joined.
fn append(out: &mut String, piece: &str, first: bool) {
    match first || out.is_empty() || piece.is_empty() {
        true => out.push_str(piece),
        false => join(out, piece),
    }
}

/// The lists of a vote.
fn list_vote(shown: &ShownVote) -> Vote {
    let mut vote = Vote::default();
    for (name, members) in &shown.groups {
        let list = match name.as_str() {
            "In favour" => &mut vote.in_favour,
            "Against" => &mut vote.against,
            "Abstaining" => &mut vote.abstaining,
            _ => &mut vote.not_voting,
        };
        list.extend(members.iter().cloned());
    }
    vote
}

fn set_head(record: &mut Record, head: ShownHead) {
    record.exercise |= head.exercise;
    record.kind = head.kind;
    record.corrections = head.corrections;
    record.opened = head.opened;
    record.closed = head.closed;
    if let Some(topic) = head.topic {
        record.topic = topic;
    }
}

/// Sets what the notes say of the speakers.
fn set_speakers(record: &mut Record, notes: &[String], capacities: &[Vec<Option<Capacity>>]) {
    let statements = assemble::statements_mut(&mut record.items);
    for (statement, (note, capacities)) in statements.zip(notes.iter().zip(capacities)) {
        for (paragraph, capacity) in statement.paragraphs.iter_mut().zip(capacities) {
            paragraph.capacity = *capacity;
        }
        let note = SpeakerNote::parse(note);
        let speaker = &mut statement.speaker;
        match note.invited {
            Some(rule) => (speaker.as_, speaker.rule) = (As::Invited, rule),
            None if note.presides => speaker.as_ = As::President,
            None if speaker.as_ == As::Invited => (speaker.as_, speaker.rule) = (As::Unknown, None),
            None => {}
        }
        note.set_offices(speaker);
        // Rule 37 is for States, also where no table has the name.
        if speaker.rule == Some(37) && speaker.state.is_none() {
            speaker.state = speaker.organization.take();
        }
        let found: Vec<&str> = statement.on_behalf_of.iter().map(|b| b.group.as_str()).collect();
        if found != note.groups {
            let groups = note.groups.iter();
            statement.on_behalf_of =
                groups.map(|group| Behalf { group: group.clone(), members: Vec::new() }).collect();
        }
    }
}

/// A note such as "World Food Programme, Executive Director, invited under rule 39, on behalf of the A3".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct SpeakerNote {
    /// Whom they speak for, and their office.
    offices: String,
    /// They were invited, under this rule.
    invited: Option<Option<u8>>,
    /// They preside and speak in another capacity too.
    presides: bool,
    groups: Vec<String>,
}

impl SpeakerNote {
    fn parse(note: &str) -> Self {
        let mut parsed = Self::default();
        let whole = format!(", {note}");
        let mut parts = whole.split(", on behalf of ");
        let mut rest = parts.next().unwrap_or("").to_owned();
        parsed.groups = parts.map(str::to_owned).collect();
        for (words, invited, presides) in [
            (", invited under rule 37", Some(Some(37)), false),
            (", invited under rule 39", Some(Some(39)), false),
            (", invited", Some(None), false),
            (", President, also in another capacity", None, true),
        ] {
            if let Some(before) = rest.strip_suffix(words) {
                rest = before.to_owned();
                (parsed.invited, parsed.presides) = (invited, presides);
                break;
            }
        }
        parsed.offices = rest.trim_start_matches(", ").to_owned();
        parsed
    }

    /// Sets State, organization and office, unless what follows from the words is printed the same way.
    fn set_offices(&self, speaker: &mut Speaker) {
        let of = speaker.spoken_for().filter(|of| !speaker.printed.contains(of));
        let found: Vec<&str> = of.into_iter().chain(speaker.role.as_deref()).collect();
        if found.join(", ") == self.offices {
            return;
        }
        if of.is_some() {
            (speaker.state, speaker.organization) = (None, None);
        }
        speaker.role = None;
        let known = speaker.spoken_for().is_some();
        let (first, rest) = match self.offices.split_once(", ") {
            Some((first, rest)) => (first, Some(rest)),
            None => (self.offices.as_str(), None),
        };
        let owned = |words: &str| Some(words.to_owned()).filter(|words| !words.is_empty());
        if known {
            speaker.role = owned(&self.offices);
        } else if let Some(state) = states::lookup(first) {
            speaker.state = Some(state.name.to_owned());
            speaker.role = rest.and_then(owned);
        } else if rest.is_none() && is_office(first) {
            speaker.role = owned(first);
        } else {
            speaker.organization = owned(first);
            speaker.role = rest.and_then(owned);
        }
    }
}

/// Whether words name an office and not a body.
fn is_office(words: &str) -> bool {
    const OFFICES: [&str; 22] = [
        "Secretary-General",
        "Director",
        "Representative",
        "Envoy",
        "Coordinator",
        "Chair",
        "President",
        "Commissioner",
        "Secretary",
        "Head",
        "Prosecutor",
        "Judge",
        "Administrator",
        "Adviser",
        "Officer",
        "Minister",
        "Ambassador",
        "Rapporteur",
        "Observer",
        "Commander",
        "Member",
        "Founder",
    ];
    words
        .split([' ', '-'])
        .any(|word| OFFICES.iter().any(|office| office.split('-').any(|part| part == word)))
}

/// Sets what is printed of the votes.
fn set_votes(record: &mut Record, shown: Vec<ShownVote>) {
    let votes = record.items.iter_mut().filter_map(|item| match item {
        Item::Vote(vote) => Some(vote),
        _ => None,
    });
    for (vote, shown) in votes.zip(shown) {
        // What is doubtful is found again by the check.
        let result = shown.result.split(" (doubtful: ").next().unwrap_or("");
        let mut words = result.split(", ");
        let outcome = words.next().unwrap_or("");
        vote.outcome =
            [Outcome::Adopted, Outcome::AdoptedWithoutVote, Outcome::Vetoed, Outcome::NotAdopted]
                .into_iter()
                .find(|known| known.words() == outcome);
        if let Some(kind) = shown.kind {
            vote.set_kind(kind);
        } else if result.contains(", procedural") {
            vote.set_kind(VoteKind::Procedural);
        }
        set_reference(vote, &shown.reference);
        if !shown.drafts.is_empty() {
            vote.on = shown.drafts;
            vote.adopted_as = Some(shown.reference);
        }
        let counts = ["in favour", "against", "abstaining"].map(|name| find_count(result, name));
        let listed =
            [&vote.in_favour, &vote.against, &vote.abstaining].map(|list| list.len() as u32);
        if let [Some(in_favour), Some(against), Some(abstaining)] = counts {
            let announced = Announced { in_favour, against, abstaining };
            // Without an announcement the lists are counted.
            if vote.announced.is_some_and(|found| found != announced)
                || [in_favour, against, abstaining] != listed
            {
                vote.announced = Some(announced);
            }
        }
    }
}

/// Sets what was voted on, unless what was found in the words is printed the same way.
fn set_reference(vote: &mut Vote, shown: &str) {
    let found = vote.adopted_as.clone().unwrap_or_else(|| vote.on.join(", "));
    let nothing = shown == "a proposal without a symbol";
    if found == shown || nothing && found.is_empty() {
        return;
    }
    if nothing {
        (vote.on, vote.adopted_as) = (Vec::new(), None);
    } else if shown.contains("/RES/") {
        vote.adopted_as = Some(shown.to_owned());
    } else {
        vote.adopted_as = None;
        vote.on = shown.split(", ").map(str::to_owned).collect();
    }
}

/// The count in "12 in favour".
fn find_count(result: &str, name: &str) -> Option<u32> {
    let part = result.split(", ").find_map(|part| part.strip_suffix(name))?;
    part.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_pages_become_breaks() {
        let read = |text: &str| take_breaks(text, Some(2));
        assert_eq!(
            read("One side. [page 3] Other side."),
            ("One side. Other side.".to_owned(), vec![Break { at: 10, page: 3 }])
        );
        assert_eq!(read("peace- [page 3] keeping").0, "peace-keeping");
        assert_eq!(read("[page 3] all"), ("all".to_owned(), vec![Break { at: 0, page: 3 }]));
        // Words of a speaker stay.
        assert_eq!(read("see [page 1] and [page x]").0, "see [page 1] and [page x]");
        assert_eq!(read("a [page 3] b [page 4] c").1.len(), 2);
    }

    #[test]
    fn notes_are_read() {
        let note = SpeakerNote::parse(
            "World Food Programme, Executive Director, invited under rule 39, on behalf of the A3, on behalf of Chad, Mali",
        );
        assert_eq!(note.offices, "World Food Programme, Executive Director");
        assert_eq!(note.invited, Some(Some(39)));
        assert_eq!(note.groups, ["the A3", "Chad, Mali"]);
        assert_eq!(SpeakerNote::parse(""), SpeakerNote::default());
        assert_eq!(SpeakerNote::parse("invited").invited, Some(None));
        assert!(SpeakerNote::parse("Chad, President, also in another capacity").presides);
    }
}
