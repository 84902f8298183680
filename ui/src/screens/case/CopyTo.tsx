// Additional contacts who get a copy of the reply. What is typed becomes a token, right or wrong: a wrong one is
// marked and stays until it is removed, so that nothing typed is lost and nothing wrong is sent.
import Icon from "@cloudscape-design/components/icon";
import Input from "@cloudscape-design/components/input";
import { useId, useState } from "react";
import { addressesIn, isAddress, mergeContacts } from "../../draft/addresses";
import { MAX_CONTACTS } from "../../draft/limits";

/** An address that is ended by what follows it. A space alone may also stand within a name before the address. */
const ENDED = /[,;]|@\S*\s/;

export interface CopyToProps {
  addresses: readonly string[];
  /** What the core found wrong with them. */
  problem: string | null;
  onChange: (addresses: string[]) => void;
}

export function CopyTo({ addresses, problem, onChange }: CopyToProps) {
  const [typed, setTyped] = useState("");
  const label = useId();

  const add = (text: string) => {
    setTyped("");
    const all = mergeContacts(addresses, addressesIn(text));
    if (all.length > addresses.length) onChange(all);
  };

  const wrong = addresses.find((address) => !isAddress(address));
  const trouble =
    wrong !== undefined
      ? `“${wrong}” is not an e-mail address. Remove it or write it as name@company.example.`
      : addresses.length > MAX_CONTACTS
        ? `At most ${MAX_CONTACTS} contacts can get a copy. Remove ${addresses.length - MAX_CONTACTS}.`
        : problem;

  return (
    <div className="case-copy">
      <div className="case-copy-line">
        <span id={label} className="case-quiet">
          Copy to
        </span>
        {addresses.map((address) => (
          <span
            key={address}
            className={`case-address ${isAddress(address) ? "" : "case-token-refused"}`}
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
