//! What the kernel sees of an election: who supports what, by how much, and how large the purses are.

use std::borrow::Cow;
use std::sync::Arc;

use crate::count::Halt;
use crate::election::{BallotIx, BallotKind, Election, Money, ProjectIx, Utility};
use crate::exact::Ratio;
use crate::exact::certified::{Bound, Near, Row, Slopes};

/// The supporters of a project: the distinct ballots that gain from it, in order.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) ballots: Cow<'a, [u32]>,
    /// Parallel to `ballots`; `None` where all slopes are 1.
    pub(super) slopes: Option<(Slopes, Vec<Ratio>)>,
}

/// What a project costs and the part of the utility that is the same for all who gain from it.
#[derive(Debug)]
pub(super) struct Price {
    /// In ten-thousandths.
    pub(super) cost: Ratio,
    pub(super) cost_near: Near,
    pub(super) part: Ratio,
    pub(super) part_near: Near,
    /// A lower bound of the level in every run: that of supporters who all pay in full. 0 where slopes differ.
    pub(super) least: Bound,
}

/// An election as Equal Shares sees it.
///
/// A voter of weight `w` who gains `u` from a project counts as `w` voters with that utility who share one purse, so
/// the purse gives `min(rest, rate x w u)`. With `w u = part x slope`, where the part belongs to the project and
/// the slope to the voter, that is `min(rest, level x slope)` for the level `rate x part`.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) election: &'a Election,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) prices: Arc<[Price]>,
    /// The endowment of each class, and the sum over all voters.
    pub(super) endowments: Arc<[Ratio]>,
    pub(super) total: Ratio,
    /// Distinct ballots: how many voters, and of which class; the classes are empty where there is only one.
    pub(super) counts: Cow<'a, [u64]>,
    pub(super) classes: Cow<'a, [u32]>,
    /// One distinct ballot of the profile for each; `None` where they are the profile's own.
    pub(super) represents: Option<Vec<u32>>,
    pub(super) is_signed: bool,
    pub(super) is_uniform: bool,
    /// Are all numbers in the range of certified arithmetic?
    pub(super) is_sure: bool,
}

impl<'a> View<'a> {
    /// The view for a utility. Linear in the marks on the ballots.
    ///
    /// # Errors
    /// [`Halt`] if the utility is not additive or cannot be read from the ballots.
    pub(super) fn new(election: &'a Election, utility: Utility) -> Result<View<'a>, Halt> {
        let profile = election.profile();
        let additive = utility.additive(election)?;
        let is_signed = profile.kind() == BallotKind::Signed;
        let is_uniform = additive.is_uniform() && profile.is_unweighted();
        let prices: Vec<Price> = election
            .instance()
            .project_indices()
            .map(|project| {
                let part = additive.part_of_project(project);
                price(election, project, part).with(election, project, is_uniform)
            })
            .collect();
        let lines = if is_uniform {
            uniform(election, is_signed)
        } else {
            let mut rows: Vec<(Vec<u32>, Vec<Ratio>)> =
                prices.iter().map(|_| Default::default()).collect();
            additive.multiples(election, |ballot, project, multiple| {
                let slope = weight_of(election, ballot).map(|weight| multiple * weight);
                if let (Some(slope), Some((ballots, slopes))) = (
                    slope.filter(Ratio::is_positive),
                    rows.get_mut(project.index()),
                ) {
                    ballots.push(u32::try_from(ballot).unwrap_or(u32::MAX));
                    slopes.push(slope);
                }
            });
            rows.into_iter().map(Line::sloped).collect()
        };
        let endowments = profile
            .classes()
            .iter()
            .map(|class| class.endowment.clone());
        let is_sure = lines.iter().all(Line::is_sure)
            && prices
                .iter()
                .all(|price| price.cost_near.is_sure() && price.part_near.is_sure());
        let mut view = View {
            election,
            lines,
            prices: prices.into(),
            endowments: endowments.collect(),
            total: Ratio::ZERO,
            counts: Cow::Borrowed(profile.counts()),
            classes: Cow::Borrowed(profile.class_numbers()),
            represents: None,
            is_signed,
            is_uniform,
            is_sure,
        };
        view.total = view.total_endowment();
        Ok(view)
    }

    fn total_endowment(&self) -> Ratio {
        if let [only] = &*self.endowments {
            return only * Ratio::from(self.election.profile().voters());
        }
        let mut counts = vec![0_i128; self.endowments.len()];
        for (count, class) in self.voters() {
            if let Some(sum) = counts.get_mut(class as usize) {
                *sum += i128::from(count);
            }
        }
        let terms = self.endowments.iter().zip(counts);
        terms
            .map(|(endowment, count)| endowment.mul_int(count))
            .sum()
    }

    /// An ordinary voter's share of some money, in ten-thousandths; `None` if nobody votes.
    pub(super) fn share_of(&self, money: Money) -> Option<Ratio> {
        Ratio::from(money.ten_thousandths()).checked_div(&self.total)
    }

    /// The purses of each class when an ordinary voter has this share.
    pub(super) fn purses(&self, share: &Ratio) -> Vec<Ratio> {
        self.endowments
            .iter()
            .map(|endowment| share * endowment)
            .collect()
    }

    /// What each project costs for what its supporters gain: its rate, were there one payer only.
    pub(super) fn worths(&self) -> Vec<Ratio> {
        let worth = |price: &Price| price.cost.checked_div(&price.part).unwrap_or_default();
        self.prices.iter().map(worth).collect()
    }

    /// The distinct ballots: how many voters cast each, and their class.
    pub(super) fn voters(&self) -> impl ExactSizeIterator<Item = (u64, u32)> + '_ {
        let class = |at: usize| self.classes.get(at).copied().unwrap_or(0);
        self.counts
            .iter()
            .enumerate()
            .map(move |(at, &count)| (count, class(at)))
    }

    pub(super) fn count(&self, ballot: u32) -> u64 {
        self.counts.get(ballot as usize).copied().unwrap_or(0)
    }

    pub(super) fn class(&self, ballot: u32) -> usize {
        let class = self.classes.get(ballot as usize);
        class.map_or(0, |&class| class as usize)
    }

    pub(super) fn price(&self, project: ProjectIx) -> Option<&Price> {
        self.prices.get(project.index())
    }

    /// The distinct ballots that gain from a project.
    pub(super) fn supporters(&self, project: ProjectIx) -> &[u32] {
        self.lines
            .get(project.index())
            .map_or(&[], |line| &line.ballots)
    }

    /// Does anybody gain from the project?
    pub(super) fn is_supported(&self, project: ProjectIx) -> bool {
        let gains = |price: &Price| price.part.is_positive();
        !self.supporters(project).is_empty() && self.price(project).is_some_and(gains)
    }

    pub(super) fn row(&self, project: ProjectIx) -> Row<'_> {
        Row {
            items: self.supporters(project),
            slopes: self
                .lines
                .get(project.index())
                .and_then(|line| line.slopes.as_ref())
                .map(|(slopes, _)| slopes),
        }
    }

    /// The slope of a supporter; `None` if it is 1, and for a ballot that does not gain from the project.
    pub(super) fn slope(&self, project: ProjectIx, ballot: u32) -> Option<&Ratio> {
        let line = self.lines.get(project.index())?;
        let (_, slopes) = line.slopes.as_ref()?;
        slopes.get(line.ballots.binary_search(&ballot).ok()?)
    }

    /// The slopes of these supporters, each times its voters.
    pub(super) fn slopes_of(&self, project: ProjectIx, ballots: &[u32]) -> Ratio {
        if self.is_uniform {
            let heads = ballots.iter().map(|&ballot| i128::from(self.count(ballot)));
            return Ratio::from(heads.sum::<i128>());
        }
        let slopes = ballots.iter().filter_map(|&ballot| {
            let slope = self.slope(project, ballot)?;
            Some(slope.mul_int(i128::from(self.count(ballot))))
        });
        slopes.sum()
    }

    /// The projects that a ballot gains from.
    pub(super) fn gains(&self, ballot: u32) -> impl Iterator<Item = ProjectIx> + '_ {
        let profile = self.election.profile();
        let own = match &self.represents {
            Some(ballots) => ballots.get(ballot as usize).copied().unwrap_or(u32::MAX),
            None => ballot,
        };
        let view = profile.ballot(BallotIx::new(own as usize));
        let entries = view
            .into_iter()
            .flat_map(crate::election::BallotView::entries);
        entries
            .filter(move |entry| {
                if self.is_uniform() {
                    !self.is_signed || entry.weight > 0
                } else {
                    self.slope(entry.project, ballot).is_some()
                }
            })
            .map(|entry| entry.project)
    }

    /// Are all slopes 1?
    pub(super) fn is_uniform(&self) -> bool {
        self.is_uniform
    }

    /// How many supporters all projects have together: the steps that a run takes at least.
    pub(super) fn marks(&self) -> u64 {
        let marks = self.lines.iter().map(|line| line.ballots.len() as u64);
        marks.sum()
    }
}

impl Line<'_> {
    fn sloped((ballots, slopes): (Vec<u32>, Vec<Ratio>)) -> Self {
        let near = Slopes::new(slopes.iter().map(Near::of));
        Line {
            ballots: Cow::Owned(ballots),
            slopes: Some((near, slopes)),
        }
    }

    fn is_sure(&self) -> bool {
        self.slopes
            .as_ref()
            .is_none_or(|(slopes, _)| slopes.is_sure())
    }
}

fn uniform(election: &Election, is_signed: bool) -> Vec<Line<'_>> {
    let supporters = election.profile().supporters();
    let lines = election.instance().project_indices().map(|project| {
        let ballots = if is_signed {
            let fors = supporters
                .of_project(project)
                .filter(|&(_, weight)| weight > 0)
                .map(|(ballot, _)| u32::try_from(ballot.index()).unwrap_or(u32::MAX));
            Cow::Owned(fors.collect())
        } else {
            Cow::Borrowed(supporters.ballots_of(project))
        };
        Line {
            ballots,
            slopes: None,
        }
    });
    lines.collect()
}

fn price(election: &Election, project: ProjectIx, part: Ratio) -> Price {
    let cost = Ratio::from(election.instance().cost_of(project).ten_thousandths());
    Price {
        cost_near: Near::of(&cost),
        part_near: Near::of(&part),
        cost,
        part,
        least: Bound::ZERO,
    }
}

impl Price {
    /// The exact level where so many voters pay alike, and nobody else pays.
    pub(super) fn alike(&self, payers: u64) -> Option<Ratio> {
        self.cost.checked_div(&Ratio::from(payers))
    }

    /// The price with the least level, where all slopes are 1.
    fn with(self, election: &Election, project: ProjectIx, is_uniform: bool) -> Price {
        let voters = election.profile().mentioned().get(project.index());
        let voters = voters.copied().filter(|_| is_uniform).unwrap_or(0);
        let least = if voters > 0 {
            Bound::below(self.cost_near).low_per(Near::of_count(voters))
        } else {
            Bound::ZERO
        };
        Price { least, ..self }
    }
}

fn weight_of(election: &Election, ballot: usize) -> Option<&Ratio> {
    let profile = election.profile();
    let class = profile.ballot(BallotIx::new(ballot))?.class();
    profile.classes().get(class).map(|class| &class.weight)
}
