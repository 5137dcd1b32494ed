//! Who supports a project, and how much each class of voters counts, for the rules that divide money.

use std::collections::BTreeMap;

use crate::count::{Allocation, Halt};
use crate::election::{BallotIx, BallotKind, BallotView, Election, Money, ProjectIx, VoterClass};
use crate::exact::Ratio;
use crate::record::Reason;

/// The distinct ballots that support a project: those that name it, and of signed ballots those that are for it.
pub(super) fn of_project(
    election: &Election,
    project: ProjectIx,
) -> impl Iterator<Item = BallotIx> + '_ {
    let signed = election.profile().kind() == BallotKind::Signed;
    election
        .profile()
        .supporters()
        .of_project(project)
        .filter(move |&(_, mark)| !signed || mark > 0)
        .map(|(ballot, _)| ballot)
}

/// The projects that a distinct ballot supports.
pub(super) fn of_ballot(
    election: &Election,
    ballot: BallotIx,
) -> impl Iterator<Item = ProjectIx> + '_ {
    let signed = election.profile().kind() == BallotKind::Signed;
    election
        .profile()
        .ballot(ballot)
        .into_iter()
        .flat_map(BallotView::entries)
        .filter(move |entry| !signed || entry.weight > 0)
        .map(|entry| entry.project)
}

/// Grades say how good a project is, and not whether the voter supports it.
pub(super) fn check_named(
    rule: &str,
    election: &Election,
    allocation: &Allocation<'_>,
) -> Result<(), Halt> {
    if election.profile().kind() == BallotKind::Grades {
        let why = "ballots of grades do not say which projects a voter supports: count them as approval ballots, or take a rule that reads grades";
        return Err(allocation.refuse(rule, why));
    }
    Ok(())
}

/// Rejects the projects that nobody supports.
pub(super) fn reject_unsupported(election: &Election, allocation: &mut Allocation<'_>) {
    for project in allocation.candidates() {
        if of_project(election, project).next().is_none() {
            allocation.reject(project, Reason::NotRanked);
        }
    }
}

/// Rejects those of the projects that cost more than is left, and takes them off the list.
pub(super) fn reject_misfits(
    election: &Election,
    open: &mut Vec<ProjectIx>,
    allocation: &mut Allocation<'_>,
) {
    let available = allocation.available();
    open.retain(|&project| {
        let cost = election.instance().cost_of(project);
        let short_by = cost.checked_sub(available).unwrap_or(cost);
        let fits = short_by <= Money::ZERO;
        if !fits {
            allocation.reject(project, Reason::Misfit { short_by });
        }
        fits
    });
}

/// The classes that some ballot has, by their number.
fn used(election: &Election) -> BTreeMap<usize, &VoterClass> {
    let profile = election.profile();
    let numbers: std::collections::BTreeSet<usize> =
        profile.ballots().map(BallotView::class).collect();
    numbers
        .into_iter()
        .filter_map(|number| Some((number, profile.classes().get(number)?)))
        .collect()
}

/// One figure for each class, where a rule knows one figure of a voter only: how much load or money is theirs.
///
/// It is the weight where all endowments are the same, the endowment where all votes weigh the same, and the
/// endowment where the two stand in one proportion (two voters in one). Otherwise the two say different
/// things, and nobody but the city can tell which one is meant: the rule refuses.
pub(super) fn shares(
    rule: &str,
    election: &Election,
    allocation: &Allocation<'_>,
) -> Result<Vec<Ratio>, Halt> {
    let classes = election.profile().classes();
    let used = used(election);
    let same = |figure: fn(&VoterClass) -> Option<Ratio>| {
        let mut figures = used.values().map(|class| figure(class));
        let first = figures.next();
        first.is_none_or(|first| figures.all(|figure| figure == first))
    };
    if same(|class| Some(class.endowment.clone())) {
        return Ok(classes.iter().map(|class| class.weight.clone()).collect());
    }
    if same(|class| Some(class.weight.clone()))
        || same(|class| class.weight.checked_div(&class.endowment))
    {
        return Ok(classes
            .iter()
            .map(|class| class.endowment.clone())
            .collect());
    }
    let why = "votes differ in weight and voters in endowment, not in one proportion, and this rule has one share for each voter: give all the same weight, all the same endowment, or both in proportion";
    Err(allocation.refuse(rule, why))
}
