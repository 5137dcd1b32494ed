//! What an edition did with the register: claims, payments, savings.

use serde::Serialize;

use crate::election::Money;

use super::claim::RegisterClaim;

/// What an edition did with the register of follow-up.
///
/// Projects of the edition itself that are candidates are paid like all others, so what they get is among the
/// [awards](crate::regulation::Edition::awards). All other projects of the register are paid apart, here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct FollowUpReport {
    /// Every claim of the kinds that the regulation names, in the order in which they were served, oldest first in each.
    pub claims: Vec<ServedClaim>,
    /// Every payment to a project that is none of the edition's candidates, in order.
    pub payments: Vec<FollowedPayment>,
    /// What projects gave back, the earliest first.
    pub savings: Vec<BookedSaving>,
    /// The edition's candidates of which the register knows another award than this count gives, in its order of editions
    /// and ids: one of the two is not what was decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_awards: Vec<OtherAward>,
}

/// A claim of the register, and what it was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ServedClaim {
    /// The rule of redistribution that served it, such as `redistribute-1`.
    pub rule: String,
    /// The claim as the register has it.
    #[serde(flatten)]
    pub claim: RegisterClaim,
    /// What it was paid.
    pub paid: Money,
    /// Why it was not paid all that was missing; absent if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unpaid: Option<Unpaid>,
}

/// Why a claim was not paid all that was missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case",
    tag = "why"
)]
#[non_exhaustive]
pub enum Unpaid {
    /// Claims of this kind are reported and never paid: accompaniment is operating cost.
    ReportedOnly,
    /// Money does not help, or the regulation pays no more for it.
    NothingMissing,
    /// The project was paid the same money, or the rest of it, under another kind or by an earlier rule; or it has all that
    /// it costs.
    PaidAlready,
    /// It is a candidate of this edition that this count does not fund, so it has nothing to go on with.
    NotFunded,
    /// A limit of the regulation leaves no room.
    LimitReached {
        /// The limit, and for whom it is reached.
        limit: String,
    },
    /// The leftovers were too small.
    NoMoney {
        /// What was lacking.
        short_by: Money,
    },
    /// The regulation pays no more for one claim.
    Capped {
        /// What remains missing.
        short_by: Money,
    },
}

/// A payment to a project that is none of the edition's candidates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct FollowedPayment {
    /// The project's id in its edition.
    pub project: String,
    /// The edition in which it was voted.
    pub edition: String,
    /// How much.
    pub amount: Money,
    /// From which pot.
    pub pot: String,
    /// By which rule of redistribution.
    pub rule: String,
    /// Under which kind of claim.
    pub claim: &'static str,
}

/// What a project gave back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct BookedSaving {
    /// The project's id in its edition.
    pub project: String,
    /// The edition in which it was voted.
    pub edition: String,
    /// What the register says that it saved.
    pub saved: Money,
    /// What came into the pot `savings`: less than that only where this count gave the project less than the register says,
    /// or nothing.
    pub booked: Money,
    /// Where the register claims more than these books know: what they gave the project in all, this count's award and what
    /// was added since, which is less than the register says that it received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<Money>,
}

/// A candidate of which the register knows another award than this count gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct OtherAward {
    /// The project.
    pub project: String,
    /// What the register says was awarded.
    pub register: Money,
    /// What this count awards, claims of the register apart.
    pub count: Money,
}

impl FollowUpReport {
    /// Is there nothing to report?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
            && self.payments.is_empty()
            && self.savings.is_empty()
            && self.other_awards.is_empty()
    }

    /// What a project that is none of the edition's candidates was paid.
    #[must_use]
    pub fn received(&self, edition: &str, project: &str) -> Money {
        let own = self
            .payments
            .iter()
            .filter(|paid| paid.edition == edition && paid.project == project);
        Money::checked_sum(own.map(|paid| paid.amount)).unwrap_or(Money::MAX)
    }
}
