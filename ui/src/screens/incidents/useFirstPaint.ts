// Tells the shell once that the home screen is on the screen: two frames after its content.
import { useEffect } from "react";
import { call } from "../../platform/platform";

let told = false;

export function useFirstPaint(ready: boolean): void {
  useEffect(() => {
    if (!ready || told) return;
    told = true;
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        // Only a measurement: the window works as well where it could not be told.
        call("app_painted").catch(() => undefined);
      });
    });
  }, [ready]);
}
