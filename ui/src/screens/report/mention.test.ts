import { describe, expect, it } from "vitest";
import { isMentioned, mention, withReport } from "./mention";

const EARLIER = { displayId: "179489301500264", subject: "Osdu_ingest runs do not finish" };

describe("mentioning another incident", () => {
  it("adds a line below the description, once", () => {
    const once = mention("It hangs.\n", EARLIER);
    expect(once).toBe(
      'It hangs.\n\nSimilar to earlier incident 179489301500264: "Osdu_ingest runs do not finish"',
    );
    expect(isMentioned(once, EARLIER)).toBe(true);
    expect(mention(once, EARLIER)).toBe(once);
  });

  it("names it by its subject while it has no number", () => {
    const unnumbered = { ...EARLIER, displayId: null };
    const once = mention("", unnumbered);
    expect(once).toBe('Similar to an earlier incident: "Osdu_ingest runs do not finish"');
    expect(mention(once, unnumbered)).toBe(once);
  });
});

describe("a report that becomes a reply", () => {
  it("goes after what the reply already says", () => {
    expect(withReport("Begun. ", { subject: "It hangs", body: "Since 05:10." })).toBe(
      "Begun.\n\nIt hangs\n\nSince 05:10.",
    );
    expect(withReport("", { subject: "It hangs", body: "" })).toBe("It hangs");
  });
});
