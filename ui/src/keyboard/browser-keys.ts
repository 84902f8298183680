// Keys by which a browser would do with the page what nobody means in a program: load it anew, print it, save it, look
// into its source, leave it.
import { useEffect } from "react";
import { isPress, MAC } from "./combination";

const BROWSER = [
  "F5",
  "Ctrl+F5",
  "Shift+F5",
  "Ctrl+r",
  "Ctrl+Shift+r",
  "F3",
  "Shift+F3",
  "F7",
  "Ctrl+f",
  "Ctrl+g",
  "Ctrl+Shift+g",
  "Ctrl+h",
  "Ctrl+j",
  "Ctrl+o",
  "Ctrl+p",
  "Ctrl+s",
  "Ctrl+u",
  // On a Mac they move by words in a text.
  ...(MAC ? [] : ["Alt+ArrowLeft", "Alt+ArrowRight", "Alt+Home"]),
];

function onKeyDown(event: KeyboardEvent): void {
  // Where the program has a meaning for it, that was done by now.
  if (!event.defaultPrevented && BROWSER.some((key) => isPress(key, event))) event.preventDefault();
}

export function useNoBrowserKeys(): void {
  useEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
