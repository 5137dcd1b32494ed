//! Ballots: what a valid one is, and what happens to the others.

use super::check::Vocabulary;
use super::fault::{Fault, FaultKind};
use super::reader::Reader;
use super::value::Value;

/// What a valid ballot is, which channels count, and what happens to the others: the options of the `[ballot]` table,
/// tables in it written with a dot (`channels.paper`). Whoever tallies ballots knows what they mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BallotLaw {
    /// Keys and values, in the order of the document.
    pub options: Vec<(String, String)>,
}

/// The keys that must be written, with what may stand there.
const REQUIRED: &[(&str, &[&str])] = &[
    (
        "form",
        &[
            "approval",
            "choose-one",
            "knapsack",
            "ranked",
            "points",
            "grades",
            "signed",
        ],
    ),
    ("invalid", &["void", "truncate", "drop-line"]),
    (
        "duplicates",
        &["first", "last", "paper-wins", "void-all", "refuse"],
    ),
    ("blank-ballots-count", &["true", "false"]),
    (
        "channels",
        &["{ internet = \"binding\", paper = \"binding\" }"],
    ),
];
/// Keys that are whole numbers.
const NUMBERS: [&str; 4] = ["min", "max", "exactly", "max-areas"];
/// Keys that are texts; of any other key that is a number, those who tally say that it does not exist.
const TEXTS: [&str; 13] = [
    "form",
    "scale",
    "tied-ranks",
    "min-cost",
    "max-cost",
    "min-points",
    "max-points",
    "min-sum",
    "max-sum",
    "invalid",
    "duplicates",
    "duplicates-among",
    "mass",
];
/// Forms that bound the number of projects by themselves, or not at all.
const UNBOUNDED: [&str; 5] = ["choose-one", "knapsack", "grades", "signed", "for-against"];

impl BallotLaw {
    pub(super) fn read(
        keys: &[(String, Value)],
        reader: &Reader<'_>,
        words: &dyn Vocabulary,
    ) -> Option<BallotLaw> {
        let at = |key: &str| format!("{}.{key}", reader.at("ballot"));
        let has = |key: &str| keys.iter().any(|(known, _)| known == key);
        let mut missing: Vec<String> = Vec::new();
        for (key, allowed) in REQUIRED.iter().filter(|(key, _)| !has(key)) {
            missing.push(at(key));
            let fault = Fault::new(at(key), FaultKind::MissingChoice);
            reader.sink().push(fault.allowed(*allowed));
        }
        let form = keys.iter().find_map(|(key, value)| match value {
            Value::Text(text) if key == "form" => Some(text.as_str()),
            _ => None,
        });
        let unbounded = form.is_none_or(|form| UNBOUNDED.contains(&form));
        if !unbounded && !has("max") && !has("exactly") {
            let fault = Fault::new(at("max"), FaultKind::MissingChoice);
            reader
                .sink()
                .push(fault.allowed(["max = 3", "exactly = 3"]));
        }
        let mut options = Vec::new();
        let complete = flatten(keys, "", &mut options, &|key, value, allowed| {
            let why = format!("found {}", value.what());
            let fault = Fault::new(at(key), FaultKind::WrongType).why(why);
            reader.sink().push(fault.allowed([allowed]));
        });
        if !complete {
            return None;
        }
        let faults = words.ballot(&options);
        let is_new = |fault: &Fault| !missing.iter().any(|path| *path == at(&fault.path));
        for mut fault in faults.into_iter().filter(is_new) {
            fault.path = at(&fault.path);
            reader.sink().push(fault);
        }
        Some(BallotLaw { options })
    }
}

/// Writes a table as keys and texts; `false` if a value is of a type that no option has.
fn flatten(
    keys: &[(String, Value)],
    prefix: &str,
    options: &mut Vec<(String, String)>,
    wrong: &dyn Fn(&str, &Value, &str),
) -> bool {
    let mut complete = true;
    for (key, value) in keys {
        let path = format!("{prefix}{key}");
        let text = match value {
            Value::Table(keys) => {
                complete &= flatten(keys, &format!("{path}."), options, wrong);
                continue;
            }
            Value::Flag(flag) if key == "blank-ballots-count" => Ok(flag.to_string()),
            _ if key == "blank-ballots-count" => Err("true or false"),
            Value::Integer(number) if NUMBERS.contains(&key.as_str()) => Ok(number.to_string()),
            _ if NUMBERS.contains(&key.as_str()) => Err("a whole number without quotes"),
            Value::Integer(number) if !TEXTS.contains(&key.as_str()) => Ok(number.to_string()),
            Value::Text(text) => Ok(text.clone()),
            Value::List(list) => joined(list).ok_or("a list of texts"),
            _ => Err("a text in quotes"),
        };
        match text {
            Ok(text) => options.push((path, text)),
            Err(allowed) => {
                complete = false;
                wrong(&path, value, allowed);
            }
        }
    }
    complete
}

/// The texts of a list, as an option has them.
fn joined(list: &[Value]) -> Option<String> {
    let texts: Option<Vec<&str>> = list
        .iter()
        .map(|value| match value {
            Value::Text(text) if !text.contains(';') => Some(text.as_str()),
            _ => None,
        })
        .collect();
    texts.map(|texts| texts.join(";"))
}
