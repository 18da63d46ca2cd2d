//! Makes what the binary carries: the tables of facts, from `data/facts/*.json`, and the exercise debates.
//!
//! Each thing made is a module under `build/` with one entry that writes into the output folder.

#[path = "build/blob.rs"]
mod blob;
#[path = "build/exercise.rs"]
mod exercise;
#[path = "build/facts.rs"]
mod facts;
#[path = "src/facts/key.rs"]
#[allow(dead_code)]
mod key;
#[path = "src/facts/layout.rs"]
#[allow(dead_code)]
mod layout;
#[path = "build/names.rs"]
mod names;
#[path = "build/record.rs"]
mod record;
#[path = "build/seats.rs"]
mod seats;
#[path = "build/tables.rs"]
mod tables;

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for watched in [
        "build.rs",
        "build",
        "src/facts/key.rs",
        "src/facts/layout.rs",
        "src/record/fold.rs",
        "src/record/varint.rs",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    facts::make(&root.join("data/facts"), &out)?;
    exercise::write(&out)?;
    shrink_program();
    Ok(())
}

/// Has the linker write the addresses of the tables in the program in their short form (`DT_RELR`), and keep one
/// of several functions with the same code, which generic code has many of. Only where it is known to work: with the
/// linker that comes with Rust, and a C library here that reads the short form (glibc since 2.36). Nothing in the
/// program compares addresses of functions.
fn shrink_program() {
    const TARGET: &str = "x86_64-unknown-linux-gnu";
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let printed = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    if [variable("TARGET"), variable("HOST")] != [TARGET, TARGET]
        || variable("PROFILE") != "release"
    {
        return;
    }
    let linker = "lib/rustlib/x86_64-unknown-linux-gnu/bin/gcc-ld/ld.lld";
    let sysroot = printed(&variable("RUSTC"), &["--print", "sysroot"]);
    let has_linker = sysroot.is_some_and(|root| PathBuf::from(root).join(linker).exists());
    // "glibc 2.36"
    let libc = printed("getconf", &["GNU_LIBC_VERSION"]).unwrap_or_default();
    let minor = libc.strip_prefix("glibc 2.").and_then(|rest| rest.split('.').next()?.parse().ok());
    if has_linker && minor.is_some_and(|minor: u32| minor >= 36) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs,--icf=all");
    }
}
