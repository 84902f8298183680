// What has to be known on every screen: that this is the demo, that AWS Support's address was
// replaced, that an account's key is not kept, that a High incident is not with ECO yet. Accounts that cannot be used
// are in AccountProblems.tsx.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { isSessionOnly, notKeptReason } from "../format/words";
import { ProblemAlert } from "../parts/ProblemAlert";
import type { OutboxEntry } from "../platform/contract";
import { useCommand } from "../query/hooks";
import { flash, submittedFlash, useFlashMessages } from "./flash";
import { caseAt, paths } from "./paths";

/** The line over everything: which world this is. Never dismissible. */
export function WorldStrip() {
  const state = useCommand("app_state", {});
  if (state.data?.mode === "demo") {
    return (
      <div className="eco-world" id="world-strip" data-testid="demo-banner" role="note">
        <strong>DEMO</strong> ECO is pretended, nothing leaves this computer.
      </div>
    );
  }
  if (state.data?.endpointOverride) {
    return (
      <div className="eco-world" id="world-strip" data-testid="endpoint-banner" role="note">
        <strong>Not AWS Support:</strong> everything goes to {state.data.endpointOverride} instead.
        ECO gets nothing from here.
      </div>
    );
  }
  return null;
}

function reason(entry: OutboxEntry): string {
  switch (entry.state.state) {
    case "waiting":
    case "stopped":
      return entry.state.problem.message;
    case "checking":
      return "The answer of AWS got lost. ECO Desk asks whether the incident arrived before it sends it again.";
    case "queued":
    case "sending":
      return "It is still being sent.";
  }
}

/** Takes back "On its way to ECO" where that is not so any more. */
function useWithdrawnSuccess(held: readonly OutboxEntry[]): void {
  const messages = useFlashMessages();
  const wrong = held
    .map((entry) => submittedFlash(entry.case))
    .find((id) => messages.some((message) => message.id === id));
  useEffect(() => {
    if (wrong !== undefined) flash.dismiss(wrong);
  }, [wrong]);
}

export function Alarm() {
  const outbox = useCommand("outbox_list", {});
  const [location, navigate] = useLocation();
  const held = (outbox.data ?? []).filter((entry) => entry.notYetWithEco);
  useWithdrawnSuccess(held);
  // The case's own screen sounds the alarm itself.
  const shown = caseAt(location);
  const entries = held.filter((entry) => entry.priority === "high" && entry.case !== shown);
  const first = entries[0];
  if (!first) return null;
  const others = entries.length - 1;
  return (
    <div role="alert" data-testid="alarm">
      <Alert
        type="error"
        header={
          <>
            NOT YET WITH ECO: <bdi>{first.subject}</bdi>
          </>
        }
        action={
          location === paths.outbox ? null : (
            <Button onClick={() => navigate(paths.outbox)} data-testid="alarm-outbox">
              Open outbox
            </Button>
          )
        }
      >
        {reason(first)} It is kept on this computer.
        {others > 0 ? ` ${others} more with High priority ${others === 1 ? "waits" : "wait"}.` : ""}
      </Alert>
    </div>
  );
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Accounts whose secret this computer cannot keep. */
export function SessionKeys() {
  const accounts = useCommand("account_list", {});
  const [location, navigate] = useLocation();
  if (location === paths.connect) return null;
  return (accounts.data ?? [])
    .filter(({ id, source }) => isSessionOnly(source) && location !== paths.signIn(id))
    .map(({ id, name, connection, source }) => (
      <div key={id} role="note" data-testid="session-key">
        <Alert
          type="warning"
          header={`${name}: the ${source.kind === "portal" ? "sign-in" : "access key"} is not kept on this computer`}
          action={
            connection.state === "failed" ? (
              <Button onClick={() => navigate(paths.signIn(id))}>
                {source.kind === "portal" ? "Sign in again" : "Enter the key"}
              </Button>
            ) : null
          }
        >
          {sentence(notKeptReason(source))}, and ECO Desk writes no secret into a file. It holds{" "}
          {source.kind === "portal"
            ? "the sign-in until it ends; after each start, sign in again."
            : "the key until it ends; after each start, enter it again."}
        </Alert>
      </div>
    ));
}

/** That the disk takes nothing, for as long as it is so: what comes from AWS is not kept then either. */
export function DiskProblem() {
  const problem = useCommand("app_state", {}).data?.diskProblem;
  return problem ? (
    <ProblemAlert problem={problem} title="Nothing can be saved" testId="disk-problem" />
  ) : null;
}

/** What was mended at the start, until it is dismissed. */
export function Notices() {
  const state = useCommand("app_state", {});
  const [read, setRead] = useState<readonly string[]>([]);
  return (state.data?.notices ?? [])
    .filter((notice) => !read.includes(notice))
    .map((notice) => (
      <Alert
        key={notice}
        type="info"
        dismissible
        dismissAriaLabel="Dismiss"
        onDismiss={() => setRead([...read, notice])}
      >
        {notice}
      </Alert>
    ));
}
