//! Calendars and registers in short form.

use quartier::election::Date;
use quartier::law::follow_up::Register;
use quartier::law::{Document, Faults};
use quartier::regulation::Regulation;
use quartier::regulation::calendar::StudyNeed;

/// The contract's example, of which delivery is counted from the deliberation.
pub(crate) fn example() -> String {
    include_str!("../../examples/regulations/example-2018.toml").replace(
        "delivery-months-at-most = 24",
        "delivery-months-at-most = 24\ndelivery-from = \"deliberation\"",
    )
}

/// The steps that the founding minutes of Strasbourg name, in the order in which a city might take them. The days are
/// invented: the minutes give none.
pub(crate) const SEED: &str = r#"
[calendar]
[[calendar.step]]
id = "filing"
from = "2018-01-15"
to = "2018-02-28"
[[calendar.step]]
id = "reception"
days = 15
[[calendar.step]]
id = "feasibility"
days = "longest-study"
[[calendar.step]]
id = "validation"
days = 10
[[calendar.step]]
id = "display"
days = 30
[[calendar.step]]
id = "ranking"
days = 30
alongside = ["display"]
[[calendar.step]]
id = "vote"
from = "2018-10-06"
to = "2018-10-14"
article = "Art. 7; voir l'annexe, point 3"
[[calendar.step]]
id = "implementation"
from = "2019-01-07"
to = "2020-06-30"
[[calendar.step]]
id = "delivery"
[[calendar.step]]
id = "celebration"
on = "2019-06-21"
alongside = ["implementation"]
[[calendar.step]]
id = "evaluation"
[[calendar.step]]
id = "adjustment"
name = "Réajustement du règlement"
[[calendar.event]]
id = "deliberation"
name = "Délibération du conseil municipal"
on = "2018-12-17"
after = "vote"
[calendar.plan]
event = "deliberation"
study = "feasibility"
consultation = "one-after-another"
consultation-days = 15
study-days = [ { cost-at-most = "20000", days = 20 }, { days = 60 } ]
[calendar.implementation]
step = "implementation"
year = 2019
"#;

pub(crate) fn document(text: &str) -> Document {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The example with a calendar, read.
pub(crate) fn regulation(calendar: &str) -> Regulation {
    let text = format!("{}\n{calendar}", example());
    Regulation::read(&document(&text)).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The faults of the example with a calendar.
pub(crate) fn faults(calendar: &str) -> Faults {
    let text = format!("{}\n{calendar}", example());
    Regulation::read(&document(&text)).unwrap_err()
}

/// The paths and codes of all faults.
pub(crate) fn found(faults: &Faults) -> Vec<(&str, &str)> {
    faults
        .iter()
        .map(|fault| (fault.path.as_str(), fault.kind.code()))
        .collect()
}

/// The seed's calendar with changes, each of which must find its place.
pub(crate) fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(SEED.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    })
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A small project with one service, and a large one with four.
pub(crate) fn needs() -> Vec<StudyNeed> {
    vec![
        StudyNeed::new("tower", 80_000, 4),
        StudyNeed::new("bench", 20_000, 1),
    ]
}

pub(crate) fn register(text: &str) -> Register {
    Register::read(&document(text)).unwrap_or_else(|faults| panic!("{faults}"))
}

pub(crate) fn register_faults(text: &str) -> Faults {
    Register::read(&document(text)).unwrap_err()
}
