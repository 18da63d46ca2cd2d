//! Small, valid records that are made to be expensive cost no more than their size allows.
