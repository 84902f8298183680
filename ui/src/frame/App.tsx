// The frame around every screen.
import "./frame.css";
import AppLayout from "@cloudscape-design/components/app-layout";
import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { type QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Router, useLocation } from "wouter";
import { endFirstSight } from "../first-sight/first-sight";
import { ProblemAlert } from "../parts/ProblemAlert";
import { makeQueryClient } from "../query/client";
import { useCommand } from "../query/hooks";
import { useTheme } from "../theme/theme";
import { AccountProblems } from "./AccountProblems";
import { Alarm, DiskProblem, Notices, SessionKeys, WorldStrip } from "./Banners";
import { ErrorBoundary } from "./ErrorBoundary";
import { useFlashMessages } from "./flash";
import { useHashLocation } from "./hash-location";
import { useKeys } from "./keys";
import { useAskedLink } from "./links";
import { Navigation } from "./Navigation";
import { useNetworkDialog } from "./network-dialog";
import { paths } from "./paths";
import { Routes } from "./Routes";
import { StatusStrip } from "./StatusStrip";
import { NO_PARTS, ScreenContext, type ScreenParts } from "./screen";
import { useShell } from "./useShell";
import { WIDE } from "./wide";

/** Most starts have nothing to tell. */
const Flashes = lazy(async () => ({ default: (await import("./Flashes")).Flashes }));

/** Most links lead where they seem to. */
const LinkDialog = lazy(async () => ({ default: (await import("./LinkDialog")).LinkDialog }));

/** Most people never need it. */
const NetworkDialog = lazy(async () => ({
  default: (await import("../screens/settings/Network")).NetworkDialog,
}));

/** Height of the preview at first, in pixels. */
const PANEL_SIZE = 262;

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
  const [navigationOpen, setNavigationOpen] = useState(() => window.innerWidth >= WIDE);
  const [panelOpen, setPanelOpen] = useState(true);
  const [panelSize, setPanelSize] = useState(PANEL_SIZE);
  const content = useRef<HTMLDivElement>(null);
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

  // Who goes to another screen by keyboard or by a screen reader starts at its top.
  const previous = useRef(location);
  useEffect(() => {
    if (previous.current === location) return;
    previous.current = location;
    window.scrollTo(0, 0);
    content.current?.focus({ preventScroll: true });
  }, [location]);

  useKeys(welcome ? [] : [{ key: "n", label: "Report", run: () => navigate(paths.report) }], true);

  return (
    <ScreenContext.Provider value={setParts}>
      <div
        className={navigationOpen ? "eco-frame" : "eco-frame eco-frame-nav-closed"}
        data-testid="app"
      >
        <WorldStrip />
        <AppLayout
          headerSelector="#world-strip"
          footerSelector="#status-strip"
          navigation={<Navigation />}
          navigationHide={welcome && location === paths.connect}
          navigationOpen={navigationOpen}
          navigationWidth={212}
          onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
          toolsHide
          // What was just done is told where the user is, however far the page is scrolled.
          stickyNotifications
          disableContentPaddings={parts.bleed}
          maxContentWidth={Number.MAX_VALUE}
          notifications={
            flashes.length > 0 ? (
              <Suspense>
                <Flashes messages={flashes} />
              </Suspense>
            ) : null
          }
          splitPanel={parts.panel}
          splitPanelOpen={panelOpen}
          splitPanelSize={panelSize}
          onSplitPanelResize={({ detail }) => setPanelSize(detail.size)}
          splitPanelPreferences={{ position: "bottom" }}
          onSplitPanelToggle={({ detail }) => setPanelOpen(detail.open)}
          ariaLabels={{
            navigation: "Navigation",
            navigationClose: "Close navigation",
            navigationToggle: "Open navigation",
            notifications: "Messages",
          }}
          content={
            <div ref={content} tabIndex={-1} className="eco-content">
              <div className={parts.bleed ? "eco-banners eco-banners-bleed" : "eco-banners"}>
                <Alarm />
                <DiskProblem />
                <AccountProblems />
                <SessionKeys />
                <Notices />
              </div>
              <ErrorBoundary resetKey={location}>
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
          }
        />
        <StatusStrip />
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
