//! The account of the vote: everything that was received is somewhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::reason::VoidReason;
use super::register::Disposition;

/// What was received, and what became of it. *received = accepted + blank + void + superseded + duplicate + ineligible*,
/// always: a tally that does not balance is not given out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub struct Counts {
    /// All votes that arrived.
    pub received: u64,
    /// Those that count and name at least one project.
    pub accepted: u64,
    /// Those that name nothing.
    pub blank: u64,
    /// Those that are void, by reason.
    pub void: BTreeMap<VoidReason, u64>,
    /// Those that the same voter replaced.
    pub superseded: u64,
    /// Those of voters who had voted already.
    pub duplicate: u64,
    /// Those of people who may not vote.
    pub ineligible: u64,
}

/// One place in the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cell {
    /// The channel.
    pub channel: String,
    /// The voters' quartier; empty where it is not known.
    pub area: String,
    /// The station; empty where it is not known.
    pub station: String,
}

/// The account by channel, quartier and station.
///
/// With serde it is a list, one element for each of these: `{"cell": {..}, "counts": {..}}`. A list that names a place
/// twice, or does not balance somewhere, is not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger(BTreeMap<Cell, Counts>);

impl Counts {
    /// All void votes.
    #[must_use]
    pub fn voids(&self) -> u64 {
        // Each is a part of `received`, so the sum fits.
        self.void.values().sum()
    }

    /// Is every vote somewhere?
    #[must_use]
    pub fn balances(&self) -> bool {
        let parts = [
            self.accepted,
            self.blank,
            self.superseded,
            self.duplicate,
            self.ineligible,
        ];
        let parts = parts.iter().chain(self.void.values());
        let sum: u128 = parts.map(|&part| u128::from(part)).sum();
        sum == u128::from(self.received)
    }

    /// Those that are left to count once votes set aside are out: accepted, blank and void.
    #[must_use]
    pub fn voters(&self) -> u64 {
        self.received
            .saturating_sub(self.superseded)
            .saturating_sub(self.duplicate)
            .saturating_sub(self.ineligible)
    }

    /// Puts votes where they belong.
    fn put(&mut self, disposition: Disposition, count: u64) {
        let part = match disposition {
            Disposition::Accepted => &mut self.accepted,
            Disposition::Blank => &mut self.blank,
            Disposition::Void(reason) => self.void.entry(reason).or_default(),
            Disposition::Superseded => &mut self.superseded,
            Disposition::Duplicate => &mut self.duplicate,
            Disposition::Ineligible => &mut self.ineligible,
        };
        // The intake refuses more than 2^63 votes in all.
        *part = part.saturating_add(count);
    }

    fn add(&mut self, other: &Counts) {
        self.received = self.received.saturating_add(other.received);
        self.put(Disposition::Accepted, other.accepted);
        self.put(Disposition::Blank, other.blank);
        self.put(Disposition::Superseded, other.superseded);
        self.put(Disposition::Duplicate, other.duplicate);
        self.put(Disposition::Ineligible, other.ineligible);
        for (&reason, &count) in &other.void {
            self.put(Disposition::Void(reason), count);
        }
    }
}

impl Ledger {
    /// The account of these places: what was received at each, counted as it came, and what became of every vote. A vote
    /// of no known place makes the account of the unnamed one, which then does not balance.
    pub(super) fn closed(
        cells: &[Cell],
        received: &[u64],
        votes: impl IntoIterator<Item = (u32, Disposition, u64)>,
    ) -> Ledger {
        let mut accounts: Vec<Counts> = vec![Counts::default(); cells.len()];
        for (counts, &received) in accounts.iter_mut().zip(received) {
            counts.received = received;
        }
        let mut nowhere = Counts::default();
        for (cell, disposition, count) in votes {
            let counts = accounts.get_mut(cell as usize).unwrap_or(&mut nowhere);
            counts.put(disposition, count);
        }
        let mut ledger = Ledger(cells.iter().cloned().zip(accounts).collect());
        if !nowhere.balances() {
            ledger.0.entry(Cell::default()).or_default().add(&nowhere);
        }
        ledger
    }

    /// The first place where votes are missing or too many.
    pub(super) fn unbalanced(&self) -> Option<&Cell> {
        let mut cells = self.0.iter();
        cells
            .find(|(_, counts)| !counts.balances())
            .map(|(cell, _)| cell)
    }

    /// Everything together.
    #[must_use]
    pub fn total(&self) -> Counts {
        self.sum(|_| true)
    }

    /// Every channel, quartier and station, in order.
    #[must_use]
    pub fn cells(&self) -> impl ExactSizeIterator<Item = (&Cell, &Counts)> {
        self.0.iter()
    }

    /// What was received in the cells that are asked for.
    pub fn sum(&self, is_asked: impl Fn(&Cell) -> bool) -> Counts {
        let mut sum = Counts::default();
        for (_, counts) in self.0.iter().filter(|(cell, _)| is_asked(cell)) {
            sum.add(counts);
        }
        sum
    }

    /// By channel.
    #[must_use]
    pub fn by_channel(&self) -> BTreeMap<String, Counts> {
        self.by(|cell| cell.channel.clone())
    }

    /// By quartier; those of no known quartier are under the empty name.
    #[must_use]
    pub fn by_area(&self) -> BTreeMap<String, Counts> {
        self.by(|cell| cell.area.clone())
    }

    /// By channel and station.
    #[must_use]
    pub fn by_station(&self) -> BTreeMap<(String, String), Counts> {
        self.by(|cell| (cell.channel.clone(), cell.station.clone()))
    }

    /// By anything that a cell tells.
    pub(super) fn by<K: Ord>(&self, key: impl Fn(&Cell) -> K) -> BTreeMap<K, Counts> {
        let mut sums: BTreeMap<K, Counts> = BTreeMap::new();
        for (cell, counts) in &self.0 {
            sums.entry(key(cell)).or_default().add(counts);
        }
        sums
    }
}

/// One place and its account, as a list has them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<C, A> {
    cell: C,
    counts: A,
}

impl Serialize for Ledger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.cells().map(|(cell, counts)| Line { cell, counts }))
    }
}

impl<'de> Deserialize<'de> for Ledger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ledger, D::Error> {
        let mut cells = BTreeMap::new();
        for Line { cell, counts } in <Vec<Line<Cell, Counts>>>::deserialize(deserializer)? {
            let Cell {
                channel,
                area,
                station,
            } = &cell;
            let place = format!("channel `{channel}`, area `{area}`, station `{station}`");
            if !counts.balances() {
                return Err(de::Error::custom(format!("{place}: does not balance")));
            }
            if cells.insert(cell, counts).is_some() {
                return Err(de::Error::custom(format!("{place}: listed twice")));
            }
        }
        Ok(Ledger(cells))
    }
}
