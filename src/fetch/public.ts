import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";

/** Global unicast addresses of IPv6; outside of them lie forms that hold others, such as `::127.0.0.1`. */
const GLOBAL = ipaddr.IPv6.parseCIDR("2000::/3");

/** Whether an address lies in the public internet: no machine of this network, nor this one. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || parsed.match(GLOBAL);
}

/** What stands between names and machines; tests put their own in its place. */
export interface Network {
  /** All addresses of a name. */
  resolve(name: string): Promise<readonly string[]>;
  isPublic(address: string): boolean;
}

export const INTERNET: Network = {
  resolve: async (name) => (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address),
  isPublic,
};
