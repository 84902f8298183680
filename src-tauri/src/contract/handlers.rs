//! Makes each declared command's entry: Tauri's handler, which turns a panic into an error and calls
//! `commands::<room>::<name>`.

#![allow(clippy::wildcard_imports, reason = "the declaration names types of every room")]

use crate::commands;
use crate::contract::*;
use crate::state::App;
use desk_core::{
    account::*, attachment::*, case::*, delivery::*, desk::*, log::crash::*, report::*, settings::*,
    suggest::*, sync::*,
};
use desk_model::{AccountId, CaseKey, Problem, ProblemCode, Secret};
use desk_network::*;
use futures_util::FutureExt as _;
use std::{future::Future, panic::AssertUnwindSafe};

/// Runs a command; a panic in it becomes a [`Problem`], so that one mistake does not end the program.
async fn guarded<T>(name: &'static str, run: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    match AssertUnwindSafe(run).catch_unwind().await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(problem)) => {
            let request_id = problem.request_id.as_deref();
            tracing::warn!(command = name, code = ?problem.code, request_id, "refused");
            Err(problem)
        }
        Err(_) => {
            tracing::error!(command = name, "panicked");
            Err(Problem::new(
                ProblemCode::Internal,
                "Something went wrong inside ECO Desk. What you entered is kept. Try again; if it happens again, restart ECO Desk.",
            ))
        }
    }
}

macro_rules! entries {
    ($($room:ident :: $name:ident ( $($argument:ident : $type:ty),* ) -> $answer:ty $(, stale_on [$($stale:tt)*])?;)*) => {
        mod entry {
            use super::*;
            $(
                #[tauri::command]
                pub(super) async fn $name(app: tauri::State<'_, App>, $($argument: $type),*) -> Result<$answer, Problem> {
                    guarded(stringify!($name), commands::$room::$name(&app, $($argument),*)).await
                }
            )*
        }

        /// The handler of all declared commands.
        pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool + Send + std::marker::Sync + 'static {
            tauri::generate_handler![$(entry::$name),*]
        }
    };
}
with_commands!(entries);

#[cfg(test)]
mod tests {
    use super::*;
    use desk_model::Field;

    #[tokio::test]
    async fn a_panic_in_a_command_becomes_an_error_that_can_be_shown() {
        let crossed = guarded::<()>("case_list", async { panic!("on purpose") }).await.unwrap_err();
        assert_eq!(
            serde_json::to_string(&crossed).unwrap(),
            r#"{"code":"internal","message":"Something went wrong inside ECO Desk. What you entered is kept. Try again; if it happens again, restart ECO Desk.","retryable":false}"#
        );
    }

    #[tokio::test]
    async fn a_refusal_crosses_as_it_is() {
        let problem = Problem::field(Field::Subject, "Enter a subject.");
        let crossed =
            guarded::<()>("draft_submit", async { Err(Problem::field(Field::Subject, "Enter a subject.")) })
                .await;
        assert_eq!(crossed, Err(problem));
    }
}
