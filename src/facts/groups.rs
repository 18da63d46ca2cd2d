//! Groups of States: their names, and for the European Union its members by date.
//!
//! A group is looked up by its whole name or its abbreviation, never by a prefix: NAM is the
//! Movement of Non-Aligned Countries and not Viet Nam. The members of most groups are unknown here.

use jiff::civil::{Date, date};

use super::council::{self, Group as Seats};
use crate::record::fold;

/// A group of States, by the name that records give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// What else it is called, abbreviations first.
    pub others: &'static [&'static str],
    /// Former names: statements made for it under these count as well.
    pub former: &'static [&'static str],
}

const fn group(name: &'static str, others: &'static [&'static str]) -> Group {
    Group { name, others, former: &[] }
}

/// The groups that statements in the Council are made for.
const GROUPS: [Group; 27] = [
    group("A3", &["A3+", "A3 plus", "A3 plus one", "A3+1", "African Three"]),
    group("E10", &["Elected Ten"]),
    group("P5", &["Permanent Five"]),
    group("European Union", &["EU", "UE"]),
    group("African Union", &["AU", "UA"]),
    group("Movement of Non-Aligned Countries", &["NAM", "Non-Aligned Movement", "MNOAL"]),
    group("Group of 77 and China", &["G77", "Group of 77"]),
    group("League of Arab States", &["LAS", "Arab League"]),
    Group {
        name: "Organization of Islamic Cooperation",
        others: &["OIC", "Organisation of Islamic Cooperation"],
        former: &["Organization of the Islamic Conference"],
    },
    group("Organization of the Islamic Conference", &["Islamic Conference"]),
    group("Association of Southeast Asian Nations", &["ASEAN"]),
    group("Caribbean Community", &["CARICOM"]),
    group("Pacific Islands Forum", &["PIF"]),
    group("Pacific Small Island Developing States", &["PSIDS"]),
    group("Alliance of Small Island States", &["AOSIS"]),
    group("Accountability, Coherence and Transparency group", &["ACT", "ACT group"]),
    group("Community of Portuguese-speaking Countries", &["CPLP"]),
    group("Southern African Development Community", &["SADC"]),
    group("Economic Community of West African States", &["ECOWAS"]),
    group("Collective Security Treaty Organization", &["CSTO"]),
    group("Group of Five Small States", &["S5", "Small Five"]),
    group("Group of African States", &["African Group"]),
    group("Group of Arab States", &["Arab Group"]),
    group("Nordic countries", &["Nordics", "Nordic States", "Nordic"]),
    group("Baltic States", &["Baltics", "Baltic countries"]),
    group("Human Security Network", &["HSN"]),
    group("Rio Group", &[]),
];

/// The European Union exists from this day.
const UNION: Date = date(1993, 11, 1);
/// Its members with the first day of membership and the first day after it.
const EUROPEAN_UNION: [(&str, Date, Option<Date>); 28] = [
    ("Austria", date(1995, 1, 1), None),
    ("Belgium", UNION, None),
    ("Bulgaria", date(2007, 1, 1), None),
    ("Croatia", date(2013, 7, 1), None),
    ("Cyprus", date(2004, 5, 1), None),
    ("Czechia", date(2004, 5, 1), None),
    ("Denmark", UNION, None),
    ("Estonia", date(2004, 5, 1), None),
    ("Finland", date(1995, 1, 1), None),
    ("France", UNION, None),
    ("Germany", UNION, None),
    ("Greece", UNION, None),
    ("Hungary", date(2004, 5, 1), None),
    ("Ireland", UNION, None),
    ("Italy", UNION, None),
    ("Latvia", date(2004, 5, 1), None),
    ("Lithuania", date(2004, 5, 1), None),
    ("Luxembourg", UNION, None),
    ("Malta", date(2004, 5, 1), None),
    ("Netherlands", UNION, None),
    ("Poland", date(2004, 5, 1), None),
    ("Portugal", UNION, None),
    ("Romania", date(2007, 1, 1), None),
    ("Slovakia", date(2004, 5, 1), None),
    ("Slovenia", date(2004, 5, 1), None),
    ("Spain", UNION, None),
    ("Sweden", date(1995, 1, 1), None),
    ("United Kingdom", UNION, Some(date(2020, 2, 1))),
];

/// The members of a group, if known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// Members of the Council on the day.
    Seats(Seats),
    /// Elected members of the Council of a regional group.
    Region(&'static str),
    /// States, each from a day until another.
    States(&'static [(&'static str, Date, Option<Date>)]),
}

impl Group {
    /// Every name under which statements are made for it.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.name].into_iter().chain(self.former.iter().copied())
    }
}

/// Letters and digits of a name, folded, without an article, for comparing names.
fn key(name: &str) -> String {
    let folded = fold::text(name.trim());
    let bare = folded.strip_prefix("the ").unwrap_or(&folded);
    bare.chars().filter(|c| c.is_alphanumeric() || *c == '+').collect()
}

/// The group that a name or an abbreviation means.
pub fn lookup(name: &str) -> Option<&'static Group> {
    let wanted = key(name);
    let is =
        |group: &&Group| [group.name].iter().chain(group.others).any(|other| key(other) == wanted);
    GROUPS.iter().find(is).filter(|_| !wanted.is_empty())
}

/// The members that a name means: of the Council by a short name, of a regional group by words of its name that no
/// other has, or of the European Union. `None` where the members of the group are not known, or there is
/// no such group.
pub fn members(name: &str) -> Option<Members> {
    if let Some(group) = lookup(name) {
        let seats = Seats::ALL.into_iter().find(|seats| seats.name() == group.name);
        let union = || (group.name == "European Union").then_some(Members::States(&EUROPEAN_UNION));
        return seats.map(Members::Seats).or_else(union);
    }
    let words = |text: &str| -> Vec<String> {
        let folded = fold::text(text);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(ToOwned::to_owned).collect()
    };
    let wanted = words(name);
    let has = |region: &&str| {
        let region = words(region);
        wanted.iter().all(|word| region.contains(word))
    };
    let mut found = council::regions().filter(has);
    let region = found.next().filter(|_| !wanted.is_empty())?;
    found.next().is_none().then_some(Members::Region(region))
}

/// The names of groups whose members are known.
pub fn with_members() -> impl Iterator<Item = &'static str> {
    Seats::ALL.into_iter().map(Seats::name).chain(["EU"]).chain(council::regions())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::states;

    #[test]
    fn a_group_is_found_by_its_names_and_by_nothing_shorter() {
        for (name, group) in [
            ("NAM", "Movement of Non-Aligned Countries"),
            ("nam", "Movement of Non-Aligned Countries"),
            ("the Non-Aligned Movement", "Movement of Non-Aligned Countries"),
            ("EU", "European Union"),
            ("E-10", "E10"),
            ("A3+", "A3"),
            ("G-77", "Group of 77 and China"),
        ] {
            assert_eq!(lookup(name).map(|group| group.name), Some(group), "{name}");
        }
        for name in ["", "na", "Union", "A33", "Europe", "Viet Nam", "+"] {
            assert_eq!(lookup(name), None, "{name}");
        }
    }

    #[test]
    fn names_are_those_of_one_group() {
        let mut keys = Vec::new();
        for group in &GROUPS {
            keys.extend([group.name].iter().chain(group.others).map(|name| key(name)));
        }
        let all = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), all);
    }

    #[test]
    fn members_are_known_or_it_is_said_that_they_are_not() {
        assert_eq!(members("A3"), Some(Members::Seats(Seats::A3)));
        assert_eq!(members("african"), Some(Members::Region("African")));
        assert_eq!(members("western"), Some(Members::Region("Western European and Others")));
        for unknown in ["NAM", "european", "afr", "nothing", ""] {
            assert_eq!(members(unknown), None, "{unknown}");
        }
        let Some(Members::States(union)) = members("EU") else { panic!("the EU") };
        for (state, from, until) in union {
            assert_eq!(states::lookup(state).map(|s| s.name), Some(*state));
            assert!(*from >= UNION && until.is_none_or(|until| until > *from));
        }
        let on = |day: Date| {
            union
                .iter()
                .filter(|(_, from, to)| *from <= day && to.is_none_or(|to| day < to))
                .count()
        };
        let counts = [(1993, 12), (1995, 15), (2004, 25), (2007, 27), (2013, 28), (2020, 27)];
        for (year, count) in counts {
            assert_eq!(on(date(year, 12, 31)), count, "{year}");
        }
        assert_eq!((on(date(1993, 10, 31)), on(date(2020, 1, 31))), (0, 28));
    }
}
