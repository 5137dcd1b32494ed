//! One vote of a JSON document.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cells::{eligible, id_fault, is_spreadsheet_error, voter_fault};
use super::json_text::{Object, Raw};
use crate::election::Ballot;
use crate::tally::cast::Eligible;
use crate::tally::table::Fault;

/// What a record says; what is wrong in it is left empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct JsonVote {
    pub(super) voter: String,
    pub(super) channel: String,
    pub(super) area: String,
    pub(super) station: String,
    pub(super) time: String,
    /// The reason why the voter may not vote, if so.
    pub(super) ineligible: Option<String>,
    pub(super) count: u64,
    pub(super) said: Said,
    pub(super) attributes: BTreeMap<String, String>,
}

/// What the voter said.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// The record cannot be read.
    Nothing,
    Text(String),
    Ballot(Ballot),
}

impl Default for JsonVote {
    fn default() -> JsonVote {
        JsonVote {
            voter: String::new(),
            channel: String::new(),
            area: String::new(),
            station: String::new(),
            time: String::new(),
            ineligible: None,
            count: 1,
            said: Said::Nothing,
            attributes: BTreeMap::new(),
        }
    }
}

impl JsonVote {
    /// The vote of an object; hands on everything that is wrong with it.
    pub(super) fn of(object: Object, fault: &mut dyn FnMut(Fault)) -> JsonVote {
        let mut vote = JsonVote::default();
        let mut seen: Vec<String> = Vec::new();
        let (mut said, mut faults) = (None, Vec::new());
        for (key, value) in object.0 {
            if seen.contains(&key) {
                faults.push(Fault::RepeatedKey { key });
                continue;
            }
            let read = if key == "vote" {
                ballot(value).map(|read| said = Some(read))
            } else {
                vote.take(&key, value)
            };
            faults.extend(read.err());
            seen.push(key);
        }
        if !seen.iter().any(|key| key == "vote") {
            faults.push(Fault::MissingColumn { column: "vote" });
        }
        if vote.count > 1 && !vote.voter.is_empty() {
            faults.push(Fault::GroupedWithId { count: vote.count });
            vote.voter = String::new();
        }
        if faults.is_empty() {
            vote.said = said.unwrap_or(Said::Nothing);
        }
        faults.into_iter().for_each(fault);
        vote
    }

    fn take(&mut self, key: &str, value: Raw) -> Result<(), Fault> {
        match key {
            "voter_id" => self.voter = named(value, "voter_id")?,
            "channel" => self.channel = named(value, "channel")?,
            "area" => self.area = named(value, "area")?,
            "station" => self.station = named(value, "station")?,
            "time" => self.time = text(value, "time")?,
            "eligible" => self.ineligible = ineligible(value)?,
            "count" => {
                self.count = match value {
                    Raw::Whole(0) => return Err(Fault::NotAboveZero { column: "count" }),
                    Raw::Whole(count) => count,
                    other => return Err(bad("count", &other, "a whole number")),
                }
            }
            _ => {
                let value = attribute(key, value)?;
                self.attributes.insert(key.to_owned(), value);
            }
        }
        Ok(())
    }
}

fn bad(key: &str, found: &Raw, expected: &str) -> Fault {
    let key: String = key.chars().take(40).collect();
    Fault::BadValue {
        why: format!("`{key}` is {}, and not {expected}", found.name()),
    }
}

fn text(value: Raw, key: &str) -> Result<String, Fault> {
    match value {
        Raw::Text(text) if text.trim().len() == text.len() => Ok(text),
        Raw::Text(text) => Ok(text.trim().to_owned()),
        other => Err(bad(key, &other, "a text")),
    }
}

fn named(value: Raw, key: &'static str) -> Result<String, Fault> {
    let text = text(value, key)?;
    let fault = if key == "voter_id" {
        voter_fault(&text)
    } else {
        id_fault(&text, key)
    };
    fault.map_or(Ok(text), Err)
}

fn ineligible(value: Raw) -> Result<Option<String>, Fault> {
    let column = || "eligible".to_owned();
    match value {
        Raw::Truth(true) => Ok(None),
        Raw::Truth(false) => Ok(Some(String::new())),
        Raw::Text(text) => match eligible(text.trim()) {
            Some(Eligible::Yes) => Ok(None),
            Some(Eligible::No(reason)) => Ok(Some(reason.to_owned())),
            None => Err(Fault::NotYesOrNo { column: column() }),
        },
        other => Err(bad("eligible", &other, "true or false")),
    }
}

fn attribute(key: &str, value: Raw) -> Result<String, Fault> {
    match value {
        Raw::Text(text) => Ok(text.trim().to_owned()),
        Raw::Whole(number) => Ok(number.to_string()),
        Raw::Truth(truth) => Ok(truth.to_string()),
        Raw::Nothing => Ok(String::new()),
        other => Err(bad(key, &other, "a text")),
    }
}

fn ballot(value: Raw) -> Result<Said, Fault> {
    match value {
        Raw::Text(text) if is_spreadsheet_error(text.trim()) => Err(Fault::SpreadsheetError),
        Raw::Text(text) => Ok(Said::Text(text.trim().to_owned())),
        Raw::Object(entries) if entries.len() == 1 => {
            let object = Value::Object(entries.into_iter().collect());
            match serde_json::from_value(object) {
                Ok(ballot) => Ok(Said::Ballot(ballot)),
                Err(error) => Err(Fault::NotABallot {
                    why: error.to_string(),
                }),
            }
        }
        other => Err(bad(
            "vote",
            &other,
            "a text or a ballot such as {\"approval\": [\"12\"]}",
        )),
    }
}
