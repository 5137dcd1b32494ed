//! Every card decides a town of its shape: its books close, and the order of writing changes nothing.

use std::collections::BTreeMap;

use quartier::election::{Election, Project, Verdict};
use quartier::law::Method;
use quartier::record::{About, Decision, DecisionKind, DecisionValue};
use quartier::regulation::{Applied, ApplyError, Edition, Regulation};

use crate::books;
use crate::card::{CARDS, Card};
use crate::dice::Dice;
use crate::town::{Order, SMALL, Size, Town};

/// What a committee decides where the card leaves it to people: the cheapest feasible project of every area.
pub(crate) fn committee(regulation: &Regulation, town: &Town) -> Vec<Decision> {
    let by_people = |method: &Method| matches!(method, Method::ByDecision);
    if !regulation
        .law()
        .stages
        .iter()
        .any(|stage| by_people(&stage.method))
    {
        return Vec::new();
    }
    let feasible = |project: &&Project| {
        project.delivery_months.is_some_and(|months| months <= 24)
            && project
                .attestations
                .values()
                .all(|found| found.verdict == Verdict::Pass)
    };
    let mut chosen: Vec<&Project> = town.projects().iter().filter(feasible).collect();
    chosen.sort_by_key(|project| (project.areas.clone(), project.cost, project.id.clone()));
    chosen.dedup_by_key(|project| project.areas.clone());
    let award = |project: &Project| {
        Decision::new(
            DecisionKind::Award,
            About::Project(project.id.clone()),
            "committee",
            "session of 3 June",
        )
    };
    chosen.into_iter().map(award).collect()
}

/// The edition, and how many lots were asked for; those tied stand in the order of ids in the lot that is drawn.
pub(crate) fn decided(
    regulation: &Regulation,
    election: &Election,
    decisions: &[Decision],
) -> (Edition, usize) {
    let name = &regulation.law().name;
    let mut lots: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for drawn in 0..500 {
        let recorded = lots.iter().map(|(stage, order)| {
            let about = About::Stage(stage.clone());
            Decision::new(DecisionKind::Lot, about, "mayor", "drawn in public")
                .value(DecisionValue::Order(order.clone()))
        });
        let all: Vec<Decision> = decisions.iter().cloned().chain(recorded).collect();
        match regulation.apply(election, &all) {
            Ok(Applied::Decided(edition)) => return (*edition, drawn),
            Ok(Applied::LotRequired(mut lot)) => {
                let order = lots.entry(lot.stage).or_default();
                lot.tied.retain(|id| !order.contains(id));
                assert!(!lot.tied.is_empty(), "{name}: the lot was drawn before");
                order.extend(lot.tied);
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    panic!("{name}: the lots never end")
}

pub(crate) fn edition(card: &Card, order: Order) -> Edition {
    let regulation = card.regulation();
    let town = Town::of(card, &regulation, SMALL);
    let decisions = committee(&regulation, &town);
    decided(&regulation, &town.election(&regulation, order), &decisions).0
}

#[test]
fn every_card_decides_a_town_of_its_shape_and_closes_its_books() {
    for card in &CARDS {
        let edition = edition(card, Order::Plain);
        books::check(card.file, &edition);
        assert!(
            edition.winners().len() > 5,
            "{}: {:?}",
            card.file,
            edition.winners()
        );
        assert!(!edition.refused.is_empty(), "{}: everybody won", card.file);
        assert!(
            edition.stages.iter().all(|stage| stage.candidates > 0),
            "{}: {:?}",
            card.file,
            edition.stages
        );
        println!(
            "{}: {} winners, {} of {} funded, {} transfers",
            card.file,
            edition.winners().len(),
            edition.envelope.funded,
            edition.envelope.voted,
            edition.redistributed.len()
        );
    }
}

/// A committee that is told that a project costs more than its pot holds takes it back.
fn within_pots(
    regulation: &Regulation,
    election: &Election,
    mut decisions: Vec<Decision>,
) -> Vec<Decision> {
    while let Err(ApplyError::Decision { number, why }) = regulation.apply(election, &decisions) {
        assert!(why.contains("more than was left"), "{why}");
        decisions.remove(number - 1);
    }
    decisions
}

/// Many towns of each shape, each with few voters, so that thresholds bite, pots run dry and much is tied.
#[test]
fn every_card_decides_many_towns_and_closes_its_books() {
    let long = std::env::var("QUARTIER_LONG").is_ok_and(|value| value == "1");
    let (mut towns, mut drawn, mut unmet) = (0, 0, 0);
    for card in &CARDS {
        let regulation = card.regulation();
        for number in 0..if long { 20 } else { 5 } {
            let size = Size {
                projects: 1,
                voters: 40 << (number % 7),
            };
            let dice = Dice::of(&format!("{} {number}", card.file));
            let town = Town::with(card, &regulation, size, dice);
            let election = town.election(&regulation, Order::Plain);
            let decisions = within_pots(&regulation, &election, committee(&regulation, &town));
            let (edition, lots) = decided(&regulation, &election, &decisions);
            books::check(card.file, &edition);
            for paid in &edition.awards {
                let project = election.instance().find(&paid.project).unwrap();
                let cost = election.instance().cost_of(project);
                assert!(
                    edition.received(&paid.project) <= cost,
                    "{}: {}",
                    card.file,
                    paid.project
                );
            }
            towns += 1;
            drawn += usize::from(lots > 0);
            unmet += edition.unmet.len();
        }
    }
    println!("{towns} towns, {drawn} with a lot, {unmet} guarantees unmet with their reason");
    assert!(drawn > 0 && unmet > 0);
}

#[test]
fn the_order_of_writing_changes_no_byte_and_neither_does_a_second_run() {
    for card in &CARDS {
        let bytes = |order| serde_json::to_string(&edition(card, order)).unwrap();
        let first = bytes(Order::Plain);
        assert_eq!(first, bytes(Order::Plain), "{}", card.file);
        assert_eq!(first, bytes(Order::Shuffled), "{}", card.file);
    }
}
