// The head of a case: what it is, how it stands, and what can be done with it.
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { AccountDot, PriorityMark, ResponseMark, StatusLabel } from "../../parts/marks";
import type { CaseDetail } from "../../platform/contract";
import { CopyNumber } from "./CopyNumber";
import { WorkflowSteps } from "./WorkflowSteps";

/** What stands in the place of "Resolve case". */
export type ResolveAction = "resolve" | "resolving" | "not-sent" | "rate" | "none";

export interface CaseHeaderProps {
  detail: CaseDetail;
  resolveAction: ResolveAction;
  canReply: boolean;
  /** Why Support Center cannot be opened from here; `null` where it can. */
  noConsole: string | null;
  factsOpen: boolean;
  onBack: () => void;
  onReply: () => void;
  onResolve: () => void;
  onRate: () => void;
  onOpenConsole: () => void;
  onReportAgain: () => void;
  onToggleFacts: () => void;
}

export function CaseHeader(props: CaseHeaderProps) {
  const { detail, noConsole } = props;
  const { row } = detail;
  return (
    <header className="case-head">
      <div className="case-head-back">
        <Button
          variant="icon"
          iconName="arrow-left"
          ariaLabel="Back to the incidents"
          onClick={props.onBack}
          data-testid="case-back"
        />
      </div>
      <h1 className="case-subject" dir="auto" title={row.subject} data-testid="case-subject">
        {row.subject}
      </h1>
      <div className="case-head-facts">
        <CopyNumber number={row.displayId} />
        <PriorityMark priority={row.priority} />
        <span data-testid="case-status">
          <StatusLabel row={row} />
        </span>
        <ResponseMark response={row.response} reportedBy={row.reportedBy} presence={row.presence} />
        <AccountDot account={row.account} />
      </div>
      <WorkflowSteps detail={detail} />
      <div className="case-head-actions">
        {props.canReply ? (
          <Button iconName="undo" onClick={props.onReply} data-testid="case-reply">
            Reply
          </Button>
        ) : null}
        <ResolveButton {...props} />
        <ButtonDropdown
          data-testid="case-more"
          items={[
            {
              id: "console",
              text: "Open in Support Center",
              iconName: "external",
              ...(noConsole === null ? {} : { disabled: true, disabledReason: noConsole }),
            },
            {
              id: "again",
              text: "Report a new incident that names this one",
              iconName: "add-plus",
            },
          ]}
          onItemClick={({ detail: item }) => {
            if (item.id === "console") props.onOpenConsole();
            if (item.id === "again") props.onReportAgain();
          }}
        >
          More
        </ButtonDropdown>
        <span className="case-facts-toggle">
          <Button
            variant="icon"
            iconName="status-info"
            ariaLabel={props.factsOpen ? "Hide the facts" : "Show the facts"}
            ariaExpanded={props.factsOpen}
            onClick={props.onToggleFacts}
            data-testid="case-facts-toggle"
          />
        </span>
      </div>
    </header>
  );
}

function ResolveButton({ resolveAction, onResolve, onRate }: CaseHeaderProps) {
  switch (resolveAction) {
    case "resolve":
      return (
        <Button onClick={onResolve} data-testid="case-resolve">
          Resolve case
        </Button>
      );
    case "resolving":
      return (
        <Button disabled disabledReason="It is on its way to AWS." data-testid="case-resolve">
          Resolve case
        </Button>
      );
    case "not-sent":
      return (
        <Button
          disabled
          disabledReason="ECO does not have this incident yet. It can be discarded in Drafts & outbox."
          data-testid="case-resolve"
        >
          Resolve case
        </Button>
      );
    case "rate":
      return (
        <Button iconName="star" onClick={onRate} data-testid="case-rate">
          Rate ECO's correspondence
        </Button>
      );
    case "none":
      return null;
  }
}
