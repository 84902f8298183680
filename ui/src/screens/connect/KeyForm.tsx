// An access key: its id, its secret, the part of AWS, and a name for the account.
//
// The rule it keeps: the secret lives in this form and in the one call that hands it over. It goes
// through no cache, is dropped when the account is connected, and is gone with the form.
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ClipboardEvent, useRef, useState } from "react";
import { PARTITIONS, partitionName } from "../../format/words";
import { CodeDialog } from "../../parts/CodeDialog";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Account, Partition, Problem, RoleToAssume } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { checkName } from "../settings/checks";
import { keyPairIn } from "./key-pair";
import { NameField } from "./NameField";
import { NO_ROLE, RoleFields } from "./RoleFields";

interface Props {
  accounts: readonly Account[];
  name: string;
  onName: (name: string) => void;
  onConnected: (account: Account) => void;
}

type Field = "accessKeyId" | "secretAccessKey" | "name" | "roleArn" | "partition";
const FIELDS: readonly string[] = [
  "accessKeyId",
  "secretAccessKey",
  "name",
  "roleArn",
  "partition",
] satisfies Field[];

const OPTIONS = PARTITIONS.map((partition) => ({
  value: partition,
  label: partitionName(partition),
}));

/** Names of the other accounts: the same key again is the same account, and may keep its name. */
function takenNames(accounts: readonly Account[], accessKeyId: string): string[] {
  return accounts
    .filter(({ source }) => source.kind !== "access-key" || source.accessKeyId !== accessKeyId)
    .map(({ name }) => name);
}

export function KeyForm({ accounts, name, onName, onConnected }: Props) {
  const [keyId, setKeyId] = useState("");
  const [secret, setSecret] = useState("");
  const [partition, setPartition] = useState<Partition>("aws");
  const [wrong, setWrong] = useState<Partial<Record<Field, string>>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [connecting, setConnecting] = useState(false);
  const [role, setRole] = useState<RoleToAssume>(NO_ROLE);
  const [asksCode, setAsksCode] = useState(false);
  const underWay = useRef(false);

  const errorOf = (field: Field) =>
    wrong[field] ?? (problem?.field === field ? problem.message : null);
  const edited = (field: Field) => {
    setWrong({ ...wrong, [field]: undefined });
    if (problem?.field === field) setProblem(null);
  };

  async function submit() {
    // State alone would let a second key press through before the next drawing.
    if (underWay.current) return;
    const accessKeyId = keyId.trim();
    const secretAccessKey = secret.trim();
    const wrongName = checkName(name, takenNames(accounts, accessKeyId));
    const found: Partial<Record<Field, string>> = {
      ...(accessKeyId === ""
        ? { accessKeyId: "Enter the access key ID. It begins with AKIA." }
        : {}),
      ...(secretAccessKey === "" ? { secretAccessKey: "Enter the secret access key." } : {}),
      ...(wrongName === null ? {} : { name: wrongName }),
    };
    setWrong(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return;
    if (role.arn.trim() !== "" && role.mfaSerial.trim() !== "") {
      setAsksCode(true);
      return;
    }
    underWay.current = true;
    setConnecting(true);
    try {
      await connect(null);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      underWay.current = false;
      setConnecting(false);
    }
  }

  async function connect(code: string | null) {
    const account = await call("account_connect_keys", {
      accessKeyId: keyId.trim(),
      secretAccessKey: secret.trim(),
      partition,
      role: role.arn.trim() === "" ? null : role,
      code,
      name: name.trim(),
    });
    setKeyId("");
    setSecret("");
    onConnected(account);
  }

  /** Both parts in one paste, whichever field it goes into. */
  const onPaste = (event: ClipboardEvent) => {
    const pair = keyPairIn(event.clipboardData.getData("text"));
    if (pair === null || connecting) return;
    event.preventDefault();
    setKeyId(pair.id);
    setSecret(pair.secret);
    setWrong({ ...wrong, accessKeyId: undefined, secretAccessKey: undefined });
    setProblem(null);
  };

  const onKeyDown = ({ detail }: { detail: { key: string } }) => {
    if (detail.key === "Enter") void submit();
  };

  return (
    <SpaceBetween size="l">
      <div onPaste={onPaste}>
        <ColumnLayout columns={2}>
          <FormField
            label="Access key ID"
            description="You can paste both parts at once, also as the console's CSV."
            errorText={errorOf("accessKeyId")}
          >
            <Input
              value={keyId}
              placeholder="AKIA…"
              autoComplete={false}
              spellcheck={false}
              disableBrowserAutocorrect
              readOnly={connecting}
              onChange={({ detail }) => {
                setKeyId(detail.value);
                edited("accessKeyId");
              }}
              onKeyDown={onKeyDown}
              data-testid="connect-key-id"
            />
          </FormField>
          <FormField
            label="Secret access key"
            description="AWS shows it only once, when the key is made."
            errorText={errorOf("secretAccessKey")}
          >
            <Input
              value={secret}
              type="password"
              autoComplete={false}
              spellcheck={false}
              disableBrowserAutocorrect
              readOnly={connecting}
              onChange={({ detail }) => {
                setSecret(detail.value);
                edited("secretAccessKey");
              }}
              onKeyDown={onKeyDown}
              data-testid="connect-secret"
            />
          </FormField>
          <NameField
            value={name}
            error={errorOf("name")}
            onChange={(typed) => {
              onName(typed);
              edited("name");
            }}
            onEnter={() => void submit()}
          />
          <FormField
            label={<span className="eco-connect-quiet">Part of AWS</span>}
            description="Commercial, unless somebody told you otherwise."
            errorText={errorOf("partition")}
          >
            <Select
              options={OPTIONS}
              selectedOption={OPTIONS.find(({ value }) => value === partition) ?? null}
              disabled={connecting}
              onChange={({ detail }) => {
                const chosen = PARTITIONS.find((known) => known === detail.selectedOption.value);
                if (chosen) setPartition(chosen);
                edited("partition");
              }}
              data-testid="connect-partition"
            />
          </FormField>
        </ColumnLayout>
      </div>
      <RoleFields
        role={role}
        error={errorOf("roleArn")}
        readOnly={connecting}
        onChange={(changed) => {
          setRole(changed);
          edited("roleArn");
        }}
      />
      {asksCode ? (
        <CodeDialog
          serial={role.mfaSerial.trim()}
          enter={async (code) => {
            try {
              await connect(code);
            } catch (thrown) {
              const told = asProblem(thrown);
              // What is wrong with the form is said there; the dialog keeps what is about the code.
              if (told.field === undefined || told.field === "code") throw told;
              setAsksCode(false);
              setProblem(told);
            }
          }}
          onClose={() => setAsksCode(false)}
        />
      ) : null}
      {problem && !FIELDS.includes(problem.field ?? "") ? (
        <ProblemAlert
          problem={problem}
          kept="Nothing was connected; what you entered is still here."
          onRetry={() => void submit()}
          testId="connect-problem"
        />
      ) : null}
      <div className="eco-connect-actions">
        <Button
          variant="primary"
          loading={connecting}
          loadingText="Connecting"
          onClick={() => void submit()}
          data-testid="connect-submit"
        >
          Connect
        </Button>
      </div>
    </SpaceBetween>
  );
}
