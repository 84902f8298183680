//! [`Row`]: the result of a benchmark.

use serde::Serialize;

/// The yardstick of a fixed limit.
pub(super) const LIMIT: &str = "limit";

/// One measured value beside its yardstick.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Row {
    /// The bench's name.
    pub(super) name: &'static str,
    /// What was measured, as one would say it.
    pub(super) metric: String,
    /// The measured value.
    pub(super) value: f64,
    /// Of both values.
    pub(super) unit: &'static str,
    /// What it was measured beside; `limit` for a fixed limit.
    pub(super) yardstick: String,
    /// The yardstick's value.
    pub(super) yardstick_value: f64,
    /// Lower is better: value by yardstick, for throughput the inverse.
    pub(super) ratio: f64,
}

impl Row {
    /// A value of which less is better: a time, a size.
    pub(super) fn cost(
        name: &'static str,
        metric: impl Into<String>,
        unit: &'static str,
        value: f64,
        yardstick: impl Into<String>,
        yardstick_value: f64,
    ) -> Self {
        let ratio = value / yardstick_value;
        Self { name, metric: metric.into(), value, unit, yardstick: yardstick.into(), yardstick_value, ratio }
    }
}

/// The rows whose limit is not kept.
pub(super) fn missed(rows: &[Row]) -> Vec<&Row> {
    rows.iter().filter(|row| row.yardstick == LIMIT && row.ratio > 1.0).collect()
}

/// The middle of some values, the mean of the two middle ones when they are even in number.
///
/// # Panics
/// When there is none: a median of nothing is a mistake in the bench.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    assert!(!values.is_empty(), "a bench measured nothing");
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

/// The value that so many percent of the values do not exceed, by the nearest rank.
///
/// # Panics
/// When there is none.
pub(super) fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    assert!(!values.is_empty(), "a bench measured nothing");
    values.sort_by(f64::total_cmp);
    let rank = (values.len() * percent).div_ceil(100);
    values[rank.saturating_sub(1)]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "small whole numbers are exact")]
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![9.0, 1.0, 2.0, 4.0]), 3.0);
    }

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let values: Vec<f64> = (1..=20).map(f64::from).collect();
        assert_eq!(percentile(values.clone(), 95), 19.0);
        assert_eq!(percentile(values.clone(), 99), 20.0);
        assert_eq!(percentile(vec![3.0], 95), 3.0);
        assert_eq!(percentile(values, 50), 10.0);
    }

    #[test]
    fn only_a_limit_can_be_missed() {
        let slow = Row::cost("start", "empty mirror", "ms", 900.0, "bare window", 600.0);
        let kept = Row::cost("sim-load", "ready", "s", 3.0, LIMIT, 3.0);
        let above = Row::cost("sim-load", "memory", "MB", 401.0, LIMIT, 400.0);
        assert_eq!(missed(&[slow, kept, above.clone()]), [&above]);
    }

    #[test]
    fn a_row_has_these_fields_and_no_other() {
        let row = Row::cost("start", "empty mirror", "ms", 900.0, "bare window", 600.0);
        assert_eq!(
            serde_json::to_value(&row).expect("a row is plain data"),
            serde_json::json!({
                "name": "start", "metric": "empty mirror", "value": 900.0, "unit": "ms",
                "yardstick": "bare window", "yardstick_value": 600.0, "ratio": 1.5
            })
        );
    }
}
