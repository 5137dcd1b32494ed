//! The double-entry journal of one count.

use crate::election::{Money, ProjectIx};

use super::entry::{Account, Entry, EntryKind, FollowedIx, Posting, PotIx};
use super::journal_fault::{JournalFault, negated};

/// All movements of money of one count, in order.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    pub(super) ids: Vec<String>,
    pub(super) left: Vec<Money>,
    followed: Vec<String>,
    pub(super) entries: Vec<Entry>,
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
}
