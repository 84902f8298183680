// The frame around every screen.
import "./frame.css";
import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { type QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Router, useLocation } from "wouter";
import { endFirstSight } from "../first-sight/first-sight";
import { grouped } from "../format/size";
import { KeyboardLayers } from "../keyboard/KeyboardLayers";
import { useWindowKeys } from "../keyboard/useWindowKeys";
import { ProblemAlert } from "../parts/ProblemAlert";
import { makeQueryClient } from "../query/client";
import { useCommand } from "../query/hooks";
import { useTheme } from "../theme/theme";
import { AlarmLine } from "./AlarmLine";
import { ErrorBoundary } from "./ErrorBoundary";
import { useFlashMessages } from "./flash";
import { useHashLocation } from "./hash-location";
import { useAskedLink } from "./links";
import { Navigation } from "./Navigation";
import { useNetworkDialog } from "./network-dialog";
import { caseAt, paths } from "./paths";
import { Routes } from "./Routes";
import { useRoom } from "./room";
import { StatusStrip } from "./StatusStrip";
import { NO_PARTS, ScreenContext, type ScreenParts } from "./screen";
import { useShell } from "./useShell";
import { WorldStrip } from "./WorldStrip";

/** Most starts have nothing to tell. */
const Flashes = lazy(async () => ({ default: (await import("./Flashes")).Flashes }));

/** Most links lead where they seem to. */
const LinkDialog = lazy(async () => ({ default: (await import("./LinkDialog")).LinkDialog }));

/** Most people never need it. */
const NetworkDialog = lazy(async () => ({
  default: (await import("../screens/settings/Network")).NetworkDialog,
}));

export function App({ client }: { client?: QueryClient }) {
  const queries = useMemo(() => client ?? makeQueryClient(), [client]);
  return (
    <QueryClientProvider client={queries}>
      <I18nProvider locale="en" messages={[messages]}>
        <Router hook={useHashLocation}>
          <Frame />
        </Router>
      </I18nProvider>
    </QueryClientProvider>
  );
}

function Frame() {
  const [location, navigate] = useLocation();
  const settings = useCommand("settings_get", {});
  const state = useCommand("app_state", {});
  const accounts = useCommand("account_list", {});
  const queries = useQueryClient();
  const [parts, setParts] = useState<ScreenParts>(NO_PARTS);
  const content = useRef<HTMLDivElement>(null);
  const room = useRoom();
  // Who writes a report needs the room more than the names.
  const writing = location.startsWith(paths.report);
  const icons = writing || room === "one-pane" || room === "icons";
  const flashes = useFlashMessages();
  const networkOpen = useNetworkDialog();
  const askedLink = useAskedLink();

  useShell();
  // In the same commit that draws the page itself.
  useLayoutEffect(endFirstSight, []);
  useTheme(settings.data?.appearance ?? "system");

  const welcome = state.data?.mode === "real" && accounts.data?.length === 0;
  useEffect(() => {
    if (welcome && location === paths.incidents) navigate(paths.connect, { replace: true });
  }, [welcome, location, navigate]);

  // The window's frame shows it too, as the taskbar does: so the unread ones first.
  const unread = useCommand("case_counts", {}).data?.unread ?? 0;
  const program = state.data?.mode === "demo" ? "ECO Desk (DEMO)" : "ECO Desk";
  useEffect(() => {
    const name = parts.title === "" ? program : `${parts.title} – ${program}`;
    document.title = unread > 0 ? `(${grouped(unread)}) ${name}` : name;
  }, [parts.title, program, unread]);

  // Who goes to another screen by keyboard or by a screen reader starts at its top. Between the list and a case the
  // page itself moves the focus.
  const screen = screenOf(location);
  const previous = useRef(screen);
  useEffect(() => {
    if (previous.current === screen) return;
    previous.current = screen;
    if (screen === paths.incidents || !content.current) return;
    content.current.scrollTo(0, 0);
    content.current.focus({ preventScroll: true });
  }, [screen]);

  useWindowKeys(welcome);

  return (
    <ScreenContext.Provider value={setParts}>
      <div className={icons ? "eco-frame eco-icons" : "eco-frame"} data-testid="app">
        <WorldStrip />
        <AlarmLine />
        {welcome && location === paths.connect ? null : <Navigation />}
        <main className="eco-main">
          <div
            ref={content}
            tabIndex={-1}
            data-focus-home=""
            className={parts.bleed ? "eco-content eco-content-bleed" : "eco-content"}
          >
            <ErrorBoundary resetKey={screen}>
              {state.error ? (
                <ProblemAlert
                  problem={{ ...state.error, retryable: true }}
                  title="ECO Desk could not open its data"
                  onRetry={() => void queries.invalidateQueries()}
                />
              ) : (
                <Routes />
              )}
            </ErrorBoundary>
          </div>
        </main>
        <StatusStrip />
        <KeyboardLayers />
        {flashes.length > 0 ? (
          <Suspense>
            <Flashes messages={flashes} />
          </Suspense>
        ) : null}
        {askedLink === null ? null : (
          <Suspense>
            <LinkDialog link={askedLink} />
          </Suspense>
        )}
        {networkOpen ? (
          <Suspense>
            <NetworkDialog />
          </Suspense>
        ) : null}
      </div>
    </ScreenContext.Provider>
  );
}

/** The list and its cases are one screen. */
function screenOf(location: string): string {
  return caseAt(location) === null ? location : paths.incidents;
}
