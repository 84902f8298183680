// Sync, the codes that are sent, and what this program is: for whoever helps the user.
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import DiagnosticsDialog from "../../diagnostics/DiagnosticsDialog";
import { grouped } from "../../format/size";
import { flash } from "../../frame/flash";
import { EDI_CATEGORY, LIMITS, PRIORITIES } from "../../platform/rules";
import { useCommand } from "../../query/hooks";
import { checkPollSeconds } from "./checks";
import type { SectionProps } from "./Preferences";
import { SettingField } from "./SettingField";

/** The Support API's own names; people only meet them here and in a case's details. */
const CODES = ["low", "normal", "high", "urgent", "critical"].map((value) => ({
  value,
  label: value,
}));

const SEVERITIES = { high: "severityHigh", medium: "severityMedium", low: "severityLow" } as const;

export function Advanced({ settings, save }: SectionProps) {
  return (
    <ExpandableSection variant="container" headerText="Advanced" data-testid="settings-advanced">
      <SpaceBetween size="l">
        <SettingField
          label="Seconds between two looks at AWS Support"
          description="Fewer bring news sooner. AWS allows five requests a second for the whole account, shared by everyone in it."
          constraint={`${LIMITS.leastPollSeconds} to ${grouped(LIMITS.mostPollSeconds)}.`}
          inputMode="numeric"
          value={String(settings.pollSeconds)}
          check={checkPollSeconds}
          whileTyping
          save={async (text) =>
            (await save({ pollSeconds: Number(text) }, "when-saved"))?.message ?? null
          }
          testId="setting-pollSeconds"
        />
        <div>
          <h3 className="eco-sub">Severity code sent for each priority</h3>
          <p className="eco-small eco-muted eco-sub-text">
            Change it only if ECO asks you to. Where a support plan has no critical, urgent is sent.
          </p>
          <ColumnLayout columns={3}>
            {PRIORITIES.map(({ priority, name }) => ({ name, key: SEVERITIES[priority] })).map(
              ({ name, key }) => (
                <FormField key={key} label={name}>
                  <Select
                    expandToViewport
                    options={CODES}
                    selectedOption={
                      CODES.find(({ value }) => value === settings[key]) ?? {
                        value: settings[key],
                        label: settings[key],
                      }
                    }
                    onChange={({ detail }) => {
                      void save({ [key]: detail.selectedOption.value }).then((problem) => {
                        if (problem) flash.problem(problem, "The code is as it was.");
                      });
                    }}
                    data-testid={`setting-${key}`}
                  />
                </FormField>
              ),
            )}
          </ColumnLayout>
        </div>
        <SettingField
          label="Category code"
          description={`Empty: the category “${EDI_CATEGORY}” is found by its name.`}
          placeholder="Found by name"
          value={settings.categoryCode}
          save={async (categoryCode) =>
            (await save({ categoryCode }, "when-saved"))?.message ?? null
          }
          testId="setting-categoryCode"
        />
      </SpaceBetween>
    </ExpandableSection>
  );
}

export function About() {
  const state = useCommand("app_state", {});
  const [looking, setLooking] = useState(false);
  if (!state.data) return null;
  const app = state.data;

  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button iconName="copy" onClick={() => setLooking(true)} data-testid="copy-diagnostics">
              Copy diagnostics
            </Button>
          }
        >
          About ECO Desk
        </Header>
      }
    >
      <SpaceBetween size="s">
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Version", value: `${app.version} on ${app.platform}` },
            {
              label: "Data folder",
              value: <span className="eco-mono eco-break">{app.dataDir}</span>,
            },
          ]}
        />
        <div className="eco-small eco-muted">
          Diagnostics hold versions, settings, how each account's last sync went, and the end of the
          log. They hold no keys, no names of people and nothing from an incident. You see them
          before they are copied.
        </div>
      </SpaceBetween>
      {looking ? <DiagnosticsDialog onClose={() => setLooking(false)} /> : null}
    </Container>
  );
}
