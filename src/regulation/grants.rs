//! Grants: what the city pays of each project's cost by the regulation's rates.

use serde::Serialize;

use crate::election::{Instance, Money, Project, Verdict};
use crate::law::{Fault, FaultKind, Law, Rate};

use super::run::Run;

/// What a project receives of its cost by the regulation's rates, and what others must add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Grant {
    /// The project.
    pub project: String,
    /// What it costs, which is what voters saw.
    pub cost: Money,
    /// What the city pays if it is funded: this much its pots are charged, and limits watch.
    pub grant: Money,
    /// What others pay: cost − grant.
    pub other_funding: Money,
    /// What it received of its grant.
    pub paid: Money,
}

impl Grant {
    /// Is the grant paid in full, or more with what a claim of the register added?
    #[must_use]
    pub fn is_funded(&self) -> bool {
        self.paid >= self.grant
    }
}

/// What has to be paid for one project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Due {
    /// The rate that is for it, by its place in the law.
    pub(super) rate: Option<usize>,
    pub(super) amount: Money,
}

/// What has to be paid for every project, in their order. Two rates for one project are a fault.
pub(super) fn dues(law: &Law, instance: &Instance, faults: &mut Vec<Fault>) -> Vec<Due> {
    let granularity = law.envelope.granularity;
    let mut twice: Vec<Vec<&str>> = vec![Vec::new(); law.rates.len()];
    let mut dues = Vec::new();
    for project in instance.projects() {
        let mut own = law.rates.iter().enumerate();
        let first = own.find(|(_, rate)| rate.holds.selects(project));
        for (at, _) in own.filter(|(_, rate)| rate.holds.selects(project)) {
            if let Some(list) = twice.get_mut(at) {
                list.push(&project.id);
            }
        }
        // The law's granularity is above zero.
        let grant = first.and_then(|(_, rate)| rate.grant(project.cost, granularity));
        dues.push(Due {
            rate: first.map(|(at, _)| at),
            amount: grant.unwrap_or(project.cost),
        });
    }
    for (at, projects) in twice.into_iter().enumerate() {
        if !projects.is_empty() {
            let why = format!(
                "an earlier rate is for these projects too: {}",
                projects.join(", ")
            );
            let path = format!("rate[{at}].holds");
            faults.push(Fault::new(path, FaultKind::Contradiction).why(why));
        }
    }
    dues
}

/// Whether a project shows that others pay what the grant leaves, with what was found; `None` where there is nothing to
/// show. The attestation of the rate's name decides, else the attribute of that name: an amount that covers it.
pub(super) fn other_funding(
    rate: &Rate,
    project: &Project,
    grant: Money,
) -> Option<(Verdict, String)> {
    let needed = project.cost.checked_sub(grant)?;
    if needed.is_zero() {
        return None;
    }
    if let Some(attestation) = project.attestations.get(&rate.other_funding) {
        return Some((attestation.verdict, attestation.reason.clone()));
    }
    let Some(text) = project.attributes.get(&rate.other_funding) else {
        return Some((Verdict::Unknown, String::new()));
    };
    let verdict = match text.parse::<Money>() {
        Ok(found) if found >= needed => Verdict::Pass,
        Ok(_) => Verdict::Fail,
        Err(_) => Verdict::Unknown,
    };
    Some((verdict, format!("{text} of {needed}")))
}

impl Run<'_> {
    /// The grants of all projects that a rate is for, in the order of their ids.
    pub(super) fn grants(&self) -> Vec<Grant> {
        let instance = self.setting.instance();
        let projects = instance.project_indices().zip(instance.projects());
        projects
            .zip(&self.setting.dues)
            .filter(|(_, due)| due.rate.is_some())
            .map(|((project, record), due)| Grant {
                project: record.id.clone(),
                cost: record.cost,
                grant: due.amount,
                other_funding: record.cost.checked_sub(due.amount).unwrap_or_default(),
                paid: self.allocation.received(project).unwrap_or_default(),
            })
            .collect()
    }
}
