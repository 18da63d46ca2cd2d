//! What makes PDF files, for the tests of other programs than the importer's own.

pub mod crypt;
pub mod hostile;
pub mod make;
