//! The register of follow-up: what is read, what is refused, and that it is written as it is read.

use quartier::election::Money;
use quartier::law::follow_up::{Register, State, SupportLevel};

use crate::helpers::{day, document, found, register, register_faults};

pub(crate) const REGISTER: &str = r#"
as-of = "2021-01-31"

[[project]]
id = "bench"
edition = "2018"
voted = "60000"
awarded = "60000"
deliver-by = "2020-12-17"
support = { needed = "regular", given = "light" }
event = [
    { what = "started", on = "2019-02-01", source = "comité du 5 février 2019" },
    { what = "stalled", on = "2019-09-01", cause = "le réseau doit être déplacé", missing = "4000" },
    { what = "topped-up", on = "2019-10-01", amount = "1500.50" },
]

[[project]]
id = "tower"
edition = "2018"
voted = "80000"
awarded = "70000"
support = { needed = "light", given = "close" }
event = [
    { what = "started", on = "2019-03-01" },
    { what = "cost-changed", on = "2019-04-01", from = "80000", to = "95000", cause = "fondations" },
    { what = "stalled", on = "2019-05-01", cause = "appel d'offres sans réponse", missing = "0" },
    { what = "resumed", on = "2019-06-01" },
    { what = "cost-changed", on = "2019-07-01", from = "95000", to = "91000", cause = "nouvelle offre" },
    { what = "delivered", on = "2020-06-21" },
    { what = "cost-changed", on = "2020-09-01", from = "91000", to = "90500", cause = "décompte final" },
]

[[project]]
id = "tower"
edition = "2019"
voted = "10000"
awarded = "0"

[[project]]
id = "arch"
edition = "2019"
voted = "5000"
awarded = "5000"
event = [{ what = "abandoned", on = "2020-01-15", cause = "plus de porteur" }]
"#;

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

#[test]
fn states_costs_and_money_are_what_the_events_say() {
    let register = register(REGISTER);
    let [bench, tower, next, arch] = register.projects.as_slice() else {
        panic!("{}", register.projects.len());
    };
    assert_eq!(
        bench.state(),
        State::Stalled {
            since: day("2019-09-01"),
            cause: "le réseau doit être déplacé",
            missing: money("2499.5")
        }
    );
    assert_eq!(
        (bench.cost(), bench.received()),
        (money("60000"), money("61500.5"))
    );
    assert_eq!(
        tower.state(),
        State::Delivered {
            on: day("2020-06-21")
        }
    );
    assert_eq!(
        (tower.cost(), tower.received()),
        (money("90500"), money("70000"))
    );
    assert_eq!(tower.support.unwrap().given, SupportLevel::Close);
    assert_eq!(
        (next.state(), next.cost()),
        (State::Waiting, money("10000"))
    );
    assert_eq!(
        arch.state(),
        State::Abandoned {
            on: day("2020-01-15"),
            cause: "plus de porteur"
        }
    );
    let status = bench.status();
    assert_eq!(status.len(), 3);
    assert_eq!(
        (status[1].what.as_str(), status[1].on),
        ("stalled", Some(day("2019-09-01")))
    );
    assert_eq!(status[1].reason, "le réseau doit être déplacé");
}

#[test]
fn a_stall_before_the_start_ends_in_waiting() {
    let text = "as-of = '2020-01-01'\n[[project]]\nid = 'a'\nedition = '1'\nvoted = '1'\nawarded = '1'\nevent = [\n\
        { what = 'stalled', on = '2019-01-01', cause = 'staff', missing = '0' }, { what = 'resumed', on = '2019-01-02' }]";
    assert_eq!(register(text).projects[0].state(), State::Waiting);
}

#[test]
fn a_register_is_written_as_it_is_read() {
    let register = register(REGISTER);
    let json: Register = serde_json::from_str(&serde_json::to_string(&register).unwrap()).unwrap();
    assert_eq!(json, register);
    let text = toml::to_string(&register).unwrap();
    let toml: Register = toml::from_str(&text).unwrap();
    assert_eq!(toml, register);
    assert_eq!(toml::to_string(&toml).unwrap(), text);
    let empty = "as-of = '2020-01-01'\nproject = []";
    let empty: Register = toml::from_str(empty).unwrap();
    assert_eq!(empty.projects.len(), 0);
}

#[test]
fn all_faults_are_listed_at_once() {
    let text = r#"
        as-of = "2021-01-31"
        keeper = "comité"
        [[project]]
        id = "bench"
        voted = 60000
        awarded = "60000"
        support = { needed = "much", given = "light" }
        event = [
            { what = "begun", on = "2019-02-01", cause = "?" },
            { what = "stalled", on = "2019-02-30", cause = "" },
            { what = "topped-up", on = "2019-02-01", amount = "0" },
            { what = "delivered" , on = "2019-02-01", cause = "why" },
        ]
        [[project]]
        id = "a"
        edition = "2018"
        voted = "10"
        awarded = "11"
        [[project]]
        id = "a"
        edition = "2018"
        voted = "10"
        awarded = "10"
    "#;
    let faults = register_faults(text);
    assert_eq!(
        found(&faults),
        [
            ("project[0].edition", "missing-choice"),
            ("project[0].voted", "wrong-type"),
            ("project[0].support.needed", "bad-value"),
            ("project[0].event[0].what", "bad-value"),
            ("project[0].event[1].on", "bad-value"),
            ("project[0].event[1].cause", "bad-value"),
            ("project[0].event[1].missing", "missing-choice"),
            ("project[0].event[2].amount", "bad-value"),
            ("project[0].event[3].cause", "unknown-key"),
            ("project[1].awarded", "above-parent"),
            ("project[2].id", "duplicate-id"),
            ("keeper", "unknown-key"),
        ]
    );
    // Deserialised directly, all of them are in one message.
    let error = toml::from_str::<Register>(text).unwrap_err().to_string();
    assert!(
        error.contains("project[0].edition") && error.contains("keeper"),
        "{error}"
    );
    assert_eq!(
        found(&register_faults("")),
        [("as-of", "missing-choice"), ("project", "missing-choice")]
    );
}

/// One project with these events, and the faults of its events by place and key.
fn events(events: &str, expected: &[(&str, &str)]) {
    let text = format!(
        "as-of = '2021-01-31'\n[[project]]\nid = 'a'\nedition = '1'\nvoted = '100'\nawarded = '100'\nevent = [{events}]"
    );
    match Register::read(&document(&text)) {
        Ok(_) => assert!(expected.is_empty(), "{events}"),
        Err(faults) => {
            let expected: Vec<(String, &str)> = expected
                .iter()
                .map(|(place, code)| (format!("project[0].event{place}"), *code))
                .collect();
            let expected: Vec<(&str, &str)> = expected
                .iter()
                .map(|(path, code)| (path.as_str(), *code))
                .collect();
            assert_eq!(found(&faults), expected, "{faults}");
        }
    }
}

#[test]
fn events_that_cannot_follow_one_another_are_refused() {
    const STALLED: &str = "{ what = 'stalled', on = '2020-01-01', cause = 'c', missing = '1' }";
    const RESUMED: &str = "{ what = 'resumed', on = '2020-01-01' }";
    const STARTED: &str = "{ what = 'started', on = '2020-01-01' }";
    const DELIVERED: &str = "{ what = 'delivered', on = '2020-01-01' }";
    const ABANDONED: &str = "{ what = 'abandoned', on = '2020-01-01', cause = 'c' }";
    const DEARER: &str =
        "{ what = 'cost-changed', on = '2020-01-01', from = '100', to = '120', cause = 'c' }";
    const PAID: &str = "{ what = 'topped-up', on = '2020-01-01', amount = '5' }";
    const BACK: &str = "{ what = 'gave-back', on = '2020-01-01', amount = '5' }";
    let contradiction = "contradiction";
    for (list, place) in [
        (vec![STALLED, STALLED], Some("[1].what")),
        (vec![STALLED, RESUMED, STALLED], None),
        (vec![RESUMED], Some("[0].what")),
        (vec![STARTED, STARTED], Some("[1].what")),
        (vec![STARTED, STALLED, STARTED], Some("[2].what")),
        (vec![DELIVERED, STALLED], Some("[1].what")),
        (vec![DELIVERED, DELIVERED], Some("[1].what")),
        (vec![DELIVERED, DEARER, PAID, BACK], None),
        (vec![BACK, DELIVERED], Some("[0].what")),
        (vec![ABANDONED, BACK], Some("[1].what")),
        (vec![ABANDONED, DEARER], None),
        (vec![ABANDONED, PAID], Some("[1].what")),
        (vec![ABANDONED, STARTED], Some("[1].what")),
        (vec![DEARER, DEARER], Some("[1].from")),
    ] {
        let expected: Vec<(&str, &str)> = place
            .map(|place| (place, contradiction))
            .into_iter()
            .collect();
        events(&list.join(", "), &expected);
    }
    events(
        "{ what = 'started', on = '2020-02-01' }, { what = 'delivered', on = '2020-01-31' }",
        &[("[1].on", contradiction)],
    );
    events(
        "{ what = 'started', on = '2021-02-01' }",
        &[("[0].on", contradiction)],
    );
    events("{ what = 'started', on = '2021-01-31' }", &[]);
    events(
        "{ what = 'cost-changed', on = '2020-01-01', from = '100', to = '100', cause = 'c' }",
        &[("[0].to", contradiction)],
    );
}
