// What one may do, by what it is for.
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { ConnectionCheck, Permission } from "../../platform/contract";
import { meaning, rowsOf } from "./words";

function Result({ permission }: { permission: Permission }) {
  switch (permission.state) {
    case "allowed":
      return <StatusIndicator type="success">Allowed</StatusIndicator>;
    case "denied":
      return <StatusIndicator type="error">Denied</StatusIndicator>;
    case "not-needed":
      return <StatusIndicator type="stopped">Not needed</StatusIndicator>;
    case "unknown":
      return (
        <span title={permission.problem.message}>
          <StatusIndicator type="pending">Not known</StatusIndicator>
        </span>
      );
  }
}

export function Operations({ check }: { check: ConnectionCheck }) {
  const rows = rowsOf(check.operations);
  const allowed = check.operations.filter(({ permission }) => permission.state === "allowed");
  return (
    <div data-testid="check-operations">
      <Table
        variant="container"
        wrapLines
        items={rows}
        trackBy="id"
        header={
          <Header
            variant="h2"
            counter={`(${allowed.length} of ${check.operations.length} allowed)`}
          >
            Operations
          </Header>
        }
        columnDefinitions={[
          {
            id: "what",
            header: "What for",
            isRowHeader: true,
            cell: ({ what }) => <strong>{what}</strong>,
          },
          {
            id: "operation",
            header: "Operation",
            cell: ({ checks }) =>
              checks.map(({ operation }) => (
                <div key={operation} className="eco-mono eco-check-line">
                  {operation}
                </div>
              )),
          },
          {
            id: "result",
            header: "Result",
            cell: ({ checks }) =>
              checks.map(({ operation, permission }) => (
                <div key={operation} className="eco-check-line" data-testid={`check-${operation}`}>
                  <Result permission={permission} />
                </div>
              )),
          },
          { id: "meaning", header: "What it means", cell: meaning },
        ]}
      />
    </div>
  );
}
