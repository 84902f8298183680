// What a key needs beside its secret: a multi-factor device, or a role that is assumed with it.
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RoleToAssume } from "../../platform/contract";

interface Props {
  /** With an empty ARN the device is the key's own. */
  role: RoleToAssume;
  errors: { roleArn: string | null; mfaSerial: string | null };
  readOnly: boolean;
  onChange: (role: RoleToAssume) => void;
}

export const NO_ROLE: RoleToAssume = { arn: "", externalId: "", mfaSerial: "" };

export function RoleFields({ role, errors, readOnly, onChange }: Props) {
  const common = {
    autoComplete: false,
    spellcheck: false,
    disableBrowserAutocorrect: true,
    readOnly,
  } as const;
  const filled = role.arn !== "" || role.mfaSerial !== "";
  return (
    <ExpandableSection
      headerText="The key needs an MFA code or a role (optional)"
      headerDescription="Only if whoever gave you the key said so."
      defaultExpanded={filled || errors.roleArn !== null || errors.mfaSerial !== null}
      data-testid="connect-role"
    >
      <SpaceBetween size="m">
        <FormField
          label="MFA device"
          description="Its ARN, or the number on it. In the console it stands under Security credentials. The six-digit code is asked for afterwards."
          errorText={errors.mfaSerial}
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
        <FormField
          label="ARN of the role"
          description="The role that is assumed with the key. Leave it empty if you were given none."
          errorText={errors.roleArn}
          stretch
        >
          <Input
            {...common}
            value={role.arn}
            placeholder="arn:aws:iam::123456789012:role/EdiSupport"
            onChange={({ detail }) => onChange({ ...role, arn: detail.value })}
            data-testid="role-arn"
          />
        </FormField>
        {role.arn === "" ? null : (
          <FormField
            label="External ID"
            description="Leave it empty if you were given none."
            stretch
          >
            <Input
              {...common}
              value={role.externalId}
              onChange={({ detail }) => onChange({ ...role, externalId: detail.value })}
              data-testid="role-external-id"
            />
          </FormField>
        )}
      </SpaceBetween>
    </ExpandableSection>
  );
}
