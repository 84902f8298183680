import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { ReportContent } from "../../platform/contract";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";
import { COMPLETE, DRAFT, draftOf, kept, NETWORK, NOW, open } from "./fixtures";

describe("the first step", () => {
  it("sets the service from the kind of problem", async () => {
    const { fake, user } = await open();
    await user.click(await screen.findByRole("radio", { name: /A question or a wish/ }));
    await waitFor(() =>
      expect(kept(fake)).toMatchObject({ kind: "question", service: "service-request" }),
    );
    await user.click(screen.getByRole("radio", { name: /Access is denied/ }));
    await waitFor(() =>
      expect(kept(fake)).toMatchObject({ kind: "access", service: "report-incident" }),
    );
  });

  it("shows each priority with its meaning and target, without the codes that are sent", async () => {
    await open();
    const high = await screen.findByRole("radio", { name: "High" });
    expect(high).toHaveAccessibleDescription(/First response within 15 minutes/);
    expect(screen.getByRole("radio", { name: "Medium" })).toHaveAccessibleDescription(
      /within 4 hours/,
    );
    expect(screen.queryByText("critical")).not.toBeInTheDocument();
  });

  it("promises a question no response time, and calls nothing of it a standstill", async () => {
    await open({ kind: "question", service: "service-request" });
    const high = await screen.findByRole("radio", { name: "High" });
    expect(high).toHaveAccessibleDescription(/work waits for the answer/);
    expect(screen.queryByText(/Production stands still/)).not.toBeInTheDocument();
    expect(screen.queryByText(/First response within/)).not.toBeInTheDocument();
  });

  it("preselects the only account", async () => {
    const only = fixtures.accounts(NOW).slice(0, 1);
    const fake = new FakePlatform({ accounts: only, drafts: [draftOf({}, null)] });
    renderApp(`/report/${DRAFT}`, fake);
    await waitFor(() => expect(kept(fake).account).toBe(only[0]?.id));
  });

  it("says nothing of what is missing before it was asked to go on, then says it and takes the focus there", async () => {
    const { user } = await open({ subject: "x" });
    await screen.findByRole("radio", { name: "High" });
    expect(screen.queryByText("Choose a priority.")).not.toBeInTheDocument();
    // Something is entered, so that the draft is judged.
    await user.click(screen.getByRole("radio", { name: /Data does not come in/ }));
    await user.click(screen.getByTestId("report-next"));
    expect(await screen.findByText("Choose a priority.")).toBeVisible();
    expect(screen.getByTestId("report")).toHaveAttribute("data-step", "1");
    await waitFor(() => expect(screen.getByRole("radio", { name: "High" })).toHaveFocus());
  });

  it("does not call a priority missing that was chosen and saved after the core was asked", async () => {
    const { fake, user } = await open();
    await user.click(await screen.findByRole("radio", { name: /Data does not come in/ }));
    await waitFor(() => expect(kept(fake).kind).toBe("data-in"));
    // The core judges the draft without a priority; its answer comes only after the choice was saved.
    const answer = fake.delay("draft_get");
    const asked = fake.callsOf("draft_get").length;
    act(() => fake.emit({ event: "changed", changes: [{ what: "drafts" }] }));
    await waitFor(() => expect(fake.callsOf("draft_get").length).toBeGreaterThan(asked));
    // What the save changes is told a moment later.
    vi.spyOn(fake, "changed").mockImplementation(() => undefined);
    await user.click(await screen.findByRole("radio", { name: "High" }));
    await waitFor(() => expect(kept(fake).priority).toBe("high"));
    await act(async () => answer());
    await user.click(screen.getByTestId("report-next"));
    expect(await screen.findByRole("textbox", { name: "Subject" })).toBeVisible();
    expect(screen.queryByText("Choose a priority.")).not.toBeInTheDocument();
  });

  it("goes on with what is known when AWS cannot be asked", async () => {
    const { user } = await open(COMPLETE, (fake) => {
      const asked = fixtures.reportForm(fixtures.PRODUCTION, NOW);
      fake.answer("report_form", { ...asked, services: [], fetchedAt: null, problem: NETWORK });
    });
    expect(await screen.findByText(/goes out as soon as AWS answers/)).toBeVisible();
    expect(screen.getByText("Found by its name when the report is sent")).toBeVisible();
    await user.click(screen.getByTestId("report-next"));
    expect(await screen.findByRole("textbox", { name: "Subject" })).toBeVisible();
  });
});

describe("going through the form", () => {
  it("begins and goes on in the first field of each step", async () => {
    const { user } = await open({ subject: "x" });
    await waitFor(() =>
      expect(screen.getByRole("radio", { name: /Data does not come in/ })).toHaveFocus(),
    );
    await user.click(screen.getByTestId("report-step-2"));
    await waitFor(() => expect(screen.getByRole("textbox", { name: "Subject" })).toHaveFocus());
    await user.click(screen.getByTestId("report-step-3"));
    await user.click(await screen.findByTestId("report-next"));
    await waitFor(() => expect(screen.getByRole("radio", { name: /^Web/ })).toHaveFocus());
  });

  it("stays in a report that is being written when a new one is asked for", async () => {
    const { fake, user } = await open({ kind: "access" });
    const first = await screen.findByRole("radio", { name: /Access is denied/ });
    await waitFor(() => expect(first).toHaveFocus());
    await user.tab();
    await user.keyboard("n");
    await waitFor(() => expect(first).toHaveFocus());
    expect(window.location.hash).toBe(`#/report/${DRAFT}`);
    expect(fake.callsOf("draft_begin")).toHaveLength(0);
  });

  it("counts a file that was added as the draft's last save", async () => {
    const fake = new FakePlatform({
      drafts: [{ ...draftOf({ ...COMPLETE, step: 2 }), savedAt: NOW - 3_600_000 }],
    });
    renderApp(`/report/${DRAFT}`, fake);
    expect(await screen.findByTestId("saved-mark")).toHaveTextContent("Draft saved 1 h ago");
    fake.state.drafts = fake.state.drafts.map((draft) => ({ ...draft, savedAt: Date.now() }));
    act(() => fake.emit({ event: "changed", changes: [{ what: "drafts" }] }));
    await waitFor(() =>
      expect(screen.getByTestId("saved-mark")).not.toHaveTextContent("Draft saved 1 h ago"),
    );
  });

  it("is possible in any order, and keeps the place in the draft", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByTestId("report-step-3"));
    expect(await screen.findByRole("tab", { name: "Solve now" })).toBeVisible();
    expect(screen.getByTestId("report-step-3")).toHaveAttribute("aria-current", "step");
    await waitFor(() => expect(kept(fake).step).toBe(3));
    await user.click(screen.getByTestId("report-step-2"));
    expect(await screen.findByRole("textbox", { name: "Description" })).toBeVisible();
  });

  it("moves with Alt and the arrows, and submits with Ctrl+Enter", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 3 });
    await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
    await user.click(await screen.findByRole("textbox", { name: "Description" }));
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    await screen.findByTestId("report-solved");
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    await screen.findByTestId("report-submit");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(fake.callsOf("draft_submit")).toHaveLength(1));
  });

  it("saves what was typed before it leaves", async () => {
    const { fake, user } = await open({ step: 2 });
    await user.type(await screen.findByRole("textbox", { name: "Subject" }), "Search is down");
    await user.click(screen.getByTestId("report-close"));
    await screen.findByTestId("incidents");
    expect(kept(fake).subject).toBe("Search is down");
    expect(screen.getAllByText(/draft is kept/)).not.toHaveLength(0);
  });

  it("leaves no empty draft behind", async () => {
    const { fake, user } = await open();
    await user.click(screen.getByTestId("report-close"));
    await screen.findByTestId("incidents");
    expect(fake.state.drafts).toHaveLength(0);
  });

  it.each<[string, Partial<ReportContent>]>([
    ["a way of contact", { contact: "phone" }],
    ["a service", { service: "service-request" }],
    ["a category", { categoryCode: "edi-application-issues-7f3c" }],
    ["that it is a test", { asTest: true }],
    ["a Region", { phone: { region: "eu-west-1", number: "", extension: "" } }],
  ])("keeps a draft in which only %s was chosen", async (_what, entered) => {
    const { fake, user } = await open(entered);
    await user.click(screen.getByTestId("report-close"));
    await screen.findByTestId("incidents");
    expect(kept(fake)).toMatchObject(entered);
  });

  it("says at whatever step how many of the dropped files came, and which did not", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 4 });
    const message = "shadow.lnk is a shortcut, not the file that it leads to.";
    act(() =>
      fake.emit({
        event: "files-added",
        draft: DRAFT,
        files: [
          { id: "1", name: "run.log", size: 3, state: { state: "ready" } },
          {
            id: "2",
            name: "shadow.lnk",
            size: 76,
            state: {
              state: "refused",
              problem: { code: "invalid-input", message, retryable: false },
            },
          },
        ],
      }),
    );
    expect(await screen.findByTestId("files-added")).toHaveTextContent("1 of 2 files added");
    expect(screen.getByText(message)).toBeVisible();
    await user.click(screen.getByTestId("report-previous"));
    await screen.findByTestId("report-solved");
    expect(screen.getByText(message)).toBeVisible();
  });

  it("tells of files that came before the page of their draft", async () => {
    const fake = new FakePlatform({ drafts: [draftOf({ subject: "x" })] });
    renderApp("/", fake);
    await screen.findByTestId("incidents");
    act(() => {
      fake.emit({ event: "open-draft", draft: DRAFT });
      fake.emit({
        event: "files-added",
        draft: DRAFT,
        files: [{ id: "1", name: "run.log", size: 3, state: { state: "ready" } }],
      });
    });
    expect(await screen.findByTestId("files-added")).toHaveTextContent("1 file added");
  });

  it("stays when what was typed cannot be saved", async () => {
    const { fake, user } = await open({ step: 2 });
    fake.fail("draft_save", { code: "storage", message: "The disk is full.", retryable: true });
    const subject = await screen.findByRole("textbox", { name: "Subject" });
    await user.type(subject, "Search is down");
    await user.click(screen.getByTestId("report-close"));
    expect(await screen.findByText(/could not be saved on this computer/)).toBeVisible();
    expect(screen.getByTestId("saved-mark")).toHaveTextContent("Not saved: The disk is full.");
    expect(subject).toHaveValue("Search is down");
  });

  it("asks before it discards", async () => {
    const { fake, user } = await open(COMPLETE);
    await user.click(screen.getByTestId("report-discard"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("Manifest ingestion stuck");
    await user.click(within(dialog).getByRole("button", { name: "Keep the draft" }));
    expect(fake.callsOf("draft_discard")).toHaveLength(0);
    await user.click(screen.getByTestId("report-discard"));
    await user.click(await screen.findByTestId("report-discard-confirm"));
    await screen.findByTestId("incidents");
    expect(fake.state.drafts).toHaveLength(0);
  });
});

describe("the second step", () => {
  it("says nothing of a field that was only passed", async () => {
    const { fake, user } = await open({ ...COMPLETE, subject: "", step: 2 });
    const subject = await screen.findByRole("textbox", { name: "Subject" });
    await waitFor(() => expect(subject).toHaveFocus());
    vi.spyOn(document, "hasFocus").mockReturnValue(true);
    await user.tab();
    // The next field is changed and left: by then the first would have been judged too.
    const body = screen.getByRole("textbox", { name: "Description" });
    await user.clear(body);
    await user.tab();
    vi.restoreAllMocks();
    expect(
      await within(screen.getByTestId("report-field-body")).findByText(/Describe/),
    ).toBeVisible();
    expect(subject).toBeValid();
    expect(kept(fake).subject).toBe("");
  });

  it("says beside Next which files cannot be sent, and removes them all at once", async () => {
    const problem = { code: "invalid-input" as const, message: "Too large.", retryable: false };
    const refused = (id: string) => ({
      id,
      name: `${id}.log`,
      size: 9,
      state: { state: "refused" as const, problem },
    });
    const ready = { id: "ok", name: "ok.log", size: 9, state: { state: "ready" as const } };
    const fake = new FakePlatform({
      drafts: [
        { ...draftOf({ ...COMPLETE, step: 2 }), files: [refused("a"), ready, refused("b")] },
      ],
    });
    const { user } = renderApp(`/report/${DRAFT}`, fake);
    expect(await screen.findByTestId("report-refused")).toHaveTextContent(
      "2 files cannot be sent.",
    );
    await user.click(screen.getByRole("button", { name: "Remove the 2 files" }));
    await waitFor(() => expect(screen.queryByTestId("report-refused")).not.toBeInTheDocument());
    expect(fake.state.drafts[0]?.files.map(({ id }) => id)).toEqual(["ok"]);
  });

  it("says what is missing at a field once it was left, and no more when it is there", async () => {
    const { user } = await open({ ...COMPLETE, subject: "x", step: 2 });
    const subject = await screen.findByRole("textbox", { name: "Subject" });
    await user.clear(subject);
    expect(screen.queryByText("Enter a subject.")).not.toBeInTheDocument();
    // jsdom counts a document without a focused element as one without focus, even between two fields.
    vi.spyOn(document, "hasFocus").mockReturnValue(true);
    await user.tab();
    vi.restoreAllMocks();
    expect(await screen.findByText("Enter a subject.")).toBeVisible();
    expect(subject).toBeInvalid();
    await user.type(subject, "Search is down");
    await waitFor(() => expect(screen.queryByText("Enter a subject.")).not.toBeInTheDocument());
  });

  it("guides by the kind of problem", async () => {
    await open({ kind: "question", step: 2 });
    expect(await screen.findByTestId("report-guidance")).toHaveTextContent("Purpose");
  });

  it("counts as the API counts, with what is added to the text", async () => {
    await open({ ...COMPLETE, body: "🛢".repeat(7_990), step: 2 });
    const added = "\n\nRef ED-7K2M-9QXD".length;
    const field = await screen.findByTestId("report-field-body");
    await waitFor(() =>
      expect(field).toHaveTextContent(
        `7,990 of ${(8_000 - added).toLocaleString("en-GB")} characters`,
      ),
    );
    expect(field).toHaveTextContent(`${added - 10} too many`);
  });
});

describe("Solve now", () => {
  it("adds a report to no incident of another account, which can only be opened", async () => {
    const fake = new FakePlatform({
      drafts: [draftOf({ ...COMPLETE, step: 3, account: fixtures.TEST }, fixtures.TEST)],
    });
    renderApp(`/report/${DRAFT}`, fake);
    const similar = await screen.findByTestId("report-similar-open");
    expect(within(similar).getByTestId("report-other-account")).toBeVisible();
    expect(within(similar).getByRole("button", { name: "Open it" })).toBeVisible();
    expect(within(similar).queryByText("Add my report to it")).not.toBeInTheDocument();
  });

  it("puts the report into the reply of the open incident, unsent, and keeps the draft", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 3, cc: ["tom@norvik.example"] });
    await user.click(await screen.findByRole("button", { name: "Add my report to it" }));
    await waitFor(() => expect(screen.getByTestId("composer-text")).toHaveFocus());
    expect(window.location.hash).toMatch(/^#\/case\/[^/]+$/);
    const reply = fake.state.drafts.find(({ content }) => content.kind === "reply");
    expect(reply?.content).toEqual({
      kind: "reply",
      content: {
        body: "Manifest ingestion stuck\n\nAll runs stay in RUNNING since 05:10 CET.",
        cc: ["tom@norvik.example"],
      },
    });
    expect(fake.callsOf("draft_submit")).toHaveLength(0);
    expect(kept(fake).subject).toBe("Manifest ingestion stuck");
  });

  it("quotes what solved a similar one, and mentions it on demand", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 3 });
    const [first] = await screen.findAllByTestId("report-similar-resolved");
    if (first === undefined) throw new Error("nothing is shown");
    expect(first).toHaveTextContent("What solved it We have doubled the workers");
    await user.click(within(first).getByRole("button", { name: "Mention it in my report" }));
    expect(first).toHaveTextContent("Mentioned in your description");
    await waitFor(() => expect(kept(fake).body).toContain("Similar to earlier incident"));
  });

  it("says honestly that nothing similar is known", async () => {
    const fake = new FakePlatform({ cases: [], drafts: [draftOf({ ...COMPLETE, step: 3 })] });
    renderApp(`/report/${DRAFT}`, fake);
    expect(await screen.findByTestId("report-nothing-similar")).toHaveTextContent(
      "No similar incident is known",
    );
  });

  it("discards the draft when that solved it, after asking", async () => {
    const { fake, user } = await open({ ...COMPLETE, step: 3 });
    await user.click(screen.getByTestId("report-solved"));
    await user.click(await screen.findByTestId("report-discard-confirm"));
    // First what goes away by itself.
    expect(await screen.findAllByText(/Thank you/)).not.toHaveLength(0);
    await screen.findByTestId("incidents");
    expect(fake.state.drafts).toHaveLength(0);
    expect(fake.callsOf("draft_submit")).toHaveLength(0);
  });
});

it("says of a draft that was sent or discarded that it is not here any more", async () => {
  renderApp("/report/gone", new FakePlatform());
  expect(await screen.findByTestId("report-gone")).toHaveTextContent("submitted or discarded");
});

it("asks for an account first where there is none, without losing the draft", async () => {
  const fake = new FakePlatform({ accounts: [], drafts: [draftOf(COMPLETE)] });
  renderApp(`/report/${DRAFT}`, fake);
  expect(await screen.findByTestId("report-no-account")).toBeVisible();
  expect(fake.state.drafts).toHaveLength(1);
});
