// Signing in at a portal of IAM Identity Center: the browser opens, and this waits for it.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Spinner from "@cloudscape-design/components/spinner";
import { useCallback, useEffect, useRef, useState } from "react";
import { useNow } from "../../format/useNow";
import { flash } from "../../frame/flash";
import { openLink } from "../../frame/links";
import type {
  PortalAccount,
  Problem,
  SignInBegun,
  SignInId,
  SignInWay,
} from "../../platform/contract";
import { asProblem, call } from "../../platform/platform";

/** What a sign-in came to. */
export interface SignedIn {
  id: SignInId;
  accounts: readonly PortalAccount[];
}

export type SignInStage =
  | { stage: "idle"; problem: Problem | null }
  | { stage: "starting" }
  | { stage: "waiting"; begun: SignInBegun }
  | { stage: "done"; signedIn: SignedIn };

export interface PortalSignInState {
  state: SignInStage;
  begin: (startUrl: string, region: string, way: SignInWay) => void;
  cancel: () => void;
}

/** One sign-in at a time; the one under way is given up with the screen. */
export function usePortalSignIn(onSignedIn?: (signedIn: SignedIn) => void): PortalSignInState {
  const [state, setState] = useState<SignInStage>({ stage: "idle", problem: null });
  const current = useRef<{ turn: number; id: SignInId | null }>({ turn: 0, id: null });
  const told = useRef(onSignedIn);
  told.current = onSignedIn;

  const giveUp = useCallback(() => {
    const { id } = current.current;
    current.current = { turn: current.current.turn + 1, id: null };
    if (id !== null) call("sign_in_cancel", { signIn: id }).catch(() => undefined);
  }, []);
  useEffect(() => giveUp, [giveUp]);

  const begin = useCallback(
    (startUrl: string, region: string, way: SignInWay) => {
      giveUp();
      const { turn } = current.current;
      const mine = () => current.current.turn === turn;
      setState({ stage: "starting" });
      const run = async () => {
        const begun = await call("sign_in_begin", { startUrl, region, way });
        if (!mine()) {
          await call("sign_in_cancel", { signIn: begun.id });
          return;
        }
        current.current.id = begun.id;
        setState({ stage: "waiting", begun });
        const accounts = await call("sign_in_wait", { signIn: begun.id });
        if (!mine()) return;
        const signedIn = { id: begun.id, accounts };
        setState({ stage: "done", signedIn });
        told.current?.(signedIn);
      };
      run().catch((thrown: unknown) => {
        if (mine()) setState({ stage: "idle", problem: asProblem(thrown) });
      });
    },
    [giveUp],
  );

  const cancel = useCallback(() => {
    giveUp();
    setState({ stage: "idle", problem: null });
  }, [giveUp]);

  return { state, begin, cancel };
}

function left(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

interface WaitingProps {
  begun: SignInBegun;
  onCancel: () => void;
  /** Signs in by a code that is compared; not offered where that is under way. */
  onUseCode: () => void;
}

export function WaitingForBrowser({ begun, onCancel, onUseCode }: WaitingProps) {
  const now = useNow("seconds");
  const failed = (thrown: unknown) => flash.problem(thrown);
  return (
    <div role="status" data-testid="sign-in-waiting">
      <Alert
        type="info"
        header={
          <span className="eco-row">
            <Spinner /> Waiting for your browser
          </span>
        }
        action={
          <div className="eco-connect-waiting-actions">
            <Button iconName="external" iconAlign="right" onClick={() => void openLink(begun.page)}>
              Open again
            </Button>
            <Button
              iconName="copy"
              onClick={() =>
                call("clipboard_copy", { text: begun.page }).then(
                  () => flash.success("The address of the sign-in page is on the clipboard."),
                  failed,
                )
              }
            >
              Copy link
            </Button>
          </div>
        }
      >
        {begun.userCode === null ? (
          <>
            Sign in there, then choose <strong>Allow access</strong>.{" "}
          </>
        ) : (
          <>
            Check that the page shows{" "}
            <strong className="eco-mono eco-connect-code" data-testid="user-code">
              {begun.userCode}
            </strong>
            , then choose <strong>Allow access</strong>.{" "}
          </>
        )}
        <span className="eco-muted">Valid for {left(begun.expiresAt - now)}.</span>
        <div className="eco-row">
          <Button variant="inline-link" onClick={onCancel} data-testid="sign-in-cancel">
            Cancel
          </Button>
          {begun.userCode === null ? (
            <Button variant="inline-link" onClick={onUseCode} data-testid="use-code">
              The browser does not come back? Use a code
            </Button>
          ) : null}
        </div>
      </Alert>
    </div>
  );
}
