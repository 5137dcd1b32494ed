//! The table `calendar` of a regulation: what is required, and what cannot be.

use quartier::law::calendar::{Calendar, REQUIRED};
use quartier::law::{Document, Value};

use crate::helpers::{SEED, changed, document, faults, found, regulation};

#[test]
fn the_seeds_steps_have_their_names_in_both_languages() {
    let regulation = regulation(SEED);
    let calendar = regulation.law().calendar.as_ref().unwrap();
    let names: Vec<(&str, &str)> = calendar
        .steps
        .iter()
        .map(|step| (step.french(), step.english()))
        .collect();
    assert_eq!(names.len(), 12);
    assert_eq!(names[2], ("Étude de faisabilité", "Feasibility study"));
    assert_eq!(names[7], ("Mise en œuvre", "Implementation"));
    assert_eq!(
        names[11],
        ("Réajustement du règlement", "Réajustement du règlement")
    );
}

#[test]
fn any_id_and_any_order_may_be_chosen() {
    let text = r#"
        step = [
            { id = "forum", on = "2025-03-01", name = { fr = "Forum des idées", en = "Forum of ideas" } },
            { id = "sprint 2", from = "2025-03-02", to = "2025-03-30" },
        ]
        event = [{ id = "fête", on = "2025-06-21" }]
    "#;
    let calendar = Calendar::of(&document(text)).unwrap();
    assert_eq!(calendar.steps[0].english(), "Forum of ideas");
    assert_eq!(calendar.steps[1].french(), "sprint 2");
    assert_eq!(calendar.event("fête").unwrap().name, "fête");
}

/// Removes the first value at a path of the required list, and says where it was.
fn remove(keys: &mut Vec<(String, Value)>, steps: &[&str], before: &str) -> Option<String> {
    let (step, rest) = steps.split_first()?;
    let (name, is_list) = (step.trim_end_matches("[]"), step.ends_with("[]"));
    let at = keys.iter().position(|(key, _)| key == name)?;
    let path = format!("{before}{name}");
    if rest.is_empty() {
        keys.remove(at);
        return Some(path);
    }
    match &mut keys[at].1 {
        Value::Table(keys) => remove(keys, rest, &format!("{path}.")),
        Value::List(list) if is_list => list.iter_mut().enumerate().find_map(|(at, item)| {
            let Value::Table(keys) = item else {
                return None;
            };
            remove(keys, rest, &format!("{path}[{at}]."))
        }),
        _ => None,
    }
}

#[test]
fn every_required_key_is_missed_by_exactly_one_fault_at_its_path() {
    let whole = document(SEED);
    let Value::Table(keys) = &whole.keys()[0].1 else {
        panic!("no table");
    };
    assert!(Calendar::of(&Document::new(keys.clone())).is_ok());
    for required in REQUIRED {
        let mut keys = keys.clone();
        let steps: Vec<&str> = required.path.split('.').collect();
        let place = remove(&mut keys, &steps, "").unwrap_or_else(|| panic!("{}", required.path));
        let faults = Calendar::of(&Document::new(keys)).unwrap_err();
        assert_eq!(
            found(&faults),
            [(place.as_str(), "missing-choice")],
            "{faults}"
        );
        assert!(!faults.iter().next().unwrap().allowed.is_empty());
    }
}

#[test]
fn all_faults_of_the_keys_are_listed_at_once() {
    let text = changed(&[
        ("from = \"2018-01-15\"", "from = \"2018-02-30\""),
        ("days = 15", "days = 0"),
        ("\"longest-study\"", "\"long\""),
        ("days = 10", "days = 10\non = \"2018-05-01\""),
        ("from = \"2018-10-06\"", "from = 2018"),
        ("to = \"2020-06-30\"", "to = \"202-06-30\""),
        ("on = \"2019-06-21\"", "to = \"2019-06-21\""),
        (
            "consultation = \"one-after-another\"",
            "consultation = \"mixed\"",
        ),
        (
            "{ days = 60 }",
            "{ cost-at-most = \"9000\", days = 60, hours = 2 }",
        ),
        ("year = 2019", "year = 19"),
        ("on = \"2018-12-17\"", "on = \"2018-12-17\"\nhour = 9"),
    ]);
    let faults = faults(&text);
    assert_eq!(
        found(&faults),
        [
            ("calendar.step[0].from", "bad-value"),
            ("calendar.step[1].days", "bad-value"),
            ("calendar.step[2].days", "bad-value"),
            ("calendar.step[3].days", "contradiction"),
            ("calendar.step[6].from", "wrong-type"),
            ("calendar.step[7].to", "bad-value"),
            ("calendar.step[9].from", "missing-choice"),
            ("calendar.event[0].hour", "unknown-key"),
            ("calendar.plan.consultation", "bad-value"),
            ("calendar.plan.study-days[1].hours", "unknown-key"),
            ("calendar.plan.study-days[1].cost-at-most", "contradiction"),
            ("calendar.implementation.year", "bad-value"),
        ]
    );
}

/// A changed calendar and its faults in order; the texts must hold the words.
fn contradictory(changes: &[(&str, &str)], expected: &[(&str, &str)], words: &[&str]) {
    let faults = faults(&changed(changes));
    assert_eq!(found(&faults), expected, "{faults}");
    let text = faults.to_string();
    for word in words {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn steps_that_overlap_are_refused_with_both_days_and_the_remedy() {
    contradictory(
        &[("from = \"2019-01-07\"", "from = \"2018-10-14\"")],
        &[
            ("calendar.step[7].from", "contradiction"),
            ("calendar.event[0].on", "contradiction"),
            ("calendar.implementation.year", "contradiction"),
        ],
        &[
            "`implementation` begins on 2018-10-14",
            "`vote` before it is over only on 2018-10-14",
            "alongside = [\"vote\"]",
        ],
    );
    // The place is the key that was written, even for a single day.
    contradictory(
        &[
            ("alongside = [\"implementation\"]", ""),
            (
                "on = \"2019-06-21\"",
                "from = \"2019-06-21\"\nto = \"2019-06-21\"",
            ),
        ],
        &[("calendar.step[9].from", "contradiction")],
        &[],
    );
    contradictory(
        &[("alongside = [\"implementation\"]", "")],
        &[("calendar.step[9].on", "contradiction")],
        &["`celebration` begins on 2019-06-21", "only on 2020-06-30"],
    );
    contradictory(
        &[("to = \"2018-02-28\"", "to = \"2018-01-14\"")],
        &[("calendar.step[0].to", "contradiction")],
        &["would end on 2018-01-14", "begins on 2018-01-15"],
    );
}

#[test]
fn events_come_after_what_they_wait_for() {
    contradictory(
        &[("on = \"2018-12-17\"", "on = \"2018-10-14\"")],
        &[("calendar.event[0].on", "contradiction")],
        &["`vote`, which comes before it, is over only on 2018-10-14"],
    );
    contradictory(
        &[
            ("on = \"2018-12-17\"", "on = \"2019-01-08\""),
            ("year = 2019", "year = 2020"),
        ],
        &[
            ("calendar.event[0].on", "contradiction"),
            ("calendar.implementation.year", "contradiction"),
        ],
        &["`implementation`, which comes after it, begins on 2019-01-07 already"],
    );
}

#[test]
fn the_year_before_holds_the_decision() {
    contradictory(
        &[
            ("year = 2019", "year = 2020"),
            ("from = \"2019-01-07\"", "from = \"2020-01-07\""),
        ],
        &[("calendar.implementation.year", "contradiction")],
        &["decided in the year before, and `deliberation` is on 2018-12-17"],
    );
    contradictory(
        &[("step = \"implementation\"", "step = \"display\"")],
        &[("calendar.implementation.step", "contradiction")],
        &["before the event of the plan"],
    );
}

#[test]
fn names_of_steps_and_events_must_be_known_and_written_once() {
    contradictory(
        &[
            ("id = \"reception\"", "id = \"filing\""),
            ("alongside = [\"display\"]", "alongside = [\"exhibition\"]"),
            ("after = \"vote\"", "after = \"votes\""),
            ("study = \"feasibility\"", "study = \"study\""),
            ("step = \"implementation\"", "step = \"works\""),
        ],
        &[
            ("calendar.step[1].id", "duplicate-id"),
            ("calendar.step[5].alongside[0]", "bad-value"),
            ("calendar.event[0].after", "bad-value"),
            ("calendar.plan.study", "bad-value"),
            ("calendar.implementation.step", "bad-value"),
        ],
        &["`filing` is written before"],
    );
    contradictory(
        &[("event = \"deliberation\"", "event = \"budget\"")],
        &[("calendar.plan.event", "bad-value")],
        &["write deliberation"],
    );
    contradictory(
        &[("after = \"vote\"", "")],
        &[("calendar.event[0].after", "missing-choice")],
        &["which step is the last before it"],
    );
}

#[test]
fn a_plan_knows_every_length_before_its_event_and_none_after() {
    contradictory(
        &[
            ("days = 10", ""),
            ("id = \"delivery\"", "id = \"delivery\"\ndays = 30"),
            ("days = 30", "days = \"longest-study\""),
        ],
        &[
            ("calendar.step[3].days", "missing-choice"),
            ("calendar.step[4].days", "contradiction"),
            ("calendar.step[8].days", "contradiction"),
        ],
        &["does not come before it", "not the step of the studies"],
    );
    contradictory(
        &[
            ("study = \"feasibility\"", "study = \"implementation\""),
            ("days = \"longest-study\"", "days = 100"),
        ],
        &[("calendar.plan.study", "contradiction")],
        &["nothing would be studied in time"],
    );
    let (planless, _) = SEED.split_once("[calendar.plan]").unwrap();
    let planless = faults(planless);
    let expected = [1, 2, 3, 4, 5].map(|at| format!("calendar.step[{at}].days"));
    let expected: Vec<(&str, &str)> = expected
        .iter()
        .map(|path| (path.as_str(), "contradiction"))
        .collect();
    assert_eq!(found(&planless), expected);
}

#[test]
fn ids_and_names_can_be_seen() {
    contradictory(
        &[
            ("id = \"filing\"", "id = \" filing\""),
            (
                "name = \"Réajustement du règlement\"",
                "name = \"a\\u202Eb\"",
            ),
            (
                "name = \"Délibération du conseil municipal\"",
                "name = \"\"",
            ),
        ],
        &[
            ("calendar.step[0].id", "bad-value"),
            ("calendar.step[11].name", "bad-value"),
            ("calendar.event[0].name", "bad-value"),
        ],
        &["cannot be seen"],
    );
}

#[test]
fn a_calendar_reads_the_same_from_json() {
    let toml = document(SEED);
    let json: Document = serde_json::from_str(&serde_json::to_string(&toml).unwrap()).unwrap();
    assert_eq!(json, toml);
    // TOML's own days, without quotes, are refused with what to write.
    let faults = faults(&changed(&[("\"2018-12-17\"", "2018-12-17")]));
    assert_eq!(found(&faults), [("calendar.event[0].on", "wrong-type")]);
    assert!(faults.to_string().contains("a day in quotes"));
}
