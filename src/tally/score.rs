//! Scores and rankings: by what cities order projects.

use crate::election::{BallotKind, Election, ProjectIx, Utility};
use crate::exact::Ratio;

use super::ranking::{
    InstantRunoff, Pairwise, Ranked, RankedPairs, Schulze, Ungraded, dowdall, for_minus_against,
    majority_judgment, positional, veto,
};
use super::weights::Weights;

/// How projects are ordered, the best first.
///
/// | text | projects are ordered by | ballots | what is not named or ranked |
/// |---|---|---|---|
/// | `votes` | the voters who name it | all but grades | gets nothing |
/// | `points` | the points it gets | points | gets nothing |
/// | `borda` | per voter: maximum length − position, position from 0 (the ballot's own length where the instance sets no maximum) | ranked | gets nothing |
/// | `weights;3;2;1` | 3 for each first place, 2 for each second, 1 for each third | ranked | gets nothing |
/// | `dowdall` | 1 for each first place, ½ for each second, ⅓ for each third, … | ranked | gets nothing |
/// | `plurality` | the first places | ranked | gets nothing |
/// | `veto` | 1 for each place but the last of all projects: on ballots that rank them all, the voters who do not rank it last | ranked | gets nothing |
/// | `for-minus-against` | the voters for it less those against it | signed | gets nothing |
/// | `majority-judgment` | the median grade, then the majority gauge ([`MajorityGauge`](super::ranking::MajorityGauge)) | grades | refused; `majority-judgment;ungraded-worst` and `majority-judgment;ungraded-left-out` say what it means |
/// | `copeland` | pairwise contests won, and half of those tied ([`Pairwise::copeland`]) | ranked | is tied last |
/// | `schulze` | the strongest beatpaths, by winning votes ([`Schulze`]) | ranked | is tied last |
/// | `ranked-pairs` | majorities locked by descending margin ([`RankedPairs`]) | ranked | is tied last |
/// | `instant-runoff` | the order of elimination, reversed ([`InstantRunoff`]) | ranked | never gets the ballot |
///
/// Each voter counts with their weight. Tied projects of a ballot share the mean of their places (positional
/// scores), have no preference between them (pairwise) or share the vote (instant runoff). What a method leaves
/// tied stays tied in [`Score::order`]. Every score prints a text that reads back, also with serde.
///
/// ```
/// use quartier::election::{Ballot, Election};
/// use quartier::tally::Score;
/// // The capital of Tennessee: four cities, voters prefer the nearest.
/// let election = Election::builder().budget(1)
///     .project(("chattanooga", 1)).project(("knoxville", 1)).project(("memphis", 1)).project(("nashville", 1))
///     .ballots(Ballot::ranked(["memphis", "nashville", "chattanooga", "knoxville"]), 42)
///     .ballots(Ballot::ranked(["nashville", "chattanooga", "knoxville", "memphis"]), 26)
///     .ballots(Ballot::ranked(["chattanooga", "knoxville", "nashville", "memphis"]), 15)
///     .ballots(Ballot::ranked(["knoxville", "chattanooga", "nashville", "memphis"]), 17)
///     .build()?;
/// let first = |text: &str| -> Result<Vec<&str>, Box<dyn std::error::Error>> {
///     let ranked = text.parse::<Score>()?.order(&election)?;
///     let group = ranked.groups().first().ok_or("no projects")?;
///     Ok(group.iter().map(|&project| election.instance().id_of(project)).collect())
/// };
/// assert_eq!(first("plurality")?, ["memphis"]);
/// assert_eq!(first("instant-runoff")?, ["knoxville"]);
/// assert_eq!(first("copeland")?, ["nashville"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Score {
    /// The number of voters who name the project.
    Votes,
    /// The sum of points.
    Points,
    /// Borda, as the Pabulib archive publishes it.
    Borda,
    /// A weight for each place, the best first; places beyond the list give 0.
    Weights(Weights),
    /// 1, ½, ⅓, … for the places.
    Dowdall,
    /// The first places only.
    Plurality,
    /// Every place but the last of all projects.
    Veto,
    /// Voters for less voters against.
    ForMinusAgainst,
    /// Median grade and majority gauge.
    MajorityJudgment(Ungraded),
    /// Pairwise contests won.
    Copeland,
    /// Strongest beatpaths.
    Schulze,
    /// Majorities locked from the largest down.
    RankedPairs,
    /// Elimination of the weakest.
    InstantRunoff,
}

/// Why projects cannot be scored so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// The ballots do not say what the score needs.
    #[error("score `{score}` cannot be read from {kind} ballots: {}", remedy(*kind))]
    Ballots {
        /// The score.
        score: Score,
        /// The kind of the profile.
        kind: BallotKind,
    },
    /// A channel has totals only, and the score needs ballots.
    #[error(
        "score `{score}` needs every ballot, and channel `{channel}` has totals only: use votes, or enter its ballots one by one"
    )]
    Totals {
        /// The score.
        score: Score,
        /// The channel.
        channel: String,
    },
    /// The method orders projects without a sum for each.
    #[error(
        "`{score}` orders projects without a sum of votes or points: ask for its order, or use a score such as votes or points"
    )]
    NotASum {
        /// The score.
        score: Score,
    },
    /// A project without a grade from everybody.
    #[error(
        "project `{project}` has no grade from voters of a total weight of {missing}, and what that means is not chosen: use majority-judgment;ungraded-worst or majority-judgment;ungraded-left-out"
    )]
    Ungraded {
        /// The first project that lacks grades.
        project: String,
        /// The weight of the voters who give it none.
        missing: Ratio,
    },
}

fn remedy(kind: BallotKind) -> &'static str {
    match kind {
        BallotKind::Approval => "use votes",
        BallotKind::Ranked => "choose another score, or count them as approval",
        BallotKind::Points => "use points or votes, or count them as approval",
        BallotKind::Grades => "use majority-judgment, or count them as approval",
        BallotKind::Signed => "use for-minus-against or votes, or count them as approval",
    }
}

impl Score {
    /// Can it be read from ballots of this kind?
    #[must_use]
    pub fn reads(&self, kind: BallotKind) -> bool {
        match self {
            Score::Votes => Utility::Cardinality.reads(kind),
            Score::Points => Utility::Points.reads(kind),
            Score::ForMinusAgainst => kind == BallotKind::Signed,
            Score::MajorityJudgment(_) => kind == BallotKind::Grades,
            _ => kind == BallotKind::Ranked,
        }
    }

    /// Is there a sum of votes or points for each project, which a threshold can be compared with?
    #[must_use]
    pub fn is_sum(&self) -> bool {
        !matches!(
            self,
            Score::MajorityJudgment(_)
                | Score::Copeland
                | Score::Schulze
                | Score::RankedPairs
                | Score::InstantRunoff
        )
    }

    /// All projects in tied groups, the best first, with the figure of each.
    ///
    /// **Complexity.** One pass over the ballots for sums and grades; see [`Pairwise`], [`Schulze`],
    /// [`RankedPairs`] and [`InstantRunoff`] for the others.
    ///
    /// # Errors
    /// [`ScoreError::Ballots`] if the ballots do not say what the method needs, [`ScoreError::Ungraded`] if
    /// grades are missing and nothing says what that means.
    pub fn order(&self, election: &Election) -> Result<Ranked, ScoreError> {
        let all: Vec<ProjectIx> = election.instance().project_indices().collect();
        self.order_among(election, &all)
    }

    /// Some projects in tied groups, as if the others were not there: their contests are not held, and a
    /// runoff never counts a ballot for them. Sums and grades are of the ballots as they were cast.
    ///
    /// # Errors
    /// As [`Score::order`].
    pub fn order_among(
        &self,
        election: &Election,
        among: &[ProjectIx],
    ) -> Result<Ranked, ScoreError> {
        self.check_totals(election)?;
        let pairwise = || Pairwise::among(election, among, self);
        match self {
            Score::MajorityJudgment(ungraded) => majority_judgment(election, among, *ungraded),
            Score::Copeland => Ok(pairwise()?.copeland()),
            Score::Schulze => Ok(Schulze::of(&pairwise()?).ranked()),
            Score::RankedPairs => Ok(RankedPairs::of(&pairwise()?).ranked()),
            Score::InstantRunoff => Ok(InstantRunoff::among(election, among)?.ranked()),
            sum => Ok(Ranked::by_totals(among, &sum.totals(election)?)),
        }
    }

    /// Only votes can be added to totals.
    fn check_totals(&self, election: &Election) -> Result<(), ScoreError> {
        match election.aggregates().first() {
            Some(totals) if *self != Score::Votes => Err(ScoreError::Totals {
                score: self.clone(),
                channel: totals.channel.clone(),
            }),
            _ => Ok(()),
        }
    }

    /// The sum of every project, in the order of their ids; votes with those of channels that have totals only.
    ///
    /// One pass over the ballots.
    ///
    /// # Errors
    /// [`ScoreError::Ballots`] if the ballots do not say what the score needs, [`ScoreError::NotASum`] if the
    /// method has none.
    pub fn totals(&self, election: &Election) -> Result<Vec<Ratio>, ScoreError> {
        let kind = election.profile().kind();
        let unfit = || ScoreError::Ballots {
            score: self.clone(),
            kind,
        };
        if !self.is_sum() {
            return Err(ScoreError::NotASum {
                score: self.clone(),
            });
        }
        if !self.reads(kind) {
            return Err(unfit());
        }
        self.check_totals(election)?;
        let utility = match self {
            Score::Points => Utility::Points,
            Score::Borda => Utility::ArchiveBorda,
            Score::Weights(weights) => {
                return Ok(positional(election, |places| weights.sum(places)));
            }
            Score::Dowdall => return Ok(dowdall(election)),
            Score::Plurality => {
                return Ok(positional(election, |places| {
                    Ratio::from(u32::from(places.start == 0))
                }));
            }
            Score::Veto => return Ok(veto(election)),
            Score::ForMinusAgainst => return Ok(for_minus_against(election)),
            _ => Utility::Cardinality,
        };
        utility
            .additive(election)
            .map(|utility| with_totals(utility.totals(election), election))
            .map_err(|_| unfit())
    }
}

/// Adds the votes of channels of which only totals are known.
fn with_totals(mut votes: Vec<Ratio>, election: &Election) -> Vec<Ratio> {
    for (votes, &more) in votes
        .iter_mut()
        .zip(election.aggregate_votes().unwrap_or(&[]))
    {
        *votes += &Ratio::from(more);
    }
    votes
}
