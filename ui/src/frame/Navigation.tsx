// The navigation: what one can begin, the views with their counts, what waits to be sent, the accounts.
import "./navigation.css";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import { type MouseEvent, type ReactNode, useMemo } from "react";
import { useLocation } from "wouter";
import { grouped } from "../format/size";
import { problemTitle, viewName } from "../format/words";
import { AccountTile } from "../parts/AccountTile";
import type { Account, CaseCounts, CaseView } from "../platform/contract";
import { useCommand } from "../query/hooks";
import { NO_FILTER } from "../screens/incidents/list-query";
import { changeList, useListState } from "../screens/incidents/list-state";
import { needsSignIn } from "./account-problems";
import { caseAt, paths } from "./paths";

/** The built-in views in their order; their numbers are keys. */
export const VIEWS: readonly { view: CaseView; icon: IconProps.Name; tone?: Tone }[] = [
  { view: "needs-my-reply", icon: "contact", tone: "yours" },
  { view: "unread", icon: "notification", tone: "unread" },
  { view: "open", icon: "folder-open" },
  { view: "response-late", icon: "history" },
  { view: "high-priority", icon: "status-warning" },
  { view: "reported-by-eco", icon: "flag" },
  { view: "recently-resolved", icon: "status-positive" },
];

/** What a count says by its colour: you have to act, something is new, an alarm. */
type Tone = "yours" | "unread" | "alarm" | "plain";

/** Asks for the palette, which listens for this. */
function openPalette(): void {
  document.dispatchEvent(new CustomEvent("eco-palette"));
}

/** How many cases a view has, where the core counts them. */
export function countOf(counts: CaseCounts | undefined, view: CaseView): number | undefined {
  if (counts === undefined) return undefined;
  if (view === "all") return counts.total;
  const name = view.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const known = Object.entries(counts).find(([other]) => other === name)?.[1];
  return typeof known === "number" ? known : undefined;
}

interface EntryProps {
  icon: ReactNode;
  text: ReactNode;
  /** Read out after the text: "2, not sent yet". */
  words?: string;
  count?: number | undefined;
  tone?: Tone;
  current?: boolean;
  /** At the right, in place of a count. */
  mark?: ReactNode;
  title?: string;
  href?: string;
  onChoose: () => void;
}

function Entry({
  icon,
  text,
  words,
  count = 0,
  tone = "plain",
  current = false,
  mark,
  title,
  href,
  onChoose,
}: EntryProps) {
  const inside = (
    <>
      <span className="eco-nav-icon">{icon}</span>
      <span className="eco-nav-text">{text}</span>
      {count > 0 ? (
        <span className={`eco-nav-count eco-nav-count-${tone}`}>{grouped(count)}</span>
      ) : null}
      {count > 0 && words ? <span className="eco-hidden">{words}</span> : null}
      {mark ? <span className="eco-nav-mark">{mark}</span> : null}
    </>
  );
  const shared = {
    className: current ? "eco-nav-entry eco-nav-current" : "eco-nav-entry",
    title,
    ...(current ? { "aria-current": "page" as const, "data-pane-focus": "" } : {}),
  };
  if (href === undefined) {
    return (
      <button type="button" {...shared} onClick={onChoose}>
        {inside}
      </button>
    );
  }
  const follow = (event: MouseEvent) => {
    event.preventDefault();
    onChoose();
  };
  return (
    <a href={`#${href}`} {...shared} onClick={follow}>
      {inside}
    </a>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="eco-nav-group" aria-label={title}>
      <h2 className="eco-nav-heading">{title}</h2>
      {children}
    </section>
  );
}

/** "Open, 9". */
const label = (name: string, count: number | undefined) =>
  count ? `${name}, ${grouped(count)}` : name;

function Views() {
  const [location, navigate] = useLocation();
  const [state] = useListState();
  const counts = useCommand("case_counts", {}).data;
  const here = onIncidents(location) && accountShown(state.filter) === null;
  const choose = (view: CaseView) => {
    changeList({ view, filter: NO_FILTER });
    navigate(paths.incidents);
  };
  return (
    <section className="eco-nav-group" aria-label="Views">
      {VIEWS.map(({ view, icon, tone }) => {
        const count = countOf(counts, view);
        return (
          <Entry
            key={view}
            icon={<Icon name={icon} />}
            text={viewName(view)}
            title={label(viewName(view), count)}
            count={count}
            {...(tone ? { tone } : {})}
            current={here && state.view === view}
            onChoose={() => choose(view)}
          />
        );
      })}
      <Entry
        icon={<Icon name="list-view" />}
        text={viewName("all")}
        title={label("All incidents", counts?.total)}
        count={counts?.total}
        href={paths.incidents}
        current={here && state.view === "all"}
        onChoose={() => choose("all")}
      />
    </section>
  );
}

function Work() {
  const [location, navigate] = useLocation();
  const drafts = useCommand("draft_list", {}).data ?? [];
  const outbox = useCommand("outbox_list", {}).data ?? [];
  const waiting = drafts.length + outbox.length;
  const alarm = outbox.some((entry) => entry.notYetWithEco && entry.priority === "high");
  return (
    <Group title="Work">
      <Entry
        icon={<Icon name="send" />}
        text="Drafts & outbox"
        title={label("Drafts & outbox", waiting)}
        count={waiting}
        words={alarm ? "not sent yet, one of High priority" : "not sent yet"}
        tone={alarm ? "alarm" : "plain"}
        href={paths.outbox}
        current={location === paths.outbox}
        onChoose={() => navigate(paths.outbox)}
      />
    </Group>
  );
}

function Accounts({ accounts }: { accounts: readonly Account[] }) {
  const [location, navigate] = useLocation();
  const [state] = useListState();
  const shown = onIncidents(location) ? accountShown(state.filter) : null;
  const counts = useCommand("case_counts", {}).data?.accounts ?? [];
  const choose = ({ id, connection }: Account) => {
    if (connection.state === "failed" && needsSignIn(connection.problem)) {
      navigate(paths.signIn(id));
      return;
    }
    changeList({ filter: onlyAccount(id) });
    navigate(paths.incidents);
  };
  return (
    <Group title="Accounts">
      {accounts.map((account) => {
        const { connection } = account;
        const trouble =
          connection.state === "failed" ? problemTitle(connection.problem.code) : null;
        return (
          <Entry
            key={account.id}
            icon={<AccountTile account={account.id} />}
            text={<bdi>{account.name}</bdi>}
            title={trouble === null ? account.name : `${account.name}: ${trouble}`}
            words="open"
            count={
              trouble === null
                ? counts.find((known) => known.account === account.id)?.open
                : undefined
            }
            mark={
              trouble === null ? null : (
                <>
                  <Icon name="status-warning" variant="warning" />
                  <span className="eco-hidden">{trouble}</span>
                </>
              )
            }
            current={shown === account.id}
            onChoose={() => choose(account)}
          />
        );
      })}
    </Group>
  );
}

export function Navigation() {
  const [location, navigate] = useLocation();
  const accounts = useCommand("account_list", {}).data ?? [];
  const mac = useMemo(() => /Mac/.test(navigator.userAgent), []);
  return (
    <nav
      aria-label="Navigation"
      className="eco-nav"
      data-testid="navigation"
      data-pane="navigation"
      tabIndex={-1}
    >
      <a
        href={`#${paths.report}`}
        className="eco-nav-report"
        title="Report an incident (N)"
        {...(location.startsWith(paths.report) ? { "aria-current": "page" as const } : {})}
        onClick={(event) => {
          event.preventDefault();
          navigate(paths.report);
        }}
      >
        <Icon name="add-plus" variant="inverted" />
        <span className="eco-nav-text">Report an incident</span>
        <span aria-hidden="true" className="eco-nav-keys">
          N
        </span>
      </a>
      <button
        type="button"
        className="eco-nav-find"
        title={mac ? "Find or do anything (⌘K)" : "Find or do anything (Ctrl+K)"}
        aria-haspopup="dialog"
        onClick={openPalette}
        data-testid="palette-field"
      >
        <Icon name="search" />
        <span className="eco-nav-text">Find or do anything</span>
        <span aria-hidden="true" className="eco-nav-keys">
          {mac ? "⌘ K" : "Ctrl K"}
        </span>
      </button>
      <Views />
      <Work />
      {accounts.length > 0 ? <Accounts accounts={accounts} /> : null}
      <div className="eco-nav-last">
        <Entry
          icon={<Icon name="settings" />}
          text="Settings"
          title="Settings"
          href={paths.settings}
          current={location === paths.settings}
          onChoose={() => navigate(paths.settings)}
        />
      </div>
    </nav>
  );
}

function onIncidents(location: string): boolean {
  return location === paths.incidents || caseAt(location) !== null;
}

type Filter = ReturnType<typeof useListState>[0]["filter"];

function onlyAccount(account: string): Filter {
  return {
    operation: "and",
    tokens: [{ propertyKey: "account", operator: "=", value: account }],
  };
}

/** The account that the list is narrowed to, where that is all the filter says. */
function accountShown({ tokens }: Filter): string | null {
  const [token, ...others] = tokens;
  if (!token || others.length > 0 || token.propertyKey !== "account") return null;
  return Array.isArray(token.value) ? ((token.value as string[])[0] ?? null) : String(token.value);
}
