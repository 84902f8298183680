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

/** The first control of a step that can be used takes the focus; false where there is none. */
export function focusFirstField(root: HTMLElement): boolean {
  for (const field of root.querySelectorAll("[data-field]")) {
    const control = controlOf(field);
    if (control === null) continue;
    control.focus({ preventScroll: true });
    return true;
  }
  return false;
}

function controlOf(field: Element): HTMLElement | null {
  return (
    field.querySelector<HTMLElement>("input:checked:not(:disabled)") ??
    field.querySelector<HTMLElement>("input:not(:disabled), textarea, button:not(:disabled)")
  );
}

/** Moves the focus into a field; false where the form does not show it. */
export function focusField(root: HTMLElement, name: FieldName): boolean {
  const field = root.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const control = field === null ? null : controlOf(field);
  if (control === null) return false;
  control.scrollIntoView({ block: "center" });
  control.focus({ preventScroll: true });
  return true;
}
