//! A threshold at work in one election.

use crate::election::{Aggregate, BallotKind, Election, ProjectIx};
use crate::exact::Ratio;

use super::area_support::AreaSupport;
use super::score::Score;
use super::threshold::{Part, Threshold};

/// One condition that a project must meet, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Needed {
    /// This score.
    Score(Ratio),
    /// This many votes, whatever the score.
    Votes(Ratio),
    /// Support in so many areas, by so many voters of each; and in how many it has that.
    Areas {
        /// The least number of areas.
        areas: u32,
        /// The voters of an area that are enough.
        voters: u64,
        /// The areas where that many voters name the project.
        found: u32,
    },
    /// More than anybody can have.
    Unreachable,
}

/// Why a threshold cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ThresholdRefused {
    /// It asks for a score where the method orders projects without one.
    #[error(
        "threshold `{threshold}` is a score, and `{score}` orders projects without a sum of votes or points: write votes/50 or votes/10% for votes whatever the ranking, cost/3 or areas/3"
    )]
    NoSum {
        /// The condition.
        threshold: String,
        /// The method.
        score: Score,
    },
    /// It counts who names a project, and graded ballots name every project alike.
    #[error(
        "threshold `{threshold}` counts the voters who name a project, and graded ballots do not tell them: drop the threshold"
    )]
    Grades {
        /// The condition.
        threshold: String,
    },
    /// It asks for areas, and nobody says where voters are from.
    #[error(
        "threshold `{threshold}` needs the area of each voter, and the votes have no column `area`: add the column, or drop the threshold"
    )]
    NoAreas {
        /// The condition.
        threshold: String,
    },
    /// It is a share of the ballots, or counts voters by area, and a channel has totals only.
    #[error(
        "threshold `{threshold}` counts voters, and channel `{channel}` has totals only: {remedy}"
    )]
    Totals {
        /// The condition.
        threshold: String,
        /// The channel.
        channel: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A voter's area is not among those of the election.
    #[error(
        "threshold `{threshold}` needs the area of each voter, and voter {row} is of `{area}`, which is not an area of the election: correct the column `area`, or add the area"
    )]
    UnknownArea {
        /// The condition.
        threshold: String,
        /// The voter's row in the voter table, from 1.
        row: usize,
        /// What stands there.
        area: String,
    },
}

/// A threshold made ready for one election: what all its projects have in common is computed once.
#[derive(Debug, Clone)]
pub struct AppliedThreshold<'a> {
    election: &'a Election,
    needs: Vec<Needs>,
}

#[derive(Debug, Clone)]
enum Needs {
    /// The same score for every project.
    Score(Ratio),
    /// The same number of votes for every project.
    Votes(Ratio),
    /// Votes for each unit of cost; `None` with a budget of 0.
    PerCost(Option<Ratio>),
    Areas {
        areas: u32,
        voters: u64,
        support: AreaSupport,
    },
}

impl Threshold {
    /// The threshold for an election. It adds up the weight of all ballots, once for all projects.
    ///
    /// # Errors
    /// [`ThresholdRefused`] if the votes do not say what it needs.
    pub fn applied<'a>(
        &self,
        election: &'a Election,
    ) -> Result<AppliedThreshold<'a>, ThresholdRefused> {
        let needs: Result<_, _> = self
            .parts()
            .iter()
            .map(|part| Needs::of(part, election))
            .collect();
        Ok(AppliedThreshold {
            election,
            needs: needs?,
        })
    }

    /// What one project needs; where many are asked for, ask [`Threshold::applied`].
    ///
    /// # Errors
    /// As [`Threshold::applied`].
    pub fn needed(
        &self,
        election: &Election,
        project: ProjectIx,
    ) -> Result<Vec<Needed>, ThresholdRefused> {
        Ok(self.applied(election)?.needed(project))
    }
}

impl Needs {
    fn of(part: &Part, election: &Election) -> Result<Needs, ThresholdRefused> {
        let profile = election.profile();
        // Where only totals are known, the voters of each channel must be said.
        let ballots = || profile.total_weight() + Ratio::from(voters_of_totals(election));
        let share = |percent: &Ratio| {
            let share = Ratio::new(1, 100).unwrap_or_default() * percent;
            (share * ballots()).ceil()
        };
        check_totals(part, election)?;
        let of_score = matches!(part, Part::AtLeast(_) | Part::Percent(_));
        if !of_score && profile.kind() == BallotKind::Grades {
            return Err(ThresholdRefused::Grades {
                threshold: part.to_string(),
            });
        }
        Ok(match part {
            Part::AtLeast(score) => Needs::Score(score.clone()),
            Part::Percent(percent) => Needs::Score(share(percent)),
            Part::Votes(votes) => Needs::Votes(votes.clone()),
            Part::VotesPercent(percent) => Needs::Votes(share(percent)),
            Part::CostShare(divisor) => {
                let per = election.instance().budget().to_ratio() * divisor;
                Needs::PerCost(ballots().checked_div(&per))
            }
            &Part::Areas { areas, voters } => Needs::Areas {
                areas,
                voters,
                support: AreaSupport::of(election, voters)
                    .map_err(|fault| fault.refused(&part.to_string()))?,
            },
        })
    }
}

/// The voters of all channels of which only totals are known, as far as they are known. Checked sums: the
/// election refuses more than 2^62.
fn voters_of_totals(election: &Election) -> u64 {
    election
        .aggregates()
        .iter()
        .filter_map(|totals| totals.voters)
        .sum()
}

fn check_totals(part: &Part, election: &Election) -> Result<(), ThresholdRefused> {
    let of = |is_missing: fn(&Aggregate) -> bool, remedy| {
        let totals = election
            .aggregates()
            .iter()
            .find(|totals| is_missing(totals));
        totals.map_or(Ok(()), |totals| {
            Err(ThresholdRefused::Totals {
                threshold: part.to_string(),
                channel: totals.channel.clone(),
                remedy,
            })
        })
    };
    match part {
        Part::AtLeast(_) | Part::Votes(_) => Ok(()),
        Part::Areas { .. } => of(
            |_| true,
            "enter its ballots one by one, or drop the threshold",
        ),
        _ => of(
            |totals| totals.voters.is_none(),
            "say how many people voted there",
        ),
    }
}

impl AppliedThreshold<'_> {
    /// What a project needs: every condition, in the order of the threshold.
    #[must_use]
    pub fn needed(&self, project: ProjectIx) -> Vec<Needed> {
        let cost = || self.election.instance().cost_of(project).to_ratio();
        let needed = |needs: &Needs| match needs {
            Needs::Score(score) => Needed::Score(score.clone()),
            Needs::Votes(votes) => Needed::Votes(votes.clone()),
            Needs::PerCost(Some(per_cost)) => Needed::Votes(cost() * per_cost),
            Needs::PerCost(None) if cost().is_zero() => Needed::Votes(Ratio::default()),
            Needs::PerCost(None) => Needed::Unreachable,
            Needs::Areas {
                areas,
                voters,
                support,
            } => Needed::Areas {
                areas: *areas,
                voters: *voters,
                found: support.areas(project),
            },
        };
        self.needs.iter().map(needed).collect()
    }
}
