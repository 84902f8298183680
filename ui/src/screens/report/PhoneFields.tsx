// What is asked for a call, and what the user has to know before a call or a chat: the Support API can start
// neither, so ECO does nothing of the kind until the user confirms in Support Center.
import Icon from "@cloudscape-design/components/icon";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import type { PhoneContact } from "../../platform/contract";
import { REGIONS } from "../../platform/rules";
import { Field } from "./Field";
import { useReport } from "./useReport";

export function PhoneFields() {
  const { content, update } = useReport();
  const { phone } = content;
  const set = (patch: Partial<PhoneContact>) => update({ phone: { ...phone, ...patch } });
  const regions = REGIONS.filter(({ edi }) => edi).map(({ code, name }) => ({
    value: code,
    label: code,
    description: name,
  }));
  return (
    <div className="eco-report-phone">
      <Field name="phone.region" label="AWS Region" stretch>
        <Select
          expandToViewport
          placeholder="Choose a Region"
          options={regions}
          selectedOption={regions.find(({ value }) => value === phone.region) ?? null}
          onChange={({ detail }) => set({ region: detail.selectedOption.value ?? "" })}
        />
      </Field>
      <Field name="phone.number" label="Phone number" stretch>
        <Input
          type="text"
          inputMode="tel"
          placeholder="+47 51 99 00 17"
          value={phone.number}
          onChange={({ detail }) => set({ number: detail.value })}
        />
      </Field>
      <Field
        name="phone.extension"
        label={
          <>
            Extension <i>– optional</i>
          </>
        }
        stretch
      >
        <Input
          type="text"
          inputMode="numeric"
          placeholder="204"
          value={phone.extension}
          onChange={({ detail }) => set({ extension: detail.value })}
        />
      </Field>
    </div>
  );
}

export function HandOverNote({ method }: { method: "phone" | "chat" }) {
  return (
    <p className="eco-report-hand-over" data-testid="report-hand-over">
      <Icon name="external" size="small" />
      <span>
        {method === "phone"
          ? "ECO does not call yet when you submit. The new case then asks you to request the call in Support Center, which opens in your browser; ECO calls after you have confirmed there. If the call drops, request it again from there: ECO cannot call back."
          : "No chat starts yet when you submit. The new case then asks you to start the chat in Support Center, which opens in your browser; you join the queue after you have confirmed there."}
      </span>
    </p>
  );
}
