//! The public archive's ranked elections by every ranking method, and Kraków's published scores.
//!
//! The files are not part of the repository. Without the folder the tests say so and pass, except in CI.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "reference/ranking/mod.rs"]
mod reference;
#[path = "common/shared.rs"]
mod shared;

use quartier::election::{BallotKind, Election, ProjectIx};
use quartier::exact::Ratio;
use quartier::pabulib::{Document, ReadOptions, read_bytes};
use quartier::tally::{InstantRunoff, Score};
use rayon::prelude::*;

use reference::{Ballot, Order, copeland, pairs, paths, runoff};

const RANKED: [&str; 10] = [
    "votes",
    "borda",
    "weights;3;2;1",
    "dowdall",
    "plurality",
    "veto",
    "copeland",
    "schulze",
    "ranked-pairs",
    "instant-runoff",
];

/// How many projects are compared along all paths.
const FEW: usize = 6;

/// The largest product of pairs and distinct ballots that voters are asked one by one about: `QUARTIER_LONG=1`
/// makes it enough for nearly all files.
fn asked() -> usize {
    let long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    if long { 20_000_000 } else { 1_000_000 }
}

/// The ranked elections of the archive.
fn ranked() -> Option<Vec<(String, Document)>> {
    let folder = shared::folder()?.join("pabulib");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "pb"))
        .collect();
    paths.sort();
    let documents = paths.into_par_iter().filter_map(|path| {
        let bytes = std::fs::read(&path).unwrap();
        if !bytes
            .windows(17)
            .take(4_000)
            .any(|window| window == b"vote_type;ordinal")
        {
            return None;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let document = read_bytes(&bytes, &ReadOptions::lenient())
            .unwrap_or_else(|error| panic!("{name}:\n{error}"));
        assert_eq!(
            document.election().profile().kind(),
            BallotKind::Ranked,
            "{name}"
        );
        Some((name, document))
    });
    Some(documents.collect())
}

/// For the slow references: the ballots as if only these projects were on them.
fn slow(election: &Election, among: &[ProjectIx]) -> Vec<Ballot> {
    let ballots = election.profile().ballots().map(|ballot| {
        let (mut tiers, mut last) = (Vec::new(), None);
        for entry in ballot.entries() {
            let Some(place) = among.iter().position(|&project| project == entry.project) else {
                continue;
            };
            if last != Some(entry.weight) {
                tiers.push(Vec::new());
                last = Some(entry.weight);
            }
            tiers.last_mut().unwrap().push(place);
        }
        (tiers, Ratio::from(ballot.count()))
    });
    ballots.collect()
}

fn order(election: &Election, method: &str, among: &[ProjectIx]) -> Order {
    let score: Score = method.parse().unwrap();
    let ranked = score
        .order_among(election, among)
        .unwrap_or_else(|error| panic!("{method}: {error}"));
    let place = |project: &ProjectIx| among.iter().position(|other| other == project).unwrap();
    ranked
        .groups()
        .iter()
        .map(|group| group.iter().map(place).collect())
        .collect()
}

/// Kraków: exactly three projects, 3, 2 and 1 points. Every published score is recounted.
#[test]
fn krakow_scores_are_recounted() {
    let Some(documents) = ranked() else { return };
    let score = Score::Weights("3;2;1".parse().unwrap());
    let (mut files, mut projects, mut voters) = (0, 0, 0);
    for (name, document) in documents.iter().filter(|(name, _)| name.contains("Krakow")) {
        let election = document.election();
        let published = document
            .published_scores()
            .unwrap_or_else(|| panic!("{name} has no scores"));
        for method in [&score, &Score::Borda] {
            let totals = method.totals(election).unwrap();
            assert_eq!(totals.len(), published.len());
            for ((project, total), published) in election
                .instance()
                .project_indices()
                .zip(&totals)
                .zip(published)
            {
                let id = election.instance().id_of(project);
                assert_eq!(*total, published.to_ratio(), "{name}: {method} of `{id}`");
            }
        }
        files += 1;
        projects += published.len();
        voters += election.profile().voters();
    }
    println!(
        "Kraków: {files} files, {voters} ballots, {projects} projects: every 3-2-1 sum is the published score"
    );
    assert!(
        files >= 50 && projects >= 700,
        "{files} files, {projects} projects"
    );
}

/// Every ranked election by every ranked method; those that are small enough, and six projects of every one, also
/// by the slow references.
#[test]
fn every_ranked_election_by_every_method() {
    let Some(documents) = ranked() else { return };
    let full: usize = documents
        .par_iter()
        .map(|(name, document)| usize::from(check(name, document.election())))
        .sum();
    println!(
        "{} ranked elections by {} methods without error; the {FEW} most voted projects of each, and {full} of them whole, agree with the references",
        documents.len(),
        RANKED.len()
    );
    assert!(
        documents.len() >= 60 && full >= 10,
        "{} {full}",
        documents.len()
    );
}

/// Says whether the whole election was small enough to ask every voter about every pair.
fn check(name: &str, election: &Election) -> bool {
    let all: Vec<ProjectIx> = election.instance().project_indices().collect();
    for method in RANKED {
        let mut seen = order(election, method, &all).concat();
        seen.sort_unstable();
        assert!(
            seen.into_iter().eq(0..all.len()),
            "{name}: {method} ranks every project once"
        );
    }
    let runoff = InstantRunoff::of(election).unwrap();
    for round in runoff.rounds() {
        let votes: Ratio = round.votes.iter().map(|(_, votes)| votes).sum();
        assert_eq!(
            votes + &round.exhausted,
            election.profile().total_weight(),
            "{name}: no vote is lost"
        );
    }
    let votes = Score::Votes.order(election).unwrap();
    let mut few: Vec<ProjectIx> = votes.groups().concat().into_iter().take(FEW).collect();
    few.sort_unstable();
    let ballots = slow(election, &few);
    assert_eq!(
        order(election, "schulze", &few),
        paths::schulze(few.len(), &ballots),
        "{name}"
    );
    assert_eq!(
        order(election, "ranked-pairs", &few),
        pairs::ranked_pairs(few.len(), &ballots),
        "{name}"
    );
    let ballots = slow(election, &all);
    if all.len() * all.len() * ballots.len() > asked() {
        return false;
    }
    assert_eq!(
        order(election, "copeland", &all),
        copeland(all.len(), &ballots),
        "{name}"
    );
    assert_eq!(
        order(election, "instant-runoff", &all),
        runoff::instant_runoff(all.len(), &ballots).0,
        "{name}"
    );
    true
}
