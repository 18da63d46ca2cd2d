//! Ranges of years, as options and queries write them.

use jiff::civil::Date;

/// A range of years, both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    /// The first year.
    pub first: i16,
    /// The last year.
    pub last: i16,
}

impl Years {
    /// Whether the day lies in these years.
    #[must_use]
    pub fn hold(self, date: Date) -> bool {
        (self.first..=self.last).contains(&date.year())
    }
}

impl std::str::FromStr for Years {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no year; try 2019, 2014..2019 or 2014..");
        let year = |part: &str, open: i16| match part.trim() {
            "" => Ok(open),
            part if part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse().map_err(|_| wrong())
            }
            _ => Err(wrong()),
        };
        let (first, last) = match text.split_once("..") {
            Some((first, last)) if !(first.trim().is_empty() && last.trim().is_empty()) => {
                (year(first, i16::MIN)?, year(last, i16::MAX)?)
            }
            Some(_) => return Err(wrong()),
            None if text.trim().is_empty() => return Err(wrong()),
            None => (year(text, 0)?, year(text, 0)?),
        };
        if first > last {
            return Err(format!(
                "{text:?}: the first year is after the last; write {last}..{first}"
            ));
        }
        Ok(Self { first, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_every_spelling() {
        for (text, first, last) in [
            ("2019", 2019, 2019),
            ("2014..2019", 2014, 2019),
            ("2014..", 2014, i16::MAX),
            ("..1950", i16::MIN, 1950),
        ] {
            assert_eq!(text.parse(), Ok(Years { first, last }), "{text}");
        }
        for text in ["", "..", "19", "2019..2014", "20190", "abcd", "-999", "+201"] {
            assert!(text.parse::<Years>().is_err(), "{text}");
        }
    }
}
