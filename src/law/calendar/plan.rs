//! How feasibility studies are planned backwards from an event.

use crate::election::Money;
use crate::law::fault::FaultKind;
use crate::law::reader::Reader;
use crate::law::value::Value;

/// How long a feasibility study takes, and by when it must be over.
///
/// **Formula.** A project's study takes, in calendar days,
///
/// ```text
/// study + opinions,   opinions = consultation-days × services   one after another
///                                consultation-days              in parallel, if there is a service at all
/// ```
///
/// where `study` is what the project itself states or, if it states nothing, what the city gives projects of its
/// cost. It begins at the latest so many days before the step of the studies is over, both ends counted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanLaw {
    /// The event from which everything is planned backwards.
    pub event: String,
    /// The step in which feasibility is studied.
    pub study: String,
    /// How services are consulted.
    pub consultation: Consultation,
    /// How many calendar days a service has for its opinion.
    pub consultation_days: u32,
    /// How long a study takes without opinions.
    pub study_time: StudyTime,
}

/// How the services of a city are consulted on a project. Required: it is the city's choice, and it decides how many
/// months before the vote projects must be filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Consultation {
    /// Each after the one before has answered.
    OneAfterAnother,
    /// All at once.
    InParallel,
}

/// How long a study takes without opinions.
///
/// ```
/// use quartier::election::Money;
/// use quartier::law::{Document, calendar::Calendar};
/// let calendar = Calendar::of(&toml::from_str::<Document>(r#"
///     step = [{ id = "study", days = 90 }]
///     event = [{ id = "vote", on = "2018-10-06", after = "study" }]
///     [plan]
///     event = "vote"
///     study = "study"
///     consultation = "in-parallel"
///     consultation-days = 15
///     study-days = [{ cost-at-most = "20000", days = 30 }, { days = 60 }]
/// "#)?)?;
/// let time = &calendar.plan.as_ref().ok_or("no plan")?.study_time;
/// assert_eq!(time.for_cost(Money::from(20_000)), Some(30));
/// assert_eq!(time.for_cost(Money::from(20_001)), Some(60));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StudyTime {
    /// What each project states.
    Stated,
    /// What a project states, else what the first band says that reaches its cost. The last band has no end.
    ByCost(Vec<StudyBand>),
}

/// How long a study takes for projects up to a cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StudyBand {
    /// The most that they cost; `None` for all that are dearer.
    pub cost_at_most: Option<Money>,
    /// How many calendar days.
    pub days: u32,
}

pub(super) const ALLOWED: &[&str] = &[
    "{ event = \"deliberation\", study = \"feasibility\", consultation = \"in-parallel\", consultation-days = 15, study-days = \"stated\" }",
];
const STUDY: &[&str] = &[
    "\"stated\"",
    "[ { cost-at-most = \"20000\", days = 30 }, { days = 60 } ]",
];

impl StudyTime {
    /// How many days a project of this cost takes if it states nothing itself.
    #[must_use]
    pub fn for_cost(&self, cost: Money) -> Option<u32> {
        let StudyTime::ByCost(bands) = self else {
            return None;
        };
        let reaches = |band: &&StudyBand| band.cost_at_most.is_none_or(|most| cost <= most);
        bands.iter().find(reaches).map(|band| band.days)
    }
}

impl PlanLaw {
    pub(super) fn read(reader: Reader<'_>) -> Option<PlanLaw> {
        let event = reader.text("event", &["the id of an event"]);
        let study = reader.text("study", &["the id of a step"]);
        let consultation = reader.choice(
            "consultation",
            &[
                ("one-after-another", Consultation::OneAfterAnother),
                ("in-parallel", Consultation::InParallel),
            ],
        );
        let days = reader.number("consultation-days");
        let study_time = read_study(&reader);
        reader.close();
        Some(PlanLaw {
            event: event?.to_owned(),
            study: study?.to_owned(),
            consultation: consultation?,
            consultation_days: days?,
            study_time: study_time?,
        })
    }
}

fn read_study(reader: &Reader<'_>) -> Option<StudyTime> {
    match reader.require("study-days", STUDY)? {
        Value::Text(text) if text == "stated" => Some(StudyTime::Stated),
        Value::Text(text) => {
            reader.bad_value("study-days", text, STUDY);
            None
        }
        value @ Value::List(_) => {
            let tables = reader.tables("study-days", value)?;
            let bands: Vec<Option<StudyBand>> = tables
                .into_iter()
                .map(|table| table.and_then(read_band))
                .collect();
            let bands: Vec<StudyBand> = bands.into_iter().collect::<Option<_>>()?;
            check_bands(reader, &bands)?;
            Some(StudyTime::ByCost(bands))
        }
        other => {
            reader.wrong_type("study-days", other, STUDY);
            None
        }
    }
}

fn read_band(reader: Reader<'_>) -> Option<StudyBand> {
    let is_open = !reader.has("cost-at-most");
    let most = reader.optional_money("cost-at-most");
    let days = reader.number("days");
    reader.close();
    if !is_open && most.is_none() {
        return None;
    }
    Some(StudyBand {
        cost_at_most: most,
        days: days?,
    })
}

/// The bands rise, and the last one alone has no end: every cost is in exactly one.
fn check_bands(reader: &Reader<'_>, bands: &[StudyBand]) -> Option<()> {
    let mut sound = true;
    let mut fault = |at: usize, why: &str| {
        let key = format!("study-days[{at}].cost-at-most");
        reader.fault(&key, FaultKind::Contradiction, STUDY, why);
        sound = false;
    };
    let Some(last) = bands.len().checked_sub(1) else {
        reader.bad_value("study-days", "[]", STUDY);
        return None;
    };
    let mut before = None;
    for (at, band) in bands.iter().enumerate() {
        match band.cost_at_most {
            Some(_) if at == last => fault(at, "dearer projects would have no study time"),
            None if at < last => fault(at, "the bands after this one would never be reached"),
            most @ Some(_) if most <= before => fault(at, "it is not above the band before"),
            _ => {}
        }
        before = band.cost_at_most.or(before);
    }
    sound.then_some(())
}
