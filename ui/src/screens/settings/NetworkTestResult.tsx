// What a test of the connection found: each service, and where on the way to it something fails.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { problemTitle } from "../../format/words";
import { Time } from "../../parts/marks";
import type {
  HopResult,
  NetworkSettings,
  NetworkTest,
  ServiceProbe,
} from "../../platform/contract";
import type { AddCertificate } from "./add-certificate";
import { hopName, serviceName, servicePurpose } from "./network-words";

function Step({ result: { hop, outcome } }: { result: HopResult }) {
  const name = hopName(hop);
  switch (outcome.state) {
    case "passed":
      return (
        <li className="eco-hop">
          <StatusIndicator type="success">{name}</StatusIndicator>
          <span className="eco-small eco-muted eco-break">{outcome.detail}</span>
        </li>
      );
    case "failed":
      return (
        <li className="eco-hop">
          <StatusIndicator type="error">
            <strong>{name}</strong>
          </StatusIndicator>
          <span className="eco-small">Here it fails.</span>
        </li>
      );
    case "not-reached":
      return (
        <li className="eco-hop">
          <StatusIndicator type="pending">{name}</StatusIndicator>
          <span className="eco-small eco-muted">Not tried.</span>
        </li>
      );
  }
}

function ProbeResult({ probe }: { probe: ServiceProbe }) {
  const fails = probe.problem !== null;
  return (
    <ExpandableSection
      defaultExpanded={fails && probe.service === "support"}
      headerText={
        <StatusIndicator type={fails ? "error" : "success"}>
          {serviceName(probe.service)}: {fails ? "not reached" : "reached"}
        </StatusIndicator>
      }
      headerDescription={`For ${servicePurpose(probe.service)} · ${probe.host}${probe.proxy ? ` through ${probe.proxy}` : ""}`}
      data-testid={`way-${probe.service}`}
    >
      <ol className="eco-hops">
        {probe.hops.map((result) => (
          <Step key={result.hop} result={result} />
        ))}
      </ol>
    </ExpandableSection>
  );
}

/** Each different problem once: mostly the same thing is in the way of all services. */
function problemsOf(probes: readonly ServiceProbe[]): ServiceProbe[] {
  const seen = new Set<string>();
  return probes.filter(({ problem, host }) => {
    if (!problem) return false;
    // What differs is only the host's name.
    const key = problem.message.replaceAll(host.split(" ")[0] ?? host, "");
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

interface Props {
  test: NetworkTest;
  /** Offered where a certificate is what is missing. */
  certificate: AddCertificate;
  /** Whether what was tested is not what is in use. */
  isUnsaved: boolean;
  /** After one was added: the settings are these now. */
  onAdded: (settings: NetworkSettings) => void;
}

export function NetworkTestResult({ test, certificate, isUnsaved, onAdded }: Props) {
  const problems = problemsOf(test.probes);
  return (
    <div data-testid="network-test-result">
      <SpaceBetween size="s">
        {problems.length === 0 ? (
          <Alert type="success" header="The connection works">
            ECO Desk reaches everything at AWS that it needs. Tested{" "}
            <Time at={test.at} as="seconds" />.
            {isUnsaved ? " It is not saved yet: choose Save proxy, so that it is used." : null}
          </Alert>
        ) : (
          problems.map(({ service, host, problem }) =>
            problem ? (
              <Alert
                key={`${service} ${host}`}
                type="error"
                header={problemTitle(problem.code)}
                action={
                  problem.code === "certificate" ? (
                    <Button
                      loading={certificate.adding}
                      onClick={async () => {
                        const now = await certificate.add();
                        if (now) onAdded(now);
                      }}
                      data-testid="certificate-add-now"
                    >
                      Add a CA certificate
                    </Button>
                  ) : null
                }
              >
                {problem.message}
              </Alert>
            ) : null,
          )
        )}
        {test.probes.map((probe) => (
          <ProbeResult key={`${probe.service} ${probe.host}`} probe={probe} />
        ))}
      </SpaceBetween>
    </div>
  );
}
