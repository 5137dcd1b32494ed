//! Backwards plans worked out by hand.

use quartier::election::Project;
use quartier::law::calendar::Calendar;
use quartier::regulation::calendar::{Plan, PlannedStep, StudyNeed};

use crate::helpers::{SEED, changed, day, faults, found, needs, regulation};

fn calendar(text: &str) -> Calendar {
    regulation(text).law().calendar.clone().unwrap()
}

fn days(step: &PlannedStep) -> (String, String, String, i64) {
    (
        step.first.to_string(),
        step.last.to_string(),
        step.needed_by.to_string(),
        step.spare_days,
    )
}

fn step(first: &str, last: &str, needed_by: &str, spare: i64) -> (String, String, String, i64) {
    (
        first.to_owned(),
        last.to_owned(),
        needed_by.to_owned(),
        spare,
    )
}

/// ```text
/// deliberation 17 December
/// vote         6 to 14 October as written; must be over on 16 December: 17 + 30 + 16 = 63 days in reserve
/// ranking      30 days before 6 October: 6 September to 5 October
/// display      alongside the ranking: the same days
/// validation   10 days before 6 September: 27 August to 5 September
/// feasibility  tower: 60 + 4 x 15 = 120 days, bench: 20 + 15 = 35 days
///              120 days up to 26 August: 26 + 31 (July) + 30 (June) + 31 (May) + 2: from 29 April
/// reception    15 days before 29 April: 14 to 28 April
/// filing       to 28 February as written; must be over on 13 April: 31 + 13 = 44 days in reserve
/// tower begins on 29 April, no day in reserve
/// bench begins by 23 July (9 + 26 = 35 days), from 29 April: 1 + 31 + 30 + 23 = 85 days in reserve
/// ```
#[test]
fn the_seeds_steps_one_service_after_another() {
    let plan = Plan::of(&calendar(SEED), &needs()).unwrap();
    let found: Vec<_> = plan.steps.iter().map(days).collect();
    assert_eq!(
        found,
        [
            step("2018-01-15", "2018-02-28", "2018-04-13", 44),
            step("2018-04-14", "2018-04-28", "2018-04-28", 0),
            step("2018-04-29", "2018-08-26", "2018-08-26", 0),
            step("2018-08-27", "2018-09-05", "2018-09-05", 0),
            step("2018-09-06", "2018-10-05", "2018-10-05", 0),
            step("2018-09-06", "2018-10-05", "2018-10-05", 0),
            step("2018-10-06", "2018-10-14", "2018-12-16", 63),
        ]
    );
    let tower = plan.study("tower").unwrap();
    assert_eq!((tower.study_days, tower.opinion_days), (60, 60));
    assert_eq!(
        (tower.begin_by, tower.over_by, tower.spare_days),
        (day("2018-04-29"), day("2018-08-26"), 0)
    );
    let bench = plan.study("bench").unwrap();
    assert_eq!((bench.study_days, bench.opinion_days), (20, 15));
    assert_eq!(
        (bench.begin_from, bench.begin_by, bench.spare_days),
        (day("2018-04-29"), day("2018-07-23"), 85)
    );
    let order: Vec<&str> = plan
        .studies
        .iter()
        .map(|study| study.project.as_str())
        .collect();
    assert_eq!(order, ["tower", "bench"]);
}

/// In parallel the tower takes 60 + 15 = 75 days: 26 + 31 + 18, from 13 June; the reception 29 May to 12 June.
#[test]
fn the_seeds_steps_all_services_in_parallel() {
    let text = changed(&[("one-after-another", "in-parallel")]);
    let plan = Plan::of(&calendar(&text), &needs()).unwrap();
    let reception = plan.step("reception").unwrap();
    assert_eq!(
        (reception.first, reception.last),
        (day("2018-05-29"), day("2018-06-12"))
    );
    assert_eq!(plan.study("tower").unwrap().begin_by, day("2018-06-13"));
    // With one service both ways are the same, and with none nobody is waited for.
    assert_eq!(plan.study("bench").unwrap().begin_by, day("2018-07-23"));
    let alone = [StudyNeed::new("alone", 20_000, 0)];
    let plan = Plan::of(&calendar(&text), &alone).unwrap();
    assert_eq!(plan.study("alone").unwrap().begin_by, day("2018-08-07"));
}

/// A study that ends with February: 30 days up to the 29th begin on 31 January, up to the 28th on 30 January.
#[test]
fn plans_cross_leap_days() {
    for (year, begin) in [(2020, "2020-01-31"), (2019, "2019-01-30")] {
        let text = format!(
            "[calendar]\nstep = [{{ id = 's', days = 'longest-study' }}, {{ id = 'v', on = '{year}-03-01' }}]\n\
             event = [{{ id = 'deliberation', on = '{year}-03-31', after = 'v' }}]\n[calendar.plan]\nevent = 'deliberation'\n\
             study = 's'\nconsultation = 'in-parallel'\nconsultation-days = 1\nstudy-days = 'stated'\n"
        );
        let need = StudyNeed::new("p", 1, 0).takes(30);
        let plan = Plan::of(&calendar(&text), &[need]).unwrap();
        assert_eq!(plan.study("p").unwrap().begin_by, day(begin));
    }
}

#[test]
fn what_a_project_states_comes_before_the_band_of_its_cost() {
    let calendar = calendar(SEED);
    let plan = Plan::of(&calendar, &[StudyNeed::new("p", 20_001, 0).takes(5)]).unwrap();
    assert_eq!(plan.study("p").unwrap().study_days, 5);
    let plan = Plan::of(&calendar, &[StudyNeed::new("p", 20_001, 0)]).unwrap();
    assert_eq!(plan.study("p").unwrap().study_days, 60);
    let plan = Plan::of(&calendar, &[StudyNeed::new("p", 20_000, 0)]).unwrap();
    assert_eq!(plan.study("p").unwrap().study_days, 20);
}

#[test]
fn a_step_that_is_over_too_late_is_a_fault_with_days_and_remedy() {
    // The reception must begin on 14 April, and the filing ends that day.
    let text = changed(&[("to = \"2018-02-28\"", "to = \"2018-04-14\"")]);
    let faults = Plan::of(&calendar(&text), &needs()).unwrap_err();
    assert_eq!(found(&faults), [("calendar.step[0].to", "contradiction")]);
    let text = faults.to_string();
    for word in [
        "`filing` is over only on 2018-04-14",
        "`deliberation` on 2018-12-17",
        "`reception` must begin on 2018-04-14",
        "end `filing` by the day before",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
    // A day earlier it is in time.
    let text = changed(&[("to = \"2018-02-28\"", "to = \"2018-04-13\"")]);
    assert_eq!(
        Plan::of(&calendar(&text), &needs()).unwrap().steps[0].spare_days,
        0
    );
    // Where the study comes next, the longest is named.
    let text = changed(&[("days = 15", "from = \"2018-04-15\"\nto = \"2018-04-29\"")]);
    let faults = Plan::of(&calendar(&text), &needs()).unwrap_err();
    assert!(
        faults
            .to_string()
            .contains("the study of `tower` takes 120 days"),
        "{faults}"
    );
}

#[test]
fn plans_that_no_project_can_save_are_refused_when_the_regulation_is_read() {
    let text = changed(&[("days = 15", "days = 150"), ("days = 10", "days = 100")]);
    assert_eq!(
        found(&faults(&text)),
        [("calendar.step[0].to", "contradiction")]
    );
    let text = changed(&[("days = 15", "days = 4294967295")]);
    assert_eq!(
        found(&faults(&text)),
        [("calendar.step[1].days", "bad-value")]
    );
}

#[test]
fn studies_that_do_not_fit_are_all_faults() {
    // 90 days up to 26 August begin on 29 May.
    let text = changed(&[("\"longest-study\"", "90")]);
    let calendar = calendar(&text);
    let mut needs = needs();
    needs.push(StudyNeed::new("arch", 1_000_000, 3));
    needs.push(StudyNeed::new("late", 1_000, 1).filed_on(day("2018-07-24")));
    needs.push(StudyNeed::new("just", 1_000, 1).filed_on(day("2018-07-23")));
    needs.push(StudyNeed::new("vast", 1_000, u32::MAX));
    needs.push(StudyNeed::new("just", 1_000, 1));
    let faults = Plan::of(&calendar, &needs).unwrap_err();
    assert_eq!(
        found(&faults),
        [
            ("project:just", "duplicate-id"),
            ("project:arch", "contradiction"),
            ("project:late", "contradiction"),
            ("project:tower", "contradiction"),
            ("project:vast", "contradiction"),
        ]
    );
    let text = faults.to_string();
    for word in [
        "takes 60 days and 60 days for the opinions of 4 services asked one after another",
        "must begin by 2018-04-29 to be over on 2018-08-26 with `feasibility`",
        "begins only on 2018-05-29",
        "all of them in parallel",
        "leave the project to the next edition",
        "filed only on 2018-07-24",
        "before the year 0",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn unstated_times_and_missing_plans_are_faults() {
    let text = changed(&[(
        "[ { cost-at-most = \"20000\", days = 20 }, { days = 60 } ]",
        "\"stated\"",
    )]);
    let faults = Plan::of(&calendar(&text), &needs()).unwrap_err();
    assert_eq!(
        found(&faults),
        [
            ("project:bench.study_days", "missing-choice"),
            ("project:tower.study_days", "missing-choice")
        ]
    );
    let planless = "[calendar]\nstep = [{ id = 'v', on = '2020-03-01' }]\nevent = [{ id = 'deliberation', on = '2020-03-31' }]";
    let faults = Plan::of(&calendar(planless), &needs()).unwrap_err();
    assert_eq!(found(&faults), [("calendar.plan", "missing-choice")]);
}

#[test]
fn needs_are_read_from_the_attributes_of_projects() {
    let mut sound = Project::new("sound", 5).filed_on(day("2018-02-01"));
    sound.attributes.insert("services".into(), "0".into());
    sound.attributes.insert("study_days".into(), "12".into());
    let needs = StudyNeed::of_projects([&sound]).unwrap();
    assert_eq!(
        needs,
        [StudyNeed::new("sound", 5, 0)
            .takes(12)
            .filed_on(day("2018-02-01"))]
    );
    let mut signed = Project::new("signed", 5);
    signed.attributes.insert("services".into(), "+3".into());
    signed.attributes.insert("study_days".into(), "0".into());
    let faults = StudyNeed::of_projects([&sound, &signed, &Project::new("silent", 5)]).unwrap_err();
    assert_eq!(
        found(&faults),
        [
            ("project:signed.services", "bad-value"),
            ("project:signed.study_days", "bad-value"),
            ("project:silent.services", "missing-choice"),
        ]
    );
}
