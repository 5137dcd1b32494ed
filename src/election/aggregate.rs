//! Totals of a channel whose single ballots are not known.

use serde::{Deserialize, Serialize};

use super::check::{Problem, Problems};
use super::instance::Instance;

/// The votes of each project in a channel where only totals exist, as paper often has.
///
/// Rules that add up votes can use them; a rule that needs single ballots refuses them by the channel's name.
///
/// ```
/// use quartier::election::{Aggregate, Ballot, Election};
/// let election = Election::builder().budget(10).project(("a", 5)).project(("b", 5))
///     .ballots(Ballot::approval(["a"]), 3).build()?;
/// let paper = Aggregate::new("paper", [("b", 4)]);
/// let election = election.with_aggregates(vec![paper])?;
/// assert_eq!(election.aggregate_votes().map(|votes| votes.to_vec()), Some(vec![0, 4]));
/// # Ok::<(), quartier::election::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Aggregate {
    /// The channel.
    pub channel: String,
    /// The quartier where the votes were cast; empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub area: String,
    /// How many people voted, where that is known. Shares of ballots cannot be computed without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voters: Option<u64>,
    /// The votes of each project; a project that is not listed has none.
    pub votes: Vec<(String, u64)>,
}

impl Aggregate {
    /// The totals of a channel.
    pub fn new<I: Into<String>>(
        channel: impl Into<String>,
        votes: impl IntoIterator<Item = (I, u64)>,
    ) -> Aggregate {
        Aggregate {
            channel: channel.into(),
            area: String::new(),
            voters: None,
            votes: votes
                .into_iter()
                .map(|(id, votes)| (id.into(), votes))
                .collect(),
        }
    }

    /// The same totals, cast in this quartier.
    #[must_use]
    pub fn in_area(mut self, area: impl Into<String>) -> Aggregate {
        self.area = area.into();
        self
    }

    /// The same totals, of so many voters.
    #[must_use]
    pub fn of_voters(mut self, voters: u64) -> Aggregate {
        self.voters = Some(voters);
        self
    }
}

/// The most votes of one project, and voters in all.
const MOST: u64 = 1 << 62;

/// Checks totals against the projects, sorts them, and adds up the votes of each project.
pub(super) fn check(
    instance: &Instance,
    mut aggregates: Vec<Aggregate>,
) -> Result<(Vec<Aggregate>, Vec<u64>), Problems> {
    let mut problems = Problems::default();
    let mut sums = vec![0_u64; instance.projects().len()];
    let bad = |aggregate: &Aggregate, why: String| Problem::BadAggregate {
        channel: aggregate.channel.clone(),
        why,
    };
    let mut voters = 0_u64;
    for aggregate in &mut aggregates {
        aggregate.votes.sort();
        let all = aggregate
            .voters
            .map_or(Some(voters), |more| voters.checked_add(more));
        match all.filter(|&all| all <= MOST) {
            Some(all) => voters = all,
            None => problems.push(bad(aggregate, "there are more than 2^62 voters".to_owned())),
        }
        if let Some([(id, _), _]) = aggregate
            .votes
            .windows(2)
            .find(|pair| matches!(pair, [(a, _), (b, _)] if a == b))
        {
            problems.push(bad(aggregate, format!("project `{id}` has two totals")));
        }
        for (id, votes) in &aggregate.votes {
            let Some(project) = instance.find(id) else {
                problems.push(bad(aggregate, format!("`{id}` is not a project")));
                continue;
            };
            if aggregate.voters.is_some_and(|voters| *votes > voters) {
                problems.push(bad(
                    aggregate,
                    format!("project `{id}` has more votes than there were voters"),
                ));
            }
            let sum = sums.get_mut(project.index());
            match sum.and_then(|sum| {
                sum.checked_add(*votes)
                    .filter(|&sum| sum <= MOST)
                    .map(|new| *sum = new)
            }) {
                Some(()) => {}
                None => problems.push(bad(
                    aggregate,
                    format!("project `{id}` has more than 2^62 votes"),
                )),
            }
        }
    }
    aggregates.sort();
    for pair in aggregates.windows(2) {
        if let [a, b] = pair
            && (&a.channel, &a.area) == (&b.channel, &b.area)
        {
            problems.push(bad(
                b,
                format!("the totals of area `{}` are given twice", b.area),
            ));
        }
    }
    problems.or((aggregates, sums))
}
