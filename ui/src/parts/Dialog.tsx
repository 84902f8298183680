// The one dialog: a title, what is asked, and the foot with the way out at the left of what it does.
import "./parts.css";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import type { IconProps } from "@cloudscape-design/components/icon";
import Modal from "@cloudscape-design/components/modal";
import { type ReactNode, useRef, useState } from "react";
import { OWN_LAYER, ScopeContext, useDialogScope, useLayer } from "../keyboard/layers";
import { asProblem } from "../platform/platform";
import { joined, Said, type Words } from "./Said";

/** What a dialog does. */
export interface Act {
  text: string;
  run: () => void;
  /** Said in place of `text` while it is under way. */
  busyText?: string;
  busy?: boolean;
  /** Not offered as the thing to do. */
  quiet?: boolean;
  icon?: IconProps.Name;
  testId?: string;
}

interface DialogProps {
  title: Words;
  /** Leaves it without doing anything. */
  onClose: () => void;
  /** What leaving is called. */
  close?: string;
  closeTestId?: string;
  /** Whether it cannot be left just now. */
  held?: boolean;
  /** Null: it only shows something. */
  act?: Act | null;
  /** Stands in the foot before the buttons. */
  aside?: ReactNode;
  size?: "medium" | "large";
  testId?: string;
  children: ReactNode;
}

export function Dialog({
  title,
  onClose,
  close = "Cancel",
  closeTestId,
  held = false,
  act = null,
  aside,
  size = "medium",
  testId,
  children,
}: DialogProps) {
  const leave = () => {
    if (!held) onClose();
  };
  // While it is open, the keys of what lies below rest.
  const scope = useDialogScope();
  useLayer(true, "dialog", leave);
  return (
    <Modal
      visible
      size={size}
      header={<Said>{title}</Said>}
      closeAriaLabel="Close"
      onDismiss={leave}
      {...{ [OWN_LAYER]: "" }}
      {...(testId === undefined ? {} : { "data-testid": testId })}
      footer={
        <div className="eco-dialog-foot">
          {aside}
          <Button
            variant={act === null ? "normal" : "link"}
            disabled={held}
            onClick={leave}
            {...(closeTestId === undefined ? {} : { "data-testid": closeTestId })}
          >
            {close}
          </Button>
          {act === null ? null : (
            <Button
              variant={act.quiet ? "normal" : "primary"}
              loading={act.busy ?? false}
              {...(act.busyText === undefined ? {} : { loadingText: act.busyText })}
              {...(act.icon === undefined ? {} : { iconName: act.icon, iconAlign: "right" })}
              onClick={act.run}
              {...(act.testId === undefined ? {} : { "data-testid": act.testId })}
            >
              {act.text}
            </Button>
          )}
        </div>
      }
    >
      <ScopeContext.Provider value={scope}>{children}</ScopeContext.Provider>
    </Modal>
  );
}

interface ConfirmProps extends Pick<Act, "text" | "busyText" | "testId"> {
  title: Words;
  /** What keeping everything as it is is called. */
  keep: string;
  /** Says that it was not done, where it was not. */
  failed: string;
  /** Does it; what it throws is shown, and it can be tried again. */
  run: () => Promise<unknown>;
  onClose: () => void;
  children: Words;
}

/** Asks once before something goes for good. */
export function Confirm({ title, keep, failed, run, onClose, children, ...act }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Words | null>(null);
  const underWay = useRef(false);

  async function confirm() {
    // State alone would let a second click through before the next drawing.
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await run();
      onClose();
    } catch (thrown) {
      setProblem(joined(failed, asProblem(thrown).message));
      setBusy(false);
    } finally {
      underWay.current = false;
    }
  }

  return (
    <Dialog
      title={title}
      onClose={onClose}
      close={keep}
      act={{ ...act, busy, run: () => void confirm() }}
    >
      <Said>{children}</Said>
      {problem !== null && (
        <Box color="text-status-error" margin={{ top: "s" }}>
          <span role="alert">
            <Said>{problem}</Said>
          </span>
        </Box>
      )}
    </Dialog>
  );
}
