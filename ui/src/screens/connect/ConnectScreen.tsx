// The way in: a profile that is already on this computer, or sample data to look around.
import "./connect.css";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import { useState } from "react";
import { useLocation } from "wouter";
import { count } from "../../format/size";
import { flash } from "../../frame/flash";
import { Logo } from "../../frame/Logo";
import { paths } from "../../frame/paths";
import { useScreen } from "../../frame/screen";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Account } from "../../platform/contract";
import { useAct, useCommand } from "../../query/hooks";
import { ConnectResult } from "./ConnectResult";
import { ProfileForm } from "./ProfileForm";

export default function ConnectScreen() {
  const [, navigate] = useLocation();
  const accounts = useCommand("account_list", {});
  const state = useCommand("app_state", {});
  const profiles = useCommand("account_profiles", {}, { fresh: true });
  const demo = useAct("demo_restart");
  const [connected, setConnected] = useState<Account | null>(null);
  const first = (accounts.data?.length ?? 0) === 0 || connected !== null;
  const title = first ? "Welcome to ECO Desk" : "Connect another account";
  useScreen({ title });

  // As the core has it: a check from the result changes it.
  const current = accounts.data?.find(({ id }) => id === connected?.id) ?? connected;
  const usable = (profiles.data ?? []).filter(({ unusable }) => unusable === null);

  return (
    <div className="eco-connect" data-testid="connect">
      <div className="eco-connect-head">
        <Logo size={46} />
        <div>
          <h1 className="eco-connect-title">{title}</h1>
          <Box color="text-body-secondary">
            Report incidents to EDI Cloud Operations and follow them, without the AWS console.
            {first ? " First, connect the AWS account that your EDI runs in." : ""}
          </Box>
        </div>
      </div>

      <div className="eco-connect-card">
        {current ? (
          <ConnectResult
            account={current}
            onDone={() => navigate(paths.incidents)}
            onAnother={() => setConnected(null)}
          />
        ) : (
          <>
            <div className="eco-connect-way">
              <Icon name="folder" />
              <div>
                <h2 className="eco-connect-way-title">
                  A profile on this computer{" "}
                  {profiles.data ? (
                    <Badge color={usable.length > 0 ? "green" : "grey"}>
                      {count(usable.length, "usable", "usable")}
                    </Badge>
                  ) : null}
                </h2>
                <div className="eco-small eco-muted">
                  What the AWS CLI uses. ECO Desk reads it each time, so it stays in step with your
                  files, and copies no key out of them.
                </div>
              </div>
            </div>
            {profiles.error ? (
              <ProblemAlert
                problem={profiles.error}
                title="The profiles could not be read"
                onRetry={() => void profiles.refetch()}
              />
            ) : (
              <ProfileForm
                profiles={profiles.data}
                taken={(accounts.data ?? []).map(({ name }) => name)}
                onConnected={setConnected}
                onRefresh={() => void profiles.refetch()}
                refreshing={profiles.isFetching}
              />
            )}
          </>
        )}
      </div>

      <div className="eco-connect-foot">
        <span className="eco-row eco-muted">
          <Icon name="lock-private" /> Credentials go from here to AWS and nowhere else.
        </span>
        {state.data?.mode === "real" && first && !current ? (
          <Button
            variant="link"
            loading={demo.isPending}
            onClick={() => demo.mutate({}, { onError: (problem) => flash.problem(problem) })}
            data-testid="look-around"
          >
            Look around with sample data
          </Button>
        ) : null}
        {!first ? (
          <Button variant="link" onClick={() => navigate(paths.settings)}>
            Cancel
          </Button>
        ) : null}
      </div>
    </div>
  );
}
