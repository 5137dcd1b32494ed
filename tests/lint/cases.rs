//! Every finding of the linter with an edit that brings it about.

use crate::bases::{APPROVAL, CHOOSE_ONE, CUMULATIVE};

/// A base with some of its text replaced, and what the linter must say: `code` at the line and column, and
/// besides it no other codes than `also`.
pub(crate) struct Case {
    pub(crate) code: &'static str,
    pub(crate) base: &'static str,
    pub(crate) edits: &'static [(&'static str, &'static str)],
    pub(crate) at: (u64, u64),
    pub(crate) also: &'static [&'static str],
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

pub(crate) const CASES: &[Case] = &[
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
