// Naming another incident in the description, and carrying a report over into the reply of another incident.
import type { CaseRow, ReportContent } from "../../platform/contract";

type Named = Pick<CaseRow, "displayId" | "subject">;

function line({ displayId, subject }: Named): string {
  return displayId === null
    ? `Similar to an earlier incident: "${subject}"`
    : `Similar to earlier incident ${displayId}: "${subject}"`;
}

/** The description with a line about the incident; unchanged where it is there already. */
export function mention(body: string, row: Named): string {
  if (isMentioned(body, row)) return body;
  const text = body.trimEnd();
  return text === "" ? line(row) : `${text}\n\n${line(row)}`;
}

export function isMentioned(body: string, row: Named): boolean {
  return body.includes(row.displayId ?? line(row));
}

/** A reply with the report's subject and description after what the reply already says. */
export function withReport(
  reply: string,
  { subject, body }: Pick<ReportContent, "subject" | "body">,
): string {
  return [reply, subject, body]
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .join("\n\n");
}
