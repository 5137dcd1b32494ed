//! An election: an instance and its profile, which belong together.

use std::sync::Arc;

use super::aggregate::{self, Aggregate};
use super::ballot::BallotKind;
use super::check::{Problem, Problems};
use super::election_builder::ElectionBuilder;
use super::instance::Instance;
use super::limits::BallotLimits;
use super::money::Money;
use super::profile::Profile;
use super::scale::check_scale;
use super::voters::Voters;

/// What is voted on, and the votes: checked, immutable, cheap to clone.
///
/// ```
/// use quartier::election::{Ballot, Election};
/// let election = Election::builder()
///     .budget(100_000)
///     .project(("playground", 60_000))
///     .project(("trees", 30_000))
///     .project(("fountain", 50_000))
///     .ballots(Ballot::approval(["playground", "trees"]), 120)
///     .ballots(Ballot::approval(["fountain"]), 80)
///     .build()?;
/// assert_eq!(election.profile().voters(), 200);
/// # Ok::<(), quartier::election::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    instance: Arc<Instance>,
    profile: Arc<Profile>,
    voters: Option<Arc<Voters>>,
    aggregates: Option<Arc<Aggregates>>,
}

/// Totals without ballots, and the votes of each project in them.
#[derive(Debug, PartialEq, Eq)]
struct Aggregates {
    totals: Vec<Aggregate>,
    votes: Vec<u64>,
}

impl Election {
    /// Starts an election.
    pub fn builder() -> ElectionBuilder {
        ElectionBuilder::default()
    }

    /// An election from its checked parts.
    ///
    /// # Errors
    /// [`Problem::BadVoters`] if the profile is about other projects than the instance, or the voter table
    /// does not have each ballot as often as the profile counts it; [`Problem::BlankGrade`] and
    /// [`Problem::DuplicateGrade`] if the profile's grades cannot be told apart.
    pub fn new(
        instance: Instance,
        profile: Profile,
        voters: Option<Voters>,
    ) -> Result<Election, Problems> {
        if !profile.fits(&instance) {
            return Err(Problem::BadVoters {
                why: "the profile is about other projects than the instance".to_owned(),
            }
            .into());
        }
        let mut problems = Problems::default();
        check_scale(profile.scale(), &mut problems);
        problems.or(())?;
        if let Some(voters) = &voters {
            check_voters(&profile, voters)?;
        }
        Ok(Election {
            instance: Arc::new(instance),
            profile: Arc::new(profile),
            voters: voters.map(Arc::new),
            aggregates: None,
        })
    }

    /// An election that the builder has checked.
    pub(super) fn checked(instance: Instance, profile: Profile) -> Election {
        Election {
            instance: Arc::new(instance),
            profile: Arc::new(profile),
            voters: None,
            aggregates: None,
        }
    }

    /// The projects and the money.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The distinct ballots.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Who cast which ballot, where the source told it and it was kept.
    #[must_use]
    pub fn voters(&self) -> Option<&Voters> {
        self.voters.as_deref()
    }

    /// The totals of channels whose single ballots are not known, in order.
    #[must_use]
    pub fn aggregates(&self) -> &[Aggregate] {
        self.aggregates.as_ref().map_or(&[], |all| &all.totals)
    }

    /// The votes of every project in all totals, in the order of the ids; `None` if there are no totals.
    #[must_use]
    pub fn aggregate_votes(&self) -> Option<&[u64]> {
        self.aggregates.as_ref().map(|all| &*all.votes)
    }

    /// The same election with the totals of channels whose single ballots are not known, in place of those it had.
    ///
    /// # Errors
    /// [`Problem::BadAggregate`] for every total that cannot be: an unknown project, two totals of one project, more
    /// votes than voters, a channel and quartier given twice.
    pub fn with_aggregates(&self, aggregates: Vec<Aggregate>) -> Result<Election, Problems> {
        let (totals, votes) = aggregate::check(&self.instance, aggregates)?;
        let aggregates = (!totals.is_empty()).then(|| Arc::new(Aggregates { totals, votes }));
        Ok(Election {
            aggregates,
            ..self.clone()
        })
    }

    /// The same election with another budget; `None` if it is negative.
    #[must_use]
    pub fn with_budget(&self, budget: Money) -> Option<Election> {
        let instance = self.instance.with_budget(budget)?;
        Some(Election {
            instance: Arc::new(instance),
            ..self.clone()
        })
    }

    /// The same election with other limits on what a ballot may hold; scores that look at them change.
    #[must_use]
    pub fn with_limits(&self, limits: BallotLimits) -> Election {
        Election {
            instance: Arc::new(self.instance.with_limits(limits)),
            ..self.clone()
        }
    }

    /// The same election, of each distinct ballot so many voters only; without voter table and totals.
    pub(crate) fn with_counts(&self, counts: &[u64]) -> Election {
        Election {
            instance: Arc::clone(&self.instance),
            profile: Arc::new(self.profile.with_counts(counts)),
            voters: None,
            aggregates: None,
        }
    }

    /// The same election, each ballot being the set of projects it names, see [`Profile::as_approval`].
    #[must_use]
    pub fn as_approval(&self) -> Election {
        if self.profile.kind() == BallotKind::Approval {
            return self.clone();
        }
        let (profile, map) = self.profile.as_approval();
        let voters = self
            .voters
            .as_ref()
            .and_then(|voters| voters.renumbered(&map))
            .map(Arc::new);
        Election {
            instance: Arc::clone(&self.instance),
            profile: Arc::new(profile),
            voters,
            aggregates: self.aggregates.clone(),
        }
    }
}

fn check_voters(profile: &Profile, voters: &Voters) -> Result<(), Problems> {
    let mut seen = vec![0_u64; profile.len()];
    for ballot in voters.ballots() {
        match seen.get_mut(ballot.index()) {
            Some(count) => *count += 1,
            None => {
                return Err(Problem::BadVoters {
                    why: "a voter's ballot is not in the profile".to_owned(),
                }
                .into());
            }
        }
    }
    if profile.ballots().map(super::BallotView::count).eq(seen) {
        Ok(())
    } else {
        Err(Problem::BadVoters {
            why: "a ballot is in the table more or less often than in the profile".to_owned(),
        }
        .into())
    }
}
