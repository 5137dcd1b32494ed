//! The header row: what is known by its name, what is refused.

use quartier::tally::read::ReadOptions;

use crate::helpers::{place, places, read, read_with, refused};

#[test]
fn the_delimiter_is_found_by_the_columns_it_finds() {
    for text in [
        "voter_id;vote;area\n1;12,7;north\n",
        "voter_id,vote,area\n1,\"12,7\",north\n",
        "voter_id\tvote\tarea\n1\t12,7\tnorth\n",
        "sep=;\nvoter_id;vote;area\n1;12,7;north\n",
        "SEP=,\r\nvoter_id,vote,area\r\n1,\"12,7\",north\r\n",
        "sep=\t\nvoter_id\tvote\tarea\n1\t12,7\tnorth\n",
        "\u{feff}sep=;\nvoter_id;vote;area\n1;12,7;north\n",
        "\"sep=;\"\n\nvoter_id;vote;area\n1;12,7;north\n",
    ] {
        let (seen, found) = read(text);
        assert!(
            found.diagnostics.is_empty(),
            "{text}: {}",
            found.diagnostics
        );
        assert_eq!(seen[0].vote.as_deref(), Some("12,7"), "{text}");
        assert_eq!(seen[0].area, "north", "{text}");
    }
}

#[test]
fn a_table_of_one_column_is_read_whole() {
    let (seen, _) = read("vote;count\n12,7;3\n");
    assert_eq!((seen[0].vote.as_deref(), seen[0].count), (Some("12,7"), 3));
    let found = refused("vote\n12,7\n");
    assert_eq!(places(&found), [place("missing-column", 1, 0)]);
    assert!(
        found
            .to_string()
            .contains("the column `voter_id` is missing")
    );
}

#[test]
fn names_are_known_in_any_case_order_and_with_blanks() {
    let (seen, read) = read(" Vote ;AGE; VOTER_ID\t;Größe\n12;34;7;x\n");
    assert_eq!(
        (seen[0].vote.as_deref(), &*seen[0].voter),
        (Some("12"), "7")
    );
    assert_eq!(seen[0].attributes, ["34", "x"]);
    assert!(read.diagnostics.is_empty());
}

#[test]
fn other_columns_are_attributes_in_lower_case() {
    use quartier::tally::read::VotesCsv;
    let text = "voter_id;AGE;vote;Größe\n1;2;3;4\n";
    let votes = VotesCsv::open(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
    assert_eq!(votes.attributes(), ["age", "größe"]);
}

#[test]
fn what_is_wrong_with_a_header_is_told_with_everything_else() {
    for (text, expected) in [
        ("", vec![place("empty-table", 0, 0)]),
        ("\n \n;;\n", vec![place("empty-table", 0, 0)]),
        (
            "voter_id;channel\n1;x\n",
            vec![place("missing-column", 1, 0)],
        ),
        (
            "a;b\n1;2\n",
            vec![place("missing-column", 1, 0), place("missing-column", 1, 0)],
        ),
        (
            "voter_id;vote;Vote\n1;2;3\n",
            vec![place("repeated-column", 1, 15)],
        ),
        (
            "voter_id;;vote\n1;2;3\n",
            vec![place("unnamed-column", 1, 10)],
        ),
        (
            "voter_id;vo\u{200b}te;vote\n1;2;3\n",
            vec![place("unnamed-column", 1, 10)],
        ),
        ("sep=|\nvoter_id|vote\n", vec![place("bad-separator", 1, 1)]),
        ("sep=\nvoter_id;vote\n", vec![place("bad-separator", 1, 1)]),
        (
            "voter_id;\"vote\n1;2\n",
            vec![place("unclosed-quote", 1, 10)],
        ),
        (
            "voter_id;\"vote\"x\n1;2\n",
            vec![place("text-after-quote", 1, 16)],
        ),
        (
            "voter_id\rvote\r1;2",
            vec![place("lone-carriage-return", 1, 9)],
        ),
        // The rows of a refused table are looked at too.
        (
            "voter_id;area\n1;\"x\n2\n3;4;5\n",
            vec![
                place("missing-column", 1, 0),
                place("unclosed-quote", 2, 3),
                place("too-few-cells", 3, 2),
                place("too-many-cells", 4, 5),
            ],
        ),
    ] {
        assert_eq!(places(&refused(text)), expected, "{text:?}");
    }
}

#[test]
fn what_spreadsheets_add_is_passed_over() {
    let (seen, found) = read("voter_id;vote;;;\n1;12;;;\n2;7;;\n3;8\n4;9;;;;;\n;;;;\n;;\n\n");
    assert_eq!(seen.len(), 4);
    // In a table of votes they could have been blank ballots, so they are counted.
    assert_eq!(places(&found.diagnostics), [place("~padding", 6, 0)]);
    let (_, found) = read("voter_id;vote;;\n1;12;;x\n");
    assert_eq!(places(&found.diagnostics), [place("too-many-cells", 2, 7)]);
}

#[test]
fn too_many_columns() {
    let header = "voter_id;vote".to_owned() + &";x".repeat(300) + "\n";
    assert_eq!(places(&refused(header)), [place("too-many-columns", 1, 0)]);
}

#[test]
fn other_names_are_taken_only_where_that_was_asked_for() {
    let text = "voter;vote;Neighborhood;voting_method\n17;12;north;paper\n";
    assert_eq!(places(&refused(text)), [place("missing-column", 1, 0)]);
    let (seen, read) = read_with(text.as_bytes(), &ReadOptions::lenient()).unwrap();
    assert_eq!(
        (&*seen[0].voter, &*seen[0].area, &*seen[0].channel),
        ("17", "north", "paper")
    );
    assert!(seen[0].attributes.is_empty());
    assert_eq!(
        places(&read.diagnostics),
        vec![place("~column-alias", 0, 0); 3]
    );
    // The contract's own name goes first, and then the other is an attribute.
    let text = "id;voter_id;vote\n1;17;12\n";
    let (seen, _) = read_with(text.as_bytes(), &ReadOptions::lenient()).unwrap();
    assert_eq!(
        (&*seen[0].voter, &seen[0].attributes),
        ("17", &vec!["1".to_owned()])
    );
}
