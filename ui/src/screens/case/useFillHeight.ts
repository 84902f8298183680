// A screen that fills the window between what stands above it and the status strip, so that its columns scroll by
// themselves and the composer stays in sight.
import { type RefObject, useLayoutEffect, useRef } from "react";

/** Below this the page scrolls instead. */
const LOWEST = 360;

export function useFillHeight(): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const fill = () => {
      const top = element.getBoundingClientRect().top + window.scrollY;
      const strip = document.getElementById("status-strip")?.offsetHeight ?? 0;
      const height = Math.max(LOWEST, Math.floor(window.innerHeight - top - strip));
      element.style.setProperty("--case-height", `${height}px`);
    };
    fill();
    window.addEventListener("resize", fill);
    // Banners and messages above come and go without a resize of the window.
    const observer = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(fill);
    for (let above = element.parentElement; above !== null; above = above.parentElement) {
      observer?.observe(above);
    }
    return () => {
      window.removeEventListener("resize", fill);
      observer?.disconnect();
    };
  }, []);
  return frame;
}
