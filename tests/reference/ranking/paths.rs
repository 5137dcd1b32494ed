//! Schulze by all simple paths.

use quartier::exact::Ratio;

use super::{Ballot, Order, peel, prefer};

/// Voters for and against.
type Link = (Ratio, Ratio);

/// The six cases of Schulze's >win (winning votes).
#[expect(clippy::nonminimal_bool, reason = "as the paper lists them")]
fn stronger((e, f): &Link, (g, h): &Link) -> bool {
    (e > f && g <= h)
        || (e >= f && g < h)
        || (e > f && g > h && e > g)
        || (e > f && g > h && e == g && f < h)
        || (e < f && g < h && f < h)
        || (e < f && g < h && f == h && e > g)
}

/// The strength of every simple path from the last project walked to the goal, over all links.
fn paths(
    links: &[Vec<Link>],
    walked: &mut Vec<usize>,
    goal: usize,
    weakest: Option<Link>,
    found: &mut Vec<Link>,
) {
    let here = *walked.last().unwrap();
    if here == goal {
        found.extend(weakest);
        return;
    }
    for next in 0..links.len() {
        if walked.contains(&next) {
            continue;
        }
        let link = links[here][next].clone();
        let weakest = match &weakest {
            Some(weakest) if !stronger(weakest, &link) => weakest.clone(),
            _ => link,
        };
        walked.push(next);
        paths(links, walked, goal, Some(weakest), found);
        walked.pop();
    }
}

/// Schulze, tied groups by taking off those that nobody is before.
pub(crate) fn schulze(projects: usize, ballots: &[Ballot]) -> Order {
    let link = |a: usize, b: usize| (prefer(ballots, a, b), prefer(ballots, b, a));
    let links: Vec<Vec<Link>> = (0..projects)
        .map(|a| (0..projects).map(|b| link(a, b)).collect())
        .collect();
    let all = |a: usize, b: usize| {
        let mut found = Vec::new();
        paths(&links, &mut vec![a], b, None, &mut found);
        found
    };
    let before: Vec<Vec<bool>> = (0..projects)
        .map(|a| {
            let beats = |b: usize| {
                let back = all(b, a);
                a != b
                    && all(a, b)
                        .iter()
                        .any(|path| back.iter().all(|other| stronger(path, other)))
            };
            (0..projects).map(beats).collect()
        })
        .collect();
    peel(projects, |a, b| before[a][b])
}
