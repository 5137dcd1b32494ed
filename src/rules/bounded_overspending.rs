//! Equal Shares with bounded overspending: a project may cost more than its supporters have.

use std::fmt;

use crate::count::{Allocation, Halt, Rule, Sealed};
use crate::election::{Election, ProjectIx, Utility};
use crate::exact::Ratio;
use crate::record::{Fact, Reason, StepFaults, StepText, StepWriter};

use super::gains::{Gains, take_additive};
use super::purses::{Purses, State};
use super::{supporters, turns};

/// Divides the money among the voters, and buys what they like best for their money, even if they do not have all
/// of it: the budget pays the rest, as long as it lasts.
///
/// **Definition.** Every voter starts with an equal share of the money. A supporter gains the utility `u` from each
/// currency unit of a project's cost `c`. With a price `λ` for each unit of gain, the supporters pay
/// `min(purse, λ c u)` each, and so a part `α` of the cost. The *price* of the project is then `ρ = λ / α`: what it
/// costs for each unit of gain if those who pay in full had to bear the rest in proportion. Of all projects that fit what is left and
/// all `λ` with `α ≤ 1`, the project with the smallest `ρ / α` is bought next, and every supporter pays
/// `min(purse, ρ c u)`. It ends when nothing fits whose supporters have money.
///
/// The smallest `λ / α²` is found exactly: between two purses that run out it first rises and then falls, so only the ends of
/// these pieces are looked at.
///
/// **Text.** `bos:utility=cardinality`, and any other additive utility. The utility is that of each currency unit, as in the
/// source: with `cardinality` an approved project gives as much as it costs, so this goes with `utility=cost` of rules that
/// take the utility of whole projects; with `points` it gives its cost for each point. Programs that take the utility of whole
/// projects count the same with `u c` for `u`: the payments `λ c u` are all that is looked at. So `bos:utility=cost`, where an
/// approved project gives the square of its cost, is rarely what is wanted.
///
/// **Weights and endowments.** The money is divided by endowment; weights multiply utilities, so twice the weight with
/// twice the endowment is two voters.
///
/// **Projects without utility for anybody** are never bought; free ones with supporters come first and cost nothing.
/// **Starting from awards**: as in [`super::ExactEqualShares`].
///
/// **Ties** are projects of exactly the same `ρ / α`; the chain says who goes first, one by one. If a project has its
/// smallest value at several `λ`, the largest holds, which covers most of the cost. A program
/// that takes the first of them in floating-point numbers decides by rounding.
///
/// **Told to whoever watches:** what each project that was looked at asks for at least, and for each purchase the price, who
/// pays it in full and who gives the rest.
///
/// **Refined.** [`BosPlus`](super::BosPlus) takes what is found here only to see how far voters may overdraw.
///
/// **Properties.** Supporters never pay more than they have, and all costs together never exceed the money. It
/// spends more than Equal Shares, and is less proportional by a bounded amount.
///
/// **Complexity.** For each purchase one sort of the supporters' purses for each project whose known value is not
/// above the best; voters with the same payments are looked at once.
///
/// **Source.** Papasotiropoulos, Pishbin, Skibski, Skowron, Wąs, *Method of Equal Shares with Bounded Overspending*,
/// EC 2025, arXiv 2409.15005.
///
/// ```
/// use quartier::count::Count;
/// use quartier::election::{Ballot, Election, Utility};
/// use quartier::rules::BoundedOverspending;
///
/// // 403 of 414 voters want a, and do not quite have its cost.
/// let election = Election::builder().budget(310_000)
///     .project(("a", 310_000)).project(("b", 6_000))
///     .ballots(Ballot::approval(["a"]), 403).ballots(Ballot::approval(["b"]), 11)
///     .build()?;
/// let rule = BoundedOverspending::new(Utility::Cardinality).ok_or("not additive")?;
/// assert_eq!(Count::of(&election, &rule).run()?.outcome().ok_or("tie")?.winners, ["a"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoundedOverspending {
    utility: Utility,
}

/// What a project asks for: `ρ / α`, `ρ c` and `α`.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    value: Ratio,
    pub(super) price: Ratio,
    pub(super) covered: Ratio,
}

/// Supporters of a project whose purses are empty at the same price.
pub(super) struct Slope {
    /// The price `λ c` at which they are empty.
    pub(super) empty_at: Ratio,
    /// Weight times utility: what they pay for each unit of the price before.
    pub(super) per_unit: Ratio,
    /// Weight times purse: what they pay from there on.
    pub(super) held: Ratio,
}

/// The supporters of a project by when their purses are empty, the poorest for what they gain first.
pub(super) fn slopes(project: ProjectIx, gains: &Gains, purses: &Purses<'_>) -> Option<Vec<Slope>> {
    let mut slopes = Vec::new();
    for part in purses.parts(gains.voters(project).iter().copied()) {
        let (gain, left) = (gains.value(part.gain), &purses.state(part.state)?.left);
        slopes.push(Slope {
            empty_at: left.checked_div(&gain)?,
            per_unit: &part.weight * &gain,
            held: &part.weight * left,
        });
    }
    slopes.sort_by(|a, b| a.empty_at.cmp(&b.empty_at));
    Some(slopes)
}

impl BoundedOverspending {
    /// The rule with this utility; `None` if it is not additive.
    #[must_use]
    pub fn new(utility: Utility) -> Option<BoundedOverspending> {
        utility
            .is_additive()
            .then_some(BoundedOverspending { utility })
    }

    pub(super) fn from_step(step: &StepText) -> Result<BoundedOverspending, StepFaults> {
        let mut reader = step.reader();
        let utility = take_additive(&mut reader);
        reader.build(utility.and_then(BoundedOverspending::new))
    }

    pub(super) fn write(self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        writer.arg("utility", self.utility).map(|_| ())
    }
}

/// The best offer of a project; `None` if its supporters have no money.
fn offer(project: ProjectIx, cost: &Ratio, gains: &Gains, purses: &Purses<'_>) -> Option<Offer> {
    if cost.is_zero() {
        return (!gains.voters(project).is_empty()).then_some(Offer {
            value: Ratio::ZERO,
            price: Ratio::ZERO,
            covered: Ratio::ONE,
        });
    }
    let parts = slopes(project, gains, purses)?;
    let mut slope: Ratio = parts.iter().map(|part| &part.per_unit).sum();
    let (mut emptied, mut best) = (Ratio::ZERO, None::<Offer>);
    for empty in parts.chunk_by(|a, b| a.empty_at == b.empty_at) {
        let Some(price) = empty.first().map(|part| &part.empty_at) else {
            continue;
        };
        let paid = &emptied + &(&slope * price);
        let is_enough = paid >= *cost;
        let price = if is_enough {
            (cost - &emptied).checked_div(&slope)?
        } else {
            price.clone()
        };
        let covered = if is_enough {
            Ratio::ONE
        } else {
            paid.checked_div(cost)?
        };
        // A part of purses that are empty already covers nothing.
        if let Some(scaled) = price.checked_div(&covered) {
            let value = scaled.checked_div(&covered)?.checked_div(cost)?;
            if best.as_ref().is_none_or(|best| value <= best.value) {
                best = Some(Offer {
                    value,
                    price: scaled,
                    covered,
                });
            }
        }
        if is_enough {
            break;
        }
        for part in empty {
            slope -= &part.per_unit;
            emptied += &part.held;
        }
    }
    best
}

impl Sealed for BoundedOverspending {}

impl Rule for BoundedOverspending {
    fn id(&self) -> &'static str {
        "bos"
    }

    fn text(&self) -> String {
        super::AnyRule::BoundedOverspending(*self).to_string()
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        allocation.work(election.profile().marks() as u64)?;
        let gains = Gains::of(election, self.utility)?;
        let mut purses = Purses::beginning(election, allocation);
        let mut bounds = vec![Ratio::ZERO; election.instance().projects().len()];
        for project in allocation.candidates() {
            if gains.voters(project).is_empty() {
                allocation.reject(project, Reason::NotRanked);
            }
        }
        loop {
            let mut open = allocation.candidates();
            supporters::reject_misfits(election, &mut open, allocation);
            let offers = best(election, &open, &gains, &purses, &mut bounds, allocation)?;
            let tied: Vec<ProjectIx> = offers.iter().map(|&(project, _)| project).collect();
            if tied.is_empty() {
                return Ok(());
            }
            let Some(next) = turns::next(self.id(), election, tied, allocation)? else {
                continue;
            };
            let Some((_, offer)) = offers.iter().find(|(project, _)| *project == next) else {
                return Ok(());
            };
            tell(election, next, offer, &gains, &purses, allocation);
            match allocation.select(next)? {
                Ok(()) => {
                    let pays = |state: &State, gain: u32| {
                        Some((&offer.price * gains.value(gain)).min(state.left.clone()))
                    };
                    purses.transfer(gains.voters(next), &pays);
                    purses.merge();
                }
                Err(block) => allocation.reject(next, block.reason(election.instance())),
            }
        }
    }
}

/// Tells how a project is bought, and who pays what for it.
fn tell(
    election: &Election,
    project: ProjectIx,
    offer: &Offer,
    gains: &Gains,
    purses: &Purses<'_>,
    allocation: &mut Allocation<'_>,
) {
    if !allocation.is_watched() {
        return;
    }
    let id = election.instance().id_of(project);
    allocation.note(|| Fact::Overspending {
        project: id,
        price: &offer.price,
        covered: &offer.covered,
    });
    let asks = |gain: u32| &offer.price * gains.value(gain);
    let (in_full, rest) = purses.payments(gains.voters(project), &asks);
    allocation.note(|| Fact::Purchase {
        project: id,
        rate: &offer.price,
        in_full: &in_full,
        rest: &rest,
    });
}

/// The projects of the smallest value, in the order of their ids. Those whose supporters have no money are left out.
pub(super) fn best(
    election: &Election,
    open: &[ProjectIx],
    gains: &Gains,
    purses: &Purses<'_>,
    bounds: &mut [Ratio],
    allocation: &mut Allocation<'_>,
) -> Result<Vec<(ProjectIx, Offer)>, Halt> {
    let bound = |project: ProjectIx| bounds.get(project.index()).cloned().unwrap_or_default();
    let mut order: Vec<(Ratio, ProjectIx)> = open
        .iter()
        .map(|&project| (bound(project), project))
        .collect();
    order.sort();
    let mut found: Vec<(ProjectIx, Offer)> = Vec::new();
    let nothing = Ratio::ZERO;
    for (bound, project) in order {
        let smallest = found.first().map(|(_, offer)| offer.value.clone());
        if smallest.as_ref().is_some_and(|smallest| bound > *smallest) {
            break;
        }
        allocation.work(1 + gains.voters(project).len() as u64)?;
        let cost = election.instance().cost_of(project).to_ratio();
        let id = election.instance().id_of(project);
        let Some(offer) = offer(project, &cost, gains, purses) else {
            allocation.note(|| Fact::Short {
                project: id,
                held: &nothing,
            });
            continue;
        };
        allocation.note(|| Fact::AsksAtLeast {
            project: id,
            value: &offer.value,
        });
        // Purses only shrink, so values only grow.
        if let Some(slot) = bounds.get_mut(project.index()) {
            slot.clone_from(&offer.value);
        }
        if smallest
            .as_ref()
            .is_none_or(|smallest| offer.value < *smallest)
        {
            found.clear();
        }
        if found
            .first()
            .is_none_or(|(_, best)| best.value == offer.value)
        {
            found.push((project, offer));
        }
    }
    found.sort_by_key(|&(project, _)| project);
    Ok(found)
}
