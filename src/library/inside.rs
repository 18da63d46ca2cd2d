//! What the build put inside the binary: the exercise debates and a catalogue of them.

/// The catalogue, as `encode.rs` describes it; the files in it are names of [`TEXTS`].
pub(super) static CATALOGUE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/exercise.bin"));

/// File names and texts of the debates, as they stand in `data/exercise`.
pub(super) static TEXTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/exercise.rs"));
