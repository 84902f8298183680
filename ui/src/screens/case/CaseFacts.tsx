// What is known of a case, in the column at the right.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import { count } from "../../format/size";
import { absolute, dayAndClock, minutes, roughSpan } from "../../format/time";
import { useNow } from "../../format/useNow";
import { authorName } from "../../format/words";
import { PriorityMark, ResponseMark } from "../../parts/marks";
import { StarsGiven } from "../../parts/StarRating";
import type { CaseDetail, Message } from "../../platform/contract";
import { CopyNumber } from "./CopyNumber";
import { FileToken } from "./FileToken";

/** How many files are listed before "Show all". */
const FEW_FILES = 4;

export interface CaseFactsProps {
  detail: CaseDetail;
  /** The messages that are on screen: their files can be listed. */
  messages: readonly Message[];
  open: boolean;
  noConsole: string | null;
  onOpenConsole: () => void;
  allShown: boolean;
  onShowAll: () => void;
}

export function CaseFacts(props: CaseFactsProps) {
  const { detail, noConsole } = props;
  const { row } = detail;
  const now = useNow();
  return (
    <aside
      className={`case-facts ${props.open ? "case-facts-open" : ""}`}
      aria-label="Facts about the case"
      data-testid="case-facts"
    >
      <div className="case-facts-list">
        {row.waiting === "you" && row.presence === "at-aws" ? (
          <div data-testid="case-waits-for-you">
            <Alert type="warning" header={waitsWords(now - row.waitingSince)}>
              Your reply lets ECO go on.
            </Alert>
          </div>
        ) : null}
        <Fact label="Number">
          <CopyNumber number={row.displayId} />
        </Fact>
        <Fact label="Response">
          <span className="case-response">
            <ResponseMark
              response={row.response}
              reportedBy={row.reportedBy}
              presence={row.presence}
            />
            {row.response.state === "not-applicable" ? null : (
              <span className="case-quiet">target {minutes(row.response.targetMinutes)}</span>
            )}
          </span>
        </Fact>
        <Fact label="Created">
          <time dateTime={new Date(row.createdAt).toISOString()} title={absolute(row.createdAt)}>
            {capital(dayAndClock(row.createdAt, now))}
          </time>{" "}
          by <bdi>{row.reportedBy.who === "me" ? "you" : authorName(row.reportedBy)}</bdi>
        </Fact>
        <Fact label="Service">
          <bdi>{detail.serviceName ?? detail.serviceCode}</bdi>
        </Fact>
        <Fact label="Category">
          <bdi>{categoryWords(detail)}</bdi>
        </Fact>
        <Fact label="Priority">
          <span className="case-priority">
            <PriorityMark priority={row.priority} />
            <code className="eco-mono case-quiet" title="The severity code at AWS Support">
              {row.severityCode}
            </code>
          </span>
        </Fact>
        <Fact label="Additional contacts">
          {detail.cc.length === 0
            ? "None"
            : detail.cc.map((address) => (
                <div key={address} className="case-wrap" dir="auto">
                  {address}
                </div>
              ))}
        </Fact>
        <Files {...props} />
        {detail.rating === null ? null : (
          <Fact label="Your rating">
            <div data-testid="case-rating">
              <StarsGiven value={detail.rating.stars} />
              {detail.rating.comment === "" ? null : (
                <div className="case-wrap">{detail.rating.comment}</div>
              )}
              <div className="case-quiet">
                {detail.rating.sendToEco ? "Sent to ECO" : "Kept on this computer"}
              </div>
            </div>
          </Fact>
        )}
      </div>
      <div className="case-facts-end">
        <Button
          fullWidth
          iconName="external"
          iconAlign="right"
          disabled={noConsole !== null}
          {...(noConsole === null ? {} : { disabledReason: noConsole })}
          onClick={props.onOpenConsole}
          data-testid="case-open-console"
        >
          Open in Support Center
        </Button>
      </div>
    </aside>
  );
}

function Files({ detail, messages, allShown, onShowAll }: CaseFactsProps) {
  const files = messages.flatMap((message) =>
    message.files.map((file, index) => ({ file, key: `${message.id}-${index}` })),
  );
  const total = Math.max(detail.row.attachments, files.length);
  if (total === 0) return <Fact label="Files">None</Fact>;
  const listed = allShown ? files : files.slice(0, FEW_FILES);
  return (
    <Fact label={`Files (${total})`}>
      <div className="case-fact-files">
        {listed.map(({ file, key }) => (
          <FileToken key={key} caseKey={detail.row.key} file={file} />
        ))}
      </div>
      {listed.length < total && !allShown ? (
        <Button variant="inline-link" onClick={onShowAll} data-testid="case-all-files">
          Show all {count(total, "file")}
        </Button>
      ) : null}
    </Fact>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="case-fact">
      <div className="case-fact-label">{label}</div>
      <div className="case-fact-value">{children}</div>
    </div>
  );
}

function categoryWords({ categoryName, categoryCode, row }: CaseDetail): string {
  if (categoryName !== null) return categoryName;
  return categoryCode === "" && row.presence === "not-yet-sent" ? "Found when sent" : categoryCode;
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase("en-GB") + text.slice(1);
}

function waitsWords(ms: number): string {
  return ms < 60_000 ? "ECO waits for you" : `ECO waits for you, ${roughSpan(ms)}`;
}
