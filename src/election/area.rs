//! Areas: quartiers, districts, cities. They are data; money is kept in pots.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::exact::Ratio;

/// A quartier, a district, a city: a part of the territory that projects and voters belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Area {
    /// The area's own id.
    pub id: String,
    /// The name that people use.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The area that this one is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Numbers about it: population, registered voters, income, surface, priority, …
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, Ratio>,
}

impl Area {
    /// An area with this id and nothing else known of it.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Area {
        Area {
            id: id.into(),
            ..Area::default()
        }
    }

    /// The same area with a name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Area {
        self.name = name.into();
        self
    }

    /// The same area as a part of another.
    #[must_use]
    pub fn part_of(mut self, parent: impl Into<String>) -> Area {
        self.parent = Some(parent.into());
        self
    }

    /// The same area with a number about it, such as its population.
    #[must_use]
    pub fn attribute(mut self, name: impl Into<String>, value: Ratio) -> Area {
        self.attributes.insert(name.into(), value);
        self
    }
}
