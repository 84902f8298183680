//! What crosses to the UI beside the types of the core.

use desk_core::{
    account::HeldKey,
    attachment::DraftFile,
    desk::RescueNotice,
    link::{Link, LinkHost},
    report::DraftId,
};
use desk_model::{CaseKey, Change, Problem};
use serde::{Deserialize, Serialize};
use tauri::ipc::{Channel, CommandArg, CommandItem, InvokeError};
use ts_rs::TS;

/// Which world this window shows. Real and demo accounts never meet in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Mode {
    /// AWS.
    Real,
    /// The pretended ECO inside this program.
    Demo,
}

/// How far the page's first screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PaintStage {
    /// The list's first rows are on the screen, to be read and clicked.
    FirstSight,
    /// The screen with all that works it.
    Whole,
}

/// A change of how large the page is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ZoomStep {
    /// A step up.
    Larger,
    /// A step down.
    Smaller,
    /// As without zoom.
    Usual,
}

/// What was chosen in the menu bar of macOS, for the page to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MenuEntry {
    /// Show the settings.
    Settings,
    /// Open the palette.
    Palette,
    /// Show all keys.
    Keys,
    /// Ask AWS Support for news.
    Sync,
}

/// Where files go that are dropped onto the window.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "to", rename_all_fields = "camelCase")]
pub(crate) enum DropTarget {
    /// Into a new report.
    #[default]
    NewReport,
    /// Into this draft.
    Draft {
        /// The draft.
        draft: DraftId,
    },
    /// To the form that connects an access key, which takes the file of AWS's console.
    AccessKey,
}

/// Names a screen's wish for dropped files, in the order in which the page's screens came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DropMount {
    /// The page, by a number that another load of it does not have.
    pub(crate) page: u32,
    /// The how many-th wish of this page it is.
    pub(crate) order: u32,
}

/// An address that is opened only after its user has looked at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AskedLink {
    /// The whole address in its normal form.
    pub(crate) address: String,
    /// The host, where it is not plainly the one that is read.
    pub(crate) host: Option<LinkHost>,
}

impl AskedLink {
    /// What is asked about a link.
    pub(crate) fn of(link: &Link) -> Self {
        Self { address: link.address().to_owned(), host: link.doubt().cloned() }
    }
}

/// What the UI knows before anything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AppState {
    /// Which world this is.
    pub(crate) mode: Mode,
    /// This program's version.
    pub(crate) version: String,
    /// `linux`, `macos` or `windows`.
    pub(crate) platform: String,
    /// An address set by hand in place of AWS Support's, shown in a standing banner.
    pub(crate) endpoint_override: Option<String>,
    /// Where this program keeps its data, for the settings page.
    pub(crate) data_dir: String,
    /// Something that was mended or could not be at the start, worth telling once.
    pub(crate) notices: Vec<String>,
    /// What became of `desk.db` where it was damaged or missing, or was replaced by a backup; until it is dismissed.
    pub(crate) rescue: Option<RescueNotice>,
    /// Whether the last run reported something that went wrong in it.
    pub(crate) has_crashed: bool,
    /// Why nothing can be saved at the moment: a full or write-protected disk.
    pub(crate) disk_problem: Option<Problem>,
    /// Whether the page tells with `app_measured` how long a key takes until its change is painted.
    pub(crate) is_measured: bool,
}

/// What the shell tells the UI unasked, through the channel that it registers with `app_listen`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case", tag = "event", rename_all_fields = "camelCase")]
pub(crate) enum ShellEvent {
    /// Views of these are out of date.
    Changed {
        /// Of what; empty for everything.
        changes: Vec<Change>,
    },
    /// Save what is typed now and answer with `app_flushed`, and whether everything is on disk: the program is about to
    /// end, or the window to go.
    Flush,
    /// Show this case (a notification or the tray was clicked).
    OpenCase {
        /// The case.
        case: CaseKey,
    },
    /// Show this draft of a report (the tray was clicked, or files were dropped outside any draft).
    OpenDraft {
        /// The draft.
        draft: DraftId,
    },
    /// Begin or continue a report.
    OpenReport,
    /// Show the list of incidents.
    OpenIncidents,
    /// Show the outbox.
    OpenOutbox,
    /// Files hover over the window, or have left it.
    DragOver {
        /// Whether they are over it now.
        over: bool,
    },
    /// Dropped or chosen files are being copied.
    FilesComing {
        /// The draft that they go to.
        draft: DraftId,
        /// How many are still to come; 0 at the end.
        remaining: u32,
    },
    /// Dropped files were added to a draft, or refused with a reason each.
    FilesAdded {
        /// The draft.
        draft: DraftId,
        /// What became of each, in the order in which they were dropped.
        files: Vec<DraftFile>,
    },
    /// The access key of a dropped file is held, to be connected.
    KeyHeld {
        /// The key, without its secret.
        key: HeldKey,
    },
    /// A file was dropped where an access key is wanted, and none was taken from it.
    KeyRefused {
        /// Why no key was taken.
        problem: Problem,
    },
    /// The window was told to show another page and did not. Ask the user whether to open it outside of the window.
    LinkRefused {
        /// Where it leads.
        link: AskedLink,
    },
    /// Something was chosen in the menu bar of macOS.
    MenuChosen {
        /// What.
        entry: MenuEntry,
    },
    /// Something the user did outside the page (a drop) did not work.
    Trouble {
        /// Why it did not work.
        problem: Problem,
    },
}

impl ShellEvent {
    /// Whether it answers something the user did, so that it must not get lost while the page is still loading.
    pub(crate) fn is_wish_to_show(&self) -> bool {
        match self {
            Self::OpenCase { .. }
            | Self::OpenDraft { .. }
            | Self::OpenReport
            | Self::OpenIncidents
            | Self::OpenOutbox
            | Self::FilesAdded { .. } => true,
            Self::Changed { .. }
            | Self::Flush
            | Self::DragOver { .. }
            | Self::FilesComing { .. }
            | Self::KeyHeld { .. }
            | Self::KeyRefused { .. }
            | Self::LinkRefused { .. }
            | Self::MenuChosen { .. }
            | Self::Trouble { .. } => false,
        }
    }
}

/// The UI's channel for [`ShellEvent`]s: `new Channel()` of Tauri's own JavaScript library.
#[derive(TS)]
pub(crate) struct ShellListener(#[ts(type = "unknown")] Channel<ShellEvent>);

impl From<Channel<ShellEvent>> for ShellListener {
    fn from(channel: Channel<ShellEvent>) -> Self {
        Self(channel)
    }
}

impl ShellListener {
    /// Sends; a page that is gone is no error.
    pub(crate) fn tell(&self, event: ShellEvent) {
        if self.0.send(event).is_err() {
            tracing::debug!("the page did not take an event");
        }
    }
}

impl<'de, R: tauri::Runtime> CommandArg<'de, R> for ShellListener {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        Channel::from_command(command).map(Self)
    }
}
