import { describe, expect, it } from "vitest";
import * as fixtures from "../../platform/fixtures";
import { rowWords } from "./row-words";

const NOW = Date.now();

function words(part: object) {
  const [first] = fixtures.cases(NOW);
  if (!first) throw new Error("there are cases");
  return rowWords({ ...first.row, ...part }, NOW);
}

describe("a row of the list", () => {
  it("is no alarm while a report is only on its way", () => {
    const sending = { presence: "not-yet-sent", notYetWithEco: false, displayId: null };
    expect(words(sending)).toMatchObject({ waits: "On its way to ECO", waitsTone: "plain" });
    expect(words({ ...sending, notYetWithEco: true })).toMatchObject({ waitsTone: "alarm" });
    expect(words({ ...sending, notYetWithEco: true }).waits).toMatch(/^Not yet with ECO for /);
  });

  it("says of a resolved one whether it was rated", () => {
    const done = { waiting: "nobody", status: "resolved", waitingSince: NOW - 2 * 86_400_000 };
    expect(words(done).waits).toBe("Resolved 2 d, not rated");
    expect(words({ ...done, stars: 4 }).waits).toBe("Resolved 2 d, 4 of 5 stars");
  });
});
