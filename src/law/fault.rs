//! What is wrong with a regulation, and where.

use std::fmt;

use serde::{Serialize, Serializer};

/// One fault of a regulation: where it is, what it is, and what may stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Fault {
    /// The place in the document, such as `pot[1].holds`; lists count from 0.
    pub path: String,
    /// What is wrong.
    #[serde(rename = "fault")]
    pub kind: FaultKind,
    /// The answers that are allowed there, or a description of them.
    pub allowed: Vec<String>,
    /// More about it, for people; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What can be wrong with a regulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// A choice that decides money or winners was not made.
    MissingChoice,
    /// A key that regulations do not have.
    UnknownKey,
    /// A value of another type than expected.
    WrongType,
    /// A value of the right type that is none of the allowed ones.
    BadValue,
    /// Two things have the same id.
    DuplicateId,
    /// There is no such area.
    UnknownArea,
    /// There is no such pot.
    UnknownPot,
    /// There is no such stage.
    UnknownStage,
    /// An area lacks a number that a split, a balance or a report needs, or it is zero where it divides.
    MissingAttribute,
    /// More is promised than there is: the envelope above its ceiling, or parts above their whole.
    AboveParent,
    /// Two choices that cannot both be kept.
    Contradiction,
    /// Leftovers that would go round in a circle.
    CircularTransfer,
    /// The rule of a stage cannot honour what the regulation asks of it.
    RuleCannotHonour,
    /// A feature that this version does not have.
    NotAvailable,
    /// A choice that only this election makes necessary.
    ElectionNeedsChoice,
    /// What only the register of follow-up tells, and it was not given.
    NeedsRegister,
}

impl FaultKind {
    /// The short name that programs use; it never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            FaultKind::MissingChoice => "missing-choice",
            FaultKind::UnknownKey => "unknown-key",
            FaultKind::WrongType => "wrong-type",
            FaultKind::BadValue => "bad-value",
            FaultKind::DuplicateId => "duplicate-id",
            FaultKind::UnknownArea => "unknown-area",
            FaultKind::UnknownPot => "unknown-pot",
            FaultKind::UnknownStage => "unknown-stage",
            FaultKind::MissingAttribute => "missing-attribute",
            FaultKind::AboveParent => "above-parent",
            FaultKind::Contradiction => "contradiction",
            FaultKind::CircularTransfer => "circular-transfer",
            FaultKind::RuleCannotHonour => "rule-cannot-honour",
            FaultKind::NotAvailable => "not-available",
            FaultKind::ElectionNeedsChoice => "election-needs-choice",
            FaultKind::NeedsRegister => "needs-register",
        }
    }

    const fn says(self) -> &'static str {
        match self {
            FaultKind::MissingChoice => "this choice is missing",
            FaultKind::UnknownKey => "no regulation has this key",
            FaultKind::WrongType => "this is of the wrong type",
            FaultKind::BadValue => "this value is not allowed",
            FaultKind::DuplicateId => "this id is taken",
            FaultKind::UnknownArea => "there is no such area",
            FaultKind::UnknownPot => "there is no such pot",
            FaultKind::UnknownStage => "there is no such stage",
            FaultKind::MissingAttribute => "an area lacks a number that is needed",
            FaultKind::AboveParent => "this is more than there is",
            FaultKind::Contradiction => "this contradicts another choice",
            FaultKind::CircularTransfer => "leftovers would go round in a circle",
            FaultKind::RuleCannotHonour => "the rule cannot honour this",
            FaultKind::NotAvailable => "this version does not have this",
            FaultKind::ElectionNeedsChoice => "this election needs a choice here",
            FaultKind::NeedsRegister => "this needs the register of follow-up",
        }
    }
}

impl Serialize for FaultKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl Fault {
    /// A fault at a path.
    #[must_use]
    pub fn new(path: impl Into<String>, kind: FaultKind) -> Fault {
        Fault {
            path: path.into(),
            kind,
            allowed: Vec::new(),
            why: String::new(),
        }
    }

    /// The same with the answers that are allowed.
    #[must_use]
    pub fn allowed<S: AsRef<str>>(mut self, allowed: impl IntoIterator<Item = S>) -> Fault {
        self.allowed
            .extend(allowed.into_iter().map(|answer| answer.as_ref().to_owned()));
        self
    }

    /// The same with more about it.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Fault {
        self.why = why.into();
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} ({})",
            self.path,
            self.kind.says(),
            self.kind.code()
        )?;
        if !self.why.is_empty() {
            write!(f, ": {}", self.why)?;
        }
        if !self.allowed.is_empty() {
            write!(f, "; write {}", self.allowed.join(" | "))?;
        }
        Ok(())
    }
}

/// All faults of a regulation, in the order in which they were found; there is at least one where it is an error.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// These faults.
    #[must_use]
    pub fn new(faults: Vec<Fault>) -> Faults {
        Faults(faults)
    }

    /// The faults in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Faults {
    type Item = Fault;
    type IntoIter = std::vec::IntoIter<Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
