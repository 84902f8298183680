// The edge between two panes: dragged, or moved by the arrow keys.
import { type KeyboardEvent, type PointerEvent, useRef } from "react";

const STEP = 16;

interface Props {
  label: string;
  width: number;
  min: number;
  max: number;
  onChange: (width: number) => void;
  /** A double click. */
  onReset: () => void;
}

export function PaneEdge({ label, width, min, max, onChange, onReset }: Props) {
  const drag = useRef<{ from: number; width: number } | null>(null);
  const to = (wanted: number) => onChange(Math.round(Math.min(max, Math.max(min, wanted))));

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: width - STEP,
      ArrowRight: width + STEP,
      Home: min,
      End: max,
    };
    const wanted = steps[event.key];
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    to(wanted);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    drag.current = { from: event.clientX, width };
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no line in a text
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className="eco-edge"
      data-testid="list-edge"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={({ clientX }) => {
        if (drag.current) to(drag.current.width + clientX - drag.current.from);
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
      onDoubleClick={onReset}
    />
  );
}
