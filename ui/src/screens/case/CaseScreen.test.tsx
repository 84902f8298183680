import { act, screen, waitFor, within } from "@testing-library/react";
import axe, { type AxeResults } from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakePlatform } from "../../platform/fake";
import { type Rendered, renderApp } from "../../test/render";
import { ECO, everyState, ME, message, someCase } from "./fixtures";

const NOW = Date.now();
/** The first test also loads the screen's modules. */
const SLOW = { timeout: 60_000 };
/** A case is seen only after a moment. */
const LOOKED = { timeout: 20_000 };

function fakeWith(
  ...cases: Parameters<typeof Array.of<ReturnType<typeof someCase>>>
): FakePlatform {
  const fake = new FakePlatform();
  fake.state.cases = cases;
  return fake;
}

async function open(key: string, fake: FakePlatform): Promise<Rendered> {
  const rendered = renderApp(`/case/${key}`, fake);
  await screen.findByTestId("case-screen", {}, SLOW);
  await screen.findAllByTestId("case-message");
  return rendered;
}

function everything(): FakePlatform {
  return fakeWith(...everyState(NOW));
}

let focused = true;
beforeEach(() => {
  focused = true;
  vi.spyOn(document, "hasFocus").mockImplementation(() => focused);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("the head and the facts of a case", () => {
  it("say what it is, how it stands and who has to act", async () => {
    await open("case-long", everything());
    expect(screen.getByTestId("case-subject")).toHaveTextContent(/^Ingestion of the 2026/);
    expect(screen.getByTestId("case-status")).toHaveTextContent("Pending customer action");
    expect(screen.getByTestId("case-waits-for-you")).toHaveTextContent("ECO waits for you, 5 min");
    const facts = screen.getByTestId("case-facts");
    expect(facts).toHaveTextContent("AMS Operations - Report Incident");
    expect(facts).toHaveTextContent("critical");
    const steps = screen.getByRole("list", { name: "Where the incident stands" });
    expect(within(steps).getByText("Waiting for you").closest("li")).toHaveAttribute(
      "aria-current",
      "step",
    );
  });

  it("copy the number to the clipboard", async () => {
    const { fake, user } = await open("case-call", everything());
    await user.click(screen.getAllByRole("button", { name: "Copy the number" })[0] as HTMLElement);
    expect(fake.callsOf("clipboard_copy")).toEqual([{ text: "179490011200456" }]);
    expect(await screen.findByText("Copied")).toBeInTheDocument();
  });

  it("open Support Center, and say why not where it cannot be", async () => {
    const { fake, user } = await open("case-call", everything());
    await user.click(screen.getByTestId("case-open-console"));
    expect(fake.callsOf("case_open_console")).toEqual([{ case: "case-call" }]);
  });

  it("say that the demo has no Support Center", async () => {
    const fake = everything();
    fake.state.app.mode = "demo";
    for (const known of fake.state.cases) known.detail = { ...known.detail, consoleUrl: null };
    await open("case-call", fake);
    expect(screen.getByTestId("case-open-console")).toHaveAttribute("aria-disabled", "true");
    expect(screen.getByTestId("case-hand-over")).toHaveTextContent(
      "The demo has no Support Center",
    );
    expect(screen.queryByTestId("hand-over-open")).toBeNull();
  });
});

describe("the banners of a case", () => {
  it("say that ECO does not have it, why, and lead to the outbox", async () => {
    const { user } = await open("case-unsent", everything());
    const banner = screen.getByTestId("case-not-yet-sent");
    expect(banner).toHaveTextContent("NOT YET WITH ECO");
    expect(banner).toHaveTextContent("AWS Support was not reached.");
    await user.click(within(banner).getByRole("button", { name: "Drafts & outbox" }));
    expect(window.location.hash).toBe("#/outbox");
  });

  it("raise no alarm for a report that is being sent as it should be", async () => {
    const fake = everything();
    const unsent = fake.state.cases.find(({ row }) => row.key === "case-unsent");
    if (unsent) unsent.row.notYetWithEco = false;
    await open("case-unsent", fake);
    expect(screen.getByTestId("case-on-its-way")).toHaveTextContent("It is on its way to ECO.");
    expect(screen.queryByTestId("case-not-yet-sent")).toBeNull();
    expect(screen.queryByText(/not yet with eco/i)).toBeNull();
  });

  it("offer another way for a High report that ECO does not have", async () => {
    const { user, fake } = await open("case-unsent", everything());
    await user.click(screen.getByTestId("case-copy-report"));
    expect(fake.callsOf("clipboard_copy")).toEqual([
      { text: "Storage: 504 on batch reads\n\nStorage answers 504 since 09:10 CET." },
    ]);
    expect(await screen.findByText("The report is on the clipboard.")).toBeVisible();
    await user.click(
      screen.getByRole("link", { name: "https://console.aws.amazon.com/support/home" }),
    );
    expect(fake.callsOf("link_open")).toEqual([
      { address: "https://console.aws.amazon.com/support/home", confirmed: false },
    ]);
  });

  it("do not offer it for a report that can wait", async () => {
    const fake = everything();
    const unsent = fake.state.cases.find(({ row }) => row.key === "case-unsent");
    if (unsent) unsent.row.priority = "medium";
    await open("case-unsent", fake);
    expect(screen.getByTestId("case-not-yet-sent")).toBeVisible();
    expect(screen.queryByTestId("case-copy-report")).toBeNull();
  });

  it("say that ECO has it before AWS lists it", async () => {
    await open("case-phone", everything());
    expect(screen.getByTestId("case-just-sent")).toHaveTextContent("ECO has it.");
    expect(screen.getByTestId("case-delivery")).toHaveTextContent(
      "Sent. AWS lists it within minutes.",
    );
  });

  it("say that AWS does not list an incident that it took, and keep its text at hand", async () => {
    const fake = everything();
    const known = fake.state.cases.find(({ row }) => row.key === "case-phone");
    if (known) {
      known.row.presence = "unlisted";
      known.messages = known.messages.map((one) => ({ ...one, delivery: "unlisted" }));
    }
    const { user } = await open("case-phone", fake);
    const told = screen.getByTestId("case-unlisted-told");
    expect(told).toHaveTextContent("ECO may not have this incident");
    expect(screen.getByTestId("case-status")).toHaveTextContent("Not listed by AWS");
    expect(screen.getByTestId("case-unlisted")).toHaveTextContent(
      "AWS took it and does not list it.",
    );
    await user.click(screen.getByTestId("case-unlisted-copy"));
    expect(fake.callsOf("clipboard_copy")).toEqual([
      { text: "Storage: 504 on batch reads\n\nStorage answers 504 since 09:10 CET." },
    ]);
    expect(await screen.findByText(/The text is on the clipboard/)).toBeVisible();
  });

  it("say that a reply is stopped, and why", async () => {
    const fake = everything();
    const known = fake.state.cases.find(({ row }) => row.key === "case-call");
    const problem = {
      code: "access-denied",
      message: "You are not allowed to do this.",
      retryable: false,
    } as const;
    known?.messages.push(
      message("stopped", NOW, ME, "Did this go?", { delivery: "stopped", problem }),
    );
    await open("case-call", fake);
    const told = screen.getByTestId("case-stopped");
    expect(told).toHaveTextContent("Not sent: You are not allowed to do this.");
    expect(told).not.toHaveTextContent("Waiting to be sent");
    expect(within(told).getByRole("link")).toHaveAttribute("href", "#/outbox");
  });

  it("say that AWS does not list a message that it took", async () => {
    const fake = everything();
    const known = fake.state.cases.find(({ row }) => row.key === "case-call");
    known?.messages.push(message("lost", NOW, ME, "Did this arrive?", { delivery: "unlisted" }));
    await open("case-call", fake);
    expect(screen.getByTestId("case-unlisted-told")).toHaveTextContent(
      "ECO may not have your message",
    );
    expect(screen.getAllByTestId("case-unlisted")).toHaveLength(1);
  });

  it("hand a call over to Support Center with the number on the clipboard, until it is done", async () => {
    const { fake, user } = await open("case-call", everything());
    const banner = screen.getByTestId("case-hand-over");
    expect(banner).toHaveTextContent(
      "ECO will not call until you request the call in Support Center",
    );
    expect(banner).toHaveTextContent("+4751000000, extension 12, Region eu-west-1");
    await user.click(screen.getByTestId("hand-over-open"));
    await waitFor(() => expect(fake.callsOf("case_open_console")).toEqual([{ case: "case-call" }]));
    expect(fake.callsOf("clipboard_copy")).toEqual([{ text: "+4751000000" }]);
    await user.click(screen.getByTestId("hand-over-done"));
    await waitFor(() => expect(screen.queryByTestId("case-hand-over")).toBeNull());
  });
});

describe("the correspondence", () => {
  it("says why some of it is missing", async () => {
    const fake = everything();
    const known = fake.state.cases.find(({ row }) => row.key === "case-call");
    if (known) known.gap = "denied";
    await open("case-call", fake);
    expect(screen.getByTestId("case-gap-told")).toHaveTextContent("support:DescribeCommunications");
  });

  it("shows the opening and the newest, and loads what lies between", async () => {
    const { fake, user } = await open("case-long", everything());
    const shown = () => screen.getAllByTestId("case-message").length;
    expect(shown()).toBe(22);
    expect(screen.getByTestId("case-gap")).toHaveTextContent("38 more, ");
    expect(screen.getByText(/^First response, 8 min$/)).toBeVisible();
    await user.click(screen.getByTestId("case-load-more"));
    await waitFor(() => expect(shown()).toBe(42));
    act(() => fake.ecoReplies("case-long", "One more."));
    expect(await screen.findByText("One more.")).toBeInTheDocument();
    // Nothing that was on screen is pushed back into the gap.
    await waitFor(() => expect(shown()).toBe(43));
    expect(screen.getByTestId("case-gap")).toHaveTextContent("18 more, ");
    expect(fake.callsOf("case_correspondence").at(-1)).toEqual({ case: "case-long", recent: 40 });
  });

  it("marks where the unseen messages begin, and keeps the mark when they are seen", async () => {
    const { fake } = await open("case-long", everything());
    const below = () =>
      screen.getByTestId("case-new").nextElementSibling?.querySelector("[data-message]");
    expect(below()).toHaveAttribute("data-message", "long-57");
    await waitFor(() => expect(fake.callsOf("case_seen")).toEqual([{ case: "case-long" }]), LOOKED);
    await waitFor(() => expect(fake.state.cases[0]?.row.unread).toBe(false));
    expect(below()).toHaveAttribute("data-message", "long-57");
  });

  it("counts a case as seen only when the window has the focus", async () => {
    focused = false;
    const { fake } = await open("case-long", everything());
    expect(fake.callsOf("case_seen")).toEqual([]);
    focused = true;
    act(() => void window.dispatchEvent(new Event("focus")));
    await waitFor(() => expect(fake.callsOf("case_seen")).toEqual([{ case: "case-long" }]), LOOKED);
  });

  it("reads nothing at a glance", async () => {
    const { fake } = await open("case-long", everything());
    await screen.findByTestId("case-new");
    expect(fake.callsOf("case_seen")).toEqual([]);
    focused = false;
    act(() => void window.dispatchEvent(new Event("blur")));
    await new Promise((done) => setTimeout(done, 2000));
    expect(fake.callsOf("case_seen")).toEqual([]);
  });

  it("leaves unread what was marked so by hand, until the case is opened again", async () => {
    const { fake, user } = await open("case-long", everything());
    await waitFor(() => expect(fake.state.cases[0]?.row.unread).toBe(false), LOOKED);
    await user.keyboard("u");
    await waitFor(() => expect(fake.state.cases[0]?.row.unread).toBe(true));
    expect(fake.callsOf("case_mark")).toEqual([{ cases: ["case-long"], unread: true }]);
    await new Promise((done) => setTimeout(done, 2000));
    expect(fake.callsOf("case_seen")).toHaveLength(1);
    act(() => fake.ecoReplies("case-long", "One more."));
    await waitFor(() => expect(fake.callsOf("case_seen")).toHaveLength(2), LOOKED);
  });

  it("saves a file where the user says, and tells where it went", async () => {
    const { fake, user } = await open("case-by-eco", everything());
    await user.click(
      screen.getAllByRole("button", { name: "Save storage-504.log" })[0] as HTMLElement,
    );
    expect(fake.callsOf("file_save")).toEqual([
      { case: "case-by-eco", attachmentId: "attachment-log" },
    ]);
    expect(await screen.findByText(/^Saved/)).toHaveTextContent(
      "Saved storage-504.log to ddms-requests.log.",
    );
  });

  it("warns before it saves a file that runs when it is opened", async () => {
    const fake = everything();
    for (const known of fake.state.cases) {
      for (const message of known.messages) {
        for (const file of message.files) Object.assign(file, { name: "codgpj.exe", runs: true });
      }
    }
    const { user } = await open("case-by-eco", fake);
    const save = screen.getAllByRole("button", { name: "Save codgpj.exe" })[0] as HTMLElement;
    await user.click(save);
    expect(await screen.findByTestId("file-runs")).toHaveTextContent("codgpj.exe");
    await user.click(screen.getByTestId("file-runs-cancel"));
    await waitFor(() => expect(screen.queryByTestId("file-runs")).toBeNull());
    expect(fake.callsOf("file_save")).toEqual([]);
    await user.click(save);
    await user.click(await screen.findByTestId("file-runs-save"));
    expect(fake.callsOf("file_save")).toHaveLength(1);
  });

  it("says at the file why it could not be saved", async () => {
    const fake = everything();
    fake.fail("file_save", {
      code: "access-denied",
      message: "DescribeAttachment is not allowed.",
      retryable: false,
    });
    const { user } = await open("case-by-eco", fake);
    await user.click(
      screen.getAllByRole("button", { name: "Save storage-504.log" })[0] as HTMLElement,
    );
    expect(
      await screen.findByText("storage-504.log was not saved. DescribeAttachment is not allowed."),
    ).toBeVisible();
  });

  it("shows what ECO writes while the case is open, and offers it where the reader is elsewhere", async () => {
    const fake = fakeWith(someCase("a", NOW));
    await open("a", fake);
    // The reader is far above the end: the newest message is below what is in view.
    const column = screen.getByRole("region", { name: "Correspondence" });
    Object.defineProperty(column, "scrollHeight", { configurable: true, value: 2000 });
    Object.defineProperty(column, "clientHeight", { configurable: true, value: 400 });
    column.getBoundingClientRect = () => DOMRect.fromRect({ y: 0, height: 400 });
    vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(
      DOMRect.fromRect({ y: 900, height: 50 }),
    );
    act(() => void column.dispatchEvent(new Event("scroll")));
    act(() => fake.ecoReplies("a", "We found the cause."));
    expect(await screen.findByText("We found the cause.")).toBeInTheDocument();
    const before = column.scrollTop;
    const pill = await screen.findByTestId("case-new-message");
    expect(fake.callsOf("case_seen")).toEqual([]);
    expect(column.scrollTop).toBe(before);
    act(() => pill.click());
    expect(column.scrollTop).toBe(2000);
  });
});

describe("with a screen reader", () => {
  it.each(["case-long", "case-unsent", "case-call", "case-over"])(
    "%s has no fault that axe finds",
    async (key) => {
      const { container } = await open(key, everything());
      const part = container.querySelector<HTMLElement>(".case");
      expect(part).not.toBeNull();
      // Contrast needs a real page; everything else can be judged here.
      const rules = { "color-contrast": { enabled: false } };
      let found: AxeResults | undefined;
      await act(async () => {
        found = await axe.run(part as HTMLElement, { rules });
      });
      expect(found?.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    },
  );
});

describe("what goes wrong", () => {
  it("says that a case is not here", async () => {
    renderApp("/case/nowhere", everything());
    expect(await screen.findByTestId("case-not-found")).toHaveTextContent("not on this computer");
  });

  it("says why a case cannot be read and tries again", async () => {
    const fake = everything();
    fake.fail("case_get", { code: "storage", message: "The disk is full.", retryable: true });
    const { user } = renderApp("/case/case-call", fake);
    expect(await screen.findByText(/The disk is full/)).toBeVisible();
    fake.heal("case_get");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByTestId("case-screen")).toBeVisible();
  });

  it("keeps the place with a skeleton while it reads", async () => {
    const fake = everything();
    fake.hang("case_get");
    renderApp("/case/case-call", fake);
    expect(await screen.findByText("Loading the case")).toBeInTheDocument();
  });
});

describe("the keys of a case", () => {
  it("R goes to the reply, Escape leaves the field first and then the case", async () => {
    const { user } = await open("case-call", everything());
    const field = await screen.findByTestId("composer-text");
    await user.keyboard("r");
    expect(field).toHaveFocus();
    expect(field).toHaveValue("");
    await user.keyboard("r{Escape}");
    expect(field).toHaveValue("r");
    expect(field).not.toHaveFocus();
    expect(window.location.hash).toBe("#/case/case-call");
    await user.keyboard("{Escape}");
    expect(window.location.hash).toBe("#/");
  });

  it("a case opened to be replied to has its field focused, once", async () => {
    renderApp("/case/case-call/reply", everything());
    await waitFor(() => expect(screen.getByTestId("composer-text")).toHaveFocus());
    await waitFor(() => expect(window.location.hash).toBe("#/case/case-call"));
  });

  it("a case that is on screen already does what it is asked for", async () => {
    renderApp("/case/case-call", everything());
    await screen.findByTestId("composer-text");
    act(() => {
      window.location.hash = "#/case/case-call/resolve";
    });
    expect(await screen.findByTestId("resolve-dialog")).toBeVisible();
    await waitFor(() => expect(window.location.hash).toBe("#/case/case-call"));
  });
});

describe("the authors", () => {
  it("are you, a colleague by name, and ECO", async () => {
    await open(
      "a",
      fakeWith(
        someCase(
          "a",
          NOW,
          {},
          {
            messages: [
              message("1", NOW - 3000, ME, "mine"),
              message("2", NOW - 2000, { who: "colleague", name: "Kari Lund" }, "hers"),
              message("3", NOW - 1000, ECO, "theirs"),
            ],
          },
        ),
      ),
    );
    const heads = screen.getAllByTestId("case-run").map((each) => each.textContent ?? "");
    expect(heads[0]).toMatch(/^ISYou/);
    expect(heads[1]).toMatch(/^KLKari Lundcolleague/);
    expect(heads[2]).toMatch(/^ECOECO/);
  });
});
