// One incident: its head, its correspondence with the composer under it, and its facts.
import "./case.css";
import "./messages.css";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useCallback, useRef, useState } from "react";
import { useNow } from "../../format/useNow";
import { flash } from "../../frame/flash";
import { useKeys } from "../../frame/keys";
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
import { useFillHeight } from "./useFillHeight";
import { useGo, useReportAgain } from "./useGo";
import { longDay, type Replying, replying } from "./words";

/** How many of the newest messages are shown at first, and how many more each "Load more" brings. */
const PAGE = 20;

export default function CaseScreen({ caseKey }: { caseKey: CaseKey }) {
  const go = useGo();
  const query = useCommand("case_get", { case: caseKey });
  useScreen({ title: query.data?.row.subject ?? "Incident", bleed: true });
  useKeys([
    {
      key: "Escape",
      label: "Back",
      inFields: true,
      run: ({ target }) => {
        // The first Escape leaves a field or a menu, so that nothing half-written is left by accident.
        if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) {
          target.blur();
        } else if (!(target instanceof Element && target.closest("[role=menu]") !== null)) {
          go.incidents();
        }
      },
    },
  ]);
  if (query.data !== undefined) return <Case key={caseKey} detail={query.data} />;
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

function Case({ detail }: { detail: CaseDetail }) {
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
  const [wish] = useState(takeWish);
  const [factsOpen, setFactsOpen] = useState(false);
  const [over, setOver] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const frame = useFillHeight();

  const reply = replying(detail, now);
  const resolveAction = resolveActionOf(detail, waiting);
  const [dialog, setDialog] = useState<"resolve" | "rate" | null>(
    wish === "resolve" && resolveAction === "resolve" ? "resolve" : null,
  );
  const noConsole = noConsoleOf(detail, mode === "demo");
  const focusReply = useCallback(() => field.current?.focus(), []);
  const openConsole = () =>
    console_.mutate({ case: caseKey }, { onError: (problem) => flash.problem(problem) });

  useKeys(reply.state === "over" ? [] : [{ key: "r", label: "Reply", run: focusReply }]);

  return (
    <div className="case" ref={frame} data-testid="case-screen">
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
        onToggleFacts={() => setFactsOpen(!factsOpen)}
      />
      <div className="case-body">
        <div className="case-main">
          <CaseBanners detail={detail} waiting={waiting} messages={messages} />
          <Correspondence
            detail={detail}
            query={correspondence}
            onLoadMore={() => setRecent(recent + PAGE)}
          />
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

/** What the address asked to do first. Taken out of the address, so that it is done once. */
function takeWish(): "reply" | "resolve" | null {
  const search = window.location.search.slice(1);
  if (search !== "reply" && search !== "resolve") return null;
  window.history.replaceState(
    window.history.state,
    "",
    window.location.pathname + window.location.hash,
  );
  return search;
}
