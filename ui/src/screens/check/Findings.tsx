// The connection check of an account: asked when it is shown, and again on demand.
import "./check.css";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { UseQueryResult } from "@tanstack/react-query";
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

export function Findings({ check }: { check: Check }) {
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
      <Operations check={check.data} />
    </SpaceBetween>
  );
}
