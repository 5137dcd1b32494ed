//! What a decision is about, and what kinds of decisions there are.

use std::fmt;
use std::str::FromStr;

/// What kind of thing people decided.
///
/// | kind | about | value |
/// |---|---|---|
/// | `exclude` | a project | none |
/// | `include` | a project | none |
/// | `withdraw` | a project | none |
/// | `extra-money` | a pot, an area or the envelope | an amount, or a table of `opening` and `added` |
/// | `lot` | a stage | a list of project ids, first drawn first |
/// | `award` | a project | an amount; without it the project's full cost |
/// | `published` | the edition, a stage, the envelope | none, or a text such as the day |
/// | `substitute` | the winner that is replaced | the id of the project that takes its place |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DecisionKind {
    /// `exclude`: the project takes no part, whatever its votes.
    Exclude,
    /// `include`: the project takes part although a check refused it or could not tell.
    Include,
    /// `withdraw`: its proposer took the project back.
    Withdraw,
    /// `extra-money`: more money than announced.
    ExtraMoney,
    /// `lot`: the order drawn among tied projects.
    Lot,
    /// `award`: money given by people, not by the rule.
    Award,
    /// `published`: the result is public, of the edition or of one stage. From here on no rule takes anything away: a
    /// regulation that would decide a published stage afresh (`mode = "rerun"`), or one before it, is refused. What people
    /// decide later (`withdraw`, `exclude`, `substitute`) still changes the result, since they answer for it. Decisions have no
    /// order: a regulation counts `extra-money` as if it had been there from the beginning, so money that comes after the
    /// result is given out by an `award`, or carried in by the next edition.
    Published,
    /// `substitute`: another project takes a winner's place, and nothing else is decided anew.
    Substitute,
}

const KINDS: [(&str, DecisionKind); 8] = [
    ("exclude", DecisionKind::Exclude),
    ("include", DecisionKind::Include),
    ("withdraw", DecisionKind::Withdraw),
    ("extra-money", DecisionKind::ExtraMoney),
    ("lot", DecisionKind::Lot),
    ("award", DecisionKind::Award),
    ("published", DecisionKind::Published),
    ("substitute", DecisionKind::Substitute),
];

/// There is no such kind of decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a kind of decision: write one of exclude include withdraw extra-money lot award published substitute"
)]
pub struct UnknownDecisionKind {
    /// What was written, shortened.
    pub found: String,
}

impl fmt::Display for DecisionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        KINDS
            .iter()
            .find(|(_, kind)| kind == self)
            .map_or(Ok(()), |(text, _)| f.pad(text))
    }
}

impl FromStr for DecisionKind {
    type Err = UnknownDecisionKind;

    fn from_str(text: &str) -> Result<DecisionKind, UnknownDecisionKind> {
        let kind = KINDS
            .iter()
            .find(|(known, _)| *known == text)
            .map(|(_, kind)| *kind);
        kind.ok_or_else(|| UnknownDecisionKind {
            found: shortened(text),
        })
    }
}

serde_as_text!(DecisionKind);

/// What a decision is about, written `project:12`, `pot:quartiers/neudorf`, `stage:vote`, `area:neudorf`,
/// `envelope` or `edition`.
///
/// ```
/// use quartier::record::About;
/// let about: About = "project:12".parse()?;
/// assert_eq!(about, About::Project("12".into()));
/// assert_eq!(about.to_string(), "project:12");
/// assert!("12".parse::<About>().is_err());
/// # Ok::<(), quartier::record::AboutError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum About {
    /// One project, by its id.
    Project(String),
    /// One pot of money, by its id.
    Pot(String),
    /// One stage of the count, by its id.
    Stage(String),
    /// One area, by its id.
    Area(String),
    /// The money of the whole edition.
    Envelope,
    /// The edition as a whole.
    Edition,
}

/// Why a text does not say what a decision is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AboutError {
    /// None of the known forms.
    #[error(
        "`{found}` does not say what is decided about: write project:ID, pot:ID, stage:ID, area:ID, envelope or edition"
    )]
    Unknown {
        /// What was written, shortened.
        found: String,
    },
    /// `project:` without an id, or with blanks around it.
    #[error("`{found}` needs an id right after the colon, without blanks around it")]
    NoId {
        /// What was written, shortened.
        found: String,
    },
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

impl FromStr for About {
    type Err = AboutError;

    fn from_str(text: &str) -> Result<About, AboutError> {
        let of: fn(String) -> About = match text.split_once(':').map(|(what, _)| what) {
            Some("project") => About::Project,
            Some("pot") => About::Pot,
            Some("stage") => About::Stage,
            Some("area") => About::Area,
            None if text == "envelope" => return Ok(About::Envelope),
            None if text == "edition" => return Ok(About::Edition),
            _ => {
                return Err(AboutError::Unknown {
                    found: shortened(text),
                });
            }
        };
        let id = text.split_once(':').map_or("", |(_, id)| id);
        if id.is_empty() || id.trim() != id || id.chars().any(char::is_control) {
            return Err(AboutError::NoId {
                found: shortened(text),
            });
        }
        Ok(of(id.to_owned()))
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            About::Project(id) => write!(f, "project:{id}"),
            About::Pot(id) => write!(f, "pot:{id}"),
            About::Stage(id) => write!(f, "stage:{id}"),
            About::Area(id) => write!(f, "area:{id}"),
            About::Envelope => f.write_str("envelope"),
            About::Edition => f.write_str("edition"),
        }
    }
}

serde_as_text!(About);
