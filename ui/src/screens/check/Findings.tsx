// The connection check of an account: asked when it is shown, and again on demand.
import "./check.css";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { UseQueryResult } from "@tanstack/react-query";
import { count } from "../../format/size";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { AccountId, ConnectionCheck, Problem } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { EdiChoice } from "./EdiChoice";
import { Facts } from "./Facts";
import { Operations } from "./Operations";
import { Verdict } from "./Verdict";

export type Check = UseQueryResult<ConnectionCheck, Problem>;

export function useConnectionCheck(account: AccountId): Check {
  return useCommand("connection_check", { account }, { fresh: true });
}

interface FindingsProps {
  check: Check;
  /** Folds away what needs no attention: where all is allowed, only that is said. */
  folded?: boolean;
}

export function Findings({ check, folded = false }: FindingsProps) {
  if (check.error) {
    return <ProblemAlert problem={check.error} onRetry={() => void check.refetch()} />;
  }
  if (!check.data) {
    return (
      <div role="status" className="eco-row" data-testid="check-running">
        <Spinner />
        <Box color="text-body-secondary">
          Asking AWS what you may do. Nothing is created or sent.
        </Box>
      </div>
    );
  }
  return (
    <SpaceBetween size="m">
      <Facts check={check.data} />
      <div role="status" data-testid="check-verdict">
        <Verdict check={check.data} />
      </div>
      <EdiChoice edi={check.data.edi} onChosen={() => void check.refetch()} />
      {folded && isWell(check.data) ? (
        <ExpandableSection
          headerText={`${count(check.data.operations.length, "operation")} were tried`}
          data-testid="check-folded"
        >
          <Operations check={check.data} />
        </ExpandableSection>
      ) : (
        <Operations check={check.data} />
      )}
    </SpaceBetween>
  );
}

/** Nothing stands in the way, and nothing that is needed is missing or unknown. */
function isWell({ obstacle, operations }: ConnectionCheck): boolean {
  return (
    obstacle === null &&
    operations.every(
      ({ permission }) => permission.state === "allowed" || permission.state === "not-needed",
    )
  );
}
