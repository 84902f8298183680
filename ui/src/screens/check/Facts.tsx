// Who one is, in which account and plan, and whether the clock is right.
import Container from "@cloudscape-design/components/container";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { accountNumberName } from "../../format/words";
import { AccountDot } from "../../parts/marks";
import type { ConnectionCheck } from "../../platform/contract";
import { PARTITIONS } from "../../platform/rules";
import { clockWords } from "./words";

function Plan({ check }: { check: ConnectionCheck }) {
  const count = check.severities.length;
  if (check.obstacle?.kind === "plan") {
    return (
      <>
        <StatusIndicator type="error">Not sufficient</StatusIndicator>
        <div className="eco-small eco-muted">It does not include the Support API.</div>
      </>
    );
  }
  if (count > 0) {
    const most = check.severities[count - 1];
    return (
      <>
        <StatusIndicator type="success">Sufficient</StatusIndicator>
        <div className="eco-small eco-muted">Its most urgent severity: {most}</div>
      </>
    );
  }
  const answers = check.operations.some(({ permission }) => permission.state === "allowed");
  return answers ? (
    <StatusIndicator type="success">Sufficient</StatusIndicator>
  ) : (
    <StatusIndicator type="pending">Not known</StatusIndicator>
  );
}

export function Facts({ check }: { check: ConnectionCheck }) {
  const { identity, partition } = check;
  const clock = clockWords(check.clockAheadSeconds);
  return (
    <Container>
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: "Account",
            value: (
              <>
                <AccountDot account={check.account} />
                <div className="eco-small eco-muted">
                  {identity ? `${accountNumberName(identity.accountNumber)} · ` : ""}
                  {PARTITIONS.find((known) => known.partition === partition)?.name}
                </div>
                {check.standby === null ? null : (
                  <StatusIndicator type="info">
                    The main endpoint of AWS Support does not answer; the one in {check.standby}{" "}
                    stands in for it.
                  </StatusIndicator>
                )}
              </>
            ),
          },
          {
            label: "You are",
            value: identity ? (
              <span title={identity.arn} className="eco-break">
                {identity.name}
                {identity.role ? <span className="eco-muted"> as {identity.role}</span> : null}
              </span>
            ) : (
              <StatusIndicator type="pending">Not known</StatusIndicator>
            ),
          },
          { label: "Support plan", value: <Plan check={check} /> },
          {
            label: "Clock of this computer",
            value: <StatusIndicator type={clock.type}>{clock.text}</StatusIndicator>,
          },
        ]}
      />
    </Container>
  );
}
