//! Turnout: how many voters each area has.

use crate::election::{Aggregate, AreaIx, Election, Instance, Residence};

/// The voters of some areas and their parts whose ballots count, in the order of the areas: by the column `area` of the
/// voter table (`neighborhood` in `.pb` files), and by the totals of channels without single ballots.
///
/// # Errors
/// Everything that keeps a voter from being counted where he or she lives, each with what to do: nobody is left out in
/// silence. Whoever lives in an area that is known and none of these is rightly in none.
pub(super) fn voters_of(election: &Election, areas: &[AreaIx]) -> Result<Vec<u64>, Vec<String>> {
    let (mut all, mut faults) = (vec![0_u64; areas.len()], Vec::new());
    if election.profile().voters() > 0 {
        match Residence::of(election).and_then(|residence| residence.count(areas)) {
            Ok(counts) => all = counts,
            Err(found) => faults.extend(found.iter().map(ToString::to_string)),
        }
    }
    for totals in election.aggregates() {
        match voters_by_total(election.instance(), totals, areas) {
            Ok((own, voters)) => {
                for (count, _) in all.iter_mut().zip(own).filter(|(_, is)| *is) {
                    *count = count.saturating_add(voters);
                }
            }
            Err(why) => {
                let channel = &totals.channel;
                faults.push(format!("the totals of channel `{channel}` {why}"));
            }
        }
    }
    if faults.is_empty() {
        Ok(all)
    } else {
        Err(faults)
    }
}

/// Which of the areas the voters of a total live in, and how many they are.
fn voters_by_total(
    instance: &Instance,
    totals: &Aggregate,
    areas: &[AreaIx],
) -> Result<(Vec<bool>, u64), String> {
    let Some(voters) = totals.voters else {
        return Err("do not say how many voted: give their number of voters".to_owned());
    };
    let name = totals.area.trim();
    if name.is_empty() {
        return Err("do not say in which area they voted: give each total its area".to_owned());
    }
    let Some(home) = instance.find_area(name) else {
        return Err(format!(
            "are of area `{name}`, which the election does not list: correct it, or add the area"
        ));
    };
    let part = areas
        .iter()
        .find(|&&area| area != home && instance.is_within(area, home));
    if let Some(part) = part.and_then(|&part| instance.area(part)) {
        return Err(format!(
            "are of area `{name}`, and it is not said how many of its part `{}`: give a total for each of the smallest areas",
            part.id
        ));
    }
    let own = areas.iter().map(|&area| instance.is_within(home, area));
    Ok((own.collect(), voters))
}
