//! What is exported cannot be mistaken for something else by the programs that read it.
