/**
 * Keeps the reader's place in the column of messages.
 *
 * The rules it keeps: at opening the first unseen message is in sight, else the newest. What arrives later moves
 * nothing, unless the reader is at the end and so stays there. A case counts as seen only when its newest message has
 * been in view of a window that has the focus for a moment. What was seen and is then marked unread by hand stays so
 * until something new arrives or the case is opened again.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Message } from "../../platform/contract";

/** How far from the end, in pixels, still counts as the end. */
const NEAR_END = 12;
/** How long, in milliseconds, the newest message has to be in view until the case counts as seen. */
const LOOK_MS = 1500;

export interface Reading {
  scroller: RefObject<HTMLElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** How many messages have arrived below what is in view. */
  newBelow: number;
  /** Whether the reader is well above the newest message. */
  away: boolean;
  /** Notes the reader's place; to be run right before the messages change. */
  note: () => void;
  toNewest: () => void;
  /** Whether the newest message is before the reader's eyes right now. */
  watching: () => boolean;
}

export interface ReadingOptions {
  messages: readonly Message[];
  /** The message above which the "new" mark stands. */
  divider: string | null;
  /** Whether the case has something that the user has not seen. */
  unread: boolean;
  onSeen: () => void;
}

export function useReading({ messages, divider, unread, onSeen }: ReadingOptions): Reading {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const place = useRef<Place>({
    opened: false,
    atEnd: true,
    size: "",
    anchors: [],
    newest: null,
    read: null,
    looking: null,
  });
  const [newBelow, setNewBelow] = useState(0);
  const [away, setAway] = useState(false);
  const newest = messages.at(-1);

  const watching = useCallback(() => {
    const column = scroller.current;
    return (
      column !== null &&
      document.hasFocus() &&
      document.visibilityState === "visible" &&
      newestInView(column)
    );
  }, []);

  /** Notes the place as it is. */
  const measure = useCallback(() => {
    const column = scroller.current;
    if (column === null || !place.current.opened) return;
    const below = column.scrollHeight - column.scrollTop - column.clientHeight;
    place.current.atEnd = below <= NEAR_END;
    place.current.anchors = anchorsOf(column);
    place.current.size = sizeOf(column);
    setAway(below > column.clientHeight / 2);
  }, []);

  /** Notes the place. Where the column was resized since, the reader is put back first: that was no scrolling. */
  const note = useCallback(() => {
    const column = scroller.current;
    const now = place.current;
    if (column === null || !now.opened) return;
    if (now.size !== "" && now.size !== sizeOf(column)) {
      if (now.atEnd) column.scrollTop = column.scrollHeight;
      else restore(column, now.anchors);
    }
    measure();
  }, [measure]);

  const judge = useCallback(() => {
    const column = scroller.current;
    const now = place.current;
    if (column === null || !now.opened) {
      return;
    }
    if (newestInView(column)) {
      setNewBelow(0);
    }
    const other = messages.findLast(({ author }) => author.who !== "me");
    const subject = other?.id ?? "";
    // A case that is shown as read was read up to what is drawn, unless something unseen is drawn already.
    if (!unread && other?.unseen !== true) now.read = subject;
    const due = unread && now.read !== subject && watching();
    if (now.looking !== null && (!due || now.looking.at !== subject)) {
      clearTimeout(now.looking.timer);
      now.looking = null;
    }
    if (!due || now.looking !== null) return;
    const timer = setTimeout(() => {
      now.looking = null;
      if (!watching()) return;
      now.read = subject;
      onSeen();
    }, LOOK_MS);
    now.looking = { at: subject, timer };
  }, [messages, unread, onSeen, watching]);

  useEffect(() => {
    const now = place.current;
    return () => {
      if (now.looking !== null) clearTimeout(now.looking.timer);
      now.looking = null;
    };
  }, []);

  const look = useCallback(() => {
    note();
    judge();
  }, [note, judge]);

  const scrolled = useCallback(() => {
    measure();
    judge();
  }, [measure, judge]);

  const toNewest = useCallback(() => {
    const column = scroller.current;
    if (column !== null) {
      column.scrollTop = column.scrollHeight;
      scrolled();
    }
  }, [scrolled]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is looked after whenever what is drawn changes
  useLayoutEffect(() => {
    const column = scroller.current;
    const now = place.current;
    if (column === null || newest === undefined) {
      return;
    }
    const arrived = now.opened && newest.id !== now.newest;
    const seenTo = messages.findIndex(({ id }) => id === now.newest);
    const came = seenTo === -1 ? 1 : messages.length - 1 - seenTo;
    now.newest = newest.id;
    if (!now.opened) {
      now.opened = true;
      column.scrollTop = openingPlace(column);
    } else if (arrived && newest.author.who === "me" && newest.delivery === "waiting") {
      column.scrollTop = column.scrollHeight;
    } else if (now.atEnd && arrived) {
      column.scrollTop = column.scrollHeight;
    } else {
      restore(column, now.anchors);
      if (arrived && !newestInView(column)) {
        setNewBelow((before) => before + came);
      }
    }
    scrolled();
  }, [messages, divider, scrolled]);

  useEffect(() => {
    const column = scroller.current;
    if (column === null) {
      return;
    }
    column.addEventListener("scroll", scrolled, { passive: true });
    window.addEventListener("focus", look);
    window.addEventListener("blur", look);
    document.addEventListener("visibilitychange", look);
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(look);
    observer?.observe(column);
    if (content.current !== null) {
      observer?.observe(content.current);
    }
    return () => {
      column.removeEventListener("scroll", scrolled);
      window.removeEventListener("focus", look);
      window.removeEventListener("blur", look);
      document.removeEventListener("visibilitychange", look);
      observer?.disconnect();
    };
  }, [look, scrolled]);

  return { scroller, content, newBelow, away, note, toNewest, watching };
}

interface Place {
  opened: boolean;
  atEnd: boolean;
  /** How high the column and what is in it were when the place was noted. */
  size: string;
  anchors: Anchor[];
  newest: string | null;
  /** The newest message of somebody else when the case was last seen. */
  read: string | null;
  /** The newest message of somebody else that is being looked at, and what ends the look. */
  looking: { at: string; timer: ReturnType<typeof setTimeout> } | null;
}

/** A message in view and how far its top was below the column's. */
interface Anchor {
  id: string;
  offset: number;
}

function sizeOf(column: HTMLElement): string {
  return `${column.clientHeight} ${column.clientWidth} ${column.scrollHeight}`;
}

function messageElements(column: HTMLElement): HTMLElement[] {
  return Array.from(column.querySelectorAll<HTMLElement>("[data-message]"));
}

/** The messages in view, topmost first. */
function anchorsOf(column: HTMLElement): Anchor[] {
  const view = column.getBoundingClientRect();
  return messageElements(column).flatMap((element) => {
    const box = element.getBoundingClientRect();
    const inView = box.bottom > view.top && box.top < view.bottom;
    return inView ? [{ id: element.dataset.message ?? "", offset: box.top - view.top }] : [];
  });
}

/** Puts the topmost of the messages that were in view, and are still there, back where it was. */
function restore(column: HTMLElement, anchors: readonly Anchor[]): void {
  const elements = new Map(messageElements(column).map((each) => [each.dataset.message, each]));
  for (const { id, offset } of anchors) {
    const element = elements.get(id);
    if (element !== undefined) {
      const now = element.getBoundingClientRect().top - column.getBoundingClientRect().top;
      column.scrollTop += now - offset;
      return;
    }
  }
}

/** The end, or so far above it that the first unseen message begins at the top. */
function openingPlace(column: HTMLElement): number {
  const end = column.scrollHeight - column.clientHeight;
  const mark = column.querySelector<HTMLElement>("[data-new-mark]");
  if (mark === null) {
    return end;
  }
  const above =
    mark.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
  return Math.min(end, above - NEAR_END);
}

/** Whether the end of the newest message is in view, or, where it is taller than the view, its beginning. */
function newestInView(column: HTMLElement): boolean {
  const last = messageElements(column).at(-1);
  if (last === undefined) {
    return false;
  }
  const view = column.getBoundingClientRect();
  const box = last.getBoundingClientRect();
  if (box.height > view.height) {
    return box.top < view.top + view.height / 2;
  }
  return box.bottom <= view.bottom + NEAR_END && box.bottom >= view.top;
}
