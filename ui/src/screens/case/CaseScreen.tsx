// One incident: its head, its correspondence with the composer under it, and its facts.
import "./case.css";
import "./messages.css";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useNow } from "../../format/useNow";
import { flash } from "../../frame/flash";
import { useKeys } from "../../frame/keys";
import { type CaseAct, caseAt, paths } from "../../frame/paths";
import { useScreen } from "../../frame/screen";
import { DropOverlay } from "../../parts/DropZone";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseDetail, CaseKey, OutboxEntry } from "../../platform/contract";
import { useAct, useCommand } from "../../query/hooks";
import { CaseBanners } from "./CaseBanners";
import { CaseFacts } from "./CaseFacts";
import { CaseHeader, type ResolveAction } from "./CaseHeader";
import { Composer } from "./Composer";
import { Correspondence } from "./Correspondence";
import { RateDialog, ResolveDialog } from "./RatingDialogs";
import { CaseSkeleton } from "./Skeletons";
import { knownMessages } from "./timeline";
import { useGo, useReportAgain } from "./useGo";
import { longDay, type Replying, replying } from "./words";

/** How many of the newest messages are shown at first, and how many more each "Load more" brings. */
const PAGE = 20;

interface Props {
  caseKey: CaseKey;
  /** What it was opened for. */
  act?: CaseAct;
}

export default function CaseScreen({ caseKey, act }: Props) {
  const go = useGo();
  const [location] = useLocation();
  const query = useCommand("case_get", { case: caseKey });
  useScreen({ title: query.data?.row.subject ?? "Incident", bleed: true });
  const leave = {
    key: "Escape",
    inFields: true,
    run: ({ target }: KeyboardEvent) => {
      // The first Escape leaves a field or a menu, so that nothing half-written is left by accident.
      if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) {
        target.blur();
      } else if (!(target instanceof Element && target.closest("[role=menu]") !== null)) {
        go.incidents();
      }
    },
  };
  // Beside the list, Escape is the list's own.
  useKeys(
    caseAt(location) === null
      ? []
      : [{ ...leave, label: "Back", title: "Back to the list", group: "Case" }],
  );
  if (query.data !== undefined) {
    return <Case key={caseKey} detail={query.data} {...(act === undefined ? {} : { act })} />;
  }
  if (query.error === null) return <CaseSkeleton />;
  if (query.error.code === "not-found") {
    return (
      <div className="case-absent" data-testid="case-not-found">
        <Box variant="h1">This case is not on this computer</Box>
        <p>
          It may belong to an account that was removed here. AWS still has it if it was ever sent.
        </p>
        <Button onClick={go.incidents}>Back to the incidents</Button>
      </div>
    );
  }
  return (
    <div className="case-absent">
      <ProblemAlert
        title="The case could not be read"
        problem={query.error}
        onRetry={() => void query.refetch()}
      />
      <Button onClick={go.incidents}>Back to the incidents</Button>
    </div>
  );
}

function Case({ detail, act }: { detail: CaseDetail; act?: CaseAct }) {
  const { row } = detail;
  const caseKey = row.key;
  const go = useGo();
  const now = useNow();
  const [recent, setRecent] = useState(PAGE);
  const correspondence = useCommand(
    "case_correspondence",
    { case: caseKey, recent },
    { keepPrevious: true },
  );
  const messages = correspondence.data === undefined ? [] : knownMessages(correspondence.data);
  const outbox = useCommand("outbox_list", {}).data ?? [];
  const waiting = outbox.filter((entry) => entry.case === caseKey);
  const mode = useCommand("app_state", {}).data?.mode;
  const console_ = useAct("case_open_console");
  const again = useReportAgain(detail);
  const mark = useAct("case_mark");
  const [location, navigate] = useLocation();
  const [factsOpen, setFactsOpen] = useState(false);
  const [over, setOver] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const reply = replying(detail, now);
  const resolveAction = resolveActionOf(detail, waiting);
  const [dialog, setDialog] = useState<"resolve" | "rate" | null>(null);
  const noConsole = noConsoleOf(detail, mode === "demo");
  const focusReply = useCallback(() => field.current?.focus(), []);
  const openConsole = () =>
    console_.mutate({ case: caseKey }, { onError: (problem) => flash.problem(problem) });

  // What the address asks for is done once, also where the case is on screen already.
  const [wish, setWish] = useState(act);
  const canResolve = resolveAction === "resolve";
  // biome-ignore lint/correctness/useExhaustiveDependencies: what can be done then counts, not when it changes
  useEffect(() => {
    if (act === undefined) return;
    setWish(act);
    if (act === "resolve" && canResolve) setDialog("resolve");
    // A composer that is still on its way takes the focus itself.
    if (act === "reply") field.current?.focus();
    navigate(paths.case(caseKey), { replace: true });
  }, [act]);

  const inCase = "Case";
  const showFacts = () => setFactsOpen((open) => !open);
  useKeys([
    ...(reply.state === "over"
      ? []
      : [
          {
            key: "r",
            label: "Reply",
            title: "Reply to this incident",
            group: inCase,
            icon: "contact" as const,
            opensField: true,
            run: focusReply,
          },
        ]),
    ...(canResolve
      ? [
          {
            key: "e",
            label: "Resolve",
            title: "Resolve this case",
            group: inCase,
            run: () => setDialog("resolve"),
          },
        ]
      : []),
    // Beside the list, this key is the list's own.
    ...(caseAt(location) === null
      ? []
      : [
          {
            key: "u",
            title: "Mark as read or unread",
            group: inCase,
            run: () => mark.mutate({ cases: [caseKey], unread: !row.unread }),
          },
        ]),
    { key: "i", title: "Show or hide the facts", group: inCase, run: showFacts },
  ]);

  return (
    <div className="case" data-testid="case-screen" data-case={caseKey}>
      <CaseHeader
        detail={detail}
        resolveAction={resolveAction}
        canReply={reply.state !== "over"}
        noConsole={noConsole}
        factsOpen={factsOpen}
        onBack={go.incidents}
        onReply={focusReply}
        onResolve={() => setDialog("resolve")}
        onRate={() => setDialog("rate")}
        onOpenConsole={openConsole}
        onReportAgain={again.begin}
        onToggleFacts={showFacts}
      />
      <div className="case-body">
        <div className="case-main">
          <CaseBanners detail={detail} waiting={waiting} messages={messages} />
          <Correspondence detail={detail} query={correspondence} onShow={setRecent} />
          {again.problem === null ? null : (
            <ProblemAlert
              title="The new report could not be begun"
              problem={again.problem}
              onRetry={again.begin}
            />
          )}
          {reply.state === "over" ? (
            <div className="case-composer" data-testid="case-report-again">
              <div className="case-over">
                <span>{reply.why}</span>
                <Button variant="primary" loading={again.beginning} onClick={again.begin}>
                  Report a new incident that names this one
                </Button>
              </div>
            </div>
          ) : (
            <Composer
              caseKey={caseKey}
              note={noteOf(reply)}
              field={field}
              focusAtFirst={wish === "reply"}
              onDragOver={setOver}
            />
          )}
          <DropOverlay visible={over} text="Drop the files to add them to this reply" />
        </div>
        <CaseFacts
          detail={detail}
          messages={messages}
          open={factsOpen}
          noConsole={noConsole}
          onOpenConsole={openConsole}
          allShown={recent >= detail.messages && recent > PAGE}
          onShowAll={() => setRecent(Math.max(detail.messages, PAGE + 1))}
        />
      </div>
      {dialog === "resolve" ? <ResolveDialog row={row} onClose={() => setDialog(null)} /> : null}
      {dialog === "rate" ? <RateDialog row={row} onClose={() => setDialog(null)} /> : null}
    </div>
  );
}

function noteOf(reply: Replying): string | null {
  switch (reply.state) {
    case "open":
    case "over":
      return null;
    case "reopens":
      return reply.until === null
        ? "Replying reopens the case."
        : `Replying reopens the case, possible until ${longDay(reply.until)}.`;
  }
}

function resolveActionOf(detail: CaseDetail, waiting: readonly OutboxEntry[]): ResolveAction {
  switch (detail.row.presence) {
    case "not-yet-sent":
      return "not-sent";
    case "archived":
      return detail.rating === null ? "rate" : "none";
    case "just-sent":
    case "unlisted":
    case "at-aws":
      if (detail.row.status === "resolved") return detail.rating === null ? "rate" : "none";
      return waiting.some((entry) => entry.kind === "resolve") ? "resolving" : "resolve";
  }
}

function noConsoleOf(detail: CaseDetail, demo: boolean): string | null {
  if (detail.consoleUrl !== null) return null;
  return demo
    ? "The demo has no Support Center."
    : "AWS has not told the case's number yet, by which Support Center finds it.";
}
