//! What is read: files, standard input, encodings, decisions.

use std::fs;

use serde_json::Value;

use crate::programs::{run, run_with};
use crate::{SAMPLE, SKIP, code, folder, json, path, sample, stderr, stdout};

#[test]
fn what_cannot_be_read_is_an_error_line() {
    let empty = folder("unreadable");
    for missing in ["no-such-file.pb", path(&empty)] {
        let output = run("count", ["--rule", SKIP, "--format", "json", missing]);
        let line = json(&output);
        assert_eq!(
            (code(&output), &line["status"]),
            (1, &"error".into()),
            "{line}"
        );
        assert_eq!(line["diagnostics"], Value::Array(Vec::new()));
        assert!(line["error"].as_str().unwrap().contains(missing), "{line}");
        assert_eq!(code(&run("check", [missing])), 1);
        let output = run("reproduce", [missing]);
        assert!(
            code(&output) == 1 && stdout(&output).contains("errors 1"),
            "{}",
            stdout(&output)
        );
    }
}

#[test]
fn standard_input_and_encodings_give_the_same_count() {
    let args = ["--rule", SKIP, "--ties", "id", "--format", "json"];
    let text = sample();
    let mut expected = json(&run("count", args.iter().chain(&[SAMPLE])));
    expected["file"] = "-".into();
    let with_mark = format!("\u{feff}{text}");
    let lines = text.replace('\n', "\r\n");
    for input in [&text, &with_mark, &lines] {
        assert_eq!(
            json(&run_with(
                "count",
                args.iter().chain(&["-"]),
                input.as_bytes()
            )),
            expected
        );
    }
    // Of these the first 256 characters of Unicode have the same numbers in windows-1252.
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    assert_ne!(
        bytes.len(),
        text.len(),
        "the sample has no letter beyond ASCII"
    );
    let read = run_with(
        "count",
        args.iter().chain(&["--encoding", "windows-1252", "-"]),
        &bytes,
    );
    assert_eq!(json(&read), expected);
    let named = run_with(
        "count",
        [
            "--rule",
            SKIP,
            "--ties",
            "id",
            "--encoding",
            "windows-1252",
            "-",
        ],
        &bytes,
    );
    assert!(stdout(&named).contains("Repair café"), "{}", stdout(&named));
    let refused = run_with("count", args.iter().chain(&["-"]), &bytes);
    assert_eq!(
        (code(&refused), &json(&refused)["diagnostics"][0]["code"]),
        (1, &"not-utf8".into())
    );
    assert_eq!(code(&run_with("check", ["-"], &bytes)), 1);
}

#[test]
fn faulty_decisions_say_where() {
    let folder = folder("decisions");
    let cases = [
        ("syntax.toml", "[[decision]]\nkind = lot\n", "line 2"),
        (
            "unknown.toml",
            "[[decision]]\nkind = \"bribe\"\nabout = \"project:1\"\n",
            "bribe",
        ),
        (
            "blank.toml",
            "[[decision]]\nkind = \"exclude\"\nabout = \"project:1\"\n",
            "decision 1",
        ),
        ("syntax.json", "{\"decision\":[}", "line 1 column"),
    ];
    for (name, text, place) in cases {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        let output = run(
            "count",
            ["--rule", SKIP, "--decisions", path(&file), SAMPLE],
        );
        assert_eq!(code(&output), 1, "{name}");
        assert!(
            stderr(&output).contains(name) && stderr(&output).contains(place),
            "{}",
            stderr(&output)
        );
    }
    let file = folder.join("nobody.toml");
    fs::write(&file, "[[decision]]\nkind = \"exclude\"\nabout = \"project:77\"\nby = \"a\"\njustification = \"b\"\n").unwrap();
    let output = run(
        "count",
        [
            "--rule",
            SKIP,
            "--ties",
            "id",
            "--format",
            "json",
            "--decisions",
            path(&file),
            SAMPLE,
        ],
    );
    assert_eq!(code(&output), 1);
    assert!(
        json(&output)["error"]
            .as_str()
            .unwrap()
            .contains("no project `77`"),
        "{}",
        stdout(&output)
    );
}
