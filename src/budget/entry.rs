//! Entries of the journal: accounts, and why money moved between them.

use serde::Serialize;

use crate::election::{Money, ProjectIx};

/// A pot of one journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PotIx(pub(super) usize);

/// A project of one journal that is followed and is not one of the election's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FollowedIx(pub(super) usize);

/// Where money can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Account {
    /// Outside: the city's budget, from which pots are opened.
    Source,
    /// Earlier editions, from which money is carried in.
    Earlier,
    /// A pot.
    Pot(PotIx),
    /// A project.
    Project(ProjectIx),
    /// A project that is followed and is not one of the election's: of an earlier edition, as a rule.
    Followed(FollowedIx),
    /// What running the participatory budget costs.
    Operation,
    /// The next edition, to which money is carried.
    NextEdition,
    /// The city's treasury, to which money is returned.
    Treasury,
}

/// Why money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EntryKind {
    /// A pot was opened, with money of the city or of the pot that it is a part of.
    Open,
    /// Money of earlier editions was carried in.
    CarryIn,
    /// Money was added to a pot by a decision.
    Add,
    /// A project was funded.
    Fund,
    /// A project that was funded gave its place, and the money came back.
    Displace,
    /// A project that is followed, and not one of the election's, was paid.
    FollowUp,
    /// A project gave back what it did not need.
    Save,
    /// Money went from one pot to another.
    Transfer,
    /// A pot paid for running the participatory budget.
    Operate,
    /// Money was carried to the next edition.
    Carry,
    /// Money was returned to the city.
    Return,
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
