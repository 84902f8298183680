// The strip at the bottom: how fresh the list is, and which keys work here.
import "./frame.css";
import { printed } from "../keyboard/combination";
import { Keys } from "../parts/marks";
import { useCommand } from "../query/hooks";
import { type KeyBinding, useKeyHints } from "./keys";
import { SyncPart } from "./SyncPart";

/** Neighbours with the same label stand together: J K Move. */
function grouped(hints: readonly KeyBinding[]): { label: string; keys: string[] }[] {
  const groups: { label: string; keys: string[] }[] = [];
  for (const { key, label } of hints) {
    const same = groups.find((group) => group.label === label);
    const tops = printed(key).flat();
    if (same) same.keys.push(...tops.filter((top) => !same.keys.includes(top)));
    else groups.push({ label: label ?? "", keys: tops });
  }
  return groups;
}

export function StatusStrip() {
  const accounts = useCommand("account_list", {});
  const state = useCommand("app_state", {});
  const hints = useKeyHints();
  return (
    <footer className="eco-strip" id="status-strip" data-testid="status-strip">
      <div className="eco-strip-part">
        <SyncPart />
      </div>
      <div className="eco-strip-part eco-strip-keys">
        {accounts.data?.length === 0 && state.data ? `ECO Desk ${state.data.version}` : null}
        {grouped(hints).map(({ label, keys }) => (
          <span key={label} className="eco-strip-key">
            <Keys of={keys} /> {label}
          </span>
        ))}
      </div>
    </footer>
  );
}
