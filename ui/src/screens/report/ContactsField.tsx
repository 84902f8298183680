// Additional contacts as tokens. What is typed is taken with Enter, a comma, or when the field is left; what
// cannot be taken stays in the field and says why.
import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useCallback, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { addContacts, isAmong, mergeContacts } from "../../draft/addresses";
import { LIMITS } from "../../platform/rules";
import { useCommand } from "../../query/hooks";
import { Field } from "./Field";
import { type Report, useReport } from "./useReport";

export interface TypedContacts {
  typed: string;
  trouble: string | null;
  type(text: string): void;
  /** Takes what is typed; resolves to false where something of it cannot be taken. */
  take(): Promise<boolean>;
}

export function useTypedContacts({ content, update }: Report): TypedContacts {
  const [typed, setTyped] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  // What stands in the field and in the report now, also before the next drawing.
  const text = useRef("");
  const cc = useRef(content.cc);
  cc.current = content.cc;
  const line = useRef<Promise<boolean>>(Promise.resolve(true));

  const takeNow = useCallback(async () => {
    const taken = text.current;
    if (taken.trim() === "") return true;
    const added = await addContacts(cc.current, taken);
    if (added.addresses.length > 0) {
      cc.current = mergeContacts(cc.current, added.addresses);
      update({ cc: cc.current });
    }
    // What was typed meanwhile stays behind it.
    const since = text.current.startsWith(taken) ? text.current.slice(taken.length) : text.current;
    text.current = added.rest + since;
    // Drawn before the next key: one that came between would bring back what was taken, or lose what was not.
    flushSync(() => {
      setTyped(text.current);
      setTrouble(added.trouble);
    });
    return added.rest === "";
  }, [update]);
  const take = useCallback(() => {
    line.current = line.current.then(takeNow);
    return line.current;
  }, [takeNow]);
  const type = useCallback(
    (entered: string) => {
      text.current = entered;
      setTyped(entered);
      setTrouble(null);
      if (/[,;]\s*$/.test(entered)) void take();
    },
    [take],
  );
  return { typed, trouble, type, take };
}

export function ContactsField({ contacts }: { contacts: TypedContacts }) {
  const { content, update } = useReport();
  const settings = useCommand("settings_get", {});
  const own = settings.data?.ownEmail ?? "";
  const offerOwn = own !== "" && !isAmong(content.cc, own) && content.cc.length < LIMITS.contacts;
  return (
    <Field
      name="cc"
      label={
        <>
          Additional contacts <i>– optional</i>
        </>
      }
      description="They get a copy of all correspondence by e-mail. Answers by e-mail do not reach the case."
      constraintText={`${content.cc.length} of ${LIMITS.contacts}`}
      trouble={contacts.trouble}
      stretch
    >
      <SpaceBetween size="xs">
        <div className="eco-report-contact-entry">
          <div className="eco-report-contact-input">
            {" "}
            <Input
              type="text"
              inputMode="email"
              placeholder="Add an e-mail address, then press Enter"
              value={contacts.typed}
              onChange={({ detail }) => contacts.type(detail.value)}
              onBlur={() => void contacts.take()}
              onKeyDown={(event) => {
                if (
                  event.detail.key === "Enter" &&
                  !event.detail.ctrlKey &&
                  !event.detail.metaKey
                ) {
                  event.preventDefault();
                  void contacts.take();
                }
              }}
            />
          </div>
          {offerOwn && (
            <Button
              variant="inline-link"
              iconName="add-plus"
              onClick={() => update({ cc: mergeContacts(content.cc, [own]) })}
              data-testid="report-add-own"
            >
              Add me: {own}
            </Button>
          )}
        </div>
        {content.cc.length > 0 && (
          <TokenGroup
            items={content.cc.map((address) => ({
              label: address,
              dismissLabel: `Remove ${address}`,
            }))}
            onDismiss={({ detail }) =>
              update({ cc: content.cc.filter((_, index) => index !== detail.itemIndex) })
            }
          />
        )}
      </SpaceBetween>
    </Field>
  );
}
