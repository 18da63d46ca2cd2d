//! The shape of a vote in a record.

use serde::{Deserialize, Serialize};

/// A vote of the Council.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Printed page.
    #[serde(default)]
    pub page: Option<u32>,
    /// Symbols of what was voted on.
    #[serde(default)]
    pub on: Vec<String>,
    /// A procedural vote, in which no veto counts (Charter, Article 27): exactly the votes of
    /// [`VoteKind::Procedural`]. Version 0.2 and older read only this.
    #[serde(default)]
    pub procedural: bool,
    /// What was decided by it.
    #[serde(default, skip_serializing_if = "VoteKind::is_unknown")]
    pub kind: VoteKind,
    /// Members as printed under "In favour".
    #[serde(default)]
    pub in_favour: Vec<String>,
    /// Members as printed under "Against".
    #[serde(default)]
    pub against: Vec<String>,
    /// Members as printed under "Abstaining".
    #[serde(default)]
    pub abstaining: Vec<String>,
    /// Members who did not take part, where the record names them.
    #[serde(default)]
    pub not_voting: Vec<String>,
    /// The count the President announced.
    #[serde(default)]
    pub announced: Option<Announced>,
    /// What came of it.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// The symbol it was adopted as, such as `S/RES/2732 (2024)`.
    #[serde(default)]
    pub adopted_as: Option<String>,
    /// Why the vote may not be as it was cast, each in one sentence. The lists stay as printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
}

impl Vote {
    /// Sets the kind, and with it whether the vote is procedural.
    pub fn set_kind(&mut self, kind: VoteKind) {
        self.kind = kind;
        self.procedural = kind == VoteKind::Procedural;
    }

    /// Makes the two fields about the kind agree, as in a file that has only one of them. A vote that
    /// either calls procedural is procedural, since a veto must not be shown where none may count.
    pub(super) fn settle_kind(&mut self) {
        if self.procedural {
            self.kind = VoteKind::Procedural;
        }
        self.procedural = self.kind == VoteKind::Procedural;
    }
}

/// What is decided by a vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VoteKind {
    /// A draft resolution as a whole.
    Substantive,
    /// An amendment to a draft.
    Amendment,
    /// A part of a draft: a paragraph, or some words put to a separate vote.
    Part,
    /// A matter of procedure: the agenda, an invitation, the suspension of the meeting.
    Procedural,
    /// Whether a matter is one of procedure.
    Preliminary,
    /// An election by ballot.
    Election,
    /// The record does not say.
    #[default]
    Unknown,
}

impl VoteKind {
    /// Every kind, in the order of the record format.
    pub const ALL: [Self; 7] = [
        Self::Substantive,
        Self::Amendment,
        Self::Part,
        Self::Procedural,
        Self::Preliminary,
        Self::Election,
        Self::Unknown,
    ];

    /// The word of the record file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Substantive => "substantive",
            Self::Amendment => "amendment",
            Self::Part => "part",
            Self::Procedural => "procedural",
            Self::Preliminary => "preliminary",
            Self::Election => "election",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the record does not say what kind the vote is.
    #[must_use]
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde passes a reference
    pub fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

/// The count the President announced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// Votes in favour.
    pub in_favour: u32,
    /// Votes against.
    #[serde(default)]
    pub against: u32,
    /// Abstentions.
    #[serde(default)]
    pub abstaining: u32,
}

/// What came of a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Adopted by a vote.
    #[serde(rename = "adopted")]
    Adopted,
    /// Adopted with no vote taken.
    #[serde(rename = "adopted without a vote")]
    AdoptedWithoutVote,
    /// Nine or more in favour and a permanent member against, not procedural.
    #[serde(rename = "vetoed")]
    Vetoed,
    /// Fewer votes than needed.
    #[serde(rename = "not adopted")]
    NotAdopted,
}

impl Outcome {
    /// The words of the record file.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::AdoptedWithoutVote => "adopted without a vote",
            Self::Vetoed => "vetoed",
            Self::NotAdopted => "not adopted",
        }
    }
}
