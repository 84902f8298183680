// A file of a message: its name, its size where known, and a way to save it. Trouble stands at the file.
import Icon from "@cloudscape-design/components/icon";
import Spinner from "@cloudscape-design/components/spinner";
import { useState } from "react";
import { size } from "../../format/size";
import { copy, useContextMenu } from "../../keyboard/context-menu";
import { FileName } from "../../parts/FileName";
import type { CaseFile, CaseKey } from "../../platform/contract";
import { RunsQuestion } from "./RunsQuestion";
import { useSaveFile } from "./useSaveFile";

export function FileToken({ caseKey, file }: { caseKey: CaseKey; file: CaseFile }) {
  const { save, saving, problem } = useSaveFile(caseKey, file);
  const [asking, setAsking] = useState(false);
  const ask = save === null ? null : file.runs ? () => setAsking(true) : save;
  const menu = useContextMenu([
    ...(ask === null
      ? []
      : [
          {
            text: "Save to this computer",
            icon: "download" as const,
            disabled: saving,
            run: ask,
          },
        ]),
    {
      text: "Copy name",
      icon: "copy",
      run: () => copy(file.name, "The name is on the clipboard."),
    },
  ]);
  return (
    <span className="case-file">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its button does the same by keyboard */}
      <span className="case-file-token" data-testid="case-file" onContextMenu={menu}>
        <Icon name="file" />
        <span className="case-file-name">
          <FileName name={file.name} />
        </span>
        {file.size === null ? null : <span className="case-quiet">{size(file.size)}</span>}
        {ask === null ? null : (
          <button
            type="button"
            className="case-icon-button"
            aria-label={`Save ${file.name}`}
            title="Save to this computer"
            disabled={saving}
            onClick={ask}
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
