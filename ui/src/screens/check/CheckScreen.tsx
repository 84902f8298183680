// The connection check of one account, on demand.
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLocation } from "wouter";
import { paths } from "../../frame/paths";
import { useScreen } from "../../frame/screen";
import { Time } from "../../parts/marks";
import type { AccountId } from "../../platform/contract";
import { Findings, useConnectionCheck } from "./Findings";

export default function CheckScreen({ account }: { account: AccountId }) {
  useScreen({ title: "Connection check" });
  const [, navigate] = useLocation();
  const check = useConnectionCheck(account);
  return (
    <div className="eco-check" data-testid="check">
      <SpaceBetween size="m">
        <Header
          variant="h1"
          description={
            check.data ? (
              <>
                What you may do with this account. Checked <Time at={check.data.at} as="seconds" />.
                Nothing was created or sent.
              </>
            ) : (
              "What you may do with this account."
            )
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                iconName="refresh"
                loading={check.isFetching}
                loadingText="Checking the connection"
                onClick={() => void check.refetch()}
                data-testid="check-again"
              >
                Check again
              </Button>
              <Button variant="primary" onClick={() => navigate(paths.settings)}>
                Done
              </Button>
            </SpaceBetween>
          }
        >
          Connection check
        </Header>
        <Findings check={check} />
      </SpaceBetween>
    </div>
  );
}
