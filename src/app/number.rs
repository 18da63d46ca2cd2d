//! Numbers and dates as people read them.

use jiff::civil::Date;

/// A number with commas, as the records write it: `106,302`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A date as it is read: 19 November 2019.
pub fn long_date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_every_three_digits() {
        for (number, shown) in [(0, "0"), (999, "999"), (1_000, "1,000"), (106_302, "106,302")] {
            assert_eq!(thousands(number), shown);
        }
    }
}
