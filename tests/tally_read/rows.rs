//! Rows: a bad one is told with its place, handed on as unreadable, and spoils no other.

use quartier::tally::read::ReadOptions;

use crate::helpers::{place, places, read, read_with};

/// What is wrong with the third of three votes, which is read all the same.
fn middle(row: &str) -> Vec<(String, u64, u64)> {
    let (seen, read) = read(format!(
        "voter_id;vote;area\n1;12;north\n{row}\n3;7;south\n"
    ));
    let votes: Vec<Option<&str>> = seen.iter().map(|seen| seen.vote.as_deref()).collect();
    assert_eq!(votes, [Some("12"), None, Some("7")], "{row}");
    assert_eq!((read.rows, read.unreadable), (3, 1));
    assert_eq!((seen[1].line, seen[2].line), (3, 4));
    places(&read.diagnostics)
}

#[test]
fn a_bad_row_is_one_unreadable_vote() {
    for (row, code, column) in [
        ("2;\"12;north", "unclosed-quote", 3),
        ("é;\"12\"\";north", "unclosed-quote", 3),
        ("2;\"12\"7;north", "text-after-quote", 7),
        ("2;12", "too-few-cells", 5),
        ("2", "too-few-cells", 2),
        ("2;12;north;7", "too-many-cells", 12),
        ("2;12;north;;;7;8", "too-many-cells", 14),
        ("2;\"12\";north;\"\";7", "too-many-cells", 17),
        ("2;12\r;north", "lone-carriage-return", 5),
        ("2;1\x0002;north", "nul-character", 4),
    ] {
        assert_eq!(middle(row), [place(code, 3, column)], "{row}");
    }
    assert_eq!(
        middle("voter_id;vote;area"),
        [place("repeated-header", 3, 0)]
    );
}

#[test]
fn a_stray_quote_swallows_no_other_vote() {
    let (seen, read) = read("voter_id;vote\n1;\"12\n2;7\n3;8\"\n4;9\n");
    let votes: Vec<Option<&str>> = seen.iter().map(|seen| seen.vote.as_deref()).collect();
    assert_eq!(votes, [None, Some("7"), Some("8\""), Some("9")]);
    assert_eq!(places(&read.diagnostics), [place("unclosed-quote", 2, 3)]);
}

#[test]
fn quotes_within_a_cell_are_ordinary() {
    let (seen, _) =
        read("voter_id;vote;note\n1;12;the \"old\" bench\n2;\"12;7\";\"a \"\"b\"\" c\"\n");
    assert_eq!(seen[0].attributes, ["the \"old\" bench"]);
    assert_eq!(seen[1].vote.as_deref(), Some("12;7"));
    assert_eq!(seen[1].attributes, ["a \"b\" c"]);
}

#[test]
fn columns_count_characters_and_point_at_the_text() {
    let (seen, _) = read("voter_id;vote\nézé;12\nx; 12 \n\"a;\"\"b\";\"12\"\n;\n");
    let columns: Vec<u64> = seen.iter().map(|seen| seen.column).collect();
    assert_eq!(columns, [5, 4, 10]);
    let voters: Vec<&str> = seen.iter().map(|seen| &*seen.voter).collect();
    assert_eq!(voters, ["ézé", "x", "a;\"b"]);
}

#[test]
fn empty_lines_are_told_unless_they_are_the_last() {
    let (seen, read) = read("voter_id;vote\n1;12\n \n\n2;7\n\n\n");
    assert_eq!(seen.len(), 2);
    assert_eq!(places(&read.diagnostics), [place("~empty-row", 3, 0)]);
    assert!(read.diagnostics.to_string().contains("2 empty rows"));
}

#[test]
fn rows_of_delimiters_are_anonymous_blank_ballots_unless_they_are_the_last() {
    let (seen, read) = read("voter_id;vote\n;a\n;\n\n ; \n2;7\n;\n;\n");
    let lines: Vec<(u64, &str)> = seen
        .iter()
        .map(|seen| (seen.line, seen.vote.as_deref().unwrap()))
        .collect();
    assert_eq!(lines, [(2, "a"), (3, ""), (5, ""), (6, "7")]);
    assert_eq!((read.rows, read.anonymous), (4, 3));
    assert_eq!(
        places(&read.diagnostics),
        [
            place("~blank-voter-ids", 2, 0),
            place("~empty-row", 4, 0),
            place("~padding", 7, 0)
        ]
    );
    assert!(
        read.diagnostics
            .to_string()
            .contains("2 rows of delimiters")
    );
}

#[test]
fn a_row_of_too_few_delimiters_is_received_as_unreadable() {
    let (seen, read) = read("voter_id;vote;channel\n1;a;x\n;\n2;a;x\n;\n");
    assert_eq!((seen.len(), read.unreadable), (3, 1));
    assert_eq!(
        places(&read.diagnostics),
        [place("too-few-cells", 3, 2), place("~padding", 5, 0)]
    );
}

#[test]
fn nothing_is_lost_of_blank_rows_too_ragged_for_a_spreadsheet() {
    // More runs of padding than are remembered: the others are records.
    let text = format!("voter_id;vote\n1;12\n{}", ";\n;;\n".repeat(35_000));
    let (seen, read) = read(&text);
    let padding = 70_000 - (seen.len() as u64 - 1);
    assert!(seen.len() > 65_000);
    let told = format!("{padding} rows of delimiters");
    assert!(
        read.diagnostics.to_string().contains(&told),
        "{padding}: {}",
        read.diagnostics.to_string().lines().last().unwrap()
    );
}

#[test]
fn a_blank_ballot_is_no_empty_row() {
    let (seen, read) = read("vote;channel;count\n;paper;1\n\"\";;1\n");
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|seen| seen.vote.as_deref() == Some("")));
    assert!(read.diagnostics.is_empty());
}

#[test]
fn a_file_that_may_be_cut_is_told() {
    let (seen, read) = read("voter_id;vote\n1;12\n2;7");
    assert_eq!(seen.len(), 2);
    assert_eq!(places(&read.diagnostics), [place("~maybe-cut", 3, 0)]);
}

#[test]
fn a_file_that_is_cut_anywhere_is_told_unless_it_is_a_whole_file() {
    let text = "voter_id;vote;note\r\n1;12,7;x\r\n\"2\";\"7\";é\r\n";
    for cut in 0..text.len() {
        let bytes = &text.as_bytes()[..cut];
        let is_whole = cut > 0 && bytes.ends_with(b"\n");
        let found = read_with(bytes, &ReadOptions::strict());
        let is_silent = found.is_ok_and(|(_, read)| read.diagnostics.is_empty());
        assert_eq!(is_silent, is_whole, "{cut}");
    }
}
