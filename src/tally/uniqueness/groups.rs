//! Ballots in groups of equal ones.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::exact::Ratio;
use crate::tally::{Disposition, Tally};

use super::equal::{Equal, EqualBallots};

/// How many ballots are so rare that they can tell who cast them.
///
/// A list of ballots without names looks anonymous and often is not. Who marks ten of forty projects casts a ballot
/// that nobody else casts: it can be agreed upon beforehand and looked up afterwards, to prove to a buyer or a boss
/// how one voted; and whoever knows a few of a neighbour's choices can find the others. In 160 approval elections of
/// the public archive the median share of unique ballots is 14%, in Warsaw's districts 80% and more. So look before
/// publishing, with a `k` that the city has stated: a ballot is hidden among equals if at least `k` voters cast it.
///
/// **What to publish.** Three levels; the regulation chooses:
///
/// | level | who sees it | what | can be checked by it |
/// |---|---|---|---|
/// | P0 | everybody | fingerprints, the account of the vote, totals, lots, money | sums, the rule where totals are enough, every euro |
/// | P1 | everybody | also the ballots, sorted, with no column beside them | everything, by anybody; `channel: None, area: None` below tells the price |
/// | P2 | auditors | also pseudonyms, channel, station, time | that P1 is what was received |
///
/// Every column published beside the ballots makes smaller groups: the lines by channel, by area and by both tell how
/// much smaller. No `k` makes a list of ballots *anonymous*; it tells how much it is not. Leaving rare ballots out of a
/// published list would make the result impossible to recount.
///
/// **Definition.** The ballots are those that count, and the blank ones. Two are equal if they say the same, however it was
/// written: the same set for approval, the same order for a ranking. A *group* is all equal ballots of the line.
///
/// ```
/// use quartier::election::Instance;
/// use quartier::tally::{BallotRules, CastVote, Content, Intake};
/// use quartier::tally::uniqueness::Uniqueness;
/// let instance = Instance::builder().budget(9).project(("a", 1)).project(("b", 1)).build()?;
/// let rules: BallotRules =
///     "form=approval,max=2,invalid=void,duplicates=first,blank-ballots-count=false,channels=paper:binding".parse()?;
/// let mut intake = Intake::new(&instance, &rules)?;
/// for text in ["a,b", "b,a", "a,b", "b"] {
///     intake.cast(&CastVote::new(Content::Text(text)));
/// }
/// let groups = Uniqueness::of(&intake.close()?, 3).whole();
/// assert_eq!((groups.ballots, groups.distinct, groups.unique, groups.rare), (4, 2, 1, 1));
/// assert_eq!(groups.unique_share().map(|share| share.to_string()), Some("1/4".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Uniqueness {
    /// Groups smaller than this are counted as rare.
    pub k: u64,
    /// All ballots together; then by channel; then by area; then by both. Each in the order of the names.
    pub lines: Vec<UniquenessLine>,
}

/// What a list of ballots would tell that has these columns beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct UniquenessLine {
    /// The channel, if it is published; `None` for all channels together.
    pub channel: Option<String>,
    /// The quartier, if it is published; `None` for all quartiers together.
    pub area: Option<String>,
    /// The ballots and their groups.
    pub groups: BallotGroups,
}

/// Ballots in groups of equal ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct BallotGroups {
    /// How many ballots there are.
    pub ballots: u64,
    /// How many different ones.
    pub distinct: u64,
    /// How many are equal to no other.
    pub unique: u64,
    /// How many are in a group of fewer than `k`, the unique ones included (where `k` is 2 or more).
    pub rare: u64,
}

impl BallotGroups {
    fn add(&mut self, group: u64, k: u64) {
        // All ballots together are at most 2^63.
        self.ballots = self.ballots.saturating_add(group);
        self.distinct = self.distinct.saturating_add(1);
        if group == 1 {
            self.unique = self.unique.saturating_add(1);
        }
        if group < k {
            self.rare = self.rare.saturating_add(group);
        }
    }

    /// The share of ballots that are equal to no other; `None` of no ballots.
    #[must_use]
    pub fn unique_share(&self) -> Option<Ratio> {
        Ratio::from(self.unique).checked_div(&Ratio::from(self.ballots))
    }

    /// The share of ballots in groups of fewer than `k`; `None` of no ballots.
    #[must_use]
    pub fn rare_share(&self) -> Option<Ratio> {
        Ratio::from(self.rare).checked_div(&Ratio::from(self.ballots))
    }
}

/// The channel, the area and the content of a vote, by number.
type Key = (Option<u32>, Option<u32>, Equal);

/// Names in order, each with its number.
fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u32> {
    let mut numbers: BTreeMap<&str, u32> = names.map(|name| (name, 0)).collect();
    for (number, (_, place)) in (0..).zip(numbers.iter_mut()) {
        *place = number;
    }
    numbers
}

impl Uniqueness {
    /// Counts the groups of a tally's ballots. O(n log d) for n votes with d different ballots by channel and area;
    /// memory for those.
    #[must_use]
    pub fn of(tally: &Tally, k: u64) -> Uniqueness {
        let register = tally.register();
        let equal = EqualBallots::of(register);
        let cells = || tally.ledger().cells().map(|(cell, _)| cell);
        let channels = numbered(cells().map(|cell| cell.channel.as_str()));
        let areas = numbered(cells().map(|cell| cell.area.as_str()));
        let mut finest: BTreeMap<Key, u64> = BTreeMap::new();
        for row in register.rows() {
            if matches!(
                row.disposition(),
                Disposition::Accepted | Disposition::Blank
            ) {
                let channel = channels.get(row.channel()).copied();
                let area = areas.get(row.area()).copied();
                let group = finest.entry((channel, area, equal.at(row))).or_default();
                *group = group.saturating_add(row.count());
            }
        }
        let names = |numbers: &BTreeMap<&str, u32>| -> Vec<String> {
            numbers.keys().map(|name| (*name).to_owned()).collect()
        };
        let (channel_names, area_names) = (names(&channels), names(&areas));
        let name = |names: &[String], number: Option<u32>| names.get(number? as usize).cloned();
        let views: [fn(Key) -> Key; 4] = [
            |(_, _, ballot)| (None, None, ballot),
            |(channel, _, ballot)| (channel, None, ballot),
            |(_, area, ballot)| (None, area, ballot),
            |key| key,
        ];
        let lines = views.into_iter().flat_map(|view| lines(&finest, view, k));
        let lines = lines.map(|(channel, area, groups)| UniquenessLine {
            channel: name(&channel_names, channel),
            area: name(&area_names, area),
            groups,
        });
        Uniqueness {
            k,
            lines: lines.collect(),
        }
    }

    /// All ballots together, as a list without any column would have them.
    #[must_use]
    pub fn whole(&self) -> BallotGroups {
        self.lines
            .first()
            .map(|line| line.groups)
            .unwrap_or_default()
    }
}

/// The groups as a list shows them in which only a part of the key can be seen.
fn lines(
    finest: &BTreeMap<Key, u64>,
    view: fn(Key) -> Key,
    k: u64,
) -> Vec<(Option<u32>, Option<u32>, BallotGroups)> {
    let mut seen: BTreeMap<Key, u64> = BTreeMap::new();
    for (&key, &group) in finest {
        let sum = seen.entry(view(key)).or_default();
        *sum = sum.saturating_add(group);
    }
    let mut lines: BTreeMap<(Option<u32>, Option<u32>), BallotGroups> = BTreeMap::new();
    for ((channel, area, _), group) in seen {
        lines.entry((channel, area)).or_default().add(group, k);
    }
    lines
        .into_iter()
        .map(|((channel, area), groups)| (channel, area, groups))
        .collect()
}

impl fmt::Display for Uniqueness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, line) in self.lines.iter().enumerate() {
            let groups = line.groups;
            let percent = |share: Option<Ratio>| {
                share.map_or("0".to_owned(), |share| share.mul_int(100).decimal(1))
            };
            let place = match (&line.channel, &line.area) {
                (None, None) => "all ballots".to_owned(),
                (Some(channel), None) => format!("channel `{channel}`"),
                (None, Some(area)) => format!("area `{area}`"),
                (Some(channel), Some(area)) => format!("channel `{channel}` in area `{area}`"),
            };
            write!(
                f,
                "{}{place}: {} ballots, {} unique ({}%), {} in groups smaller than {} ({}%)",
                if number == 0 { "" } else { "\n" },
                groups.ballots,
                groups.unique,
                percent(groups.unique_share()),
                groups.rare,
                self.k,
                percent(groups.rare_share()),
            )?;
        }
        Ok(())
    }
}
