#!/usr/bin/python3
"""A notification server (org.freedesktop.Notifications) that keeps what it is sent and clicks when told.

usage: mock_notifications.py [FILE]
Appends one JSON line for each notification to FILE (default: standard output):
    {"id", "app", "replaces", "summary", "body", "actions", "hints"}
Standard output says READY once the server may be used.
Commands, one a line on standard input, with the id of a notification or `newest`:
    click ID           the person clicks the notification's body
    action ID NAME     the person clicks one of its buttons
    close ID           the person dismisses it
CAPABILITIES in the environment are those that the server says it has.
SIGUSR1 clicks the newest one; with CLICK=1 in the environment each is clicked as soon as it is shown.
Ends with its standard input when that is a pipe.
"""
import json
import os
import signal
import stat
import sys

from gi.repository import Gio, GLib

PATH = "/org/freedesktop/Notifications"
NAME = "org.freedesktop.Notifications"
XML = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify">
  <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
  <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
  <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation">
  <arg type="s" direction="out"/><arg type="s" direction="out"/>
  <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>"""

DISMISSED_BY_PERSON, CLOSED_BY_CALL = 2, 3
CAPABILITIES = os.environ.get("CAPABILITIES", "body actions").split()


class Server:
    def __init__(self, out):
        self.out = out
        self.newest = 0
        self.shown = set()
        self.bus = None

    def call(self, _conn, _sender, _path, _iface, method, params, invocation):
        if method == "Notify":
            app, replaces, _icon, summary, body, actions, hints, _timeout = params.unpack()
            # The specification: a replaced notification keeps its id.
            if not replaces:
                self.newest += 1
            number = replaces or self.newest
            self.shown.add(number)
            line = {
                "id": number, "app": app, "replaces": replaces, "summary": summary, "body": body,
                "actions": actions, "hints": {key: str(value) for key, value in hints.items()},
            }
            print(json.dumps(line), file=self.out, flush=True)
            invocation.return_value(GLib.Variant("(u)", (number,)))
            if os.environ.get("CLICK") == "1":
                # The sender listens for the answer only once it knows the id.
                GLib.timeout_add(300, self.act, number, "default")
        elif method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (CAPABILITIES,)))
        elif method == "GetServerInformation":
            invocation.return_value(GLib.Variant("(ssss)", ("mock", "test", "1", "1.2")))
        elif method == "CloseNotification":
            invocation.return_value(None)
            self.close(params.unpack()[0], CLOSED_BY_CALL)

    def emit(self, signal_name, value):
        self.bus.emit_signal(None, PATH, NAME, signal_name, value)

    def act(self, number, action):
        self.emit("ActionInvoked", GLib.Variant("(us)", (number, action)))
        self.close(number, DISMISSED_BY_PERSON)
        return False

    def close(self, number, reason):
        if number in self.shown:
            self.shown.discard(number)
            self.emit("NotificationClosed", GLib.Variant("(uu)", (number, reason)))

    def obey(self, line):
        verb, *words = line.split(maxsplit=2)
        number = self.newest if words[0] == "newest" else int(words[0])
        if verb == "click":
            self.act(number, "default")
        elif verb == "action":
            self.act(number, words[1])
        elif verb == "close":
            self.close(number, DISMISSED_BY_PERSON)
        else:
            print(f"unknown command: {line}", file=sys.stderr, flush=True)


def main():
    out = open(sys.argv[1], "a", encoding="utf-8") if len(sys.argv) > 1 else sys.stdout
    server = Server(out)
    loop = GLib.MainLoop()

    def acquired(conn, _name):
        server.bus = conn
        node = Gio.DBusNodeInfo.new_for_xml(XML)
        conn.register_object(PATH, node.interfaces[0], server.call, None, None)

    def lost(*_):
        sys.exit("another notification server has the name")

    def typed(*_):
        line = b""
        # Byte by byte: what a buffer reads ahead, the main loop does not see.
        while not line.endswith(b"\n"):
            byte = os.read(0, 1)
            if not byte:
                loop.quit()
                return False
            line += byte
        if line.strip():
            server.obey(line.decode().strip())
        return True

    def click_newest(*_):
        server.act(server.newest, "default")
        return True

    Gio.bus_own_name(
        Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, acquired,
        lambda *_: print("READY", flush=True), lost,
    )
    if stat.S_ISFIFO(os.fstat(0).st_mode):
        GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, typed)
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR1, click_newest)
    loop.run()


if __name__ == "__main__":
    main()
