// How AWS is reached from this computer: the proxy, the certificates, and the test of it.
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { NetworkSettings } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { commandKey } from "../../query/key";
import { Certificates } from "./Certificates";
import { ProxyForm } from "./ProxyForm";
import "./settings.css";
import { networkDialog } from "../../frame/network-dialog";
import { Dialog } from "../../parts/Dialog";

export function Network() {
  return (
    <Container
      header={
        <Header variant="h2" description="How ECO Desk reaches AWS from this computer.">
          Network
        </Header>
      }
      data-testid="settings-network"
    >
      <NetworkForms />
    </Container>
  );
}

/** The forms alone, for a frame of another kind. */
export function NetworkForms() {
  const client = useQueryClient();
  const network = useCommand("network_get", {});
  const onChanged = (settings: NetworkSettings) =>
    client.setQueryData(commandKey("network_get", {}), settings);
  return (
    <>
      {network.error ? (
        <ProblemAlert
          problem={network.error}
          title="The network settings could not be read"
          onRetry={() => void network.refetch()}
        />
      ) : null}
      {network.isPending ? <Skeleton height="160px" width="100%" display="block" /> : null}
      {network.data ? (
        <SpaceBetween size="l">
          {network.data.inUse ? null : (
            <div className="eco-small eco-muted" data-testid="network-unused">
              In the demo nothing leaves this computer: these settings are kept, but not used.
            </div>
          )}
          <ProxyForm settings={network.data} onChanged={onChanged} />
          <Certificates settings={network.data} onChanged={onChanged} />
        </SpaceBetween>
      ) : null}
    </>
  );
}

export function NetworkDialog() {
  return (
    <Dialog
      size="large"
      title="Network"
      onClose={networkDialog.close}
      close="Close"
      closeTestId="network-close"
      testId="network-dialog"
    >
      <NetworkForms />
    </Dialog>
  );
}
