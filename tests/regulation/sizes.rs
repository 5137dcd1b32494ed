//! The size of a project decides its funding: three readings of one sentence of the seed.
//!
//! "La taille du projet devra également déterminer le niveau de financement" can mean pots for bands of costs, caps for
//! classes of projects, or marginal rates. They are three different things on one election of 100 000 euros:
//!
//! ```text
//!            cost  votes   pots by band       caps by class     marginal rates
//! theatre  60 000     50   big pot  60 000    above its cap     42 000
//! garden   30 000     40   small: no room     30 000            27 000
//! ramp     25 000     30   small: no room     cap of 20 000     23 500 of the 31 000 left
//! bench    10 000     20   small    10 000    10 000            7 500 are left
//! ```

use quartier::election::Election;
use quartier::record::Reason;

use crate::helpers::{
    CITY, SKIP, closes, code, edition, law, leftovers, money, paid, stage, winners,
};
use crate::rates::{backed, rate, with};

fn election() -> Election {
    backed(&[
        ("theatre", 60_000, 50),
        ("garden", 30_000, 40),
        ("ramp", 25_000, 30),
        ("bench", 10_000, 20),
    ])
}

fn by_votes(pots_and_limits: &str, pots: &str) -> String {
    let vote = stage("vote", pots, SKIP, "\"none\"");
    let after = leftovers("", "treasury");
    law("100000", "", &[pots_and_limits, &vote, &after].concat())
}

/// 80 000 for projects above 40 000 and 20 000 for the others: no pot can pay a garden of 30 000.
#[test]
fn a_pot_for_each_band_of_costs() {
    let pots = "[[pot]]\nid = \"big\"\namount = \"80000\"\nholds = { cost-above = \"40000\" }\n[[pot]]\nid = \"small\"\namount = \"20000\"\nholds = { cost-at-most = \"40000\" }\n";
    let found = edition(&by_votes(pots, "\"big\", \"small\""), &election(), &[]);
    assert_eq!(
        paid(&found),
        [
            ("theatre", "60000".to_owned(), "big"),
            ("bench", "10000".to_owned(), "small")
        ]
    );
    let short = Reason::Misfit {
        short_by: money(10_000),
    };
    assert_eq!(found.refusal("garden"), Some(&short));
    assert!(closes(&found));
}

/// At most 50 000 for those of at least 40 000, at most 20 000 for those of 25 000 to 29 999, no cap for the rest.
#[test]
fn a_cap_for_each_class_of_projects() {
    let cap = |holds: &str, most: &str| {
        format!(
            "[[limit]]\nper = \"project\"\nholds = {{ {holds} }}\nat-most = \"{most}\"\nafter-top-up = \"binds\"\n"
        )
    };
    let caps = [
        CITY.to_owned(),
        cap("cost-at-least = \"40000\"", "50000"),
        cap(
            "cost-at-least = \"25000\", cost-at-most = \"29999\"",
            "20000",
        ),
    ];
    let found = edition(&by_votes(&caps.concat(), "\"city\""), &election(), &[]);
    assert_eq!(winners(&found), ["bench", "garden"]);
    for project in ["theatre", "ramp"] {
        assert_eq!(code(&found, project), Some("limit-reached"));
    }
    // The bounds of a class are in it.
    let exact = caps.concat().replace("\"29999\"", "\"30000\"");
    let found = edition(&by_votes(&exact, "\"city\""), &election(), &[]);
    assert_eq!(winners(&found), ["bench"]);
    assert!(closes(&found));
}

/// 20 000 at 100%, up to 40 000 at 70%, then 40%.
#[test]
fn a_rate_for_each_slice_of_the_cost() {
    let brackets = "[ { up-to = \"20000\", rate = \"100%\" }, { up-to = \"40000\", rate = \"70%\" }, { rate = \"40%\" } ]";
    let text = with("100000", &rate("\"all\"", "slices", brackets), SKIP);
    let found = edition(&text, &election(), &[]);
    assert_eq!(
        paid(&found),
        [
            ("theatre", "42000".to_owned(), "city"),
            ("garden", "27000".to_owned(), "city"),
            ("ramp", "23500".to_owned(), "city"),
        ]
    );
    let short = Reason::Misfit {
        short_by: money(2_500),
    };
    assert_eq!(found.refusal("bench"), Some(&short));
    assert!(closes(&found));
}
