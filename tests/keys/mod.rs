//! Every row of the key table does what it says: a table of (context, command, script before, what
//! one sees after), walked along the key table itself, so that a key without a row fails.
#![allow(clippy::unwrap_used, clippy::panic)]

mod kept;
mod search;

use crate::kit::{Play, assert_scripts};
use spv::app::action::Command as C;
use spv::app::keymap::{self, Binding, Context as At, KEYS, Key};
use spv::screens::Screen;

/// One row: where the key holds, the command, keys typed before it, and what is seen after it.
type Row = (At, C, &'static str, &'static str);

/// The table. Keys typed before lead from the list of meetings at the start to the place.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    (At::Everywhere, C::Help, "", "help Meetings top 0"),
    (At::Everywhere, C::Help, "<Enter><Enter>", "help Reading top 0"),
    (At::Everywhere, C::Find, "<Enter>", "find [^] 0"),
    (At::Everywhere, C::Search, "<Enter>", "search [^] 1/0"),
    (At::Everywhere, C::Close, "<Enter>", "meetings 1/10010"),
    (At::Everywhere, C::Close, "", "quit"),
    (At::Everywhere, C::Quit, "<Enter><Enter>", "quit"),
    (At::Everywhere, C::Escape, "<Enter><Enter>", "statements of MSC/PV.6 1/13"),
    (At::Everywhere, C::Escape, "", "meetings 1/10010"),
    (At::Everywhere, C::Back, "<Enter>j<Enter>", "meetings 1/10010"),
    (At::Everywhere, C::Copied, "", "meetings 1/10010 | says nothing was copied yet: y and Y copy"),
    (At::Everywhere, C::Copied, "<Enter><Enter>Y", "card Copied; e writes it to a file top 0 | copied The Security Council will now begin its consideration of the item on its agenda.//The President (spoke in Chinese), MSC/PV.6, p. 2 (English) [EXERCISE: not the words of any State]/"),
    (At::Everywhere, C::Suspend, "<Enter>", "statements of MSC/PV.6 1/13 | asks Suspend"),
    (At::Everywhere, C::Redraw, "<Enter>", "statements of MSC/PV.6 1/13 | asks Redraw"),
    (At::Moving, C::Down, "", "meetings 2/10010"),
    (At::Moving, C::Down, "<Enter>", "statements of MSC/PV.6 2/13"),
    (At::Moving, C::Down, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “On the Council’s agenda is the passage of small arms through free ports.”"),
    (At::Moving, C::Up, "jjj", "meetings 3/10010"),
    (At::Moving, C::Up, "<Enter>j<Enter>jj", "reading MSC/PV.6 #2 “On the Council’s agenda is the passage of small arms through free ports.”"),
    (At::Moving, C::HalfDown, "", "meetings 11/10010"),
    (At::Moving, C::HalfDown, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “The objections made to us in consultations were courteous, and they were”"),
    (At::Moving, C::HalfUp, "dd", "meetings 11/10010"),
    (At::Moving, C::HalfUp, "<Enter>j<Enter>dd", "reading MSC/PV.6 #2 “The objections made to us in consultations were courteous, and they were”"),
    (At::Moving, C::PageDown, "", "meetings 21/10010"),
    (At::Moving, C::PageDown, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “We ask that the matter be put to the vote, should anybody insist. We”"),
    (At::Moving, C::PageUp, "ddd", "meetings 11/10010"),
    (At::Moving, C::PageUp, "<Enter>j<Enter><Space><Space>", "reading MSC/PV.6 #2 “We ask that the matter be put to the vote, should anybody insist. We”"),
    (At::Moving, C::Top, "ddd", "meetings 1/10010"),
    (At::Moving, C::Top, "<Enter>j<Enter>ddd", "reading MSC/PV.6 #1 “Exercise debate of a Model Security Council, written for this 2”"),
    (At::Moving, C::Bottom, "", "meetings 10010/10010"),
    (At::Moving, C::Bottom, "<Enter>", "statements of MSC/PV.6 13/13"),
    (At::Moving, C::Bottom, "<Enter>j<Enter>", "reading MSC/PV.6 #11 “up. In a port the crane driver is paid by the box. Should she stop to”"),
    (At::Moving, C::Open, "j", "statements of MSC/PV.5 1/8"),
    (At::Moving, C::Open, "j<Enter>jj", "reading MSC/PV.5 #3 “The President (spoke in French) 2”"),
    (At::Moving, C::Slash, "", "meetings 1/10010 | filter [^]"),
    (At::Moving, C::Slash, "<Enter>", "statements of MSC/PV.6 1/13 | filter [^]"),
    (At::Moving, C::Slash, "<Enter><Enter>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | search [^]"),
    (At::Moving, C::NextHit, "<Enter><Enter>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says no search yet: / searches in this text"),
    (At::Moving, C::NextHit, "<Enter><Enter>/crane<Enter>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says hit 2 of 10"),
    (At::Moving, C::PreviousHit, "<Enter><Enter>/crane<Enter>", "reading MSC/PV.6 #11 “the person who came through it.” | says hit 10 of 10, from the other end"),
    (At::Moving, C::PreviousHit, "", "meetings 1/10010 | says no search in a list: / filters it"),
    (At::Meetings, C::TextOnly, "", "meetings 1/7 | says the 7 meetings whose text is here"),
    (At::Meetings, C::TextOnly, "t", "meetings 1/10010 | says all 10010 meetings"),
    (At::Everywhere, C::Problems, "", "meetings 1/10010 | says every file of the library could be read"),
    (At::Everywhere, C::Problems, "<Enter>", "statements of MSC/PV.6 1/13 | says no doubt about this record, and every file could be read"),
    (At::Meetings, C::Votes, "jjj", "card Votes of MSC/PV.3 top 0"),
    (At::Meetings, C::Votes, "j", "meetings 2/10010 | says no vote in MSC/PV.5"),
    (At::Meetings, C::Council, "", "card The Council on 5 March 2020 top 0"),
    (At::Meetings, C::Item, "8668G", "card Item: Peacebuilding and sustaining peace top 0"),
    (At::Meetings, C::Item, "", "card Item: Small arms top 0"),
    (At::Statements, C::Item, "<Enter>", "card Item: Small arms top 0"),
    (At::Reading, C::Item, "<Enter><Enter>", "card Item: Small arms top 0"),
    (At::Card, C::Item, "2277G<Enter>", "card Item: The situation in Namibia top 0"),
    (At::Card, C::Item, "fS/2014/348<Enter>", "card Item: The situation in the Middle East (Syria) top 0"),
    (At::Card, C::Item, "<Enter>V", "card Item: Small arms top 0"),
    (At::Card, C::Item, "fniue<Enter>", "card Niue top 0 | says nothing on this card is on an agenda item"),
    (At::Moving, C::Open, "2277G<Enter>I", "card S/PV.2893 top 0"),
    (At::Moving, C::Open, "<Enter>I", "statements of MSC/PV.6 1/13"),
    (At::Statements, C::Procedural, "<Enter>", "statements of MSC/PV.6 1/8"),
    (At::Statements, C::NextSame, "jjj<Enter>", "statements of MSC/PV.3 6/19"),
    (At::Statements, C::PreviousSame, "jjj<Enter>G", "statements of MSC/PV.3 17/19"),
    (At::Statements, C::Votes, "<Enter>", "card Votes of MSC/PV.6 top 0"),
    (At::Statements, C::Council, "<Enter>", "card The Council on 5 March 2020 top 0"),
    (At::Statements, C::CopyCitation, "<Enter>j", "statements of MSC/PV.6 2/13 | copied MSC/PV.6, p. 2 (English) [EXERCISE: not the words of any State]"),
    (At::Reading, C::NextStatement, "<Enter><Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2”"),
    (At::Reading, C::PreviousStatement, "<Enter>jj<Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2”"),
    (At::Reading, C::PreviousStatement, "<Enter>jj<Enter>jjj", "reading MSC/PV.6 #3 “Ms. Prawirasari (Indonesia) 2”"),
    (At::Reading, C::NextSame, "<Enter><Enter>", "reading MSC/PV.6 #5 “The President (spoke in Chinese) 2”"),
    (At::Reading, C::PreviousSame, "<Enter>jj<Enter>", "reading MSC/PV.6 #3 “Ms. Prawirasari (Indonesia) 2” | says no other statement of the same in this record"),
    (At::Reading, C::PreviousSame, "<Enter>4j<Enter>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2”"),
    (At::Reading, C::Procedural, "<Enter><Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | says procedural turns skipped"),
    (At::Reading, C::NextReference, "<Enter><Enter>", "reading MSC/PV.6 #2 “there. We have taken the trouble to ask. She is not on the list of” | reference 0"),
    (At::Reading, C::PreviousReference, "<Enter><Enter><Tab><Tab>", "reading MSC/PV.6 #2 “there. We have taken the trouble to ask. She is not on the list of” | reference 0"),
    (At::Reading, C::Select, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | selected 0-0"),
    (At::Reading, C::Select, "<Enter>j<Enter>vj", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2”"),
    (At::Reading, C::CopyCitation, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | copied MSC/PV.6, p. 2 (English) [EXERCISE: not the words of any State]"),
    (At::Selecting, C::SentenceOn, "<Enter>j<Enter>v", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | selected 0-0"),
    (At::Selecting, C::SentenceBack, "<Enter>j<Enter>v}", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | selected 0-0"),
    (At::Selecting, C::ParagraphOn, "<Enter>j<Enter>v", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | selected 0-1"),
    (At::Selecting, C::ParagraphBack, "<Enter>j<Enter>v}", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | selected 0-0"),
    (At::Selecting, C::Down, "<Enter>j<Enter>v}", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | selected 0-2"),
    (At::Selecting, C::Up, "<Enter>j<Enter>v}", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | selected 0-0"),
    (At::Selecting, C::CopyCitation, "<Enter>j<Enter>v", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | copied MSC/PV.6, p. 2 (English) [EXERCISE: not the words of any State]"),
    (At::Reading, C::CopyText, "<Enter>jjjjj<Enter>", "reading MSC/PV.6 #5 “Procedural vote” | copied The result of the voting is as follows: 10 votes in favour, 3 against and 2 abstentions. The proposal has been adopted, having obtained the required number of votes.//The President (spoke in Chinese), MSC/PV.6, p. 3 (English) [EXERCISE: not the words of any State]/"),
    (At::Reading, C::Votes, "<Enter><Enter>", "card Votes of MSC/PV.6 top 0"),
    (At::Reading, C::Council, "<Enter><Enter>", "card The Council on 5 March 2020 top 0"),
    (At::Everywhere, C::Notes, "", "meetings 1/10010 | says there is no note or mark yet: a and m in a text make them"),
    (At::Everywhere, C::Notes, "<Enter>j<Enter>awell said #ports<Enter>", "notes 1/1"),
    (At::Everywhere, C::KeptQueries, "", "meetings 1/10010 | says no query is kept yet: W on the statements of a search keeps it"),
    (At::Everywhere, C::KeptQueries, "speace <Enter>Wtalks<Enter><Esc><Esc>", "kept 1/1: peacetalks 0/13"),
    (At::Hits, C::KeepQuery, "speace year:2019 <Enter>", "search [peace year:2019 ] 1/10 | keep as [peace^]"),
    (At::Hits, C::KeepQuery, "speace <Enter>W<Enter><Esc>s<Enter>", "kept 1/1: peace 0/13"),
    (At::Concordance, C::KeepQuery, "speac<Enter>c", "concordance 1/17 by date | keep as [peac^]"),
    (At::Input, C::Submit, "speace <Enter>Wtalks", "search [peace ] 1/13 | says kept: peacetalks; W on another screen lists what is kept"),
    (At::Input, C::Submit, "speace <Enter>W<Enter>s<Ctrl-u>lake <Enter>W<Ctrl-u>Peace", "search [lake ] 1/4 | keep as [Peace^] | says peace is the name of the kept query peace; choose another name"),
    (At::Concordance, C::Collocates, "speace <Enter>c", "collocates 1/20 within 5: everything: 3 beside it, 0.05 expected, 7 in all, log-likelihood 20.08"),
    (At::Concordance, C::Collocates, "speace year:2019 <Enter>c2", "collocates 1/9 within 2: process: 2 beside it, 0.04 expected, 7 in all, log-likelihood 12.81"),
    (At::Moving, C::Open, "speace <Enter>cc", "concordance 1/5 by date"),
    (At::Moving, C::Open, "speace OR lake <Enter>cc", "collocates 1/32 within 5: terem: 2 beside it, 0.02 expected, 2 in all, log-likelihood 18.30 | says both words are shown only for one word or one phrase"),
    (At::Statements, C::MoreLike, "<Enter>j", "statements of MSC/PV.6 2/13 | says no similar passage among 99 statements held, 2019-11-19–2020-03-05, English"),
    (At::Reading, C::MoreLike, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | says no similar passage among 99 statements held, 2019-11-19–2020-03-05, English"),
    (At::Reading, C::MoreLike, "<Enter>j<Enter>v", "similar 1/2: 2 others, 0 same"),
    (At::Hits, C::MoreLike, "slake <Enter>", "similar 1/1: 1 others, 0 same"),
    (At::Hits, C::MoreLike, "speace <Enter>", "search [peace ] 1/13 | says no similar passage among 99 statements held, 2019-11-19–2020-03-05, English"),
    (At::Kept, C::Rename, "speace <Enter>W<Enter><Esc><Esc>W", "kept 1/1: peace 0/13 | name [peace^]"),
    (At::Input, C::Submit, "speace <Enter>W<Enter><Esc><Esc>Wrs", "kept 1/1: peaces 0/13"),
    (At::Kept, C::Remove, "speace <Enter>W<Enter><Esc><Esc>W", "kept 1/0:  | says peace is removed; u puts it back"),
    (At::Kept, C::Undo, "speace <Enter>W<Enter><Esc><Esc>Wx", "kept 1/1: peace 0/13 | says peace is back"),
    (At::Kept, C::Undo, "speace <Enter>W<Enter><Esc><Esc>W", "kept 1/1: peace 0/13 | says nothing was removed here that could be put back"),
    (At::Moving, C::Open, "speace <Enter>W<Enter><Esc><Esc>W", "search [peace ] 1/13, nothing new since 2020-09-13"),
    (At::Everywhere, C::Today, "", "card The Council on 30 November 2026 top 0"),
    (At::Everywhere, C::Today, "<Enter><Enter>", "card The Council on 30 November 2026 top 0"),
    (At::Everywhere, C::Today, "T<Right>", "card The Council on 30 November 2026 top 0"),
    (At::Council, C::NextDay, "T", "card The Council on 1 December 2026 top 0"),
    (At::Council, C::NextDay, "T40", "card The Council on 9 January 2027 top 0"),
    (At::Council, C::NextDay, "<Enter>C", "card The Council on 6 March 2020 top 0"),
    (At::Council, C::PreviousDay, "T", "card The Council on 29 November 2026 top 0"),
    (At::Council, C::NextMonth, "T", "card The Council on 30 December 2026 top 0"),
    (At::Council, C::NextMonth, "T<Right><Left>3", "card The Council on 28 February 2027 top 0"),
    (At::Council, C::PreviousMonth, "T", "card The Council on 30 October 2026 top 0"),
    (At::Council, C::Slash, "T", "card The Council on 30 November 2026 top 0 | date [^]"),
    (At::Input, C::Submit, "T/19 nov 2019", "card The Council on 19 November 2019 top 0"),
    (At::Input, C::Submit, "T/december 2026", "card The Council on 1 December 2026 top 0"),
    (At::Input, C::Submit, "T/soon", "card The Council on 30 November 2026 top 0 | says no date: soon; try 30 nov 2026 or november 2026"),
    (At::Everywhere, C::ToMark, "", "meetings 1/10010 | to mark [^]"),
    (At::Everywhere, C::Export, "<Enter>", "statements of MSC/PV.6 1/13 | file [MSC_PV.6.md^]"),
    (At::Everywhere, C::Export, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | file [MSC_PV.6.2.md^]"),
    (At::Everywhere, C::Export, "", "meetings 1/10010 | file [meetings.csv^]"),
    (At::Everywhere, C::Export, "slake<Enter>c", "concordance 1/8 by date | file [concordance.csv^]"),
    (At::Everywhere, C::Export, "?", "help Meetings top 0 | says open a list, a record, a chart, your notes or a card first"),
    (At::Statements, C::LastWord, "<Enter>j", "statements of MSC/PV.6 2/13 | says Estonia: nothing earlier on this topic, sub-item or item here"),
    (At::Statements, C::Backlinks, "4j<Enter>", "card Who cites MSC/PV.2 top 0"),
    (At::Reading, C::LastWord, "<Enter><Enter>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says the chair conducts the meeting here: no State’s words"),
    (At::Reading, C::Backlinks, "<Enter>j<Enter>", "card Who cites MSC/PV.6 top 0"),
    (At::Reading, C::Backlinks, "<Enter><Enter><Tab>", "card Who cites MSC/PV.1 top 0"),
    (At::Reading, C::SetMark, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | set mark [^]"),
    (At::Reading, C::Note, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | note [^]"),
    (At::Reading, C::Compare, "<Enter>j<Enter>", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | says remembered Estonia in MSC/PV.6; D on another compares the two"),
    (At::Reading, C::Compare, "<Enter>j<Enter>DJ", "compare #2 and #3, moves Both"),
    (At::Notes, C::Remove, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR", "notes 1/2 | says note 1 is removed; u puts it back"),
    (At::Notes, C::Remove, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkRG", "notes 2/2 | says mark k is removed; u puts it back"),
    (At::Notes, C::Undo, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkRjx", "notes 2/3 | says note 2 is back"),
    (At::Notes, C::Undo, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR", "notes 1/3 | says nothing was changed here that could be taken back"),
    (At::Notes, C::Tags, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR", "notes 1/3 | tags [#ports^]"),
    (At::Notes, C::Note, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR", "notes 1/3 | words [well said #ports^]"),
    (At::Notes, C::Note, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkRG", "notes 3/3 | says a mark has only its letter and its place"),
    (At::Notes, C::CopyCitation, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR", "notes 1/3 | copied MSC/PV.6, p. 2 (English) [EXERCISE: not the words of any State]"),
    (At::Notes, C::CopyText, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkRj", "notes 2/3 | copied On the Council’s agenda is the passage of small arms through free ports. We have heard three reports on it in the past three years, each by somebody who had read manifests. Ms. Lindow has read boxes. For nineteen years she has sat in the cabin of a crane, and she has been elected secretary by 1,100 persons who lift, turn and count what passes through Orlune. The rule provides that the Council may invite persons whom it considers competent to supply it with information. I cannot think of a competence more literal.//Ms. Rannaveer, MSC/PV.6, p. 2 (English) [EXERCISE: not the words of any State]/"),
    (At::Everywhere, C::Export, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR", "notes 1/3 | file [notes.md^]"),
    (At::Moving, C::Slash, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR", "notes 1/3 | filter [^]"),
    (At::Moving, C::Open, "<Enter>j<Enter>awell said #ports<Enter>jjaask again<Enter>mkR", "reading MSC/PV.6 #2 “Ms. Rannaveer (Estonia) 2” | says well said #ports"),
    (At::Card, C::Backlinks, "fS/PV.8668<Enter>", "card Who cites S/PV.8668 top 0"),
    (At::Card, C::Fetch, "fS/PV.8668<Enter>", "card S/PV.8668 top 0 | says fetch S/PV.8668 from documents.un.org, about 1 MB? F or Enter: yes, Esc: no"),
    (At::Compare, C::Switch, "<Enter>j<Enter>DJD", "compare #2 and #3, moves First | says the first side moves"),
    (At::Find, C::Open, "fS/PV.8668", "card S/PV.8668 top 0"),
    (At::Find, C::Down, "fkaz", "find [kaz^] 1"),
    (At::Find, C::Up, "fkaz<Down><Down>", "find [kaz^] 1"),
    (At::Find, C::Search, "fkaz", "search [kaz^] 1/2"),
    (At::Find, C::PageDown, "fsyria", "find [syria^] 21"),
    (At::Find, C::PageUp, "fsyria<PageDown><PageDown>", "find [syria^] 21"),
    (At::Input, C::Help, "fkaz", "help Find top 0"),
    (At::Input, C::Help, "/lake", "help Input top 0"),
    (At::Query, C::ToHits, "slake", "search [lake] 1/5"),
    (At::Query, C::ToHits, "s", "search [^] 1/0"),
    (At::Query, C::OlderQuery, "slake<Enter><Esc>s", "search [lake^] 1/5"),
    (At::Query, C::OlderQuery, "slake", "search [lake^] 1/5 | says no earlier query"),
    (At::Query, C::NewerQuery, "slake<Enter><Esc>swater<Up>", "search [water^] 1/13"),
    (At::Query, C::Complete, "sstate:ger", "search [state:Germany^] 1/2"),
    (At::Query, C::Complete, "sqqqq", "search [qqqq^] 0/0 | says nothing here completes this"),
    (At::Query, C::CompleteBack, "sstate:e<Tab><Tab>", "search [state:Estonia^] 1/3"),
    (At::Query, C::Help, "slake", "help Query top 0"),
    (At::Hits, C::Search, "slake<Enter>", "search [lake^] 1/5"),
    (At::Hits, C::NextYear, "speace<Enter>", "search [peace] 1/10 2019"),
    (At::Hits, C::NextYear, "speace<Enter><Right><Right>", "search [peace] 1/3 2020 | says that is the last year"),
    (At::Hits, C::PreviousYear, "speace<Enter>", "search [peace] 1/3 2020"),
    (At::Hits, C::States, "speace<Enter>", "search [peace] states 1/11"),
    (At::Hits, C::Clear, "speace<Enter><Left>S<Enter>", "search [peace] 1/13"),
    (At::Hits, C::Order, "speace<Enter>", "search [peace] 1/13 latest"),
    (At::Hits, C::Chart, "slake<Enter>", "chart lake* Lines by year 2020: 5 (44.6/100k) · 4 of 4 here"),
    (At::Hits, C::Chart, "slake<Enter><Left>", "chart lake* year:2020 Lines by month 2020-03: 0 · 1 of 1 here"),
    (At::States, C::Chart, "slake<Enter>S", "chart lake* Lines by State Belgium: 1"),
    (At::Concordance, C::Chart, "slake<Enter>c", "chart lake* Lines by year 2020: 5 (44.6/100k) · 4 of 4 here"),
    (At::Chart, C::Open, "slake<Enter>#", "search [lake* year:2020 ] 1/5"),
    (At::Chart, C::Shape, "slake<Enter>#", "chart lake* Bars by year 2020: 5 (44.6/100k) · 4 of 4 here"),
    (At::Chart, C::Shape, "slake<Enter>#<Tab>", "chart lake* Table by year 2020: 5 (44.6/100k) · 4 of 4 here"),
    (At::Chart, C::Rates, "slake<Enter>#", "chart lake* Lines by year rates 2020: 5 (44.6/100k) · 4 of 4 here"),
    (At::Chart, C::Slash, "slake<Enter>#", "chart lake* Lines by year 2020: 5 (44.6/100k) · 4 of 4 here | queries [lake*^]"),
    (At::Chart, C::NextYear, "speace<Enter>#<Left>", "chart peace* Lines by year 2020: 3 (26.8/100k) · 4 of 4 here"),
    (At::Chart, C::PreviousYear, "speace<Enter>#", "chart peace* Lines by year 2019: 10 (99.8/100k) · 3 of 3 here"),
    (At::Chart, C::ByYear, "slake<Enter>#m", "chart lake* Lines by year 2020: 5 (44.6/100k) · 4 of 4 here"),
    (At::Chart, C::ByMonth, "slake<Enter>#", "chart lake* Lines by month 2020-03: 0 · 1 of 1 here"),
    (At::Chart, C::States, "slake<Enter>#", "chart lake* Lines by State Belgium: 1"),
    (At::Chart, C::ByTopic, "slake<Enter>#", "chart lake* Lines by topic The situation around Lake Terem: 4"),
    (At::Chart, C::Procedural, "slake<Enter>#", "chart lake* Lines by year 2020: 5 (42.0/100k) · 4 of 4 here | says with the procedural turns of the chair"),
    (At::Chart, C::Letters, "slake<Enter>#", "chart lake* Lines by year "),
    (At::Everywhere, C::Export, "slake<Enter>#", "chart lake* Lines by year 2020: 5 (44.6/100k) · 4 of 4 here | file [chart.svg^]"),
    (At::Hits, C::Concordance, "slake<Enter>", "concordance 1/8 by date"),
    (At::Hits, C::Rates, "slake<Enter>", "search [lake] 1/5 rates"),
    (At::Hits, C::Forms, "slake<Enter>", "search [forms:on lake] 1/5"),
    (At::Moving, C::Down, "slake<Enter>", "search [lake] 2/5"),
    (At::Moving, C::NextHit, "slake<Enter>", "search [lake] 2/5"),
    (At::Moving, C::PreviousHit, "slake<Enter>jj", "search [lake] 2/5"),
    (At::Moving, C::Bottom, "slake<Enter>", "search [lake] 5/5"),
    (At::Moving, C::Open, "slake<Enter>j", "reading MSC/PV.3 #2 “Mr. Hellwege (Germany) 2” | says hit 1 of 6 in this record · Germany"),
    (At::Moving, C::Open, "slake<Enter><Esc>s<Enter>", "search [lake] 1/5"),
    (At::Moving, C::Open, "slake<Enter>S", "search [lake] 1/1 Belgium"),
    (At::Moving, C::Open, "slake<Enter>cj", "reading MSC/PV.4 #10 “A word, finally, on Lake Terem, as it is now 13 February. Three weeks” | says hit 2 of 2 in this record · Belgium"),
    (At::Moving, C::NextHit, "slake<Enter>j<Enter>", "reading MSC/PV.3 #2 “Mr. Hellwege (Germany) 2” | says hit 2 of 6 in this record · Germany"),
    (At::Moving, C::PreviousHit, "slake<Enter>j<Enter>", "reading MSC/PV.4 #10 “A word, finally, on Lake Terem, as it is now 13 February. Three weeks” | says hit 2 of 2 in this record · Belgium"),
    (At::States, C::Clear, "slake<Enter>S<Enter>S", "search [lake] 1/5"),
    (At::Concordance, C::Order, "slake<Enter>c", "concordance 1/8 by the words before"),
    (At::Reading, C::Concordance, "slake<Enter><Enter>", "concordance 1/8 by date"),
    (At::Reading, C::Concordance, "<Enter><Enter>", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says a concordance needs a query: s"),
    (At::Everywhere, C::Escape, "slake<Enter>j<Enter>", "search [lake] 2/5"),
    (At::Everywhere, C::Escape, "speace<Enter><Left>", "search [peace] 1/13"),
    (At::Everywhere, C::Escape, "slake<Enter>j<Enter>/sluices<Enter>", "reading MSC/PV.3 #2 “Mr. Hellwege (Germany) 2”"),
    (At::Everywhere, C::Export, "slake<Enter>", "search [lake] 1/5 | file [statements.csv^]"),
    (At::Input, C::Cancel, "slake", "meetings 1/10010"),
    (At::Input, C::DeleteLeft, "slake", "search [lak^] 1/5"),
    (At::Input, C::DeleteLeft, "s", "meetings 1/10010"),
    (At::Input, C::DeleteWord, "slake terem", "search [lake ^] 1/4"),
    (At::Input, C::DeleteLine, "slake", "search [^] 1/0"),
    (At::Input, C::CursorLeft, "slake", "search [lak^e] 1/5"),
    (At::Input, C::CursorRight, "slake<Left><Left>", "search [lak^e] 1/5"),
    (At::Input, C::Submit, "/lake", "meetings 1/40"),
    (At::Input, C::Submit, "<Enter><Enter>/crane", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says hit 1 of 10"),
    (At::Input, C::Cancel, "jj/lake", "meetings 3/10010"),
    (At::Input, C::Cancel, "/lake<Enter>/", "meetings 4/10010"),
    (At::Input, C::Cancel, "flake", "meetings 1/10010"),
    (At::Input, C::DeleteLeft, "/lake", "meetings 1/40 | filter [lak^]"),
    (At::Input, C::DeleteLeft, "/", "meetings 1/10010"),
    (At::Input, C::DeleteLeft, "flake", "find [lak^] 0"),
    (At::Input, C::DeleteLeft, "f", "meetings 1/10010"),
    (At::Input, C::DeleteWord, "/lake terem", "meetings 1/40 | filter [lake ^]"),
    (At::Input, C::DeleteWord, "flake terem", "find [lake ^] 0"),
    (At::Input, C::DeleteLine, "/lake terem", "meetings 4/10010 | filter [^]"),
    (At::Input, C::CursorLeft, "/lake", "meetings 1/40 | filter [lak^e]"),
    (At::Input, C::CursorRight, "/lake<Left><Left>", "meetings 1/40 | filter [lak^e]"),
    (At::Input, C::Suspend, "/lake", "meetings 1/40 | filter [lake^] | asks Suspend"),
    (At::Input, C::Redraw, "/lake", "meetings 1/40 | filter [lake^] | asks Redraw"),
    (At::Input, C::DeleteLine, "flake", "find [^] 0"),
    (At::Input, C::CursorLeft, "flake", "find [lak^e] 0"),
    (At::Input, C::CursorRight, "flake<Left><Left>", "find [lak^e] 0"),
    (At::Input, C::Suspend, "flake", "find [lake^] 0 | asks Suspend"),
    (At::Input, C::Redraw, "flake", "find [lake^] 0 | asks Redraw"),
    (At::Input, C::Cancel, "<Enter><Enter>/crane", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2”"),
    (At::Input, C::Cancel, "<Enter>/niger", "statements of MSC/PV.6 1/13"),
];

#[test]
fn enter_on_a_doubt_goes_to_its_place() {
    let mut play = crate::kit::Play::doubtful(80, 24);
    play.keys("fS/PV.99906<Enter><Enter>!");
    assert_eq!(play.sight(), "card 5 doubts about S/PV.99906 top 0");
    // The first link is a doubt about the vote, the last one about the last statement.
    play.keys("<Enter>");
    assert!(play.sight().starts_with("reading S/PV.99906 #"), "{}", play.sight());
    play.keys("<Esc>!jjj<Enter>");
    assert_eq!(play.reader().statement().unwrap().number, 3);
    assert!(play.text().contains("5 doubts (!)"));
}

#[test]
fn every_key_does_what_the_table_says() {
    let mut faults = Vec::new();
    for (context, command, before, after) in TABLE {
        let binding = KEYS
            .iter()
            .find(|b| b.context == *context && b.command == *command)
            .unwrap_or_else(|| panic!("{command:?} is no longer a key of {context:?}"));
        for key in binding.keys {
            let mut play = Play::exercise(80, 24);
            play.keys(before);
            let here = play.state.context();
            assert!(
                binding_for(here, *key) == Some(binding.context),
                "{key} after {before:?}: {here:?}"
            );
            let action = keymap::resolve(here, *key);
            play.act(action);
            let seen = play.sight();
            if seen != *after {
                faults.push(format!(
                    "{context:?} {key} after {before:?}\n  sees {seen}\n  not  {after}"
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The context whose row a key is looked up in.
fn binding_for(from: At, key: Key) -> Option<At> {
    keymap::in_force(from).into_iter().find(|b| b.keys.contains(&key)).map(|b| b.context)
}

#[test]
fn every_key_has_a_row() {
    let has_row =
        |b: &&Binding| TABLE.iter().any(|(at, c, ..)| *at == b.context && *c == b.command);
    let without: Vec<_> =
        KEYS.iter().filter(|b| !has_row(b)).map(|b| (b.context, b.command)).collect();
    assert!(without.is_empty(), "no test: {without:?}");
}

/// (script, what is seen): counts before keys, on every screen that takes them.
#[rustfmt::skip]
const COUNTS: &[(&str, &str)] = &[
    ("5j", "meetings 6/10010"),
    ("12j3k", "meetings 10/10010"),
    ("8668G", "meetings 1055/10010"),
    ("8668g", "meetings 1055/10010"),
    ("8668Gq", "quit"),
    ("99999G", "meetings 1/10010 | says no meeting 99999 in this list"),
    ("t8668G", "meetings 1/7 | says no meeting 8668 in this list"),
    ("0j", "meetings 2/10010"),
    ("10j", "meetings 11/10010"),
    ("5<Esc>j", "meetings 2/10010"),
    ("5xj", "meetings 2/10010"),
    ("2<Space>", "meetings 41/10010"),
    ("3d", "meetings 31/10010"),
    ("99999999999999999999j", "meetings 10010/10010"),
    ("<Enter>3G", "statements of MSC/PV.6 3/13"),
    ("<Enter>3g", "statements of MSC/PV.6 3/13"),
    ("<Enter>30G", "statements of MSC/PV.6 1/13 | says no statement 30 in this list"),
    ("<Enter>4j", "statements of MSC/PV.6 5/13"),
    ("<Enter><Enter>3G", "reading MSC/PV.6 #6 “The President (spoke in Chinese) 3”"),
    ("<Enter><Enter>4g", "reading MSC/PV.6 #11 “We have a long coast and a great number of new ports, and I listened as 4”"),
    ("<Enter><Enter>9G", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2” | says no page 9 is known here"),
    ("<Enter><Enter>7j", "reading MSC/PV.6 #1 “free port of Orlune, be invited under rule 39 of the Council’s”"),
    ("<Enter><Enter>7j7k", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2”"),
    ("<Enter><Enter>99999999999j", "reading MSC/PV.6 #11 “up. In a port the crane driver is paid by the box. Should she stop to”"),
    ("<Enter><Enter>99999999999k", "reading MSC/PV.6 #1 “Exercise debate of a Model Security Council, written for this 2”"),
    ("<Enter><Enter>2<Space>", "reading MSC/PV.6 #3 “written for the Secretariat and for others who are competent. Year by”"),
    ("<Enter><Enter>2<Space>2b", "reading MSC/PV.6 #1 “The President (spoke in Chinese) 2”"),
    ("<Enter><Enter>3J", "reading MSC/PV.6 #4 “Mr. Tillinghast (United States of America) 2”"),
    ("<Enter>C5j", "card The Council on 5 March 2020 top 0"),
    ("?5j5k", "help Meetings top 0"),
    ("fkazakhstan<Enter>j<Enter>2G", "answers 1/1"),
    ("fkazakhstan<Enter>j<Enter>99G", "answers 1/1"),
    ("f5", "find [5^] 0"),
    ("/2019", "meetings 1/266 | filter [2019^]"),
];

#[test]
fn counts_come_before_keys() {
    assert_scripts(COUNTS);
}

/// The digits typed are shown until the key that uses them, and Esc takes them away.
#[test]
fn digits_are_shown_as_they_are_typed() {
    for place in ["", "<Enter>", "<Enter><Enter>"] {
        let mut play = Play::exercise(80, 24);
        play.keys(place).keys("8668");
        assert!(play.status().starts_with("8668 "), "{place}: {}", play.status());
        let before = play.sight();
        play.keys("<Esc>");
        assert_eq!(play.sight(), before, "Esc only takes the count away");
        assert!(!play.status().starts_with("8668"), "{}", play.status());
        assert_eq!(play.state.shared.count, None);
    }
}

/// A pasted text is text where one types, and nothing elsewhere: no letter of it is a key.
#[test]
fn pasted_text_runs_no_key() {
    let text = "qQ\n\u{1b}[2J5jG/\u{3}";
    for (place, seen) in [
        ("", None),
        ("<Enter>", None),
        ("<Enter><Enter>", None),
        ("<Enter>C", None),
        ("?", None),
        ("fkazakhstan<Enter>", None),
        ("fkazakhstan<Enter>j<Enter>", None),
        ("f", Some("find [qQ [2J5jG/^] 0")),
        ("/", Some("filter [qQ [2J5jG/^]")),
        ("<Enter>/", Some("filter [qQ [2J5jG/^]")),
        ("<Enter><Enter>/", Some("search [qQ [2J5jG/^]")),
    ] {
        let mut play = Play::exercise(80, 24);
        play.keys(place);
        let before = play.sight();
        play.paste(text);
        match seen {
            None => assert_eq!(play.sight(), before, "{place}"),
            Some(seen) => assert!(play.sight().contains(seen), "{place}: {}", play.sight()),
        }
        assert!(!play.quit);
    }
    let mut play = Play::exercise(80, 24);
    play.keys("f").paste(&"peace\n".repeat(200_000));
    let Screen::Finder(find) = play.state.screen() else { panic!("a paste closed the screen") };
    assert!(find.line.text().len() <= spv::app::line::LIMIT && !find.line.text().contains('\n'));
}

/// A key no context knows does nothing but say so, and takes the count with it.
#[test]
fn other_keys_do_nothing() {
    let all: Vec<Key> = (' '..='~').map(Key::Char).chain(('a'..='z').map(Key::Ctrl)).collect();
    for place in [
        "",
        "<Enter>",
        "<Enter><Enter>",
        "C",
        "?",
        "fkazakhstan<Enter>",
        "fkazakhstan<Enter>j<Enter>",
    ] {
        let mut play = Play::exercise(80, 24);
        play.keys(place);
        let context = play.state.context();
        let before = play.sight();
        for key in &all {
            if binding_for(context, *key).is_none() && !matches!(key, Key::Char('0'..='9')) {
                play.act(keymap::resolve(context, *key));
                let said = format!("{before} | says no such key here; ? lists them");
                assert_eq!(play.sight(), said, "{key} in {context:?}");
            }
        }
    }
}
