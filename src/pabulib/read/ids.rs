//! Finding a project by its id, fast: small whole numbers by a table, everything else by hash.

use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The ids of all projects, in the order of their bytes, which is the order of the instance.
#[derive(Debug)]
pub(super) struct ProjectIds {
    ids: Vec<String>,
    /// For an id that is a whole number without leading zeros, its place; `NONE` where there is none.
    direct: Vec<u32>,
    hashed: HashTable<u32>,
    hasher: foldhash::fast::RandomState,
}

const NONE: u32 = u32::MAX;
/// Ids from here on are hashed: the table would not fit the cache.
const DIRECT: u64 = 1 << 16;

impl ProjectIds {
    /// An index of different ids.
    pub(super) fn new(mut ids: Vec<String>) -> ProjectIds {
        ids.sort_unstable();
        ids.dedup();
        let mut index = ProjectIds {
            ids: Vec::new(),
            direct: Vec::new(),
            hashed: HashTable::new(),
            hasher: foldhash::fast::RandomState::default(),
        };
        for (place, id) in (0_u32..).zip(&ids) {
            if let Some(number) = canonical(id)
                .filter(|&number| number < DIRECT)
                .and_then(|number| usize::try_from(number).ok())
            {
                if index.direct.len() <= number {
                    index.direct.resize(number + 1, NONE);
                }
                if let Some(slot) = index.direct.get_mut(number) {
                    *slot = place;
                }
            }
            let hasher = &index.hasher;
            let hash = hasher.hash_one(id.as_bytes());
            index.hashed.insert_unique(hash, place, |&other| {
                ids.get(other as usize)
                    .map_or(0, |id| hasher.hash_one(id.as_bytes()))
            });
        }
        index.ids = ids;
        index
    }

    /// The id at a place.
    pub(super) fn id(&self, place: u32) -> &str {
        self.ids.get(place as usize).map_or("", String::as_str)
    }

    /// The place of an id.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(id.as_bytes());
        self.hashed
            .find(hash, |&place| self.id(place) == id)
            .copied()
    }

    /// The places of the ids in a list that is separated by commas, handed to `each` in order; `false` as
    /// soon as one is not known.
    #[inline]
    pub(super) fn each(&self, list: &str, mut each: impl FnMut(u32)) -> bool {
        let (mut number, mut start, mut digits) = (0_usize, 0, true);
        for (at, byte) in list.bytes().enumerate() {
            if byte != b',' {
                let digit = byte.wrapping_sub(b'0');
                digits &= digit < 10;
                number = number.wrapping_mul(10).wrapping_add(usize::from(digit));
                continue;
            }
            match self.place(list, start, at, number, digits) {
                Some(place) => each(place),
                None => return false,
            }
            (number, start, digits) = (0, at + 1, true);
        }
        self.place(list, start, list.len(), number, digits)
            .map(each)
            .is_some()
    }

    /// The place of the id between two bytes of a list, whose digits, if it has no others, are `number`.
    #[inline]
    fn place(
        &self,
        list: &str,
        start: usize,
        end: usize,
        number: usize,
        digits: bool,
    ) -> Option<u32> {
        // `007` is not `7`, though both read as the same number, and too many digits wrap around.
        let plain = digits
            && end - start < 6
            && (end - start == 1 || list.as_bytes().get(start) != Some(&b'0'));
        match self.direct.get(number) {
            Some(&place) if plain && place != NONE && end > start => Some(place),
            _ => list.get(start..end).and_then(|id| self.find(id)),
        }
    }
}

/// The number that an id is, if it is written as numbers are.
fn canonical(id: &str) -> Option<u64> {
    let plain = !id.is_empty()
        && id.len() < 19
        && id.bytes().all(|b| b.is_ascii_digit())
        && (id == "0" || !id.starts_with('0'));
    plain.then(|| id.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(index: &ProjectIds, list: &str) -> Option<Vec<String>> {
        let mut found = Vec::new();
        index
            .each(list, |place| found.push(index.id(place).to_owned()))
            .then_some(found)
    }

    #[test]
    fn ids_are_texts_even_where_they_look_like_numbers() {
        let index = ProjectIds::new(
            ["7", "007", "10", "2", "L18/06", "99999999", "ż", "0"]
                .map(String::from)
                .to_vec(),
        );
        for list in ["7", "007,7", "10,2,0", "L18/06,99999999,ż", "0"] {
            assert_eq!(places(&index, list).unwrap().join(","), list);
        }
        for list in [
            "", "07", "1", "7,", ",7", "7,,2", "7, 2", "00", "+7", "99999998", "7;2",
        ] {
            assert_eq!(places(&index, list), None, "{list}");
        }
    }

    #[test]
    fn places_are_the_order_of_the_bytes() {
        let index = ProjectIds::new(["2", "10", "1"].map(String::from).to_vec());
        assert_eq!(
            ["1", "10", "2"].map(|id| index.find(id)),
            [Some(0), Some(1), Some(2)]
        );
    }
}
