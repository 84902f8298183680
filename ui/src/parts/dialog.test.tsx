// The one dialog, and sentences that hold a name from outside.
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { Flashes } from "../frame/Flashes";
import { Confirm, Dialog } from "./Dialog";
import { joined, plain, Said, words } from "./Said";

/** A name that is written from right to left, and one that begins like markup. */
const HEBREW = "תקלה (1)";

function isolated(): (string | null)[] {
  return [...document.querySelectorAll("bdi")].map(({ textContent }) => textContent);
}

describe("a sentence with a name from outside", () => {
  it("lays out the name by itself", () => {
    render(<Said>{words`Saved ${HEBREW} to ${"C:\\files"}.`}</Said>);
    expect(document.body).toHaveTextContent(`Saved ${HEBREW} to C:\\files.`);
    expect(isolated()).toEqual([HEBREW, "C:\\files"]);
  });

  it("lays out by itself what the core quotes", () => {
    render(<Said>{`“${HEBREW}” is not an e-mail address.`}</Said>);
    expect(document.body).toHaveTextContent(`“${HEBREW}” is not an e-mail address.`);
    expect(isolated()).toEqual([HEBREW]);
  });

  it("goes on with another sentence", () => {
    const said = joined(words`“${HEBREW}” is being resolved.`, "Your rating is kept.");
    expect(plain(said)).toBe(`“${HEBREW}” is being resolved. Your rating is kept.`);
    expect(joined("One.", "")).toBe("One.");
  });

  it("is laid out so in a message at the top of the window", () => {
    const content = words`${HEBREW} is removed.`;
    render(<Flashes messages={[{ id: "1", type: "success", content }]} />);
    expect(isolated()).toEqual([HEBREW]);
  });

  it("is laid out so in the title of a dialog", async () => {
    render(
      <Dialog title={words`Rename ${HEBREW}`} onClose={() => undefined}>
        Text
      </Dialog>,
    );
    expect(await screen.findByRole("dialog")).toHaveTextContent(`Rename ${HEBREW}`);
    expect(isolated()).toEqual([HEBREW]);
  });
});

describe("a question before something goes", () => {
  function ask(run: () => Promise<unknown>) {
    const onClose = vi.fn();
    render(
      <Confirm
        title="Discard it?"
        keep="Keep it"
        text="Discard"
        failed="It was not discarded."
        run={run}
        onClose={onClose}
      >
        It cannot be brought back.
      </Confirm>,
    );
    return { user: userEvent.setup(), onClose };
  }

  it("is kept where it was not done, with the reason, and can be asked again", async () => {
    const run = vi
      .fn()
      .mockRejectedValueOnce({ code: "storage", message: "The disk is full.", retryable: true })
      .mockResolvedValueOnce(null);
    const { user, onClose } = ask(run);
    await user.click(screen.getByRole("button", { name: "Discard" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "It was not discarded. The disk is full.",
    );
    expect(onClose).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Discard" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("does it once, however often it is pressed", async () => {
    const run = vi.fn(() => new Promise(() => undefined));
    const { user } = ask(run);
    await user.dblClick(screen.getByRole("button", { name: "Discard" }));
    expect(run).toHaveBeenCalledOnce();
  });

  it("is left without doing anything", async () => {
    const run = vi.fn();
    const { user, onClose } = ask(run);
    await user.click(screen.getByRole("button", { name: "Keep it" }));
    expect(onClose).toHaveBeenCalledOnce();
    expect(run).not.toHaveBeenCalled();
  });
});

it("a dialog that is held cannot be left", async () => {
  const onClose = vi.fn();
  render(
    <Dialog
      title="Remove"
      onClose={onClose}
      held
      act={{ text: "Remove", busy: true, run: vi.fn() }}
    >
      Text
    </Dialog>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(onClose).not.toHaveBeenCalled();
});
