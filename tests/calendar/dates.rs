//! Leap years, ends of months, and the deadline of 24 months from a stated event.

use quartier::election::Date;

use crate::helpers::{SEED, day, document, example, found, regulation};
use quartier::regulation::Regulation;

#[test]
fn months_end_on_the_same_day_or_the_last_of_the_month() {
    for (from, months, to) in [
        ("2018-12-17", 24, "2020-12-17"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 24, "2022-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2018-08-31", 18, "2020-02-29"),
        ("2018-01-31", 1, "2018-02-28"),
        // Not by way of the 28 February.
        ("2018-01-31", 2, "2018-03-31"),
        ("2018-11-30", 3, "2019-02-28"),
        // A century that is no leap year, and one that is.
        ("2096-02-29", 48, "2100-02-28"),
        ("1999-02-28", 12, "2000-02-28"),
        ("2018-05-05", 0, "2018-05-05"),
    ] {
        assert_eq!(
            day(from).plus_months(months),
            Some(day(to)),
            "{from} + {months}"
        );
    }
    assert_eq!(day("9999-12-01").plus_months(1), None);
    assert_eq!(day("2018-01-01").plus_months(u32::MAX), None);
}

#[test]
fn days_cross_months_and_leap_days() {
    for (from, days, to) in [
        ("2020-02-28", 1, "2020-02-29"),
        ("2019-02-28", 1, "2019-03-01"),
        ("2100-02-28", 1, "2100-03-01"),
        ("2000-02-28", 1, "2000-02-29"),
        ("2018-12-31", 1, "2019-01-01"),
        ("2020-03-01", -1, "2020-02-29"),
        ("2018-01-01", 365, "2019-01-01"),
        ("2020-01-01", 366, "2021-01-01"),
    ] {
        assert_eq!(day(from).plus_days(days), Some(day(to)), "{from} + {days}");
        assert_eq!(day(from).days_until(day(to)), days);
        assert_eq!(day(to).days_until(day(from)), -days);
    }
    let (first, last) = (
        Date::new(0, 1, 1).unwrap(),
        Date::new(9999, 12, 31).unwrap(),
    );
    assert_eq!((first.plus_days(-1), last.plus_days(1)), (None, None));
    assert_eq!(
        (first.plus_days(i64::MIN), last.plus_days(i64::MAX)),
        (None, None)
    );
    assert_eq!(first.plus_days(first.days_until(last)), Some(last));
}

#[test]
fn delivery_is_due_so_many_months_from_the_stated_event() {
    let regulation = regulation(SEED);
    let delivery = regulation
        .law()
        .calendar
        .as_ref()
        .unwrap()
        .delivery
        .as_ref();
    let delivery = delivery.unwrap();
    assert_eq!(
        (
            delivery.event.as_str(),
            delivery.from,
            delivery.months,
            delivery.by
        ),
        ("deliberation", day("2018-12-17"), 24, day("2020-12-17"))
    );
}

#[test]
fn the_event_that_delivery_is_counted_from_must_be_stated_and_known() {
    let read = |text: &str| {
        let text = format!("{text}\n{SEED}");
        Regulation::read(&document(&text))
    };
    let unnamed = example().replace("delivery-from = \"deliberation\"", "");
    let faults = read(&unnamed).unwrap_err();
    assert_eq!(
        found(&faults),
        [("eligibility.delivery-from", "missing-choice")]
    );
    assert_eq!(faults.iter().next().unwrap().allowed, ["deliberation"]);
    let unknown = example().replace("\"deliberation\"", "\"year -1\"");
    let faults = read(&unknown).unwrap_err();
    assert_eq!(found(&faults), [("eligibility.delivery-from", "bad-value")]);
    let endless = example().replace("at-most = 24", "at-most = 4000000000");
    let faults = read(&endless).unwrap_err();
    assert_eq!(
        found(&faults),
        [("eligibility.delivery-months-at-most", "bad-value")]
    );
    let free = unnamed.replace(
        "delivery-months-at-most = 24",
        "delivery-months-at-most = \"any\"",
    );
    let law = read(&free).unwrap();
    assert_eq!(law.law().calendar.as_ref().unwrap().delivery, None);
    // Without a calendar the event stays words, as it was.
    assert!(Regulation::read(&document(&unnamed)).is_ok());
}
