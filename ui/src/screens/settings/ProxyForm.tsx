// Which proxy is used, and the test of what is entered, saved or not.
//
// The rule it keeps: the password lives in this form and in the calls that hand it over. It goes
// through no cache, is dropped once it is saved, and never comes back from the core.
import Button from "@cloudscape-design/components/button";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { ProblemAlert } from "../../parts/ProblemAlert";
import type { NetworkSettings, Problem, ProxyMode, ProxySettings } from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";
import { NotAdded, useAddCertificate } from "./add-certificate";
import { checkProxy, type ProxyEntry, type ProxyField } from "./checks";
import { NetworkTestResult } from "./NetworkTestResult";
import { ProxyFields } from "./ProxyFields";
import { useNetworkTest } from "./useNetworkTest";

const MODES: { value: ProxyMode; label: string; description: string }[] = [
  {
    value: "system",
    label: "As this computer is set up",
    description: "The proxy of the system's settings or the environment, if there is one.",
  },
  {
    value: "manual",
    label: "Enter a proxy",
    description: "Everything goes through it, but for the exceptions.",
  },
  { value: "none", label: "No proxy", description: "AWS is reached directly." },
];

interface Props {
  settings: NetworkSettings;
  /** The settings are these now. */
  onChanged: (settings: NetworkSettings) => void;
}

function entered({ proxy }: NetworkSettings): ProxyEntry {
  return { ...proxy, port: proxy.port === 0 ? "" : String(proxy.port) };
}

function asSettings(entry: ProxyEntry): ProxySettings {
  return { ...entry, port: Number(entry.port.trim() || 0) };
}

export function ProxyForm({ settings, onChanged }: Props) {
  const [entry, setEntry] = useState(() => entered(settings));
  /** null: the kept one stays. */
  const [password, setPassword] = useState<string | null>(null);
  const [wrong, setWrong] = useState<Partial<Record<ProxyField, string>>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const test = useNetworkTest(settings);
  const certificate = useAddCertificate(settings, onChanged);
  const underWay = useRef(false);
  // As they stand when a dialog closes that was opened long before.
  const current = useRef({ entry, password });
  current.current = { entry, password };

  const saved = entered(settings);
  const isChanged = JSON.stringify(entry) !== JSON.stringify(saved) || password !== null;
  const isManual = entry.mode === "manual";

  const change = (changed: Partial<ProxyEntry>) => {
    setEntry({ ...entry, ...changed });
    setWrong({});
    setProblem(null);
    test.drop();
  };

  /** Whether it can be handed over; what is wrong with a field is shown there. */
  function isComplete(asked: ProxyEntry): boolean {
    const found = checkProxy(asked);
    setWrong(found);
    setProblem(null);
    return Object.keys(found).length === 0;
  }

  async function save() {
    // State alone would let a second key press through before the next drawing.
    if (underWay.current || !isComplete(entry)) return;
    underWay.current = true;
    setSaving(true);
    if (test.isUnderWay) test.drop();
    try {
      const now = await call("network_save", { proxy: asSettings(entry), password });
      // What was typed meanwhile stays, and is not saved yet.
      setEntry((typed) => (typed === entry ? entered(now) : typed));
      setPassword((typed) => (typed === password ? null : typed));
      onChanged(now);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      underWay.current = false;
      setSaving(false);
    }
  }

  async function runTest(now: NetworkSettings) {
    const asked = current.current;
    if (!isComplete(asked.entry)) return;
    try {
      await test.run(asSettings(asked.entry), asked.password, now);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  }

  const fields: readonly (string | undefined)[] = ["host", "port", "userName", "exceptions"];
  const atField = problem !== null && fields.includes(problem.field);

  return (
    <SpaceBetween size="m">
      <div>
        <h3 className="eco-sub eco-sub-text" id="network-proxy">
          Proxy
        </h3>
        <RadioGroup
          items={MODES}
          value={entry.mode}
          onChange={({ detail }) => change({ mode: detail.value as ProxyMode })}
          ariaLabelledby="network-proxy"
          data-testid="proxy-mode"
        />
      </div>
      {isManual ? (
        <ProxyFields
          entry={entry}
          onChange={change}
          password={password}
          onPassword={(text) => {
            setPassword(text);
            test.drop();
          }}
          kept={settings.password}
          isSameSignIn={
            entry.host === saved.host &&
            entry.port === saved.port &&
            entry.userName === saved.userName
          }
          errorOf={(field) =>
            wrong[field] ?? (problem?.field === field ? problem.message : undefined)
          }
          onEnter={() => void save()}
        />
      ) : null}
      {problem && !atField ? (
        <ProblemAlert problem={problem} kept="What you entered is kept here." />
      ) : null}
      <div className="eco-row">
        <Button
          variant={isChanged ? "primary" : "normal"}
          disabled={!isChanged && !saving}
          loading={saving}
          loadingText="Saving"
          onClick={() => void save()}
          data-testid="network-save"
        >
          Save proxy
        </Button>
        {isChanged ? (
          <Button
            onClick={() => {
              setEntry(saved);
              setPassword(null);
              setWrong({});
              setProblem(null);
              test.drop();
            }}
            data-testid="network-revert"
          >
            Discard changes
          </Button>
        ) : null}
        <Button
          disabled={!settings.inUse || saving}
          loading={test.isUnderWay}
          loadingText="Testing"
          onClick={() => void runTest(settings)}
          data-testid="network-test"
        >
          Test the connection
        </Button>
        <span className="eco-small eco-muted" role="status">
          {isChanged ? "Not saved yet. A test tries what is entered here." : ""}
        </span>
      </div>
      <div aria-live="polite">
        {test.isUnderWay ? (
          <span className="eco-small eco-muted">Going the way to AWS step by step…</span>
        ) : null}
        {test.found ? (
          <NetworkTestResult
            test={test.found}
            certificate={certificate}
            isUnsaved={isChanged}
            onAdded={(now) => void runTest(now)}
          />
        ) : null}
        {certificate.problem ? (
          <NotAdded problem={certificate.problem} onDismiss={certificate.dismiss} />
        ) : null}
      </div>
    </SpaceBetween>
  );
}
