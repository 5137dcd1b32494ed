//! Ceilings: they watch what groups of projects receive, and never hold money.

use crate::election::Money;

/// How much room a group has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Room {
    /// This much money.
    Amount(Money),
    /// So many projects.
    Projects(u32),
}

/// Whether a ceiling forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Strictness {
    /// Nothing may cross it.
    Hard,
    /// Nothing may cross it, until leftovers are given out.
    HardUntilTopUp,
    /// Crossing it is only reported.
    Soft,
}

/// One ceiling on each of several groups of projects.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ceiling {
    /// How the regulation calls it.
    pub label: String,
    /// The groups by name, each with its room.
    pub groups: Vec<(String, Room)>,
    /// The groups of every project, in the order of the projects; a project of several groups is charged to each
    /// with an equal part of its money, and counts as one project in each.
    pub members: Vec<Vec<usize>>,
    /// Whether it forbids.
    pub strictness: Strictness,
}

impl Ceiling {
    /// A ceiling that nothing may cross.
    #[must_use]
    pub fn new(
        label: impl Into<String>,
        groups: Vec<(String, Room)>,
        members: Vec<Vec<usize>>,
    ) -> Ceiling {
        Ceiling {
            label: label.into(),
            groups,
            members,
            strictness: Strictness::Hard,
        }
    }

    /// The same ceiling with another strictness.
    #[must_use]
    pub fn strictness(mut self, strictness: Strictness) -> Ceiling {
        self.strictness = strictness;
        self
    }
}

/// A ceiling that an award would cross.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Crossed {
    /// The ceiling.
    pub label: String,
    /// The group.
    pub group: String,
}

/// When an award is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// By a rule or a guarantee.
    #[default]
    Count,
    /// When leftovers are given out.
    TopUp,
}

/// Whether a ceiling is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Force {
    /// It is.
    On,
    /// It is not.
    Off,
}
