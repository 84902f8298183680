// A field of the report form: shows what is wrong with it once it was left, and can be found to be focused.
import FormField, { type FormFieldProps } from "@cloudscape-design/components/form-field";
import type { FocusEvent } from "react";
import type { Field as FieldName } from "../../platform/contract";
import { useReport } from "./useReport";

interface FieldProps extends Omit<FormFieldProps, "errorText"> {
  /** The field's name in problems. */
  name: FieldName;
  /** What is wrong with something typed but not taken yet; goes before what the draft lacks. */
  trouble?: string | null;
}

export function Field({ name, trouble, ...rest }: FieldProps) {
  const report = useReport();
  function onBlur(event: FocusEvent<HTMLElement>) {
    // Losing the whole window is not leaving the field.
    if (!document.hasFocus()) return;
    if (!event.currentTarget.contains(event.relatedTarget)) report.leave(name);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the focus leave the control inside
    <div data-field={name} data-testid={`report-field-${name}`} onBlur={onBlur}>
      <FormField {...rest} errorText={trouble ?? report.errorOf(name)} />
    </div>
  );
}

/** Moves the focus into a field; false where the form does not show it. */
export function focusField(root: HTMLElement, name: FieldName): boolean {
  const field = root.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const control =
    field?.querySelector<HTMLElement>("input:checked:not(:disabled)") ??
    field?.querySelector<HTMLElement>("input:not(:disabled), textarea, button:not(:disabled)");
  if (control === undefined || control === null) return false;
  control.scrollIntoView({ block: "center" });
  control.focus({ preventScroll: true });
  return true;
}
