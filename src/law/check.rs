//! The one pass that turns a document into a law, or into all its faults.

use super::appeal;
use super::ballot::BallotLaw;
use super::calendar::Calendar;
use super::eligibility::Eligibility;
use super::envelope::Envelope;
use super::fault::{Fault, Faults};
use super::limit::Limit;
use super::pot::Pot;
use super::rate::Rate;
use super::reader::{Reader, Sink};
use super::redistribution::Redistribution;
use super::references;
use super::split_key::SplitKey;
use super::stage::Stage;
use super::value::{Document, Value};

/// Texts of other layers that a regulation holds: rules, tie chains, scores. Whoever applies a law knows them.
pub trait Vocabulary {
    /// Is this a rule's text?
    ///
    /// # Errors
    /// Why not, for people.
    fn rule(&self, text: &str) -> Result<(), String>;

    /// Is this a tie chain?
    ///
    /// # Errors
    /// Why not, for people.
    fn ties(&self, text: &str) -> Result<(), String>;

    /// Is this a score?
    ///
    /// # Errors
    /// Why not, for people.
    fn score(&self, text: &str) -> Result<(), String>;

    /// What is wrong with these options of ballots, by their keys.
    fn ballot(&self, options: &[(String, String)]) -> Vec<Fault>;
}

/// Takes any text for a rule, a tie chain and a score, and any options of ballots.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnyText;

impl Vocabulary for AnyText {
    fn rule(&self, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn ties(&self, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn score(&self, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn ballot(&self, _: &[(String, String)]) -> Vec<Fault> {
        Vec::new()
    }
}

/// A city's regulation, checked: every choice is made and none contradicts another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Law {
    /// What it is called.
    pub name: String,
    /// The edition it is for.
    pub edition: String,
    /// How much money there is.
    pub envelope: Envelope,
    /// Who may take part.
    pub eligibility: Eligibility,
    /// What a valid ballot is.
    pub ballot: BallotLaw,
    /// The pots, as a tree.
    pub pots: Vec<Pot>,
    /// The limits.
    pub limits: Vec<Limit>,
    /// How much of their cost projects receive; none where it is always all of it.
    pub rates: Vec<Rate>,
    /// The stages; they run in the order of the document unless `after` says otherwise.
    pub stages: Vec<Stage>,
    /// What happens to leftovers.
    pub redistribution: Vec<Redistribution>,
    /// How a project that concerns several areas is shared among them. Asked for only where there is one.
    pub several_areas: Option<SeveralAreas>,
    /// What areas are entitled to, for the report. Without it, what their own pots hold.
    pub entitlement: Option<SplitKey>,
    /// The steps and their days, where they are written.
    pub calendar: Option<Calendar>,
}

/// How a project that concerns several areas is shared among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SeveralAreas {
    /// Each pays, and is charged, an equal part by largest remainder.
    EqualShares,
    /// Its first area pays and is charged for all of it.
    First,
}

const SEVERAL_AREAS: &[(&str, SeveralAreas)] = &[
    ("equal-shares", SeveralAreas::EqualShares),
    ("first", SeveralAreas::First),
];

/// The keys of the whole document, in the order in which they are read.
const TABLE: &[&str] = &["a table, see the example regulation"];

impl Document {
    /// Reads the document in one pass.
    ///
    /// # Errors
    /// All faults, each with its path and the allowed answers.
    pub fn check(&self, words: &dyn Vocabulary) -> Result<Law, Faults> {
        let sink = Sink::default();
        let law = read(Reader::new(String::new(), &self.keys, &sink), words);
        let faults = sink.into_faults();
        match law {
            Some(law) if faults.is_empty() => Ok(law),
            _ => Err(faults),
        }
    }
}

fn read(reader: Reader<'_>, words: &dyn Vocabulary) -> Option<Law> {
    let name = reader.text("name", &["the regulation's name"]);
    let edition = reader.text("edition", &["the edition, such as \"2018\""]);
    let envelope = reader.table("envelope", TABLE);
    let envelope = envelope.and_then(|table| Envelope::read(table, edition));
    let eligibility = reader
        .table("eligibility", TABLE)
        .and_then(Eligibility::read);
    let ballot = reader.require("ballot", TABLE).and_then(|value| {
        if let Value::Table(keys) = value {
            return BallotLaw::read(keys, &reader, words);
        }
        reader.wrong_type("ballot", value, TABLE);
        None
    });
    let pots = list(&reader, "pot", Need::AtLeastOne, Pot::read);
    let limits = list(&reader, "limit", Need::Any, Limit::read);
    let rates = list(&reader, "rate", Need::Any, Rate::read);
    let stages = list(&reader, "stage", Need::AtLeastOne, |table| {
        Stage::read(table, words)
    });
    let stage_pots = stage_pots(&reader);
    let rules = list(
        &reader,
        "redistribute",
        Need::AtLeastOne,
        Redistribution::read,
    );
    let several_areas = reader.optional_choice("several-areas", SEVERAL_AREAS);
    let entitlement = reader
        .value("entitlement")
        .and_then(|value| SplitKey::of(&reader, "entitlement", value));
    let calendar = Calendar::of_law(&reader, eligibility.as_ref());
    appeal::check(eligibility.as_ref(), calendar.as_ref(), &reader);
    let sink = reader.sink();
    reader.close();
    // What refers to something else is looked at as far as both could be read.
    let parts = references::Parts {
        envelope: envelope.as_ref(),
        edition: edition.unwrap_or_default(),
        pots: &pots,
        limits: &limits,
        stages: &stages,
        stage_pots: &stage_pots,
        rules: &rules,
    };
    references::check(&parts, sink);
    Some(Law {
        name: name?.to_owned(),
        edition: edition?.to_owned(),
        envelope: envelope?,
        eligibility: eligibility?,
        ballot: ballot?,
        pots: pots.into_iter().collect::<Option<_>>()?,
        limits: limits.into_iter().collect::<Option<_>>()?,
        rates: rates.into_iter().collect::<Option<_>>()?,
        stages: stages.into_iter().collect::<Option<_>>()?,
        redistribution: rules.into_iter().collect::<Option<_>>()?,
        several_areas,
        entitlement,
        calendar,
    })
}

/// The pots that each stage names, with their places: also those of a stage that has a fault elsewhere.
fn stage_pots<'a>(reader: &Reader<'a>) -> Vec<Vec<(usize, &'a str)>> {
    let Some(Value::List(stages)) = reader.value("stage") else {
        return Vec::new();
    };
    let pots = |stage: &'a Value| match stage {
        Value::Table(keys) => keys.iter().find(|(key, _)| key == "pots"),
        _ => None,
    };
    let texts = |stage| match pots(stage) {
        Some((_, Value::List(pots))) => {
            let places = pots.iter().enumerate();
            let texts = places.filter_map(|(place, pot)| match pot {
                Value::Text(id) => Some((place, id.as_str())),
                _ => None,
            });
            texts.collect()
        }
        _ => Vec::new(),
    };
    stages.iter().map(texts).collect()
}

/// Whether a list of tables may be absent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Any,
    AtLeastOne,
}

/// A list of tables; what is faulty keeps its place as `None`.
fn list<'a, T>(
    reader: &Reader<'a>,
    key: &'static str,
    need: Need,
    read: impl Fn(Reader<'a>) -> Option<T>,
) -> Vec<Option<T>> {
    const ALLOWED: &[&str] = &["at least one table of this name"];
    let value = match need {
        Need::Any => reader.value(key),
        Need::AtLeastOne => reader.require(key, ALLOWED),
    };
    let Some(value) = value else {
        return Vec::new();
    };
    let Some(tables) = reader.tables(key, value) else {
        return vec![None];
    };
    if tables.is_empty() && need == Need::AtLeastOne {
        reader.bad_value(key, "[]", ALLOWED);
    }
    tables
        .into_iter()
        .map(|table| table.and_then(&read))
        .collect()
}
