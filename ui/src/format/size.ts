// Numbers in words; sizes of files by powers of 1,024, as file managers show them.

let grouping: Intl.NumberFormat | undefined;

/** "7", "1,204". Most numbers here are small, and the first formatter costs a start some milliseconds. */
export function grouped(number: number): string {
  if (Math.abs(number) < 1000) return String(number);
  grouping ??= new Intl.NumberFormat("en-GB");
  return grouping.format(number);
}

/** "0 bytes", "212 KB", "6.2 MB". */
export function size(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const kilo = bytes / 1024;
  if (kilo < 1000) return `${kilo < 10 ? kilo.toFixed(1) : Math.round(kilo)} KB`;
  const mega = kilo / 1024;
  if (mega >= 100) return `${Math.round(mega)} MB`;
  // A file just above a limit of whole megabytes must not read as if it kept it.
  const above = mega > Math.round(mega) && mega.toFixed(1).endsWith(".0");
  return `${(above ? mega + 0.05 : mega).toFixed(1)} MB`;
}

/** "1 file", "3 files". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text.replaceAll("\r\n", "\n")) length += 1;
  return length;
}

/** "7,990 of 8,000". */
export function lengthWords(length: number, limit: number): string {
  return `${grouped(length)} of ${grouped(limit)}`;
}
