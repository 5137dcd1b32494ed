//! The days of an edition, in words.

use serde::Serialize;

use crate::election::Date;
use crate::law::Law;
use crate::law::calendar::{Calendar, Step, When};
use crate::record::Language;

use super::plan::{Plan, PlannedStudy};

/// The days of an edition: its steps and events, the last day of delivery, and when studies must begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Agenda {
    /// The regulation's name.
    pub regulation: String,
    /// The edition.
    pub edition: String,
    /// The days, in their order; on one day by their keys.
    pub entries: Vec<Entry>,
    /// The steps without days, which cannot be in it.
    pub undated: Vec<String>,
    #[serde(skip)]
    pub(super) language: Language,
}

/// An entry of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Entry {
    /// What it is about, whatever its days and the language: `step:filing`, `event:vote`, `delivery`, `study:12`.
    pub key: String,
    /// The first day.
    pub first: Date,
    /// The last day, which belongs to it.
    pub last: Date,
    /// What it is, in a few words.
    pub summary: String,
    /// More about it; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
}

impl Agenda {
    /// The days of a law's calendar, with those that a plan found where there is one. A law without a calendar has an
    /// empty agenda.
    ///
    /// Without a plan, steps of which only the length is written are among the undated.
    #[must_use]
    pub fn of(law: &Law, plan: Option<&Plan>, language: Language) -> Agenda {
        let mut agenda = Agenda {
            regulation: law.name.clone(),
            edition: law.edition.clone(),
            entries: Vec::new(),
            undated: Vec::new(),
            language,
        };
        if let Some(calendar) = &law.calendar {
            agenda.add_steps(calendar, plan);
            agenda.add_days(calendar);
            let study = calendar
                .plan
                .as_ref()
                .and_then(|law| calendar.place(&law.study));
            let study = study.and_then(|at| calendar.steps.get(at));
            for planned in plan.iter().flat_map(|plan| &plan.studies) {
                agenda.add_study(planned, study);
            }
        }
        let order = |entry: &Entry| (entry.first, entry.last);
        agenda
            .entries
            .sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.key.cmp(&b.key)));
        agenda
    }

    fn add_steps(&mut self, calendar: &Calendar, plan: Option<&Plan>) {
        for step in &calendar.steps {
            let planned = plan.and_then(|plan| plan.step(&step.id));
            let written = match step.when {
                When::Dates { first, last } => Some((first, last)),
                _ => None,
            };
            let days = written.or_else(|| planned.map(|planned| (planned.first, planned.last)));
            let Some((first, last)) = days else {
                self.undated.push(step.id.clone());
                continue;
            };
            let backwards = plan
                .filter(|_| written.is_none())
                .map(|plan| match self.language {
                    Language::French => format!("Au plus tard, pour être prêt le {}.", plan.on),
                    Language::English => format!("At the latest, to be ready on {}.", plan.on),
                });
            let parts = [backwards, step.article.clone()];
            self.entries.push(Entry {
                key: format!("step:{}", step.id),
                first,
                last,
                summary: name(step, self.language).to_owned(),
                description: parts.into_iter().flatten().collect::<Vec<_>>().join("\n"),
            });
        }
    }

    /// Events, and the last day of delivery.
    fn add_days(&mut self, calendar: &Calendar) {
        for event in &calendar.events {
            self.entries.push(Entry {
                key: format!("event:{}", event.id),
                first: event.on,
                last: event.on,
                summary: event.name.clone(),
                description: String::new(),
            });
        }
        if let Some(delivery) = &calendar.delivery {
            let name = calendar
                .event(&delivery.event)
                .map_or("", |event| event.name.as_str());
            let (months, from) = (delivery.months, delivery.from);
            let (summary, description) = match self.language {
                Language::French => (
                    "Dernier jour de livraison des projets",
                    format!("{months} mois après : {name} ({from})."),
                ),
                Language::English => (
                    "Last day for the delivery of projects",
                    format!("{months} months from: {name} ({from})."),
                ),
            };
            self.entries.push(Entry {
                key: "delivery".to_owned(),
                first: delivery.by,
                last: delivery.by,
                summary: summary.to_owned(),
                description,
            });
        }
    }

    fn add_study(&mut self, planned: &PlannedStudy, study: Option<&Step>) {
        let step = study.map_or("", |step| name(step, self.language));
        let PlannedStudy {
            project,
            study_days,
            opinion_days,
            over_by,
            ..
        } = planned;
        let (summary, description) = match self.language {
            Language::French => (
                format!("{step} du projet {project} : à commencer au plus tard"),
                format!(
                    "Étude {}, avis des services {}, le tout terminé le {over_by}.",
                    days(*study_days, "jour"),
                    days(*opinion_days, "jour")
                ),
            ),
            Language::English => (
                format!("{step} of project {project}: to begin at the latest"),
                format!(
                    "Study {}, opinions of services {}, all over on {over_by}.",
                    days(*study_days, "day"),
                    days(*opinion_days, "day")
                ),
            ),
        };
        self.entries.push(Entry {
            key: format!("study:{project}"),
            first: planned.begin_by,
            last: planned.begin_by,
            summary,
            description,
        });
    }
}

fn name(step: &Step, language: Language) -> &str {
    match language {
        Language::French => step.french(),
        Language::English => step.english(),
    }
}

/// A number of days; both languages add an s from two on, and English to none as well.
fn days(number: u64, word: &str) -> String {
    let plural = match number {
        1 => "",
        0 if word == "jour" => "",
        _ => "s",
    };
    format!("{number} {word}{plural}")
}
