//! Limits: they watch money and never hold any.

use std::fmt;

use crate::election::Money;

use super::fault::FaultKind;
use super::reader::Reader;
use super::selector::Selector;
use super::share::Share;

/// A limit on what some projects receive. A cap is not a pot: nothing is earmarked by it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limit {
    /// What the regulation calls it, where it has a name.
    pub id: Option<String>,
    /// For what it holds: each project, each area, …
    pub per: Per,
    /// Which projects it is about.
    pub holds: Selector,
    /// The bounds; there is at least one.
    pub bounds: Vec<Bound>,
    /// Whether it still binds when leftovers are given out.
    pub after_top_up: Option<TopUp>,
    /// The stages it holds in; `None` for all.
    pub stages: Option<Vec<String>>,
    /// Whether it forbids or only reports.
    pub strength: Strength,
    /// Whether a project that concerns several areas has this room for each of them (`per = "project"` only).
    pub per_area_concerned: PerAreaConcerned,
}

/// For what a limit holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Per {
    /// For each project.
    Project,
    /// For each area, and what its projects receive together.
    Area,
    /// For each theme.
    Category,
    /// For each kind of proposer.
    Proposer,
    /// For all projects together.
    All,
}

/// How much.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bound {
    /// At most this much money.
    AtMost(Money),
    /// At most so many projects.
    AtMostProjects(u32),
    /// At most this share: per project of what the pots that may pay for it were opened with, otherwise of what
    /// all pots were opened with.
    AtMostShare(Share),
    /// At least this much money: checked at the close, never a veto.
    AtLeast(Money),
    /// At least so many projects: checked at the close, never a veto.
    AtLeastProjects(u32),
}

/// Whether a limit binds leftovers too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TopUp {
    /// It does.
    Binds,
    /// Leftovers may go beyond it.
    Lifted,
}

/// Whether a limit forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Strength {
    /// Nothing may cross it.
    Hard,
    /// Crossing it is reported.
    Soft,
}

/// Whether a limit per project grows with the number of areas that the project concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PerAreaConcerned {
    /// The limit is the same for every project.
    Same,
    /// It is multiplied by the number of areas; a city-wide project counts as one.
    Scaled,
}

const PER: &[(&str, Per)] = &[
    ("project", Per::Project),
    ("area", Per::Area),
    ("category", Per::Category),
    ("proposer", Per::Proposer),
    ("all", Per::All),
];

impl Limit {
    pub(super) fn read(reader: Reader<'_>) -> Option<Limit> {
        let id = reader.optional_text("id", &["a name"]).map(str::to_owned);
        let per = reader.choice("per", PER);
        let holds = Selector::read(&reader, "holds");
        let bounds = read_bounds(&reader);
        let caps = bounds
            .as_ref()
            .is_none_or(|bounds| bounds.iter().any(Bound::is_ceiling));
        let words = &[("binds", TopUp::Binds), ("lifted", TopUp::Lifted)];
        let after_top_up = if caps {
            reader.choice("after-top-up", words).map(Some)
        } else {
            Some(reader.optional_choice("after-top-up", words))
        };
        let stages = reader
            .value("stages")
            .and_then(|value| reader.texts("stages", value, &["a list of stages"]))
            .map(|stages| stages.into_iter().map(str::to_owned).collect());
        let strength = reader
            .optional_choice(
                "bind",
                &[("hard", Strength::Hard), ("soft", Strength::Soft)],
            )
            .unwrap_or(Strength::Hard);
        let scaled = reader
            .optional_choice(
                "scaled-by",
                &[
                    ("areas", PerAreaConcerned::Scaled),
                    ("none", PerAreaConcerned::Same),
                ],
            )
            .unwrap_or(PerAreaConcerned::Same);
        if scaled == PerAreaConcerned::Scaled && per.is_some_and(|per| per != Per::Project) {
            let why = "only a limit per project grows with the project's areas";
            reader.fault("scaled-by", FaultKind::Contradiction, &[], why);
        }
        reader.close();
        Some(Limit {
            id,
            per: per?,
            holds: holds?,
            bounds: bounds?,
            after_top_up: after_top_up?,
            stages,
            strength,
            per_area_concerned: scaled,
        })
    }

    /// Does it hold in this stage?
    #[must_use]
    pub fn holds_in(&self, stage: &str) -> bool {
        self.stages
            .as_ref()
            .is_none_or(|stages| stages.iter().any(|known| known == stage))
    }

    /// The limit in words, for one of its bounds.
    #[must_use]
    pub fn label(&self, bound: &Bound) -> String {
        let per = match self.per {
            Per::Project => "project",
            Per::Area => "area",
            Per::Category => "category",
            Per::Proposer => "proposer",
            Per::All => "all",
        };
        let scaled = match self.per_area_concerned {
            PerAreaConcerned::Scaled => " and area concerned",
            PerAreaConcerned::Same => "",
        };
        let text = if self.per == Per::All {
            format!("{bound} in all")
        } else {
            format!("{bound} per {per}{scaled}")
        };
        match &self.id {
            Some(id) => format!("{id}: {text}"),
            None => text,
        }
    }
}

impl Bound {
    /// Is it a ceiling, which can forbid an award?
    #[must_use]
    pub fn is_ceiling(&self) -> bool {
        !matches!(self, Bound::AtLeast(_) | Bound::AtLeastProjects(_))
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::AtMost(amount) => write!(f, "at most {amount}"),
            Bound::AtMostProjects(number) => write!(f, "at most {number} projects"),
            Bound::AtMostShare(share) => write!(f, "at most {share}"),
            Bound::AtLeast(amount) => write!(f, "at least {amount}"),
            Bound::AtLeastProjects(number) => write!(f, "at least {number} projects"),
        }
    }
}

fn read_bounds(reader: &Reader<'_>) -> Option<Vec<Bound>> {
    const KEYS: [&str; 5] = [
        "at-most",
        "at-most-projects",
        "at-most-share",
        "at-least",
        "at-least-projects",
    ];
    if !KEYS.into_iter().any(|key| reader.has(key)) {
        let allowed = [
            "at-most = \"80000\"",
            "at-most-projects = 3",
            "at-most-share = \"25%\"",
            "at-least = \"10000\"",
            "at-least-projects = 1",
        ];
        reader.fault("at-most", FaultKind::MissingChoice, &allowed, "how much");
        return None;
    }
    let mut bounds = Vec::new();
    for key in KEYS.into_iter().filter(|&key| reader.has(key)) {
        bounds.push(match key {
            "at-most" => reader.money(key).map(Bound::AtMost),
            "at-least" => reader.money(key).map(Bound::AtLeast),
            "at-most-share" => reader.share(key).map(Bound::AtMostShare),
            "at-least-projects" => reader.number(key).map(Bound::AtLeastProjects),
            _ => {
                let number = reader.value(key)?;
                reader.as_number(key, number, 0).map(Bound::AtMostProjects)
            }
        });
    }
    let bounds: Option<Vec<Bound>> = bounds.into_iter().collect();
    if let Some(bounds) = &bounds {
        check_order(reader, bounds);
    }
    bounds
}

/// The least is not above the most.
fn check_order(reader: &Reader<'_>, bounds: &[Bound]) {
    for bound in bounds {
        let key = match bound {
            Bound::AtLeast(least)
                if bounds
                    .iter()
                    .any(|other| matches!(other, Bound::AtMost(most) if least > most)) =>
            {
                "at-least"
            }
            Bound::AtLeastProjects(least)
                if bounds
                    .iter()
                    .any(|other| matches!(other, Bound::AtMostProjects(most) if least > most)) =>
            {
                "at-least-projects"
            }
            _ => continue,
        };
        reader.fault(
            key,
            FaultKind::Contradiction,
            &[],
            "the least is above the most",
        );
    }
}
