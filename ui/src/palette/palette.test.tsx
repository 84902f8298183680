// The palette and the sheet of all keys, over the whole window.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakePlatform } from "../platform/fake";
import * as fixtures from "../platform/fixtures";
import { renderApp } from "../test/render";
import "../keyboard/Sheet";
import { best, type Deed, sections } from "./entries";
import { match } from "./matching";
import "./Palette";

const NOW = Date.now();

function busy(path = "/settings") {
  return renderApp(path, new FakePlatform({ cases: fixtures.cases(NOW).slice(0, 9) }));
}

const OPEN = "{Control>}k{/Control}";

async function openPalette(path?: string) {
  const rendered = busy(path);
  await screen.findByTestId("navigation");
  await screen.findByRole("button", { name: /^Unread/ });
  await rendered.user.keyboard(OPEN);
  const field = await screen.findByTestId("palette-input");
  return { ...rendered, field };
}

const chosen = () => screen.getByRole("option", { selected: true });

describe("the palette", () => {
  it("opens an incident by a few letters and Enter", async () => {
    const { user, field } = await openPalette();
    expect(field).toHaveFocus();
    await user.keyboard("well");
    await waitFor(() => expect(chosen()).toHaveTextContent("Wellbore DDMS: 503 on all reads"));
    expect(field).toHaveAttribute("aria-activedescendant", chosen().id);
    expect(chosen().querySelector("mark")).toHaveTextContent("Well");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/case\//));
    expect(screen.queryByTestId("palette")).toBeNull();
    await screen.findByRole("heading", { name: /Wellbore DDMS: 503 on all reads/ });
  });

  it("opens what these letters mean, and not the last ones, however fast Enter follows", async () => {
    const { user, fake } = await openPalette();
    await screen.findAllByRole("option");
    const answer = fake.delay("case_list");
    await user.keyboard("legal{Enter}");
    expect(window.location.hash).toBe("#/settings");
    answer();
    await screen.findByRole("heading", { name: /Legal tag expiry job/ });
  });

  it("does what it is asked for by name", async () => {
    const { user } = await openPalette("/");
    await user.keyboard("drafts out");
    await waitFor(() => expect(chosen()).toHaveTextContent("Go to drafts & outbox"));
    expect(chosen()).toHaveTextContent("G then D");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(window.location.hash).toBe("#/outbox"));
  });

  it("changes a setting", async () => {
    const { user, fake } = await openPalette();
    await user.keyboard("dark");
    await user.click(await screen.findByRole("option", { name: /Appearance: dark/ }));
    await waitFor(() => expect(fake.state.settings.appearance).toBe("dark"));
  });

  it("is moved through by arrows, and left by one Escape with the focus where it was", async () => {
    const { user } = busy();
    const entry = await screen.findByRole("button", { name: /^Unread/ });
    entry.focus();
    await user.keyboard(OPEN);
    await screen.findAllByRole("option");
    const options = () => screen.getAllByRole("option");
    await waitFor(() => expect(options()[0]).toHaveAttribute("aria-selected", "true"));
    await user.keyboard("{ArrowDown}");
    expect(options()[1]).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(options().at(-1)).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("palette")).toBeNull();
    expect(entry).toHaveFocus();
    expect(window.location.hash).toBe("#/settings");
  });

  it("opens by the navigation's field too, and says when nothing is meant", async () => {
    const { user } = busy();
    await user.click(await screen.findByTestId("palette-field"));
    await user.keyboard("qqqq");
    const palette = await screen.findByTestId("palette");
    // What can always be done with words is to filter by them.
    await waitFor(() => expect(within(palette).getAllByRole("option")).toHaveLength(1));
    expect(chosen()).toHaveTextContent("Filter the incidents by “qqqq”");
    await waitFor(() => expect(within(palette).getByRole("status")).toHaveTextContent("1 result"));
  });
});

describe("the sheet of all keys", () => {
  it("shows what works here, and each of it works", async () => {
    const { user } = busy();
    await screen.findByRole("button", { name: /^Unread/ });
    await user.keyboard("?");
    const sheet = await screen.findByTestId("key-sheet");
    expect(sheet).toHaveTextContent("Report an incidentN");
    expect(sheet).toHaveTextContent("Go to drafts & outboxG then D");
    // It belongs to the list, which is not here.
    expect(sheet).not.toHaveTextContent("Next incident");
    // Below it nothing happens.
    await user.keyboard("gd");
    expect(window.location.hash).toBe("#/settings");
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("key-sheet")).toBeNull();
    await user.keyboard("gd");
    await waitFor(() => expect(window.location.hash).toBe("#/outbox"));
    await user.keyboard("{Control>},{/Control}");
    await waitFor(() => expect(window.location.hash).toBe("#/settings"));
  });

  it("does not open while one types a question mark", async () => {
    const { user } = await openPalette();
    await user.keyboard("?");
    expect(screen.getByTestId("palette-input")).toHaveValue("?");
    expect(screen.queryByTestId("key-sheet")).toBeNull();
  });
});

describe("what letters mean", () => {
  it("is a text that has all of the words, the start of it before the start of a word before its inside", () => {
    const score = (text: string, query: string) => match(text, query).score;
    expect(score("Wellbore DDMS", "well")).toBeGreaterThan(score("A wellbore", "well"));
    expect(score("A wellbore", "well")).toBeGreaterThan(score("Indwell", "well"));
    expect(score("Wellbore DDMS", "well nothing")).toBe(0);
    expect(match("Wellbore DDMS", "ddms well").parts).toEqual([
      [0, 4],
      [9, 13],
    ]);
    // A letter that has another length in small.
    expect(match("İstanbul well", "well")).toEqual({ score: 3, parts: [] });
  });

  it("is an action rather than an incident that only says the words", () => {
    const [row] = fixtures.cases(NOW).map((known) => known.row);
    if (!row) throw new Error("a case is there");
    const deed: Deed = { title: "Settings", icon: "settings", run: () => undefined };
    const shown = sections("settings", [row], [deed]);
    expect(shown.map(({ title }) => title)).toEqual(["Said in a case", "Do"]);
    expect(best(shown)).toBe("palette-deed-0");
  });

  it("fits into ten rows, with room for actions", () => {
    const rows = fixtures.cases(NOW).map(({ row }) => row);
    const deed: Deed = { title: "Report", icon: "add-plus", run: () => undefined };
    const shown = sections("", rows, Array<Deed>(20).fill(deed));
    expect(shown.map(({ entries }) => entries.length)).toEqual([6, 4]);
  });
});
