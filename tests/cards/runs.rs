//! Every card decides a town of its shape: its books close, and the order of writing changes nothing.

use quartier::election::{Election, Project};
use quartier::law::Method;
use quartier::record::{About, Decision, DecisionKind, DecisionValue};
use quartier::regulation::{Applied, Edition, Regulation};

use crate::books;
use crate::card::{CARDS, Card};
use crate::town::{Order, SMALL, Town};

/// What a committee decides where the card leaves it to people: the cheapest feasible project of every area.
fn committee(regulation: &Regulation, town: &Town) -> Vec<Decision> {
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
                .all(|found| found.verdict == quartier::election::Verdict::Pass)
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

/// The edition; ties that nothing settles are settled by lots, in the order of ids, one after another.
pub(crate) fn decided(
    regulation: &Regulation,
    election: &Election,
    decisions: &[Decision],
) -> (Edition, usize) {
    let mut decisions = decisions.to_vec();
    let (mut stages, mut drawn): (Vec<(String, Vec<String>)>, usize) = (Vec::new(), 0);
    loop {
        let lots = stages.iter().map(|(stage, order)| {
            let about = About::Stage(stage.clone());
            Decision::new(DecisionKind::Lot, about, "mayor", "drawn in public")
                .value(DecisionValue::Order(order.clone()))
        });
        let all: Vec<Decision> = decisions.iter().cloned().chain(lots).collect();
        let applied = regulation.apply(election, &all);
        match applied.unwrap_or_else(|error| panic!("{}: {error}", regulation.law().name)) {
            Applied::Decided(edition) => return (*edition, drawn),
            Applied::LotRequired(lot) => {
                drawn += 1;
                assert!(drawn < 500, "{}: {lot:?}", regulation.law().name);
                match stages.iter_mut().find(|(stage, _)| *stage == lot.stage) {
                    Some((_, order)) => {
                        let new = lot.tied.into_iter().filter(|id| !order.contains(id));
                        let new: Vec<String> = new.collect();
                        order.extend(new);
                    }
                    None => stages.push((lot.stage, lot.tied)),
                }
            }
            other => panic!("{other:?}"),
        }
        decisions.shrink_to_fit();
    }
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

#[test]
fn the_order_of_writing_changes_no_byte_and_neither_does_a_second_run() {
    for card in &CARDS {
        let bytes = |order| serde_json::to_string(&edition(card, order)).unwrap();
        let first = bytes(Order::Plain);
        assert_eq!(first, bytes(Order::Plain), "{}", card.file);
        assert_eq!(first, bytes(Order::Shuffled), "{}", card.file);
    }
}
