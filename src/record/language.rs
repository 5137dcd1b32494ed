//! The languages in which the crate speaks to people.

use std::str::FromStr;

/// A language for sentences that people read. Codes, ids and amounts are the same in all of them.
///
/// ```
/// use quartier::record::Language;
/// assert_eq!("fr".parse(), Ok(Language::French));
/// assert_eq!("de".parse::<Language>().unwrap_err().to_string(), "`de` is not a language here: write fr or en");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Language {
    /// French, `fr`.
    French,
    /// English, `en`.
    English,
}

/// The text names no language of the crate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a language here: write fr or en")]
pub struct LanguageError {
    found: String,
}

impl Language {
    /// How it is written: its code in ISO 639.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::English => "en",
        }
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Language, LanguageError> {
        [Language::French, Language::English]
            .into_iter()
            .find(|language| language.code() == text)
            .ok_or_else(|| LanguageError {
                found: text.chars().take(40).collect(),
            })
    }
}
