//! Reading a regulation, and telling where its faults are.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use quartier::law::{Document, Faults, Value};
use quartier::regulation::Regulation;
use serde::Serialize;
use toml::de::{DeTable, DeValue};

use crate::allocate_args::AllocateArgs;
use crate::allocate_json::Failed;
use crate::input::read_path;
use crate::status::Stop;
use crate::{Ended, sample_city};

/// A regulation and the places of its keys.
pub(crate) struct ReadLaw {
    pub(crate) regulation: Regulation,
    places: Places,
}

impl ReadLaw {
    /// Faults that only an election shows.
    pub(crate) fn failed(&self, faults: &Faults) -> Failed {
        self.places.failed(faults)
    }
}

/// A fault with its place in the file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct PlacedFault {
    pub(crate) path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<usize>,
    pub(crate) fault: &'static str,
    pub(crate) allowed: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) why: String,
    /// The line of the file, for people.
    #[serde(skip)]
    pub(crate) excerpt: Option<String>,
}

/// Reads a regulation file; without one, the sample's.
pub(crate) fn read(path: Option<&Path>, args: &AllocateArgs) -> Result<ReadLaw, Ended> {
    let (name, text) = match path {
        Some(path) => (path.display().to_string(), text_of(path)?),
        None => (
            "the sample's regulation".to_owned(),
            sample_city::REGULATION.to_owned(),
        ),
    };
    let (document, places) = written(&name, &text)?;
    let document = match &args.ties {
        Some(chain) => with_ties(&document, &chain.to_string()),
        None => document,
    };
    match Regulation::read(&document) {
        Ok(regulation) => Ok(ReadLaw { regulation, places }),
        Err(faults) => Err(places.failed(&faults).into()),
    }
}

/// A document, TOML or JSON, and the places of its keys.
pub(crate) fn written(name: &str, text: &str) -> Result<(Document, Places), Failed> {
    let json = text.trim_start().starts_with('{');
    let document: Result<Document, String> = if json {
        serde_json::from_str(text).map_err(|error| error.to_string())
    } else {
        toml::from_str(text).map_err(|error| error.to_string())
    };
    let document = document.map_err(|why| Failed::error(&format!("{name}: {}", why.trim_end())))?;
    let places = if json {
        Places::default()
    } else {
        Places::of(text)
    };
    Ok((document, places.of_file(name.to_owned())))
}

pub(crate) fn text_of(path: &Path) -> Result<String, Stop> {
    let bytes = read_path(path).map_err(Stop::Input)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Stop::Input(format!("{} is not UTF-8: {error}", path.display())))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

/// The same document with another tie chain in every stage.
fn with_ties(document: &Document, chain: &str) -> Document {
    let mut keys = document.keys().to_vec();
    let stages = keys.iter_mut().filter(|(key, _)| key == "stage");
    for (_, stages) in stages {
        let Value::List(stages) = stages else {
            continue;
        };
        for stage in stages {
            if let Value::Table(keys) = stage {
                keys.retain(|(key, _)| key != "ties");
                keys.push(("ties".to_owned(), Value::Text(chain.to_owned())));
            }
        }
    }
    Document::new(keys)
}

/// Where every path of a TOML file is: the value of a key, or the table itself.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// What the document is called in messages.
    file: String,
    text: String,
    spans: BTreeMap<String, Range<usize>>,
}

impl Places {
    fn of(text: &str) -> Places {
        let mut places = Places {
            file: String::new(),
            text: text.to_owned(),
            spans: BTreeMap::new(),
        };
        if let Ok(table) = DeTable::parse(text) {
            places.table("", table.get_ref());
        }
        places
    }

    fn of_file(self, file: String) -> Places {
        Places { file, ..self }
    }

    fn table(&mut self, before: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let key = key.get_ref();
            let path = if before.is_empty() {
                key.to_string()
            } else {
                format!("{before}.{key}")
            };
            self.value(path, value.get_ref(), value.span());
        }
    }

    fn value(&mut self, path: String, value: &DeValue<'_>, span: Range<usize>) {
        match value {
            DeValue::Table(table) => self.table(&path, table),
            DeValue::Array(list) => {
                for (at, item) in list.iter().enumerate() {
                    self.value(format!("{path}[{at}]"), item.get_ref(), item.span());
                }
            }
            _ => {}
        }
        self.spans.insert(path, span);
    }

    /// The place of a path; what is missing has the place of the table that it is missing from.
    fn find(&self, path: &str) -> Option<&Range<usize>> {
        let mut path = path;
        loop {
            if let Some(span) = self.spans.get(path) {
                return Some(span);
            }
            let end = path.rfind(['.', '['])?;
            path = path.get(..end)?;
        }
    }

    pub(crate) fn failed(&self, faults: &Faults) -> Failed {
        let placed = faults.iter().map(|fault| {
            let place = self
                .find(&fault.path)
                .and_then(|span| self.line_and_column(span.start));
            PlacedFault {
                path: fault.path.clone(),
                line: place.as_ref().map(|(line, ..)| *line),
                column: place.as_ref().map(|(_, column, _)| *column),
                fault: fault.kind.code(),
                allowed: fault.allowed.clone(),
                why: fault.why.clone(),
                excerpt: place.map(|(_, _, excerpt)| excerpt),
            }
        });
        Failed::faults(&self.file, placed.collect())
    }

    /// Line and column in characters, from 1, and the line itself.
    fn line_and_column(&self, at: usize) -> Option<(usize, usize, String)> {
        let before = self.text.get(..at)?;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = self.text.get(start..at)?.chars().count() + 1;
        let excerpt = self.text.get(start..)?.lines().next().unwrap_or_default();
        Some((line, column, excerpt.to_owned()))
    }
}
