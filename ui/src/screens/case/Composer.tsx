// The reply, always at hand under the correspondence: text, files, copies. It is a draft of its own from the first
// letter on, and becomes a message only when it is sent, once. Sending leaves an empty composer, ready for the next
// reply, at once.
import "./composer.css";
import Button from "@cloudscape-design/components/button";
import { useQueryClient } from "@tanstack/react-query";
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { readDraft } from "../../draft/draft-query";
import { saverOf } from "../../draft/draft-saver";
import { type Refusal, replyOf, writerOf } from "../../draft/reply-writer";
import { useChooseFiles } from "../../draft/useFiles";
import { useSavedDraft } from "../../draft/useSavedDraft";
import { count, lengthOf, lengthWords } from "../../format/size";
import { useDropTarget } from "../../parts/DropZone";
import { FilesAdded } from "../../parts/FilesAdded";
import { SavedMark } from "../../parts/marks";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { CaseKey, Draft, Problem, ReplyContent } from "../../platform/contract";
import { asProblem } from "../../platform/platform";
import { LIMITS } from "../../platform/rules";
import { useCommand } from "../../query/hooks";
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

/** Finds the reply's draft, then shows it. */
export function Composer(props: ComposerProps) {
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
  return <Reply key={props.caseKey} {...props} begun={begun.data} />;
}

interface ReplyProps extends ComposerProps {
  begun: Draft;
}

function Reply({ caseKey, begun, note, field, focusAtFirst, onDragOver }: ReplyProps) {
  const client = useQueryClient();
  const [writer] = useState(() => writerOf(caseKey, begun));
  const writing = useSyncExternalStore(writer.watch, writer.snapshot);
  const { content, sending, sent, refusal } = writing;
  const draftId = writing.draft.id;
  const draft = useCommand("draft_get", { draft: draftId }, { fresh: true }).data ?? writing.draft;
  // The files of a reply that is being sent go with it.
  const files = sending ? [] : draft.files;
  const { save } = useSavedDraft(draftId);
  const [copyOpen, setCopyOpen] = useState(content.cc.length > 0);
  const [attempted, setAttempted] = useState(false);
  const [unsaved, setUnsaved] = useState(false);
  const [notChosen, setNotChosen] = useState<Problem | null>(null);
  const judging = useRef(false);
  /** Addresses that were typed and are being read; a reply waits for them. */
  const copies = useRef<Promise<void> | null>(null);
  const drop = useDropTarget(draftId);
  const touched = content.body !== "" || files.length > 0;

  useEffect(() => onDragOver(drop.over), [drop.over, onDragOver]);
  useEffect(() => {
    if (focusAtFirst) field.current?.focus();
  }, [focusAtFirst, field]);

  const update = (patch: Partial<ReplyContent>) => writer.change(patch);

  const showProblems = useCallback(
    (problems: readonly Problem[]) => {
      setAttempted(true);
      if (problems.some((problem) => problem.field === "cc")) setCopyOpen(true);
      field.current?.focus();
    },
    [field],
  );
  useEffect(() => {
    if (refusal === null) return;
    // The copies of a reply that came back are shown again.
    if (writer.snapshot().content.cc.length > 0) setCopyOpen(true);
    if (refusal.why === "incomplete") showProblems(refusal.problems);
  }, [refusal, writer, showProblems]);

  /** What is surely wrong with the reply stays where it is written; the core is asked what. */
  async function mayGo(): Promise<boolean> {
    if (judging.current) return false;
    judging.current = true;
    try {
      await writer.settled();
      const { id } = writer.snapshot().draft;
      const saved = await saverOf(id).flush();
      setUnsaved(!saved);
      if (!saved) return false;
      const { problems } = await readDraft(client, id);
      if (problems.length > 0) showProblems(problems);
      return problems.length === 0;
    } catch (thrown) {
      setNotChosen(asProblem(thrown));
      return false;
    } finally {
      judging.current = false;
    }
  }

  async function send() {
    if (copies.current !== null) await copies.current;
    // Not what was last drawn: a second key press may come before the next drawing.
    const now = writer.snapshot();
    // While one reply is on its way, an empty composer has nothing more to send.
    if (now.sending && now.content.body.trim() === "") return;
    if (isSuspect(now.content, now.sending ? null : draft) && !(await mayGo())) return;
    setAttempted(false);
    setUnsaved(false);
    setCopyOpen(false);
    writer.send();
    field.current?.focus();
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
  const problems = sending ? [] : draft.problems;
  const errors = problems.filter(({ field: at }) =>
    at === "body"
      ? judged && (attempted || content.body !== "")
      : at === "files" || (attempted && at !== "cc"),
  );
  const ccProblem =
    saved.cc.join() === content.cc.join()
      ? problems.find((problem) => problem.field === "cc")
      : undefined;
  const length = lengthOf(content.body);
  return (
    <div className="case-composer" data-testid="composer">
      {note === null ? null : (
        <div className="case-composer-note" data-testid="composer-note">
          {note}
        </div>
      )}
      <div className="eco-hidden" role="status" data-testid="composer-sent">
        {sent > 0 ? `Reply ${sent} is in the outbox and is sent now.` : ""}
      </div>
      <FilesAdded draftId={draftId} />
      <NotSent refusal={refusal} onRetry={() => void send()} onDismiss={writer.dismissRefusal} />
      {notChosen === null ? null : (
        <ProblemAlert
          title="This did not work"
          problem={notChosen}
          kept="What you wrote is kept as a draft."
          onDismiss={() => setNotChosen(null)}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only the key that sends, wherever in the reply it is pressed */}
      <div className="case-composer-box" onKeyDown={onKeyDown}>
        <ComposerFiles draftId={draftId} files={files} coming={drop.coming} />
        {copyOpen ? (
          <CopyTo
            addresses={content.cc}
            problem={ccProblem?.message ?? null}
            onChange={(cc) => update({ cc })}
            onReading={(reading) => {
              copies.current = reading;
              void reading.finally(() => {
                if (copies.current === reading) copies.current = null;
              });
            }}
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
        {unsaved || refusal?.why === "unsaved" ? (
          <div className="case-problem" role="alert">
            Not sent, because what you wrote could not be saved first. It stays here; try again.
          </div>
        ) : null}
        <div className="case-composer-tools">
          <ChooseFiles draftId={draftId} onFailure={setNotChosen} />
          <Button
            variant="icon"
            iconName="user-profile"
            ariaLabel="Send a copy to additional contacts"
            ariaExpanded={copyOpen}
            onClick={() => setCopyOpen(!copyOpen)}
            data-testid="composer-copy"
          />
          <span className="case-composer-state" id="composer-state">
            <SavedMark save={save} {...(touched ? { savedBefore: writing.draft.savedAt } : {})} />
            {content.cc.length > 0 ? (
              <span>copy to {count(content.cc.length, "contact")}</span>
            ) : null}
            <span
              className={length > LIMITS.reply ? "case-problem" : undefined}
              data-testid="composer-count"
            >
              {lengthWords(length, LIMITS.reply)}
            </span>
          </span>
          <Button
            variant="primary"
            iconName="send"
            iconAlign="right"
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

/** Why the last reply is in the composer again, or the next one is not saved. */
function NotSent({
  refusal,
  onRetry,
  onDismiss,
}: {
  refusal: Refusal | null;
  onRetry: () => void;
  onDismiss: () => void;
}) {
  switch (refusal?.why) {
    case undefined:
    case "incomplete":
    case "unsaved":
      // They are told at their fields.
      return null;
    case "failed":
      return (
        <ProblemAlert
          title="The reply was not sent"
          problem={refusal.problem}
          kept="What you wrote is kept as a draft."
          onRetry={onRetry}
          onDismiss={onDismiss}
        />
      );
    case "no-draft":
      return (
        <ProblemAlert
          title="What you write now is not saved yet"
          problem={refusal.problem}
          kept="The reply before it is in the outbox. Saving is tried again by itself."
        />
      );
  }
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

/** Whether something is surely missing or wrong in the reply, as far as it can be told without asking the core. */
function isSuspect(content: ReplyContent, draft: Draft | null): boolean {
  if (content.body.trim() === "" || lengthOf(content.body) > LIMITS.reply) return true;
  if (draft === null) return false;
  const saved = replyOf(draft.content);
  const judged = saved.body === content.body && saved.cc.join() === content.cc.join();
  return (
    draft.files.some(({ state }) => state.state === "refused") ||
    (judged && draft.problems.length > 0)
  );
}
