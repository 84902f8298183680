// One line above all panes for what has to be known on every screen: the worst of it, what to do about it, and the
// rest behind a button.
import "./alarm-line.css";
import Button from "@cloudscape-design/components/button";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import { lazy, Suspense, useEffect, useId, useState } from "react";
import { useLocation } from "wouter";
import { CommandDialog } from "../parts/CommandDialog";
import { Said, words } from "../parts/Said";
import type { Account, OutboxEntry } from "../platform/contract";
import { call } from "../platform/platform";
import { useCommand } from "../query/hooks";
import { type AlarmAction, type AlarmEntry, type AlarmTone, alarmEntries } from "./alarm-entries";
import { flash, submittedFlash, useFlashMessages } from "./flash";
import { openLink } from "./links";
import { usePopover } from "./usePopover";

const DiagnosticsDialog = lazy(() => import("../diagnostics/DiagnosticsDialog"));

/** Where an incident is reported without this program. */
const SUPPORT_CENTER = "https://console.aws.amazon.com/support/home";

const ICONS: Record<AlarmTone, IconProps.Name> = {
  red: "status-negative",
  amber: "status-warning",
  plain: "status-info",
};

/** Takes back "On its way to ECO" where that is not so any more. */
function useWithdrawnSuccess(outbox: readonly OutboxEntry[]): void {
  const messages = useFlashMessages();
  const wrong = outbox
    .filter((entry) => entry.notYetWithEco)
    .map((entry) => submittedFlash(entry.case))
    .find((id) => messages.some((message) => message.id === id));
  useEffect(() => {
    if (wrong !== undefined) flash.dismiss(wrong);
  }, [wrong]);
}

/** Puts the report on the clipboard and opens Support Center, which it is pasted into. */
async function otherWay(entry: OutboxEntry): Promise<void> {
  try {
    const { opening, recent } = await call("case_correspondence", { case: entry.case, recent: 1 });
    const body = (opening[0] ?? recent[0])?.body ?? "";
    await call("clipboard_copy", { text: `${entry.subject}\n\n${body}` });
    flash.success(
      "The report is on the clipboard. Paste it into a new case, then discard it in the outbox, so that ECO gets it once.",
    );
    await openLink(SUPPORT_CENTER);
  } catch (thrown) {
    flash.problem(thrown);
  }
}

/** Says where something was not done. */
async function told(done: Promise<unknown>): Promise<void> {
  await done.catch((thrown: unknown) => flash.problem(thrown));
}

function useAlarmEntries() {
  const state = useCommand("app_state", {});
  const app = state.data;
  const accounts = useCommand("account_list", {}).data ?? [];
  const outbox = useCommand("outbox_list", {}).data ?? [];
  const [location, go] = useLocation();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<Account | null>(null);
  const [looking, setLooking] = useState(false);
  useWithdrawnSuccess(outbox);
  const entries = alarmEntries({
    location,
    app,
    accounts,
    outbox,
    dismissed,
    go,
    lookAtCommand: setAsked,
    dismiss: (notice) => setDismissed((before) => [...before, notice]),
    retry: ({ id }) => {
      call("outbox_retry", { entry: id }).catch((thrown: unknown) => flash.problem(thrown));
    },
    sendAgain: ({ id }) => {
      call("outbox_send_again", { entry: id }).catch((thrown: unknown) => flash.problem(thrown));
    },
    otherWay: (entry) => void otherWay(entry),
    dismissRescue: () => void told(call("rescue_dismiss")),
    dismissCrash: () => void told(call("crash_dismiss").then(() => state.refetch())),
    lookAtCrash: () => setLooking(true),
    openFolder: () => void told(call("data_folder_open")),
  });
  return { entries, asked, setAsked, looking, setLooking };
}

export function AlarmLine() {
  const { entries, asked, setAsked, looking, setLooking } = useAlarmEntries();
  const { open, toggle, close, root, button } = usePopover();
  const id = useId();
  const [worst, ...others] = entries;
  const more = worst !== undefined && (others.length > 0 || worst.actions.length > 1);

  const act = (action: AlarmAction) => () => {
    close();
    action.run();
  };
  const best = worst?.actions[0];
  // While the entries stand below, the line is their heading and no second one of them.
  const named = !(open && more);
  return (
    <>
      {worst === undefined ? null : (
        <div ref={root} className={`eco-alarm eco-alarm-${worst.tone}`} data-testid="alarm-line">
          <div
            key={worst.id}
            className="eco-alarm-worst"
            role={roleOf(worst)}
            {...(named ? { "data-testid": worst.testId } : {})}
          >
            <Icon name={ICONS[worst.tone]} variant={worst.tone === "red" ? "inverted" : "normal"} />
            <span className="eco-alarm-text">
              {worst.title === "" ? null : (
                <strong>
                  <Said>{worst.title}</Said>
                </strong>
              )}{" "}
              {worst.cause} {worst.kept}
            </span>
            {best && named ? (
              <button
                type="button"
                className="eco-alarm-button"
                onClick={act(best)}
                data-testid={best.testId}
              >
                {best.text}
              </button>
            ) : null}
          </div>
          {more ? (
            <button
              ref={button}
              type="button"
              className="eco-alarm-button"
              aria-expanded={open}
              aria-controls={id}
              onClick={toggle}
              data-testid="alarm-more"
            >
              {others.length > 0 ? `${entries.length} things` : "More"}
              <Icon name={open ? "caret-up-filled" : "caret-down-filled"} size="inherit" />
            </button>
          ) : null}
          {open && more ? (
            <section id={id} className="eco-alarm-list" aria-label="What needs attention">
              {entries.map((entry) => (
                <Detail key={entry.id} entry={entry} act={act} />
              ))}
            </section>
          ) : null}
        </div>
      )}
      {looking ? (
        <Suspense fallback={null}>
          <DiagnosticsDialog onClose={() => setLooking(false)} />
        </Suspense>
      ) : null}
      {asked ? (
        <CommandDialog
          account={asked}
          onDone={({ name, connection }) => {
            setAsked(null);
            if (connection.state === "connected") flash.success(words`${name} is connected again.`);
          }}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </>
  );
}

function roleOf({ testId, tone }: AlarmEntry): "alert" | "note" | "status" {
  if (tone === "plain") return "status";
  return testId === "session-key" ? "note" : "alert";
}

interface DetailProps {
  entry: AlarmEntry;
  act: (action: AlarmAction) => () => void;
}

function Detail({ entry, act }: DetailProps) {
  return (
    <div className={`eco-alarm-entry eco-alarm-entry-${entry.tone}`} data-testid={entry.testId}>
      <Icon name={ICONS[entry.tone]} variant={entry.tone === "red" ? "error" : "warning"} />
      <div className="eco-alarm-words">
        {entry.title === "" ? null : (
          <h2 className="eco-alarm-title">
            <Said>{entry.title}</Said>
          </h2>
        )}
        <p>{entry.cause}</p>
        {entry.kept === "" ? null : <p>{entry.kept}</p>}
        <span className="eco-alarm-actions">
          {entry.actions.map((action, at) => (
            <Button
              key={action.text}
              variant={at === 0 ? "primary" : "normal"}
              onClick={act(action)}
              {...(action.testId ? { "data-testid": action.testId } : {})}
            >
              {action.text}
            </Button>
          ))}
        </span>
      </div>
    </div>
  );
}
