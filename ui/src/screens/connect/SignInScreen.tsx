// Signing in again to an account whose credentials have run out, in the way it was connected.
import "./connect.css";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { problemTitle } from "../../format/words";
import { flash } from "../../frame/flash";
import { paths } from "../../frame/paths";
import { useScreen } from "../../frame/screen";
import { CodeDialog } from "../../parts/CodeDialog";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { words } from "../../parts/Said";
import type { Account, AccountId, FoundProfile, Problem } from "../../platform/contract";
import { call } from "../../platform/platform";
import { useAct, useCommand } from "../../query/hooks";
import { ByKey } from "./ByKey";
import { usePortalSignIn, WaitingForBrowser } from "./PortalSignIn";

interface WayProps {
  account: Account;
  /** What was tried before counts no more. */
  onTrying: () => void;
  /** It was tried, and this is the account now: not all that fails is mended by signing in. */
  onTried: (account: Account) => void;
}

/** By the browser, as the account was connected. */
function ByPortal({
  account,
  startUrl,
  region,
  onTrying,
  onTried,
}: WayProps & { startUrl: string; region: string }) {
  const renew = useAct("sign_in_renew");
  const { state, begin, cancel } = usePortalSignIn(({ id }) =>
    renew.mutate({ account: account.id, signIn: id }, { onSuccess: onTried }),
  );
  const problem = state.stage === "idle" ? state.problem : renew.error;
  const busy = state.stage === "starting" || state.stage === "waiting" || renew.isPending;
  const start = (way: "browser" | "code") => {
    onTrying();
    renew.reset();
    begin(startUrl, region, way);
  };
  return (
    <SpaceBetween size="m">
      <div className="eco-break">
        Your browser opens the portal <span className="eco-mono">{startUrl}</span>. All accounts
        that you connected through it go on.
      </div>
      {problem ? <ProblemAlert problem={problem} onRetry={() => start("browser")} /> : null}
      {state.stage === "waiting" ? (
        <WaitingForBrowser begun={state.begun} onCancel={cancel} onUseCode={() => start("code")} />
      ) : null}
      <Button
        variant="primary"
        loading={busy}
        loadingText="Waiting for sign-in"
        onClick={() => start("browser")}
        data-testid="renew-portal"
      >
        Sign in with your browser
      </Button>
    </SpaceBetween>
  );
}

/** By a code of the multi-factor device. */
function ByCode({ account, serial, onTried }: WayProps & { serial: string | null }) {
  const [asks, setAsks] = useState(true);
  return (
    <SpaceBetween size="m">
      <div>
        AWS asks for a code of your MFA device before it lets this account in. It is then good for
        some hours, and what waits is sent.
      </div>
      {asks ? (
        <CodeDialog
          serial={serial}
          enter={async (code) => {
            const tried = await call("account_enter_code", { account: account.id, code });
            setAsks(false);
            onTried(tried);
          }}
          onClose={() => setAsks(false)}
        />
      ) : null}
      <Button variant="primary" onClick={() => setAsks(true)}>
        Enter a code
      </Button>
    </SpaceBetween>
  );
}

/** By the key; where a device guards it, mostly its code is what is missing. */
function ByKeyOrCode({
  accessKeyId,
  serial,
  ...way
}: WayProps & { accessKeyId: string; serial: string | null }) {
  const [entersKey, setEntersKey] = useState(serial === null);
  return entersKey ? (
    <ByKey account={way.account} accessKeyId={accessKeyId} onTried={way.onTried} />
  ) : (
    <SpaceBetween size="m">
      <ByCode serial={serial} {...way} />
      <Button
        variant="inline-link"
        onClick={() => setEntersKey(true)}
        data-testid="enter-key-again"
      >
        The key itself was changed or lost? Enter it again
      </Button>
    </SpaceBetween>
  );
}

/** Where the sign-in is another program's: what to do there, then look again. */
function Elsewhere({
  account,
  onTrying,
  onTried,
  command,
  children,
}: WayProps & { command: string | null; children: ReactNode }) {
  const check = useAct("account_check");
  return (
    <SpaceBetween size="m">
      <div>{children}</div>
      {command === null ? null : (
        <div className="eco-row">
          <code className="eco-mono eco-break" data-testid="sign-in-command">
            {command}
          </code>
          <Button
            iconName="copy"
            onClick={() =>
              call("clipboard_copy", { text: command }).then(
                () => flash.success("The command is on the clipboard."),
                (thrown: unknown) => flash.problem(thrown),
              )
            }
          >
            Copy the command
          </Button>
        </div>
      )}
      {check.error ? <ProblemAlert problem={check.error} /> : null}
      <Button
        variant="primary"
        loading={check.isPending}
        loadingText="Checking the connection"
        onClick={() => {
          onTrying();
          check.mutate({ account: account.id }, { onSuccess: onTried });
        }}
        data-testid="check-again"
      >
        Done, check again
      </Button>
    </SpaceBetween>
  );
}

/** As the AWS CLI takes it, also where the name has a space. */
function quoted(profile: string): string {
  return /^[\w.@+-]+$/.test(profile) ? profile : `"${profile}"`;
}

function ByProfile({
  profile,
  name,
  ...rest
}: WayProps & { profile: FoundProfile | undefined; name: string }) {
  if (profile?.mfaSerial) return <ByCode serial={profile.mfaSerial} {...rest} />;
  switch (profile?.kind) {
    case "sso":
      return (
        <Elsewhere command={`aws sso login --profile ${quoted(name)}`} {...rest}>
          The profile <strong>{name}</strong> is signed in to with the AWS CLI. Run this in a
          terminal; or connect the account anew with the company sign-in, which needs no terminal.
        </Elsewhere>
      );
    case "login":
      return (
        <Elsewhere command={`aws login --profile ${quoted(name)}`} {...rest}>
          The profile <strong>{name}</strong> is signed in to with the AWS CLI. Run this in a
          terminal.
        </Elsewhere>
      );
    case "static-keys":
    case "assume-role":
    case "credential-process":
    case "web-identity":
    case "nothing":
    case undefined:
      return (
        <Elsewhere command={null} {...rest}>
          The credentials come from the profile <strong>{name}</strong> in your AWS files.{" "}
          {profile === undefined
            ? "It is not there any more."
            : (profile.unusable ?? "Renew them there as you usually do.")}
        </Elsewhere>
      );
  }
}

function Way(way: WayProps) {
  const profiles = useCommand("account_profiles", {}, { fresh: true });
  const { source } = way.account;
  switch (source.kind) {
    case "portal":
      return <ByPortal startUrl={source.startUrl} region={source.region} {...way} />;
    case "profile":
      return profiles.data ? (
        <ByProfile
          profile={profiles.data.find(({ name }) => name === source.name)}
          name={source.name}
          {...way}
        />
      ) : null;
    case "access-key":
      return (
        <ByKeyOrCode
          accessKeyId={source.accessKeyId}
          serial={source.role?.mfaSerial || (source.mfaSerial ?? null)}
          {...way}
        />
      );
    case "demo":
      return <div>The demo needs no sign-in.</div>;
  }
}

/** Why the account fails though one has signed in: what mends it is done elsewhere, so it may be tried again. */
function StillFails({
  problem,
  ...retry
}: {
  problem: Problem;
  onRetry?: () => void;
  retrying?: boolean;
}) {
  return (
    <ProblemAlert
      problem={{ ...problem, retryable: true }}
      title={`It still does not work: ${problemTitle(problem.code)}`}
      kept="What waits in the outbox is kept."
      testId="still-fails"
      {...retry}
    />
  );
}

export default function SignInScreen({ id }: { id: AccountId }) {
  const [, navigate] = useLocation();
  const accounts = useCommand("account_list", {});
  const account = accounts.data?.find((known) => known.id === id);
  useScreen({ title: "Sign in again" });
  const check = useAct("account_check");
  const [still, setStill] = useState<Problem | null>(null);
  const onTried = ({ name, connection }: Account) => {
    setStill(connection.state === "failed" ? connection.problem : null);
    if (connection.state !== "connected") return;
    flash.success(words`${name} is connected again. What waited is being sent.`);
    navigate(paths.incidents);
  };
  const retry = () =>
    check.mutate({ account: id }, { onSuccess: onTried, onError: (problem) => setStill(problem) });
  return (
    <div className="eco-connect" data-testid="sign-in">
      <SpaceBetween size="m">
        <Header
          variant="h1"
          actions={<Button onClick={() => navigate(paths.incidents)}>Later</Button>}
        >
          {account ? `Sign in to ${account.name} again` : "Sign in again"}
        </Header>
        {still ? (
          // The way of a profile has a button of its own for it.
          <StillFails
            problem={still}
            {...(account?.source.kind === "profile"
              ? {}
              : { onRetry: retry, retrying: check.isPending })}
          />
        ) : account?.connection.state === "failed" ? (
          <Box color="text-body-secondary">{account.connection.problem.message}</Box>
        ) : null}
        <div className="eco-connect-card">
          {account ? (
            <Way account={account} onTrying={() => setStill(null)} onTried={onTried} />
          ) : null}
          {accounts.data && !account ? <div>This account is no longer connected.</div> : null}
        </div>
      </SpaceBetween>
    </div>
  );
}
