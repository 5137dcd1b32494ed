//! The example regulation on three quartiers, twelve projects and twenty ranked ballots, solved by hand.

use quartier::election::{Ballot, Election};

use crate::helpers::{EXAMPLE, area, closes, edition, money, paid, project};

/// ```text
/// quartier   people  projects (cost)                    pot 80 000 each; the city pot has 1 000 000 - 3 x 80 000 = 760 000
/// centre     20 000  c1 50 000  c2 30 000  c3 40 000
/// neudorf    30 000  n1 60 000  n2 25 000  n3 78 000
/// port       10 000  p1 45 000  p2 40 000  p3 90 000
/// (city)             x1 400 000  x2 300 000  x3 200 000
///
/// ballots: 6 x n1 x1 c1    5 x c1 n2 x2    4 x p1 p2 x1    3 x n3 n1 p3    2 x c2 c3 x3       (3, 2, 1 points)
/// n1 18+6 = 24   c1 6+15 = 21   x1 12+4 = 16   p1 12   n2 10   n3 9   p2 8   c2 6   x2 5   c3 4   p3 3   x3 2
///
/// Guarantee, one project a quartier, in the order of rank:
///   n1 60 000 (neudorf 20 000 left)   c1 50 000 (centre 30 000)   p1 45 000 (port 35 000)
/// Ranking, skipping what does not fit:
///   x1 400 000 (city 360 000 left)    n2 misfit, 5 000 short       n3 misfit, 58 000 short    p2 misfit, 5 000 short
///   c2 30 000 (centre 0)              x2 300 000 (city 60 000)     c3 misfit, 40 000 short
///   p3 beyond the limit of 80 000 a project                        x3 misfit, 140 000 short
/// Leftovers: neudorf 20 000, port 35 000, city 60 000.
/// Almost funded, at least 80% covered, the best covered first, the largest leftover pays:
///   p2 35 000 of 40 000 = 87.5%: 5 000 from the city (55 000 left)
///   n2 20 000 of 25 000 = 80%:   5 000 from the city (50 000 left)
/// Under-served, by euros an inhabitant: neudorf 85 000 / 30 000 = 2.83, centre 80 000 / 20 000 = 4, port 85 000 /
///   10 000 = 8.5. Neudorf's n3 needs 78 000 and there are 50 000; the centre's c3 needs 40 000 (10 000 left).
///   Now centre 6, neudorf 2.83: n3 needs 78 000; p3 stays beyond the limit.
/// Rest: 10 000 to the next edition.
/// ```
fn three_quartiers() -> Election {
    let mut builder = Election::builder()
        .budget(1_000_000)
        .area(area("centre", 20_000))
        .area(area("neudorf", 30_000))
        .area(area("port", 10_000));
    for (id, cost, quartier) in [
        ("c1", 50_000, "centre"),
        ("c2", 30_000, "centre"),
        ("c3", 40_000, "centre"),
        ("n1", 60_000, "neudorf"),
        ("n2", 25_000, "neudorf"),
        ("n3", 78_000, "neudorf"),
        ("p1", 45_000, "port"),
        ("p2", 40_000, "port"),
        ("p3", 90_000, "port"),
    ] {
        builder = builder.project(project(id, cost).in_area(quartier));
    }
    for (id, cost) in [("x1", 400_000), ("x2", 300_000), ("x3", 200_000)] {
        builder = builder.project(project(id, cost));
    }
    for (times, ranking) in [
        (6, ["n1", "x1", "c1"]),
        (5, ["c1", "n2", "x2"]),
        (4, ["p1", "p2", "x1"]),
        (3, ["n3", "n1", "p3"]),
        (2, ["c2", "c3", "x3"]),
    ] {
        builder = builder.ballots(Ballot::ranked(ranking), times);
    }
    builder.build().unwrap()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn the_example_is_as_solved_by_hand() {
    let edition = edition(EXAMPLE, &three_quartiers(), &[]);
    let paid: Vec<_> = paid(&edition);
    let expected = [
        ("n1", "60000", "quartiers/neudorf"),
        ("c1", "50000", "quartiers/centre"),
        ("p1", "45000", "quartiers/port"),
        ("x1", "400000", "city"),
        ("c2", "30000", "quartiers/centre"),
        ("x2", "300000", "city"),
        ("p2", "40000", "quartiers/port"),
        ("n2", "25000", "quartiers/neudorf"),
        ("c3", "40000", "quartiers/centre"),
    ]
    .map(|(id, amount, pot)| (id, amount.to_owned(), pot));
    assert_eq!(paid, expected);
    let kinds: Vec<String> = edition
        .awards
        .iter()
        .map(|paid| serde_json::to_string(&paid.kind).unwrap())
        .collect();
    let expected = [
        "guarantee",
        "guarantee",
        "guarantee",
        "vote",
        "vote",
        "vote",
        "almost-funded",
        "almost-funded",
        "under-served",
    ];
    assert_eq!(kinds, expected.map(|kind| format!("\"{kind}\"")));
    let refused: Vec<_> = edition
        .refused
        .iter()
        .map(|refused| (refused.project.as_str(), refused.reason.code()))
        .collect();
    assert_eq!(
        refused,
        [("n3", "misfit"), ("p3", "limit-reached"), ("x3", "misfit")]
    );
    let moved: Vec<_> = edition
        .redistributed
        .iter()
        .map(|moved| {
            (
                moved.from.as_str(),
                moved.to.as_str(),
                moved.claim.as_str(),
                moved.amount,
            )
        })
        .collect();
    assert_eq!(
        moved,
        [
            ("city", "p2", "almost-funded", money(5_000)),
            ("city", "n2", "almost-funded", money(5_000)),
            ("city", "c3", "under-served", money(40_000)),
            ("city", "next-edition", "rest", money(10_000)),
        ]
    );
}

#[test]
fn the_example_reports_what_every_quartier_received() {
    let edition = edition(EXAMPLE, &three_quartiers(), &[]);
    let areas: Vec<_> = edition
        .areas
        .iter()
        .map(|area| {
            let head = area.per_inhabitant.as_ref().unwrap().decimal(2);
            let rate = area.success_rate.as_ref().unwrap().decimal(2);
            (
                area.area.as_str(),
                area.entitlement,
                area.winners,
                area.amount,
                head,
                rate,
            )
        })
        .collect();
    let pot = Some(money(80_000));
    assert_eq!(
        areas,
        [
            (
                "centre",
                pot,
                3,
                money(120_000),
                "6.00".to_owned(),
                "1.00".to_owned()
            ),
            (
                "neudorf",
                pot,
                2,
                money(85_000),
                "2.83".to_owned(),
                "0.67".to_owned()
            ),
            (
                "port",
                pot,
                2,
                money(85_000),
                "8.50".to_owned(),
                "0.67".to_owned()
            ),
        ]
    );
    let envelope = &edition.envelope;
    assert_eq!(
        (
            envelope.ceiling,
            envelope.funded,
            envelope.carried,
            envelope.held
        ),
        (money(5_000_000), money(990_000), money(10_000), money(0))
    );
    assert_eq!(envelope.operation_outside, money(60_000));
    assert!(closes(&edition) && edition.unmet.is_empty() && edition.ties.is_empty());
}
