//! Purses in several pots: a purse belongs to a voter and a pot, so each pot is divided, and spent, by itself.

use crate::budget::PotIx;
use crate::count::{Allocation, Entangled, Halt};
use crate::election::{Election, ProjectIx, Residence};
use crate::record::Reason;

use super::supporters;

/// Runs a rule that divides money among voters once for each pot, in the order in which the pots were opened.
///
/// The money of an area's pot is divided among those who live there, that of any other pot among all voters. A
/// project draws from the one pot that pays for it. Since funding projects of one pot can never matter to those of
/// another, the order of the pots changes nothing but the order of the awards; each pot's completion ends by itself.
///
/// # Errors
/// [`Halt`] of the rule, and by name where purses would not be those of one pot: a project with a choice of pots or
/// with several that pay together, projects of different pots that a limit or a relation binds together, voters of
/// whom nobody knows where they live.
pub(super) fn each(
    rule: &str,
    election: &Election,
    allocation: &mut Allocation<'_>,
    run: impl Fn(&Election, &mut Allocation<'_>) -> Result<(), Halt>,
) -> Result<(), Halt> {
    let pots = match allocation.pots_apart() {
        Ok(Some(pots)) => pots,
        Ok(None) => return run(election, allocation),
        Err(entangled) => {
            let why = entangled.iter().map(|one| why(election, one));
            let why = why.collect::<Vec<_>>().join("; ");
            return Err(allocation.refuse(rule, why));
        }
    };
    let voters = entitled(rule, election, &pots, allocation)?;
    for (pot, voters) in pots.into_iter().zip(voters) {
        allocation.look_at(Some(pot));
        let result = match &voters {
            Some(voters) => {
                reject_without_purses(election, voters, allocation);
                run(voters, allocation)
            }
            None => run(election, allocation),
        };
        allocation.look_at(None);
        result?;
    }
    Ok(())
}

/// The election of those who have a purse in each pot; `None` where all voters have.
fn entitled(
    rule: &str,
    election: &Election,
    pots: &[PotIx],
    allocation: &Allocation<'_>,
) -> Result<Vec<Option<Election>>, Halt> {
    let areas: Vec<_> = pots.iter().map(|&pot| allocation.entitled(pot)).collect();
    let Some(first) = areas.iter().position(Option::is_some) else {
        return Ok(vec![None; pots.len()]);
    };
    let pot = pots.get(first).map_or("", |&pot| allocation.pot_id(pot));
    let refused = |why: String| {
        let why = format!(
            "the money of pot `{pot}` is divided among those who live there, and where voters live is not known: {why}"
        );
        allocation.refuse(rule, why)
    };
    let residence = Residence::of(election).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        refused(faults.join("; "))
    })?;
    areas
        .into_iter()
        .map(|area| {
            area.map(|area| residence.voters_of(area))
                .transpose()
                .map_err(|fault| refused(fault.to_string()))
        })
        .collect()
}

/// Projects that are supported, but by nobody who has a purse in their pot, are out of reach.
fn reject_without_purses(election: &Election, voters: &Election, allocation: &mut Allocation<'_>) {
    let is_supported =
        |election: &Election, project| supporters::of_project(election, project).next().is_some();
    for project in allocation.candidates() {
        if is_supported(election, project) && !is_supported(voters, project) {
            let short_by = election.instance().cost_of(project);
            allocation.reject(project, Reason::PursesShort { short_by });
        }
    }
}

/// What stands against taking the pots one at a time, and what to do.
fn why(election: &Election, entangled: &Entangled) -> String {
    let id = |project: &ProjectIx| election.instance().id_of(*project);
    match entangled {
        Entangled::Choice(project) => format!(
            "several pots may pay for project `{}`, and a purse belongs to one pot: let one pot of the stage hold it",
            id(project)
        ),
        Entangled::Joint(project) => format!(
            "several pots pay for project `{}` together, and a purse belongs to one pot: charge it to one area (several-areas = \"first\"), or let a city-wide pot hold it",
            id(project)
        ),
        Entangled::Bound(first, other) => format!(
            "projects `{}` and `{}` are paid by different pots and bound together by a limit or a relation, so it matters whose turn is first: give each pot a stage of its own, in that order",
            id(first),
            id(other)
        ),
    }
}
