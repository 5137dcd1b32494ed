//! Every finding of the linter, each in a small file that has nothing else wrong with it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use quartier::pabulib::lint::{Finding, apply_fixes, lint};
use quartier::pabulib::{Diagnostic, Diagnostics, ReadLimits, Severity};

const APPROVAL: &str = "\
META
key;value
description;Municipal PB in Example
country;France
unit;Example
instance;2024
num_projects;4
num_votes;4
budget;1000
vote_type;approval
rule;greedy
date_begin;01.06.2024
date_end;30.06.2024
max_length;3
categories;sport,green
language;fr
currency;EUR
comment;#1: Made for a test. #2: Nobody voted.
PROJECTS
project_id;cost;votes;name;category;beneficiaries;selected;latitude;longitude
1;500;3;Park;green;adults,seniors;1;48.58;7.75
2;400;2;Pool;sport;adults;1;48.59;7.76
3;300;2;Trees;green,sport;seniors;0;48.60;7.77
4;900;1;Hall;sport;;0;;
VOTES
voter_id;vote;age;sex;voting_method;neighborhood
a;1,2;37;F;internet;North
b;1,3;25-34;M;paper;South
c;2,1;;;internet;North
d;3,4;61;O;paper;
";

const CUMULATIVE: &str = "\
META
key;value
description;Municipal PB in Example
country;France
unit;Example
instance;2024
num_projects;2
num_votes;2
budget;1000
vote_type;cumulative
rule;greedy-threshold
date_begin;2024
date_end;2024
max_sum_points;10
min_project_score_threshold;5
categories;sport,green
budget_per_category;600,400
PROJECTS
project_id;cost;votes;score;name;category;selected
1;800;2;12;Park;green;1
2;400;2;8;Pool;sport;0
VOTES
voter_id;vote;points;time_taken_seconds
a;1,2;7,3;40
b;1,2;5,5;50
";

const CHOOSE_ONE: &str = "\
META
key;value
description;Municipal PB in Example
country;France
unit;Example
instance;2024
num_projects;2
num_votes;2
budget;1000
vote_type;choose-1
rule;greedy-no-skip
date_begin;2024
date_end;2024
min_length;1
max_length;1
PROJECTS
project_id;cost;votes;name;selected
1;800;1;Park;1
2;400;1;Pool;0
VOTES
voter_id;vote
a;1
b;2
";

/// A base with some of its text replaced, and what the linter must say: `code` at the line and column, and
/// besides it no other codes than `also`.
struct Case {
    code: &'static str,
    base: &'static str,
    edits: &'static [(&'static str, &'static str)],
    at: (u64, u64),
    also: &'static [&'static str],
}

const fn case(
    code: &'static str,
    base: &'static str,
    edits: &'static [(&'static str, &'static str)],
    at: (u64, u64),
) -> Case {
    Case {
        code,
        base,
        edits,
        at,
        also: &[],
    }
}

const fn with(mut case: Case, also: &'static [&'static str]) -> Case {
    case.also = also;
    case
}

const CASES: &[Case] = &[
    case(
        "outer-blanks",
        APPROVAL,
        &[("unit;Example", "unit; Example ")],
        (5, 6),
    ),
    case("outer-blanks", APPROVAL, &[("Park", "\" Park\"")], (21, 9)),
    case(
        "outer-blanks",
        APPROVAL,
        &[("North\nb", "\u{a0}North\nb")],
        (27, 21),
    ),
    case(
        "list-blanks",
        CUMULATIVE,
        &[("600,400", "600, 400")],
        (17, 21),
    ),
    case(
        "repeated-item",
        APPROVAL,
        &[("adults,seniors", "adults,adults")],
        (21, 20),
    ),
    case(
        "repeated-item",
        APPROVAL,
        &[("sport,green\n", "sport,green,sport\n")],
        (15, 12),
    ),
    case(
        "unknown-field",
        APPROVAL,
        &[("unit;Example", "unit;Example\nunits;Example")],
        (6, 1),
    ),
    case("unknown-column", APPROVAL, &[("name;", "title;")], (20, 23)),
    case(
        "unknown-column",
        APPROVAL,
        &[("neighborhood", "quarter")],
        (26, 37),
    ),
    case(
        "renamed-column",
        APPROVAL,
        &[("beneficiaries", "target")],
        (20, 37),
    ),
    case(
        "field-order",
        APPROVAL,
        &[
            ("unit;Example\n", ""),
            ("instance;2024\n", "instance;2024\nunit;Example\n"),
        ],
        (6, 1),
    ),
    case(
        "column-order",
        CHOOSE_ONE,
        &[
            ("votes;name", "name;votes"),
            ("1;Park", "Park;1"),
            ("1;Pool", "Pool;1"),
        ],
        (17, 22),
    ),
    case("missing-field", APPROVAL, &[("unit;Example\n", "")], (1, 0)),
    case(
        "empty-field",
        APPROVAL,
        &[("unit;Example", "unit;")],
        (5, 1),
    ),
    case(
        "field-type",
        APPROVAL,
        &[("max_length;3\n", "max_length;3\nmax_project_cost;lots\n")],
        (15, 18),
    ),
    case(
        "field-type",
        APPROVAL,
        &[("currency;EUR\n", "currency;EUR\nexperimental;yes\n")],
        (18, 14),
    ),
    case("field-type", CUMULATIVE, &[("600,400", "600,x")], (17, 21)),
    case(
        "date-form",
        APPROVAL,
        &[("01.06.2024", "2024-06-01")],
        (12, 12),
    ),
    case(
        "date-form",
        APPROVAL,
        &[("30.06.2024", "31.06.2024")],
        (13, 10),
    ),
    case(
        "date-order",
        APPROVAL,
        &[("30.06.2024", "31.05.2024")],
        (13, 10),
    ),
    case(
        "date-order",
        CUMULATIVE,
        &[("date_end;2024", "date_end;31.12.2023")],
        (13, 10),
    ),
    case("country-form", APPROVAL, &[("France", "fr")], (4, 9)),
    case("currency-code", APPROVAL, &[("EUR", "€")], (17, 10)),
    case("language-code", APPROVAL, &[(";fr\n", ";FR\n")], (16, 10)),
    case(
        "unknown-rule",
        APPROVAL,
        &[("rule;greedy", "rule;best")],
        (11, 6),
    ),
    case("comment-numbering", APPROVAL, &[("#2:", "#3:")], (18, 9)),
    case(
        "comment-numbering",
        APPROVAL,
        &[("#1: Made", "Made")],
        (18, 9),
    ),
    case(
        "field-vote-type",
        APPROVAL,
        &[("max_length;3\n", "max_length;3\nmin_points;1\n")],
        (15, 1),
    ),
    case(
        "field-vote-type",
        CUMULATIVE,
        &[("max_sum_points;10", "max_sum_cost;9000\nmax_sum_points;10")],
        (14, 1),
    ),
    case(
        "unexpected-points",
        CHOOSE_ONE,
        &[
            ("voter_id;vote", "voter_id;vote;points"),
            ("a;1", "a;1;1"),
            ("b;2", "b;2;1"),
        ],
        (21, 15),
    ),
    case(
        "unused-threshold",
        APPROVAL,
        &[(
            "max_length;3\n",
            "max_length;3\nmin_project_score_threshold;1\n",
        )],
        (15, 29),
    ),
    case(
        "missing-threshold",
        CUMULATIVE,
        &[("min_project_score_threshold;5\n", "")],
        (11, 6),
    ),
    with(
        case(
            "missing-max-sum-points",
            CUMULATIVE,
            &[("max_sum_points;10\n", "")],
            (10, 11),
        ),
        &["no-max-length"],
    ),
    case(
        "choose-one-limit",
        CHOOSE_ONE,
        &[("max_length;1", "max_length;2")],
        (15, 12),
    ),
    with(
        case(
            "choose-one-suggested",
            APPROVAL,
            &[
                ("max_length;3", "max_length;1"),
                ("a;1,2", "a;1"),
                ("b;1,3", "b;1"),
                ("c;2,1", "c;2"),
                ("d;3,4", "d;3"),
                ("1;500;3", "1;500;2"),
                ("2;400;2", "2;400;1"),
                ("3;300;2", "3;300;1"),
                ("4;900;1", "4;900;0"),
            ],
            (14, 12),
        ),
        &["project-without-votes"],
    ),
    case(
        "no-max-length",
        APPROVAL,
        &[("max_length;3\n", "")],
        (10, 11),
    ),
    case(
        "max-length-above-projects",
        APPROVAL,
        &[("max_length;3", "max_length;5")],
        (14, 12),
    ),
    case(
        "fully-funded-value",
        APPROVAL,
        &[("comment", "fully_funded;yes\ncomment")],
        (18, 14),
    ),
    case(
        "fully-funded-wrong",
        APPROVAL,
        &[("comment", "fully_funded;1\ncomment")],
        (18, 14),
    ),
    case(
        "fully-funded-missing",
        CHOOSE_ONE,
        &[("budget;1000", "budget;2000"), ("Pool;0", "Pool;1")],
        (9, 8),
    ),
    case(
        "list-length",
        CUMULATIVE,
        &[("600,400", "600,300,100")],
        (17, 21),
    ),
    case(
        "unused-value",
        APPROVAL,
        &[("sport,green\n", "sport,green,art\n")],
        (15, 12),
    ),
    case(
        "undeclared-value",
        APPROVAL,
        &[("sport,green\n", "green\n")],
        (22, 14),
    ),
    case(
        "label-variant",
        APPROVAL,
        &[("a;1,2;37;F;internet;North", "a;1,2;37;F;internet;NORTH")],
        (29, 18),
    ),
    case(
        "label-comma",
        APPROVAL,
        &[("adults,seniors", "adults, seniors")],
        (21, 20),
    ),
    case(
        "sentinel-cost",
        APPROVAL,
        &[("4;900;", "4;999999999;")],
        (24, 3),
    ),
    with(
        case(
            "sentinel-selected",
            APPROVAL,
            &[("4;900;1;Hall;sport;;0", "4;999999999;1;Hall;sport;;1")],
            (24, 3),
        ),
        &["selected-above-budget"],
    ),
    case(
        "cost-above-budget",
        APPROVAL,
        &[("4;900;", "4;1000.01;")],
        (24, 3),
    ),
    case(
        "selected-above-budget",
        APPROVAL,
        &[("2;400;", "2;600;")],
        (9, 8),
    ),
    case("unspent-budget", APPROVAL, &[("3;300;", "3;100;")], (23, 3)),
    case(
        "unspent-budget",
        CUMULATIVE,
        &[
            ("2;400;", "2;200;"),
            ("1;800;2;12;Park;green;1", "1;900;2;12;Park;green;0"),
        ],
        (20, 3),
    ),
    case(
        "unspent-budget-perhaps",
        APPROVAL,
        &[("3;300;", "3;100;"), ("rule;greedy", "rule;greedy-custom")],
        (23, 3),
    ),
    case(
        "selected-below-threshold",
        CUMULATIVE,
        &[("threshold;5", "threshold;13")],
        (20, 1),
    ),
    case(
        "project-without-votes",
        APPROVAL,
        &[("d;3,4", "d;3"), ("4;900;1", "4;900;0")],
        (24, 1),
    ),
    case(
        "no-votes-column",
        CHOOSE_ONE,
        &[
            ("cost;votes", "cost"),
            ("800;1;", "800;"),
            ("400;1;", "400;"),
        ],
        (16, 0),
    ),
    case(
        "no-score-column",
        CUMULATIVE,
        &[
            ("votes;score", "votes"),
            ("2;12;", "2;"),
            ("2;8;", "2;"),
            ("threshold;5", "threshold;1"),
        ],
        (18, 0),
    ),
    case(
        "selected-value",
        APPROVAL,
        &[("sport;;0;;", "sport;;4;;")],
        (24, 21),
    ),
    case(
        "coordinate-alone",
        APPROVAL,
        &[("48.60;7.77", "48.60;")],
        (23, 37),
    ),
    case(
        "coordinate-alone",
        CHOOSE_ONE,
        &[
            ("selected", "selected;latitude"),
            ("Park;1", "Park;1;1.5"),
            ("Pool;0", "Pool;0;1.6"),
        ],
        (17, 37),
    ),
    case(
        "coordinate-form",
        APPROVAL,
        &[("48.60", "48°36'")],
        (23, 37),
    ),
    case("coordinate-range", APPROVAL, &[("48.60", "90.1")], (23, 37)),
    case("coordinate-range", APPROVAL, &[("7.77", "-181")], (23, 43)),
    case(
        "coordinate-shared",
        APPROVAL,
        &[("48.60;7.77", "48.580;7.75")],
        (23, 37),
    ),
    case(
        "average-length-one",
        CHOOSE_ONE,
        &[
            ("choose-1", "approval"),
            ("min_length;1\nmax_length;1", "max_length;2"),
        ],
        (19, 0),
    ),
    case(
        "points-unsorted",
        CUMULATIVE,
        &[("a;1,2;7,3", "a;2,1;3,7")],
        (24, 7),
    ),
    case("age-form", APPROVAL, &[(";61;", ";old;")], (30, 7)),
    case("sex-value", APPROVAL, &[("61;O;", "61;X;")], (30, 10)),
    case(
        "voting-method-value",
        APPROVAL,
        &[("O;paper", "O;post")],
        (30, 12),
    ),
    case("column-type", CUMULATIVE, &[(";50\n", ";fast\n")], (25, 11)),
];

fn edited(base: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(base.to_owned(), |text, (from, to)| {
        text.replacen(from, to, 1)
    })
}

fn linted(text: &str) -> Diagnostics {
    lint(text, &ReadLimits::new())
}

#[test]
fn clean_files_have_no_diagnostics() {
    for base in [APPROVAL, CUMULATIVE, CHOOSE_ONE] {
        let found = linted(base);
        assert!(found.is_empty(), "{found}");
        assert!(linted(&base.replace('\n', "\r\n")).is_empty());
        assert!(linted(&format!("\u{feff}{base}")).is_empty());
        assert_eq!(apply_fixes(base, &found), base);
    }
}

#[test]
fn each_mistake_is_found_where_it_is() {
    let mut wrong = Vec::new();
    for case in CASES {
        let text = edited(case.base, case.edits);
        let found = linted(&text);
        let severity = Finding::ALL
            .iter()
            .find(|(code, _)| *code == case.code)
            .map(|(_, severity)| *severity);
        let here = |d: &Diagnostic| {
            d.code() == case.code
                && (d.place().line, d.place().column) == case.at
                && Some(d.severity()) == severity
        };
        let expected: BTreeSet<&str> = case.also.iter().copied().chain([case.code]).collect();
        let codes: BTreeSet<&str> = found.iter().map(Diagnostic::code).collect();
        if !found.iter().any(here) || codes != expected {
            wrong.push(format!(
                "{} expected at {:?} with {:?}, found:\n{found}",
                case.code, case.at, case.also
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn codes_are_unique_and_each_has_a_case() {
    let mut codes: Vec<&str> = Finding::ALL.iter().map(|(code, _)| *code).collect();
    codes.sort_unstable();
    let distinct: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), distinct.len(), "a code occurs twice");
    for code in &codes {
        assert!(
            code.split('-')
                .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase())),
            "{code}"
        );
        assert!(
            CASES.iter().any(|case| case.code == *code),
            "{code} has no case"
        );
    }
    assert!(CASES.iter().all(|case| distinct.contains(case.code)));
}

#[test]
fn messages_are_one_line_and_machine_output_names_the_code() {
    for case in CASES {
        for diagnostic in &linted(&edited(case.base, case.edits)) {
            assert!(!diagnostic.problem().to_string().contains('\n'));
            let json = serde_json::to_value(diagnostic).unwrap();
            assert_eq!(json["code"], diagnostic.code());
        }
    }
}

/// Text with mistakes that can be fixed, and the text that must come out.
const FIXES: &[(&str, &str, &str)] = &[
    ("unit;Example", "unit; Example ", "unit;Example"),
    ("Park", "\" \"\"Park\"\" \"", "\"\"\"Park\"\"\""),
    ("adults,seniors", " adults,seniors,adults", "adults,seniors"),
    ("green,sport;", "green ,sport,green;", "green ,sport;"),
    ("d;3,4", "d;3, 4", "d;3,4"),
    ("budget;1000", "budget;1000,50", "budget;1000.50"),
    ("budget;1000", "budget; 1000", "budget;1000"),
    ("budget;1000", "budget;1,000", "budget;1,000"),
    ("country;France", "\ncountry;France", "country;France"),
    ("country;France", "country ;France", "country;France"),
    ("O;paper", "O ; paper", "O;paper"),
];

#[test]
fn fixes_are_made_once_and_for_all() {
    for newline in ["\n", "\r\n"] {
        for (from, wrong, right) in FIXES {
            let text = APPROVAL.replacen(from, wrong, 1).replace('\n', newline);
            let found = linted(&text);
            let fixed = apply_fixes(&text, &found);
            assert_eq!(
                fixed,
                APPROVAL.replacen(from, right, 1).replace('\n', newline),
                "{found}"
            );
            let again = linted(&fixed);
            assert!(again.iter().all(|d| d.fix().is_none()), "{again}");
            assert_eq!(apply_fixes(&fixed, &again), fixed);
        }
    }
}

#[test]
fn a_quoted_vote_is_not_replaced_by_one_of_its_projects() {
    let text = APPROVAL.replacen("d;3,4", "d;\"3, 4\"", 1);
    let found = linted(&text);
    assert!(found.has_errors());
    assert_eq!(apply_fixes(&text, &found), text);
}

#[test]
fn what_selected_means_beyond_one_is_not_paid_from_the_budget() {
    for value in ["2", "3"] {
        let found = linted(&APPROVAL.replacen("sport;;0", &format!("sport;;{value}"), 1));
        assert!(found.is_empty(), "{found}");
    }
}

#[test]
fn rules_that_may_leave_money_are_not_blamed() {
    for rule in [
        "greedy-no-skip",
        "equalshares",
        "equalshares/add1",
        "unknown",
    ] {
        let found = linted(&APPROVAL.replacen("3;300;", "3;100;", 1).replacen(
            "rule;greedy",
            &format!("rule;{rule}"),
            1,
        ));
        assert!(found.is_empty(), "{found}");
    }
}

#[test]
fn a_file_with_a_mistake_in_every_row_is_told_within_the_limit() {
    use std::fmt::Write;
    let mut text = APPROVAL.replacen("num_votes;4", "num_votes;60004", 1);
    for voter in 0..60_000 {
        writeln!(text, "v{voter};1,2; old{voter} ;X;post;North{voter}").unwrap();
    }
    let found = lint(&text, &ReadLimits::new().max_diagnostics(50));
    assert_eq!(
        (found.errors().count(), found.warnings().count() <= 50),
        (50, true)
    );
    assert!(found.error_count() > 60_000);
    let codes: BTreeSet<&str> = found.iter().map(Diagnostic::code).collect();
    assert!(codes.contains("control-mismatch"), "{codes:?}");
}

#[test]
fn a_line_of_very_many_cells_takes_no_time() {
    let columns = "; x".repeat(90_000);
    let row = "; x".repeat(300_000);
    let text = APPROVAL.replacen("neighborhood", &format!("neighborhood{columns}"), 1)
        + &format!("e{row}\n").repeat(5);
    assert!(linted(&text).has_errors());
    assert!(
        linted(&format!(
            "META\nkey;value\n{row}\ncategories;{}",
            " a,b,".repeat(100_000)
        ))
        .has_errors()
    );
}

#[test]
fn the_table_in_the_documentation_lists_every_finding() {
    let rows: BTreeSet<(&str, &str)> = include_str!("../src/pabulib/lint/mod.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `")?.split_once("` | "))
        .filter_map(|(code, rest)| Some((code, rest.split_once(" | ")?.0)))
        .collect();
    let shown = |severity: &Severity| {
        if *severity == Severity::Error {
            "error"
        } else {
            "warning"
        }
    };
    let all: BTreeSet<(&str, &str)> = Finding::ALL
        .iter()
        .map(|(code, severity)| (*code, shown(severity)))
        .collect();
    assert_eq!(rows, all);
}

/// What the reader says of mistakes that are its own, so that the list of checks is whole.
#[test]
fn the_checks_of_the_reader_are_in_the_list_too() {
    type Edits = &'static [(&'static str, &'static str)];
    let cases: &[(&str, &str, Edits)] = &[
        (
            "missing-column",
            CUMULATIVE,
            &[("vote;points;", "vote;dots;")],
        ),
        ("bad-amount", APPROVAL, &[("4;900;", "4;;")]),
        ("row-width", APPROVAL, &[("d;3,4;61", "d;3,4;61;1")]),
        ("blank-line", APPROVAL, &[("b;1,3", "\nb;1,3")]),
        ("comma-in-number", APPROVAL, &[("4;900;", "4;900,5;")]),
        ("not-one-choice", CHOOSE_ONE, &[("a;1", "a;1,2")]),
        (
            "contradictory-limits",
            APPROVAL,
            &[("max_length;3", "min_length;4\nmax_length;3")],
        ),
        (
            "below-limit",
            APPROVAL,
            &[("max_length;3\n", "max_length;3\nmin_sum_cost;900\n")],
        ),
        ("points-count", CUMULATIVE, &[("7,3", "7,2,1")]),
        ("control-mismatch", APPROVAL, &[("1;500;3;", "1;500;4;")]),
    ];
    for (code, base, edits) in cases {
        let found = linted(&edited(base, edits));
        assert!(found.iter().any(|d| d.code() == *code), "{code}:\n{found}");
    }
}

/// One base with one piece of it put elsewhere, doubled, cut or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let base = prop::sample::select(vec![APPROVAL, CUMULATIVE, CHOOSE_ONE]);
    let piece = prop::sample::select(vec![
        ";",
        ",",
        "\"",
        "\n",
        " ",
        "0",
        "-1",
        "1,5",
        "META",
        "VOTES",
        "\u{feff}",
        "é",
        "#1:",
        "\r",
        "999999999",
        "é\u{301}",
        "\u{a0}",
    ]);
    (
        base,
        prop::collection::vec(
            (
                any::<prop::sample::Index>(),
                any::<prop::sample::Index>(),
                piece,
            ),
            1..6,
        ),
    )
        .prop_map(|(base, edits)| {
            let mut chars: Vec<char> = base.chars().collect();
            for (at, length, piece) in edits {
                let at = at.index(chars.len() + 1);
                let end = (at + length.index(8)).min(chars.len());
                chars.splice(at..end, piece.chars());
            }
            chars.into_iter().collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("QUARTIER_LONG").is_some() { 100_000 } else { 1_000 }))]

    #[test]
    fn never_panics_and_places_are_in_the_text(text in mutated()) {
        let found = linted(&text);
        let lines = text.split('\n').count();
        for diagnostic in &found {
            prop_assert!(usize::try_from(diagnostic.place().line).unwrap() <= lines);
            prop_assert!(diagnostic.severity() <= Severity::Warning);
        }
        // A fix can uncover another mistake that has one, but that ends.
        let fixed = apply_fixes(&text, &found);
        let mut last = fixed;
        for _ in 0..4 {
            let next = apply_fixes(&last, &linted(&last));
            if next == last {
                return Ok(());
            }
            last = next;
        }
        prop_assert!(false, "fixes do not settle:\n{}", last);
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,200}", lines in prop::collection::vec("[;\",a-z0-9 ]{0,30}", 0..20)) {
        let _ = linted(&text);
        let _ = linted(&format!("META\nkey;value\n{}\nVOTES\n{}", text, lines.join("\n")));
    }
}
