//! Claims of the register, served from leftovers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::budget::{FollowedIx, JournalFault, PotIx, ration};
use crate::count::Block;
use crate::election::{Money, ProjectIx};
use crate::law::follow_up::Followed;
use crate::law::{Claim, ClaimKind, Pay};

use super::edition::{AwardKind, Redistributed};
use super::error::{Stop, halted};
use super::follow_up::{
    FollowUpReport, FollowedPayment, RegisterClaim, ServedClaim, Unpaid, claims_by, known_debt,
};
use super::leftovers::Leftover;
use super::run::Run;

/// What a run has done with the register so far.
#[derive(Default)]
pub(super) struct FollowedBooks {
    /// The accounts of projects that are no candidates, by their place in the register.
    pub(super) accounts: BTreeMap<usize, FollowedIx>,
    /// What each project was paid, whatever for.
    paid: BTreeMap<usize, Money>,
    /// What each project was paid under a kind.
    paid_as: BTreeMap<(usize, &'static str), Money>,
    /// The pot in which savings stand, once there are any.
    pub(super) savings: Option<PotIx>,
    pub(super) report: FollowUpReport,
}

impl FollowedBooks {
    /// What a project was paid, by its place in the register.
    pub(super) fn paid(&self, place: usize) -> Money {
        self.paid.get(&place).copied().unwrap_or_default()
    }
}

/// A claim that is being served.
struct Asked<'a> {
    claim: RegisterClaim,
    /// Its place in the register, and the project there.
    place: usize,
    project: &'a Followed,
    /// The candidate that it is.
    own: Option<ProjectIx>,
    /// What it may still be paid.
    open: Money,
    /// Why it is not paid, once that is known.
    unpaid: Option<Unpaid>,
}

impl<'a> Run<'a> {
    /// Serves the claims of one kind, the oldest first.
    pub(super) fn serve_register(
        &mut self,
        claim: &Claim,
        pool: &[Leftover],
        stage: &str,
    ) -> Result<(), Stop> {
        let setting = self.setting;
        let Some(following) = &setting.following else {
            return Ok(());
        };
        let found = claims_by(
            following.register,
            &claim.kind,
            setting.law,
            |place, project| following.owed(place, project),
        );
        self.allocation
            .work(1 + found.len() as u64)
            .map_err(halted(stage))?;
        let kind = match claim.kind {
            ClaimKind::CostOverrun { .. } => AwardKind::CostOverrun,
            _ => AwardKind::Stalled,
        };
        let number = self.mark(stage, kind);
        self.allocation.mark(number);
        if claim.pay == Pay::ProRata {
            return self.share(claim, found, pool, stage);
        }
        for found in found {
            if let Some(mut asked) = self.ask(claim, found) {
                let amount = self.due(claim, &mut asked, pool);
                self.settle(asked, amount, pool, stage)?;
            }
        }
        Ok(())
    }

    /// Shares what there is among all claims of the kind that limits allow, in proportion to what they miss.
    fn share(
        &mut self,
        claim: &Claim,
        found: Vec<RegisterClaim>,
        pool: &[Leftover],
        stage: &str,
    ) -> Result<(), Stop> {
        let found = found.into_iter();
        let mut asked: Vec<Asked<'_>> = found.filter_map(|found| self.ask(claim, found)).collect();
        // What limits allow is asked as if everybody were paid in full.
        let before = self.allocation.limits().clone();
        for asked in asked.iter_mut().filter(|asked| asked.unpaid.is_none()) {
            if let (true, Some(project)) = (self.within_limits(asked, asked.open), asked.own) {
                let had = self.allocation.received(project).unwrap_or_default();
                let limits = self.allocation.limits_mut();
                limits.book_more(project, had, asked.open);
            }
        }
        *self.allocation.limits_mut() = before;
        let missing: Vec<Money> = asked
            .iter()
            .map(|asked| match asked.unpaid {
                None => asked.open,
                Some(_) => Money::ZERO,
            })
            .collect();
        let granularity = self.allocation.granularity();
        let parts = ration(self.in_all(pool), &missing, granularity);
        let parts = parts.map_err(|_| JournalFault::BadAmount)?;
        for (mut asked, part) in asked.into_iter().zip(parts) {
            if asked.unpaid.is_none() && part < asked.open {
                asked.unpaid = Some(Unpaid::NoMoney {
                    short_by: asked.open.checked_sub(part).unwrap_or_default(),
                });
            }
            self.settle(asked, part, pool, stage)?;
        }
        Ok(())
    }

    /// What a claim may be paid at most, limits and leftovers apart, and why it may not be.
    fn ask(&self, claim: &Claim, found: RegisterClaim) -> Option<Asked<'a>> {
        let following = self.setting.following.as_ref()?;
        let (place, project) = following.find(&found.edition, &found.project)?;
        let own = following.own(place);
        let had = own.map(|project| self.allocation.received(project));
        let open = found.clone().less(self.followed.paid(place)).missing;
        // A candidate has what this count gave it, and what it was given elsewhere since.
        let room = match had {
            Some(had) => {
                let has = had.unwrap_or_default().checked_add(project.topped_up());
                let most = known_debt(project, following.owed(place, project));
                most.checked_sub(has.unwrap_or(Money::MAX))
            }
            None => Some(Money::MAX),
        };
        let open = open.min(room.unwrap_or_default()).max(Money::ZERO);
        let unpaid = match (&claim.kind, had) {
            (ClaimKind::LackingSupport, _) => Some(Unpaid::ReportedOnly),
            _ if found.missing.is_zero() => Some(Unpaid::NothingMissing),
            (_, Some(None)) => Some(Unpaid::NotFunded),
            _ if open.is_zero() => Some(Unpaid::PaidAlready),
            _ => None,
        };
        Some(Asked {
            claim: found,
            place,
            project,
            own,
            open,
            unpaid,
        })
    }

    /// What a claim is paid now, and why not more.
    fn due(&self, claim: &Claim, asked: &mut Asked<'_>, pool: &[Leftover]) -> Money {
        if asked.unpaid.is_some() {
            return Money::ZERO;
        }
        let there = self.in_all(pool);
        let short_of = |wanted: Money, paid: Money| wanted.checked_sub(paid).unwrap_or_default();
        let (mut amount, mut unpaid) = (asked.open, None);
        if let Pay::Capped(cap) = claim.pay {
            let key = (asked.place, claim.kind.code());
            let before = self.followed.paid_as.get(&key).copied().unwrap_or_default();
            let left = cap.checked_sub(before).unwrap_or_default();
            amount = amount.min(left.max(Money::ZERO));
            if amount < asked.open {
                let short_by = short_of(asked.open, amount);
                unpaid = Some(Unpaid::Capped { short_by });
            }
        }
        if there < amount {
            let granularity = self.allocation.granularity();
            let part = match &claim.pay {
                Pay::Partial(share) => Money::floor_to(&there.to_ratio(), granularity)
                    .filter(|part| share.is_reached(*part, asked.open)),
                _ => None,
            };
            let part = part.unwrap_or_default();
            let wanted = if part.is_zero() { there } else { part };
            let short_by = short_of(amount, wanted);
            (amount, unpaid) = (part, Some(Unpaid::NoMoney { short_by }));
        }
        asked.unpaid = unpaid;
        if !amount.is_zero() && !self.within_limits(asked, amount) {
            amount = Money::ZERO;
        }
        amount
    }

    /// Do the limits on a candidate allow it so much more? If not, that is why it is not paid. Limits watch this edition's
    /// projects only: of others the register does not say what limits look at.
    fn within_limits(&self, asked: &mut Asked<'_>, amount: Money) -> bool {
        let Some(project) = asked.own else {
            return true;
        };
        let Err(block) = self.allocation.is_allowed_more(project, amount) else {
            return true;
        };
        let limit = match block {
            Block::LimitReached { limit } => limit,
            other => other.reason(self.setting.instance()).code().to_owned(),
        };
        asked.unpaid = Some(Unpaid::LimitReached { limit });
        false
    }

    /// Pays a claim and reports it.
    fn settle(
        &mut self,
        asked: Asked<'_>,
        amount: Money,
        pool: &[Leftover],
        stage: &str,
    ) -> Result<(), Stop> {
        if !amount.is_zero() {
            let parts = self.take(pool, amount);
            for &(left, moved) in &parts {
                self.redistributed.push(Redistributed {
                    edition: Some(asked.claim.edition.clone()),
                    ..self.redistribution(
                        left,
                        asked.claim.project.clone(),
                        asked.claim.claim,
                        moved,
                    )
                });
            }
            match asked.own {
                Some(project) => {
                    let parts = parts.iter().map(|(left, moved)| (left.pot, *moved));
                    let parts = parts.collect();
                    let paid = self.allocation.top_up(project, parts);
                    paid.map_err(halted(stage))?;
                }
                None => self.pay_followed(&asked, &parts, stage)?,
            }
            let books = &mut self.followed;
            let key = (asked.place, asked.claim.claim);
            for sum in [
                books.paid.entry(asked.place).or_default(),
                books.paid_as.entry(key).or_default(),
            ] {
                *sum = sum.checked_add(amount).unwrap_or(Money::MAX);
            }
        }
        let is_whole = amount >= asked.claim.missing;
        let unpaid = asked.unpaid;
        self.followed.report.claims.push(ServedClaim {
            rule: stage.to_owned(),
            claim: asked.claim,
            paid: amount,
            unpaid: unpaid.or_else(|| (!is_whole).then_some(Unpaid::PaidAlready)),
        });
        Ok(())
    }

    /// Pays a project that is no candidate.
    fn pay_followed(
        &mut self,
        asked: &Asked<'_>,
        parts: &[(&Leftover, Money)],
        stage: &str,
    ) -> Result<(), Stop> {
        let account = self.followed_account(asked.place, asked.project);
        for &(left, amount) in parts {
            let journal = self.allocation.journal_mut();
            journal.pay_followed(account, left.pot, amount)?;
            let pot = journal.pot_id(left.pot).to_owned();
            self.followed.report.payments.push(FollowedPayment {
                project: asked.project.id.clone(),
                edition: asked.project.edition.clone(),
                amount,
                pot,
                rule: stage.to_owned(),
                claim: asked.claim.claim,
            });
        }
        Ok(())
    }

    /// The account of a project that is no candidate.
    pub(super) fn followed_account(&mut self, place: usize, project: &Followed) -> FollowedIx {
        let journal = self.allocation.journal_mut();
        let open = || journal.follow(&format!("{}/{}", project.edition, project.id));
        *self.followed.accounts.entry(place).or_insert_with(open)
    }

    /// What leftovers hold now.
    pub(super) fn in_all(&self, pool: &[Leftover]) -> Money {
        let all = pool.iter().map(|left| self.left(left.pot));
        Money::checked_sum(all).unwrap_or(Money::MAX)
    }

    /// From which leftovers an amount comes: the largest first, of equal ones the first pot.
    pub(super) fn take<'p>(
        &self,
        pool: &'p [Leftover],
        amount: Money,
    ) -> Vec<(&'p Leftover, Money)> {
        let mut givers: Vec<&Leftover> = pool.iter().collect();
        givers.sort_by_key(|left| Reverse(self.left(left.pot)));
        let mut missing = amount;
        let mut parts = Vec::new();
        for left in givers {
            let moved = missing.min(self.left(left.pot));
            if !moved.is_zero() {
                parts.push((left, moved));
                missing = missing.checked_sub(moved).unwrap_or_default();
            }
        }
        parts
    }
}
