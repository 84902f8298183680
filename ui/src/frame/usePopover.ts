// What opens over the panes from a button of the frame: it closes by Escape, by a click elsewhere, or when it is used.
import { type RefObject, useEffect, useRef, useState } from "react";

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
    // Before all other keys: a pane that appeared since has an Escape of its own, and one Escape closes one layer.
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      // A dialog that was opened from here lies over it.
      if (document.querySelector("[role=dialog]") !== null) return;
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("keydown", onEscape, { capture: true });
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("keydown", onEscape, { capture: true });
    };
  }, [open]);
  return { open, toggle: () => setOpen(!open), close: () => setOpen(false), root, button };
}
