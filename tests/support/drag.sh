#!/usr/bin/env bash
# usage: drag.sh FILE...
# Drags files from a helper window onto the app's window, as a person would with the mouse.
#   APP_PID or APP_TITLE   which window (title: the whole of it; default "ECO Desk")
#   DROP_X, DROP_Y         where, in pixels from the window's top left corner (default: its centre)
# Prints what the helper window saw (MAPPED, BEGIN, ACTION, END); fails when nothing was dropped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Sets X, Y, WIDTH, HEIGHT of a window's inside. (xdotool's own geometry is off by the frame.)
measure() {
  local facts
  facts=$(xwininfo -id "$1")
  fact() { sed -n "s/^ *$1: *//p" <<<"$facts"; }
  X=$(fact 'Absolute upper-left X') Y=$(fact 'Absolute upper-left Y') WIDTH=$(fact Width) HEIGHT=$(fact Height)
}

# The largest window that is seen: the toolkit keeps tiny ones of its own there.
window_of() {
  local id best='' area=0 X Y WIDTH HEIGHT
  for id in $(xdotool search --onlyvisible "$@" 2>/dev/null || true); do
    measure "$id"
    if [ $((WIDTH * HEIGHT)) -gt "$area" ]; then
      area=$((WIDTH * HEIGHT)) best=$id
    fi
  done
  echo "$best"
}

if [ -n "${APP_PID:-}" ]; then
  app=$(window_of --pid "$APP_PID")
else
  app=$(window_of --name "^${APP_TITLE:-ECO Desk}\$")
fi
if [ -z "$app" ]; then
  echo "drag.sh: the app has no window" >&2
  exit 1
fi
xdotool windowactivate --sync "$app"
measure "$app"
to_x=$((X + ${DROP_X:-$((WIDTH / 2))})) to_y=$((Y + ${DROP_Y:-$((HEIGHT / 2))}))

log=$(mktemp)
source_pid=
finish() {
  [ -z "$source_pid" ] || kill "$source_pid" 2>/dev/null || true
  rm -f "$log"
}
trap finish EXIT
/usr/bin/python3 "$here/drag_source.py" 0 0 "$@" >"$log" 2>&1 &
source_pid=$!
# Waits up to a minute until the helper window has said this.
said() {
  local i
  for i in $(seq 600); do
    if grep -q "$1" "$log"; then return 0; fi
    sleep 0.1
  done
  cat "$log" >&2
  echo "drag.sh: the helper window never said $1 (${i} tries)" >&2
  return 1
}
said MAPPED
sleep 0.3
measure "$(window_of --pid "$source_pid")"
from_x=$((X + WIDTH / 2)) from_y=$((Y + HEIGHT / 2))

# Slow enough for each side to answer; a drag begins only after some pixels with the button down.
xdotool mousemove $from_x $from_y sleep 0.2 mousedown 1 sleep 0.2
for step in 1 2 3 4 5 6; do
  xdotool mousemove $((from_x + step * 4)) $((from_y + step * 4)) sleep 0.05
done
for step in 1 2 3 4 5 6 7 8 9 10; do
  xdotool mousemove $((from_x + (to_x - from_x) * step / 10)) $((from_y + (to_y - from_y) * step / 10)) sleep 0.06
done
said BEGIN
# Within a few pixels of the target, so that "over" arrives there too, and until the window below takes the files.
takes() {
  [[ $(grep ACTION "$log" | tail -n 1) =~ [1-9] ]]
}
for round in $(seq 30); do
  for step in 1 2 3 2 1 0; do
    xdotool mousemove $((to_x + step)) $((to_y + step)) sleep 0.25
  done
  if takes; then break; fi
  echo "drag.sh: nothing below takes the files (round $round)" >&2
done
xdotool mouseup 1
said END
cat "$log"
! grep -q FAILED "$log"
