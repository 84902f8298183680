// The sheet of all keys: those that work on the screen below, under the headings that they were registered with.
import { type Action, registeredActions } from "../frame/keys";
import { Keys } from "../parts/marks";
import { KeyTops } from "./KeyTops";
import { SCREEN } from "./layers";
import { Overlay } from "./Overlay";

/** The first and the last heading; the screen's own stand between them. */
const FIRST = "Anywhere";
const LAST = "Views";

function groups(actions: readonly Action[]): [string, Action[]][] {
  const all = new Map<string, Action[]>();
  for (const action of actions) {
    const group = action.group ?? FIRST;
    all.set(group, [...(all.get(group) ?? []), action]);
  }
  const rank = (name: string) => (name === FIRST ? 0 : name === LAST ? 2 : 1);
  return [...all].sort(([a], [b]) => rank(a) - rank(b));
}

export function Sheet({ onClose }: { onClose: () => void }) {
  return (
    <Overlay label="All keys" onClose={onClose} className="eco-sheet" testId="key-sheet">
      <div className="eco-sheet-head">
        <h2>All keys</h2>
        <span>that work here; letters do nothing while one types</span>
        <Keys of={["Esc"]} />
      </div>
      <div className="eco-sheet-groups">
        {groups(registeredActions(SCREEN)).map(([name, actions]) => (
          <section key={name} aria-label={name}>
            <h3>{name}</h3>
            <dl>
              {actions.map(({ key, title }) => (
                <div key={`${key} ${title}`} className="eco-sheet-row">
                  <dt>{title}</dt>
                  <dd>
                    <KeyTops of={key} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Overlay>
  );
}
