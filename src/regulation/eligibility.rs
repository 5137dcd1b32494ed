//! Eligibility: three answers for every condition.

use crate::election::{Money, Project, Verdict};
use crate::law::{Eligibility, Law, proposer_text};
use crate::record::Reason;

use super::grants::{Due, other_funding};

/// What became of a project's admission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Admission {
    Admitted,
    Refused(Reason),
    /// Nobody has said whether this condition is met.
    Unknown(String),
}

/// A condition that was looked at: its name, the verdict and what was found.
type Looked = (String, Verdict, String);

/// Looks at all conditions: what fails decides before what is unknown.
pub(super) fn admission(law: &Law, project: &Project, due: Due) -> Admission {
    let mut looked = conditions(&law.eligibility, project);
    looked.extend(of_grant(law, project, due));
    let first = |verdict: Verdict| looked.iter().find(|(_, found, _)| *found == verdict);
    if let Some((condition, _, found)) = first(Verdict::Fail) {
        return Admission::Refused(Reason::Ineligible {
            condition: condition.clone(),
            found: found.clone(),
        });
    }
    first(Verdict::Unknown).map_or(Admission::Admitted, |(condition, ..)| {
        Admission::Unknown(condition.clone())
    })
}

/// What a rate asks for: something to pay, and somebody who pays the rest.
fn of_grant(law: &Law, project: &Project, due: Due) -> Vec<Looked> {
    let Some(rate) = due.rate.and_then(|at| law.rates.get(at)) else {
        return Vec::new();
    };
    let mut looked = Vec::new();
    if due.amount.is_zero() && !project.cost.is_zero() {
        looked.push(("grant".to_owned(), Verdict::Fail, Money::ZERO.to_string()));
    }
    let other = other_funding(rate, project, due.amount);
    looked.extend(other.map(|(verdict, found)| (rate.other_funding.clone(), verdict, found)));
    looked
}

fn conditions(law: &Eligibility, project: &Project) -> Vec<Looked> {
    let verdict = |holds: bool| if holds { Verdict::Pass } else { Verdict::Fail };
    let mut looked: Vec<Looked> = Vec::new();
    if let Some(kinds) = &law.proposers {
        let found = project.proposer.as_ref();
        let text = found.map(proposer_text).unwrap_or_default();
        let answer = found.map_or(Verdict::Unknown, |kind| verdict(kinds.contains(kind)));
        looked.push(("proposer".to_owned(), answer, text));
    }
    if let Some(most) = law.delivery_months_at_most {
        let found = project.delivery_months;
        let text = found.map(|months| months.to_string()).unwrap_or_default();
        let answer = found.map_or(Verdict::Unknown, |months| verdict(months <= most));
        looked.push(("delivery-months".to_owned(), answer, text));
    }
    let cost = project.cost;
    for (name, holds) in [
        (
            "cost-at-least",
            law.cost_at_least.is_none_or(|least| cost >= least),
        ),
        (
            "cost-at-most",
            law.cost_at_most.is_none_or(|most| cost <= most),
        ),
    ] {
        looked.push((name.to_owned(), verdict(holds), cost.to_string()));
    }
    for name in &law.attested {
        let attestation = project.attestations.get(name);
        let answer = attestation.map_or(Verdict::Unknown, |attestation| attestation.verdict);
        let reason = attestation.map(|attestation| attestation.reason.clone());
        looked.push((name.clone(), answer, reason.unwrap_or_default()));
    }
    looked
}
