// The split panel: what was said last in the chosen case, and what it waits for.
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import SplitPanel from "@cloudscape-design/components/split-panel";
import { useLocation } from "wouter";
import { count } from "../../format/size";
import { dayAndClock } from "../../format/time";
import { useNow } from "../../format/useNow";
import { authorName, priorityName } from "../../format/words";
import { paths } from "../../frame/paths";
import { ResponseMark, StatusLabel, Time } from "../../parts/marks";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseDetail, CaseKey, CaseRow, Message } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { Waits } from "./columns";

const BADGE = {
  high: "severity-critical",
  medium: "severity-medium",
  low: "severity-low",
} as const;

function Actions({ row }: { row: CaseRow }) {
  const [, navigate] = useLocation();
  const unsent = row.presence === "not-yet-sent";
  const resolvable = !unsent && row.waiting !== "nobody";
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {unsent ? (
        <Button onClick={() => navigate(paths.outbox)}>Open outbox</Button>
      ) : (
        <Button
          iconName="undo"
          onClick={() => navigate(paths.reply(row.key))}
          data-testid="preview-reply"
        >
          Reply
        </Button>
      )}
      {resolvable ? (
        <Button onClick={() => navigate(paths.resolve(row.key))} data-testid="preview-resolve">
          Resolve case
        </Button>
      ) : null}
      <Button
        variant="primary"
        onClick={() => navigate(paths.case(row.key))}
        data-testid="preview-open"
      >
        Open
      </Button>
    </SpaceBetween>
  );
}

function Last({ message, detail }: { message: Message; detail: CaseDetail }) {
  const now = useNow();
  const author = authorName(message.author);
  return (
    <div>
      <div className="eco-row eco-small">
        <strong dir="auto">{author}</strong>
        <span className="eco-muted">
          {dayAndClock(message.at, now)}, <Time at={message.at} /> ·{" "}
          {count(detail.messages, "message")}
          {detail.row.unread ? ", unread" : ""}
          {message.files.length > 0 ? ` · ${count(message.files.length, "file")}` : ""}
        </span>
      </div>
      <p className="eco-preview-text" dir="auto">
        {message.body}
      </p>
    </div>
  );
}

function Content({ caseKey }: { caseKey: CaseKey }) {
  const now = useNow();
  const detail = useCommand("case_get", { case: caseKey });
  const correspondence = useCommand("case_correspondence", { case: caseKey, recent: 1 });
  const problem = detail.error ?? correspondence.error;
  if (problem) {
    return (
      <ProblemAlert
        problem={problem}
        onRetry={() => {
          void detail.refetch();
          void correspondence.refetch();
        }}
      />
    );
  }
  if (!detail.data || !correspondence.data) {
    return (
      <Box>
        <Skeleton variant="text-body-m" width="30%" />
        <Skeleton variant="text-body-m" width="60%" />
        <Skeleton variant="text-body-m" width="55%" />
      </Box>
    );
  }
  const { row } = detail.data;
  const message = correspondence.data.recent.at(-1);
  return (
    <div className="eco-preview">
      {message ? (
        <Last message={message} detail={detail.data} />
      ) : (
        <span>Nothing is known yet.</span>
      )}
      <KeyValuePairs
        columns={2}
        items={[
          {
            label: "Status",
            value: (
              <span className="eco-nobreak">
                <StatusLabel row={row} />
              </span>
            ),
          },
          { label: "Response", value: <ResponseMark {...pick(row)} /> },
          { label: "Who has to act", value: <Waits row={row} /> },
          {
            label: "Created",
            value: (
              <>
                {capital(dayAndClock(row.createdAt, now))}, by{" "}
                <bdi>{row.reportedBy.who === "me" ? "you" : authorName(row.reportedBy)}</bdi>
              </>
            ),
          },
        ]}
      />
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pick({ response, reportedBy, presence }: CaseRow) {
  return { response, reportedBy, presence };
}

/** `row`: as the list shows it, until the case itself has been read. */
export function Preview({ row }: { row: CaseRow }) {
  return (
    <SplitPanel
      header={row.subject}
      headerInfo={<Badge color={BADGE[row.priority]}>{priorityName(row.priority)}</Badge>}
      headerActions={<Actions row={row} />}
      hidePreferencesButton
      closeBehavior="collapse"
      ariaLabel="Preview of the chosen incident"
    >
      <div data-testid="preview">
        <Content key={row.key} caseKey={row.key} />
      </div>
    </SplitPanel>
  );
}
