//! Redistribution: `continue` gives leftovers out while everything stands; `rerun` decides a stage afresh.

use crate::budget::Phase;
use crate::count::Sources;
use crate::election::Money;
use crate::law::{Cause, Mode, Redistribution, Rest};
use crate::record::About;

use super::edition::{AwardKind, Redistributed};
use super::error::Stop;
use super::leftovers::Leftover;
use super::receiving::Target;
use super::run::{Begin, Run};

/// Leftovers of one run that reach pots before a stage of the next.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    /// The stage before which they move, by its place in the order.
    pub(super) before: usize,
    /// From which pots, by place, how much and why it was left over.
    moves: Vec<(usize, Money, Cause)>,
    /// To which pot, by its place.
    to: usize,
}

impl Run<'_> {
    /// Applies the rules that let everything stand.
    pub(super) fn redistribute(&mut self) -> Result<(), Stop> {
        self.bring_in_savings()?;
        let rules = &self.setting.law.redistribution;
        for (at, rule) in rules.iter().enumerate() {
            if rule.mode == Mode::Continue {
                self.continue_with(at, rule)?;
                self.check_books()?;
            }
        }
        Ok(())
    }

    fn continue_with(&mut self, at: usize, rule: &Redistribution) -> Result<(), Stop> {
        let target = self.target(rule);
        let pool = self.leftovers(rule, target.pot());
        if let Target::Tied(tied) = &target {
            // The pot that receives keeps its own: from what claims are paid would depend on which it is.
            let gives = |pot: &usize| pool.iter().any(|left| left.at == Some(*pot));
            if tied.iter().any(gives) {
                return Err(self.ask_receiver(at, rule, tied));
            }
        }
        let stage = format!("redistribute-{}", at + 1);
        self.enter_claims(&stage);
        for claim in &rule.claims {
            self.serve(claim, &pool, &stage)?;
            self.check_books()?;
        }
        if let Target::Tied(tied) = &target
            && !self.in_all(&pool).is_zero()
        {
            return Err(self.ask_receiver(at, rule, tied));
        }
        self.send_rest(rule, target.pot(), &pool)?;
        if let Some(stage) = rule.stage.as_ref().and_then(|id| self.place_of(id)) {
            self.carry_out(stage, Phase::TopUp)?;
        }
        Ok(())
    }

    /// All admitted projects without money may claim; they are paid as in their last stage.
    fn enter_claims(&mut self, id: &str) {
        let setting = self.setting;
        let (ways, candidates) = self.as_in_their_last_stage();
        let number = self.mark(id, AwardKind::Decision);
        self.enter(Begin {
            id: id.to_owned(),
            number,
            chain_of: setting.regulation.stages().len().saturating_sub(1),
            sources: Sources::Each(ways),
            reserve_from: None,
            candidates,
            phase: Phase::TopUp,
            limits_of: None,
        });
    }

    fn send_rest(
        &mut self,
        rule: &Redistribution,
        target: Option<usize>,
        pool: &[Leftover],
    ) -> Result<(), Stop> {
        let target = target.and_then(|at| self.pots.get(at)).copied();
        for left in pool {
            let amount = self.left(left.pot);
            if amount.is_zero() || Some(left.pot) == target {
                continue;
            }
            let journal = self.allocation.journal_mut();
            let to = match (&rule.rest, target) {
                (Rest::Pot(_) | Rest::Area(_), Some(target)) => {
                    journal.transfer(left.pot, target, amount)?;
                    format!("pot:{}", journal.pot_id(target))
                }
                (Rest::NextEdition, _) => {
                    journal.carry(left.pot, amount)?;
                    "next-edition".to_owned()
                }
                (Rest::Treasury, _) => {
                    journal.give_back(left.pot, amount)?;
                    "treasury".to_owned()
                }
                _ => continue,
            };
            self.note(left, to, "rest", amount);
        }
        Ok(())
    }

    /// The place of a stage in the order in which they run.
    fn place_of(&self, id: &str) -> Option<usize> {
        let stages = self.setting.regulation.stages();
        (0..stages.len()).find(|&at| self.stage(at).is_some_and(|stage| stage.id == id))
    }

    /// What a rule with `rerun` would move, now that all stages are done; `None` where there is nothing to move.
    pub(super) fn plan(&self, at: usize, rule: &Redistribution) -> Result<Option<Planned>, Stop> {
        let before = rule.stage.as_ref().and_then(|id| self.place_of(id));
        let target = self.target(rule);
        let pool = self.leftovers(rule, target.pot());
        if let Target::Tied(tied) = &target
            && !pool.is_empty()
        {
            return Err(self.ask_receiver(at, rule, tied));
        }
        let (Some(to), Some(before)) = (target.pot(), before) else {
            return Ok(None);
        };
        let moves: Vec<(usize, Money, Cause)> = pool
            .iter()
            .filter_map(|left| Some((left.at?, self.left(left.pot), left.cause)))
            .collect();
        // With the same money everything would be decided as before.
        Ok((!moves.is_empty()).then_some(Planned { before, moves, to }))
    }

    /// The stage of which the result is public and that a plan would decide afresh, if there is one: the stage before which
    /// money moves and all after it are decided afresh, and then the leftovers.
    pub(super) fn published_after(&self, plan: &Planned) -> Option<String> {
        let afresh = |at: usize| at >= plan.before;
        let first = || self.stage(plan.before).map(|stage| stage.id.clone());
        let published = self.setting.orders.published.iter();
        let mut barred = published.filter_map(|about| match about {
            About::Stage(id) => match self.place_of(id) {
                Some(at) if afresh(at) => Some(id.clone()),
                Some(_) => None,
                // A rule of redistribution: it comes after all stages.
                None => first(),
            },
            _ => first(),
        });
        barred.next()
    }

    /// Moves what earlier runs left over, before the stage that it was meant for.
    pub(super) fn move_planned(&mut self, planned: &[Planned], stage: usize) -> Result<(), Stop> {
        for plan in planned.iter().filter(|plan| plan.before == stage) {
            let Some(&target) = self.pots.get(plan.to) else {
                continue;
            };
            for &(at, amount, cause) in &plan.moves {
                let Some(&pot) = self.pots.get(at) else {
                    continue;
                };
                self.allocation
                    .journal_mut()
                    .transfer(pot, target, amount)?;
                let id = |pot| self.allocation.journal().pot_id(pot).to_owned();
                self.redistributed.push(Redistributed {
                    from: id(pot),
                    to: format!("pot:{}", id(target)),
                    edition: None,
                    claim: "rerun".to_owned(),
                    amount,
                    cause: cause.code().to_owned(),
                });
            }
        }
        Ok(())
    }
}
