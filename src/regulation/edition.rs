//! The result of an edition.

use serde::Serialize;

use crate::budget::{EntryKind, PotBalance};
use crate::election::Money;
use crate::exact::Ratio;
use crate::law::AppealTime;
use crate::record::{Decision, Reason};

use super::admission::Admitted;
use super::decided::Deviation;
use super::digest::Digests;
use super::fairness::AreaReport;
use super::follow_up::FollowUpReport;
use super::grants::Grant;

/// What an edition decided: self-contained, it names everything by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Edition {
    /// The regulation's name.
    pub regulation: String,
    /// The edition.
    pub edition: String,
    /// The currency of all amounts.
    pub currency: String,
    /// What all of this was computed from.
    pub digests: Digests,
    /// Where the money came from and where it is.
    pub envelope: EnvelopeReport,
    /// Projects that do not meet all conditions of eligibility, or of which it is not known, in the order of their ids.
    pub admissions: Vec<Admitted>,
    /// How long such a refusal may be appealed against, where the regulation says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub appeals: Option<AppealTime>,
    /// The pots at the close: the whole before its parts, `envelope` first.
    pub pots: Vec<PotBalance>,
    /// What each stage did.
    pub stages: Vec<StageReport>,
    /// Every payment that stands, in order.
    pub awards: Vec<Paid>,
    /// What projects receive of their cost by the regulation's rates; none where it has no rates.
    pub grants: Vec<Grant>,
    /// Every project without money, in the order of their ids, with the reason.
    pub refused: Vec<Refused>,
    /// Where people chose otherwise than the votes rank, stage by stage.
    pub deviations: Vec<Deviation>,
    /// Where leftovers went, in order.
    pub redistributed: Vec<Redistributed>,
    /// What was done with the register of follow-up, where the regulation names its claims or what was saved.
    #[serde(skip_serializing_if = "FollowUpReport::is_empty")]
    pub follow_up: FollowUpReport,
    /// Guarantees and floors that were not met.
    pub unmet: Vec<Unmet>,
    /// Limits that were crossed: soft ones, and those lifted for leftovers.
    pub exceeded: Vec<Exceeded>,
    /// The ties that were met, in order.
    pub ties: Vec<StageTie>,
    /// Each area with what it received and what it is entitled to.
    pub areas: Vec<AreaReport>,
    /// What people decided, as it was given.
    pub decisions: Vec<Decision>,
    /// Every movement of money, in order.
    pub journal: Vec<Movement>,
}

impl Edition {
    /// The projects that receive money, in the order of selection.
    #[must_use]
    pub fn winners(&self) -> Vec<&str> {
        let mut winners: Vec<&str> = Vec::new();
        for paid in &self.awards {
            if !winners.contains(&paid.project.as_str()) {
                winners.push(&paid.project);
            }
        }
        winners
    }

    /// What a project receives from all pots.
    #[must_use]
    pub fn received(&self, project: &str) -> Money {
        let own = self.awards.iter().filter(|paid| paid.project == project);
        Money::checked_sum(own.map(|paid| paid.amount)).unwrap_or(Money::MAX)
    }

    /// The balance of a pot.
    #[must_use]
    pub fn pot(&self, id: &str) -> Option<&PotBalance> {
        self.pots.iter().find(|pot| pot.pot == id)
    }

    /// Why a project receives nothing; `None` if it does or is not known.
    #[must_use]
    pub fn refusal(&self, project: &str) -> Option<&Reason> {
        let refused = self
            .refused
            .iter()
            .find(|refused| refused.project == project);
        refused.map(|refused| &refused.reason)
    }
}

/// The envelope at the close: *voted + extra + carried in + saved = funded + followed + operation + carried + returned +
/// held*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct EnvelopeReport {
    /// What the ceiling is a share of.
    pub base: Money,
    /// The most that the edition may take from the base.
    pub ceiling: Money,
    /// What was voted.
    pub voted: Money,
    /// What decisions added.
    pub extra: Money,
    /// The share of the base that was taken.
    pub share: Option<Ratio>,
    /// What was carried in from earlier editions.
    pub carried_in: Money,
    /// What projects gave back that cost less than they had received, of this edition and of earlier ones.
    pub saved: Money,
    /// What this edition's projects received; what some of them gave back is in it.
    pub funded: Money,
    /// What other projects of the register received.
    pub followed: Money,
    /// What running the participatory budget took from the envelope.
    pub operation: Money,
    /// What running it costs outside the envelope.
    pub operation_outside: Money,
    /// What is carried to the next edition.
    pub carried: Money,
    /// What is returned to the city.
    pub returned: Money,
    /// What stays in pots.
    pub held: Money,
}

/// What a stage did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct StageReport {
    /// The stage.
    pub stage: String,
    /// How it decided.
    pub method: String,
    /// The article that it implements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// What its pots held when it began.
    pub available: Money,
    /// How many projects took part.
    pub candidates: usize,
    /// What it awarded.
    pub funded: Money,
}

/// By what a payment came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AwardKind {
    /// The stage's method.
    Vote,
    /// A guarantee.
    Guarantee,
    /// A recorded decision.
    Decision,
    /// A claim of an almost funded project.
    AlmostFunded,
    /// A claim of the next on the list.
    NextOnList,
    /// A claim of an under-served area.
    UnderServed,
    /// A claim of a project that turned out dearer.
    CostOverrun,
    /// A claim of a project that does not get on.
    Stalled,
    /// A stage that went on with leftovers.
    Continued,
    /// A recorded decision that put it in a winner's place.
    Substitute,
}

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Paid {
    /// The project.
    pub project: String,
    /// How much.
    pub amount: Money,
    /// From which pot.
    pub pot: String,
    /// In which stage.
    pub stage: String,
    /// By what.
    pub kind: AwardKind,
}

/// A project without money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Refused {
    /// The project.
    pub project: String,
    /// The last stage that looked at it; absent if it never came to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Why.
    #[serde(flatten)]
    pub reason: Reason,
}

/// Money that was left over and went somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Redistributed {
    /// The pot in which it was left over.
    pub from: String,
    /// The project, the pot (`pot:ID`), `next-edition` or `treasury`.
    pub to: String,
    /// The edition of the project, where it claims by the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The claim, or `rest`.
    pub claim: String,
    /// How much.
    pub amount: Money,
    /// Why it was left over.
    pub cause: String,
}

/// A guarantee or a floor that was not met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Unmet {
    /// The stage, or the limit.
    pub what: String,
    /// The area or theme.
    pub group: String,
    /// What was wanted.
    pub wanted: String,
    /// What there is.
    pub got: String,
    /// Why there is not more.
    pub why: String,
    /// The best project of the group without money, and why it has none, where it is this that is in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Refused>,
}

/// A limit that was crossed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Exceeded {
    /// The limit.
    pub limit: String,
    /// For whom.
    pub group: String,
}

/// A tie that was met in a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct StageTie {
    /// The stage.
    pub stage: String,
    /// All that were tied.
    pub tied: Vec<String>,
    /// Those that went first.
    pub chosen: Vec<String>,
    /// What settled it.
    pub by: String,
}

/// One movement of money, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Movement {
    /// Its number, from 1.
    pub number: usize,
    /// Why.
    pub kind: EntryKind,
    /// From where, with how much.
    pub from: Vec<(String, Money)>,
    /// To where, with how much.
    pub to: Vec<(String, Money)>,
}
