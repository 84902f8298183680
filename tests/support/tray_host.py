#!/usr/bin/python3
"""A tray (StatusNotifier watcher and host) for one item; a person who reads it and clicks in its menu.

Standard output: READY once items may register, then one JSON line for each command.
Commands, one a line on standard input:
    state          {"id", "title", "label", "tooltip", "status", "icon", "icon_sha256", "menu": [ENTRY...]}
                   with ENTRY = {"id", "label", "enabled", "visible", "checked", "depth"}; {} while no item is there
    click LABEL    {"clicked": true} or {"clicked": false} when the menu has no such entry that can be clicked
Ends with its standard input.
"""
import hashlib
import json
import os
import sys
import time

from gi.repository import Gio, GLib

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
XML = """<node><interface name="org.kde.StatusNotifierWatcher">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
</interface></node>"""


class Tray:
    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        self.item = None
        node = Gio.DBusNodeInfo.new_for_xml(XML)
        self.bus.register_object("/StatusNotifierWatcher", node.interfaces[0], self.called, self.read, None)
        Gio.bus_own_name_on_connection(
            self.bus, WATCHER, Gio.BusNameOwnerFlags.NONE, lambda *_: print("READY", flush=True), None)
        self.bus.signal_subscribe(
            "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged", "/org/freedesktop/DBus",
            None, Gio.DBusSignalFlags.NONE, self.owner_changed)

    def called(self, _conn, sender, _path, _iface, method, params, invocation):
        if method == "RegisterStatusNotifierItem":
            service = params.unpack()[0]
            # Either an object path of the sender, or a bus name with the usual path.
            self.item = (sender, service) if service.startswith("/") else (service, "/StatusNotifierItem")
        invocation.return_value(None)

    def read(self, _conn, _sender, _path, _iface, name):
        if name == "RegisteredStatusNotifierItems":
            return GLib.Variant("as", ["".join(self.item)] if self.item else [])
        if name == "IsStatusNotifierHostRegistered":
            return GLib.Variant("b", True)
        return GLib.Variant("i", 0)

    def owner_changed(self, _conn, _sender, _path, _iface, _signal, params):
        name, _old, new = params.unpack()
        if self.item and name == self.item[0] and not new:
            self.item = None

    def ask(self, path, iface, method, args):
        answer = self.bus.call_sync(
            self.item[0], path, iface, method, args, None, Gio.DBusCallFlags.NONE, 5000, None)
        return answer.unpack()

    def properties(self):
        args = GLib.Variant("(s)", (ITEM,))
        return self.ask(self.item[1], "org.freedesktop.DBus.Properties", "GetAll", args)[0]

    def entries(self, menu):
        # A menu may be made only when it is about to be shown.
        self.ask(menu, MENU, "AboutToShow", GLib.Variant("(i)", (0,)))
        found = []

        def walk(node, depth):
            number, values, children = node
            if depth >= 0:
                found.append({
                    "id": number, "label": values.get("label", "").replace("_", ""),
                    "enabled": values.get("enabled", True), "visible": values.get("visible", True),
                    "checked": values.get("toggle-state", -1) == 1, "depth": depth,
                })
            for child in children:
                walk(child, depth + 1)

        walk(self.ask(menu, MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, [])))[1], -1)
        return found

    def state(self):
        if not self.item:
            return {}
        values = self.properties()
        icon = values.get("IconName", "")
        return {
            "id": values.get("Id", ""), "title": values.get("Title", ""),
            "label": values.get("XAyatanaLabel", ""), "tooltip": tooltip(values.get("ToolTip")),
            "status": values.get("Status", ""), "icon": os.path.basename(icon),
            "icon_sha256": icon_hash(values.get("IconThemePath", ""), icon, values.get("IconPixmap")),
            "menu": self.entries(values["Menu"]) if "Menu" in values else [],
        }

    def click(self, label):
        if not self.item:
            return {"clicked": False}
        menu = self.properties()["Menu"]
        for entry in self.entries(menu):
            if entry["label"] == label and entry["enabled"] and entry["visible"]:
                args = GLib.Variant("(isvu)", (entry["id"], "clicked", GLib.Variant("i", 0), int(time.time())))
                self.ask(menu, MENU, "Event", args)
                return {"clicked": True}
        return {"clicked": False}

    def obey(self, line):
        verb, _, rest = line.partition(" ")
        try:
            answer = self.state() if verb == "state" else self.click(rest)
        except GLib.Error as error:
            # The app may end, or remake its menu, between two questions.
            answer = {"error": error.message}
        print(json.dumps(answer), flush=True)


def tooltip(value):
    """Title and text of a StatusNotifier tool tip (icon name, pixmaps, title, text)."""
    return " ".join(part for part in value[2:] if part) if value else ""


def icon_hash(folder, name, pixmaps):
    """A hash of the picture, wherever the item keeps it: in a file, or sent along. Empty when it has none."""
    for path in (name, os.path.join(folder, name), os.path.join(folder, name + ".png")):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                return hashlib.sha256(file.read()).hexdigest()
    if pixmaps:
        return hashlib.sha256(bytes(pixmaps[0][2])).hexdigest()
    return ""


def main():
    tray = Tray()
    loop = GLib.MainLoop()

    def typed(*_):
        line = b""
        # Byte by byte: what a buffer reads ahead, the main loop does not see.
        while not line.endswith(b"\n"):
            byte = os.read(sys.stdin.fileno(), 1)
            if not byte:
                loop.quit()
                return False
            line += byte
        if line.strip():
            tray.obey(line.decode().strip())
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, typed)
    loop.run()


if __name__ == "__main__":
    main()
