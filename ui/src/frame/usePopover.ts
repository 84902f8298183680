// What opens over the panes from a button of the frame: it closes by Escape, by a click elsewhere, or when it is used.
import { type RefObject, useEffect, useRef, useState } from "react";
import { useLayer } from "../keyboard/layers";

export interface Popover {
  open: boolean;
  toggle: () => void;
  close: () => void;
  /** The element that holds both the button and what it opens. */
  root: RefObject<HTMLDivElement | null>;
  button: RefObject<HTMLButtonElement | null>;
}

export function usePopover(): Popover {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const away = ({ target }: PointerEvent) => {
      if (target instanceof Node && !root.current?.contains(target)) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);
  useLayer(open, "popover", () => {
    setOpen(false);
    button.current?.focus();
  });
  return { open, toggle: () => setOpen(!open), close: () => setOpen(false), root, button };
}
