//! Greedy by welfare: the most utility per euro first.

use std::cmp::Ordering;
use std::fmt;

use crate::count::{Allocation, Halt, Memory, Rule, Sealed};
use crate::election::{Election, Money, ProjectIx, Utility};
use crate::exact::Ratio;
use crate::record::{Fact, StepFaults, StepText, StepWriter};

use super::{catalogue, turns};

/// Funds, again and again, the project that adds the most utility for each euro and still fits.
///
/// **Definition.** Start from nothing. Among the projects that are not funded and fit what is left, take the
/// one of the greatest *density*: the utility that all voters together gain from it, divided by its cost.
/// Repeat until none fits. For additive utilities the gain of a project never changes; for the others
/// (`cost-sqrt`, `cost-log`, `chamberlin-courant`) it is what it adds to the projects already funded. A
/// project that costs nothing has infinite density if anybody gains from it, and 0 otherwise; one that
/// nobody gains from, or that loses utility, has density 0 and comes last, as long as it fits.
///
/// **Text.** `greedy-welfare:utility=cost`. With `cost` the density of a project that costs something is its
/// number of votes, so this is greedy by votes; one that costs nothing adds no cost, so it comes last here.
///
/// **Ties.** Projects of equal density that fit all together are funded without asking (additive
/// utilities); otherwise the tie chain says who goes first, one by one. A project that requires another one
/// is passed over if its turn comes first or the money left does not pay for both, and waits if the other is
/// tied with it. Endowments that differ between voters are refused: there are no purses here to put them in.
///
/// **Properties.** Exhaustive, but for projects whose requirement was funded after their turn. It is not optimal: a small dense project can keep out a large one that
/// is worth more (`tests/witnesses`). Not proportional.
///
/// **Complexity.** Additive: one pass over the ballots and O(m log m). Otherwise O(m) passes over the
/// supporters of all projects.
///
/// **Source.** Talmon and Faliszewski, *A Framework for Approval-Based Budgeting Methods*, AAAI 2019;
/// Rey and Maly, *The (Computational) Social Choice Take on Indivisible Participatory Budgeting*, 2023.
///
/// ```
/// use quartier::count::Count;
/// use quartier::election::{Ballot, Election, Utility};
/// use quartier::rules::GreedyWelfare;
///
/// let election = Election::builder().budget(100)
///     .project(("park", 90)).project(("lamp", 20)).project(("bench", 10))
///     .ballots(Ballot::approval(["park"]), 5)
///     .ballots(Ballot::approval(["lamp", "bench"]), 4)
///     .build()?;
/// let by_votes = GreedyWelfare::new(Utility::Cost);
/// let by_number = GreedyWelfare::new(Utility::Cardinality);
/// assert_eq!(Count::of(&election, &by_votes).run()?.outcome().ok_or("tie")?.winners, ["park", "bench"]);
/// assert_eq!(Count::of(&election, &by_number).run()?.outcome().ok_or("tie")?.winners, ["bench", "lamp"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GreedyWelfare {
    utility: Utility,
}

/// Utility per euro; free projects that somebody gains from come before all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Density {
    PerEuro(Ratio),
    Free,
}

impl Density {
    fn of(gain: &Ratio, cost: Money) -> Density {
        if !gain.is_positive() {
            return Density::PerEuro(Ratio::default());
        }
        gain.checked_div(&cost.to_ratio())
            .map_or(Density::Free, Density::PerEuro)
    }
}

impl GreedyWelfare {
    /// Funds by this utility per euro.
    #[must_use]
    pub fn new(utility: Utility) -> GreedyWelfare {
        GreedyWelfare { utility }
    }

    pub(super) fn from_step(step: &StepText) -> Result<GreedyWelfare, StepFaults> {
        let mut reader = step.reader();
        let utility = reader.require(
            "utility",
            "utility=cost, utility=cardinality or another utility",
        );
        reader.build(utility.map(GreedyWelfare::new))
    }

    pub(super) fn write(self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        writer.arg("utility", self.utility).map(|_| ())
    }

    fn additive(self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        allocation.work(election.profile().marks() as u64)?;
        let totals = self.utility.additive(election)?.totals(election);
        let mut ranked = Vec::new();
        for project in allocation.candidates() {
            let gain = totals.get(project.index()).cloned().unwrap_or_default();
            ranked.push((density(election, project, &gain, allocation), project));
        }
        ranked.sort_by(|(a, p), (b, q)| b.cmp(a).then(p.cmp(q)));
        for tied in ranked.chunk_by(|(a, _), (b, _)| a == b) {
            let group = tied.iter().map(|&(_, project)| project).collect();
            for part in allocation.independent(group) {
                fund_tied(election, part, allocation)?;
            }
        }
        Ok(())
    }

    fn of_sets(self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        let mut gains = self.utility.of_sets(election)?;
        // What earlier rules or an earlier run have funded is gained already.
        election
            .instance()
            .project_indices()
            .filter(|&project| allocation.is_awarded(project))
            .for_each(|project| gains.add(project));
        loop {
            let mut open = allocation.candidates();
            turns::pass_over(election, &mut open, allocation, |_| true);
            let mut best: Vec<ProjectIx> = Vec::new();
            let mut highest = Density::PerEuro(Ratio::default());
            for project in open {
                allocation.work(1 + election.profile().len() as u64)?;
                let density = density(election, project, &gains.gain(project), allocation);
                match density.cmp(&highest) {
                    Ordering::Less => {}
                    Ordering::Equal => best.push(project),
                    Ordering::Greater => {
                        best = vec![project];
                        highest = density;
                    }
                }
            }
            if best.is_empty() {
                return Ok(());
            }
            let ready = turns::ready(election, &best, allocation);
            if ready.is_empty() {
                // The turn of projects that require what is not funded.
                turns::pass_over(election, &mut best, allocation, |_| true);
                continue;
            }
            let next = allocation.untie(&ready)?;
            match allocation.select(next)? {
                Ok(()) => gains.add(next),
                Err(block) => allocation.reject(next, block.reason(election.instance())),
            }
        }
    }
}

/// A project's density, told to whoever watches.
fn density(
    election: &Election,
    project: ProjectIx,
    gain: &Ratio,
    allocation: &mut Allocation<'_>,
) -> Density {
    let density = Density::of(gain, election.instance().cost_of(project));
    let per_euro = if let Density::PerEuro(value) = &density {
        Some(value)
    } else {
        None
    };
    allocation.note(|| Fact::Density {
        project: election.instance().id_of(project),
        utility: gain,
        density: per_euro,
    });
    density
}

/// Funds a group of equal density, asking only where the order matters.
fn fund_tied(
    election: &Election,
    mut group: Vec<ProjectIx>,
    allocation: &mut Allocation<'_>,
) -> Result<(), Halt> {
    loop {
        allocation.work(group.len() as u64)?;
        turns::pass_over(election, &mut group, allocation, |_| true);
        if group.is_empty() || allocation.admits(&group).is_ok() {
            return turns::award_all("greedy-welfare", group, allocation);
        }
        let next = allocation.untie(&turns::ready(election, &group, allocation))?;
        group.retain(|&project| project != next);
        if let Err(block) = allocation.select(next)? {
            allocation.reject(next, block.reason(election.instance()));
        }
    }
}

impl Sealed for GreedyWelfare {}

impl Rule for GreedyWelfare {
    fn id(&self) -> &'static str {
        "greedy-welfare"
    }

    fn text(&self) -> String {
        super::AnyRule::GreedyWelfare(*self).to_string()
    }

    fn memory(&self) -> Memory {
        Memory::Set
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        catalogue::check_endowments(self.id(), election, allocation)?;
        if self.utility.is_additive() {
            self.additive(election, allocation)
        } else {
            self.of_sets(election, allocation)
        }
    }
}
