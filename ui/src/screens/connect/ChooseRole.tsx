// After the sign-in: one of the accounts that the user is assigned to, and one of its roles.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { accountNumberName } from "../../format/words";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Account } from "../../platform/contract";
import { useAct, useCommand } from "../../query/hooks";
import { checkName } from "../settings/checks";
import { NameField } from "./NameField";
import type { SignedIn } from "./PortalSignIn";

interface Props {
  signedIn: SignedIn;
  taken: readonly string[];
  name: string;
  onName: (name: string) => void;
  onConnected: (account: Account) => void;
  onBack: () => void;
}

export function ChooseRole({ signedIn, taken, name, onName, onConnected, onBack }: Props) {
  const { id, accounts } = signedIn;
  const [chosenNumber, setNumber] = useState<string | null>(null);
  const [chosenRole, setRole] = useState<string | null>(null);
  const [wrong, setWrong] = useState<{ account?: string; role?: string; name?: string }>({});
  const connect = useAct("sign_in_connect");

  // The only one there is needs no choice.
  const number = chosenNumber ?? (accounts.length === 1 ? (accounts[0]?.number ?? null) : null);
  const roles = useCommand(
    "sign_in_roles",
    { signIn: id, accountNumber: number ?? "" },
    { enabled: number !== null, fresh: true },
  );
  const role = chosenRole ?? (roles.data?.length === 1 ? (roles.data[0] ?? null) : null);
  const account = accounts.find((one) => one.number === number);
  const called = name.trim() === "" ? (account?.name ?? "") : name;

  if (accounts.length === 0) {
    return (
      <SpaceBetween size="m">
        <Alert type="warning" header="You are signed in, but no AWS account is assigned to you">
          Ask whoever manages access at your company to assign you a role in the account that your
          EDI runs in.
        </Alert>
        <div className="eco-connect-actions">
          <Button onClick={onBack}>Back</Button>
        </div>
      </SpaceBetween>
    );
  }

  const options = accounts.map((one) => ({
    value: one.number,
    label: one.name,
    description: accountNumberName(one.number),
  }));
  const submit = () => {
    const wrongName = checkName(called, taken);
    const found = {
      ...(number === null ? { account: "Choose the account that your EDI runs in." } : {}),
      ...(role === null && number !== null ? { role: "Choose a role." } : {}),
      ...(wrongName === null ? {} : { name: wrongName }),
    };
    setWrong(found);
    if (Object.keys(found).length > 0 || number === null || role === null) return;
    connect.mutate(
      { signIn: id, accountNumber: number, role, name: called.trim() },
      { onSuccess: onConnected },
    );
  };

  return (
    <SpaceBetween size="l">
      <div role="status">
        <Box color="text-status-success">
          You are signed in. Which account does your EDI run in?
        </Box>
      </div>
      <ColumnLayout columns={2}>
        <FormField label="Account" errorText={wrong.account} stretch>
          <Select
            expandToViewport
            options={options}
            placeholder="Choose an account"
            {...(options.length > 7 ? { filteringType: "auto" as const } : {})}
            selectedOption={options.find(({ value }) => value === number) ?? null}
            triggerVariant="option"
            onChange={({ detail }) => {
              setNumber(detail.selectedOption.value ?? null);
              setRole(null);
              setWrong({});
              connect.reset();
            }}
            data-testid="portal-account"
          />
        </FormField>
        <NameField
          value={name}
          error={wrong.name ?? (connect.error?.field === "name" ? connect.error.message : null)}
          placeholder={account?.name ?? "Production"}
          onChange={(typed) => {
            onName(typed);
            setWrong({ ...wrong, name: undefined });
          }}
          onEnter={submit}
        />
      </ColumnLayout>
      {number === null ? null : (
        <FormField
          label="Role"
          description="What you may do there. Take the one that your company has made for support, if there is one."
          errorText={wrong.role}
        >
          {roles.error ? (
            <ProblemAlert
              problem={roles.error}
              title="The roles could not be read"
              onRetry={() => void roles.refetch()}
            />
          ) : null}
          {roles.isPending ? <Skeleton variant="text-body-m" width="40%" /> : null}
          {roles.data ? (
            <RadioGroup
              value={role}
              items={roles.data.map((one) => ({ value: one, label: one }))}
              onChange={({ detail }) => {
                setRole(detail.value);
                setWrong({ ...wrong, role: undefined });
              }}
              data-testid="portal-roles"
            />
          ) : null}
        </FormField>
      )}
      {connect.error && connect.error.field !== "name" ? (
        <ProblemAlert
          problem={connect.error}
          kept="Nothing was connected. You are still signed in, so you can choose another role."
          onRetry={submit}
          testId="connect-problem"
        />
      ) : null}
      <div className="eco-connect-actions">
        <Button variant="link" onClick={onBack}>
          Use another portal
        </Button>
        <Button
          variant="primary"
          loading={connect.isPending}
          loadingText="Connecting"
          onClick={submit}
          data-testid="connect-submit"
        >
          Connect
        </Button>
      </div>
    </SpaceBetween>
  );
}
