//! Systems that refuse: full disks, read errors, no memory, no threads, no locks, no modes.
