// What was begun and not submitted: reports and replies.
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Icon from "@cloudscape-design/components/icon";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useLocation } from "wouter";
import { draftTitle } from "../../draft/title";
import { count, size } from "../../format/size";
import { priorityName } from "../../format/words";
import { flash } from "../../frame/flash";
import { paths } from "../../frame/paths";
import { AccountDot, Time } from "../../parts/marks";
import { words } from "../../parts/Said";
import type { Draft } from "../../platform/contract";
import { call } from "../../platform/platform";
import { type Question, RowActions, WIDTHS } from "./RowActions";

interface DraftsTableProps {
  drafts: readonly Draft[];
  loading: boolean;
  ask(question: Question): void;
}

export function DraftsTable({ drafts, loading, ask }: DraftsTableProps) {
  const [, navigate] = useLocation();
  const newestFirst = [...drafts].sort((a, b) => b.savedAt - a.savedAt);
  return (
    <div className="eco-outbox-table" data-testid="drafts-table">
      <Table
        variant="container"
        wrapLines
        loading={loading}
        loadingText="Reading the drafts"
        items={newestFirst}
        trackBy="id"
        header={
          <Header variant="h2" counter={`(${drafts.length})`}>
            Drafts
          </Header>
        }
        columnDefinitions={[
          {
            id: "what",
            header: "What",
            width: WIDTHS.what,
            isRowHeader: true,
            cell: (draft) => <What draft={draft} />,
          },
          {
            id: "state",
            header: "State",
            cell: (draft) => (
              <div className="eco-outbox-lines">
                {draft.isUnreadable ? (
                  <StatusIndicator type="error">Cannot be read</StatusIndicator>
                ) : (
                  <StatusIndicator type="info">{draftState(draft)}</StatusIndicator>
                )}
                {draft.isUnreadable ? (
                  <span className="eco-small eco-outbox-secondary eco-outbox-detail">
                    {draft.problems[0]?.message}
                  </span>
                ) : null}
                <span className="eco-small eco-outbox-secondary eco-outbox-detail">
                  Saved <Time at={draft.savedAt} as="seconds" />
                </span>
              </div>
            ),
          },
          {
            id: "actions",
            header: <span className="eco-hidden">Actions</span>,
            width: WIDTHS.actions,
            cell: (draft) => (
              <div className="eco-outbox-actions">
                <RowActions
                  name="draft"
                  what={draftTitle(draft)}
                  actions={[
                    draft.isUnreadable
                      ? { id: "copy", text: "Copy text", run: () => void copyText(draft) }
                      : { id: "continue", text: "Continue", run: () => navigate(placeOf(draft)) },
                    { id: "discard", text: "Discard", run: () => ask(discardQuestion(draft)) },
                  ]}
                />
              </div>
            ),
          },
        ]}
        empty={
          <Box textAlign="center" color="inherit" padding={{ vertical: "s" }}>
            <b>No drafts</b>
            <Box color="text-body-secondary">
              A report or a reply that you begin is saved with every keystroke, and is found here
              until you submit it.
            </Box>
          </Box>
        }
      />
    </div>
  );
}

function What({ draft }: { draft: Draft }) {
  return (
    <div className="eco-outbox-what" data-testid="draft-row">
      <Icon name="edit" variant="subtle" />
      <div className="eco-outbox-lines">
        <span className="eco-outbox-title" dir="auto">
          {draftTitle(draft)}
        </span>
        <span className="eco-row eco-small eco-outbox-secondary">
          {draft.account !== null && <AccountDot account={draft.account} />}
          <span>{draftKind(draft)}</span>
        </span>
      </div>
    </div>
  );
}

/** "New incident, High · 4 files, 55.3 MB". */
export function draftKind({ content, files }: Pick<Draft, "content" | "files">): string {
  const ready = files.filter(({ state }) => state.state === "ready");
  const bytes = ready.reduce((sum, file) => sum + file.size, 0);
  const attached = ready.length === 0 ? "" : ` · ${count(ready.length, "file")}, ${size(bytes)}`;
  switch (content.kind) {
    case "reply":
      return `Reply${attached}`;
    case "report": {
      const { priority } = content.content;
      return `New incident${priority === null ? "" : `, ${priorityName(priority)}`}${attached}`;
    }
  }
}

/** Where the user stopped. The guide counts Solve now and Contact us as one step. */
export function draftState({ content }: Pick<Draft, "content">): string {
  switch (content.kind) {
    case "reply":
      return "Draft of a reply";
    case "report":
      return `Draft, at step ${Math.min(3, Math.max(1, content.content.step))} of 3`;
  }
}

/** What can be seen of a draft that cannot be written on any more. */
async function copyText({ content: { content } }: Draft): Promise<void> {
  const subject = "subject" in content ? content.subject : "";
  try {
    await call("clipboard_copy", { text: [subject, content.body].filter(Boolean).join("\n\n") });
    flash.success("What can be read of the draft is on the clipboard.");
  } catch (thrown) {
    flash.problem(thrown);
  }
}

function placeOf(draft: Draft): string {
  return draft.case === null ? paths.draft(draft.id) : paths.reply(draft.case);
}

function discardQuestion(draft: Draft): Question {
  const report = draft.case === null;
  return {
    title: report ? "Discard this report?" : "Discard this reply?",
    text: words`“${draftTitle(draft)}” is removed from this computer with its files and cannot be brought back. Nothing of it was sent to ECO.`,
    discard: () => call("draft_discard", { draft: draft.id }),
  };
}
