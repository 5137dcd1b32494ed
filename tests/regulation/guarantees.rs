//! Guarantees: met, or recorded as unmet with the reason; and met wherever a project could still be paid.

use proptest::prelude::*;
use proptest::sample::select;
use quartier::election::Money;
use quartier::exact::Ratio;
use quartier::regulation::{Applied, Edition, Regulation};

use crate::helpers::document;
use crate::properties::{AREAS, IDS, Rules, Town, cases, received, rules, town, won};

/// What a pot held before leftovers went to the next edition.
fn held(edition: &Edition, pot: &str) -> Money {
    let pot = edition.pot(pot).unwrap();
    pot.moved_out.checked_add(pot.left).unwrap()
}

/// Equal parts of a cost for each of its areas, in whole euros: the first areas have one more.
fn parts(cost: u32, areas: usize) -> Vec<Money> {
    let number = u32::try_from(areas).unwrap();
    let places = 0..number;
    places
        .map(|place| Money::from(cost / number + u32::from(place < cost % number)))
        .collect()
}

/// Could a pot, or all pots of its areas together, pay for a project, by the plain definition?
fn is_payable(town: &Town, rules: &Rules, edition: &Edition, at: usize) -> bool {
    let (cost, areas, _) = &town.projects[at];
    let by_city = || Money::from(*cost) <= held(edition, "city");
    let by_quartiers = || {
        let parts = parts(*cost, areas.len());
        let mut own = areas.iter().zip(parts);
        !areas.is_empty()
            && own.all(|(&area, part)| part <= held(edition, &format!("q/{}", AREAS[area])))
    };
    match rules.pots {
        0 => by_city(),
        1 if areas.is_empty() => by_city(),
        1 => by_quartiers(),
        _ => by_quartiers() || by_city(),
    }
}

/// Would every limit let a project in?
fn is_allowed(town: &Town, rules: &Rules, edition: &Edition, at: usize) -> bool {
    let (cost, areas, theme) = &town.projects[at];
    let winners = |keep: &dyn Fn(usize) -> bool| {
        let all = (0..town.projects.len()).filter(|&other| won(edition, other) && keep(other));
        all.count()
    };
    let spent = |keep: &dyn Fn(usize) -> bool| {
        let all = (0..town.projects.len()).filter(|&other| keep(other));
        Money::checked_sum(all.map(|other| edition.received(IDS[other]))).unwrap()
    };
    let with = |money: Money| money.checked_add(Money::from(*cost)).unwrap();
    rules.limits.iter().all(|(kind, number)| {
        let (most, few) = (
            Money::from(*number),
            usize::try_from(number % 3 + 1).unwrap(),
        );
        match kind {
            0 => Money::from(*cost) <= most,
            1 => areas
                .iter()
                .zip(parts(*cost, areas.len()))
                .all(|(&area, part)| {
                    received(town, edition, area) + part.to_ratio() <= most.to_ratio()
                }),
            2 => areas
                .iter()
                .all(|area| winners(&|other| town.projects[other].1.contains(area)) < few),
            3 => with(spent(&|other| town.projects[other].2 == *theme)) <= most,
            4 => winners(&|_| true) < few,
            _ => with(spent(&|_| true)) <= most,
        }
    })
}

fn votes(town: &Town, at: usize) -> u64 {
    let ballots = town.ballots.iter().filter(|(named, _)| named.contains(&at));
    ballots.map(|(_, times)| times).sum()
}

#[derive(Debug, Clone, Copy)]
enum Goal {
    Projects(usize),
    Amount(u32),
}

impl Goal {
    fn text(self, when: &str) -> String {
        let goal = match self {
            Goal::Projects(number) => format!("projects = {number}"),
            Goal::Amount(amount) => format!("amount = \"{amount}\""),
        };
        format!("{{ per = \"area\", {goal}, when = \"{when}\", if-none = \"release\" }}")
    }
}

proptest! {
    #![proptest_config(cases())]

    /// For every quartier: it has what was guaranteed, or the edition says that it has not, how much, and why; and then
    /// no project of it that has the support could still be paid, with the money and the room that are left.
    #[test]
    fn a_guarantee_is_met_or_unmet_with_a_reason_and_met_whenever_quotable(
        town in town(), rules in rules(), when in select(vec!["before", "after"]),
        goal in select(vec![Goal::Projects(1), Goal::Projects(2), Goal::Amount(10)]),
    ) {
        let rules = Rules { guarantee: 0, claims: Vec::new(), ..rules };
        let none = "guarantee = \"none\"";
        let text = rules.text(1).replacen(none, &format!("guarantee = {}", goal.text(when)), 1);
        // A guarantee above a limit is refused at reading.
        let Ok(regulation) = Regulation::read(&document(&text)) else {
            return Ok(());
        };
        let Ok(Applied::Decided(edition)) = regulation.apply(&town.election(1), &[]) else {
            panic!("not decided:\n{text}");
        };
        for (area, name) in AREAS.iter().enumerate() {
            let own = |at: &usize| town.projects[*at].1.contains(&area);
            let winners = (0..town.projects.len()).filter(own).filter(|&at| won(&edition, at)).count();
            let (met, got) = match goal {
                Goal::Projects(wanted) => (winners >= wanted, winners.to_string()),
                Goal::Amount(wanted) => {
                    let money = received(&town, &edition, area);
                    (money >= Ratio::from(wanted), money.to_string())
                }
            };
            let unmet = edition.unmet.iter().find(|unmet| unmet.group == *name);
            prop_assert_eq!(unmet.is_none(), met, "{}", name);
            if let Some(unmet) = unmet {
                prop_assert_eq!(&unmet.got, &got);
                prop_assert!(!unmet.why.is_empty());
                for at in (0..town.projects.len()).filter(own).filter(|&at| !won(&edition, at)) {
                    let supported = rules.method != 3 || votes(&town, at) >= 2;
                    let quotable = supported && is_payable(&town, &rules, &edition, at) && is_allowed(&town, &rules, &edition, at);
                    prop_assert!(!quotable, "{} could be paid, and {} lacks: {}\n{}", IDS[at], name, unmet.why, text);
                }
            }
        }
    }
}
