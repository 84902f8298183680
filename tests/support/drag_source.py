#!/usr/bin/python3
"""A small window that offers files to whatever it is dragged onto, as a file manager does (text/uri-list).

usage: drag_source.py X Y FILE...
Prints MAPPED when it is on the screen and BEGIN and END around the drag, and then ends. In between, ACTION with a
number each time that the window below the pointer answers: 0 where it takes nothing. FAILED before END tells that nothing
was dropped.
With DELETE_DROPPED=1 it deletes the files as soon as the drop is answered, as archivers do with what they unpacked.
"""
import os
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402


def main():
    x, y = int(sys.argv[1]), int(sys.argv[2])
    uris = [GLib.filename_to_uri(os.path.abspath(name)) for name in sys.argv[3:]]

    window = Gtk.Window(title="drag-source")
    window.set_default_size(72, 48)
    window.set_keep_above(True)
    window.set_decorated(False)
    window.set_accept_focus(False)

    box = Gtk.EventBox()
    box.add(Gtk.Label(label="FILES"))
    box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    box.drag_source_add_uri_targets()
    box.connect("drag-data-get", lambda _box, _drag, data, _info, _time: data.set_uris(uris))

    def begun(_box, drag):
        # The window below answers in its own time; a button that is let go before that drops nothing.
        drag.connect("action-changed", lambda _drag, action: print(f"ACTION {int(action)}", flush=True))
        print("BEGIN", flush=True)

    box.connect("drag-begin", begun)
    # False: the toolkit does what it always does.
    box.connect("drag-failed", lambda *_: print("FAILED", flush=True))

    def ended(*_):
        if os.environ.get("DELETE_DROPPED"):
            for name in sys.argv[3:]:
                os.unlink(name)
        print("END", flush=True)
        GLib.timeout_add(200, Gtk.main_quit)

    box.connect("drag-end", ended)
    window.add(box)
    window.connect("map-event", lambda *_: print("MAPPED", flush=True))
    window.show_all()
    window.move(x, y)
    Gtk.main()


if __name__ == "__main__":
    main()
