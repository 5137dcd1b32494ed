//! Equal Shares with bounded overspending, refined: all voters may overdraw, and Equal Shares decides.

use std::fmt;

use crate::count::{Allocation, Halt, Rule, Sealed};
use crate::election::{Election, ProjectIx, Utility};
use crate::exact::Ratio;
use crate::record::{Fact, Reason, StepFaults, StepText, StepWriter};

use super::bounded_overspending::{Offer, best, slopes};
use super::gains::{Gains, take_additive};
use super::purses::{Purses, State};
use super::{supporters, turns};

/// Divides the money among the voters, and lets all of them overdraw their purses as far as the best project needs it;
/// among the projects that can be bought so, the cheapest for what they give is bought.
///
/// **Definition.** Every voter has an account, which begins with an equal share of the money and may fall below zero. What is
/// above zero is the voter's purse. In each round:
///
/// 1. [`BoundedOverspending`](super::BoundedOverspending) says which project it would buy with these purses, with its `λ` and
///    the part `α` of the cost that supporters pay.
/// 2. If those who pay bear the whole cost in proportion, each pays `min(purse, λ c u) / α`. The most that this is above
///    a purse is the *overdraft* `Δ`; it is 0 where the supporters have the cost.
/// 3. Every voter, supporter or not, may now spend what would leave `−Δ` on the account. With these amounts Equal Shares
///    chooses among all projects that fit what is left: the one of the lowest rate is bought, and its
///    supporters pay `min(amount, rate × c u)`.
///
/// It ends when nothing fits whose supporters have money in their purses.
///
/// **Text.** `bos-plus:utility=cardinality`, and any other additive utility. As with `bos`, the utility is that of each
/// currency unit, so `cardinality` is what others call cost utility.
///
/// **Weights and endowments.** The money is divided by endowment, and so is the overdraft; weights multiply utilities. Twice
/// the weight with twice the endowment is two voters.
///
/// **Projects without utility for anybody** are never bought; free ones with supporters come first and cost nothing.
/// **Starting from awards**: as in [`super::ExactEqualShares`].
///
/// **Ties.** Projects of exactly the same value in step 1, and of exactly the same rate in step 3: the chain says who goes
/// first, one by one.
///
/// **Told to whoever watches:** the project of step 1 with its price and `α`, the overdraft, and for the purchase the rate, who
/// pays it in full and who gives the rest.
///
/// **Properties.** All costs together never exceed the money. Where supporters always have the cost, it is Equal Shares.
///
/// **Complexity.** For each purchase one sort of the supporters' purses for each project.
///
/// **Source.** Papasotiropoulos, Pishbin, Skibski, Skowron, Wąs, *Method of Equal Shares with Bounded Overspending*,
/// EC 2025, arXiv 2409.15005, where it is called BOS Equal Shares Plus (pseudo-code in appendix C). This is written after the
/// default form of a research program in floating-point numbers; that program has other, slower ways to find an overdraft as
/// experiments. The appendix itself was not at hand: whoever has it should compare step 2.
///
/// ```
/// use quartier::count::Count;
/// use quartier::election::{Ballot, Election, Utility};
/// use quartier::rules::BosPlus;
///
/// // 403 of 414 voters want a, and do not quite have its cost.
/// let election = Election::builder().budget(310_000)
///     .project(("a", 310_000)).project(("b", 6_000))
///     .ballots(Ballot::approval(["a"]), 403).ballots(Ballot::approval(["b"]), 11)
///     .build()?;
/// let rule = BosPlus::new(Utility::Cardinality).ok_or("not additive")?;
/// assert_eq!(Count::of(&election, &rule).run()?.outcome().ok_or("tie")?.winners, ["a"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BosPlus {
    utility: Utility,
}

impl BosPlus {
    /// The rule with this utility; `None` if it is not additive.
    #[must_use]
    pub fn new(utility: Utility) -> Option<BosPlus> {
        utility.is_additive().then_some(BosPlus { utility })
    }

    pub(super) fn from_step(step: &StepText) -> Result<BosPlus, StepFaults> {
        let mut reader = step.reader();
        let utility = take_additive(&mut reader);
        reader.build(utility.and_then(BosPlus::new))
    }

    pub(super) fn write(self, writer: &mut StepWriter<'_, '_>) -> fmt::Result {
        writer.arg("utility", self.utility).map(|_| ())
    }
}

impl Sealed for BosPlus {}

impl Rule for BosPlus {
    fn id(&self) -> &'static str {
        "bos-plus"
    }

    fn text(&self) -> String {
        super::AnyRule::BosPlus(*self).to_string()
    }

    fn allocate(&self, election: &Election, allocation: &mut Allocation<'_>) -> Result<(), Halt> {
        allocation.work(election.profile().marks() as u64)?;
        let gains = Gains::of(election, self.utility)?;
        let accounts = Purses::beginning(election, allocation);
        for project in allocation.candidates() {
            if gains.voters(project).is_empty() {
                allocation.reject(project, Reason::NotRanked);
            }
        }
        let projects = election.instance().projects().len();
        let mut round = Round {
            election,
            gains: &gains,
            accounts,
            bounds: vec![Ratio::ZERO; projects],
        };
        loop {
            let purses = round.accounts.above(&Ratio::ZERO);
            let Some((project, offer)) = round.first(&purses, allocation)? else {
                return Ok(());
            };
            let overdraft = round.overdraft(project, &offer, &purses);
            round.buy(project, &offer, &overdraft, allocation)?;
        }
    }
}

/// The accounts, and what the rounds before say of the next.
struct Round<'e> {
    election: &'e Election,
    gains: &'e Gains,
    accounts: Purses<'e>,
    /// Purses only shrink, so the values of step 1 only grow.
    bounds: Vec<Ratio>,
}

impl Round<'_> {
    /// Step 1: what bounded overspending would buy; `None` at the end.
    fn first(
        &mut self,
        purses: &Purses<'_>,
        allocation: &mut Allocation<'_>,
    ) -> Result<Option<(ProjectIx, Offer)>, Halt> {
        loop {
            let mut open = allocation.candidates();
            supporters::reject_misfits(self.election, &mut open, allocation);
            let (gains, bounds) = (self.gains, &mut self.bounds);
            let mut offers = best(self.election, &open, gains, purses, bounds, allocation)?;
            let tied: Vec<ProjectIx> = offers.iter().map(|&(project, _)| project).collect();
            if tied.is_empty() {
                return Ok(None);
            }
            if let Some(next) = turns::next("bos-plus", self.election, tied, allocation)? {
                offers.retain(|(project, _)| *project == next);
                return Ok(offers.pop());
            }
        }
    }

    /// Step 3.
    fn buy(
        &mut self,
        first: ProjectIx,
        offer: &Offer,
        overdraft: &Ratio,
        allocation: &mut Allocation<'_>,
    ) -> Result<(), Halt> {
        let amounts = self.accounts.above(overdraft);
        let id = self.election.instance().id_of(first);
        allocation.note(|| Fact::Overspending {
            project: id,
            price: &offer.price,
            covered: &offer.covered,
        });
        allocation.note(|| Fact::Overdraft {
            project: id,
            amount: overdraft,
        });
        while let Some((rate, tied)) = self.lowest(&amounts, allocation)? {
            let Some(next) = turns::next("bos-plus", self.election, tied, allocation)? else {
                continue;
            };
            let level = &rate * &self.election.instance().cost_of(next).to_ratio();
            let asks = |gain: u32| &level * self.gains.value(gain);
            let voters = self.gains.voters(next);
            if allocation.is_watched() {
                let (in_full, rest) = amounts.payments(voters, &asks);
                allocation.note(|| Fact::Purchase {
                    project: self.election.instance().id_of(next),
                    rate: &level,
                    in_full: &in_full,
                    rest: &rest,
                });
            }
            if let Err(block) = allocation.select(next)? {
                allocation.reject(next, block.reason(self.election.instance()));
                return Ok(());
            }
            let limits = self.accounts.limits(overdraft);
            let pays = |state: &State, gain: u32| Some(asks(gain).min(limits.of(state)));
            self.accounts.transfer(voters, &pays);
            self.accounts.merge();
            return Ok(());
        }
        if allocation.is_open(first) {
            // With the overdraft its supporters have its cost, so this cannot come up; if it did, it is refused by name.
            let why =
                "no project can be bought with the overdraft that one needs: please report it";
            return Err(allocation.refuse("bos-plus", why));
        }
        Ok(())
    }

    /// Step 2: for each unit of endowment.
    fn overdraft(&self, project: ProjectIx, offer: &Offer, purses: &Purses<'_>) -> Ratio {
        let parts = purses.parts(self.gains.voters(project).iter().copied());
        let beyond = parts.iter().filter_map(|part| {
            let state = purses.state(part.state)?;
            let asked = &(&offer.price * &offer.covered) * &self.gains.value(part.gain);
            let pays = asked.min(state.left.clone()).checked_div(&offer.covered)?;
            (pays - &state.left).checked_div(&purses.rate_of(state))
        });
        beyond.max().unwrap_or_default().max(Ratio::ZERO)
    }

    /// Step 3: the lowest rate, and the projects that have it.
    fn lowest(
        &self,
        amounts: &Purses<'_>,
        allocation: &mut Allocation<'_>,
    ) -> Result<Option<(Ratio, Vec<ProjectIx>)>, Halt> {
        let mut found: Option<(Ratio, Vec<ProjectIx>)> = None;
        for project in allocation.candidates() {
            allocation.work(1 + self.gains.voters(project).len() as u64)?;
            let cost = self.election.instance().cost_of(project).to_ratio();
            let Some(level) = level(project, &cost, self.gains, amounts) else {
                continue;
            };
            let rate = level.checked_div(&cost).unwrap_or_default();
            match &mut found {
                Some((lowest, tied)) if rate == *lowest => tied.push(project),
                Some((lowest, _)) if rate > *lowest => {}
                _ => found = Some((rate, vec![project])),
            }
        }
        Ok(found)
    }
}

/// The price at which supporters pay all of the cost; `None` if they have too little.
fn level(project: ProjectIx, cost: &Ratio, gains: &Gains, amounts: &Purses<'_>) -> Option<Ratio> {
    if cost.is_zero() {
        return (!gains.voters(project).is_empty()).then_some(Ratio::ZERO);
    }
    let parts = slopes(project, gains, amounts)?;
    let mut slope: Ratio = parts.iter().map(|part| &part.per_unit).sum();
    let mut rest = cost.clone();
    for part in &parts {
        if &slope * &part.empty_at >= rest {
            return rest.checked_div(&slope);
        }
        slope -= &part.per_unit;
        rest -= &part.held;
    }
    None
}
