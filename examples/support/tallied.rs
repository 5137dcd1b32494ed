//! A finished tally with its reports, or all that is wrong with the input.

use std::fmt::Display;

use quartier::tally::table::Diagnostics;
use quartier::tally::{
    AnomalyReport, Breakdown, Difference, Ranked, Score, Tally, Uniqueness, VoidReason,
};
use serde_json::{Value, json};

/// A closed tally and what is reported of it.
pub(crate) struct Tallied {
    pub(crate) tally: Tally,
    pub(crate) score: Score,
    pub(crate) ranked: Ranked,
    pub(crate) diagnostics: Vec<Diagnostics>,
    /// Against the manifest, if there is one.
    pub(crate) differences: Option<Vec<Difference>>,
    pub(crate) breakdown: Option<Breakdown>,
    pub(crate) anomalies: AnomalyReport,
    pub(crate) unique: Uniqueness,
}

impl Tallied {
    /// Could everything be read, by channels that the rules name, and does it agree with what was announced? Void
    /// votes are votes, and no fault of the files.
    pub(crate) fn is_in_order(&self) -> bool {
        let unknown = VoidReason::UnknownChannel;
        !self.diagnostics.iter().any(Diagnostics::has_errors)
            && self.differences.as_ref().is_none_or(Vec::is_empty)
            && !self.tally.ledger().total().void.contains_key(&unknown)
    }
}

/// All that is wrong, each as an object with `fault` and `message`.
pub(crate) struct Faults(pub(crate) Vec<Value>);

impl Faults {
    pub(crate) fn one(fault: &str, message: &str) -> Faults {
        Faults(vec![json!({"fault": fault, "message": message})])
    }

    pub(crate) fn of(fault: &str, errors: &[impl Display]) -> Faults {
        let fault = |message: String| json!({"fault": fault, "message": message});
        Faults(
            errors
                .iter()
                .map(|error| fault(error.to_string()))
                .collect(),
        )
    }

    pub(crate) fn of_diagnostics(diagnostics: &Diagnostics) -> Faults {
        let fault = |diagnostic| {
            let mut value = serde_json::to_value(diagnostic).unwrap_or_default();
            value["message"] = json!(format!("{diagnostic}"));
            value
        };
        Faults(diagnostics.iter().map(fault).collect())
    }

    pub(crate) fn print(&self, is_json: bool) -> String {
        if is_json {
            return json!({"status": "error", "faults": self.0}).to_string();
        }
        let message = |fault: &Value| fault["message"].as_str().unwrap_or_default().to_owned();
        let messages: Vec<String> = self.0.iter().map(message).collect();
        messages.join("\n")
    }
}
