//! Leftovers: who claims, what goes on, what is decided afresh, where the rest goes.

use quartier::election::Election;
use quartier::record::{About, Decision, DecisionKind};
use quartier::regulation::{ApplyError, Edition};

use crate::helpers::{
    CITY, SKIP, STOP, closes, code, edition, law, leftovers, limit, money, paid, read, stage, vote,
    voted, winners,
};

const TWO_POTS: &str = "[[pot]]\nid = \"local\"\namount = \"100\"\nholds = \"local\"\n[[pot]]\nid = \"city\"\namount = \"100\"\nholds = \"city-wide\"\n";

/// Local: l 80 of 100. City: p 60 (10 votes), q 50 (9), r 40 (8).
fn two_levels() -> Election {
    voted(
        &[("a", 1)],
        &[
            ("l", 80, &["a"], 5),
            ("p", 60, &[], 10),
            ("q", 50, &[], 9),
            ("r", 40, &[], 8),
        ],
    )
}

fn two_stages(mode: &str) -> String {
    let rule = format!(
        "[[redistribute]]\nfrom = [\"unspent\"]\npots = [\"local\"]\nmode = \"{mode}\"\nclaims = []\nrest = \"pot:city\"\nstage = \"city\"\n"
    );
    let last = leftovers("", "treasury");
    let rest = [
        TWO_POTS,
        &stage("local", "\"local\"", SKIP, "\"none\""),
        &stage("city", "\"city\"", SKIP, "\"none\""),
        &rule,
        &last,
    ]
    .concat();
    law("200", "", &rest)
}

/// Łódź: with 20 more, the city's projects decided afresh are p and q instead of p and r.
#[test]
fn rerun_decides_afresh_and_lists_who_lost() {
    let edition = edition(&two_stages("rerun"), &two_levels(), &[]);
    assert_eq!(winners(&edition), ["l", "p", "q"]);
    assert_eq!(code(&edition, "r"), Some("lost-by-rerun"));
    let first = &edition.redistributed[0];
    assert_eq!(
        (first.from.as_str(), first.to.as_str(), first.amount),
        ("local", "pot:city", money(20))
    );
    assert!(closes(&edition) && edition.envelope.returned == money(10));
}

#[test]
fn continue_takes_nothing_from_anybody() {
    let edition = edition(&two_stages("continue"), &two_levels(), &[]);
    assert_eq!(winners(&edition), ["l", "p", "r"]);
    assert_eq!(
        (code(&edition, "q"), edition.envelope.returned),
        (Some("misfit"), money(20))
    );
}

#[test]
fn nothing_is_decided_afresh_once_results_are_public() {
    let published = Decision::new(
        DecisionKind::Published,
        About::Edition,
        "mayor",
        "council of 5 July",
    );
    let refused = read(&two_stages("rerun")).apply(&two_levels(), std::slice::from_ref(&published));
    assert!(
        matches!(&refused, Err(ApplyError::Published { stage }) if stage == "city"),
        "{refused:?}"
    );
    assert!(
        read(&two_stages("continue"))
            .apply(&two_levels(), &[published])
            .is_ok()
    );
}

/// One stage's result is public: only what decides that stage afresh, or one before it, is refused.
#[test]
fn a_published_stage_bars_what_would_decide_it_afresh() {
    let published = |about: About| {
        let decision = Decision::new(DecisionKind::Published, about, "mayor", "council of 5 July");
        read(&two_stages("rerun")).apply(&two_levels(), &[decision])
    };
    let stage = |id: &str| published(About::Stage(id.to_owned()));
    let decided = stage("local").unwrap();
    assert_eq!(winners(decided.edition().unwrap()), ["l", "p", "q"]);
    for (applied, expected) in [
        (stage("city"), "city"),
        (stage("redistribute-2"), "city"),
        (published(About::Envelope), "city"),
    ] {
        assert!(
            matches!(&applied, Err(ApplyError::Published { stage }) if stage == expected),
            "{applied:?}"
        );
    }
    // Nothing is left over, so nothing would be decided otherwise.
    let text =
        two_stages("rerun").replace("from = [\"unspent\"]\npots", "from = [\"threshold\"]\npots");
    let edition = Decision::new(DecisionKind::Published, About::Edition, "mayor", "5 July");
    assert!(read(&text).apply(&two_levels(), &[edition]).is_ok());
}

fn almost(share: &str, pay: &str) -> String {
    format!("{{ kind = \"almost-funded\", min-covered = \"{share}\", pay = {pay} }}")
}

/// Quartier a 50, b 50: a1 45 of a; b1 60 of b, of which 50 = 83.3% are covered; a leaves 5.
fn one_misfit(claims: &str) -> Edition {
    let election = voted(
        &[("a", 1), ("b", 1)],
        &[("a1", 45, &["a"], 9), ("b1", 60, &["b"], 8)],
    );
    let pots = "[[pot]]\nid = \"quartiers\"\neach-area = \"50\"\nholds = \"local\"\n";
    let rest = [pots, &vote("\"quartiers\""), &leftovers(claims, "treasury")].concat();
    edition(&law("100", "", &rest), &election, &[])
}

#[test]
fn claims_are_paid_in_full_or_in_part_as_the_regulation_says() {
    // 10 are missing and 5 are there.
    assert_eq!(winners(&one_misfit(&almost("80%", "\"full\""))), ["a1"]);
    let partial = one_misfit(&almost("80%", "{ partial = \"50%\" }"));
    assert_eq!(partial.received("b1"), money(55));
    assert!(closes(&partial) && partial.envelope.returned.is_zero());
    assert_eq!(
        winners(&one_misfit(&almost("80%", "{ partial = \"51%\" }"))),
        ["a1"]
    );
    assert_eq!(
        winners(&one_misfit(&almost("84%", "{ partial = \"50%\" }"))),
        ["a1"]
    );
}

/// After a stop, the next on the list is paid with what all pots left; who lacks support is not.
#[test]
fn the_next_on_the_list_comes_in_the_order_of_rank() {
    let election = voted(
        &[],
        &[
            ("1", 60, &[], 9),
            ("2", 50, &[], 8),
            ("3", 30, &[], 7),
            ("4", 10, &[], 6),
            ("5", 1, &[], 1),
        ],
    );
    let rule = STOP.replace("stop", "stop,threshold=2");
    let rest = [
        CITY,
        &stage("vote", "\"city\"", &rule, "\"none\""),
        &leftovers("{ kind = \"next-on-list\", pay = \"full\" }", "treasury"),
    ]
    .concat();
    let edition = edition(&law("100", "", &rest), &election, &[]);
    assert_eq!(edition.winners(), ["1", "3", "4"]);
    assert_eq!(
        (code(&edition, "2"), code(&edition, "5")),
        (Some("misfit"), Some("below-threshold"))
    );
}

/// A limit that binds after a top-up stops a claim; one that is lifted does not, and is reported.
#[test]
fn limits_say_whether_they_bind_leftovers() {
    let election = voted(
        &[("a", 1), ("b", 1)],
        &[
            ("a1", 40, &["a"], 9),
            ("a2", 30, &["a"], 8),
            ("b1", 5, &["b"], 1),
        ],
    );
    let with = |after: &str| {
        let cap = limit("area", "at-most = \"50\"").replace("binds", after);
        let claim = "{ kind = \"next-on-list\", pay = \"full\" }";
        let rest = [CITY, &cap, &vote("\"city\""), &leftovers(claim, "treasury")].concat();
        edition(&law("100", "", &rest), &election, &[])
    };
    assert_eq!(winners(&with("binds")), ["a1", "b1"]);
    let lifted = with("lifted");
    assert_eq!(winners(&lifted), ["a1", "a2", "b1"]);
    let exceeded: Vec<_> = lifted
        .exceeded
        .iter()
        .map(|over| over.group.as_str())
        .collect();
    assert_eq!(exceeded, ["a"]);
}

/// The four measures of an under-served quartier give different quartiers the leftovers.
#[test]
fn under_served_is_measured_as_the_regulation_says() {
    // a: 1 of 2 won, 60 euros, 10 people. b: 2 of 3 won, 20 euros, 1 person. 20 are left, a2 and b3 cost 20 each.
    let election = voted(
        &[("a", 10), ("b", 1)],
        &[
            ("a1", 60, &["a"], 9),
            ("b1", 10, &["b"], 8),
            ("b2", 10, &["b"], 7),
            ("a2", 20, &["a"], 1),
            ("b3", 20, &["b"], 1),
        ],
    );
    let winner = |measure: &str| {
        let pots = "[[pot]]\nid = \"main\"\namount = \"80\"\nholds = \"all\"\n[[pot]]\nid = \"more\"\namount = \"20\"\nholds = { cost-above = \"1000\" }\n";
        let claim =
            format!("{{ kind = \"under-served\", measure = \"{measure}\", pay = \"full\" }}");
        let rest = [pots, &vote("\"main\""), "[[redistribute]]\nfrom = [\"unspent\"]\npots = [\"more\"]\nmode = \"continue\"\nrest = \"treasury\"\n", &format!("claims = [{claim}]\n")].concat();
        let edition = edition(&law("100", "", &rest), &election, &[]);
        let last = edition.awards.last().map(|paid| paid.project.clone());
        last.unwrap_or_default()
    };
    // Winners 1 < 2, euros 60 > 20, euros a head 6 < 20, success 1/2 < 2/3.
    assert_eq!(winner("winners"), "a2");
    assert_eq!(winner("amount"), "b3");
    assert_eq!(winner("amount-per-inhabitant"), "a2");
    assert_eq!(winner("success-rate"), "a2");
}

#[test]
fn a_quartier_without_a_winner_comes_first() {
    // c has nothing; by euros a head a would have least.
    let election = voted(
        &[("a", 1_000), ("c", 1)],
        &[
            ("a1", 10, &["a"], 9),
            ("a2", 20, &["a"], 8),
            ("c1", 85, &["c"], 7),
            ("c2", 15, &["c"], 1),
        ],
    );
    let pots = "[[pot]]\nid = \"main\"\namount = \"10\"\nholds = \"all\"\n[[pot]]\nid = \"more\"\namount = \"25\"\nholds = { cost-above = \"1000\" }\n";
    let claim = "{ kind = \"under-served\", measure = \"amount-per-inhabitant\", pay = \"full\" }";
    let rest = [pots, &vote("\"main\""), &leftovers(claim, "treasury")].concat();
    let rest = rest.replace(
        "mode = \"continue\"",
        "pots = [\"more\"]\nmode = \"continue\"",
    );
    let edition = edition(&law("35", "", &rest), &election, &[]);
    assert_eq!(edition.winners(), ["a1", "c2"]);
    assert_eq!(
        paid(&edition).last(),
        Some(&("c2", "15".to_owned(), "main"))
    );
}

#[test]
fn a_cause_that_no_rule_takes_stays_held() {
    let election = voted(&[], &[("1", 10, &[], 1)]);
    let rest = [CITY, &vote("\"city\""), "[[redistribute]]\nfrom = [\"stopped\"]\nmode = \"continue\"\nclaims = []\nrest = \"treasury\"\n"].concat();
    let edition = edition(&law("100", "", &rest), &election, &[]);
    assert_eq!(
        (edition.envelope.held, edition.envelope.returned),
        (money(90), money(0))
    );
    assert!(closes(&edition));
}
