//! Voters' ids that people would take for each other.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::election::{is_invisible, looks};
use crate::tally::Register;

use super::finding::{Anomaly, AnomalyCode, AnomalyPlace, Group, shown};
use super::report::Found;

/// Pairs of different ids that people would take for each other, in the order of their bytes.
///
/// Ids are byte-exact, so `AB12` and `ab12` are two voters and have two pseudonyms. Before ids become
/// pseudonyms, a city looks at this list and decides whether they are: afterwards nobody can see it.
///
/// Two ids look alike if they are equal but for upper and lower case, blanks around them, characters that cannot be seen, compatible forms
/// of a character (a full-width `７`; an accent in one piece or in two) or letters of the same shape (Latin `a` and Cyrillic `а`), or if they
/// are the same digits but for noughts in front, which spreadsheets take away (`007` and `7`). Of a group of several, the smallest is
/// paired with each of the others.
///
/// O(n log n) for n different ids.
///
/// ```
/// use quartier::tally::anomaly::look_alike_ids;
/// let pairs = look_alike_ids(["Müller 7", "ab12", "AB12", "Mu\u{308}ller 7", "x9", "7", "007"]);
/// assert_eq!(pairs, [("007", "7"), ("AB12", "ab12"), ("Mu\u{308}ller 7", "Müller 7")]);
/// ```
#[must_use]
pub fn look_alike_ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    let ids: BTreeSet<&str> = ids.into_iter().collect();
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    // One way to look after another, so that only one key of each id is in memory.
    for which in 0..3_usize {
        let keyed = ids.iter().filter_map(|id| Some((key(id, which)?, *id)));
        let mut keyed: Vec<(String, &str)> = keyed.collect();
        keyed.sort_unstable();
        for alike in keyed.chunk_by(|a, b| a.0 == b.0) {
            if let Some(((_, first), others)) = alike.split_first() {
                pairs.extend(others.iter().map(|(_, other)| (*first, *other)));
            }
        }
    }
    pairs.into_iter().collect()
}

fn key(id: &str, which: usize) -> Option<String> {
    let visible: String = id.chars().filter(|&c| !is_invisible(c)).collect();
    let looks = looks(visible.trim());
    if let Some(look) = looks.get(which) {
        return Some(look.clone());
    }
    // A number without the noughts that a spreadsheet takes away; its compatible form tells what is a digit.
    let number: String = visible.trim().nfkc().collect();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| number.trim_start_matches('0').to_owned())
}

/// Is it what [`PseudonymKey`](crate::tally::pseudonym::PseudonymKey) makes of an id?
fn is_pseudonym(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

pub(super) fn of(register: &Register) -> Found {
    // The first row and the number of votes of each voter.
    let mut first: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for row in register.rows().filter(|row| !row.voter().is_empty()) {
        let (_, votes) = first.entry(row.voter()).or_insert((row.number(), 0));
        *votes = votes.saturating_add(row.count());
    }
    if first.is_empty() {
        return Err("no vote has a voter's id".to_owned());
    }
    if first.keys().all(|id| is_pseudonym(id)) {
        return Err(
            "the ids are pseudonyms, which hide whether ids look alike: look at the ids before they are replaced"
                .to_owned(),
        );
    }
    let group_of = |ids: &[&str]| {
        let mut group = Group::default();
        for (row, votes) in ids.iter().filter_map(|id| first.get(id)) {
            group.add(*row, *votes);
        }
        group
    };
    let alike = look_alike_ids(first.keys().copied());
    let alike = alike.into_iter().map(|(id, other)| {
        let place = AnomalyPlace {
            value: Some(format!("{} and {}", shown(id), shown(other))),
            ..AnomalyPlace::default()
        };
        let group = group_of(&[id, other]);
        Anomaly::new(AnomalyCode::LookAlikes, place, 2_u64, 1_u64, group)
    });
    let hidden = first.keys().filter_map(|id| {
        let invisible = id.chars().filter(|&c| is_invisible(c)).count();
        let place = AnomalyPlace {
            value: Some(shown(id)),
            ..AnomalyPlace::default()
        };
        let code = AnomalyCode::InvisibleCharacter;
        (invisible > 0).then(|| Anomaly::new(code, place, invisible as u64, 0_u64, group_of(&[id])))
    });
    Ok(alike.chain(hidden).collect())
}
