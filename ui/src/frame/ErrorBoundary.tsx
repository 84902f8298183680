// A screen that breaks does not take the window with it, and says what is safe.
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { Component, type ReactNode } from "react";

interface Props {
  children: ReactNode;
  /** A new value clears the error: the address. */
  resetKey: string;
}

interface State {
  error: Error | null;
  resetKey: string;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Box padding={{ vertical: "l" }}>
        <div role="alert">
          <Alert
            type="error"
            header="This screen has stopped"
            action={<Button onClick={() => this.setState({ error: null })}>Show it again</Button>}
          >
            Drafts and everything in the outbox are safe on this computer. Details: {error.message}
          </Alert>
        </div>
      </Box>
    );
  }
}
