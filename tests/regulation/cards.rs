//! The regulation cards of `examples/regulations/cards/`: each key says where it is from, each card reads, runs on a
//! synthetic election of its shape and closes its journal.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use quartier::election::{Ballot, BallotKind, Election, Project, ProposerKind, Verdict};
use quartier::exact::Ratio;
use quartier::record::{About, Decision, DecisionKind};
use quartier::regulation::{Applied, Regulation};

use crate::helpers::{area, closes, document};

/// The cards and how many of their keys have a source; all others are assumptions.
const CARDS: [(&str, usize); 15] = [
    ("amsterdam-west-2021", 10),
    ("gdynia-2020", 12),
    ("gers-bpg2", 15),
    ("krakow-2019", 14),
    ("lodz-2020", 15),
    ("lodz-2022", 15),
    ("lyon-2022", 12),
    ("metz-2014", 9),
    ("poznan-2023", 14),
    ("rennes-2021", 10),
    ("strasbourg-season-1", 9),
    ("strasbourg-seed-one-pot", 17),
    ("strasbourg-seed-quartier-pots", 16),
    ("toulouse-2022", 15),
    ("warsaw-2020", 8),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/regulations/cards")
}

fn card(name: &str) -> (String, Regulation) {
    let text = fs::read_to_string(folder().join(format!("{name}.toml"))).unwrap();
    let regulation = Regulation::read(&document(&text));
    let regulation = regulation.unwrap_or_else(|faults| panic!("{name}: {faults}"));
    (text, regulation)
}

#[test]
fn every_key_of_every_card_says_where_it_is_from() {
    let mut files: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    files.sort();
    assert_eq!(files, CARDS.map(|(name, _)| name));
    let mut counted = Vec::new();
    for (name, _) in CARDS {
        let (text, _) = card(name);
        let keys = text.lines().filter(|line| line.contains(" = "));
        let (mut sourced, mut assumed) = (0, 0);
        for line in keys.filter(|line| !line.starts_with('#')) {
            if line.contains("  # source: ") {
                sourced += 1;
            } else if line.contains("  # assumed: ") {
                assumed += 1;
            } else {
                panic!("{name}: `{line}` does not say where it is from");
            }
        }
        assert!(assumed > 0, "{name} claims that nothing is assumed");
        counted.push((name, sourced));
    }
    assert_eq!(counted, CARDS);
}

/// A city of four quartiers: `projects` projects, half of them local, of many costs, and `ballots` ballots.
fn city(regulation: &Regulation, projects: usize, ballots: usize) -> Election {
    let rules = regulation.ballots();
    let mut builder = Election::builder().budget(1).kind(rules.form.kind());
    let quartiers = ["a", "b", "c", "d"];
    for (at, id) in quartiers.iter().enumerate() {
        let people = u32::try_from(10_000 * (at + 1)).unwrap();
        builder = builder.area(
            area(id, people).attribute("surface", Ratio::from(u32::try_from(at + 2).unwrap())),
        );
    }
    let whole = regulation
        .law()
        .envelope
        .voted_for(&regulation.law().edition)
        .unwrap();
    let unit = whole.ten_thousandths() / 10_000 / 400;
    for at in 0..projects {
        let cost = unit * i128::try_from(1 + at * 7 % 23).unwrap();
        let mut project = Project::new(format!("p{at:03}"), u64::try_from(cost).unwrap())
            .proposed_by(ProposerKind::Resident)
            .delivered_within(12)
            .attested("general-interest", Verdict::Pass)
            .attested("feasible", Verdict::Pass);
        project
            .beneficiaries
            .push(if at % 5 == 0 { "youth" } else { "all" }.to_owned());
        if at % 3 != 0 {
            project = project.in_area(quartiers[at % 4]);
        }
        builder = builder.project(project);
    }
    let most = rules
        .bounds
        .max
        .map_or(4, |most| usize::try_from(most).unwrap().min(4))
        .min(projects);
    for at in 0..ballots {
        let mut named: Vec<String> = Vec::new();
        let mut next = at * at + at / 7;
        while named.len() < most {
            let id = format!("p{:03}", next % projects);
            next = next * 5 + 1 + named.len();
            if named.contains(&id) {
                next += 1;
            } else {
                named.push(id);
            }
        }
        builder = builder.ballot(match rules.form.kind() {
            BallotKind::Ranked => Ballot::ranked(named),
            _ => Ballot::approval(named),
        });
    }
    builder.build().unwrap()
}

/// What a committee would decide, where people decide.
fn decisions(regulation: &Regulation) -> Vec<Decision> {
    let by_people = regulation
        .law()
        .stages
        .iter()
        .any(|stage| matches!(stage.method, quartier::law::Method::ByDecision));
    let award = |id: &str| {
        Decision::new(
            DecisionKind::Award,
            About::Project(id.to_owned()),
            "comité tripartite",
            "synthetic",
        )
    };
    if by_people {
        vec![award("p001"), award("p002")]
    } else {
        Vec::new()
    }
}

#[test]
fn every_card_runs_and_closes_its_journal() {
    for (name, _) in CARDS {
        let (_, regulation) = card(name);
        let election = city(&regulation, 40, 400);
        let applied = regulation.apply(&election, &decisions(&regulation));
        let Ok(Applied::Decided(edition)) = applied else {
            panic!("{name}: {applied:?}");
        };
        assert!(closes(&edition), "{name}");
        assert!(!edition.awards.is_empty(), "{name} funds nothing");
        assert_eq!(
            edition
                .awards
                .iter()
                .map(|paid| &paid.project)
                .collect::<std::collections::BTreeSet<_>>()
                .len()
                + edition.refused.len(),
            40,
            "{name}"
        );
    }
}

/// Applying any card to 300 projects and 100,000 ballots takes well under a second. `QUARTIER_LONG=1`, in release.
#[test]
fn a_card_applies_in_well_under_a_second() {
    if !std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1") {
        return;
    }
    for (name, _) in CARDS {
        let (_, regulation) = card(name);
        let election = city(&regulation, 300, 100_000);
        let begun = Instant::now();
        let applied = regulation.apply(&election, &decisions(&regulation));
        let took = begun.elapsed();
        assert!(
            matches!(applied, Ok(Applied::Decided(_))),
            "{name}: {applied:?}"
        );
        println!("{name}: {took:?}");
        assert!(
            cfg!(debug_assertions) || took.as_millis() < 1_000,
            "{name}: {took:?}"
        );
    }
}
