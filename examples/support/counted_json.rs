//! The JSON line of one counted file.

use quartier::archive::Agreement;
use quartier::count::{AllOutcomes, Award, LotRequired, Outcome, TieRecord};
use quartier::election::Money;
use serde::Serialize;

use crate::counted::{Ended, Failure, Report};

/// The JSON line, with the keys in the order of the contract.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    status: &'static str,
    #[serde(flatten)]
    decided: Option<Decided<'a>>,
    #[serde(flatten)]
    lot: Option<&'a LotRequired>,
    #[serde(flatten)]
    failure: Option<&'a Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcomes: Option<Outcomes<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    official: Option<Official<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Decided<'a> {
    winners: &'a [String],
    awards: &'a [Award],
    budget: Money,
    spent: Money,
    left: Money,
    voters: u64,
    voters_with_a_winner: u64,
    mean_winners: String,
    ties: &'a [TieRecord],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcomes<'a> {
    All(Vec<Listed<'a>>),
    TooMany(&'static str),
}

#[derive(Serialize)]
struct Listed<'a> {
    winners: &'a [String],
    awards: &'a [Award],
}

impl Listed<'_> {
    fn of(outcome: &Outcome) -> Listed<'_> {
        Listed {
            winners: &outcome.winners,
            awards: &outcome.awards,
        }
    }
}

#[derive(Serialize)]
struct Official<'a> {
    selected: &'a [String],
    agrees: Agreement,
}

/// The JSON line of a report, without its newline.
pub(crate) fn line(report: &Report) -> Result<String, serde_json::Error> {
    let (mut decided, mut lot, mut failure) = (None, None, None);
    let status = match &report.ended {
        Ended::Decided(outcome) => {
            decided = Some(decided_line(outcome));
            "ok"
        }
        Ended::LotRequired(required) => {
            lot = Some(required);
            "lot-required"
        }
        Ended::Failed(why) => {
            failure = Some(why);
            "error"
        }
    };
    let outcomes = report.outcomes.as_ref().map(|outcomes| match outcomes {
        AllOutcomes::All(all) => Outcomes::All(all.iter().map(Listed::of).collect()),
        _ => Outcomes::TooMany("too-many"),
    });
    let official = report.official.as_ref();
    let official = official.map(|(selection, agrees)| Official {
        selected: &selection.selected,
        agrees: *agrees,
    });
    serde_json::to_string(&Line {
        file: &report.file,
        rule: report.rule.as_deref(),
        status,
        decided,
        lot,
        failure,
        outcomes,
        official,
    })
}

fn decided_line(outcome: &Outcome) -> Decided<'_> {
    Decided {
        winners: &outcome.winners,
        awards: &outcome.awards,
        budget: outcome.budget,
        spent: outcome.spent,
        left: outcome.left,
        voters: outcome.voters,
        voters_with_a_winner: outcome.voters_with_a_winner,
        mean_winners: outcome.mean_winners.decimal(2),
        ties: &outcome.ties,
    }
}
