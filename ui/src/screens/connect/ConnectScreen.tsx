// The ways in: company sign-in, a profile that is already on this computer, an access key, or sample
// data to look around.
import "./connect.css";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import Skeleton from "@cloudscape-design/components/skeleton";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { flash } from "../../frame/flash";
import { Logo } from "../../frame/Logo";
import { networkDialog } from "../../frame/network-dialog";
import { paths } from "../../frame/paths";
import { useScreen } from "../../frame/screen";
import { DropOverlay } from "../../parts/DropZone";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Account, FoundProfile, Problem } from "../../platform/contract";
import { useAct, useCommand } from "../../query/hooks";
import { ConnectResult } from "./ConnectResult";
import { ConnectWays, type Way } from "./ConnectWays";
import { KeyForm } from "./KeyForm";
import { PortalForm } from "./PortalForm";
import { ProfileForm } from "./ProfileForm";
import { type KeyFile, useKeyFile } from "./useKeyFile";

type Profiles = UseQueryResult<FoundProfile[], Problem>;

/** A profile that works needs nothing typed. Null before it is known whether there is one. */
function preferred({ data, error }: Profiles): Way | null {
  if (error) return "portal";
  if (!data) return null;
  return data.some(({ unusable }) => unusable === null) ? "profile" : "portal";
}

interface ConnectFormProps {
  way: Way | null;
  profiles: Profiles;
  accounts: readonly Account[];
  name: string;
  onName: (name: string) => void;
  onConnected: (account: Account) => void;
  file: KeyFile;
}

function ConnectForm({ way, profiles, accounts, file, ...rest }: ConnectFormProps) {
  switch (way) {
    case null:
      return <Skeleton variant="text-body-m" width="40%" />;
    case "portal":
      return <PortalForm accounts={accounts} profiles={profiles.data ?? []} {...rest} />;
    case "access-key":
      return <KeyForm accounts={accounts} file={file} {...rest} />;
    case "profile":
      return profiles.error ? (
        <ProblemAlert
          problem={profiles.error}
          title="The profiles could not be read"
          onRetry={() => void profiles.refetch()}
        />
      ) : (
        <ProfileForm
          profiles={profiles.data}
          taken={accounts.map(({ name }) => name)}
          onRefresh={() => void profiles.refetch()}
          refreshing={profiles.isFetching}
          {...rest}
        />
      );
  }
}

export default function ConnectScreen() {
  const [, navigate] = useLocation();
  const accounts = useCommand("account_list", {});
  const state = useCommand("app_state", {});
  const profiles = useCommand("account_profiles", {}, { fresh: true });
  const demo = useAct("demo_restart");
  const [connected, setConnected] = useState<Account | null>(null);
  const [chosen, setChosen] = useState<Way | null>(null);
  const [name, setName] = useState("");
  // Wherever on this screen the file is dropped, it is meant for the form of access keys.
  const file = useKeyFile(() => {
    setConnected(null);
    setChosen("access-key");
  });
  const [fromFile, setFromFile] = useState<string | null>(null);
  const first = (accounts.data?.length ?? 0) === 0 || connected !== null;
  const title = first ? "Welcome to ECO Desk" : "Connect another account";
  useScreen({ title });

  // As the core has it: a check from the result changes it.
  const current = accounts.data?.find(({ id }) => id === connected?.id) ?? connected;
  const way = chosen ?? preferred(profiles);

  return (
    <div className="eco-connect" data-testid="connect">
      <div className="eco-connect-head">
        <Logo size={46} />
        <div>
          <h1 className="eco-connect-title">{title}</h1>
          <Box color="text-body-secondary">
            Report incidents to EDI Cloud Operations and follow them, without the AWS console.
            {first && !current ? " First, connect the AWS account that your EDI runs in." : ""}
          </Box>
        </div>
      </div>

      <div className="eco-connect-card">
        <DropOverlay visible={file.over} text="Drop the file with the access key" />
        {current ? (
          <ConnectResult
            account={current}
            fromFile={fromFile}
            onDone={() => navigate(paths.incidents)}
            onAnother={() => setConnected(null)}
          />
        ) : (
          <>
            <ConnectWays
              way={way}
              profiles={profiles.data}
              unreadable={profiles.error !== null}
              onChoose={setChosen}
            />
            <ConnectForm
              way={way}
              profiles={profiles}
              accounts={accounts.data ?? []}
              name={name}
              onName={setName}
              file={file}
              onConnected={(account) => {
                setFromFile(file.held?.fileName ?? null);
                setConnected(account);
                setName("");
              }}
            />
          </>
        )}
      </div>

      <div className="eco-connect-foot">
        <span className="eco-row eco-muted">
          <Icon name="lock-private" /> Credentials go from here to AWS and nowhere else.
        </span>
        <Button
          variant="inline-link"
          onClick={networkDialog.open}
          data-testid="network-settings-link"
        >
          Network settings
        </Button>
        {state.data?.mode === "real" && first && !current ? (
          <span className="eco-connect-demo">
            <Button
              variant="inline-link"
              loading={demo.isPending}
              loadingText="Starting the demo"
              onClick={() => demo.mutate({}, { onError: (problem) => flash.problem(problem) })}
              data-testid="look-around"
            >
              Try the demo
            </Button>
            <span className="eco-small eco-muted">
              Starts ECO Desk anew with sample data and a pretended ECO. Nothing leaves this
              computer.
            </span>
          </span>
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
