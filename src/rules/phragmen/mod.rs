//! Sequential Phragmén: fund what its supporters can pay first.

mod clock;
mod loads;
mod race;

use std::collections::BTreeMap;
use std::fmt;

use crate::count::{Allocation, Block, Halt, Rule, Sealed};
use crate::election::{Election, Money, ProjectIx};
use crate::exact::Ratio;
use crate::record::{Reason, StepFaults, StepText, StepWriter};

use super::{supporters, turns};
use loads::Loads;
use race::Race;

/// Funds the projects in the order in which their supporters could pay for them, if everybody earned evenly.
///
/// **Definition.** Everybody starts with an empty purse and earns one currency unit in one unit of time. As soon
/// as the supporters of a project have its cost together, they pay for it with all they have, and go on earning
/// from nothing. The time of the last project that voters paid for is their *load*: so far each has been given
/// that much. With loads `x`, a project of cost `c` and supporters `N` has the time `(c + Σ x) / |N|`, and the
/// project with the smallest time is next. At a project that is more than what is left, [`PhragmenMisfit`] says
/// what happens: the rule has no end of its own, since people could earn for ever.
///
/// **Text.** `phragmen:misfit=stop`; `misfit` has no default. *Completion*: with `stop` money stays that would pay
/// for cheaper projects; `skip` goes on by the same times, and any rule can follow after a `+`.
///
/// **Whom a ballot supports.** The projects it names, whatever their rank or points; of signed ballots those that
/// it is for. Grades name nobody and are refused.
///
/// **Limits and several pots.** A project that would cross a limit is passed over, with `stop` too, and its supporters keep
/// what they have: only money that does not suffice stops. Several pots are as in [`super::EqualShares`]: everybody earns
/// in each pot of theirs apart, and a stop ends its own pot only.
///
/// **Projects without supporters** are never funded, free ones included: nobody would pay. A free project with
/// supporters is due as soon as time is up to their mean load, at once in the beginning. A project that costs
/// more than all the money of the count is out from the start, and stops nothing.
///
/// **Weights and endowments.** A voter earns by one figure, the share: the endowment where all votes weigh the
/// same, the weight where all endowments are the same; who has twice both counts as two voters. Voters for whom
/// the two say different things are refused by name.
///
/// **Starting from awards** made before, by decisions, other rules, or this one with less money: each is taken as
/// paid by its supporters, in order, the least loaded first, as evenly as can be. So money that comes later
/// continues the count as if it had been there when the first one stopped, and nobody is served twice before others.
///
/// **Ties** are projects of exactly the same time; the chain says who goes first, one by one, since the order
/// changes the loads. Those that cannot be funded any more are passed over before, and with `stop` nobody is
/// asked where none of them fits. The reference pabutools stops as soon as *any* of the tied is too dear, even if
/// the chain puts one first that fits: here the chain decides, so that an order of the tied is an order.
/// A project that requires one which is not funded is passed over at its time, unless they are tied.
///
/// **Properties.** Times never decrease. It is priceable: with the loads as payments nobody pays more than
/// others could have, and the supporters of what was not funded had too little. With equal costs it gives
/// proportional justified representation; with unequal costs it need not (`tests/witnesses`). House monotone with equal
/// costs: more money adds projects and takes none.
///
/// **Complexity.** For each funded project the marks on the ballots that name it, and one look at every project.
/// Whole numbers with a proved bound settle the order; where they cannot, fractions of a small triangular system do.
///
/// **Source.** E. Phragmén (1894); Brill, Freeman, Janson, Lackner, *Phragmén's Voting Methods and Justified
/// Representation*, AAAI 2017; with costs: Los, Christoff, Grossi, *Proportional Budget Allocations: Towards a
/// Systematization*, IJCAI 2022.
///
/// ```
/// use quartier::count::Count;
/// use quartier::election::{Ballot, Election};
/// use quartier::rules::{Phragmen, PhragmenMisfit};
///
/// let election = Election::builder().budget(100)
///     .project(("pool", 60)).project(("gym", 48)).project(("park", 30)).project(("lamp", 10))
///     .ballots(Ballot::approval(["pool", "gym"]), 6)
///     .ballots(Ballot::approval(["park"]), 3)
///     .ballots(Ballot::approval(["lamp"]), 1)
///     .build()?;
/// // Six voters have 48 together at time 8, and another 60 at time 18; three have 30 at time 10.
/// let stop = Phragmen::new(PhragmenMisfit::Stop);
/// assert_eq!(Count::of(&election, &stop).ties("id".parse()?).run()?.outcome().ok_or("tie")?.winners, ["gym", "lamp", "park"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phragmen {
    misfit: PhragmenMisfit,
}

/// What happens when the supporters of a project have its cost, and the budget has not.
///
/// The choice changes the winners, so there is no default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhragmenMisfit {
    /// The count ends: the definition of the literature.
    Stop,
    /// The project is passed over, and its supporters keep their money.
    Skip,
}

impl Phragmen {
    /// The rule with this policy for a project that does not fit.
    #[must_use]
    pub fn new(misfit: PhragmenMisfit) -> Phragmen {
        Phragmen { misfit }
    }

    pub(super) fn from_step(step: &StepText) -> Result<Phragmen, StepFaults> {
        let mut reader = step.reader();
        let misfit = reader.require_choice("misfit", &PhragmenMisfit::WORDS);
        reader.build(misfit.map(Phragmen::new))
    }

    pub(super) fn write(self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        writer.arg("misfit", self.misfit).map(|_| ())
    }
}

impl PhragmenMisfit {
    pub(super) const WORDS: [(&'static str, PhragmenMisfit); 2] = [
        ("stop", PhragmenMisfit::Stop),
        ("skip", PhragmenMisfit::Skip),
    ];
}

impl fmt::Display for PhragmenMisfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PhragmenMisfit::Stop => "stop",
            PhragmenMisfit::Skip => "skip",
        })
    }
}

impl Sealed for Phragmen {}

impl Rule for Phragmen {
    fn id(&self) -> &'static str {
        "phragmen"
    }

    fn text(&self) -> String {
        super::AnyRule::Phragmen(*self).to_string()
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        allocation.work(election.profile().marks() as u64)?;
        supporters::check_named(self.id(), election, allocation)?;
        let shares = supporters::shares(self.id(), election, allocation)?;
        let mut loads = Loads::none(election, shares);
        for (project, amount) in allocation.awarded() {
            loads.charge(project, amount);
        }
        fund(election, allocation, self.misfit, loads)
    }
}

/// What each class of voters earns in one unit of time, where a rule with purses is to be completed: as the purses were filled, by
/// endowment. Ballots that do not name projects are refused as by the rule itself.
pub(super) fn earnings(
    election: &Election,
    allocation: &Allocation<'_>,
) -> Result<Vec<Ratio>, Halt> {
    supporters::check_named("phragmen", election, allocation)?;
    let classes = election.profile().classes().iter();
    Ok(classes.map(|class| class.endowment.clone()).collect())
}

/// Completes a rule with purses: what is left in them is what their owners have earned already, in currency units, and
/// from there everybody goes on earning, as much as `shares` says of their class. `left` has one amount for each distinct ballot.
pub(super) fn complete(
    election: &Election,
    allocation: &mut Allocation<'_>,
    misfit: PhragmenMisfit,
    shares: Vec<Ratio>,
    left: &[Ratio],
) -> Result<(), Halt> {
    let (mut numbers, mut of_ballot) = (BTreeMap::new(), Vec::with_capacity(left.len()));
    for (ballot, left) in election.profile().ballots().zip(left) {
        let share = shares.get(ballot.class());
        let load = share.and_then(|share| left.checked_div(share));
        let load = -load.unwrap_or_default();
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        of_ballot.push(*numbers.entry(load).or_insert(next));
    }
    let mut loads = vec![Ratio::ZERO; numbers.len()];
    for (load, number) in numbers {
        if let Some(slot) = loads.get_mut(number as usize) {
            *slot = load;
        }
    }
    let loads = Loads::starting(election, shares, loads, of_ballot);
    fund(election, allocation, misfit, loads)
}

/// Funds by times, from any loads.
fn fund(
    election: &Election,
    allocation: &mut Allocation<'_>,
    misfit: PhragmenMisfit,
    loads: Loads<'_>,
) -> Result<(), Halt> {
    reject_hopeless(election, allocation);
    let mut race = Race::new(election, loads);
    loop {
        let open = allocation.candidates();
        allocation.work(1 + open.len() as u64)?;
        let mut tied = race.next(&open);
        if tied.is_empty() {
            return Ok(());
        }
        race.tell(&tied, allocation);
        turns::pass_over(election, &mut tied, allocation, |block| {
            misfit == PhragmenMisfit::Skip || !matches!(block, Block::PotEmpty { .. })
        });
        let ready = turns::ready(election, &tied, allocation);
        let Some(&first) = ready.first() else {
            if tied.is_empty() {
                continue;
            }
            return Err(allocation.refuse("phragmen", turns::CIRCLE));
        };
        let fits = |&project: &ProjectIx| {
            let cost = election.instance().cost_of(project);
            allocation.quote(project, cost).is_ok()
        };
        let next = if ready.iter().any(fits) {
            allocation.untie(&ready)?
        } else {
            first
        };
        match allocation.select(next)? {
            Ok(()) => allocation.work(race.buy(next))?,
            Err(Block::PotEmpty { short_by }) if misfit == PhragmenMisfit::Stop => {
                stop(election, allocation, &mut race, (next, short_by));
                return Ok(());
            }
            Err(block) => allocation.reject(next, block.reason(election.instance())),
        }
    }
}

/// Rejects the projects that nobody supports, and those that cost more than all the money of the count.
fn reject_hopeless(election: &Election, allocation: &mut Allocation<'_>) {
    supporters::reject_unsupported(election, allocation);
    let awarded = allocation.awarded();
    let spent = Money::checked_sum(awarded.into_iter().map(|(_, amount)| amount));
    let all = spent.and_then(|spent| spent.checked_add(allocation.available()));
    let all = all.unwrap_or(Money::MAX);
    for project in allocation.candidates() {
        let cost = election.instance().cost_of(project);
        if cost > all {
            let short_by = cost.checked_sub(allocation.available()).unwrap_or(cost);
            allocation.reject(project, Reason::Misfit { short_by });
        }
    }
}

/// Ends the count at a project that does not fit.
fn stop(
    election: &Election,
    allocation: &mut Allocation<'_>,
    race: &mut Race<'_>,
    (at, short_by): (ProjectIx, Money),
) {
    let rest = allocation.candidates();
    race.tell(&rest, allocation);
    let at_id = election.instance().id_of(at);
    for project in rest {
        let reason = if project == at {
            Reason::Misfit { short_by }
        } else {
            Reason::PotStopped {
                at: at_id.to_owned(),
                short_by,
            }
        };
        allocation.reject(project, reason);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::{Count, Log};
    use crate::election::Ballot;
    use crate::record::{About, Decision, DecisionKind};

    /// A completion: `a` was bought for 1/8 from each of its supporters, whose purses were 1/3.
    #[derive(Debug)]
    struct Completion;

    impl Sealed for Completion {}

    impl Rule for Completion {
        fn id(&self) -> &'static str {
            "completion"
        }

        fn text(&self) -> String {
            "completion".to_owned()
        }

        fn allocate(
            &self,
            election: &Election,
            allocation: &mut Allocation<'_>,
        ) -> Result<(), Halt> {
            let a = election.instance().find("a").unwrap();
            let paid = |ballot| supporters::of_ballot(election, ballot).any(|project| project == a);
            let of_ballot = election
                .profile()
                .ballot_indices()
                .map(|ballot| u32::from(paid(ballot)))
                .collect();
            let loads = [(-1, 3), (-5, 24)].map(|(p, q)| Ratio::new(p, q).unwrap());
            let shares = vec![Ratio::ONE];
            let loads = Loads::starting(election, shares, loads.to_vec(), of_ballot);
            fund(election, allocation, PhragmenMisfit::Stop, loads)
        }
    }

    /// Lackner and Skowron (2023), the running example completed after Equal Shares: b, c and d at 1/96, 37/384
    /// and 7/24.
    #[test]
    fn starting_loads_are_what_is_left_in_the_purses() {
        let ids = ["a", "b", "c", "d", "e", "f", "g"];
        let builder = ids
            .iter()
            .fold(Election::builder().budget(4), |builder, &id| {
                builder.project((id, 1))
            });
        let ballots: [(&[&str], u64); 7] = [
            (&["a", "b"], 3),
            (&["a", "c"], 3),
            (&["a", "d"], 2),
            (&["b", "c", "f"], 1),
            (&["e"], 1),
            (&["f"], 1),
            (&["g"], 1),
        ];
        let builder = ballots.iter().fold(builder, |builder, &(ballot, count)| {
            builder.ballots(Ballot::approval(ballot.iter().copied()), count)
        });
        let election = builder.build().unwrap();
        let award = Decision::new(
            DecisionKind::Award,
            About::Project("a".to_owned()),
            "Equal Shares",
            "first purchase",
        );
        let mut log = Log::new();
        let count = Count::of(&election, &Completion)
            .ties("id".parse().unwrap())
            .decisions(std::slice::from_ref(&award));
        count.observe(&mut log).run().unwrap();
        let (mut last, mut times) = (std::collections::BTreeMap::new(), Vec::new());
        for event in log.lines() {
            let project = event["project"].to_string();
            if event["fact"] == "time" {
                last.insert(project, event["time"].to_string());
            } else if let Some(time) = last.get(&project).filter(|_| event["event"] == "awarded") {
                times.push(format!("{project} {time}"));
            }
        }
        assert_eq!(times, [r#""b" "1/96""#, r#""c" "37/384""#, r#""d" "7/24""#]);
    }
}
