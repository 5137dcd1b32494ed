//! Selectors: which projects a pot, a limit or a stage is about.

use std::fmt;

use crate::election::{Money, Project, ProposerKind};

use super::fault::FaultKind;
use super::reader::Reader;
use super::value::Value;

/// Which projects something is about: those that meet all conditions given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selector {
    /// Where.
    pub territory: Territory,
    /// Those with this theme.
    pub category: Option<String>,
    /// Those for these people.
    pub beneficiary: Option<String>,
    /// Those filed by this kind of proposer.
    pub proposer: Option<ProposerKind>,
    /// Those that concern this area.
    pub area: Option<String>,
    /// Those that cost at most this.
    pub cost_at_most: Option<Money>,
    /// Those that cost at least this.
    pub cost_at_least: Option<Money>,
    /// Those that cost more than this.
    pub cost_above: Option<Money>,
    /// Those that these conditions do not describe: *not for the young*.
    pub not: Option<Box<Selector>>,
}

/// Where the projects are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Territory {
    /// Everywhere.
    #[default]
    All,
    /// Those that concern at least one area.
    Local,
    /// Those that concern the city as a whole: no area is given.
    CityWide,
}

const TERRITORIES: &[(&str, Territory)] = &[
    ("local", Territory::Local),
    ("city-wide", Territory::CityWide),
    ("all", Territory::All),
];
const ALLOWED: &[&str] = &[
    "local",
    "city-wide",
    "all",
    "{ category = \"..\", beneficiary = \"..\", proposer = \"..\", area = \"..\", territory = \"local\", cost-above = \"..\", cost-at-least = \"..\", cost-at-most = \"..\", not = { beneficiary = \"..\" } }",
];

impl Selector {
    /// All projects.
    #[must_use]
    pub fn all() -> Selector {
        Selector::default()
    }

    /// Is the project one of them?
    #[must_use]
    pub fn selects(&self, project: &Project) -> bool {
        let territory = match self.territory {
            Territory::All => true,
            Territory::Local => !project.areas.is_empty(),
            Territory::CityWide => project.areas.is_empty(),
        };
        let has = |wanted: &Option<String>, list: &[String]| {
            wanted.as_ref().is_none_or(|wanted| list.contains(wanted))
        };
        territory
            && has(&self.category, &project.categories)
            && has(&self.beneficiary, &project.beneficiaries)
            && has(&self.area, &project.areas)
            && self
                .proposer
                .as_ref()
                .is_none_or(|kind| project.proposer.as_ref() == Some(kind))
            && self.cost_at_most.is_none_or(|most| project.cost <= most)
            && self.cost_at_least.is_none_or(|least| project.cost >= least)
            && self.cost_above.is_none_or(|least| project.cost > least)
            && self.not.as_ref().is_none_or(|not| !not.selects(project))
    }

    /// The areas that its conditions name.
    pub(crate) fn named_areas(&self) -> Vec<&str> {
        let own = self.area.as_deref();
        let not = self.not.iter().flat_map(|not| not.named_areas());
        own.into_iter().chain(not).collect()
    }

    /// Reads the selector of a key that must be written.
    pub(super) fn read(reader: &Reader<'_>, key: &'static str) -> Option<Selector> {
        let value = reader.require(key, ALLOWED)?;
        Selector::of(reader, key, value)
    }

    pub(super) fn optional(reader: &Reader<'_>, key: &'static str) -> Option<Selector> {
        let value = reader.value(key)?;
        Selector::of(reader, key, value)
    }

    /// Reads `not`, which must describe somebody: else it would leave nobody.
    fn excluded(table: &Reader<'_>) -> Option<Box<Selector>> {
        let not = Selector::optional(table, "not")?;
        if not == Selector::all() {
            let allowed = &["a condition, such as { beneficiary = \"youth\" }"];
            table.fault(
                "not",
                FaultKind::MissingChoice,
                allowed,
                "for whom it is not",
            );
        }
        Some(Box::new(not))
    }

    fn of(reader: &Reader<'_>, key: &'static str, value: &Value) -> Option<Selector> {
        match value {
            Value::Text(text) => {
                let territory = TERRITORIES.iter().find(|(word, _)| word == text);
                if territory.is_none() {
                    reader.bad_value(key, text, ALLOWED);
                }
                territory.map(|&(_, territory)| Selector {
                    territory,
                    ..Selector::default()
                })
            }
            Value::Table(keys) => {
                let table = Reader::new(reader.at(key), keys, reader.sink());
                let text = |key| table.optional_text(key, &["a name"]).map(str::to_owned);
                let selector = Selector {
                    territory: table
                        .optional_choice("territory", TERRITORIES)
                        .unwrap_or_default(),
                    category: text("category"),
                    beneficiary: text("beneficiary"),
                    proposer: text("proposer").map(|kind| proposer_kind(&kind)),
                    area: text("area"),
                    cost_at_most: table.optional_money("cost-at-most"),
                    cost_at_least: table.optional_money("cost-at-least"),
                    cost_above: table.optional_money("cost-above"),
                    not: Selector::excluded(&table),
                };
                check_band(&table, &selector);
                table.close();
                Some(selector)
            }
            other => {
                reader.wrong_type(key, other, ALLOWED);
                None
            }
        }
    }
}

/// A band of costs that no project can lie in is a mistake.
fn check_band(table: &Reader<'_>, selector: &Selector) {
    let most = selector.cost_at_most;
    for (key, is_empty) in [
        (
            "cost-at-least",
            selector
                .cost_at_least
                .is_some_and(|least| most.is_some_and(|most| least > most)),
        ),
        (
            "cost-above",
            selector
                .cost_above
                .is_some_and(|least| most.is_some_and(|most| least >= most)),
        ),
    ] {
        if is_empty {
            let why = "no cost lies in this band";
            table.fault(key, FaultKind::Contradiction, &[], why);
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.territory {
            Territory::All => "all",
            Territory::Local => "local",
            Territory::CityWide => "city-wide",
        })?;
        for (what, text) in [
            ("category", &self.category),
            ("beneficiary", &self.beneficiary),
            ("area", &self.area),
        ] {
            if let Some(text) = text {
                write!(f, ", {what} {text}")?;
            }
        }
        if let Some(kind) = &self.proposer {
            write!(f, ", proposer {}", proposer_text(kind))?;
        }
        if let Some(least) = self.cost_above {
            write!(f, ", cost above {least}")?;
        }
        if let Some(least) = self.cost_at_least {
            write!(f, ", cost at least {least}")?;
        }
        if let Some(most) = self.cost_at_most {
            write!(f, ", cost at most {most}")?;
        }
        if let Some(not) = &self.not {
            write!(f, ", not ({not})")?;
        }
        Ok(())
    }
}

const PROPOSERS: [(&str, ProposerKind); 6] = [
    ("resident", ProposerKind::Resident),
    ("collective", ProposerKind::Collective),
    ("association", ProposerKind::Association),
    ("school", ProposerKind::School),
    ("company", ProposerKind::Company),
    ("public-body", ProposerKind::PublicBody),
];

/// The kind of proposer that a text names; unknown words are kinds of the city's own.
pub(super) fn proposer_kind(text: &str) -> ProposerKind {
    PROPOSERS
        .into_iter()
        .find(|(word, _)| *word == text)
        .map_or_else(|| ProposerKind::Other(text.to_owned()), |(_, kind)| kind)
}

/// The text of a kind of proposer.
pub(crate) fn proposer_text(kind: &ProposerKind) -> String {
    if let ProposerKind::Other(text) = kind {
        return text.clone();
    }
    PROPOSERS
        .iter()
        .find(|(_, known)| known == kind)
        .map_or_else(String::new, |(word, _)| (*word).to_owned())
}
