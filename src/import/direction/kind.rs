//! What a direction is.

/// The kind of a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectionKind {
    /// The meeting was called to order.
    Opening,
    /// A suspended meeting was resumed.
    Resumed,
    /// The meeting rose.
    Closing,
    /// The meeting was suspended.
    Suspended,
    /// A heading or a decision on the agenda; titles follow, which nobody speaks.
    Agenda,
    /// Something was decided without objection; the President may continue.
    Decided,
    /// A vote was taken; its lists follow.
    Vote,
    /// Somebody took a seat, was escorted or left.
    Seating,
    /// Somebody else took the chair, or the President took it again.
    Chair,
    /// A minute of silence was observed.
    Silence,
    /// Applause.
    Applause,
    /// Something was shown or played.
    Aside,
}

impl DirectionKind {
    /// Whether the meeting, or a part of it, starts here.
    #[must_use]
    pub const fn opens(self) -> bool {
        matches!(self, Self::Opening | Self::Resumed)
    }

    /// Whether the meeting, or a part of it, ends here.
    #[must_use]
    pub const fn closes(self) -> bool {
        matches!(self, Self::Closing | Self::Suspended)
    }

    /// Whether its sentence has the time at which it happened.
    #[must_use]
    pub const fn is_timed(self) -> bool {
        self.opens() || self.closes()
    }

    /// Whether titles may follow that nobody speaks.
    #[must_use]
    pub const fn precedes_titles(self) -> bool {
        self.is_timed() || matches!(self, Self::Agenda)
    }
}
