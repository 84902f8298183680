// The filter over the list. What stands in it is turned into a `CaseQuery`.
import PropertyFilter, {
  type PropertyFilterProps,
} from "@cloudscape-design/components/property-filter";
import { type Ref, useMemo } from "react";
import { reporterName } from "../../format/words";
import type { Account } from "../../platform/contract";
import { PRIORITIES, STATUSES } from "../../platform/rules";
import { type ListState, NO_FILTER, PAST_DAYS } from "./list-query";

const REPORTERS = ["me", "colleague", "eco"] as const;

type Names = ReadonlyMap<string, string>;

/** A property of which several values may be chosen: any of them. */
function choice(
  key: string,
  propertyLabel: string,
  groupValuesLabel: string,
  names: Names,
): PropertyFilterProps.FilteringProperty {
  const format = (value: unknown) =>
    (Array.isArray(value) ? (value as string[]) : [String(value ?? "")])
      .map((one) => names.get(one) ?? one)
      .join(", ");
  return {
    key,
    propertyLabel,
    groupValuesLabel,
    operators: [{ operator: "=", tokenType: "enum", format }],
  };
}

interface Props {
  ref: Ref<PropertyFilterProps.Ref>;
  state: ListState;
  change: (part: Partial<ListState>) => void;
  accounts: readonly Account[];
  disabled: boolean;
}

export function IncidentFilter({ ref, state, change, accounts, disabled }: Props) {
  const { properties, options } = useMemo(() => {
    const choices: [string, string, string, Names][] = [
      ["status", "Status", "Statuses", new Map(STATUSES.map((s) => [s.status, s.name]))],
      ["priority", "Priority", "Priorities", new Map(PRIORITIES.map((p) => [p.priority, p.name]))],
      ["account", "Account", "Accounts", new Map(accounts.map(({ id, name }) => [id, name]))],
      ["reporter", "Reported by", "Reporters", new Map(REPORTERS.map((r) => [r, reporterName(r)]))],
    ];
    const single = (
      key: string,
      propertyLabel: string,
      groupValuesLabel: string,
    ): PropertyFilterProps.FilteringProperty => ({
      key,
      propertyLabel,
      groupValuesLabel,
      operators: ["="],
    });
    return {
      properties: [
        ...choices.map((one) => choice(...one)),
        single("updated", "Updated", "Times"),
        single("files", "Files", "Files"),
      ],
      options: [
        ...choices.flatMap(([propertyKey, , , names]) =>
          [...names].map(([value, label]) => ({ propertyKey, value, label })),
        ),
        ...[...PAST_DAYS.keys()].map((value) => ({ propertyKey: "updated", value })),
        { propertyKey: "files", value: "with files" },
      ] satisfies PropertyFilterProps.FilteringOption[],
    };
  }, [accounts]);

  return (
    <div data-testid="incident-filter">
      <PropertyFilter
        ref={ref}
        query={state.filter}
        onChange={({ detail }) => change({ filter: known(detail) })}
        filteringProperties={properties}
        filteringOptions={options}
        freeTextFiltering={{ operators: [":"], defaultOperator: ":" }}
        hideOperations
        disabled={disabled}
        expandToViewport
        filteringAriaLabel="Filter incidents"
        filteringPlaceholder="Filter, or search all that was said"
      />
    </div>
  );
}

/** Without what the core cannot be asked: a time or a file mark that is none of the choices. */
function known(query: PropertyFilterProps.Query): PropertyFilterProps.Query {
  return {
    ...NO_FILTER,
    tokens: query.tokens.filter(({ propertyKey, value }) => {
      if (propertyKey === "updated") return PAST_DAYS.has(String(value));
      if (propertyKey === "files") return value === "with files";
      return true;
    }),
  };
}
