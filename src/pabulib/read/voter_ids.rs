//! One voter, one vote: finding ids that occur twice, without keeping a table of all of them.
//!
//! Most files number their voters. Numbers are kept as numbers; if they only grow they differ, otherwise
//! they are marked in a bitmap or sorted. Other ids are hashed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashSet;
use unicode_normalization::UnicodeNormalization;

/// The ids that were seen so far.
#[derive(Debug, Default)]
pub(super) struct VoterIds<'a> {
    numbers: Numbers,
    growing: bool,
    others: Vec<Cow<'a, str>>,
    /// Characters that some id could share with another in a different form.
    letters: Letters,
}

#[derive(Debug, Default, Clone, Copy)]
struct Letters {
    upper: bool,
    lower: bool,
    beyond_ascii: bool,
}

/// Numbers of up to 63 bits, as they came. Whoever numbers voters 1, 2, 3, … takes no memory for it.
#[derive(Debug, Default)]
struct Numbers {
    /// Each number, or with the first bit set: all numbers after the one before, up to this one.
    marks: Vec<u64>,
}

/// The first bit.
const UP_TO: u64 = 1 << 63;

impl Numbers {
    #[inline]
    fn last(&self) -> Option<u64> {
        self.marks.last().map(|mark| mark & !UP_TO)
    }

    /// Adds a number of at most 63 bits.
    #[inline]
    fn push(&mut self, number: u64) {
        match self.marks.last_mut() {
            Some(mark) if (*mark & !UP_TO) + 1 == number => {
                if *mark & UP_TO == 0 {
                    self.marks.push(number | UP_TO);
                } else {
                    *mark = number | UP_TO;
                }
            }
            _ => self.marks.push(number),
        }
    }

    /// All numbers, in the order in which they came.
    fn iter(&self) -> impl Iterator<Item = u64> {
        let befores = std::iter::once(0).chain(self.marks.iter().copied());
        self.marks.iter().zip(befores).flat_map(|(&mark, before)| {
            let number = mark & !UP_TO;
            if mark & UP_TO == 0 {
                number..=number
            } else {
                (before & !UP_TO) + 1..=number
            }
        })
    }
}

/// What was found, each id once, in the order of their bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Suspects {
    pub(super) repeated: BTreeSet<String>,
    pub(super) alike: BTreeSet<String>,
}

impl<'a> VoterIds<'a> {
    pub(super) fn new() -> VoterIds<'a> {
        VoterIds {
            growing: true,
            ..VoterIds::default()
        }
    }

    /// Notes an id if it is a plain number, which needs no further check.
    #[inline]
    pub(super) fn note_number(&mut self, id: &str) -> bool {
        let number = plain_number(id.as_bytes());
        if let Some(number) = number {
            self.growing &= self.numbers.last().is_none_or(|last| last < number);
            self.numbers.push(number);
        }
        number.is_some()
    }

    /// Notes an id that is not a plain number.
    pub(super) fn note_other(&mut self, id: Cow<'a, str>) {
        for byte in id.bytes() {
            self.letters.upper |= byte.is_ascii_uppercase();
            self.letters.lower |= byte.is_ascii_lowercase();
            self.letters.beyond_ascii |= !byte.is_ascii();
        }
        self.others.push(id);
    }

    /// The ids that occur twice, and those that differ from another only in form.
    pub(super) fn suspects(self) -> Suspects {
        let mut suspects = Suspects::default();
        if !self.growing {
            suspects.repeated = repeated_numbers(&self.numbers)
                .iter()
                .map(u64::to_string)
                .collect();
        }
        let mut seen: HashSet<&str, foldhash::fast::RandomState> = HashSet::default();
        for id in &self.others {
            if !seen.insert(id) {
                suspects.repeated.insert(id.to_string());
            }
        }
        if self.letters.beyond_ascii || self.letters.upper && self.letters.lower {
            let distinct: BTreeSet<&str> = self.others.iter().map(AsRef::as_ref).collect();
            let mut forms: BTreeMap<String, &str> = BTreeMap::new();
            for id in distinct {
                let form = if id.is_ascii() {
                    id.to_ascii_lowercase()
                } else {
                    id.nfkc().flat_map(char::to_lowercase).nfkc().collect()
                };
                if forms.insert(form, id).is_some() {
                    suspects.alike.insert(id.to_owned());
                }
            }
        }
        suspects
    }
}

impl Suspects {
    /// Is there nothing to report?
    pub(super) fn is_empty(&self) -> bool {
        self.repeated.is_empty() && self.alike.is_empty()
    }
}

/// The number, if the text is one without leading zeros that fits 63 bits.
#[inline]
fn plain_number(text: &[u8]) -> Option<u64> {
    let leading_zero = text.len() > 1 && text.first() == Some(&b'0');
    if text.is_empty() || text.len() > 18 || leading_zero {
        return None;
    }
    let mut number = 0_u64;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        // 18 digits fit.
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
    }
    Some(number)
}

/// The numbers that occur more than once.
fn repeated_numbers(numbers: &Numbers) -> BTreeSet<u64> {
    let largest = numbers.iter().max().unwrap_or(0);
    let room = numbers.iter().count().saturating_mul(64).max(1 << 20);
    if let Some(largest) = usize::try_from(largest)
        .ok()
        .filter(|&largest| largest < room)
    {
        let mut bits = vec![0_u64; largest / 64 + 1];
        return numbers
            .iter()
            .filter(|&number| {
                let (word, bit) = (
                    usize::try_from(number / 64).unwrap_or(usize::MAX),
                    1_u64 << (number % 64),
                );
                bits.get_mut(word).is_some_and(|word| {
                    let seen = *word & bit != 0;
                    *word |= bit;
                    seen
                })
            })
            .collect();
    }
    let mut numbers: Vec<u64> = numbers.iter().collect();
    numbers.sort_unstable();
    numbers
        .windows(2)
        .filter_map(|pair| {
            if let [a, b] = pair
                && a == b
            {
                Some(*a)
            } else {
                None
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suspects(ids: &[&'static str]) -> (Vec<String>, Vec<String>) {
        let mut all = VoterIds::new();
        for &id in ids {
            if !all.note_number(id) {
                all.note_other(Cow::Borrowed(id));
            }
        }
        let found = all.suspects();
        (
            found.repeated.into_iter().collect(),
            found.alike.into_iter().collect(),
        )
    }

    #[test]
    fn numbers_are_kept_as_they_came() {
        let cases: [&[u64]; 5] = [
            &[],
            &[0, 1, 2, 3],
            &[5, 6, 6, 7, 8, 1, 2, 9, 9],
            &[3, 2, 1, 0],
            &[7, 999_999_999_999_999_998, 999_999_999_999_999_999, 8],
        ];
        for case in cases {
            let mut numbers = Numbers::default();
            for &number in case {
                numbers.push(number);
            }
            assert_eq!(numbers.iter().collect::<Vec<u64>>(), case);
            assert_eq!(numbers.last(), case.last().copied());
        }
        let mut numbers = Numbers::default();
        for number in 1..=1_000 {
            numbers.push(number);
        }
        assert_eq!(numbers.marks.len(), 2);
    }

    #[test]
    fn repeated_ids_of_every_sort_are_found() {
        assert_eq!(suspects(&["1", "2", "3"]).0, Vec::<String>::new());
        assert_eq!(suspects(&["3", "1", "2", "1", "3", "1"]).0, ["1", "3"]);
        assert_eq!(suspects(&["1", "2", "3", "4", "2", "3"]).0, ["2", "3"]);
        assert_eq!(
            suspects(&["99999999999", "5", "99999999999"]).0,
            ["99999999999"]
        );
        assert_eq!(suspects(&["V1", "V2", "V1"]).0, ["V1"]);
        assert_eq!(suspects(&["7", "07", "7.0"]), (vec![], vec![]));
        assert_eq!(
            suspects(&["123456789012345678901", "123456789012345678901"])
                .0
                .len(),
            1
        );
    }

    #[test]
    fn ids_that_differ_in_form_only_are_found() {
        assert_eq!(suspects(&["V1", "v1", "V2"]).1, ["v1"]);
        assert_eq!(suspects(&["e\u{301}", "é"]).1, ["é"]);
        assert_eq!(suspects(&["V1", "V2"]).1, Vec::<String>::new());
    }
}
