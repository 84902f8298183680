// Step 1, "How can we help?": kind of problem, where it goes, priority.
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Account } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { KindTiles } from "./KindTiles";
import { PlaceFields } from "./PlaceFields";
import { PriorityTiles } from "./PriorityTiles";
import { useReport } from "./useReport";

export function StepHelp({ accounts }: { accounts: readonly Account[] }) {
  const { content } = useReport();
  const settings = useCommand("settings_get", {});
  // Definitions and targets are the same in every account; only the codes depend on the chosen one.
  const asked = content.account ?? accounts[0]?.id ?? "";
  const form = useCommand("report_form", { account: asked }, { enabled: asked !== "" });
  const chosen = content.account === null ? null : (form.data ?? null);
  return (
    <SpaceBetween size="m">
      {chosen?.problem != null && (
        <FormFromBefore fetchedAt={chosen.fetchedAt} message={chosen.problem.message} />
      )}
      <Container>
        <SpaceBetween size="m">
          <KindTiles />
          <PlaceFields
            accounts={accounts}
            form={chosen}
            loading={form.isFetching}
            fixedCategory={settings.data?.categoryCode ?? ""}
          />
        </SpaceBetween>
      </Container>
      <Container>
        {form.data ? (
          <PriorityTiles options={form.data.priorities} codes={content.account !== null} />
        ) : form.error ? (
          <ProblemAlert
            problem={form.error}
            kept="What you entered is kept."
            onRetry={() => void form.refetch()}
          />
        ) : (
          <div className="eco-report-waiting">
            <Spinner /> Reading the priorities
          </div>
        )}
      </Container>
    </SpaceBetween>
  );
}

function FormFromBefore({ fetchedAt, message }: { fetchedAt: number | null; message: string }) {
  return (
    <Alert type="info" header="AWS could not be asked just now">
      {message}{" "}
      {fetchedAt === null
        ? "Service and category are found when the report is sent."
        : "Services and codes below are from the last time."}{" "}
      You can go on and submit: the report waits in the outbox and goes out as soon as AWS answers.
    </Alert>
  );
}
