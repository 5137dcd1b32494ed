//! Projects: what the voters choose among.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::date::Date;
use super::money::Money;

/// A project that residents filed and that may be funded.
///
/// A plain record: the election builder checks it once, and what an [`Instance`](super::Instance) holds
/// can no longer change. A city-wide project has no areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Project {
    /// The id, byte-exact: never a number, even if it looks like one.
    pub id: String,
    /// The title that voters saw.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it costs, in currency units.
    pub cost: Money,
    /// The areas it concerns; none for a city-wide project.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// Its themes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Whom it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beneficiaries: Vec<String>,
    /// Who filed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposer: Option<ProposerKind>,
    /// The day it was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed: Option<Date>,
    /// How many months its delivery takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_months: Option<u32>,
    /// What somebody attested: `general-interest`, `feasible`, … with the reason as text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attestations: BTreeMap<String, Attestation>,
    /// How it depends on other projects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Its place in the published list, counted from 1. No result depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// Where it is, as published: latitude and longitude. Never computed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<(String, String)>,
    /// What happened to it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<ProjectStatus>,
    /// Anything else that was published about it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
}

/// Who filed a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ProposerKind {
    /// One resident.
    Resident,
    /// Several residents together.
    Collective,
    /// An association.
    Association,
    /// A school.
    School,
    /// A company.
    Company,
    /// A public body.
    PublicBody,
    /// Another kind, as published.
    Other(String),
}

/// A judgement that somebody made and nobody can compute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Attestation {
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Three answers: what is not known never passes silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The condition is met.
    Pass,
    /// The condition is not met.
    Fail,
    /// Nobody has said.
    Unknown,
}

/// How a project depends on others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Relation {
    /// It belongs to an [`ExclusiveGroup`](super::ExclusiveGroup): at most k of the group are funded.
    MemberOf(String),
    /// It is another version of this project: at most one of the two is funded.
    VariantOf(String),
    /// It can be funded only after this project.
    Requires(String),
}

/// A step in the life of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct ProjectStatus {
    /// What happened: filed, admitted, refused, withdrawn, started, stalled, delivered, …
    pub what: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Project {
    /// A project with this id and cost, and nothing else known of it.
    #[must_use]
    pub fn new(id: impl Into<String>, cost: impl Into<Money>) -> Project {
        Project {
            id: id.into(),
            name: String::new(),
            cost: cost.into(),
            areas: Vec::new(),
            categories: Vec::new(),
            beneficiaries: Vec::new(),
            proposer: None,
            filed: None,
            delivery_months: None,
            attestations: BTreeMap::new(),
            relations: Vec::new(),
            position: None,
            location: None,
            status: Vec::new(),
            attributes: BTreeMap::new(),
        }
    }

    /// The same project with a title.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Project {
        self.name = name.into();
        self
    }

    /// The same project in one more area.
    #[must_use]
    pub fn in_area(mut self, area: impl Into<String>) -> Project {
        self.areas.push(area.into());
        self
    }

    /// The same project with the day it was filed.
    #[must_use]
    pub fn filed_on(mut self, day: Date) -> Project {
        self.filed = Some(day);
        self
    }

    /// The same project filed by this kind of proposer.
    #[must_use]
    pub fn proposed_by(mut self, kind: ProposerKind) -> Project {
        self.proposer = Some(kind);
        self
    }

    /// The same project with the number of months that its delivery takes.
    #[must_use]
    pub fn delivered_within(mut self, months: u32) -> Project {
        self.delivery_months = Some(months);
        self
    }

    /// The same project with one more theme.
    #[must_use]
    pub fn in_category(mut self, category: impl Into<String>) -> Project {
        self.categories.push(category.into());
        self
    }

    /// The same project with what somebody attested, such as `feasible`.
    #[must_use]
    pub fn attested(mut self, what: impl Into<String>, verdict: Verdict) -> Project {
        let reason = String::new();
        self.attestations
            .insert(what.into(), Attestation { verdict, reason });
        self
    }

    /// The same project with one more relation to others.
    #[must_use]
    pub fn related(mut self, relation: Relation) -> Project {
        self.relations.push(relation);
        self
    }
}

impl<I: Into<String>, C: Into<Money>> From<(I, C)> for Project {
    fn from((id, cost): (I, C)) -> Project {
        Project::new(id, cost)
    }
}
