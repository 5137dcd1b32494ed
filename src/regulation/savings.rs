//! What was saved in execution comes into the books.

use crate::budget::Account;
use crate::election::Money;
use crate::law::{Cause, SAVINGS};

use super::error::Stop;
use super::follow_up::{BookedSaving, above, savings_by};
use super::leftovers::Leftover;
use super::run::Run;

impl Run<'_> {
    /// Brings what projects gave back into the pot `savings`, if some rule takes what was saved.
    ///
    /// What projects of earlier editions saved is money that comes in. What this edition's own winners saved was awarded to
    /// them and comes back: the award stands as it was voted, so limits and the report on areas still count it, and the books
    /// have both, the award and what came back. A winner gives back what these books gave it beyond what the city owes of its
    /// cost: this count's award and what was added since, never more than the register says, and at most the award. Where
    /// the register claims more, that is told.
    pub(super) fn bring_in_savings(&mut self) -> Result<(), Stop> {
        let setting = self.setting;
        let rules = &setting.law.redistribution;
        let Some(following) = &setting.following else {
            return Ok(());
        };
        if !rules.iter().any(|rule| rule.from.contains(&Cause::Saved)) {
            return Ok(());
        }
        for saving in savings_by(following.register, |place, project| {
            following.owed(place, project)
        }) {
            let Some((place, project)) = following.find(&saving.edition, &saving.project) else {
                continue;
            };
            let (account, booked, given) = if let Some(own) = following.own(place) {
                let had = self.allocation.received(own).unwrap_or_default();
                let given = had.checked_add(project.topped_up()).unwrap_or(Money::MAX);
                let owed = following.owed(place, project).of(project.cost());
                let saved = above(above(given, owed), project.gave_back());
                let given = (given < project.received()).then_some(given);
                (
                    Account::Project(own),
                    saving.amount.min(saved).min(had),
                    given,
                )
            } else {
                let account = self.followed_account(place, project);
                (Account::Followed(account), saving.amount, None)
            };
            if !booked.is_zero() {
                let journal = self.allocation.journal_mut();
                let pot = match self.followed.savings {
                    Some(pot) => pot,
                    None => journal.open(SAVINGS, Money::ZERO)?,
                };
                self.followed.savings = Some(pot);
                journal.save(account, pot, booked)?;
            }
            self.followed.report.savings.push(BookedSaving {
                project: saving.project,
                edition: saving.edition,
                saved: saving.amount,
                booked,
                given,
            });
        }
        self.check_books()?;
        Ok(())
    }

    /// What was saved, as far as it is still there.
    pub(super) fn saved(&self) -> Option<Leftover> {
        let pot = self.followed.savings?;
        (!self.left(pot).is_zero()).then_some(Leftover {
            at: None,
            pot,
            cause: Cause::Saved,
        })
    }
}
