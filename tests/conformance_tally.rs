//! The public archive, vote by vote through the tally: the same profile, the published sums, the same outcome.
//!
//! The files are not part of the repository. Without the folder the tests say so and pass, except in CI.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that meets the unexpected should stop"
)]

#[path = "common/shared.rs"]
mod shared;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use quartier::count::Count;
use quartier::election::{Area, BallotKind, Election, Instance, Profile};
use quartier::pabulib::{Document, ReadOptions, read_bytes};
use quartier::rules::Plan;
use quartier::tally::read::{
    ReadOptions as TableOptions, VotesCsv, attributes_of_election, read_projects_csv,
    votes_of_election, write_projects_csv, write_votes_csv,
};
use quartier::tally::{
    BallotForm, BallotRules, Blank, CastVote, Duplicates, Intake, Invalid, Role, Score, Tally,
    TiedRanks,
};
use rayon::prelude::*;

fn paths() -> Option<Vec<PathBuf>> {
    let folder = shared::folder()?.join("pabulib");
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|end| end == "pb"))
        .collect();
    paths.sort();
    Some(paths)
}

fn document(path: &Path) -> Document {
    read_bytes(&std::fs::read(path).unwrap(), &ReadOptions::lenient()).unwrap()
}

/// Rules that accept what the archive accepted: the form, any number of projects, every channel binding. Nobody votes
/// twice in these files, and if somebody did the tally would refuse to close.
fn rules(election: &Election) -> BallotRules {
    let form = match election.profile().kind() {
        BallotKind::Approval => BallotForm::Approval,
        BallotKind::Ranked => BallotForm::Ranked(TiedRanks::Refused),
        BallotKind::Points => BallotForm::Points,
        BallotKind::Grades => BallotForm::Grades(election.profile().scale().to_vec()),
        BallotKind::Signed => BallotForm::Signed,
    };
    let column = election
        .voters()
        .and_then(|voters| voters.column("voting_method"));
    let mut channels: BTreeSet<&str> = column
        .into_iter()
        .flat_map(quartier::election::Column::iter)
        .collect();
    channels.insert("");
    let channels = channels.into_iter().map(|channel| (channel, Role::Binding));
    BallotRules::new(
        form,
        Invalid::VOID,
        Duplicates::Refuse,
        Blank::Counts,
        channels,
    )
}

/// `Intake::new` refuses the unnamed channel, which the archive has where it does not say how people voted.
fn named(rules: &BallotRules) -> BallotRules {
    let mut named = rules.clone();
    named.channels.remove("");
    named.channels.insert("unknown".to_owned(), Role::Binding);
    named
}

fn tally(
    instance: &Instance,
    rules: &BallotRules,
    hand_on: impl FnOnce(&mut dyn FnMut(&CastVote<'_>)),
) -> Tally {
    let mut intake = Intake::new(instance, rules).unwrap();
    intake.source("votes", &[]);
    hand_on(&mut |vote| {
        let channel = if vote.channel.is_empty() {
            "unknown"
        } else {
            vote.channel
        };
        intake.cast(&CastVote {
            channel,
            attributes: &[],
            ..*vote
        });
    });
    intake.close().unwrap()
}

fn through_tally(election: &Election) -> Tally {
    let rules = named(&rules(election));
    tally(election.instance(), &rules, |sink| {
        votes_of_election(election, "votes", 0, sink);
    })
}

/// The score by which the archive publishes the sums of an election.
fn published(kind: BallotKind) -> Score {
    match kind {
        BallotKind::Points => Score::Points,
        BallotKind::Ranked => Score::Borda,
        _ => Score::Votes,
    }
}

/// The published sums that the tally was compared with, and those that differ.
#[derive(Default)]
struct Sums {
    scores: usize,
    votes: usize,
    other_votes: Vec<String>,
}

/// Compares the recount with the columns `score` and `votes` that the city published.
fn compare(name: &str, document: &Document, tally: &Tally) -> Sums {
    let election = tally.election().unwrap();
    let ids = || {
        let instance = document.election().instance();
        instance.projects().iter().map(|project| &project.id)
    };
    let mut sums = Sums::default();
    if let Some(published) = document.published_scores() {
        let recounted = self::published(election.profile().kind()).totals(&election);
        let recounted = recounted.unwrap();
        assert_eq!(recounted.len(), published.len());
        for ((id, recounted), published) in ids().zip(&recounted).zip(published) {
            assert_eq!(*recounted, published.to_ratio(), "{name}: score of `{id}`");
            sums.scores += 1;
        }
    }
    if let Some(published) = document.published_votes() {
        let recounted = tally.profile().mentions();
        assert_eq!(recounted.len(), published.len());
        for ((id, recounted), published) in ids().zip(recounted).zip(published) {
            sums.votes += 1;
            if recounted != *published {
                let told = format!("{name}: `{id}` has {published} published, {recounted} counted");
                sums.other_votes.push(told);
            }
        }
    }
    sums
}

/// Against what the cities published, not against another count of this crate. The published scores agree without exception;
/// of the `votes` columns, as few as the archive's own errors may differ, and each is printed.
#[test]
fn every_ranked_and_cumulative_election_is_recounted_exactly() {
    let Some(paths) = paths() else { return };
    let counted: Vec<_> = paths
        .into_par_iter()
        .filter_map(|path| {
            let document = document(&path);
            let election = document.election();
            if election.profile().kind() == BallotKind::Approval {
                return None;
            }
            let tally = through_tally(election);
            let name = path.display().to_string();
            assert_eq!(tally.profile(), election.profile(), "{name}");
            let total = tally.ledger().total();
            assert!(total.balances());
            assert_eq!(total.received, election.profile().voters());
            assert_eq!(total.received, total.accepted + total.blank, "{name}");
            Some((total.received, compare(&name, &document, &tally)))
        })
        .collect();
    let scores: usize = counted.iter().map(|(_, sums)| sums.scores).sum();
    let votes: usize = counted.iter().map(|(_, sums)| sums.votes).sum();
    let other: Vec<&String> = counted
        .iter()
        .flat_map(|(_, sums)| &sums.other_votes)
        .collect();
    println!(
        "{} ranked and cumulative elections, {} votes; {scores} published scores agree; of {votes} published votes {} differ",
        counted.len(),
        counted.iter().map(|(received, _)| received).sum::<u64>(),
        other.len()
    );
    for told in &other {
        println!("{told}");
    }
    assert!(counted.len() > 100, "{}", counted.len());
    assert!(scores > 1_000, "{scores}");
    assert!(votes > 50 * other.len(), "{other:?}");
}

/// What the exchange form holds of an election: its projects and votes as tables, its budget and limits.
fn exported(election: &Election) -> (String, String) {
    let projects = write_projects_csv(election.instance().projects()).unwrap();
    let mut votes: Vec<(String, String, String, quartier::Ballot, u64)> = Vec::new();
    let attributes = attributes_of_election(election);
    assert!(attributes.len() < 100);
    let mut lines = Vec::new();
    votes_of_election(election, "votes", 0, &mut |vote| {
        let quartier::tally::Content::Ballot(ballot) = vote.content else {
            return;
        };
        votes.push((
            vote.voter.to_owned(),
            vote.channel.to_owned(),
            vote.area.to_owned(),
            ballot.clone(),
            vote.count,
        ));
    });
    for (voter, channel, area, ballot, count) in &votes {
        lines.push(CastVote {
            voter,
            channel,
            area,
            count: *count,
            ..CastVote::new(quartier::tally::Content::Ballot(ballot))
        });
    }
    (projects, write_votes_csv(&[], lines).unwrap())
}

fn imported(election: &Election, projects: &str, votes: &str) -> Tally {
    let options = TableOptions::strict();
    let projects = read_projects_csv(projects.as_bytes(), "projects.csv", &options)
        .unwrap()
        .projects;
    let areas: BTreeSet<String> = projects
        .iter()
        .flat_map(|project| project.areas.clone())
        .collect();
    let original = election.instance();
    let mut builder = Instance::builder()
        .budget(original.budget())
        .limits(original.limits().clone())
        .zero_cost(original.zero_cost())
        .look_alikes(original.look_alikes());
    builder = areas
        .into_iter()
        .fold(builder, |builder, area| builder.area(Area::new(area)));
    builder = original
        .groups()
        .iter()
        .fold(builder, |builder, group| builder.group(group.clone()));
    let instance = projects
        .into_iter()
        .fold(builder, quartier::election::InstanceBuilder::project)
        .build()
        .unwrap();
    let rules = named(&rules(election));
    tally(&instance, &rules, |sink| {
        let votes = VotesCsv::open(votes.as_bytes(), "votes.csv", &options).unwrap();
        let read = votes.read(0, sink).unwrap();
        assert!(!read.diagnostics.has_errors(), "{}", read.diagnostics);
    })
}

fn winners(election: &Election) -> Vec<String> {
    let score = published(election.profile().kind());
    let plan: Plan = format!("greedy:score={score},misfit=skip").parse().unwrap();
    let counted = Count::of(election, &plan)
        .ties("more-votes,cheaper,id".parse().unwrap())
        .run()
        .unwrap();
    counted.outcome().unwrap().winners.clone()
}

#[test]
fn the_archive_as_tables_gives_the_same_outcome() {
    let Some(paths) = paths() else { return };
    let all = std::env::var_os("QUARTIER_LONG").is_some();
    let some: Vec<_> = paths
        .into_iter()
        .filter(|path| all || std::fs::metadata(path).unwrap().len() < 1_500_000)
        .enumerate()
        .filter(|(number, _)| all || number % 5 == 0)
        .map(|(_, path)| path)
        .collect();
    let compared: Vec<_> = some
        .into_par_iter()
        .filter_map(|path| {
            let document = document(&path);
            let election = document.election();
            // Relations between projects have no column: such elections travel as JSON.
            if election
                .instance()
                .projects()
                .iter()
                .any(|project| !project.relations.is_empty())
            {
                return None;
            }
            let (projects, votes) = exported(election);
            let tally = imported(election, &projects, &votes);
            let again = tally.election().unwrap();
            let again_profile: &Profile = again.profile();
            assert_eq!(again_profile, election.profile(), "{}", path.display());
            assert_eq!(winners(&again), winners(election), "{}", path.display());
            Some(election.profile().voters())
        })
        .collect();
    println!(
        "{} elections as tables, {} votes",
        compared.len(),
        compared.iter().sum::<u64>()
    );
    assert!(compared.len() >= 100, "{}", compared.len());
}
