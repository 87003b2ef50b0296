/** Where a value stands in a JSON text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** JSON that cannot be read, and where. */
export class JsonTrouble extends Error {
  constructor(
    detail: string,
    readonly at: Position,
  ) {
    super(detail);
  }
}

export type JsonPath = readonly (string | number)[];

/** Deeper than any catalogue. */
const MAX_DEPTH = 60;
const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

/** Reads JSON and remembers where each value stands. Throws JsonTrouble; a key given twice is trouble too. */
export class LocatedJson {
  readonly value: unknown;
  private readonly starts = new Map<string, number>();
  private at = 0;

  constructor(private readonly text: string) {
    if (text.startsWith("\ufeff")) this.at = 1;
    this.value = this.read([]);
    this.skip();
    if (this.at < text.length) throw this.trouble("nothing may follow the end of the JSON");
  }

  /** Where the value at a path stands; of the nearest value around it where there is none. */
  positionOf(path: JsonPath): Position {
    for (let length = path.length; length >= 0; length--) {
      const start = this.starts.get(keyOf(path.slice(0, length)));
      if (start !== undefined) return this.position(start);
    }
    return { line: 1, column: 1 };
  }

  private read(path: JsonPath): unknown {
    if (path.length > MAX_DEPTH) throw this.trouble(`nested deeper than ${MAX_DEPTH}`);
    this.skip();
    this.starts.set(keyOf(path), this.at);
    const char = this.text[this.at];
    if (char === "{") return this.object(path);
    if (char === "[") return this.array(path);
    if (char === '"') return this.string();
    const scalar = this.match(SCALAR);
    if (scalar === undefined)
      throw this.trouble(
        char === undefined
          ? "the file ends where a value is expected"
          : `a value is expected, '${char}' is no start of one`,
      );
    return JSON.parse(scalar);
  }

  private object(path: JsonPath): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.at++;
    for (let first = true; !this.closes("}"); first = false) {
      if (!first) this.expect(",");
      this.skip();
      const start = this.at;
      const key = this.string();
      if (Object.hasOwn(object, key)) throw new JsonTrouble(`'${key}' is given twice`, this.position(start));
      this.expect(":");
      Object.defineProperty(object, key, {
        value: this.read([...path, key]),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return object;
  }

  private array(path: JsonPath): unknown[] {
    const array: unknown[] = [];
    this.at++;
    for (let first = true; !this.closes("]"); first = false) {
      if (!first) this.expect(",");
      array.push(this.read([...path, array.length]));
    }
    return array;
  }

  private string(): string {
    const literal = this.match(STRING);
    if (literal === undefined)
      throw this.trouble(
        this.text[this.at] === '"'
          ? "this string is not closed, or holds a line break or a wrong escape"
          : 'a string in " " is expected',
      );
    return JSON.parse(literal) as string;
  }

  private closes(bracket: string): boolean {
    this.skip();
    if (this.text[this.at] !== bracket) return false;
    this.at++;
    return true;
  }

  private expect(mark: string): void {
    this.skip();
    const found = this.text[this.at];
    if (found !== mark)
      throw this.trouble(`'${mark}' is expected, ${found === undefined ? "the file ends" : `'${found}' stands here`}`);
    this.at++;
  }

  private skip(): void {
    this.match(SPACE);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private trouble(detail: string): JsonTrouble {
    return new JsonTrouble(detail, this.position(this.at));
  }

  private position(offset: number): Position {
    const before = this.text.slice(0, offset).split("\n");
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

const keyOf = (path: JsonPath) => JSON.stringify(path);
