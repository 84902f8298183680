//! Puts the program together: one tokio runtime, the desk, the window, the tray, and the end.

use crate::{
    closing,
    contract::{Mode, ShellEvent, handlers},
    demo, drops, ending,
    guard::guarded,
    instance::Instance,
    logs, menu_bar, news, notifications,
    options::Options,
    platform,
    plugins::Scriptless,
    state::App,
    tray, window,
};
use desk_aws::{Backend, Endpoint};
use desk_core::{Desk, DeskOptions, account::ConfigFiles, delivery::Backoff, sync::SyncPace};
use desk_model::{Clock, Problem};
use desk_network::Connector;
use desk_store::{DataFolder, StoreError, private_folder};
use std::{
    path::Path,
    process::ExitCode,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};
use tauri::{Manager as _, RunEvent};
use tokio::sync::watch;

/// How long the work with AWS waits for the first screen.
const FIRST_SCREEN: Duration = Duration::from_secs(3);

/// How long another program that is ending may keep the data folder: its deadline, with some time for a busy computer.
const LONGEST_END: Duration = Duration::from_secs(3 * ending::DEADLINE.as_secs());

/// Runs the program until it is quit.
#[must_use]
pub fn run(options: Options) -> ExitCode {
    let started = Instant::now();
    platform::keep_memory_out_of_dumps();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("desk").build() {
        Ok(runtime) => runtime,
        Err(error) => return refused(&error),
    };
    tauri::async_runtime::set(runtime.handle().clone());
    let mut context = tauri::generate_context!();
    let Some(local) = dirs::data_local_dir() else {
        return refused(&"there is no folder for its data. Name one with --data-dir");
    };
    let instance = match Instance::new(&options, &context.config().identifier, &local) {
        Ok(instance) => instance,
        Err(error) => return refused(&error),
    };
    context.config_mut().identifier.clone_from(&instance.identifier);
    let (lock, locked) = mpsc::channel();
    let data_dir = instance.data_dir.clone();
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
        .setup(move |app| set_up(app, started, options, instance, locked.recv()?))
        .build(context);
    let app = match app {
        Ok(app) => app,
        Err(error) => return refused(&error),
    };
    // Here it is known that no other instance shares this session: it would have come to the front instead.
    match open_folder(&data_dir) {
        Err((error @ StoreError::InUse(_), shown)) => {
            app.handle().cleanup_before_exit();
            let shown = if shown { " Its window comes to the front." } else { "" };
            return refused(&format!("{}{shown}", Problem::from(error)));
        }
        // What else is wrong with the folder is told in the window.
        folder => drop(lock.send(folder.map_err(|(error, _)| error))),
    }
    let handle = app.handle().clone();
    let code = app.run_return(|handle, event| match event {
        RunEvent::ExitRequested { code, api, .. } => {
            let app = handle.state::<App>();
            if !app.has_ended() {
                api.prevent_exit();
                // Without a code the last window is gone, which is no end where it was released.
                if code.is_some() || !app.window.is_released() {
                    ending::end(handle.clone());
                }
            }
        }
        RunEvent::WindowEvent { event: tauri::WindowEvent::Destroyed, .. } => {
            handle.state::<App>().window.is_destroyed();
        }
        // Where the system ends the program without asking (macOS' Cmd+Q), this is the last word.
        RunEvent::Exit => {
            ending::cut_off_after(ending::DEADLINE);
            ending::stop_answering(handle);
            tauri::async_runtime::block_on(handle.state::<App>().shut_down_at_once());
        }
        other => platform::on_event(handle, &other),
    });
    let restarts = handle.state::<App>().restarts();
    runtime.shutdown_timeout(Duration::from_millis(300));
    if restarts {
        start_anew();
    }
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Starts this program once more, as it was started.
fn start_anew() {
    let started = std::env::current_exe()
        .and_then(|program| std::process::Command::new(program).args(std::env::args_os().skip(1)).spawn());
    if started.is_err() {
        tracing::error!("the program could not be started anew");
    }
}

/// Opens the data folder. Where another program has it that does not answer, that one is most likely just ending or just
/// starting, so the folder is waited for. With the error comes whether the other one has been asked for its window.
fn open_folder(data_dir: &Path) -> Result<DataFolder, (StoreError, bool)> {
    let began = Instant::now();
    loop {
        match DataFolder::open(data_dir) {
            Err(error @ StoreError::InUse(_)) => {
                let shown = platform::ask_for_window(data_dir);
                if shown || began.elapsed() > LONGEST_END {
                    return Err((error, shown));
                }
                std::thread::sleep(Duration::from_millis(100));
            }
            outcome => return outcome.map_err(|error| (error, false)),
        }
    }
}

/// Says why there is no window: to the terminal and, where programs have none, in a message of the system.
fn refused(error: &dyn std::fmt::Display) -> ExitCode {
    let message = format!("ECO Desk cannot start: {error}");
    tracing::error!("the program cannot start");
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
    instance: Instance,
    folder: Result<DataFolder, StoreError>,
) -> Result<(), Box<dyn std::error::Error>> {
    let handle = app.handle().clone();
    let (opened, opening) = watch::channel(None);
    let shell = App::new(handle.clone(), started, options, instance.data_dir.clone(), opening);
    let mode = shell.mode();
    if folder.is_ok() {
        start_log(&instance.data_dir);
        shell.start_show_listener();
    }
    app.manage(shell);
    platform::on_signals(&handle);
    // The window comes up while the databases open; its first commands wait for them.
    tauri::async_runtime::spawn(run_desk(handle.clone(), instance, folder, opened));
    notifications::prepare(&handle)?;
    if platform::MENU_BAR && menu_bar::build(&handle, mode).is_err() {
        tracing::warn!("there is no menu bar");
    }
    window::open(&handle, None)?;
    if tray::build(&handle, mode).is_err() {
        // Some Linux desktops have no tray; the window is then the way in.
        tracing::warn!("there is no tray");
    }
    Ok(())
}

fn start_log(data_dir: &Path) {
    let made = private_folder(&data_dir.join("logs"));
    logs::start(data_dir);
    // So that there is a file, also of a start at which nothing else happens.
    tracing::info!("the program starts");
    if made.is_err() {
        tracing::warn!("the log may be readable for others");
    }
}

/// Opens the desk and starts its work. Where it cannot be opened, the commands say why until the page asks to try again.
async fn run_desk(
    handle: tauri::AppHandle,
    instance: Instance,
    mut folder: Result<DataFolder, StoreError>,
    opened: watch::Sender<Option<Result<Arc<Desk>, Problem>>>,
) {
    let app = handle.state::<App>();
    let (mut endpoint, mut tried_again) = (None, false);
    let desk = loop {
        let outcome = open_desk(&app, &instance.backend, folder, &mut endpoint).await.map(Arc::new);
        match outcome {
            Ok(desk) => break desk,
            Err(problem) => {
                tracing::error!(code = ?problem.code, "the desk cannot be opened");
                // The folder is another program's now, if one wants it.
                app.stop_show_listener();
                let _ = opened.send(Some(Err(problem)));
            }
        }
        app.reopen.notified().await;
        tried_again = true;
        let _ = opened.send(None);
        folder = DataFolder::open(&instance.data_dir);
        if folder.is_ok() {
            start_log(&instance.data_dir);
            app.start_show_listener();
        }
    };
    if let Ok(settings) = desk.settings.get().await {
        app.follow(&settings);
    }
    news::follow(&handle, &desk);
    let _ = opened.send(Some(Ok(desk.clone())));
    if tried_again {
        // The page asks once more for all that it was refused.
        app.ui.tell(ShellEvent::Changed { changes: Vec::new() });
    }
    // What is on this computer comes first; what asks AWS begins once it is on the screen.
    let _ = tokio::time::timeout(FIRST_SCREEN, app.painted.notified()).await;
    desk.start();
    // Kept until the program ends: a dropped sender would tell the commands that there is no desk.
    std::future::pending::<()>().await;
}

/// Opens the desk in its locked folder. `endpoint` is kept for the next try: the demo's ECO opens once.
async fn open_desk(
    app: &App,
    backend: &Backend,
    folder: Result<DataFolder, StoreError>,
    endpoint: &mut Option<Endpoint>,
) -> Result<Desk, Problem> {
    let folder = folder?;
    let data_dir = folder.path().to_owned();
    let there = match (endpoint.take(), backend) {
        (Some(opened), _) => opened,
        (None, Backend::Demo) => demo::endpoint(&data_dir, app)?,
        (None, Backend::Custom(custom)) => Endpoint::Override(custom.clone()),
        (None, Backend::Aws) => Endpoint::ByPartition,
    };
    *endpoint = Some(there.clone());
    let poll = app.options.poll_seconds.map(Duration::from_secs);
    let options = DeskOptions {
        data_dir,
        clock: Clock::System,
        endpoint: there,
        config: ConfigFiles::of_this_user(),
        sync: pace_of_sync(app.mode(), poll),
        delivery: Backoff::default(),
    };
    Desk::open_in(folder, Connector::from_system(), options).await
}

fn pace_of_sync(mode: Mode, poll: Option<Duration>) -> SyncPace {
    let pace = SyncPace::default();
    match mode {
        // The pretended ECO is next door and answers within seconds.
        Mode::Demo => SyncPace { poll: poll.or(Some(Duration::from_secs(2))), ..pace },
        Mode::Real => SyncPace { poll, ..pace },
    }
}
