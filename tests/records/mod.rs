//! Records as files: the schema, and those that come with the program.

mod exercise;
mod exercise_fixtures;
mod schema;
