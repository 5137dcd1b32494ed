//! Is this ballot valid?

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use crate::election::{BallotKind, Entry, Instance, Money, Points, ProjectIx, Stance};
use crate::tally::ballot_rule::{
    BallotForm, BallotRules, Bounds, ExcessPolicy, MarkPolicy, TiedRanks,
};
use crate::tally::cast::{Content, Mark, MarkValue, Marks};
use crate::tally::reason::VoidReason;

use super::contents::{Trouble, Verdict};
use super::cut::Cut;

/// Judges ballots by the rules, for the projects of one instance.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    pub(super) instance: &'a Instance,
    pub(super) rules: &'a BallotRules,
    /// Nothing iterates it, so its order never shows.
    projects: HashMap<&'a str, ProjectIx, foldhash::fast::RandomState>,
    /// Ids that are numbers, by the number without zeros in front, which spreadsheets drop.
    numbers: BTreeMap<&'a str, &'a str>,
}

/// Up to this many marks, looking through those before is faster than a set of them.
const FEW_MARKS: usize = 32;

/// A mark that stands, with its place in the vote.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) entry: Entry,
    /// In bytes from the start of the vote's text.
    pub(super) offset: usize,
}

/// What is left of a ballot, and the first thing that was wrong with it.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) entries: Vec<Entry>,
    /// The marks that were dropped or cut off.
    pub(super) dropped: u32,
    pub(super) trouble: Option<Trouble>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(instance: &'a Instance, rules: &'a BallotRules) -> Judge<'a> {
        let ids = instance
            .projects()
            .iter()
            .map(|project| project.id.as_str());
        Judge {
            instance,
            rules,
            projects: ids.clone().zip(instance.project_indices()).collect(),
            numbers: ids.filter_map(|id| Some((bare_number(id)?, id))).collect(),
        }
    }

    /// Judges a vote of somebody who lives in `home`.
    pub(super) fn judge(&self, content: Content<'_>, home: &str) -> Judged {
        if content == Content::Unreadable {
            return void(VoidReason::Unreadable, None);
        }
        let kind = self.rules.form.kind();
        let marks = Marks::of(content, kind, |id| self.projects.contains_key(id));
        if marks.is_empty() {
            return Judged {
                verdict: Verdict::Blank,
                entries: Vec::new(),
                dropped: 0,
                trouble: None,
            };
        }
        if self.rules.needs_home() && self.instance.find_area(home).is_none() {
            return void(VoidReason::UnknownArea, None);
        }
        let (mut standing, trouble) = self.standing(&marks, home);
        if self.rules.invalid.marks == MarkPolicy::Void
            && let Some(trouble) = trouble
        {
            return void(trouble.reason, Some(trouble));
        }
        if let (Some(trouble), true) = (&trouble, standing.is_empty()) {
            return void(trouble.reason, Some(trouble.clone()));
        }
        let excess = self.cut(&mut standing, home);
        if let Some(excess) = &excess
            && (self.rules.invalid.excess == ExcessPolicy::Void || standing.is_empty())
        {
            return void(excess.reason, Some(excess.clone()));
        }
        if let Some(reason) = self.whole_fault(&standing, home) {
            return void(reason, None);
        }
        let dropped = marks.len() - standing.len();
        Judged {
            verdict: Verdict::Accepted,
            entries: self.entries(&standing),
            dropped: u32::try_from(dropped).unwrap_or(u32::MAX),
            trouble: trouble.or(excess),
        }
    }

    /// The marks that are right by themselves, and the first that is not.
    fn standing(&self, marks: &Marks<'_>, home: &str) -> (Vec<Standing>, Option<Trouble>) {
        let mut standing: Vec<Standing> = Vec::with_capacity(marks.len());
        let mut trouble = None;
        let mut seen = BTreeSet::new();
        for mark in marks.iter() {
            let entry = self.entry(mark, home).and_then(|entry| {
                let is_repeated = if marks.len() > FEW_MARKS {
                    !seen.insert(entry.project)
                } else {
                    let known = |mark: &Standing| mark.entry.project == entry.project;
                    standing.iter().any(known)
                };
                if is_repeated {
                    return Err(VoidReason::RepeatedProject);
                }
                Ok(entry)
            });
            match entry {
                Ok(entry) => standing.push(Standing {
                    entry,
                    offset: mark.offset,
                }),
                Err(reason) => {
                    trouble.get_or_insert_with(|| self.trouble_of(mark, reason));
                }
            }
        }
        (standing, trouble)
    }

    /// The entries that are left; ranks are numbered again without gaps, so that equal ballots are equal.
    fn entries(&self, standing: &[Standing]) -> Vec<Entry> {
        let mut entries: Vec<Entry> = standing.iter().map(|mark| mark.entry).collect();
        if matches!(self.rules.form, BallotForm::Ranked(_)) {
            let (mut tier, mut last) = (-1, None);
            for entry in &mut entries {
                if last != Some(entry.weight) {
                    (last, tier) = (Some(entry.weight), tier + 1);
                }
                entry.weight = tier;
            }
        }
        entries
    }

    /// One mark by itself.
    fn entry(&self, mark: &Mark<'_>, home: &str) -> Result<Entry, VoidReason> {
        let weight = match mark.value {
            MarkValue::Named => 0,
            MarkValue::Tier(tier) => i64::from(tier),
            MarkValue::Points(points) => points.millionths(),
            MarkValue::Stance(Stance::For) => 1,
            MarkValue::Stance(Stance::Against) => -1,
            MarkValue::Grade(grade) => {
                let scale = self.rules.form.scale();
                let place = scale.iter().position(|known| known == grade);
                place
                    .and_then(|place| i64::try_from(place).ok())
                    .ok_or(VoidReason::UnknownGrade)?
            }
            MarkValue::Malformed(_) => {
                // Without points or a grade, the id is what the reader of an error looks for.
                self.find(mark)?;
                return Err(VoidReason::MalformedMark);
            }
        };
        let project = self.find(mark)?;
        if self.is_closed(project, home) {
            return Err(VoidReason::OutsideScope);
        }
        if let MarkValue::Points(points) = mark.value
            && !self.allows(project, points, home)
        {
            return Err(VoidReason::PointsOutOfRange);
        }
        Ok(Entry { project, weight })
    }

    fn find(&self, mark: &Mark<'_>) -> Result<ProjectIx, VoidReason> {
        let found = self.projects.get(mark.project).copied();
        found.ok_or(VoidReason::UnknownProject)
    }

    /// Is the project of a part that this voter may not mark at all?
    fn is_closed(&self, project: ProjectIx, home: &str) -> bool {
        let closed = |bounds: &Bounds| bounds.max == Some(0) || bounds.max_areas == Some(0);
        self.bounds_on(project, home).any(closed)
    }

    fn allows(&self, project: ProjectIx, points: Points, home: &str) -> bool {
        let fits = |bounds: &Bounds| {
            bounds.min_points.is_none_or(|least| points >= least)
                && bounds.max_points.is_none_or(|most| points <= most)
        };
        let is_allowed = points >= Points::ZERO || self.rules.bounds.allows_negative();
        is_allowed && fits(&self.rules.bounds) && self.bounds_on(project, home).all(fits)
    }

    /// The bounds of the parts that a project is of.
    fn bounds_on(&self, project: ProjectIx, home: &str) -> impl Iterator<Item = &Bounds> {
        let project = self.instance.project(project);
        let parts = self.rules.parts.iter().filter(move |part| {
            project
                .is_some_and(|project| !part.scope.groups(project, home, self.instance).is_empty())
        });
        parts.map(|part| &part.bounds)
    }

    /// Cuts what is beyond an upper bound, and tells the first mark that is.
    fn cut(&self, standing: &mut Vec<Standing>, home: &str) -> Option<Trouble> {
        let mut cut = Cut::new(self.instance, self.rules, home);
        let (mut first, mut cut_tiers) = (None, Vec::new());
        standing.retain(|mark| match cut.take(mark.entry) {
            Ok(()) => true,
            Err(reason) => {
                first.get_or_insert_with(|| Trouble {
                    reason,
                    offset: mark.offset as u64,
                    detail: String::new(),
                });
                cut_tiers.push(mark.entry.weight);
                false
            }
        });
        // Projects that share a rank stay or fall together: `a=b` and `b=a` are one ballot. Marks stand by rank, so the
        // ranks that were cut do as well.
        if matches!(self.rules.form, BallotForm::Ranked(_)) {
            standing.retain(|mark| cut_tiers.binary_search(&mark.entry.weight).is_err());
        }
        first
    }

    /// What is wrong with the ballot as a whole: ranks that are shared, or too little on it.
    fn whole_fault(&self, standing: &[Standing], home: &str) -> Option<VoidReason> {
        if self.rules.form == BallotForm::Ranked(TiedRanks::Refused) && shares_ranks(standing) {
            return Some(VoidReason::TiedRanks);
        }
        let all: Vec<Entry> = standing.iter().map(|mark| mark.entry).collect();
        let whole = self.out_of_bounds(&self.rules.bounds, &all);
        whole.or_else(|| {
            self.rules.parts.iter().find_map(|part| {
                let groups = Cut::groups_of(self.instance, &part.scope, &all, home);
                let of_each = groups
                    .values()
                    .find_map(|entries| self.out_of_bounds(&part.bounds, entries));
                // A part that the voter left out altogether holds too little as well.
                of_each.or_else(|| {
                    let is_one = part.scope.is_one_group();
                    let left_out = is_one && groups.is_empty();
                    left_out
                        .then(|| self.out_of_bounds(&part.bounds, &[]))
                        .flatten()
                })
            })
        })
    }

    /// Too little of something; or points that may be below 0 and are too many together.
    fn out_of_bounds(&self, bounds: &Bounds, entries: &[Entry]) -> Option<VoidReason> {
        let number = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        if bounds.min.is_some_and(|least| number < least) {
            return Some(VoidReason::TooFew);
        }
        let cost = || {
            Money::checked_sum(
                entries
                    .iter()
                    .map(|entry| self.instance.cost_of(entry.project)),
            )
        };
        if bounds
            .min_cost
            .is_some_and(|least| cost().is_some_and(|cost| cost < least))
        {
            return Some(VoidReason::CostBelow);
        }
        let sum = || {
            entries
                .iter()
                .map(|entry| i128::from(entry.weight))
                .sum::<i128>()
        };
        if bounds
            .min_sum
            .is_some_and(|least| sum() < i128::from(least.millionths()))
        {
            return Some(VoidReason::SumBelow);
        }
        let is_above = |most: Points| sum() > i128::from(most.millionths());
        let is_above = bounds.allows_negative() && bounds.max_sum.is_some_and(is_above);
        is_above.then_some(VoidReason::SumAbove)
    }

    fn trouble_of(&self, mark: &Mark<'_>, reason: VoidReason) -> Trouble {
        let detail = match (reason, mark.value) {
            (VoidReason::UnknownProject, MarkValue::Malformed("")) if self.is_decimal(mark) => {
                format!(
                    "is `{}` the rest of a decimal? write points with a point, such as 2.5",
                    shortened(mark.project)
                )
            }
            (VoidReason::UnknownProject, _) => self.hint(mark.project),
            (_, MarkValue::Malformed(said)) => self.wanted(said),
            (VoidReason::UnknownGrade, MarkValue::Grade(grade)) => format!(
                "`{}` is not one of {}",
                shortened(grade),
                self.rules.form.scale().join(", ")
            ),
            (VoidReason::PointsOutOfRange, MarkValue::Points(points)) => format!("{points} points"),
            _ => String::new(),
        };
        Trouble {
            reason,
            offset: mark.offset as u64,
            detail,
        }
    }

    /// Does a number stand alone on a ballot of points, as the rest of a number that a comma has cut?
    fn is_decimal(&self, mark: &Mark<'_>) -> bool {
        self.rules.form == BallotForm::Points && bare_number(mark.project).is_some()
    }

    /// What a spreadsheet may have done to an id.
    fn hint(&self, id: &str) -> String {
        let known = bare_number(id).and_then(|bare| self.numbers.get(bare));
        match known {
            Some(known) => format!("did a spreadsheet change `{known}` into `{id}`?"),
            None => format!("`{}` is not a project", shortened(id)),
        }
    }

    fn wanted(&self, said: &str) -> String {
        let form = match self.rules.form.kind() {
            BallotKind::Approval => "the project's id",
            BallotKind::Ranked => "the ids in order",
            BallotKind::Points => "id:points, such as 12:3",
            BallotKind::Grades => "id:grade",
            BallotKind::Signed => "+id or -id",
        };
        if said.is_empty() {
            return format!("expected {form}");
        }
        format!("`{}` is not what was expected: {form}", shortened(said))
    }
}

/// A number without the zeros in front of it.
fn bare_number(id: &str) -> Option<&str> {
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| id.trim_start_matches('0'))
}

fn shares_ranks(standing: &[Standing]) -> bool {
    let mut tiers: Vec<i64> = standing.iter().map(|mark| mark.entry.weight).collect();
    tiers.sort_unstable();
    tiers
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a == b))
}

fn shortened(text: &str) -> String {
    text.chars().take(40).flat_map(char::escape_debug).collect()
}

fn void(reason: VoidReason, trouble: Option<Trouble>) -> Judged {
    Judged {
        verdict: Verdict::Void(reason),
        entries: Vec::new(),
        dropped: 0,
        trouble,
    }
}
