// The reply that is written in a case, from the first key to the next reply. Sending takes the text out of the composer
// at once; what is typed while a reply is on its way to the outbox belongs to the next one. A case has one draft of a
// reply at a time, so the next text gets its draft when the last was taken; refused text comes back before it.
import type { CaseKey, Draft, DraftId, Problem, ReplyContent } from "../platform/contract";
import { asProblem, call } from "../platform/platform";
import { mergeContacts } from "./addresses";
import { type DraftSaver, saverOf, unsavedContent } from "./draft-saver";
import { beforeEnd } from "./saving";

const EMPTY: ReplyContent = { body: "", cc: [] };
/** Milliseconds until a draft that could not be begun is begun anew. */
const RETRY = 2_000;

/** Why a reply did not go; its text is in the composer again. Or why the next one is not saved yet. */
export type Refusal =
  /** Something is missing or wrong in it; the draft's problems say what. */
  | { why: "incomplete"; problems: readonly Problem[] }
  /** It could not be saved, so nothing was sent. */
  | { why: "unsaved" }
  | { why: "failed"; problem: Problem }
  /** It went, but there is no draft yet that the next reply could be saved in. It is asked for again by itself. */
  | { why: "no-draft"; problem: Problem };

export interface Writing {
  /** The draft that takes what is typed and dropped now. */
  draft: Draft;
  content: ReplyContent;
  /** Whether a reply is on its way to the outbox. */
  sending: boolean;
  /** How many replies have reached the outbox from here. */
  sent: number;
  refusal: Refusal | null;
}

export class ReplyWriter {
  private readonly caseKey: CaseKey;
  private writing: Writing;
  private saver: DraftSaver;
  private worker: Promise<void> | null = null;
  /** Replies that were sent and are not in the outbox yet; the first one is what the draft holds. */
  private outgoing: ReplyContent[] = [];
  private readonly watchers = new Set<() => void>();

  constructor(caseKey: CaseKey, draft: Draft) {
    this.caseKey = caseKey;
    this.saver = saverOf(draft.id);
    const content = replyOf(unsavedContent(draft.id) ?? draft.content);
    this.writing = { draft, content, sending: false, sent: 0, refusal: null };
  }

  readonly snapshot = (): Writing => this.writing;

  /** Calls `watcher` with each change of the snapshot until the returned function is called. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    writers.set(this.caseKey, this);
    return () => {
      this.watchers.delete(watcher);
      this.rest();
    };
  };

  readonly change = (patch: Partial<ReplyContent>): void => {
    const content = { ...this.writing.content, ...patch };
    this.show({ content });
    // While a reply is under way the draft is its own.
    if (this.worker === null) this.saver.change({ kind: "reply", content });
  };

  readonly dismissRefusal = (): void => this.show({ refusal: null });

  /** Takes the reply out of the composer and puts it into the outbox. */
  readonly send = (): void => {
    this.outgoing.push(this.writing.content);
    this.show({ content: EMPTY, sending: true, refusal: null });
    if (this.worker !== null) return;
    const stopEnd = beforeEnd(() => this.settled());
    this.worker = this.deliverAll().finally(() => {
      this.worker = null;
      stopEnd();
      this.rest();
    });
  };

  /** Resolves, when no reply is under way, to whether what was typed meanwhile is saved. */
  async settled(): Promise<boolean> {
    while (this.worker !== null) await this.worker;
    return this.saver.flush();
  }

  private async deliverAll(): Promise<void> {
    for (let next = this.outgoing[0]; next !== undefined; next = this.outgoing[0]) {
      const refusal = await this.deliver();
      if (refusal !== null) {
        this.bringBack(refusal);
        return;
      }
      this.outgoing.shift();
      this.show({ sent: this.writing.sent + 1 });
      const draft = await this.begin();
      this.saver = saverOf(draft.id);
      this.show({ draft });
      // The draft takes the reply that goes next, or what is being typed.
      const content = this.outgoing[0] ?? this.writing.content;
      if (!isEmpty(content)) this.saver.change({ kind: "reply", content });
    }
    this.show({ sending: false });
  }

  /** Puts the reply that the draft holds into the outbox; answers why not, or null. */
  private async deliver(): Promise<Refusal | null> {
    const draft: DraftId = this.writing.draft.id;
    try {
      if (!(await this.saver.flush())) return { why: "unsaved" };
      const { problems } = await call("draft_get", { draft });
      if (problems.length > 0) return { why: "incomplete", problems };
      await call("draft_submit", { draft });
      return null;
    } catch (thrown) {
      return { why: "failed", problem: asProblem(thrown) };
    }
  }

  /** The draft of the next reply; asked for until there is one, since what is typed needs it. */
  private async begin(): Promise<Draft> {
    for (;;) {
      try {
        const draft = await call("reply_draft", { case: this.caseKey });
        if (this.writing.refusal?.why === "no-draft") this.show({ refusal: null });
        return draft;
      } catch (thrown) {
        this.show({ refusal: { why: "no-draft", problem: asProblem(thrown) } });
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }

  /** All that was sent and not taken, and what was typed since, in one text again. */
  private bringBack(refusal: Refusal): void {
    const content = [...this.outgoing, this.writing.content].reduce(joined);
    this.outgoing = [];
    this.show({ content, sending: false, refusal });
    this.saver.change({ kind: "reply", content });
  }

  private show(part: Partial<Writing>): void {
    this.writing = { ...this.writing, ...part };
    for (const watcher of this.watchers) watcher();
  }

  /** Goes when nobody looks and nothing is under way. */
  private rest(): void {
    if (this.watchers.size > 0 || this.worker !== null) return;
    if (writers.get(this.caseKey) === this) writers.delete(this.caseKey);
  }
}

const writers = new Map<CaseKey, ReplyWriter>();

/** The writer of the case that is at work, or a new one over the draft. */
export function writerOf(caseKey: CaseKey, draft: Draft): ReplyWriter {
  return writers.get(caseKey) ?? new ReplyWriter(caseKey, draft);
}

function isEmpty({ body, cc }: ReplyContent): boolean {
  return body === "" && cc.length === 0;
}

function joined(first: ReplyContent, second: ReplyContent): ReplyContent {
  const body = [first.body, second.body].filter((text) => text.trim() !== "").join("\n\n");
  return { body, cc: mergeContacts(first.cc, second.cc) };
}

/** What is entered for a reply; nothing where it is a draft of a report. */
export function replyOf(content: Draft["content"]): ReplyContent {
  return content.kind === "reply" ? content.content : EMPTY;
}
