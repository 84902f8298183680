// The head of the list: how many, and what is urgent as links into the views.
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Fragment } from "react";
import { useLocation } from "wouter";
import { calm, urgent } from "../../format/marks";
import { grouped } from "../../format/size";
import { flash } from "../../frame/flash";
import { paths } from "../../frame/paths";
import type { CaseCounts, CaseView } from "../../platform/contract";
import { useAct, useCommand } from "../../query/hooks";

interface Props {
  counts: CaseCounts | undefined;
  /** The list could not be read. */
  failed: boolean;
  /** How many the filter leaves, where there is one. */
  matches: number | undefined;
  onView: (view: CaseView) => void;
}

function Description({ counts, failed, onView }: Pick<Props, "counts" | "failed" | "onView">) {
  if (failed) return <span className="eco-muted">The list is not there at the moment.</span>;
  if (!counts) return <span className="eco-muted">Reading the list…</span>;
  const links = counts.total === 0 ? [] : urgent(counts);
  if (links.length === 0) return <span>{calm(counts)}</span>;
  return (
    <span data-testid="incident-counts">
      {links.map(({ view, text }, index) => (
        <Fragment key={view}>
          {index > 0 ? <span aria-hidden="true"> · </span> : null}
          <Link
            href={`#${paths.incidents}`}
            onFollow={(event) => {
              event.preventDefault();
              onView(view);
            }}
          >
            {text}
          </Link>
        </Fragment>
      ))}
    </span>
  );
}

export function ListHeader({ counts, failed, matches, onView }: Props) {
  const [, navigate] = useLocation();
  const sync = useCommand("sync_status", {});
  const syncNow = useAct("sync_now");
  const running = sync.data?.some((status) => status.running) ?? false;
  const total = counts && grouped(counts.total);
  const counter = matches === undefined ? total : `${grouped(matches)}/${total}`;
  return (
    <Header
      variant="awsui-h1-sticky"
      {...(total === undefined ? {} : { counter: `(${counter})` })}
      description={<Description counts={counts} failed={failed} onView={onView} />}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            iconName="refresh"
            ariaLabel="Ask AWS Support for news"
            loading={running || syncNow.isPending}
            loadingText="Asking AWS Support for news"
            onClick={() => syncNow.mutate({}, { onError: (problem) => flash.problem(problem) })}
            data-testid="sync-now"
          />
          <Button
            variant="primary"
            iconName="add-plus"
            onClick={() => navigate(paths.report)}
            data-testid="report-incident"
          >
            Report an incident
          </Button>
        </SpaceBetween>
      }
    >
      Incidents
    </Header>
  );
}
