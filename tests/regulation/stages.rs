//! Stages: guarantees, the balance, top-k, decisions, several pots, limits of one stage only.

use quartier::record::{About, Decision, DecisionKind, DecisionValue};
use quartier::regulation::{Applied, ApplyError};

use crate::helpers::{
    CITY, SKIP, STOP, closes, code, edition, found, law, leftovers, limit, money, paid, read,
    stage, vote, voted, winners,
};

fn guarantee(when: &str) -> String {
    format!("{{ per = \"area\", projects = 1, when = \"{when}\", if-none = \"release\" }}")
}

/// Costs that cannot be divided make a guarantee before the ranking and one after it different.
#[test]
fn a_guarantee_before_is_not_one_after() {
    let election = voted(
        &[("a", 1), ("b", 1)],
        &[
            ("a1", 60, &["a"], 10),
            ("a2", 30, &["a"], 9),
            ("b1", 50, &["b"], 5),
            ("b2", 20, &["b"], 4),
        ],
    );
    let with = |when: &str| {
        let stage = stage("vote", "\"city\"", SKIP, &guarantee(when));
        let rest = [CITY, &stage, &leftovers("", "treasury")].concat();
        edition(&law("110", "", &rest), &election, &[])
    };
    // Before: a1, then b's best, b1. After: a1, a2, b2 fit, and b has its project already.
    assert_eq!(winners(&with("before")), ["a1", "b1"]);
    assert_eq!(winners(&with("after")), ["a1", "a2", "b2"]);
}

#[test]
fn a_correction_displaces_the_lowest_ranked_that_its_area_can_spare() {
    let election = voted(
        &[("a", 1), ("b", 1)],
        &[
            ("a1", 50, &["a"], 10),
            ("a2", 40, &["a"], 9),
            ("b1", 30, &["b"], 1),
        ],
    );
    let stage = stage("vote", "\"city\"", SKIP, &guarantee("after"));
    let rest = [CITY, &stage, &leftovers("", "treasury")].concat();
    let edition = edition(&law("100", "", &rest), &election, &[]);
    assert_eq!(winners(&edition), ["a1", "b1"]);
    assert_eq!(code(&edition, "a2"), Some("displaced"));
    assert!(edition.unmet.is_empty() && closes(&edition));
    let reversed = |entry: &&quartier::regulation::Movement| {
        entry.kind == quartier::budget::EntryKind::Displace
    };
    let entries: Vec<_> = edition.journal.iter().filter(reversed).collect();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].from, [("project:a2".to_owned(), money(40))]);
}

#[test]
fn a_guarantee_that_cannot_be_met_is_recorded_with_the_reason() {
    // b1 costs more than there is, c has no project, and displacing a1 would break a's own guarantee.
    let election = voted(
        &[("a", 1), ("b", 1), ("c", 1)],
        &[("a1", 60, &["a"], 10), ("b1", 70, &["b"], 1)],
    );
    for when in ["before", "after"] {
        let stage = stage("vote", "\"city\"", SKIP, &guarantee(when));
        let rest = [CITY, &stage, &leftovers("", "treasury")].concat();
        let edition = edition(&law("100", "", &rest), &election, &[]);
        assert_eq!(winners(&edition), ["a1"]);
        let unmet: Vec<_> = edition
            .unmet
            .iter()
            .map(|unmet| {
                (
                    unmet.group.as_str(),
                    unmet.wanted.as_str(),
                    unmet.got.as_str(),
                )
            })
            .collect();
        assert_eq!(unmet, [("b", "1", "0"), ("c", "1", "0")], "{when}");
        assert!(
            edition.unmet[0].why.contains("costs 30 more"),
            "{}",
            edition.unmet[0].why
        );
        assert!(
            edition.unmet[1].why.contains("no further project"),
            "{}",
            edition.unmet[1].why
        );
    }
}

#[test]
fn a_guarantee_does_not_lift_a_threshold() {
    let election = voted(&[("a", 1)], &[("a1", 10, &["a"], 2)]);
    let rule = "rule = \"greedy:score=votes,misfit=skip,threshold=3\"";
    let stage = stage("vote", "\"city\"", rule, &guarantee("before"));
    let rest = [CITY, &stage, &leftovers("", "treasury")].concat();
    let edition = edition(&law("100", "", &rest), &election, &[]);
    assert_eq!((winners(&edition).len(), edition.unmet.len()), (0, 1));
    assert_eq!(code(&edition, "a1"), Some("below-threshold"));
    assert_eq!(edition.redistributed[0].cause, "threshold");
}

/// ```text
/// a 100 people, b 50; 100 euros. Both start at 0, so a1, the best of all, goes first: a 0.30, b 0 -> b1: b 0.60 ->
/// a2: a 0.60 -> nothing of a is left, b2 costs 30 and 10 are left -> the city's x for 10.
/// ```
#[test]
fn the_balance_is_as_solved_by_hand() {
    let projects: [(&str, u32, &[&str], u64); 5] = [
        ("a1", 30, &["a"], 9),
        ("a2", 30, &["a"], 8),
        ("b1", 30, &["b"], 3),
        ("b2", 30, &["b"], 2),
        ("x", 10, &[], 1),
    ];
    let method = |turn: &str| {
        format!(
            "method = \"balance\"\nweight = \"population\"\nscore = \"votes\"\ncity-wide = \"{turn}\""
        )
    };
    let text = |turn: &str| {
        let stage = stage("vote", "\"city\"", &method(turn), "\"none\"");
        law(
            "100",
            "entitlement = \"population\"",
            &[CITY, &stage, &leftovers("", "treasury")].concat(),
        )
    };
    let election = voted(&[("a", 100), ("b", 50)], &projects);
    let balanced = edition(&text("last"), &election, &[]);
    assert_eq!(balanced.winners(), ["a1", "b1", "a2", "x"]);
    assert_eq!(
        edition(&text("first"), &election, &[]).winners(),
        ["x", "a1", "b1", "a2"]
    );
    assert_eq!(code(&balanced, "b2"), Some("misfit"));
    let entitled: Vec<_> = balanced.areas.iter().map(|area| area.entitlement).collect();
    assert_eq!(entitled, [Some(money(67)), Some(money(33))]);
    // Nobody can be measured by a population of 0.
    let Err(ApplyError::Misfit(faults)) =
        read(&text("last")).apply(&voted(&[("a", 100), ("b", 0)], &projects), &[])
    else {
        panic!("a population of 0 was divided by");
    };
    assert_eq!(found(&faults), [("stage[0].weight", "missing-attribute")]);
}

#[test]
fn one_big_project_first_and_small_ones_with_the_rest() {
    // Grenoble 2017: one project above 200 wins first; the small ones share what it leaves.
    let election = voted(
        &[],
        &[
            ("big1", 500, &[], 3),
            ("big2", 300, &[], 9),
            ("s1", 200, &[], 8),
            ("s2", 150, &[], 20),
            ("s3", 150, &[], 1),
        ],
    );
    let big = stage(
        "big",
        "\"city\"",
        "method = \"top-k\"\nk = 1\nscore = \"votes\"\ncandidates = { cost-above = \"200\" }",
        "\"none\"",
    );
    let small = stage(
        "small",
        "\"city\"",
        &format!("{SKIP}\ncandidates = {{ cost-at-most = \"200\" }}\nafter = [\"big\"]"),
        "\"none\"",
    );
    // Written the other way round: the order is what `after` says.
    let rest = [CITY, &small, &big, &leftovers("", "treasury")].concat();
    let edition = edition(&law("800", "", &rest), &election, &[]);
    assert_eq!(edition.winners(), ["big2", "s2", "s1", "s3"]);
    assert_eq!(code(&edition, "big1"), Some("not-reached"));
    let stages: Vec<_> = edition
        .stages
        .iter()
        .map(|stage| stage.stage.as_str())
        .collect();
    assert_eq!(stages, ["big", "small"]);
}

/// Toulouse 2022 in small: a cap per quartier in the first stage only; the rest is for all.
#[test]
fn a_limit_of_one_stage_leaves_the_next_alone() {
    let election = voted(
        &[("a", 1), ("b", 1)],
        &[
            ("a1", 30, &["a"], 9),
            ("a2", 30, &["a"], 8),
            ("b1", 20, &["b"], 2),
        ],
    );
    let cap = limit("area", "at-most = \"40\"\nstages = [\"first\"]").replace("binds", "lifted");
    let rest = [
        CITY,
        &cap,
        &stage("first", "\"city\"", SKIP, "\"none\""),
        &stage("second", "\"city\"", SKIP, "\"none\""),
        &leftovers("", "treasury"),
    ]
    .concat();
    let edition = edition(&law("100", "", &rest), &election, &[]);
    let stages: Vec<_> = edition
        .awards
        .iter()
        .map(|paid| (paid.project.as_str(), paid.stage.as_str()))
        .collect();
    assert_eq!(stages, [("a1", "first"), ("b1", "first"), ("a2", "second")]);
    assert_eq!(edition.exceeded.len(), 1, "{:?}", edition.exceeded);
}

/// Where one pot stops, the others go on.
#[test]
fn a_stop_ends_only_its_own_pot() {
    let election = voted(
        &[("a", 1), ("b", 1)],
        &[
            ("a1", 60, &["a"], 9),
            ("a2", 10, &["a"], 8),
            ("b1", 20, &["b"], 2),
            ("b2", 40, &["b"], 1),
        ],
    );
    let pots = "[[pot]]\nid = \"quartiers\"\neach-area = \"50\"\nholds = \"local\"\n";
    let rest = [
        pots,
        &stage("vote", "\"quartiers\"", STOP, "\"none\""),
        &leftovers("", "treasury"),
    ]
    .concat();
    let edition = edition(&law("100", "", &rest), &election, &[]);
    assert_eq!(winners(&edition), ["b1"]);
    assert_eq!(
        ["a1", "a2", "b2"].map(|id| code(&edition, id)),
        ["misfit", "pot-stopped", "misfit"].map(Some)
    );
    let causes: Vec<_> = edition
        .redistributed
        .iter()
        .map(|moved| (moved.from.as_str(), moved.cause.as_str()))
        .collect();
    assert_eq!(
        causes,
        [("quartiers/a", "stopped"), ("quartiers/b", "unspent")]
    );
}

/// Poznań: the first misfit is topped up from a reserve, which is a pot like others.
#[test]
fn a_reserve_is_a_pot() {
    let election = voted(
        &[],
        &[("1", 60, &[], 9), ("2", 50, &[], 8), ("3", 1, &[], 7)],
    );
    let pots = "[[pot]]\nid = \"main\"\namount = \"100\"\nholds = \"all\"\n[[pot]]\nid = \"spare\"\namount = \"20\"\nholds = \"all\"\n";
    let rule = "rule = \"greedy:score=votes,misfit=top-up,min-covered=80%,reserve=15\"";
    let topped = format!("{rule}\nreserve = \"spare\"");
    let text = |method: &str| {
        law(
            "120",
            "",
            &[
                pots,
                &stage("vote", "\"main\"", method, "\"none\""),
                &leftovers("", "treasury"),
            ]
            .concat(),
        )
    };
    let edition = edition(&text(&topped), &election, &[]);
    assert_eq!(
        paid(&edition),
        [
            ("1", "60".to_owned(), "main"),
            ("2", "40".to_owned(), "main"),
            ("2", "10".to_owned(), "reserve")
        ]
    );
    assert!(closes(&edition));
    assert_eq!(
        found(&crate::helpers::faults(&text(rule))),
        [("stage[0].reserve", "missing-choice")]
    );
}

#[test]
fn people_decide_what_no_program_can() {
    let election = voted(
        &[],
        &[("1", 60, &[], 9), ("2", 50, &[], 8), ("3", 30, &[], 7)],
    );
    let decided = |kind, project: &str| {
        Decision::new(
            kind,
            About::Project(project.to_owned()),
            "committee",
            "session of 3 June",
        )
    };
    let by_decision = stage(
        "committee",
        "\"city\"",
        "method = \"by-decision\"",
        "\"none\"",
    );
    let rest = [CITY, &by_decision, &leftovers("", "treasury")].concat();
    let chosen = [
        decided(DecisionKind::Award, "2"),
        decided(DecisionKind::Award, "3").value(DecisionValue::Amount(money(20))),
    ];
    let committee = edition(&law("100", "", &rest), &election, &chosen);
    assert_eq!(
        paid(&committee),
        [
            ("2", "50".to_owned(), "city"),
            ("3", "20".to_owned(), "city")
        ]
    );
    // More than the pot has cannot be given away, even by a committee.
    let all = ["1", "2", "3"].map(|project| decided(DecisionKind::Award, project));
    let refused = read(&law("100", "", &rest)).apply(&election, &all);
    assert!(
        matches!(refused, Err(ApplyError::Decision { number: 2, .. })),
        "{refused:?}"
    );
    // A withdrawal leaves money, and the cause says so.
    let rest = [CITY, &vote("\"city\""), &leftovers("", "next-edition")].concat();
    let edition = edition(
        &law("100", "", &rest),
        &election,
        &[decided(DecisionKind::Withdraw, "2")],
    );
    assert_eq!(
        (winners(&edition), code(&edition, "2")),
        (vec!["1", "3"], Some("withdrawn"))
    );
    assert_eq!(edition.envelope.carried, money(10));
}

#[test]
fn a_tie_that_binds_asks_for_a_lot_and_uses_it() {
    let election = voted(&[], &[("1", 60, &[], 5), ("2", 60, &[], 5)]);
    let rest = [CITY, &vote("\"city\""), &leftovers("", "treasury")]
        .concat()
        .replace("\"id\"]", "\"recorded-lot\"]");
    let text = law("100", "", &rest);
    let Ok(Applied::LotRequired(lot)) = read(&text).apply(&election, &[]) else {
        panic!("the tie was settled by nobody");
    };
    assert_eq!(
        (lot.stage.as_str(), lot.tied),
        ("vote", vec!["1".to_owned(), "2".to_owned()])
    );
    let drawn = Decision::new(
        DecisionKind::Lot,
        About::Stage("vote".to_owned()),
        "mayor",
        "drawn in public",
    )
    .value(DecisionValue::Order(vec!["2".to_owned(), "1".to_owned()]));
    let edition = edition(&text, &election, &[drawn]);
    assert_eq!(winners(&edition), ["2"]);
    assert_eq!(
        (edition.ties[0].stage.as_str(), edition.ties[0].by.as_str()),
        ("vote", "recorded-lot")
    );
}

/// A tie between projects that do not compete is none.
#[test]
fn equals_of_different_pots_are_not_asked_about() {
    let election = voted(
        &[("a", 1), ("b", 1)],
        &[
            ("a1", 30, &["a"], 5),
            ("a2", 30, &["a"], 5),
            ("b1", 30, &["b"], 5),
        ],
    );
    let pots = "[[pot]]\nid = \"quartiers\"\neach-area = \"50\"\nholds = \"local\"\n";
    let rest = [pots, &vote("\"quartiers\""), &leftovers("", "treasury")]
        .concat()
        .replace("\"id\"]", "\"none\"]");
    let Ok(Applied::LotRequired(lot)) = read(&law("100", "", &rest)).apply(&election, &[]) else {
        panic!("a1 and a2 do not fit together");
    };
    assert_eq!(lot.tied, ["a1", "a2"]);
}
