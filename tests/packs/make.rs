//! Packs made by hand, apart from the program's own way.

use sha2::{Digest as _, Sha256};

use super::archive::member;

pub fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 3).unwrap()
}

/// The list of these members.
pub fn sums(members: &[(&str, &[u8])]) -> Vec<u8> {
    let line = |(name, bytes): &(&str, &[u8])| {
        let sum = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>();
        format!("{sum}  {name}\n")
    };
    member("SHA256SUMS", b'0', members.iter().map(line).collect::<String>().as_bytes())
}

/// A pack whose list is true of these members.
pub fn pack(members: &[(&str, &[u8])]) -> Vec<u8> {
    let parts = members.iter().map(|(name, bytes)| member(name, b'0', bytes));
    [vec![sums(members)], parts.collect(), vec![vec![0; 1024]]].concat().concat()
}
