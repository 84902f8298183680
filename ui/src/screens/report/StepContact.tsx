// Step 4, "Contact us": language, contact method, additional contacts; the review beside it.
import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect } from "react";
import type { Field as FieldName } from "../../platform/contract";
import { useCommand } from "../../query/hooks";
import { ContactsField, type TypedContacts } from "./ContactsField";
import { ContactTiles } from "./ContactTiles";
import { Field } from "./Field";
import { nextTurn } from "./opening";
import { HandOverNote, PhoneFields } from "./PhoneFields";
import { Review } from "./Review";
import type { Step } from "./steps";
import { useReport } from "./useReport";

/** The longest that a browser's timer takes. */
const LONGEST_TIMER = 2_147_483_647;

interface StepContactProps {
  contacts: TypedContacts;
  onEdit(step: Step, field: FieldName): void;
}

export function StepContact({ contacts, onEdit }: StepContactProps) {
  const { content } = useReport();
  const { account, service, categoryCode } = content;
  const options = useCommand(
    "contact_options",
    { account: account ?? "", service, categoryCode },
    { enabled: account !== null, fresh: true },
  );
  const { data, refetch } = options;

  // What opens or closes while the form is on screen is asked anew at that moment.
  useEffect(() => {
    const now = Date.now();
    const turn = nextTurn(data?.methods.map(({ opening }) => opening) ?? [], now);
    if (turn === null) return;
    const timer = setTimeout(() => void refetch(), Math.min(turn - now + 1_000, LONGEST_TIMER));
    return () => clearTimeout(timer);
  }, [data, refetch]);

  const problem = data?.problem ?? options.error;
  return (
    <div className="eco-report-columns eco-report-columns-review">
      <Container>
        <SpaceBetween size="m">
          {problem != null && (
            <Alert type="info" header="Opening hours could not be asked for">
              {problem.message} You can submit all the same: the report waits in the outbox and goes
              out as soon as AWS answers.
            </Alert>
          )}
          <Language supported={data?.englishSupported ?? null} />
          <ContactTiles options={data?.methods ?? null} loading={options.isFetching} />
          {content.contact === "phone" && <PhoneFields />}
          {content.contact !== "web" && <HandOverNote method={content.contact} />}
          <ContactsField contacts={contacts} />
        </SpaceBetween>
      </Container>
      <Review onEdit={onEdit} />
    </div>
  );
}

function Language({ supported }: { supported: boolean | null }) {
  const english = { value: "en", label: "English" };
  return (
    <Field
      name="language"
      label="Preferred language"
      stretch
      warningText={
        supported === false
          ? "AWS does not list English for this service at the moment. The report is sent in English all the same."
          : undefined
      }
    >
      <div className="eco-report-language">
        <div className="eco-report-language-select">
          <Select disabled options={[english]} selectedOption={english} />
        </div>
        <span>EDI takes incident reports in English only.</span>
      </div>
    </Field>
  );
}
