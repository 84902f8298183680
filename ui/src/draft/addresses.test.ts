import { beforeEach, describe, expect, it } from "vitest";
import { FakePlatform } from "../platform/fake";
import { install } from "../platform/platform";
import { addContacts, mergeContacts } from "./addresses";

let fake: FakePlatform;

beforeEach(() => {
  fake = new FakePlatform();
  install(fake);
});

describe("adding what was typed", () => {
  it("takes what the core reads as addresses", async () => {
    const pasted = "Olsen, Kari <kari@norvik.example>";
    fake.answer("contacts_read", { addresses: ["kari@norvik.example"], rest: [] });
    expect(await addContacts([], pasted)).toEqual({
      addresses: ["kari@norvik.example"],
      rest: "",
      trouble: null,
    });
    expect(fake.callsOf("contacts_read")).toEqual([{ text: pasted }]);
  });

  it("keeps in the field what is no address, and takes the others", async () => {
    fake.answer("contacts_read", { addresses: ["tom@norvik.example"], rest: ["not an address"] });
    const added = await addContacts([], "not an address, tom@norvik.example");
    expect(added.addresses).toEqual(["tom@norvik.example"]);
    expect(added.rest).toBe("not an address");
    expect(added.trouble).toContain("“not an address” is not an e-mail address");
  });

  it("says that an address is there already, whatever its case", async () => {
    const added = await addContacts(["tom@norvik.example"], "Tom@Norvik.example");
    expect(added).toMatchObject({ addresses: [], rest: "" });
    expect(added.trouble).toContain("already");
  });

  it("says what is left to be done before what is there already", async () => {
    const ten = Array.from({ length: 10 }, (_, index) => `p${index}@norvik.example`);
    const added = await addContacts(ten, "p9@norvik.example, one.more@norvik.example");
    expect(added.rest).toBe("one.more@norvik.example");
    expect(added.trouble).toContain("takes 10 additional contacts");
  });

  it("keeps the eleventh in the field", async () => {
    const ten = Array.from({ length: 10 }, (_, index) => `p${index}@norvik.example`);
    const added = await addContacts(ten, "one.more@norvik.example");
    expect(added).toMatchObject({ addresses: [], rest: "one.more@norvik.example" });
    expect(added.trouble).toContain("10");
  });

  it("keeps everything in the field where the core did not answer", async () => {
    fake.fail("contacts_read", { code: "internal", message: "Restart it.", retryable: false });
    expect(await addContacts([], "tom@norvik.example")).toEqual({
      addresses: [],
      rest: "tom@norvik.example",
      trouble: "Restart it.",
    });
  });
});

describe("putting two lists together", () => {
  it("takes each address once, whatever its case, no more than fit", () => {
    expect(
      mergeContacts(["a@x.example"], ["A@X.example", "b@x.example", "c@x.example"], 2),
    ).toEqual(["a@x.example", "b@x.example"]);
  });
});
