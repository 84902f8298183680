// Where the report goes: account, service and category. With one account and the category found by name
// there is nothing to do here; where AWS offers no such category, the user is asked.
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import { accountNumberName, sourceName } from "../../format/words";
import type { Account, ReportForm, ServiceOption } from "../../platform/contract";
import { ACCOUNT_COLOURS, EDI_CATEGORY, SERVICES } from "../../platform/rules";
import { Field } from "./Field";
import { shortCategory } from "./kinds";
import { useReport } from "./useReport";

interface PlaceFieldsProps {
  accounts: readonly Account[];
  /** What AWS offers in the chosen account; null before it is known. */
  form: ReportForm | null;
  loading: boolean;
  /** The category code set in the settings in place of the one found by name; empty: none. */
  fixedCategory: string;
}

export function PlaceFields({ accounts, form, loading, fixedCategory }: PlaceFieldsProps) {
  return (
    <div className="eco-report-places">
      <AccountField accounts={accounts} />
      <ServiceField form={form} />
      <CategoryField form={form} loading={loading} fixedCategory={fixedCategory} />
    </div>
  );
}

function AccountField({ accounts }: { accounts: readonly Account[] }) {
  const { content, update } = useReport();
  const options = accounts.map(accountOption);
  return (
    <Field name="account" label="Account" stretch>
      <Select
        expandToViewport
        triggerVariant="option"
        placeholder="Choose an account"
        options={options}
        selectedOption={options.find(({ value }) => value === content.account) ?? null}
        onChange={({ detail }) => {
          const account = detail.selectedOption.value;
          // Categories chosen by hand are an account's own.
          if (account !== undefined) update({ account, categoryCode: null });
        }}
      />
    </Field>
  );
}

function accountOption(account: Account): SelectProps.Option & { value: string } {
  return {
    value: account.id,
    label: account.name,
    description: describeAccount(account),
    iconSvg: (
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <circle
          cx="8"
          cy="8"
          r="4"
          style={{
            fill: `var(--eco-account-${account.colour % ACCOUNT_COLOURS.length})`,
            stroke: "none",
          }}
        />
      </svg>
    ),
  };
}

function describeAccount(account: Account): string {
  if (account.connection.state === "failed") return "Not connected: the report waits in the outbox";
  if (account.accountNumber !== null) {
    return accountNumberName(account.accountNumber);
  }
  return sourceName(account.source);
}

function ServiceField({ form }: { form: ReportForm | null }) {
  const { content, update } = useReport();
  const options = SERVICES.map(({ service, name, purpose }) => ({
    value: service,
    label: form?.services.find((known) => known.service === service)?.name ?? name,
    description: purpose,
  }));
  const chosen = options.find(({ value }) => value === content.service);
  const byKind = content.kind !== null;
  return (
    <Field name="service" label="Service" stretch>
      <Select
        expandToViewport
        triggerVariant="option"
        options={options}
        selectedOption={
          chosen === undefined
            ? null
            : { ...chosen, description: byKind ? "Set by the kind of problem" : chosen.description }
        }
        onChange={({ detail }) => {
          const chosen = SERVICES.find(({ service }) => service === detail.selectedOption.value);
          if (chosen) update({ service: chosen.service, categoryCode: null });
        }}
      />
    </Field>
  );
}

interface CategoryFieldProps {
  form: ReportForm | null;
  loading: boolean;
  fixedCategory: string;
}

function CategoryField({ form, loading, fixedCategory }: CategoryFieldProps) {
  const { content, update } = useReport();
  const service = form?.services.find((known) => known.service === content.service);
  if (service === undefined || service.categories.length === 0) {
    const later: SelectProps.Option = {
      label: shortCategory(EDI_CATEGORY),
      description: loading ? "Asking AWS…" : "Found by its name when the report is sent",
    };
    return (
      <Field name="category" label="Category" stretch>
        <Select triggerVariant="option" disabled options={[]} selectedOption={later} />
      </Field>
    );
  }
  const options = service.categories.map((category) => ({
    value: category.code,
    label: shortCategory(category.name),
    description: category.name === shortCategory(category.name) ? category.code : category.name,
  }));
  const code = content.categoryCode ?? foundCategory(service, fixedCategory);
  return (
    <Field
      name="category"
      label="Category"
      stretch
      constraintText={
        code === null
          ? "AWS offers no category of EDI by its name here. Choose the one to use."
          : undefined
      }
    >
      <Select
        expandToViewport
        triggerVariant="option"
        placeholder="Choose a category"
        filteringType={options.length > 8 ? "auto" : "none"}
        options={options}
        selectedOption={
          options.find(({ value }) => value === code) ??
          (code === null ? null : { value: code, label: code, description: "Set in the settings" })
        }
        onChange={({ detail }) => {
          const chosen = detail.selectedOption.value ?? null;
          update({
            categoryCode: chosen === foundCategory(service, fixedCategory) ? null : chosen,
          });
        }}
      />
    </Field>
  );
}

/** The category that is sent when none was chosen by hand; null where there is none. */
export function foundCategory(service: ServiceOption, fixedCategory: string): string | null {
  return fixedCategory === "" ? service.ediCategory : fixedCategory;
}
