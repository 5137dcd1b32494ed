//! Closing the books: everything is added up again from the entries alone.

use crate::election::Money;

use super::balance::{PotBalance, Totals};
use super::entry::{Account, EntryKind};
use super::journal::Journal;
use super::journal_fault::{JournalFault, negated};

impl Journal {
    /// Closes the books: adds everything up again from the entries alone.
    ///
    /// # Errors
    /// [`JournalFault::DoesNotClose`] if what a pot got is not what it gave and has left;
    /// [`JournalFault::IdentityBroken`] if the whole does not add up.
    pub fn close(&self) -> Result<Vec<PotBalance>, JournalFault> {
        let balances = self.balances()?;
        self.totals()?;
        Ok(balances)
    }

    /// Where all money came from and where it is, from the entries alone.
    ///
    /// # Errors
    /// [`JournalFault::IdentityBroken`] if it does not add up.
    pub fn totals(&self) -> Result<Totals, JournalFault> {
        let held = Money::checked_sum(self.left.iter().copied()).ok_or(JournalFault::BadAmount)?;
        let is_project = |account| matches!(account, Account::Project(_));
        let is_followed = |account| matches!(account, Account::Followed(_));
        let totals = Totals {
            opened: negated(self.sum(|_, account| account == Account::Source)?)?,
            carried_in: negated(self.sum(|_, account| account == Account::Earlier)?)?,
            saved: negated(self.sum(|kind, account| {
                kind == EntryKind::Save && (is_project(account) || is_followed(account))
            })?)?,
            funded: self.sum(|kind, account| kind != EntryKind::Save && is_project(account))?,
            followed: self.sum(|kind, account| kind != EntryKind::Save && is_followed(account))?,
            operation: self.sum(|_, account| account == Account::Operation)?,
            carried: self.sum(|_, account| account == Account::NextEdition)?,
            returned: self.sum(|_, account| account == Account::Treasury)?,
            held,
        };
        let came = [totals.opened, totals.carried_in, totals.saved];
        let out = [
            totals.funded,
            totals.followed,
            totals.operation,
            totals.carried,
            totals.returned,
            totals.held,
        ];
        let difference = Money::checked_sum(came)
            .and_then(|came| came.checked_sub(Money::checked_sum(out)?))
            .ok_or(JournalFault::BadAmount)?;
        if difference.is_zero() {
            Ok(totals)
        } else {
            Err(JournalFault::IdentityBroken { difference })
        }
    }

    /// What came to the accounts in the entries that are asked for.
    fn sum(&self, is: impl Fn(EntryKind, Account) -> bool) -> Result<Money, JournalFault> {
        let amounts = self.entries.iter().flat_map(|entry| {
            let postings = entry.postings.iter();
            let asked = postings.filter(|posting| is(entry.kind, posting.account));
            asked.map(|posting| posting.amount)
        });
        Money::checked_sum(amounts).ok_or(JournalFault::BadAmount)
    }

    fn balances(&self) -> Result<Vec<PotBalance>, JournalFault> {
        let zero = Money::ZERO;
        let empty = |id: &String| PotBalance {
            pot: id.clone(),
            opened: zero,
            added: zero,
            moved_in: zero,
            moved_out: zero,
            funded: zero,
            left: zero,
        };
        let mut balances: Vec<PotBalance> = self.ids.iter().map(empty).collect();
        for entry in &self.entries {
            for posting in &entry.postings {
                let Account::Pot(pot) = posting.account else {
                    continue;
                };
                let balance = balances.get_mut(pot.0).ok_or(JournalFault::NoSuchPot)?;
                balance.book(entry.kind, posting.amount)?;
            }
        }
        for (balance, &left) in balances.iter_mut().zip(&self.left) {
            balance.left = left;
            balance.check()?;
        }
        Ok(balances)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::election::ProjectIx;

    #[test]
    fn savings_and_payments_to_followed_projects_are_told_apart() {
        let mut journal = Journal::new();
        let (pot, savings) = (
            journal.open("budget", Money::from(100)).unwrap(),
            journal.open("savings", Money::ZERO).unwrap(),
        );
        let project = ProjectIx::new(0);
        journal.fund(project, &[(pot, Money::from(90))]).unwrap();
        let (bench, tower) = (journal.follow("2016/bench"), journal.follow("2016/tower"));
        let own = Account::Project(project);
        journal.save(own, savings, Money::from(7)).unwrap();
        let other = Account::Followed(bench);
        journal.save(other, savings, Money::from(5)).unwrap();
        journal
            .pay_followed(tower, savings, Money::from(11))
            .unwrap();
        let totals = journal.totals().unwrap();
        let found = [totals.saved, totals.funded, totals.followed, totals.held];
        assert_eq!(found, [12, 90, 11, 11].map(Money::from));
        assert_eq!(journal.close().unwrap()[1].moved_out, Money::from(11));
        assert_eq!(journal.followed_name(tower), "2016/tower");
        assert_eq!(
            journal.save(Account::Source, savings, Money::from(1)),
            Err(JournalFault::NoSuchProject)
        );
        assert!(
            journal
                .pay_followed(tower, savings, Money::from(2))
                .is_err()
        );
    }

    #[test]
    fn a_false_balance_is_found() {
        let mut journal = Journal::new();
        let pot = journal.open("budget", Money::from(100)).unwrap();
        journal.left[0] = Money::from(99);
        assert!(matches!(
            journal.close(),
            Err(JournalFault::DoesNotClose { .. })
        ));
        let _ = pot;
    }
}
