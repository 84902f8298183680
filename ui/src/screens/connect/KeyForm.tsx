// An access key: typed, pasted, or from the console's file; what it is used with, and a name for the account.
//
// The rule it keeps: a typed secret lives in this form and in the one call that hands it over. It goes
// through no cache, is dropped when the account is connected, and is gone with the form. The secret of a
// file never comes here at all.
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ClipboardEvent, useRef, useState } from "react";
import { CodeDialog } from "../../parts/CodeDialog";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type {
  Account,
  Field,
  KeyEntry,
  Partition,
  Problem,
  RoleToAssume,
} from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { PARTITIONS } from "../../platform/rules";
import { checkName } from "../settings/checks";
import { FileKey, KeyFileZone, PairFields } from "./KeyFields";
import { NameField } from "./NameField";
import { keyPairIn } from "./pasted";
import { NO_ROLE, RoleFields } from "./RoleFields";
import type { KeyFile } from "./useKeyFile";

interface Props {
  accounts: readonly Account[];
  name: string;
  onName: (name: string) => void;
  onConnected: (account: Account) => void;
  file: KeyFile;
  /** The account whose key is entered; its name and what the key is used with are known. */
  replaces?: Account;
}

const FIELDS = [
  "accessKeyId",
  "secretAccessKey",
  "name",
  "roleArn",
  "mfaSerial",
  "partition",
] as const satisfies readonly Field[];
type KeyField = (typeof FIELDS)[number];
/** Not asked for where a key is replaced. */
const KNOWN: readonly KeyField[] = ["name", "partition"];

const TEMPORARY =
  "This key is a temporary one and ends within hours. Use a key that begins with AKIA, the company sign-in, or a profile.";

const OPTIONS = PARTITIONS.map(({ partition, name }) => ({ value: partition, label: name }));

/** Names of the other accounts: the same key again is the same account, and may keep its name. */
function takenNames(accounts: readonly Account[], accessKeyId: string): string[] {
  return accounts
    .filter(({ source }) => source.kind !== "access-key" || source.accessKeyId !== accessKeyId)
    .map(({ name }) => name);
}

/** What the key of an account is used with. */
function usedWith(account: Account | undefined): RoleToAssume {
  if (account?.source.kind !== "access-key") return NO_ROLE;
  const { role, mfaSerial } = account.source;
  return role ?? { ...NO_ROLE, mfaSerial: mfaSerial ?? "" };
}

export function KeyForm({ accounts, name, onName, onConnected, file, replaces }: Props) {
  const [keyId, setKeyId] = useState("");
  const [secret, setSecret] = useState("");
  const [partition, setPartition] = useState<Partition>(replaces?.partition ?? "aws");
  const [wrong, setWrong] = useState<Partial<Record<KeyField, string>>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [connecting, setConnecting] = useState(false);
  const [role, setRole] = useState<RoleToAssume>(() => usedWith(replaces));
  const [asksCode, setAsksCode] = useState(false);
  const underWay = useRef(false);
  const { held } = file;

  const asked = replaces ? FIELDS.filter((field) => !KNOWN.includes(field)) : FIELDS;
  const errorOf = (field: KeyField) =>
    wrong[field] ?? (problem?.field === field ? problem.message : null);
  const edited = (...fields: KeyField[]) => {
    setWrong({ ...wrong, ...Object.fromEntries(fields.map((field) => [field, undefined])) });
    if (fields.some((field) => problem?.field === field)) setProblem(null);
  };

  async function submit() {
    // State alone would let a second key press through before the next drawing.
    if (underWay.current) return;
    const accessKeyId = held?.accessKeyId ?? keyId.trim();
    const wrongName = replaces ? null : checkName(name, takenNames(accounts, accessKeyId));
    const found: Partial<Record<KeyField, string>> = {
      ...(accessKeyId === ""
        ? { accessKeyId: "Enter the access key ID. It begins with AKIA." }
        : {}),
      ...(held === null && secret.trim() === ""
        ? { secretAccessKey: "Enter the secret access key." }
        : {}),
      ...(wrongName === null ? {} : { name: wrongName }),
    };
    setWrong(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return;
    if (role.mfaSerial.trim() !== "") {
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
    const entry: KeyEntry = {
      key: held
        ? { kind: "held", key: held.id }
        : { kind: "typed", accessKeyId: keyId.trim(), secretAccessKey: secret.trim() },
      partition,
      role: role.arn.trim() === "" ? null : role,
      mfaSerial: role.arn.trim() === "" && role.mfaSerial.trim() !== "" ? role.mfaSerial : null,
      code,
      replaces: replaces?.id ?? null,
    };
    const account = await call("account_connect_keys", { entry, name: name.trim() });
    setKeyId("");
    setSecret("");
    file.spent();
    onConnected(account);
  }

  /** Both parts in one paste, whichever field it goes into. */
  const onPaste = (event: ClipboardEvent) => {
    const pair = held === null ? keyPairIn(event.clipboardData.getData("text")) : null;
    if (pair === null || connecting) return;
    event.preventDefault();
    setKeyId(pair.id);
    setSecret(pair.temporary ? "" : pair.secret);
    setWrong({
      ...wrong,
      accessKeyId: pair.temporary ? TEMPORARY : undefined,
      secretAccessKey: undefined,
    });
    setProblem(null);
  };

  return (
    <SpaceBetween size="l">
      {held ? (
        <FileKey
          held={held}
          disabled={connecting}
          onForget={() => {
            file.forget();
            edited("accessKeyId", "secretAccessKey");
          }}
        />
      ) : (
        <KeyFileZone file={file} disabled={connecting} />
      )}
      {held && errorOf("accessKeyId") ? (
        <ProblemAlert
          problem={{
            code: "invalid-input",
            message: errorOf("accessKeyId") ?? "",
            retryable: false,
          }}
          kept="Nothing was connected."
        />
      ) : null}
      <div onPaste={onPaste}>
        <SpaceBetween size="l">
          {held ? null : (
            <PairFields
              keyId={keyId}
              secret={secret}
              errorOf={errorOf}
              readOnly={connecting}
              onKeyId={(typed) => {
                setKeyId(typed);
                edited("accessKeyId");
              }}
              onSecret={(typed) => {
                setSecret(typed);
                edited("secretAccessKey");
              }}
              onEnter={() => void submit()}
            />
          )}
          {replaces ? null : (
            <ColumnLayout columns={2}>
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
                  expandToViewport
                  options={OPTIONS}
                  selectedOption={OPTIONS.find(({ value }) => value === partition) ?? null}
                  disabled={connecting}
                  onChange={({ detail }) => {
                    const chosen = PARTITIONS.find(
                      (known) => known.partition === detail.selectedOption.value,
                    );
                    if (chosen) setPartition(chosen.partition);
                    edited("partition");
                  }}
                  data-testid="connect-partition"
                />
              </FormField>
            </ColumnLayout>
          )}
        </SpaceBetween>
      </div>
      <RoleFields
        role={role}
        errors={{ roleArn: errorOf("roleArn"), mfaSerial: errorOf("mfaSerial") }}
        readOnly={connecting}
        onChange={(changed) => {
          setRole(changed);
          edited("roleArn", "mfaSerial");
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
      {problem && !asked.some((field) => field === problem.field) ? (
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
