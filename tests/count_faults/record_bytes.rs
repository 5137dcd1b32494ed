//! F16: a record tells of every changed byte.

use quartier::count::{Count, Log};
use quartier::election::{Ballot, BallotLimits, Election, VoterClass};

use crate::common::plan;
use crate::helpers::{SKIP, of};

/// The outcome with all events: what a count publishes.
fn record(election: &Election, rule: &str) -> String {
    let mut log = Log::new();
    let plan = plan(rule);
    let counted = Count::of(election, &plan).observe(&mut log).run();
    format!(
        "{counted:?} {}",
        serde_json::to_string(log.lines()).unwrap()
    )
}

/// The election without what only names things.
fn without_labels(election: &Election) -> serde_json::Value {
    let mut value = serde_json::to_value(election).unwrap();
    for key in ["name", "edition", "currency", "begins", "ends"] {
        value.as_object_mut().unwrap().remove(key);
    }
    for project in value["projects"].as_array_mut().unwrap() {
        for key in ["name", "position", "filed"] {
            project.as_object_mut().unwrap().remove(key);
        }
    }
    value
}

/// Any byte of the input changed: refused, or a label, or the record of the count shows it; and the published
/// digest shows all of it.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn f16_a_changed_byte_never_goes_unnoticed() {
    let approval = of("100", &[("park", "60"), ("gym", "50"), ("lamp", "30.5")])
        .name("Example")
        .ballots(Ballot::approval(["park", "lamp"]), 5);
    let approval = approval
        .weighted(
            Ballot::approval(["gym"]),
            4,
            VoterClass {
                weight: 2.into(),
                endowment: 1.into(),
            },
        )
        .build()
        .unwrap();
    let mut limits = BallotLimits::default();
    limits.max_length = Some(3);
    let ranked = Election::builder()
        .budget(100)
        .limits(limits)
        .project(("a", 60))
        .project(("b", 50))
        .ballots(Ballot::ranked(["a", "b"]), 7)
        .ballots(Ballot::ranked(["b"]), 2)
        .build()
        .unwrap();
    let points = Election::builder()
        .budget(9)
        .project(("a", 6))
        .project(("b", 5))
        .ballot(Ballot::points([("a", 3), ("b", 2)]))
        .build()
        .unwrap();
    let (mut refused, mut shown, mut labels) = (0, 0, 0);
    for (election, rule) in [
        (approval, SKIP),
        (ranked, "greedy:score=borda,misfit=skip"),
        (points, "greedy:score=points,misfit=skip"),
    ] {
        let bytes = serde_json::to_vec(&election).unwrap();
        let (original, plain) = (record(&election, rule), without_labels(&election));
        for at in 0..bytes.len() {
            for other in (0..=255_u8).filter(|&other| other != bytes[at]) {
                let mut changed = bytes.clone();
                changed[at] = other;
                let Ok(read) = serde_json::from_slice::<Election>(&changed) else {
                    refused += 1;
                    continue;
                };
                if read == election {
                    continue; // another way to write the same, such as a blank for a blank
                }
                let moved = read.digest() != election.digest();
                if without_labels(&read) == plain {
                    labels += 1;
                } else {
                    shown += 1;
                    assert_ne!(
                        record(&read, rule),
                        original,
                        "byte {at}: {}",
                        String::from_utf8_lossy(&changed)
                    );
                    assert!(moved, "byte {at} does not show in the digest");
                }
            }
        }
    }
    assert!(
        refused > 100_000 && shown > 200 && labels > 200,
        "{refused} refused, {shown} shown, {labels} labels"
    );
}
