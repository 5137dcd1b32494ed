//! The report on admission: who was refused, who won an appeal.

use serde::Serialize;

use crate::record::Reason;

use super::eligibility::{Admission, admission};
use super::setting::Setting;

/// A project whose admission was not a matter of course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Admitted {
    /// The project.
    pub project: String,
    /// What became of it.
    pub verdict: AdmissionVerdict,
    /// The condition that it does not meet, or of which nobody has said.
    pub condition: String,
    /// What was found instead: what somebody attested, the project's own figure; empty where nobody has said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub found: String,
    /// Who let it take part, where somebody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Why they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<String>,
}

/// What became of a project that does not meet all conditions, or of which it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AdmissionVerdict {
    /// A condition is not met.
    Refused,
    /// Nobody has said whether a condition is met, and the regulation excludes such projects.
    Unknown,
    /// People let it take part all the same: a decision `include`.
    Restored,
}

/// Everybody whose admission was not a matter of course, in the order of ids.
pub(super) fn report(setting: &Setting<'_>) -> Vec<Admitted> {
    let instance = setting.instance();
    let projects = instance.project_indices().zip(instance.projects());
    let projects = projects.zip(&setting.dues);
    let mut all: Vec<Admitted> = projects
        .filter_map(|((project, record), due)| {
            if setting.orders.out.iter().any(|(out, _)| *out == project) {
                return None;
            }
            let restored = setting
                .orders
                .included
                .iter()
                .find(|order| order.project == project);
            let (condition, found, verdict) = match admission(setting.law, record, *due) {
                Admission::Refused(Reason::Ineligible { condition, found }) => {
                    (condition, found, AdmissionVerdict::Refused)
                }
                Admission::Unknown(condition) => {
                    (condition, String::new(), AdmissionVerdict::Unknown)
                }
                _ => return None,
            };
            Some(Admitted {
                project: record.id.clone(),
                verdict: restored.map_or(verdict, |_| AdmissionVerdict::Restored),
                condition,
                found,
                by: restored.map(|order| order.by.clone()),
                justification: restored.map(|order| order.justification.clone()),
            })
        })
        .collect();
    all.sort_by(|one, other| one.project.cmp(&other.project));
    all
}
