//! Puts the program together: one tokio runtime, the desk, the window, the tray, and the end.

use crate::{
    closing,
    contract::{Mode, handlers},
    demo, drops, ending,
    guard::guarded,
    logs, news, notifications,
    options::Options,
    platform,
    plugins::Scriptless,
    state::App,
    tray, window,
};
use desk_core::{
    Desk, DeskOptions, Problem, account::ConfigFiles, aws::Endpoint, delivery::DeliveryPace, network::Line,
    sync::SyncPace, time::Clock,
};
use std::{
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use tauri::{Manager as _, RunEvent};
use tokio::sync::watch;

/// The demo's Tauri identifier ends with this: it separates data, window state and the single instance.
const DEMO_SUFFIX: &str = ".demo";

/// How long the work with AWS waits for the first screen.
const FIRST_SCREEN: Duration = Duration::from_secs(3);

/// Runs the program until it is quit.
#[must_use]
pub fn run(options: Options) -> ExitCode {
    let started = Instant::now();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("desk").build() {
        Ok(runtime) => runtime,
        Err(error) => return refused(&error),
    };
    tauri::async_runtime::set(runtime.handle().clone());
    let mut context = tauri::generate_context!();
    if options.demo {
        context.config_mut().identifier.push_str(DEMO_SUFFIX);
    }
    let app = tauri::Builder::default()
        // First of all, so that a second start ends before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|handle, _arguments, _directory| window::show(handle)))
        .plugin(Scriptless(tauri_plugin_notification::init()))
        .plugin(Scriptless(tauri_plugin_clipboard_manager::init()))
        .plugin(Scriptless(window::state_plugin()))
        .invoke_handler(handlers::handler())
        .on_window_event(|window, event| {
            guarded("closing the window", || closing::handle(window, event));
            guarded("a drop", || drops::handle(window, event));
        })
        .setup(move |app| set_up(app, started, options))
        .build(context);
    let app = match app {
        Ok(app) => app,
        Err(error) => return refused(&error),
    };
    let code = app.run_return(|handle, event| match event {
        RunEvent::ExitRequested { api, .. } => {
            let app = handle.state::<App>();
            if !app.has_ended() {
                api.prevent_exit();
                ending::end(handle.clone());
            }
        }
        // Where the system ends the program without asking (macOS' Cmd+Q), this is the last word.
        RunEvent::Exit => tauri::async_runtime::block_on(handle.state::<App>().shut_down_at_once()),
        other => platform::on_event(handle, &other),
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Says why there is no window: to the terminal and, where programs have none, in a message of the system.
fn refused(error: &dyn std::fmt::Display) -> ExitCode {
    let message = format!("ECO Desk cannot start: {error}");
    tracing::error!("{message}");
    #[allow(clippy::print_stderr, reason = "there is no window to say it in")]
    {
        eprintln!("{message}");
    }
    platform::show_refusal(&message);
    ExitCode::FAILURE
}

fn set_up(
    app: &mut tauri::App,
    started: Instant,
    options: Options,
) -> Result<(), Box<dyn std::error::Error>> {
    let handle = app.handle().clone();
    let data_dir = match &options.data_dir {
        Some(folder) => folder.clone(),
        None => handle.path().app_local_data_dir()?,
    };
    // The demo's data never lie among real ones.
    let data_dir = if options.demo && options.data_dir.is_some() { data_dir.join("demo") } else { data_dir };
    std::fs::create_dir_all(&data_dir)?;
    logs::start(&data_dir);
    let (opened, opening) = watch::channel(None);
    let shell = App::new(handle.clone(), started, options.clone(), data_dir.clone(), opening);
    let mode = shell.mode();
    app.manage(shell);
    platform::on_signals(&handle);
    // The window comes up while the databases open; its first commands wait for them.
    tauri::async_runtime::spawn(open_desk(handle.clone(), options, data_dir, opened));
    notifications::prepare(&handle)?;
    window::open(&handle, mode)?;
    if let Err(error) = tray::build(&handle, mode) {
        // Some Linux desktops have no tray; the window is then the way in.
        tracing::warn!("no tray: {error}");
    }
    Ok(())
}

async fn open_desk(
    handle: tauri::AppHandle,
    options: Options,
    data_dir: PathBuf,
    opened: watch::Sender<Option<Result<Arc<Desk>, Problem>>>,
) {
    let desk = async {
        let endpoint = match (options.demo, &options.support_endpoint) {
            (true, _) => demo::endpoint(&data_dir, &handle.state::<App>())?,
            (false, Some(url)) => Endpoint::Override(url.clone()),
            (false, None) => Endpoint::ByPartition,
        };
        let mode = if options.demo { Mode::Demo } else { Mode::Real };
        let poll = options.poll_seconds.map(Duration::from_secs);
        let desk = Desk::open_over(
            Line::of_this_computer(),
            DeskOptions {
                data_dir,
                clock: Clock::System,
                endpoint,
                config: ConfigFiles::of_this_user(),
                sync: pace_of_sync(mode, poll),
                delivery: DeliveryPace::default(),
            },
        )
        .await?;
        Ok(Arc::new(desk))
    }
    .await;
    match &desk {
        Ok(desk) => {
            let app = handle.state::<App>();
            if let Ok(settings) = desk.settings.get().await {
                app.follow(&settings);
            }
            news::follow(&handle, desk);
        }
        Err(problem) => tracing::error!("the desk cannot be opened: {problem}"),
    }
    let started = desk.as_ref().ok().cloned();
    let _ = opened.send(Some(desk));
    if let Some(desk) = started {
        // What is on this computer comes first; what asks AWS begins once it is on the screen.
        let _ = tokio::time::timeout(FIRST_SCREEN, handle.state::<App>().painted.notified()).await;
        desk.start();
    }
    // Kept until the program ends: a dropped sender would tell the commands that there is no desk.
    std::future::pending::<()>().await;
}

fn pace_of_sync(mode: Mode, poll: Option<Duration>) -> SyncPace {
    let pace = SyncPace::default();
    match mode {
        // The pretended ECO is next door and answers within seconds.
        Mode::Demo => SyncPace { poll: poll.or(Some(Duration::from_secs(2))), ..pace },
        Mode::Real => SyncPace { poll, ..pace },
    }
}
