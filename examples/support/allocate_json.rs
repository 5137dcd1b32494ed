//! The JSON object of a result, with the keys in the order of the contract.

use std::fmt::Write as _;

use quartier::budget::PotBalance;
use quartier::count::LotRequired;
use quartier::law::AppealTime;
use quartier::record::Decision;
use quartier::regulation::follow_up::FollowUpReport;
use quartier::regulation::{
    Admitted, Applied, AreaReport, Deviation, Digests, Edition, EditionOutcomes, EnvelopeReport,
    Exceeded, Grant, Movement, Paid, Redistributed, Refused, StageReport, StageTie, Unmet,
};
use serde::Serialize;

use crate::Report;
use crate::allocate_args::AllocateArgs;
use crate::allocate_compare::{Compared, Expected};
use crate::allocate_law::PlacedFault;

/// Why there is no result.
#[derive(Debug, Serialize)]
pub(crate) struct Failed {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// The file that has the faults.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<PlacedFault>,
}

impl Failed {
    pub(crate) fn error(why: &str) -> Failed {
        Failed {
            status: "error",
            error: Some(why.to_owned()),
            file: None,
            faults: Vec::new(),
        }
    }

    pub(crate) fn faults(file: &str, faults: Vec<PlacedFault>) -> Failed {
        Failed {
            status: "error",
            error: None,
            file: Some(file.to_owned()),
            faults,
        }
    }

    pub(crate) fn print(&self, args: &AllocateArgs) -> String {
        if args.is_json() {
            return json(self);
        }
        let mut text = self.error.clone().unwrap_or_default();
        if !self.faults.is_empty() {
            let file = self.file.as_deref().unwrap_or_default();
            text = format!("{file} has {} fault(s):", self.faults.len());
        }
        for fault in &self.faults {
            text.push('\n');
            if let (Some(line), Some(column)) = (fault.line, fault.column) {
                let _ = write!(text, "line {line}, column {column}: ");
            }
            let _ = write!(text, "{}: {}", fault.path, fault.fault);
            if !fault.why.is_empty() {
                let _ = write!(text, " ({})", fault.why);
            }
            if let Some(excerpt) = fault.excerpt.as_ref().filter(|excerpt| !excerpt.is_empty()) {
                let blanks = " ".repeat(fault.column.unwrap_or(1).saturating_sub(1));
                let _ = write!(text, "\n    {excerpt}\n    {blanks}^");
            }
            if !fault.allowed.is_empty() {
                let _ = write!(text, "\n    write {}", fault.allowed.join(" | "));
            }
        }
        text
    }
}

#[derive(Serialize)]
struct Line<'a> {
    regulation: &'a str,
    status: &'static str,
    #[serde(flatten)]
    decided: Option<Decided<'a>>,
    #[serde(flatten)]
    lot: Option<&'a LotRequired>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcomes: Option<Outcomes<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<ExpectedLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared: Option<&'a Compared>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Decided<'a> {
    edition: &'a str,
    currency: &'a str,
    digests: &'a Digests,
    envelope: &'a EnvelopeReport,
    admissions: &'a [Admitted],
    #[serde(skip_serializing_if = "Option::is_none")]
    appeals: Option<&'a AppealTime>,
    pots: &'a [PotBalance],
    stages: &'a [StageReport],
    awards: &'a [Paid],
    grants: &'a [Grant],
    refused: &'a [Refused],
    deviations: &'a [Deviation],
    redistributed: &'a [Redistributed],
    #[serde(skip_serializing_if = "FollowUpReport::is_empty")]
    follow_up: &'a FollowUpReport,
    unmet: &'a [Unmet],
    exceeded: &'a [Exceeded],
    ties: &'a [StageTie],
    areas: &'a [AreaReport],
    decisions: &'a [Decision],
    journal: &'a [Movement],
}

#[derive(Serialize)]
struct ExpectedLine<'a> {
    agrees: bool,
    #[serde(flatten)]
    differences: &'a Expected,
}

pub(crate) fn print(report: &Report) -> String {
    let (status, lot) = match &report.applied {
        Applied::LotRequired(lot) => ("lot-required", Some(lot)),
        _ => ("ok", None),
    };
    json(&Line {
        regulation: &report.law.name,
        status,
        decided: report.applied.edition().map(decided),
        lot,
        outcomes: report.outcomes.as_ref().map(outcomes),
        expected: report.expected.as_ref().map(|differences| ExpectedLine {
            agrees: differences.agrees(),
            differences,
        }),
        compared: report.compared.as_ref(),
    })
}

/// The winners of every result, or that there are too many.
#[derive(Serialize)]
#[serde(untagged)]
enum Outcomes<'a> {
    All(Vec<Vec<&'a str>>),
    TooMany(&'static str),
}

fn outcomes(outcomes: &EditionOutcomes) -> Outcomes<'_> {
    match outcomes {
        EditionOutcomes::All(all) => Outcomes::All(all.iter().map(Edition::winners).collect()),
        _ => Outcomes::TooMany("too-many"),
    }
}

fn decided(edition: &Edition) -> Decided<'_> {
    Decided {
        edition: &edition.edition,
        currency: &edition.currency,
        digests: &edition.digests,
        envelope: &edition.envelope,
        admissions: &edition.admissions,
        appeals: edition.appeals.as_ref(),
        pots: &edition.pots,
        stages: &edition.stages,
        awards: &edition.awards,
        grants: &edition.grants,
        refused: &edition.refused,
        deviations: &edition.deviations,
        redistributed: &edition.redistributed,
        follow_up: &edition.follow_up,
        unmet: &edition.unmet,
        exceeded: &edition.exceeded,
        ties: &edition.ties,
        areas: &edition.areas,
        decisions: &edition.decisions,
        journal: &edition.journal,
    }
}

fn json<T: Serialize>(value: &T) -> String {
    // All keys are texts, so this cannot fail.
    serde_json::to_string(value)
        .unwrap_or_else(|error| format!("{{\"status\":\"error\",\"error\":\"{error}\"}}"))
}
