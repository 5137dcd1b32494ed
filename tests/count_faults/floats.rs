//! F23: no floats anywhere in the crate but in `exact::certified`.

use std::path::{Path, PathBuf};

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The words of a program that are float types, comments apart.
fn float_words(text: &str) -> Vec<String> {
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""));
    let words = code.flat_map(|line| {
        line.split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    words
        .filter(|word| {
            ["f32", "f64"].iter().any(|float| {
                word == float
                    || word
                        .strip_suffix(float)
                        .is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
            })
        })
        .collect()
}

#[test]
fn f23_no_floats() {
    assert_eq!(
        float_words("let x: f64 = 1_f32; // f64\n/// an f64\nlet hf64 = 2f64;"),
        ["f64", "1_f32", "2f64"]
    );
    let files = rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(files.len() > 50, "only {} files were found", files.len());
    for file in files.iter().filter(|file| {
        !file
            .components()
            .any(|part| part.as_os_str() == "certified")
    }) {
        let found = float_words(&std::fs::read_to_string(file).unwrap());
        // A regulation's reader names the type of numbers with decimals once, to refuse them by their path.
        // So does the reader of votes in JSON.
        let names = ["law/value.rs", "read/json_text.rs"];
        let refuses = names.iter().any(|name| file.ends_with(name)) && found == ["f64"];
        assert!(
            found.is_empty() || refuses,
            "{} uses {found:?}",
            file.display()
        );
    }
}
