//! Several editions in a row, and appeals against refusals.

use proptest::prelude::*;
use quartier::election::{Ballot, Election, Money, ProposerKind};
use quartier::law::Document;
use quartier::record::{About, Decision, DecisionKind};
use quartier::regulation::{AdmissionVerdict, Applied, Edition, Regulation};

use crate::helpers::{
    CITY, EXAMPLE, area, closes, document, edition, faults, found, law, leftovers, money, project,
    read, vote, voted,
};

fn apply(document: &Document, election: &Election) -> Edition {
    let regulation = Regulation::read(document).unwrap();
    match regulation.apply(election, &[]) {
        Ok(Applied::Decided(edition)) => *edition,
        other => panic!("{other:?}"),
    }
}

/// A ramp of 1, 2, 4 and 5 M (5% of 100 M), whose leftovers are carried over: solved by hand.
///
/// | edition | voted | carried in | funded | carried |
/// |---|---|---|---|---|
/// | 2018 | 1.0 M | 0 | 0.7 M | 0.3 M |
/// | 2019 | 2.0 M | 0.3 M | 2.1 M | 0.2 M |
/// | 2020 | 4.0 M | 0.2 M | 4.2 M | 0 |
/// | 2021 | 5.0 M | 0 | 0 | 5.0 M |
#[test]
fn a_ramp_over_four_editions_carries_its_leftovers() {
    let text = law(
        "1",
        "",
        &[CITY, &vote("\"city\""), &leftovers("", "next-edition")].concat(),
    )
    .replace("\"100%\"", "\"5%\"")
    .replace("base = \"1000000\"", "base = \"100000000\"")
    .replace(
        "voted = \"1\"",
        "voted = { first = \"1000000\", ratio = \"2\", editions-before = 0 }",
    );
    let mut document = document(&text);
    let costs: [&[u32]; 4] = [
        &[700_000],
        &[2_000_000, 100_000],
        &[4_200_000],
        &[5_000_001],
    ];
    let mut seen = Vec::new();
    for (year, costs) in (2018..).zip(costs) {
        let projects: Vec<String> = (1..=costs.len()).map(|id| id.to_string()).collect();
        let records: Vec<(&str, u32, &[&str], u64)> = projects
            .iter()
            .zip(costs)
            .map(|(id, &cost)| (id.as_str(), cost, &[] as &[&str], 3))
            .collect();
        let edition = apply(&document, &voted(&[], &records));
        let envelope = &edition.envelope;
        seen.push([
            envelope.voted,
            envelope.carried_in,
            envelope.funded,
            envelope.carried,
        ]);
        document = document.next_edition(&(year + 1).to_string(), envelope.carried);
    }
    let expected = [
        [1_000_000, 0, 700_000, 300_000],
        [2_000_000, 300_000, 2_100_000, 200_000],
        [4_000_000, 200_000, 4_200_000, 0],
        [5_000_000, 0, 0, 5_000_000],
    ];
    assert_eq!(seen, expected.map(|row| row.map(money)));
}

/// A schedule that ends is refused in the edition that it does not have; other answers stay.
#[test]
fn the_next_edition_is_checked_like_any_other() {
    let text = EXAMPLE.replace(
        "voted = \"1000000\"",
        "voted = { schedule = { \"2018\" = \"1000000\", \"2019\" = \"2000000\" } }",
    );
    let next = document(&text).next_edition("2019", money(7));
    let law = Regulation::read(&next).unwrap().law().clone();
    assert_eq!(law.envelope.voted_for(&law.edition), Some(money(2_000_000)));
    assert_eq!(law.envelope.carried_in, money(7));
    let after = next.next_edition("2020", Money::ZERO);
    let faults = Regulation::read(&after).unwrap_err();
    assert_eq!(found(&faults), [("envelope.voted", "contradiction")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Over any number of editions, all that was voted is funded, given back, held or carried at the end.
    #[test]
    fn no_cent_is_lost_between_editions(
        voted_amounts in prop::collection::vec(1_u32..500, 1..5),
        costs in prop::collection::vec(prop::collection::vec(1_u32..400, 1..4), 5),
        rest in prop::sample::select(vec!["next-edition", "treasury"]),
    ) {
        let schedule: Vec<String> = voted_amounts
            .iter()
            .enumerate()
            .map(|(at, amount)| format!("\"{at}\" = \"{amount}\""))
            .collect();
        let text = law("1", "", &[CITY, &vote("\"city\""), &leftovers("", rest)].concat())
            .replace("voted = \"1\"", &format!("voted = {{ schedule = {{ {} }} }}", schedule.join(", ")))
            .replace("edition = \"1\"", "edition = \"0\"");
        let mut document = document(&text);
        let (mut came, mut went, mut carried) = (Money::ZERO, Money::ZERO, Money::ZERO);
        for (at, costs) in (1..).zip(costs.iter().take(voted_amounts.len())) {
            let ids: Vec<String> = (0..costs.len()).map(|id| id.to_string()).collect();
            let records: Vec<(&str, u32, &[&str], u64)> = ids
                .iter()
                .zip(costs)
                .map(|(id, &cost)| (id.as_str(), cost, &[] as &[&str], 1))
                .collect();
            let edition = apply(&document, &voted(&[], &records));
            prop_assert!(closes(&edition));
            let envelope = &edition.envelope;
            prop_assert_eq!(envelope.carried_in, carried);
            carried = envelope.carried;
            came = Money::checked_sum([came, envelope.voted]).unwrap();
            went = Money::checked_sum([went, envelope.funded, envelope.returned, envelope.held]).unwrap();
            document = document.next_edition(&at.to_string(), carried);
        }
        prop_assert_eq!(Some(came), went.checked_add(carried));
    }
}

fn candidates() -> Election {
    Election::builder()
        .budget(1)
        .area(area("a", 1))
        .project(project("good", 10).in_area("a"))
        .project(project("late", 10).in_area("a").delivered_within(30))
        .project(
            project("club", 10)
                .in_area("a")
                .proposed_by(ProposerKind::Association),
        )
        .project(project("gone", 10).in_area("a").delivered_within(99))
        .ballots(Ballot::ranked(["good", "late", "club"]), 2)
        .build()
        .unwrap()
}

/// Refusals and restorations are told with the condition; who was excluded by people is told elsewhere.
#[test]
fn a_project_restored_on_appeal_is_told_with_its_reasons() {
    let decide = |kind, id: &str, why: &str| {
        Decision::new(kind, About::Project(id.to_owned()), "council", why)
    };
    let decisions = [
        decide(DecisionKind::Include, "late", "appeal of 3 May won"),
        decide(DecisionKind::Include, "good", "nothing was wrong"),
        decide(DecisionKind::Exclude, "gone", "off the city's ground"),
    ];
    let text = EXAMPLE.replace(
        "on-unknown",
        "appeal = { days = 15, from = \"validation\" }\non-unknown",
    );
    let edition = edition(&text, &candidates(), &decisions);
    let told: Vec<_> = edition
        .admissions
        .iter()
        .map(|one| {
            (
                one.project.as_str(),
                one.verdict,
                one.condition.as_str(),
                one.found.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("club", AdmissionVerdict::Refused, "proposer", "association"),
            ("late", AdmissionVerdict::Restored, "delivery-months", "30"),
        ]
    );
    let late = &edition.admissions[1];
    assert_eq!(
        (late.by.as_deref(), late.justification.as_deref()),
        (Some("council"), Some("appeal of 3 May won"))
    );
    let appeals = edition.appeals.unwrap();
    assert_eq!(
        (appeals.days, appeals.from.as_str(), appeals.until),
        (15, "validation", None)
    );
}

/// With a calendar the last day of appeals is known: 15 days after the last day of validation, 31 May + 15.
#[test]
fn the_last_day_of_appeals_follows_from_the_calendar() {
    let calendar = |from: &str| {
        let appeal = format!("appeal = {{ days = 15, from = \"{from}\" }}\non-unknown");
        let delivery = "delivery-months-at-most = 24\ndelivery-from = \"deliberation\"";
        let days = "\n[calendar]\n[[calendar.event]]\nid = \"deliberation\"\non = \"2018-12-17\"\n\
            [[calendar.step]]\nid = \"validation\"\nfrom = \"2018-05-02\"\nto = \"2018-05-31\"\n\
            [[calendar.step]]\nid = \"celebration\"\n";
        EXAMPLE
            .replace("on-unknown", &appeal)
            .replace("delivery-months-at-most = 24", delivery)
            + days
    };
    let edition = edition(&calendar("validation"), &candidates(), &[]);
    let until = edition.appeals.and_then(|appeals| appeals.until);
    assert_eq!(
        until.map(|day| day.to_string()).as_deref(),
        Some("2018-06-15")
    );
    for nowhere in ["celebration", "validatoin"] {
        let faults = faults(&calendar(nowhere));
        assert_eq!(found(&faults), [("eligibility.appeal.from", "bad-value")]);
        let allowed = &faults.iter().next().unwrap().allowed;
        assert_eq!(allowed, &["deliberation", "validation"]);
    }
    let long = calendar("validation").replace("days = 15", "days = 36500");
    assert_eq!(
        found(&faults(&long)),
        [("eligibility.appeal.days", "bad-value")]
    );
    assert!(read(EXAMPLE).law().eligibility.appeal.is_none());
}
