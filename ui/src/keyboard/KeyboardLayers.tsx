// What the keyboard opens over the window: context menus, and the palette and the sheet of all keys,
// which are loaded when one asks for them.
import { lazy, Suspense, useEffect, useState } from "react";
import { useKeys } from "../frame/keys";
import { ContextMenu } from "./ContextMenu";
import { useOwnMenusOnly } from "./context-menu";

const Palette = lazy(async () => ({ default: (await import("../palette/Palette")).Palette }));
const Sheet = lazy(async () => ({ default: (await import("./Sheet")).Sheet }));

export function KeyboardLayers() {
  const [open, setOpen] = useState<"palette" | "sheet" | null>(null);
  useEffect(() => {
    const palette = () => setOpen("palette");
    const sheet = () => setOpen("sheet");
    document.addEventListener("eco-palette", palette);
    document.addEventListener("eco-keys", sheet);
    return () => {
      document.removeEventListener("eco-palette", palette);
      document.removeEventListener("eco-keys", sheet);
    };
  }, []);
  useKeys(
    [
      {
        key: "Ctrl+k",
        label: "Anything",
        title: "Find or do anything",
        group: "Anywhere",
        icon: "search",
        opensField: true,
        run: () => setOpen("palette"),
      },
      {
        key: "?",
        label: "All keys",
        title: "All keys",
        group: "Anywhere",
        icon: "keyboard",
        run: () => setOpen("sheet"),
      },
    ],
    true,
  );
  useOwnMenusOnly();
  const close = () => setOpen(null);
  return (
    <>
      <ContextMenu />
      <Suspense>
        {open === "palette" ? <Palette onClose={close} /> : null}
        {open === "sheet" ? <Sheet onClose={close} /> : null}
      </Suspense>
    </>
  );
}
