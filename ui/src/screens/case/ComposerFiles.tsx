// The files of a reply as tokens. A refused one stays, says why, and can be removed.
import Icon from "@cloudscape-design/components/icon";
import { useRemoveFile } from "../../draft/useFiles";
import { count, size } from "../../format/size";
import { FileName } from "../../parts/FileName";
import type { DraftFile, DraftId } from "../../platform/contract";

export interface ComposerFilesProps {
  draftId: DraftId;
  files: readonly DraftFile[];
  /** How many are still being copied. */
  coming: number;
}

export function ComposerFiles({ draftId, files, coming }: ComposerFilesProps) {
  const { removing, failureOf, remove } = useRemoveFile(draftId);

  if (files.length === 0 && coming === 0) return null;
  return (
    <div className="case-composer-files">
      {files.map((file) => {
        const failure = failureOf(file.id);
        const trouble = failure
          ? `Not removed. ${failure.message}`
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
              <span className="case-token-name">
                <FileName name={file.name} />
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
              disabled={removing.has(file.id)}
              onClick={() => void remove(file)}
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
