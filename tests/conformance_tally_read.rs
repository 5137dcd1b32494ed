//! Elections of the public archive, written as tables of votes and as grouped ballots, and read again: the ballots
//! are the same.
//!
//! The files are not part of the repository. Without the folder the test says so and passes, except in CI.
//! With `QUARTIER_LONG=1` all elections are taken, otherwise every seventh.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that panics is a test that fails"
)]

#[path = "common/shared.rs"]
mod shared;

use std::path::PathBuf;

use quartier::election::Election;
use quartier::pabulib;
use quartier::tally::grouped::GroupedBallots;
use quartier::tally::read::{
    ReadOptions, VotesCsv, attributes_of_election, read_projects_csv, votes_of_election,
    write_projects_csv, write_votes_csv,
};

fn files() -> Option<Vec<PathBuf>> {
    let folder = shared::folder()?.join("pabulib");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "pb"))
        .collect();
    files.sort();
    let step = if std::env::var_os("QUARTIER_LONG").is_some() {
        1
    } else {
        7
    };
    Some(files.into_iter().step_by(step).collect())
}

/// The election's votes as a table, each written by itself, since they are handed on one by one.
fn table_of(election: &Election, name: &str) -> Result<String, String> {
    let attributes = attributes_of_election(election);
    let mut text = write_votes_csv(&attributes, []).unwrap();
    let mut refused = None;
    votes_of_election(
        election,
        name,
        0,
        &mut |vote| match write_votes_csv(&attributes, [*vote]) {
            Ok(row) => text.extend(row.split_inclusive('\n').skip(1)),
            Err(error) => refused = Some(error.to_string()),
        },
    );
    refused.map_or(Ok(text), Err)
}

#[test]
fn votes_and_grouped_ballots_read_back() {
    let Some(files) = files() else { return };
    let (mut done, mut votes, mut refused) = (0_u32, 0_u64, Vec::new());
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let options = pabulib::ReadOptions::lenient();
        let election = pabulib::read_bytes(&bytes, &options)
            .unwrap()
            .into_election();
        let text = match table_of(&election, &name) {
            Ok(text) => text,
            Err(why) => {
                refused.push(format!("{name}: {why}"));
                continue;
            }
        };
        let table = VotesCsv::open(text.as_bytes(), &name, &ReadOptions::strict()).unwrap();
        let read = table.read(0, &mut |_| {}).unwrap();
        assert!(!read.diagnostics.has_errors(), "{}", read.diagnostics);
        assert_eq!(read.votes, election.profile().voters(), "{name}");
        // The table of votes is a table of grouped ballots too, each cast once.
        let (profile, kind) = (election.profile(), election.profile().kind());
        let scale: Vec<&str> = profile.scale().iter().map(String::as_str).collect();
        let strict = ReadOptions::strict();
        let (grouped, _) = GroupedBallots::read_csv(text.as_bytes(), &name, kind, &strict).unwrap();
        assert_eq!(
            &grouped.to_profile(election.instance(), &scale).unwrap(),
            profile,
            "{name}"
        );
        let exchanged = grouped.to_csv().unwrap();
        let (again, found) =
            GroupedBallots::read_csv(exchanged.as_bytes(), &name, kind, &strict).unwrap();
        assert!(found.is_empty() && again == grouped, "{name}");
        done += 1;
        votes += read.votes;
    }
    println!("{done} elections with {votes} votes; not written: {refused:?}");
    assert!(done > 90 && refused.len() < 10, "{done}: {refused:?}");
}

#[test]
fn projects_read_back() {
    let Some(files) = files() else { return };
    let (mut done, mut refused) = (0_u32, Vec::new());
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        let options = pabulib::ReadOptions::lenient();
        let election = pabulib::read_bytes(&bytes, &options)
            .unwrap()
            .into_election();
        let mut projects = election.instance().projects().to_vec();
        projects.sort_by_key(|project| project.position);
        match write_projects_csv(&projects) {
            Ok(text) => {
                let read = read_projects_csv(text.as_bytes(), "x", &ReadOptions::strict()).unwrap();
                assert_eq!(read.projects, projects, "{}", path.display());
                done += 1;
            }
            Err(error) => refused.push(format!("{}: {error}", path.display())),
        }
    }
    println!("projects of {done} elections; not written: {refused:?}");
    assert!(done > 90 && refused.len() < 10, "{done}: {refused:?}");
}
