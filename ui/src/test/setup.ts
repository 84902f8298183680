// Before every test: what jsdom lacks, and nothing left over from the test before.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { flash } from "../frame/flash";

// A loaded machine takes its time to draw a table.
configure({ asyncUtilTimeout: 8000 });

Object.defineProperty(window, "matchMedia", {
  configurable: true,
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
});
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  window.location.hash = "#/";
});

afterEach(() => {
  cleanup();
  flash.clear();
  vi.useRealTimers();
});
