// What still has to be written down before the program may end.
type Flush = () => Promise<unknown>;

const open = new Set<Flush>();

/** Registers what saves an open draft; returns what ends that. */
export function beforeEnd(flush: Flush): () => void {
  open.add(flush);
  return () => {
    open.delete(flush);
  };
}

/** Saves all of it. Resolves even where something could not be saved: its screen says so. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([...open].map((flush) => flush()));
}
