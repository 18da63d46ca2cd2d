//! A slow line between the program and the user: what a key held down costs at the far end.
//!
//! Keys are delayed and throttled on their way in by waiting. On the way out the far end's clock
//! is computed from when the program wrote: nothing it does depends on when its bytes arrive,
//! because the server at its side takes them at once.

use std::time::{Duration, Instant};

use super::pty::{Fallible, Pty};

/// The line: bits per second each way, and the latency one way.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Bits per second.
    pub rate: u32,
    /// From one end to the other.
    pub delay: Duration,
}

/// The overhead of a packet: SSH pads and signs (36), TCP and IP head it (52).
const PACKET: usize = 88;
/// The maximum payload of a packet.
const MOST: usize = 1400;
/// How often a held key repeats, and how many times in all.
const REPEAT: Duration = Duration::from_millis(50);
const TIMES: u32 = 60;
/// The time after the last key by which the output must have ended, else the measurement fails.
const PATIENCE: Duration = Duration::from_secs(20);
/// A pause of the program that counts as its end.
const PAUSE: Duration = Duration::from_millis(1500);

/// How the line was used.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Bytes the program wrote.
    pub bytes: usize,
    /// From the last key pressed to the last byte on the user's screen.
    pub settled: Duration,
}

impl Line {
    /// The time that a number of bytes takes on the line, in packets.
    fn takes(self, bytes: usize) -> Duration {
        let all = bytes + PACKET * bytes.div_ceil(MOST);
        Duration::from_secs_f64(all as f64 * 8.0 / f64::from(self.rate))
    }

    /// Holds a key for three seconds.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn hold(self, pty: &mut Pty, key: &[u8]) -> Fallible<Held> {
        let begin = Instant::now();
        let (mut up, mut down) = (Duration::ZERO, Duration::ZERO);
        let mut held = Held { bytes: 0, settled: Duration::ZERO };
        let last = REPEAT * (TIMES - 1);
        let mut take = |chunk: &[u8], held: &mut Held| {
            down = down.max(begin.elapsed()) + self.takes(chunk.len());
            held.bytes += chunk.len();
            held.settled = (down + self.delay).saturating_sub(last);
        };
        for number in 0..TIMES {
            up = up.max(REPEAT * number) + self.takes(key.len());
            let arrives = up + self.delay;
            while let Some(wait) = arrives.checked_sub(begin.elapsed()).filter(|w| !w.is_zero()) {
                if let Some(chunk) = pty.next(wait) {
                    take(&chunk, &mut held);
                }
            }
            pty.send(key)?;
        }
        let end = begin.elapsed() + PATIENCE;
        while begin.elapsed() < end {
            let Some(chunk) = pty.next(PAUSE) else { break };
            take(&chunk, &mut held);
        }
        Ok(held)
    }
}
