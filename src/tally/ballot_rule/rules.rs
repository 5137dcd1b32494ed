//! The rules of one vote.

use std::collections::BTreeMap;
use std::fmt;

use crate::election::{BallotLimits, Instance};
use crate::tally::duplicates::Duplicates;

use super::bounds::{Bounds, CostBound};
use super::form::{BallotForm, TiedRanks};
use super::invalid::Invalid;
use super::policy::{Blank, Mass, Role};
use super::scope::{Part, Scope};

/// What a ballot may be, which of several votes counts, and what each channel's votes are for.
///
/// All that cities settle in different ways must be said: there is no default for the form, invalid ballots,
/// duplicates, blank ballots and channels.
///
/// **Text.** `form=ranked,max=3,invalid=void,duplicates=paper-wins,blank-ballots-count=false,channels=internet:binding;paper:binding`;
/// the keys are those of a regulation's `[ballot]` table. It reads back exactly.
///
/// | key | meaning |
/// |---|---|
/// | `form` | `approval`, `ranked`, `points` (also `cumulative`, `scoring`), `grades` (with `scale`, the worst first), `signed` (also `for-against`); `choose-one` is approval with `max=1`, `knapsack` with `max-cost=budget` |
/// | `tied-ranks` | `refused` (default) or `allowed`, for ranked ballots |
/// | `min`, `max`, `exactly` | number of projects |
/// | `min-cost`, `max-cost` | total cost; `max-cost=budget` for the whole budget |
/// | `min-points`, `max-points`, `min-sum`, `max-sum` | points on one project, and in all |
/// | `max-areas` | quartiers that the projects may be of |
/// | `home.max`, `elsewhere.max-areas`, `category:youth.min`, … | the same bounds for a [`Scope`]; `max=0` closes it to the voter |
/// | `invalid` | see [`Invalid`] |
/// | `duplicates` | see [`Duplicates`] |
/// | `blank-ballots-count` | `true` or `false` |
/// | `channels` | a [`Role`] for each |
/// | `mass` | `one-person-one-vote` (default) or `equal-per-channel` |
///
/// ```
/// use quartier::tally::{BallotRules, Invalid};
/// let text = "form=ranked,exactly=3,invalid=void,duplicates=last,blank-ballots-count=false,channels=internet:binding";
/// let rules: BallotRules = text.parse()?;
/// assert_eq!(rules.to_string().parse::<BallotRules>()?, rules);
/// let faults = "form=ranked".parse::<BallotRules>().unwrap_err();
/// assert_eq!(faults.faults().len(), 4);
/// # Ok::<(), quartier::tally::OptionFaults>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BallotRules {
    /// What the voter was asked for.
    pub form: BallotForm,
    /// Bounds on the whole ballot.
    pub bounds: Bounds,
    /// Bounds on parts of it.
    pub parts: Vec<Part>,
    /// What happens to ballots that break the rules.
    pub invalid: Invalid,
    /// Which of a voter's votes counts.
    pub duplicates: Duplicates,
    /// Whether blank ballots count.
    pub blank: Blank,
    /// What each channel's votes are for.
    pub channels: BTreeMap<String, Role>,
    /// How much each channel weighs.
    pub mass: Mass,
}

/// Rules that contradict themselves or the election.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// A lower bound above the upper one.
    #[error("`{part}{least}` is above `{part}{most}`: no ballot could be valid")]
    Contradiction {
        /// The part of the ballot, with a dot; empty for the whole.
        part: String,
        /// The key of the lower bound.
        least: &'static str,
        /// The key of the upper bound.
        most: &'static str,
    },
    /// Points are limited on a ballot that has none.
    #[error(
        "points are limited, and the form `{form}` has no points: drop min-points, max-points, min-sum and max-sum"
    )]
    NoPoints {
        /// The form.
        form: String,
    },
    /// A part about a quartier that the city does not have.
    #[error("the part `area:{0}` is about a quartier that the election does not have")]
    UnknownArea(String),
    /// The duplicates rule names a channel that has no role.
    #[error("`{channel}-wins` names a channel that `channels` does not have")]
    UnknownWinner {
        /// The channel.
        channel: String,
    },
    /// No channel has this or any role.
    #[error("no channel is binding: nothing would decide; give one channel the role `binding`")]
    NoBinding,
    /// A name that the text of the rules cannot hold.
    #[error(
        "the name `{0}` holds one of , ; : = or is empty or begins or ends with a blank: use another name"
    )]
    BadName(String),
    /// Two grades of one name.
    #[error("the scale names the grade `{0}` twice")]
    RepeatedGrade(String),
}

impl BallotRules {
    /// The rules with every choice that cities make differently, and no bounds.
    #[must_use]
    pub fn new<N: Into<String>>(
        form: BallotForm,
        invalid: Invalid,
        duplicates: Duplicates,
        blank: Blank,
        channels: impl IntoIterator<Item = (N, Role)>,
    ) -> BallotRules {
        BallotRules {
            form,
            bounds: Bounds::default(),
            parts: Vec::new(),
            invalid,
            duplicates,
            blank,
            channels: channels
                .into_iter()
                .map(|(name, role)| (name.into(), role))
                .collect(),
            mass: Mass::default(),
        }
    }

    /// Does the validity of a ballot depend on where the voter lives?
    #[must_use]
    pub fn needs_home(&self) -> bool {
        self.parts.iter().any(|part| part.scope.needs_home())
    }

    /// The limits of a ballot as an election states them: what these rules bound, and for the rest what the instance
    /// says already. Some scores need them, such as Borda with a stated maximum.
    #[must_use]
    pub fn limits(&self, instance: &Instance) -> BallotLimits {
        let mut limits = instance.limits().clone();
        let bounds = &self.bounds;
        limits.min_length = bounds.min.or(limits.min_length);
        limits.max_length = bounds.max.or(limits.max_length);
        limits.min_sum_cost = bounds.min_cost.or(limits.min_sum_cost);
        let most_cost = bounds.max_cost.map(|bound| bound.amount(instance));
        limits.max_sum_cost = most_cost.or(limits.max_sum_cost);
        limits.min_points = bounds.min_points.or(limits.min_points);
        limits.max_points = bounds.max_points.or(limits.max_points);
        limits.min_sum_points = bounds.min_sum.or(limits.min_sum_points);
        limits.max_sum_points = bounds.max_sum.or(limits.max_sum_points);
        limits
    }

    /// Everything in the rules that contradicts itself or the election.
    #[must_use]
    pub fn contradictions(&self, instance: &Instance) -> Vec<RulesError> {
        let mut errors = Vec::new();
        let whole = (String::new(), &self.bounds);
        let parts = self
            .parts
            .iter()
            .map(|part| (format!("{}.", part.scope), &part.bounds));
        for (part, bounds) in std::iter::once(whole).chain(parts) {
            if let Some((least, most)) = bounds.contradiction() {
                errors.push(RulesError::Contradiction { part, least, most });
            }
            if bounds.is_of_points() && self.form != BallotForm::Points {
                let form = self.form.to_string();
                errors.push(RulesError::NoPoints { form });
            }
        }
        errors.dedup();
        for part in &self.parts {
            if let Scope::Area(id) = &part.scope
                && !instance.areas().iter().any(|area| area.id == *id)
            {
                errors.push(RulesError::UnknownArea(id.clone()));
            }
        }
        self.check_channels(&mut errors);
        let mut seen = Vec::new();
        for grade in self.form.scale() {
            if is_bad_name(grade) {
                errors.push(RulesError::BadName(grade.clone()));
            } else if seen.contains(&grade) {
                errors.push(RulesError::RepeatedGrade(grade.clone()));
            }
            seen.push(grade);
        }
        errors
    }

    fn check_channels(&self, errors: &mut Vec<RulesError>) {
        if let Duplicates::ChannelWins { channel, .. } = &self.duplicates
            && !self.channels.contains_key(channel)
        {
            let channel = channel.clone();
            errors.push(RulesError::UnknownWinner { channel });
        }
        if !self.channels.values().any(|&role| role == Role::Binding) {
            errors.push(RulesError::NoBinding);
        }
        let bad = self.channels.keys().filter(|name| is_bad_name(name));
        errors.extend(bad.cloned().map(RulesError::BadName));
    }
}

fn is_bad_name(name: &str) -> bool {
    name.is_empty() || name.trim() != name || name.contains([',', ';', ':', '='])
}

impl fmt::Display for BallotRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "form={}", self.form)?;
        match &self.form {
            BallotForm::Grades(scale) => write!(f, ",scale={}", scale.join(";"))?,
            BallotForm::Ranked(TiedRanks::Allowed) => f.write_str(",tied-ranks=allowed")?,
            _ => {}
        }
        write_bounds(f, "", &self.bounds)?;
        for part in &self.parts {
            write_bounds(f, &format!("{}.", part.scope), &part.bounds)?;
        }
        write!(
            f,
            ",invalid={},duplicates={}",
            self.invalid, self.duplicates
        )?;
        write!(f, ",blank-ballots-count={}", self.blank == Blank::Counts)?;
        let channels = self.channels.iter();
        let channels: Vec<String> = channels
            .map(|(name, role)| format!("{name}:{role}"))
            .collect();
        write!(f, ",channels={}", channels.join(";"))?;
        if self.mass == Mass::default() {
            return Ok(());
        }
        write!(f, ",mass={}", self.mass)
    }
}

fn write_bounds(f: &mut fmt::Formatter<'_>, part: &str, bounds: &Bounds) -> fmt::Result {
    let shown = |value: Option<&dyn fmt::Display>| value.map(ToString::to_string);
    let most_cost = bounds.max_cost.map(|bound| match bound {
        CostBound::Amount(amount) => amount.to_string(),
        CostBound::Budget => "budget".to_owned(),
    });
    let values = [
        ("min", shown(bounds.min.as_ref().map(|v| v as _))),
        ("max", shown(bounds.max.as_ref().map(|v| v as _))),
        (
            "max-areas",
            shown(bounds.max_areas.as_ref().map(|v| v as _)),
        ),
        ("min-cost", shown(bounds.min_cost.as_ref().map(|v| v as _))),
        ("max-cost", most_cost),
        (
            "min-points",
            shown(bounds.min_points.as_ref().map(|v| v as _)),
        ),
        (
            "max-points",
            shown(bounds.max_points.as_ref().map(|v| v as _)),
        ),
        ("min-sum", shown(bounds.min_sum.as_ref().map(|v| v as _))),
        ("max-sum", shown(bounds.max_sum.as_ref().map(|v| v as _))),
    ];
    for (key, value) in values {
        if let Some(value) = value {
            write!(f, ",{part}{key}={value}")?;
        }
    }
    Ok(())
}
