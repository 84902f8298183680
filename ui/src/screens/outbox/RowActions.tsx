// A row's one main action, with the others behind it.
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import type { Words } from "../../parts/Said";

/** How wide the columns of the tables with such rows are; the one between takes the rest. */
export const WIDTHS = { what: "38%", actions: 190 } as const;

/** What is asked before something goes for good. */
export interface Question {
  title: string;
  text: Words;
  discard(): Promise<unknown>;
}

export interface RowAction {
  id: string;
  text: string;
  run(): void;
  /** Why it cannot be done now. */
  disabled?: string | null;
}

interface RowActionsProps {
  /** Before the actions' ids in the page: `outbox` gives `outbox-retry`. */
  name: string;
  /** What the row is, for screen readers. */
  what: string;
  /** The first is the main one. */
  actions: readonly RowAction[];
  primary?: boolean;
  busy?: boolean;
}

export function RowActions({
  name,
  what,
  actions,
  primary = false,
  busy = false,
}: RowActionsProps) {
  const [main, ...others] = actions;
  if (main === undefined) return null;
  if (others.length === 0) {
    return (
      <Button
        variant={primary ? "primary" : "normal"}
        loading={busy}
        ariaLabel={`${main.text}: ${what}`}
        onClick={main.run}
        data-testid={`${name}-${main.id}`}
      >
        {main.text}
      </Button>
    );
  }
  return (
    <ButtonDropdown
      expandToViewport
      variant={primary ? "primary" : "normal"}
      loading={busy}
      ariaLabel={`More actions: ${what}`}
      mainAction={{ text: main.text, ariaLabel: `${main.text}: ${what}`, onClick: main.run }}
      nativeMainActionAttributes={{ button: { "data-testid": `${name}-${main.id}` } }}
      nativeTriggerAttributes={{ "data-testid": `${name}-more` }}
      items={others.map(({ id, text, disabled = null }) => ({
        id: `${name}-${id}`,
        text,
        disabled: disabled !== null,
        ...(disabled === null ? {} : { disabledReason: disabled }),
      }))}
      onItemClick={({ detail }) => others.find(({ id }) => `${name}-${id}` === detail.id)?.run()}
    />
  );
}
