//! Charts: how many statements a query finds by year, month, State or topic, and for how many words.
//!
//! - `model`: what is asked and what is counted, with the rates;
//! - `count`: the counting; `words_of`: of which words a rate is;
//! - `words`: what every chart says in words; `table`: the figures as rows; `svg`: a picture for a paper.
//!
//! The screen, the command, linear mode and the files all show the same [`Chart`].

mod count;
mod model;
mod scale;
mod svg;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod words_of;

pub use count::{TooManyQueries, count, queries_of};
pub use model::{Asked, By, Cell, Chart, FEWEST_WORDS, MOST_QUERIES, Period, RATE, Series, letter};
pub use scale::{nice_top, steps};
pub use svg::svg;
pub use table::{Row, Table, rows, table};
pub use words::{counted_line, coverage_line, lines, selected_words, title, value_words};
