//! Reading and writing `.pb` files: round trips, quirks of the archive, strict against lenient, limits,
//! places.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::too_many_lines,
    reason = "a test that panics is a test that fails"
)]

mod pabulib_common;

use pabulib_common::{approval, codes, file, ordinal, points, strict_codes};
use quartier::election::{
    Ballot, BallotKind, BallotLimits, Election, Entry, Instance, Money, Points, ProfileBuilder,
};
use quartier::pabulib::{
    Document, DocumentError, MetaDate, ReadError, ReadLimits, ReadOptions, Severity, VoteType,
    VoterTable, controls, read, read_bytes, read_from, write, write_with_selected,
};

fn strict(text: &str) -> Document {
    read(text, &ReadOptions::strict()).unwrap_or_else(|refused| panic!("{refused}"))
}

fn lenient(text: &str) -> Document {
    read(text, &ReadOptions::lenient()).unwrap_or_else(|refused| panic!("{refused}"))
}

/// The codes of the warnings with which a file is accepted leniently.
fn warnings(text: &str) -> Vec<&'static str> {
    codes(lenient(text).warnings())
}

fn round_trip(text: &str) {
    let first = lenient(text);
    let written = write(&first);
    let second = lenient(&written);
    assert_eq!(first.election(), second.election());
    assert_eq!(first.meta(), second.meta());
    assert_eq!(first.projects(), second.projects());
    assert_eq!(first.vote_header(), second.vote_header());
    assert_eq!(first.selected(), second.selected());
    assert_eq!(write(&second), written);
}

#[test]
fn everything_of_a_file_is_there() {
    let document = strict(&approval());
    let instance = document.election().instance();
    assert_eq!(instance.name(), "A sample");
    assert_eq!(instance.budget(), Money::from(100));
    assert_eq!(instance.limits().max_length, Some(3));
    assert_eq!(instance.begins().unwrap().to_string(), "2023-06-08");
    assert_eq!(document.meta().ends(), Some(MetaDate::Year(2023)));
    assert_eq!(document.meta().vote_type(), VoteType::Approval);
    assert_eq!(document.meta().rule(), Some("greedy"));
    assert_eq!(document.meta().get("my_own_key"), Some("kept; as it is"));
    assert_eq!(
        instance
            .projects()
            .iter()
            .map(|project| project.id.as_str())
            .collect::<Vec<_>>(),
        ["1", "10", "2", "P/03"]
    );
    assert_eq!(instance.projects()[0].categories, ["sport", "culture"]);
    assert_eq!(document.selected(), Some(&[1, 0, 2, 0][..]));
    assert_eq!(document.published_votes(), Some(&[3, 1, 2, 1][..]));
    assert_eq!(
        document.projects().column("colour").unwrap().get(1),
        Some("blue")
    );
    let voters = document.election().voters().unwrap();
    assert_eq!(
        voters.column("age").unwrap().iter().collect::<Vec<_>>(),
        ["34", "", "19", "77"]
    );
    assert_eq!(document.vote_header(), ["voter_id", "vote", "age", "mood"]);
    assert_eq!(
        (
            document.election().profile().voters(),
            document.election().profile().len()
        ),
        (4, 4)
    );
    assert!(document.warnings().is_empty());
}

#[test]
fn every_kind_of_vote_survives_a_round_trip() {
    for text in [approval(), ordinal(), points()] {
        round_trip(&text);
        strict(&text);
    }
    assert_eq!(
        strict(&ordinal()).election().profile().kind(),
        BallotKind::Ranked
    );
    assert_eq!(
        strict(&points()).election().profile().kind(),
        BallotKind::Points
    );
}

#[test]
fn the_writer_is_canonical() {
    let text = file(
        "vote_type;approval",
        "project_id;cost\n1;5\n2;6",
        "voter_id;vote\nb;2,1\na;1",
    );
    assert!(
        write(&strict(&text.replace('\n', "\r\n"))).ends_with("VOTES\nvoter_id;vote\nb;1,2\na;1\n")
    );
    let dropped = read(&text, &ReadOptions::strict().voters(VoterTable::Drop)).unwrap();
    assert!(dropped.election().voters().is_none());
    assert!(write(&dropped).ends_with("VOTES\nvoter_id;vote\n1;1\n2;1,2\n"));
    assert_eq!(
        strict(&write(&dropped)).election().profile(),
        strict(&text).election().profile()
    );
}

#[test]
fn an_outcome_is_written_into_selected() {
    let with = strict(&approval());
    let chosen = with.election().instance().find("P/03").unwrap();
    let written = strict(&write_with_selected(&with, |project| {
        u64::from(project == chosen)
    }));
    assert_eq!(written.selected(), Some(&[0, 0, 0, 1][..]));
    assert_eq!(
        written.projects().column("colour"),
        with.projects().column("colour")
    );
    let without = strict(&file(
        "vote_type;approval",
        "project_id;cost\n1;5\n2;6",
        "voter_id;vote\nb;2,1",
    ));
    assert!(
        write_with_selected(&without, |project| project.index() as u64)
            .contains("project_id;cost;selected\n1;5;0\n2;6;1\n")
    );
}

#[test]
fn an_election_without_a_file_can_be_written() {
    let election = Election::builder()
        .name("Built")
        .budget(100)
        .project(("b", 60))
        .project(("a; \"x\"", 30))
        .ballots(Ballot::points([("b", 3), ("a; \"x\"", 0)]), 2)
        .ballots(Ballot::points([("b", 1)]), 1)
        .build()
        .unwrap();
    let document = Document::from_election(election.clone())
        .unwrap()
        .with_meta("rule", "greedy")
        .unwrap();
    let read = strict(&write(&document));
    assert_eq!(read.election().profile(), election.profile());
    assert_eq!(read.election().instance(), election.instance());
    assert_eq!(read.meta().rule(), Some("greedy"));
    assert_eq!(write(&read), write(&document));
    assert_eq!(
        document.with_meta("budget", "7"),
        Err(DocumentError::Derived("budget".to_owned()))
    );
}

#[test]
fn what_the_format_cannot_hold_is_refused() {
    let build = |ballot| {
        Election::builder()
            .budget(9)
            .project(("a", 1))
            .project(("b", 1))
            .ballots(ballot, 1)
            .build()
            .unwrap()
    };
    let tied = build(Ballot::Ranked(vec![vec!["a".into(), "b".into()]]));
    assert_eq!(
        Document::from_election(tied).unwrap_err(),
        DocumentError::TiedRanks
    );
    let signed = build(Ballot::signed([("a", quartier::election::Stance::For)]));
    assert_eq!(
        Document::from_election(signed).unwrap_err(),
        DocumentError::Kind(BallotKind::Signed)
    );
    let comma = Election::builder()
        .budget(9)
        .project(("a,b", 1))
        .ballots(Ballot::approval(["a,b"]), 1)
        .build()
        .unwrap();
    assert_eq!(
        Document::from_election(comma).unwrap_err(),
        DocumentError::CommaInId("a,b".to_owned())
    );
    let newline = Election::builder()
        .name("a\nb")
        .budget(9)
        .project(("a", 1))
        .ballots(Ballot::approval(["a"]), 1)
        .build()
        .unwrap();
    assert!(matches!(
        Document::from_election(newline).unwrap_err(),
        DocumentError::Invisible(_)
    ));
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

#[test]
fn scores_of_ranked_votes_know_the_longest_ballot() {
    let projects =
        |best, second| format!("project_id;cost;votes;score\n1;5;2;{best}\n2;6;1;{second}");
    let votes = "voter_id;vote\n1;1,2\n2;1";
    strict(&file(
        "vote_type;ordinal\nmax_length;3",
        &projects(6, 2),
        votes,
    ));
    strict(&file("vote_type;ordinal", &projects(3, 1), votes));
    assert_eq!(
        strict_codes(&file("vote_type;ordinal", &projects(6, 2), votes)),
        ["control-mismatch", "control-mismatch"]
    );
}

#[test]
fn limits_hold_at_the_limit_and_refuse_one_beyond() {
    type Set = fn(ReadLimits, usize) -> ReadLimits;
    let text = approval();
    let longest = text.lines().map(str::len).max().unwrap();
    let cases: [(&str, usize, Set); 8] = [
        ("bytes", text.len(), ReadLimits::max_bytes),
        ("line", longest, ReadLimits::max_line_bytes),
        ("cells", 7, ReadLimits::max_cells),
        ("meta", 11, ReadLimits::max_meta_entries),
        ("projects", 4, ReadLimits::max_projects),
        ("votes", 4, ReadLimits::max_votes),
        ("marks", 3, ReadLimits::max_marks),
        ("digits", 5, ReadLimits::max_digits),
    ];
    for (what, at, set) in cases {
        let options = |limit| ReadOptions::strict().limits(set(ReadLimits::new(), limit));
        read(&text, &options(at)).unwrap_or_else(|refused| panic!("{what}: {refused}"));
        read_bytes(text.as_bytes(), &options(at)).unwrap();
        let refused = read(&text, &options(at - 1)).unwrap_err();
        assert!(
            codes(&refused).contains(&"limit-exceeded"),
            "{what}: {refused}"
        );
    }
}

#[test]
fn a_source_is_read_no_further_than_the_limit() {
    struct Endless;
    impl std::io::Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            into.fill(b'x');
            Ok(into.len())
        }
    }
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("unplugged"))
        }
    }
    let options = ReadOptions::strict().limits(ReadLimits::new().max_bytes(100_000));
    let refused = read_from(std::io::BufReader::new(Endless), &options).unwrap_err();
    assert!(matches!(&refused, ReadError::Refused(found) if codes(found) == ["limit-exceeded"]));
    assert!(matches!(
        read_from(std::io::BufReader::new(Failing), &options),
        Err(ReadError::Io(_))
    ));
    assert_eq!(
        read_from(approval().as_bytes(), &ReadOptions::strict()).unwrap(),
        strict(&approval())
    );
}

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

#[test]
fn the_order_of_rows_and_columns_does_not_matter() {
    let one = strict(&file(
        "vote_type;cumulative",
        "project_id;cost;name\n1;5;a\n2;6;b",
        "voter_id;vote;points\n1;1,2;3,4\n2;2;1",
    ));
    let other = strict(&file(
        "vote_type;cumulative",
        "project_id;name;cost\n2;b;6\n1;a;5",
        "voter_id;points;vote\n2;1;2\n1;4,3;2,1",
    ));
    assert_eq!(one.election().profile(), other.election().profile());
    let costs = |document: &Document| {
        document
            .election()
            .instance()
            .projects()
            .iter()
            .map(|project| (project.id.clone(), project.cost))
            .collect::<Vec<_>>()
    };
    assert_eq!(costs(&one), costs(&other));
}

#[test]
fn nothing_at_all_is_an_election_too() {
    let none = strict(
        "META\nkey;value\nnum_projects;0\nnum_votes;0\nbudget;0\nvote_type;approval\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote\n",
    );
    assert_eq!(
        (
            none.election().instance().projects().len(),
            none.election().profile().voters()
        ),
        (0, 0)
    );
    round_trip(&write(&none));
    let huge = file(
        "vote_type;approval",
        "project_id;cost\n1;1000000000000000000000000",
        "voter_id;vote\n1;1",
    );
    assert_eq!(
        strict(&huge).election().instance().projects()[0].cost,
        Money::MAX
    );
    assert_eq!(
        strict_codes(&huge.replace("1000000000000000000000000", "1000000000000000000000001")),
        ["bad-amount"]
    );
}

#[test]
fn points_of_zero_and_of_many_decimals_are_kept() {
    let text = file(
        "vote_type;scoring\nmin_points;-2",
        "project_id;cost;votes;score\n1;5;2;2.500001\n2;6;1;0\n3;7;1;-2",
        "voter_id;vote;points\n1;1,2,3;2.5,0,-2\n2;1;0.000001",
    );
    strict(&text);
    round_trip(&text);
    assert_eq!(
        strict_codes(&text.replace("scoring\nmin_points;-2", "cumulative")),
        ["negative-points"]
    );
}

#[test]
fn weights_and_limits_reach_the_election() {
    let document = strict(&file(
        "vote_type;cumulative\nmax_sum_points;10\nmin_length;1",
        "project_id;cost\n1;5\n2;6",
        "voter_id;vote;points\n1;1,2;3,4",
    ));
    let limits: &BallotLimits = document.election().instance().limits();
    assert_eq!(
        (limits.max_sum_points, limits.min_length),
        (Some(Points::from(10)), Some(1))
    );
    let instance = Instance::builder()
        .budget(1)
        .project(("1", 5))
        .project(("2", 6))
        .build()
        .unwrap();
    let mut builder = ProfileBuilder::new(&instance, BallotKind::Points);
    let project = |id| instance.find(id).unwrap();
    builder
        .push(
            &mut [
                Entry {
                    project: project("2"),
                    weight: 4_000_000,
                },
                Entry {
                    project: project("1"),
                    weight: 3_000_000,
                },
            ],
            0,
            1,
        )
        .unwrap();
    assert_eq!(*document.election().profile(), builder.finish().0);
}
