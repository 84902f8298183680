// The file in which AWS's console hands out an access key, dropped onto the window or chosen. The
// shell reads it: the window learns the key's id and the file's name, never the secret.
import { useCallback, useEffect, useRef, useState } from "react";
import type { HeldKey, Problem } from "../../platform/contract";
import { mountDropTarget } from "../../platform/drop-target";
import { asProblem, call, onShell } from "../../platform/platform";

export interface KeyFile {
  /** The key that was read, until it is connected or forgotten. */
  held: HeldKey | null;
  /** Why the last file gave none. */
  problem: Problem | null;
  /** A file is held over the window now. */
  over: boolean;
  choosing: boolean;
  choose: () => void;
  forget: () => void;
  /** The account is connected: the shell holds the key no longer. */
  spent: () => void;
}

/** Takes what is dropped onto the window as such a file while the screen is shown. */
export function useKeyFile(onFile: () => void): KeyFile {
  const [held, setHeld] = useState<HeldKey | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [over, setOver] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const heldNow = useRef<HeldKey | null>(null);
  heldNow.current = held;
  const told = useRef(onFile);
  told.current = onFile;

  const take = useCallback((key: HeldKey | null, refused: Problem | null) => {
    // The shell holds one key only: the next takes the place of the last.
    if (key) setHeld(key);
    setProblem(refused);
    told.current();
  }, []);

  const drop = useCallback(() => {
    const key = heldNow.current?.id;
    setHeld(null);
    // What is not forgotten now is forgotten when the program ends.
    if (key !== undefined) call("account_key_forget", { key }).catch(() => undefined);
  }, []);

  useEffect(() => {
    const unmount = mountDropTarget({ to: "access-key" });
    const stop = onShell((event) => {
      if (event.event === "drag-over") setOver(event.over);
      if (event.event === "key-held") take(event.key, null);
      if (event.event === "key-refused") take(null, event.problem);
    });
    return () => {
      stop();
      drop();
      unmount();
    };
  }, [take, drop]);

  return {
    held,
    problem,
    over,
    choosing,
    choose: () => {
      setChoosing(true);
      call("account_key_choose")
        .then(
          (key) => {
            if (key) take(key, null);
          },
          (thrown: unknown) => take(null, asProblem(thrown)),
        )
        .finally(() => setChoosing(false));
    },
    forget: () => {
      drop();
      setProblem(null);
    },
    spent: () => {
      setHeld(null);
      setProblem(null);
    },
  };
}
