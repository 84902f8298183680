// The test of the connection, which takes its time: meanwhile one may save, or enter something else.
//
// The rule it keeps: a result counts only for what was tested. Whoever changes that drops the test, finished or not;
// what is trusted may also change elsewhere, so a test remembers what it went out with.
import { useRef, useState } from "react";
import type { NetworkSettings, NetworkTest, ProxySettings } from "../../platform/contract";
import { call } from "../../platform/platform";

interface Run {
  /** Which certificates were trusted. */
  trusted: string;
  /** Null while it is under way. */
  found: NetworkTest | null;
}

export interface NetworkTestState {
  isUnderWay: boolean;
  found: NetworkTest | null;
  /** Throws what keeps the test from being made, unless that is of no interest any more. */
  run: (proxy: ProxySettings, password: string | null, settings: NetworkSettings) => Promise<void>;
  drop: () => void;
}

function trustedIn({ certificates }: NetworkSettings): string {
  return certificates.map(({ id }) => id).join();
}

export function useNetworkTest(settings: NetworkSettings): NetworkTestState {
  const [last, setLast] = useState<Run | null>(null);
  const turn = useRef(0);

  const next = (begun: Run | null) => {
    turn.current += 1;
    setLast(begun);
    return turn.current;
  };
  const run = async (proxy: ProxySettings, password: string | null, current: NetworkSettings) => {
    const trusted = trustedIn(current);
    const mine = next({ trusted, found: null });
    try {
      const found = await call("network_test", { proxy, password });
      if (turn.current === mine) setLast({ trusted, found });
    } catch (thrown) {
      if (turn.current !== mine) return;
      setLast(null);
      throw thrown;
    }
  };

  const counts = last?.trusted === trustedIn(settings) ? last : null;
  return {
    isUnderWay: counts !== null && counts.found === null,
    found: counts?.found ?? null,
    run,
    drop: () => void next(null),
  };
}
