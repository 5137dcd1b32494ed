//! Choosing among equals: by the chain, by a recorded lot, or by a script that tries all ways.

use std::collections::BTreeMap;

use crate::election::{Instance, ProjectIx};
use crate::exact::Ratio;
use crate::record::{Contender, RecordedLot, Resolution, TieChain, TieError};

use super::error::{CountError, Halt};
use super::outcome::{LotRequired, TieRecord};
use super::script::{Script, State};

/// The tie policy of a count and what it decided.
#[derive(Debug, Clone)]
pub(super) struct Ties {
    stage: String,
    chain: TieChain,
    lot: Option<RecordedLot>,
    pub(super) script: Option<Script>,
    records: Vec<TieRecord>,
    /// The places of the group that was tied last, where the chain orders all of it.
    ranks: Vec<Option<usize>>,
    /// What was settled in runs that were only tried, by who was tied.
    tried: BTreeMap<Vec<String>, TieRecord>,
}

/// What was recorded, while a choice is made that is not.
#[derive(Debug)]
pub(super) struct Records {
    records: Vec<TieRecord>,
    ranks: Vec<Option<usize>>,
}

impl Ties {
    pub(super) fn new(
        stage: &str,
        chain: TieChain,
        lot: Option<RecordedLot>,
        script: Option<Script>,
    ) -> Ties {
        Ties {
            stage: stage.to_owned(),
            chain,
            lot,
            script,
            records: Vec::new(),
            ranks: Vec::new(),
            tried: BTreeMap::new(),
        }
    }

    pub(super) fn records(&self) -> &[TieRecord] {
        &self.records
    }

    /// Takes the records away for a choice in a run that is only tried, and puts them back after it.
    pub(super) fn set_aside(&mut self) -> Records {
        Records {
            records: std::mem::take(&mut self.records),
            ranks: std::mem::take(&mut self.ranks),
        }
    }

    pub(super) fn put_back(&mut self, aside: Records) {
        let tried = std::mem::replace(&mut self.records, aside.records);
        self.ranks = aside.ranks;
        for record in tried {
            self.tried.entry(record.tied.clone()).or_insert(record);
        }
    }

    /// Records what was settled in runs that were only tried, as far as no record says the same. Gives how many
    /// records there were before.
    pub(super) fn record_tried(&mut self) -> usize {
        let before = self.records.len();
        for (_, record) in std::mem::take(&mut self.tried) {
            if !self.records.iter().any(|known| says(known, &record)) {
                self.records.push(record);
            }
        }
        self.ranks.clear();
        before
    }

    /// Begins afresh: what is tied from here on is another tie, even among the same projects.
    pub(super) fn begin(&mut self) {
        self.ranks.clear();
    }

    /// Who goes first. `state` is asked for only where all ways are tried.
    pub(super) fn choose(
        &mut self,
        instance: &Instance,
        votes: &[Ratio],
        tied: &[ProjectIx],
        state: impl FnOnce(&Script) -> State,
    ) -> Result<ProjectIx, Halt> {
        match tied {
            [] => {
                return Err(Halt::Failed(CountError::Tie(TieError::NotATie {
                    found: 0,
                })));
            }
            [only] => return Ok(*only),
            _ => {}
        }
        if let Some(chosen) = self.next_of_group(instance, votes, tied)? {
            return Ok(chosen);
        }
        let none = Ratio::ZERO;
        let contenders = contenders(instance, votes, &none, tied);
        let place = |place: usize| tied.get(place).copied();
        let (chosen, by) = match self.resolve(&contenders)? {
            Resolution::Resolved { chosen, by } => (place(chosen), by.to_string()),
            Resolution::Unsettled { remaining, .. } => {
                let remaining: Vec<ProjectIx> = remaining.into_iter().filter_map(place).collect();
                let Some(script) = self.script.as_mut().filter(|script| !script.is_pruned) else {
                    return Err(self.lot_required(instance, &remaining));
                };
                if script.is_known(state) {
                    return Err(self.lot_required(instance, &remaining));
                }
                (Some(script.answer(&remaining)), "trial".to_owned())
            }
        };
        let chosen = chosen
            .or_else(|| tied.first().copied())
            .unwrap_or(ProjectIx::new(0));
        let mut ids: Vec<String> = contenders
            .iter()
            .map(|contender| contender.id.to_owned())
            .collect();
        ids.sort_unstable();
        self.records.push(TieRecord {
            tied: ids,
            chosen: vec![instance.id_of(chosen).to_owned()],
            by,
        });
        self.rank(instance, &contenders, tied)?;
        Ok(chosen)
    }

    /// Who goes first, where chain or lot settle it by themselves.
    pub(super) fn settled(
        &self,
        instance: &Instance,
        votes: &[Ratio],
        tied: &[ProjectIx],
    ) -> Option<ProjectIx> {
        let none = Ratio::ZERO;
        match self.resolve(&contenders(instance, votes, &none, tied)) {
            Ok(Resolution::Resolved { chosen, .. }) => tied.get(chosen).copied(),
            _ => None,
        }
    }

    /// Applies the chain. A lot that names none of those it would have to order was drawn for another tie.
    fn resolve(&self, contenders: &[Contender<'_>]) -> Result<Resolution, TieError> {
        let resolved = self.chain.resolve(contenders, self.lot.as_ref());
        if let (Err(TieError::LotDoesNotCover { .. }), Some(lot)) = (&resolved, &self.lot)
            && let open @ Resolution::Unsettled { .. } = self.chain.resolve(contenders, None)?
            && let Resolution::Unsettled { remaining, .. } = &open
            && remaining
                .iter()
                .filter_map(|&place| contenders.get(place))
                .all(|contender| lot.place(contender.id).is_none())
        {
            return Ok(open);
        }
        resolved
    }

    fn lot_required(&self, instance: &Instance, remaining: &[ProjectIx]) -> Halt {
        let tied = remaining
            .iter()
            .map(|&project| instance.id_of(project).to_owned())
            .collect();
        Halt::LotRequired(LotRequired {
            stage: self.stage.clone(),
            tied,
        })
    }

    /// Remembers the order of a whole group, where the chain gives one.
    fn rank(
        &mut self,
        instance: &Instance,
        contenders: &[Contender<'_>],
        tied: &[ProjectIx],
    ) -> Result<(), TieError> {
        self.ranks.clear();
        let Some(order) = self.chain.fixed_order(contenders, self.lot.as_ref())? else {
            return Ok(());
        };
        self.ranks.resize(instance.projects().len(), None);
        for (rank, project) in order
            .into_iter()
            .filter_map(|place| tied.get(place))
            .enumerate()
        {
            if let Some(slot) = self.ranks.get_mut(project.index()) {
                *slot = Some(rank);
            }
        }
        Ok(())
    }

    /// The next of a group that was ordered before, added to the record of that tie.
    ///
    /// A group of n projects is so ordered once and recorded once, not n times.
    fn next_of_group(
        &mut self,
        instance: &Instance,
        votes: &[Ratio],
        tied: &[ProjectIx],
    ) -> Result<Option<ProjectIx>, TieError> {
        let rank = |project: ProjectIx| {
            self.ranks
                .get(project.index())
                .copied()
                .flatten()
                .map(|rank| (rank, project))
        };
        let Some(mut ranked) = tied
            .iter()
            .map(|&project| rank(project))
            .collect::<Option<Vec<_>>>()
        else {
            return Ok(None);
        };
        let (mut first, mut second) = (None, None);
        for next in ranked.drain(..) {
            if first.is_none_or(|first| next < first) {
                (first, second) = (Some(next), first);
            } else if second.is_none_or(|second| next < second) {
                second = Some(next);
            }
        }
        let (Some((_, first)), Some((_, second))) = (first, second) else {
            return Ok(None);
        };
        let none = Ratio::ZERO;
        let pair = contenders(instance, votes, &none, &[first, second]);
        let Resolution::Resolved { by, .. } = self.chain.resolve(&pair, self.lot.as_ref())? else {
            return Ok(None);
        };
        let Some(record) = self.records.last_mut() else {
            return Ok(None);
        };
        record.chosen.push(instance.id_of(first).to_owned());
        let by = by.to_string();
        if !record.by.split(',').any(|word| word == by) {
            record.by = format!("{},{by}", record.by);
        }
        Ok(Some(first))
    }
}

/// Does a record say who goes first of the projects of another, and the same as that one?
fn says(known: &TieRecord, other: &TieRecord) -> bool {
    let holds = |list: &[String], id: &String| list.binary_search(id).is_ok();
    let mut chosen = known.chosen.iter().filter(|&id| holds(&other.tied, id));
    other.tied.iter().all(|id| holds(&known.tied, id)) && chosen.next() == other.chosen.first()
}

fn contenders<'a>(
    instance: &'a Instance,
    votes: &'a [Ratio],
    none: &'a Ratio,
    tied: &[ProjectIx],
) -> Vec<Contender<'a>> {
    let contender = |&project: &ProjectIx| Contender {
        id: instance.id_of(project),
        cost: instance.cost_of(project),
        votes: votes.get(project.index()).unwrap_or(none),
        filed: instance.project(project).and_then(|project| project.filed),
    };
    tied.iter().map(contender).collect()
}
