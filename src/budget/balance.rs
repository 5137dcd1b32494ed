//! What a pot got, gave and has left, and the same for the whole.

use serde::Serialize;

use crate::election::Money;

use super::entry::EntryKind;
use super::journal_fault::{JournalFault, negated};

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
    /// What came in from other pots, earlier editions and savings.
    #[serde(rename = "in")]
    pub moved_in: Money,
    /// What went out to other pots, to its parts, to projects that are followed, to the next edition, to the city.
    #[serde(rename = "out")]
    pub moved_out: Money,
    /// What projects received from it, in the end.
    pub funded: Money,
    /// What is left in it: opened + added + in − out − funded.
    pub left: Money,
}

/// Where all money came from and where it is: *opened + carried in + saved = funded + followed + operation + carried +
/// returned + held*, added up from the entries alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Totals {
    /// What the city gave, additions included.
    pub opened: Money,
    /// What was carried in from earlier editions.
    pub carried_in: Money,
    /// What projects gave back that cost less than they had received.
    pub saved: Money,
    /// What projects received.
    pub funded: Money,
    /// What projects received that are followed from elsewhere, such as earlier editions.
    pub followed: Money,
    /// What running the participatory budget took.
    pub operation: Money,
    /// What was carried to the next edition.
    pub carried: Money,
    /// What was returned to the city.
    pub returned: Money,
    /// What is left in pots.
    pub held: Money,
}

impl PotBalance {
    /// Books one posting of the pot in its column.
    pub(super) fn book(&mut self, kind: EntryKind, amount: Money) -> Result<(), JournalFault> {
        let came = !amount.is_negative();
        let (column, amount) = match kind {
            EntryKind::Open if came => (&mut self.opened, amount),
            EntryKind::Add => (&mut self.added, amount),
            EntryKind::Fund | EntryKind::Displace => (&mut self.funded, negated(amount)?),
            _ if came => (&mut self.moved_in, amount),
            _ => (&mut self.moved_out, negated(amount)?),
        };
        *column = column.checked_add(amount).ok_or(JournalFault::BadAmount)?;
        Ok(())
    }

    pub(super) fn check(&self) -> Result<(), JournalFault> {
        let got = Money::checked_sum([self.opened, self.added, self.moved_in]);
        let gave = Money::checked_sum([self.moved_out, self.funded, self.left]);
        let difference = got
            .zip(gave)
            .and_then(|(got, gave)| got.checked_sub(gave))
            .ok_or(JournalFault::BadAmount)?;
        if difference.is_zero() {
            return Ok(());
        }
        Err(JournalFault::DoesNotClose {
            pot: self.pot.clone(),
            difference,
        })
    }
}
