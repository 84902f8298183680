// Which screen an address shows. Incidents is in the first bundle; the others load when needed.
import Spinner from "@cloudscape-design/components/spinner";
import { lazy, Suspense } from "react";
import { Redirect, Route, Switch, useParams } from "wouter";
import { IncidentsPage } from "../screens/incidents/IncidentsPage";
import { paths } from "./paths";

const BeginReport = lazy(() => import("../screens/report/BeginReport"));
const ReportScreen = lazy(() => import("../screens/report/ReportScreen"));
const OutboxScreen = lazy(() => import("../screens/outbox/OutboxScreen"));
const SettingsScreen = lazy(() => import("../screens/settings/SettingsScreen"));
const CheckScreen = lazy(() => import("../screens/check/CheckScreen"));
const SignInScreen = lazy(() => import("../screens/connect/SignInScreen"));
const ConnectScreen = lazy(() => import("../screens/connect/ConnectScreen"));

/** The list and the cases: one page, so that neither is drawn anew where one goes from one to the other. */
const INCIDENTS = /^\/(?:case\/[^/]+(?:\/[^/]+)?)?\/?$/;

function DraftRoute() {
  const { draft } = useParams<{ draft: string }>();
  return <ReportScreen key={draft} draftId={draft} />;
}

function CheckRoute() {
  const { account } = useParams<{ account: string }>();
  return <CheckScreen key={account} account={account} />;
}

function SignInRoute() {
  const { account } = useParams<{ account: string }>();
  return <SignInScreen key={account} id={account} />;
}

export function Routes() {
  return (
    <Suspense fallback={<Spinner size="large" />}>
      <Switch>
        <Route path={INCIDENTS}>
          <IncidentsPage />
        </Route>
        <Route path="/report">
          <BeginReport />
        </Route>
        <Route path="/report/:draft">
          <DraftRoute />
        </Route>
        <Route path="/outbox">
          <OutboxScreen />
        </Route>
        <Route path="/settings">
          <SettingsScreen />
        </Route>
        <Route path="/check/:account">
          <CheckRoute />
        </Route>
        <Route path="/sign-in/:account">
          <SignInRoute />
        </Route>
        <Route path="/connect">
          <ConnectScreen />
        </Route>
        <Route>
          <Redirect to={paths.incidents} replace />
        </Route>
      </Switch>
    </Suspense>
  );
}
