//! Profiles from several places: what cannot be merged, and what does not fit.

use quartier::election::{
    Ballot, BallotKind, BallotView, Election, MergeError, Money, Profile, ProfileBuilder, RowError,
    Voters,
};

use crate::common::money;
use crate::helpers::names;

fn station(ids: &[&str], kind: BallotKind, ballot: Option<(Ballot, u64)>) -> Profile {
    let builder = ids
        .iter()
        .fold(Election::builder().budget(1).kind(kind), |builder, &id| {
            builder.project((id, 1))
        });
    let builder = builder.scale(if kind == BallotKind::Grades {
        vec!["bad", "good"]
    } else {
        Vec::new()
    });
    ballot
        .into_iter()
        .fold(builder, |builder, (ballot, count)| {
            builder.ballots(ballot, count)
        })
        .build()
        .unwrap()
        .profile()
        .clone()
}

#[test]
fn what_cannot_be_merged_is_refused() {
    let here = station(
        &["a", "b"],
        BallotKind::Approval,
        Some((Ballot::approval(["a"]), 1)),
    );
    assert_eq!(
        here.merge(&station(&["a", "c"], BallotKind::Approval, None)),
        Err(MergeError::OtherProjects)
    );
    assert_eq!(
        here.merge(&station(&["a"], BallotKind::Approval, None)),
        Err(MergeError::OtherProjects)
    );
    assert_eq!(
        here.merge(&station(&["a", "b"], BallotKind::Signed, None)),
        Err(MergeError::OtherKind)
    );
    let grades = station(&["a", "b"], BallotKind::Grades, None);
    let other_scale = Election::builder()
        .budget(1)
        .project(("a", 1))
        .project(("b", 1))
        .kind(BallotKind::Grades)
        .scale(["bad", "better"])
        .build()
        .unwrap();
    assert_eq!(
        grades.merge(other_scale.profile()),
        Err(MergeError::OtherKind)
    );
    let huge = station(
        &["a", "b"],
        BallotKind::Approval,
        Some((Ballot::approval(["b"]), 1 << 63)),
    );
    assert_eq!(huge.merge(&here), Err(MergeError::TooLarge));
    assert_eq!(huge.voters(), 1 << 63);
}

/// The builder of profiles refuses without changing anything.
#[test]
fn a_refused_row_leaves_no_trace() {
    let election = Election::builder()
        .budget(1)
        .project(("a", 1))
        .project(("b", 1))
        .ballot(Ballot::approval(["a", "b"]))
        .build()
        .unwrap();
    let mut foreign: Vec<_> = election
        .profile()
        .ballots()
        .flat_map(BallotView::entries)
        .collect();
    let smaller = Election::builder()
        .budget(1)
        .project(("a", 1))
        .build()
        .unwrap();
    let mut builder = ProfileBuilder::new(smaller.instance(), BallotKind::Points);
    assert_eq!(
        builder.push(&mut foreign, 0, 1),
        Err(RowError::Unknown(foreign[1].project))
    );
    let mut own = vec![foreign[0], foreign[0]];
    assert_eq!(
        builder.push(&mut own, 0, 1),
        Err(RowError::Repeated(own[0].project))
    );
    assert_eq!(builder.push(&mut own[..1], 0, 0), Err(RowError::Count));
    assert_eq!(builder.push(&mut own[..1], 0, 3), Ok(0));
    assert_eq!(builder.push(&mut own[..1], 0, 4), Ok(0));
    let (profile, became) = builder.finish();
    assert_eq!(
        (
            profile.len(),
            profile.voters(),
            profile.marks(),
            became.len()
        ),
        (1, 7, 1, 1)
    );
}

/// A profile of other projects, or a table with other votes, is no election.
#[test]
fn parts_that_do_not_fit_are_refused() {
    let here = Election::builder()
        .budget(1)
        .project(("a", 1))
        .ballots(Ballot::approval(["a"]), 2)
        .build()
        .unwrap();
    let there = Election::builder()
        .budget(1)
        .project(("b", 1))
        .build()
        .unwrap();
    assert_eq!(
        names(&Election::new(here.instance().clone(), there.profile().clone(), None).unwrap_err()),
        ["BadVoters"]
    );
    let ballot = here.profile().ballot_indices().next().unwrap();
    for times in [1, 3] {
        let voters = Voters::new(
            vec!["v"; times].into_iter().collect(),
            vec![ballot; times],
            Vec::new(),
        )
        .unwrap();
        assert_eq!(
            names(
                &Election::new(
                    here.instance().clone(),
                    here.profile().clone(),
                    Some(voters)
                )
                .unwrap_err()
            ),
            ["BadVoters"]
        );
    }
    assert!(
        here.with_budget(Money::ZERO.checked_sub(money("1")).unwrap())
            .is_none()
    );
}
