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

    /// The day so many days later, or earlier where the number is negative; `None` outside the years 0 to 9999.
    ///
    /// ```
    /// use quartier::election::Date;
    /// let day: Date = "2020-02-28".parse()?;
    /// assert_eq!(day.plus_days(2).map(|day| day.to_string()).as_deref(), Some("2020-03-01"));
    /// assert_eq!(day.plus_days(-59).map(|day| day.to_string()).as_deref(), Some("2019-12-31"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Date> {
        let span = jiff::Span::new().try_days(days).ok()?;
        self.moved(span)
    }

    /// The same day of the month so many months later, or the last day of that month if it is shorter; `None` after
    /// the year 9999.
    ///
    /// It is the usual rule of law: a period in months ends on the day with the same number, and where the last
    /// month has none, on its last day (France: *Code de procédure civile*, article 641; European Union:
    /// Regulation 1182/71, article 3). Months are counted from the first day at once, not one after another: the
    /// 31 January plus two months is the 31 March.
    ///
    /// ```
    /// use quartier::election::Date;
    /// let vote: Date = "2024-02-29".parse()?;
    /// assert_eq!(vote.plus_months(24).map(|day| day.to_string()).as_deref(), Some("2026-02-28"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn plus_months(self, months: u32) -> Option<Date> {
        let span = jiff::Span::new().try_months(i64::from(months)).ok()?;
        self.moved(span)
    }

    /// How many days later the other day is; negative if it is earlier.
    ///
    /// ```
    /// use quartier::election::Date;
    /// let (first, last): (Date, Date) = ("2020-02-01".parse()?, "2020-03-01".parse()?);
    /// assert_eq!((first.days_until(last), last.days_until(first)), (29, -29));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn days_until(self, other: Date) -> i64 {
        self.0.duration_until(other.0).as_hours() / 24
    }

    fn moved(self, span: jiff::Span) -> Option<Date> {
        let day = self.0.checked_add(span).ok()?;
        (0..=9999).contains(&day.year()).then_some(Date(day))
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
