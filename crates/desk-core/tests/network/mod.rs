//! A company's network between the desk and AWS: a proxy, and an authority of the company's own that issues the
//! certificates one sees. Whatever stands in the way is named, with what to do.
#![allow(clippy::unwrap_used)]

mod certificates;
#[allow(dead_code, reason = "the tests with real programs use the rest")]
pub(crate) mod company;
mod proxies;
mod settings;
mod standby;
