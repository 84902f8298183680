// The reply, always at hand under the correspondence: text, files, copies. It is a draft of its own from the first
// letter on, and becomes a message only when it is sent, once.
import "./composer.css";
import Button from "@cloudscape-design/components/button";
import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { unsavedContent } from "../../draft/draft-saver";
import { BODY_LIMIT } from "../../draft/limits";
import { lengthOf, lengthWords } from "../../draft/text";
import { useChooseFiles } from "../../draft/useFiles";
import { useSavedDraft } from "../../draft/useSavedDraft";
import { count } from "../../format/size";
import { useDropTarget } from "../../parts/DropZone";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { SavedMark } from "../../parts/SavedMark";
import type { CaseKey, Draft, DraftContent, Problem, ReplyContent } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { useCommand } from "../../query/hooks";
import { commandKey } from "../../query/key";
import { ComposerFiles } from "./ComposerFiles";
import { CopyTo } from "./CopyTo";

export interface ComposerProps {
  caseKey: CaseKey;
  /** What is to be known before writing, such as that a reply reopens the case. */
  note: string | null;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Whether the user came here to reply. */
  focusAtFirst: boolean;
  /** Told while files are held over the window, so that the whole case can show it. */
  onDragOver: (over: boolean) => void;
}

/** Finds the reply's draft, then shows it; a new one follows when it was sent. */
export function Composer(props: ComposerProps) {
  const [sent, setSent] = useState(0);
  const begun = useCommand("reply_draft", { case: props.caseKey }, { fresh: true });
  if (begun.data === undefined) {
    return (
      <div className="case-composer" aria-busy={begun.isPending}>
        {begun.error === null ? (
          <div className="case-composer-box case-skeleton" />
        ) : (
          <ProblemAlert
            title="The reply cannot be written now"
            problem={begun.error}
            onRetry={() => void begun.refetch()}
          />
        )}
      </div>
    );
  }
  return (
    <>
      <div className="eco-hidden" role="status" data-testid="composer-sent">
        {sent > 0 ? `Reply ${sent} is in the outbox and is sent now.` : ""}
      </div>
      <Reply
        key={begun.data.id}
        {...props}
        begun={begun.data}
        focusAtFirst={props.focusAtFirst || sent > 0}
        onSent={() => {
          setSent(sent + 1);
          void begun.refetch();
        }}
      />
    </>
  );
}

interface ReplyProps extends ComposerProps {
  begun: Draft;
  onSent: () => void;
}

function Reply({ begun, note, field, focusAtFirst, onDragOver, onSent }: ReplyProps) {
  const client = useQueryClient();
  const draftId = begun.id;
  const draft = useCommand("draft_get", { draft: draftId }, { fresh: true }).data ?? begun;
  const { save, change, flush } = useSavedDraft(draftId);
  const [content, setContent] = useState<ReplyContent>(() =>
    replyOf(unsavedContent(draftId) ?? begun.content),
  );
  const newest = useRef(content);
  const [copyOpen, setCopyOpen] = useState(content.cc.length > 0);
  const [attempted, setAttempted] = useState(false);
  const [sending, setSending] = useState(false);
  const underWay = useRef(false);
  const [failure, setFailure] = useState<Problem | null>(null);
  const [unsaved, setUnsaved] = useState(false);
  const drop = useDropTarget(draftId);
  const touched = newest.current.body !== "" || draft.files.length > 0;

  useEffect(() => onDragOver(drop.over), [drop.over, onDragOver]);
  useEffect(() => {
    if (focusAtFirst) field.current?.focus();
  }, [focusAtFirst, field]);

  const update = (patch: Partial<ReplyContent>) => {
    newest.current = { ...newest.current, ...patch };
    setContent(newest.current);
    change({ kind: "reply", content: newest.current });
  };

  async function send() {
    // State alone would let a second key press through before the next drawing.
    if (underWay.current) return;
    underWay.current = true;
    setSending(true);
    setFailure(null);
    try {
      const saved = await flush();
      setUnsaved(!saved);
      if (!saved) return;
      const known = await client.fetchQuery<Draft>({
        queryKey: commandKey("draft_get", { draft: draftId }),
        queryFn: () => call("draft_get", { draft: draftId }),
        staleTime: 0,
      });
      if (known.problems.length > 0) {
        setAttempted(true);
        if (known.problems.some((problem) => problem.field === "cc")) setCopyOpen(true);
        field.current?.focus();
        return;
      }
      await call("draft_submit", { draft: draftId });
      onSent();
    } catch (thrown) {
      setFailure(asProblem(thrown));
    } finally {
      underWay.current = false;
      setSending(false);
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      // A key that is held down would go on with the next, empty reply.
      if (!event.repeat) void send();
    }
  };

  // What the core found is about what was last saved: it is not shown for what was typed since.
  const saved = replyOf(draft.content);
  const judged = (saved.body.trim() === "") === (content.body.trim() === "");
  const errors = draft.problems.filter(({ field: at }) =>
    at === "body"
      ? judged && (attempted || content.body !== "")
      : at === "files" || (attempted && at !== "cc"),
  );
  const ccProblem =
    saved.cc.join() === content.cc.join()
      ? draft.problems.find((problem) => problem.field === "cc")
      : undefined;
  const length = lengthOf(content.body);
  return (
    <div className="case-composer" data-testid="composer">
      {note === null ? null : (
        <div className="case-composer-note" data-testid="composer-note">
          {note}
        </div>
      )}
      {failure === null ? null : (
        <ProblemAlert
          title="The reply was not sent"
          problem={failure}
          kept="What you wrote is kept as a draft."
          onRetry={() => void send()}
          onDismiss={() => setFailure(null)}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only the key that sends, wherever in the reply it is pressed */}
      <div className="case-composer-box" onKeyDown={onKeyDown}>
        <ComposerFiles draftId={draftId} files={draft.files} coming={drop.coming} />
        {copyOpen ? (
          <CopyTo
            addresses={content.cc}
            problem={ccProblem?.message ?? null}
            onChange={(cc) => update({ cc })}
          />
        ) : null}
        <div className="case-grow" data-value={content.body}>
          <textarea
            ref={field}
            className="case-composer-text"
            rows={1}
            aria-label="Reply"
            aria-describedby="composer-state"
            aria-invalid={errors.length > 0}
            placeholder={note === null ? "Reply to ECO" : "Reply to reopen the case"}
            value={content.body}
            readOnly={sending}
            onChange={(event) => update({ body: event.target.value })}
            data-testid="composer-text"
          />
        </div>
        {errors.map((problem) => (
          <div
            key={problem.message}
            className="case-problem"
            role="alert"
            data-testid="composer-problem"
          >
            {problem.message}
          </div>
        ))}
        {unsaved ? (
          <div className="case-problem" role="alert">
            Not sent, because what you wrote could not be saved first. It stays here; try again.
          </div>
        ) : null}
        <div className="case-composer-tools">
          <ChooseFiles draftId={draftId} onFailure={setFailure} />
          <Button
            variant="icon"
            iconName="user-profile"
            ariaLabel="Send a copy to additional contacts"
            ariaExpanded={copyOpen}
            onClick={() => setCopyOpen(!copyOpen)}
            data-testid="composer-copy"
          />
          <span className="case-composer-state" id="composer-state">
            <SavedMark save={save} {...(touched ? { savedBefore: begun.savedAt } : {})} />
            {content.cc.length > 0 ? (
              <span>copy to {count(content.cc.length, "contact")}</span>
            ) : null}
            <span
              className={length > BODY_LIMIT ? "case-problem" : undefined}
              data-testid="composer-count"
            >
              {lengthWords(length, BODY_LIMIT)}
            </span>
          </span>
          <Button
            variant="primary"
            iconName="send"
            iconAlign="right"
            loading={sending}
            loadingText="Sending"
            onClick={() => void send()}
            data-testid="composer-send"
          >
            Send
          </Button>
        </div>
      </div>
    </div>
  );
}

function ChooseFiles({
  draftId,
  onFailure,
}: {
  draftId: string;
  onFailure: (problem: Problem) => void;
}) {
  const { choosing, choose } = useChooseFiles(draftId);
  return (
    <Button
      variant="icon"
      iconName="upload"
      ariaLabel="Choose files"
      loading={choosing}
      loadingText="Choosing files"
      onClick={() =>
        void choose().then((problem) => {
          if (problem) onFailure(problem);
        })
      }
      data-testid="composer-choose"
    />
  );
}

function replyOf(content: DraftContent): ReplyContent {
  return content.kind === "reply" ? content.content : { body: "", cc: [] };
}
