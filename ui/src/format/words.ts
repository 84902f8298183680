// The words of ECO's guide for what the contract gives as codes.
import type {
  Author,
  CaseStatus,
  CaseView,
  CredentialSource,
  Priority,
  ProblemCode,
  Reporter,
} from "../platform/contract";
import { PRIORITIES, STATUSES } from "../platform/rules";

export function priorityName(priority: Priority): string {
  return PRIORITIES.find((known) => known.priority === priority)?.name ?? priority;
}

/** A status in AWS's words; an unknown one as it came. */
export function statusName(status: CaseStatus): string {
  return STATUSES.find((known) => known.status === status)?.name ?? status;
}

export function authorName(author: Author): string {
  switch (author.who) {
    case "me":
      return "You";
    case "colleague":
      return author.name;
    case "eco":
      return "ECO";
  }
}

export function reporterName(reporter: Reporter): string {
  switch (reporter) {
    case "me":
      return "You";
    case "colleague":
      return "A colleague";
    case "eco":
      return "ECO";
  }
}

/** "AKIA…MPLE": enough of an access key's id to know it again. */
export function shortKeyId(id: string): string {
  return id.length > 8 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id;
}

/** "EdiSupport" of a role's ARN. */
export function roleName(arn: string): string {
  return arn.split("/").pop() || arn;
}

/** Where an account's credentials come from. */
export function sourceName(source: CredentialSource): string {
  switch (source.kind) {
    case "demo":
      return "Sample data";
    case "profile":
      return `Profile ${source.name}`;
    case "access-key":
      return `Access key ${shortKeyId(source.accessKeyId)}${source.role ? ` as ${roleName(source.role.arn)}` : ""}`;
    case "portal":
      return `Company sign-in as ${source.role}`;
  }
}

/** Whether the account's secret is forgotten when the program ends. */
export function isSessionOnly(source: CredentialSource): boolean {
  switch (source.kind) {
    case "demo":
    case "profile":
      return false;
    case "access-key":
    case "portal":
      return source.sessionOnly;
  }
}

/** Why the secret is not in the system's keychain, as a clause. */
export function notKeptReason(source: CredentialSource): string {
  const reason =
    source.kind === "access-key" || source.kind === "portal" ? source.notKept : undefined;
  switch (reason) {
    case "locked":
      return "this computer's keychain was not unlocked";
    case "failed":
      return "this computer's keychain could not store it (the disk may be full)";
    case "foreign":
      return "something of another program stands in this computer's keychain under ECO Desk's name";
    case "no-keyring":
    case undefined:
      return "this computer has no usable keychain";
  }
}

/** The heading of a view. */
export function viewTitle(view: CaseView): string {
  return view === "all" ? "All incidents" : viewName(view);
}

export function viewName(view: CaseView): string {
  switch (view) {
    case "all":
      return "All";
    case "needs-my-reply":
      return "Needs my reply";
    case "open":
      return "Open";
    case "high-priority":
      return "High priority";
    case "response-late":
      return "Response late";
    case "unread":
      return "Unread";
    case "reported-by-eco":
      return "Reported by ECO";
    case "recently-resolved":
      return "Recently resolved";
  }
}

/** A heading for a kind of trouble; the problem's own message says the rest. */
export function problemTitle(code: ProblemCode): string {
  switch (code) {
    case "invalid-input":
      return "Something has to be corrected";
    case "not-found":
      return "This does not exist any more";
    case "network":
      return "AWS was not reached";
    case "proxy":
      return "A proxy is in the way";
    case "certificate":
      return "The connection to AWS cannot be trusted";
    case "credentials":
      return "AWS does not accept the credentials";
    case "credentials-missing":
      return "There are no credentials to ask AWS with";
    case "other-account":
      return "The credentials lead to another AWS account";
    case "credentials-expired":
      return "The sign-in has expired";
    case "keyring":
      return "This computer's keyring cannot be used";
    case "approval-needed":
      return "A command has to be looked at first";
    case "code-needed":
      return "The code of your MFA device is needed";
    case "access-denied":
      return "A permission is missing";
    case "plan-missing":
      return "The account has no support plan that includes the Support API";
    case "clock-skew":
      return "This computer's clock is wrong";
    case "throttled":
      return "AWS asks to wait";
    case "quota-reached":
      return "A limit of AWS Support is reached";
    case "conflict":
      return "This has changed meanwhile";
    case "storage":
      return "This computer's disk does not take it";
    case "service":
      return "AWS Support answered with an error";
    case "internal":
      return "Something went wrong inside ECO Desk";
  }
}

/** An AWS account's twelve digits as they are read: "1234 5678 9012". */
export function accountNumberName(digits: string): string {
  return digits.replace(/^(\d{4})(\d{4})(\d{4})$/, "$1 $2 $3");
}
