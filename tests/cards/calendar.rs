//! The calendar of the cards of Strasbourg 2017: the steps of the minutes, planned backwards from the vote of the budget.

use quartier::law::calendar::Calendar;
use quartier::record::Language;
use quartier::regulation::Regulation;
use quartier::regulation::calendar::{Agenda, Plan, StudyNeed};

use crate::card::Card;

/// The steps that the minutes name, in their order; what they call *visualisation* comes before the ranking.
const STEPS: [&str; 12] = [
    "filing",
    "reception",
    "feasibility",
    "validation",
    "display",
    "ranking",
    "vote",
    "implementation",
    "delivery",
    "celebration",
    "evaluation",
    "adjustment",
];

/// A large project that three services look at, and a small one with one service.
fn needs() -> [StudyNeed; 2] {
    [
        StudyNeed::new("square", 80_000, 3),
        StudyNeed::new("bench", 4_000, 1),
    ]
}

fn calendar(regulation: &Regulation) -> &Calendar {
    regulation.law().calendar.as_ref().unwrap()
}

#[test]
fn the_steps_are_those_of_the_minutes() {
    let (one, other) = (
        Card::named("strasbourg-2017-one-pot").regulation(),
        Card::named("strasbourg-2017-quartier-pots").regulation(),
    );
    let steps = calendar(&one).steps.iter().map(|step| step.id.as_str());
    assert_eq!(steps.collect::<Vec<_>>(), STEPS);
    assert_eq!(calendar(&one), calendar(&other));
    let delivery = calendar(&one).delivery.as_ref().unwrap();
    assert_eq!(
        (delivery.months, delivery.by.to_string()),
        (24, "2020-12-17".to_owned())
    );
}

/// Backwards from 6 October: 30 days of display and ranking, 15 of validation; the square takes 60 days and three opinions
/// of 15, so 105, the bench 30 and 15, so 45; then 15 of reception and 45 of filing.
#[test]
fn the_plan_goes_back_from_the_budget_vote() {
    let regulation = Card::named("strasbourg-2017-one-pot").regulation();
    let plan = Plan::of(calendar(&regulation), &needs()).unwrap();
    let days = |step: &str| {
        let step = plan.step(step).unwrap();
        format!("{} {}", step.first, step.last)
    };
    for (step, expected) in [
        ("filing", "2018-03-10 2018-04-23"),
        ("reception", "2018-04-24 2018-05-08"),
        ("feasibility", "2018-05-09 2018-08-21"),
        ("validation", "2018-08-22 2018-09-05"),
        ("display", "2018-09-06 2018-10-05"),
        ("ranking", "2018-09-06 2018-10-05"),
        ("vote", "2018-10-06 2018-10-14"),
    ] {
        assert_eq!(days(step), expected, "{step}");
    }
    let begin = |project: &str| plan.study(project).unwrap().begin_by.to_string();
    assert_eq!(
        [begin("square"), begin("bench")],
        ["2018-05-09", "2018-07-08"]
    );
}

/// The file that a city puts on its site: every step with days, the budget vote, the studies, the last day of delivery.
#[test]
fn the_calendar_is_exported() {
    for file in ["strasbourg-2017-one-pot", "strasbourg-2017-quartier-pots"] {
        let regulation = Card::named(file).regulation();
        let plan = Plan::of(calendar(&regulation), &needs()).unwrap();
        let agenda = Agenda::of(regulation.law(), Some(&plan), Language::French);
        let open = [
            "implementation",
            "delivery",
            "celebration",
            "evaluation",
            "adjustment",
        ];
        assert_eq!(agenda.undated, open);
        let text = agenda.to_icalendar("2018-01-31".parse().unwrap());
        // Seven steps, two studies, the event and the last day of delivery.
        assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 11);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        for line in [
            "DTSTART;VALUE=DATE:20180310",
            "DTSTART;VALUE=DATE:20181217",
            "DTEND;VALUE=DATE:20181015",
            "DTSTART;VALUE=DATE:20201217",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line}");
        }
        let unfolded = text.replace("\r\n ", "");
        for summary in [
            "Dépôt des projets",
            "Hiérarchisation",
            "Délibération du conseil municipal",
        ] {
            let line = format!(
                "SUMMARY;LANGUAGE=fr:{summary} ({})\r\n",
                regulation.law().name
            );
            assert!(unfolded.contains(&line), "{line}\n{text}");
        }
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
    }
}
