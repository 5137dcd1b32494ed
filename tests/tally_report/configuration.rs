//! Checks are read from configuration, and nothing in it is guessed or ignored.

use quartier::tally::{AnomalyCheck, ManifestRow, RunOrder};

use crate::helpers::ratio;

#[derive(serde::Deserialize)]
struct Report {
    checks: Vec<AnomalyCheck>,
}

#[test]
fn checks_are_read_from_toml() {
    let text = r#"
        [[checks]]
        check = "shared-value"
        attribute = "ip"
        at-most = 50
        [[checks]]
        check = "equal-run"
        order = "time"
        at-least = 20
        [[checks]]
        check = "incomplete"
        marks = 5
        at-most = "1/10"
        [[checks]]
        check = "look-alikes"
        [[checks]]
        check = "former-edition"
        change-at-most = "0.2"
        former = [{ figure = "received", votes = 1000, channel = "paper" }]
    "#;
    let checks = toml::from_str::<Report>(text).unwrap().checks;
    assert_eq!(checks.len(), 5);
    assert_eq!(
        checks[0],
        AnomalyCheck::SharedValue {
            attribute: "ip".into(),
            at_most: 50
        }
    );
    assert_eq!(
        checks[1],
        AnomalyCheck::EqualRun {
            order: RunOrder::Time,
            at_least: 20
        }
    );
    assert_eq!(
        checks[2],
        AnomalyCheck::Incomplete {
            marks: 5,
            at_most: ratio("1/10")
        }
    );
    let json = serde_json::to_string(&checks).unwrap();
    assert_eq!(
        serde_json::from_str::<Vec<AnomalyCheck>>(&json).unwrap(),
        checks
    );
}

#[test]
fn what_is_missing_or_unknown_is_refused() {
    for text in [
        r#"{"check":"shared-value","attribute":"ip"}"#,
        r#"{"check":"shared-value","attribute":"ip","at-most":5,"limit":5}"#,
        r#"{"check":"sharedvalue","attribute":"ip","at-most":5}"#,
        r#"{"check":"burst","seconds":-1,"at-most":5}"#,
        r#"{"check":"former-edition","change-at-most":"1/5","former":[{"figure":"received"}]}"#,
    ] {
        assert!(
            serde_json::from_str::<AnomalyCheck>(text).is_err(),
            "{text}"
        );
    }
    assert!(serde_json::from_str::<ManifestRow>(r#"{"channel":"paper","recieved":5}"#).is_err());
    let row: ManifestRow = serde_json::from_str(r#"{"channel":"paper","received":5}"#).unwrap();
    assert_eq!(
        (row.received, row.blank, row.station.as_str()),
        (Some(5), None, "")
    );
}

#[test]
fn reports_can_be_sent_and_shown() {
    use quartier::tally;
    fn is_shareable<T: Send + Sync + Unpin + std::fmt::Debug>() {}
    is_shareable::<tally::PseudonymKey>();
    is_shareable::<tally::PseudonymMethodError>();
    is_shareable::<tally::Pseudonym>();
    is_shareable::<tally::KeyCommitment>();
    is_shareable::<tally::Manifest>();
    is_shareable::<tally::ManifestFaults>();
    is_shareable::<tally::Difference>();
    is_shareable::<tally::ControlLine>();
    is_shareable::<tally::Uniqueness>();
    is_shareable::<tally::AnomalyCheck>();
    is_shareable::<tally::AnomalyReport>();
    is_shareable::<tally::Breakdown>();
    is_shareable::<tally::BreakdownError>();
}
