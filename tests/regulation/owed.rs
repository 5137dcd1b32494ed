//! The register beside rates: claims and savings are what the city owes, solved by hand.

use proptest::prelude::*;
use quartier::law::Document;
use quartier::law::follow_up::Register;
use quartier::record::Language;
use quartier::regulation::follow_up::{Evidence, Unpaid, savings};
use quartier::regulation::{ApplyError, Edition, Inputs};

use crate::helpers::{CITY, closes, document, found, law, money, read, vote};
use crate::properties::cases;
use crate::rates::{backed, rate};
use crate::register::{followed, register, with_register};

/// Half of every cost is the city's. 200 in one pot: 1 costs 100 (9 votes), so 50; 2 costs 60 (8 votes), so 30.
fn regulation(from: &str, claims: &str) -> String {
    let half = rate("\"all\"", "slices", "[ { rate = \"50%\" } ]");
    let rules = format!(
        "[[redistribute]]\nfrom = [\"{from}\"]\nmode = \"continue\"\nclaims = [{claims}]\nrest = \"treasury\"\n"
    );
    law(
        "200",
        "",
        &[CITY, &half, &vote("\"city\""), &rules].concat(),
    )
}

fn applied(from: &str, claims: &str, register: &Register) -> Edition {
    let election = backed(&[("1", 100, 9), ("2", 60, 8)]);
    let edition = with_register(&regulation(from, claims), &election, register);
    assert!(closes(&edition));
    edition
}

/// Missing, paid and why not all of each claim, in order.
fn served(edition: &Edition) -> Vec<(u32, u32, Option<Unpaid>)> {
    let whole = |amount: quartier::election::Money| amount.to_string().parse().unwrap();
    let claims = edition.follow_up.claims.iter();
    claims
        .map(|served| {
            (
                whole(served.claim.missing),
                whole(served.paid),
                served.unpaid.clone(),
            )
        })
        .collect()
}

fn dearer(from: u32, to: u32) -> String {
    format!(
        "{{ what = 'cost-changed', on = '2020-02-01', from = '{from}', to = '{to}', cause = 'c' }}"
    )
}

const OVERRUN: &str = "{ kind = \"cost-overrun\", at-most = \"10%\", pay = \"full\" }";

/// 1 costs 108 instead of 100: 4 of the 8 are the city's, and a tenth of the 50 that it owed would be 5. At 120 they are 10, and 5
/// are paid.
#[test]
fn an_overrun_is_paid_by_the_rate() {
    let with = |to: u32| {
        let register = register(&[&followed("1/1", 100, 50, &dearer(100, to))]);
        applied("unspent", OVERRUN, &register)
    };
    assert_eq!(served(&with(108)), [(4, 4, None)]);
    let dear = with(120);
    assert_eq!(served(&dear), [(5, 5, None)]);
    assert_eq!(dear.received("1"), money(55));
    let evidence = &dear.follow_up.claims[0].claim.evidence;
    let grant = Evidence::Grant {
        cost: money(120),
        owed: money(60),
    };
    assert!(evidence.contains(&grant), "{evidence:?}");
    assert_eq!(
        grant.in_words(Language::English),
        "of a cost of 120 the city owes 60"
    );
}

/// 1 is held up for 20: 50 of the city's, 50 of others' and 20 make 120, of which the city owes 60.
#[test]
fn what_holds_a_project_up_is_paid_by_the_rate() {
    let stalled = "{ what = 'stalled', on = '2020-02-01', cause = 'c', missing = '20' }";
    let register = register(&[&followed("1/1", 100, 50, stalled)]);
    let edition = applied(
        "unspent",
        "{ kind = \"stalled\", pay = \"full\" }",
        &register,
    );
    assert_eq!(served(&edition), [(10, 10, None)]);
    assert_eq!(edition.received("1"), money(60));
}

/// Of edition 0 the register says what the city owed. The orchard: 40 of 60, of which it had 25, so 15 are missing; it is
/// 66 now, so 19 of the 44. The bench says nothing, so all of it is owed.
#[test]
fn of_other_editions_the_register_says_what_is_owed() {
    let granted = |text: String| text.replace("awarded", "grant = \"40\"\nawarded");
    let backlog = "{ kind = \"backlog\", pay = \"full\" }";
    let orchard = granted(followed("0/orchard", 60, 25, ""));
    let bench = followed("0/bench", 30, 25, "");
    let edition = applied("unspent", backlog, &register(&[&bench, &orchard]));
    assert_eq!(served(&edition), [(5, 5, None), (15, 15, None)]);
    let orchard = granted(followed("0/orchard", 60, 25, &dearer(60, 66)));
    let register = register(&[&orchard]);
    assert_eq!(
        served(&applied("unspent", backlog, &register)),
        [(19, 19, None)]
    );
    // Written as it is read.
    let written: Document =
        serde_json::from_value(serde_json::to_value(&register).unwrap()).unwrap();
    assert_eq!(Register::read(&written), Ok(register));
}

/// 1 was delivered for 90: the city owes 45 of it and had given 50. The kiosk had 20 of 40 and cost 30: 15 are owed.
#[test]
fn what_is_saved_is_saved_of_the_grant() {
    let delivered = |from: u32, to: u32| {
        format!(
            "{}, {{ what = 'delivered', on = '2020-06-01' }}",
            dearer(from, to)
        )
    };
    let kiosk = followed("0/kiosk", 40, 20, &delivered(40, 30));
    let kiosk = kiosk.replace("awarded", "grant = \"20\"\nawarded");
    let register = register(&[&followed("1/1", 100, 50, &delivered(100, 90)), &kiosk]);
    let edition = applied("saved", "", &register);
    let saved: Vec<_> = edition
        .follow_up
        .savings
        .iter()
        .map(|saving| (saving.project.as_str(), saving.saved, saving.booked))
        .collect();
    assert_eq!(
        saved,
        [("kiosk", money(5), money(5)), ("1", money(5), money(5))]
    );
    assert_eq!(edition.envelope.saved, money(10));
    // Without an election the register's own word counts: nothing is known of the rate of 1.
    let alone: Vec<_> = savings(&register)
        .iter()
        .map(|saving| saving.amount)
        .collect();
    assert_eq!(alone, [money(5)]);
}

/// What the rate of slices of 60% up to 50 and 30% above makes of a cost, in plain numbers.
fn owed(cost: u32) -> u32 {
    (cost.min(50) * 60 + cost.saturating_sub(50) * 30) / 100
}

proptest! {
    #![proptest_config(cases())]

    /// Whatever a project claims, under one kind or two, it has no more in the end than the city owes of what it costs as far as
    /// is known, and what holds it up is paid as far as that goes.
    #[test]
    fn no_claim_is_paid_beyond_what_is_owed(voted in 2_u32..150, cost in 1_u32..200, missing in 0_u32..60, both in any::<bool>()) {
        let slices = rate("\"all\"", "slices", "[ { up-to = \"50\", rate = \"60%\" }, { rate = \"30%\" } ]");
        let overrun = "{ kind = \"cost-overrun\", at-most = \"100%\", pay = \"full\" }, ";
        let stalled = "{ kind = \"stalled\", pay = \"full\" }";
        let claims = if both { [overrun, stalled].concat() } else { stalled.to_owned() };
        let half = rate("\"all\"", "slices", "[ { rate = \"50%\" } ]");
        let text = regulation("unspent", &claims).replace(&half, &slices);
        let mut events = format!("{{ what = 'stalled', on = '2020-03-01', cause = 'c', missing = '{missing}' }}");
        if cost != voted {
            events = format!("{}, {events}", dearer(voted, cost));
        }
        let register = register(&[&followed("1/1", voted, owed(voted), &events)]);
        let edition = with_register(&text, &backed(&[("1", voted, 9)]), &register);
        let others = cost - owed(cost);
        let known = cost.max(owed(voted) + others + missing);
        let received = edition.received("1");
        prop_assert!(received <= money(owed(known).max(owed(voted))));
        let stalls = missing.min(owed(known).saturating_sub(owed(voted)));
        prop_assert!(received >= money(owed(voted) + stalls));
        prop_assert!(closes(&edition));
    }
}

/// What the register says of a candidate must be what the regulation says; and it must be possible by itself.
#[test]
fn a_grant_that_cannot_be_is_refused() {
    let granted = |grant: u32, awarded: u32| {
        let text = followed("1/1", 100, awarded, "");
        text.replace("awarded", &format!("grant = \"{grant}\"\nawarded"))
    };
    let text = regulation("unspent", OVERRUN);
    let election = backed(&[("1", 100, 9), ("2", 60, 8)]);
    let apply = |grant: u32| {
        let register = register(&[&granted(grant, 30)]);
        let inputs = Inputs::new().register(&register);
        read(&text).apply_with(&election, inputs).map(|_| ())
    };
    assert_eq!(apply(50), Ok(()));
    let refused = apply(40);
    let Err(ApplyError::Misfit(faults)) = &refused else {
        panic!("{refused:?}");
    };
    assert_eq!(found(faults), [("rate[0]", "contradiction")]);
    assert!(
        faults
            .to_string()
            .contains("which is 50 by this regulation"),
        "{faults}"
    );
    for (project, path) in [
        (granted(101, 30), "project[0].grant"),
        (granted(40, 50), "project[0].awarded"),
    ] {
        let text = format!("as-of = \"2020-12-31\"\n{project}");
        let faults = Register::read(&document(&text)).unwrap_err();
        assert_eq!(found(&faults), [(path, "above-parent")]);
    }
}

/// A project of an edition with finer amounts than this one: of the cost that was voted exactly its grant is owed, so it saved
/// nothing and waits for nothing; of any other cost the share is rounded down, and never past the grant.
#[test]
fn what_was_owed_of_the_voted_cost_is_owed_whatever_the_granularity() {
    let register: Register = toml::from_str(
        "as-of = '2021-12-31'\n[[project]]\nid = 'hall'\nedition = '2018'\nvoted = '60'\ngrant = '40.50'\nawarded = '40.50'\n",
    )
    .unwrap();
    let [hall] = register.projects.as_slice() else {
        panic!("one project");
    };
    let owed = |cost: &str| hall.owed(cost.parse().unwrap(), money(1)).to_string();
    let costs = ["59", "60", "60.10", "61"];
    assert_eq!(costs.map(owed), ["39", "40.5", "40.5", "41"]);
}
