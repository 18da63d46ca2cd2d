//! Dates as cover pages write them in the six languages.

use jiff::civil::{Date, Weekday};

use crate::import::words::{first_bytes, fold_text};

/// Prefixes of the names of the months, folded, from January; none is a prefix of another month.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "enero", "январ", "كانون الثاني", "يناير"],
    &["february", "fevrier", "febrero", "феврал", "شباط", "فبراير"],
    &["march", "mars", "marzo", "март", "آذار", "مارس"],
    &["april", "avril", "abril", "апрел", "نيسان", "أبريل"],
    &["may", "mai", "mayo", "мая", "май", "أيار", "مايو"],
    &["june", "juin", "junio", "июн", "حزيران", "يونيه"],
    &["july", "juillet", "julio", "июл", "تموز", "يوليه"],
    &["august", "aout", "agosto", "август", "آب", "أغسطس"],
    &["september", "septembre", "septiembre", "setiembre", "сентябр", "أيلول", "سبتمبر"],
    &["october", "octobre", "octubre", "октябр", "تشرين الأول", "أكتوبر"],
    &["november", "novembre", "noviembre", "ноябр", "تشرين الثاني", "نوفمبر"],
    &["december", "decembre", "diciembre", "декабр", "كانون الأول", "ديسمبر"],
];

/// The date in a line such as `Friday, 31 May 2024, 10 a.m.` or `2024年5月30日星期五`.
pub fn find_date(line: &str) -> Option<Date> {
    let line = first_bytes(line, 200);
    parse_chinese_date(line).or_else(|| parse_spelled_date(line))
}

/// The days of the week, folded, from Monday; of Chinese the last character.
const WEEKDAYS: [(Weekday, &[&str], char); 7] = [
    (Weekday::Monday, &["monday", "lundi", "lunes", "понедельник"], '一'),
    (Weekday::Tuesday, &["tuesday", "mardi", "martes", "вторник"], '二'),
    (Weekday::Wednesday, &["wednesday", "mercredi", "miercoles", "среда"], '三'),
    (Weekday::Thursday, &["thursday", "jeudi", "jueves", "четверг"], '四'),
    (Weekday::Friday, &["friday", "vendredi", "viernes", "пятница"], '五'),
    (Weekday::Saturday, &["saturday", "samedi", "sabado", "суббота"], '六'),
    (Weekday::Sunday, &["sunday", "dimanche", "domingo", "воскресенье"], '日'),
];

/// The day of the week in such a line.
pub fn find_weekday(line: &str) -> Option<Weekday> {
    let line = first_bytes(line, 200);
    let chinese = line.split("星期").nth(1).and_then(|rest| rest.chars().next());
    let folded = fold_text(line);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let found = WEEKDAYS.iter().find(|(_, names, sign)| {
        chinese.map_or_else(
            || names.iter().any(|n| words.contains(&fold_text(n).as_str())),
            |c| c == *sign,
        )
    });
    found.map(|(day, ..)| *day)
}

/// Parses `2024年5月30日`.
fn parse_chinese_date(line: &str) -> Option<Date> {
    let at = line.find('年')?;
    let year = trailing_number(&line[..at])?;
    let (month, rest) = line[at + '年'.len_utf8()..].split_once('月')?;
    let (day, _) = rest.split_once('日')?;
    council_date(year, month.trim().parse().ok()?, day.trim().parse().ok()?)
}

/// The number at the end of a text.
fn trailing_number(text: &str) -> Option<i16> {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    text[text.len() - digits..].parse().ok()
}

/// Parses day, month in words and year; small words may be between.
fn parse_spelled_date(line: &str) -> Option<Date> {
    let folded = fold_text(line);
    let words: Vec<&str> = folded
        .split([' ', ',', '،', '/', '.'])
        .filter(|w| !w.is_empty() && *w != "de" && *w != "del")
        .collect();
    for at in 0..words.len() {
        let digits = words[at].trim_end_matches(|c: char| !c.is_ascii_digit());
        let Some(day) = digits.parse::<i8>().ok() else { continue };
        let rest = words[at + 1..].join(" ");
        let month =
            MONTHS.iter().position(|names| names.iter().any(|n| rest.starts_with(&fold_text(n))));
        let Some(month) = month.and_then(|m| i8::try_from(m + 1).ok()) else { continue };
        let year = words[at + 1..].iter().take(5).find_map(|w| {
            (w.len() == 4)
                .then(|| w.parse::<i16>().ok())
                .flatten()
                .filter(|y| (1946..2100).contains(y))
        });
        if let Some(found) = year.and_then(|y| council_date(y, month, day)) {
            return Some(found);
        }
    }
    None
}

fn council_date(year: i16, month: i8, day: i8) -> Option<Date> {
    (1946..2100).contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

/// A date such as `2019-11-19` in a file name, with no digit before or after it.
pub fn find_iso_date(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    (0..bytes.len().saturating_sub(9)).find_map(|at| {
        let word = name.get(at..at + 10)?;
        let free = |i: Option<&u8>| i.is_none_or(|b| !b.is_ascii_digit());
        let apart = free(at.checked_sub(1).and_then(|i| bytes.get(i))) && free(bytes.get(at + 10));
        apart.then(|| word.parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week() {
        for (line, want) in [
            ("Friday, 31 May 2024, 10 a.m.", Some(Weekday::Friday)),
            ("Vendredi 31 mai 2024, à 10 heures", Some(Weekday::Friday)),
            ("Miércoles 29 de mayo de 2024", Some(Weekday::Wednesday)),
            ("Среда, 29 мая 2024 года", Some(Weekday::Wednesday)),
            ("2024年5月31日星期五上午10时举行", Some(Weekday::Friday)),
            ("31 May 2024", None),
        ] {
            assert_eq!(find_weekday(line), want, "{line}");
        }
    }

    #[test]
    fn six_languages() {
        let want = Some(Date::constant(2024, 5, 31));
        for line in [
            "Friday, 31 May 2024, 10 a.m.",
            "Vendredi 31 mai 2024, à 10 heures",
            "Viernes 31 de mayo de 2024, a las 10.00 horas",
            "Пятница, 31 мая 2024 года, 10 ч 00 мин",
            "2024年5月31日星期五上午10时举行",
            "الجمعة، 31 أيار/مايو 2024، الساعة 10/00",
        ] {
            assert_eq!(find_date(line), want, "{line}");
        }
        for line in
            ["31 maybe 99", "Seventy-ninth year", "99 May 2024", "2024年13月1日", "may 2024"]
        {
            assert_eq!(find_date(line), None, "{line}");
        }
    }

    #[test]
    fn file_names() {
        assert_eq!(find_iso_date("umarov-2019-11-19.txt"), Some(Date::constant(2019, 11, 19)));
        assert_eq!(find_iso_date("x2019-13-19"), None);
        assert_eq!(find_iso_date("12019-11-19"), None);
        assert_eq!(find_iso_date(""), None);
    }
}
