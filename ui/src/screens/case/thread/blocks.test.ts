import { describe, expect, it } from "vitest";
import { blocksOf, isErrorLine } from "./blocks";

function code(text: string): string[] {
  return blocksOf(text)
    .filter(({ kind }) => kind === "code")
    .map((block) => block.text);
}

describe("what a machine wrote", () => {
  it.each([
    [
      "a request",
      "It says\n\nGET /api/ddms/v3/welllogs/{id}/data\nHTTP/1.1 503  correlation-id: 6f1d\n\nWhy?",
    ],
    [
      "a log with times",
      "See:\n2026-11-17T02:55:01.120Z INFO start\n2026-11-17 02:55:02,001 ERROR no\nThat is all.",
    ],
    ["a log with levels", "See\n[ERROR] no such index\nWARN  retrying\nand so on"],
    ["syslog", "Nov 17 02:55:01 host app[12]: failed"],
    [
      "a trace of Java",
      "java.lang.IllegalStateException: no\n\tat org.x.Y.z(Y.java:12)\n\tat org.x.Y.a(Y.java:9)\nCaused by: org.x.Timeout: late\n\t... 3 more",
    ],
    [
      "a trace of Python",
      'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    main()\nValueError: no',
    ],
    ["an object", '{\n  "status": 503,\n  "reason": "x"\n}'],
    ["a command", "I ran\n$ curl -v https://norvik.example\nand waited"],
  ])("%s", (_, text) => {
    expect(code(text)).toHaveLength(1);
  });

  it("stands between fences, which are not drawn", () => {
    expect(blocksOf("See\n```json\n{}\nx\n```\nend").map(({ kind, text }) => [kind, text])).toEqual(
      [
        ["prose", "See"],
        ["code", "{}\nx"],
        ["prose", "end"],
      ],
    );
  });

  it("is indented by four spaces or a tab, two lines at least", () => {
    expect(code("See:\n\n    one\n    two\n\nend")).toEqual(["    one\n    two"]);
    expect(code("See:\n\n    one\n\nend")).toEqual([]);
  });

  it("is a table of tabs, bars or columns", () => {
    expect(code("id\tstate\n1\tok")).toHaveLength(1);
    expect(code("| id | state |\n|----|-------|\n| 1 | ok |")).toHaveLength(1);
    expect(code("stage 1   ok\nstage 2   failed")).toHaveLength(1);
  });

  it.each([
    ["prose", "We restarted it at 02:55.\nIt is still slow."],
    ["a list", "To do:\n\n    - restart\n    - look again"],
    ["numbered steps", "Steps\n\n    1. open\n    2. close"],
    ["a day at the beginning", "2026-11-17 we saw it first."],
    ["a level in a sentence", "The ERROR came back."],
    ["one bar", "read | write"],
    ["a fence that does not end", "See\n```\nand then?"],
    ["one bracket", "[\nsee above"],
  ])("is not %s", (_, text) => {
    expect(code(text)).toEqual([]);
  });

  it("knows where it begins", () => {
    const text = "See\n\nERROR a\nERROR b\n\nend";
    for (const block of blocksOf(text, 100)) {
      expect(text.slice(block.at - 100).startsWith(block.text)).toBe(true);
    }
  });
});

describe("the line of the error", () => {
  it.each([
    "HTTP/1.1 503  correlation-id: 6f1d",
    "2026-11-17 02:55:02 ERROR no index",
    "java.lang.IllegalStateException: no",
    "Caused by: late",
    '"statusCode": 504,',
    "ValueError: no",
  ])("is %s", (line) => expect(isErrorLine(line)).toBe(true));
  it.each(["HTTP/1.1 200 OK", "2026-11-17 INFO no errors", "GET /errors", "code=200"])(
    "is not %s",
    (line) => expect(isErrorLine(line)).toBe(false),
  );
});
