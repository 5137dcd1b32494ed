//! Rules and outcomes in configurations and reports: each as the text that names it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use super::ballot_rule::{BallotRules, Invalid, Mass, Role};
use super::duplicates::Duplicates;
use super::reason::VoidReason;
use super::register::Disposition;

/// A text that names no outcome of a vote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is no outcome of a vote: use accepted, blank, superseded, duplicate, ineligible or void:REASON, such as void:too-many"
)]
pub struct DispositionError {
    found: String,
}

impl VoidReason {
    /// The reason that a code names.
    ///
    /// ```
    /// use quartier::tally::VoidReason;
    /// assert_eq!(VoidReason::from_code("too-many"), Some(VoidReason::TooMany));
    /// assert_eq!(VoidReason::from_code("too much"), None);
    /// ```
    #[must_use]
    pub fn from_code(code: &str) -> Option<VoidReason> {
        let mut all = VoidReason::ALL.iter().copied();
        all.find(|reason| reason.code() == code)
    }
}

/// `accepted`, `blank`, `void:too-many`, `superseded`, `duplicate`, `ineligible`.
impl fmt::Display for Disposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Disposition::Void(reason) => write!(f, "void:{reason}"),
            Disposition::Accepted => f.write_str("accepted"),
            Disposition::Blank => f.write_str("blank"),
            Disposition::Superseded => f.write_str("superseded"),
            Disposition::Duplicate => f.write_str("duplicate"),
            Disposition::Ineligible => f.write_str("ineligible"),
        }
    }
}

impl FromStr for Disposition {
    type Err = DispositionError;

    fn from_str(text: &str) -> Result<Disposition, DispositionError> {
        let found = match text {
            "accepted" => Some(Disposition::Accepted),
            "blank" => Some(Disposition::Blank),
            "superseded" => Some(Disposition::Superseded),
            "duplicate" => Some(Disposition::Duplicate),
            "ineligible" => Some(Disposition::Ineligible),
            _ => text
                .strip_prefix("void:")
                .and_then(VoidReason::from_code)
                .map(Disposition::Void),
        };
        found.ok_or_else(|| DispositionError {
            found: text.chars().take(40).collect(),
        })
    }
}

/// Only a text that reads back as the same value is written: a name may hold what separates names.
fn written<T: fmt::Display + PartialEq>(
    value: &T,
    read: impl Fn(&str) -> Option<T>,
) -> Option<String> {
    let text = value.to_string();
    (read(&text).as_ref() == Some(value)).then_some(text)
}

macro_rules! as_text {
    ($($name:ident: $read:expr;)*) => {
        $(
            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let text = written(self, |text: &str| $read(text).ok());
                    let unwritable = || ser::Error::custom("a name holds one of , ; : =");
                    serializer.serialize_str(&text.ok_or_else(unwritable)?)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                    let text = <Cow<'de, str>>::deserialize(deserializer)?;
                    $read(&text).map_err(de::Error::custom)
                }
            }
        )*
    };
}

/// What a word names, or what to write.
fn named<T>(found: Option<T>, text: &str, wanted: &str) -> Result<T, String> {
    let text = || text.chars().take(40).collect::<String>();
    found.ok_or_else(|| format!("`{}` is none of {wanted}", text()))
}

as_text! {
    BallotRules: BallotRules::from_str;
    Invalid: Invalid::from_str;
    Duplicates: Duplicates::from_str;
    Disposition: Disposition::from_str;
    Role: |text: &str| named(Role::from_word(text), text, "binding, consultative, preselection");
    Mass: |text: &str| named(Mass::from_word(text), text, "one-person-one-vote, equal-per-channel");
}

impl<'de> Deserialize<'de> for VoidReason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<VoidReason, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        let found = VoidReason::from_code(&text);
        named(found, &text, "the codes of void votes, such as too-many").map_err(de::Error::custom)
    }
}
