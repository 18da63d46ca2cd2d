//! Archives made by hand, sound and damaged.

use std::io::Cursor;

use super::*;

/// A heading with its checksum.
fn heading(name: &str, size: u64, kind: u8) -> Vec<u8> {
    let mut block = vec![0; 512];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    block[156] = kind;
    block[257..263].copy_from_slice(b"ustar\0");
    sum(&mut block);
    block
}

fn sum(block: &mut [u8]) {
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

fn member(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = heading(name, content.len() as u64, kind);
    bytes.extend_from_slice(content);
    bytes.resize(bytes.len().div_ceil(512) * 512, 0);
    bytes
}

fn archive(members: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = members.concat();
    bytes.extend([0; 1024]);
    bytes
}

fn read(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let found = members(&mut Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let content = |m: &Member| bytes[m.at as usize..(m.at + m.size) as usize].to_vec();
    Ok(found.iter().map(|m| (m.name.clone(), content(m))).collect())
}

#[test]
fn files_are_found_with_their_content_and_folders_passed_over() {
    let bytes = archive(&[
        member("speeches/", b'5', b""),
        member("speeches/a.txt", b'0', b"first"),
        member("b.txt", 0, &[b'x'; 513]),
        member("empty.txt", b'0', b""),
    ]);
    let found = read(&bytes).unwrap();
    assert_eq!(found[0], ("speeches/a.txt".to_owned(), b"first".to_vec()));
    assert_eq!(found[1].1.len(), 513);
    assert_eq!(found[2], ("empty.txt".to_owned(), Vec::new()));
}

#[test]
fn long_names_of_both_sorts_are_read() {
    let long = format!("{}/long.txt", "n".repeat(150));
    let pax = format!("{} path={long}\n", long.len() + 10);
    for (kind, extra) in [(b'L', format!("{long}\0")), (b'x', pax)] {
        let bytes = archive(&[
            member("global", b'g', b"19 comment=invented\n"),
            member("extra", kind, extra.as_bytes()),
            member("short.txt", b'0', b"text"),
            member("next.txt", b'0', b"more"),
        ]);
        let names: Vec<String> = read(&bytes).unwrap().into_iter().map(|m| m.0).collect();
        assert_eq!(names, [long.as_str(), "next.txt"]);
    }
}

#[test]
fn what_the_published_archive_never_has_is_refused() {
    for (bytes, why) in [
        (archive(&[member("../out.txt", b'0', b"x")]), "leads out"),
        (archive(&[member("a/../../out.txt", b'0', b"x")]), "leads out"),
        (archive(&[member("/etc/out.txt", b'0', b"x")]), "leads out"),
        (archive(&[member("e", b'L', b"../x\0"), member("a", b'0', b"x")]), "leads out"),
        (archive(&[member("a.txt", b'1', b"")]), "a link"),
        (archive(&[member("a.txt", b'2', b"")]), "a link"),
        (archive(&[member("a.txt", b'3', b"")]), "no ordinary file"),
        (archive(&[member("a.txt", b'S', b"")]), "no ordinary file"),
        (archive(&[member("e", b'x', b"12 size=999\n"), member("a", b'0', b"x")]), "sets the size"),
        (archive(&[member("e", b'x', &[b'x'; 70_000])]), "extra heading is larger"),
    ] {
        let error = read(&bytes).unwrap_err();
        assert!(error.contains(why), "{error}");
        assert!(error.starts_with("byte "), "{error}");
    }
}

#[test]
fn sizes_are_not_trusted() {
    for size in [513, u64::from(u32::MAX), 0o77_777_777_777] {
        let mut bytes = heading("a.txt", size, b'0');
        bytes.extend([0; 512]);
        assert!(read(&bytes).unwrap_err().contains("does not fit"));
    }
    // Base-256, up to what would overflow.
    for tail in [[0xFF; 8], [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]] {
        let mut bytes = heading("a.txt", 0, b'0');
        bytes[124..136].fill(0);
        bytes[124] = 0x80;
        bytes[128..136].copy_from_slice(&tail);
        sum(&mut bytes[..512]);
        assert!(read(&bytes).unwrap_err().contains("does not fit"));
    }
}

#[test]
fn cut_short_or_flipped_is_refused_and_never_panics() {
    let whole = archive(&[member("a.txt", b'0', &[b'x'; 700]), member("b.txt", b'0', b"text")]);
    let sound = whole.len() - 1024;
    for len in 0..sound + 511 {
        assert!(read(&whole[..len]).is_err(), "{len}");
    }
    for at in (0..sound).filter(|at| at % 512 < 300 && !(512..1536).contains(at) && at % 512 < 100)
    {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        let read = read(&bytes);
        assert!(at / 512 == 4 || read.is_err(), "{at}");
    }
    assert!(read(b"").is_err());
    assert!(read(&[b'x'; 4096]).is_err());
}
