// The files of a draft with the state of each: what is refused says why in its own row.
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useRef, useState } from "react";
import { useRemoveFile } from "../draft/useFiles";
import { count, size } from "../format/size";
import type { DraftFile, DraftId, Problem } from "../platform/contract";
import { FileName } from "./FileName";
import "./file-table.css";

interface FileTableProps {
  draftId: DraftId;
  files: readonly DraftFile[];
}

export function FileTable({ draftId, files }: FileTableProps) {
  const table = useRef<HTMLDivElement>(null);
  const { removing, failureOf, remove } = useRemoveFile(draftId);
  const [said, setSaid] = useState("");

  async function takeOut(file: DraftFile) {
    if (!(await remove(file))) return;
    setSaid(`${file.name} removed.`);
    table.current?.focus();
  }

  return (
    <div ref={table} tabIndex={-1} className="eco-file-table" data-testid="file-table">
      <div aria-live="polite" className="eco-hidden">
        {said}
      </div>
      {files.length > 0 && (
        <table aria-label={`Files: ${count(files.length, "file")}`}>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Size</th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="eco-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <tr key={file.id} data-testid="file-row">
                <td className="eco-file-table-name">
                  <Icon name="file" /> <FileName name={file.name} />
                </td>
                <td className="eco-file-table-size">{file.size === 0 ? "–" : size(file.size)}</td>
                <td>
                  <FileMark file={file} trouble={failureOf(file.id)} />
                </td>
                <td className="eco-file-table-action">
                  <Button
                    variant="inline-icon"
                    iconName="close"
                    ariaLabel={`Remove ${file.name}`}
                    disabled={removing.has(file.id)}
                    onClick={() => void takeOut(file)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function FileMark({ file, trouble }: { file: DraftFile; trouble: Problem | undefined }) {
  if (trouble !== undefined)
    return <Trouble title="Not removed" text={trouble.message} type="warning" />;
  switch (file.state.state) {
    case "ready":
      return <StatusIndicator type="success">Ready</StatusIndicator>;
    case "refused":
      return <Trouble title="Cannot be sent" text={file.state.problem.message} type="error" />;
  }
}

function Trouble({
  title,
  text,
  type,
}: {
  title: string;
  text: string;
  type: "warning" | "error";
}) {
  return (
    <>
      <StatusIndicator type={type}>{title}</StatusIndicator>
      <div className="eco-file-table-why">{text}</div>
    </>
  );
}
