// No case at all: what was looked through, what to do, and that nobody need watch.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { paths } from "../../frame/paths";
import { Keys } from "../../parts/marks";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useCommand } from "../../query/hooks";

function QuietMark() {
  return (
    <svg aria-hidden="true" className="eco-quiet" viewBox="0 0 96 60" width="96" height="60">
      <rect className="eco-quiet-card" x="3" y="1" width="84" height="50" rx="8" />
      <path className="eco-quiet-line" d="M15 14h26M15 25h48M15 36h36" />
      <circle className="eco-quiet-disc" cx="80" cy="45" r="14" />
      <path className="eco-quiet-tick" d="M73.500 45.500l4.500 4.500 8.500-9" />
    </svg>
  );
}

function Card({
  icon,
  title,
  children,
}: {
  icon: IconProps.Name;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="eco-card">
      <Icon name={icon} />
      <div>
        <h3 className="eco-card-title">{title}</h3>
        <div>{children}</div>
      </div>
    </div>
  );
}

function Cards() {
  const settings = useCommand("settings_get", {});
  const inTray = settings.data?.closeToTray ?? true;
  return (
    <div className="eco-cards">
      <Card icon="edit" title="In trouble right now?">
        Press <Keys of={["N"]} />. Four answers are enough; drop logs onto the window to send them
        along.
      </Card>
      <Card icon="send" title="No network?">
        Write anyway. Drafts are kept at every keystroke and go out once, when the network is back.
      </Card>
      <Card icon="notification" title="No need to watch">
        {inTray
          ? "Close the window. ECO Desk stays in the tray and tells you when ECO answers."
          : "Leave ECO Desk running. It tells you when ECO answers."}
      </Card>
    </div>
  );
}

/** "Production", "Production and Test", "Production, Test and Barents JV". */
function list(names: readonly string[]): ReactNode {
  return names.map((name, index) => (
    <span key={name}>
      {index === 0 ? "" : index === names.length - 1 ? " and " : ", "}
      <strong>{name}</strong>
    </span>
  ));
}

export function EmptyList() {
  const [, navigate] = useLocation();
  const state = useCommand("app_state", {});
  const accounts = useCommand("account_list", {});
  const sync = useCommand("sync_status", {});
  const names = (accounts.data ?? []).map(({ name }) => name);
  const unsynced = (sync.data ?? []).filter(({ syncedAt }) => syncedAt === null);
  const problem = unsynced.find((status) => status.problem)?.problem;
  // Nothing is called quiet before it is known that it was looked at.
  const looking = sync.isPending || unsynced.length > 0;
  return (
    <div className="eco-empty" data-testid="incidents-empty">
      {looking ? (
        problem ? (
          <ProblemAlert
            problem={{ ...problem, retryable: false }}
            title="Your incidents have not been read yet"
            kept="You can report an incident meanwhile; it goes out as soon as it can."
          />
        ) : (
          <>
            <Spinner size="large" />
            <h2 className="eco-empty-title">Reading your incidents</h2>
            <Box color="text-body-secondary">
              We look through 24 months of {list(names)}. They show up here as they come.
            </Box>
          </>
        )
      ) : (
        <>
          <QuietMark />
          <h2 className="eco-empty-title">No incidents. All quiet.</h2>
          <Box color="text-body-secondary">
            We looked through 24 months of {list(names)}: nobody has reported anything, and neither
            has ECO.
            <br />
            When ECO opens an incident, it shows up here and you get a notification.
          </Box>
        </>
      )}
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="primary" iconName="add-plus" onClick={() => navigate(paths.report)}>
          Report an incident
        </Button>
        {state.data?.mode === "real" ? (
          <Button iconName="add-plus" onClick={() => navigate(paths.connect)}>
            Connect another account
          </Button>
        ) : null}
      </SpaceBetween>
      <Cards />
    </div>
  );
}
