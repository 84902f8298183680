import { act, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { SavedMark } from "../parts/SavedMark";
import type { DraftContent } from "../platform/contract";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { renderPart } from "../test/render";
import { flushAll } from "./flush";
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

  it("is saved when its screen is left", () => {
    const { draft, bodies, unmount } = setUp();
    act(() => draft().change(reply("half a sent")));
    unmount();
    expect(bodies()).toEqual(["half a sent"]);
  });

  it("is saved before the program ends", async () => {
    const { draft, bodies } = setUp();
    act(() => draft().change(reply("half a sent")));
    await act(() => flushAll());
    expect(bodies()).toEqual(["half a sent"]);
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
});
