//! A largest flow through a network, by shortest paths (Dinic), in whole numbers or fractions.

use std::collections::VecDeque;
use std::ops::{Add, Sub};

use crate::exact::Ratio;

/// What flows. The caller sees to it that the sum of all that leaves the source is within range, and nothing that
/// is computed here is larger.
pub(super) trait Amount:
    Clone + Ord + Default + Add<Output = Self> + Sub<Output = Self>
{
}

impl Amount for i128 {}
impl Amount for Ratio {}

#[derive(Debug, Clone)]
struct Arc<N> {
    to: usize,
    /// What can still flow; `None` for any amount.
    room: Option<N>,
}

/// A network of numbered nodes. Each arc is followed by its way back.
#[derive(Debug, Clone)]
pub(super) struct Network<N> {
    arcs: Vec<Arc<N>>,
    from: Vec<Vec<usize>>,
}

impl<N: Amount> Network<N> {
    pub(super) fn new(nodes: usize) -> Network<N> {
        Network {
            arcs: Vec::new(),
            from: vec![Vec::new(); nodes],
        }
    }

    /// Adds an arc that carries at most this, or anything.
    pub(super) fn arc(&mut self, from: usize, to: usize, room: Option<N>) {
        for (from, to, room) in [(from, to, room), (to, from, Some(N::default()))] {
            if let Some(arcs) = self.from.get_mut(from) {
                arcs.push(self.arcs.len());
            }
            self.arcs.push(Arc { to, room });
        }
    }

    fn is_open(&self, arc: usize) -> bool {
        let room = self.arcs.get(arc).map(|arc| &arc.room);
        room.is_some_and(|room| room.as_ref().is_none_or(|room| *room > N::default()))
    }

    fn end(&self, arc: usize) -> usize {
        self.arcs.get(arc).map_or(0, |arc| arc.to)
    }

    fn arcs_of(&self, node: usize) -> &[usize] {
        self.from.get(node).map_or(&[], Vec::as_slice)
    }

    /// How many open arcs away from a node each node is.
    pub(super) fn distances(&self, start: usize) -> Vec<Option<usize>> {
        let mut distances = vec![None; self.from.len()];
        let mut queue = VecDeque::from([(start, 0)]);
        while let Some((node, distance)) = queue.pop_front() {
            let Some(slot) = distances.get_mut(node).filter(|slot| slot.is_none()) else {
                continue;
            };
            *slot = Some(distance);
            let open = self.arcs_of(node).iter().filter(|&&arc| self.is_open(arc));
            let ends = open.map(|&arc| self.end(arc));
            queue.extend(
                ends.filter(|&end| distances.get(end).is_some_and(Option::is_none))
                    .map(|end| (end, distance + 1)),
            );
        }
        distances
    }

    /// Sends as much as can flow. Gives the number of steps it took.
    pub(super) fn fill(&mut self, source: usize, sink: usize) -> u64 {
        let mut steps = 0;
        loop {
            let distances = self.distances(source);
            steps += self.arcs.len() as u64;
            if distances.get(sink).is_none_or(Option::is_none) {
                return steps;
            }
            steps += self.block(source, sink, &distances);
        }
    }

    /// Sends along shortest paths until none is left.
    fn block(&mut self, source: usize, sink: usize, distances: &[Option<usize>]) -> u64 {
        let mut next = vec![0_usize; self.from.len()];
        let (mut path, mut steps): (Vec<usize>, u64) = (Vec::new(), 0);
        loop {
            steps += 1;
            let node = path.last().map_or(source, |&arc| self.end(arc));
            if node == sink {
                self.push(&path);
                path.clear();
                continue;
            }
            let distance = |node: usize| distances.get(node).copied().flatten();
            let at = next.get(node).copied().unwrap_or(0);
            if let Some(&arc) = self.arcs_of(node).get(at) {
                let is_nearer = distance(self.end(arc)) == distance(node).map(|here| here + 1);
                if is_nearer && self.is_open(arc) {
                    path.push(arc);
                    continue;
                }
            } else if path.pop().is_none() {
                return steps;
            }
            // This arc, or the one that led to a dead end, is of no use any more.
            let from = path.last().map_or(source, |&arc| self.end(arc));
            if let Some(next) = next.get_mut(from) {
                *next += 1;
            }
        }
    }

    /// Sends what the narrowest arc of a path lets through.
    fn push(&mut self, path: &[usize]) {
        let rooms = path
            .iter()
            .filter_map(|&arc| self.arcs.get(arc)?.room.as_ref());
        let Some(amount) = rooms.min().cloned() else {
            return;
        };
        for &arc in path {
            if let Some(room) = self.arcs.get_mut(arc).and_then(|arc| arc.room.as_mut()) {
                *room = room.clone() - amount.clone();
            }
            // The way back: odd for even, even for odd.
            if let Some(room) = self.arcs.get_mut(arc ^ 1).and_then(|arc| arc.room.as_mut()) {
                *room = room.clone() + amount.clone();
            }
        }
    }

    /// Can nothing more leave a node?
    pub(super) fn is_drained(&self, node: usize) -> bool {
        self.arcs_of(node).iter().all(|&arc| !self.is_open(arc))
    }
}
