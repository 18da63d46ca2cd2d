//! Charts compared with the plain way: the same statements and the same words by year, month and State.

use std::collections::BTreeMap;
use std::sync::Arc;

use spv::app::chart::{Asked, By, Cell, count};
use spv::library::Library;
use spv::record::{Capacity, Kind, Record};
use spv::search::index::{Index, update_index};

use super::corpus;
use super::plain::{self, Ask, Said, is_found_in_the_chair};

/// Figures by State and period.
type Figures = BTreeMap<(String, String), Cell>;

/// A query, and among which words it looks: those of a statement in a capacity.
struct Case {
    ask: Ask,
    among: fn(&Said<'_>, Option<Capacity>) -> bool,
}

fn word(word: &str) -> Ask {
    Ask::Word(word.to_owned())
}

fn of(state: &str, said: &Said<'_>, capacity: Option<Capacity>) -> bool {
    capacity == Some(Capacity::National) && said.statement.speaker.state.as_deref() == Some(state)
}

fn cases() -> Vec<Case> {
    let estonia = || Ask::State("Estonia".to_owned());
    vec![
        Case { ask: word("peace"), among: |_, _| true },
        Case { ask: Ask::One(vec![word("peace"), word("war")]), among: |_, _| true },
        Case { ask: Ask::Beginning("agree".to_owned()), among: |_, _| true },
        Case {
            ask: Ask::All(vec![estonia(), word("the")]),
            among: |said, capacity| of("Estonia", said, capacity),
        },
        Case { ask: estonia(), among: |_, capacity| capacity == Some(Capacity::National) },
        Case {
            ask: Ask::All(vec![Ask::Capacity(Capacity::President), word("the")]),
            among: |_, capacity| capacity == Some(Capacity::President),
        },
        Case {
            ask: Ask::All(vec![Ask::Years(2020, 2020), word("the")]),
            among: |said, _| said.record.date.year() == 2020,
        },
    ]
}

/// The statements that a query finds: which, whether from the chair alone, and for which State.
fn found_plainly(ask: &Ask, statements: &[Said<'_>]) -> BTreeMap<usize, (bool, Option<String>)> {
    let found = statements.iter().enumerate().filter_map(|(n, said)| {
        let chair = is_found_in_the_chair(ask, said)?;
        let (answer, _) = plain::answer(ask, std::slice::from_ref(said));
        Some((n, (chair, answer.states.into_keys().next())))
    });
    found.collect()
}

/// What is counted of a case.
struct Counted {
    by: By,
    kind: Kind,
    procedural: bool,
}

/// The figures the plain way.
fn plainly(
    case: &Case,
    counted: &Counted,
    statements: &[Said<'_>],
    hits: &BTreeMap<usize, (bool, Option<String>)>,
) -> Figures {
    let Counted { by, kind, .. } = *counted;
    let mut figures = Figures::new();
    let chair = Ask::Capacity(Capacity::President).to_string();
    let procedural = counted.procedural || case.ask.to_string().contains(&chair);
    for (n, said) in statements.iter().enumerate().filter(|(_, said)| said.record.kind == kind) {
        let date = said.record.date;
        let period = match by {
            By::Month => format!("{}-{:02}", date.year(), date.month()),
            _ => date.year().to_string(),
        };
        let state = |capacity: Option<Capacity>| match by {
            By::State => {
                let state = said.statement.speaker.state.as_deref();
                state.filter(|_| capacity == Some(Capacity::National)).map(plain::usual)
            }
            _ => Some(String::new()),
        };
        if let Some((chair, state)) = hits.get(&n)
            && (procedural || !chair)
        {
            let state = if by == By::State { state.clone() } else { Some(String::new()) };
            if let Some(state) = state {
                figures.entry((state, period.clone())).or_default().statements += 1;
            }
        }
        let several = said.capacities.windows(2).any(|pair| pair[0] != pair[1]);
        for (paragraph, capacity) in said.statement.paragraphs.iter().zip(&said.capacities) {
            let chair =
                said.statement.is_procedural() || several && *capacity == Some(Capacity::President);
            if (chair && !procedural) || !(case.among)(said, *capacity) {
                continue;
            }
            if let Some(state) = state(*capacity) {
                let words = paragraph.text.split_whitespace().count() as u64;
                figures.entry((state, period.clone())).or_default().words += words;
            }
        }
    }
    let mut with: BTreeMap<String, usize> = BTreeMap::new();
    for ((state, _), cell) in &figures {
        *with.entry(state.clone()).or_default() += cell.statements;
    }
    figures.retain(|(state, _), cell| {
        (by != By::State || with[state] > 0) && *cell != Cell::default()
    });
    figures
}

fn compare(records: &[Record], library: &Library, index: &Index) {
    let statements = plain::statements(records);
    for case in cases() {
        let hits = found_plainly(&case.ask, &statements);
        for by in [By::Year, By::Month, By::State] {
            for (kind, procedural) in
                [(Kind::Verbatim, false), (Kind::Verbatim, true), (Kind::Letter, false)]
            {
                let query = case.ask.to_string();
                let queries = vec![query.clone(), query.clone()];
                let asked = Asked { queries, by, kind, procedural, language: None };
                let chart = count(index, library.catalogue(), &asked, &Arc::default()).unwrap();
                assert!(!chart.cut && chart.series[0] == chart.series[1], "{query}");
                let mut found = Figures::new();
                for ((group, period), cell) in &chart.series[0].cells {
                    let name = chart.periods[*period].name();
                    found.insert((chart.groups[*group].clone(), name), *cell);
                }
                let counted = Counted { by, kind, procedural };
                let plain = plainly(&case, &counted, &statements, &hits);
                assert_eq!(found, plain, "{query} by {by:?} in {kind:?}, procedural {procedural}");
                let sum: usize = plain.values().map(|cell| cell.statements).sum();
                assert_eq!(chart.series[0].total.statements, sum, "{query}");
                let held = |period: &spv::app::chart::Period| {
                    let here = records.iter().filter(|r| {
                        let of_month = period.month.is_none_or(|month| month == r.date.month());
                        r.kind == kind && r.date.year() == period.year && of_month
                    });
                    here.count()
                };
                for period in &chart.periods {
                    assert_eq!(period.held, held(period), "{}", period.name());
                }
                assert_eq!(
                    chart.coverage.held,
                    chart.periods.iter().map(|p| p.held).sum::<usize>()
                );
            }
        }
    }
}

#[test]
fn charts_of_the_exercise_debates_are_those_of_the_plain_way() {
    let library = Library::exercise();
    let index = Index::in_memory(&library, None).unwrap();
    let all = corpus::exercise();
    let english: Vec<Record> = all.into_iter().filter(|r| r.language.code() == "en").collect();
    compare(&english, &library, &index);
}

#[test]
fn charts_of_the_records_of_2020_are_those_of_the_plain_way() {
    let Some(records) = corpus::of_2020() else { return };
    let folder = tempfile::tempdir().unwrap();
    corpus::put(folder.path(), &records);
    let library = Library::open_with(folder.path(), None).unwrap();
    update_index(&library, None, false, &Arc::default(), &mut |_| {}).unwrap();
    let index = Index::open(&library, None, None).unwrap().unwrap();
    compare(&records, &library, &index);
}
