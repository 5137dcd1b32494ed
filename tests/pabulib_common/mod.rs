//! Small files in the shape of the archive's, made up here.
#![allow(dead_code, reason = "each test program uses a part of it")]

use quartier::pabulib::{Diagnostic, Diagnostics, ReadOptions, read};

/// A file with the counts filled in. `meta` holds further rows of META.
pub(crate) fn file(meta: &str, projects: &str, votes: &str) -> String {
    let rows = |table: &str| {
        table
            .lines()
            .skip(1)
            .filter(|line| !line.is_empty())
            .count()
    };
    format!(
        "META\nkey;value\nnum_projects;{}\nnum_votes;{}\nbudget;100\n{meta}\nPROJECTS\n{projects}\nVOTES\n{votes}\n",
        rows(projects),
        rows(votes)
    )
}

/// Approval votes with unknown keys and columns, quoting, and ids of all sorts.
pub(crate) fn approval() -> String {
    file(
        "vote_type;approval\nrule;greedy\ndescription;A sample\ndate_begin;08.06.2023\ndate_end;2023\nmin_length;1\nmax_length;3\nmy_own_key;\"kept; as it is\"",
        "project_id;cost;votes;name;category;colour;selected\n2;60;2;Trees;nature;green;2\n1;40.50;3;\"Bikes; \"\"and\"\" more\";sport,culture;blue;1\nP/03;7;1;;;;0\n10;99;1;Pond;nature;;0",
        "voter_id;vote;age;mood\n17;1,2,P/03;34;good\n4;1;;\n25;10,1;19;\"so; so\"\n3;2;77;bad",
    )
}

/// Ranked votes.
pub(crate) fn ordinal() -> String {
    file(
        "vote_type;ordinal\nmin_length;1\nmax_length;3",
        "project_id;cost;votes;score;name\n4;60;3;7;Trees\n11;40;2;5;Pond\n7;10;2;4;Bench",
        "voter_id;vote;points;sex\nx1;4,11,7;3,2,1;F\nx2;11,4;3,2;\nx3;7,4;;M",
    )
}

/// Points shared out.
pub(crate) fn points() -> String {
    file(
        "vote_type;cumulative\nmax_sum_points;10",
        "project_id;cost;votes;score;name\n1;60;3;11;Trees\n2;40;2;4;Pond\n3;10;1;0;Bench",
        "voter_id;vote;points\n1;1,2,3;6,4,0\n2;1;5\n3;2,1;0,0",
    )
}

/// The codes of all problems, by place.
pub(crate) fn codes(found: &Diagnostics) -> Vec<&'static str> {
    found.iter().map(Diagnostic::code).collect()
}

/// The codes of the errors for which a file is refused strictly.
pub(crate) fn strict_codes(text: &str) -> Vec<&'static str> {
    read(text, &ReadOptions::strict()).map_or_else(
        |refused| refused.errors().map(Diagnostic::code).collect(),
        |_| Vec::new(),
    )
}

/// The codes of the errors for which a file is refused even leniently.
pub(crate) fn lenient_codes(text: &str) -> Vec<&'static str> {
    read(text, &ReadOptions::lenient()).map_or_else(
        |refused| refused.errors().map(Diagnostic::code).collect(),
        |_| Vec::new(),
    )
}
