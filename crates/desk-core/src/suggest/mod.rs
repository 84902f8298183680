//! What may solve the problem before it is sent. Everything is found on this computer; nothing is asked of AWS.

mod similar;
mod types;
mod words;

pub use similar::Suggest;
pub use types::*;
