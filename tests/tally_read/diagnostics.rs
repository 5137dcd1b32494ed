//! What people and programs see of a problem.

use crate::helpers::read;

#[test]
fn the_text_points_at_the_place() {
    let (_, read) = read("voter_id;vote;area\né17;12;no\u{200b}rth\n");
    assert_eq!(
        read.diagnostics.to_string(),
        "error[bad-id] votes.csv: line 2, column 8: `area` is not an id: it has an invisible character in it: \
         1 to 256 bytes without invisible characters\n\
         2 | é17;12;no\u{fffd}rth\n\
         \u{20} |        ^^^^^^"
    );
}

#[test]
fn the_serde_form_has_everything() {
    let (_, read) = read("voter_id;vote\n1;#REF!\n");
    let shown = serde_json::to_value(&read.diagnostics).unwrap();
    assert_eq!(
        shown,
        serde_json::json!([{
            "code": "spreadsheet-error",
            "severity": "error",
            "source": "votes.csv",
            "line": 2,
            "column": 3,
            "value": "#REF!",
            "message": "the cell holds the error of a spreadsheet formula",
            "expected": "export the value, not the formula",
            "excerpt": "1;#REF!",
        }])
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = format!("voter_id;note;vote\n1;{};#REF!\n", "x".repeat(500));
    let (_, read) = read(text);
    let shown = read.diagnostics.to_string();
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[1].find("#REF!"), lines[2].find("^^^^^"));
    assert!(lines[1].len() < 140);
}
