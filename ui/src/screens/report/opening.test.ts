import { describe, expect, it } from "vitest";
import type { Opening } from "../../platform/contract";
import { nextTurn, openingWords } from "./opening";

/** Local times, so that the test holds in every zone. */
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const NOW = at(17, 10);

describe("opening hours", () => {
  const table: [Opening, string][] = [
    [{ state: "always" }, "Always open"],
    [{ state: "open", until: at(17, 20) }, "Open now, until 20:00"],
    [{ state: "open", until: at(18, 2) }, "Open now, until Wed 02:00"],
    [{ state: "closed", opensAt: at(17, 12) }, "Closed, opens 12:00"],
    [{ state: "closed", opensAt: at(19, 7) }, "Closed, opens Thu 07:00"],
    [{ state: "closed", opensAt: at(27, 7) }, "Closed, opens 27 Nov 07:00"],
    [{ state: "closed", opensAt: null }, "Closed now"],
    [{ state: "not-offered" }, "Not offered here"],
    [{ state: "unknown" }, "Hours not known"],
  ];
  it.each(table)("%j reads %s", (opening, words) => {
    expect(openingWords(opening, NOW)).toBe(words);
  });

  it("turn next when the first of them opens or closes", () => {
    const openings: Opening[] = [
      { state: "always" },
      { state: "open", until: at(17, 20) },
      { state: "closed", opensAt: at(17, 12) },
      { state: "closed", opensAt: at(17, 8) },
    ];
    expect(nextTurn(openings, NOW)).toBe(at(17, 12));
    expect(nextTurn([{ state: "always" }, { state: "unknown" }], NOW)).toBeNull();
  });
});
