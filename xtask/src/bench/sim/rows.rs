//! Rows of these benches: rates, of which more is better, and fixed limits.

use super::super::row::{LIMIT, Row};

/// A value of which more is better: requests or bytes a second. The ratio is the yardstick's value by this one.
pub(super) fn rate(
    name: &'static str,
    metric: impl Into<String>,
    unit: &'static str,
    value: f64,
    yardstick: impl Into<String>,
    yardstick_value: f64,
) -> Row {
    let ratio = yardstick_value / value;
    Row { name, metric: metric.into(), value, unit, yardstick: yardstick.into(), yardstick_value, ratio }
}

/// A value that must not be above a limit.
pub(super) fn at_most(
    name: &'static str,
    metric: impl Into<String>,
    unit: &'static str,
    value: f64,
    limit: f64,
) -> Row {
    Row::cost(name, metric, unit, value, LIMIT, limit)
}

/// A value that must not be below a limit.
pub(super) fn at_least(
    name: &'static str,
    metric: impl Into<String>,
    unit: &'static str,
    value: f64,
    limit: f64,
) -> Row {
    rate(name, metric, unit, value, LIMIT, limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_above_one_is_a_limit_missed() {
        assert!(at_most("b", "size", "MB", 401.0, 400.0).ratio > 1.0);
        assert!(at_most("b", "size", "MB", 400.0, 400.0).ratio <= 1.0);
        assert!(at_least("b", "speed", "times", 19.0, 20.0).ratio > 1.0);
        assert!(at_least("b", "speed", "times", 20.0, 20.0).ratio <= 1.0);
        assert!(rate("b", "speed", "MB/s", 50.0, "other", 100.0).ratio > 1.0);
    }
}
