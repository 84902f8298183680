import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Message } from "../../../platform/contract";
import { FakePlatform } from "../../../platform/fake";
import { type Rendered, renderApp } from "../../../test/render";
import { ECO, everyState, KARI, ME, message, someCase } from "../fixtures";
import type { MessageTextProps } from "../MessageText";

const NOW = Date.now();
const drawn = vi.hoisted(() => vi.fn());
vi.mock("../MessageText", async (original) => {
  const real = await original<typeof import("../MessageText")>();
  return {
    ...real,
    MessageText: (props: MessageTextProps) => {
      drawn();
      return real.MessageText(props);
    },
  };
});
const SLOW = { timeout: 60_000 };

async function open(messages: Message[], row = {}, detail = {}): Promise<Rendered> {
  const fake = new FakePlatform();
  fake.state.cases = [someCase("a", NOW, row, { messages, detail })];
  const rendered = renderApp("/case/a", fake);
  await screen.findByTestId("case-screen", {}, SLOW);
  await screen.findAllByTestId("case-run");
  return rendered;
}

async function openLong(): Promise<Rendered> {
  const fake = new FakePlatform();
  fake.state.cases = everyState(NOW);
  const rendered = renderApp("/case/case-long", fake);
  await screen.findAllByTestId("case-run", {}, SLOW);
  return rendered;
}

function many(count: number): Message[] {
  return Array.from({ length: count }, (_, index) =>
    message(
      `m${index}`,
      NOW - (count - index) * 1000,
      [ME, ECO, KARI][index % 3] ?? ME,
      `No. ${index}.`,
    ),
  );
}

beforeEach(() => {
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("a run", () => {
  it("has one head, and is an article with a name", async () => {
    await open([
      message("1", NOW - 9000, ME, "mine"),
      message("2", NOW - 8000, ECO, "theirs"),
      message("3", NOW - 7000, ECO, "theirs again"),
    ]);
    const articles = screen.getAllByRole("article").filter((each) => each.dataset.testid);
    expect(articles).toHaveLength(2);
    expect(articles[1]).toHaveAccessibleName(/^ECO, \d\d:\d\d, 2 messages$/);
    expect(within(articles[1] as HTMLElement).getAllByText("ECO", { selector: "b" })).toHaveLength(
      1,
    );
    expect(screen.getByRole("log", { name: "Messages" })).toContainElement(
      articles[1] as HTMLElement,
    );
  });

  it("says that a message has no text", async () => {
    await open([message("1", NOW, ECO, " \n\n ")]);
    expect(screen.getByText("This message has no text.")).toBeVisible();
  });

  it("shows the stars on the message that was rated", async () => {
    await open(
      [message("1", NOW - 9000, ECO, "It works again."), message("2", NOW, ME, "Thank you.")],
      {},
      { rating: { stars: 4, comment: "", sendToEco: false } },
    );
    const rated = screen.getByTestId("case-message-rated");
    expect(rated.closest("[data-message]")).toHaveAttribute("data-message", "1");
    expect(within(rated).getByRole("img", { name: /^4 of 5/ })).toBeVisible();
  });

  it("copies what a machine wrote as it stands there", async () => {
    const { fake, user } = await open([
      message("1", NOW, ME, "It says\n\nGET /api/x\nHTTP/1.1 503\n\nWhy?"),
    ]);
    const code = screen.getByTestId("case-code");
    expect(code.querySelector(".thread-line-error")).toHaveTextContent("HTTP/1.1 503");
    await user.click(within(code).getByRole("button", { name: "Copy these lines" }));
    expect(fake.callsOf("clipboard_copy")).toEqual([{ text: "GET /api/x\nHTTP/1.1 503" }]);
  });

  it("folds a quoted original and a long signature", async () => {
    const { user } = await open([
      message(
        "1",
        NOW,
        ECO,
        "Done.\n\nRegards,\nMarcus\nCloud Engineer\n\nOn 17 Nov 2026, Kari wrote:\n> Please.\n> Now.",
      ),
    ]);
    expect(screen.getByText("Done.")).toBeVisible();
    expect(screen.queryByText(/Please\./)).toBeNull();
    expect(screen.queryByText(/Cloud Engineer/)).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show quoted text" }));
    expect(screen.getByText(/Please\./)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Show the whole signature" }));
    expect(screen.getByText(/Cloud Engineer/)).toBeVisible();
  });
});

describe("where messages are left out", () => {
  it("all can be loaded at once", async () => {
    const { user } = await openLong();
    await user.click(screen.getByTestId("case-load-all"));
    await waitFor(() => expect(screen.getAllByTestId("case-message")).toHaveLength(60));
    expect(screen.queryByTestId("case-gap")).toBeNull();
  });

  it("no unseen message is, however many came", async () => {
    const messages = many(60).map((each, index) => ({ ...each, unseen: index >= 10 }));
    await open(messages, { unread: true });
    const first = screen.getByTestId("case-new").nextElementSibling;
    expect(first?.querySelector("[data-message]")).toHaveAttribute("data-message", "m10");
    expect(screen.getByRole("separator", { name: "New since you last looked" })).toBeVisible();
  });
});

describe("a case of 5,000 messages", () => {
  it("draws those near the view, and keeps room for the others", async () => {
    const observed: { box: Element; call: () => void }[] = [];
    vi.stubGlobal(
      "IntersectionObserver",
      class {
        readonly call: IntersectionObserverCallback;
        constructor(call: IntersectionObserverCallback) {
          this.call = call;
        }
        observe(box: Element) {
          const entry = { isIntersecting: true, target: box } as IntersectionObserverEntry;
          observed.push({ box, call: () => this.call([entry], this as never) });
        }
        disconnect() {}
        unobserve() {}
      },
    );
    const { user } = await open(many(5000));
    await user.click(screen.getByTestId("case-load-all"));
    await waitFor(() => expect(screen.queryByTestId("case-gap")).toBeNull(), SLOW);
    expect(screen.getAllByTestId("case-run").length).toBeGreaterThan(4900);
    expect(screen.getAllByTestId("case-message").length).toBeLessThan(100);
    const far = observed.find(({ box }) => box.querySelector("[data-message]") === null);
    if (far === undefined) throw new Error("everything is drawn");
    expect(far.box).toHaveAttribute("style", expect.stringMatching(/block-size: \d+px/));
    act(() => far.call());
    expect(far.box.querySelector("[data-message]")).not.toBeNull();
  }, 120_000);
});

describe("the reader's place", () => {
  it("stays at the end where the composer grows before anything else happens", async () => {
    const { fake } = await open([message("1", NOW - 9000, ME, "mine")]);
    const column = screen.getByRole("region", { name: "Correspondence" });
    const heights = { scrollHeight: 2000, clientHeight: 400 };
    for (const name of ["scrollHeight", "clientHeight"] as const) {
      Object.defineProperty(column, name, { configurable: true, get: () => heights[name] });
    }
    column.scrollTop = 1600;
    act(() => void column.dispatchEvent(new Event("scroll")));
    heights.clientHeight = 300;
    act(() => fake.ecoReplies("a", "We found the cause."));
    expect(await screen.findByText("We found the cause.")).toBeInTheDocument();
    expect(column.scrollTop).toBe(2000);
    expect(screen.queryByTestId("case-new-message")).toBeNull();
  });

  it("is far from the newest message: the way there is offered, with how many came", async () => {
    const { fake, user } = await open([message("1", NOW - 9000, ME, "mine")]);
    const column = screen.getByRole("region", { name: "Correspondence" });
    Object.defineProperty(column, "scrollHeight", { configurable: true, value: 2000 });
    Object.defineProperty(column, "clientHeight", { configurable: true, value: 400 });
    column.getBoundingClientRect = () => DOMRect.fromRect({ y: 0, height: 400 });
    vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(
      DOMRect.fromRect({ y: 900, height: 50 }),
    );
    column.scrollTop = 100;
    act(() => void column.dispatchEvent(new Event("scroll")));
    expect(screen.getByTestId("case-to-newest")).toHaveTextContent("Jump to newest");
    act(() => fake.ecoReplies("a", "One."));
    expect(await screen.findByText("1 new message")).toBeVisible();
    act(() => fake.ecoReplies("a", "Two."));
    expect(await screen.findByText("2 new messages")).toBeVisible();
    expect(column.scrollTop).toBe(100);
    await user.click(screen.getByTestId("case-new-message"));
    expect(column.scrollTop).toBe(2000);
  });
});

it("a key in the composer draws no message anew", async () => {
  const { user } = await open([message("1", NOW - 9000, ME, "mine")]);
  await user.click(await screen.findByTestId("composer-text"));
  drawn.mockClear();
  await user.keyboard("Thank you");
  expect(screen.getByTestId("composer-text")).toHaveValue("Thank you");
  expect(drawn).not.toHaveBeenCalled();
});

describe("finding in a case", () => {
  const current = () => document.querySelector("[data-find-current]");

  it("marks what it finds, steps through it, and gives the focus back", async () => {
    const { user } = await open([
      message("1", NOW - 9000, ME, "Storage answers 504."),
      message("2", NOW - 8000, ECO, "Which storage? storage-a?"),
    ]);
    const field = await screen.findByTestId("composer-text");
    field.focus();
    await user.keyboard("{Control>}f{/Control}");
    const bar = screen.getByTestId("case-find");
    expect(within(bar).getByRole("textbox")).toHaveFocus();
    await user.keyboard("storage");
    await waitFor(() => expect(screen.getByTestId("case-find-count")).toHaveTextContent("3 of 3"));
    expect(document.querySelectorAll("mark")).toHaveLength(3);
    await user.keyboard("{Enter}");
    expect(screen.getByTestId("case-find-count")).toHaveTextContent("1 of 3");
    expect(current()).toHaveTextContent("Storage");
    await user.keyboard("{F3}{F3}");
    expect(screen.getByTestId("case-find-count")).toHaveTextContent("3 of 3");
    await user.keyboard("{Shift>}{Enter}{F3}{/Shift}");
    expect(screen.getByTestId("case-find-count")).toHaveTextContent("1 of 3");
    await user.keyboard("x");
    expect(await screen.findByText("Nothing found")).toBeVisible();
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("case-find")).toBeNull();
    expect(document.querySelector("mark")).toBeNull();
    expect(field).toHaveFocus();
    expect(window.location.hash).toBe("#/case/a");
  });

  it("loads what it finds where that is not shown", async () => {
    const { user } = await openLong();
    expect(screen.queryByText(/^Message 7\./)).toBeNull();
    await user.keyboard("{Control>}f{/Control}Message 7.");
    await waitFor(() => expect(current()).toHaveTextContent("Message 7."));
    expect(screen.getByTestId("case-find-count")).toHaveTextContent("1 of 1");
    expect(screen.getAllByTestId("case-message").length).toBeLessThan(60);
  });

  it("unfolds what it finds", async () => {
    const { user } = await open([
      message("1", NOW, ECO, "Done.\n\nOn 17 Nov 2026, Kari wrote:\n> Please restart.\n> Now."),
    ]);
    await user.keyboard("{Control>}f{/Control}restart");
    await waitFor(() => expect(current()).toHaveTextContent("restart"));
  });

  it("stands on the sheet of all keys", async () => {
    const { user } = await open([message("1", NOW, ECO, "Done.")]);
    await user.keyboard("?");
    expect(await screen.findByText("Find in this incident")).toBeVisible();
  });
});
