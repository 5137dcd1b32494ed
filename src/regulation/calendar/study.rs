//! What the study of a project needs.

use crate::election::{Date, Money, Project};
use crate::law::calendar::{Consultation, PlanLaw};
use crate::law::{Fault, FaultKind, Faults};

/// What the feasibility study of a project needs: time, and the opinions of some services of the city.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StudyNeed {
    /// The project.
    pub project: String,
    /// What it costs: the regulation may give dearer projects more time.
    pub cost: Money,
    /// How many calendar days its study takes without opinions, where that is stated.
    pub days: Option<u32>,
    /// How many services are asked.
    pub services: u32,
    /// The day it was filed: its study cannot begin before.
    pub filed: Option<Date>,
}

/// How long a study takes, in calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) study: u64,
    pub(super) opinions: u64,
}

impl Length {
    /// In all; a study takes at least a day.
    pub(super) fn days(self) -> u64 {
        self.study.saturating_add(self.opinions).max(1)
    }
}

/// The attribute of a project that says how long its study takes.
const DAYS: &str = "study_days";
/// The attribute of a project that says how many services are asked.
const SERVICES: &str = "services";

impl StudyNeed {
    /// A study of a project of this cost on which so many services are asked.
    #[must_use]
    pub fn new(project: impl Into<String>, cost: impl Into<Money>, services: u32) -> StudyNeed {
        StudyNeed {
            project: project.into(),
            cost: cost.into(),
            days: None,
            services,
            filed: None,
        }
    }

    /// The same study, of which it is stated that it takes so many calendar days without opinions.
    #[must_use]
    pub fn takes(mut self, days: u32) -> StudyNeed {
        self.days = Some(days);
        self
    }

    /// The same study of a project that was filed on this day.
    #[must_use]
    pub fn filed_on(mut self, day: Date) -> StudyNeed {
        self.filed = Some(day);
        self
    }

    /// What the studies of projects need, from their attributes `services`, which each must have, and `study_days`.
    ///
    /// ```
    /// use quartier::election::Project;
    /// use quartier::regulation::calendar::StudyNeed;
    /// let mut tower = Project::new("tower", 80_000);
    /// let faults = StudyNeed::of_projects([&tower]).unwrap_err();
    /// assert_eq!(faults.iter().next().map(|fault| fault.path.as_str()), Some("project:tower.services"));
    /// tower.attributes.insert("services".into(), "4".into());
    /// assert_eq!(StudyNeed::of_projects([&tower])?, [StudyNeed::new("tower", 80_000, 4)]);
    /// # Ok::<(), quartier::law::Faults>(())
    /// ```
    ///
    /// # Errors
    /// All attributes that are missing or are no whole number.
    pub fn of_projects<'a>(
        projects: impl IntoIterator<Item = &'a Project>,
    ) -> Result<Vec<StudyNeed>, Faults> {
        let mut faults = Vec::new();
        let mut needs = Vec::new();
        for project in projects {
            let services = number(project, SERVICES, 0, &mut faults);
            if services == Ok(None) {
                let why = "how many services are asked decides when the study must begin";
                let path = format!("project:{}.{SERVICES}", project.id);
                let fault = Fault::new(path, FaultKind::MissingChoice);
                faults.push(fault.allowed(["a whole number, such as 3"]).why(why));
            }
            let days = number(project, DAYS, 1, &mut faults);
            if let (Ok(Some(services)), Ok(days)) = (services, days) {
                needs.push(StudyNeed {
                    project: project.id.clone(),
                    cost: project.cost,
                    days,
                    services,
                    filed: project.filed,
                });
            }
        }
        if faults.is_empty() {
            Ok(needs)
        } else {
            Err(Faults::new(faults))
        }
    }

    /// How long it takes by the regulation's formula; `None` if nobody says how long.
    pub(super) fn length(&self, law: &PlanLaw) -> Option<Length> {
        let study = self.days.or_else(|| law.study_time.for_cost(self.cost))?;
        let (services, each) = (u64::from(self.services), u64::from(law.consultation_days));
        let opinions = match law.consultation {
            Consultation::InParallel => each.saturating_mul(services.min(1)),
            Consultation::OneAfterAnother => each.saturating_mul(services),
        };
        Some(Length {
            study: u64::from(study),
            opinions,
        })
    }
}

/// The number that an attribute says, if it is there.
fn number(
    project: &Project,
    key: &str,
    least: u32,
    faults: &mut Vec<Fault>,
) -> Result<Option<u32>, ()> {
    let Some(text) = project.attributes.get(key) else {
        return Ok(None);
    };
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text
        .parse()
        .ok()
        .filter(|&number: &u32| plain && number >= least);
    if number.is_none() {
        let path = format!("project:{}.{key}", project.id);
        let short: String = text.chars().take(60).collect();
        let allowed = format!("a whole number from {least}, such as 3");
        let fault = Fault::new(path, FaultKind::BadValue).allowed([allowed]);
        faults.push(fault.why(format!("found `{short}`")));
    }
    number.map(Some).ok_or(())
}
