// The profiles that were found, why some cannot be used, and a name for the account.
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { CodeDialog } from "../../parts/CodeDialog";
import { CommandNotice } from "../../parts/CommandDialog";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Account, FoundProfile, Problem, ProfileKind } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { LIMITS } from "../../platform/rules";
import { checkName } from "../settings/checks";
import { NameField } from "./NameField";

interface Props {
  /** Undefined while they are read. */
  profiles: readonly FoundProfile[] | undefined;
  /** Names of the accounts there are. */
  taken: readonly string[];
  name: string;
  onName: (name: string) => void;
  onConnected: (account: Account) => void;
  onRefresh: () => void;
  refreshing: boolean;
}

function kindName(kind: ProfileKind): string {
  switch (kind) {
    case "static-keys":
      return "Access key in the credentials file";
    case "assume-role":
      return "Assumes a role";
    case "sso":
      return "Company sign-in (IAM Identity Center)";
    case "credential-process":
      return "Asks another program for credentials";
    case "login":
      return "Signed in with aws login";
    case "web-identity":
      return "Web identity token";
    case "nothing":
      return "Names no credentials";
  }
}

/** In the order of the files, with what cannot be used behind what can. */
function usableFirst(profiles: readonly FoundProfile[]): FoundProfile[] {
  const rank = ({ unusable }: FoundProfile) => (unusable === null ? 0 : 1);
  return [...profiles].sort((a, b) => rank(a) - rank(b));
}

/** A profile's name as an account's, as long as the user has given none: "norvik-prod" as "Norvik prod". */
export function proposedName(profile: string, taken: readonly string[]): string {
  const words = profile.replace(/[-_.]+/g, " ").trim();
  const name = (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, LIMITS.accountName);
  const used = new Set(taken.map((one) => one.toLowerCase()));
  return used.has(name.toLowerCase()) ? "" : name;
}

export function ProfileForm({
  profiles,
  taken,
  name: typedName,
  onName,
  onConnected,
  onRefresh,
  refreshing,
}: Props) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [connecting, setConnecting] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [named, setNamed] = useState(typedName !== "");
  const [wrong, setWrong] = useState<{ profile: string | null; name: string | null }>({
    profile: null,
    name: null,
  });

  if (!profiles) {
    return (
      <div>
        <Skeleton variant="text-body-m" width="40%" />
        <Skeleton variant="text-body-m" width="60%" />
      </div>
    );
  }
  const usable = profiles.filter(({ unusable }) => unusable === null);
  const refresh = (
    <Button iconName="refresh" loading={refreshing} onClick={onRefresh}>
      Look again
    </Button>
  );
  if (profiles.length === 0) {
    return (
      <SpaceBetween size="s">
        <Box>
          No profile was found. Whoever gave you access to AWS can tell you how to set one up; with
          the AWS CLI it is <span className="eco-mono">aws configure sso</span>.
        </Box>
        {refresh}
      </SpaceBetween>
    );
  }

  // The only one there is needs no choice.
  const profile = chosen ?? (usable.length === 1 ? (usable[0]?.name ?? null) : null);
  const name = named || profile === null ? typedName : proposedName(profile, taken);
  const found = profiles.find((known) => known.name === profile);
  const mfaSerial = found?.mfaSerial ?? null;
  const command = found?.command ?? null;
  const fieldError = (field: "name" | "profile") =>
    problem?.field === field ? problem.message : null;

  const submit = () => {
    const missing = {
      profile: profile === null ? "Choose a profile." : null,
      name: checkName(name, taken),
    };
    setWrong(missing);
    setProblem(null);
    if (profile === null || missing.name) return;
    if (mfaSerial !== null) {
      setAsksCode(true);
      return;
    }
    setConnecting(true);
    connect(profile, null)
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setConnecting(false));
  };
  // Not through the cache of mutations: a code would stay in it.
  async function connect(chosenProfile: string, code: string | null) {
    // What was shown is what the user agrees to.
    const args = { profile: chosenProfile, name: name.trim(), code, command };
    onConnected(await call("account_connect_profile", args));
  }

  return (
    <SpaceBetween size="l">
      <FormField label="Profile" errorText={wrong.profile ?? fieldError("profile")}>
        <RadioGroup
          value={profile}
          ariaRequired
          items={usableFirst(profiles).map((found) => ({
            value: found.name,
            label: found.name,
            description: found.unusable
              ? `${kindName(found.kind)}. Cannot be used: ${found.unusable}`
              : `${kindName(found.kind)}${found.mfaSerial ? ", with a code of your MFA device" : ""}`,
            disabled: found.unusable !== null,
          }))}
          onChange={({ detail }) => {
            setChosen(detail.value);
            setWrong({ ...wrong, profile: null });
            setProblem(null);
          }}
          data-testid="connect-profiles"
        />
      </FormField>
      <NameField
        value={name}
        error={wrong.name ?? fieldError("name")}
        onChange={(typed) => {
          setNamed(true);
          onName(typed);
          setWrong({ ...wrong, name: null });
          if (problem?.field === "name") setProblem(null);
        }}
        onEnter={submit}
      />
      {command === null ? null : <CommandNotice command={command} />}
      {problem && problem.field !== "name" && problem.field !== "profile" ? (
        <ProblemAlert
          problem={problem}
          kept="Nothing was connected."
          onRetry={submit}
          testId="connect-problem"
        />
      ) : null}
      {asksCode && profile !== null ? (
        <CodeDialog
          serial={mfaSerial}
          enter={(code) => connect(profile, code)}
          onClose={() => setAsksCode(false)}
        />
      ) : null}
      <div className="eco-connect-actions">
        {refresh}
        <Button
          variant="primary"
          loading={connecting}
          loadingText="Connecting"
          disabled={usable.length === 0}
          disabledReason="None of the profiles can be used."
          onClick={submit}
          data-testid="connect-submit"
        >
          Connect
        </Button>
      </div>
    </SpaceBetween>
  );
}
