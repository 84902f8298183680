// The body of a dialog about one case: which case it is, then what is asked. Ctrl+Enter goes on.
import "./dialog.css";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { AccountDot } from "../../parts/AccountDot";
import type { CaseRow } from "../../platform/contract";

export interface DialogCaseProps {
  row: Pick<CaseRow, "subject" | "displayId" | "account">;
  onSubmit: () => void;
  children: ReactNode;
}

export function DialogCase({ row, onSubmit, children }: DialogCaseProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only the key that goes on, wherever in the dialog it is pressed
    <div
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.stopPropagation();
          if (!event.repeat) onSubmit();
        }
      }}
    >
      <SpaceBetween size="l">
        <div>
          <Box fontWeight="bold">
            <div dir="auto">{row.subject}</div>
          </Box>
          <div className="case-dialog-facts">
            {row.displayId === null ? null : <span className="eco-number">{row.displayId}</span>}
            {row.displayId === null ? null : <span aria-hidden="true">·</span>}
            <AccountDot account={row.account} />
          </div>
        </div>
        {children}
      </SpaceBetween>
    </div>
  );
}
