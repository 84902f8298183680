// Before every test: what jsdom lacks, and nothing left over from the test before.
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { flushAll } from "../draft/saving";
import { firstScreenIsThere } from "../frame/after-paint";
import { flash } from "../frame/flash";
import { forgetLink } from "../frame/links";
import { networkDialog } from "../frame/network-dialog";
import { FakePlatform } from "../platform/fake";
import { install } from "../platform/platform";
import { resetList } from "../screens/incidents/list-state";

// A loaded machine takes its time to draw a table.
configure({ asyncUtilTimeout: 30_000 });

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
Element.prototype.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;

beforeEach(() => {
  // What comes behind the first paint comes at once.
  firstScreenIsThere();
  localStorage.clear();
  sessionStorage.clear();
  resetList();
  window.location.hash = "#/";
});

afterEach(async () => {
  cleanup();
  // What a test left unsaved on purpose has no draft here, and is given up.
  install(new FakePlatform());
  await flushAll();
  flash.clear();
  networkDialog.close();
  forgetLink();
  vi.useRealTimers();
});
