import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Problem } from "../../platform/contract";
import { FakePlatform } from "../../platform/fake";
import { LIMITS } from "../../platform/rules";
import { type Rendered, renderApp } from "../../test/render";
import { everyState } from "./fixtures";

const NOW = Date.now();
/** The first test also loads the screen's modules. */
const SLOW = { timeout: 60_000 };

async function open(
  key: string,
  prepare: (fake: FakePlatform) => void = () => undefined,
): Promise<Rendered> {
  const fake = new FakePlatform();
  fake.state.cases = everyState(NOW);
  prepare(fake);
  const rendered = renderApp(`/case/${key}`, fake);
  await screen.findByTestId("composer-text", {}, SLOW);
  return rendered;
}

describe("the composer", () => {
  it("saves what is typed and sends it once, however often the keys are pressed", async () => {
    const { fake, user } = await open("case-call");
    await user.type(screen.getByTestId("composer-text"), "Thank you.");
    expect(screen.getByTestId("composer-count")).toHaveTextContent("10 of 7,982");
    // Three presses before anything is drawn anew, as from a worn key.
    const send = { key: "Enter", ctrlKey: true };
    act(() => {
      for (let press = 0; press < 3; press += 1)
        fireEvent.keyDown(screen.getByTestId("composer-text"), send);
    });
    await waitFor(() => expect(screen.getByTestId("composer-text")).toHaveValue(""));
    expect(fake.callsOf("draft_submit")).toHaveLength(1);
    expect(fake.callsOf("draft_save").at(-1)?.content).toEqual({
      kind: "reply",
      content: { body: "Thank you.", cc: [] },
    });
    expect(await screen.findByText("Waiting to be sent.", { exact: false })).toBeVisible();
    expect(screen.getByTestId("composer-sent")).toHaveTextContent("Reply 1 is in the outbox");
    await waitFor(() => expect(screen.getByTestId("composer-text")).toHaveFocus());
  });

  it("is empty at once after Send, and what is typed meanwhile is the next reply", async () => {
    const { fake, user } = await open("case-call");
    const field = () => screen.getByTestId<HTMLTextAreaElement>("composer-text");
    await user.type(field(), "First.");
    const answer = fake.delay("draft_submit");
    fireEvent.keyDown(field(), { key: "Enter", ctrlKey: true });
    // In the same frame, before anything has answered.
    expect(field()).toHaveValue("");
    expect(field()).not.toHaveAttribute("readonly");
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
    await user.type(field(), "Second");
    expect(field()).toHaveValue("Second");
    answer();
    await waitFor(() =>
      expect(fake.state.drafts.map(({ content }) => content)).toEqual([
        { kind: "reply", content: { body: "Second", cc: [] } },
      ]),
    );
    expect(field()).toHaveValue("Second");
    expect(field()).toHaveFocus();
    expect(fake.callsOf("draft_submit")).toHaveLength(1);
    expect(fake.callsOf("draft_save").map(({ content }) => content)).toContainEqual({
      kind: "reply",
      content: { body: "First.", cc: [] },
    });
  });

  it("brings both texts back where a reply is refused after the next was begun", async () => {
    const { fake, user } = await open("case-call");
    const field = () => screen.getByTestId<HTMLTextAreaElement>("composer-text");
    await user.type(field(), "First.");
    fake.fail("draft_submit", { code: "storage", message: "The disk is full.", retryable: true });
    const answer = fake.delay("draft_submit");
    fireEvent.keyDown(field(), { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
    await user.click(field());
    await user.paste("Second, pasted.");
    answer();
    expect(await screen.findByText(/The disk is full/)).toBeVisible();
    expect(field()).toHaveValue("First.\n\nSecond, pasted.");
    await waitFor(() =>
      expect(fake.state.drafts.map(({ content }) => content)).toEqual([
        { kind: "reply", content: { body: "First.\n\nSecond, pasted.", cc: [] } },
      ]),
    );
  });

  it("sends two replies one after the other, each with its own text", async () => {
    const { fake, user } = await open("case-call");
    const field = () => screen.getByTestId<HTMLTextAreaElement>("composer-text");
    const answer = fake.delay("draft_submit");
    await user.type(field(), "One");
    fireEvent.keyDown(field(), { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
    await user.type(field(), "Two");
    fireEvent.keyDown(field(), { key: "Enter", ctrlKey: true });
    expect(field()).toHaveValue("");
    await user.type(field(), "Three");
    answer();
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(2));
    await waitFor(() =>
      expect(fake.state.drafts.map(({ content }) => content)).toEqual([
        { kind: "reply", content: { body: "Three", cc: [] } },
      ]),
    );
    const sent = fake.case("case-call").messages.slice(-2);
    expect(sent.map(({ body }) => body)).toEqual(["One", "Two"]);
  });

  it("saves the next reply in a draft of its own where the case was left meanwhile", async () => {
    const { fake, user } = await open("case-call");
    const field = () => screen.getByTestId<HTMLTextAreaElement>("composer-text");
    await user.type(field(), "First.");
    const answer = fake.delay("draft_submit");
    fireEvent.keyDown(field(), { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
    await user.type(field(), "Second");
    act(() => {
      window.location.hash = "#/settings";
    });
    await screen.findByTestId("settings");
    answer();
    await waitFor(() =>
      expect(fake.state.drafts.map(({ content }) => content)).toEqual([
        { kind: "reply", content: { body: "Second", cc: [] } },
      ]),
    );
  });

  it("saves the next reply before the program ends", async () => {
    const { fake, user } = await open("case-call");
    const field = () => screen.getByTestId<HTMLTextAreaElement>("composer-text");
    await user.type(field(), "First.");
    const answer = fake.delay("draft_submit");
    fireEvent.keyDown(field(), { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
    await user.type(field(), "Second");
    act(() => fake.emit({ event: "flush" }));
    answer();
    await waitFor(() => expect(fake.callsOf("app_flushed")).toHaveLength(1));
    expect(fake.state.drafts.map(({ content }) => content)).toEqual([
      { kind: "reply", content: { body: "Second", cc: [] } },
    ]);
  });

  it("is not kept from sending by a judgement that is older than the text", async () => {
    const { fake, user } = await open("case-call");
    // A read that was begun while the reply was empty is answered late.
    const answer = fake.delay("draft_get");
    act(() => fake.emit({ event: "changed", changes: [{ what: "drafts" }] }));
    await waitFor(() => expect(fake.callsOf("draft_get").length).toBeGreaterThan(1));
    // What the save changes is told a moment later.
    vi.spyOn(fake, "changed").mockImplementation(() => undefined);
    await user.click(screen.getByTestId("composer-text"));
    await user.paste("Hello");
    await waitFor(() => expect(fake.callsOf("draft_save")).toHaveLength(1));
    await user.click(screen.getByTestId("composer-send"));
    await act(async () => answer());
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
    expect(screen.queryByTestId("composer-problem")).toBeNull();
  });

  it("brings back what was typed before", async () => {
    await open("case-call", (fake) => {
      fake.state.drafts = [
        {
          id: "kept",
          case: "case-call",
          subject: "",
          account: null,
          content: { kind: "reply", content: { body: "Half a sen", cc: ["kari@norvik.example"] } },
          files: [{ id: "f", name: "æ b.log", size: 2048, state: { state: "ready" } }],
          problems: [],
          createdAt: NOW,
          savedAt: NOW,
        },
      ];
    });
    expect(screen.getByTestId("composer-text")).toHaveValue("Half a sen");
    expect(screen.getByTestId("composer-address")).toHaveTextContent("kari@norvik.example");
    expect(screen.getByTestId("composer-file")).toHaveTextContent("æ b.log2.0 KB");
  });

  it("sends nothing that is empty, and says so at the field", async () => {
    const { fake, user } = await open("case-call");
    await user.click(screen.getByTestId("composer-send"));
    expect(await screen.findByTestId("composer-problem")).toHaveTextContent("Write a reply.");
    expect(screen.getByTestId("composer-text")).toHaveFocus();
    expect(fake.callsOf("draft_submit")).toEqual([]);
  });

  it("says that a text is too long while it is written", async () => {
    const { user } = await open("case-call");
    await user.click(screen.getByTestId("composer-text"));
    // AWS takes 8,000 with the reference line that is added.
    await user.paste("x".repeat(LIMITS.reply + 1));
    expect(screen.getByTestId("composer-count")).toHaveTextContent("7,983 of 7,982");
    expect(await screen.findByTestId("composer-problem")).toHaveTextContent("Shorten it");
  });

  it("keeps the text where sending fails, and sends it at the next try", async () => {
    const { fake, user } = await open("case-call", (f) =>
      f.fail("draft_submit", { code: "storage", message: "The disk is full.", retryable: true }),
    );
    await user.type(screen.getByTestId("composer-text"), "Hello");
    await user.click(screen.getByTestId("composer-send"));
    expect(await screen.findByText(/The disk is full/)).toHaveTextContent(
      "What you wrote is kept as a draft.",
    );
    expect(screen.getByTestId("composer-text")).toHaveValue("Hello");
    fake.heal("draft_submit");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.getByTestId("composer-text")).toHaveValue(""));
  });

  it("does not send what could not be saved", async () => {
    const { fake, user } = await open("case-call", (f) =>
      f.fail("draft_save", { code: "storage", message: "The disk is full.", retryable: true }),
    );
    await user.type(screen.getByTestId("composer-text"), "Hello");
    await user.click(screen.getByTestId("composer-send"));
    expect(
      await screen.findByText(/Not sent, because what you wrote could not be saved/),
    ).toBeVisible();
    expect(fake.callsOf("draft_submit")).toEqual([]);
  });

  it("brings back what could not be saved when one comes back to the case", async () => {
    const { fake, user } = await open("case-call", (f) =>
      f.fail("draft_save", { code: "storage", message: "The disk is full.", retryable: true }),
    );
    await user.type(screen.getByTestId("composer-text"), "Precious");
    await waitFor(() =>
      expect(screen.getByTestId("saved-mark")).toHaveTextContent(
        "Not saved: The disk is full. Trying again.",
      ),
    );
    act(() => {
      window.location.hash = "#/settings";
    });
    await screen.findByTestId("settings");
    act(() => {
      window.location.hash = "#/case/case-call";
    });
    expect(await screen.findByTestId("composer-text")).toHaveValue("Precious");
    expect(screen.getByTestId("saved-mark")).toHaveTextContent("Not saved: The disk is full.");
    fake.heal("draft_save");
    await waitFor(() => expect(screen.getByTestId("saved-mark")).toHaveTextContent("Draft saved"));
    expect(fake.callsOf("draft_save").at(-1)?.content).toEqual({
      kind: "reply",
      content: { body: "Precious", cc: [] },
    });
  });

  it("takes files by the dialog and by drops, and lets them be removed", async () => {
    const { fake, user } = await open("case-call");
    const draft = fake.state.drafts[0]?.id ?? "";
    await waitFor(() =>
      expect(fake.callsOf("drop_mount").at(-1)?.target).toEqual({ to: "draft", draft }),
    );
    await user.click(screen.getByTestId("composer-choose"));
    expect(await screen.findByTestId("composer-file")).toHaveTextContent("ingestion run ærlig.log");
    act(() => fake.emit({ event: "drag-over", over: true }));
    expect(await screen.findByText(/Drop the files to add them to this reply/)).toBeVisible();
    act(() => fake.emit({ event: "drag-over", over: false }));
    await user.click(screen.getByRole("button", { name: "Remove ingestion run ærlig.log" }));
    await waitFor(() => expect(screen.queryByTestId("composer-file")).toBeNull());
  });

  it("waits for a copy's address that is still being read", async () => {
    const { fake, user } = await open("case-call");
    await user.type(screen.getByTestId("composer-text"), "Hello");
    await user.click(screen.getByTestId("composer-copy"));
    await user.type(screen.getByRole("textbox", { name: "Copy to" }), "kari@norvik.example");
    const answer = fake.delay("contacts_read");
    // Leaving the field reads it.
    await user.click(screen.getByTestId("composer-send"));
    expect(fake.callsOf("draft_submit")).toEqual([]);
    answer();
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
    expect(fake.callsOf("draft_save").at(-1)?.content).toEqual({
      kind: "reply",
      content: { body: "Hello", cc: ["kari@norvik.example"] },
    });
  });

  it("says how many of the dropped files came, and why one did not", async () => {
    const { fake } = await open("case-call");
    const draft = fake.state.drafts[0]?.id ?? "";
    const message = "app.log is a link to another file, and links are not followed.";
    const problem: Problem = { code: "invalid-input", message, retryable: false };
    act(() =>
      fake.emit({
        event: "files-added",
        draft,
        files: [
          { id: "1", name: "run.log", size: 3, state: { state: "ready" } },
          { id: "2", name: "app.log", size: 0, state: { state: "refused", problem } },
        ],
      }),
    );
    const told = await screen.findByTestId("files-added");
    expect(told).toHaveTextContent("1 of 2 files added");
    expect(told).toHaveTextContent(message);
    expect(told).toHaveTextContent("Added: run.log");
  });

  it("says at a refused file why, and sends nothing", async () => {
    const { fake, user } = await open("case-call", (f) => {
      f.state.chosen = [
        {
          id: "big",
          name: "dump.zip",
          size: 48_000_000,
          state: {
            state: "refused",
            problem: {
              code: "invalid-input",
              field: "files",
              message: "5 MB are allowed.",
              retryable: false,
            },
          },
        },
      ];
    });
    await user.type(screen.getByTestId("composer-text"), "Here it is.");
    await user.click(screen.getByTestId("composer-choose"));
    expect(await screen.findByTestId("composer-file")).toHaveTextContent("5 MB are allowed.");
    await user.click(screen.getByTestId("composer-send"));
    expect(await screen.findByTestId("composer-problem")).toHaveTextContent(
      "dump.zip cannot be sent.",
    );
    expect(fake.callsOf("draft_submit")).toEqual([]);
  });

  it("quotes what is no address as it was entered", async () => {
    const { user } = await open("case-call");
    await user.click(screen.getByTestId("composer-copy"));
    await user.type(screen.getByRole("textbox", { name: "Copy to" }), "not an address{Enter}");
    expect(await screen.findByText(/“not an address” is not an e-mail address/)).toBeVisible();
  });

  it("marks a wrong address, keeps it, and does not send", async () => {
    const { fake, user } = await open("case-call");
    await user.click(screen.getByTestId("composer-copy"));
    const field = screen.getByRole("textbox", { name: "Copy to" });
    await user.type(field, "kari@norvik.example,nobody{Enter}");
    await waitFor(() =>
      expect(screen.getAllByTestId("composer-address").map((each) => each.textContent)).toEqual([
        "kari@norvik.example",
        "nobody",
      ]),
    );
    expect(await screen.findByText(/“nobody” is not an e-mail address/)).toBeVisible();
    await user.type(screen.getByTestId("composer-text"), "Hello");
    await user.click(screen.getByTestId("composer-send"));
    await waitFor(() => expect(screen.getByTestId("composer-text")).toHaveFocus());
    expect(fake.callsOf("draft_submit")).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Remove nobody" }));
    await user.click(screen.getByTestId("composer-send"));
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
    expect(fake.callsOf("draft_save").at(-1)?.content).toMatchObject({
      content: { cc: ["kari@norvik.example"] },
    });
  });
});

describe("a resolved case", () => {
  it("says that a reply reopens it, and until when", async () => {
    await open("case-resolved");
    const until = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" }).format(
      NOW + 9 * 86_400_000,
    );
    expect(screen.getByTestId("composer-note")).toHaveTextContent(
      `Replying reopens the case, possible until ${until}.`,
    );
  });

  it("leads to a new report that names it when it cannot be reopened any more", async () => {
    const fake = new FakePlatform();
    fake.state.cases = everyState(NOW);
    const { user } = renderApp("/case/case-over", fake);
    expect(await screen.findByTestId("case-report-again")).toHaveTextContent(
      "a reply could reopen it until",
    );
    expect(screen.queryByTestId("composer-text")).toBeNull();
    await user.click(
      screen.getByRole("button", { name: "Report a new incident that names this one" }),
    );
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/report\/draft-new/));
    const [saved] = fake.callsOf("draft_save");
    expect(saved?.content).toMatchObject({
      kind: "report",
      content: {
        subject: "Storage: 504 on batch reads",
        body: expect.stringContaining("179490011200456"),
      },
    });
  });
});
