//! What the person can ask for with a key.

/// Something the person asks for with a key. Every one is in the key table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Leave the program.
    Quit,
    /// Close this screen; from the first one, quit.
    Close,
    /// Step back: clear a selection or a filter, else close the screen; never quits.
    Escape,
    /// Back to the last place one came from.
    Back,
    /// The keys of this screen.
    Help,
    /// Stop the program until the shell's `fg`.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// The find screen.
    Find,
    /// The search screen; among its statements, back to its query line.
    Search,
    /// The concordance of the query.
    Concordance,
    /// To the statements found, or the latest queries.
    ToHits,
    /// The query before, of those kept.
    OlderQuery,
    /// The query after it.
    NewerQuery,
    /// Complete the value of a field; again, the next choice.
    Complete,
    /// The choice before.
    CompleteBack,
    /// Only the next year.
    NextYear,
    /// Only the year before.
    PreviousYear,
    /// Every year and State again.
    Clear,
    /// The States, to narrow to one.
    States,
    /// Another order.
    Order,
    /// The statements found as a chart.
    Chart,
    /// A chart by year.
    ByYear,
    /// A chart by month.
    ByMonth,
    /// A chart by topic.
    ByTopic,
    /// A chart as lines, bars or a table.
    Shape,
    /// Verbatim records, or letters.
    Letters,
    /// The bar by year: statements, or statements per 100,000 words.
    Rates,
    /// All forms of the words of a query, or only the words.
    Forms,
    /// One line or entry down.
    Down,
    /// One line or entry up.
    Up,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the first line, or with a count to that meeting, statement or page.
    Top,
    /// To the last line, or with a count to that meeting, statement or page.
    Bottom,
    /// Open what is selected, or follow the reference.
    Open,
    /// Filter a list or search in a text.
    Slash,
    /// The next hit of the latest search in this text.
    NextHit,
    /// The previous hit.
    PreviousHit,
    /// Only the meetings whose text is here, or all that are known.
    TextOnly,
    /// The doubts about the record that is open, and the files that could not be read.
    Problems,
    /// The next statement.
    NextStatement,
    /// The previous statement, or the start of this one.
    PreviousStatement,
    /// The next statement of the same State.
    NextSame,
    /// The previous statement of the same State.
    PreviousSame,
    /// Show or skip the turns that only conduct the meeting.
    Procedural,
    /// The next reference.
    NextReference,
    /// The previous reference.
    PreviousReference,
    /// Select the paragraph at the top.
    Select,
    /// Extend the selection to the end of the next sentence.
    SentenceOn,
    /// Extend it back to the start of the sentence before.
    SentenceBack,
    /// Extend it by a paragraph.
    ParagraphOn,
    /// Extend it back by a paragraph.
    ParagraphBack,
    /// Copy the citation.
    CopyCitation,
    /// Copy the selection or the paragraph with its citation.
    CopyText,
    /// The votes of this record or meeting.
    Votes,
    /// The Council on this day.
    Council,
    /// Every meeting on the same agenda item.
    Item,
    /// The Council today.
    Today,
    /// The Council a day later.
    NextDay,
    /// The Council a day earlier.
    PreviousDay,
    /// The Council a month later.
    NextMonth,
    /// The Council a month earlier.
    PreviousMonth,
    /// What this State said last before this statement.
    LastWord,
    /// Who cites this record, statement or reference.
    Backlinks,
    /// Fetch the record that is not here, after a question.
    Fetch,
    /// Set a mark: a letter follows.
    SetMark,
    /// To a mark: a letter follows.
    ToMark,
    /// A note on the selection or the paragraph.
    Note,
    /// What was copied last, shown to be taken by mouse.
    Copied,
    /// The person's notes.
    Notes,
    /// The kept queries.
    KeptQueries,
    /// Keep the query under a name.
    KeepQuery,
    /// Another name.
    Rename,
    /// The words beside the occurrences.
    Collocates,
    /// The statements that are most like this one.
    MoreLike,
    /// The tags of a note.
    Tags,
    /// Remove a note or a mark.
    Remove,
    /// Take back the latest change of a note or a mark.
    Undo,
    /// Write what is shown to a file.
    Export,
    /// Remember this statement, or compare it with the one remembered.
    Compare,
    /// The other side of a comparison, or both.
    Switch,
    /// Accept the input line.
    Submit,
    /// Leave the input line.
    Cancel,
    /// Delete the character left of the cursor.
    DeleteLeft,
    /// Delete the word left of the cursor.
    DeleteWord,
    /// Delete everything left of the cursor.
    DeleteLine,
    /// Cursor left.
    CursorLeft,
    /// Cursor right.
    CursorRight,
}
