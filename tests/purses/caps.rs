//! Limits in rules that divide money between voters, solved by hand.

use quartier::election::{Election, Money};
use quartier::regulation::Edition;

use crate::helpers::{CITY, code, edition, law, limit, winners};
use crate::town::{stage, town};

/// Six of the north and six of the south, 10 each.
fn two_quartiers() -> Election {
    town(
        &[
            ("n1", 40, &["a"]),
            ("n2", 18, &["a"]),
            ("s1", 36, &["b"]),
            ("s2", 30, &["b"]),
            ("x", 12, &[]),
        ],
        &[("a", &["n1", "n2", "x"], 6), ("b", &["s1", "s2"], 6)],
    )
}

fn decide(election: &Election, voted: u32, limits: &str, rule: &str) -> Edition {
    let rest = [CITY, limits, &stage(CITY, rule, "dearer,id")].concat();
    edition(&law(&voted.to_string(), "", &rest), election, &[])
}

fn cap(amount: u32) -> String {
    limit("area", &format!("at-most = \"{amount}\""))
}

const PLAIN: &str = "equal-shares:utility=cost";
const EXHAUSTIVE: &str = "equal-shares:utility=cost,completion=add1-until-exhaustive";

/// ```text
/// Everybody has 10, and every project the same rate. n1 costs its six supporters 20/3 each, s1 the others 6.
/// No cap: n2 costs the first six 3 each, and the 1/3 that each has left is too little for x.
/// At most 50 a quartier: 40 + 18 is more, so n2 is out; its supporters keep 10/3 each and buy x for 2.
/// ```
#[test]
fn a_quartier_cap_bars_its_projects_and_nobody_elses() {
    let election = two_quartiers();
    let without = decide(&election, 120, "", PLAIN);
    assert_eq!(winners(&without), ["n1", "n2", "s1"]);
    let capped = decide(&election, 120, &cap(50), PLAIN);
    assert_eq!(winners(&capped), ["n1", "s1", "x"]);
    assert_eq!(code(&capped, "n2"), Some("limit-reached"));
    let said = capped.refusal("n2").unwrap().to_string();
    assert!(said.contains("area") && said.contains("(a)"), "{said}");
    let north = cap(50).replace("\"all\"", "{ area = \"a\" }");
    let capped = decide(&election, 120, &north, PLAIN);
    assert_eq!(winners(&capped), ["n1", "s1", "x"]);
    // s2 is out because its supporters have 4 each, and not by a cap of others.
    let codes = ["n2", "s2"].map(|id| code(&capped, id).unwrap());
    assert_eq!(codes, ["limit-reached", "purses-short"]);
}

/// At 11 each, the south buys s2 too, though the north has been at its cap from the start: 118 of 129. What is left, 11,
/// would pay for n2 at 11; but no limit permits it any more, so the outcome is exhaustive.
#[test]
fn one_quartiers_cap_does_not_end_the_completion_for_the_city() {
    let projects: [(&str, u32, &[&str]); 5] = [
        ("n1", 40, &["a"]),
        ("n2", 11, &["a"]),
        ("s1", 36, &["b"]),
        ("s2", 30, &["b"]),
        ("x", 12, &[]),
    ];
    let ballots: [(&str, &[&str], u64); 2] =
        [("a", &["n1", "n2", "x"], 6), ("b", &["s1", "s2"], 6)];
    let election = town(&projects, &ballots);
    let capped = decide(&election, 129, &cap(50), PLAIN);
    assert_eq!(winners(&capped), ["n1", "s1", "x"], "at 10.75 each");
    let capped = decide(&election, 129, &cap(66), EXHAUSTIVE);
    assert_eq!(
        winners(&capped),
        ["n1", "n2", "s1", "s2", "x"],
        "129 in all"
    );
    let capped = decide(&election, 129, &cap(50), EXHAUSTIVE);
    // s1 and s2 are 66 together, above the cap of 50.
    assert_eq!(winners(&capped), ["n1", "s1", "x"]);
    assert_eq!(code(&capped, "s2"), Some("limit-reached"));
    let local = cap(50).replace("\"all\"", "{ area = \"a\" }");
    let capped = decide(&election, 129, &local, EXHAUSTIVE);
    assert_eq!(winners(&capped), ["n1", "s1", "s2", "x"]);
    assert_eq!(code(&capped, "n2"), Some("limit-reached"));
}

/// Limits by number, by share, by project, for the whole; several at once. What each one bars, it names.
#[test]
fn every_kind_of_limit_is_asked_at_each_purchase() {
    let election = two_quartiers();
    let count = |bound: &str, per: &str| {
        let edition = decide(&election, 120, &limit(per, bound), PLAIN);
        let codes: Vec<&str> = ["n1", "n2", "s1", "s2", "x"]
            .into_iter()
            .filter(|id| code(&edition, id) == Some("limit-reached"))
            .collect();
        (winners(&edition).join(" "), codes.join(" "))
    };
    let told = |winners: &str, barred: &str| (winners.to_owned(), barred.to_owned());
    // One project a quartier: n2 and s2 are out, and x is bought.
    assert_eq!(
        count("at-most-projects = 1", "area"),
        told("n1 s1 x", "n2 s2")
    );
    // A third of the money, 40.
    assert_eq!(
        count("at-most-share = \"33.4%\"", "area"),
        told("n1 s1 x", "n2 s2")
    );
    // No project above 36: s1, s2 cannot be paid; n2 and x are.
    assert_eq!(count("at-most = \"36\"", "project"), told("n2 s1 x", "n1"));
    // The whole at 80: 40 + 36, and nothing more.
    assert_eq!(count("at-most = \"80\"", "all"), told("n1 s1", "n2 s2 x"));
    assert_eq!(
        count("at-most = \"80\"", "proposer"),
        told("n1 n2 s1", ""),
        "nobody says who proposed"
    );
    let both = [cap(50), limit("all", "at-most-projects = 2")].concat();
    let edition = decide(&election, 120, &both, PLAIN);
    assert_eq!(winners(&edition), ["n1", "s1"]);
    assert!(edition.refusal("x").unwrap().to_string().contains("all"));
}

/// A soft limit reports and bars nobody; a floor vetoes nothing.
#[test]
fn only_hard_ceilings_bar() {
    let election = two_quartiers();
    let soft = cap(50).replace(
        "after-top-up = \"binds\"",
        "after-top-up = \"binds\"\nbind = \"soft\"",
    );
    let floor = "[[limit]]\nper = \"area\"\nholds = \"all\"\nat-least = \"55\"\n";
    for limit in [soft.as_str(), floor] {
        let edition = decide(&election, 120, limit, PLAIN);
        assert_eq!(winners(&edition), ["n1", "n2", "s1"], "{limit}");
    }
    let edition = decide(&election, 120, &soft, PLAIN);
    assert_eq!(edition.exceeded.len(), 1, "{:?}", edition.exceeded);
}

/// A relation and a limit at once: v is a variant of n1, q requires n2, which the cap bars.
#[test]
fn relations_hold_under_limits() {
    use quartier::election::{Area, Ballot, Instance, Project, Relation, VoterClass};
    let instance = Instance::builder()
        .budget(1)
        .area(Area::new("a"))
        .project(Project::new("n1", 40).in_area("a"))
        .project(Project::new("n2", 18).in_area("a"))
        .project(Project::new("q", 6).related(Relation::Requires("n2".to_owned())))
        .project(Project::new("v", 6).related(Relation::VariantOf("n1".to_owned())))
        .project(Project::new("x", 12));
    let ballot = Ballot::approval(["n1", "n2", "q", "v", "x"]);
    let rows = [(ballot, 6, "a", VoterClass::default())];
    let election = crate::town::housed(&instance.build().unwrap(), &rows, "area");
    let capped = decide(&election, 60, &cap(50), PLAIN);
    assert_eq!(winners(&capped), ["n1", "x"]);
    let codes = ["n2", "q", "v"].map(|id| code(&capped, id).unwrap());
    assert_eq!(codes, ["limit-reached", "requirement-missing", "exclusive"]);
    let without = decide(&election, 80, "", PLAIN);
    assert_eq!(winners(&without), ["n1", "n2", "q", "x"]);
}

/// Phragmén that stops: a limit passes a project over, and only missing money ends the count.
#[test]
fn a_limit_never_stops_a_rule_that_stops() {
    let election = two_quartiers();
    let stop = "phragmen:misfit=stop";
    // Times: x 2; n2 3, after x 5; s2 5; s1 6, after s2 11; n1 20/3, after x and n2 35/3.
    let without = decide(&election, 120, "", stop);
    assert_eq!(without.winners(), ["x", "s2", "n2", "s1"]);
    assert_eq!(code(&without, "n1"), Some("misfit"));
    let capped = decide(&election, 120, &cap(30), stop);
    // n1 and s1 are above 30 by themselves.
    assert_eq!(capped.winners(), ["x", "s2", "n2"]);
    assert_eq!(
        ["n1", "s1"].map(|id| code(&capped, id)),
        [Some("limit-reached"); 2]
    );
    assert_eq!(capped.envelope.funded, Money::from(60));
}

/// A completion by Phragmén goes on under the same limits: after n1, s1 and x, n2 is still out, and s2 comes at a cap for
/// the north alone.
#[test]
fn completions_keep_to_the_limits_too() {
    let election = two_quartiers();
    for rule in [
        "equal-shares:utility=cost,completion=phragmen,misfit=stop",
        "equal-shares:utility=cost,completion=phragmen,misfit=skip",
        "equal-shares:utility=cost+phragmen:misfit=skip",
        "equal-shares:utility=cost+greedy:score=votes,misfit=skip",
        "equal-shares:utility=cost+greedy-welfare:utility=cost",
        "equal-shares:utility=cost,completion=add1",
    ] {
        let north = cap(50).replace("\"all\"", "{ area = \"a\" }");
        let capped = decide(&election, 120, &north, rule);
        assert_eq!(winners(&capped), ["n1", "s1", "s2", "x"], "{rule}");
        assert_eq!(code(&capped, "n2"), Some("limit-reached"), "{rule}");
    }
}

/// The comparison step compares outcomes that limits permit. By votes under a cap of 50, n1 (7 votes), s1 and x.
#[test]
fn both_sides_of_a_comparison_keep_to_the_limits() {
    let election = two_quartiers();
    for comparison in ["satisfaction", "exclusion-ratio", "welfare"] {
        let rule = format!("{PLAIN},comparison={comparison}");
        let capped = decide(&election, 120, &cap(50), &rule);
        let sums: u32 = ["n1", "n2"]
            .into_iter()
            .zip([40, 18])
            .filter(|(id, _)| winners(&capped).contains(id))
            .map(|(_, cost)| cost)
            .sum();
        assert!(sums <= 50, "{comparison}");
        assert_eq!(winners(&capped), ["n1", "s1", "x"], "{comparison}");
    }
}
