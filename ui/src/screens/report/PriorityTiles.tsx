// ECO's three priorities, each with its meaning and its target; the codes that are sent stand behind Info.
import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import Popover from "@cloudscape-design/components/popover";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { priorityName } from "../../format/words";
import { PriorityMark } from "../../parts/marks";
import type { PriorityOption } from "../../platform/contract";
import { PRIORITIES, SERVICES } from "../../platform/rules";
import { Field } from "./Field";
import { useReport } from "./useReport";

/** "15 minutes", "4 hours": targets are whole hours or less than one. */
export function targetWords(minutes: number): string {
  if (minutes % 60 !== 0) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return minutes === 60 ? "1 hour" : `${minutes / 60} hours`;
}

interface PriorityTilesProps {
  options: readonly PriorityOption[];
  /** False while no account is chosen: the codes depend on the account's support plan. */
  codes: boolean;
}

export function PriorityTiles({ options, codes }: PriorityTilesProps) {
  const { content, update } = useReport();
  const service = SERVICES.find((known) => known.service === content.service);
  const targets = service?.hasResponseTarget ?? true;
  return (
    <Field
      name="priority"
      label="Priority"
      info={<GuideDefinitions options={codes ? options : []} />}
      description={
        targets
          ? "The clock runs from the moment ECO has the incident to ECO's first response, around the clock, every day."
          : "ECO's targets for the first response are for incidents; a question or a wish has none."
      }
      stretch
    >
      <Tiles
        columns={3}
        value={content.priority}
        onChange={({ detail }) => {
          const chosen = PRIORITIES.find(({ priority }) => priority === detail.value);
          if (chosen) update({ priority: chosen.priority });
        }}
        items={PRIORITIES.map((words) => ({
          value: words.priority,
          label: (
            <span className="eco-report-tile-label">
              <PriorityMark priority={words.priority} />
            </span>
          ),
          description: targets ? (
            <span className="eco-report-priority" title={words.guideDefinition}>
              {words.definition}
              <span className={`eco-report-target eco-report-target-${words.tone}`}>
                <Ring />
                First response within {targetWords(words.targetMinutes)}
              </span>
            </span>
          ) : (
            words.requestDefinition
          ),
        }))}
      />
    </Field>
  );
}

function Ring() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" width="16" height="16" className="eco-report-ring">
      <circle className="eco-report-ring-all" cx="8" cy="8" r="6" />
      <circle
        className="eco-report-ring-part"
        cx="8"
        cy="8"
        r="6"
        strokeDasharray="28 38"
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}

function GuideDefinitions({ options }: { options: readonly PriorityOption[] }) {
  return (
    <Popover
      header="The priorities in ECO's guide"
      triggerType="custom"
      dismissAriaLabel="Close"
      size="large"
      content={
        <SpaceBetween size="s">
          {PRIORITIES.map(({ priority, name, guideDefinition }) => (
            <div key={priority}>
              <Box variant="awsui-key-label">{name}</Box>
              {guideDefinition}
            </div>
          ))}
          {options.length > 0 && (
            <div>
              <Box variant="awsui-key-label">What is sent to AWS</Box>
              {options.map(({ priority, severityCode }, index) => (
                <span key={priority}>
                  {index > 0 && ", "}
                  {priorityName(priority)} as <span className="eco-mono">{severityCode}</span>
                </span>
              ))}
            </div>
          )}
        </SpaceBetween>
      }
    >
      <Link variant="info" ariaLabel="Info: the guide's definitions of the priorities">
        Info
      </Link>
    </Popover>
  );
}
