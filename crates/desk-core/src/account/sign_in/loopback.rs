//! The address on this computer that the browser comes back to after signing in (RFC 8252, 7.3).
//!
//! It listens on the loopback interface only, on a port that the system gives, until the one answer with the right
//! state has come. What comes with another state is shown an error and changes nothing.

use axum::{
    Router,
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use desk_aws::CALLBACK;
use desk_model::{Problem, ProblemCode, Secret};
use std::{sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::mpsc};
use tokio_util::sync::CancellationToken;

/// How long the browser may take to read the last page.
const LAST_PAGE: Duration = Duration::from_secs(2);

/// What a page shows that nobody waits for.
const EARLIER: &str = "This page belongs to an earlier sign-in. Start again in ECO Desk.";

/// A free address that waits for the browser.
#[derive(Debug)]
pub(super) struct Loopback {
    listener: TcpListener,
    /// The whole address, for the sign-in page.
    pub(super) address: String,
}

#[derive(Debug)]
struct Waiting {
    state: String,
    came: mpsc::Sender<Result<Secret, Problem>>,
}

impl Loopback {
    /// Takes a free port.
    ///
    /// # Errors
    /// Where this computer gives none.
    pub(super) async fn bind() -> Result<Self, Problem> {
        let listening = async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let port = listener.local_addr()?.port();
            Ok::<_, std::io::Error>((listener, port))
        };
        let (listener, port) = listening.await.map_err(|error| {
            Problem::new(
                ProblemCode::Internal,
                format!("The browser could not come back to ECO Desk on this computer ({error}). Sign in with a code instead."),
            )
        })?;
        Ok(Self { listener, address: format!("http://127.0.0.1:{port}{CALLBACK}") })
    }

    /// The code that the browser brings with `state`.
    ///
    /// # Errors
    /// Where the user or the sign-in page refused.
    pub(super) async fn code(self, state: &str) -> Result<Secret, Problem> {
        let (came, mut answers) = mpsc::channel(1);
        let waiting = Arc::new(Waiting { state: state.to_owned(), came });
        let app = Router::new().route(CALLBACK, get(arrived)).with_state(waiting);
        let stop = CancellationToken::new();
        let serving = axum::serve(self.listener, app).with_graceful_shutdown(stop.clone().cancelled_owned());
        let serving = tokio::spawn(async move { serving.await });
        // Whoever gives the sign-in up drops this, and nobody listens any more.
        let _listens = stop.clone().drop_guard();
        let answer = answers.recv().await;
        stop.cancel();
        let _ = tokio::time::timeout(LAST_PAGE, serving).await;
        answer.unwrap_or_else(|| Err(refused("the browser did not come back")))
    }
}

async fn arrived(State(waiting): State<Arc<Waiting>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let value = |name: &str| {
        form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value)
    };
    if value("state").as_deref() != Some(waiting.state.as_str()) {
        return page(StatusCode::BAD_REQUEST, EARLIER);
    }
    let (status, text, answer) = match (value("code"), value("error")) {
        (Some(code), None) => (
            StatusCode::OK,
            "You are signed in. Go back to ECO Desk; this page can be closed.",
            Ok(Secret::new(&code)),
        ),
        (_, error) => {
            let reason = value("error_description").or(error).unwrap_or_default();
            (
                StatusCode::OK,
                "You are not signed in. Go back to ECO Desk to try again; this page can be closed.",
                Err(refused(&reason)),
            )
        }
    };
    if waiting.came.try_send(answer).is_err() {
        return page(StatusCode::BAD_REQUEST, EARLIER);
    }
    page(status, text)
}

fn page(status: StatusCode, text: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>ECO Desk</title><h1>ECO Desk</h1><p>{text}</p></html>"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, html).into_response()
}

fn refused(reason: &str) -> Problem {
    Problem::new(
        ProblemCode::AccessDenied,
        format!("The sign-in was not completed ({reason}). Try again, and choose Allow in the browser."),
    )
}
