// The settings that exist. A switch is saved at once, a typed one when its field is left; the proxy, whose fields
// belong together, with a button.
import "./settings.css";
import Header from "@cloudscape-design/components/header";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useScreen } from "../../frame/screen";
import { Time } from "../../parts/marks";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { Accounts } from "./Accounts";
import { About, Advanced } from "./Advanced";
import { Backups } from "./Backups";
import { Network } from "./Network";
import { Look, Notifications, You } from "./Preferences";
import { useSettings } from "./useSettings";

export default function SettingsScreen() {
  useScreen({ title: "Settings" });
  const { query, save, savedAt } = useSettings();
  return (
    <div className="eco-settings" data-testid="settings">
      <SpaceBetween size="l">
        <Header
          variant="h1"
          description="Changes are saved as you make them, the proxy with its own button."
          actions={
            <span role="status" className="eco-small eco-muted" data-testid="settings-saved">
              {savedAt === null ? null : (
                <>
                  Saved <Time at={savedAt} as="seconds" />
                </>
              )}
            </span>
          }
        >
          Settings
        </Header>
        <Accounts />
        {query.error ? (
          <ProblemAlert
            problem={query.error}
            title="The settings could not be read"
            onRetry={() => void query.refetch()}
          />
        ) : null}
        {query.isPending ? <Skeleton height="320px" width="100%" display="block" /> : null}
        {query.data ? (
          <SpaceBetween size="l">
            <Notifications settings={query.data} save={save} />
            <Look settings={query.data} save={save} />
            <You settings={query.data} save={save} />
            <Network />
            <Advanced settings={query.data} save={save} />
          </SpaceBetween>
        ) : null}
        <Backups />
        <About />
      </SpaceBetween>
    </div>
  );
}
