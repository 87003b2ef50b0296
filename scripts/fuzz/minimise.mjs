// Makes a failing input as small as it can be, within a few seconds.
import { check } from "./check.mjs";

const MOST_MS = 8000;

/** Cuts pieces out, ever smaller ones, as long as the same trouble stays. */
export async function minimised(bytes, name, seconds) {
  const end = Date.now() + MOST_MS;
  let best = bytes;
  for (let size = Math.ceil(bytes.length / 2); size >= 1 && Date.now() < end; size = Math.floor(size / 2)) {
    for (let at = 0; at < best.length && Date.now() < end; ) {
      const shorter = Uint8Array.from([...best.subarray(0, at), ...best.subarray(at + size)]);
      const trouble = shorter.length > 0 ? await check(shorter, seconds) : undefined;
      if (trouble?.name === name) best = shorter;
      else at += size;
    }
  }
  return best;
}
