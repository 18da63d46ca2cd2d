//! Whatever ends the program, the terminal is left as it was found, and long work stops soon.
