//! The public archive: every file is read, written, read again and recounted.
//!
//! The files are not part of the repository. Without the folder the test says so and passes, except in CI.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::too_many_lines,
    reason = "a test that panics is a test that fails"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use quartier::pabulib::{ControlColumn, Document, ReadOptions, controls, read, read_bytes, write};

/// The files of the archive, or `None` where it is not at hand.
fn archive() -> Option<Vec<(String, Vec<u8>)>> {
    let shared = std::env::var_os("QUARTIER_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let folder = shared.join("pabulib");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "{} is missing: set QUARTIER_SHARED",
            folder.display()
        );
        println!(
            "skipped: {} is not there, set QUARTIER_SHARED to the folder that holds pabulib/",
            folder.display()
        );
        return None;
    };
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "pb"))
        .collect();
    paths.sort();
    Some(
        paths
            .into_iter()
            .map(|path| {
                (
                    path.file_name().unwrap().to_string_lossy().into_owned(),
                    std::fs::read(&path).unwrap(),
                )
            })
            .collect(),
    )
}

fn lenient(name: &str, bytes: &[u8]) -> Document {
    read_bytes(bytes, &ReadOptions::lenient())
        .unwrap_or_else(|refused| panic!("{name} is refused leniently:\n{refused}"))
}

#[test]
fn every_file_is_read_and_strict_refuses_only_broken_ones() {
    let Some(files) = archive() else { return };
    let (mut refused, mut warned, mut codes) = (0, 0, BTreeMap::new());
    for (name, bytes) in &files {
        let document = lenient(name, bytes);
        assert!(!document.warnings().has_errors());
        warned += usize::from(!document.warnings().is_empty());
        let Err(found) = read_bytes(bytes, &ReadOptions::strict()) else {
            continue;
        };
        refused += 1;
        println!("strict refuses {name}:\n{found}");
        for error in found.errors() {
            assert!(error.place().line > 0, "{name}: {error}");
            *codes.entry(error.code()).or_insert(0) += 1;
        }
    }
    println!(
        "files {}: read leniently all, with warnings {warned}, refused by strict {refused} for {codes:?}",
        files.len()
    );
    assert!(
        codes.keys().all(|code| matches!(
            *code,
            "repeated-project" | "repeated-points" | "control-mismatch" | "text-after-quote"
        )),
        "{codes:?}"
    );
    assert_eq!(
        refused,
        files
            .iter()
            .filter(|(_, bytes)| repeats_a_project(bytes))
            .count()
    );
}

/// Does a vote name a project twice? Found in the plainest way, apart from the crate.
fn repeats_a_project(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap();
    let votes = text.split_once("\nVOTES").unwrap().1;
    votes.lines().skip(2).any(|line| {
        let mut projects: Vec<&str> = line.split(';').nth(1).unwrap_or("").split(',').collect();
        let named = projects.len();
        projects.sort_unstable();
        projects.dedup();
        projects.len() < named
    })
}

#[test]
fn what_was_written_is_an_equal_election() {
    let Some(files) = archive() else { return };
    for (name, bytes) in &files {
        let first = lenient(name, bytes);
        let written = write(&first);
        let second = read(&written, &ReadOptions::lenient())
            .unwrap_or_else(|refused| panic!("{name} as written is refused:\n{refused}"));
        assert!(
            first.election() == second.election(),
            "{name}: another election"
        );
        assert_eq!(first.meta(), second.meta(), "{name}");
        assert_eq!(first.projects(), second.projects(), "{name}");
        assert_eq!(first.vote_header(), second.vote_header(), "{name}");
        assert_eq!(first.selected(), second.selected(), "{name}");
        assert!(
            write(&second) == written,
            "{name}: other bytes the second time"
        );
    }
    println!(
        "files {}: written and read again, equal; written again, the same bytes",
        files.len()
    );
}

#[test]
fn every_votes_and_score_column_is_recounted() {
    let Some(files) = archive() else { return };
    let mut counts: BTreeMap<(ControlColumn, bool), usize> = BTreeMap::new();
    let (mut with_votes, mut with_score) = (0, 0);
    for (name, bytes) in &files {
        let document = lenient(name, bytes);
        with_votes += usize::from(document.published_votes().is_some());
        with_score += usize::from(document.published_scores().is_some());
        for total in controls(&document) {
            *counts.entry((total.column, total.agrees())).or_insert(0) += 1;
            if !total.agrees() {
                let id = document.election().instance().id_of(total.project);
                println!(
                    "{name}: {} of `{id}` says {}, recounted {}",
                    total.column.name(),
                    total.published,
                    total.recounted
                );
            }
        }
    }
    println!(
        "votes columns {with_votes}, score columns {with_score}; totals (column, agrees): {counts:?}"
    );
    assert_eq!(counts.get(&(ControlColumn::Score, false)), None);
    assert!(
        counts[&(ControlColumn::Votes, true)]
            > 50 * counts
                .get(&(ControlColumn::Votes, false))
                .copied()
                .unwrap_or(0)
    );
}
