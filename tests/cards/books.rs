//! The books of an edition, added up again from its journal alone.

use std::collections::BTreeMap;

use quartier::election::Money;
use quartier::regulation::Edition;

/// The balance of every account, from the movements: what came in less what went out.
fn balances(edition: &Edition) -> BTreeMap<&str, Money> {
    let mut all: BTreeMap<&str, Money> = BTreeMap::new();
    for movement in &edition.journal {
        let sum = |side: &[(String, Money)]| {
            Money::checked_sum(side.iter().map(|(_, money)| *money)).unwrap()
        };
        assert_eq!(
            sum(&movement.from),
            sum(&movement.to),
            "movement {}",
            movement.number
        );
        for (account, amount) in &movement.from {
            let balance = all.entry(account).or_default();
            *balance = balance.checked_sub(*amount).unwrap();
        }
        for (account, amount) in &movement.to {
            let balance = all.entry(account).or_default();
            *balance = balance.checked_add(*amount).unwrap();
        }
    }
    all
}

/// *Opened + carried in = funded + operation + carried + returned + held*, pot by pot and project by project.
pub(crate) fn check(file: &str, edition: &Edition) {
    let balances = balances(edition);
    let of = |account: &str| balances.get(account).copied().unwrap_or_default();
    let starting = |prefix: &str| {
        let own = balances
            .iter()
            .filter(|(account, _)| account.starts_with(prefix));
        Money::checked_sum(own.map(|(_, balance)| *balance)).unwrap()
    };
    let envelope = &edition.envelope;
    let negative = |amount: Money| Money::ZERO.checked_sub(amount).unwrap();
    let opened = envelope.voted.checked_add(envelope.extra).unwrap();
    assert_eq!(of("city"), negative(opened), "{file}");
    assert_eq!(
        of("earlier-editions"),
        negative(envelope.carried_in),
        "{file}"
    );
    assert_eq!(of("operation"), envelope.operation, "{file}");
    assert_eq!(of("next-edition"), envelope.carried, "{file}");
    assert_eq!(of("treasury"), envelope.returned, "{file}");
    assert_eq!(starting("project:"), envelope.funded, "{file}");
    assert_eq!(starting("pot:"), envelope.held, "{file}");
    let came = opened.checked_add(envelope.carried_in).unwrap();
    let went = [
        envelope.funded,
        envelope.operation,
        envelope.carried,
        envelope.returned,
        envelope.held,
    ];
    assert_eq!(Some(came), Money::checked_sum(went), "{file}");
    for pot in &edition.pots {
        let balance = of(&format!("pot:{}", pot.pot));
        assert_eq!(balance, pot.left, "{file}: pot {}", pot.pot);
        assert!(
            !balance.is_negative(),
            "{file}: pot {} is overdrawn",
            pot.pot
        );
    }
    let mut received: BTreeMap<&str, Money> = BTreeMap::new();
    for paid in &edition.awards {
        let sum = received.entry(&paid.project).or_default();
        *sum = sum.checked_add(paid.amount).unwrap();
    }
    for (project, amount) in received {
        assert_eq!(
            of(&format!("project:{project}")),
            amount,
            "{file}: {project}"
        );
    }
}
