//! The texts that a law may hold: rules, tie chains and scores of this version.

use crate::law::{Fault, FaultKind, Vocabulary};
use crate::record::TieChain;
use crate::rules::Plan;
use crate::tally::{BallotRules, OptionFault, Role, Score};

/// What this version knows.
pub(super) struct Catalogue;

impl Vocabulary for Catalogue {
    fn rule(&self, text: &str) -> Result<(), String> {
        text.parse::<Plan>()
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    fn ties(&self, text: &str) -> Result<(), String> {
        text.parse::<TieChain>()
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    fn ballot(&self, options: &[(String, String)]) -> Vec<Fault> {
        match BallotRules::from_options(options.iter().cloned()) {
            Ok(rules) if rules.channels.values().all(|role| *role != Role::Binding) => {
                let why = "no channel is binding, so no vote decides anything";
                vec![Fault::new("channels", FaultKind::Contradiction).why(why)]
            }
            Ok(rules) => contradictions(&rules),
            Err(faults) => faults.faults().iter().map(fault).collect(),
        }
    }

    fn score(&self, text: &str) -> Result<(), String> {
        text.parse::<Score>()
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}

/// A fault of ballot options, in the words of a regulation.
fn fault(fault: &OptionFault) -> Fault {
    let (path, kind, allowed) = match fault {
        OptionFault::Missing { path, allowed } => {
            (path, FaultKind::MissingChoice, allowed.as_str())
        }
        OptionFault::BadValue { path, allowed, .. } => {
            (path, FaultKind::BadValue, allowed.as_str())
        }
        OptionFault::Unknown { path, allowed } => (path, FaultKind::UnknownKey, allowed.as_str()),
        OptionFault::Repeated { path } => (path, FaultKind::DuplicateId, "say it once"),
        OptionFault::Conflict { path, .. } => (
            path,
            FaultKind::Contradiction,
            "the number of projects said once",
        ),
        OptionFault::NotAnOption { found } => (found, FaultKind::BadValue, "key = value"),
    };
    Fault::new(path, kind).allowed([allowed])
}

/// Bounds of which the least is above the most, or under which no ballot names anything.
fn contradictions(rules: &BallotRules) -> Vec<Fault> {
    let bounds = &rules.bounds;
    let above = bounds
        .min
        .zip(bounds.max)
        .is_some_and(|(least, most)| least > most);
    let why = "no ballot names at least `min` and at most `max` projects";
    let above = above.then(|| Fault::new("min", FaultKind::Contradiction).why(why));
    let nothing = (bounds.max == Some(0)).then(|| {
        let why = "every ballot that names a project would be void";
        let fault = Fault::new("max", FaultKind::BadValue);
        fault
            .allowed(["a whole number from 1 without quotes, such as 3"])
            .why(why)
    });
    above.into_iter().chain(nothing).collect()
}
