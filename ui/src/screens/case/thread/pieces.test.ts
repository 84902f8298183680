import { describe, expect, it } from "vitest";
import { piecesOf } from "./pieces";

function ids(text: string): string[] {
  return piecesOf(text, 0)
    .filter(({ kind }) => kind === "id")
    .map((piece) => piece.text);
}

describe("the ids in a text", () => {
  it.each([
    [
      "request 6f1d0c1e-88b2-4a57-9d40-0a1b2c3d4e5f failed.",
      "6f1d0c1e-88b2-4a57-9d40-0a1b2c3d4e5f",
    ],
    ["role arn:aws:iam::123456789012:role/Ops.", "arn:aws:iam::123456789012:role/Ops"],
    ["record opendes:master-data--Wellbore:NO-15/9 is", "opendes:master-data--Wellbore:NO-15"],
    ["host i-0abc12345678def90, then", "i-0abc12345678def90"],
    ["trace 1-67891233-abcdef012345678912345678", "1-67891233-abcdef012345678912345678"],
    ["partition `opendes` only", "opendes"],
    ["in s3://bucket/a/b.log", "s3://bucket/a/b.log"],
    ["sum 0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef"],
  ])("%s", (text, id) => {
    expect(ids(text)).toEqual([id]);
  });

  it.each([
    "phone 0047 510000000000",
    "well 15/9-F-11",
    "a 16-digit 1234567890123456",
    "it's `",
    "feedfacefeedface",
  ])("are none in %s", (text) => expect(ids(text)).toEqual([]));
});

describe("blank lines", () => {
  const drawn = (text: string) =>
    piecesOf(text, 0)
      .map((piece) => piece.text)
      .join("");
  it("are two at the most", () => {
    expect(drawn(`a${"\n".repeat(31)}b`)).toBe("a\n\n\nb");
    expect(drawn("a\n \n\t\n \n \nb")).toBe("a\n\n\nb");
    expect(drawn("a\n\n\nb")).toBe("a\n\n\nb");
  });
  it("leave what follows where it stands in the message", () => {
    const text = `a${"\n".repeat(31)}b`;
    expect(piecesOf(text, 10).at(-1)).toMatchObject({ at: 10 + 32, text: "b" });
  });
});
