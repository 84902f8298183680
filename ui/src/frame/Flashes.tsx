// The short messages, drawn over the content.
import Button from "@cloudscape-design/components/button";
import Flashbar from "@cloudscape-design/components/flashbar";
import { useEffect, useRef, useState } from "react";
import { Said } from "../parts/Said";
import { type FlashMessage, flash, timeOf } from "./flash";

/** Dismisses each message that goes by itself. Its time begins when it is drawn, so that one is never missed on a busy
 * computer, and anew when `held` ends: nothing goes that somebody points at or is in. */
function useExpiry(messages: readonly FlashMessage[], held: boolean): void {
  const timers = useRef(new Map<FlashMessage, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    for (const message of held ? [] : messages) {
      const stays = timeOf(message);
      if (stays !== undefined && !running.has(message)) {
        running.set(
          message,
          setTimeout(() => flash.dismiss(message.id), stays),
        );
      }
    }
    // A message that was replaced by one with the same id has gone as well: its time must not end the new one.
    for (const [message, timer] of running) {
      if (held || !messages.includes(message)) {
        clearTimeout(timer);
        running.delete(message);
      }
    }
  }, [messages, held]);
}

/** Whether somebody points at the element or has the focus in it. */
function useHeld(messages: readonly FlashMessage[]) {
  const root = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  // A message that goes takes the focus with it and tells nobody.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at each time that messages came or went
  useEffect(() => {
    setFocused((was) => was && root.current?.contains(document.activeElement) === true);
  }, [messages]);
  return {
    held: pointed || focused,
    watch: {
      ref: root,
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}

export function Flashes({ messages }: { messages: readonly FlashMessage[] }) {
  const { held, watch } = useHeld(messages);
  useExpiry(messages, held);
  return (
    <div className="eco-toasts" data-testid="toasts" {...watch}>
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
          ...(action
            ? {
                action: (
                  <Button
                    onClick={() => {
                      flash.dismiss(id);
                      action.run();
                    }}
                  >
                    {action.text}
                  </Button>
                ),
              }
            : {}),
        }))}
      />
    </div>
  );
}
