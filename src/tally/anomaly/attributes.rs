//! Further columns: values in too many votes, and values that cannot be.

use std::collections::BTreeMap;

use crate::exact::Ratio;
use crate::tally::Register;

use super::finding::{Anomaly, AnomalyCode, AnomalyPlace, Group, shown};
use super::report::Found;

/// The votes of each value of a column, empty cells left out.
fn by_value<'a>(
    register: &'a Register,
    attribute: &str,
) -> Result<BTreeMap<&'a str, Group>, String> {
    let mut is_known = false;
    let mut values: BTreeMap<&str, Group> = BTreeMap::new();
    for row in register.rows() {
        let Some(value) = row.attribute(attribute) else {
            continue;
        };
        is_known = true;
        let value = value.trim();
        if !value.is_empty() {
            values
                .entry(value)
                .or_default()
                .add(row.number(), row.count());
        }
    }
    if is_known {
        Ok(values)
    } else {
        Err(format!(
            "no vote has the column `{attribute}`: correct the name, or add the column to the votes"
        ))
    }
}

fn place(attribute: &str, value: &str) -> AnomalyPlace {
    AnomalyPlace {
        what: Some(attribute.to_owned()),
        value: Some(shown(value)),
        ..AnomalyPlace::default()
    }
}

pub(super) fn shared(register: &Register, attribute: &str, at_most: u64) -> Found {
    let values = by_value(register, attribute)?;
    let shared = values
        .into_iter()
        .filter(|(_, group)| group.votes > at_most)
        .map(|(value, group)| {
            Anomaly::new(
                AnomalyCode::SharedValue,
                place(attribute, value),
                group.votes,
                at_most,
                group,
            )
        });
    Ok(shared.collect())
}

pub(super) fn out_of_range(
    register: &Register,
    attribute: &str,
    at_least: &Ratio,
    at_most: &Ratio,
) -> Found {
    if at_least > at_most {
        return Err(format!(
            "the range from {at_least} to {at_most} holds nothing: exchange its bounds"
        ));
    }
    let values = by_value(register, attribute)?;
    let found = values.into_iter().filter_map(|(text, group)| {
        let place = place(attribute, text);
        let Ok(value) = text.parse::<Ratio>() else {
            let votes = group.votes;
            return Some(Anomaly::new(
                AnomalyCode::NotANumber,
                place,
                votes,
                0_u64,
                group,
            ));
        };
        let limit = if value < *at_least {
            at_least
        } else if value > *at_most {
            at_most
        } else {
            return None;
        };
        let limit = limit.clone();
        Some(Anomaly::new(
            AnomalyCode::OutOfRange,
            place,
            value,
            limit,
            group,
        ))
    });
    Ok(found.collect())
}
