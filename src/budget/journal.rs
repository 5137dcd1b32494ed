//! The double-entry journal of one count.

use crate::election::{Money, ProjectIx};

use super::balance::{PotBalance, Totals};
use super::entry::{Account, Entry, EntryKind, FollowedIx, Posting, PotIx};

/// An entry or a balance that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JournalFault {
    /// The postings of an entry do not add up to zero.
    #[error("an entry of the journal does not balance: {difference} too much")]
    Unbalanced {
        /// What is too much.
        difference: Money,
    },
    /// A pot would go below zero.
    #[error("pot `{pot}` would be overdrawn by {by}")]
    Overdrawn {
        /// The pot.
        pot: String,
        /// What is missing.
        by: Money,
    },
    /// There is no such pot.
    #[error("the journal has no such pot")]
    NoSuchPot,
    /// The account is none of a project.
    #[error("money is saved by projects, and the account is none of a project")]
    NoSuchProject,
    /// An amount that is negative or too large to be represented.
    #[error("an amount in the journal is negative or too large")]
    BadAmount,
    /// What came in is not what went out and is left.
    #[error("the identity does not close: {difference} are unaccounted for")]
    IdentityBroken {
        /// The difference.
        difference: Money,
    },
    /// At the close, what was opened is not what was funded and left.
    #[error("pot `{pot}` does not close: {difference} are unaccounted for")]
    DoesNotClose {
        /// The pot.
        pot: String,
        /// The difference.
        difference: Money,
    },
}

/// All movements of money of one count, in order.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    ids: Vec<String>,
    left: Vec<Money>,
    followed: Vec<String>,
    entries: Vec<Entry>,
}

impl Journal {
    /// An empty journal.
    #[must_use]
    pub fn new() -> Journal {
        Journal::default()
    }

    /// Opens a pot with an amount from the source.
    ///
    /// # Errors
    /// [`JournalFault::BadAmount`] if the amount is negative.
    pub fn open(&mut self, id: &str, amount: Money) -> Result<PotIx, JournalFault> {
        let pot = self.push(id);
        self.book(EntryKind::Open, Account::Source, Account::Pot(pot), amount)?;
        Ok(pot)
    }

    /// Opens a pot as a part of another, with money of that pot.
    ///
    /// # Errors
    /// [`JournalFault`] if the amount is negative or more than the other pot has.
    pub fn open_part(
        &mut self,
        id: &str,
        whole: PotIx,
        amount: Money,
    ) -> Result<PotIx, JournalFault> {
        let pot = self.push(id);
        let (from, to) = (Account::Pot(whole), Account::Pot(pot));
        self.book(EntryKind::Open, from, to, amount)?;
        Ok(pot)
    }

    fn push(&mut self, id: &str) -> PotIx {
        let pot = PotIx(self.left.len());
        self.ids.push(id.to_owned());
        self.left.push(Money::ZERO);
        pot
    }

    /// Carries money of earlier editions into a pot.
    ///
    /// # Errors
    /// [`JournalFault`] if the amount is negative or there is no such pot.
    pub fn carry_in(&mut self, pot: PotIx, amount: Money) -> Result<(), JournalFault> {
        self.book(
            EntryKind::CarryIn,
            Account::Earlier,
            Account::Pot(pot),
            amount,
        )
    }

    /// Moves money from one pot to another.
    ///
    /// # Errors
    /// [`JournalFault::Overdrawn`] if the first has less; nothing is moved then.
    pub fn transfer(&mut self, from: PotIx, to: PotIx, amount: Money) -> Result<(), JournalFault> {
        let (from, to) = (Account::Pot(from), Account::Pot(to));
        self.book(EntryKind::Transfer, from, to, amount)
    }

    /// Pays for running the participatory budget.
    ///
    /// # Errors
    /// [`JournalFault::Overdrawn`] if the pot has less.
    pub fn operate(&mut self, pot: PotIx, amount: Money) -> Result<(), JournalFault> {
        self.book(
            EntryKind::Operate,
            Account::Pot(pot),
            Account::Operation,
            amount,
        )
    }

    /// Carries money of a pot to the next edition.
    ///
    /// # Errors
    /// [`JournalFault::Overdrawn`] if the pot has less.
    pub fn carry(&mut self, pot: PotIx, amount: Money) -> Result<(), JournalFault> {
        self.book(
            EntryKind::Carry,
            Account::Pot(pot),
            Account::NextEdition,
            amount,
        )
    }

    /// Returns money of a pot to the city.
    ///
    /// # Errors
    /// [`JournalFault::Overdrawn`] if the pot has less.
    pub fn give_back(&mut self, pot: PotIx, amount: Money) -> Result<(), JournalFault> {
        self.book(
            EntryKind::Return,
            Account::Pot(pot),
            Account::Treasury,
            amount,
        )
    }

    /// Adds money from the source to a pot.
    ///
    /// # Errors
    /// [`JournalFault`] if the amount is negative or there is no such pot.
    pub fn add(&mut self, pot: PotIx, amount: Money) -> Result<(), JournalFault> {
        self.book(EntryKind::Add, Account::Source, Account::Pot(pot), amount)
    }

    /// Pays a project from pots.
    ///
    /// # Errors
    /// [`JournalFault::Overdrawn`] if a pot has less; nothing is moved then.
    pub fn fund(
        &mut self,
        project: ProjectIx,
        parts: &[(PotIx, Money)],
    ) -> Result<(), JournalFault> {
        let total = Money::checked_sum(parts.iter().map(|&(_, amount)| amount))
            .ok_or(JournalFault::BadAmount)?;
        let mut postings = vec![Posting {
            account: Account::Project(project),
            amount: total,
        }];
        for &(pot, amount) in parts {
            postings.push(Posting {
                account: Account::Pot(pot),
                amount: negated(amount)?,
            });
        }
        self.post(Entry {
            kind: EntryKind::Fund,
            postings,
        })
    }

    /// Opens an account for a project that is followed and is not one of the election's.
    pub fn follow(&mut self, name: &str) -> FollowedIx {
        self.followed.push(name.to_owned());
        FollowedIx(self.followed.len() - 1)
    }

    /// Pays a project that is followed.
    ///
    /// # Errors
    /// [`JournalFault::Overdrawn`] if the pot has less; nothing is moved then.
    pub fn pay_followed(
        &mut self,
        project: FollowedIx,
        pot: PotIx,
        amount: Money,
    ) -> Result<(), JournalFault> {
        let (from, to) = (Account::Pot(pot), Account::Followed(project));
        self.book(EntryKind::FollowUp, from, to, amount)
    }

    /// Brings what a project gives back, followed or funded here, into a pot.
    ///
    /// # Errors
    /// [`JournalFault::NoSuchProject`] if the account is none of a project, [`JournalFault::BadAmount`] if the amount is
    /// negative.
    pub fn save(
        &mut self,
        project: Account,
        pot: PotIx,
        amount: Money,
    ) -> Result<(), JournalFault> {
        if !matches!(project, Account::Project(_) | Account::Followed(_)) {
            return Err(JournalFault::NoSuchProject);
        }
        self.book(EntryKind::Save, project, Account::Pot(pot), amount)
    }

    /// Takes back what a project received from pots.
    ///
    /// # Errors
    /// [`JournalFault`] if an amount is negative or a pot does not exist.
    pub fn displace(
        &mut self,
        project: ProjectIx,
        parts: &[(PotIx, Money)],
    ) -> Result<(), JournalFault> {
        let total = Money::checked_sum(parts.iter().map(|&(_, amount)| amount))
            .ok_or(JournalFault::BadAmount)?;
        let mut postings = vec![Posting {
            account: Account::Project(project),
            amount: negated(total)?,
        }];
        postings.extend(parts.iter().map(|&(pot, amount)| Posting {
            account: Account::Pot(pot),
            amount,
        }));
        self.post(Entry {
            kind: EntryKind::Displace,
            postings,
        })
    }

    /// Books one movement from one account to another.
    fn book(
        &mut self,
        kind: EntryKind,
        from: Account,
        to: Account,
        amount: Money,
    ) -> Result<(), JournalFault> {
        if amount.is_negative() {
            return Err(JournalFault::BadAmount);
        }
        let postings = vec![
            Posting {
                account: from,
                amount: negated(amount)?,
            },
            Posting {
                account: to,
                amount,
            },
        ];
        self.post(Entry { kind, postings })
    }

    /// Checks an entry as a whole, then books it as a whole.
    fn post(&mut self, entry: Entry) -> Result<(), JournalFault> {
        let sum = Money::checked_sum(entry.postings.iter().map(|posting| posting.amount))
            .ok_or(JournalFault::BadAmount)?;
        if !sum.is_zero() {
            return Err(JournalFault::Unbalanced { difference: sum });
        }
        let mut left = self.left.clone();
        for posting in &entry.postings {
            let Account::Pot(pot) = posting.account else {
                continue;
            };
            let left = left.get_mut(pot.0).ok_or(JournalFault::NoSuchPot)?;
            *left = left
                .checked_add(posting.amount)
                .ok_or(JournalFault::BadAmount)?;
            if left.is_negative() {
                return Err(JournalFault::Overdrawn {
                    pot: self.pot_id(pot).to_owned(),
                    by: negated(*left).unwrap_or_default(),
                });
            }
        }
        self.left = left;
        self.entries.push(entry);
        Ok(())
    }

    /// All entries, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// All pots, in the order in which they were opened.
    pub fn pots(&self) -> impl Iterator<Item = PotIx> + use<> {
        (0..self.left.len()).map(PotIx)
    }

    /// Finds a pot by its id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<PotIx> {
        self.ids.iter().position(|known| known == id).map(PotIx)
    }

    /// What is left in a pot; zero if there is no such pot.
    #[must_use]
    pub fn left(&self, pot: PotIx) -> Money {
        self.left.get(pot.0).copied().unwrap_or_default()
    }

    /// The name of a project that is followed.
    #[must_use]
    pub fn followed_name(&self, project: FollowedIx) -> &str {
        self.followed.get(project.0).map_or("", |name| name)
    }

    /// The id of a pot.
    #[must_use]
    pub fn pot_id(&self, pot: PotIx) -> &str {
        self.ids.get(pot.0).map_or("", |id| id)
    }

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

/// The amount with the other sign; amounts in the books are never below zero before.
pub(super) fn negated(amount: Money) -> Result<Money, JournalFault> {
    Money::ZERO
        .checked_sub(amount)
        .ok_or(JournalFault::BadAmount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_moves_and_closes() {
        let mut journal = Journal::new();
        let pot = journal.open("budget", Money::from(100)).unwrap();
        let reserve = journal.open("reserve", Money::from(10)).unwrap();
        let project = ProjectIx::new(0);
        journal
            .fund(
                project,
                &[(pot, Money::from(100)), (reserve, Money::from(4))],
            )
            .unwrap();
        journal.add(pot, Money::from(5)).unwrap();
        let balances = journal.close().unwrap();
        assert_eq!(balances[0].left, Money::from(5));
        assert_eq!(
            (balances[1].funded, balances[1].left),
            (Money::from(4), Money::from(6))
        );
    }

    #[test]
    fn an_overdraft_is_refused_and_moves_nothing() {
        let mut journal = Journal::new();
        let pot = journal.open("budget", Money::from(100)).unwrap();
        let fault = journal.fund(
            ProjectIx::new(0),
            &[(pot, Money::from(60)), (pot, Money::from(60))],
        );
        assert_eq!(
            fault,
            Err(JournalFault::Overdrawn {
                pot: "budget".to_owned(),
                by: Money::from(20)
            })
        );
        assert_eq!(journal.left(pot), Money::from(100));
        assert_eq!(journal.entries().len(), 1);
    }

    #[test]
    fn negative_amounts_are_refused() {
        let mut journal = Journal::new();
        let minus = Money::ZERO.checked_sub(Money::from(1)).unwrap();
        assert!(journal.open("budget", minus).is_err());
    }

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
