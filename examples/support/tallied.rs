//! A finished tally with its reports, or all that is wrong with the input.

use std::fmt::Display;

use crate::tallied_others::OtherChannel;
use quartier::tally::anomaly::AnomalyReport;
use quartier::tally::breakdown::Breakdown;
use quartier::tally::manifest::Difference;
use quartier::tally::ranking::Ranked;
use quartier::tally::table::Diagnostics;
use quartier::tally::uniqueness::Uniqueness;
use quartier::tally::{Score, Tally, VoidReason};
use serde_json::{Value, json};

/// As many of anything are listed in JSON; the others are counted.
pub(crate) const MOST_LISTED: usize = 1_000;

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
    /// Where the city has stated how small a group may be.
    pub(crate) unique: Option<Uniqueness>,
    /// Ids or pseudonyms of voters whose ids look alike.
    pub(crate) look_alikes: Vec<(String, String)>,
    /// What people should know of how the rules were read.
    pub(crate) notes: Vec<String>,
    /// Channels that decide nothing.
    pub(crate) others: Vec<OtherChannel>,
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
            let value = serde_json::to_value(diagnostic).unwrap_or_default();
            with_message(value, &format!("{diagnostic}"))
        };
        Faults(diagnostics.iter().map(fault).collect())
    }

    pub(crate) fn add(&mut self, other: Faults) {
        self.0.extend(other.0);
    }

    /// The value, if nothing is wrong.
    pub(crate) fn or<T>(self, value: T) -> Result<T, crate::Failure> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self.into())
        }
    }

    /// As JSON the first thousand, as text as many as are asked for; always with how many there are.
    pub(crate) fn print(&self, is_json: bool, most: usize) -> String {
        let all = self.0.len();
        if is_json {
            let listed = self.0.get(..MOST_LISTED.min(all)).unwrap_or_default();
            return json!({"status": "error", "faults": listed, "faults-in-all": all}).to_string();
        }
        let message = |fault: &Value| {
            fault
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let mut messages: Vec<String> = self.0.iter().take(most.max(1)).map(message).collect();
        if all > messages.len() {
            messages.push(format!("and {} more", all - messages.len()));
        }
        messages.join("\n")
    }
}

/// A fault as an object, with its message beside what it says already.
pub(crate) fn with_message(value: Value, message: &str) -> Value {
    let mut object = match value {
        Value::Object(object) => object,
        _ => serde_json::Map::new(),
    };
    object.insert("message".to_owned(), json!(message));
    Value::Object(object)
}
