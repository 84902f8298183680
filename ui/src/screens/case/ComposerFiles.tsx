// The files of a reply as tokens. A refused one stays, says why, and can be removed.
import Icon from "@cloudscape-design/components/icon";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { count, size } from "../../format/size";
import type { DraftFile, DraftId, FileId, Problem } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { commandKey } from "../../query/hooks";

export interface ComposerFilesProps {
  draftId: DraftId;
  files: readonly DraftFile[];
  /** How many are still being copied. */
  coming: number;
}

export function ComposerFiles({ draftId, files, coming }: ComposerFilesProps) {
  const client = useQueryClient();
  const [failed, setFailed] = useState<{ file: FileId; problem: Problem } | null>(null);

  async function remove(file: FileId) {
    setFailed(null);
    try {
      await call("file_remove", { draft: draftId, file });
    } catch (thrown) {
      setFailed({ file, problem: asProblem(thrown) });
    } finally {
      void client.invalidateQueries({ queryKey: commandKey("draft_get", { draft: draftId }) });
    }
  }

  if (files.length === 0 && coming === 0) return null;
  return (
    <div className="case-composer-files">
      {files.map((file) => {
        const trouble =
          failed?.file === file.id
            ? `Not removed. ${failed.problem.message}`
            : file.state.state === "refused"
              ? file.state.problem.message
              : null;
        return (
          <div
            key={file.id}
            className={`case-token ${trouble === null ? "" : "case-token-refused"}`}
            data-testid="composer-file"
          >
            <div className="case-token-words">
              <span className="case-token-name" title={file.name}>
                {file.name}
              </span>
              {trouble === null ? (
                <span className="case-quiet">{size(file.size)}</span>
              ) : (
                <span className="case-problem">{trouble}</span>
              )}
            </div>
            <button
              type="button"
              className="case-icon-button"
              aria-label={`Remove ${file.name}`}
              onClick={() => void remove(file.id)}
            >
              <Icon name="close" variant={trouble === null ? "link" : "error"} />
            </button>
          </div>
        );
      })}
      <span aria-live="polite" className="case-quiet">
        {coming > 0 ? `Copying ${count(coming, "file")}…` : ""}
      </span>
    </div>
  );
}
