//! The UN Security Council Debates data set (Dataverse, v6.1 and older layouts) into records.
//!
//! [`DatasetTables`] reads `speaker.tsv` and `meta.tsv`, [`list_members`] lists the texts of `speeches.tar`,
//! [`plan_records`] decides which texts make which record, and [`build_record`] makes one record from its
//! texts. Only mechanical errors in the texts are repaired: line ends (`paragraphs`), page headers and
//! numbers within the text (`page_marks`), spaces that OCR added or lost (`spaces`), "|" and "1" for "I"
//! (`letters`), and directions, votes and headings within statements (`unspoken`). No other letter of the text
//! is changed, each change of a letter is in the log, and without repair the text is as it was. A damaged name
//! is repaired from other records (`spelling`), and its printed form stays.
//!
//! Files are opened by the caller. The names of files are read and never used as paths.

mod inner;
mod letters;
mod name;
mod page_marks;
mod paragraphs;
mod plan;
mod quoted;
mod record;
mod report;
mod rows;
mod spaces;
mod speech;
mod spelling;
mod tar;
mod tsv;
mod unspoken;

pub use inner::find_other_speakers;
pub use name::{SpeechName, is_table_name, parse_name};
pub use plan::{Document, FoundText, ImportPlan, Speech, plan_records};
pub use record::{BuildOptions, BuiltRecord, build_record, source_hash};
pub use report::{ImportNote, NoteKind, RepairCounts};
pub use rows::{DatasetTables, DocumentFacts, SpeechRow};
pub use spelling::Spellings;
pub use tar::{ArchiveMember, TarError, list_members};
pub use tsv::TableError;

/// The largest text that is read, in bytes: 8 MiB. The longest known has 60 KB.
pub const TEXT_LIMIT: u64 = 8 << 20;
/// The most all texts of one record may have together, in bytes: 40 MiB.
pub const RECORD_TEXTS: u64 = 40 << 20;
