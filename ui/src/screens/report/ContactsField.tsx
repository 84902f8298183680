// Additional contacts as tokens. What is typed is taken with Enter, a comma, or when the field is left; what
// cannot be taken stays in the field and says why.
import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useCallback, useState } from "react";
import { addContacts, isAddress } from "../../draft/addresses";
import { MAX_CONTACTS } from "../../draft/limits";
import { useCommand } from "../../query/hooks";
import { Field } from "./Field";
import { type Report, useReport } from "./useReport";

export interface TypedContacts {
  typed: string;
  trouble: string | null;
  type(text: string): void;
  /** Takes what is typed; false where something of it cannot be taken. */
  take(): boolean;
}

export function useTypedContacts({ content, update }: Report): TypedContacts {
  const [typed, setTyped] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const { cc } = content;

  const takeText = useCallback(
    (text: string) => {
      const added = addContacts(cc, text);
      if (added.contacts.length !== cc.length) update({ cc: added.contacts });
      setTyped(added.rest);
      setTrouble(added.trouble);
      return added.rest === "";
    },
    [cc, update],
  );
  const type = useCallback(
    (text: string) => {
      if (/[,;]\s*$/.test(text)) {
        takeText(text);
      } else {
        setTyped(text);
        setTrouble(null);
      }
    },
    [takeText],
  );
  const take = useCallback(() => typed.trim() === "" || takeText(typed), [typed, takeText]);
  return { typed, trouble, type, take };
}

export function ContactsField({ contacts }: { contacts: TypedContacts }) {
  const { content, update } = useReport();
  const settings = useCommand("settings_get", {});
  const own = settings.data?.ownEmail ?? "";
  const offerOwn = isAddress(own) && addContacts(content.cc, own).trouble === null;
  return (
    <Field
      name="cc"
      label={
        <>
          Additional contacts <i>– optional</i>
        </>
      }
      description="They get a copy of all correspondence by e-mail. Answers by e-mail do not reach the case."
      constraintText={`${content.cc.length} of ${MAX_CONTACTS}`}
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
              onBlur={() => contacts.take()}
              onKeyDown={(event) => {
                if (
                  event.detail.key === "Enter" &&
                  !event.detail.ctrlKey &&
                  !event.detail.metaKey
                ) {
                  event.preventDefault();
                  contacts.take();
                }
              }}
            />
          </div>
          {offerOwn && (
            <Button
              variant="inline-link"
              iconName="add-plus"
              onClick={() => update({ cc: addContacts(content.cc, own).contacts })}
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
