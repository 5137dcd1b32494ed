//! META: what is known of the election, as text and as typed values.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::election::{BallotKind, Date};

/// How people voted, as META's `vote_type` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum VoteType {
    /// The projects the voter approves of.
    Approval,
    /// One project.
    #[serde(rename = "choose-1")]
    ChooseOne,
    /// Projects in order of preference.
    Ordinal,
    /// A number of points shared out among projects.
    Cumulative,
    /// Points for each project.
    Scoring,
}

impl VoteType {
    /// The kind of ballot that it is.
    #[must_use]
    pub fn kind(self) -> BallotKind {
        match self {
            VoteType::Approval | VoteType::ChooseOne => BallotKind::Approval,
            VoteType::Ordinal => BallotKind::Ranked,
            VoteType::Cumulative | VoteType::Scoring => BallotKind::Points,
        }
    }

    /// The vote type of a text; `None` if there is no such type.
    #[must_use]
    pub fn of(text: &str) -> Option<VoteType> {
        Some(match text {
            "approval" => VoteType::Approval,
            "choose-1" => VoteType::ChooseOne,
            "ordinal" => VoteType::Ordinal,
            "cumulative" => VoteType::Cumulative,
            "scoring" => VoteType::Scoring,
            _ => return None,
        })
    }
}

impl fmt::Display for VoteType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            VoteType::Approval => "approval",
            VoteType::ChooseOne => "choose-1",
            VoteType::Ordinal => "ordinal",
            VoteType::Cumulative => "cumulative",
            VoteType::Scoring => "scoring",
        })
    }
}

/// A date of META: a day, or only a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetaDate {
    /// A year, such as `2019`.
    Year(i16),
    /// A day, written `05.12.2017`.
    Day(Date),
}

impl MetaDate {
    /// The date of a text; `None` if it is neither `day.month.year` nor a year.
    #[must_use]
    pub fn of(text: &str) -> Option<MetaDate> {
        let mut parts = text.split('.');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(year), None, None, None) => digits(year, 4).map(MetaDate::Year),
            (Some(day), Some(month), Some(year), None) => {
                Date::new(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?).map(MetaDate::Day)
            }
            _ => None,
        }
    }

    /// The day, where it is one.
    #[must_use]
    pub fn day(self) -> Option<Date> {
        match self {
            MetaDate::Year(_) => None,
            MetaDate::Day(day) => Some(day),
        }
    }
}

fn digits<T: FromStr>(text: &str, length: usize) -> Option<T> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// All entries of META, in the order of the file.
///
/// What the count needs (budget, limits, days) is in the election's instance; everything else, known
/// or not, is here as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    pub(super) entries: Vec<(String, String)>,
}

impl Meta {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.entries
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.as_str())
    }

    /// All entries, in the order of the file.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.entries
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// How people voted. The reader has checked that META says it.
    #[must_use]
    pub fn vote_type(&self) -> VoteType {
        self.get("vote_type")
            .and_then(VoteType::of)
            .unwrap_or(VoteType::Approval)
    }

    /// The name of the rule that the city used, such as `greedy-no-skip`.
    #[must_use]
    pub fn rule(&self) -> Option<&str> {
        self.get("rule")
    }

    /// The first day of the vote, or its year.
    #[must_use]
    pub fn begins(&self) -> Option<MetaDate> {
        self.get("date_begin").and_then(MetaDate::of)
    }

    /// The last day of the vote, or its year.
    #[must_use]
    pub fn ends(&self) -> Option<MetaDate> {
        self.get("date_end").and_then(MetaDate::of)
    }

    /// Sets a key, at the end if it is new.
    pub(super) fn set(&mut self, key: &str, value: String) {
        match self.entries.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = value,
            None => self.entries.push((key.to_owned(), value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_or_years() {
        assert_eq!(
            MetaDate::of("05.12.2017").and_then(MetaDate::day),
            Date::new(2017, 12, 5)
        );
        assert_eq!(MetaDate::of("2019"), Some(MetaDate::Year(2019)));
        for text in [
            "",
            "30.02.2017",
            "5.12.2017",
            "2017-12-05",
            "05.12.17",
            "1.2",
            "05.12.2017.",
            "+019",
        ] {
            assert_eq!(MetaDate::of(text), None, "{text}");
        }
    }

    #[test]
    fn vote_types_have_one_spelling() {
        for kind in [
            VoteType::Approval,
            VoteType::ChooseOne,
            VoteType::Ordinal,
            VoteType::Cumulative,
            VoteType::Scoring,
        ] {
            assert_eq!(VoteType::of(&kind.to_string()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.to_string());
        }
        assert_eq!(VoteType::of("Approval"), None);
    }
}
