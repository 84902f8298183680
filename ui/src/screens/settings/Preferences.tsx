// Appearance, the window, notifications, the user's own address.
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { flash } from "../../frame/flash";
import type { Appearance, Settings } from "../../platform/contract";
import { SettingField } from "./SettingField";
import type { SaveSettings } from "./useSettings";

export interface SectionProps {
  settings: Settings;
  save: SaveSettings;
}

/** Saves a switch; where that fails it goes back, and a message says why. */
async function flip(save: SaveSettings, change: Partial<Settings>): Promise<void> {
  const problem = await save(change);
  if (problem) flash.problem(problem, "The setting is as it was.");
}

export function Notifications({ settings, save }: SectionProps) {
  const kinds = [
    ["notifyReplies", "ECO's replies and questions", "When ECO writes in an incident."],
    ["notifyStatus", "Changes of status", "When ECO takes up or resolves an incident."],
    [
      "notifyEcoIncidents",
      "Incidents that ECO opens",
      "When ECO's monitoring finds something first.",
    ],
  ] as const;
  return (
    <Container
      header={
        <Header variant="h2" description="What the system's notifications tell you.">
          Notifications
        </Header>
      }
    >
      <SpaceBetween size="s">
        <Toggle
          checked={settings.notificationsPaused}
          onChange={({ detail }) => void flip(save, { notificationsPaused: detail.checked })}
          description="Until you switch them on again, here or in the tray."
          data-testid="setting-paused"
        >
          Pause all notifications
        </Toggle>
        {kinds.map(([key, label, description]) => (
          <Checkbox
            key={key}
            checked={settings[key]}
            disabled={settings.notificationsPaused}
            description={description}
            onChange={({ detail }) => void flip(save, { [key]: detail.checked })}
            data-testid={`setting-${key}`}
          >
            {label}
          </Checkbox>
        ))}
      </SpaceBetween>
    </Container>
  );
}

const APPEARANCES: { id: Appearance; text: string }[] = [
  { id: "system", text: "As the system" },
  { id: "light", text: "Light" },
  { id: "dark", text: "Dark" },
];

export function Look({ settings, save }: SectionProps) {
  return (
    <Container header={<Header variant="h2">Window</Header>}>
      <SpaceBetween size="m">
        <FormField label="Appearance">
          <SegmentedControl
            label="Appearance"
            options={APPEARANCES}
            selectedId={settings.appearance}
            onChange={({ detail }) =>
              void flip(save, { appearance: detail.selectedId as Appearance })
            }
            data-testid="setting-appearance"
          />
        </FormField>
        <Toggle
          checked={settings.closeToTray}
          onChange={({ detail }) => void flip(save, { closeToTray: detail.checked })}
          description="Closing the window keeps ECO Desk running, so that ECO's answers reach you."
          data-testid="setting-closeToTray"
        >
          Stay in the tray when the window is closed
        </Toggle>
      </SpaceBetween>
    </Container>
  );
}

export function You({ settings, save }: SectionProps) {
  return (
    <Container header={<Header variant="h2">You</Header>}>
      <SettingField
        label="Your e-mail address"
        description="Offered as an additional contact in each report, since AWS writes to the account's own contact, who may be somebody else."
        placeholder="name@company.example"
        type="email"
        value={settings.ownEmail}
        whileTyping
        save={async (ownEmail) => (await save({ ownEmail }))?.message ?? null}
        testId="setting-ownEmail"
      />
    </Container>
  );
}
