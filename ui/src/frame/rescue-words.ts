// What became of the data on this computer, in sentences: what was damaged, what there is again, what is in doubt.
import { count } from "../format/size";
import { moment } from "../format/time";
import type { RescuedKind, RescuedRows, RescueNotice, RescueReason } from "../platform/contract";

const KINDS: Record<RescuedKind, [one: string, many: string]> = {
  accounts: ["account", "accounts"],
  drafts: ["draft", "drafts"],
  outbox: ["outbox entry", "outbox entries"],
  ratings: ["rating", "ratings"],
  "read-marks": ["mark of what was read", "marks of what was read"],
};

const TITLES: Record<RescueReason, string> = {
  damaged: "Your data on this computer was damaged and was rescued",
  missing: "Your data on this computer was missing and was rescued",
  restored: "A backup was restored",
};

/** "2 accounts, 1 draft and no ratings". */
function listed(rows: readonly RescuedRows[], number: (rows: RescuedRows) => number): string {
  const words = rows.map((row) => count(number(row), ...KINDS[row.what]));
  const last = words.pop();
  return words.length === 0 ? (last ?? "") : `${words.join(", ")} and ${last}`;
}

export interface RescueWords {
  title: string;
  cause: string;
  kept: string;
}

export function rescueWords(notice: RescueNotice, now: number): RescueWords {
  const { reason, rescued, backup, kept } = notice;
  const of = backup === null ? "the backup" : `the backup of ${moment(backup, now)}`;
  const there = listed(rescued, ({ rows }) => rows);
  const sentences = [
    reason === "restored"
      ? `${sentence(of)} is in place: ${there}. What waits in it is looked for at AWS before it is sent.`
      : `There are ${there}.`,
  ];
  const fromBackup = rescued.filter((row) => row.fromBackup > 0);
  if (reason !== "restored" && fromBackup.length > 0) {
    sentences.push(
      `Of these, ${listed(fromBackup, (row) => row.fromBackup)} come from ${of}: they may have been sent, changed or discarded since. Such outbox entries are stopped until you decide.`,
    );
  }
  if (rescued.some((row) => !row.isComplete)) {
    sentences.push("Some of what was there could not be read. Look at your drafts and the outbox.");
  }
  return {
    title: TITLES[reason],
    cause: sentences.join(" "),
    kept: kept === null ? "" : `What was there is kept in the data folder as ${kept}.`,
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
