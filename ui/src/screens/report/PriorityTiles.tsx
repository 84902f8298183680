// ECO's three priorities, each with its meaning, its target and the code that is sent.
import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import Popover from "@cloudscape-design/components/popover";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { PRIORITIES, priorityName } from "../../format/words";
import { PriorityMark } from "../../parts/PriorityMark";
import type { PriorityOption } from "../../platform/contract";
import { Field } from "./Field";
import { useReport } from "./useReport";

/** "15 minutes", "4 hours": targets are whole hours or less than one. */
export function targetWords(minutes: number): string {
  if (minutes % 60 !== 0) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  return minutes === 60 ? "1 hour" : `${minutes / 60} hours`;
}

interface PriorityTilesProps {
  options: readonly PriorityOption[];
  /** False while no account is chosen: the code depends on the account's support plan. */
  codes: boolean;
}

export function PriorityTiles({ options, codes }: PriorityTilesProps) {
  const { content, update } = useReport();
  return (
    <Field
      name="priority"
      label="Priority"
      info={<GuideDefinitions options={options} />}
      description="The clock runs from the moment ECO has the incident to ECO's first response, around the clock, every day."
      stretch
    >
      <Tiles
        columns={3}
        value={content.priority}
        onChange={({ detail }) => {
          const priority = PRIORITIES.find((known) => known === detail.value);
          if (priority) update({ priority });
        }}
        items={options.map((option) => ({
          value: option.priority,
          label: (
            <span className="eco-report-tile-label" title={option.guideDefinition}>
              <PriorityMark priority={option.priority} />{" "}
              {codes && <span className="eco-mono eco-report-code">{option.severityCode}</span>}
            </span>
          ),
          description: (
            <span className="eco-report-priority" title={option.guideDefinition}>
              {option.definition}
              <span className={`eco-report-target eco-report-target-${option.priority}`}>
                <Ring />
                First response within {targetWords(option.targetMinutes)}
              </span>
            </span>
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
          {options.map((option) => (
            <div key={option.priority}>
              <Box variant="awsui-key-label">{priorityName(option.priority)}</Box>
              {option.guideDefinition}
            </div>
          ))}
        </SpaceBetween>
      }
    >
      <Link variant="info" ariaLabel="Info: the guide's definitions of the priorities">
        Info
      </Link>
    </Popover>
  );
}
