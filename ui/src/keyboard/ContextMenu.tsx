// The context menu that is open, drawn at the pointer and inside the window.
import "./keyboard.css";
import Icon from "@cloudscape-design/components/icon";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal, flushSync } from "react-dom";
import { KeyTops } from "./KeyTops";
import { useLayer } from "./layers";
import { closeMenu, type MenuItem, type OpenMenu, useOpenMenu } from "./menu-store";

/** Pixels between the menu and the window's edge. */
const EDGE = 4;

/** Where a menu of this size stands: at the point, or on its other side where it would not fit. */
export function placed(at: number, size: number, room: number): number {
  const fits = at + size + EDGE <= room;
  return Math.max(EDGE, fits ? at : Math.min(at - size, room - size - EDGE));
}

export function ContextMenu() {
  const menu = useOpenMenu();
  return menu === null ? null : <Menu key={`${menu.x} ${menu.y}`} menu={menu} />;
}

function Menu({ menu: { x, y, items, from, byKey } }: { menu: OpenMenu }) {
  const box = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(() => (byKey ? next(items, -1, 1) : -1));
  useLayer(true, "menu", closeMenu);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.left = `${placed(x, element.offsetWidth, window.innerWidth)}px`;
    element.style.top = `${placed(y, element.offsetHeight, window.innerHeight)}px`;
    element.focus({ preventScroll: true });
    return () => {
      if (element.contains(document.activeElement)) from?.focus({ preventScroll: true });
    };
  }, [x, y, from]);

  useEffect(() => {
    if (chosen < 0) box.current?.focus({ preventScroll: true });
    else box.current?.querySelectorAll<HTMLElement>("[role=menuitem]")[chosen]?.focus();
  }, [chosen]);

  useEffect(() => {
    const away = ({ target }: Event) => {
      if (!(target instanceof Node) || !box.current?.contains(target)) closeMenu();
    };
    // What it belongs to moves away from under it.
    document.addEventListener("pointerdown", away, { capture: true });
    document.addEventListener("scroll", away, { capture: true });
    window.addEventListener("resize", away);
    window.addEventListener("blur", away);
    return () => {
      document.removeEventListener("pointerdown", away, { capture: true });
      document.removeEventListener("scroll", away, { capture: true });
      window.removeEventListener("resize", away);
      window.removeEventListener("blur", away);
    };
  }, []);

  const run = (item: MenuItem) => {
    if (item.disabled) return;
    // The focus is back where it was before anything is done there.
    flushSync(closeMenu);
    item.run();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[chosen];
    if (event.key === "ArrowDown") setChosen(next(items, chosen, 1));
    else if (event.key === "ArrowUp") setChosen(next(items, Math.max(chosen, 0), -1));
    else if (event.key === "Home") setChosen(next(items, -1, 1));
    else if (event.key === "End") setChosen(next(items, items.length, -1));
    else if (event.key === "Tab") closeMenu();
    else if (event.key === "Enter" || event.key === " ") {
      if (item && !event.repeat) run(item);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const letter = event.key.toLowerCase();
      const order = items.map((_, index) => (chosen + 1 + index) % items.length);
      const found = order.find(
        (index) => !items[index]?.disabled && items[index]?.text.toLowerCase().startsWith(letter),
      );
      if (found !== undefined) setChosen(found);
    } else if (event.key === "Escape") return;
    event.preventDefault();
    event.stopPropagation();
  };

  return createPortal(
    <div
      ref={box}
      role="menu"
      aria-label="Context menu"
      tabIndex={-1}
      className="eco-menu"
      data-testid="context-menu"
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      {items.map((item, index) => (
        <div
          key={item.text}
          role="menuitem"
          tabIndex={-1}
          aria-disabled={item.disabled ?? false}
          className={item.begins ? "eco-menu-item eco-menu-begins" : "eco-menu-item"}
          onPointerMove={() => {
            if (!item.disabled && chosen !== index) setChosen(index);
          }}
          onClick={() => run(item)}
          onKeyDown={undefined}
        >
          <span className="eco-menu-icon">{item.icon ? <Icon name={item.icon} /> : null}</span>
          <span className="eco-menu-text">{item.text}</span>
          {item.key ? <KeyTops of={item.key} /> : null}
        </div>
      ))}
    </div>,
    document.body,
  );
}

/** The next entry that can be chosen, round and round; -1 where none can. */
function next(items: readonly MenuItem[], from: number, by: 1 | -1): number {
  for (let step = 1; step <= items.length; step += 1) {
    const at = (((from + by * step) % items.length) + items.length) % items.length;
    if (!items[at]?.disabled) return at;
  }
  return -1;
}
