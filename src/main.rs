//! Arguments in, exit code out.

use std::process::ExitCode;

use spv::cli::{self, Next};

fn main() -> ExitCode {
    match cli::main() {
        Next::End(code) => code,
        Next::Read(start, options) => spv::run::reader(start, options),
        Next::Linear(start, options) => spv::run::linear(start, &options),
    }
}
