//! F4: sections, headers and rows.

use crate::helpers::{refused, with_vote};

#[test]
fn f04_sections_headers_and_rows() {
    let good = with_vote("1");
    for (what, from, to, code) in [
        ("commas", ";", ",", "missing-column"),
        ("no META", "META\n", "", "text-before-meta"),
        ("no PROJECTS", "PROJECTS\n", "", "missing-section"),
        ("no VOTES", "VOTES\n", "", "missing-section"),
        ("lower case", "VOTES\n", "votes\n", "decorated-section"),
        (
            "padded by a spreadsheet",
            "VOTES\n",
            "VOTES;\n",
            "decorated-section",
        ),
        (
            "META twice",
            "PROJECTS\n",
            "META\nkey;value\nbudget;9\nPROJECTS\n",
            "repeated-section",
        ),
        (
            "META at the end",
            "y;2\n",
            "y;2\nMETA\nkey;value\n",
            "repeated-section",
        ),
        (
            "META's header",
            "key;value",
            "name;value",
            "wrong-meta-header",
        ),
        (
            "first project column",
            "project_id;cost",
            "id;cost",
            "wrong-first-column",
        ),
        (
            "columns exchanged",
            "project_id;cost",
            "cost;project_id",
            "wrong-first-column",
        ),
        (
            "no cost",
            "project_id;cost",
            "project_id;price",
            "missing-column",
        ),
        (
            "no vote",
            "voter_id;vote",
            "voter_id;votes",
            "missing-column",
        ),
        (
            "a column twice",
            "project_id;cost\n1;60\n2;100",
            "project_id;cost;cost\n1;60;60\n2;100;90",
            "repeated-column",
        ),
        (
            "a column without name",
            "project_id;cost\n1;60\n2;100",
            "project_id;cost;\n1;60;\n2;100;",
            "bad-column-name",
        ),
        (
            "a blank in a column name",
            "project_id;cost",
            "project_id; cost",
            "bad-column-name",
        ),
        ("a cell less", "1;60", "1", "row-width"),
        ("a cell more", "1;60", "1;60;", "row-width"),
        ("a vote's cell more", "x;1", "x;1;", "row-width"),
        ("header repeated", "x;1", "voter_id;vote", "unknown-project"),
        ("open quote", "x;1", "x;\"1", "unclosed-quote"),
        (
            "newline within quotes",
            "x;1",
            "x;\"1\n\"",
            "unclosed-quote",
        ),
        ("only semicolons", "1;60", ";", "empty-id"),
        (
            "headers missing",
            "PROJECTS\nproject_id;cost\n1;60\n2;100\n",
            "PROJECTS\n",
            "missing-header",
        ),
    ] {
        refused(
            what,
            &good.replacen(from, to, if from == ";" { 99 } else { 1 }),
            code,
        );
    }
    let exchanged = good
        .replace("PROJECTS", "X")
        .replace("VOTES", "PROJECTS")
        .replace("\nX\n", "\nVOTES\n");
    refused("sections exchanged", &exchanged, "misplaced-section");
}
