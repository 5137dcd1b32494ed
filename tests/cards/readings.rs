//! The four cards of Strasbourg 2017 on one small election, solved by hand.
//!
//! Two quartiers of 10 000 inhabitants. Every ballot names one project, so projects rank by votes.
//!
//! | project | quartiers | cost | votes |
//! |---|---|---|---|
//! | a1 | a | 80 000 | 10 |
//! | a2 | a | 60 000 | 9 |
//! | ab | a, b | 150 000 | 8 |
//! | b1 | b | 90 000 | 7 |
//! | x | city | 650 000 | 6 |
//! | b2 | b | 30 000 | 5 |
//! | y | city | 250 000 | 4 |

use quartier::election::{Area, Ballot, Election, Project, ProposerKind, Verdict};
use quartier::exact::Ratio;
use quartier::regulation::Edition;

use crate::books;
use crate::card::Card;
use crate::runs::decided;

const PROJECTS: [(&str, &[&str], u32, u64); 7] = [
    ("a1", &["a"], 80_000, 10),
    ("a2", &["a"], 60_000, 9),
    ("ab", &["a", "b"], 150_000, 8),
    ("b1", &["b"], 90_000, 7),
    ("x", &[], 650_000, 6),
    ("b2", &["b"], 30_000, 5),
    ("y", &[], 250_000, 4),
];

fn two_quartiers() -> Election {
    let mut builder = Election::builder().budget(1_000_000);
    for id in ["a", "b"] {
        builder = builder.area(Area::new(id).attribute("population", Ratio::from(10_000)));
    }
    for (id, areas, cost, votes) in PROJECTS {
        let mut project = Project::new(id, cost)
            .proposed_by(ProposerKind::Resident)
            .delivered_within(12)
            .attested("general-interest", Verdict::Pass)
            .attested("feasible", Verdict::Pass);
        project.areas = areas.iter().map(|&area| area.to_owned()).collect();
        builder = builder
            .project(project)
            .ballots(Ballot::ranked([id]), votes);
    }
    builder.build().unwrap()
}

fn applied(file: &str) -> Edition {
    let (edition, lots) = decided(&Card::named(file).regulation(), &two_quartiers(), &[]);
    books::check(file, &edition);
    assert_eq!(lots, 0, "{file}");
    edition
}

/// The winners in the order of ids, and what is carried to the next edition.
fn result(edition: &Edition) -> (Vec<&str>, String) {
    let mut winners = edition.winners();
    winners.sort_unstable();
    (winners, edition.envelope.carried.to_string())
}

/// a1 fills quartier a; ab and b1 cost more than a project may. x leaves 270 000, b2 240 000: 10 000 too little for y,
/// and there is no other pot to take it from.
#[test]
fn one_pot_with_limits() {
    let edition = applied("strasbourg-2017-one-pot");
    assert_eq!(
        result(&edition),
        (vec!["a1", "b2", "x"], "240000".to_owned())
    );
    let code = |project| edition.refusal(project).map(quartier::record::Reason::code);
    for project in ["a2", "ab", "b1"] {
        assert_eq!(code(project), Some("limit-reached"), "{project}");
    }
    assert_eq!(code("y"), Some("misfit"));
}

/// Pots: a 80 000, b 80 000, city 840 000. By votes: a1, x and b2; left are a 0, b 50 000, city 190 000. Nobody is
/// almost funded (y: 76%). Quartier b has received least: ab takes 75 000 for a and 25 000 for b from the city; b has
/// received 105 000 and a 155 000, so b1 takes the last 90 000.
#[test]
fn a_pot_for_each_quartier() {
    let edition = applied("strasbourg-2017-quartier-pots");
    assert_eq!(
        result(&edition),
        (vec!["a1", "ab", "b1", "b2", "x"], "0".to_owned())
    );
    let moved: Vec<(&str, String)> = edition
        .redistributed
        .iter()
        .map(|moved| (moved.to.as_str(), moved.amount.to_string()))
        .collect();
    let expected = [("ab", "75000"), ("ab", "25000"), ("b1", "90000")];
    assert_eq!(moved, expected.map(|(to, amount)| (to, amount.to_owned())));
}

/// ab may cost 160 000 and does not; b1 costs 90 000 for one quartier. a1, a2, ab, x and b2 leave 30 000.
#[test]
fn a_limit_for_each_quartier_concerned() {
    let edition = applied("strasbourg-2017-each-quartier-concerned");
    assert_eq!(
        result(&edition),
        (vec!["a1", "a2", "ab", "b2", "x"], "30000".to_owned())
    );
    let code = |project| edition.refusal(project).map(quartier::record::Reason::code);
    assert_eq!(
        (code("b1"), code("y")),
        (Some("limit-reached"), Some("misfit"))
    );
}

/// Received by a and b in thousands: a1 80, 0; ab 155, 75; b1 155, 165; a2 215, 165; b2 215, 195. The city's turn comes
/// last: 590 000 are left, too little for x and enough for y.
#[test]
fn the_balance_of_quartiers() {
    let edition = applied("strasbourg-2017-balance");
    assert_eq!(edition.winners(), ["a1", "ab", "b1", "a2", "b2", "y"]);
    assert_eq!(result(&edition).1, "340000");
    assert_eq!(
        edition.refusal("x").map(quartier::record::Reason::code),
        Some("misfit")
    );
}
