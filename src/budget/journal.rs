//! The double-entry journal of one count.

use serde::Serialize;

use crate::election::{Money, ProjectIx};

/// A pot of one journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PotIx(usize);

/// Where money can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Account {
    /// Outside: the city's treasury, from which pots are opened and to which nothing flows back unseen.
    Source,
    /// A pot.
    Pot(PotIx),
    /// A project.
    Project(ProjectIx),
}

/// Why money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EntryKind {
    /// A pot was opened.
    Open,
    /// Money was added to a pot by a decision.
    Add,
    /// A project was funded.
    Fund,
}

/// One movement of one account; money that comes in is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Which account.
    pub account: Account,
    /// How much came in; negative if it went out.
    pub amount: Money,
}

/// One movement of money: its postings add up to zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Why.
    pub kind: EntryKind,
    /// From where and to where.
    pub postings: Vec<Posting>,
}

/// What a pot started with, got, gave and has left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct PotBalance {
    /// The pot.
    pub pot: String,
    /// What it was opened with.
    pub opened: Money,
    /// What decisions added to it later.
    pub added: Money,
    /// What projects received from it.
    pub funded: Money,
    /// What is left in it: opened + added − funded.
    pub left: Money,
}

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
    /// An amount that is negative or too large to be represented.
    #[error("an amount in the journal is negative or too large")]
    BadAmount,
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
    pots: Vec<(String, Money)>,
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
        let pot = PotIx(self.pots.len());
        self.pots.push((id.to_owned(), Money::ZERO));
        self.transfer(
            EntryKind::Open,
            Account::Source,
            &[(Account::Pot(pot), amount)],
        )?;
        Ok(pot)
    }

    /// Adds money from the source to a pot.
    ///
    /// # Errors
    /// [`JournalFault`] if the amount is negative or there is no such pot.
    pub fn add(&mut self, pot: PotIx, amount: Money) -> Result<(), JournalFault> {
        self.transfer(
            EntryKind::Add,
            Account::Source,
            &[(Account::Pot(pot), amount)],
        )
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

    fn transfer(
        &mut self,
        kind: EntryKind,
        from: Account,
        to: &[(Account, Money)],
    ) -> Result<(), JournalFault> {
        let total = Money::checked_sum(to.iter().map(|&(_, amount)| amount))
            .ok_or(JournalFault::BadAmount)?;
        let mut postings = vec![Posting {
            account: from,
            amount: negated(total)?,
        }];
        postings.extend(
            to.iter()
                .map(|&(account, amount)| Posting { account, amount }),
        );
        self.post(Entry { kind, postings })
    }

    /// Checks an entry as a whole, then books it as a whole.
    fn post(&mut self, entry: Entry) -> Result<(), JournalFault> {
        let sum = Money::checked_sum(entry.postings.iter().map(|posting| posting.amount))
            .ok_or(JournalFault::BadAmount)?;
        if !sum.is_zero() {
            return Err(JournalFault::Unbalanced { difference: sum });
        }
        let mut pots = self.pots.clone();
        for posting in &entry.postings {
            let Account::Pot(pot) = posting.account else {
                continue;
            };
            let (id, left) = pots.get_mut(pot.0).ok_or(JournalFault::NoSuchPot)?;
            *left = left
                .checked_add(posting.amount)
                .ok_or(JournalFault::BadAmount)?;
            if left.is_negative() {
                return Err(JournalFault::Overdrawn {
                    pot: id.clone(),
                    by: negated(*left).unwrap_or_default(),
                });
            }
        }
        self.pots = pots;
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
        (0..self.pots.len()).map(PotIx)
    }

    /// What is left in a pot; zero if there is no such pot.
    #[must_use]
    pub fn left(&self, pot: PotIx) -> Money {
        self.pots.get(pot.0).map_or(Money::ZERO, |&(_, left)| left)
    }

    /// The id of a pot.
    #[must_use]
    pub fn pot_id(&self, pot: PotIx) -> &str {
        self.pots.get(pot.0).map_or("", |(id, _)| id)
    }

    /// Closes the books: adds everything up again from the entries alone.
    ///
    /// # Errors
    /// [`JournalFault::DoesNotClose`] if opened + added is not funded + left for some pot.
    pub fn close(&self) -> Result<Vec<PotBalance>, JournalFault> {
        self.pots().map(|pot| self.balance(pot)).collect()
    }

    fn balance(&self, pot: PotIx) -> Result<PotBalance, JournalFault> {
        let sum = |kind: EntryKind| {
            let postings = self
                .entries
                .iter()
                .filter(|entry| entry.kind == kind)
                .flat_map(|entry| &entry.postings);
            let amounts = postings
                .filter(|posting| posting.account == Account::Pot(pot))
                .map(|posting| posting.amount);
            Money::checked_sum(amounts).ok_or(JournalFault::BadAmount)
        };
        let (opened, added, funded) = (
            sum(EntryKind::Open)?,
            sum(EntryKind::Add)?,
            negated(sum(EntryKind::Fund)?).unwrap_or_default(),
        );
        let left = self.left(pot);
        let rest = opened
            .checked_add(added)
            .and_then(|sum| sum.checked_sub(funded))
            .ok_or(JournalFault::BadAmount)?;
        let difference = rest.checked_sub(left).ok_or(JournalFault::BadAmount)?;
        let id = self.pot_id(pot).to_owned();
        if difference.is_zero() {
            Ok(PotBalance {
                pot: id,
                opened,
                added,
                funded,
                left,
            })
        } else {
            Err(JournalFault::DoesNotClose {
                pot: id,
                difference,
            })
        }
    }
}

/// The amount with the other sign; amounts in the books are never below zero before.
fn negated(amount: Money) -> Result<Money, JournalFault> {
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
    fn a_false_balance_is_found() {
        let mut journal = Journal::new();
        let pot = journal.open("budget", Money::from(100)).unwrap();
        journal.pots[0].1 = Money::from(99);
        assert!(matches!(
            journal.close(),
            Err(JournalFault::DoesNotClose { .. })
        ));
        let _ = pot;
    }
}
