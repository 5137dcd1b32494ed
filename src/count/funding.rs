//! Quotes: which pots would pay, or what forbids it.

use crate::budget::{Crossed, PotIx};
use crate::election::{Instance, Money, ProjectIx};
use crate::record::Reason;

/// The pots that would pay for a project, in order. Given by [`super::Allocation::quote`], taken by
/// [`super::Allocation::award`].
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a quote moves no money until it is awarded"]
pub struct Funding {
    pub(super) project: ProjectIx,
    pub(super) parts: Vec<(PotIx, Money)>,
}

impl Funding {
    /// The project.
    #[must_use]
    pub fn project(&self) -> ProjectIx {
        self.project
    }

    /// Which pots would pay how much.
    pub(crate) fn parts(&self) -> &[(PotIx, Money)] {
        &self.parts
    }

    /// What it would receive in all.
    #[must_use]
    pub fn total(&self) -> Money {
        Money::checked_sum(self.parts.iter().map(|&(_, amount)| amount)).unwrap_or(Money::MAX)
    }
}

/// What forbids funding a project.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// The pots that would pay hold too little.
    PotEmpty {
        /// What is missing.
        short_by: Money,
    },
    /// No pot pays for it here.
    NoPot,
    /// A limit of the regulation leaves no room.
    LimitReached {
        /// The limit, and for whom it is reached.
        limit: String,
    },
    /// Enough projects of an exclusive group, or a variant of this one, are funded.
    Exclusive {
        /// The group, or `variant-of`.
        group: String,
        /// A funded project of the group.
        with: ProjectIx,
    },
    /// A project that this one requires is not funded.
    Requires {
        /// That project.
        project: ProjectIx,
    },
    /// The amount is below 0, or above what has to be paid for the project.
    BadAmount {
        /// What has to be paid.
        cost: Money,
    },
    /// It has been awarded money already, in full or in part, or was ruled out.
    NotOpen,
}

impl Block {
    pub(super) fn limit(crossed: &Crossed) -> Block {
        Block::LimitReached {
            limit: format!("{} ({})", crossed.label, crossed.group),
        }
    }

    /// The reason that is recorded for a project that is blocked so.
    #[must_use]
    pub fn reason(&self, instance: &Instance) -> Reason {
        match self {
            Block::PotEmpty { short_by } => Reason::Misfit {
                short_by: *short_by,
            },
            Block::Exclusive { group, with } => Reason::Exclusive {
                group: group.clone(),
                with: instance.id_of(*with).to_owned(),
            },
            Block::Requires { project } => Reason::RequirementMissing {
                requires: instance.id_of(*project).to_owned(),
            },
            Block::NoPot => Reason::NoPot,
            Block::LimitReached { limit } => Reason::LimitReached {
                limit: limit.clone(),
            },
            Block::NotOpen | Block::BadAmount { .. } => Reason::NotReached,
        }
    }
}
