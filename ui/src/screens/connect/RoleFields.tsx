// The role that is to be assumed with an access key, where one is.
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RoleToAssume } from "../../platform/contract";

interface Props {
  role: RoleToAssume;
  error: string | null;
  readOnly: boolean;
  onChange: (role: RoleToAssume) => void;
}

export const NO_ROLE: RoleToAssume = { arn: "", externalId: "", mfaSerial: "" };

export function RoleFields({ role, error, readOnly, onChange }: Props) {
  const common = {
    autoComplete: false,
    spellcheck: false,
    disableBrowserAutocorrect: true,
    readOnly,
  } as const;
  return (
    <ExpandableSection
      headerText="The key assumes a role (optional)"
      headerDescription="Only if whoever gave you the key also gave you the ARN of a role."
      defaultExpanded={role.arn !== "" || error !== null}
      data-testid="connect-role"
    >
      <SpaceBetween size="m">
        <FormField label="ARN of the role" errorText={error} stretch>
          <Input
            {...common}
            value={role.arn}
            placeholder="arn:aws:iam::123456789012:role/EdiSupport"
            onChange={({ detail }) => onChange({ ...role, arn: detail.value })}
            data-testid="role-arn"
          />
        </FormField>
        <FormField label="External ID" description="Leave it empty if you were given none." stretch>
          <Input
            {...common}
            value={role.externalId}
            onChange={({ detail }) => onChange({ ...role, externalId: detail.value })}
            data-testid="role-external-id"
          />
        </FormField>
        <FormField
          label="MFA device"
          description="Its ARN or serial number, if the role asks for a code. It stands in the console under Security credentials."
          stretch
        >
          <Input
            {...common}
            value={role.mfaSerial}
            placeholder="arn:aws:iam::123456789012:mfa/jane"
            onChange={({ detail }) => onChange({ ...role, mfaSerial: detail.value })}
            data-testid="role-mfa"
          />
        </FormField>
      </SpaceBetween>
    </ExpandableSection>
  );
}
