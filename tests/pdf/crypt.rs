//! A file locked with the standard security handler of revision 2 (ISO 32000-1, 7.6.3), to see that
//! locked files are told from those that an empty password opens. MD5 (RFC 1321) and RC4 are written
//! out here because nothing else of the project needs them.

use super::make::File;

/// The bytes that fill a password up.
const PADDING: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
    0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

fn md5(data: &[u8]) -> [u8; 16] {
    const TURNS: [[u32; 4]; 4] =
        [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut message = data.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend((data.len() as u64 * 8).to_le_bytes());
    let mut sum: [u32; 4] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476];
    for block in message.chunks(64) {
        let words: Vec<u32> =
            block.chunks(4).map(|w| u32::from_le_bytes([w[0], w[1], w[2], w[3]])).collect();
        let [mut a, mut b, mut c, mut d] = sum;
        for i in 0..64usize {
            let (mix, word) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), 7 * i % 16),
            };
            let constant = (((i + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let added = a.wrapping_add(mix).wrapping_add(constant).wrapping_add(words[word]);
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(added.rotate_left(TURNS[i / 16][i % 4]));
        }
        for (total, part) in sum.iter_mut().zip([a, b, c, d]) {
            *total = total.wrapping_add(part);
        }
    }
    let mut out = [0; 16];
    for (place, word) in out.chunks_mut(4).zip(sum) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    out
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0usize;
    for i in 0..256 {
        j = (j + usize::from(state[i]) + usize::from(key[i % key.len()])) % 256;
        state.swap(i, j);
    }
    let (mut i, mut j) = (0usize, 0usize);
    let mut next = |byte: &u8| {
        i = (i + 1) % 256;
        j = (j + usize::from(state[i])) % 256;
        state.swap(i, j);
        byte ^ state[(usize::from(state[i]) + usize::from(state[j])) % 256]
    };
    data.iter().map(&mut next).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02X}")).collect()
}

/// The file with its streams locked under this password.
pub fn locked(file: &File, password: &[u8]) -> File {
    let owner = [7u8; 32];
    let id = b"0123456789abcdef";
    let padded: Vec<u8> = password.iter().chain(&PADDING).copied().take(32).collect();
    let rights = (-4i32).to_le_bytes();
    let key = &md5(&[&padded[..], &owner, &rights, id].concat())[..5];
    let user = rc4(key, &PADDING);
    let mut locked = file.clone();
    for (at, object) in locked.objects.iter_mut().enumerate() {
        let Some(start) = object.windows(7).position(|w| w == b"stream\n") else { continue };
        let (start, end) = (start + 7, object.len() - b"\nendstream".len());
        let number = ((at + 1) as u32).to_le_bytes();
        let own = &md5(&[key, &number[..3], &[0, 0]].concat())[..10];
        let data = rc4(own, &object[start..end]);
        object[start..end].copy_from_slice(&data);
    }
    let dict = format!("<</Filter/Standard/V 1/R 2/P -4/O<{}>/U<{}>>>", hex(&owner), hex(&user));
    let number = locked.add(dict);
    locked.trailer = format!("/Encrypt {number} 0 R/ID[<{0}><{0}>]", hex(id));
    locked
}

#[test]
fn the_sums_of_the_standard() {
    assert_eq!(hex(&md5(b"abc")), "900150983CD24FB0D6963F7D28E17F72");
    assert_eq!(hex(&rc4(b"Key", b"Plaintext")), "BBF316E8D940AF0AD3");
}
