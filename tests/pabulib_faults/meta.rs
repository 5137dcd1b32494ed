//! F7: missing, repeated and contradictory META.

use quartier::pabulib::{ReadOptions, read};

use crate::helpers::{refused, with_vote};

#[test]
fn f07_missing_repeated_and_contradictory_meta() {
    let good = with_vote("1");
    for key in ["num_projects", "num_votes", "budget", "vote_type"] {
        let without: String = good
            .lines()
            .filter(|line| !line.starts_with(key))
            .map(|line| format!("{line}\n"))
            .collect();
        refused(key, &without, "missing-key");
        let twice: String = good
            .lines()
            .map(|line| {
                if line.starts_with(key) {
                    format!("{line}\n{line}\n")
                } else {
                    format!("{line}\n")
                }
            })
            .collect();
        refused(key, &twice, "repeated-key");
    }
    for (min, max) in [
        ("min_length;3", "max_length;2"),
        ("min_sum_cost;3", "max_sum_cost;2.5"),
        ("min_points;3", "max_points;2"),
        ("min_sum_points;3", "max_sum_points;2"),
    ] {
        let text = good.replace("vote_type", &format!("{max}\n{min}\nvote_type"));
        refused(min, &text, "contradictory-limits");
        let found = read(&text, &ReadOptions::strict()).unwrap_err();
        assert!(
            found
                .iter()
                .any(|d| d.place().line == 7 && d.to_string().contains("on line 6")),
            "{found}"
        );
    }
    refused(
        "vote type",
        &good.replace(";approval", ";Approval"),
        "unknown-vote-type",
    );
    refused(
        "empty key",
        &good.replace("vote_type", ";x\nvote_type"),
        "empty-key",
    );
    refused(
        "key with a blank",
        &good.replace("vote_type", "rule ;x\nvote_type"),
        "bad-key",
    );
    refused(
        "value with a semicolon",
        &good.replace("vote_type", "comment;a;b\nvote_type"),
        "row-width",
    );
    refused(
        "limit that is no number",
        &good.replace("vote_type", "max_length;five\nvote_type"),
        "bad-whole-number",
    );
}
