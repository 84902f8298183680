// What a bug report needs, shown whole before it is copied. Nothing leaves this computer by itself.
import "./diagnostics.css";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { flash } from "../frame/flash";
import { Dialog } from "../parts/Dialog";
import { ProblemAlert } from "../parts/ProblemAlert";
import { call } from "../platform/platform";
import { useCommand } from "../query/hooks";
import { diagnostics } from "./diagnostics";

export default function DiagnosticsDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const app = useCommand("app_state", {}).data;
  const { data: report, error } = useCommand("log_report", {}, { fresh: true });
  const text = useMemo(
    () => (app && report ? diagnostics(client, app, report, Date.now()) : null),
    [client, app, report],
  );

  const copy = async (copied: string) => {
    try {
      await call("clipboard_copy", { text: copied });
      flash.success("Diagnostics are on the clipboard.");
      onClose();
    } catch (thrown) {
      flash.problem(thrown);
    }
  };

  return (
    <Dialog
      title="Diagnostics for a bug report"
      size="large"
      onClose={onClose}
      close="Close"
      act={
        text === null
          ? null
          : { text: "Copy", run: () => void copy(text), icon: "copy", testId: "diagnostics-copy" }
      }
      testId="diagnostics"
    >
      <SpaceBetween size="s">
        <p className="eco-small eco-muted eco-diagnostics-note">
          This is all that is copied: versions, settings, how each account's last sync went, and the
          end of the log. It holds no keys, no account numbers, no names of people and nothing from
          an incident. ECO Desk sends it to nobody.
        </p>
        {error ? <ProblemAlert problem={error} title="The log could not be read" /> : null}
        {text === null && !error ? <Skeleton height="240px" width="100%" display="block" /> : null}
        {text === null ? null : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
          <section className="eco-diagnostics" aria-label="Diagnostics" tabIndex={0}>
            <pre className="eco-mono eco-diagnostics-text" data-testid="diagnostics-text">
              {text}
            </pre>
          </section>
        )}
      </SpaceBetween>
    </Dialog>
  );
}
