//! What happens to a project after the vote.

use crate::election::{Date, Money};

/// Something that happened to a project, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FollowUpEvent {
    /// What happened.
    pub what: Happening,
    /// When.
    pub on: Date,
    /// Where it is recorded: minutes, a letter.
    pub source: Option<String>,
}

/// What can happen to a project after the vote.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Happening {
    /// Work on it began.
    Started,
    /// It does not get on (*en souffrance*: held up, pending).
    Stalled {
        /// Why.
        cause: String,
        /// How much money would get it going; `0` where money does not help.
        missing: Money,
    },
    /// It gets on again.
    Resumed,
    /// It is finished.
    Delivered,
    /// It is given up.
    Abandoned {
        /// Why.
        cause: String,
    },
    /// Its cost is another than was believed.
    CostChanged {
        /// What it was believed to cost.
        from: Money,
        /// What it costs.
        to: Money,
        /// Why.
        cause: String,
    },
    /// It was given more money.
    ToppedUp {
        /// How much.
        amount: Money,
    },
    /// After its delivery it gave back what it did not need: that saving is used, and cannot be used again.
    GaveBack {
        /// How much.
        amount: Money,
    },
}

impl Happening {
    /// How it is written.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Happening::Started => "started",
            Happening::Stalled { .. } => "stalled",
            Happening::Resumed => "resumed",
            Happening::Delivered => "delivered",
            Happening::Abandoned { .. } => "abandoned",
            Happening::CostChanged { .. } => "cost-changed",
            Happening::ToppedUp { .. } => "topped-up",
            Happening::GaveBack { .. } => "gave-back",
        }
    }

    /// Why it happened, where that is said.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        match self {
            Happening::Stalled { cause, .. }
            | Happening::Abandoned { cause }
            | Happening::CostChanged { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
