// The messages at the top of the window, drawn.
import Button from "@cloudscape-design/components/button";
import Flashbar from "@cloudscape-design/components/flashbar";
import { type FlashMessage, flash } from "./flash";

export function Flashes({ messages }: { messages: readonly FlashMessage[] }) {
  return (
    <Flashbar
      items={messages.map(({ id, type, header, content, action }) => ({
        id,
        type,
        header,
        content,
        dismissible: true,
        dismissLabel: "Dismiss",
        onDismiss: () => flash.dismiss(id),
        ariaRole: type === "error" || type === "warning" ? "alert" : "status",
        ...(action ? { action: <Button onClick={action.run}>{action.text}</Button> } : {}),
      }))}
    />
  );
}
