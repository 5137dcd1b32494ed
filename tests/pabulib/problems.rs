//! Problems, their places and their fixes.

use quartier::pabulib::{ReadOptions, read};

use crate::pabulib_common::file;

#[test]
fn problems_are_told_all_at_once_where_they_are() {
    let text = "META\nkey;value\nnum_projects;3\nnum_votes;2\nbudget;1 500\nvote_type;approval\nbudget;9\nPROJECTS\nproject_id;cost\n1;-5\n2;6;7\nVOTES\nvoter_id;vote\nä;1,9\nä;1\n";
    let refused = read(text, &ReadOptions::strict()).unwrap_err();
    let found: Vec<(&str, u64, u64, u64)> = refused
        .iter()
        .map(|d| (d.code(), d.place().line, d.place().column, d.place().width))
        .collect();
    assert_eq!(
        found,
        [
            ("count-mismatch", 3, 14, 1),
            ("bad-amount", 5, 8, 5),
            ("repeated-key", 7, 1, 6),
            ("bad-amount", 10, 3, 2),
            ("row-width", 11, 0, 0),
            ("unknown-project", 14, 5, 1),
            ("repeated-voter-id", 15, 1, 1),
        ]
    );
    let shown = refused.to_string();
    assert!(shown.contains("14 | ä;1,9\n   |     ^"), "{shown}");
    let json = serde_json::to_value(&refused).unwrap();
    assert_eq!(json[1]["code"], "bad-amount");
    assert_eq!(json[1]["section"], "META");
    assert_eq!(
        (json[1]["line"].as_u64(), json[1]["column"].as_u64()),
        (Some(5), Some(8))
    );
}

#[test]
fn fixes_are_offered_only_where_they_are_safe() {
    let fix = |cost: &str| {
        let refused = read(
            &file(
                "vote_type;approval",
                &format!("project_id;cost\n1;{cost}"),
                "voter_id;vote\n1;1",
            ),
            &ReadOptions::lenient(),
        )
        .unwrap_err();
        refused
            .iter()
            .next()
            .unwrap()
            .fix()
            .map(|fix| fix.replacement.clone())
    };
    assert_eq!(fix("1,5").as_deref(), Some("1.5"));
    assert_eq!(fix("1,500"), None);
    let refused = read(
        &file(
            "vote_type;approval",
            "project_id;cost\n1;5\n2;6",
            "voter_id;vote\n1;1, 2",
        ),
        &ReadOptions::lenient(),
    )
    .unwrap_err();
    let diagnostic = refused.iter().next().unwrap();
    assert_eq!(
        (
            diagnostic.code(),
            diagnostic.place().column,
            diagnostic.fix().unwrap().replacement.as_str()
        ),
        ("blanks-in-vote", 5, "2")
    );
}
