//! "80 k€ par projet et par quartier": three readings, three results, and no guess.

use quartier::election::Election;
use quartier::regulation::ApplyError;

use crate::helpers::{
    CITY, code, edition, faults, found, law, leftovers, limit, read, vote, voted, winners,
};

/// Votes: a1 10, a2 9, ab 8, b1 7, x 6, b2 5; 300 000 in all.
fn two_quartiers() -> Election {
    voted(
        &[("a", 100), ("b", 100)],
        &[
            ("a1", 80_000, &["a"], 10),
            ("a2", 60_000, &["a"], 9),
            ("ab", 100_000, &["a", "b"], 8),
            ("b1", 90_000, &["b"], 7),
            ("x", 200_000, &[], 6),
            ("b2", 30_000, &["b"], 5),
        ],
    )
}

const SHARED: &str = "several-areas = \"equal-shares\"";

/// (1) A project costs at most 80 000, and a quartier receives at most 80 000; the money is the city's.
#[test]
fn per_project_and_per_quartier_as_two_limits() {
    let rest = [
        CITY,
        &limit("project", "at-most = \"80000\"").replace("\"all\"", "\"local\""),
        &limit("area", "at-most = \"80000\""),
        &vote("\"city\""),
        &leftovers("", "treasury"),
    ]
    .concat();
    let edition = edition(&law("300000", SHARED, &rest), &two_quartiers(), &[]);
    // a1 fills quartier a; ab and b1 cost too much; x takes 200 000, and 20 000 are left.
    assert_eq!(winners(&edition), ["a1", "x"]);
    let codes = ["a2", "ab", "b1", "b2"].map(|project| code(&edition, project));
    assert_eq!(
        codes,
        ["limit-reached", "limit-reached", "limit-reached", "misfit"].map(Some)
    );
}

/// (2) Each quartier has an envelope of 80 000; the city has the other 140 000.
#[test]
fn an_envelope_for_each_quartier() {
    let pots = "[[pot]]\nid = \"quartiers\"\neach-area = \"80000\"\nholds = \"local\"\n\
                [[pot]]\nid = \"city\"\namount = \"residual\"\nholds = \"city-wide\"\n";
    let rest = [
        pots,
        &vote("\"quartiers\", \"city\""),
        &leftovers("", "treasury"),
    ]
    .concat();
    let edition = edition(&law("300000", SHARED, &rest), &two_quartiers(), &[]);
    // a1 empties a's pot, so that nothing is there for a2 and for a's half of ab; x costs more than the city has.
    assert_eq!(winners(&edition), ["a1", "b2"]);
    let short: Vec<String> = ["a2", "ab", "b1", "x"]
        .iter()
        .filter_map(|project| Some(edition.refusal(project)?.to_string()))
        .collect();
    let expected = [60_000, 50_000, 10_000, 60_000];
    for (text, expected) in short.iter().zip(expected) {
        assert!(text.contains(&format!("costs {expected} more")), "{text}");
    }
}

/// (3) A project costs at most 80 000 for each quartier that it concerns; the money is the city's.
#[test]
fn per_project_for_each_quartier_concerned() {
    let scaled = limit("project", "at-most = \"80000\"\nscaled-by = \"areas\"");
    let rest = [
        CITY,
        &scaled.replace("\"all\"", "\"local\""),
        &vote("\"city\""),
        &leftovers("", "treasury"),
    ]
    .concat();
    let edition = edition(&law("300000", SHARED, &rest), &two_quartiers(), &[]);
    // ab may cost 160 000; b1 costs 90 000 for one quartier.
    assert_eq!(winners(&edition), ["a1", "a2", "ab", "b2"]);
    assert_eq!(
        (code(&edition, "b1"), code(&edition, "x")),
        (Some("limit-reached"), Some("misfit"))
    );
}

#[test]
fn the_library_does_not_guess_which_is_meant() {
    // A limit that does not say for what it holds, or a project of two quartiers of which nothing is said.
    let vague = "[[limit]]\nat-most = \"80000\"\n";
    let text = law(
        "300000",
        "",
        &[CITY, vague, &vote("\"city\""), &leftovers("", "treasury")].concat(),
    );
    let expected = ["per", "holds", "after-top-up"].map(|key| format!("limit[0].{key}"));
    let paths: Vec<String> = faults(&text)
        .iter()
        .map(|fault| fault.path.clone())
        .collect();
    assert_eq!(paths, expected);
    let text = law(
        "300000",
        "",
        &[CITY, &vote("\"city\""), &leftovers("", "treasury")].concat(),
    );
    let Err(ApplyError::Misfit(faults)) = read(&text).apply(&two_quartiers(), &[]) else {
        panic!("a project of two quartiers was shared by a guess");
    };
    assert_eq!(found(&faults), [("several-areas", "election-needs-choice")]);
}
