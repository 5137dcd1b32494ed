//! Claims of this edition's projects that are paid pro rata or up to a cap: what is awarded, and who is left out.

use quartier::election::Election;
use quartier::regulation::Edition;

use crate::helpers::{
    CITY, STOP, closes, edition, law, leftovers, limit, money, paid, stage, vote, voted, winners,
};

/// Quartiers with 50 each. a1 costs 55 and misses 5, b1 costs 58 and misses 8, c1 costs 40 and leaves 10.
fn quartiers() -> Election {
    voted(
        &[("a", 1), ("b", 1), ("c", 1)],
        &[
            ("a1", 55, &["a"], 7),
            ("b1", 58, &["b"], 8),
            ("c1", 40, &["c"], 9),
        ],
    )
}

fn with(claim: &str, more: &str) -> Edition {
    let pots = "[[pot]]\nid = \"q\"\neach-area = \"50\"\nholds = \"local\"\n";
    let rules = leftovers(claim, "treasury");
    let rest = [pots, more, &vote("\"q\""), &rules].concat();
    let edition = edition(&law("150", "", &rest), &quartiers(), &[]);
    assert!(closes(&edition));
    edition
}

/// 10 for 5 and 8: 3.846 and 6.154, by largest remainder 4 and 6. Both are funded in part.
#[test]
fn leftovers_are_shared_in_proportion_to_what_is_missing() {
    let edition = with(
        "{ kind = \"almost-funded\", min-covered = \"80%\", pay = \"pro-rata\" }",
        "",
    );
    assert_eq!(
        (edition.received("a1"), edition.received("b1")),
        (money(54), money(56))
    );
    let shared: Vec<_> = edition
        .redistributed
        .iter()
        .map(|moved| (moved.from.as_str(), moved.to.as_str(), moved.amount))
        .collect();
    // a1 is covered best, so it comes first.
    assert_eq!(shared, [("q/c", "a1", money(4)), ("q/c", "b1", money(6))]);
    assert_eq!(
        paid(&edition)[1..],
        [
            ("a1", "50".to_owned(), "q/a"),
            ("b1", "50".to_owned(), "q/b"),
            ("a1", "4".to_owned(), "q/c"),
            ("b1", "6".to_owned(), "q/c")
        ]
    );
}

/// 58 of 50 are 86.2%: at 90% only a1 claims, and there is enough for it.
#[test]
fn who_shares_is_who_may_claim() {
    let edition = with(
        "{ kind = \"almost-funded\", min-covered = \"90%\", pay = \"pro-rata\" }",
        "",
    );
    assert_eq!(winners(&edition), ["a1", "c1"]);
    assert_eq!(edition.received("a1"), money(55));
    assert_eq!(edition.envelope.returned, money(5 + 50));
}

/// A limit is asked as if all who share were paid in full.
#[test]
fn limits_say_who_shares() {
    let claim = "{ kind = \"almost-funded\", min-covered = \"80%\", pay = \"pro-rata\" }";
    let edition = with(claim, &limit("project", "at-most = \"55\""));
    assert_eq!(winners(&edition), ["a1", "c1"]);
    let edition = with(claim, &limit("all", "at-most = \"100\""));
    // 40 are spent; a1 would make 95, and b1 then 153.
    assert_eq!(winners(&edition), ["a1", "c1"]);
}

/// One pot of 60 stopped at p, with 50 left. p takes them and misses 10 of which nothing is there, so it is left out; q takes
/// 40 and is whole; r takes 10 and misses 20 of which nothing is there.
#[test]
fn who_would_get_nothing_of_the_rest_is_left_out() {
    let election = voted(
        &[],
        &[
            ("o", 10, &[], 9),
            ("p", 60, &[], 8),
            ("q", 40, &[], 7),
            ("r", 30, &[], 6),
        ],
    );
    let claim = "{ kind = \"next-on-list\", pay = \"pro-rata\" }";
    let rest = [
        CITY,
        &stage("vote", "\"city\"", STOP, "\"none\""),
        &leftovers(claim, "treasury"),
    ]
    .concat();
    let edition = edition(&law("60", "", &rest), &election, &[]);
    assert_eq!(edition.winners(), ["o", "q"]);
    assert_eq!(edition.envelope.returned, money(10));
}

/// At most 3 a claim, from the largest leftover first: a1 has its 50 and 3 of b's 50, which are still 81% of b1: it has
/// those 47 and 3 of c's 10. Both are funded in part. At 6 a claim a1 is whole, and the 45 that b has are below 80% of b1.
#[test]
fn a_cap_awards_a_part_of_an_unfunded_project() {
    let claim = |cap: u32| {
        format!(
            "{{ kind = \"almost-funded\", min-covered = \"80%\", pay = {{ capped = \"{cap}\" }} }}"
        )
    };
    let edition = with(&claim(3), "");
    assert_eq!(
        (edition.received("a1"), edition.received("b1")),
        (money(53), money(50))
    );
    let edition = with(&claim(6), "");
    assert_eq!(
        (edition.received("a1"), edition.received("b1")),
        (money(55), money(0))
    );
}

/// That much or nothing: c leaves 10, and a1 misses 20 beside its own 50.
#[test]
fn a_cap_is_paid_as_a_whole() {
    let election = voted(
        &[("a", 1), ("c", 1)],
        &[("a1", 70, &["a"], 7), ("c1", 40, &["c"], 9)],
    );
    let received = |cap: u32| {
        let claim = format!("{{ kind = \"next-on-list\", pay = {{ capped = \"{cap}\" }} }}");
        let pots = "[[pot]]\nid = \"q\"\neach-area = \"50\"\nholds = \"local\"\n";
        let rest = [pots, &vote("\"q\""), &leftovers(&claim, "treasury")].concat();
        edition(&law("100", "", &rest), &election, &[]).received("a1")
    };
    assert_eq!(received(10), money(60));
    assert_eq!(received(11), money(0));
}
