// Renders the whole window, or one screen of it, over a fake platform.
import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import type { ReactElement } from "react";
import { Router } from "wouter";
// What the window loads behind its first paint is there already: a test does not wait for bundles.
import "../frame/Flashes";
import "../frame/LinkDialog";
import "../screens/incidents/list-tools";
import "../screens/case/CasePane";
import { App } from "../frame/App";
import { useHashLocation } from "../frame/hash-location";
import { useShell } from "../frame/useShell";
import { FakePlatform } from "../platform/fake";
import { install } from "../platform/platform";
import { makeQueryClient } from "../query/client";

export interface Rendered extends RenderResult {
  fake: FakePlatform;
  user: UserEvent;
}

/** The whole window at an address: `renderApp("/settings", new FakePlatform({ accounts: [] }))`. */
export function renderApp(path = "/", fake = new FakePlatform()): Rendered {
  install(fake);
  window.location.hash = `#${path}`;
  return { ...render(<App />), fake, user: userEvent.setup() };
}

function Shell({ children }: { children: ReactElement }) {
  useShell();
  return children;
}

/** One screen or part without the frame. */
export function renderPart(element: ReactElement, fake = new FakePlatform()): Rendered {
  install(fake);
  const result = render(
    <QueryClientProvider client={makeQueryClient()}>
      <I18nProvider locale="en" messages={[messages]}>
        <Router hook={useHashLocation}>
          <Shell>{element}</Shell>
        </Router>
      </I18nProvider>
    </QueryClientProvider>,
  );
  return { ...result, fake, user: userEvent.setup() };
}
