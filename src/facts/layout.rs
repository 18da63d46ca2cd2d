//! The tables of the blob of facts, their order and the width of their rows.
//!
//! Compiled by this crate and by `build.rs`, which writes the blob, so that the two cannot
//! disagree. Numbers are little-endian. Texts are not in the blob but in one string beside it, so
//! that the compiler, not the program, checks that they are UTF-8.
//!
//! Header: for each table, in the order of [`Table`], `u32` offset and `u32` number of rows.

/// The tables of the blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Table {
    /// `u32` start of each text, and one more for the end of the last.
    Texts = 0,
    /// States: `u16` name, formal, iso3, key, flags, former start, former length, then start and
    /// length of six lists of names: aliases, fr, es, ru, zh, ar.
    States = 1,
    /// Former names: `u16` name, `u16` key, `u32` from, `u32` until.
    Former = 2,
    /// Lists of names: `u16` text.
    Lists = 3,
    /// Names sorted by the bytes of their keys: `u16` key, `u16` State, `u16` flags.
    Names = 4,
    /// Meetings, oldest first: `u16` symbol, press, topic, outcomes, outcome text, flags; `u32` date.
    Meetings = 5,
    /// Meetings by symbol: `u32` symbol key, `u16` meeting.
    Symbols = 6,
    /// Votes, oldest first: `u16` reference, meeting, title, note, draft, letter; `u32` date; `u8`
    /// outcome, kind ([`WRITTEN`] by the written procedure), yes, no, abstain, not voting, number of
    /// casts, number of sponsors; `u32` first cast; `u16` first sponsor.
    Votes = 7,
    /// How members voted: `u16`, the State in the low 12 bits, the ballot above.
    Casts = 8,
    /// Votes by record: `u32` symbol key, `u16` vote.
    VotesByMeeting = 9,
    /// Votes by reference and by draft, sorted by the bytes of the key: `u16` key, `u16` vote.
    References = 10,
    /// Resolutions: `u16` number, `u16` vote.
    Resolutions = 11,
    /// Seats of the Council: `u32` from, `u32` until, `u16` State, `u16` flags.
    Seats = 12,
    /// Presidents from January 1946, a month a row: `u16`, the State, [`KNOWN`] if it is known.
    Presidents = 13,
    /// Who submitted the drafts: `u16`, the State.
    Sponsors = 14,
}

/// How many tables there are.
pub const TABLES: usize = 15;

/// Bytes of a row, in the order of [`Table`].
pub const WIDTHS: [usize; TABLES] = [4, 38, 12, 2, 6, 16, 6, 30, 2, 6, 4, 4, 12, 2, 2];

/// Flag of a State: a permanent member of the Council.
pub const PERMANENT: u16 = 4;

/// Flag of a name: letters that mean a State only in capitals, such as `US`.
pub const ACRONYM: u16 = 1;

/// Flag of a meeting: closed.
pub const PRIVATE: u16 = 1;

/// The kinds of a vote, by their number in its row.
pub const KINDS: [&str; 5] = ["unknown", "substantive", "amendment", "procedural", "preliminary"];

/// Flag in the kind of a vote: cast in writing, so that there was no meeting.
pub const WRITTEN: u8 = 0x80;

/// A count that is unknown.
pub const UNKNOWN: u8 = u8::MAX;

/// Flag of a president that is known and not computed.
pub const KNOWN: u16 = 1 << 15;

/// A month without a president.
pub const NOBODY: u16 = KNOWN - 1;

/// The groups of elected seats, by their number in a seat's flags (bit 0 is a permanent seat).
pub const GROUPS: [&str; 6] = [
    "",
    "African",
    "Asia-Pacific",
    "Eastern European",
    "Latin American and Caribbean",
    "Western European and Others",
];

/// The first and the last year of the table of seats.
pub const YEARS: (i16, i16) = (1946, 2027);
