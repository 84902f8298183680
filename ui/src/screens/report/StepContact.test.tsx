// The case that is opened at the end: its bundle must not outlast the message that is looked for.
import "../case/CaseScreen";
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { COMPLETE, DRAFT, kept, NETWORK, open } from "./fixtures";

describe("Contact us", () => {
  it("offers no closed way, and says when it opens", async () => {
    await open({ ...COMPLETE, step: 4 });
    const chat = await screen.findByRole("radio", { name: "Chat" });
    await waitFor(() => expect(chat).toBeDisabled());
    expect(chat).toHaveAccessibleDescription(/Closed, opens/);
    expect(screen.getByRole("radio", { name: "Phone" })).toBeEnabled();
  });

  it("is honest about a call, and asks for the number only then", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 });
    expect(screen.queryByRole("textbox", { name: "Phone number" })).not.toBeInTheDocument();
    await user.click(await screen.findByRole("radio", { name: "Phone" }));
    expect(screen.getByTestId("report-hand-over")).toHaveTextContent(
      "ECO does not call yet when you submit",
    );
    await user.type(screen.getByRole("textbox", { name: "Phone number" }), "+47 51 99 00 17");
    await waitFor(() => expect(kept(fake).phone.number).toBe("+47 51 99 00 17"));
  });

  it("still lets one submit when the hours are not known", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 }, (fake) =>
      fake.fail("contact_options", NETWORK),
    );
    expect(await screen.findByText(/You can submit all the same/)).toBeVisible();
    await user.click(screen.getByTestId("report-submit"));
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
  });

  it("takes an additional contact with Enter, and keeps what is none in the field", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 });
    const field = screen.getByPlaceholderText(/Add an e-mail address/);
    await user.type(field, "tom@norvik.example{Enter}");
    await waitFor(() => expect(field).toHaveValue(""));
    await waitFor(() => expect(kept(fake).cc).toEqual(["tom@norvik.example"]));
    await user.type(field, "nobody{Enter}");
    expect(await screen.findByText(/“nobody” is not an e-mail address/)).toBeVisible();
    expect(field).toHaveValue("nobody");
    await user.click(screen.getByTestId("report-submit"));
    expect(fake.callsOf("draft_submit")).toHaveLength(0);
  });

  it("keeps what is typed while an address before it is read", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 });
    const field = screen.getByPlaceholderText(/Add an e-mail address/);
    const answer = fake.delay("contacts_read");
    await user.type(field, "tom@norvik.example,");
    await user.type(field, "kari@norvik");
    answer();
    await waitFor(() => expect(field).toHaveValue("kari@norvik"));
    await user.type(field, ".example{Enter}");
    await waitFor(() =>
      expect(kept(fake).cc).toEqual(["tom@norvik.example", "kari@norvik.example"]),
    );
    expect(field).toHaveValue("");
  });

  it("has taken an address out of the field before the next key", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 });
    const field = screen.getByPlaceholderText<HTMLInputElement>(/Add an e-mail address/);
    const answer = fake.delay("contacts_read");
    await user.type(field, "tom@norvik.example,");
    answer();
    // The answer is taken in microtasks: no key and no drawing comes between them.
    for (let task = 0; task < 20; task += 1) await Promise.resolve();
    expect(field.value).toBe("");
    await waitFor(() => expect(kept(fake).cc).toEqual(["tom@norvik.example"]));
  });

  it("offers the user's own address", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 }, (fake) => {
      fake.state.settings.ownEmail = "ingrid@norvik.example";
    });
    await user.click(await screen.findByTestId("report-add-own"));
    await waitFor(() => expect(kept(fake).cc).toEqual(["ingrid@norvik.example"]));
    expect(screen.queryByTestId("report-add-own")).not.toBeInTheDocument();
  });

  it("shows word for word what is sent", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 });
    await user.click(await screen.findByTestId("report-preview"));
    const content = await screen.findByTestId("report-preview-content");
    await waitFor(() => expect(content).toHaveTextContent("Ref ED-7K2M-9QXD"));
    await user.click(screen.getByRole("button", { name: "Copy" }));
    await waitFor(() => expect(fake.callsOf("clipboard_copy")).toHaveLength(1));
    expect(fake.callsOf("clipboard_copy")[0]?.text).toContain("Ref ED-7K2M-9QXD");
  });
});

describe("Submit", () => {
  it("sends what was typed last, once, and opens the case", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 });
    await user.dblClick(screen.getByTestId("report-submit"));
    await waitFor(() => expect(window.location.hash).toBe(`#/case/${DRAFT}`));
    expect(fake.callsOf("draft_submit")).toHaveLength(1);
    expect(await screen.findByText(/On its way to ECO. It stays/)).toBeVisible();
  });

  it("leads to the first thing that is missing", async () => {
    const { fake, user } = await open({
      ...COMPLETE,
      subject: "",
      priority: null,
      step: 4,
      asTest: false,
    });
    // Something is entered, so that the draft is judged.
    await user.click(await screen.findByRole("checkbox", { name: /Send as a test/ }));
    await user.click(screen.getByTestId("report-submit"));
    expect(await screen.findByText("Choose a priority.")).toBeVisible();
    expect(screen.getByTestId("report")).toHaveAttribute("data-step", "1");
    expect(fake.callsOf("draft_submit")).toHaveLength(0);
    expect(kept(fake).asTest).toBe(true);
  });

  it("shows at its field what the core refuses", async () => {
    const { user } = await open({ ...COMPLETE, step: 4 }, (fake) =>
      fake.fail("draft_submit", {
        code: "invalid-input",
        field: "cc",
        message: "ops@x.example is there twice.",
        retryable: false,
      }),
    );
    await user.click(screen.getByTestId("report-submit"));
    expect(await screen.findByText(/ops@x.example is there twice/)).toBeVisible();
  });

  it("keeps everything when it fails, and says so", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 }, (fake) =>
      fake.fail("draft_submit", { code: "storage", message: "The disk is full.", retryable: true }),
    );
    await user.click(screen.getByTestId("report-submit"));
    expect(await screen.findByText(/The disk is full. It is kept as a draft./)).toBeVisible();
    fake.heal("draft_submit");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(window.location.hash).toBe(`#/case/${DRAFT}`));
  });
});
