//! The lint that counts: published totals and the published selection against the votes.

use serde::Serialize;

use crate::count::CountError;
use crate::exact::Ratio;
use crate::pabulib::{ControlTotal, Document, Severity, controls};

use super::agreement::{Agreement, verify};

/// Something published that a recount does not confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
#[non_exhaustive]
pub enum ArchiveFinding {
    /// A `votes` or `score` cell is not what the votes add up to.
    #[error(
        "project `{project}`: the column `{column}` says {published}, the votes give {recounted}"
    )]
    TotalDiffers {
        /// The project.
        project: String,
        /// The column.
        column: &'static str,
        /// What is published.
        published: Ratio,
        /// What the votes give.
        recounted: Ratio,
    },
    /// The rule that META names does not give the published selection.
    #[error("the rule that META names ({rule}) does not give the published selection: {remark}")]
    SelectionDiffers {
        /// The name in META.
        rule: String,
        /// What differs.
        remark: String,
    },
    /// The published selection depends on how a tie was settled, which is not published.
    #[error(
        "the published selection is one of several outcomes of a tie: publish how it was settled"
    )]
    SelectionUpToTies,
    /// The published selection cannot be verified.
    #[error("the published selection cannot be verified: {remark}")]
    CannotVerify {
        /// Why.
        remark: String,
    },
}

impl ArchiveFinding {
    /// The stable kebab-case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ArchiveFinding::TotalDiffers { .. } => "total-differs",
            ArchiveFinding::SelectionDiffers { .. } => "selection-differs",
            ArchiveFinding::SelectionUpToTies => "selection-up-to-ties",
            ArchiveFinding::CannotVerify { .. } => "cannot-verify",
        }
    }

    /// How grave it is. Rules that leave something to the city (`greedy-exclusive`, `greedy-custom`) may
    /// differ for good reasons, which the file does not say.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            ArchiveFinding::TotalDiffers { .. } => Severity::Error,
            ArchiveFinding::SelectionDiffers { rule, .. }
                if !matches!(rule.as_str(), "greedy-exclusive" | "greedy-custom") =>
            {
                Severity::Error
            }
            _ => Severity::Warning,
        }
    }
}

/// Recounts a document: its `votes` and `score` columns, and its selection by the rule META names.
///
/// # Errors
/// [`CountError`] if the rule refuses the ballots.
pub fn recount(document: &Document) -> Result<Vec<ArchiveFinding>, CountError> {
    let instance = document.election().instance();
    let totals = controls(document)
        .into_iter()
        .filter(|total| !total.agrees());
    let mut findings: Vec<ArchiveFinding> = totals
        .map(
            |ControlTotal {
                 project,
                 column,
                 published,
                 recounted,
             }| ArchiveFinding::TotalDiffers {
                project: instance.id_of(project).to_owned(),
                column: column.name(),
                published,
                recounted,
            },
        )
        .collect();
    if document.selected().is_some() {
        let verdict = verify(document, &[])?;
        match verdict.agreement {
            Agreement::Yes => {}
            Agreement::UpToTies => findings.push(ArchiveFinding::SelectionUpToTies),
            Agreement::No => findings.push(ArchiveFinding::SelectionDiffers {
                rule: document.meta().rule().unwrap_or("").to_owned(),
                remark: verdict.remark,
            }),
            Agreement::CannotVerify => findings.push(ArchiveFinding::CannotVerify {
                remark: verdict.remark,
            }),
        }
    }
    Ok(findings)
}
