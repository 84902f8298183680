// Additional contacts who get a copy of the reply. What is typed becomes a token, right or wrong: a wrong one is
// marked and stays until it is removed, so that nothing typed is lost and nothing wrong is sent.
import Icon from "@cloudscape-design/components/icon";
import Input from "@cloudscape-design/components/input";
import { useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { mergeContacts } from "../../draft/addresses";
import { asProblem, call } from "../../platform/platform";
import { LIMITS } from "../../platform/rules";
import { useCommand } from "../../query/hooks";

/** An address that is ended by what follows it. A space alone may also stand within a name before the address. */
const ENDED = /[,;]|@\S*\s/;

export interface CopyToProps {
  addresses: readonly string[];
  /** What the core found wrong with them. */
  problem: string | null;
  onChange: (addresses: string[]) => void;
  /** Told of the reading of what was typed, which a reply that is sent now has to wait for. */
  onReading: (reading: Promise<void>) => void;
}

export function CopyTo({ addresses, problem, onChange, onReading }: CopyToProps) {
  const [typed, setTyped] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const label = useId();
  const newest = useRef(addresses);
  newest.current = addresses;
  // Which of them are no addresses, the core says, as it does when the reply is sent.
  const judged = useCommand(
    "contacts_read",
    { text: addresses.join("\n") },
    { enabled: addresses.length > 0, keepPrevious: true },
  );
  const isWrong = (address: string) => judged.data?.rest.includes(address) ?? false;

  async function read(text: string) {
    try {
      const { addresses: found, rest } = await call("contacts_read", { text });
      const all = mergeContacts(newest.current, [...found, ...rest]);
      if (all.length > newest.current.length) {
        newest.current = all;
        onChange(all);
      }
    } catch (thrown) {
      // Drawn before the next key, which would lose it.
      flushSync(() => {
        setFailure(asProblem(thrown).message);
        setTyped((since) => text + since);
      });
    }
  }
  const add = (text: string) => {
    setTyped("");
    setFailure(null);
    if (text.trim() !== "") onReading(read(text));
  };

  const wrong = addresses.find(isWrong);
  const trouble =
    failure ??
    (wrong !== undefined
      ? `“${wrong}” is not an e-mail address. Remove it or write it as name@company.example.`
      : addresses.length > LIMITS.contacts
        ? `At most ${LIMITS.contacts} contacts can get a copy. Remove ${addresses.length - LIMITS.contacts}.`
        : problem);

  return (
    <div className="case-copy">
      <div className="case-copy-line">
        <span id={label} className="case-quiet">
          Copy to
        </span>
        {addresses.map((address) => (
          <span
            key={address}
            className={`case-address ${isWrong(address) ? "case-token-refused" : ""}`}
            data-testid="composer-address"
          >
            {address}
            <button
              type="button"
              className="case-icon-button"
              aria-label={`Remove ${address}`}
              onClick={() => onChange(addresses.filter((each) => each !== address))}
            >
              <Icon name="close" size="small" />
            </button>
          </span>
        ))}
        <div className="case-copy-field">
          <Input
            value={typed}
            type="text"
            inputMode="email"
            placeholder="name@company.example"
            ariaLabelledby={label}
            invalid={trouble !== null}
            onChange={({ detail }) =>
              ENDED.test(detail.value) ? add(detail.value) : setTyped(detail.value)
            }
            onBlur={() => add(typed)}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter") add(typed);
              if (detail.key === "Backspace" && typed === "" && addresses.length > 0) {
                onChange(addresses.slice(0, -1));
              }
            }}
          />
        </div>
      </div>
      {trouble === null ? null : (
        <div className="case-problem" role="alert">
          {trouble}
        </div>
      )}
    </div>
  );
}
