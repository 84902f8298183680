import { act, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { SavedMark } from "../parts/marks";
import type { DraftContent } from "../platform/contract";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { renderPart } from "../test/render";
import { unsavedContent } from "./draft-saver";
import { flushAll } from "./saving";
import { type SavedDraft, useSavedDraft } from "./useSavedDraft";

const DRAFT = "draft-reply";

function reply(body: string): DraftContent {
  return { kind: "reply", content: { body, cc: [] } };
}

let saved: SavedDraft | undefined;

function Probe() {
  saved = useSavedDraft(DRAFT);
  return <SavedMark save={saved.save} />;
}

function setUp() {
  const fake = new FakePlatform({ drafts: fixtures.drafts(Date.now()) });
  const { unmount } = renderPart(<Probe />, fake);
  const draft = () => {
    if (!saved) throw new Error("not rendered");
    return saved;
  };
  const bodies = () =>
    fake
      .callsOf("draft_save")
      .map(({ content }) => (content.kind === "reply" ? content.content.body : ""));
  return { fake, draft, bodies, unmount };
}

describe("a draft", () => {
  it("is saved once, a moment after the last of several keystrokes", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { draft, bodies } = setUp();
    act(() => {
      draft().change(reply("R"));
      draft().change(reply("Re"));
      draft().change(reply("Rea"));
    });
    expect(bodies()).toEqual([]);
    await act(() => vi.advanceTimersByTimeAsync(250));
    expect(bodies()).toEqual(["Rea"]);
    expect(screen.getByText(/Draft saved/)).toBeVisible();
  });

  it("is saved while the user types without a pause, each key at the latest after 300 ms", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: false });
    const { draft, bodies } = setUp();
    let text = "";
    for (let key = 0; key < 40; key += 1) {
      const before = text;
      text += "x";
      act(() => draft().change(reply(text)));
      // 120 to 180 ms between two keys, as somebody types who knows what to write.
      await act(() => vi.advanceTimersByTimeAsync(120 + (key % 4) * 20));
      if (key >= 2) expect(bodies().at(-1)?.length).toBeGreaterThanOrEqual(before.length - 2);
    }
    await act(() => vi.advanceTimersByTimeAsync(300));
    expect(bodies().at(-1)).toBe(text);
  });

  it("is saved at the latest 300 ms after its first unsaved key, also after a save that failed", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: false });
    const { fake, draft, bodies } = setUp();
    fake.fail("draft_save", { code: "storage", message: "The disk is full.", retryable: true });
    act(() => draft().change(reply("a")));
    await act(() => vi.advanceTimersByTimeAsync(199));
    expect(bodies()).toEqual([]);
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(bodies()).toEqual(["a"]);
    fake.heal("draft_save");
    for (const text of ["ab", "abc", "abcd"]) {
      act(() => draft().change(reply(text)));
      await act(() => vi.advanceTimersByTimeAsync(150));
    }
    expect(bodies()).toEqual(["a", "abc"]);
  });

  it("is saved when its screen is left", () => {
    const { draft, bodies, unmount } = setUp();
    act(() => draft().change(reply("half a sent")));
    unmount();
    expect(bodies()).toEqual(["half a sent"]);
  });

  it("is saved before the program ends", async () => {
    const { draft, bodies } = setUp();
    act(() => draft().change(reply("half a sent")));
    await act(async () => expect(await flushAll()).toBe(true));
    expect(bodies()).toEqual(["half a sent"]);
  });

  it("is not said to be saved before the program ends where the disk did not take it", async () => {
    const { fake, draft } = setUp();
    fake.fail("draft_save", { code: "storage", message: "The disk is full.", retryable: true });
    act(() => draft().change(reply("precious")));
    await act(async () => expect(await flushAll()).toBe(false));
    fake.heal("draft_save");
    await act(async () => expect(await flushAll()).toBe(true));
  });

  it("is kept and saved later where the disk did not take it", async () => {
    const { fake, draft, bodies } = setUp();
    fake.fail("draft_save", { code: "storage", message: "The disk is full.", retryable: true });
    act(() => draft().change(reply("precious")));
    await act(async () => {
      expect(await draft().flush()).toBe(false);
    });
    expect(screen.getByRole("alert")).toHaveTextContent("Not saved: The disk is full.");
    fake.heal("draft_save");
    await act(async () => {
      expect(await draft().flush()).toBe(true);
    });
    expect(bodies()).toEqual(["precious", "precious"]);
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is tried again by itself, less and less often, until the disk takes it", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: false });
    const { fake, draft, bodies } = setUp();
    fake.fail("draft_save", { code: "storage", message: "The disk is full.", retryable: true });
    act(() => draft().change(reply("precious")));
    await act(() => vi.advanceTimersByTimeAsync(200));
    expect(screen.getByRole("alert")).toHaveTextContent(
      "Not saved: The disk is full. Trying again.",
    );
    const tries: number[] = [];
    for (const pause of [2, 4, 8, 15, 15]) {
      await act(() => vi.advanceTimersByTimeAsync(pause * 1000 - 1));
      const before = bodies().length;
      await act(() => vi.advanceTimersByTimeAsync(1));
      tries.push(bodies().length - before);
    }
    expect(tries).toEqual([1, 1, 1, 1, 1]);
    expect(bodies()).toHaveLength(6);
    expect(screen.getByRole("alert")).toBeVisible();
    fake.heal("draft_save");
    await act(() => vi.advanceTimersByTimeAsync(15_000));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.getByText(/Draft saved/)).toBeVisible();
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(bodies()).toHaveLength(7);
  });

  it("is saved with what was typed since when it is tried again", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: false });
    const { fake, draft } = setUp();
    fake.fail("draft_save", { code: "storage", message: "The disk is full.", retryable: true });
    act(() => draft().change(reply("first")));
    await act(() => vi.advanceTimersByTimeAsync(200));
    fake.heal("draft_save");
    act(() => draft().change(reply("first and second")));
    await act(() => vi.advanceTimersByTimeAsync(200));
    expect(fake.callsOf("draft_save").at(-1)?.content).toEqual(reply("first and second"));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is tried again after its screen was left, and is at hand where one comes back", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: false });
    const { fake, draft, bodies, unmount } = setUp();
    fake.fail("draft_save", { code: "storage", message: "The disk is full.", retryable: true });
    act(() => draft().change(reply("precious")));
    unmount();
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(bodies()).toEqual(["precious"]);
    expect(unsavedContent(DRAFT)).toEqual(reply("precious"));
    fake.heal("draft_save");
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    expect(bodies()).toEqual(["precious", "precious"]);
    expect(unsavedContent(DRAFT)).toBeNull();
  });

  it("is not tried again where it is gone", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: false });
    const { fake, draft, bodies } = setUp();
    fake.state.drafts = [];
    act(() => draft().change(reply("too late")));
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(bodies()).toEqual(["too late"]);
    expect(screen.getByRole("alert")).toHaveTextContent(/^Not saved: There is no such draft\.$/);
  });
});
