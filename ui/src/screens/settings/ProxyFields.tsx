// The fields of a proxy that is entered by hand.
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Grid from "@cloudscape-design/components/grid";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import type { PasswordKept } from "../../platform/contract";
import type { ProxyEntry, ProxyField } from "./checks";

interface Props {
  entry: ProxyEntry;
  onChange: (changed: Partial<ProxyEntry>) => void;
  password: string | null;
  onPassword: (text: string | null) => void;
  kept: PasswordKept;
  /** Whether the kept password is still that of what is entered. */
  isSameSignIn: boolean;
  errorOf: (field: ProxyField) => string | undefined;
  onEnter: () => void;
}

function whereKept(kept: PasswordKept, isSameSignIn: boolean): string {
  if (kept === "none") return "Kept in this system's keychain, and sent to this proxy only.";
  if (!isSameSignIn) {
    return "For another proxy or user name the password has to be entered again.";
  }
  switch (kept) {
    case "keyring":
      return "A password is kept in this system's keychain.";
    case "session":
      return "A password is held until ECO Desk ends: this system has no keychain that takes it.";
  }
}

export function ProxyFields(props: Props) {
  const { entry, onChange, password, onPassword, kept, isSameSignIn, errorOf, onEnter } = props;
  const isKept = kept !== "none" && isSameSignIn;
  const onKeyDown = ({ detail }: { detail: { key: string } }) => {
    if (detail.key === "Enter") onEnter();
  };
  return (
    <SpaceBetween size="m">
      <Grid gridDefinition={[{ colspan: { default: 8 } }, { colspan: { default: 4 } }]}>
        <FormField label="Name or address" errorText={errorOf("host")}>
          <Input
            value={entry.host}
            placeholder="proxy.example.com"
            spellcheck={false}
            autoComplete={false}
            disableBrowserAutocorrect
            onChange={({ detail }) => onChange({ host: detail.value })}
            onKeyDown={onKeyDown}
            data-testid="proxy-host"
          />
        </FormField>
        <FormField label="Port" errorText={errorOf("port")}>
          <Input
            value={entry.port}
            placeholder="8080"
            inputMode="numeric"
            autoComplete={false}
            onChange={({ detail }) => onChange({ port: detail.value })}
            onKeyDown={onKeyDown}
            data-testid="proxy-port"
          />
        </FormField>
      </Grid>
      <Grid
        gridDefinition={[{ colspan: { default: 12, xs: 6 } }, { colspan: { default: 12, xs: 6 } }]}
      >
        <FormField
          label={
            <>
              User name <i>- only if the proxy asks for one</i>
            </>
          }
          errorText={errorOf("userName")}
        >
          <Input
            value={entry.userName}
            spellcheck={false}
            autoComplete={false}
            disableBrowserAutocorrect
            onChange={({ detail }) => onChange({ userName: detail.value })}
            onKeyDown={onKeyDown}
            data-testid="proxy-user"
          />
        </FormField>
        <FormField
          label="Password"
          constraintText={whereKept(kept, isSameSignIn)}
          secondaryControl={
            isKept && password === null ? (
              <Button onClick={() => onPassword("")} data-testid="proxy-forget">
                Forget it
              </Button>
            ) : null
          }
        >
          <Input
            type="password"
            value={password ?? ""}
            placeholder={isKept && password === null ? "••••••••" : ""}
            disabled={entry.userName.trim() === ""}
            autoComplete={false}
            onChange={({ detail }) => onPassword(detail.value)}
            onKeyDown={onKeyDown}
            data-testid="proxy-password"
          />
        </FormField>
      </Grid>
      <FormField
        label={
          <>
            Exceptions <i>- optional</i>
          </>
        }
        description="Hosts that are reached without the proxy, separated by commas."
        constraintText="Names (with all below them), addresses, or networks such as 10.0.0.0/8."
        errorText={errorOf("exceptions")}
      >
        <Textarea
          value={entry.exceptions}
          rows={2}
          placeholder="intranet.example.com, 10.0.0.0/8"
          spellcheck={false}
          onChange={({ detail }) => onChange({ exceptions: detail.value })}
          data-testid="proxy-exceptions"
        />
      </FormField>
    </SpaceBetween>
  );
}
