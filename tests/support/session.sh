#!/usr/bin/env bash
# usage: session.sh COMMAND...
# Runs COMMAND as a person of its own: a private X server with a window manager, a D-Bus session bus, an
# unlocked keyring, an empty home. Ends with COMMAND's exit code and leaves nothing behind. Sessions may run
# beside and inside each other.
set -euo pipefail

export RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}" CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}"

room=$(mktemp -d "${TMPDIR:-/tmp}/eco-desk-session.XXXXXX")
started=()
# shellcheck disable=SC2317  # called by the trap
finish() {
  local i
  # The window manager first, the display last.
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do
    kill "${started[i]}" 2>/dev/null || true
    wait "${started[i]}" 2>/dev/null || true
  done
  # A program that is just ending may still write into its home.
  rm -rf "$room" 2>/dev/null || { sleep 1; rm -rf "$room"; }
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The first line that a server writes to its pipe, or its log when it writes none.
answer() {
  local line
  if ! read -r -t 90 line <"$room/$1"; then
    cat "$room/log" >&2
    echo "session.sh: no $1" >&2
    exit 1
  fi
  echo "$line"
}

export HOME="$room/home" XDG_RUNTIME_DIR="$room/run"
export XDG_CONFIG_HOME="$HOME/.config" XDG_DATA_HOME="$HOME/.local/share"
export XDG_CACHE_HOME="$HOME/.cache" XDG_STATE_HOME="$HOME/.local/state"
mkdir -p "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
chmod 700 "$XDG_RUNTIME_DIR"
unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY
export NO_AT_BRIDGE=1 GDK_BACKEND=x11 LANG=C.UTF-8

# The server picks a free display itself, so that sessions started at once do not fight over one.
export XAUTHORITY="$room/xauthority"
touch "$XAUTHORITY"
cookie=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
xauth -q add :0 . "$cookie"
mkfifo "$room/display" "$room/bus"
Xvfb -displayfd 3 -auth "$XAUTHORITY" -screen 0 "${ECO_DESK_SCREEN:-1440x1000}x24" -nolisten tcp 3>"$room/display" >>"$room/log" 2>&1 &
started+=($!)
DISPLAY=":$(answer display)"
export DISPLAY
xauth -q add "$DISPLAY" . "$cookie"

dbus-daemon --session --nofork --nopidfile --print-address=3 3>"$room/bus" >>"$room/log" 2>&1 &
started+=($!)
DBUS_SESSION_BUS_ADDRESS=$(answer bus)
export DBUS_SESSION_BUS_ADDRESS

openbox >>"$room/log" 2>&1 &
started+=($!)
# The keyring's password is the empty line: without a line it makes no keyring. It ends with its bus.
printf '\n' | gnome-keyring-daemon --unlock --components=secrets >>"$room/log" 2>&1

export ECO_DESK_SESSION=1
code=0
"$@" || code=$?
exit "$code"
