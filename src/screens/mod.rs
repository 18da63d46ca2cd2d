//! The screens: a folder for each, with its state, its keys, its drawing and its speech.
//!
//! ```text
//! NAME/mod.rs     what the screen is to the program: a table of the functions below
//! NAME/state.rs   what it knows
//! NAME/update.rs  what its keys do: its own state is changed, everything else is a Request
//! NAME/view.rs    how it is drawn: pure, into a buffer
//! NAME/speech.rs  how it is said line by line, for --linear
//! ```
//!
//! A new screen is such a folder and one line in the enum below.

pub mod answers;
pub mod behaviour;
pub mod card;
pub mod chart;
pub mod collocates;
pub mod compare;
pub mod concordance;
pub mod find;
pub mod frame;
mod held_back;
pub mod help;
mod keeping;
pub mod kept;
mod last_word;
pub mod meetings;
pub mod notes;
pub mod opening;
mod prompt;
pub mod reading;
pub mod request;
pub mod search;
pub mod similar;
pub mod speech;
pub mod state;
pub mod statements;
pub mod update;

use behaviour::{Behaviour, Speech};

/// Defines the enum, and how a screen of each kind is reached.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident($state:ty),)*) => {
        /// One screen.
        #[derive(Clone, Debug)]
        pub enum Screen {
            $($(#[$doc])* $name(Box<$state>),)*
        }

        impl Screen {
            /// What it can do.
            pub fn behaviour(&self) -> &dyn Behaviour {
                match self {
                    $(Self::$name(screen) => screen.as_ref(),)*
                }
            }

            /// The same, to be changed.
            pub fn behaviour_mut(&mut self) -> &mut dyn Behaviour {
                match self {
                    $(Self::$name(screen) => screen.as_mut(),)*
                }
            }

            /// What it says in the linear mode.
            pub fn speech(&self) -> &dyn Speech {
                match self {
                    $(Self::$name(screen) => screen.as_ref(),)*
                }
            }

            /// The same, to choose a line.
            pub fn speech_mut(&mut self) -> &mut dyn Speech {
                match self {
                    $(Self::$name(screen) => screen.as_mut(),)*
                }
            }
        }

        $(
            impl From<$state> for Screen {
                fn from(state: $state) -> Self {
                    Self::$name(Box::new(state))
                }
            }
        )*
    };
}

screens! {
    /// The list of meetings.
    Meetings(meetings::state::Meetings),
    /// The statements of a record.
    Statements(statements::state::Statements),
    /// The text of a record.
    Reader(reading::state::Reader),
    /// Find.
    Finder(find::state::Finder),
    /// Search.
    Search(search::state::Search),
    /// The concordance of a query.
    Concordance(concordance::state::Concordance),
    /// The chart of one or more queries.
    Chart(chart::state::ChartScreen),
    /// The statements of a speaker, State, organization or topic.
    Answers(answers::state::Answers),
    /// The person's notes and marks.
    Notes(notes::state::Notes),
    /// The words beside the occurrences of a query.
    Collocates(collocates::state::CollocateList),
    /// The statements that are most like another.
    Similar(similar::state::SimilarList),
    /// The kept queries.
    Kept(kept::state::Kept),
    /// A card.
    Card(card::state::Card),
    /// Two statements compared.
    Compare(compare::state::Compare),
    /// The keys of the screen below.
    Help(help::state::Help),
}
