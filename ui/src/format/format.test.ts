import { describe, expect, it } from "vitest";
import { count, lengthOf, size } from "./size";
import {
  clock,
  completing,
  dayAndClock,
  dayMark,
  minutes,
  moment,
  relative,
  relativeSeconds,
  span,
  upcoming,
} from "./time";
import { statusName } from "./words";

const NOW = new Date(2026, 10, 17, 6, 38, 0).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("times", () => {
  it.each([
    [NOW - 20_000, "just now"],
    [NOW - 4 * MINUTE, "4 min ago"],
    [NOW - 59 * MINUTE - 59_000, "59 min ago"],
    [NOW - 2 * HOUR, "2 h ago"],
    [NOW - 3 * DAY, "3 d ago"],
    [NOW - 20 * DAY, "28 Oct"],
    [NOW - 400 * DAY, "13 Oct 2025"],
  ])("tell how long ago %d is", (at, text) => {
    expect(relative(at, NOW)).toBe(text);
  });

  it("tell seconds where something has just happened", () => {
    expect(relativeSeconds(NOW - 500, NOW)).toBe("just now");
    expect(relativeSeconds(NOW - 20_000, NOW)).toBe("20 s ago");
    expect(relativeSeconds(NOW - 5 * MINUTE, NOW)).toBe("5 min ago");
  });

  it.each([
    [NOW - 3000, "in a moment"],
    [NOW + 20_000, "in a moment"],
    [NOW + 5 * MINUTE, "in 5 min"],
  ])("tell when %d comes", (at, text) => {
    expect(upcoming(at, NOW)).toBe(text);
  });

  it("say the day once, beside how long ago it is", () => {
    expect(completing(NOW - 4 * MINUTE, NOW)).toBe("06:34");
    expect(completing(NOW - 3 * DAY, NOW)).toBe("14 Nov 06:38");
    expect(completing(NOW - 20 * DAY, NOW)).toBe("06:38");
    expect(completing(NOW - 400 * DAY, NOW)).toBe("06:38");
  });

  it("never tell of the future when the clocks differ by a moment", () => {
    expect(relative(NOW + 3000, NOW)).toBe("just now");
    expect(relativeSeconds(NOW + 3000, NOW)).toBe("just now");
  });

  it("give the time today, the day before, the year before that", () => {
    expect(moment(NOW - 4 * MINUTE, NOW)).toBe("06:34");
    expect(moment(NOW - 9 * HOUR, NOW)).toBe("16 Nov 21:38");
    expect(moment(NOW - 400 * DAY, NOW)).toBe("13 Oct 2025");
    expect(dayAndClock(NOW - 9 * HOUR, NOW)).toBe("yesterday 21:38");
    expect(clock(NOW)).toBe("06:38");
    expect(dayMark(NOW, NOW)).toBe("Today, Tuesday 17 November");
  });

  it.each([
    [40_000, "40 s"],
    [9 * MINUTE, "9 min"],
    [72 * MINUTE, "1 h 12 min"],
    [2 * HOUR, "2 h"],
    [51 * HOUR, "2 d 3 h"],
  ])("tell how long %d ms are", (ms, text) => {
    expect(span(ms)).toBe(text);
  });

  it("tell minutes without a unit that is empty", () => {
    expect(minutes(240)).toBe("4 h");
    expect(minutes(0)).toBe("0 min");
    expect(minutes(2880)).toBe("2 d");
  });
});

describe("sizes and numbers", () => {
  it.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [1023, "1023 bytes"],
    [1536, "1.5 KB"],
    [217_088, "212 KB"],
    [6_500_000, "6.2 MB"],
    [5 * 1024 * 1024, "5.0 MB"],
    [5 * 1024 * 1024 + 1, "5.1 MB"],
    [157_286_400, "150 MB"],
  ])("%d bytes read %s", (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  it("count one and many", () => {
    expect(count(1, "file")).toBe("1 file");
    expect(count(1200, "match", "matches")).toBe("1,200 matches");
  });
});

describe("words", () => {
  it("show a status that is not known as it came", () => {
    expect(statusName("pending-customer-action")).toBe("Pending customer action");
    expect(statusName("on-hold-for-review")).toBe("on-hold-for-review");
  });
});

describe("a text's length", () => {
  it.each([
    ["", 0],
    ["ærlig", 5],
    ["a\r\nb", 3],
    ["a\nb", 3],
    ["🛢️", 2],
    ["👩‍🔬", 3],
  ])("of %j is %i code points", (text, length) => expect(lengthOf(text)).toBe(length));
});
