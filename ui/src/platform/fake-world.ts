// The state behind the fake platform, and what its commands have in common.
import type {
  Account,
  AccountId,
  AppState,
  CaseKey,
  Change,
  Draft,
  DraftFile,
  EnteredKey,
  Field,
  FoundProfile,
  HeldKey,
  Message,
  NetworkSettings,
  NetworkTest,
  NotKept,
  Operation,
  OutboxEntry,
  PortalAccount,
  Problem,
  ReplyContent,
  ReportContent,
  Settings,
  ShellEvent,
  SyncStatus,
} from "./contract";
import * as fixtures from "./fixtures";
import { network } from "./fixtures-network";
import { LIMITS } from "./rules";

export interface FakeState {
  /** How large the page is drawn, in percent. */
  zoom: number;
  app: AppState;
  settings: Settings;
  network: NetworkSettings;
  /** What the next test of the connection finds; null for one that works. */
  networkTest: NetworkTest | null;
  accounts: Account[];
  profiles: FoundProfile[];
  cases: fixtures.FakeCase[];
  drafts: Draft[];
  outbox: OutboxEntry[];
  sync: SyncStatus[];
  /** Whether the system has a keychain for secrets. */
  keychain: boolean;
  /** What the user of the portal is assigned to. */
  assigned: PortalAccount[];
  /** Operations that the identity may not use. */
  denied: Operation[];
  /** What the next native dialog to choose files gives. */
  chosen: DraftFile[];
}

export function missing(what: string): Problem {
  return { code: "not-found", message: `There is no such ${what}.`, retryable: false };
}

export function invalid(field: Field, message: string): Problem {
  return { code: "invalid-input", field, message, retryable: false };
}

export function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw missing(what);
  return value;
}

function reportProblems(content: ReportContent, files: readonly DraftFile[]): Problem[] {
  const found: Problem[] = [];
  if (!content.account) found.push(invalid("account", "Choose the account."));
  if (!content.kind) found.push(invalid("kind", "Choose what kind of problem it is."));
  if (!content.priority) found.push(invalid("priority", "Choose a priority."));
  if (!content.subject.trim()) found.push(invalid("subject", "Enter a subject."));
  if (!content.body.trim()) found.push(invalid("body", "Describe what happens."));
  if (content.cc.length > LIMITS.contacts)
    found.push(invalid("cc", "At most ten addresses are allowed."));
  return [...found, ...refused(files)];
}

function refused(files: readonly DraftFile[]): Problem[] {
  return files.flatMap(({ name, state }) =>
    state.state === "refused" ? [invalid("files", `${name} cannot be sent. Remove it.`)] : [],
  );
}

function replyProblems(content: ReplyContent, files: readonly DraftFile[]): Problem[] {
  const found = content.body.trim() ? [] : [invalid("body", "Write a reply.")];
  if (content.body.length > LIMITS.reply) {
    found.push(invalid("body", "The reply has more than 8,000 characters. Shorten it."));
  }
  if (content.cc.some((address) => !address.includes("@"))) {
    found.push(invalid("cc", "An additional contact is not an e-mail address."));
  }
  return [...found, ...refused(files)];
}

export class FakeWorld {
  readonly state: FakeState;
  protected readonly listeners = new Set<(event: ShellEvent) => void>();
  private counter = 0;

  constructor(overrides: Partial<FakeState> = {}, now = Date.now()) {
    const accounts = overrides.accounts ?? fixtures.accounts(now);
    this.state = {
      app: fixtures.appState(),
      zoom: 100,
      settings: fixtures.settings(),
      network: network(),
      networkTest: null,
      accounts,
      profiles: fixtures.profiles(),
      cases: fixtures.cases(now),
      drafts: [],
      outbox: [],
      sync: accounts.map(({ id }) => ({
        account: id,
        running: false,
        syncedAt: now - 20_000,
        gap: null,
        problem: null,
      })),
      keychain: true,
      assigned: [
        { number: "412055670931", name: "Norvik production" },
        { number: "412055670932", name: "Norvik test" },
      ],
      denied: [],
      chosen: [
        {
          id: "chosen-1",
          name: "ingestion run ærlig.log",
          size: 212_000,
          state: { state: "ready" },
        },
      ],
      ...overrides,
    };
  }

  /** Sends an event as the shell does. */
  emit(event: ShellEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  changed(...changes: Change[]): void {
    this.emit({ event: "changed", changes });
  }

  id(prefix: string): string {
    this.counter += 1;
    return `${prefix}-new-${this.counter}`;
  }

  case(key: CaseKey): fixtures.FakeCase {
    return must(
      this.state.cases.find(({ row }) => row.key === key),
      "incident",
    );
  }

  /** Adds an account that works; the one of a key that is known already is taken anew. */
  connect(
    part: Pick<Account, "name" | "source" | "partition">,
    replaces: AccountId | null = null,
  ): Account {
    const { source } = part;
    const known =
      source.kind === "access-key"
        ? this.state.accounts.find(
            (other) =>
              other.source.kind === "access-key" &&
              (replaces === null
                ? other.source.accessKeyId === source.accessKeyId
                : other.id === replaces),
          )
        : undefined;
    const account: Account = {
      id: known?.id ?? this.id("account"),
      colour: known?.colour ?? this.state.accounts.length % 8,
      accountNumber: known?.accountNumber ?? null,
      connection: { state: "connected", at: Date.now() },
      ...part,
    };
    this.state.accounts = [...this.state.accounts.filter((other) => other !== known), account];
    this.changed({ what: "accounts" });
    return account;
  }

  /** The commands that have to be looked at, by account. */
  commands = new Map<string, string>();

  /** The key of a file that was dropped or chosen. */
  held: HeldKey | null = null;

  hold(fileName: string): HeldKey {
    this.held = { id: this.id("held"), fileName, accessKeyId: "AKIAIOSFODNN7EXAMPLE" };
    return this.held;
  }

  /** The id of a key that was entered. */
  keyId(key: EnteredKey): string {
    if (key.kind === "held") {
      if (this.held?.id !== key.key) throw missing("key");
      return this.held.accessKeyId;
    }
    if (!key.accessKeyId.startsWith("AKIA")) {
      throw invalid("accessKeyId", "This is not an access key ID. It begins with AKIA.");
    }
    if (key.secretAccessKey === "") {
      throw invalid("secretAccessKey", "Enter the secret access key.");
    }
    return key.accessKeyId;
  }

  /** Where a secret is put. */
  kept(): { sessionOnly: boolean; notKept?: NotKept } {
    return this.state.keychain
      ? { sessionOnly: false }
      : { sessionOnly: true, notKept: "no-keyring" };
  }

  /** The device shows 123456. */
  checkCode(code: string | null): void {
    if (code === null) {
      throw {
        code: "code-needed",
        message: "A code is needed.",
        retryable: false,
      } satisfies Problem;
    }
    if (code !== "123456") {
      const message = "AWS does not accept this code. Wait until your device shows the next one.";
      throw { code: "code-needed", field: "code", message, retryable: false } satisfies Problem;
    }
  }

  /** An account works again. */
  mend(id: string): Account {
    const account = this.account(id);
    account.connection = { state: "connected", at: Date.now() };
    this.changed({ what: "accounts" });
    return account;
  }

  account(id: string): Account {
    return must(
      this.state.accounts.find((account) => account.id === id),
      "account",
    );
  }

  draft(id: string): Draft {
    return must(
      this.state.drafts.find((draft) => draft.id === id),
      "draft",
    );
  }

  entry(id: string): OutboxEntry {
    return must(
      this.state.outbox.find((entry) => entry.id === id),
      "entry",
    );
  }

  message(part: Partial<Message>): Message {
    return {
      id: this.id("message"),
      author: { who: "me" },
      body: "",
      at: Date.now(),
      files: [],
      firstResponse: false,
      unseen: false,
      delivery: "at-aws",
      ...part,
    };
  }

  /** The core's rule: nothing is entered but what was filled in beforehand, and where the user looked. */
  isBlank({ content, files }: Draft): boolean {
    if (files.length > 0) return false;
    if (content.kind === "reply") {
      return content.content.body.trim() === "" && content.content.cc.length === 0;
    }
    const { account, step, subject, body, ...rest } = content.content;
    const {
      account: _account,
      step: _step,
      subject: _subject,
      body: _body,
      ...none
    } = fixtures.emptyReport(account);
    return (
      subject.trim() === "" &&
      body.trim() === "" &&
      step > 0 &&
      JSON.stringify(rest) === JSON.stringify(none)
    );
  }

  check(draft: Draft): Problem[] {
    return draft.content.kind === "report"
      ? reportProblems(draft.content.content, draft.files)
      : replyProblems(draft.content.content, draft.files);
  }

  /** Sends a report: the case is there at once, not yet with ECO. */
  submitReport(draft: Draft, content: ReportContent): CaseKey {
    const now = Date.now();
    const body = content.body;
    this.state.cases.unshift({
      cc: content.cc,
      messages: [this.message({ body, delivery: "waiting" })],
      row: {
        key: draft.id,
        displayId: null,
        subject: content.subject,
        account: content.account ?? "",
        priority: content.priority ?? "low",
        severityCode: "critical",
        status: "unassigned",
        reportedBy: { who: "me" },
        response: { state: "not-applicable" },
        waiting: "eco",
        waitingSince: now,
        presence: "not-yet-sent",
        notYetWithEco: false,
        unread: false,
        attachments: draft.files.length,
        stars: null,
        createdAt: now,
        updatedAt: now,
      },
    });
    return draft.id;
  }
}
