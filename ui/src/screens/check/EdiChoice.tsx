// Where reports go: EDI's category among those that AWS lists, or a choice where none has its name.
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import type { EdiCategory } from "../../platform/contract";
import { useSettings } from "../settings/useSettings";

export function EdiChoice({ edi, onChosen }: { edi: EdiCategory; onChosen: () => void }) {
  const { save } = useSettings();
  const [wrong, setWrong] = useState<string | null>(null);
  switch (edi.state) {
    case "unknown":
    case "found":
    case "chosen":
      return null;
    case "no-service":
      return (
        <Alert type="warning" header="ECO does not seem to operate this account">
          AWS does not offer “AMS Operations - Report Incident” to it. Connect the account that your
          EDI runs in, or ask your AWS administrator which one that is.
        </Alert>
      );
    case "not-found":
      return (
        <Alert type="warning" header="Which category is EDI's?">
          AWS lists none with the name “Energy Data Insights (EDI) - Application Issues”. Ask ECO or
          your administrator if you are not sure.
          <div className="eco-check-choice">
            <FormField label="Category for reports" errorText={wrong}>
              <Select
                expandToViewport
                placeholder="Choose a category"
                options={edi.categories.map(({ code, name }) => ({
                  value: code,
                  label: name,
                  description: code,
                }))}
                selectedOption={null}
                onChange={async ({ detail }) => {
                  const problem = await save({ categoryCode: detail.selectedOption.value ?? "" });
                  setWrong(problem?.message ?? null);
                  if (!problem) onChosen();
                }}
                data-testid="edi-category"
              />
            </FormField>
          </div>
        </Alert>
      );
  }
}
