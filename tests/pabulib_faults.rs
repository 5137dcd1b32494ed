//! Faulty files, one test for each fault: refused with a typed error, or accepted with a recorded warning.
//!
//! `fNN` are the faults of the threat list (intake, ids, numbers, size); `d1` are the faulty files that other
//! programs were given, where most were counted without a word.

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

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use pabulib_common::{approval, codes, file, lenient_codes, ordinal, points, strict_codes};
use quartier::election::Money;
use quartier::pabulib::{Fault, Problem, ReadLimits, ReadOptions, read, read_bytes};

/// Refused in both modes, for this reason among others.
fn refused(what: &str, text: &str, code: &str) {
    assert!(
        strict_codes(text).contains(&code),
        "{what}, strict: {:?}",
        strict_codes(text)
    );
    assert!(
        lenient_codes(text).contains(&code),
        "{what}, lenient: {:?}",
        lenient_codes(text)
    );
}

fn with_cost(cost: &str) -> String {
    file(
        "vote_type;approval",
        &format!("project_id;cost\na;{cost}\nb;100"),
        "voter_id;vote\n1;a\n2;b",
    )
}

fn with_budget(budget: &str) -> String {
    with_cost("60").replace("budget;100", &format!("budget;{budget}"))
}

fn with_vote(vote: &str) -> String {
    file(
        "vote_type;approval",
        "project_id;cost\n1;60\n2;100",
        &format!("voter_id;vote\nx;{vote}\ny;2"),
    )
}

fn with_ids(first: &str, second: &str) -> String {
    file(
        "vote_type;approval",
        &format!("project_id;cost\n{first};60\n{second};100"),
        "voter_id;vote",
    )
}

// --- F1: cut files ---

/// Every proper prefix is refused, or has every vote, or the loss is recorded.
fn cut_at_every_byte(text: &str) {
    let whole = read(text, &ReadOptions::strict()).unwrap();
    let (mut refusals, mut recorded) = (0, 0);
    for at in 0..text.len() {
        for options in [ReadOptions::strict(), ReadOptions::lenient()] {
            match read_bytes(&text.as_bytes()[..at], &options) {
                Err(found) => {
                    assert!(found.has_errors());
                    refusals += 1;
                }
                Ok(document) if document.election().profile() == whole.election().profile() => {}
                Ok(document) => {
                    let known = document.warnings().iter().any(|warning| {
                        matches!(
                            warning.code(),
                            "control-mismatch" | "blank-ballot" | "maybe-cut"
                        )
                    });
                    assert!(known, "cut at byte {at}: a vote is lost without a word");
                    recorded += 1;
                }
            }
        }
    }
    assert!(
        refusals > text.len(),
        "{refusals} refusals, {recorded} recorded"
    );
}

#[test]
fn f01_cut_at_every_byte() {
    cut_at_every_byte(&approval());
    cut_at_every_byte(&ordinal());
    cut_at_every_byte(&points());
}

#[test]
fn f01_cut_at_every_byte_without_totals() {
    cut_at_every_byte(&file(
        "vote_type;approval",
        "project_id;cost\n1;60\n12;100\n123;5",
        "voter_id;vote\n7;1,12\n8;1,12,123",
    ));
    cut_at_every_byte(&file(
        "vote_type;cumulative",
        "project_id;cost\n1;60\n12;100",
        "voter_id;vote;points\n7;1,12;10,2\n8;1,12;25,100",
    ));
    let crlf = file(
        "vote_type;choose-1",
        "project_id;cost\n1;60\n12;100",
        "voter_id;vote\n7;1\n8;12",
    )
    .replace('\n', "\r\n");
    cut_at_every_byte(&crlf);
}

#[test]
fn f01_half_uploaded_or_a_station_missing() {
    let text = approval();
    let missing: String = text
        .lines()
        .filter(|line| !line.starts_with("25;"))
        .map(|line| format!("{line}\n"))
        .collect();
    refused("a vote less", &missing, "count-mismatch");
    let told = missing.replace("num_votes;4", "num_votes;3");
    assert!(strict_codes(&told).contains(&"control-mismatch"));
    assert!(
        read(&told, &ReadOptions::lenient())
            .unwrap()
            .warnings()
            .iter()
            .any(|warning| warning.code() == "control-mismatch")
    );
    refused(
        "a project less",
        &text.replace("10;99;1;Pond;nature;;0\n", ""),
        "count-mismatch",
    );
    refused("nothing", "", "missing-section");
}

#[test]
fn f02_another_kind_of_file() {
    for text in [
        "hello",
        "a,b\n1,2\n",
        "{\"META\":1}",
        "<html></html>",
        "voter_id;vote\n1;1\n",
        "%PDF-1.4\n",
    ] {
        refused("another file", text, "text-before-meta");
    }
    assert_eq!(
        codes(&read_bytes(b"PK\x03\x04\x00\x00", &ReadOptions::strict()).unwrap_err()),
        ["nul-character"]
    );
}

// --- F3: encodings ---

#[test]
fn f03_encodings() {
    let text = file(
        "vote_type;approval",
        "project_id;cost;name\n1;60;Łódź",
        "voter_id;vote\n1;1",
    );
    let code =
        |bytes: &[u8]| codes(&read_bytes(bytes, &ReadOptions::lenient()).unwrap_err()).join(" ");
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    assert_eq!(code(&wide(u16::to_le_bytes)), "utf16");
    assert_eq!(code(&wide(u16::to_be_bytes)), "utf16");
    assert_eq!(
        code(&marked(&[0xff, 0xfe], wide(u16::to_le_bytes))),
        "utf16"
    );
    assert_eq!(
        code(&marked(&[0xfe, 0xff], wide(u16::to_be_bytes))),
        "utf16"
    );
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode("META\nkey;value\ndescription;café\n");
    let found = read_bytes(&latin, &ReadOptions::strict()).unwrap_err();
    let first = found.iter().next().unwrap();
    assert_eq!(
        first.problem(),
        &Problem::Format(Fault::NotUtf8 { offset: 30 })
    );
    assert_eq!((first.place().line, first.place().column), (3, 16));
    assert_eq!(code(text.replace("60", "6\0").as_bytes()), "nul-character");
    assert_eq!(
        code(text.replace('\n', "\r").as_bytes()),
        "lone-carriage-return"
    );
    assert_eq!(
        code(text.replacen(";60", ";6\r0", 1).as_bytes()),
        "lone-carriage-return"
    );
    read_bytes(format!("\u{feff}{text}").as_bytes(), &ReadOptions::strict()).unwrap();
    refused(
        "two marks",
        &format!("\u{feff}\u{feff}{text}"),
        "decorated-section",
    );
    for bytes in [
        &b"\xc0\x80"[..],
        b"\xed\xa0\x80",
        b"META\n\xff",
        b"\xf4\x90\x80\x80",
        b"META\n\xe2\x82",
    ] {
        assert_eq!(code(bytes), "not-utf8");
    }
}

// --- F4: the table ---

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

// --- F5: spreadsheet damage ---

#[test]
fn f05_spreadsheet_damage() {
    for cost in [
        "1 500",
        "1\u{a0}500",
        "1'500",
        "1e3",
        "1E3",
        "１２",
        "+5",
        "-0",
        "-5",
        "0x10",
        "5.",
        ".5",
        "1.2.3",
        "1_000",
        "٣",
        "∞",
        "NaN",
        "inf",
        "5 ",
        " 5",
        "5€",
        "1.00001",
        "12/03",
        "#REF!",
    ] {
        refused(cost, &with_cost(cost), "bad-amount");
        refused(cost, &with_budget(cost), "bad-amount");
    }
    for cost in ["1,5", "1,500", "1.500,00", "1,500.00"] {
        refused(cost, &with_cost(cost), "comma-in-number");
        refused(cost, &with_budget(cost), "comma-in-number");
    }
    for (text, money) in [
        ("0100", Money::from(100)),
        ("1.500", "1.5".parse().unwrap()),
        ("7.0000", Money::from(7)),
    ] {
        let document = read(&with_cost(text), &ReadOptions::strict()).unwrap();
        assert_eq!(document.election().instance().projects()[0].cost, money);
    }
    for count in [
        "2.0",
        "+2",
        "２",
        "1e0",
        "",
        "two",
        "-2",
        "99999999999999999999",
    ] {
        refused(
            count,
            &with_cost("60").replace("num_votes;2", &format!("num_votes;{count}")),
            "bad-whole-number",
        );
    }
    for points in ["1e3", "+5", "1 0", "０", "", "1.", "1.0000001"] {
        refused(
            points,
            &file(
                "vote_type;cumulative",
                "project_id;cost\n1;6\n2;6",
                &format!("voter_id;vote;points\n1;1,2;2,{points}"),
            ),
            "bad-points",
        );
    }
    refused(
        "lost leading zero",
        &file(
            "vote_type;approval",
            "project_id;cost\n007;6",
            "voter_id;vote\n1;7",
        ),
        "unknown-project",
    );
}

#[test]
fn f06_formulas_in_names_are_left_untouched() {
    let name = "=HYPERLINK(\"http://example.org\")";
    let document = read(
        &file(
            "vote_type;approval",
            &format!("project_id;cost;name\n1;6;{name}"),
            "voter_id;vote\n1;1",
        ),
        &ReadOptions::strict(),
    )
    .unwrap();
    assert_eq!(document.election().instance().projects()[0].name, name);
}

// --- F7: META ---

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

// --- F8, F9: ids ---

#[test]
fn f08_project_ids_that_look_alike() {
    for (first, second) in [
        ("P1", "p1"),
        ("e\u{301}", "é"),
        ("a", "а"),
        ("ﬁ", "fi"),
        ("１", "1"),
    ] {
        let text = with_ids(first, second);
        assert_eq!(
            strict_codes(&text),
            ["look-alike-projects"],
            "{first} {second}"
        );
        assert_eq!(
            codes(read(&text, &ReadOptions::lenient()).unwrap().warnings()),
            ["look-alike-projects"]
        );
    }
    let found = read(&with_ids("P1", "p1"), &ReadOptions::strict()).unwrap_err();
    assert_eq!(
        (found.iter().next().unwrap().place().line, found.len()),
        (10, 1)
    );
    for (first, second) in [("1", "2"), ("1", "11"), ("A1", "A2"), ("L18/06", "L18/07")] {
        read(&with_ids(first, second), &ReadOptions::strict()).unwrap();
    }
}

#[test]
fn f08_ids_that_are_not_what_they_seem() {
    for id in [
        "a\u{200b}",
        "\u{202e}a",
        "a\u{ad}b",
        "\u{feff}a",
        "a\tb",
        "a\u{7f}",
        " a",
        "a ",
        "\u{a0}a",
        "a\u{2060}",
    ] {
        refused(id, &with_ids(id, "b"), "bad-id");
        refused(
            id,
            &file(
                "vote_type;approval",
                "project_id;cost\n1;6",
                &format!("voter_id;vote\n{id};1"),
            ),
            "bad-id",
        );
    }
    refused("twice", &with_ids("a", "a"), "repeated-project-id");
    refused("empty", &with_ids("", "a"), "empty-id");
    refused("comma", &with_ids("a,b", "c"), "comma-in-id");
    refused("long", &with_ids(&"x".repeat(300), "c"), "bad-id");
    refused(
        "voter twice",
        &file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            "voter_id;vote\n5;1\n3;1\n5;1",
        ),
        "repeated-voter-id",
    );
    refused(
        "voter twice, quoted",
        &file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            "voter_id;vote\nV;1\n\"V\";1",
        ),
        "repeated-voter-id",
    );
    refused(
        "voter without id",
        &file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            "voter_id;vote\n;1",
        ),
        "empty-id",
    );
}

#[test]
fn f09_names_of_the_language() {
    let text = file(
        "vote_type;approval",
        "project_id;cost\n__proto__;60\nconstructor;5\nvotes;7",
        "voter_id;vote\n__proto__;__proto__,votes\ntoString;constructor",
    );
    let document = read(&text, &ReadOptions::strict()).unwrap();
    assert_eq!(document.election().profile().mentions(), [1, 1, 1]);
}

// --- F24, F27, F29, F30, F38: sizes ---

#[test]
fn f24_the_largest_amounts_and_sums() {
    let cost = "1000000000000000000000000";
    let mut projects = String::from("project_id;cost");
    for id in 0..1_000 {
        _ = write!(projects, "\n{id};{cost}");
    }
    let document = read(
        &file(
            "vote_type;approval\nmax_sum_cost;5",
            &projects,
            "voter_id;vote\n1;1,2,3",
        ),
        &ReadOptions::strict(),
    )
    .unwrap();
    assert_eq!(document.warnings().len(), 1);
    assert!(document.election().instance().total_cost() > Money::MAX);
    for number in [
        "9223372036854775808",
        "18446744073709551616",
        "170141183460469231731687303715884105728",
    ] {
        assert!(
            !strict_codes(&with_cost("60").replace("num_votes;2", &format!("num_votes;{number}")))
                .is_empty()
        );
        assert!(
            !strict_codes(&file(
                "vote_type;scoring",
                "project_id;cost\n1;6",
                &format!("voter_id;vote;points\n1;1;{number}")
            ))
            .is_empty()
        );
    }
    let most = "1000000000000";
    refused(
        "points",
        &file(
            "vote_type;scoring",
            "project_id;cost\n1;6",
            &format!("voter_id;vote;points\n1;1,1;{most},{most}"),
        ),
        "too-many-points",
    );
}

#[test]
fn f27_more_than_the_limits() {
    let limits = ReadLimits::new().max_marks(1_000).max_line_bytes(10_000);
    let many = (0..1_001)
        .map(|id| id.to_string())
        .collect::<Vec<_>>()
        .join(",");
    let code = |text: &str| codes(&read(text, &ReadOptions::lenient().limits(limits)).unwrap_err());
    assert_eq!(code(&with_vote(&many)), ["limit-exceeded"]);
    assert_eq!(
        code(&with_vote(&"1".repeat(20_000))),
        ["count-mismatch", "limit-exceeded"]
    );
    assert!(code(&with_vote(&";".repeat(9_000))).contains(&"row-width"));
    let digits = "9".repeat(5_000);
    assert_eq!(code(&with_cost(&digits)), ["limit-exceeded"]);
    // A million bad marks are counted, not kept.
    let unknown = vec!["z"; 200_000].join(",");
    let wide = ReadLimits::new().max_marks(1_000_000);
    let found = read(&with_vote(&unknown), &ReadOptions::lenient().limits(wide)).unwrap_err();
    assert_eq!((found.len(), found.error_count()), (200, 200_000));
}

fn timed(text: &str) -> Duration {
    let start = Instant::now();
    _ = std::hint::black_box(read(
        text,
        &ReadOptions::lenient().limits(
            ReadLimits::new()
                .max_marks(10_000_000)
                .max_line_bytes(100_000_000),
        ),
    ));
    start.elapsed()
}

/// Eight times the size may take forty times as long at most: linear work, with room for noise.
fn grows_linearly(what: &str, text: impl Fn(usize) -> String) {
    let (small, large) = (text(2_000), text(16_000));
    let quick = (0..3)
        .map(|_| timed(&small))
        .min()
        .unwrap()
        .max(Duration::from_millis(1));
    let slow = (0..3).map(|_| timed(&large)).min().unwrap();
    assert!(
        slow < quick * 40,
        "{what}: {quick:?} for 2,000, {slow:?} for 16,000"
    );
}

#[test]
fn f29_ids_made_to_collide() {
    // Ids that fall together in simple hashes: same bytes in other orders, multiples of powers of two.
    grows_linearly("voters", |size| {
        let rows: String = (0..size)
            .map(|n| format!("\n{:032b};1", (n as u64) << 16))
            .collect();
        file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            &format!("voter_id;vote{rows}"),
        )
    });
    grows_linearly("numbers", |size| {
        let rows: String = (0..size)
            .rev()
            .map(|n| format!("\n{};1", (n as u64) << 40))
            .collect();
        file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            &format!("voter_id;vote{rows}"),
        )
    });
    grows_linearly("ballots", |size| {
        let projects: String = (0..16).map(|id| format!("\n{id};6")).collect();
        let rows: String = (0..size)
            .map(|n| {
                format!(
                    "\n{n};{}",
                    (0..16)
                        .filter(|bit| n >> bit & 1 == 1)
                        .map(|bit| bit.to_string())
                        .collect::<Vec<_>>()
                        .join(",")
                )
            })
            .collect();
        file(
            "vote_type;approval",
            &format!("project_id;cost{projects}"),
            &format!("voter_id;vote{rows}"),
        )
    });
}

#[test]
fn f30_nothing_is_quadratic() {
    grows_linearly("projects", |size| {
        let rows: String = (0..size).map(|n| format!("\nP{n};6")).collect();
        file(
            "vote_type;approval",
            &format!("project_id;cost{rows}"),
            "voter_id;vote\n1;P1",
        )
    });
    grows_linearly("marks on one ballot", |size| {
        let projects: String = (0..size).map(|n| format!("\n{n};6")).collect();
        let vote = (0..size)
            .chain(0..size)
            .map(|n| n.to_string())
            .collect::<Vec<_>>()
            .join(",");
        file(
            "vote_type;approval",
            &format!("project_id;cost{projects}"),
            &format!("voter_id;vote\n1;{vote}"),
        )
    });
    grows_linearly("unknown marks on one ballot", |size| {
        with_vote(&vec!["z"; size].join(","))
    });
    grows_linearly("quotes", |size| with_vote(&"\"".repeat(size)));
    grows_linearly("cells", |size| with_vote(&";".repeat(size)));
    grows_linearly("empty lines", |size| approval() + &"\n".repeat(size));
    grows_linearly("sections", |size| approval() + &"META\n".repeat(size));
    grows_linearly("repeated voters", |size| {
        let rows: String = (0..size).map(|n| format!("\nV{};1", n / 2)).collect();
        file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            &format!("voter_id;vote{rows}"),
        )
    });
}

#[test]
fn f38_negative_and_zero_costs() {
    refused("negative", &with_cost("-90"), "bad-amount");
    assert_eq!(strict_codes(&with_cost("0")), ["zero-cost"]);
    assert_eq!(strict_codes(&with_cost("0.0000")), ["zero-cost"]);
    let document = read(&with_cost("0"), &ReadOptions::lenient()).unwrap();
    assert_eq!(codes(document.warnings()), ["zero-cost"]);
    read(&with_cost("0.0001"), &ReadOptions::strict()).unwrap();
}

// --- the faulty files of section 1d ---

#[test]
fn d1_cost_empty() {
    refused("empty", &with_cost(""), "bad-amount");
    refused("a blank", &with_cost(" "), "bad-amount");
}

#[test]
fn d1_budget_blank() {
    refused("empty", &with_budget(""), "bad-amount");
    refused("a blank", &with_budget(" "), "bad-amount");
    refused("thousands", &with_budget("1,000"), "comma-in-number");
    refused("negative", &with_budget("-100"), "bad-amount");
}

#[test]
fn d1_cost_hexadecimal_or_thousands_or_huge() {
    refused("hexadecimal", &with_cost("0x64"), "bad-amount");
    refused("thousands", &with_cost("1,500"), "comma-in-number");
    refused("exponent", &with_cost("1e400"), "bad-amount");
}

#[test]
fn d1_no_votes() {
    let none = file(
        "vote_type;approval",
        "project_id;cost\na;60",
        "voter_id;vote",
    );
    assert_eq!(
        read(&none, &ReadOptions::strict())
            .unwrap()
            .election()
            .profile()
            .voters(),
        0
    );
    refused(
        "no section",
        none.split("VOTES").next().unwrap(),
        "missing-section",
    );
}

#[test]
fn d1_ballot_that_repeats_a_project() {
    let text = file(
        "vote_type;approval",
        "project_id;cost\n1;60\n2;60",
        "voter_id;vote\n1;1,1,1,1,1\n2;2\n3;2\n4;2",
    );
    assert_eq!(strict_codes(&text), ["repeated-project"; 4]);
    let document = read(&text, &ReadOptions::lenient()).unwrap();
    assert_eq!(document.election().profile().mentions(), [1, 3]);
    assert_eq!(codes(document.warnings()), ["repeated-project"; 4]);
}

#[test]
fn d1_two_budgets() {
    refused(
        "two budgets",
        &with_cost("60").replace("budget;100\n", "budget;100\nbudget;100000\n"),
        "repeated-key",
    );
}

#[test]
fn d1_cut_inside_the_last_line() {
    let text = file(
        "vote_type;approval",
        "project_id;cost\n1;60\n2;60",
        "voter_id;vote\n1;1\n2;2",
    );
    let cut = text.trim_end().strip_suffix('2').unwrap();
    for options in [ReadOptions::strict(), ReadOptions::lenient()] {
        assert!(codes(read(cut, &options).unwrap().warnings()).contains(&"blank-ballot"));
        assert!(codes(read(cut, &options).unwrap().warnings()).contains(&"maybe-cut"));
    }
    refused(
        "without the separator",
        cut.strip_suffix(';').unwrap(),
        "row-width",
    );
}

#[test]
fn d1_counts_and_lengths_that_contradict_the_votes() {
    refused(
        "num_votes",
        &with_vote("1").replace("num_votes;2", "num_votes;4"),
        "count-mismatch",
    );
    refused(
        "num_projects",
        &with_vote("1").replace("num_projects;2", "num_projects;1"),
        "count-mismatch",
    );
    let long = with_vote("1,2").replace("vote_type", "max_length;1\nvote_type");
    assert_eq!(strict_codes(&long), ["above-limit"]);
    assert_eq!(
        codes(read(&long, &ReadOptions::lenient()).unwrap().warnings()),
        ["above-limit"]
    );
    refused(
        "choose-1",
        &with_vote("1,2").replace(";approval", ";choose-1"),
        "not-one-choice",
    );
}

#[test]
fn d1_voters_that_differ_in_form_only() {
    for (first, second) in [("V1", "v1"), ("e\u{301}va", "\u{e9}va")] {
        let text = file(
            "vote_type;approval",
            "project_id;cost\n1;6",
            &format!("voter_id;vote\n{first};1\n{second};1"),
        );
        let document = read(&text, &ReadOptions::strict()).unwrap();
        assert_eq!(codes(document.warnings()), ["look-alike-voters"]);
        assert_eq!(document.election().profile().voters(), 2);
    }
}

#[test]
fn d1_projects_after_the_votes() {
    refused(
        "second PROJECTS",
        &(with_vote("1") + "PROJECTS\nproject_id;cost\n3;5\n"),
        "repeated-section",
    );
}

#[test]
fn d1_project_twice_with_another_cost() {
    refused(
        "twice",
        &file(
            "vote_type;approval",
            "project_id;cost\n1;60\n1;5",
            "voter_id;vote\n1;1",
        ),
        "repeated-project-id",
    );
}

#[test]
fn d1_votes_that_name_what_does_not_exist() {
    for vote in [
        "3", "1,3", "1,,2", "1,", ",1", "1;2", "1, 2", "none", "1.0", "01", "+1",
    ] {
        assert!(!strict_codes(&with_vote(vote)).is_empty(), "{vote}");
        assert!(!lenient_codes(&with_vote(vote)).is_empty(), "{vote}");
    }
    for (votes, points) in [("1,2", "3"), ("1", "3,4"), ("1", ""), ("", "3")] {
        refused(
            votes,
            &file(
                "vote_type;cumulative",
                "project_id;cost\n1;6\n2;6",
                &format!("voter_id;vote;points\n1;{votes};{points}"),
            ),
            "points-count",
        );
    }
}
