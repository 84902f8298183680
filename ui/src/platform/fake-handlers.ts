// What each command of the fake platform does.
import type { Draft, Problem } from "./contract";
import { countsOf, pageOf } from "./fake-cases";
import { networkHandlers } from "./fake-network";
import { storageHandlers } from "./fake-storage";
import { type FakeWorld, invalid, missing } from "./fake-world";
import * as fixtures from "./fixtures";
import { connectionCheck } from "./fixtures-check";
import type { Answer, Args, CommandName } from "./platform";

export type Handlers = { [N in CommandName]: (args: Args<N>) => Answer<N> };

const DAY = 86_400_000;
const REFERENCE = "\n\nRef ED-7K2M-9QXD";

export function handlers(world: FakeWorld): Handlers {
  return {
    app_state: () => world.state.app,
    app_listen: () => null,
    app_painted: () => null,
    app_measured: () => null,
    app_flushed: () => null,
    app_zoom: ({ step }) => {
      const by = { larger: 10, smaller: -10, usual: 100 - world.state.zoom };
      world.state.zoom += by[step];
      return world.state.zoom;
    },
    clipboard_copy: () => null,
    link_open: () => null,
    demo_restart: () => null,

    ...storageHandlers(world),

    settings_get: () => world.state.settings,
    settings_save: ({ settings }) => {
      if (/[^a-z0-9-]/.test(settings.categoryCode)) {
        throw invalid(
          "categoryCode",
          "A category code has small letters, digits and hyphens only.",
        );
      }
      if (settings.ownEmail !== "" && !settings.ownEmail.includes("@")) {
        throw invalid("ownEmail", "Enter one e-mail address, such as name@company.example.");
      }
      world.state.settings = structuredClone(settings);
      world.changed({ what: "settings" });
      return settings;
    },

    ...networkHandlers(world),

    account_list: () => world.state.accounts,
    account_profiles: () => world.state.profiles,
    account_connect_profile: ({ profile, name, code }) => {
      const found = world.state.profiles.find((known) => known.name === profile);
      if (found?.mfaSerial) world.checkCode(code);
      return world.connect({ name, source: { kind: "profile", name: profile }, partition: "aws" });
    },
    account_connect_keys: ({ entry, name }) => {
      const { key, partition, role, mfaSerial, code, replaces } = entry;
      const accessKeyId = world.keyId(key);
      if (role?.mfaSerial || mfaSerial) world.checkCode(code);
      world.held = null;
      return world.connect(
        {
          name,
          source: {
            kind: "access-key",
            accessKeyId,
            ...world.kept(),
            ...(role ? { role } : {}),
            ...(mfaSerial ? { mfaSerial } : {}),
          },
          partition,
        },
        replaces,
      );
    },
    account_key_choose: () => world.hold("accessKeys.csv"),
    account_key_forget: () => {
      world.held = null;
      return null;
    },
    account_command: ({ account: id }) => world.commands.get(id) ?? null,
    account_approve_command: ({ account: id, command }) => {
      if (world.commands.get(id) !== command) {
        const message = "The command has changed again meanwhile, and was not run.";
        throw { code: "conflict", message, retryable: false } satisfies Problem;
      }
      world.commands.delete(id);
      return world.mend(id);
    },
    account_enter_code: ({ account: id, code }) => {
      world.checkCode(code);
      return world.mend(id);
    },
    sign_in_begin: ({ way, startUrl }) => {
      if (!startUrl.startsWith("https://")) throw invalid("startUrl", "This is no address.");
      return {
        id: world.id("sign-in"),
        page: "https://oidc.eu-west-1.amazonaws.com/authorize?client_id=desk",
        userCode: way === "code" ? "KTPX-QWRD" : null,
        expiresAt: Date.now() + 580_000,
      };
    },
    sign_in_wait: () => world.state.assigned,
    sign_in_roles: () => ["EdiSupport", "ReadOnly"],
    sign_in_connect: ({ accountNumber, role, name }) =>
      world.connect({
        name,
        source: {
          kind: "portal",
          startUrl: "https://norvik.awsapps.com/start",
          region: "eu-west-1",
          accountNumber,
          role,
          ...world.kept(),
        },
        partition: "aws",
      }),
    sign_in_renew: ({ account: id }) => world.mend(id),
    sign_in_cancel: () => null,
    account_check: ({ account: id }) => {
      const account = world.account(id);
      account.connection = { state: "connected", at: Date.now() };
      world.changed({ what: "accounts" });
      return account;
    },
    connection_check: ({ account: id }) =>
      connectionCheck(world.account(id), Date.now(), world.state.denied),
    account_rename: ({ account: id, name, colour }) => {
      const account = Object.assign(world.account(id), { name, colour });
      world.changed({ what: "accounts" });
      return account;
    },
    account_remove: ({ account: id }) => {
      world.state.accounts = world.state.accounts.filter((account) => account.id !== id);
      world.changed({ what: "accounts" }, { what: "cases" });
      return null;
    },

    draft_begin: () => {
      const blank = world.state.drafts.find((draft) => !draft.case && world.isBlank(draft));
      if (blank !== undefined) return blank;
      const now = Date.now();
      const draft: Draft = {
        id: world.id("draft"),
        case: null,
        subject: "",
        account: world.state.accounts[0]?.id ?? null,
        content: {
          kind: "report",
          content: fixtures.emptyReport(world.state.accounts[0]?.id ?? null),
        },
        files: [],
        problems: [],
        createdAt: now,
        savedAt: now,
      };
      draft.problems = world.check(draft);
      world.state.drafts.push(draft);
      world.changed({ what: "drafts" });
      return draft;
    },
    draft_get: ({ draft }) => world.draft(draft),
    draft_list: () => world.state.drafts.filter((draft) => !world.isBlank(draft)),
    draft_save: ({ draft: id, content }) => {
      const draft = world.draft(id);
      draft.content = structuredClone(content);
      if (content.kind === "report") {
        draft.subject = content.content.subject;
        draft.account = content.content.account;
      }
      draft.savedAt = Date.now();
      draft.problems = world.check(draft);
      world.changed({ what: "drafts" });
      return { savedAt: draft.savedAt, problems: draft.problems };
    },
    draft_discard: ({ draft: id }) => {
      world.state.drafts = world.state.drafts.filter((draft) => draft.id !== id);
      world.changed({ what: "drafts" });
      return null;
    },
    draft_close: ({ draft: id }) => {
      const draft = world.state.drafts.find((known) => known.id === id);
      if (draft !== undefined && !world.isBlank(draft)) return true;
      world.state.drafts = world.state.drafts.filter((known) => known.id !== id);
      world.changed({ what: "drafts" });
      return false;
    },
    contacts_read: ({ text }) => {
      const parts = text.split(/[,;\n]|(?<=@\S+)\s/).map((part) => part.trim());
      const isAddress = (part: string) => /^\S+@\S+\.\S+$/.test(part);
      return {
        addresses: parts.filter(isAddress),
        rest: parts.filter((part) => part !== "" && !isAddress(part)),
      };
    },
    reply_draft: ({ case: key }) => {
      const { row } = world.case(key);
      const known = world.state.drafts.find((draft) => draft.case === key);
      if (known) return known;
      const now = Date.now();
      const draft: Draft = {
        id: world.id("draft"),
        case: key,
        subject: row.subject,
        account: row.account,
        content: { kind: "reply", content: { body: "", cc: [] } },
        files: [],
        problems: [],
        createdAt: now,
        savedAt: now,
      };
      draft.problems = world.check(draft);
      world.state.drafts.push(draft);
      return draft;
    },
    report_form: ({ account }) => fixtures.reportForm(account, Date.now()),
    contact_options: () => ({
      methods: [
        { method: "web", opening: { state: "always" }, canChoose: true },
        {
          method: "phone",
          opening: { state: "open", until: Date.now() + 3 * 3_600_000 },
          canChoose: true,
        },
        {
          method: "chat",
          opening: { state: "closed", opensAt: Date.now() + 5 * 3_600_000 },
          canChoose: false,
        },
      ],
      englishSupported: true,
      problem: null,
    }),
    report_preview: ({ draft: id }) => {
      const { content } = world.draft(id);
      if (content.kind !== "report") throw missing("report");
      return {
        subject: content.content.subject,
        body: `${content.content.body}${REFERENCE}`,
        added: REFERENCE.length,
        serviceCode: "service-ams-operations-report-incident",
        categoryCode: content.content.categoryCode ?? "edi-application-issues-7f3c",
        severityCode: "critical",
      };
    },
    report_suggestions: () => {
      const rows = world.state.cases.map(({ row }) => row);
      const similar = (row: (typeof rows)[number], solution: string | null) => ({
        row,
        sharedWords: ["manifest", "ingestion"],
        solution,
      });
      return {
        open: rows
          .filter((row) => row.status !== "resolved")
          .slice(0, 1)
          .map((row) => similar(row, null)),
        resolved: rows
          .filter((row) => row.status === "resolved")
          .slice(0, 2)
          .map((row) => similar(row, "We have doubled the workers of the workflow engine.")),
      };
    },
    draft_submit: ({ draft: id }) => {
      const draft = world.draft(id);
      const first = world.check(draft)[0];
      if (first) throw first;
      let key = draft.case ?? draft.id;
      if (draft.content.kind === "report") {
        key = world.submitReport(draft, draft.content.content);
      } else {
        world.case(key).messages.push(
          world.message({
            body: draft.content.content.body,
            delivery: "waiting",
            files: draft.files.map(({ name, size }) => ({
              attachmentId: null,
              name,
              size,
              runs: false,
            })),
          }),
        );
      }
      world.state.drafts = world.state.drafts.filter((other) => other.id !== id);
      world.state.outbox.push({
        id: world.id("outbox"),
        kind: draft.content.kind,
        account: draft.account ?? "",
        case: key,
        subject: draft.subject,
        priority: draft.content.kind === "report" ? draft.content.content.priority : null,
        files: draft.files.length,
        bytes: draft.files.reduce((sum, { size }) => sum + size, 0),
        state: { state: "queued" },
        tries: 0,
        createdAt: Date.now(),
        editable: true,
        discardable: true,
        mayBeWithEco: false,
        sentAgain: null,
        notYetWithEco: false,
      });
      world.changed(
        { what: "drafts" },
        { what: "outbox" },
        { what: "cases" },
        { what: "case", key },
      );
      return key;
    },
    file_choose: ({ draft: id }) => {
      const draft = world.draft(id);
      draft.files.push(...world.state.chosen.map((file) => ({ ...file, id: world.id("file") })));
      draft.problems = world.check(draft);
      world.changed({ what: "drafts" });
      return draft.files;
    },
    file_remove: ({ draft: id, file }) => {
      const draft = world.draft(id);
      draft.files = draft.files.filter((known) => known.id !== file);
      draft.problems = world.check(draft);
      world.changed({ what: "drafts" });
      return null;
    },
    file_save: () => "ddms-requests.log",
    drop_mount: () => null,
    drop_unmount: () => null,

    outbox_list: () => world.state.outbox,
    outbox_retry: ({ entry: id }) => {
      world.entry(id).state = { state: "queued" };
      world.changed({ what: "outbox" });
      return null;
    },
    outbox_send_again: ({ entry: id }) => {
      const entry = world.entry(id);
      entry.state = { state: "queued" };
      entry.sentAgain = { at: Date.now(), by: "user" };
      world.changed({ what: "outbox" });
      return null;
    },
    outbox_edit: ({ entry: id }) => {
      const entry = world.entry(id);
      const now = Date.now();
      const reply = entry.kind !== "report";
      const draft: Draft = {
        id: world.id("draft"),
        case: reply ? entry.case : null,
        subject: entry.subject,
        account: entry.account,
        content: reply
          ? { kind: "reply", content: { body: "What was written.", cc: [] } }
          : {
              kind: "report",
              content: {
                ...fixtures.emptyReport(entry.account),
                subject: entry.subject,
                priority: entry.priority,
              },
            },
        files: [],
        problems: [],
        createdAt: now,
        savedAt: now,
      };
      world.state.drafts.push(draft);
      world.state.outbox = world.state.outbox.filter((other) => other.id !== id);
      world.changed({ what: "drafts" }, { what: "outbox" }, { what: "cases" });
      return draft.id;
    },
    outbox_discard: ({ entry: id }) => {
      world.state.outbox = world.state.outbox.filter((entry) => entry.id !== id);
      world.changed({ what: "outbox" }, { what: "cases" });
      return null;
    },

    case_list: ({ query }) => pageOf(world.state.cases, query, Date.now()),
    case_counts: () => countsOf(world.state.cases, Date.now()),
    case_get: ({ case: key }) => {
      const { row, messages, cc, detail } = world.case(key);
      return {
        row,
        serviceCode: "service-ams-operations-report-incident",
        serviceName: "AMS Operations - Report Incident",
        categoryCode: "edi-application-issues-7f3c",
        categoryName: "Energy Data Insights (EDI) - Application Issues",
        submittedBy: "AdminRole (Role) <ingrid.solheim@norvik.example>",
        cc,
        reopenUntil: row.status === "resolved" ? row.updatedAt + 14 * DAY : null,
        rating: null,
        handOver: null,
        consoleUrl: row.displayId
          ? `https://console.aws.amazon.com/support/home#/case/?displayId=${row.displayId}&language=en`
          : null,
        messages: messages.length,
        problem: null,
        ...detail,
      };
    },
    case_correspondence: ({ case: key, recent }) => {
      const { messages, gap } = world.case(key);
      const unseen = messages.findIndex((message) => message.unseen);
      const asked = Math.max(0, messages.length - recent);
      const cut = unseen === -1 ? asked : Math.min(asked, unseen);
      const first = messages.findIndex(({ firstResponse }) => firstResponse);
      const opening = messages.filter((_, at) => at < cut && (at === 0 || at === first));
      const hidden = messages.slice(0, cut).filter((message) => !opening.includes(message));
      const [begin, end] = [hidden[0], hidden.at(-1)];
      return {
        opening,
        hidden: hidden.length,
        ...(begin === undefined || end === undefined
          ? {}
          : { hiddenFrom: begin.at, hiddenUntil: end.at }),
        recent: messages.slice(cut),
        incomplete: false,
        gap: gap ?? null,
      };
    },
    case_mark: ({ cases, unread }) => {
      for (const key of cases) {
        world.case(key).row.unread = unread;
        world.changed({ what: "cases" }, { what: "case", key });
      }
      return null;
    },
    case_seen: ({ case: key }) => {
      const known = world.case(key);
      if (known.row.unread) {
        known.row.unread = false;
        for (const message of known.messages) message.unseen = false;
        world.changed({ what: "cases" }, { what: "case", key });
      }
      return null;
    },
    case_resolve: ({ case: key }) => {
      const { row } = world.case(key);
      world.state.outbox.push({
        id: world.id("outbox"),
        kind: "resolve",
        account: row.account,
        case: key,
        subject: row.subject,
        priority: null,
        files: 0,
        bytes: 0,
        state: { state: "queued" },
        tries: 0,
        createdAt: Date.now(),
        editable: false,
        discardable: true,
        mayBeWithEco: false,
        sentAgain: null,
        notYetWithEco: false,
      });
      world.changed({ what: "outbox" }, { what: "case", key });
      return null;
    },
    case_rate: ({ case: key, rating }) => {
      const known = world.case(key);
      known.detail = { ...known.detail, rating };
      world.changed({ what: "case", key });
      return null;
    },
    case_open_console: () => null,
    case_hand_over_done: ({ case: key }) => {
      const known = world.case(key);
      known.detail = { ...known.detail, handOver: null };
      world.changed({ what: "case", key });
      return null;
    },

    sync_now: () => {
      for (const status of world.state.sync) {
        status.syncedAt = Date.now();
        world.changed({ what: "sync", account: status.account });
      }
      return null;
    },
    sync_status: () => world.state.sync,
  };
}
