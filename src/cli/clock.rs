//! Today, by the clock of the machine, which may be wrong.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The warning about a clock that cannot be right.
const WRONG: &str =
    "the system clock is before 1970 or after 9999; everything that depends on the date is wrong";

/// Today, and a warning if that cannot be right.
pub fn today() -> (Date, Option<&'static str>) {
    day_of(SystemTime::now())
}

/// Seconds since 1970; 0 for a clock before that.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.ok().and_then(|s| i64::try_from(s.as_secs()).ok()).unwrap_or(0)
}

fn day_of(now: SystemTime) -> (Date, Option<&'static str>) {
    // The last day and a half of 9999 cannot be represented in every time zone.
    match Timestamp::try_from(now) {
        Ok(now) => {
            let day = TimeZone::system().to_datetime(now).date();
            (day, (now < Timestamp::UNIX_EPOCH).then_some(WRONG))
        }
        Err(_) if now < SystemTime::UNIX_EPOCH => (Date::ZERO, Some(WRONG)),
        Err(_) => (Date::MAX, Some(WRONG)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn no_clock_is_too_wrong_to_go_on() {
        let epoch = SystemTime::UNIX_EPOCH;
        let year = Duration::from_secs(31_557_600);
        let (day, wrong) = day_of(epoch + 50 * year + year / 2);
        assert!(day.year() == 2020 && wrong.is_none(), "{day}");
        let (day, wrong) = day_of(epoch - 10 * year);
        assert!((1959..=1960).contains(&day.year()) && wrong.is_some(), "{day}");
        for years in [8029, 8030, 20_000] {
            let (day, wrong) = day_of(epoch + years * year);
            assert!(day.year() == 9999 && wrong.is_some() == (years > 8029), "{day}");
        }
        assert!(day_of(epoch - 20_000 * year).1.is_some());
    }
}
