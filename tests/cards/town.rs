//! A synthetic town of a card's shape: areas, projects and votes, always the same.

use quartier::election::{
    Area, Election, Instance, InstanceBuilder, Money, Project, ProposerKind, Verdict,
};
use quartier::exact::Ratio;
use quartier::law::Law;
use quartier::regulation::Regulation;
use quartier::tally::{CastVote, Content, Intake, Role};

use crate::ballots::Voter;
use crate::card::{Card, Sheets};
use crate::dice::Dice;

/// How large a town is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    /// Projects in each area and in the city, times this.
    pub(crate) projects: u32,
    pub(crate) voters: u32,
}

pub(crate) const SMALL: Size = Size {
    projects: 1,
    voters: 10_000,
};

/// In which order everything is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Plain,
    Shuffled,
}

pub(crate) struct Town {
    areas: Vec<Area>,
    projects: Vec<Project>,
    /// The channel, the area and the text of each vote.
    votes: Vec<(String, String, String)>,
    budget: Money,
}

impl Town {
    pub(crate) fn of(card: &Card, regulation: &Regulation, size: Size) -> Town {
        Town::with(card, regulation, size, Dice::of(card.file))
    }

    /// Another town of the same shape.
    pub(crate) fn with(card: &Card, regulation: &Regulation, size: Size, mut dice: Dice) -> Town {
        let law = regulation.law();
        let ids = card.area_ids();
        let mut projects = Vec::new();
        for area in &ids {
            for number in 1..=card.local.0 * size.projects {
                let id = format!("{area}-{number}");
                projects.push(project(id, card.local, law, &mut dice).in_area(area));
            }
        }
        for number in 1..=card.city.0 * size.projects {
            projects.push(project(format!("city-{number}"), card.city, law, &mut dice));
        }
        let areas = ids
            .iter()
            .map(|id| area(id, &projects, &mut dice))
            .collect();
        let envelope = &law.envelope;
        let voted = envelope.voted_for(&law.edition).unwrap();
        let mut town = Town {
            areas,
            projects,
            votes: Vec::new(),
            budget: voted.checked_add(envelope.carried_in).unwrap(),
        };
        town.vote(card, regulation, size.voters, &mut dice);
        town
    }

    fn vote(&mut self, card: &Card, regulation: &Regulation, voters: u32, dice: &mut Dice) {
        let rules = regulation.ballots();
        let channels: Vec<&String> = rules.channels.keys().collect();
        for number in 0..voters {
            let home = self
                .areas
                .get(at(dice.below(self.areas.len().max(1).try_into().unwrap())));
            let home = home.map_or("", |area| &area.id);
            let (local, city) = match card.sheets {
                Sheets::One => (true, true),
                Sheets::Apart => (number % 2 == 0, number % 2 == 1),
            };
            let choice: Vec<&Project> = self
                .projects
                .iter()
                .filter(|project| match project.areas.first() {
                    Some(area) => local && area == home,
                    None => city,
                })
                .collect();
            let voter = Voter {
                rules,
                budget: self.budget,
            };
            if let Some(text) = voter.ballot(&choice, dice) {
                let channel = channels[at(number) % channels.len()].clone();
                self.votes.push((channel, home.to_owned(), text));
            }
        }
    }

    /// The election that the card's own ballot rules make of the votes; every vote is valid by them.
    pub(crate) fn election(&self, regulation: &Regulation, order: Order) -> Election {
        let (mut areas, mut projects) = (self.areas.clone(), self.projects.clone());
        let mut votes: Vec<&(String, String, String)> = self.votes.iter().collect();
        if order == Order::Shuffled {
            let mut dice = Dice::of("another order");
            dice.shuffle(&mut areas);
            dice.shuffle(&mut projects);
            dice.shuffle(&mut votes);
        }
        let instance = Instance::builder()
            .currency(&regulation.law().envelope.currency)
            .budget(self.budget);
        let instance = areas.into_iter().fold(instance, InstanceBuilder::area);
        let instance = projects
            .into_iter()
            .fold(instance, InstanceBuilder::project);
        let instance = instance.build().unwrap();
        let mut intake = Intake::new(&instance, regulation.ballots()).unwrap();
        for (channel, area, text) in votes {
            intake.cast(&CastVote {
                channel,
                area,
                ..CastVote::new(Content::Text(text))
            });
        }
        let tally = intake.close().unwrap();
        let total = tally.ledger().total();
        assert_eq!((total.accepted, total.voids()), (total.received, 0));
        let binding =
            |channel: &String| regulation.ballots().channels.get(channel) == Some(&Role::Binding);
        let expected = self
            .votes
            .iter()
            .filter(|(channel, ..)| binding(channel))
            .count();
        assert_eq!(tally.profile().voters(), u64::try_from(expected).unwrap());
        tally.election().unwrap()
    }

    pub(crate) fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The area where most of those registered voted, by the plain definition.
    pub(crate) fn of_highest_turnout(&self) -> &str {
        let turnout = |area: &&Area| {
            let voters = self.votes.iter().filter(|(_, home, _)| *home == area.id);
            let voters = i128::try_from(voters.count()).unwrap();
            let registered = &area.attributes["registered"];
            Ratio::from(voters).checked_div(registered).unwrap()
        };
        &self.areas.iter().max_by_key(turnout).unwrap().id
    }
}

fn at(number: u32) -> usize {
    usize::try_from(number).unwrap()
}

/// A project that the card may admit: one in ten fails a condition, if there are any.
fn project(id: String, (_, least, most): (u32, u32, u32), law: &Law, dice: &mut Dice) -> Project {
    // Many small projects and few large ones.
    let cost = dice.between(least, most).min(dice.between(least, most)) / 100 * 100;
    let cost = cost.max(least);
    let kinds = [
        ProposerKind::Resident,
        ProposerKind::Collective,
        ProposerKind::Association,
    ];
    let kind = kinds[at(dice.below(20).saturating_sub(17))].clone();
    let mut project = Project::new(id, cost)
        .proposed_by(kind)
        .delivered_within(dice.between(3, 25))
        .in_category(if cost <= 20_000 { "small" } else { "large" });
    let audience = if dice.below(4) == 0 { "youth" } else { "other" };
    project.beneficiaries.push(audience.to_owned());
    for condition in &law.eligibility.attested {
        let verdict = if dice.below(10) == 0 {
            Verdict::Fail
        } else {
            Verdict::Pass
        };
        project = project.attested(condition, verdict);
    }
    project
}

fn area(id: &str, projects: &[Project], dice: &mut Dice) -> Area {
    let own = projects
        .iter()
        .filter(|project| project.areas.iter().any(|area| area == id));
    let value = Money::checked_sum(own.map(|project| project.cost)).unwrap();
    Area::new(id)
        .attribute("population", Ratio::from(dice.between(8_000, 60_000)))
        .attribute("registered", Ratio::from(dice.between(6_000, 45_000)))
        .attribute("income-per-head", Ratio::from(dice.between(9_000, 30_000)))
        .attribute("surface", Ratio::from(dice.between(2, 40)))
        .attribute("value-of-admitted-projects", value.to_ratio())
}
