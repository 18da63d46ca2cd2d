//! The steps of an axis.

/// The end of an axis from 0 on which a value has room: 1, 2 or 5 times a power of ten, or a few of its steps.
pub fn nice_top(largest: f64) -> f64 {
    if !largest.is_finite() || largest <= 0.0 {
        return 1.0;
    }
    let step = nice_step(largest / 4.0);
    (largest / step).ceil() * step
}

/// The values that are written at an axis from 0 to `top`, at most `most` of them and 0 among them.
pub fn steps(top: f64, most: usize) -> Vec<f64> {
    let step = nice_step(top / most.saturating_sub(1).max(1) as f64);
    if step > top {
        return vec![0.0, top];
    }
    let count = (top / step + 1e-9).floor();
    // An axis has a handful of them.
    (0..=(count as usize).min(64)).map(|n| n as f64 * step).collect()
}

/// The least of 1, 2 and 5 times a power of ten that is not below a value.
fn nice_step(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    let times =
        [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= value * (1.0 - 1e-9));
    times.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_a_little_above_what_is_on_it() {
        for (largest, top) in [
            (0.0, 1.0),
            (1.0, 1.0),
            (3.0, 3.0),
            (7.0, 8.0),
            (11.0, 15.0),
            (1234.0, 1500.0),
            (0.07, 0.08),
        ] {
            assert!((nice_top(largest) - top).abs() < 1e-9, "{largest}: {}", nice_top(largest));
        }
        let mut largest = 0.001;
        while largest < 1e9 {
            let top = nice_top(largest);
            assert!(top >= largest * (1.0 - 1e-9) && top <= largest * 2.0, "{largest}: {top}");
            for most in 2..9 {
                let steps = steps(top, most);
                assert!(
                    steps.len() <= most && steps[0] == 0.0 && steps.len() >= 2,
                    "{top} {most} {steps:?}"
                );
            }
            largest *= 1.37;
        }
    }
}
