// What has to be known about a case before it is read: that ECO does not have it, that something of it waits, or
// that the user still has to start a call or chat.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useNow } from "../../format/useNow";
import { openLink } from "../../frame/links";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseDetail, HandOver, Message, OutboxEntry } from "../../platform/contract";
import { useAct, useCommand } from "../../query/hooks";
import { useGo } from "./useGo";
import { outboxWords, phoneWords } from "./words";

/** Where cases are opened by hand. */
const SUPPORT_CENTER = "https://console.aws.amazon.com/support/home";

export interface CaseBannersProps {
  detail: CaseDetail;
  /** What the outbox holds for this case. */
  waiting: readonly OutboxEntry[];
  /** What is known of its correspondence, oldest first. */
  messages: readonly Message[];
}

export function CaseBanners({ detail, waiting, messages }: CaseBannersProps) {
  const { row, handOver } = detail;
  const sent = row.presence !== "not-yet-sent";
  return (
    <div className="case-banners">
      <PresenceBanner detail={detail} waiting={waiting} messages={messages} />
      {row.presence === "unlisted" ? null : <UnlistedMessage messages={messages} />}
      {sent && detail.problem !== null ? (
        <Waits title="Something of this case waits in the outbox" why={detail.problem.message} />
      ) : null}
      {waiting.some((entry) => entry.kind === "resolve") ? (
        <div data-testid="case-resolving">
          <Alert type="info">
            Resolve case is on its way. The case shows as Resolved as soon as AWS has taken it.
          </Alert>
        </div>
      ) : null}
      {sent && handOver !== null ? <HandOverBanner detail={detail} handOver={handOver} /> : null}
    </div>
  );
}

function PresenceBanner({ detail, waiting, messages }: CaseBannersProps) {
  const now = useNow();
  switch (detail.row.presence) {
    case "not-yet-sent": {
      const report = waiting.find((entry) => entry.kind === "report");
      const why = report === undefined ? detail.problem?.message : outboxWords(report, now);
      const text = messages[0]?.body;
      const urgent = detail.row.priority === "high" && text !== undefined;
      // Sending takes a moment: whether that is over, the core says, for the alarm and the tray too.
      if (!detail.row.notYetWithEco) return <OnItsWay />;
      return (
        <Waits title="NOT YET WITH ECO" why={why ?? "It waits in the outbox."} alarm>
          {report?.state.state === "checking" ? <SendAgain entry={report} /> : null}
          {text !== undefined && (urgent || isUndecided(report)) && !isUnderWay(report) ? (
            <OtherWay report={`${detail.row.subject}\n\n${text}`} />
          ) : null}
        </Waits>
      );
    }
    case "just-sent":
      return (
        <div data-testid="case-just-sent">
          <Alert type="success">
            ECO has it. AWS lists it within minutes, and its number appears then.
          </Alert>
        </div>
      );
    case "unlisted":
      return (
        <Unlisted
          header="ECO may not have this incident: AWS took it and does not list it"
          what="Report it again, by this program or in Support Center, if ECO does not answer within its response time."
          copied={`${detail.row.subject}\n\n${messages[0]?.body ?? ""}`}
        />
      );
    case "archived":
      return (
        <div data-testid="case-archived">
          <Alert type="info">
            AWS does not list this case any more. This is what this computer kept of it.
          </Alert>
        </div>
      );
    case "at-aws":
      return null;
  }
}

/** A message of the user's that AWS took and does not list. */
function UnlistedMessage({ messages }: { messages: readonly Message[] }) {
  const unlisted = messages.filter(({ delivery }) => delivery === "unlisted");
  if (unlisted.length === 0) return null;
  return (
    <Unlisted
      header={
        unlisted.length === 1
          ? "ECO may not have your message: AWS took it and does not list it"
          : "ECO may not have your messages: AWS took them and does not list them"
      }
      what="Send it again as a new reply if ECO does not react to it."
      copied={unlisted.map(({ body }) => body).join("\n\n")}
    />
  );
}

/** A report that is being sent as it should be. */
function OnItsWay() {
  return (
    <div data-testid="case-on-its-way">
      <Alert type="info">It is on its way to ECO.</Alert>
    </div>
  );
}

interface UnlistedProps {
  header: string;
  what: string;
  /** The text to send again. */
  copied: string;
}

function Unlisted({ header, what, copied }: UnlistedProps) {
  const copy = useAct("clipboard_copy");
  return (
    <div role="alert" data-testid="case-unlisted-told">
      <Alert
        type="warning"
        header={header}
        action={
          <Button
            iconName="copy"
            loading={copy.isPending}
            onClick={() => copy.mutate({ text: copied })}
            data-testid="case-unlisted-copy"
          >
            Copy the text
          </Button>
        }
      >
        Look in Support Center whether it is there. {what} What you wrote is kept here, and this
        goes away as soon as AWS lists it.
        <span role="status">{copy.isSuccess ? " The text is on the clipboard." : ""}</span>
        {copy.error === null ? null : (
          <ProblemAlert title="The text was not copied" problem={copy.error} />
        )}
      </Alert>
    </div>
  );
}

/** Whether AWS had its time to list it and does not. */
function isUndecided(entry: OutboxEntry | undefined): boolean {
  return entry?.state.state === "checking" && entry.state.overdue;
}

/** Rather twice at ECO than not at all. */
function SendAgain({ entry }: { entry: OutboxEntry }) {
  const again = useAct("outbox_send_again");
  return (
    <div className="case-other-way-copy">
      <Button
        loading={again.isPending}
        onClick={() => again.mutate({ entry: entry.id })}
        data-testid="case-send-again"
      >
        Send again (may be double)
      </Button>
      {again.error === null ? null : (
        <ProblemAlert title="It was not sent again" problem={again.error} />
      )}
    </div>
  );
}

function isUnderWay(entry: OutboxEntry | undefined): boolean {
  return entry?.state.state === "queued" || entry?.state.state === "sending";
}

/** How an urgent report gets to ECO without this program: copied into a new case in Support Center. */
function OtherWay({ report }: { report: string }) {
  const mode = useCommand("app_state", {}).data?.mode;
  const copy = useAct("clipboard_copy");
  return (
    <div className="case-other-way">
      {mode === "demo" ? null : (
        <div>
          Another way: copy the report into a new case at{" "}
          <Link
            href={SUPPORT_CENTER}
            onFollow={(event) => {
              event.preventDefault();
              void openLink(SUPPORT_CENTER);
            }}
          >
            {SUPPORT_CENTER}
          </Link>
          , then discard it in the outbox, so that ECO gets it once.
        </div>
      )}
      <div className="case-other-way-copy">
        <Button
          iconName="copy"
          loading={copy.isPending}
          onClick={() => copy.mutate({ text: report })}
          data-testid="case-copy-report"
        >
          Copy the report
        </Button>
        <span role="status">{copy.isSuccess ? "The report is on the clipboard." : ""}</span>
      </div>
      {copy.error === null ? null : (
        <ProblemAlert title="The report was not copied" problem={copy.error} />
      )}
    </div>
  );
}

interface WaitsProps {
  title: string;
  why: string;
  alarm?: boolean;
  /** More to do about it. */
  children?: ReactNode;
}

function Waits({ title, why, alarm = false, children }: WaitsProps) {
  const go = useGo();
  return (
    <div data-testid={alarm ? "case-not-yet-sent" : "case-waits"}>
      <Alert
        type={alarm ? "error" : "warning"}
        header={title}
        action={<Button onClick={go.outbox}>Drafts &amp; outbox</Button>}
      >
        {why}
        {children}
      </Alert>
    </div>
  );
}

function HandOverBanner({ detail, handOver }: { detail: CaseDetail; handOver: HandOver }) {
  const mode = useCommand("app_state", {}).data?.mode;
  const copy = useAct("clipboard_copy");
  const open = useAct("case_open_console");
  const done = useAct("case_hand_over_done");
  const phone = handOver.method === "phone";
  const caseKey = detail.row.key;
  const copied = phone ? handOver.phone.number : (detail.row.displayId ?? "");

  const start = () => {
    // Support Center opens even where the clipboard does not work: the number also stands in the banner.
    copy.mutate({ text: copied }, { onSettled: () => open.mutate({ case: caseKey }) });
  };

  return (
    <div data-testid="case-hand-over">
      <Alert
        type="warning"
        header={
          phone
            ? "ECO will not call until you request the call in Support Center"
            : "ECO will not chat until you start the chat in Support Center"
        }
        action={
          <SpaceBetween direction="horizontal" size="xs">
            {detail.consoleUrl === null ? null : (
              <Button
                iconName="external"
                iconAlign="right"
                loading={open.isPending}
                onClick={start}
                data-testid="hand-over-open"
              >
                Open Support Center
              </Button>
            )}
            <Button
              variant="link"
              loading={done.isPending}
              onClick={() => done.mutate({ case: caseKey })}
              data-testid="hand-over-done"
            >
              Done, dismiss
            </Button>
          </SpaceBetween>
        }
      >
        {phone ? (
          <div>
            Enter there: {phoneWords(handOver)}, Region {handOver.phone.region}.
          </div>
        ) : null}
        <div>{handOverNote(detail, phone, mode === "demo", open.isSuccess && copy.isSuccess)}</div>
        {open.error === null ? null : (
          <ProblemAlert
            title="Support Center was not opened"
            problem={open.error}
            onRetry={start}
          />
        )}
        {done.error === null ? null : <ProblemAlert title="Not dismissed" problem={done.error} />}
      </Alert>
    </div>
  );
}

function handOverNote(detail: CaseDetail, phone: boolean, demo: boolean, copied: boolean): string {
  if (demo) return "The demo has no Support Center, so nothing can be started here.";
  if (detail.consoleUrl === null) {
    return "Support Center can be opened here as soon as AWS has told the case's number.";
  }
  const what = phone ? "phone number" : "case number";
  return copied
    ? `The ${what} is on the clipboard.`
    : `Opening Support Center also puts the ${what} on the clipboard.`;
}
