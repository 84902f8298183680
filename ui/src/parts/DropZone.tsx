// Where files enter a draft: by a drop that the shell receives, or by the native dialog. The web view
// listens to no drop of its own and never sees a path.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useChooseFiles } from "../draft/useFiles";
import { count } from "../format/size";
import type { DraftId, Problem } from "../platform/contract";
import { mountDropTarget } from "../platform/drop-target";
import { onShell } from "../platform/platform";
import { commandKey } from "../query/key";
import "./drop-zone.css";

/** What of native drops concerns the screen. */
export interface DropState {
  /** Files are held over the window now. */
  over: boolean;
  /** Files that are still being copied into the draft. */
  coming: number;
}

/** Makes the draft the target of native drops while the screen is shown; null: none. */
export function useDropTarget(draftId: DraftId | null): DropState {
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const [coming, setComing] = useState(0);

  useEffect(() => {
    if (draftId === null) return;
    const unmount = mountDropTarget({ to: "draft", draft: draftId });
    const stop = onShell((event) => {
      if (event.event === "drag-over") setOver(event.over);
      if (event.event === "files-coming" && event.draft === draftId) {
        setComing(event.remaining);
        if (event.remaining === 0) {
          void client.invalidateQueries({ queryKey: commandKey("draft_get", { draft: draftId }) });
        }
      }
    });
    return () => {
      stop();
      setOver(false);
      setComing(0);
      unmount();
    };
  }, [client, draftId]);

  return { over, coming };
}

/** Covers its positioned parent while files are held over the window. */
export function DropOverlay({ visible, text }: { visible: boolean; text: string }) {
  if (!visible) return null;
  return (
    <div className="eco-drop-overlay" data-testid="drop-overlay" role="status">
      <span className="eco-drop-overlay-text">
        <Icon name="upload" size="medium" /> {text}
      </span>
    </div>
  );
}

interface DropZoneProps extends DropState {
  draftId: DraftId;
}

export function DropZone({ draftId, over, coming }: DropZoneProps) {
  const { choosing, choose } = useChooseFiles(draftId);
  const [problem, setProblem] = useState<Problem | null>(null);

  return (
    <div className="eco-drop-zone-area">
      <div className={`eco-drop-zone${over ? " eco-drop-zone-over" : ""}`} data-testid="drop-zone">
        <span className="eco-drop-zone-text">
          <Icon name="upload" /> Drop files here, logs and screenshots too
        </span>
        <Button
          variant="inline-link"
          loading={choosing}
          loadingText="Choosing files"
          onClick={() => {
            setProblem(null);
            void choose().then(setProblem);
          }}
          data-testid="file-choose"
        >
          Choose files
        </Button>
      </div>
      <div aria-live="polite" className="eco-drop-zone-coming">
        {coming > 0 ? `Copying ${count(coming, "file")}…` : ""}
      </div>
      {problem !== null && (
        <Alert
          type="error"
          dismissible
          dismissAriaLabel="Close"
          onDismiss={() => setProblem(null)}
          header="The files were not added"
        >
          {problem.message}
        </Alert>
      )}
    </div>
  );
}
