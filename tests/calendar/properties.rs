//! What holds for every calendar, every set of projects and every register.

use proptest::prelude::*;
use proptest::sample::subsequence;
use quartier::law::calendar::Calendar;
use quartier::law::follow_up::Register;
use quartier::law::{ClaimKind, Document, Value};
use quartier::regulation::calendar::{Plan, StudyNeed};
use quartier::regulation::follow_up::claims;

use crate::helpers::{SEED, day, document, regulation};

fn config(cases: u32) -> ProptestConfig {
    let long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    ProptestConfig {
        cases: if long { cases * 20 } else { cases },
        failure_persistence: None,
        // At least half of the random calendars can be planned.
        max_global_rejects: if long { cases * 20 } else { cases },
        ..ProptestConfig::default()
    }
}

/// One step of a random calendar: its length, whether its days are written, and which steps before it are alongside.
#[derive(Debug, Clone)]
struct Part {
    days: u32,
    written: bool,
    gap: u32,
    alongside: Vec<usize>,
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = |at: usize| {
        let before: Vec<usize> = (0..at).collect();
        let most = before.len();
        (
            1_u32..40,
            any::<bool>(),
            0_u32..60,
            subsequence(before, 0..=most),
        )
            .prop_map(|(days, written, gap, alongside)| Part {
                days,
                written,
                gap,
                alongside,
            })
    };
    (2_usize..7).prop_flat_map(move |steps| (0..steps).map(part).collect::<Vec<_>>())
}

/// The calendar of the parts: written days follow one another with gaps, the second step is the one of the studies.
fn calendar(parts: &[Part]) -> Document {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut next = day("2018-01-01");
    let mut steps = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let mut keys = vec![("id".to_owned(), text(&format!("s{at}")))];
        let first = next.plus_days(i64::from(part.gap)).unwrap();
        let last = first.plus_days(i64::from(part.days) - 1).unwrap();
        next = last.plus_days(1).unwrap();
        if part.written {
            keys.push(("from".to_owned(), text(&first.to_string())));
            keys.push(("to".to_owned(), text(&last.to_string())));
        } else if at == 1 {
            keys.push(("days".to_owned(), text("longest-study")));
        } else {
            keys.push(("days".to_owned(), Value::Integer(i64::from(part.days))));
        }
        let alongside = part
            .alongside
            .iter()
            .map(|other| text(&format!("s{other}")));
        keys.push(("alongside".to_owned(), Value::List(alongside.collect())));
        steps.push(Value::Table(keys));
    }
    let event = Value::Table(vec![
        ("id".to_owned(), text("vote")),
        (
            "on".to_owned(),
            text(&next.plus_days(30).unwrap().to_string()),
        ),
        ("after".to_owned(), text(&format!("s{}", parts.len() - 1))),
    ]);
    let plan = Value::Table(vec![
        ("event".to_owned(), text("vote")),
        ("study".to_owned(), text("s1")),
        ("consultation".to_owned(), text("one-after-another")),
        ("consultation-days".to_owned(), Value::Integer(5)),
        ("study-days".to_owned(), text("stated")),
    ]);
    Document::new(vec![
        ("step".to_owned(), Value::List(steps)),
        ("event".to_owned(), Value::List(vec![event])),
        ("plan".to_owned(), plan),
    ])
}

fn needs() -> impl Strategy<Value = Vec<StudyNeed>> {
    proptest::collection::vec((1_u32..30, 0_u32..4), 0..6).prop_map(|list| {
        let needs = list.into_iter().enumerate();
        needs
            .map(|(at, (days, services))| StudyNeed::new(format!("p{at}"), 1, services).takes(days))
            .collect()
    })
}

proptest! {
    #![proptest_config(config(10_000))]

    /// Every step of a plan is over when it is needed, no two that are not alongside share a day, a step with a length
    /// has that length and is as late as it can be, and every study lies within its step.
    #[test]
    fn a_plan_is_consistent(parts in parts(), needs in needs()) {
        let calendar = Calendar::of(&calendar(&parts)).unwrap();
        let plan = Plan::of(&calendar, &needs);
        prop_assume!(plan.is_ok());
        let plan = plan.unwrap();
        prop_assert_eq!(plan.steps.len(), parts.len());
        for (at, (planned, part)) in plan.steps.iter().zip(&parts).enumerate() {
            prop_assert!(planned.first <= planned.last && planned.last <= planned.needed_by);
            prop_assert!(planned.needed_by < plan.on && planned.spare_days >= 0);
            let length = planned.first.days_until(planned.last) + 1;
            if part.written || at != 1 {
                prop_assert_eq!(length, i64::from(part.days));
            }
            let mut latest = plan.on.plus_days(-1).unwrap();
            for (later, other) in plan.steps.iter().enumerate().skip(at + 1) {
                if !parts[later].alongside.contains(&at) {
                    prop_assert!(planned.last < other.first);
                    latest = latest.min(other.first.plus_days(-1).unwrap());
                }
            }
            // It is needed no earlier than that, and what may be placed is placed as late as it can be.
            prop_assert_eq!(planned.needed_by, latest);
            prop_assert!(part.written || planned.last == latest);
        }
        let step = &plan.steps[1];
        for (need, study) in needs.iter().map(|need| (need, plan.study(&need.project).unwrap())) {
            prop_assert!(step.first <= study.begin_by && study.over_by == step.last);
            let length = i64::from(need.days.unwrap() + 5 * need.services);
            prop_assert_eq!(study.begin_by.days_until(study.over_by) + 1, length);
        }
    }

    /// What is planned for an event can be planned for the same event on any later day, and nothing is needed earlier.
    #[test]
    fn more_time_never_makes_a_plan_impossible(parts in parts(), needs in needs(), more in 1_i64..100) {
        let mut written = calendar(&parts).keys().to_vec();
        let plan = Plan::of(&Calendar::of(&Document::new(written.clone())).unwrap(), &needs);
        prop_assume!(plan.is_ok());
        let plan = plan.unwrap();
        let later = plan.on.plus_days(more).unwrap();
        let Value::List(events) = &mut written[1].1 else { panic!() };
        let Value::Table(keys) = &mut events[0] else { panic!() };
        keys[1].1 = Value::Text(later.to_string());
        let calendar = Calendar::of(&Document::new(written)).unwrap();
        let moved = Plan::of(&calendar, &needs).unwrap();
        for (before, after) in plan.steps.iter().zip(&moved.steps) {
            prop_assert!(before.first <= after.first && before.needed_by <= after.needed_by);
        }
    }

    /// The order of the projects changes neither a plan nor the faults.
    #[test]
    fn permuting_projects_changes_nothing(
        parts in parts(),
        (needs, permuted) in needs().prop_flat_map(|needs| (Just(needs.clone()), Just(needs).prop_shuffle())),
    ) {
        let calendar = Calendar::of(&calendar(&parts)).unwrap();
        prop_assert_eq!(Plan::of(&calendar, &needs), Plan::of(&calendar, &permuted));
    }

    /// In parallel no study begins earlier than one service after another would make it.
    #[test]
    fn asking_in_parallel_never_takes_longer(needs in needs()) {
        let text = SEED.replace("days = 20 }, { days = 60 }", "days = 1 }, { days = 1 }");
        let plan = |way: &str| {
            let regulation = regulation(&text.replace("one-after-another", way));
            Plan::of(regulation.law().calendar.as_ref().unwrap(), &needs).unwrap()
        };
        let (slow, fast) = (plan("one-after-another"), plan("in-parallel"));
        for need in &needs {
            prop_assert!(slow.study(&need.project).unwrap().begin_by <= fast.study(&need.project).unwrap().begin_by);
        }
    }
}

/// What may be tried on a project; what cannot follow is left out.
fn happenings() -> impl Strategy<Value = Vec<(u8, u32, u32)>> {
    proptest::collection::vec((0_u8..7, 0_u32..500, 1_u32..5_000), 0..12)
}

/// A register whose events follow one another, by the rules that its documentation states.
fn written(lists: &[Vec<(u8, u32, u32)>]) -> String {
    let mut projects = Vec::new();
    for (at, list) in lists.iter().enumerate() {
        let (mut on, mut cost) = (day("2019-01-01"), 1_000);
        let (mut started, mut stalled, mut over) = (false, false, "");
        let mut events = Vec::new();
        for &(what, days, amount) in list {
            let event = match what {
                0 if !started && over.is_empty() => {
                    started = true;
                    "what = 'started'".to_owned()
                }
                1 if !stalled && over.is_empty() => {
                    stalled = true;
                    format!("what = 'stalled', cause = 'à {amount}', missing = '{amount}.25'")
                }
                2 if stalled && over.is_empty() => {
                    stalled = false;
                    "what = 'resumed'".to_owned()
                }
                3 if over.is_empty() => {
                    over = "delivered";
                    "what = 'delivered', source = 's'".to_owned()
                }
                4 if over.is_empty() => {
                    over = "abandoned";
                    "what = 'abandoned', cause = 'c'".to_owned()
                }
                5 if amount != cost => {
                    let from = cost;
                    cost = amount;
                    format!("what = 'cost-changed', from = '{from}', to = '{amount}', cause = 'c'")
                }
                6 if over != "abandoned" => format!("what = 'topped-up', amount = '{amount}'"),
                _ => continue,
            };
            on = on.plus_days(i64::from(days)).unwrap();
            events.push(format!("{{ on = '{on}', {event} }}"));
        }
        let events = events.join(", ");
        projects.push(format!(
            "{{ id = 'p{at}', edition = '2016', voted = '1000', awarded = '1000', event = [{events}] }}"
        ));
    }
    format!("as-of = '2040-01-01'\nproject = [{}]", projects.join(", "))
}

proptest! {
    #![proptest_config(config(2_000))]

    /// What fits is read, and what is read is written so that it is read again.
    #[test]
    fn registers_are_read_back(lists in proptest::collection::vec(happenings(), 0..4)) {
        let register = Register::read(&document(&written(&lists))).unwrap();
        let toml: Register = toml::from_str(&toml::to_string(&register).unwrap()).unwrap();
        prop_assert_eq!(&toml, &register);
        let json: Register = serde_json::from_str(&serde_json::to_string(&register).unwrap()).unwrap();
        prop_assert_eq!(&json, &register);
    }

    /// Claims do not depend on the order of the register, and none is negative or beyond what its kind allows.
    #[test]
    fn claims_do_not_depend_on_the_order_and_keep_their_bounds(lists in proptest::collection::vec(happenings(), 0..5)) {
        let regulation = regulation(SEED);
        let register = Register::read(&document(&written(&lists))).unwrap();
        let mut reversed = register.clone();
        reversed.projects.reverse();
        let overrun = ClaimKind::CostOverrun { at_most: "20%".parse().unwrap() };
        for kind in [ClaimKind::Stalled, ClaimKind::Backlog, overrun.clone(), ClaimKind::LackingSupport] {
            let found = claims(&register, &kind, regulation.law());
            prop_assert_eq!(&found, &claims(&reversed, &kind, regulation.law()));
            for claim in &found {
                prop_assert!(!claim.missing.is_negative() && !claim.evidence.is_empty());
                prop_assert!(kind != overrun || claim.missing <= "200".parse().unwrap());
            }
        }
    }
}

/// All places of a document where a value stands.
fn places(value: &Value, place: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
    all.push(place.clone());
    let inner: Vec<&Value> = match value {
        Value::Table(keys) => keys.iter().map(|(_, value)| value).collect(),
        Value::List(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    for (at, value) in inner.into_iter().enumerate() {
        place.push(at);
        places(value, place, all);
        place.pop();
    }
}

fn put(value: &mut Value, place: &[usize], new: Option<Value>) {
    let Some((&at, rest)) = place.split_first() else {
        if let Some(new) = new {
            *value = new;
        }
        return;
    };
    match (value, rest.is_empty(), new) {
        (Value::Table(keys), true, None) => drop(keys.remove(at)),
        (Value::List(list), true, None) => drop(list.remove(at)),
        (Value::Table(keys), _, new) => put(&mut keys[at].1, rest, new),
        (Value::List(list), _, new) => put(&mut list[at], rest, new),
        _ => {}
    }
}

fn replacement() -> impl Strategy<Value = Option<Value>> {
    let days = [
        "2018-02-29",
        "1899-12-31",
        "2018-05-01",
        "2999-12-31",
        "0000-01-01",
        "9999-12-31",
        "2018-12-17",
    ];
    let words = [
        "filing",
        "vote",
        "deliberation",
        "longest-study",
        "",
        "in-parallel",
        "stated",
        "\u{0}",
        "stalled",
        "-1",
    ];
    prop_oneof![
        Just(None),
        proptest::sample::select(days.to_vec()).prop_map(|text| Some(Value::Text(text.to_owned()))),
        proptest::sample::select(words.to_vec())
            .prop_map(|text| Some(Value::Text(text.to_owned()))),
        any::<i64>().prop_map(|number| Some(Value::Integer(number))),
        (0_i64..3000).prop_map(|number| Some(Value::Integer(number))),
        Just(Some(Value::List(Vec::new()))),
        Just(Some(Value::Table(Vec::new()))),
        any::<bool>().prop_map(|flag| Some(Value::Flag(flag))),
    ]
}

proptest! {
    #![proptest_config(config(10_000))]

    /// Whatever is changed in a calendar or a register, it is read, planned and written, or its faults have paths.
    #[test]
    fn changed_documents_never_panic(changes in proptest::collection::vec((any::<proptest::sample::Index>(), replacement()), 1..4)) {
        let change = |text: &str| {
            let mut value = Value::Table(document(text).keys().to_vec());
            for (index, new) in &changes {
                let mut all = Vec::new();
                places(&value, &mut Vec::new(), &mut all);
                let place = index.get(&all).clone();
                put(&mut value, &place, new.clone());
            }
            match value {
                Value::Table(keys) => Document::new(keys),
                _ => Document::new(Vec::new()),
            }
        };
        let inner = change(SEED);
        let table = inner.keys().iter().find_map(|(_, value)| match value {
            Value::Table(keys) => Some(Document::new(keys.clone())),
            _ => None,
        });
        match Calendar::of(&table.unwrap_or_else(|| Document::new(Vec::new()))) {
            Ok(calendar) => {
                let faults = Plan::of(&calendar, &crate::helpers::needs());
                prop_assert!(faults.map_or_else(|faults| !faults.is_empty(), |plan| plan.studies.len() == 2));
            }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
        if let Err(faults) = Register::read(&change(crate::register::REGISTER)) {
            prop_assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.path.is_empty()));
        }
    }
}
