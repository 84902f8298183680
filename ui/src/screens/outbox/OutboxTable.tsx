// What the user has sent and ECO does not have yet: what it is, where it stands, what comes next.
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { flash } from "../../frame/flash";
import { paths } from "../../frame/paths";
import { AccountDot } from "../../parts/marks";
import { words } from "../../parts/Said";
import type { OutboxEntry, OutboxId, OutboxKind } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import {
  entryKind,
  entryTitle,
  isNotPermitted,
  isTicking,
  mainAction,
  needsCorrection,
  needsSettings,
  needsSignIn,
  notDiscardable,
  notEditable,
  standing,
} from "./entry-words";
import { type Question, type RowAction, RowActions, WIDTHS } from "./RowActions";

interface OutboxTableProps {
  entries: readonly OutboxEntry[];
  loading: boolean;
  ask(question: Question): void;
}

export function OutboxTable({ entries, loading, ask }: OutboxTableProps) {
  const now = useTickingNow(entries.some(({ state }) => isTicking(state)));
  return (
    <div className="eco-outbox-table" data-testid="outbox-table">
      <Table
        variant="container"
        wrapLines
        loading={loading}
        loadingText="Reading the outbox"
        items={entries}
        trackBy="id"
        header={
          <Header variant="h2" counter={`(${entries.length})`}>
            Outbox
          </Header>
        }
        columnDefinitions={[
          {
            id: "what",
            header: "What",
            width: WIDTHS.what,
            isRowHeader: true,
            cell: (entry) => <What entry={entry} />,
          },
          {
            id: "state",
            header: "State",
            cell: (entry) => <Where entry={entry} now={now} />,
          },
          {
            id: "actions",
            header: <span className="eco-hidden">Actions</span>,
            width: WIDTHS.actions,
            cell: (entry) => (
              <div className="eco-outbox-actions">
                <EntryActions entry={entry} ask={ask} />
              </div>
            ),
          },
        ]}
        empty={
          <Box textAlign="center" color="inherit" padding={{ vertical: "s" }}>
            <b>Nothing is waiting</b>
            <Box color="text-body-secondary">
              Everything that you have submitted is with ECO. What cannot be sent at once waits here
              and goes out by itself.
            </Box>
          </Box>
        }
      />
    </div>
  );
}

const ICONS: Record<OutboxKind, IconProps.Name> = {
  report: "add-plus",
  reply: "undo",
  resolve: "check",
};

function What({ entry }: { entry: OutboxEntry }) {
  return (
    <div className="eco-outbox-what" data-testid="outbox-row">
      <Icon name={ICONS[entry.kind]} variant="subtle" />
      <div className="eco-outbox-lines">
        <span className="eco-outbox-title">
          <a className="eco-outbox-link" dir="auto" href={`#${paths.case(entry.case)}`}>
            {entryTitle(entry)}
          </a>
        </span>
        <span className="eco-row eco-small eco-outbox-secondary">
          <AccountDot account={entry.account} />
          <span>{entryKind(entry)}</span>
        </span>
      </div>
    </div>
  );
}

function Where({ entry, now }: { entry: OutboxEntry; now: number }) {
  const { sign, headline, detail } = standing(entry, now);
  return (
    <div className="eco-outbox-lines">
      <StatusIndicator type={sign}>
        <span className="eco-outbox-words">{headline}</span>
      </StatusIndicator>
      {detail !== "" && (
        <span className="eco-small eco-outbox-secondary eco-outbox-detail">{detail}</span>
      )}
    </div>
  );
}

function EntryActions({ entry, ask }: { entry: OutboxEntry; ask(question: Question): void }) {
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const title = entryTitle(entry);
  const main = mainAction(entry.state);

  async function act(run: () => Promise<unknown>) {
    setBusy(true);
    try {
      await run();
    } catch (thrown) {
      flash.problem(asProblem(thrown), "It is kept in the outbox.");
    } finally {
      setBusy(false);
    }
  }

  const actions: RowAction[] = [];
  // AWS refuses it again until somebody has allowed it: the way on is to the policy, and to another way to report.
  const permitted = !isNotPermitted(entry.state);
  if (!permitted) {
    actions.push({
      id: "permissions",
      text: "What is missing",
      run: () => navigate(paths.check(entry.account)),
    });
    if (entry.kind === "report") {
      actions.push({ id: "copy", text: "Copy the report", run: () => void act(() => copy(entry)) });
    }
  }
  const change: RowAction = {
    id: "edit",
    text: "Edit",
    disabled: notEditable(entry),
    run: () => void act(() => edit(entry, navigate)),
  };
  const { state } = entry;
  if (needsSignIn(state)) {
    actions.push({
      id: "sign-in",
      text: "Sign in again",
      run: () => navigate(paths.signIn(entry.account)),
    });
  }
  const corrects = needsCorrection(state) && change.disabled === null;
  if (corrects) actions.push(change);
  const undecided = state.state === "checking" && state.overdue;
  const again: RowAction = {
    id: "send-again",
    text: "Send again",
    run: () => void act(() => call("outbox_send_again", { entry: entry.id })),
  };
  if (undecided) actions.push(again);
  if (main !== null) {
    actions.push({
      id: "retry",
      text: main,
      run: () => void act(() => call("outbox_retry", { entry: entry.id })),
    });
  }
  if (state.state === "checking") {
    if (!undecided) actions.push({ ...again, text: "Send again (may be double)" });
    if (entry.kind !== "resolve") {
      actions.push({ id: "copy", text: "Copy the text", run: () => void act(() => copy(entry)) });
    }
  }
  if (entry.kind !== "resolve" && !corrects && (main !== null || change.disabled === null)) {
    actions.push(change);
  }
  const discard: RowAction = {
    id: "discard",
    text: "Discard",
    disabled: notDiscardable(entry),
    run: () => ask(discardQuestion(entry)),
  };
  if (main !== null || discard.disabled === null) actions.push(discard);
  if (permitted && needsSettings(state)) {
    actions.push({ id: "settings", text: "Open settings", run: () => navigate(paths.settings) });
  }
  const stopped = state.state === "stopped" || undecided;
  return <RowActions name="outbox" what={title} actions={actions} primary={stopped} busy={busy} />;
}

/** Its text on the clipboard, for another way to ECO. */
async function copy(entry: OutboxEntry) {
  const { opening, recent } = await call("case_correspondence", { case: entry.case, recent: 20 });
  const report = entry.kind === "report";
  // Of replies, the first that ECO does not have: the others wait behind it.
  const text = report
    ? [...opening, ...recent][0]?.body
    : recent.find(({ delivery }) => delivery === "waiting" || delivery === "stopped")?.body;
  await call("clipboard_copy", {
    text: report ? `${entry.subject}\n\n${text ?? ""}` : (text ?? ""),
  });
  flash.success(report ? "The report is on the clipboard." : "The text is on the clipboard.");
}

async function edit(entry: OutboxEntry, navigate: (path: string) => void) {
  const draft = await call("outbox_edit", { entry: entry.id });
  navigate(entry.kind === "report" ? paths.draft(draft) : paths.reply(entry.case));
}

function discardQuestion(entry: OutboxEntry): Question {
  const discard = (id: OutboxId) => call("outbox_discard", { entry: id });
  if (entry.mayBeWithEco && entry.kind !== "resolve") {
    return {
      title: "Discard what ECO may have?",
      text: words`“${entry.subject}” may have reached ECO although its answer got lost. It is not sent again, and its text and files are removed from this computer. If ECO has it, it appears among your incidents.`,
      discard: () => discard(entry.id),
    };
  }
  switch (entry.kind) {
    case "report":
      return {
        title: "Discard this report?",
        text: words`“${entry.subject}” has not reached ECO. It is removed from this computer with its files and cannot be brought back.`,
        discard: () => discard(entry.id),
      };
    case "reply":
      return {
        title: "Discard this reply?",
        text: words`Your reply to “${entry.subject}” has not reached ECO. It is removed from this computer with its files and cannot be brought back.`,
        discard: () => discard(entry.id),
      };
    case "resolve":
      return {
        title: "Do not resolve the incident?",
        text: words`ECO does not know yet that “${entry.subject}” is to be resolved. The incident stays open.`,
        discard: () => discard(entry.id),
      };
  }
}

export function useTickingNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
