//! The state of a project and its accompaniment in words.

use crate::law::follow_up::{State, SupportLevel};
use crate::record::Language;

/// How far a project is, in words for the committee.
///
/// ```
/// use quartier::law::follow_up::State;
/// use quartier::record::Language;
/// use quartier::regulation::follow_up::state_in_words;
/// let state = State::Delivered { on: "2020-06-21".parse()? };
/// assert_eq!(state_in_words(state, Language::French), "livré le 2020-06-21");
/// # Ok::<(), quartier::election::DateError>(())
/// ```
#[must_use]
pub fn state_in_words(state: State<'_>, language: Language) -> String {
    match (language, state) {
        (Language::French, State::Waiting) => "en attente".to_owned(),
        (Language::English, State::Waiting) => "waiting".to_owned(),
        (Language::French, State::Running { since }) => format!("en cours depuis le {since}"),
        (Language::English, State::Running { since }) => format!("under way since {since}"),
        (
            Language::French,
            State::Stalled {
                since,
                cause,
                missing,
            },
        ) => format!("en souffrance depuis le {since} : {cause} ; il manque {missing}"),
        (
            Language::English,
            State::Stalled {
                since,
                cause,
                missing,
            },
        ) => format!("held up since {since}: {cause}; {missing} is missing"),
        (Language::French, State::Delivered { on }) => format!("livré le {on}"),
        (Language::English, State::Delivered { on }) => format!("delivered on {on}"),
        (Language::French, State::Abandoned { on, cause }) => {
            format!("abandonné le {on} : {cause}")
        }
        (Language::English, State::Abandoned { on, cause }) => {
            format!("given up on {on}: {cause}")
        }
    }
}

/// A level of accompaniment in words.
///
/// ```
/// use quartier::law::follow_up::SupportLevel;
/// use quartier::record::Language;
/// use quartier::regulation::follow_up::level_in_words;
/// assert_eq!(level_in_words(SupportLevel::Regular, Language::French), "régulier");
/// ```
#[must_use]
pub const fn level_in_words(level: SupportLevel, language: Language) -> &'static str {
    match (language, level) {
        (Language::French, SupportLevel::None) => "aucun",
        (Language::French, SupportLevel::Light) => "léger",
        (Language::French, SupportLevel::Regular) => "régulier",
        (Language::French, SupportLevel::Close) => "rapproché",
        (Language::English, SupportLevel::None) => "none",
        (Language::English, SupportLevel::Light) => "light",
        (Language::English, SupportLevel::Regular) => "regular",
        (Language::English, SupportLevel::Close) => "close",
    }
}
