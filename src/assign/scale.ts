import { SignTable, type SignTableParts } from "./sign-table.js";
import { HashedSigns } from "./signs.js";

/** Weighs the signs that are said to it for one answer and against another. */
export class Scale extends HashedSigns {
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

  /** Log odds of all that was said since it was cleared, in hundredths. */
  get weight(): number {
    this.lookUp();
    let sum = 0;
    for (let at = 0; at < this.size; at++) sum += (this.found[at] as number) >> 1;
    return sum;
  }
}
