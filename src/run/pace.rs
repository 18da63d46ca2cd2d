//! Pacing: how long to wait before the next frame, so that no queue builds up in the network.
//!
//! Keys that arrive 50 ms apart over a slow line find the program idle between them; each would get
//! a frame of its own, and the frames would pile up on their way. Where the rate of the line is
//! told, the next frame waits until the line can have sent the last one; keys that come meanwhile
//! are taken together, and only the newest state is drawn. A pure count: the time is passed in.

use std::time::Duration;

/// What a frame takes of the line beside its bytes: SSH pads and signs a packet (36 bytes), TCP
/// and IP head it (52).
const PACKET: u64 = 88;
/// The most of the frame's bytes that one packet carries.
const MOST: u64 = 1400;
/// A frame may be sent so much before the line is free: the program, too, takes time to draw it.
const ALLOWANCE: Duration = Duration::from_millis(20);

/// The line, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Bits a second; 0 where no rate was told and nothing waits.
    rate: u64,
    /// When the line has sent everything given to it.
    free: Duration,
}

impl Pace {
    /// A line of this many bits a second; nothing ever waits on one of 0.
    pub fn new(rate: u32) -> Self {
        Self { rate: rate.into(), free: Duration::ZERO }
    }

    /// How long the next frame has to wait at time `now`.
    pub fn wait(&self, now: Duration) -> Duration {
        self.free.saturating_sub(now).saturating_sub(ALLOWANCE)
    }

    /// So many bytes were written at time `now`.
    pub fn sent(&mut self, now: Duration, bytes: usize) {
        if bytes == 0 || self.rate == 0 {
            return;
        }
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let all = bytes.saturating_add(bytes.div_ceil(MOST).saturating_mul(PACKET));
        let micros = all.saturating_mul(8_000_000) / self.rate;
        self.free = self.free.max(now).saturating_add(Duration::from_micros(micros));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    /// Rate, frames before as (time, bytes), time of the question, the wait.
    type Row = (u32, &'static [(u64, usize)], u64, u64);

    #[test]
    fn the_next_frame_waits_until_the_line_has_sent_the_last() {
        let table: &[Row] = &[
            (9600, &[], 0, 0),
            // 112 bytes and 88 of a packet at 1200 bytes a second: a sixth of a second.
            (9600, &[(0, 112)], 0, 146),
            (9600, &[(0, 112)], 100, 46),
            (9600, &[(0, 112)], 147, 0),
            (9600, &[(0, 112)], 5000, 0),
            // Time that has passed unused is not saved up.
            (9600, &[(0, 112), (5000, 112)], 5000, 146),
            // What was written while the line was busy comes after it.
            (9600, &[(0, 112), (100, 112)], 200, 113),
            // A page is two packets.
            (9600, &[(0, 1424)], 0, 1313),
            (96_000, &[(0, 1424)], 0, 113),
            // An equal frame writes nothing and takes nothing.
            (9600, &[(0, 0)], 0, 0),
            // Without a rate nothing waits.
            (0, &[(0, 1_000_000)], 0, 0),
        ];
        for (rate, frames, now, wait) in table {
            let mut pace = Pace::new(*rate);
            for (at, bytes) in *frames {
                pace.sent(ms(*at), *bytes);
            }
            let waits = pace.wait(ms(*now)).as_millis();
            assert_eq!(waits, u128::from(*wait), "{rate} {frames:?} at {now}");
        }
    }

    /// A key every 50 ms, a line down each, for three seconds: what is still on its way when the
    /// last key has come is never more than one frame.
    #[test]
    fn a_held_key_leaves_no_queue() {
        let mut pace = Pace::new(9600);
        let (mut waiting, mut now, mut drawn) = (0usize, 0u64, 0usize);
        while now < 3000 || waiting > 0 {
            if now < 3000 && now % 50 == 0 {
                waiting += 1;
            }
            if waiting > 0 && pace.wait(ms(now)).is_zero() {
                pace.sent(ms(now), (16 + 75 * waiting).min(1300));
                drawn += waiting;
                waiting = 0;
            }
            now += 1;
        }
        assert_eq!(drawn, 60);
        assert!(now < 4300, "the last frame was drawn {} ms after the last key", now - 3000);
    }

    #[test]
    fn no_count_overflows() {
        let mut pace = Pace::new(1);
        pace.sent(Duration::MAX, usize::MAX);
        pace.sent(Duration::MAX, usize::MAX);
        assert_eq!(pace.wait(Duration::MAX), Duration::ZERO);
    }
}
