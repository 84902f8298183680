// The whole report beside the last step, so that it can be checked where it is submitted.
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { type ReactNode, useState } from "react";
import { count, lengthOf, size } from "../../format/size";
import { moment } from "../../format/time";
import { useNow } from "../../format/useNow";
import { AccountDot, PriorityMark } from "../../parts/marks";
import type { Field } from "../../platform/contract";
import { EDI_CATEGORY, PRIORITIES, SERVICES } from "../../platform/rules";
import { useCommand } from "../../query/hooks";
import { serviceName, shortCategory } from "./kinds";
import { foundCategory } from "./PlaceFields";
import { PreviewModal } from "./PreviewModal";
import type { Step } from "./steps";
import { useReport } from "./useReport";

type Edit = (step: Step, field: Field) => void;

export function Review({ onEdit }: { onEdit: Edit }) {
  const { content } = useReport();
  const [previewing, setPreviewing] = useState(false);
  return (
    <aside aria-label="Review" data-testid="report-review">
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <Button
                variant="inline-link"
                onClick={() => setPreviewing(true)}
                data-testid="report-preview"
              >
                Preview
              </Button>
            }
          >
            Review
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Item name="Subject" edit={() => onEdit(2, "subject")}>
            {content.subject.trim() === "" ? <Missing /> : <bdi>{content.subject}</bdi>}
          </Item>
          <PriorityItem onEdit={onEdit} />
          <Item name="Account" edit={() => onEdit(1, "account")}>
            {content.account === null ? <Missing /> : <AccountDot account={content.account} />}
          </Item>
          <PlaceItem onEdit={onEdit} />
          <Item name="Description" edit={() => onEdit(2, "body")}>
            {content.body.trim() === "" ? <Missing /> : count(lengthOf(content.body), "character")}
          </Item>
          <FilesItem onEdit={onEdit} />
        </SpaceBetween>
      </Container>
      {previewing && <PreviewModal onClose={() => setPreviewing(false)} />}
    </aside>
  );
}

function Item({ name, edit, children }: { name: string; edit: () => void; children: ReactNode }) {
  return (
    <div className="eco-report-review-item">
      <div className="eco-report-review-name">
        <span>{name}</span>
        <Button variant="inline-link" ariaLabel={`Edit ${name.toLowerCase()}`} onClick={edit}>
          Edit
        </Button>
      </div>
      <div className="eco-report-review-value">{children}</div>
    </div>
  );
}

function Missing() {
  return <StatusIndicator type="warning">Missing</StatusIndicator>;
}

function PriorityItem({ onEdit }: { onEdit: Edit }) {
  const { content } = useReport();
  const now = useNow();
  const timed = SERVICES.find(({ service }) => service === content.service)?.hasResponseTarget;
  const target = PRIORITIES.find(({ priority }) => priority === content.priority);
  return (
    <Item name="Priority" edit={() => onEdit(1, "priority")}>
      {content.priority === null ? (
        <Missing />
      ) : (
        <span className="eco-row">
          <PriorityMark priority={content.priority} />
          {timed && target !== undefined && (
            <span className="eco-report-secondary">
              response by {moment(now + target.targetMinutes * 60_000, now)}
            </span>
          )}
        </span>
      )}
    </Item>
  );
}

function PlaceItem({ onEdit }: { onEdit: Edit }) {
  const { content } = useReport();
  const settings = useCommand("settings_get", {});
  const form = useCommand(
    "report_form",
    { account: content.account ?? "" },
    { enabled: content.account !== null },
  );
  const service = form.data?.services.find((known) => known.service === content.service);
  const code =
    content.categoryCode ??
    (service === undefined ? null : foundCategory(service, settings.data?.categoryCode ?? ""));
  const category = service?.categories.find((known) => known.code === code);
  const later = service === undefined || service.categories.length === 0;
  return (
    <Item name="Service and category" edit={() => onEdit(1, "service")}>
      <div>{service?.name ?? serviceName(content.service)}</div>
      {code === null && !later ? (
        <Missing />
      ) : (
        <div>{shortCategory(category?.name ?? code ?? EDI_CATEGORY)}</div>
      )}
    </Item>
  );
}

function FilesItem({ onEdit }: { onEdit: Edit }) {
  const { files } = useReport();
  const refused = files.filter(({ state }) => state.state === "refused").length;
  const ready = files.filter(({ state }) => state.state === "ready");
  const bytes = ready.reduce((sum, file) => sum + file.size, 0);
  return (
    <Item name="Files" edit={() => onEdit(2, "files")}>
      {ready.length === 0 ? "None" : `${count(ready.length, "file")}, ${size(bytes)}`}
      {refused > 0 && (
        <div>
          <StatusIndicator type="error">{`${count(refused, "file")} cannot be sent`}</StatusIndicator>
        </div>
      )}
    </Item>
  );
}
