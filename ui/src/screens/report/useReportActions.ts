// What ends the form or carries it elsewhere: submit, discard, close, add to another incident. Each saves
// first, and tells what went wrong instead of leaving.
import { useCallback, useRef, useState } from "react";
import { useLocation } from "wouter";
import { mergeContacts } from "../../draft/addresses";
import { count } from "../../format/size";
import { flash, submittedFlash } from "../../frame/flash";
import { paths } from "../../frame/paths";
import type { CaseKey, ContactMethod, Problem } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { LIMITS } from "../../platform/rules";
import { withReport } from "./mention";
import type { Report } from "./useReport";

const NOT_SAVED: Problem = {
  code: "storage",
  message:
    "The draft could not be saved on this computer, so nothing was sent. What you entered is still in the form. Make room on the disk and try again.",
  retryable: true,
};

/** Why a draft goes: it is not wanted, or its problem has solved itself. */
export type DiscardReason = "discard" | "solved";

export interface ReportActions {
  sending: boolean;
  /** Why the last attempt to submit or leave failed, where no field can say it. */
  failure: Problem | null;
  dismissFailure(): void;
  /** Sends the report; answers what is missing, or what ECO's form does not take. */
  submit(): Promise<readonly Problem[]>;
  close(): Promise<void>;
  /** Rejects where the draft is still there. */
  discard(reason: DiscardReason): Promise<void>;
  open(key: CaseKey): Promise<void>;
  addTo(key: CaseKey): Promise<Problem | null>;
}

export function useReportActions(report: Report): ReportActions {
  const [, navigate] = useLocation();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<Problem | null>(null);
  const busy = useRef(false);
  const { id, content, files, flush } = report;

  async function submit(): Promise<readonly Problem[]> {
    // A second press may come before the button is drawn as busy.
    if (busy.current) return [];
    busy.current = true;
    setSending(true);
    setFailure(null);
    let gone = false;
    try {
      const { saved, problems } = await flush();
      if (!saved) {
        setFailure(NOT_SAVED);
        return [];
      }
      if (problems.length > 0) return problems;
      const key = await call("draft_submit", { draft: id });
      gone = true;
      tellSubmitted(content.contact, key);
      navigate(paths.case(key));
      return [];
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.field !== undefined) return [problem];
      setFailure(problem);
      return [];
    } finally {
      busy.current = gone;
      setSending(gone);
    }
  }

  async function close() {
    const { saved } = await flush();
    if (!saved) {
      setFailure(NOT_SAVED);
      return;
    }
    // The core knows whether anything was entered. An empty draft is no loss, and one that stays only clutters the list.
    if (await call("draft_close", { draft: id }).catch(() => true)) {
      flash.success("The draft is kept under Drafts & outbox.", {
        action: { text: "Continue", run: () => navigate(paths.draft(id)) },
      });
    }
    navigate(paths.incidents);
  }

  async function discard(reason: DiscardReason) {
    await flush();
    await call("draft_discard", { draft: id });
    flash.success(
      reason === "solved"
        ? "Thank you for looking first. The draft is discarded; nothing was sent to ECO."
        : "The draft is discarded. Nothing was sent to ECO.",
    );
    navigate(paths.incidents);
  }

  async function open(key: CaseKey) {
    const { saved } = await flush();
    if (!saved) {
      setFailure(NOT_SAVED);
      return;
    }
    flash.show({
      id: `draft-${id}`,
      type: "info",
      content: "Your report is kept as a draft.",
      action: { text: "Back to my report", run: () => navigate(paths.draft(id)) },
    });
    navigate(paths.case(key));
  }

  async function addTo(key: CaseKey): Promise<Problem | null> {
    const { saved } = await flush();
    if (!saved) return NOT_SAVED;
    try {
      const reply = await call("reply_draft", { case: key });
      if (reply.content.kind === "reply") {
        const before = reply.content.content;
        await call("draft_save", {
          draft: reply.id,
          content: {
            kind: "reply",
            content: {
              body: withReport(before.body, content),
              cc: mergeContacts(before.cc, content.cc, LIMITS.contacts),
            },
          },
        });
      }
    } catch (thrown) {
      return asProblem(thrown);
    }
    const left =
      files.length === 0
        ? ""
        : ` Its ${count(files.length, "file")} did not go with it: add what ECO needs to the reply.`;
    flash.show({
      id: `draft-${id}`,
      type: "info",
      header: "Your report's text is in the reply below, and not sent yet",
      content: `Read it over and send it. The report itself stays a draft until you discard it.${left}`,
      action: { text: "Back to my report", run: () => navigate(paths.draft(id)) },
    });
    navigate(paths.reply(key));
    return null;
  }

  const dismissFailure = useCallback(() => setFailure(null), []);
  return { sending, failure, dismissFailure, submit, close, discard, open, addTo };
}

function tellSubmitted(contact: ContactMethod, key: CaseKey) {
  const id = submittedFlash(key);
  switch (contact) {
    case "web":
      flash.success(
        "On its way to ECO. It stays in the outbox until ECO has it, also without a network.",
        { id },
      );
      return;
    case "phone":
      flash.show({
        id,
        type: "info",
        header: "On its way to ECO. Now request the call",
        content:
          "ECO calls only after you have confirmed in Support Center. As soon as the incident has its number, this page offers to open it there.",
      });
      return;
    case "chat":
      flash.show({
        id,
        type: "info",
        header: "On its way to ECO. Now start the chat",
        content:
          "The chat starts only after you have confirmed in Support Center. As soon as the incident has its number, this page offers to open it there.",
      });
  }
}
