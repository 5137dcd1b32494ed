//! Ballot rules from options: the keys of a regulation's `[ballot]` table, or one line of text.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::election::{Money, Points};
use crate::tally::duplicates::Duplicates;

use super::bounds::{Bounds, CostBound};
use super::form::{BallotForm, TiedRanks};
use super::invalid::Invalid;
use super::option_reader::OptionReader;
use super::policy::{Among, Blank, Mass, Role};
use super::rules::BallotRules;
use super::scope::{Part, Scope};

/// One thing that is wrong with the options of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "fault")]
#[non_exhaustive]
pub enum OptionFault {
    /// A choice that only the city can make.
    #[error("`{path}` is missing: choose {allowed}")]
    Missing {
        /// The key.
        path: String,
        /// The answers.
        allowed: String,
    },
    /// A value that the key cannot have.
    #[error("`{path}` cannot be `{found}`: write {allowed}")]
    BadValue {
        /// The key.
        path: String,
        /// The value, shortened.
        found: String,
        /// The answers.
        allowed: String,
    },
    /// A key that does not exist.
    #[error("`{path}` is not an option of ballots: the options are {allowed}")]
    Unknown {
        /// The key.
        path: String,
        /// The keys there are.
        allowed: String,
    },
    /// A key that is given twice.
    #[error("`{path}` is given twice: say it once")]
    Repeated {
        /// The key.
        path: String,
    },
    /// Two keys that say the same thing differently.
    #[error("`{path}` and `{other}` both say how many projects a ballot may hold: say it once")]
    Conflict {
        /// The key.
        path: String,
        /// The other one.
        other: String,
    },
    /// Not of the form `key=value`.
    #[error("`{found}` is not an option: write key=value, separated by commas")]
    NotAnOption {
        /// The text, shortened.
        found: String,
    },
}

/// Everything that is wrong with the options of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OptionFaults(Vec<OptionFault>);

impl OptionFaults {
    pub(super) fn new(faults: Vec<OptionFault>) -> OptionFaults {
        OptionFaults(faults)
    }

    /// The faults, in the order of the keys as they are read.
    #[must_use]
    pub fn faults(&self) -> &[OptionFault] {
        &self.0
    }
}

impl fmt::Display for OptionFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fault) in self.0.iter().enumerate() {
            let separator = if number == 0 { "" } else { "\n" };
            write!(f, "{separator}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for OptionFaults {}

const FORMS: &str = "approval, choose-one, knapsack, ranked, points, cumulative, scoring, grades, signed or for-against";
const ROLES: &str = "binding, consultative or preselection";
const KEYS: &str = "form, scale, tied-ranks, min, max, exactly, max-areas, min-cost, max-cost, min-points, max-points, min-sum, max-sum (each also after home., elsewhere., local., city-wide., area:ID., category:NAME., each-area. or each-category.), invalid, duplicates, duplicates-among, blank-ballots-count, channels, mass";
const CHANNELS: &str = "a role for each channel, such as internet:binding;paper:binding";

impl BallotRules {
    /// Ballot rules from keys and values, as a regulation's `[ballot]` table has them; a table in it is written with
    /// a dot, such as `home.max`.
    ///
    /// `form`, `invalid`, `duplicates`, `blank-ballots-count` and `channels` have no default.
    ///
    /// # Errors
    /// [`OptionFaults`]: all that is wrong, each with the answers there are.
    pub fn from_options(
        options: impl IntoIterator<Item = (String, String)>,
    ) -> Result<BallotRules, OptionFaults> {
        let mut reader = OptionReader::new(options);
        let mut bounds = read_bounds(&mut reader, "");
        let form = read_form(&mut reader, &mut bounds);
        let parts = read_parts(&mut reader);
        let invalid = reader.require_as(
            "invalid",
            "void, truncate, drop-line or drop-line;truncate",
            |text| text.parse::<Invalid>().ok(),
        );
        let duplicates = reader.require_as(
            "duplicates",
            "first, last, paper-wins, paper-wins;last, void-all or refuse",
            |text| text.parse::<Duplicates>().ok(),
        );
        let among = reader.take_as("duplicates-among", "all or valid", Among::from_word);
        let blank = reader.require_as("blank-ballots-count", "true or false", |text| match text {
            "true" => Some(Blank::Counts),
            "false" => Some(Blank::LeftOut),
            _ => None,
        });
        let channels = read_channels(&mut reader);
        let mass = reader.take_as(
            "mass",
            "one-person-one-vote or equal-per-channel",
            Mass::from_word,
        );
        let built = form
            .zip(invalid)
            .zip(duplicates)
            .zip(blank)
            .zip(channels)
            .map(
                |((((form, invalid), duplicates), blank), channels)| BallotRules {
                    form,
                    bounds,
                    parts,
                    invalid,
                    duplicates,
                    among: among.unwrap_or_default(),
                    blank,
                    channels,
                    mass: mass.unwrap_or_default(),
                },
            );
        reader.finish(built, KEYS)
    }
}

impl FromStr for BallotRules {
    type Err = OptionFaults;

    fn from_str(text: &str) -> Result<BallotRules, OptionFaults> {
        let mut options = Vec::new();
        let mut faults = Vec::new();
        for option in text.split(',') {
            match option.split_once('=') {
                Some((key, value)) => {
                    options.push((key.trim().to_owned(), value.trim().to_owned()));
                }
                None => faults.push(OptionFault::NotAnOption {
                    found: option.chars().take(60).collect(),
                }),
            }
        }
        let rules = BallotRules::from_options(options);
        if faults.is_empty() {
            return rules;
        }
        faults.extend(rules.err().into_iter().flat_map(|found| found.0));
        Err(OptionFaults(faults))
    }
}

fn read_form(reader: &mut OptionReader, bounds: &mut Bounds) -> Option<BallotForm> {
    let tied = reader.take_as("tied-ranks", "allowed or refused", |text| match text {
        "allowed" => Some(TiedRanks::Allowed),
        "refused" => Some(TiedRanks::Refused),
        _ => None,
    });
    let word = reader.require("form", FORMS)?;
    if word != "ranked" && tied.is_some() {
        reader.fault(OptionFault::Unknown {
            path: "tied-ranks".to_owned(),
            allowed: "tied-ranks with form=ranked only".to_owned(),
        });
    }
    match word.as_str() {
        "approval" => Some(BallotForm::Approval),
        "choose-one" => {
            if bounds.max.is_some_and(|most| most != 1) {
                reader.fault(OptionFault::Conflict {
                    path: "form".to_owned(),
                    other: "max".to_owned(),
                });
            }
            bounds.max = Some(1);
            Some(BallotForm::Approval)
        }
        "knapsack" => {
            bounds.max_cost = bounds.max_cost.or(Some(CostBound::Budget));
            Some(BallotForm::Approval)
        }
        "ranked" => Some(BallotForm::Ranked(tied.unwrap_or_default())),
        "points" | "cumulative" | "scoring" => Some(BallotForm::Points),
        "grades" => {
            let scale = reader.require(
                "scale",
                "the grades, the worst first, such as poor;fair;good",
            )?;
            Some(BallotForm::Grades(
                scale
                    .split(';')
                    .map(|grade| grade.trim().to_owned())
                    .collect(),
            ))
        }
        "signed" | "for-against" => Some(BallotForm::Signed),
        _ => reader.read("form", &word, FORMS, |_| None),
    }
}

fn read_bounds(reader: &mut OptionReader, prefix: &str) -> Bounds {
    let key = |name: &str| format!("{prefix}{name}");
    let exactly: Option<u32> = reader.parse(&key("exactly"), "a whole number");
    let mut count = |name: &str| reader.parse::<u32>(&key(name), "a whole number");
    let (min, max, max_areas) = (count("min"), count("max"), count("max-areas"));
    let mut points =
        |name: &str| reader.parse::<Points>(&key(name), "a number of points such as 10 or 2.5");
    let (min_points, max_points) = (points("min-points"), points("max-points"));
    let (min_sum, max_sum) = (points("min-sum"), points("max-sum"));
    let min_cost = reader.parse::<Money>(&key("min-cost"), "an amount such as 50000");
    let max_cost = reader.take_as(
        &key("max-cost"),
        "an amount such as 50000, or budget",
        |text| {
            if text == "budget" {
                return Some(CostBound::Budget);
            }
            text.parse().ok().map(CostBound::Amount)
        },
    );
    for (other, _) in [("min", min), ("max", max)]
        .iter()
        .filter(|(_, bound)| exactly.is_some() && bound.is_some())
    {
        reader.fault(OptionFault::Conflict {
            path: key("exactly"),
            other: key(other),
        });
    }
    Bounds {
        min: min.or(exactly),
        max: max.or(exactly),
        max_areas,
        min_cost,
        max_cost,
        min_points,
        max_points,
        min_sum,
        max_sum,
    }
}

/// The keys of parts: everything that is left and has a dot after the name of a scope.
fn read_parts(reader: &mut OptionReader) -> Vec<Part> {
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for key in reader.left() {
        let Some((word, _)) = key.rsplit_once('.') else {
            continue;
        };
        if parts.contains_key(word) {
            continue;
        }
        let Some(scope) = Scope::from_word(word) else {
            continue;
        };
        let bounds = read_bounds(reader, &format!("{word}."));
        parts.insert(word.to_owned(), Part { scope, bounds });
    }
    let mut parts: Vec<Part> = parts
        .into_values()
        .filter(|part| !part.bounds.is_empty())
        .collect();
    parts.sort_by(|a, b| a.scope.cmp(&b.scope));
    parts
}

fn read_channels(reader: &mut OptionReader) -> Option<BTreeMap<String, Role>> {
    let under = reader.left_under("channels.");
    let listed = if under.is_empty() {
        reader.require("channels", CHANNELS)
    } else {
        reader.take("channels")
    };
    let pairs = listed.iter().flat_map(|text| text.split(';')).map(|pair| {
        let (name, role) = pair.split_once(':').unwrap_or((pair, ""));
        (name.trim().to_owned(), role.trim().to_owned())
    });
    let mut pairs: Vec<(String, String)> = pairs.collect();
    for name in under {
        if let Some(role) = reader.take(&format!("channels.{name}")) {
            pairs.push((name, role));
        }
    }
    let mut channels = BTreeMap::new();
    for (name, role) in pairs {
        let path = format!("channels.{name}");
        if name.is_empty() || channels.contains_key(&name) {
            reader.fault(OptionFault::Repeated { path });
        } else if let Some(role) = reader.read(&path, &role, ROLES, Role::from_word) {
            channels.insert(name, role);
        }
    }
    (!channels.is_empty()).then_some(channels)
}
