// The certificates that are trusted beside the system's.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { day } from "../../format/time";
import { useNow } from "../../format/useNow";
import { flash } from "../../frame/flash";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { words } from "../../parts/Said";
import type { CaCertificate, NetworkSettings, Problem } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { NotAdded, useAddCertificate } from "./add-certificate";
import { fingerprint } from "./network-words";

/** Soon enough to ask for the next one. */
const SOON = 30 * 86_400_000;

interface Props {
  settings: NetworkSettings;
  onChanged: (settings: NetworkSettings) => void;
}

function Expiry({ at }: { at: number }) {
  const now = useNow("minute");
  if (at <= now) return <StatusIndicator type="error">Ran out on {day(at, now)}</StatusIndicator>;
  if (at - now < SOON) return <StatusIndicator type="warning">{day(at, now)}</StatusIndicator>;
  return <>{day(at, now)}</>;
}

export function Certificates({ settings, onChanged }: Props) {
  const { adding, add, ...adder } = useAddCertificate(settings, onChanged);
  const [removing, setRemoving] = useState<string | null>(null);
  const [notRemoved, setProblem] = useState<Problem | null>(null);

  const remove = async ({ id, subject }: CaCertificate) => {
    setRemoving(id);
    setProblem(null);
    try {
      onChanged(await call("network_remove_certificate", { certificate: id }));
      flash.success(words`${subject} is not trusted any more.`);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setRemoving(null);
    }
  };

  return (
    <SpaceBetween size="s">
      {adder.problem ? <NotAdded problem={adder.problem} onDismiss={adder.dismiss} /> : null}
      {notRemoved ? (
        <ProblemAlert
          problem={notRemoved}
          title="The certificates are as they were"
          onDismiss={() => setProblem(null)}
        />
      ) : null}
      <Table
        variant="embedded"
        wrapLines
        items={settings.certificates}
        trackBy="id"
        header={
          <Header
            variant="h3"
            {...(settings.certificates.length > 0
              ? { counter: `(${settings.certificates.length})` }
              : {})}
            description="Trusted beside those of this system. Needed where a company looks into encrypted traffic; your IT department has the file."
            actions={
              <Button
                iconName="add-plus"
                loading={adding}
                onClick={() => void add()}
                data-testid="certificate-add"
              >
                Add a CA certificate
              </Button>
            }
          >
            Extra certificates
          </Header>
        }
        empty={
          <Box color="text-body-secondary" data-testid="certificates-empty">
            None. The certificates of this system are trusted.
          </Box>
        }
        columnDefinitions={[
          {
            id: "subject",
            header: "Certificate",
            isRowHeader: true,
            cell: ({ id, subject }) => (
              <span title={`SHA-256 ${fingerprint(id)}`} className="eco-break">
                <bdi>{subject}</bdi>
              </span>
            ),
          },
          {
            id: "issuer",
            header: "Issued by",
            cell: ({ subject, issuer }) => (
              <bdi className="eco-break">{issuer === subject ? "itself (a root)" : issuer}</bdi>
            ),
          },
          {
            id: "expires",
            minWidth: 110,
            header: "Good until",
            cell: ({ expiresAt }) => <Expiry at={expiresAt} />,
          },
          {
            id: "remove",
            minWidth: 110,
            header: <span className="eco-hidden">Remove</span>,
            cell: (certificate) => (
              <Button
                variant="inline-link"
                ariaLabel={`Remove ${certificate.subject}`}
                loading={removing === certificate.id}
                onClick={() => void remove(certificate)}
              >
                Remove
              </Button>
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
}
