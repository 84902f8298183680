// How many of the dropped files came, and which did not: told on the page of their draft, whatever part of it is shown.
import Alert from "@cloudscape-design/components/alert";
import { useEffect } from "react";
import { arrivalSeen, useArrival } from "../draft/arrivals";
import { count } from "../format/size";
import type { DraftFile, DraftId } from "../platform/contract";

/** Milliseconds that good news stays. */
const STAYS = 10_000;

export function FilesAdded({ draftId }: { draftId: DraftId }) {
  const files = useArrival(draftId);
  const allCame = files?.every(({ state }) => state.state === "ready") ?? false;

  useEffect(() => {
    if (files === null || !allCame) return;
    const timer = setTimeout(() => arrivalSeen(draftId), STAYS);
    return () => clearTimeout(timer);
  }, [files, allCame, draftId]);

  if (files === null) return null;
  const came = files.filter(({ state }) => state.state === "ready");
  return (
    <div role={allCame ? "status" : "alert"} data-testid="files-added">
      <Alert
        type={allCame ? "success" : "warning"}
        header={headerOf(came.length, files.length)}
        dismissible
        dismissAriaLabel="Close"
        onDismiss={() => arrivalSeen(draftId)}
      >
        {allCame ? null : (
          <ul className="eco-files-added">
            {files.flatMap((file) => {
              const why = whyNot(file);
              return why === null ? [] : [<li key={file.id}>{why}</li>];
            })}
          </ul>
        )}
        {came.length > 0 ? `Added: ${came.map(({ name }) => name).join(", ")}` : null}
      </Alert>
    </div>
  );
}

function headerOf(came: number, dropped: number): string {
  if (came === dropped) return `${count(came, "file")} added`;
  return came === 0
    ? `${count(dropped, "file")} could not be added`
    : `${came} of ${count(dropped, "file")} added`;
}

function whyNot({ state }: DraftFile): string | null {
  switch (state.state) {
    case "ready":
      return null;
    case "refused":
      return state.problem.message;
  }
}
