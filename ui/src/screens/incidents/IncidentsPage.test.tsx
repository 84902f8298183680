import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { FakePlatform } from "../../platform/fake";
import * as fixtures from "../../platform/fixtures";
import { renderApp } from "../../test/render";
import { changeList } from "./list-state";

const NOW = Date.now();
const WIDTH = window.innerWidth;

function resize(width: number): void {
  Object.defineProperty(window, "innerWidth", { configurable: true, value: width });
  window.dispatchEvent(new Event("resize"));
}

function day(): FakePlatform {
  return new FakePlatform({ cases: fixtures.cases(NOW).slice(0, 6) });
}

const listPane = () => document.querySelector<HTMLElement>("[data-pane=list]");
const casePane = () => document.querySelector<HTMLElement>("[data-pane=case]");

afterEach(() => resize(WIDTH));

describe("the incidents page", () => {
  it("shows the selected case beside the list once the selection rests", async () => {
    resize(1280);
    const { fake } = renderApp("/", day());
    await screen.findByText("Manifest ingestion stuck in RUNNING");
    act(() => changeList({ selected: "case-1" }));
    act(() => changeList({ selected: "case-2" }));
    await waitFor(() => expect(casePane()).toHaveTextContent("Wellbore DDMS: 503 on all reads"));
    expect(window.location.hash).toBe("#/");
    const read = fake.callsOf("case_get") as { case: string }[];
    expect(read.map((asked) => asked.case)).not.toContain("case-1");
  });

  it("keeps the list as it is when a case is opened and left, with the focus in the pane", async () => {
    resize(1280);
    renderApp("/", day());
    await screen.findByText("Manifest ingestion stuck in RUNNING");
    const list = listPane()?.firstElementChild;
    act(() => {
      window.location.hash = "#/case/case-2";
    });
    await waitFor(() => expect(casePane()?.contains(document.activeElement)).toBe(true));
    expect(listPane()?.firstElementChild).toBe(list);
    act(() => {
      window.location.hash = "#/";
    });
    await waitFor(() => expect(listPane()?.contains(document.activeElement)).toBe(true));
    expect(listPane()?.firstElementChild).toBe(list);
  });

  it("shows one pane at a time where the window is narrow", async () => {
    resize(760);
    renderApp("/", day());
    await screen.findByText("Manifest ingestion stuck in RUNNING");
    act(() => changeList({ selected: "case-2" }));
    expect(casePane()).toBeNull();
    expect(screen.queryByRole("separator", { name: "Width of the list" })).toBeNull();
    act(() => {
      window.location.hash = "#/case/case-2";
    });
    await waitFor(() => expect(casePane()).not.toBeNull());
    expect(listPane()).toHaveAttribute("inert");
  });

  it("has an edge that arrows and the pointer move, within its limits, and that is remembered", async () => {
    resize(1440);
    const { unmount, user } = renderApp("/", day());
    const edge = await screen.findByRole("separator", { name: "Width of the list" });
    expect(edge).toHaveAttribute("aria-valuenow", "412");
    act(() => edge.focus());
    await user.keyboard("{ArrowRight}{ArrowRight}");
    expect(edge).toHaveAttribute("aria-valuenow", "444");
    await user.keyboard("{End}{ArrowRight}");
    expect(edge).toHaveAttribute("aria-valuenow", "620");
    await user.keyboard("{Home}{ArrowLeft}");
    expect(edge).toHaveAttribute("aria-valuenow", "320");
    fireEvent.pointerDown(edge, { button: 0, clientX: 320 });
    fireEvent.pointerMove(edge, { clientX: 380 });
    fireEvent.pointerUp(edge);
    expect(edge).toHaveAttribute("aria-valuenow", "380");
    unmount();
    renderApp("/", day());
    const again = await screen.findByRole("separator", { name: "Width of the list" });
    expect(again).toHaveAttribute("aria-valuenow", "380");
    await user.dblClick(again);
    expect(again).toHaveAttribute("aria-valuenow", "412");
  });

  it("leaves the case its room however wide the list was made", async () => {
    localStorage.setItem("eco-desk.list-width", "620");
    resize(960);
    renderApp("/", day());
    const edge = await screen.findByRole("separator", { name: "Width of the list" });
    expect(Number(edge.getAttribute("aria-valuenow"))).toBeLessThanOrEqual(960 - 400);
    resize(1600);
    await waitFor(() => expect(edge).toHaveAttribute("aria-valuenow", "620"));
  });
});
