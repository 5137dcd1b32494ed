//! Does a count give the published selection?

use std::fmt;

use serde::Serialize;

use crate::count::{Count, CountError, Counted, Outcome, Reached};
use crate::pabulib::Document;
use crate::record::{Decision, DecisionFaults, TieChain};

use super::meta_rule::MetaRule;
use super::selection::Selection;

/// How many ways of settling ties are tried before giving up.
const RUNS: usize = 10_000;

/// How a count compares with the published selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Agreement {
    /// The outcome is the published selection.
    Yes,
    /// The published selection is another outcome of the same tied count.
    UpToTies,
    /// No order of tied projects leads to the published selection.
    No,
    /// The rule is unknown, not available, or needs what is not published.
    CannotVerify,
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Agreement::Yes => "yes",
            Agreement::UpToTies => "up-to-ties",
            Agreement::No => "no",
            Agreement::CannotVerify => "cannot-verify",
        })
    }
}

/// What came of verifying a published election.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// The comparison.
    pub agreement: Agreement,
    /// The rule's text, where one could be counted.
    pub rule: Option<String>,
    /// What was assumed because META does not say it, and why it cannot be verified, or what differs; empty
    /// where it agrees without an assumption.
    pub remark: String,
    /// The outcome that was compared, where there is one.
    pub outcome: Option<Box<Outcome>>,
}

impl Verdict {
    fn cannot(remark: impl Into<String>) -> Verdict {
        Verdict {
            agreement: Agreement::CannotVerify,
            rule: None,
            remark: remark.into(),
            outcome: None,
        }
    }
}

impl Selection {
    /// Compares an outcome with this selection, and where they differ looks for an order of tied
    /// projects that leads to it.
    ///
    /// `tied` must be the same count as gave the outcome, with its ties left open.
    ///
    /// # Errors
    /// [`CountError`], as for the count itself.
    pub fn compare(
        &self,
        outcome: Option<&Outcome>,
        tied: Count<'_>,
    ) -> Result<Agreement, CountError> {
        if outcome.is_some_and(|outcome| self.is(outcome)) {
            return Ok(Agreement::Yes);
        }
        let published: Vec<&str> = self
            .selected
            .iter()
            .chain(&self.with_extra)
            .map(String::as_str)
            .collect();
        Ok(
            match tied.reaches(&published, RUNS, |outcome| self.is(outcome))? {
                Reached::Yes(_) => Agreement::UpToTies,
                Reached::No => Agreement::No,
                Reached::TooMany => Agreement::CannotVerify,
            },
        )
    }
}

/// Counts a published election by the rule its META names, and compares it with its `selected` column.
///
/// `decisions` are those that people recorded about it; withdrawals that the file itself marks are added,
/// unless a decision is about the same project. Ties are left open: if one binds, the answer is
/// [`Agreement::UpToTies`] or [`Agreement::No`], never [`Agreement::Yes`].
///
/// # Errors
/// [`CountError`] if the decisions cannot be carried out or the rule refuses the ballots.
pub fn verify(document: &Document, decisions: &[Decision]) -> Result<Verdict, CountError> {
    let Some(selection) = Selection::of(document) else {
        return Ok(Verdict::cannot("no selection is published"));
    };
    let prepared = match MetaRule::of(document) {
        MetaRule::Known(prepared) => prepared,
        MetaRule::NotAvailable { rule } => {
            return Ok(Verdict::cannot(format!("rule not available yet: {rule}")));
        }
        MetaRule::Unknown { rule } => {
            return Ok(Verdict::cannot(format!("unknown rule: `{rule}`")));
        }
        MetaRule::Unreadable { key, value } => {
            return Ok(Verdict::cannot(format!(
                "META {key} cannot be read: `{value}`"
            )));
        }
    };
    let decisions = prepared.decisions_with(decisions)?;
    let count = || {
        Count::of(document.election(), &prepared.plan)
            .decisions(&decisions)
            .ties(TieChain::none())
    };
    let counted = count().run()?;
    let outcome = match counted {
        Counted::Decided(outcome) => Some(outcome),
        Counted::LotRequired(_) => None,
    };
    let agreement = selection.compare(outcome.as_deref(), count())?;
    let remark = match (&outcome, agreement) {
        (_, Agreement::Yes) => String::new(),
        (Some(outcome), Agreement::No) => {
            let (missing, unexpected) = selection.differences(outcome);
            format!(
                "published and not counted: {}; counted and not published: {}",
                list(&missing),
                list(&unexpected)
            )
        }
        (None, Agreement::No) => {
            "no order of the tied projects leads to the published selection".to_owned()
        }
        (_, Agreement::UpToTies) => {
            "a tie binds, and the published selection is one of its outcomes".to_owned()
        }
        (_, Agreement::CannotVerify) => "there are too many ways to settle the ties".to_owned(),
    };
    let remarks: Vec<String> = prepared
        .assumption
        .iter()
        .cloned()
        .chain(Some(remark).filter(|remark| !remark.is_empty()))
        .collect();
    let remark = remarks.join("; ");
    Ok(Verdict {
        agreement,
        rule: Some(prepared.plan.to_string()),
        remark,
        outcome,
    })
}

impl super::Prepared {
    /// The decisions that people recorded, with the file's own where they do not speak of the same.
    ///
    /// # Errors
    /// [`CountError::Decisions`] if they contradict each other.
    pub fn decisions_with(&self, recorded: &[Decision]) -> Result<Vec<Decision>, CountError> {
        let own = self
            .decisions
            .iter()
            .filter(|own| recorded.iter().all(|decision| decision.about != own.about));
        let all: Vec<Decision> = recorded.iter().chain(own).cloned().collect();
        crate::record::check_all(&all)
            .map_err(|faults: DecisionFaults| CountError::Decisions(faults))?;
        Ok(all)
    }
}

fn list(ids: &[String]) -> String {
    if ids.is_empty() {
        "none".to_owned()
    } else {
        ids.join(", ")
    }
}
