//! What each card promises shows in what it decides.

use std::collections::BTreeMap;

use quartier::election::{Ballot, BallotKind, Election, Money, Project, ProposerKind, Verdict};
use quartier::regulation::{AwardKind, Edition};

use crate::card::Card;
use crate::runs::{decided, edition};
use crate::town::{Order, SMALL, Town};

fn of(file: &str) -> Edition {
    edition(Card::named(file), Order::Plain)
}

fn money(units: u32) -> Money {
    Money::from(units)
}

fn opened(edition: &Edition, pot: &str) -> Money {
    edition
        .pot(pot)
        .unwrap_or_else(|| panic!("no pot {pot}"))
        .opened
}

fn kinds(edition: &Edition, kind: AwardKind) -> usize {
    edition
        .awards
        .iter()
        .filter(|paid| paid.kind == kind)
        .count()
}

/// Lyon: nine published amounts, one euro more than 10.5 M€; and the split that they come from, exact.
#[test]
fn published_amounts_are_taken_as_they_are() {
    let published = [
        605_850, 622_180, 2_063_992, 725_294, 1_016_423, 1_065_161, 1_645_860, 1_723_045, 1_032_196,
    ];
    assert_eq!(published.iter().sum::<u32>(), 10_500_001);
    let explicit = of("lyon-2022");
    for (number, amount) in (1..).zip(published) {
        assert_eq!(opened(&explicit, &format!("lyon-{number}")), money(amount));
    }
    assert_eq!(opened(&explicit, "city"), money(1_999_999));
    let split = of("lyon-2022-by-population");
    let parts = split
        .pots
        .iter()
        .filter(|pot| pot.pot.starts_with("arrondissements/"));
    let parts: Vec<Money> = parts.map(|pot| pot.opened).collect();
    assert_eq!(
        (parts.len(), Money::checked_sum(parts)),
        (9, Some(money(10_500_000)))
    );
    assert_eq!(opened(&split, "city"), money(2_000_000));
}

/// Gers: five pots that add up to the envelope, and a project of each size at the edge of its own.
#[test]
fn size_and_audience_decide_the_pot() {
    let cases = [
        ("a", "everybody", 5_000, "small"),
        ("b", "everybody", 5_001, "middle"),
        ("c", "everybody", 20_000, "middle"),
        ("d", "everybody", 20_001, "large"),
        ("e", "everybody", 50_000, "large"),
        ("f", "youth", 10_000, "youth-small"),
        ("g", "youth", 10_001, "youth-large"),
        ("h", "youth", 25_000, "youth-large"),
    ];
    let mut builder = Election::builder()
        .budget(1_000_000)
        .kind(BallotKind::Approval);
    for (id, audience, cost) in cases
        .iter()
        .map(|&(id, audience, cost, _)| (id, audience, cost))
        .chain([
            ("too-dear", "everybody", 50_001),
            ("too-dear-for-the-young", "youth", 25_001),
        ])
    {
        let mut project = Project::new(id, cost)
            .proposed_by(ProposerKind::Resident)
            .attested("no-winner-of-2018", Verdict::Pass);
        // Who is not for the young need not say for whom they are.
        if audience == "youth" {
            project.beneficiaries.push(audience.to_owned());
        }
        builder = builder.project(project).ballot(Ballot::approval([id]));
    }
    let election = builder.build().unwrap();
    let (edition, _) = decided(&Card::named("gers-2019").regulation(), &election, &[]);
    let paid: BTreeMap<&str, &str> = edition
        .awards
        .iter()
        .map(|paid| (paid.project.as_str(), paid.pot.as_str()))
        .collect();
    assert_eq!(
        paid,
        cases.iter().map(|&(id, _, _, pot)| (id, pot)).collect()
    );
    for id in ["too-dear", "too-dear-for-the-young"] {
        assert_eq!(
            edition.refusal(id).map(quartier::record::Reason::code),
            Some("no-pot")
        );
    }
    let amounts =
        ["youth-small", "youth-large", "small", "middle", "large"].map(|pot| opened(&edition, pot));
    assert_eq!(
        amounts,
        [50_000, 50_000, 150_000, 450_000, 300_000].map(money)
    );
    assert_eq!(Money::checked_sum(amounts), Some(edition.envelope.voted));
}

/// Toulouse: no quartier gets more than 300 000 in the first stage, and two projects come first.
#[test]
fn a_cap_is_not_a_pot() {
    let edition = of("toulouse-2022");
    let mut first: BTreeMap<&str, (Money, usize)> = BTreeMap::new();
    for paid in edition
        .awards
        .iter()
        .filter(|paid| paid.stage == "quartiers")
    {
        let (area, _) = paid.project.rsplit_once('-').unwrap();
        let (sum, projects) = first.entry(area).or_default();
        *sum = sum.checked_add(paid.amount).unwrap();
        *projects += 1;
    }
    assert_eq!(first.len(), 20);
    for (area, (sum, projects)) in &first {
        assert!(*sum <= money(300_000), "{area}: {sum}");
        let unmet = edition.unmet.iter().any(|unmet| unmet.group == *area);
        assert!(*projects >= 2 || unmet, "{area}: {projects} projects");
    }
    let later = edition
        .awards
        .iter()
        .filter(|paid| paid.stage == "whole-city");
    assert!(later.count() > 0 && kinds(&edition, AwardKind::Guarantee) >= 36);
    assert_eq!(
        edition
            .pots
            .iter()
            .filter(|pot| pot.pot != "envelope")
            .count(),
        1
    );
}

/// Rennes: the two best of each quartier, then the best of all.
#[test]
fn two_projects_of_each_quartier_come_first() {
    let edition = of("rennes-2021");
    let guaranteed = kinds(&edition, AwardKind::Guarantee);
    let short: usize = edition
        .unmet
        .iter()
        .map(|unmet| 2 - unmet.got.parse::<usize>().unwrap())
        .sum();
    assert_eq!(guaranteed + short, 2 * 12);
}

/// Łódź: what the osiedla leave reaches the city's list; decided afresh, it may take from winners.
#[test]
fn leftovers_of_osiedla_reach_the_city() {
    let (goes_on, afresh) = (of("lodz-2020"), of("lodz-2022"));
    for edition in [&goes_on, &afresh] {
        let moved = edition
            .redistributed
            .iter()
            .filter(|moved| moved.to == "pot:city");
        let moved = Money::checked_sum(moved.map(|moved| moved.amount));
        assert_eq!(moved, Some(edition.pot("city").unwrap().moved_in));
        assert!(moved > Some(Money::ZERO));
    }
    assert!(kinds(&goes_on, AwardKind::Continued) > 0 && kinds(&afresh, AwardKind::Continued) == 0);
    let lost = |edition: &Edition| {
        let codes = edition.refused.iter().map(|refused| refused.reason.code());
        codes.filter(|code| *code == "lost-by-rerun").count()
    };
    assert_eq!(lost(&goes_on), 0);
}

/// Częstochowa: all leftovers go to one district, and its list is decided afresh.
#[test]
fn leftovers_go_to_the_district_of_highest_turnout() {
    let edition = of("czestochowa-2024");
    let card = Card::named("czestochowa-2024");
    let town = Town::of(card, &card.regulation(), SMALL);
    let receives = format!("districts/{}", town.of_highest_turnout());
    let to = format!("pot:{receives}");
    let moved = edition.redistributed.iter();
    let moved = moved.filter(|moved| moved.to == to);
    let moved: Vec<&str> = moved.map(|moved| moved.from.as_str()).collect();
    assert!(moved.len() > 10 && moved.contains(&"city"), "{moved:?}");
    assert!(!moved.contains(&receives.as_str()));
}

/// Poznań: what is topped up was covered by 80%, and the best-ranked follow.
#[test]
fn the_first_misfit_is_topped_up_from_what_others_left() {
    let edition = of("poznan-2023");
    assert!(
        kinds(&edition, AwardKind::AlmostFunded) > 0 && kinds(&edition, AwardKind::NextOnList) > 0
    );
    let project = |id: &str| edition.received(id);
    for paid in edition
        .awards
        .iter()
        .filter(|paid| paid.kind == AwardKind::AlmostFunded)
    {
        let given = edition
            .redistributed
            .iter()
            .filter(|moved| moved.to == paid.project);
        let given = Money::checked_sum(given.map(|moved| moved.amount)).unwrap();
        let fifth = project(&paid.project)
            .to_ratio()
            .checked_div(&5.into())
            .unwrap();
        assert!(
            given.to_ratio() <= fifth,
            "{}: {given} of {}",
            paid.project,
            project(&paid.project)
        );
    }
}

/// Gdynia: 11 054 272 with what was carried in; nothing moves, and everything left is carried on.
#[test]
fn leftovers_wait_for_the_next_edition() {
    let edition = of("gdynia-2022");
    let parts = edition.pots.iter().filter(|pot| pot.pot != "envelope");
    assert_eq!(
        Money::checked_sum(parts.map(|pot| pot.opened)),
        Some(money(11_054_272))
    );
    assert!(edition.envelope.returned.is_zero() && edition.envelope.held.is_zero());
    let small = edition
        .awards
        .iter()
        .filter(|paid| paid.pot.starts_with("small/"));
    let large = edition
        .awards
        .iter()
        .filter(|paid| paid.pot.starts_with("large/"));
    assert!(small.clone().count() > 0 && large.clone().count() > 0);
    assert!(small.into_iter().all(|paid| paid.amount <= money(20_000)));
    assert!(large.into_iter().all(|paid| paid.amount > money(20_000)));
}

/// Kraków: 80% and 20%; a project of the city costs 25 000 at least and a fifth of its pot at most.
#[test]
fn a_project_of_the_city_takes_a_fifth_of_its_pot_at_most() {
    let edition = of("krakow-2022");
    assert_eq!(opened(&edition, "city"), money(7_600_000));
    let city: Vec<_> = edition
        .awards
        .iter()
        .filter(|paid| paid.pot == "city")
        .collect();
    assert!(!city.is_empty());
    assert!(
        city.iter()
            .all(|paid| (money(25_000)..=money(1_520_000)).contains(&paid.amount))
    );
    let code = |code: &str| {
        edition
            .refused
            .iter()
            .any(|refused| refused.reason.code() == code)
    };
    assert!(code("no-pot") && code("limit-reached"));
}

/// Strasbourg, season 1: people choose; no project costs more than 100 000, and a territory's pot is its own.
#[test]
fn a_committee_chooses_within_the_pots() {
    let edition = of("strasbourg-2019-season-1");
    assert!(!edition.awards.is_empty());
    for paid in &edition.awards {
        assert_eq!(
            (paid.kind, paid.stage.as_str()),
            (AwardKind::Decision, "committee")
        );
        let (area, _) = paid.project.rsplit_once('-').unwrap();
        assert_eq!(paid.pot, format!("territories/{area}"));
        assert!(paid.amount <= money(100_000));
    }
}
