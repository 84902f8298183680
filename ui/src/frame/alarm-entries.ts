// What has to be known on every screen, the worst first: a High incident that is not with ECO, a disk that takes
// nothing, accounts that cannot be used, keys that are not kept, what was mended at the start.
import { isSessionOnly, notKeptReason, problemTitle } from "../format/words";
import { type Words, words } from "../parts/Said";
import type { Account, AppState, OutboxEntry } from "../platform/contract";
import { checkAgain, namesOf, needsSignIn, troubles } from "./account-problems";
import { isOfNetwork, networkDialog } from "./network-dialog";
import { caseAt, paths } from "./paths";
import { rescueWords } from "./rescue-words";
import { whatWaits } from "./what-waits";

/** Red: a High incident is not with ECO. Amber: somebody has to act. Plain: worth knowing once. */
export type AlarmTone = "red" | "amber" | "plain";

export interface AlarmAction {
  text: string;
  run: () => void;
  testId?: string;
}

export interface AlarmEntry {
  id: string;
  testId: string;
  tone: AlarmTone;
  title: Words;
  /** A sentence of cause. */
  cause: string;
  /** A sentence of what was kept, or what waits. */
  kept: string;
  /** The first is the main one. */
  actions: readonly AlarmAction[];
}

/** What the entries are made of, and what their actions do. */
export interface AlarmSources {
  location: string;
  app: AppState | undefined;
  accounts: readonly Account[];
  outbox: readonly OutboxEntry[];
  dismissed: readonly string[];
  go: (path: string) => void;
  lookAtCommand: (account: Account) => void;
  dismiss: (notice: string) => void;
  retry: (entry: OutboxEntry) => void;
  sendAgain: (entry: OutboxEntry) => void;
  otherWay: (entry: OutboxEntry) => void;
  dismissRescue: () => void;
  lookAtCrash: () => void;
  dismissCrash: () => void;
  openFolder: () => void;
}

export function alarmEntries(sources: AlarmSources): AlarmEntry[] {
  return [
    ...unsent(sources),
    ...disk(sources),
    ...rescue(sources),
    ...brokenAccounts(sources),
    ...sessionKeys(sources),
    ...notices(sources),
    ...crash(sources),
  ];
}

function reason(entry: OutboxEntry): string {
  switch (entry.state.state) {
    case "waiting":
    case "stopped":
      return entry.state.problem.message;
    case "checking":
      return entry.state.overdue
        ? "Its answer got lost, and AWS does not list it. Send it again, which may make it double, or report it another way."
        : "Its answer got lost. ECO Desk is checking whether ECO has it.";
    case "queued":
    case "sending":
      return "It is still being sent.";
  }
}

/** Whether AWS had its time to list it and does not, so that the user has to decide. */
function isUndecided({ state }: OutboxEntry): boolean {
  return state.state === "checking" && state.overdue;
}

/** Whether a try now can change anything: what is being sent or checked goes on by itself. */
function canRetry({ state }: OutboxEntry): boolean {
  return state.state === "waiting" || state.state === "stopped";
}

function unsent(sources: AlarmSources): AlarmEntry[] {
  const { location, app, outbox, go, retry, sendAgain, otherWay } = sources;
  // The case's own pane sounds the alarm itself.
  const shown = caseAt(location);
  const urgent = (entry: OutboxEntry) => entry.notYetWithEco && entry.priority === "high";
  const alarms = outbox.filter(
    (entry) => (urgent(entry) && entry.case !== shown) || isUndecided(entry),
  );
  return [...alarms.filter(urgent), ...alarms.filter((entry) => !urgent(entry))].map(
    (entry): AlarmEntry => ({
      id: entry.id,
      testId: "alarm",
      tone: urgent(entry) ? "red" : "amber",
      title: urgent(entry)
        ? words`NOT YET WITH ECO: ${entry.subject}`
        : words`Does ECO have it? ${entry.kind === "report" ? "" : "Re: "}${entry.subject}`,
      cause: reason(entry),
      kept: "It is kept on this computer.",
      actions: [
        // The demo has no Support Center.
        ...(app?.mode === "real" &&
        entry.kind === "report" &&
        (canRetry(entry) || isUndecided(entry) || urgent(entry))
          ? [{ text: "Copy text, open Support Center", run: () => otherWay(entry) }]
          : []),
        ...(isUndecided(entry)
          ? [{ text: "Send again", run: () => sendAgain(entry), testId: "alarm-send-again" }]
          : []),
        ...(location === paths.outbox
          ? []
          : [{ text: "Open outbox", run: () => go(paths.outbox), testId: "alarm-outbox" }]),
        ...(canRetry(entry) ? [{ text: "Try now", run: () => retry(entry) }] : []),
      ],
    }),
  );
}

function disk({ app }: AlarmSources): AlarmEntry[] {
  const problem = app?.diskProblem;
  return problem
    ? [
        {
          id: "disk",
          testId: "disk-problem",
          tone: "amber",
          title: "Nothing can be saved",
          cause: problem.message,
          kept: "",
          actions: [],
        },
      ]
    : [];
}

/** What became of the data at a start, until it is dismissed. */
function rescue({ location, app, go, dismissRescue, openFolder }: AlarmSources): AlarmEntry[] {
  if (!app?.rescue) return [];
  return [
    {
      id: "rescue",
      testId: "rescue",
      tone: app.rescue.reason === "restored" ? "plain" : "amber",
      ...rescueWords(app.rescue, Date.now()),
      actions: [
        { text: "Open the folder", run: openFolder, testId: "rescue-folder" },
        ...(location === paths.settings
          ? []
          : [
              {
                text: "Choose another backup",
                run: () => go(paths.settings),
                testId: "rescue-backups",
              },
            ]),
        { text: "Dismiss", run: dismissRescue, testId: "rescue-dismiss" },
      ],
    },
  ];
}

/** What went wrong inside the program in its last run, until it is dismissed. */
function crash({ app, lookAtCrash, dismissCrash }: AlarmSources): AlarmEntry[] {
  if (!app?.hasCrashed) return [];
  return [
    {
      id: "crash",
      testId: "crash",
      tone: "plain",
      title: "Something went wrong inside ECO Desk when it last ran",
      cause: "A report of it is on this computer. Nothing was sent to anybody.",
      kept: "",
      actions: [
        { text: "Look at the report", run: lookAtCrash, testId: "crash-look" },
        { text: "Dismiss", run: dismissCrash, testId: "crash-dismiss" },
      ],
    },
  ];
}

function brokenAccounts(sources: AlarmSources): AlarmEntry[] {
  const { location, accounts, outbox, go, lookAtCommand } = sources;
  if (location === paths.settings || location === paths.connect) return [];
  return troubles(accounts)
    .filter((trouble) => trouble.accounts.every(({ id }) => location !== paths.signIn(id)))
    .map(({ problem, accounts: held }) => {
      const [first, ...others] = held;
      return {
        id: `account ${first.id}`,
        testId: "account-problem",
        tone: "amber",
        title: words`${namesOf(held)}: ${problemTitle(problem.code)}`,
        cause: problem.message,
        kept: whatWaits(held, outbox).trim(),
        actions: [
          ...(needsSignIn(problem)
            ? [
                {
                  text: "Sign in again",
                  run: () => go(paths.signIn(first.id)),
                  testId: "sign-in-again",
                },
              ]
            : []),
          ...(problem.code === "approval-needed"
            ? [
                {
                  text: "Look at the command",
                  run: () => lookAtCommand(first),
                  testId: "command-look",
                },
              ]
            : []),
          ...(isOfNetwork(problem.code)
            ? [{ text: "Network settings", run: networkDialog.open, testId: "network-settings" }]
            : []),
          { text: "Check again", run: () => checkAgain(held) },
          ...(others.length === 0
            ? [{ text: "Details", run: () => go(paths.check(first.id)) }]
            : []),
        ],
      };
    });
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Accounts whose secret this computer cannot keep. */
function sessionKeys({ location, accounts, go }: AlarmSources): AlarmEntry[] {
  if (location === paths.connect) return [];
  return accounts
    .filter(({ id, source }) => isSessionOnly(source) && location !== paths.signIn(id))
    .map(({ id, name, connection, source }) => {
      const portal = source.kind === "portal";
      return {
        id: `session ${id}`,
        testId: "session-key",
        tone: "amber",
        title: words`${name}: the ${portal ? "sign-in" : "access key"} is not kept on this computer`,
        cause: `${sentence(notKeptReason(source))}, and ECO Desk writes no secret into a file.`,
        kept: portal
          ? "It holds the sign-in until it ends; after each start, sign in again."
          : "It holds the key until it ends; after each start, enter it again.",
        actions:
          connection.state === "failed"
            ? [
                {
                  text: portal ? "Sign in again" : "Enter the key",
                  run: () => go(paths.signIn(id)),
                },
              ]
            : [],
      };
    });
}

/** What was mended at the start, until it is dismissed. */
function notices({ app, dismissed, dismiss }: AlarmSources): AlarmEntry[] {
  return (app?.notices ?? [])
    .filter((notice) => !dismissed.includes(notice))
    .map((notice) => ({
      id: notice,
      testId: "notice",
      tone: "plain",
      title: "",
      cause: notice,
      kept: "",
      actions: [{ text: "Dismiss", run: () => dismiss(notice) }],
    }));
}
