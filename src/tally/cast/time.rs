//! When a vote was cast.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::{Timestamp, civil};

/// When a vote was cast: a number in sequence, a local date and time, or an instant with its offset from UTC.
///
/// Times of different sorts cannot be compared: a city must write all of them in one way. Nothing here reads a
/// clock or knows time zones.
///
/// ```
/// use quartier::tally::CastTime;
/// let paper: CastTime = "2018-03-05 18:00".parse()?;
/// let web: CastTime = "2018-03-05T17:59:30".parse()?;
/// assert!(web.earlier_than(&paper) == Some(true));
/// let instant: CastTime = "2018-03-05T18:00:00+01:00".parse()?;
/// assert_eq!(instant, "2018-03-05T17:00:00Z".parse()?);
/// assert_eq!(instant.earlier_than(&paper), None);
/// assert!("yesterday".parse::<CastTime>().is_err());
/// # Ok::<(), quartier::tally::CastTimeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CastTime {
    sort: Sort,
    seconds: i64,
    nanoseconds: i32,
}

/// In which way the time was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    Sequence,
    Local,
    Instant,
}

/// A text that is not a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a time: write 2018-03-05T18:00:00, the same with an offset such as Z or +01:00, or a whole number in sequence"
)]
pub struct CastTimeError {
    found: String,
}

impl CastTime {
    /// The place in a sequence, such as a receipt number.
    #[must_use]
    pub const fn sequence(number: i64) -> CastTime {
        CastTime {
            sort: Sort::Sequence,
            seconds: number,
            nanoseconds: 0,
        }
    }

    /// Is it earlier than another? `None` if the two were not written in the same way.
    #[must_use]
    pub fn earlier_than(&self, other: &CastTime) -> Option<bool> {
        self.order(other).map(Ordering::is_lt)
    }

    /// The order of two times; `None` if they were not written in the same way.
    pub(in crate::tally) fn order(&self, other: &CastTime) -> Option<Ordering> {
        let key = |time: &CastTime| (time.seconds, time.nanoseconds);
        (self.sort == other.sort).then(|| key(self).cmp(&key(other)))
    }

    /// Whole seconds since 1970 (as if local times were UTC), or the number in sequence: for reports that look at
    /// distances of times written in the same way.
    #[must_use]
    pub const fn seconds(&self) -> i64 {
        self.seconds
    }

    /// Does it tell a moment, and not merely a place in a sequence?
    #[must_use]
    pub fn is_moment(&self) -> bool {
        self.sort != Sort::Sequence
    }

    fn moment(sort: Sort, timestamp: Timestamp) -> CastTime {
        CastTime {
            sort,
            seconds: timestamp.as_second(),
            nanoseconds: timestamp.subsec_nanosecond(),
        }
    }
}

impl FromStr for CastTime {
    type Err = CastTimeError;

    fn from_str(text: &str) -> Result<CastTime, CastTimeError> {
        let error = || CastTimeError {
            found: text.chars().take(40).collect(),
        };
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().map(CastTime::sequence).map_err(|_| error());
        }
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Ok(CastTime::moment(Sort::Instant, instant));
        }
        let local: civil::DateTime = text.parse().map_err(|_| error())?;
        let utc = jiff::tz::Offset::UTC.to_timestamp(local);
        utc.map(|moment| CastTime::moment(Sort::Local, moment))
            .map_err(|_| error())
    }
}

impl fmt::Display for CastTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = || Timestamp::new(self.seconds, self.nanoseconds);
        match (self.sort, moment()) {
            (Sort::Instant, Ok(moment)) => write!(f, "{moment}"),
            (Sort::Local, Ok(moment)) => {
                write!(f, "{}", jiff::tz::Offset::UTC.to_datetime(moment))
            }
            _ => write!(f, "{}", self.seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_three_ways_and_printed_back() {
        for (text, shown) in [
            ("17", "17"),
            ("007", "7"),
            ("2018-03-05T18:00:00", "2018-03-05T18:00:00"),
            ("2018-03-05 18:00", "2018-03-05T18:00:00"),
            ("2018-03-05T18:00:00.5Z", "2018-03-05T18:00:00.5Z"),
            ("2018-03-05T18:00:00+01:00", "2018-03-05T17:00:00Z"),
        ] {
            let time: CastTime = text.parse().unwrap();
            assert_eq!(time.to_string(), shown, "{text}");
            assert_eq!(time.to_string().parse::<CastTime>(), Ok(time));
        }
    }

    #[test]
    fn what_is_not_a_time_is_refused() {
        for text in [
            "",
            "-1",
            "1.5",
            "5 March",
            "2018-13-01T00:00:00",
            "05/03/2018 18:00",
            "99999999999999999999",
        ] {
            assert!(text.parse::<CastTime>().is_err(), "{text}");
        }
    }
}
