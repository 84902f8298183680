// Written from the Rust declaration by `cargo xtask types`. Do not edit.

/**
 * An account as the UI shows it. Holds no secret.
 */
export type Account = { 
/**
 * Its name on this computer.
 */
id: AccountId, 
/**
 * What the user calls it.
 */
name: string, 
/**
 * Index into the UI's list of account colours, from 0.
 */
colour: number, 
/**
 * Where its credentials come from.
 */
source: CredentialSource, 
/**
 * The part of AWS it belongs to.
 */
partition: Partition, 
/**
 * The twelve digits, once a case id has told them.
 */
accountNumber: string | null, 
/**
 * Whether it works.
 */
connection: Connection, };

/**
 * How many open cases an account has.
 */
export type AccountCount = { 
/**
 * The account.
 */
account: AccountId, 
/**
 * Its open cases.
 */
open: number, };

/**
 * An account's local primary key. Not the AWS account number, which may be unknown.
 */
export type AccountId = string;

/**
 * What the UI knows before anything else.
 */
export type AppState = { 
/**
 * Which world this is.
 */
mode: Mode, 
/**
 * This program's version.
 */
version: string, 
/**
 * `linux`, `macos` or `windows`.
 */
platform: string, 
/**
 * An address set by hand in place of AWS Support's, shown in a standing banner.
 */
endpointOverride: string | null, 
/**
 * Where this program keeps its data, for the settings page.
 */
dataDir: string, 
/**
 * Something that was mended or could not be at the start, worth telling once.
 */
notices: Array<string>, 
/**
 * What became of `desk.db` where it was damaged or missing, or was replaced by a backup; until it is dismissed.
 */
rescue: RescueNotice | null, 
/**
 * Whether the last run reported something that went wrong in it.
 */
hasCrashed: boolean, 
/**
 * Why nothing can be saved at the moment: a full or write-protected disk.
 */
diskProblem: Problem | null, 
/**
 * Whether the page tells with `app_measured` how long a key takes until its change is painted.
 */
isMeasured: boolean, };

/**
 * Light or dark.
 */
export type Appearance = "system" | "light" | "dark";

/**
 * An address that is opened only after its user has looked at it.
 */
export type AskedLink = { 
/**
 * The whole address in its normal form.
 */
address: string, 
/**
 * The host, where it is not plainly the one that is read.
 */
host: LinkHost | null, };

/**
 * Who wrote or reported something.
 */
export type Author = { "who": "me" } | { "who": "colleague", 
/**
 * The readable part of AWS's `submittedBy`.
 */
name: string, } | { "who": "eco" };

/**
 * What is in a backup.
 */
export type BackupContents = { 
/**
 * Connected accounts.
 */
accounts: number, 
/**
 * Drafts of reports and replies.
 */
drafts: number, 
/**
 * Entries of the outbox that were not delivered then.
 */
outbox: number, };

/**
 * A backup of `desk.db`.
 */
export type BackupEntry = { 
/**
 * What it is called.
 */
name: string, 
/**
 * When it was made.
 */
at: number, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * What is in it; none where it is damaged.
 */
contents: BackupContents | null, };

/**
 * A CA certificate that is trusted in addition to the system's.
 */
export type CaCertificate = { 
/**
 * The SHA-256 fingerprint, in hexadecimal digits.
 */
id: string, 
/**
 * The subject: whose certificate it is.
 */
subject: string, 
/**
 * The issuer; the same as `subject` for a root certificate.
 */
issuer: string, 
/**
 * When it expires.
 */
expiresAt: number, };

/**
 * What the head of the list counts, over all accounts and whatever the filter.
 */
export type CaseCounts = { 
/**
 * All cases.
 */
total: number, 
/**
 * Waiting for the customer.
 */
needsMyReply: number, 
/**
 * Open with High priority.
 */
highPriority: number, 
/**
 * Target passed without a response.
 */
responseLate: number, 
/**
 * With something unseen.
 */
unread: number, 
/**
 * Not resolved.
 */
open: number, 
/**
 * Opened by ECO.
 */
reportedByEco: number, 
/**
 * Resolved within the last 14 days.
 */
recentlyResolved: number, 
/**
 * The open cases of each account that has some.
 */
accounts: Array<AccountCount>, };

/**
 * A case as its own screen shows it.
 */
export type CaseDetail = { 
/**
 * What the list shows of it.
 */
row: CaseRow, 
/**
 * The service code.
 */
serviceCode: string, 
/**
 * The service's name, where known.
 */
serviceName: string | null, 
/**
 * The category code.
 */
categoryCode: string, 
/**
 * The category's name, where known.
 */
categoryName: string | null, 
/**
 * Who submitted it, as AWS says.
 */
submittedBy: string | null, 
/**
 * The additional contacts.
 */
cc: Array<string>, 
/**
 * Until when a reply reopens it, for a resolved case; `None` for an open one.
 */
reopenUntil: number | null, 
/**
 * The rating given on this computer.
 */
rating: Rating | null, 
/**
 * A call or chat still to be started.
 */
handOver: HandOver | null, 
/**
 * The case's address in Support Center; `None` until its number is known, and in the demo.
 */
consoleUrl: string | null, 
/**
 * How many messages are known.
 */
messages: number, 
/**
 * Why the outbox cannot deliver what waits for this case.
 */
problem: Problem | null, };

/**
 * A file of a communication.
 */
export type CaseFile = { 
/**
 * AWS's attachment id; `None` while it is only in the outbox.
 */
attachmentId: string | null, 
/**
 * Its file name, exactly as it is offered to be saved under.
 */
name: string, 
/**
 * Its size in bytes where this computer knows it; AWS does not tell.
 */
size: number | null, 
/**
 * Whether the system runs a file of this name when it is opened: a program, a script or a shortcut.
 */
runs: boolean, };

/**
 * Who has to act next, as a group of the list. In the order in which the list shows them.
 */
export type CaseGroup = "not-yet-with-eco" | "waits-for-you" | "waits-for-eco" | "resolved";

/**
 * A case's primary key: a UUID made on this computer, with the draft or when a sync first sees the case.
 */
export type CaseKey = string;

/**
 * A page of the list.
 */
export type CasePage = { 
/**
 * The rows.
 */
rows: Array<CaseRow>, 
/**
 * How many rows the filter finds in all.
 */
matches: number, 
/**
 * Where the rows are grouped: the groups that have rows, in their order. Together they have `matches` rows.
 */
groups: Array<GroupCount>, 
/**
 * What the head counts.
 */
counts: CaseCounts, };

/**
 * What is asked of the list. Empty lists do not narrow.
 */
export type CaseQuery = { 
/**
 * The built-in choice to start from.
 */
view: CaseView, 
/**
 * Words that must all occur somewhere in subject, number or correspondence.
 */
text: string, 
/**
 * Any of these accounts.
 */
accounts: Array<AccountId>, 
/**
 * Any of these priorities.
 */
priorities: Array<Priority>, 
/**
 * Any of these statuses.
 */
statuses: Array<CaseStatus>, 
/**
 * Any of these reporters.
 */
reporters: Array<Reporter>, 
/**
 * Only those with files.
 */
withAttachment: boolean, 
/**
 * Updated at or after.
 */
updatedAfter: number | null, 
/**
 * Sorted by.
 */
sort: CaseSort, 
/**
 * Largest, newest or longest first.
 */
descending: boolean, 
/**
 * Whether the rows are grouped by who has to act; the order counts within each group.
 */
grouped: boolean, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows to give, 1 to 200.
 */
limit: number, };

/**
 * One row of the list of incidents.
 */
export type CaseRow = { 
/**
 * Its key.
 */
key: CaseKey, 
/**
 * The number that people say; `None` until AWS has told it.
 */
displayId: string | null, 
/**
 * The subject.
 */
subject: string, 
/**
 * The account it is in.
 */
account: AccountId, 
/**
 * The priority that its severity code stands for.
 */
priority: Priority, 
/**
 * The severity code.
 */
severityCode: string, 
/**
 * Where it stands.
 */
status: CaseStatus, 
/**
 * Who reported it.
 */
reportedBy: Author, 
/**
 * How fast ECO responded.
 */
response: ResponseClock, 
/**
 * Who has to act.
 */
waiting: Waiting, 
/**
 * Since when.
 */
waitingSince: number, 
/**
 * Whether it exists at AWS.
 */
presence: Presence, 
/**
 * Whether it is a report that does not get through to ECO, by the rule of [`OutboxEntry::not_yet_with_eco`].
 *
 * [`OutboxEntry::not_yet_with_eco`]: crate::delivery::OutboxEntry::not_yet_with_eco
 */
notYetWithEco: boolean, 
/**
 * Whether there is something from ECO or a colleague that the user has not seen.
 */
unread: boolean, 
/**
 * How many files its known correspondence carries.
 */
attachments: number, 
/**
 * The stars given on this computer, 1 to 5.
 */
stars: number | null, 
/**
 * When it was created.
 */
createdAt: number, 
/**
 * When something was last said in it, or its status changed.
 */
updatedAt: number, };

/**
 * What the list can be sorted by.
 */
export type CaseSort = "number" | "subject" | "priority" | "status" | "created" | "updated" | "waiting" | "response-due";

/**
 * Where a case stands, as the Support API says; an open set, so an unknown one is shown as it came.
 */
export type CaseStatus = string;

/**
 * A built-in choice of cases.
 */
export type CaseView = "all" | "needs-my-reply" | "open" | "high-priority" | "response-late" | "unread" | "reported-by-eco" | "recently-resolved";

/**
 * A category of a service, as DescribeServices names it.
 */
export type Category = { 
/**
 * The Support API's code.
 */
code: string, 
/**
 * Its name.
 */
name: string, };

/**
 * Names the data whose views are out of date.
 */
export type Change = { "what": "accounts" } | { "what": "cases" } | { "what": "case", 
/**
 * The key of the case.
 */
key: CaseKey, } | { "what": "drafts" } | { "what": "outbox" } | { "what": "settings" } | { "what": "disk" } | { "what": "sync", 
/**
 * The account that is synchronised.
 */
account: AccountId, };

/**
 * Whether an account's credentials are known to work.
 */
export type Connection = { "state": "unchecked" } | { "state": "connected", 
/**
 * When it last did.
 */
at: number, } | { "state": "failed", 
/**
 * When it was tried.
 */
at: number, 
/**
 * What is wrong, and what to do.
 */
problem: Problem, };

/**
 * Everything that the check found.
 */
export type ConnectionCheck = { 
/**
 * The account that was checked.
 */
account: AccountId, 
/**
 * The time of the check, in milliseconds since 1970.
 */
at: number, 
/**
 * The part of AWS that was asked.
 */
partition: Partition, 
/**
 * The Region of the standby that answered in place of the partition's main endpoint, where one did.
 */
standby: string | null, 
/**
 * Who one is; `None` where nobody could be asked.
 */
identity: Identity | null, 
/**
 * How many seconds this computer's clock is ahead of AWS's (negative: behind); `None` where AWS did not answer.
 */
clockAheadSeconds: number | null, 
/**
 * The names of the severities that the plan offers; empty where they are not known.
 */
severities: Array<string>, 
/**
 * What keeps everything from working, where something does.
 */
obstacle: Obstacle | null, 
/**
 * Every operation that this program uses.
 */
operations: Array<OperationCheck>, 
/**
 * Whether reports find EDI's category.
 */
edi: EdiCategory, 
/**
 * An IAM policy with exactly the permissions that are missing; `None` where none is.
 */
policy: string | null, };

/**
 * How ECO shall reach the user.
 */
export type ContactMethod = "web" | "phone" | "chat";

/**
 * A contact method with its hours.
 */
export type ContactOption = { 
/**
 * The contact method.
 */
method: ContactMethod, 
/**
 * Whether it is open.
 */
opening: Opening, 
/**
 * Whether it can be chosen now.
 */
canChoose: boolean, };

/**
 * What DescribeCreateCaseOptions and DescribeSupportedLanguages say for a report.
 */
export type ContactOptions = { 
/**
 * Web, Phone, Chat.
 */
methods: Array<ContactOption>, 
/**
 * Whether English is among the supported languages; `None` where AWS could not be asked.
 */
englishSupported: boolean | null, 
/**
 * Why AWS could not be asked, where it could not.
 */
problem: Problem | null, };

/**
 * A contact method in words.
 */
export type ContactWords = { 
/**
 * The contact method.
 */
method: ContactMethod, 
/**
 * Its name.
 */
name: string, 
/**
 * What comes of it.
 */
promise: string, };

/**
 * A case's correspondence: the description and the newest messages, with the gap between them.
 */
export type Correspondence = { 
/**
 * The description and ECO's first response, where they are older than `recent`.
 */
opening: Array<Message>, 
/**
 * How many messages lie between `opening` and `recent`.
 */
hidden: number, 
/**
 * When the first of them was written, where there are any.
 */
hiddenFrom?: number, 
/**
 * When the last of them was written, where there are any.
 */
hiddenUntil?: number, 
/**
 * The newest messages and all that are unseen, oldest of them first.
 */
recent: Array<Message>, 
/**
 * Whether AWS may have more than this computer knows yet.
 */
incomplete: boolean, 
/**
 * Why some of it cannot be shown.
 */
gap: Gap | null, };

/**
 * Where an account's credentials come from.
 */
export type CredentialSource = { "kind": "demo" } | { "kind": "profile", 
/**
 * The profile's name.
 */
name: string, } | { "kind": "access-key", 
/**
 * The key's id, which is no secret.
 */
accessKeyId: string, 
/**
 * Whether the secret is held until the program ends, for want of a keyring that took it.
 */
sessionOnly: boolean, 
/**
 * Why the keyring did not take it.
 */
notKept?: NotKept, 
/**
 * The role that is assumed with it, where one is.
 */
role?: RoleToAssume, 
/**
 * The serial number or ARN of the multi-factor device whose code opens a session with the key itself, where
 * the key is good for nothing without one and no role is assumed.
 */
mfaSerial?: string, } | { "kind": "portal", 
/**
 * The address of the portal (start URL), also for links into the console.
 */
startUrl: string, 
/**
 * The Region that IAM Identity Center is in.
 */
region: string, 
/**
 * The twelve digits of the AWS account.
 */
accountNumber: string, 
/**
 * The permission set.
 */
role: string, 
/**
 * Whether the sign-in is held until the program ends, for want of a keyring that took it.
 */
sessionOnly: boolean, 
/**
 * Why the keyring did not take it.
 */
notKept?: NotKept, };

/**
 * Where a message is on its way.
 */
export type Delivery = "waiting" | "stopped" | "sent" | "unlisted" | "at-aws";

/**
 * A draft as the UI shows it.
 */
export type Draft = { 
/**
 * Its name.
 */
id: DraftId, 
/**
 * For a reply: the case it belongs to.
 */
case: CaseKey | null, 
/**
 * For a reply: the case's subject; for a report its own, may be empty.
 */
subject: string, 
/**
 * For a reply the case's account, for a report the chosen one.
 */
account: AccountId | null, 
/**
 * What was entered.
 */
content: DraftContent, 
/**
 * Whether its row is damaged or of another version: `content` has what can be seen of its text then, and it can be
 * neither written on nor sent.
 */
isUnreadable?: boolean, 
/**
 * Its files, in the order they were added.
 */
files: Array<DraftFile>, 
/**
 * What still keeps it from being sent, in the order of the form; empty when it may go.
 */
problems: Array<Problem>, 
/**
 * When it was begun.
 */
createdAt: number, 
/**
 * When it was last saved.
 */
savedAt: number, };

/**
 * What a draft is a draft of, with its content.
 */
export type DraftContent = { "kind": "report", "content": ReportContent } | { "kind": "reply", "content": ReplyContent };

/**
 * A file of a draft. The UI never sees a path.
 */
export type DraftFile = { 
/**
 * Its name here.
 */
id: FileId, 
/**
 * Its own file name, as it is sent.
 */
name: string, 
/**
 * Its size in bytes; 0 where it could not be read.
 */
size: number, 
/**
 * How far it is.
 */
state: FileState, };

/**
 * Names a draft. A report's draft id becomes the key of its case.
 */
export type DraftId = string;

/**
 * What saving a draft answers: when it was saved and what is still missing.
 */
export type DraftSaved = { 
/**
 * When it was last saved.
 */
savedAt: number, 
/**
 * What still keeps it from being sent, in the order of the form.
 */
problems: Array<Problem>, };

/**
 * Names a screen's wish for dropped files, in the order in which the page's screens came up.
 */
export type DropMount = { 
/**
 * The page, by a number that another load of it does not have.
 */
page: number, 
/**
 * The how many-th wish of this page it is.
 */
order: number, };

/**
 * Where files go that are dropped onto the window.
 */
export type DropTarget = { "to": "new-report" } | { "to": "draft", 
/**
 * The draft.
 */
draft: DraftId, } | { "to": "access-key" };

/**
 * Whether reports find their way to EDI's category.
 */
export type EdiCategory = { "state": "unknown" } | { "state": "found", 
/**
 * Its code and name.
 */
category: Category, } | { "state": "chosen", 
/**
 * The code.
 */
code: string, } | { "state": "not-found", 
/**
 * The categories of ECO's incidents that AWS lists.
 */
categories: Array<Category>, } | { "state": "no-service" };

/**
 * A key pair as a user enters it.
 */
export type EnteredKey = { "kind": "typed", 
/**
 * The key's id.
 */
accessKeyId: string, 
/**
 * Its secret.
 */
secretAccessKey: Secret, } | { "kind": "held", 
/**
 * The name that the key was given.
 */
key: HeldKeyId, };

/**
 * A field of a form. Each form shows the problems of its own fields beside them.
 */
export type Field = "account" | "kind" | "service" | "category" | "priority" | "subject" | "body" | "files" | "language" | "contact" | "phone.region" | "phone.number" | "phone.extension" | "cc" | "stars" | "comment" | "name" | "profile" | "code" | "accessKeyId" | "secretAccessKey" | "keyFile" | "roleArn" | "mfaSerial" | "partition" | "startUrl" | "region" | "host" | "port" | "userName" | "exceptions" | "certificate" | "ownEmail" | "pollSeconds" | "categoryCode" | "severityHigh" | "severityMedium" | "severityLow" | "supportEndpoint";

/**
 * Names a file of a draft.
 */
export type FileId = string;

/**
 * How far a file of a draft is.
 */
export type FileState = { "state": "ready" } | { "state": "refused", 
/**
 * What is wrong with it, and what to do.
 */
problem: Problem, };

/**
 * A portal of IAM Identity Center that a profile names.
 */
export type FoundPortal = { 
/**
 * Its address.
 */
startUrl: string, 
/**
 * The Region that it is in.
 */
region: string, };

/**
 * A profile found in the AWS config files of this computer.
 */
export type FoundProfile = { 
/**
 * Its name.
 */
name: string, 
/**
 * How it gets its credentials.
 */
kind: ProfileKind, 
/**
 * The portal of IAM Identity Center that it belongs to, where it does.
 */
portal: FoundPortal | null, 
/**
 * The serial number of the multi-factor device whose code it asks for, where it does.
 */
mfaSerial: string | null, 
/**
 * The command of the `credential_process` that is run for it, where one is. To connect the profile is to agree to
 * this command, so it has to be shown before.
 */
command: string | null, 
/**
 * Why it cannot be used, where it cannot.
 */
unusable: string | null, };

/**
 * Why some of a case's correspondence is missing. What AWS gave otherwise is shown all the same.
 */
export type Gap = "denied" | "unreadable";

/**
 * How many rows of what was found are in a group.
 */
export type GroupCount = { 
/**
 * The group.
 */
group: CaseGroup, 
/**
 * Its rows, at least 1.
 */
count: number, };

/**
 * A call or chat that the user still has to start in Support Center.
 */
export type HandOver = { 
/**
 * Phone or Chat.
 */
method: ContactMethod, 
/**
 * What to enter there for a call.
 */
phone: PhoneContact, };

/**
 * A key that was read from a file and waits to be connected, without its secret.
 */
export type HeldKey = { 
/**
 * Its name from now on.
 */
id: HeldKeyId, 
/**
 * The name of the file, without its folder.
 */
fileName: string, 
/**
 * The key's id, which is no secret.
 */
accessKeyId: string, };

/**
 * Names a key that was read from a file.
 */
export type HeldKeyId = string;

/**
 * Something that ECO needs to know.
 */
export type Hint = { 
/**
 * What ECO needs to know.
 */
what: string, 
/**
 * In which form, or where to find it.
 */
how: string, };

/**
 * A step of a connection to AWS.
 */
export type Hop = "route" | "proxy-name" | "proxy-connection" | "proxy-pass" | "host-name" | "host-connection" | "encryption" | "answer" | "clock";

/**
 * The outcome of a hop.
 */
export type HopOutcome = { "state": "passed", 
/**
 * What was found, in a few words.
 */
detail: string, } | { "state": "failed", 
/**
 * What happened, what it means, what to do.
 */
problem: Problem, } | { "state": "not-reached" };

/**
 * A hop and its outcome.
 */
export type HopResult = { 
/**
 * The hop.
 */
hop: Hop, 
/**
 * Its outcome.
 */
outcome: HopOutcome, };

/**
 * Who the credentials belong to, as STS says.
 */
export type Identity = { 
/**
 * The twelve digits of the account.
 */
accountNumber: string, 
/**
 * The user, or the name of the role's session, which companies set to the person's.
 */
name: string, 
/**
 * The role or permission set; `None` for an IAM user.
 */
role: string | null, 
/**
 * The whole Amazon Resource Name, for administrators.
 */
arn: string, };

/**
 * An access key as it is entered, and what is to be done with it.
 */
export type KeyEntry = { 
/**
 * The pair.
 */
key: EnteredKey, 
/**
 * The part of AWS that it is of.
 */
partition: Partition, 
/**
 * The role that is to be assumed with it.
 */
role: RoleToAssume | null, 
/**
 * The serial number or ARN of the multi-factor device that AWS asks for where no role is assumed.
 */
mfaSerial: string | null, 
/**
 * The code of the device that the role or the key itself asks for.
 */
code: Secret | null, 
/**
 * The account whose key this one replaces; it stays the same account, with its incidents and its outbox.
 */
replaces: AccountId | null, };

/**
 * A kind of problem as the form offers it.
 */
export type KindOfProblem = { 
/**
 * The kind of problem.
 */
kind: ProblemKind, 
/**
 * Its name, in the form and in the text that is sent.
 */
title: string, 
/**
 * Examples of it.
 */
examples: string, 
/**
 * The service that it goes to: only questions and wishes are service requests.
 */
service: Service, 
/**
 * What ECO needs to know, the most telling first.
 */
hints: Array<Hint>, };

/**
 * A host that the user has to look at before it is opened.
 */
export type LinkHost = { 
/**
 * The host as the network knows it, in ASCII.
 */
ascii: string, 
/**
 * The host as browsers may show it. The same as `ascii` where it has no letters of other scripts.
 */
unicode: string, };

/**
 * What the log has for a bug report.
 */
export type LogReport = { 
/**
 * The end of the log.
 */
log: string, 
/**
 * What the last run reported of panics.
 */
crash: string | null, };

/**
 * What was chosen in the menu bar of macOS, for the page to do.
 */
export type MenuEntry = "settings" | "palette" | "keys" | "sync";

/**
 * One message of a case.
 */
export type Message = { 
/**
 * Unique within the case; stable.
 */
id: string, 
/**
 * Who wrote it.
 */
author: Author, 
/**
 * The text, without the reference line of this program.
 */
body: string, 
/**
 * When it happened.
 */
at: number, 
/**
 * Its files.
 */
files: Array<CaseFile>, 
/**
 * Whether this is ECO's first response.
 */
firstResponse: boolean, 
/**
 * Whether it came since the user last looked.
 */
unseen: boolean, 
/**
 * Where it is on its way.
 */
delivery: Delivery, 
/**
 * Why it is stopped, where it is.
 */
problem?: Problem, 
/**
 * The request that was made although the one before may have arrived: ECO may have it twice.
 */
sentAgain?: SentAgain, };

/**
 * Which world this window shows. Real and demo accounts never meet in one.
 */
export type Mode = "real" | "demo";

/**
 * The network settings as the settings page shows them.
 */
export type NetworkSettings = { 
/**
 * The proxy settings.
 */
proxy: ProxySettings, 
/**
 * Where the proxy's password is stored.
 */
password: PasswordKept, 
/**
 * The extra CA certificates, sorted by name.
 */
certificates: Array<CaCertificate>, 
/**
 * Whether the settings have any effect: in the demo nothing leaves the computer.
 */
inUse: boolean, };

/**
 * The result of a connection test.
 */
export type NetworkTest = { 
/**
 * When the test was made.
 */
at: number, 
/**
 * The result for each service that this program uses, AWS Support first. If its main host does not respond, the
 * result of the standby that does follows, or those of all standbys.
 */
probes: Array<ServiceProbe>, };

/**
 * Why a secret is not in the operating system's keyring.
 */
export type NotKept = "no-keyring" | "locked" | "failed" | "foreign";

/**
 * What keeps everything from working, and what to do.
 */
export type Obstacle = { 
/**
 * Which kind.
 */
kind: ObstacleKind, 
/**
 * What happened, and what to do.
 */
problem: Problem, };

/**
 * What keeps everything from working, told apart by what to do about it.
 */
export type ObstacleKind = "plan" | "clock" | "partition" | "other-account" | "credentials" | "sign-in-ended" | "unreachable" | "tls" | "proxy" | "not-aws" | "service";

/**
 * Whether a contact method is open at this moment.
 */
export type Opening = { "state": "always" } | { "state": "open", 
/**
 * When it closes.
 */
until: number, } | { "state": "closed", 
/**
 * When it opens next, where AWS tells.
 */
opensAt: number | null, } | { "state": "not-offered" } | { "state": "unknown" };

/**
 * An operation of the Support API. Its name is also that of the permission, with `support:` before it (Service
 * Authorization Reference, "AWS Support").
 */
export type Operation = "DescribeCases" | "DescribeCommunications" | "DescribeServices" | "DescribeSeverityLevels" | "DescribeCreateCaseOptions" | "DescribeSupportedLanguages" | "CreateCase" | "AddCommunicationToCase" | "ResolveCase" | "AddAttachmentsToSet" | "DescribeAttachment";

/**
 * One operation, tried.
 */
export type OperationCheck = { 
/**
 * The operation that was tried.
 */
operation: Operation, 
/**
 * Whether it may be used.
 */
permission: Permission, };

/**
 * An entry of the outbox as the UI shows it.
 */
export type OutboxEntry = { 
/**
 * Its name.
 */
id: OutboxId, 
/**
 * What it will do.
 */
kind: OutboxKind, 
/**
 * In which account.
 */
account: AccountId, 
/**
 * For which case.
 */
case: CaseKey, 
/**
 * The case's subject.
 */
subject: string, 
/**
 * For a report: its priority.
 */
priority: Priority | null, 
/**
 * How many files it carries.
 */
files: number, 
/**
 * How many bytes those files have together.
 */
bytes: number, 
/**
 * Where it stands.
 */
state: OutboxState, 
/**
 * How often it was tried.
 */
tries: number, 
/**
 * When the user sent it.
 */
createdAt: number, 
/**
 * Whether it can be turned into a draft again: nothing of it can have reached ECO.
 */
editable: boolean, 
/**
 * Whether it can be discarded: nothing of it is being requested right now.
 */
discardable: boolean, 
/**
 * Whether ECO may have it already.
 */
mayBeWithEco: boolean, 
/**
 * The request that was made although the one before may have arrived.
 */
sentAgain: SentAgain | null, 
/**
 * Whether it is a report that does not get through to ECO: what alarms, banners and the tray go by.
 */
notYetWithEco: boolean, };

/**
 * Names an entry of the outbox.
 */
export type OutboxId = string;

/**
 * What an entry will do at AWS.
 */
export type OutboxKind = "report" | "reply" | "resolve";

/**
 * Where an entry stands.
 */
export type OutboxState = { "state": "queued" } | { "state": "sending", 
/**
 * `files` or `message`.
 */
step: SendingStep, } | { "state": "checking", 
/**
 * When the request was made.
 */
since: number, 
/**
 * When AWS is asked next.
 */
nextCheckAt: number, 
/**
 * Until when AWS may list it yet.
 */
settlesAt: number, 
/**
 * Whether it is sent again by itself then: a High incident. All others wait for the user.
 */
goesAgain: boolean, 
/**
 * Whether that time is over without an answer: the user has to decide.
 */
overdue: boolean, } | { "state": "waiting", 
/**
 * When it is tried again.
 */
nextTryAt: number, 
/**
 * Why it failed.
 */
problem: Problem, } | { "state": "stopped", 
/**
 * What is wrong, and what to do.
 */
problem: Problem, };

/**
 * How far the page's first screen is.
 */
export type PaintStage = "first-sight" | "whole";

/**
 * An AWS partition: it has its own accounts, endpoints and consoles.
 */
export type Partition = "aws" | "aws-cn" | "aws-us-gov";

/**
 * A part of AWS in words.
 */
export type PartitionWords = { 
/**
 * The partition.
 */
partition: Partition, 
/**
 * Its name.
 */
name: string, };

/**
 * Where the proxy's password is stored.
 */
export type PasswordKept = "none" | "keyring" | "session";

/**
 * Whether an operation may be used.
 */
export type Permission = { "state": "allowed" } | { "state": "denied" } | { "state": "not-needed" } | { "state": "unknown", 
/**
 * Why it could not be found out.
 */
problem: Problem, };

/**
 * Where ECO shall call.
 */
export type PhoneContact = { 
/**
 * The AWS Region that the incident is about.
 */
region: string, 
/**
 * The number with its country code.
 */
number: string, 
/**
 * The extension, or empty.
 */
extension: string, };

/**
 * An AWS account that the signed-in user is assigned to.
 */
export type PortalAccount = { 
/**
 * The twelve digits.
 */
number: string, 
/**
 * What the company calls it.
 */
name: string, };

/**
 * Whether a row exists at AWS.
 */
export type Presence = "not-yet-sent" | "just-sent" | "unlisted" | "at-aws" | "archived";

/**
 * The priority of an incident (ECO user guide, "Incident priority").
 */
export type Priority = "low" | "medium" | "high";

/**
 * A priority as the form offers it.
 */
export type PriorityOption = { 
/**
 * The priority.
 */
priority: Priority, 
/**
 * The severity code that is sent.
 */
severityCode: string, };

/**
 * A priority in words.
 */
export type PriorityWords = { 
/**
 * The priority.
 */
priority: Priority, 
/**
 * Its name.
 */
name: string, 
/**
 * Its colour.
 */
tone: Tone, 
/**
 * How many of three bars stand for it.
 */
bars: number, 
/**
 * Its definition in plain words.
 */
definition: string, 
/**
 * What it means for a question or a wish, where nothing is broken.
 */
requestDefinition: string, 
/**
 * The guide's own definition.
 */
guideDefinition: string, 
/**
 * Minutes until ECO's first response to an incident.
 */
targetMinutes: number, };

/**
 * An error with a message that can be shown to a user.
 */
export type Problem = { 
/**
 * The kind of error, for callers to switch on.
 */
code: ProblemCode, 
/**
 * The message, in whole sentences: what happened, and what to do.
 */
message: string, 
/**
 * The field of the form that it belongs to.
 */
field?: Field, 
/**
 * Whether the same request may succeed later without anything being changed.
 */
retryable: boolean, 
/**
 * AWS's request id, for a conversation with AWS.
 */
requestId?: string, };

/**
 * The kind of a [`Problem`]. The UI switches on it, so a new kind is a change of the contract.
 */
export type ProblemCode = "invalid-input" | "not-found" | "network" | "proxy" | "certificate" | "credentials" | "credentials-missing" | "other-account" | "credentials-expired" | "keyring" | "approval-needed" | "code-needed" | "access-denied" | "plan-missing" | "clock-skew" | "throttled" | "quota-reached" | "conflict" | "storage" | "service" | "internal";

/**
 * What kind of problem it is, in users' words; sets the service and the guidance.
 */
export type ProblemKind = "data-in" | "data-out" | "access" | "slow-or-down" | "scheduled-task" | "question";

/**
 * How a profile of the AWS config files gets its credentials.
 */
export type ProfileKind = "static-keys" | "assume-role" | "sso" | "credential-process" | "login" | "web-identity" | "nothing";

/**
 * How the proxy is chosen.
 */
export type ProxyMode = "system" | "manual" | "none";

/**
 * The proxy settings. They do not contain the password, which lies in the keyring.
 */
export type ProxySettings = { 
/**
 * How the proxy is chosen.
 */
mode: ProxyMode, 
/**
 * The name or address of the proxy entered by hand.
 */
host: string, 
/**
 * Its port; 0 where none was entered.
 */
port: number, 
/**
 * The user name that it asks for; empty where it asks for none.
 */
userName: string, 
/**
 * Hosts that are reached without it, separated by commas: names (with all below them), addresses, or networks such
 * as `10.0.0.0/8`.
 */
exceptions: string, };

/**
 * Something that people do with this program, and the operations that it takes.
 */
export type Purpose = { 
/**
 * Names it.
 */
id: string, 
/**
 * What is done.
 */
what: string, 
/**
 * The operations that it takes.
 */
operations: Array<Operation>, 
/**
 * What does not work where one of them is denied.
 */
without: string, 
/**
 * Whether it changes something at AWS, so that it was only tried.
 */
changes: boolean, };

/**
 * Stars and a comment for ECO's correspondence.
 */
export type Rating = { 
/**
 * 1 (poor) to 5 (excellent).
 */
stars: number, 
/**
 * At most 1,000 characters; may be empty.
 */
comment: string, 
/**
 * Whether it goes to ECO as a last message in the case, or stays on this computer.
 */
sendToEco: boolean, };

/**
 * Typed or pasted text, read as addresses.
 */
export type ReadContacts = { 
/**
 * The addresses in it, each as it would be sent.
 */
addresses: Array<string>, 
/**
 * The parts that are no address, as they were entered.
 */
rest: Array<string>, };

/**
 * A Region of AWS.
 */
export type Region = { 
/**
 * Its code.
 */
code: string, 
/**
 * The place that it is named after.
 */
name: string, 
/**
 * Whether EDI runs in it.
 */
edi: boolean, };

/**
 * All that the user has entered for a reply.
 */
export type ReplyContent = { 
/**
 * The text.
 */
body: string, 
/**
 * E-mail addresses that get a copy, at most ten.
 */
cc: Array<string>, };

/**
 * All that the user has entered for a report, complete or not.
 */
export type ReportContent = { 
/**
 * The account to report in.
 */
account: AccountId | null, 
/**
 * The kind of problem.
 */
kind: ProblemKind | null, 
/**
 * Which service it goes to.
 */
service: Service, 
/**
 * A category chosen by hand; `None` for the one found by name.
 */
categoryCode: string | null, 
/**
 * How urgent it is.
 */
priority: Priority | null, 
/**
 * One line.
 */
subject: string, 
/**
 * The description, plain text.
 */
body: string, 
/**
 * How ECO shall reach the user.
 */
contact: ContactMethod, 
/**
 * For [`ContactMethod::Phone`].
 */
phone: PhoneContact, 
/**
 * Additional contacts: e-mail addresses, at most ten.
 */
cc: Array<string>, 
/**
 * Marks the case as a test that ECO's engineers do not act on.
 */
asTest: boolean, 
/**
 * Where the user was: 1 How can we help?, 2 Additional information, 3 Solve now, 4 Contact us.
 */
step: number, };

/**
 * What the report form offers for an account.
 */
export type ReportForm = { 
/**
 * The account.
 */
account: AccountId, 
/**
 * ECO's services; empty where AWS has never been reached (the category is then found when sending).
 */
services: Array<ServiceOption>, 
/**
 * High first.
 */
priorities: Array<PriorityOption>, 
/**
 * When AWS last told; `None` where it never has.
 */
fetchedAt: number | null, 
/**
 * Why AWS could not be asked just now; the rest is then from the last time.
 */
problem: Problem | null, };

/**
 * What will be sent, word for word.
 */
export type ReportPreview = { 
/**
 * The subject line.
 */
subject: string, 
/**
 * The whole body with its reference line.
 */
body: string, 
/**
 * How many of its characters are added below the user's own.
 */
added: number, 
/**
 * The Support API's service code.
 */
serviceCode: string, 
/**
 * The Support API's category code; `None` where it is found when sending.
 */
categoryCode: string | null, 
/**
 * The Support API's severity code.
 */
severityCode: string, };

/**
 * A step of the form with its fields, in the order in which it shows them.
 */
export type ReportStep = { 
/**
 * Its number, as it is kept in a draft.
 */
step: number, 
/**
 * Its heading.
 */
name: string, 
/**
 * Its fields.
 */
fields: Array<Field>, };

/**
 * Who reported a case, as a filter.
 */
export type Reporter = "me" | "colleague" | "eco";

/**
 * What became of `desk.db`, until the user has taken note.
 */
export type RescueNotice = { 
/**
 * Why there is a new one.
 */
reason: RescueReason, 
/**
 * The name under which the old one is kept in the data folder.
 */
kept: string | null, 
/**
 * When the backup was made that was used.
 */
backup: number | null, 
/**
 * What was rescued.
 */
rescued: Array<RescuedRows>, };

/**
 * Why there is a new `desk.db`.
 */
export type RescueReason = "damaged" | "missing" | "restored";

/**
 * What users call the rows of a table.
 */
export type RescuedKind = "accounts" | "drafts" | "outbox" | "ratings" | "read-marks";

/**
 * How many of one kind were rescued.
 */
export type RescuedRows = { 
/**
 * Of what.
 */
what: RescuedKind, 
/**
 * How many there are now.
 */
rows: number, 
/**
 * How many of those come from the backup alone.
 */
fromBackup: number, 
/**
 * Whether all that the file had of it was read.
 */
isComplete: boolean, };

/**
 * Who decided that something is sent again although ECO may have it.
 */
export type ResentBy = "program" | "user";

/**
 * The clock from creation to ECO's first response, against the priority's target.
 */
export type ResponseClock = { "state": "not-applicable" } | { "state": "running", 
/**
 * When the target ends.
 */
dueAt: number, 
/**
 * The target's length in minutes.
 */
targetMinutes: number, } | { "state": "responded", 
/**
 * Minutes from creation to the response.
 */
afterMinutes: number, 
/**
 * The target's length in minutes.
 */
targetMinutes: number, };

/**
 * A role to assume with an access key.
 */
export type RoleToAssume = { 
/**
 * Its Amazon Resource Name.
 */
arn: string, 
/**
 * The external id that the owner of the role may require; empty for none.
 */
externalId: string, 
/**
 * The serial number or ARN of the MFA device whose code the role requires; empty for none.
 */
mfaSerial: string, };

/**
 * A secret string that is wiped when dropped. It goes into the vault and into a signature, nowhere else.
 */
export type Secret = string;

/**
 * What of an entry is on its way.
 */
export type SendingStep = "files" | "message";

/**
 * A second request, made although the one before may have arrived: ECO may have the message twice.
 */
export type SentAgain = { 
/**
 * When it was made.
 */
at: number, 
/**
 * Who decided it.
 */
by: ResentBy, };

/**
 * Which of ECO's two services a report goes to.
 */
export type Service = "report-incident" | "service-request";

/**
 * One of ECO's services with the categories that AWS offers for it.
 */
export type ServiceOption = { 
/**
 * The service.
 */
service: Service, 
/**
 * Its name as AWS gives it.
 */
name: string, 
/**
 * Its categories.
 */
categories: Array<Category>, 
/**
 * The code of "Energy Data Insights (EDI) - Application Issues" among them, found by name.
 */
ediCategory: string | null, };

/**
 * The result of a connection test of one of AWS's services, hop by hop.
 */
export type ServiceProbe = { 
/**
 * The service.
 */
service: TestedService, 
/**
 * Its host.
 */
host: string, 
/**
 * The proxy that was used, as `host:port`.
 */
proxy: string | null, 
/**
 * The hops of this connection, in their order.
 */
hops: Array<HopResult>, 
/**
 * Why it failed, if it did.
 */
problem: Problem | null, };

/**
 * A service in words.
 */
export type ServiceWords = { 
/**
 * The service.
 */
service: Service, 
/**
 * AWS's name of it, for when AWS has not been asked.
 */
name: string, 
/**
 * What it is for.
 */
purpose: string, 
/**
 * Whether ECO's targets for the first response hold for it: the guide gives them for incidents alone.
 */
hasResponseTarget: boolean, };

/**
 * All settings. They are small and read and written as one.
 */
export type Settings = { 
/**
 * Light or dark.
 */
appearance: Appearance, 
/**
 * Whether closing the window keeps the program in the tray.
 */
closeToTray: boolean, 
/**
 * Whether the user has been told once that the program stays in the tray.
 */
toldAboutTray: boolean, 
/**
 * Seconds between two polls of AWS Support; 15 to 3,600.
 */
pollSeconds: number, 
/**
 * Notify of ECO's replies and questions.
 */
notifyReplies: boolean, 
/**
 * Notify of changes of a case's status.
 */
notifyStatus: boolean, 
/**
 * Notify of incidents that ECO opens.
 */
notifyEcoIncidents: boolean, 
/**
 * No notification is shown until this is switched off again.
 */
notificationsPaused: boolean, 
/**
 * The user's own address, offered as an additional contact; empty when unknown.
 */
ownEmail: string, 
/**
 * The Support severity code sent for High where the plan offers it.
 */
severityHigh: string, 
/**
 * The Support severity code sent for Medium.
 */
severityMedium: string, 
/**
 * The Support severity code sent for Low.
 */
severityLow: string, 
/**
 * The category code to use instead of the one found by name; empty for by name.
 */
categoryCode: string, };

/**
 * What the shell tells the UI unasked, through the channel that it registers with `app_listen`.
 */
export type ShellEvent = { "event": "changed", 
/**
 * Of what; empty for everything.
 */
changes: Array<Change>, } | { "event": "flush" } | { "event": "open-case", 
/**
 * The case.
 */
case: CaseKey, } | { "event": "open-draft", 
/**
 * The draft.
 */
draft: DraftId, } | { "event": "open-report" } | { "event": "open-incidents" } | { "event": "open-outbox" } | { "event": "drag-over", 
/**
 * Whether they are over it now.
 */
over: boolean, } | { "event": "files-coming", 
/**
 * The draft that they go to.
 */
draft: DraftId, 
/**
 * How many are still to come; 0 at the end.
 */
remaining: number, } | { "event": "files-added", 
/**
 * The draft.
 */
draft: DraftId, 
/**
 * What became of each, in the order in which they were dropped.
 */
files: Array<DraftFile>, } | { "event": "key-held", 
/**
 * The key, without its secret.
 */
key: HeldKey, } | { "event": "key-refused", 
/**
 * Why no key was taken.
 */
problem: Problem, } | { "event": "link-refused", 
/**
 * Where it leads.
 */
link: AskedLink, } | { "event": "menu-chosen", 
/**
 * What.
 */
entry: MenuEntry, } | { "event": "trouble", 
/**
 * Why it did not work.
 */
problem: Problem, };

/**
 * The UI's channel for [`ShellEvent`]s: `new Channel()` of Tauri's own JavaScript library.
 */
export type ShellListener = unknown;

/**
 * A sign-in that waits for the user.
 */
export type SignInBegun = { 
/**
 * Its name from now on.
 */
id: SignInId, 
/**
 * The page to open.
 */
page: string, 
/**
 * The code that the page must show, where one is compared.
 */
userCode: string | null, 
/**
 * Until when it waits.
 */
expiresAt: number, };

/**
 * Names a sign-in that is under way.
 */
export type SignInId = string;

/**
 * How one signs in.
 */
export type SignInWay = "browser" | "code";

/**
 * A known case that reads like the report.
 */
export type SimilarCase = { 
/**
 * The case.
 */
row: CaseRow, 
/**
 * Words of the report that occur in it, most telling first, at most five.
 */
sharedWords: Array<string>, 
/**
 * For a resolved case: ECO's last message, at most 400 characters.
 */
solution: string | null, };

/**
 * Where a case stands in ECO's workflow.
 */
export type Stage = "reported" | "in-work" | "waiting" | "resolved";

/**
 * A status that is known.
 */
export type StatusWords = { 
/**
 * The Support API's code.
 */
status: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its colour.
 */
tone: Tone, 
/**
 * Its stage.
 */
stage: Stage, };

/**
 * What the Solve now step shows.
 */
export type Suggestions = { 
/**
 * Open cases of a similar subject, most similar first, at most three.
 */
open: Array<SimilarCase>, 
/**
 * Resolved ones, at most three.
 */
resolved: Array<SimilarCase>, };

/**
 * How far the mirror of one account is.
 */
export type SyncStatus = { 
/**
 * The account.
 */
account: AccountId, 
/**
 * Whether a sync is under way.
 */
running: boolean, 
/**
 * When one last came to its end; `None` before the first.
 */
syncedAt: number | null, 
/**
 * Why the last one did not.
 */
problem: Problem | null, 
/**
 * What the last one had to leave out; everything else is up to date.
 */
gap: Problem | null, };

/**
 * A service of AWS that this program uses.
 */
export type TestedService = "support" | "support-standby" | "sts" | "identity-center" | "identity-center-portal";

/**
 * What a colour says. Each surface has its own colour for it, in light and in dark.
 */
export type Tone = "error" | "warning" | "success" | "info" | "pending" | "in-progress";

/**
 * Who has to act next.
 */
export type Waiting = "you" | "eco" | "nobody";

/**
 * A change of how large the page is drawn.
 */
export type ZoomStep = "larger" | "smaller" | "usual";

/** Every command of the shell, with what it takes and what it answers. */
export interface Commands {
  app_state: { args: Record<string, never>; answer: AppState };
  app_listen: { args: { listener: ShellListener }; answer: null };
  app_painted: { args: { stage: PaintStage }; answer: null };
  app_measured: { args: { change: string; milliseconds: number }; answer: null };
  app_flushed: { args: { everything: boolean }; answer: null };
  app_zoom: { args: { step: ZoomStep }; answer: number };
  clipboard_copy: { args: { text: string }; answer: null };
  link_open: { args: { address: string; confirmed: boolean }; answer: AskedLink | null };
  demo_restart: { args: Record<string, never>; answer: null };
  rescue_dismiss: { args: Record<string, never>; answer: null };
  backup_list: { args: Record<string, never>; answer: Array<BackupEntry> };
  backup_restore: { args: { name: string }; answer: null };
  data_folder_open: { args: Record<string, never>; answer: null };
  log_report: { args: Record<string, never>; answer: LogReport };
  crash_dismiss: { args: Record<string, never>; answer: null };
  settings_get: { args: Record<string, never>; answer: Settings };
  settings_save: { args: { settings: Settings }; answer: Settings };
  network_get: { args: Record<string, never>; answer: NetworkSettings };
  network_save: { args: { proxy: ProxySettings; password: Secret | null }; answer: NetworkSettings };
  network_add_certificates: { args: Record<string, never>; answer: NetworkSettings };
  network_remove_certificate: { args: { certificate: string }; answer: NetworkSettings };
  network_test: { args: { proxy: ProxySettings; password: Secret | null }; answer: NetworkTest };
  account_list: { args: Record<string, never>; answer: Array<Account> };
  account_profiles: { args: Record<string, never>; answer: Array<FoundProfile> };
  account_connect_profile: { args: { profile: string; name: string; code: Secret | null; command: string | null }; answer: Account };
  account_connect_keys: { args: { entry: KeyEntry; name: string }; answer: Account };
  account_key_choose: { args: Record<string, never>; answer: HeldKey | null };
  account_key_forget: { args: { key: HeldKeyId }; answer: null };
  sign_in_begin: { args: { startUrl: string; region: string; way: SignInWay }; answer: SignInBegun };
  sign_in_wait: { args: { signIn: SignInId }; answer: Array<PortalAccount> };
  sign_in_roles: { args: { signIn: SignInId; accountNumber: string }; answer: Array<string> };
  sign_in_connect: { args: { signIn: SignInId; accountNumber: string; role: string; name: string }; answer: Account };
  sign_in_renew: { args: { account: AccountId; signIn: SignInId }; answer: Account };
  sign_in_cancel: { args: { signIn: SignInId }; answer: null };
  account_enter_code: { args: { account: AccountId; code: Secret }; answer: Account };
  account_command: { args: { account: AccountId }; answer: string | null };
  account_approve_command: { args: { account: AccountId; command: string }; answer: Account };
  account_check: { args: { account: AccountId }; answer: Account };
  connection_check: { args: { account: AccountId }; answer: ConnectionCheck };
  account_rename: { args: { account: AccountId; name: string; colour: number }; answer: Account };
  account_remove: { args: { account: AccountId }; answer: null };
  draft_begin: { args: Record<string, never>; answer: Draft };
  draft_get: { args: { draft: DraftId }; answer: Draft };
  draft_list: { args: Record<string, never>; answer: Array<Draft> };
  draft_save: { args: { draft: DraftId; content: DraftContent }; answer: DraftSaved };
  draft_discard: { args: { draft: DraftId }; answer: null };
  draft_close: { args: { draft: DraftId }; answer: boolean };
  contacts_read: { args: { text: string }; answer: ReadContacts };
  reply_draft: { args: { case: CaseKey }; answer: Draft };
  report_form: { args: { account: AccountId }; answer: ReportForm };
  contact_options: { args: { account: AccountId; service: Service; categoryCode: string | null }; answer: ContactOptions };
  report_preview: { args: { draft: DraftId }; answer: ReportPreview };
  report_suggestions: { args: { draft: DraftId }; answer: Suggestions };
  draft_submit: { args: { draft: DraftId }; answer: CaseKey };
  file_choose: { args: { draft: DraftId }; answer: Array<DraftFile> };
  file_remove: { args: { draft: DraftId; file: FileId }; answer: null };
  file_save: { args: { case: CaseKey; attachmentId: string }; answer: string | null };
  drop_mount: { args: { mount: DropMount; target: DropTarget }; answer: null };
  drop_unmount: { args: { mount: DropMount }; answer: null };
  outbox_list: { args: Record<string, never>; answer: Array<OutboxEntry> };
  outbox_retry: { args: { entry: OutboxId }; answer: null };
  outbox_send_again: { args: { entry: OutboxId }; answer: null };
  outbox_edit: { args: { entry: OutboxId }; answer: DraftId };
  outbox_discard: { args: { entry: OutboxId }; answer: null };
  case_list: { args: { query: CaseQuery }; answer: CasePage };
  case_counts: { args: Record<string, never>; answer: CaseCounts };
  case_get: { args: { case: CaseKey }; answer: CaseDetail };
  case_correspondence: { args: { case: CaseKey; recent: number }; answer: Correspondence };
  case_seen: { args: { case: CaseKey }; answer: null };
  case_mark: { args: { cases: Array<CaseKey>; unread: boolean }; answer: null };
  case_resolve: { args: { case: CaseKey; rating: Rating | null }; answer: null };
  case_rate: { args: { case: CaseKey; rating: Rating }; answer: null };
  case_open_console: { args: { case: CaseKey }; answer: null };
  case_hand_over_done: { args: { case: CaseKey }; answer: null };
  sync_now: { args: Record<string, never>; answer: null };
  sync_status: { args: Record<string, never>; answer: Array<SyncStatus> };
}
