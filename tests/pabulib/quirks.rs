//! Quirks of the archive, strict against lenient.

use quartier::pabulib::{ReadOptions, Severity, controls, read};

use crate::helpers::{lenient, round_trip, strict};
use crate::pabulib_common::{approval, codes, file, strict_codes};

/// The codes of the warnings with which a file is accepted leniently.
fn warnings(text: &str) -> Vec<&'static str> {
    codes(lenient(text).warnings())
}

/// Each quirk of the archive in small: accepted in both modes, without a word.
#[test]
fn quirks_that_are_not_mistakes() {
    let plain = approval();
    let expected = strict(&plain);
    let same = |text: &str| {
        let document = strict(text);
        assert_eq!(document.election(), expected.election());
        assert!(document.warnings().is_empty());
        round_trip(text);
    };
    same(&plain.replace('\n', "\r\n"));
    same(plain.trim_end());
    same(&format!("\u{feff}{plain}"));
    let mut lines = plain
        .lines()
        .map(|line| format!("{line}\r\n"))
        .collect::<Vec<_>>();
    *lines.last_mut().unwrap() = plain.lines().last().unwrap().to_owned() + "\n";
    same(&lines.concat());
    for (what, projects, votes) in [
        (
            "cost above the budget",
            "project_id;cost\n1;999999999",
            "voter_id;vote\n1;1",
        ),
        (
            "leading zero",
            "project_id;cost\n01;5\n1;7",
            "voter_id;vote\n1;01\n2;1",
        ),
        (
            "decimals",
            "project_id;cost\n1;75000.0\n2;0.0001",
            "voter_id;vote\n1;1",
        ),
        (
            "quotes inside",
            "project_id;cost;name\n1;5;Konkurs \" NA \n2;6;a \"\"b\"\"",
            "voter_id;vote\n1;1",
        ),
        (
            "doubled quotes",
            "project_id;cost;name\n1;5;\"\"\"Fart\"\"; 41\"\n2;6;\"\"",
            "voter_id;vote\n1;1",
        ),
        (
            "no-break space and zero width in a name",
            "project_id;cost;name\n1;5;a\u{a0}b\n2;6;\"\u{200b}c &quot;\"",
            "voter_id;vote\n1;1",
        ),
        (
            "no votes for a project",
            "project_id;cost;votes\n1;5;1\n58;6;0",
            "voter_id;vote\n1;1",
        ),
        (
            "a points column that is not points",
            "project_id;cost\n1;5",
            "voter_id;vote;points\n1;1;x",
        ),
    ] {
        let text = file("vote_type;approval\nmax_length;9", projects, votes);
        assert!(strict(&text).warnings().is_empty(), "{what}");
        round_trip(&text);
    }
    let document = strict(&file(
        "vote_type;approval",
        "project_id;cost;name\n1;5;\"\"\"Fart\"\"; 41\"",
        "voter_id;vote\n1;1",
    ));
    assert_eq!(
        document.election().instance().projects()[0].name,
        "\"Fart\"; 41"
    );
}

#[test]
fn quirks_that_lenient_reading_accepts_with_a_warning() {
    let two = "project_id;cost;votes\n1;5;2\n2;6;1";
    for (what, text, code, warning) in [
        (
            "repeated project",
            file("vote_type;approval", two, "voter_id;vote\n1;1,1,2\n2;1"),
            "repeated-project",
            "repeated-project",
        ),
        (
            "repeated in a ranking",
            file("vote_type;ordinal", two, "voter_id;vote\n1;1,2,1\n2;1"),
            "repeated-project",
            "repeated-project",
        ),
        (
            "votes column",
            file("vote_type;approval", two, "voter_id;vote\n1;1,2\n2;2"),
            "control-mismatch",
            "control-mismatch",
        ),
        (
            "cost of zero",
            file(
                "vote_type;approval",
                "project_id;cost\n1;0",
                "voter_id;vote\n1;1",
            ),
            "zero-cost",
            "zero-cost",
        ),
        (
            "text after a quote",
            file(
                "vote_type;approval",
                "project_id;cost;name\n1;5;\"Odkupmy\" i my",
                "voter_id;vote\n1;1",
            ),
            "text-after-quote",
            "text-after-quote",
        ),
        (
            "too long",
            file(
                "vote_type;approval\nmax_length;1",
                two,
                "voter_id;vote\n1;1,2\n2;1",
            ),
            "above-limit",
            "above-limit",
        ),
        (
            "too short",
            file(
                "vote_type;approval\nmin_length;2",
                two,
                "voter_id;vote\n1;1,2\n2;1",
            ),
            "below-limit",
            "below-limit",
        ),
    ] {
        assert!(
            strict_codes(&text).contains(&code),
            "{what}: {:?}",
            strict_codes(&text)
        );
        assert!(
            warnings(&text).contains(&warning),
            "{what}: {:?}",
            warnings(&text)
        );
        round_trip(&text);
    }
    let added = lenient(&file(
        "vote_type;cumulative",
        "project_id;cost;score\n1;5;4",
        "voter_id;vote;points\n1;1,1;1,3",
    ));
    assert_eq!(codes(added.warnings()), ["repeated-points"]);
    assert!(
        controls(&added)
            .iter()
            .all(quartier::pabulib::ControlTotal::agrees)
    );
    let ranked = lenient(&file(
        "vote_type;ordinal",
        two,
        "voter_id;vote\n1;2,2,1\n2;1",
    ));
    let first = ranked
        .election()
        .profile()
        .ballots()
        .find(|ballot| ballot.len() == 2)
        .unwrap();
    assert_eq!(
        first
            .entries()
            .map(|entry| (entry.project.index(), entry.weight))
            .collect::<Vec<_>>(),
        [(1, 0), (0, 1)]
    );
}

#[test]
fn what_both_modes_only_warn_of() {
    let two = "project_id;cost\n1;5\n2;6";
    for (what, text, code) in [
        (
            "cost of a vote",
            file(
                "vote_type;approval\nmax_sum_cost;10",
                two,
                "voter_id;vote\n1;1,2\n2;1",
            ),
            "above-limit",
        ),
        (
            "few points",
            file(
                "vote_type;cumulative\nmin_sum_points;100\nmax_sum_points;100",
                two,
                "voter_id;vote;points\n1;1,2;49,50",
            ),
            "below-limit",
        ),
        (
            "blank ballot",
            file(
                "vote_type;approval\nmin_length;1",
                two,
                "voter_id;vote\n1;\n2;1",
            ),
            "blank-ballot",
        ),
        (
            "blank ballot with points",
            file(
                "vote_type;cumulative",
                two,
                "voter_id;vote;points\n1;;\n2;1;3",
            ),
            "blank-ballot",
        ),
        (
            "empty line",
            file("vote_type;approval", two, "voter_id;vote\n1;1\n\n2;1"),
            "blank-line",
        ),
        (
            "voter ids in another case",
            file("vote_type;approval", two, "voter_id;vote\nV1;1\nv1;1"),
            "look-alike-voters",
        ),
    ] {
        for options in [ReadOptions::strict(), ReadOptions::lenient()] {
            let document =
                read(&text, &options).unwrap_or_else(|refused| panic!("{what}: {refused}"));
            assert_eq!(
                document
                    .warnings()
                    .iter()
                    .map(|warning| (warning.code(), warning.severity()))
                    .collect::<Vec<_>>(),
                [(code, Severity::Warning)],
                "{what}"
            );
            assert_eq!(
                document.election().profile().voters(),
                document
                    .meta()
                    .get("num_votes")
                    .unwrap()
                    .parse::<u64>()
                    .unwrap()
            );
        }
        round_trip(&text);
    }
}
