// How ECO shall reach the user, with opening hours in local time. A closed way says when it opens.
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import Tiles from "@cloudscape-design/components/tiles";
import { useNow } from "../../format/useNow";
import { contactName } from "../../format/words";
import type { ContactMethod, ContactOption, Opening } from "../../platform/contract";
import { Field } from "./Field";
import { canChoose, openingWords, zoneWords } from "./opening";
import { useReport } from "./useReport";

const METHODS: readonly { method: ContactMethod; icon: IconProps.Name; text: string }[] = [
  { method: "web", icon: "envelope", text: "ECO answers in the case." },
  { method: "phone", icon: "call", text: "ECO calls you back." },
  { method: "chat", icon: "contact", text: "You join the chat queue." },
];

/** What is known of a way's hours. Answers in the case need nobody's hours. */
export function openingOf(
  method: ContactMethod,
  options: readonly ContactOption[] | null,
): Opening {
  const known = options?.find((option) => option.method === method)?.opening;
  if (known !== undefined && known.state !== "unknown") return known;
  return method === "web" ? { state: "always" } : { state: "unknown" };
}

interface ContactTilesProps {
  /** Null before AWS has told. */
  options: readonly ContactOption[] | null;
  loading: boolean;
}

export function ContactTiles({ options, loading }: ContactTilesProps) {
  const { content, update } = useReport();
  const now = useNow();
  const chosen = openingOf(content.contact, options);
  return (
    <Field
      name="contact"
      label="How shall ECO reach you?"
      description={`Opening hours in your local time, ${zoneWords(now)}.`}
      stretch
      warningText={
        canChoose(chosen)
          ? undefined
          : `${contactName(content.contact)}: ${openingWords(chosen, now).toLowerCase()}. Choose another way, or start it later from the case.`
      }
    >
      <Tiles
        columns={3}
        value={content.contact}
        onChange={({ detail }) => {
          const found = METHODS.find(({ method }) => method === detail.value);
          if (found) update({ contact: found.method });
        }}
        items={METHODS.map(({ method, icon, text }) => {
          const opening = openingOf(method, options);
          return {
            value: method,
            disabled: method !== "web" && !canChoose(opening),
            label: (
              <span className="eco-report-tile-label">
                <Icon name={icon} variant="subtle" /> {contactName(method)}
              </span>
            ),
            description: (
              <span className="eco-report-opening">
                {text}
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
