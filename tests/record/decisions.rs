//! Decisions: files, faults and contradictions.

use proptest::prelude::*;
use quartier::election::Money;
use quartier::record::{
    About, Decision, DecisionFile, DecisionKind, DecisionProblem, DecisionValue, RecordedLot,
    RecordedLots, check_all, check_projects,
};

const FILE: &str = r#"
[[decision]]
kind = "extra-money"
about = "pot:budget"
value = { opening = "4600000", added = "1115627" }
by = "city council"
justification = "money moved from other districts"
source = "resolution 12/2020"

[[decision]]
kind = "exclude"
about = "project:BO.7"
by = "district office"
justification = "cannot be built beside 9"

[[decision]]
kind = "lot"
about = "stage:vote"
value = ["9", "3"]
by = "notary"
justification = "drawn in public"

[[decision]]
kind = "award"
about = "project:12"
value = "1115627.50"
by = "council"
justification = "fund both"

[[decision]]
kind = "substitute"
about = "project:3"
value = "4"
by = "council"
justification = "3 was given up"

[[decision]]
kind = "published"
about = "edition"
value = true
by = "mayor"
justification = "poster of 3 July"
"#;

fn decisions() -> Vec<Decision> {
    toml::from_str::<DecisionFile>(FILE)
        .unwrap()
        .checked()
        .unwrap()
}

#[test]
fn decision_files_are_read_and_written_in_toml_and_json() {
    let read = decisions();
    let added = DecisionValue::Added {
        opening: Money::from(4_600_000),
        added: Money::from(1_115_627),
    };
    assert_eq!(read[0].value, added);
    assert_eq!(read[1].about, About::Project("BO.7".into()));
    assert_eq!(
        read[3].value,
        DecisionValue::Amount("1115627.5".parse().unwrap())
    );
    assert_eq!(
        read[4].value,
        DecisionValue::Text("4".into()),
        "an id is no amount"
    );
    let file = DecisionFile::new(read.clone());
    let toml = toml::to_string(&file).unwrap();
    assert_eq!(toml::from_str::<DecisionFile>(&toml).unwrap(), file);
    let json = serde_json::to_string(&file).unwrap();
    assert!(json.starts_with(r#"{"decision":[{"kind":"extra-money","about":"pot:budget","value":{"opening":"4600000","#), "{json}");
    assert_eq!(serde_json::from_str::<DecisionFile>(&json).unwrap(), file);
    let lots = RecordedLots::from_decisions(&read).unwrap();
    assert_eq!(
        lots.of_stage("vote"),
        Some(&RecordedLot::new("vote", ["9", "3"]))
    );
}

#[test]
fn decision_files_refuse_what_they_do_not_know() {
    for (from, to, message) in [
        (
            "kind = \"lot\"",
            "kind = \"draw\"",
            "`draw` is not a kind of decision",
        ),
        (
            "about = \"stage:vote\"",
            "about = \"vote\"",
            "write project:ID",
        ),
        (
            "about = \"stage:vote\"",
            "about = \"stage:\"",
            "needs an id",
        ),
        ("by = \"notary\"", "By = \"notary\"", "unknown field `By`"),
        ("\"1115627.50\"", "1115627", "text in quotes"),
        ("\"1115627.50\"", "1115627.5", "text in quotes"),
        (
            "added = \"1115627\"",
            "added = \"1,115,627\"",
            "is not an amount",
        ),
        ("added = ", "add = ", "unknown field `add`"),
        ("[\"9\", \"3\"]", "[9, 3]", "expected a string"),
        ("[[decision]]", "[[decisions]]", "unknown field `decisions`"),
    ] {
        let error = toml::from_str::<DecisionFile>(&FILE.replacen(from, to, 1))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(message) && error.contains("line"),
            "{to}: {error}"
        );
    }
}

#[test]
fn decisions_report_every_fault_with_its_number() {
    let broken = FILE
        .replace("about = \"pot:budget\"", "about = \"project:1\"")
        .replace("by = \"district office\"\n", "")
        .replace("[\"9\", \"3\"]", "[\"9\", \"3\", \"9\"]")
        .replace("\"1115627.50\"", "\"1,115,627\"")
        .replace("value = \"4\"", "value = \"3\"")
        .replace("poster of 3 July", "  ");
    let faults = toml::from_str::<DecisionFile>(&broken)
        .unwrap()
        .checked()
        .unwrap_err()
        .faults;
    assert!(
        matches!(
            faults
                .iter()
                .map(|fault| (fault.number, &fault.problem))
                .collect::<Vec<_>>()
                .as_slice(),
            [
                (1, DecisionProblem::WrongAbout { .. }),
                (2, DecisionProblem::Blank { key: "by", .. }),
                (3, DecisionProblem::NamedTwice { .. }),
                (4, DecisionProblem::WrongValue { .. }),
                (5, DecisionProblem::NamedTwice { .. }),
                (
                    6,
                    DecisionProblem::Blank {
                        key: "justification",
                        ..
                    }
                ),
            ]
        ),
        "{faults:#?}"
    );
    let missing_value = FILE.replace("value = [\"9\", \"3\"]\n", "");
    let error = toml::from_str::<DecisionFile>(&missing_value)
        .unwrap()
        .checked()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "decision 3 (lot stage:vote): the value does not fit: expected the ids of at least two projects in the order drawn, such as [\"9\", \"3\"]"
    );
}

fn about_7(kind: DecisionKind) -> Decision {
    Decision::new(kind, About::Project("7".into()), "office", "reason")
}

type Numbered = Vec<(usize, DecisionProblem)>;

/// The faults of two decisions that come one after the other.
fn clash(a: Decision, b: Decision) -> Result<(), Numbered> {
    check_all(&[a, b]).map_err(|error| {
        error
            .faults
            .into_iter()
            .map(|fault| (fault.number, fault.problem))
            .collect()
    })
}

fn duplicate() -> Result<(), Numbered> {
    Err(vec![(2, DecisionProblem::Duplicate { earlier: 1 })])
}

fn contradicts(kind: DecisionKind) -> Result<(), Numbered> {
    Err(vec![(2, DecisionProblem::Contradicts { earlier: 1, kind })])
}

#[test]
fn decisions_that_cannot_both_stand_are_refused() {
    use DecisionKind::{Award, Exclude, Include, Substitute, Withdraw};
    for (a, b) in [
        (Exclude, Include),
        (Include, Exclude),
        (Withdraw, Include),
        (Award, Exclude),
        (Withdraw, Award),
    ] {
        assert_eq!(clash(about_7(a), about_7(b)), contradicts(a), "{a} and {b}");
    }
    assert_eq!(clash(about_7(Exclude), about_7(Exclude)), duplicate());
    let replaced = about_7(Substitute).value(DecisionValue::Text("8".into()));
    assert_eq!(clash(about_7(Withdraw), replaced), Ok(()));
}

#[test]
fn a_stage_has_one_lot() {
    let lot = |order: [&str; 2], stage: &str| {
        Decision::new(
            DecisionKind::Lot,
            About::Stage(stage.into()),
            "notary",
            "drawn",
        )
        .value(DecisionValue::Order(order.map(str::to_owned).to_vec()))
    };
    let first = || lot(["1", "2"], "vote");
    assert_eq!(
        clash(first(), lot(["2", "1"], "vote")),
        contradicts(DecisionKind::Lot)
    );
    assert_eq!(clash(first(), first()), duplicate());
    assert_eq!(clash(first(), lot(["2", "1"], "second")), Ok(()));
}

#[test]
fn money_may_arrive_twice_but_the_count_opens_once() {
    let money = |value: DecisionValue| {
        Decision::new(DecisionKind::ExtraMoney, About::Envelope, "council", "more").value(value)
    };
    let amount = |units: u32| money(DecisionValue::Amount(units.into()));
    let added = |opening: u32| {
        money(DecisionValue::Added {
            opening: opening.into(),
            added: Money::from(1),
        })
    };
    assert_eq!(clash(amount(5), amount(6)), Ok(()));
    assert_eq!(clash(added(5), amount(6)), Ok(()));
    assert_eq!(clash(amount(5), amount(5)), duplicate());
    assert_eq!(
        clash(added(5), added(6)),
        contradicts(DecisionKind::ExtraMoney)
    );
    let nothing = Err(vec![(1, DecisionProblem::NotPositive)]);
    assert_eq!(clash(amount(0), about_7(DecisionKind::Exclude)), nothing);
}

#[test]
fn decisions_about_unknown_projects_are_found() {
    let known = ["9", "12", "BO.7"];
    let error = check_projects(&decisions(), |id| known.contains(&id)).unwrap_err();
    let ids: Vec<(usize, String)> = error
        .faults
        .into_iter()
        .filter_map(|fault| match fault.problem {
            DecisionProblem::UnknownProject { id } => Some((fault.number, id)),
            _ => None,
        })
        .collect();
    assert_eq!(ids, [(3, "3".into()), (5, "3".into()), (5, "4".into())]);
}

proptest! {
    #[test]
    fn what_a_decision_is_about_round_trips(what in "(project|pot|stage|area):[!-~é]{1,9}") {
        prop_assert_eq!(what.parse::<About>().unwrap().to_string(), what);
    }
}
