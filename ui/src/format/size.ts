// Sizes of files in words, by powers of 1,024 as file managers show them.

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
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}
