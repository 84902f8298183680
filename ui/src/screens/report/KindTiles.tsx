// What kind of problem it is: the choice sets the service and the guidance of the next page.
import Icon from "@cloudscape-design/components/icon";
import Tiles from "@cloudscape-design/components/tiles";
import type { ProblemKind } from "../../platform/contract";
import { Field } from "./Field";
import { KINDS, serviceOf } from "./kinds";
import { useReport } from "./useReport";

export function KindTiles() {
  const { content, update } = useReport();

  function choose(kind: ProblemKind) {
    const service = serviceOf(kind);
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
          if (chosen) choose(chosen.kind);
        }}
        items={KINDS.map(({ kind, title, examples, icon }) => ({
          value: kind,
          label: (
            <span className="eco-report-tile-label">
              <Icon name={icon} variant="subtle" /> {title}
            </span>
          ),
          description: examples,
        }))}
      />
    </Field>
  );
}
