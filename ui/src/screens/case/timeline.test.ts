import { describe, expect, it } from "vitest";
import type { Gap, Message } from "../../platform/contract";
import { ECO, KARI, ME, message } from "./fixtures";
import { held, knownMessages, nextDivider, timeline } from "./timeline";

const MONDAY = new Date(2026, 10, 16, 22, 0).getTime();
const TUESDAY = new Date(2026, 10, 17, 4, 8).getTime();

function kinds(messages: Message[], divider: string | null = null): string[] {
  return timeline(
    { opening: [], hidden: 0, recent: messages, incomplete: false, gap: null },
    divider,
  ).map((item) => (item.kind === "message" ? item.message.id : item.kind));
}

describe("the timeline", () => {
  it("marks each day once, before its first message", () => {
    const messages = [
      message("a", MONDAY, ME, ""),
      message("b", TUESDAY, ECO, ""),
      message("c", TUESDAY, KARI, ""),
    ];
    expect(kinds(messages)).toEqual(["day", "a", "day", "b", "c"]);
  });

  it("puts the gap between the opening and the newest messages", () => {
    const items = timeline(
      {
        opening: [message("a", MONDAY, ME, ""), message("b", MONDAY, ECO, "")],
        hidden: 7,
        recent: [message("y", TUESDAY, ME, "")],
        incomplete: false,
        gap: null,
      },
      null,
    );
    expect(items.map(({ kind }) => kind)).toEqual([
      "day",
      "message",
      "message",
      "gap",
      "day",
      "message",
    ]);
    expect(items.find((item) => item.kind === "gap")).toMatchObject({ hidden: 7 });
  });

  it("shows a message that is in the opening and among the newest only once", () => {
    const first = message("a", MONDAY, ME, "");
    const known = {
      opening: [first],
      hidden: 0,
      recent: [first, message("b", MONDAY, ECO, "")],
      incomplete: false,
      gap: null,
    };
    expect(knownMessages(known).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("puts the mark of the new above the given message and calls the last one the newest", () => {
    const messages = [
      message("a", MONDAY, ME, ""),
      message("b", MONDAY, ECO, "", { unseen: true }),
    ];
    expect(kinds(messages, "b")).toEqual(["day", "a", "new", "b"]);
    const items = timeline(
      { opening: [], hidden: 0, recent: messages, incomplete: false, gap: null },
      null,
    );
    expect(items.flatMap((item) => (item.kind === "message" ? [item.newest] : []))).toEqual([
      false,
      true,
    ]);
  });
});

describe("the mark of the new", () => {
  const seen = message("a", MONDAY, ME, "");
  const unseen = (id: string) => message(id, MONDAY, ECO, "", { unseen: true });

  it("stands above the first unseen message", () => {
    expect(nextDivider(null, [seen, unseen("b"), unseen("c")], false)).toBe("b");
  });
  it("stays when the messages below it become seen", () => {
    expect(nextDivider("b", [seen, message("b", MONDAY, ECO, "")], false)).toBe("b");
  });
  it("stays while more arrives below what is still unseen", () => {
    expect(nextDivider("b", [seen, unseen("b"), unseen("c")], false)).toBe("b");
  });
  it("moves on to what arrives after all before it was seen", () => {
    expect(nextDivider("b", [seen, message("b", MONDAY, ECO, ""), unseen("c")], false)).toBe("c");
  });
  it("is not set for what arrives before the reader's eyes", () => {
    expect(nextDivider(null, [seen, unseen("b")], true)).toBeNull();
  });
});

describe("a newer reading of the correspondence", () => {
  const known = (ids: string[], hidden: number, opening: string[] = []) => ({
    opening: opening.map((id) => message(id, MONDAY, ME, "")),
    hidden,
    recent: ids.map((id) => message(id, MONDAY, ME, "")),
    incomplete: false,
    gap: null as Gap | null,
  });
  const ids = (correspondence: ReturnType<typeof known>) =>
    correspondence.recent.map(({ id }) => id);

  it("keeps on screen what a new message would push into the gap", () => {
    const next = held(known(["c", "d", "e"], 1, ["a"]), known(["d", "e", "f"], 2, ["a"]));
    expect(ids(next)).toEqual(["c", "d", "e", "f"]);
    expect(next.hidden).toBe(1);
  });
  it("tells the times of what stays hidden", () => {
    const before = { ...known(["c", "d"], 1), hiddenFrom: 7, hiddenUntil: 8 };
    const next = { ...known(["d", "e"], 2), hiddenFrom: 7, hiddenUntil: 9 };
    expect(held(before, next)).toMatchObject({ hidden: 1, hiddenFrom: 7, hiddenUntil: 8 });
  });
  it("takes the reading as it is where it holds all that was shown, or nothing of it", () => {
    const more = known(["b", "c", "d"], 0);
    expect(held(known(["c", "d"], 1), more)).toBe(more);
    const other = known(["x", "y"], 9);
    expect(held(known(["c", "d"], 1), other)).toBe(other);
  });
});
