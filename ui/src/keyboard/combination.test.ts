import { describe, expect, it } from "vitest";
import { isPress, printed, spelled } from "./combination";

const pressed = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

describe("a combination", () => {
  it("is met with Ctrl, and on a Mac with the Command key", () => {
    expect(isPress("Ctrl+k", pressed({ key: "k", ctrlKey: true }))).toBe(true);
    expect(isPress("Ctrl+k", pressed({ key: "k", metaKey: true }))).toBe(true);
    expect(isPress("Ctrl+k", pressed({ key: "k" }))).toBe(false);
    expect(isPress("k", pressed({ key: "k", ctrlKey: true }))).toBe(false);
  });

  it("knows Shift of a letter and of a named key, and leaves it to the keyboard for a sign", () => {
    expect(isPress("j", pressed({ key: "J", shiftKey: true }))).toBe(false);
    expect(isPress("Shift+j", pressed({ key: "J", shiftKey: true }))).toBe(true);
    // Caps Lock.
    expect(isPress("j", pressed({ key: "J" }))).toBe(true);
    expect(isPress("F6", pressed({ key: "F6", shiftKey: true }))).toBe(false);
    expect(isPress("Shift+F6", pressed({ key: "F6", shiftKey: true }))).toBe(true);
    expect(isPress("?", pressed({ key: "?", shiftKey: true }))).toBe(true);
    expect(isPress("Ctrl++", pressed({ key: "+", ctrlKey: true }))).toBe(true);
  });

  it("takes a sign that is written with AltGr for the sign", () => {
    const altGr = { ctrlKey: true, altKey: true, modifierAltGraph: true };
    expect(isPress("[", pressed({ key: "[", ...altGr }))).toBe(true);
  });

  it("is printed as on the keyboard in front of one", () => {
    expect(printed("Ctrl+k", false)).toEqual([["Ctrl", "K"]]);
    expect(printed("Ctrl+k", true)).toEqual([["⌘", "K"]]);
    expect(printed("g 1", false)).toEqual([["G"], ["1"]]);
    expect(printed(" ", false)).toEqual([["Space"]]);
    expect(printed("Ctrl++", false)).toEqual([["Ctrl", "+"]]);
    expect(spelled("Ctrl+k", true)).toBe("⌘K");
    expect(spelled("Alt+ArrowLeft", false)).toBe("Alt+←");
    expect(spelled("g 1", false)).toBe("G, then 1");
  });
});
