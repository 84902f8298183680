// What a draft is called, the same wherever it stands.
import type { Draft } from "../platform/contract";
import { KINDS } from "../platform/rules";

/** A report by its subject, before it has one by its kind of problem; a reply by its case. */
export function draftTitle({
  case: key,
  subject,
  content,
}: Pick<Draft, "case" | "subject" | "content">): string {
  const name = subject.trim();
  if (key !== null) return `Re: ${name}`;
  if (name !== "") return name;
  const kind = content.kind === "report" ? content.content.kind : null;
  return KINDS.find((known) => known.kind === kind)?.title ?? "Report without a subject";
}
