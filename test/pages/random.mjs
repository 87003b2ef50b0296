/** A seeded stream of numbers in [0, 1): the same seed gives the same pages (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const between = (random, least, most) => least + Math.floor(random() * (most - least + 1));
export const pick = (random, items) => items[Math.floor(random() * items.length)];
