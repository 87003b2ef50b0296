import { isIP } from "node:net";

/** Whether only this machine can reach an address. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));

/** The name and port of a Host header or an origin's; undefined for what is none. */
export function hostOf(header: string | undefined): { name: string; port: string } | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(header ?? "");
  return match ? { name: (match[1] ?? "").toLowerCase(), port: match[2] ?? "" } : undefined;
}

/**
 * Whether a server on a loopback address may answer to this Host. Another
 * name means that a page of elsewhere made its own name lead here (DNS
 * rebinding). `origin`: what the server is known as, where something stands
 * before it.
 */
export function isOwnHost(header: string | undefined, listensOn: string, origin: URL | undefined): boolean {
  const host = hostOf(header);
  if (!host) return false;
  if (origin && header?.toLowerCase() === origin.host) return true;
  return isLoopback(listensOn) ? isLoopback(host.name) : origin === undefined;
}
