//! Civil dates: a day in a calendar, without clock or time zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day, such as the day a project was filed. Written `2017-12-05`.
///
/// ```
/// use quartier::election::Date;
/// let day: Date = "2017-12-05".parse()?;
/// assert!(day < Date::new(2018, 1, 1).ok_or("no such day")?);
/// assert!("2017-02-30".parse::<Date>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// The text is not a day that exists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a date: write year-month-day, such as 2017-12-05")]
pub struct DateError {
    found: String,
}

impl Date {
    /// The day, or `None` if the calendar has no such day or the year is not one of 0 to 9999: four digits
    /// are what the text form has.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        (0..=9999)
            .contains(&year)
            .then(|| jiff::civil::Date::new(year, month, day).ok().map(Date))
            .flatten()
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }
}

fn digits<T: FromStr>(text: &str, length: usize) -> Option<T> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        year.and_then(|year| digits(year, 4))
            .zip(month.and_then(|month| digits(month, 2)))
            .zip(day.and_then(|day| digits(day, 2)))
            .and_then(|((year, month), day)| Date::new(year, month, day))
            .ok_or_else(|| DateError {
                found: text.chars().take(40).collect(),
            })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
