//! The year in which the Council adopted a resolution, by its number alone.
//!
//! Resolutions are numbered consecutively from 1946, so the last number of each year gives the year
//! of all.

/// The first year of [`LAST`].
const FIRST_YEAR: u16 = 1946;

/// The number of the last resolution of each year from 1946 (United Nations Digital Library).
#[rustfmt::skip]
const LAST: [u16; 80] = [
    15, 37, 66, 78, // 1946
    89, 96, 98, 103, 105, 110, 121, 126, 131, 132, // 1950
    160, 170, 177, 185, 199, 219, 232, 244, 262, 275, // 1960
    291, 307, 324, 344, 366, 384, 402, 422, 443, 461, // 1970
    484, 499, 528, 545, 559, 580, 593, 606, 626, 646, // 1980
    683, 725, 799, 892, 969, 1035, 1092, 1146, 1219, 1284, // 1990
    1334, 1386, 1454, 1521, 1580, 1651, 1738, 1794, 1859, 1907, // 2000
    1966, 2032, 2085, 2132, 2195, 2259, 2336, 2397, 2451, 2503, // 2010
    2560, 2617, 2671, 2721, 2767, 2811, // 2020
];

/// The year the Council adopted its resolution `number`; `None` for 0 and those after 2025.
pub(super) fn year_of(number: u32) -> Option<u16> {
    let index = LAST.partition_point(|&last| u32::from(last) < number);
    let year = FIRST_YEAR + u16::try_from(index).ok()?;
    (number > 0 && index < LAST.len()).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_resolutions_have_their_years() {
        for (number, year) in [
            (1, 1946),
            (15, 1946),
            (16, 1947),
            (242, 1967),
            (1325, 2000),
            (2254, 2015),
            (2811, 2025),
        ] {
            assert_eq!(year_of(number), Some(year), "{number}");
        }
        assert_eq!((year_of(0), year_of(2812), year_of(u32::MAX)), (None, None, None));
        assert!(LAST.is_sorted());
    }

    #[test]
    fn the_table_of_votes_agrees() {
        let shared = std::env::var_os("SPV_SHARED").map_or_else(
            || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
            std::path::PathBuf::from,
        );
        let Ok(votes) = std::fs::read_to_string(shared.join("facts/votes.tsv")) else {
            println!("skipped: {} has no facts/votes.tsv", shared.display());
            return;
        };
        let (mut seen, mut other) = (0, Vec::new());
        for line in votes.lines() {
            let reference = line.split('\t').next().unwrap_or_default();
            let Some((number, year)) = reference
                .strip_prefix("S/RES/")
                .and_then(|r| r.trim_end_matches(')').split_once(" ("))
            else {
                continue;
            };
            seen += 1;
            let (number, year): (u32, u16) = (number.parse().unwrap(), year.parse().unwrap());
            if year_of(number) != Some(year) {
                other.push((number, year));
            }
        }
        assert!(seen > 2700, "{seen}");
        assert_eq!(other, []);
    }
}
