//! F8 and F9: ids.

use quartier::pabulib::{ReadOptions, read};

use crate::helpers::refused;
use crate::pabulib_common::{codes, file, strict_codes};

fn with_ids(first: &str, second: &str) -> String {
    file(
        "vote_type;approval",
        &format!("project_id;cost\n{first};60\n{second};100"),
        "voter_id;vote",
    )
}

#[test]
fn f08_project_ids_that_look_alike() {
    for (first, second) in [
        ("P1", "p1"),
        ("e\u{301}", "é"),
        ("a", "а"),
        ("ﬁ", "fi"),
        ("１", "1"),
    ] {
        let text = with_ids(first, second);
        assert_eq!(
            strict_codes(&text),
            ["look-alike-projects"],
            "{first} {second}"
        );
        assert_eq!(
            codes(read(&text, &ReadOptions::lenient()).unwrap().warnings()),
            ["look-alike-projects"]
        );
    }
    let found = read(&with_ids("P1", "p1"), &ReadOptions::strict()).unwrap_err();
    assert_eq!(
        (found.iter().next().unwrap().place().line, found.len()),
        (10, 1)
    );
    for (first, second) in [("1", "2"), ("1", "11"), ("A1", "A2"), ("L18/06", "L18/07")] {
        read(&with_ids(first, second), &ReadOptions::strict()).unwrap();
    }
}

#[test]
fn f08_ids_that_are_not_what_they_seem() {
    for id in [
        "a\u{200b}",
        "\u{202e}a",
        "a\u{ad}b",
        "\u{feff}a",
        "a\tb",
        "a\u{7f}",
        " a",
        "a ",
        "\u{a0}a",
        "a\u{2060}",
    ] {
        refused(id, &with_ids(id, "b"), "bad-id");
        refused(
            id,
            &file(
                "vote_type;approval",
                "project_id;cost\n1;6",
                &format!("voter_id;vote\n{id};1"),
            ),
            "bad-id",
        );
    }
    refused("twice", &with_ids("a", "a"), "repeated-project-id");
    refused("empty", &with_ids("", "a"), "empty-id");
    refused("comma", &with_ids("a,b", "c"), "comma-in-id");
    refused("long", &with_ids(&"x".repeat(300), "c"), "bad-id");
    refused(
        "voter twice",
        &file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            "voter_id;vote\n5;1\n3;1\n5;1",
        ),
        "repeated-voter-id",
    );
    refused(
        "voter twice, quoted",
        &file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            "voter_id;vote\nV;1\n\"V\";1",
        ),
        "repeated-voter-id",
    );
    refused(
        "voter without id",
        &file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            "voter_id;vote\n;1",
        ),
        "empty-id",
    );
}

#[test]
fn f09_names_of_the_language() {
    let text = file(
        "vote_type;approval",
        "project_id;cost\n__proto__;60\nconstructor;5\nvotes;7",
        "voter_id;vote\n__proto__;__proto__,votes\ntoString;constructor",
    );
    let document = read(&text, &ReadOptions::strict()).unwrap();
    assert_eq!(document.election().profile().mentions(), [1, 1, 1]);
}
