//! No answer is short or wrong without saying so.
