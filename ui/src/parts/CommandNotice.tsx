// A command that a profile has run, to be looked at before it runs.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";

export function CommandNotice({ command }: { command: string }) {
  return (
    <Alert type="info" header="This profile gets its credentials from a program">
      Connecting runs this command on your computer, now and whenever credentials are needed. Where
      you do not know it, ask whoever set up the profile.
      <CommandText command={command} />
    </Alert>
  );
}

/** The command as it is written, with every space of it. */
export function CommandText({ command }: { command: string }) {
  return (
    <Box margin={{ top: "xs" }}>
      <pre className="eco-command" data-testid="command">
        {command}
      </pre>
    </Box>
  );
}
