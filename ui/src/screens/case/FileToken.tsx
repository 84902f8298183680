// A file of a message: its name, its size where known, and a way to save it. Trouble stands at the file.
import Icon from "@cloudscape-design/components/icon";
import Spinner from "@cloudscape-design/components/spinner";
import { useState } from "react";
import { size } from "../../format/size";
import { FileName } from "../../parts/FileName";
import type { CaseFile, CaseKey } from "../../platform/contract";
import { RunsQuestion } from "./RunsQuestion";
import { useSaveFile } from "./useSaveFile";

export function FileToken({ caseKey, file }: { caseKey: CaseKey; file: CaseFile }) {
  const { save, saving, problem } = useSaveFile(caseKey, file);
  const [asking, setAsking] = useState(false);
  return (
    <span className="case-file">
      <span className="case-file-token" data-testid="case-file">
        <Icon name="file" />
        <span className="case-file-name">
          <FileName name={file.name} />
        </span>
        {file.size === null ? null : <span className="case-quiet">{size(file.size)}</span>}
        {save === null ? null : (
          <button
            type="button"
            className="case-icon-button"
            aria-label={`Save ${file.name}`}
            title="Save to this computer"
            disabled={saving}
            onClick={file.runs ? () => setAsking(true) : save}
            data-testid="case-file-save"
          >
            {saving ? <Spinner /> : <Icon name="download" variant="link" />}
          </button>
        )}
      </span>
      {asking && save !== null ? (
        <RunsQuestion
          name={file.name}
          onSave={() => {
            setAsking(false);
            save();
          }}
          onCancel={() => setAsking(false)}
        />
      ) : null}
      {problem === null ? null : (
        <span className="case-file-problem" role="alert">
          {file.name} was not saved. {problem.message}
        </span>
      )}
    </span>
  );
}
