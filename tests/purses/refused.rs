//! What rules that divide money between voters refuse in several pots: by name, all of it, with what to do.

use quartier::election::{Ballot, Election, Instance, Project, Relation, VoterClass};
use quartier::regulation::{ApplyError, Regulation};
use quartier::rules::{Feature, catalogue};

use crate::helpers::{document, edition, faults, found, law, limit, read, winners};
use crate::town::{housed, stage, town};

const POTS: &str = "[[pot]]\nid = \"quartiers\"\neach-area = \"30\"\nholds = \"local\"\n\
                    [[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"city-wide\"\n";
const RULE: &str = "equal-shares:utility=cost";

fn text(pots: &str, limits: &str, rule: &str) -> String {
    law(
        "120",
        "several-areas = \"equal-shares\"",
        &[pots, limits, &stage(pots, rule, "id")].concat(),
    )
}

fn refusal(text: &str, election: &Election) -> String {
    match read(text).apply(election, &[]) {
        Err(ApplyError::Count { error, .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

fn plain() -> Election {
    town(
        &[("a1", 20, &["a"]), ("b1", 20, &["b"]), ("x", 20, &[])],
        &[("a", &["a1", "x"], 2), ("b", &["b1", "x"], 2)],
    )
}

/// The rules that give voters purses, with the settings that they need.
fn rules() -> Vec<String> {
    let all = catalogue().iter();
    let purses = all.filter(|(_, can)| can.honours(Feature::Endowments));
    purses
        .map(|(id, can)| {
            assert!(can.honours(Feature::SeveralPots), "{id}");
            match *id {
                "phragmen" => format!("{id}:misfit=stop"),
                "maximin-support" => (*id).to_owned(),
                _ => format!("{id}:utility=cardinality"),
            }
        })
        .collect()
}

#[test]
fn a_choice_of_pots_and_pots_that_pay_together_are_refused() {
    let shared = town(
        &[("ab", 20, &["a", "b"]), ("x", 20, &[]), ("y", 20, &["a"])],
        &[("a", &["ab", "x"], 2), ("b", &["ab", "x"], 2)],
    );
    for rule in rules() {
        let why = refusal(&text(POTS, "", &rule), &shared);
        let id = rule.split(':').next().unwrap();
        assert!(why.contains(&format!("`{id}`")), "{why}");
        assert!(
            why.contains("several pots pay for project `ab` together"),
            "{why}"
        );
        assert!(why.contains("several-areas = \"first\""), "{why}");
        // The city's pot pays for everything: two ways for y, and for ab.
        let choice = POTS.replace("\"city-wide\"", "\"all\"");
        let why = refusal(&text(&choice, "", &rule), &shared);
        for project in ["ab", "y"] {
            assert!(
                why.contains(&format!("several pots may pay for project `{project}`")),
                "{why}"
            );
        }
        assert!(!why.contains("`x`"), "one pot pays for x: {why}");
    }
    // As the law can say: a project of several quartiers is the first one's.
    let first = text(POTS, "", RULE).replace("\"equal-shares\"", "\"first\"");
    assert_eq!(winners(&edition(&first, &shared, &[])), ["ab", "x"]);
}

/// What is bound together across pots is refused, since whose turn is first would matter; a stage for each pot says it.
#[test]
fn what_binds_projects_of_different_pots_is_refused() {
    let election = plain();
    let across = limit("all", "at-most-projects = 2");
    let within = limit("area", "at-most = \"15\"");
    for rule in rules()
        .iter()
        .filter(|rule| !rule.starts_with("fractional"))
    {
        let why = refusal(&text(POTS, &across, rule), &election);
        assert!(why.contains("projects `a1` and `b1`"), "{why}");
        assert!(why.contains("give each pot a stage of its own"), "{why}");
        // A limit of each quartier binds nothing across.
        let capped = edition(&text(POTS, &within, rule), &election, &[]);
        assert_eq!(winners(&capped), ["x"], "{rule}");
    }
    let pots = "[[pot]]\nid = \"north\"\namount = \"30\"\nholds = { area = \"a\" }\n\
                [[pot]]\nid = \"south\"\namount = \"30\"\nholds = { area = \"b\" }\n\
                [[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"city-wide\"\n";
    for (order, expected) in [
        (["city", "south", "north"], ["b1", "x"]),
        (["north", "city", "south"], ["a1", "x"]),
    ] {
        let stages = order.map(|pot| {
            format!("[[stage]]\nid = \"{pot}\"\npots = [\"{pot}\"]\nrule = \"{RULE}\"\nties = [\"id\"]\nguarantee = \"none\"\n")
        });
        let redistribution = stage(pots, RULE, "id");
        let (_, redistribution) = redistribution.split_once("[[redistribute]]").unwrap();
        let text = law(
            "120",
            "",
            &[
                pots,
                &across,
                &stages.concat(),
                "[[redistribute]]",
                redistribution,
            ]
            .concat(),
        );
        assert_eq!(
            winners(&edition(&text, &election, &[])),
            expected,
            "{order:?}"
        );
    }
}

#[test]
fn relations_across_pots_are_refused() {
    let instance = |relation: Relation| {
        Instance::builder()
            .budget(1)
            .area(quartier::election::Area::new("a"))
            .project(Project::new("a1", 20).in_area("a"))
            .project(Project::new("x", 20).related(relation))
            .build()
            .unwrap()
    };
    for relation in [
        Relation::VariantOf("a1".to_owned()),
        Relation::Requires("a1".to_owned()),
    ] {
        let rows = [(Ballot::approval(["a1", "x"]), 2, "a", VoterClass::default())];
        let election = housed(&instance(relation), &rows, "area");
        let why = refusal(&text(POTS, "", RULE), &election);
        assert!(why.contains("projects `a1` and `x`"), "{why}");
    }
}

#[test]
fn unknown_homes_are_refused() {
    let law = text(POTS, "", RULE);
    let homes = |homes: [&'static str; 2], column: &str| {
        let rows = homes.map(|home| (Ballot::approval(["a1"]), 2, home, VoterClass::default()));
        housed(plain().instance(), &rows, column)
    };
    assert_eq!(
        winners(&edition(&law, &homes(["a", "b"], "area"), &[])),
        ["a1"]
    );
    assert_eq!(
        winners(&edition(&law, &homes(["a", "b"], "neighborhood"), &[])),
        ["a1"]
    );
    let why = refusal(&law, &homes(["", "east"], "area"));
    for part in [
        "pot `quartiers/a` is divided among those who live there",
        "2 voters have no area, the first of them in row 1",
        "2 voters live in an area that the election does not list, the first of them in row 3 (`east`)",
    ] {
        assert!(why.contains(part), "{why}");
    }
    for nobody in [homes(["a", "b"], "sex"), voterless()] {
        let why = refusal(&law, &nobody);
        assert!(why.contains("give every voter an `area`"), "{why}");
    }
}

/// The votes of `plain`, without a table of who cast them.
fn voterless() -> Election {
    let election = plain();
    Election::new(
        election.instance().clone(),
        election.profile().clone(),
        None,
    )
    .unwrap()
}

/// Pots that are nobody's in particular are divided among all, and nobody needs to say where they live.
#[test]
fn pots_by_theme_ask_nobody_where_they_live() {
    let pots = POTS
        .replace(
            "each-area = \"30\"\nholds = \"local\"",
            "amount = \"50%\"\nholds = { cost-above = \"20\" }",
        )
        .replace("\"city-wide\"", "{ cost-at-most = \"20\" }");
    let edition = edition(&text(&pots, "", RULE), &voterless(), &[]);
    assert_eq!(winners(&edition), ["a1", "b1", "x"]);
}

/// Parts of a project are charged to a limit too, but not when purses buy them: refused when the document is read.
#[test]
fn the_rule_for_parts_refuses_limits_by_name() {
    let rule = "fractional-equal-shares:utility=cardinality";
    let text = text(POTS, &limit("area", "at-most = \"15\""), rule);
    let faults = faults(&text);
    assert_eq!(found(&faults), [("stage[0].rule", "rule-cannot-honour")]);
    assert!(
        faults.to_string().contains("it does not honour caps"),
        "{faults}"
    );
    assert!(Regulation::read(&document(&text.replace(rule, RULE))).is_ok());
}
