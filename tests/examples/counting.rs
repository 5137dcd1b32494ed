//! What `count` counts.

use std::fs;

use crate::programs::{run, run_with};
use crate::{SAMPLE, SKIP, code, folder, json, path, sample};

#[test]
fn a_lot_is_asked_for_recorded_and_obeyed() {
    let folder = folder("lot");
    let args = ["--rule", SKIP, "--format", "json", SAMPLE];
    let open = run("count", args);
    assert_eq!(code(&open), 3);
    let line = json(&open);
    assert_eq!(
        (&line["status"], &line["stage"]),
        (&"lot-required".into(), &"vote".into())
    );
    assert_eq!(line["tied"], serde_json::json!(["8", "9"]));
    assert_eq!(line["official"]["agrees"], "up-to-ties");
    let toml = r#"
        [[decision]]
        kind = "lot"
        about = "stage:vote"
        value = ["9", "8"]
        by = "the mayor"
        justification = "drawn in public"
    "#;
    let json_file = r#"{"decision":[{"kind":"lot","about":"stage:vote","value":["8","9"],"by":"the mayor","justification":"drawn"}]}"#;
    for (name, text, won, agrees) in [
        ("lot.toml", toml, "9", "up-to-ties"),
        ("lot.json", json_file, "8", "yes"),
    ] {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        let drawn = run(
            "count",
            [
                "--rule",
                SKIP,
                "--format",
                "json",
                "--decisions",
                path(&file),
                SAMPLE,
            ],
        );
        let line = json(&drawn);
        assert_eq!((code(&drawn), &line["status"]), (0, &"ok".into()), "{line}");
        assert_eq!(line["winners"].as_array().unwrap().last().unwrap(), won);
        assert_eq!(line["official"]["agrees"], agrees);
        assert_eq!(
            line["ties"],
            serde_json::json!([{"tied": ["8", "9"], "chosen": [won], "by": "recorded-lot"}])
        );
    }
    // The same file makes reproduce say yes.
    fs::write(
        folder.join("sample.toml"),
        toml.replace(r#"["9", "8"]"#, r#"["8", "9"]"#),
    )
    .unwrap();
    let line = json(&run(
        "reproduce",
        ["--format", "json", "--decisions", path(&folder), SAMPLE],
    ));
    assert_eq!(line["agrees"], "yes", "{line}");
}

/// A lot that was drawn before and names one of the two: the other's place in it is asked for, and nothing fails.
#[test]
fn a_lot_that_covers_a_part_of_the_tie_asks_for_the_rest() {
    let file = folder("lot-part").join("part.toml");
    let toml = r#"
        [[decision]]
        kind = "lot"
        about = "stage:vote"
        value = ["9", "1"]
        by = "the mayor"
        justification = "drawn in public"
    "#;
    fs::write(&file, toml).unwrap();
    let args = [
        "--rule",
        SKIP,
        "--format",
        "json",
        SAMPLE,
        "--decisions",
        path(&file),
    ];
    let asked = run("count", args);
    assert_eq!(code(&asked), 3);
    let line = json(&asked);
    assert_eq!(line["status"], "lot-required");
    assert_eq!(line["tied"], serde_json::json!(["8", "9"]));
    assert_eq!(line["drawn"], serde_json::json!(["9", "1"]));
}

#[test]
fn budget_ballots_and_all_outcomes() {
    let output = run(
        "count",
        [
            "--rule", SKIP, "--ties", "id", "--budget", "60000.50", "--format", "json", SAMPLE,
        ],
    );
    let line = json(&output);
    assert_eq!(
        (&line["budget"], &line["left"]),
        (&"60000.5".into(), &"0.5".into())
    );
    assert_eq!(
        (&line["winners"], &line["official"]["agrees"]),
        (&serde_json::json!(["1"]), &"no".into())
    );

    let ranked = [
        "--rule",
        SKIP,
        "--ties",
        "id",
        "--format",
        "json",
        "examples/data/ranked.pb",
    ];
    let line = json(&run("count", ranked.iter().chain(&["--as", "approval"])));
    assert_eq!(line["status"], "ok", "{line}");
    assert_eq!(line["winners"][0], "A2");

    let both = json(&run(
        "count",
        [
            "--rule",
            SKIP,
            "--all-ties",
            "2",
            "--format",
            "json",
            SAMPLE,
        ],
    ));
    assert_eq!(both["outcomes"].as_array().unwrap().len(), 2);
    assert_eq!(both["outcomes"][1]["awards"][0]["pot"], "budget");
    let too_many = json(&run(
        "count",
        [
            "--rule",
            SKIP,
            "--ties",
            "id",
            "--all-ties",
            "1",
            "--format",
            "json",
            SAMPLE,
        ],
    ));
    assert_eq!(
        (&too_many["outcomes"], &too_many["status"]),
        (&"too-many".into(), &"ok".into())
    );
    assert_eq!(both.get("winners"), None);
}

#[test]
fn a_rule_that_meta_does_not_give_is_never_guessed() {
    let text = sample();
    let cases = [
        ("unknown", 1, "cannot verify: unknown rule `unknown`"),
        (
            "equalshares/other",
            2,
            "rule not available yet: equalshares/other",
        ),
    ];
    for (rule, status, why) in cases {
        let changed = text.replace("rule;greedy-threshold", &format!("rule;{rule}"));
        let output = run_with(
            "count",
            ["--rule", "meta", "--ties", "id", "--format", "json", "-"],
            changed.as_bytes(),
        );
        let line = json(&output);
        assert_eq!(
            (code(&output), &line["status"], &line["rule"]),
            (status, &"error".into(), &rule.into())
        );
        assert!(line["error"].as_str().unwrap().contains(why), "{line}");
        assert_eq!(line["official"]["agrees"], "cannot-verify");
        let line = json(&run_with(
            "reproduce",
            ["--format", "json", "-"],
            changed.as_bytes(),
        ));
        assert_eq!(line["agrees"], "cannot-verify");
    }
    // Without a published selection there is nothing to compare with.
    let unpublished = text.replace(";selected\n", ";chosen\n");
    let line = json(&run_with(
        "count",
        [
            "--rule",
            SKIP,
            "--ties",
            "id",
            "--lenient",
            "--format",
            "json",
            "-",
        ],
        unpublished.as_bytes(),
    ));
    assert_eq!(
        (&line["status"], line.get("official")),
        (&"ok".into(), None)
    );
    let line = json(&run_with(
        "reproduce",
        ["--format", "json", "-"],
        unpublished.as_bytes(),
    ));
    assert_eq!(line["agrees"], "not-published");
}
