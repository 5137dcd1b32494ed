//! The columns of a vote.

use crate::helpers::{place, places, read, refused};

#[test]
fn every_column_is_handed_on() {
    let (seen, read) = read(
        "time;station;area;channel;eligible;vote;voter_id;age\n\
         2018-03-05 18:00;school;north;paper;no: moved away;12:3,7:2;17;34\n",
    );
    let vote = &seen[0];
    assert_eq!((vote.line, vote.column), (2, 52));
    assert_eq!(
        (&*vote.voter, vote.vote.as_deref()),
        ("17", Some("12:3,7:2"))
    );
    assert_eq!(
        (&*vote.channel, &*vote.area, &*vote.station),
        ("paper", "north", "school")
    );
    assert_eq!((&*vote.time, vote.count), ("2018-03-05 18:00", 1));
    assert_eq!(vote.ineligible.as_deref(), Some("moved away"));
    assert_eq!(vote.attributes, ["34"]);
    assert_eq!(
        (read.rows, read.votes, read.unreadable, read.anonymous),
        (1, 1, 0, 0)
    );
}

#[test]
fn eligible_is_yes_or_no_with_a_reason() {
    let answers = [
        "yes",
        "OUI",
        "true",
        "1",
        "no",
        "non",
        "False",
        "0",
        "no: too young",
        "non :x",
    ];
    let rows: Vec<String> = answers
        .iter()
        .map(|answer| format!("1;12;{answer}\n"))
        .collect();
    let (seen, read) = read(format!("voter_id;vote;eligible\n{}", rows.concat()));
    assert!(read.diagnostics.is_empty());
    let found: Vec<Option<&str>> = seen.iter().map(|seen| seen.ineligible.as_deref()).collect();
    let no = Some("");
    assert_eq!(
        found,
        [
            None,
            None,
            None,
            None,
            no,
            no,
            no,
            no,
            Some("too young"),
            Some("x")
        ]
    );
}

#[test]
fn eligible_is_never_guessed() {
    let (seen, read) = read("voter_id;vote;eligible\n1;12;maybe\n2;12;\n3;12;unknown\n");
    assert_eq!(
        places(&read.diagnostics),
        [
            place("not-yes-or-no", 2, 6),
            place("missing", 3, 6),
            place("not-yes-or-no", 4, 6)
        ]
    );
    assert!(
        seen.iter()
            .all(|seen| seen.vote.is_none() && !seen.voter.is_empty())
    );
}

#[test]
fn grouped_ballots_have_a_count_and_nobodys_id() {
    let (seen, read) = read("vote;count;channel\n12;30;paper\n7;1;paper\n;5;paper\n");
    assert_eq!(
        seen.iter().map(|seen| seen.count).collect::<Vec<_>>(),
        [30, 1, 5]
    );
    assert_eq!((read.rows, read.votes, read.anonymous), (3, 36, 3));
    assert!(read.diagnostics.is_empty());
}

#[test]
fn a_bad_count_is_told_and_its_row_is_unreadable() {
    let (seen, read) = read("voter_id;vote;count\n1;12;3\n;12;0\n;12;1e3\n;12;\n;12;+5\n2;12;1\n");
    assert_eq!(
        places(&read.diagnostics),
        [
            place("grouped-with-id", 2, 6),
            place("not-above-zero", 3, 5),
            place("not-a-number", 4, 6),
            place("not-a-number", 5, 5),
            place("not-a-number", 6, 5),
        ]
    );
    // What was received is not lost: three ballots, of which nobody knows whose they are.
    assert_eq!(
        (seen[0].count, &*seen[0].voter, &seen[0].vote),
        (3, "", &None)
    );
    assert_eq!((read.unreadable, read.votes), (5, 3 + 1 + 1 + 1 + 1 + 1));
}

#[test]
fn all_problems_of_a_row_are_told() {
    let (_, read) = read("voter_id;vote;eligible;count\n1E+11;#REF!;perhaps;x\n");
    assert_eq!(
        places(&read.diagnostics),
        [
            place("scientific-id", 2, 1),
            place("spreadsheet-error", 2, 7),
            place("not-yes-or-no", 2, 13),
            place("not-a-number", 2, 21),
        ]
    );
}

#[test]
fn a_table_needs_votes_and_voters() {
    assert_eq!(
        places(&refused("voter_id;area\n")),
        [place("missing-column", 1, 0)]
    );
    assert_eq!(
        places(&refused("vote;area\n")),
        [place("missing-column", 1, 0)]
    );
    let (seen, _) = read("voter_id;vote\n");
    assert!(seen.is_empty());
}
