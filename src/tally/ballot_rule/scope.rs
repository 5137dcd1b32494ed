//! Parts of a ballot with bounds of their own: the home quartier, other quartiers, a theme, …

use std::fmt;

use crate::election::{Instance, Project};

use super::bounds::Bounds;

/// Which projects a part of the ballot is about, seen from one voter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scope {
    /// Projects of the voter's own quartier, of a larger area that it is a part of, or of a part of it.
    Home,
    /// Projects of quartiers, none of which is the voter's in this sense.
    Elsewhere,
    /// Projects of any quartier.
    Local,
    /// Projects of no quartier.
    CityWide,
    /// Projects of this quartier.
    Area(String),
    /// Projects of this theme.
    Category(String),
    /// The bounds hold for every quartier by itself.
    EachArea,
    /// The bounds hold for every theme by itself.
    EachCategory,
}

/// A part of the ballot with bounds of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which projects.
    pub scope: Scope,
    /// What the ballot may and must hold of them.
    pub bounds: Bounds,
}

impl Scope {
    /// The scope that a word names: `home`, `elsewhere`, `local`, `city-wide`, `area:ID`, `category:NAME`, `each-area`,
    /// `each-category`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Scope> {
        let named = |prefix| word.strip_prefix(prefix).filter(|id: &&str| !id.is_empty());
        match word {
            "home" => Some(Scope::Home),
            "elsewhere" => Some(Scope::Elsewhere),
            "local" => Some(Scope::Local),
            "city-wide" => Some(Scope::CityWide),
            "each-area" => Some(Scope::EachArea),
            "each-category" => Some(Scope::EachCategory),
            _ => named("area:")
                .map(|id| Scope::Area(id.to_owned()))
                .or_else(|| named("category:").map(|id| Scope::Category(id.to_owned()))),
        }
    }

    /// Does it depend on where the voter lives?
    #[must_use]
    pub fn needs_home(&self) -> bool {
        matches!(self, Scope::Home | Scope::Elsewhere)
    }

    /// Is it one group of projects, and not one for each quartier or theme?
    pub(in crate::tally) fn is_one_group(&self) -> bool {
        !matches!(self, Scope::EachArea | Scope::EachCategory)
    }

    /// The groups of this scope that a project falls into, for a voter of `home`. The groups are told apart by
    /// their names; a scope that is one group has one without a name.
    pub(in crate::tally) fn groups<'p>(
        &self,
        project: &'p Project,
        home: &str,
        instance: &Instance,
    ) -> Vec<&'p str> {
        let is_home = || {
            let mut areas = project.areas.iter();
            areas.any(|area| is_part(instance, home, area) || is_part(instance, area, home))
        };
        let is_in = match self {
            Scope::Home => is_home(),
            Scope::Elsewhere => !project.areas.is_empty() && !is_home(),
            Scope::Local => !project.areas.is_empty(),
            Scope::CityWide => project.areas.is_empty(),
            Scope::Area(id) => project.areas.contains(id),
            Scope::Category(name) => project.categories.contains(name),
            Scope::EachArea => return project.areas.iter().map(String::as_str).collect(),
            Scope::EachCategory => {
                return project.categories.iter().map(String::as_str).collect();
            }
        };
        if is_in { vec![""] } else { Vec::new() }
    }
}

/// Is the first area the second one, or a part of it? The instance has no circles of parts; the bound is for safety.
fn is_part(instance: &Instance, area: &str, whole: &str) -> bool {
    let mut at = area;
    for _ in 0..=instance.areas().len() {
        if at == whole {
            return true;
        }
        let found = instance.find_area(at).and_then(|area| instance.area(area));
        match found.and_then(|area| area.parent.as_deref()) {
            Some(parent) => at = parent,
            None => return false,
        }
    }
    false
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::Home => f.write_str("home"),
            Scope::Elsewhere => f.write_str("elsewhere"),
            Scope::Local => f.write_str("local"),
            Scope::CityWide => f.write_str("city-wide"),
            Scope::Area(id) => write!(f, "area:{id}"),
            Scope::Category(name) => write!(f, "category:{name}"),
            Scope::EachArea => f.write_str("each-area"),
            Scope::EachCategory => f.write_str("each-category"),
        }
    }
}
