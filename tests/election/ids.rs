//! Ids that look alike, and the order of ids.

use quartier::election::Election;

use crate::common::IDS;
use crate::helpers::problems;

#[test]
fn look_alikes_are_found_and_plain_ids_are_not() {
    let pairs = [
        ("a", "A"),
        ("cafe\u{301}", "café"),
        ("park", "pаrk"),
        ("ﬁre", "fire"),
        ("１", "1"),
        ("1", "l"),
        ("modern", "rnodern"),
    ];
    for (first, second) in pairs {
        assert_eq!(
            problems(
                Election::builder()
                    .budget(1)
                    .project((first, 1))
                    .project((second, 1))
            ),
            ["LookAlike"],
            "{first} {second}"
        );
    }
    for (first, second) in [
        ("1", "01"),
        ("1", "10"),
        ("a", "á"),
        ("p1", "p2"),
        ("BO.D1", "BOD.1"),
        ("7", "T"),
    ] {
        assert!(
            Election::builder()
                .budget(1)
                .project((first, 1))
                .project((second, 1))
                .build()
                .is_ok(),
            "{first} {second}"
        );
    }
}

/// Order of the contract: ids by Unicode code point, "10" before "2".
#[test]
fn projects_stand_in_the_order_of_their_bytes() {
    let election = IDS
        .iter()
        .rev()
        .fold(Election::builder().budget(1), |builder, &id| {
            builder.project((id, 1))
        })
        .build()
        .unwrap();
    assert_eq!(
        election
            .instance()
            .projects()
            .iter()
            .map(|project| project.id.as_str())
            .collect::<Vec<_>>(),
        IDS
    );
    assert_eq!(election.instance().find("nobody"), None);
}
