//! Towns of a few quartiers: who lives where, and what is where.

use proptest::prelude::*;
use quartier::election::{
    Area, Ballot, BallotKind, Column, Election, Instance, ProfileBuilder, Project, VoterClass,
    Voters, ZeroCost,
};
use quartier::regulation::Edition;

use crate::common::strategies::{Extras, elections};
use crate::common::{Case, IDS, endowment_of, weight_of};
use crate::helpers::{edition, law};

pub(crate) const AREAS: [&str; 3] = ["a", "b", "c"];

/// The rules with purses or loads that fund in full.
pub(crate) const RULES: [&str; 13] = [
    "equal-shares:utility=cost",
    "equal-shares:utility=cardinality",
    "equal-shares:utility=cost,completion=add1",
    "equal-shares:utility=cost,completion=add1-until-exhaustive",
    "equal-shares:utility=cost,completion=phragmen,misfit=stop",
    "equal-shares:utility=cardinality,completion=phragmen,misfit=skip",
    "phragmen:misfit=stop",
    "phragmen:misfit=skip",
    "maximin-support",
    "exact-equal-shares:utility=cardinality",
    "exact-equal-shares:utility=cost,completion=add-opt",
    "bos:utility=cardinality",
    "bos-plus:utility=cardinality",
];

/// A small election of whole units, with the quartier of each project and of each voter.
#[derive(Debug, Clone)]
pub(crate) struct Town {
    pub(crate) case: Case,
    /// None for a city-wide project.
    pub(crate) place: Vec<Option<usize>>,
    /// In the order of the case's voters.
    pub(crate) home: Vec<usize>,
}

pub(crate) fn towns(extras: Extras) -> impl Strategy<Value = Town> {
    let case = elections(&[BallotKind::Approval], extras);
    let places = prop::collection::vec(prop::option::weighted(0.8, 0..AREAS.len()), 6);
    let homes = prop::collection::vec(0..AREAS.len(), 6);
    (case, places, homes).prop_map(|(mut case, place, home)| {
        // A regulation counts in whole units, and a case in quarters.
        case.budget = (case.budget + 1) * 4;
        case.projects
            .iter_mut()
            .for_each(|project| project.cost *= 4);
        (case.granularity, case.max_length) = (None, None);
        Town { case, place, home }
    })
}

impl Town {
    /// The election; every voter says where they live.
    pub(crate) fn election(&self) -> Election {
        let plain = self.case.election();
        let instance = plain.instance();
        let mut builder = Instance::builder()
            .budget(instance.budget())
            .zero_cost(ZeroCost::Allowed);
        for area in AREAS {
            builder = builder.area(Area::new(area));
        }
        for (project, place) in instance.projects().iter().zip(&self.place) {
            let mut project = project.clone();
            project.areas = place.iter().map(|&area| AREAS[area].to_owned()).collect();
            builder = builder.project(project);
        }
        for group in instance.groups() {
            builder = builder.group(group.clone());
        }
        let rows: Vec<Row<'_>> = self
            .case
            .voters
            .iter()
            .zip(&self.home)
            .map(|(voter, &home)| {
                let ballot = self.case.ballot(&voter.marks, &IDS);
                let class = VoterClass {
                    weight: weight_of(voter.class),
                    endowment: endowment_of(&self.case, voter.class),
                };
                (ballot, voter.count, AREAS[home], class)
            })
            .collect();
        housed(&builder.build().unwrap(), &rows, "area")
    }

    /// What a regulation with this money, these pots and limits decides by a rule.
    pub(crate) fn decide(
        &self,
        voted: u32,
        pots: &str,
        rest: &str,
        rule: &str,
        ties: &str,
    ) -> Edition {
        let text = law(
            &voted.to_string(),
            "",
            &[pots, rest, &stage(pots, rule, ties)].concat(),
        );
        edition(&text, &self.election(), &[])
    }
}

/// One stage on all pots, by this rule, leftovers going back.
pub(crate) fn stage(pots: &str, rule: &str, ties: &str) -> String {
    let ids: Vec<String> = pots
        .lines()
        .filter_map(|line| Some(line.strip_prefix("id = ")?.to_owned()))
        .collect();
    let ties: Vec<String> = ties.split(',').map(|word| format!("\"{word}\"")).collect();
    format!(
        "[[stage]]\nid = \"vote\"\npots = [{}]\nrule = \"{rule}\"\nties = [{}]\nguarantee = \"none\"\n\
         [[redistribute]]\nfrom = [\"unspent\", \"stopped\", \"threshold\", \"withdrawn\"]\nmode = \"continue\"\nclaims = []\nrest = \"treasury\"\n",
        ids.join(", "),
        ties.join(", ")
    )
}

/// An approval ballot, how many cast it, where they live, and how they count.
pub(crate) type Row<'a> = (Ballot, u64, &'a str, VoterClass);

/// The same projects with these ballots.
pub(crate) fn housed(instance: &Instance, rows: &[Row<'_>], column: &str) -> Election {
    let mut builder = ProfileBuilder::new(instance, BallotKind::Approval);
    let mut places: Vec<(u32, u64, &str)> = Vec::new();
    for (ballot, count, home, class) in rows {
        let Ballot::Approval(ids) = ballot else {
            panic!("{ballot:?}");
        };
        let mut entries: Vec<_> = ids
            .iter()
            .map(|id| quartier::election::Entry {
                project: instance.find(id).unwrap(),
                weight: 0,
            })
            .collect();
        let class = builder.class(class).unwrap();
        let row = builder.push(&mut entries, class, *count).unwrap();
        places.push((row, *count, home));
    }
    let (profile, map) = builder.finish();
    let (mut ids, mut homes, mut ballots) = (Column::new(), Column::new(), Vec::new());
    for (row, count, home) in places {
        for _ in 0..count {
            ids.push(&(ballots.len() + 1).to_string()).unwrap();
            homes.push(home).unwrap();
            ballots.push(map[row as usize]);
        }
    }
    let voters = Voters::new(ids, ballots, vec![(column.to_owned(), homes)]).unwrap();
    Election::new(instance.clone(), profile, Some(voters)).unwrap()
}

/// Projects as id, cost and quartiers, and ballots as home, projects and number.
pub(crate) fn town(
    projects: &[(&str, u32, &[&str])],
    ballots: &[(&str, &[&str], u64)],
) -> Election {
    let mut builder = Instance::builder().budget(1).zero_cost(ZeroCost::Allowed);
    for area in AREAS {
        builder = builder.area(Area::new(area));
    }
    for (id, cost, areas) in projects {
        let mut project = Project::new(*id, *cost);
        project.areas = areas.iter().map(|&area| area.to_owned()).collect();
        builder = builder.project(project);
    }
    let rows: Vec<Row<'_>> = ballots
        .iter()
        .map(|(home, ids, count)| {
            let ballot = Ballot::approval(ids.iter().copied());
            (ballot, *count, *home, VoterClass::default())
        })
        .collect();
    housed(&builder.build().unwrap(), &rows, "area")
}
