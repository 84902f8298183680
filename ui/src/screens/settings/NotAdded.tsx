// A file of certificates that was not taken. Of several, those before it are trusted from then on.
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Problem } from "../../platform/contract";

export function NotAdded({ problem, onDismiss }: { problem: Problem; onDismiss: () => void }) {
  return (
    <ProblemAlert
      problem={problem}
      title="A certificate was not added"
      kept="The list shows those that are trusted."
      onDismiss={onDismiss}
    />
  );
}
