//! The maximin support rule: fund what keeps the highest load lowest, loads being spread anew each time.

mod flow;
mod spread;

use std::fmt;

use crate::count::{Allocation, Halt, Rule, Sealed};
use crate::election::{Election, ProjectIx};
use crate::exact::Ratio;
use crate::record::{Fact, StepFaults, StepText, StepWriter};

use super::{supporters, turns};
use spread::{Answer, Spread};

/// Funds, again and again, the project with which the costs can be spread most evenly among supporters.
///
/// **Definition.** The costs of the funded projects are spread among the voters, each cost among the supporters
/// of its project only, such that the highest load of a voter is as small as can be. Among the projects that fit
/// what is left, the one that keeps this smallest highest load lowest is next. Unlike [`super::Phragmen`],
/// which lets loads be once they are given, all costs are spread anew each time.
///
/// The smallest highest load of a set `W` is the largest `cost(S) / |N(S)|` over its subsets `S`, `N(S)` being the
/// voters who support something in `S`: it is found exactly, by flows through a network of whole numbers.
///
/// **Text.** `maximin-support`; it has no settings. It skips what does not fit, so its outcome is exhaustive for
/// the projects that somebody supports.
///
/// **Whom a ballot supports, weights and endowments, projects without supporters, a project above all the money,
/// requirements:** as in [`super::Phragmen`]. A free project with supporters adds nothing to any load, so it is
/// among the first.
///
/// **Starting from awards** made before: their amounts are spread with the others.
///
/// **Ties** are projects that give exactly the same load; the chain says who goes first, one by one. They are
/// common: a project whose supporters carry little does not raise the highest load at all.
///
/// **Properties.** The load of what is funded never decreases. With equal costs it gives proportional justified
/// representation.
///
/// **Complexity.** For each funded project one or a few flows for each candidate whose known bound is not above the
/// best; in a flow, voters who support the same funded projects are one node.
///
/// **Source.** Sánchez-Fernández, Fernández-García, Fisteus, Brill, *The Maximin Support Method*, Mathematical
/// Programming 2024; with costs: Aziz, Lee, Talmon, *Proportionally Representative Participatory Budgeting*, AAMAS
/// 2018 (generalised sequential Phragmén).
///
/// ```
/// use quartier::count::Count;
/// use quartier::election::{Ballot, Election};
/// use quartier::rules::MaximinSupport;
///
/// // Costs 3/2, 3/2 and 1; p1 has 2 supporters and p2 has 3.
/// let election = Election::builder().budget(3)
///     .project(("p1", "1.5".parse::<quartier::Money>()?)).project(("p2", "1.5".parse::<quartier::Money>()?)).project(("p3", 1))
///     .ballot(Ballot::approval(["p1", "p2"])).ballot(Ballot::approval(["p1"]))
///     .ballot(Ballot::approval(["p2", "p3"])).ballot(Ballot::approval(["p2"]))
///     .build()?;
/// let counted = Count::of(&election, &MaximinSupport::new()).run()?;
/// assert_eq!(counted.outcome().ok_or("tie")?.winners, ["p2", "p1"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MaximinSupport(());

impl MaximinSupport {
    /// The rule; it has no settings.
    #[must_use]
    pub fn new() -> MaximinSupport {
        MaximinSupport(())
    }

    pub(super) fn from_step(step: &StepText) -> Result<MaximinSupport, StepFaults> {
        step.reader().build(Some(MaximinSupport::new()))
    }

    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the catalogue writes every rule so"
    )]
    pub(super) fn write(self, _: &mut StepWriter<'_, '_>) -> fmt::Result {
        Ok(())
    }
}

impl Sealed for MaximinSupport {}

impl Rule for MaximinSupport {
    fn id(&self) -> &'static str {
        "maximin-support"
    }

    fn text(&self) -> String {
        super::AnyRule::MaximinSupport(*self).to_string()
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        allocation.work(election.profile().marks() as u64)?;
        supporters::check_named(self.id(), election, allocation)?;
        let shares = supporters::shares(self.id(), election, allocation)?;
        let mut spread = Spread::new(election, shares);
        for (project, amount) in allocation.awarded() {
            spread.fund(project, &amount.to_ratio(), None);
        }
        let mut bounds = spread.alone();
        supporters::reject_unsupported(election, allocation);
        loop {
            let mut open = allocation.candidates();
            supporters::reject_misfits(election, &mut open, allocation);
            let tied = best(election, &open, &mut spread, &mut bounds, allocation)?;
            if tied.is_empty() {
                return Ok(());
            }
            let Some(next) = turns::next(self.id(), election, tied, allocation)? else {
                continue;
            };
            match allocation.select(next)? {
                Ok(()) => {
                    let cost = election.instance().cost_of(next).to_ratio();
                    spread.fund(next, &cost, bounds.get(next.index()).cloned());
                }
                Err(block) => allocation.reject(next, block.reason(election.instance())),
            }
        }
    }
}

/// The projects that give the smallest load, in the order of their ids. Their `bounds` are that load.
fn best(
    election: &Election,
    open: &[ProjectIx],
    spread: &mut Spread<'_>,
    bounds: &mut [Ratio],
    allocation: &mut Allocation<'_>,
) -> Result<Vec<ProjectIx>, Halt> {
    let instance = election.instance();
    // Loads only grow as projects are funded: what was found in earlier rounds bounds them from below.
    let mut order: Vec<(Ratio, ProjectIx)> = open
        .iter()
        .map(|&project| {
            let bound = bounds.get(project.index()).cloned().unwrap_or_default();
            (bound.max(spread.load().clone()), project)
        })
        .collect();
    order.sort();
    let (mut tied, mut smallest): (Vec<ProjectIx>, Option<Ratio>) = (Vec::new(), None);
    for (bound, project) in order {
        if smallest.as_ref().is_some_and(|smallest| bound > *smallest) {
            break;
        }
        let cost = instance.cost_of(project).to_ratio();
        spread.steps = 1;
        let answer = spread.with(project, &cost, &bound, smallest.as_ref());
        allocation.work(spread.steps)?;
        let (load, is_exact) = match answer {
            Answer::Exactly(load) => (load, true),
            Answer::AtLeast(load) => (load, false),
        };
        allocation.note(|| Fact::HighestLoad {
            project: instance.id_of(project),
            at_least: &load,
        });
        if is_exact && smallest.as_ref().is_none_or(|smallest| load <= *smallest) {
            if smallest.as_ref() != Some(&load) {
                tied.clear();
                smallest = Some(load.clone());
            }
            tied.push(project);
        }
        if let Some(slot) = bounds.get_mut(project.index()) {
            *slot = load;
        }
    }
    tied.sort_unstable();
    Ok(tied)
}
