import { SignTable, type SignTableParts } from "./sign-table.js";
import { HashedSigns, type SignGroup, type SignSink } from "./signs.js";

/** Weighs the signs that are said to it for one answer and against another. */
export class Scale extends HashedSigns {
  /** What the signs of each group weigh together, by their key. */
  private readonly known = new Map<SignGroup, Map<number, number>>();
  /** What groups weigh that were said since the scale was cleared. */
  private ofGroups = 0;

  private constructor(private readonly weights: SignTable) {
    super(weights);
  }

  /** @param weights of signs, in hundredths */
  static for(weights: ReadonlyMap<string, number>): Scale {
    const table = SignTable.for(weights.size);
    // other than 0 for a weight of 0 too: no sign is 0 in a table
    for (const [sign, weight] of weights) table.put(sign, (weight << 1) | 1);
    return new Scale(table);
  }

  /** A scale as `parts` gave it. */
  static of(parts: SignTableParts): Scale {
    return new Scale(SignTable.of(parts));
  }

  get parts(): SignTableParts {
    return this.weights.parts;
  }

  override clear(): void {
    super.clear();
    this.ofGroups = 0;
  }

  override group(group: SignGroup, key: number, say: (out: SignSink) => void): void {
    let weights = this.known.get(group);
    if (!weights) {
      weights = new Map();
      this.known.set(group, weights);
    }
    const known = weights.get(key);
    if (known !== undefined) {
      this.ofGroups += known;
      return;
    }
    const before = this.weight;
    say(this);
    weights.set(key, this.weight - before);
  }

  /** Log odds of all that was said since it was cleared, in hundredths. */
  get weight(): number {
    this.lookUp();
    let sum = this.ofGroups;
    for (let at = 0; at < this.size; at++) sum += (this.found[at] as number) >> 1;
    return sum;
  }
}
