//! Several pots, solved by hand: each pot's money is divided among those who have a purse in it.

use quartier::election::Election;
use quartier::regulation::Edition;

use crate::helpers::{code, edition, law, paid, winners};
use crate::town::{stage, town};

/// A pot for each quartier, and what is left for the whole city.
const POTS: &str = "[[pot]]\nid = \"quartiers\"\neach-area = \"60\"\nholds = \"local\"\n\
                    [[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"city-wide\"\n";

fn decide(election: &Election, rule: &str) -> Edition {
    let rest = [POTS, &stage(POTS, rule, "dearer,id")].concat();
    edition(&law("300", "", &rest), election, &[])
}

/// Three quartiers with 60 each and the city with 120.
///
/// ```text
/// a: 6 voters, 10 each there.  a1 (36) of all six for 6 each; a2 (18) of three, who have 4 each: 12 are too little.
/// b: 3 voters, 20 each.        b1 (54) for 18 each; b2 (7) of all three, who have 2 each: 6 are too little.
/// c: 3 voters, 20 each.        c1 (20) of one alone: exactly that one's purse; c2 (45) of the other two: 40 are too little.
/// city: all 12, 10 each.       x (60) of the nine of a and b for 20/3 each; y (35) of the three of c: 30 are too little.
/// ```
fn three_quartiers() -> Election {
    town(
        &[
            ("a1", 36, &["a"]),
            ("a2", 18, &["a"]),
            ("b1", 54, &["b"]),
            ("b2", 7, &["b"]),
            ("c1", 20, &["c"]),
            ("c2", 45, &["c"]),
            ("x", 60, &[]),
            ("y", 35, &[]),
        ],
        &[
            // Whoever names what is elsewhere has no purse there: b1 gets nothing from a.
            ("a", &["a1", "a2", "x", "b1"], 3),
            ("a", &["a1", "x"], 3),
            ("b", &["b1", "b2", "x", "c2"], 3),
            ("c", &["c1", "y"], 1),
            ("c", &["c2", "y"], 2),
        ],
    )
}

#[test]
fn a_purse_belongs_to_a_voter_and_a_pot() {
    let edition = decide(&three_quartiers(), "equal-shares:utility=cost");
    let paid = paid(&edition);
    let amounts: Vec<(&str, &str, &str)> = paid
        .iter()
        .map(|(project, amount, pot)| (*project, amount.as_str(), *pot))
        .collect();
    assert_eq!(
        amounts,
        [
            ("a1", "36", "quartiers/a"),
            ("b1", "54", "quartiers/b"),
            ("c1", "20", "quartiers/c"),
            ("x", "60", "city"),
        ]
    );
    let missing = ["a2", "b2", "c2", "y"].map(|id| {
        let reason = serde_json::to_value(edition.refusal(id).unwrap()).unwrap();
        (
            reason["code"].as_str().unwrap().to_owned(),
            reason["short-by"].as_str().unwrap().to_owned(),
        )
    });
    let short = |by: &str| ("purses-short".to_owned(), by.to_owned());
    assert_eq!(missing, [short("6"), short("1"), short("5"), short("5")]);
}

/// Each pot's shares are raised until its own end: in a and b nothing more fits, c ends with c1 alone, since c2 would
/// overspend; the city has y at 35/3 each (95 of 120), as if the quartiers did not exist.
#[test]
fn each_pot_is_completed_for_itself() {
    let edition = decide(
        &three_quartiers(),
        "equal-shares:utility=cost,completion=add1-until-exhaustive",
    );
    assert_eq!(winners(&edition), ["a1", "a2", "b1", "c1", "x", "y"]);
    // 60 - 54 = 6 are left in b for b2, which costs 7.
    assert_eq!(code(&edition, "b2"), Some("purses-short"));
    let left: Vec<(&str, String)> = edition
        .redistributed
        .iter()
        .map(|moved| (moved.from.as_str(), moved.amount.to_string()))
        .collect();
    assert_eq!(
        left,
        [
            ("quartiers/a", "6".to_owned()),
            ("quartiers/b", "6".to_owned()),
            ("quartiers/c", "40".to_owned()),
            ("city", "25".to_owned()),
        ]
    );
}

/// A project that only people of elsewhere want is out of reach: they have no purse in its pot.
#[test]
fn whoever_lives_elsewhere_has_no_purse() {
    let election = town(
        &[("a1", 12, &["a"]), ("b1", 10, &["b"]), ("x", 5, &[])],
        &[("a", &["b1", "x"], 5), ("b", &["x"], 1), ("c", &["a1"], 1)],
    );
    for rule in [
        "equal-shares:utility=cost",
        "phragmen:misfit=skip",
        "maximin-support",
    ] {
        let edition = decide(&election, rule);
        assert_eq!(winners(&edition), ["x"], "{rule}");
        for (id, short_by) in [("a1", "12"), ("b1", "10")] {
            let reason = serde_json::to_value(edition.refusal(id).unwrap()).unwrap();
            assert_eq!(reason["code"], "purses-short", "{rule}");
            assert_eq!(reason["short-by"], short_by, "{rule}");
        }
    }
}

/// An area's pot is one of a family, or one that holds the projects of one area. Its parts' people are its people.
#[test]
fn a_pot_that_holds_one_area_is_for_those_who_live_there() {
    let pots = "[[pot]]\nid = \"north\"\namount = \"60\"\nholds = { area = \"a\" }\n\
                [[pot]]\nid = \"rest\"\namount = \"residual\"\nholds = { area = \"b\" }\n";
    let election = town(
        &[("a1", 40, &["a"]), ("b1", 30, &["b"])],
        &[
            ("a", &["a1", "b1"], 2),
            ("b", &["b1"], 3),
            ("c", &["a1", "b1"], 5),
        ],
    );
    let rest = [pots, &stage(pots, "equal-shares:utility=cost", "id")].concat();
    // a: two people with 30 each; b: three with 10 each.
    let edition = edition(&law("90", "", &rest), &election, &[]);
    assert_eq!(paid(&edition).len(), 2);
    assert_eq!(winners(&edition), ["a1", "b1"]);
    // Divided among all ten, a1's seven would have 6 each in the first pot: 42, and b1's all 3 each in the other.
    let all = pots.replace("{ area = \"a\" }", "{ cost-above = \"35\" }");
    let all = all.replace("{ area = \"b\" }", "{ cost-at-most = \"35\" }");
    let rest = [
        all.as_str(),
        &stage(&all, "equal-shares:utility=cost", "id"),
    ]
    .concat();
    let together = crate::helpers::edition(&law("90", "", &rest), &election, &[]);
    assert_eq!(winners(&together), ["a1", "b1"]);
    let dearer = law("86", "", &rest).replace("\"60\"", "\"56\"");
    // 5.6 each: 39.2 are too little for a1.
    let together = crate::helpers::edition(&dearer, &election, &[]);
    assert_eq!(winners(&together), ["b1"]);
}

/// Money that comes later continues each pot: what a pot paid before is charged to those who have a purse in it.
#[test]
fn each_pot_continues_with_what_it_paid() {
    let election = town(
        &[
            ("a1", 30, &["a"]),
            ("a2", 30, &["a"]),
            ("b1", 40, &["b"]),
            ("x", 12, &[]),
        ],
        &[
            ("a", &["a1", "x"], 2),
            ("a", &["a2"], 1),
            ("b", &["b1", "a1", "x"], 1),
            ("c", &[], 1),
        ],
    );
    // Without a memory of pots, the voter of b would carry a part of a1.
    for rule in ["phragmen:misfit=stop", "maximin-support"] {
        let edition = decide(&election, &format!("{rule}+{rule}"));
        assert_eq!(winners(&edition), ["a1", "a2", "b1", "x"], "{rule}");
    }
}
