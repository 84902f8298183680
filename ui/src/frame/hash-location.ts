// The place inside the window, after the `#`, as wouter's router reads and changes it.
import { useHashLocation as useHash, navigate as wouterNavigate } from "wouter/use-hash-location";

type Navigate = typeof wouterNavigate;

/** Goes to a place; one that is there already adds nothing to the history. */
export const navigate: Navigate = (to, options) => {
  if (window.location.hash === `#/${to.replace(/^#?\/?/, "")}`) return;
  try {
    wouterNavigate(to, options);
  } catch (refused) {
    // WebKit takes no more than 100 changes of the history by a script in 30 seconds. Those of the address itself,
    // which it takes, are told to the router by the browser.
    if (!(refused instanceof DOMException) || refused.name !== "SecurityError") throw refused;
    window.location.hash = to;
  }
};

export function useHashLocation(): [string, Navigate] {
  const [location] = useHash();
  return [location, navigate];
}

useHashLocation.hrefs = (href: string) => `#${href}`;
