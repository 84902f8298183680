// How high the form must be at least for its bottom bar to stand at the window's bottom edge: measured, because
// banners and messages above it come and go.
import { type RefObject, useLayoutEffect, useRef } from "react";

export function useFill(): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const root = element.current;
    if (root === null || typeof ResizeObserver === "undefined") return;
    const measure = () => {
      const top = Math.max(0, root.getBoundingClientRect().top + window.scrollY);
      root.style.setProperty("--eco-report-top", `${Math.round(top)}px`);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    // What stands above the form in the frame's content.
    const above = root.parentElement;
    if (above) observer.observe(above);
    return () => observer.disconnect();
  }, []);
  return element;
}
