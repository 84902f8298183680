import { describe, expect, it } from "vitest";
import { addContacts, isAddress, mergeContacts } from "./addresses";

describe("an additional contact", () => {
  it.each([
    "jane@norvik.example",
    "jane.doe+edi@mail.norvik.example",
    "o'neil@norvik.example",
    "a@b.co",
  ])("takes %s", (address) => expect(isAddress(address)).toBe(true));

  it.each([
    "",
    "jane",
    "jane@norvik",
    "@norvik.example",
    "jane@",
    "jane@@norvik.example",
    "jane doe@norvik.example",
    "jane..doe@norvik.example",
    ".jane@norvik.example",
    "jane.@norvik.example",
    "jane@-norvik.example",
    "jane@norvik.example\r\nBcc: all@norvik.example",
    `${"a".repeat(65)}@norvik.example`,
  ])("refuses %j", (address) => expect(isAddress(address)).toBe(false));
});

describe("adding what was typed", () => {
  it("takes several addresses as mail programs copy them", () => {
    const added = addContacts(
      [],
      "Jane Doe <jane@norvik.example>; tom@norvik.example,ops@jv.example",
    );
    expect(added).toEqual({
      contacts: ["jane@norvik.example", "tom@norvik.example", "ops@jv.example"],
      rest: "",
      trouble: null,
    });
  });

  it("keeps in the field what is no address, and takes the others", () => {
    const added = addContacts([], "tom@norvik.example nobody");
    expect(added.contacts).toEqual(["tom@norvik.example"]);
    expect(added.rest).toBe("nobody");
    expect(added.trouble).toContain("“nobody” is not an e-mail address");
  });

  it("quotes words that are no address as they were entered", () => {
    const added = addContacts([], "not an address, tom@norvik.example");
    expect(added.contacts).toEqual(["tom@norvik.example"]);
    expect(added.rest).toBe("not an address");
    expect(added.trouble).toContain("“not an address” is not an e-mail address");
  });

  it("says that an address is there already, whatever its case", () => {
    const added = addContacts(["tom@norvik.example"], "Tom@Norvik.example");
    expect(added.contacts).toEqual(["tom@norvik.example"]);
    expect(added.rest).toBe("");
    expect(added.trouble).toContain("already");
  });

  it("keeps the eleventh in the field", () => {
    const ten = Array.from({ length: 10 }, (_, index) => `p${index}@norvik.example`);
    const added = addContacts(ten, "one.more@norvik.example");
    expect(added.contacts).toEqual(ten);
    expect(added.rest).toBe("one.more@norvik.example");
    expect(added.trouble).toContain("10");
  });
});

describe("putting two lists together", () => {
  it("takes each address once, whatever its case, no more than fit", () => {
    expect(
      mergeContacts(["a@x.example"], ["A@X.example", "b@x.example", "c@x.example"], 2),
    ).toEqual(["a@x.example", "b@x.example"]);
  });
});
