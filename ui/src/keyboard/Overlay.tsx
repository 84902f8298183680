// A dialog of our own over the whole window: the palette, the sheet of all keys. Escape or a click beside it closes it,
// Tab stays inside, and the focus returns to where it was.
import "./keyboard.css";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { OWN_LAYER, ScopeContext, useDialogScope, useLayer } from "./layers";

interface OverlayProps {
  label: string;
  onClose: () => void;
  className: string;
  testId: string;
  children: ReactNode;
}

const FOCUSABLE = "a[href], button:enabled, input:enabled, [tabindex='0']";

export function Overlay({ label, onClose, className, testId, children }: OverlayProps) {
  const box = useRef<HTMLDivElement>(null);
  const scope = useDialogScope();
  useLayer(true, "dialog", onClose);

  useLayoutEffect(() => {
    const before = document.activeElement;
    const inside = box.current;
    (inside?.querySelector<HTMLElement>("[data-autofocus]") ?? inside)?.focus();
    return () => {
      // Unless something else has taken it already.
      const now = document.activeElement;
      const free = now === null || now === document.body || inside?.contains(now);
      if (free && before instanceof HTMLElement && before.isConnected) {
        before.focus({ preventScroll: true });
      }
    };
  }, []);

  const stay = (event: KeyboardEvent) => {
    if (event.key !== "Tab" || !box.current) return;
    const all = [...box.current.querySelectorAll<HTMLElement>(FOCUSABLE)];
    const [first, final] = [all[0], all.at(-1)];
    const leaves = document.activeElement === (event.shiftKey ? first : final) || all.length === 0;
    if (!leaves && document.activeElement !== box.current) return;
    event.preventDefault();
    (event.shiftKey ? final : first)?.focus();
  };

  return createPortal(
    <div
      className="eco-overlay"
      role="presentation"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div
        ref={box}
        role="dialog"
        aria-modal="true"
        aria-label={label}
        tabIndex={-1}
        className={`eco-overlay-box ${className}`}
        data-testid={testId}
        {...{ [OWN_LAYER]: "" }}
        onKeyDown={stay}
      >
        <ScopeContext.Provider value={scope}>{children}</ScopeContext.Provider>
      </div>
    </div>,
    document.body,
  );
}
