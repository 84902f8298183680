// The messages at the top of the window, drawn.
import Button from "@cloudscape-design/components/button";
import Flashbar from "@cloudscape-design/components/flashbar";
import { useEffect, useRef } from "react";
import { Said } from "../parts/Said";
import { type FlashMessage, flash } from "./flash";

/** Dismisses each message that goes by itself. Its time begins when it is drawn, so that one is never missed on a busy computer. */
function useExpiry(messages: readonly FlashMessage[]): void {
  const timers = useRef(new Map<FlashMessage, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    for (const message of messages) {
      if (message.stays !== undefined && !running.has(message)) {
        running.set(
          message,
          setTimeout(() => flash.dismiss(message.id), message.stays),
        );
      }
    }
    // A message that was replaced by one with the same id has gone as well: its time must not end the new one.
    for (const [message, timer] of running) {
      if (!messages.includes(message)) {
        clearTimeout(timer);
        running.delete(message);
      }
    }
  }, [messages]);
}

export function Flashes({ messages }: { messages: readonly FlashMessage[] }) {
  useExpiry(messages);
  return (
    <Flashbar
      items={messages.map(({ id, type, header, content, action }) => ({
        id,
        type,
        header,
        content: content === undefined ? null : <Said>{content}</Said>,
        dismissible: true,
        dismissLabel: "Dismiss",
        onDismiss: () => flash.dismiss(id),
        ariaRole: type === "error" || type === "warning" ? "alert" : "status",
        ...(action ? { action: <Button onClick={action.run}>{action.text}</Button> } : {}),
      }))}
    />
  );
}
