// Company sign-in: the portal's address and Region, the browser, then one of the accounts and roles
// that the user is assigned to.

import Autosuggest from "@cloudscape-design/components/autosuggest";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { Account, FoundPortal, FoundProfile } from "../../platform/contract";
import { REGIONS } from "../../platform/rules";
import { checkName } from "../settings/checks";
import { ChooseRole } from "./ChooseRole";
import { NameField } from "./NameField";
import { usePortalSignIn, WaitingForBrowser } from "./PortalSignIn";
import { portalAddress, regionIn } from "./pasted";

interface Props {
  accounts: readonly Account[];
  profiles: readonly FoundProfile[];
  name: string;
  onName: (name: string) => void;
  onConnected: (account: Account) => void;
}

const OPTIONS = REGIONS.map(({ code, name }) => ({ value: code, label: `${code}, ${name}` }));

/** The portals that are known on this computer: those of accounts, then those in the AWS CLI's configuration. */
function knownPortals(
  accounts: readonly Account[],
  profiles: readonly FoundProfile[],
): FoundPortal[] {
  const known = new Map<string, FoundPortal>();
  for (const { source } of accounts) {
    if (source.kind === "portal") known.set(`${source.region} ${source.startUrl}`, source);
  }
  for (const { portal } of profiles) {
    if (portal) known.set(`${portal.region} ${portal.startUrl}`, portal);
  }
  return [...known.values()];
}

export function PortalForm({ accounts, profiles, name, onName, onConnected }: Props) {
  const portals = knownPortals(accounts, profiles);
  const [typedUrl, setTypedUrl] = useState<string | null>(null);
  const [chosenRegion, setChosenRegion] = useState<string | null>(null);
  const [wrong, setWrong] = useState<Partial<Record<"startUrl" | "region" | "name", string>>>({});
  const { state, begin, cancel } = usePortalSignIn();

  // The only one there is needs no choice.
  const startUrl = typedUrl ?? (portals.length === 1 ? portals[0]?.startUrl : undefined) ?? "";
  const address = portalAddress(startUrl);
  // A known Region is that of its own address alone.
  const knownRegion = portals.find((portal) => portal.startUrl === address)?.region ?? null;
  const region = chosenRegion ?? regionIn(startUrl) ?? knownRegion;
  const problem = state.stage === "idle" ? state.problem : null;
  const errorOf = (field: "startUrl" | "region") =>
    wrong[field] ?? (problem?.field === field ? problem.message : null);

  if (state.stage === "done") {
    return (
      <ChooseRole
        signedIn={state.signedIn}
        taken={accounts.map((account) => account.name)}
        name={name}
        onName={onName}
        onConnected={onConnected}
        onBack={cancel}
      />
    );
  }

  const wrongName = () =>
    name.trim() === ""
      ? null
      : checkName(
          name,
          accounts.map((account) => account.name),
        );
  const submit = () => {
    const badName = wrongName();
    const found = {
      ...(/^https:\/\/\S+\.\S+/.test(address)
        ? {}
        : {
            startUrl:
              "Enter the address of your AWS access portal, such as https://company.awsapps.com/start.",
          }),
      ...(region === null ? { region: "Choose the Region of the portal." } : {}),
      ...(badName === null ? {} : { name: badName }),
    };
    setWrong(found);
    if (Object.keys(found).length > 0 || region === null) return;
    setTypedUrl(address);
    begin(address, region, "browser");
  };
  const busy = state.stage !== "idle";

  return (
    <SpaceBetween size="l">
      <div className="eco-connect-portal">
        <FormField
          label="Portal address"
          description="Also called AWS access portal or start URL."
          errorText={errorOf("startUrl")}
          stretch
        >
          <Autosuggest
            value={startUrl}
            placeholder="https://company.awsapps.com/start"
            options={portals.map((portal) => ({
              value: portal.startUrl,
              description: portal.region,
            }))}
            enteredTextLabel={(typed) => `Use ${portalAddress(typed)}`}
            filteringType={portals.length > 1 ? "auto" : "none"}
            expandToViewport
            disableBrowserAutocorrect
            readOnly={busy}
            onChange={({ detail }) => {
              setTypedUrl(detail.value);
              setWrong({ ...wrong, startUrl: undefined });
            }}
            onBlur={() => {
              if (typedUrl !== null) setTypedUrl(address);
            }}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter") submit();
            }}
            data-testid="portal-url"
          />
        </FormField>
        <FormField
          label="Region of the portal"
          description="Whoever gave you the address knows it."
          errorText={errorOf("region")}
          stretch
        >
          <Select
            expandToViewport
            options={OPTIONS}
            placeholder="Choose a Region"
            filteringType="auto"
            selectedOption={OPTIONS.find(({ value }) => value === region) ?? null}
            disabled={busy}
            onChange={({ detail }) => {
              setChosenRegion(detail.selectedOption.value ?? null);
              setWrong({ ...wrong, region: undefined });
            }}
            data-testid="portal-region"
          />
        </FormField>
        <NameField
          value={name}
          error={wrong.name ?? null}
          onChange={(typed) => {
            onName(typed);
            setWrong({ ...wrong, name: undefined });
          }}
          onEnter={submit}
        />
      </div>
      {problem && problem.field !== "startUrl" && problem.field !== "region" ? (
        <ProblemAlert
          problem={problem}
          kept="Nothing was connected; what you entered is still here."
          onRetry={submit}
          testId="connect-problem"
        />
      ) : null}
      {state.stage === "waiting" ? (
        <WaitingForBrowser
          begun={state.begun}
          onCancel={cancel}
          onUseCode={() => region && begin(address, region, "code")}
        />
      ) : null}
      <div className="eco-connect-actions">
        <Button
          variant="primary"
          loading={busy}
          loadingText="Waiting for sign-in"
          onClick={submit}
          data-testid="portal-submit"
        >
          {busy ? "Waiting for sign-in" : "Sign in with your browser"}
        </Button>
      </div>
    </SpaceBetween>
  );
}
