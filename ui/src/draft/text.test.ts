import { describe, expect, it } from "vitest";
import { addedLength, lengthOf } from "./text";

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

describe("what is added below the user's text", () => {
  it("counts from the last line of dashes", () => {
    const sent = "One\n\n---\nmine too\n\n---\nContact: Web.\n\nRef ED-7K2M-9QXD";
    expect(addedLength(sent)).toBe("\n\n---\nContact: Web.\n\nRef ED-7K2M-9QXD".length);
  });

  it("is the reference line where there is nothing else", () => {
    expect(addedLength("One\n\nRef ED-7K2M-9QXD")).toBe("\n\nRef ED-7K2M-9QXD".length);
    expect(addedLength("One")).toBe(0);
  });
});
