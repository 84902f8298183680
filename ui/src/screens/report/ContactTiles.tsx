// How ECO shall reach the user, with opening hours in local time. A closed way says when it opens.
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import Tiles from "@cloudscape-design/components/tiles";
import { useNow } from "../../format/useNow";
import type { ContactMethod, ContactOption, Opening } from "../../platform/contract";
import { CONTACT_METHODS } from "../../platform/rules";
import { Field } from "./Field";
import { openingWords, zoneWords } from "./opening";
import { useReport } from "./useReport";

const ICONS: Record<ContactMethod, IconProps.Name> = {
  web: "envelope",
  phone: "call",
  chat: "contact",
};

/** What is known of a way before AWS has told. Answers in the case need nobody's hours. */
function optionOf(method: ContactMethod, options: readonly ContactOption[] | null): ContactOption {
  const known = options?.find((option) => option.method === method);
  if (known !== undefined && known.opening.state !== "unknown") return known;
  const state = method === "web" ? "always" : "unknown";
  return { method, opening: { state }, canChoose: true };
}

interface ContactTilesProps {
  /** Null before AWS has told. */
  options: readonly ContactOption[] | null;
  loading: boolean;
}

export function ContactTiles({ options, loading }: ContactTilesProps) {
  const { content, update } = useReport();
  const now = useNow();
  const chosen = optionOf(content.contact, options);
  const name = CONTACT_METHODS.find(({ method }) => method === content.contact)?.name;
  return (
    <Field
      name="contact"
      label="How shall ECO reach you?"
      description={`Opening hours in your local time, ${zoneWords(now)}.`}
      stretch
      warningText={
        chosen.canChoose
          ? undefined
          : `${name}: ${openingWords(chosen.opening, now).toLowerCase()}. Choose another way, or start it later from the case.`
      }
    >
      <Tiles
        columns={3}
        value={content.contact}
        onChange={({ detail }) => {
          const found = CONTACT_METHODS.find(({ method }) => method === detail.value);
          if (found) update({ contact: found.method });
        }}
        items={CONTACT_METHODS.map(({ method, name, promise }) => {
          const { opening, canChoose } = optionOf(method, options);
          return {
            value: method,
            disabled: method !== "web" && !canChoose,
            label: (
              <span className="eco-report-tile-label">
                <Icon name={ICONS[method]} variant="subtle" /> {name}
              </span>
            ),
            description: (
              <span className="eco-report-opening">
                {promise}
                {loading && opening.state === "unknown" ? (
                  <StatusIndicator type="loading">Asking for the hours</StatusIndicator>
                ) : (
                  <StatusIndicator type={signOf(opening)}>
                    <span className="eco-report-hours">{openingWords(opening, now)}</span>
                  </StatusIndicator>
                )}
              </span>
            ),
          };
        })}
      />
    </Field>
  );
}

function signOf(opening: Opening): StatusIndicatorProps.Type {
  switch (opening.state) {
    case "always":
    case "open":
      return "success";
    case "closed":
    case "not-offered":
      return "stopped";
    case "unknown":
      return "pending";
  }
}
