//! Who comes before whom, directly or not: a transitive relation that grows, one bit a pair.

/// A transitive relation over positions; it stays closed under every insertion, circles included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reach {
    words: usize,
    rows: Vec<u64>,
}

impl Reach {
    pub(super) fn new(len: usize) -> Reach {
        let words = len.div_ceil(64).max(1);
        Reach {
            words,
            rows: vec![0; words * len],
        }
    }

    pub(super) fn has(&self, from: usize, to: usize) -> bool {
        self.rows
            .get(from * self.words + to / 64)
            .is_some_and(|word| word >> (to % 64) & 1 == 1)
    }

    /// Adds a step: whoever reaches its start, and the start itself, reach its end and all beyond.
    pub(super) fn insert(&mut self, from: usize, to: usize) {
        if self.has(from, to) {
            return;
        }
        let mut beyond: Vec<u64> = self
            .rows
            .iter()
            .skip(to * self.words)
            .take(self.words)
            .copied()
            .collect();
        if let Some(word) = beyond.get_mut(to / 64) {
            *word |= 1 << (to % 64);
        }
        for (at, row) in self.rows.chunks_mut(self.words).enumerate() {
            let reaches = row
                .get(from / 64)
                .is_some_and(|word| word >> (from % 64) & 1 == 1);
            if at == from || reaches {
                for (word, more) in row.iter_mut().zip(&beyond) {
                    *word |= more;
                }
            }
        }
    }
}
