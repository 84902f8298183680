// Adding a certificate that is trusted beside the system's, and why one was not added.
import { useState } from "react";
import { count } from "../../format/size";
import { flash } from "../../frame/flash";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { NetworkSettings, Problem } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";

export interface AddCertificate {
  adding: boolean;
  problem: Problem | null;
  dismiss: () => void;
  /** Asks for the file; answers the settings where a certificate was added. */
  add: () => Promise<NetworkSettings | null>;
}

export function useAddCertificate(
  settings: NetworkSettings,
  onChanged: (settings: NetworkSettings) => void,
): AddCertificate {
  const [adding, setAdding] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async () => {
    setAdding(true);
    setProblem(null);
    try {
      const now = await call("network_add_certificates");
      const added = now.certificates.length - settings.certificates.length;
      onChanged(now);
      if (added > 0) {
        flash.success(`${count(added, "certificate is", "certificates are")} trusted from now on.`);
      }
      return added > 0 ? now : null;
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return null;
    } finally {
      setAdding(false);
    }
  };
  return { adding, problem, dismiss: () => setProblem(null), add };
}

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
