//! The languages of editions and of speakers.

use serde::{Deserialize, Serialize};

/// A language by its two-letter ISO 639-1 code: the six official languages by name,
/// any other (a speaker may use one, with interpretation) as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Language {
    /// `ar`
    Arabic,
    /// `zh`
    Chinese,
    /// `en`
    English,
    /// `fr`
    French,
    /// `ru`
    Russian,
    /// `es`
    Spanish,
    /// Any other code or name, as it stands in the record.
    Other(String),
}

impl Language {
    /// The six official languages, in English alphabetical order.
    pub const OFFICIAL: [Self; 6] =
        [Self::Arabic, Self::Chinese, Self::English, Self::French, Self::Russian, Self::Spanish];

    /// The code written in record files and file names.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Arabic => "ar",
            Self::Chinese => "zh",
            Self::English => "en",
            Self::French => "fr",
            Self::Russian => "ru",
            Self::Spanish => "es",
            Self::Other(code) => code,
        }
    }

    /// The English name, for screens and citations.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Arabic => "Arabic",
            Self::Chinese => "Chinese",
            Self::English => "English",
            Self::French => "French",
            Self::Russian => "Russian",
            Self::Spanish => "Spanish",
            Self::Other(code) => code,
        }
    }

    /// The language with this code or English name, in any case.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        Self::OFFICIAL
            .into_iter()
            .find(|l| word.eq_ignore_ascii_case(l.code()) || word.eq_ignore_ascii_case(l.name()))
            .unwrap_or_else(|| Self::Other(word.to_owned()))
    }
}

impl From<String> for Language {
    fn from(word: String) -> Self {
        Self::from_word(&word)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.code().to_owned()
    }
}
