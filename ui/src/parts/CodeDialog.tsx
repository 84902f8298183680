// Asks for the code of a multi-factor device. The code goes from here into the one call that takes
// it, through no cache.
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import type { Problem } from "../platform/contract";
import { asProblem } from "../platform/platform";
import { Dialog } from "./Dialog";
import { ProblemAlert } from "./ProblemAlert";

interface Props {
  /** The device, as AWS names it. */
  serial: string | null;
  /** Hands the code over; what it throws is shown here, and the next code can be entered. */
  enter: (code: string) => Promise<void>;
  onClose: () => void;
}

/** "mfa/jane" of an ARN; anything else as it is. */
export function deviceName(serial: string): string {
  return serial.split(":").pop() || serial;
}

export function CodeDialog({ serial, enter, onClose }: Props) {
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);

  async function submit() {
    if (underWay.current) return;
    const typed = code.replace(/\s/g, "");
    if (!/^\d{6}$/.test(typed)) {
      setWrong("Enter the six digits that your device shows.");
      return;
    }
    underWay.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await enter(typed);
    } catch (thrown) {
      const told = asProblem(thrown);
      setCode("");
      if (told.field === "code") setWrong(told.message);
      else setProblem(told);
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }

  return (
    <Dialog
      title="Enter the code of your MFA device"
      onClose={onClose}
      act={{
        text: "Sign in",
        busy,
        busyText: "Signing in",
        run: () => void submit(),
        testId: "code-submit",
      }}
    >
      <SpaceBetween size="m">
        {problem ? <ProblemAlert problem={problem} /> : null}
        <FormField
          label="Code"
          description={
            serial
              ? `Six digits, from the device ${deviceName(serial)}.`
              : "Six digits, from your authenticator app or device."
          }
          errorText={wrong}
        >
          <Input
            value={code}
            inputMode="numeric"
            autoComplete={false}
            autoFocus
            onChange={({ detail }) => {
              setCode(detail.value);
              setWrong(null);
            }}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter") void submit();
            }}
            data-testid="mfa-code"
          />
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}
