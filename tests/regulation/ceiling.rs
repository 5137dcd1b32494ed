//! The ceiling: whatever is voted and added, an edition takes no more from the base than its share.

use proptest::prelude::*;
use quartier::election::Money;
use quartier::record::{About, Decision, DecisionKind, DecisionValue};
use quartier::regulation::{Applied, ApplyError, Regulation};

use crate::helpers::{document, found};
use crate::properties::{cases, rules, town};

proptest! {
    #![proptest_config(cases())]

    /// A vote above the ceiling is refused at reading and extra money above it at applying, and only then; what was
    /// carried in is counted apart.
    #[test]
    fn the_envelope_is_never_above_its_ceiling(
        town in town(), rules in rules(), base in 100_u32..2_000, percent in 1_u32..=100,
        extra in prop::option::of(1_u32..60), carried_in in 0_u32..50,
    ) {
        let text = rules.text(1)
            .replacen("base = \"1000000\"", &format!("base = \"{base}\""), 1)
            .replacen("at-most = \"100%\"", &format!("at-most = \"{percent}%\"\ncarried-in = \"{carried_in}\""), 1);
        let read = Regulation::read(&document(&text));
        // In hundredths: what is taken, and what may be.
        let most = u64::from(base) * u64::from(percent);
        let voted = u64::from(rules.voted) * 100;
        if voted > most {
            let faults = read.unwrap_err();
            prop_assert!(found(&faults).contains(&("envelope.voted", "above-parent")), "{}", faults);
            return Ok(());
        }
        let regulation = read.unwrap();
        let decision = extra.map(|amount| {
            let about = About::Pot("city".to_owned());
            Decision::new(DecisionKind::ExtraMoney, about, "council", "session of 3 June")
                .value(DecisionValue::Amount(Money::from(amount)))
        });
        let decisions: Vec<Decision> = decision.into_iter().collect();
        let applied = regulation.apply(&town.election(1), &decisions);
        if voted + u64::from(extra.unwrap_or_default()) * 100 > most {
            prop_assert!(matches!(applied, Err(ApplyError::Decision { number: 1, .. })), "{:?}", applied);
            return Ok(());
        }
        let Ok(Applied::Decided(edition)) = applied else {
            panic!("{applied:?}");
        };
        let envelope = &edition.envelope;
        let taken = envelope.voted.checked_add(envelope.extra).unwrap();
        prop_assert!(taken <= envelope.ceiling);
        prop_assert!(taken.to_ratio().mul_int(100) <= most.into());
        prop_assert_eq!(envelope.extra, Money::from(extra.unwrap_or_default()));
        prop_assert!(envelope.funded <= taken.checked_add(envelope.carried_in).unwrap());
    }
}
