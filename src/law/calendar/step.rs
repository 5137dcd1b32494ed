//! Steps: what happens in an edition, in the city's order.

use crate::election::Date;
use crate::law::fault::FaultKind;
use crate::law::reader::Reader;
use crate::law::value::Value;

use super::dates::{self, as_date};

/// A step of the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The id, of the city's choosing.
    pub id: String,
    /// What the city calls it in French and in English, where it says so.
    pub names: Option<(String, String)>,
    /// When it is.
    pub when: When,
    /// The steps that may run at the same time. Any two others follow one another in the order of the document.
    pub alongside: Vec<String>,
    /// The article of the regulation that it implements.
    pub article: Option<String>,
    /// The keys under which its first and its last day are written, for the places of faults.
    pub(crate) keys: (&'static str, &'static str),
}

/// When a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// On these days, both of them included.
    Dates {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// For so many calendar days, which the plan places as late as it can.
    Days(u32),
    /// For as long as the longest feasibility study takes, which the plan places as late as it can.
    LongestStudy,
    /// On no particular day.
    Open,
}

/// The steps that the founding minutes of Strasbourg (2017) name, with what they are called.
const KNOWN: [(&str, &str, &str); 12] = [
    ("filing", "Dépôt des projets", "Filing of projects"),
    (
        "reception",
        "Réception des projets",
        "Reception of projects",
    ),
    ("feasibility", "Étude de faisabilité", "Feasibility study"),
    ("validation", "Validation", "Validation"),
    ("display", "Présentation des projets", "Display of projects"),
    ("ranking", "Hiérarchisation", "Ranking"),
    ("vote", "Vote", "Vote"),
    ("implementation", "Mise en œuvre", "Implementation"),
    ("delivery", "Livraison", "Delivery"),
    ("celebration", "Événement festif", "Celebration"),
    ("evaluation", "Évaluation", "Evaluation"),
    ("adjustment", "Réajustement", "Adjustment"),
];

const NAME: &[&str] = &[
    "a text",
    "{ fr = \"Dépôt des projets\", en = \"Filing of projects\" }",
];
const DAYS: &[&str] = &[
    "a whole number from 1 without quotes, such as 3",
    "\"longest-study\"",
];

impl Step {
    /// What it is called in French: by the city, by the founding minutes if they know the id, else the id itself.
    #[must_use]
    pub fn french(&self) -> &str {
        let city = self.names.as_ref().map(|(french, _)| french.as_str());
        city.or_else(|| self.known().map(|known| known.1))
            .unwrap_or(&self.id)
    }

    /// What it is called in English, found in the same way.
    #[must_use]
    pub fn english(&self) -> &str {
        let city = self.names.as_ref().map(|(_, english)| english.as_str());
        city.or_else(|| self.known().map(|known| known.2))
            .unwrap_or(&self.id)
    }

    fn known(&self) -> Option<&'static (&'static str, &'static str, &'static str)> {
        KNOWN.iter().find(|(id, ..)| *id == self.id)
    }

    pub(super) fn read(reader: Reader<'_>) -> Option<Step> {
        let id = dates::id(&reader, "the step's id, such as \"filing\"");
        let names = reader.value("name").map(|value| read_names(&reader, value));
        let when = read_when(&reader);
        let keys = if reader.has("on") {
            ("on", "on")
        } else {
            ("from", "to")
        };
        let alongside = reader.value("alongside").map(|value| {
            let allowed = &["a list of steps, such as [\"display\"]"];
            reader.texts("alongside", value, allowed)
        });
        let article = reader.optional_text("article", &["the article that it implements"]);
        reader.close();
        Some(Step {
            id: id?,
            names: match names {
                Some(names) => Some(names?),
                None => None,
            },
            when: when?,
            alongside: match alongside {
                Some(steps) => steps?.into_iter().map(str::to_owned).collect(),
                None => Vec::new(),
            },
            article: article.map(str::to_owned),
            keys,
        })
    }
}

/// One text for both languages, or one for each.
fn read_names(reader: &Reader<'_>, value: &Value) -> Option<(String, String)> {
    if let Value::Text(_) = value {
        let text = reader.as_text("name", value, NAME)?;
        let text = dates::checked(reader, "name", text, "a text")?;
        return Some((text.clone(), text));
    }
    let table = reader.as_table("name", value, NAME)?;
    let text = |key: &'static str| {
        let text = table.text(key, &["a text"])?;
        dates::checked(&table, key, text, "a text")
    };
    let (french, english) = (text("fr"), text("en"));
    table.close();
    french.zip(english)
}

/// `on`, `from` and `to`, `days`, or none of them.
fn read_when(reader: &Reader<'_>) -> Option<When> {
    let value = |key| reader.value(key);
    let (on, from, to, days) = (value("on"), value("from"), value("to"), value("days"));
    let day = |key: &str, value| as_date(reader, key, value);
    match (on, from, to, days) {
        (None, None, None, None) => Some(When::Open),
        (Some(on), None, None, None) => day("on", on).map(|day| When::Dates {
            first: day,
            last: day,
        }),
        (None, Some(from), Some(to), None) => {
            let (first, last) = (day("from", from), day("to", to));
            in_order(reader, first?, last?)
        }
        (None, None, None, Some(days)) => read_days(reader, days),
        (None, Some(from), None, None) => {
            day("from", from);
            let why = "its last day: it belongs to the step";
            reader.fault("to", FaultKind::MissingChoice, &[dates::DATE], why);
            None
        }
        (None, None, Some(to), None) => {
            day("to", to);
            let why = "its first day";
            reader.fault("from", FaultKind::MissingChoice, &[dates::DATE], why);
            None
        }
        _ => {
            let key = if days.is_some() { "days" } else { "on" };
            let allowed = &["`on` alone", "`from` and `to`", "`days` alone"];
            let why = "the step says in two ways when it is";
            reader.fault(key, FaultKind::Contradiction, allowed, why);
            None
        }
    }
}

fn in_order(reader: &Reader<'_>, first: Date, last: Date) -> Option<When> {
    if last < first {
        let why =
            format!("the step would end on {last}, before it begins on {first}: exchange them");
        reader.fault("to", FaultKind::Contradiction, &[dates::DATE], &why);
        return None;
    }
    Some(When::Dates { first, last })
}

fn read_days(reader: &Reader<'_>, value: &Value) -> Option<When> {
    match value {
        Value::Integer(_) => reader.as_number("days", value, 1).map(When::Days),
        Value::Text(text) if text == "longest-study" => Some(When::LongestStudy),
        Value::Text(text) => {
            reader.bad_value("days", text, DAYS);
            None
        }
        other => {
            reader.wrong_type("days", other, DAYS);
            None
        }
    }
}
