// What the check comes to, and what to do about it.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { useState } from "react";
import { count } from "../../format/size";
import { flash } from "../../frame/flash";
import { isOfNetwork, NetworkButton } from "../../frame/network-dialog";
import type { AccountId, ConnectionCheck, ObstacleKind } from "../../platform/contract";
import { call } from "../../platform/platform";
import { useCommand } from "../../query/hooks";
import { type PurposeRow, rowsOf } from "./words";

function obstacleTitle(kind: ObstacleKind): string {
  switch (kind) {
    case "plan":
      return "The account has no support plan that includes the Support API";
    case "clock":
      return "This computer's clock is wrong";
    case "partition":
      return "The credentials belong to another part of AWS";
    case "other-account":
      return "The credentials lead to another AWS account than before";
    case "credentials":
      return "AWS does not accept the credentials";
    case "sign-in-ended":
      return "The sign-in has expired";
    case "unreachable":
      return "AWS was not reached";
    case "tls":
      return "The connection is not trusted: a certificate is in the way";
    case "proxy":
      return "A proxy is in the way";
    case "not-aws":
      return "Something else answers in AWS's place";
    case "service":
      return "AWS Support has a problem of its own";
  }
}

/** "Resolve a case and Send files". */
function list(rows: readonly PurposeRow[]): string {
  const names = rows.map(({ what }) => what);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}

interface PolicyProps {
  policy: string;
  /** Whether nothing goes on before the administrator has it. */
  main: boolean;
}

function Policy({ policy, main }: PolicyProps) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    call("clipboard_copy", { text: policy }).then(
      () => setCopied(true),
      (thrown: unknown) => flash.problem(thrown),
    );
  };
  return (
    <div className="eco-check-policy">
      <div className="eco-row">
        <Button
          variant={main ? "primary" : "normal"}
          iconName="copy"
          onClick={copy}
          data-testid="copy-policy"
        >
          Copy a policy for your administrator
        </Button>
        <span role="status" className="eco-small">
          {copied ? "Copied. Send it to whoever manages your access to AWS." : ""}
        </span>
      </div>
      <ExpandableSection headerText="Show the policy">
        <pre className="eco-mono eco-check-json" data-testid="policy">
          {policy}
        </pre>
      </ExpandableSection>
    </div>
  );
}

/** Where nothing at all is allowed, the policy may be right and the code of a device be missing. */
function NothingAllowed({ account }: { account: AccountId }) {
  const accounts = useCommand("account_list", {});
  const source = accounts.data?.find(({ id }) => id === account)?.source;
  if (source?.kind !== "access-key" || source.role || source.mfaSerial) return null;
  return (
    <div data-testid="maybe-mfa">
      Does your company ask for an MFA code with access keys? Then connect the key once more and
      name your MFA device.
    </div>
  );
}

export function Verdict({ check }: { check: ConnectionCheck }) {
  const { obstacle, policy } = check;
  if (obstacle) {
    return (
      <Alert
        type="error"
        header={obstacleTitle(obstacle.kind)}
        action={isOfNetwork(obstacle.problem.code) ? <NetworkButton /> : null}
      >
        {obstacle.problem.message}
        {obstacle.problem.requestId ? (
          <div className="eco-small">
            AWS request id <span className="eco-mono">{obstacle.problem.requestId}</span>
          </div>
        ) : null}
      </Alert>
    );
  }
  const rows = rowsOf(check.operations);
  const denied = rows.filter(({ worst }) => worst === "denied");
  const unknown = rows.filter(({ worst }) => worst === "unknown");
  const everything = check.operations.every(
    ({ permission }) => permission.state === "denied" || permission.state === "not-needed",
  );
  const canReport = rows.some(({ id, worst }) => id === "create" && worst === "allowed");
  if (denied.length > 0) {
    return (
      <Alert
        type={canReport ? "warning" : "error"}
        header={`${canReport ? "You can report incidents. " : ""}${count(denied.length, "thing needs", "things need")} your administrator`}
      >
        Not allowed yet: {list(denied)}. The policy holds exactly the permissions that are missing,
        and no more.
        {everything ? <NothingAllowed account={check.account} /> : null}
        {policy === null ? null : <Policy policy={policy} main={!canReport} />}
      </Alert>
    );
  }
  if (unknown.length > 0) {
    return (
      <Alert type="info" header="Not everything could be tried">
        AWS did not answer for: {list(unknown)}. Check again in a minute.
      </Alert>
    );
  }
  return (
    <Alert type="success" header="Everything that ECO Desk needs is allowed">
      {policy === null ? (
        "Nothing was created or sent to find this out."
      ) : (
        <>
          Only opening hours are left out. If you want them, your administrator can allow that too.
          <Policy policy={policy} main={false} />
        </>
      )}
    </Alert>
  );
}
