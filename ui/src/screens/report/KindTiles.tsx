// What kind of problem it is: the choice sets the service and the guidance of the next page.
import Icon from "@cloudscape-design/components/icon";
import Tiles from "@cloudscape-design/components/tiles";
import type { KindOfProblem } from "../../platform/contract";
import { KINDS } from "../../platform/rules";
import { Field } from "./Field";
import { KIND_ICONS } from "./kinds";
import { useReport } from "./useReport";

export function KindTiles() {
  const { content, update } = useReport();

  function choose({ kind, service }: KindOfProblem) {
    // A category chosen by hand belongs to the service that it was chosen for.
    const categoryCode = service === content.service ? content.categoryCode : null;
    update({ kind, service, categoryCode });
  }

  return (
    <Field
      name="kind"
      label="What kind of problem is it?"
      description="Your choice sets service, category and the guidance on the next page. You can change all of it later."
      stretch
    >
      <Tiles
        columns={3}
        value={content.kind}
        onChange={({ detail }) => {
          const chosen = KINDS.find(({ kind }) => kind === detail.value);
          if (chosen) choose(chosen);
        }}
        items={KINDS.map(({ kind, title, examples }) => ({
          value: kind,
          label: (
            <span className="eco-report-tile-label">
              <Icon name={KIND_ICONS[kind]} variant="subtle" /> {title}
            </span>
          ),
          description: examples,
        }))}
      />
    </Field>
  );
}
